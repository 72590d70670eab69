//! A website as readers get it: asked for file by file at its address.
//!
//! Input: an address. Output: the `release.txt` there, and every file that a server answers with other bytes. Not here: how a website
//! came there.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::Agent;

use super::error::PublishError;
use super::manifest::{Difference, MANIFEST, Manifest, Sum};
use super::several::at_once;
use crate::model::Address;

/// So often a file is asked for before that is given up.
const ATTEMPTS: usize = 3;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The largest file that is asked for.
const LARGEST: u64 = 1 << 31;

/// What was found at an address.
pub struct Answered {
    /// The release that is said to be there.
    pub manifest: Manifest,
    /// The files that are other ones, or not there. Nothing tells of files that are in no release.
    pub difference: Difference,
    /// How many files were compared. Those for the server alone are not given to readers, and where a server leads on by a rule of
    /// its own it gives no file.
    pub compared: usize,
}

/// Compares the website at `address` with the `release.txt` that it has; `progress` is told how many files are done, and of how many.
///
/// # Errors
/// Nobody answers, or there is no release.
pub fn at_address(address: &str, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Answered, PublishError> {
    let site = address.trim_end_matches('/').trim_end_matches("/release.txt");
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("folkmoot/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let text = match get(&agent, &format!("{site}/{MANIFEST}"))? {
        (200, bytes) => String::from_utf8(bytes).ok(),
        _ => return Err(PublishError::NoManifest { folder: site.into() }),
    };
    let manifest = text.and_then(|text| Manifest::read(&text));
    let manifest = manifest.ok_or_else(|| PublishError::Damaged { path: format!("{site}/{MANIFEST}").into() })?;
    let files: Vec<&(String, Sum)> = manifest.files.iter().filter(|(path, _)| !is_for_servers(path)).collect();
    let (done, elsewhere) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(Difference::default());
    at_once(&files, |(path, sum)| {
        let (status, bytes) = get(&agent, &format!("{site}{}", readers_address(path).href()))?;
        let own = Sum::of(&bytes);
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        match status {
            // The page for what is not there is given with that status.
            _ if status == 200 || (status == 404 && path == "404.html") => {
                if own != *sum {
                    found.changed.push(path.clone());
                }
            }
            300..400 => {
                elsewhere.fetch_add(1, Ordering::Relaxed);
            }
            _ => found.missing.push(path.clone()),
        }
        drop(found);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        Ok(())
    })?;
    let mut difference = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    difference.changed.sort();
    difference.missing.sort();
    let compared = files.len() - elsewhere.into_inner();
    Ok(Answered { manifest, difference, compared })
}

/// The status and the bytes that a server answers with.
fn get(agent: &Agent, url: &str) -> Result<(u16, Vec<u8>), PublishError> {
    let ask = || {
        let mut answer = agent.get(url).call()?;
        let bytes = answer.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        Ok((answer.status().as_u16(), bytes))
    };
    let mut last: Result<(u16, Vec<u8>), ureq::Error> = ask();
    for _ in 1..ATTEMPTS {
        if last.is_ok() {
            break;
        }
        last = ask();
    }
    last.map_err(|error| PublishError::NoAnswer { address: url.to_owned(), words: error.to_string() })
}

/// Where readers find a file.
fn readers_address(path: &str) -> Address {
    match path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        Some(folder) => Address::file(folder),
        None => Address::file(path),
    }
}

/// Whether a file is for the server and not for its readers.
fn is_for_servers(path: &str) -> bool {
    path.starts_with(['_', '.'])
}
