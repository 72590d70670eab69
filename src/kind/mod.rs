//! The kinds of document, as data. A kind is one TOML file in this folder; a site adds or extends kinds with
//! `content/kinds/<kind>.toml`, without Rust.
//!
//! Input: TOML. Output: [`Kinds`], the one schema from which front matter is checked, listings and relations
//! are made, and later scaffolds, JSON Schema, CSV columns and the manual's tables.
//! Not here: the name of any kind or field in Rust. Code asks for a [`Role`] ("the field that holds the date").
//!
//! To add a kind: one `<kind>.toml` here (the head of `every.toml` explains the words) and its line in [`BUILT_IN`]; a
//! template `themes/default/templates/<kind>.html` only if it shows more than `document.html` does; a case in
//! `tests/sites/kinds/`.

mod field;
mod load;
mod scaffold;

pub use field::SETS;
pub use load::{BUILT_IN, EVERY, KindFile, built_in, extend};

/// All kinds of a site, in the order in which menus and lists show them.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds {
    /// The kinds in that order.
    pub list: Vec<Kind>,
}

/// The id of a kind: an index into [`Kinds::list`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct KindId(pub u16);

impl Kinds {
    /// Replaces every text of the schema that readers see (the labels, and what each kind is) by what `say` makes of
    /// it.
    pub fn relabel(&mut self, say: &impl Fn(&str) -> String) {
        for kind in &mut self.list {
            kind.label = say(&kind.label);
            kind.label_plural = say(&kind.label_plural);
            kind.help = say(&kind.help);
            kind.fields.iter_mut().for_each(|field| field.relabel(say));
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn get(&self, id: KindId) -> &Kind {
        &self.list[id.0 as usize]
    }

    /// The first kind that has a field of this role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<&Kind> {
        self.list.iter().find(|kind| kind.role(role).is_some())
    }

    /// Whether a field of this role is called `name` in any kind, or people say so who mean it.
    #[must_use]
    pub fn has_name(&self, role: Role, name: &str) -> bool {
        self.list.iter().filter_map(|kind| kind.role(role)).any(|field| field.has_name(name))
    }

    /// The kind called `name` (singular, as in attributes and templates).
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<KindId> {
        self.position(|kind| kind.name == name)
    }

    /// The kind whose documents lie in the folder `folder`.
    #[must_use]
    pub fn by_folder(&self, folder: &str) -> Option<KindId> {
        self.position(|kind| kind.folder == folder)
    }

    /// Every kind with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        (0..).map(KindId).zip(&self.list)
    }

    fn position(&self, test: impl Fn(&Kind) -> bool) -> Option<KindId> {
        self.list.iter().position(test).and_then(|index| u16::try_from(index).ok()).map(KindId)
    }
}

