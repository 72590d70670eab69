//! The files of a new site: settings, bodies, a home page, an example of each kind in use, and what editors and machines need.
//!
//! Input: [`Answers`], and the kinds. Output: [`NewFile`]s. The site builds as it is, without a warning; the examples are drafts.
//! Not here: asking, and whether a file is there already.

use serde::Deserialize;

use super::NewFile;
use super::document::{Begun, document};
use super::explained::explained;
use super::known::Known;
use super::manual::MANUAL;
use super::schemas::schema;
use super::snippets::snippets;
use super::words::{comment, filled, quoted, yaml};
use crate::kind::{Field, Kind, Kinds, Need, Role, Shape};
use crate::model::{Date, SettingFile, setting_files, slug};

/// Sorts of partnership.
const PARTNERSHIPS: &str = include_str!("partnerships.toml");
/// The text of the home page.
const HOME: &str = include_str!("home.md");
/// What editors are told of the files of tables; below it, a rule for each.
const TAPLO: &str = include_str!("taplo.toml");
/// Where the schemas lie.
const SCHEMAS: &str = ".editor";

/// Files that are the same in every site.
const PLAIN: [(&str, &str); 7] = [
    ("content/README.md", MANUAL),
    (".gitignore", include_str!("gitignore.txt")),
    ("recipes/README.md", include_str!("recipes.md")),
    ("recipes/github.yml", include_str!("github.yml")),
    ("recipes/gitlab.yml", include_str!("gitlab.yml")),
    ("recipes/cron.txt", include_str!("cron.txt")),
    ("recipes/windows-task.ps1", include_str!("windows-task.ps1")),
];

/// What the first lines of an example say.
const EXAMPLE: &str =
    "An example to learn from. Nobody sees it: it is a draft. Change it into a page of your own, or delete the file.";

/// What somebody says who begins a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// What the partnership is called.
    pub name: String,
    /// Which sort of partnership it is.
    pub sort: Sort,
    /// The names of its bodies.
    pub bodies: Vec<String>,
    /// The address of the website.
    pub address: String,
    /// The mail address of its office.
    pub contact: Option<String>,
    /// The day on which it is begun.
    pub today: jiff::civil::Date,
}

/// A sort of partnership.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sort {
    /// As typed.
    pub name: String,
    /// As asked.
    pub label: String,
    /// What its site holds.
    about: String,
    /// The kinds that it begins with.
    kinds: Vec<String>,
    /// The bodies that it usually has.
    #[serde(rename = "body")]
    bodies: Vec<UsualBody>,
}

/// A body that a sort of partnership usually has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct UsualBody {
    name: String,
    #[serde(rename = "type")]
    is: String,
    purpose: String,
}

impl Sort {
    /// The names of the bodies that it usually has.
    #[must_use]
    pub fn usual_bodies(&self) -> Vec<String> {
        self.bodies.iter().map(|body| body.name.clone()).collect()
    }
}

#[derive(Deserialize)]
struct Partnerships {
    sort: Vec<Sort>,
    words: std::collections::BTreeMap<String, String>,
}

fn partnerships() -> Partnerships {
    toml::from_str(PARTNERSHIPS).unwrap_or_else(|error| panic!("begin/partnerships.toml: {error}"))
}

/// The sorts of partnership that are offered, the most usual first.
///
/// # Panics
/// If `partnerships.toml` is wrong, which is our bug.
#[must_use]
pub fn sorts() -> Vec<Sort> {
    partnerships().sort
}

/// The files of a new site, in the order in which they are told of.
#[must_use]
pub fn new_site(answers: &Answers, kinds: &Kinds) -> Vec<NewFile> {
    let about = answers.sort.about.replace("«name»", &answers.name);
    let mut files = vec![settings(answers, &about)];
    let bodies = bodies(answers, kinds);
    files.push(home(answers, kinds, &about, &bodies));
    files.extend(bodies.iter().map(|(_, file)| file.clone()));
    files.extend(answers.sort.kinds.iter().filter_map(|name| {
        let kind = kinds.get(kinds.by_name(name)?);
        example(answers, kinds, kind, bodies.first().map(|(id, _)| id.as_str()))
    }));
    files.extend(PLAIN.iter().map(|(path, text)| NewFile::new(*path, *text)));
    files.extend(for_editors(kinds));
    files
}

