//! What is said of the next instant at which a website changes without an edit, and how it is published then.
//!
//! Input: that instant, the folder of the site. Output: sentences. The programs that can see to it are data: `begin/schedulers.toml`. Not here:
//! which instant that is.

use std::path::Path;

use crate::model::Instant;
use crate::schedulers;

/// An instant in words: `1 December 2026, 09:00`.
pub(super) fn moment(at: &Instant) -> String {
    let day = at.day.strftime("%-d %B %Y");
    at.time.map_or_else(|| day.to_string(), |time| format!("{day}, {}", time.strftime("%H:%M")))
}

/// What is said of the instant `at`, of the site in `root`; `publishes` says whether it has a place where it is published.
pub(super) fn by_itself(at: &Instant, root: &Path, publishes: bool) -> String {
    let mut words = format!("At {} something becomes public, ends or moves by itself", moment(at));
    if !publishes {
        return words + ": build again after that.\n";
    }
    let typed = at.time.map(|time| time.strftime(" %H:%M").to_string()).unwrap_or_default();
    words.push_str(&format!(".\n  For this once: folkmoot publish --at \"{}{typed}\"\n", at.day));
    if let Some(how) = in_use(root) {
        words.push_str(&format!("  For each time: {how}\n"));
    }
    words
}

/// What is to be done once, so that the scheduler in use publishes the site in `root`.
fn in_use(root: &Path) -> Option<String> {
    let system = if cfg!(windows) { "windows" } else { "unix" };
    let found = schedulers().iter().find(|scheduler| match (&scheduler.sign, &scheduler.system) {
        (Some(sign), _) => root.join(sign).exists(),
        (None, own) => own.as_deref() == Some(system),
    });
    found.map(|scheduler| scheduler.how.replace("{root}", &root.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    #[test]
    fn the_scheduler_in_use_is_named_with_its_line() {
        let root = tempfile::tempdir().expect("a folder");
        let at = Instant::parse("2026-12-01 09:00", &Zone::UTC).expect("an instant");
        let words = by_itself(&at, root.path(), true);
        assert!(words.contains("folkmoot publish --at \"2026-12-01 09:00\"\n"), "{words}");
        assert!(words.contains(&*root.path().to_string_lossy()) && words.contains("publish --due"), "{words}");
        std::fs::create_dir_all(root.path().join(".github/workflows")).expect("a folder");
        assert!(by_itself(&at, root.path(), true).contains("schedule: [{cron:"));
        let nowhere = by_itself(&at, root.path(), false);
        assert_eq!(
            nowhere,
            "At 1 December 2026, 09:00 something becomes public, ends or moves by itself: build again after that.\n"
        );
    }
}