/// One kind of document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kind {
    /// Singular, a slug: `minutes`, `priority`. Used in attributes (`{.resolution}`), templates and questions.
    pub name: String,
    /// The folder below `content/`, plural: `priorities`. It is the first part of ids.
    pub folder: String,
    /// What readers call one: "Minutes", "Priority".
    pub label: String,
    /// What readers call many: "Minutes", "Priorities". The heading of lists and menus.
    pub label_plural: String,
    /// One sentence for staff that says what the kind is for.
    pub help: String,
    /// Whether a document of this kind has a page of its own; a record in the text of another document has one only
    /// if the author gave it a name, too.
    pub page: bool,
    /// Whether a file of a kind without pages has one all the same: an agenda item in its meeting's folder.
    pub page_of_file: bool,
    /// Whether the folder's name is part of the address; only the kind of free pages leaves it out.
    pub folder_in_address: bool,
    /// The name of its template without `.html`; `document` if the kind's file names none.
    pub template: String,
    /// Fields and relations, own ones first, then those that every kind has; in the order pages show them.
    pub fields: Vec<Field>,
    /// How lists are ordered.
    pub order: Order,
    /// The lists that exist beside the list of all.
    pub lists: Vec<ListBy>,
    /// Whether menus name this kind.
    pub in_menu: bool,
    /// Whether its documents appear in feeds.
    pub feed: bool,
    /// Whether the page of one tells where it was considered: all that is about it, in the order of time.
    pub thread: bool,
    /// Whether earlier editions of a document of this kind are kept in the folder that is named like it.
    pub editions: bool,
    /// Whether its documents appear in the calendar (by their date or closing-date role). There, a status whose stage
    /// is [`Stage::Ended`] says that the day was called off.
    pub calendar: bool,
    /// The type of schema.org for search engines: `Event`, `Report`. `None` if schema.org has no such type.
    pub schema_org: Option<String>,
    /// Words that, alone in capitals or bold, open a record of this kind inside a text ("RESOLVED").
    pub opens_with: Vec<String>,
    /// What readers type when they look for documents of this kind: "decided" for a resolution. A record found so
    /// need not have the word in it.
    pub search_words: Vec<String>,
    /// Whether search can be narrowed to what relates to one document of this kind: a priority.
    pub facet: bool,
    /// Verbs at the beginning of a limb ("noted", "be noted"), each with the outcome that it stands for. A verb in
    /// capitals is a word that opens a record: its outcome has precedence over that of any other verb. An empty outcome
    /// says that nothing is known of it: of a verb by which somebody else is asked.
    pub verbs: Vec<(String, String)>,
    /// The words that open an action in brackets inside a sentence: "Action".
    pub sentence_words: Vec<String>,
    /// Whether numbered headings in a document of this kind are records of another kind: `item` in minutes.
    pub heading_kind: Option<String>,
    /// Whether a document's first numbered list numbers its paragraphs (content.md §3, "Numbered lists").
    pub numbers_paragraphs: bool,
    /// Whether one is called by its number and by what it is about, "Decision 2021/14: Street lights", and not by its first words.
    pub titled_by_matter: bool,
    /// Words after which its number is meant, in small letters: "decision 2021/14", where "the budget for 2021/22" is a year.
    pub number_words: Vec<String>,
    /// Whether its period is the time that the document is about, and not the time for which it holds: an assessment of
    /// last year has not ended.
    pub looks_back: bool,
    /// Whether a document of this kind is a paper of a meeting: its text is read for the day, the status, who was there
    /// and what was decided, and a heading such as "Agenda" is no title.
    pub of_meeting: bool,
    /// The name of the relation that the next part of the path fills: minutes are in the folder of their body.
    pub folder_names: Option<String>,
    /// The kind of a file that lies in the folder of a document of this kind: an item in its meeting.
    pub inside_kind: Option<String>,
    /// The kind of another paper of the same meeting that lies in the meeting's folder beside its record: the agenda.
    pub beside_kind: Option<String>,
    /// The field, of type reference, by which a document of an inside kind names the document in whose folder it is.
    pub inside_of: Option<String>,
    /// Whether somebody may have to leave any page of this kind in a hurry.
    pub sensitive: bool,
    /// What a document has when somebody begins it.
    pub new: Scaffold,
    /// What people call its folder who mean it: `meetings` for `minutes`. Suggested in messages, never guessed.
    pub also_said: Vec<String>,
}

/// What a document of a kind has when somebody begins it (`folkmoot new`, `folkmoot init`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scaffold {
    /// What its file is called, in this order; by its title if nothing is said.
    pub named_by: Vec<NamedBy>,
    /// Lines of its head if its day is still to come.
    pub coming: Vec<String>,
    /// Lines of its head otherwise.
    pub past: Vec<String>,
    /// What to do in most cases instead of beginning a file; a sentence. Empty if a file is what is wanted.
    pub rather: String,
    /// Its headings, where the kind has a usual shape. `«…»` stands for what the site knows.
    pub text: String,
    /// A text to learn from.
    pub example: String,
}

/// What a file may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// The day, `2026-03-12`.
    Date,
    /// Its printed number.
    Number,
    /// Its title.
    Title,
}

impl Kind {
    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The first field that has `role`.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == Some(role))
    }

    /// The relation of a field named with dots where it is a part of a group: `lead`, `members.organisation`.
    #[must_use]
    pub fn relation(&self, dotted: &str) -> Option<&Relation> {
        let mut names = dotted.split('.');
        let mut field = self.field(names.next()?)?;
        for name in names {
            field = field.parts().iter().find(|part| part.name == name)?;
        }
        field.relation()
    }
}

impl Shape {
    fn relabel(&mut self, say: &impl Fn(&str) -> String) {
        match self {
            Self::Choice(choices) => choices.iter_mut().for_each(|choice| {
                choice.label = say(&choice.label);
                choice.called = choice.called.as_deref().map(say);
            }),
            Self::Reference(relation) | Self::ReferenceOrWords(relation) => relation.back = say(&relation.back),
            Self::List(inner) => inner.relabel(say),
            Self::Group(parts) => parts.iter_mut().for_each(|part| part.relabel(say)),
            _ => {}
        }
    }

