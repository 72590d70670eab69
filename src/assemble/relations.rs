//! What documents name in their fields, bound in both directions: staff write each fact once.

use std::borrow::Cow;

use super::anchors::{nearest_anchor, place_in};
use super::index::{Index, Lookup, join};
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Shape};
use crate::model::{DocumentId, Entry, Fields, Parsed, Reference, Relation, RelationEnd, Shown, Value};
use crate::source::Span;

/// The fields of one document with every reference bound, and the relations that they make.
#[derive(Debug, Default)]
pub struct Bound {
    /// The fields of the head, in which every reference leads to a document by its whole id.
    pub fields: Fields,
    /// In the order of the fields.
    pub relations: Vec<Relation>,
    /// Files that its fields publish: positions in [`Index::attachments`], with their places.
    pub files: Vec<(u32, Span)>,
}

/// Takes the fields out of all documents, for [`bind`] to move: a copy of them is a third of what is held at its time,
/// which is the most that a build ever holds. Afterwards a document's fields are those of its [`Bound`].
pub fn take_fields(documents: &mut [Shown]) -> Vec<Fields> {
    documents.iter_mut().map(|shown| std::mem::take(&mut shown.parsed.fields)).collect()
}

/// Binds the `fields` of all documents; one entry for each document.
pub fn bind(index: &Index<'_>, fields: Vec<Fields>, diagnostics: &mut Diagnostics) -> Vec<Bound> {
    let documents = (0..).map(DocumentId).zip(index.documents).zip(fields);
    documents
        .map(|((from, shown), fields)| {
            let parsed = &shown.parsed;
            let kind = index.kinds.get(parsed.kind);
            let mut binder = Binder { index, from, parsed, bound: Bound::default(), diagnostics };
            let fields = binder.fields(fields, &kind.fields, "");
            let mut bound = binder.bound;
            bound.fields = fields;
            bound
        })
        .collect()
}

/// Which relations lead to each document, from the relations of all.
pub fn backlinks(relations: &[Vec<Relation>], present_of: &[Option<DocumentId>]) -> Vec<Vec<(DocumentId, u32)>> {
    let mut backlinks = vec![Vec::new(); relations.len()];
    for (relation_list, _) in relations.iter().zip(present_of).filter(|(_, present)| present.is_none()) {
        for (position, relation) in (0..).zip(relation_list) {
            if let Some(document) = relation.end.document().filter(|document| *document != relation.from) {
                backlinks[document.0 as usize].push((relation.from, position));
            }
        }
    }
    backlinks
}

struct Binder<'run, 'site> {
    index: &'run Index<'site>,
    from: DocumentId,
    parsed: &'site Parsed,
    bound: Bound,
    diagnostics: &'run mut Diagnostics,
}

impl Binder<'_, '_> {
    fn fields(&mut self, fields: Fields, schema: &[Field], above: &str) -> Fields {
        let bound = fields.0.into_iter().filter_map(|Entry { name, value, span, origin }| {
            let field = schema.iter().find(|field| *field.name == *name)?;
            let dotted = match above {
                "" => Cow::Borrowed(field.name.as_str()),
                above => Cow::Owned(format!("{above}.{}", field.name)),
            };
            let value = self.value(value, span, &field.shape, &dotted)?;
            Some(Entry { name, value, span, origin })
        });
        Fields(bound.collect())
    }

    /// The bound value; `None` if all of it leads to something withheld.
    fn value(&mut self, value: Value, span: Span, shape: &Shape, dotted: &str) -> Option<Value> {
        match (value, shape) {
            (Value::Reference(reference), _) => self.reference(reference, span, shape, dotted),
            (Value::Words(words), _) if shape.relation().is_some() => {
                // The end of an id, `board/2021-09-07`, that only one document has.
                let short = Reference::perhaps(&words).filter(|short| short.id.contains('/'));
                let found = |short: &Reference| self.index.find(&short.id);
                if let Some(short) =
                    short.filter(|short| matches!(found(short), Lookup::Document(_) | Lookup::Withheld(_)))
                {
                    return self.reference(short, span, shape, dotted);
                }
                self.relate(dotted, RelationEnd::Words(words.clone()), span);
                Some(Value::Words(words))
            }
            (Value::File(path), _) => Some(self.file(&path, span)),
            (Value::Stretch(stretch), _) => {
                let host = self.index.at_id(&self.parsed.standing.as_ref()?.host)?;
                Some(Value::Passage(host, stretch))
            }
            (Value::List(list), Shape::List(each)) => {
                let kept = list.into_iter();
                let kept: Vec<_> =
                    kept.filter_map(|(value, span)| Some((self.value(value, span, each, dotted)?, span))).collect();
                (!kept.is_empty()).then_some(Value::List(kept))
            }
            (Value::Group(group), shape) => {
                let bound = self.fields(group, shape.parts(), dotted);
                (!bound.0.is_empty()).then_some(Value::Group(bound))
            }
            (value, _) => Some(value),
        }
    }