/// `content/site.toml`.
fn settings(answers: &Answers, about: &str) -> NewFile {
    let files = setting_files();
    let file = &files[0];
    let mut given =
        vec![("name", quoted(&answers.name)), ("about", quoted(about)), ("address", quoted(&answers.address))];
    given.extend(answers.contact.as_ref().map(|contact| ("contact", quoted(contact))));
    let intro = format!(
        "#:schema ../{SCHEMAS}/{}\n{}",
        schema_name(file),
        comment(
            "The settings of the site. A line that begins with # says nothing: to use it, take the # away. What is mistyped, \
             `folkmoot check` says. The manual is README.md in this folder.",
            100
        )
    );
    NewFile::new(format!("content/{}", file.name), intro + &explained(file, &given))
}

/// The pages of the bodies, each with its id.
fn bodies(answers: &Answers, kinds: &Kinds) -> Vec<(String, NewFile)> {
    let words = partnerships().words;
    let Some(kind) = body_kind(kinds) else { return Vec::new() };
    let body = |name: &String| {
        let usual = answers.sort.bodies.iter().find(|body| body.name == *name);
        let last = name.split_whitespace().last().unwrap_or_default().to_lowercase();
        let is = usual.map(|body| body.is.as_str()).or(words.get(&last).map(String::as_str)).unwrap_or("body");
        let purpose = usual.map(|body| body.purpose.clone());
        let purpose = purpose.unwrap_or_else(|| format!("To meet and to decide for {}.", answers.name));
        let fields = kind.fields.iter().filter_map(|field| {
            let value = match (field.role, field.need) {
                (Some(Role::Summary), _) => format!("{} of {}.", article(is), answers.name),
                (Some(Role::Owner), _) => office(answers),
                (None, Need::Expected) if field.shape == Shape::Markdown => purpose.clone(),
                (None, Need::Expected) => is.to_owned(),
                _ => return None,
            };
            Some((field.name.as_str(), yaml(&value)))
        });
        let begun =
            Begun { title: Some(name), fields: fields.collect(), draft: false, ..nothing_said(kind, answers.today) };
        let file = document(&begun, &Known::default()).ok()?;
        let id = file.path.trim_start_matches("content/").trim_end_matches(".md").to_owned();
        Some((id, file))
    };
    answers.bodies.iter().filter_map(body).collect()
}

/// The kind of those who meet: the one whose pages name the folders of meetings.
fn body_kind(kinds: &Kinds) -> Option<&Kind> {
    let of = kinds.list.iter().find_map(|kind| kind.relation(kind.folder_names.as_deref()?))?;
    kinds.by_name(of.to.first()?).map(|kind| kinds.get(kind))
}

/// "A board", "An executive".
fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "An" } else { "A" })
}

fn office(answers: &Answers) -> String {
    format!("The office of {}", answers.name)
}

/// A document of which nothing is said.
fn nothing_said(kind: &Kind, today: jiff::civil::Date) -> Begun<'_> {
    Begun {
        kind,
        title: None,
        day: None,
        folder: None,
        fields: Vec::new(),
        about: None,
        draft: true,
        text: None,
        today,
    }
}