    /// The relation, if the shape (or each of a list) is a reference.
    #[must_use]
    pub fn relation(&self) -> Option<&Relation> {
        match self {
            Self::Reference(relation) | Self::ReferenceOrWords(relation) => Some(relation),
            Self::List(each) => each.relation(),
            _ => None,
        }
    }

    /// The parts of a group (or of each group of a list); empty for any other shape.
    #[must_use]
    pub fn parts(&self) -> &[Field] {
        match self {
            Self::Group(parts) => parts,
            Self::List(each) => each.parts(),
            _ => &[],
        }
    }
}

impl Role {
    /// Whether a field with this role decides who may see the document (content.md §4).
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Draft | Self::PublishAt | Self::Expires | Self::Withdrawn | Self::Exempt)
    }
}

impl Field {
    fn relabel(&mut self, say: &impl Fn(&str) -> String) {
        self.label = say(&self.label);
        self.shape.relabel(say);
    }

    /// Whether the field decides who may see the document.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.role.is_some_and(Role::decides)
    }

    /// The parts of a group (or of each group of a list); empty for any other field.
    #[must_use]
    pub fn parts(&self) -> &[Field] {
        self.shape.parts()
    }

    /// The first part that has `role`.
    #[must_use]
    pub fn part(&self, role: Role) -> Option<&Field> {
        self.parts().iter().find(|part| part.role == Some(role))
    }

    /// Whether `typed` is its name, or what people type who mean it.
    #[must_use]
    pub fn has_name(&self, typed: &str) -> bool {
        self.name == typed || self.also_said.iter().any(|name| name == typed)
    }

    /// The line of a head that an author can paste: `status: agreed`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.example)
    }

    /// The choice that `typed` means: capitals, spaces and underscores do not matter. `None` if it means none of them.
    #[must_use]
    pub fn choice(&self, typed: &str) -> Option<&Choice> {
        let plain = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
        let typed = plain(typed);
        self.choices().iter().find(|choice| plain(&choice.value) == typed)
    }

    /// The words that the field may hold, if it is a choice or a list of choices; empty for any other field.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self.shape.one() {
            Shape::Choice(choices) => choices,
            _ => &[],
        }
    }

    /// The other end, if the field refers to documents.
    #[must_use]
    pub fn relation(&self) -> Option<&Relation> {
        self.shape.relation()
    }
}

impl Shape {
    /// The shape of one value: that of the items of a list, else the shape itself.
    #[must_use]
    pub fn one(&self) -> &Shape {
        match self {
            Self::List(inner) => inner,
            other => other,
        }
    }
}

/// One field of a kind, or of a group inside a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// As typed in front matter: a slug with `_`.
    pub name: String,
    /// As readers see it: "Took place on".
    pub label: String,
    /// What it holds.
    pub shape: Shape,
    /// Whether it should be there.
    pub need: Need,
    /// Who needs it and why: ends the sentence of the message when it is missing.
    pub why: String,
    /// For staff: what to write.
    pub help: String,
    /// A value to copy, as typed in YAML.
    pub example: String,
    /// The role by which other rooms ask for this field.
    pub role: Option<Role>,
    /// Whether pages list it among the facts under the title. Fields that a template shows in its own place say no.
    pub shown: bool,
    /// Whether it is one of the fields that every kind has.
    pub common: bool,
    /// The value if the author gives none, as typed: an action is `open`.
    pub default: Option<String>,
    /// The status that the document has where this field is filled and no status is said, as typed: minutes of which is
    /// said where they were agreed are `agreed`.
    pub implies: Option<String>,
    /// What people type when they mean this field: `location` for `venue`. Suggested in messages, never guessed.
    pub also_said: Vec<String>,
    /// How questions are worded that a page with this field answers: "how many", "phone number". Search lifts such a page.
    pub answers_to: Vec<String>,
    /// Whether a value that is typed in place of the group fills this part: `attachments: [plan.pdf]`.
    pub alone: bool,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Shape {
    /// One line of plain text.
    #[default]
    Text,
    /// Text in the dialect.
    Markdown,
    /// A calendar date: a day, a month, a year or a financial year.
    Date,
    /// A moment: ISO date with an optional time.
    Instant,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// One of a few words.
    Choice(Vec<Choice>),
    /// An address on the web, or an old path of this site.
    Address,
    /// A file below `content/`.
    File,
    /// A document, by its id.
    Reference(Relation),
    /// A document by its id, or words where no page exists.
    ReferenceOrWords(Relation),
    /// A date, or words as in the record ("after the meeting").
    DateOrWords,
    /// Several of one shape; a single value counts as a list of one.
    List(Box<Shape>),
    /// Named parts.
    Group(Vec<Field>),
}