    fn reference(&mut self, reference: Reference, span: Span, shape: &Shape, dotted: &str) -> Option<Value> {
        let index = self.index;
        // A date may also be a meeting ("due at the next one"): such a shape names no kinds, and any will do.
        let names = shape.relation().map_or(&[][..], |relation| &relation.to);
        let kinds: Vec<&Kind> =
            names.iter().filter_map(|name| index.kinds.by_name(name)).map(|kind| index.kinds.get(kind)).collect();
        let label = dotted.rsplit('.').next().unwrap_or(dotted);
        match index.find_of_kinds(&reference.id, kinds.iter().copied()) {
            Lookup::Document(document) => {
                let target = &index.documents[document.0 as usize];
                let kind = index.kinds.get(target.parsed.kind);
                if !kinds.is_empty() && !kinds.iter().any(|allowed| allowed.name == kind.name) {
                    let allowed: Vec<&str> = kinds.iter().map(|kind| kind.label.as_str()).collect();
                    self.diagnostics.wrong_relation(span, label, &target.parsed.title, &kind.label, &allowed);
                }
                let anchor = reference.anchor.as_ref().and_then(|anchor| {
                    place_in(index, target, anchor, true).or_else(|| {
                        let whole = target.ended || target.parsed.visibility.exempt.is_some();
                        if !whole {
                            let near = nearest_anchor(index.text_of(target), anchor);
                            self.diagnostics.broken_anchor(span, anchor, &target.parsed.title, near);
                        }
                        None
                    })
                });
                self.relate(dotted, RelationEnd::Document { document, anchor: anchor.clone() }, span);
                let id = if reference.id == target.parsed.id { reference.id } else { target.parsed.id.clone() };
                Some(Value::Reference(Reference { id, anchor }))
            }
            Lookup::Withheld(position) => {
                let other = &index.withheld[position];
                self.diagnostics.relation_to_withheld(span, label, &other.path, other.why);
                None
            }
            Lookup::Several(documents) => {
                let ids: Vec<&str> =
                    documents.iter().map(|document| index.documents[document.0 as usize].parsed.id.as_ref()).collect();
                self.diagnostics.ambiguous_reference(span, &reference.id, &ids);
                Some(Value::Words(reference.id))
            }
            Lookup::Nothing => {
                self.diagnostics.broken_relation(span, label, &reference.id, index.nearest(&reference.id));
                self.relate(dotted, RelationEnd::Words(reference.id.clone()), span);
                Some(Value::Words(reference.id))
            }
        }
    }

    /// A file by its path from the document's folder or from `content/`.
    fn file(&mut self, typed: &str, span: Span) -> Value {
        let beside = join(&self.parsed.path, typed);
        let from_root = typed.trim_start_matches("./").trim_start_matches('/');
        let found = beside
            .and_then(|path| Some((self.index.attachment(&path)?, path)))
            .or_else(|| Some((self.index.attachment(from_root)?, from_root.to_owned())));
        match found {
            Some((attachment, path)) => {
                self.bound.files.push((attachment, span));
                Value::File(path.into())
            }
            None => {
                self.diagnostics.broken_file(span, typed);
                Value::Words(typed.into())
            }
        }
    }

    fn relate(&mut self, field: &str, end: RelationEnd, span: Span) {
        self.bound.relations.push(Relation { from: self.from, field: field.into(), end, span });
    }
}
