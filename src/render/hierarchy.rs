//! What stands below what, as a drawing: the boards of a partnership and their groups.
//!
//! Input: a kind, and what its relation calls those below. Output: HTML, and the trees' tops for a list beside it. Not here: how
//! a drawing is made (`chart`), and what has ended, which the lists have.

use std::collections::BTreeSet;

use tera::Value;

use crate::chart::tree::{TreeDiagram, TreeNode};
use crate::kind::Stage;
use crate::model::{DocumentId, RelationEnd};
use crate::query::{Query, Store};
use crate::view::{ForestView, View};

/// So many stand below one another in a drawing; deeper ones are in lists.
const DEEPEST: usize = 4;

/// The documents of a kind by what stands below what, in the relation whose other end is called `below`.
#[must_use]
pub fn forest(view: &View, documents: &[DocumentId], below: &str, title: &str) -> Option<ForestView> {
    let current: Vec<DocumentId> = documents.iter().copied().filter(|id| is_current(view, *id)).collect();
    let lower: BTreeSet<DocumentId> = current.iter().flat_map(|id| children(view, *id, below)).collect();
    let is_top = |id: &&DocumentId| !lower.contains(id) && !children(view, **id, below).is_empty();
    let tops: Vec<DocumentId> = current.iter().filter(is_top).copied().collect();
    let mut sentences = Vec::new();
    let roots = tops.iter().map(|top| node(view, *top, below, DEEPEST, &mut sentences)).collect();
    let mut html = String::new();
    TreeDiagram { id: "page-forest", title, description: &sentences.join(" "), roots }.draw(&mut html);
    (!html.is_empty()).then(|| ForestView { drawing: Value::safe_string(&html), tops: view.cards(&tops) })
}

fn is_current(view: &View, id: DocumentId) -> bool {
    view.document(id).stage != Stage::Ended
}

fn children(view: &View, id: DocumentId, below: &str) -> Vec<DocumentId> {
    let document = view.document(id).id.clone();
    let ends = view.ask(&Query::Related { document, name: below.into() }).ends();
    let ids = ends.iter().filter_map(|end| match end {
        RelationEnd::Document { document, .. } => Some(*document),
        RelationEnd::Words(_) => None,
    });
    ids.filter(|child| is_current(view, *child)).collect()
}

/// A box and those below it, so many deep; each with others below it is said in a sentence.
fn node(view: &View, id: DocumentId, below: &str, deep: usize, sentences: &mut Vec<String>) -> TreeNode {
    let words = view.document(id).title.to_string();
    let children = if deep > 1 { children(view, id, below) } else { Vec::new() };
    if !children.is_empty() {
        let names: Vec<&str> = children.iter().map(|child| &*view.document(*child).title).collect();
        let below = view.language.list(&names);
        sentences.push(view.language.say("forest.below", &[("name", &words), ("below", &below)]));
    }
    let below = children.into_iter().map(|child| node(view, child, below, deep - 1, sentences)).collect();
    TreeNode { words, below }
}
