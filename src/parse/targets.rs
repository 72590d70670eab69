//! `[publish.NAME]` in `content/site.toml`: where the website is published.
//!
//! Input: a table of tables. Output: targets, and what is wrong with those that cannot be used. Not here: whether a folder or a store is
//! there, and any key of a store.

use super::settings::split_url;
use crate::data::{Mistake, Table, Value};
use crate::model::{PublishTarget, StoreTarget, Way};

/// So many releases are kept where nothing is said.
const RELEASES: usize = 10;

/// `[publish.live]` and its like: where the website is published, each under the name that staff give it.
pub(super) fn targets(value: Value<'_>) -> Option<Vec<PublishTarget>> {
    const EXAMPLE: &str = "Write it like this: `[publish.live]`, and below it `folder = \"/srv/www/partnership\"`";
    let targets =
        value.pairs("a table of targets, each with a name", EXAMPLE).into_iter().filter_map(|(pair, value)| {
            let target = value.table(EXAMPLE, |table| {
                let folder = table.get("folder", Value::text).map(str::to_owned);
                let archive = table.get("zip", Value::text).map(str::to_owned);
                let branch = table.get("git", |value| value.parsed(git_name));
                let store = store(table);
                let remote = table.get("remote", |value| value.parsed(git_name)).unwrap_or_else(|| "origin".into());
                let releases = table.get("releases", Value::boolean).unwrap_or(true);
                let keep = table.get("keep", |value| {
                    let keep = value
                        .unquoted()
                        .and_then(|number| number.parse().ok())
                        .filter(|keep| (1..=1000).contains(keep));
                    keep.or_else(|| value.should_be("a number from 1 to 1000, without quotes", "10"))
                });
                let way = match (folder, archive, branch, store) {
                    (Some(folder), None, None, None) if releases => Way::Releases(folder, keep.unwrap_or(RELEASES)),
                    (Some(folder), None, None, None) => Way::Folder(folder),
                    (None, Some(archive), None, None) => Way::Archive(archive),
                    (None, None, Some(branch), None) => Way::Branch(branch, remote),
                    (None, None, None, Some(store)) => Way::Store(store?),
                    _ => return table.wrong("A target needs one of `folder`, `zip`, `git` and `s3`", EXAMPLE),
                };
                if !is_name(&pair.key) {
                    let wrong = format!("`{}` is no name of a target", pair.key.escape_debug());
                    return table.wrong(&wrong, "Write a name of letters, digits, `-` and `_`: `[publish.live]`");
                }
                Some(PublishTarget { name: pair.key.clone(), way })
            });
            target.flatten()
        });
    Some(targets.collect())
}

/// Whether a target can be called this: what is recorded of its releases stands on a line, and in files, under its name.
fn is_name(typed: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    (1..=40).contains(&typed.chars().count()) && typed.chars().all(plain)
}

/// The name of a branch or of a repository, as git takes it: nothing that it could read as an option or a path.
fn git_name(typed: &str) -> Result<String, Mistake> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    let is_name = typed.chars().all(plain) && !typed.starts_with(['-', '.', '/']) && !typed.contains("..");
    is_name.then(|| typed.to_owned()).ok_or_else(|| {
        (format!("`{typed}` is no name that git takes"), "Write a plain name: `git = \"gh-pages\"`".into())
    })
}

/// Requests are signed for this region where nothing is said; most stores but Amazon's take it.
const REGION: &str = "us-east-1";

/// `s3` with what stands beside it; `None` if there is none, and nothing inside if it cannot be used.
fn store(table: &mut Table<'_>) -> Option<Option<StoreTarget>> {
    let endpoint = table.get("endpoint", |value| value.parsed(endpoint));
    let region = table.get("region", |value| value.parsed(region));
    let mut is_there = false;
    let place = table.get("s3", |value| {
        is_there = true;
        value.parsed(bucket)
    });
    let region = region.unwrap_or_else(|| REGION.into());
    let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
    is_there.then(|| place.map(|(bucket, prefix)| StoreTarget { bucket, prefix, endpoint, region }))
}

/// `bucket` or `bucket/folder`.
fn bucket(typed: &str) -> Result<(String, String), Mistake> {
    let typed = typed.trim_start_matches("s3://").trim_end_matches('/');
    let (bucket, prefix) = typed.split_once('/').unwrap_or((typed, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let is_bucket = (3..=63).contains(&bucket.len()) && plain(bucket) && !bucket.starts_with(['.', '-']);
    let is_prefix = prefix.is_empty() || prefix.split('/').all(|name| !matches!(name, "" | "." | "..") && plain(name));
    if is_bucket && is_prefix {
        return Ok((bucket.to_owned(), prefix.to_owned()));
    }
    let fix = "Write the name of the bucket as the store shows it, or a folder in it: `s3 = \"partnership/website\"`. The address of the \
               store goes beside it, as `endpoint`.";
    Err((format!("`{typed}` is no name of a bucket"), fix.into()))
}

/// The address of a store. Keys and texts would be read by others on the way if it were not encrypted.
fn endpoint(typed: &str) -> Result<String, Mistake> {
    const FIX: &str = "Write the address of the store as its console shows it: `endpoint = \"https://s3.example.org\"`. No key belongs in it.";
    let (url, _) = split_url(typed).map_err(|what| (format!("`{}` {what}", without_user(typed)), FIX.into()))?;
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', ':']).next().unwrap_or_default());
    let is_this_machine =
        host == "localhost" || (host.starts_with("127.") && host.parse::<std::net::Ipv4Addr>().is_ok());
    if url.starts_with("http://") && !is_this_machine {
        let wrong = format!("`{typed}` is not encrypted, so that others could read and change what is published");
        return Err((wrong, format!("Write `endpoint = \"https{}\"`.", &url["http".len()..])));
    }
    Ok(url)
}

/// Without what stands before an `@`, which may be a key.
fn without_user(typed: &str) -> &str {
    typed.rsplit_once('@').map_or(typed, |(_, rest)| rest)
}

fn region(typed: &str) -> Result<String, Mistake> {
    let is_region = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_region.then(|| typed.to_owned()).ok_or_else(|| {
        (
            format!("`{typed}` is no region of a store"),
            "Write it as the store shows it: `region = \"eu-west-2\"`".into(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_named_by_its_bucket_and_reached_encrypted() {
        assert_eq!(bucket("www.example.org"), Ok(("www.example.org".into(), String::new())));
        assert_eq!(bucket("s3://partnership/web/site/"), Ok(("partnership".into(), "web/site".into())));
        for wrong in ["", "ab", "a bucket", "https://s3.example.org/b", "bucket/../b", "bucket//b", ".bucket"] {
            assert!(bucket(wrong).is_err(), "{wrong}");
        }
        for (typed, fits) in [
            ("https://s3.example.org", true),
            ("http://127.0.0.1:9000", true),
            ("http://localhost:9000", true),
            ("http://s3.example.org", false),
            ("http://127.example.org", false),
            ("s3.example.org", false),
            ("https://KEY:SECRET@s3.example.org", false),
        ] {
            let read = endpoint(typed);
            assert_eq!(read.is_ok(), fits, "{typed}");
            assert!(read.err().is_none_or(|(wrong, fix)| !format!("{wrong}{fix}").contains("SECRET")));
        }
        assert!(region("eu-west-2").is_ok() && region("eu west").is_err());
    }
}