/// The home page, which is the page of the kind without a folder in its address.
fn home(answers: &Answers, kinds: &Kinds, about: &str, bodies: &[(String, NewFile)]) -> NewFile {
    let kind = kinds.list.iter().find(|kind| !kind.folder_in_address).unwrap_or(&kinds.list[0]);
    let names = answers.bodies.iter().zip(bodies);
    let list: Vec<String> = names.map(|(name, (id, _))| format!("- [{name}](../{id}.md)")).collect();
    let text = filled(HOME, &[("who_meets", &list.join("\n"))]);
    let field = |role| kind.role(role).map(|field: &Field| field.name.as_str()).unwrap_or_default();
    let head = format!(
        "{}: {}\n{}: {}\n{}: {}\n",
        field(Role::Title),
        yaml(&answers.name),
        field(Role::Summary),
        quoted(about),
        field(Role::Owner),
        yaml(&office(answers)),
    );
    let note = comment("These words stand on the home page. Write here what people look for first.", 100);
    NewFile::new(format!("content/{}/index.md", kind.folder), format!("---\n{note}{head}---\n{text}\n"))
}

/// An example of a kind: a draft, filled with the values that the kind's file gives to copy.
fn example(answers: &Answers, kinds: &Kinds, kind: &Kind, body: Option<&str>) -> Option<NewFile> {
    let day = kind.role(Role::Date).and_then(|field| Date::parse(&field.example));
    let office = office(answers);
    let body_folder = body_kind(kinds).map(|kind| kind.folder.as_str()).unwrap_or_default();
    let fields = kind.fields.iter().filter(|field| field.need == Need::Expected && field.role != Some(Role::Date));
    let fields = fields.filter_map(|field| {
        let value = match (field.role, field.relation()) {
            (Some(Role::Owner), _) if field.common => yaml(&office),
            (Some(Role::Summary), _) => yaml(&kind.help),
            (_, Some(relation)) => {
                let leads_to_body = relation
                    .to
                    .iter()
                    .any(|name| kinds.by_name(name).is_some_and(|kind| kinds.get(kind).folder == body_folder));
                body.filter(|_| leads_to_body)?.to_owned()
            }
            // A status that a new document has anyway.
            (Some(Role::Status), _) => return None,
            _ if !field.parts().is_empty() || matches!(field.shape, Shape::List(_)) => field.example.clone(),
            _ => yaml(&field.example),
        };
        Some((field.name.as_str(), value))
    });
    let fields: Vec<(&str, String)> = fields.filter(|(name, _)| kind.folder_names.as_deref() != Some(*name)).collect();
    let title = format!("Example: {}", kind.label.to_lowercase());
    let text = if kind.new.example.is_empty() { &kind.new.text } else { &kind.new.example };
    let begun = Begun {
        title: Some(&title),
        day,
        folder: body.and_then(|body| body.rsplit('/').next()),
        fields,
        about: Some(EXAMPLE),
        text: Some(text),
        ..nothing_said(kind, answers.today)
    };
    document(&begun, &Known::default()).ok().map(|file| NewFile { example: true, ..file })
}

/// What editors read: schemas of the files of tables, and snippets for heads.
fn for_editors(kinds: &Kinds) -> Vec<NewFile> {
    let files = setting_files();
    let mut taplo = TAPLO.to_owned();
    let mut made = Vec::new();
    for file in &files {
        let path = format!("{SCHEMAS}/{}", schema_name(file));
        taplo.push_str(&format!(
            "\n[[rule]]\ninclude = [\"content/{}\"]\n[rule.schema]\npath = \"./{path}\"\n",
            file.name
        ));
        made.push(NewFile::new(path, schema(file)));
    }
    made.push(NewFile::new(".taplo.toml", taplo));
    made.push(NewFile::new(".vscode/folkmoot.code-snippets", snippets(kinds)));
    made
}

fn schema_name(file: &SettingFile) -> String {
    let name = slug(&file.name.replace(".toml", "").replace('*', ""));
    format!("{name}.schema.json")
}

/// A name as a part of an address on the web: `https://www.safer-marlshire.example`.
#[must_use]
pub fn made_up_address(name: &str) -> String {
    let slug = slug(name);
    let host: String =
        slug.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(60).collect();
    let host = host.trim_matches('-');
    format!("https://www.{}.example", if host.is_empty() { "partnership" } else { host })
}