/// One word of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As typed: `in-development`.
    pub value: String,
    /// As readers see it: "Being written".
    pub label: String,
    /// What this status says of the document's life, for a field with the role of status. In a field with the role of
    /// outcome, [`Stage::Coming`] says that it was put off: a later meeting is to take it up.
    pub stage: Stage,
    /// What people type when they mean this word: `approved` for `agreed`. Suggested in messages, never guessed.
    pub also_said: Vec<String>,
    /// Of a status, what a document is called that has it: minutes before the meeting are an agenda. `None` for the name of the kind.
    pub called: Option<String>,
    /// Of an outcome, whether somebody is to answer it; `None` where only whom it is addressed to, or by when, tells.
    pub asks: Option<bool>,
    /// Of what became of something, which of the four it is.
    pub follow: Option<Follow>,
}

/// What became of what was asked for or promised, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Follow {
    /// The day has passed on which it was due.
    Late,
    /// Nothing was recorded since.
    Open,
    /// It was spoken of since, and not answered.
    Heard,
    /// It was answered; of an action, it was done or dropped.
    Answered,
}

/// Where in its life a document is, as far as a status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Stage {
    /// The status says nothing about it.
    #[default]
    Neither,
    /// Not yet in force: being written, consulted on, an agenda.
    Coming,
    /// In force or current.
    InForce,
    /// Over: superseded, ended, retired, done. Listed after what is current; the text stays.
    Ended,
}

/// The other end of a field that refers to documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Names of the kinds it may lead to; if it is empty, to any kind.
    pub to: Vec<String>,
    /// What the other document calls this one: "Led by it", "Strategies". Empty if the other document does not show it.
    pub back: String,
    /// The name by which templates and questions ask for the other end: `strategies`.
    pub back_name: String,
}

/// Whether a field should be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    /// Its absence says nothing.
    #[default]
    Optional,
    /// Its absence is a warning and the page says "not recorded".
    Expected,
}

