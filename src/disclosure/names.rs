//! Names of files and folders that say that what they name is not for everybody: `Exempt minutes.md`, `board/drafts/plan.md`.
//!
//! Input: a path below `content/`. Output: the name that says it. Not here: the words (`words.toml`), and what a head says
//! against it (`decision.rs`).

use super::doubt::resembles_exemption;
use crate::language::letters;
use crate::privacy::words::TEXT;

/// The first name in a path that says so. The first folder is that of a kind.
/// For a document of a meeting, and a file beside one, a draft is what is not agreed yet, unless `drafts`.
pub(super) fn private(path: &str, drafts: bool) -> Option<&str> {
    let mut names: Vec<&str> = path.split('/').collect();
    if let Some(name) = names.iter().find(|name| resembles_exemption(name)) {
        return Some(name);
    }
    let file = names.pop()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let part = |folder: &str| !drafts && TEXT.is_part(&letters::name(folder));
    let folder = names.into_iter().skip(1).find(|folder| TEXT.of_name(folder, true) || part(folder));
    folder.or_else(|| (TEXT.of_name(stem, false) || TEXT.of_file(stem, drafts)).then_some(file))
}

/// The word at an end of the name of a file that sounds as if not everybody may read it, and may belong to a title; and the name.
pub(super) fn sounds_private(path: &str, drafts: bool) -> Option<(&str, &'static str)> {
    let file = path.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    TEXT.sounds_private(stem, drafts).map(|word| (file, word))
}

#[cfg(test)]
mod tests {
    use super::private;

    #[test]
    fn names_that_say_it_are_told_from_others() {
        for path in [
            "minutes/board/2026-01-10-exempt.md",
            "minutes/board/Exempt minutes 10 January 2026.md",
            "minutes/board/exempt/2026-01-10.md",
            "pages/drafts/a.md",
            "minutes/board/2026-01-10 Part 2 confidential.md",
            "minutes/Part 2/2026.md",
            "pages/Contract award (EXEMPT).md",
            "pages/not-for-publication.md",
            "minutes/board/minutes-2026-01-10-CONFIDENTIAL.md",
            "pages/private/a.md",
            "pages/Contract {.exempt}.md",
            "minutes/board/2026-01-10-private.md",
            "minutes/board/2026_01_10_RESTRICTED.md",
            "pages/contract-EXEMPT.md",
            "pages/plan.draft.md",
            "minutes/board/Part 2 minutes.md",
            "pages/exempt-c.md",
            "pages/private-c.md",
            "pages/contract_exempt_appendix.md",
            "pages/DRAFT plan.md",
            "pages/draft-3.md",
            "pages/contract - not for publication.md",
            "pages/pink/c.md",
        ] {
            assert!(private(path, true).is_some(), "{path}");
        }
        for path in [
            "pages/exempt-accommodation.md",
            "pages/confidential-reporting-policy.md",
            "pages/private-sector-housing/a.md",
            "pages/draft-strategy.md",
            "minutes/board/2026-01-10.md",
            "strategies/part-2.md",
            "pages/who-is-exempt.md",
            "minutes/restricted-byways-group/2026-01-10.md",
            "pages/publication-scheme.md",
            "reports/private-rented-homes-2026.md",
            "pages/closed-roads.md",
            "minutes/board/2026-01-10-draft.md",
            "pages/partly-private-3.md",
            "pages/private-homes-2026.md",
            "pages/going-private.md",
            "pages/exemption-policy.md",
            "pages/private-rented-housing.md",
            "pages/draft-budget-consultation-results.md",
            "strategies/part-2-delivery.md",
            "minutes/board/DRAFT minutes 10 January.md",
            "minutes/board/2026-01-10.draft.md",
            "reports/report-part-2.md",
            "pages/INTERNAL-audit.md",
        ] {
            assert_eq!(private(path, !path.starts_with("minutes")), None, "{path}");
        }
    }
}
