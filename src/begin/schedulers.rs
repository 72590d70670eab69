//! The programs that publish a website again when something in it becomes public or ends, and what each has to be told once.
//!
//! Input: `schedulers.toml`. Output: [`Scheduler`]s. Not here: which of them is in use.

use std::sync::LazyLock;

use serde::Deserialize;

/// A program that starts others at certain times.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduler {
    /// A file or folder in the folder of a site for which it is in use; `None` if it is known by the system alone.
    pub sign: Option<String>,
    /// `windows` or `unix`, if it is known by that.
    pub system: Option<String>,
    /// What to do once, with `{root}` in the place of the folder of the site.
    pub how: String,
}

#[derive(Deserialize)]
struct Schedulers {
    scheduler: Vec<Scheduler>,
}

static SCHEDULERS: LazyLock<Vec<Scheduler>> = LazyLock::new(|| {
    let read: Result<Schedulers, _> = toml::from_str(include_str!("schedulers.toml"));
    read.unwrap_or_else(|error| panic!("begin/schedulers.toml: {error}")).scheduler
});

/// All of them, in the order in which they are looked for.
#[must_use]
pub fn schedulers() -> &'static [Scheduler] {
    &SCHEDULERS
}