/// What code may ask a kind's fields for, instead of knowing their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The day it happened or was made; orders lists, names years, enters feeds.
    Date,
    /// The first day of its period.
    From,
    /// The last day of its period.
    To,
    /// Its status; the choices say which are in force or ended.
    Status,
    /// The body it belongs to.
    Body,
    /// Who keeps the page.
    Owner,
    /// When something is due: an action, a consultation's closing, a review.
    Due,
    /// Its printed number.
    Number,
    /// The item after which it was taken, if that is not the printed order.
    Order,
    /// What was decided.
    Outcome,
    /// One or two sentences in plain English.
    Summary,
    /// Its title.
    Title,
    /// The time of day it begins; in a second such field, when it ends.
    Time,
    /// Where it takes place.
    Place,
    /// The areas that it concerns.
    Area,
    /// Of an area, those in which it lies.
    Within,
    /// Which sort of area it is, in a word.
    Sort,
    /// A code by which tables elsewhere name it.
    Code,
    /// Old addresses.
    Aliases,
    /// What it is about.
    About,
    /// Topics.
    Tags,
    /// Its files.
    Attachments,
    /// What replaces it.
    Successor,
    /// What it replaces: the other end has ended because of it.
    Replaces,
    /// Its parts, one group each, which have the roles of number, summary and outcome: the limbs of a decision.
    Parts,
    /// What it was to do: the bracketed paragraph under an item's heading.
    Purpose,
    /// The papers that were before the meeting; one in words is not held here.
    Papers,
    /// What was put before a meeting as a part of a paper.
    Appendices,
    /// The members who were there.
    Present,
    /// The members who sent apologies.
    Apologies,
    /// The members who were not there, of whom no more is said.
    Absent,
    /// Others who were there.
    InAttendance,
    /// Who sits on a body, one group each.
    Members,
    /// Who was in the chair.
    Chair,
    /// The name under which a body sat, if it has several.
    Capacity,
    /// Whether it belongs to the order of business only: apologies, declarations.
    Procedural,
    /// When something that nobody decided or promised comes before a meeting again.
    Returns,
    /// The interests that members declared.
    Declarations,
    /// Who came later, left, or sat in whose place: one group each, whose parts have the roles of title (who), outcome (what),
    /// number (of the item), time, successor (in whose place) and reason (the words of the minutes).
    Movements,
    /// Who presented it.
    Presenter,
    /// What an edition is called, as printed on it.
    Edition,
    /// The first day of an edition.
    EditionFrom,
    /// Other names of a person or an area.
    KnownAs,
    /// The offices of a person, one group each, whose parts have the roles of body, capacity, place, first day and last day.
    Terms,
    /// Who moved it.
    Mover,
    /// Who seconded it.
    Seconder,
    /// How many people voted for, against, and abstained.
    Votes,
    /// In the votes: who voted which way, where it was recorded.
    VotesByName,
    /// In the votes: how many were for it.
    For,
    /// In the votes: how many were against it.
    Against,
    /// In the votes: how many abstained.
    Abstained,
    /// Who is to act on it or to answer.
    Addressee,
    /// The answer, in words.
    Answer,
    /// Where the answer stands.
    AnsweredIn,
    /// What became of it: a choice whose words each say one of [`Follow`].
    FollowUp,
    /// The day on which somebody last said something of it.
    LastHeard,
    /// Where that stands, if it is no answer.
    HeardIn,
    /// Its periods, one group each, whose parts have the roles of first day, last day and status.
    Periods,
    /// The pages of those whom people ask about it.
    Ask,
    /// What people can ask somebody about.
    DealsWith,
    /// The number to ring.
    Telephone,
    /// Where to write by mail.
    Email,
    /// A website of its own.
    Website,
    /// When somebody answers.
    Hours,
    /// Where letters go.
    PostalAddress,
    /// The form by which something is reported.
    ReportUrl,
    /// Whom to ask about it; a part with the role of last day says until when.
    Contact,
    /// Until when it is marked as urgent on the home page.
    UrgentUntil,
    /// What its figures count.
    Unit,
    /// Which way its figures should go: `up` or `down`.
    Better,
    /// The figure with which later ones are compared.
    Baseline,
    /// The figure to be reached.
    Target,
    /// The reason, in a sentence.
    Reason,
    /// In a dated note: whether nobody needs to read the page again.
    Minor,
    /// In an attachment: whether the site holds the file.
    Held,
    /// Dated notes on what changed.
    Changes,
    /// Mistakes in the record, shown beside it.
    Corrections,
    /// The system or the place from which the text was taken; its parts.
    Origin,
    /// When the page is looked at again.
    Review,
    /// Whether somebody may have to leave the page in a hurry.
    Sensitive,
    /// The day of the meeting after this one.
    NextMeeting,
    /// Days on which a body will meet.
    MeetingDays,
    /// What a body has on the agenda of each meeting, one group each, whose parts have the roles of title and presenter.
    StandingItems,
    /// The language of the text.
    Language,
    /// Whether it is a draft: nothing of it is public (content.md §4, as the four below).
    Draft,
    /// From when it is public.
    PublishAt,
    /// Until when it is public; a tombstone stays.
    Expires,
    /// Why and when it was taken back; a tombstone stays.
    Withdrawn,
    /// Which part of it is kept private by law, and why.
    Exempt,
}

/// How documents of a kind are ordered in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the date role, the latest first; undated ones last.
    Newest,
    /// By title, in the order of the language.
    #[default]
    Title,
    /// By the number role.
    Number,
    /// What is still to be done first, by the day on which it is due, those without one last; then what has ended, the
    /// latest first.
    Due,
}

/// A list of a kind beside the list of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListBy {
    /// `/minutes/<body>/`.
    Body,
    /// `/minutes/year/2021/`.
    Year,
    /// `/organisations/letter/a/`.
    Letter,
    /// `/resolutions/outcome/endorsed/`.
    Outcome,
    /// `/actions/status/open/`.
    Status,
    /// `/actions/follow-up/late/`.
    FollowUp,
    /// `/actions/area/saltmere/`.
    Area,
}
