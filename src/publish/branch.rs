//! A branch of the site's own repository, for hosts that serve one (GitHub Pages, GitLab Pages, Codeberg Pages).
//!
//! Input: the files of a website. Output: a commit on the branch, and the branch at its host. Not here: which files. The system's own
//! git does it, with its own keys; the files that people have checked out, and what they have staged, are never touched.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::PublishError;
use super::manifest::{MANIFEST, Manifest};

/// A branch, and the name of the repository to which it is pushed.
#[derive(Debug, Clone, Copy)]
pub struct Branch<'site> {
    /// The folder of the site, which lies in a repository.
    pub root: &'site Path,
    /// The name of the branch.
    pub name: &'site str,
    /// Where it is pushed to.
    pub remote: &'site str,
}

impl Branch<'_> {
    /// The release on the branch; `None` if there is no such branch, or no release on it.
    ///
    /// # Errors
    /// Git is missing, or the folder lies in no repository.
    pub fn manifest(&self) -> Result<Option<Manifest>, PublishError> {
        self.git(&["rev-parse", "--git-dir"], None)?;
        if self.has_remote()? {
            // Somebody else may have published last; a branch that is not there yet is no mistake.
            let from = format!("+refs/heads/{0}:refs/heads/{0}", self.name);
            let _ = self.git(&["fetch", "--quiet", self.remote, &from], None);
        }
        if self.commit().is_none() {
            return Ok(None);
        }
        let text = self.run(&["show", &format!("{}:{MANIFEST}", self.reference())], None, None).ok();
        Ok(text.and_then(|text| Manifest::read(&text)))
    }

    /// Puts the files of a release on the branch, and pushes it.
    ///
    /// # Errors
    /// What git said; then the branch is as it was.
    pub fn publish(&self, public: &Path, manifest: &Manifest) -> Result<(), PublishError> {
        let index = tempfile_beside(&self.git(&["rev-parse", "--absolute-git-dir"], None)?);
        let made = self.commit_of(public, manifest, &index);
        // It was only needed for this commit.
        let _ = std::fs::remove_file(&index);
        self.turn_to(&made?, &[])
    }

    /// Puts what is on the branch into a commit of its own, with none before it.
    ///
    /// # Errors
    /// What git said; then the branch is as it was.
    pub fn forget(&self) -> Result<(), PublishError> {
        let Some(last) = self.commit() else { return Ok(()) };
        let files = self.git(&["rev-parse", &format!("{last}^{{tree}}")], None)?;
        let message = self.git(&["log", "-1", "--format=%s", &last], None)?;
        let commit = self.commit_tree(&files, &message, None)?;
        self.turn_to(&commit, &["--force"])
    }

    /// Puts the branch on a commit, and pushes it.
    fn turn_to(&self, commit: &str, how: &[&str]) -> Result<(), PublishError> {
        let before = self.commit();
        self.git(&["update-ref", &self.reference(), commit], None)?;
        if !self.has_remote()? {
            return Ok(());
        }
        let reference = self.reference();
        let push: Vec<&str> = ["push", "--quiet"].iter().chain(how).copied().chain([self.remote, &reference]).collect();
        if let Err(error) = self.git(&push, None) {
            let _undone = match &before {
                Some(before) => self.git(&["update-ref", &self.reference(), before], None),
                None => self.git(&["update-ref", "-d", &self.reference()], None),
            };
            return Err(error);
        }
        Ok(())
    }

    /// A commit that holds the files, after the one that is there.
    fn commit_of(&self, public: &Path, manifest: &Manifest, index: &str) -> Result<String, PublishError> {
        let tree = format!("--work-tree={}", public.display());
        let within = |arguments: &[&str]| self.run(arguments, Some(index), None);
        // What a person would leave out of a repository is a part of the website all the same.
        within(&[&tree, "add", "--all", "--force", "--", ".", ":(exclude).folkmoot*"])?;
        // A host of pages would leave out what begins with `_`, if this file did not say that nothing is to be made of them.
        for (name, bytes) in [(MANIFEST, manifest.write()), (super::NO_JEKYLL, String::new())] {
            let blob = self.git(&["hash-object", "-w", "--stdin"], Some(bytes.as_bytes()))?;
            within(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{name}")])?;
        }
        let files = within(&["write-tree"])?.trim_end().to_owned();
        self.commit_tree(&files, &format!("Release {}", manifest.number), self.commit().as_deref())
    }

    /// A commit of a tree, after another one if there is one.
    fn commit_tree(&self, files: &str, message: &str, before: Option<&str>) -> Result<String, PublishError> {
        let mut arguments = Vec::new();
        if self.git(&["config", "user.email"], None).is_err() {
            arguments.extend(["-c", "user.name=Folkmoot", "-c", "user.email=folkmoot@localhost"]);
        }
        arguments.extend(["commit-tree", files, "-m", message]);
        arguments.extend(before.into_iter().flat_map(|before| ["-p", before]));
        self.git(&arguments, None)
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.name)
    }

    /// The commit on which the branch stands; `None` if there is no such branch.
    fn commit(&self) -> Option<String> {
        self.git(&["rev-parse", "--verify", "--quiet", &self.reference()], None).ok()
    }

    fn has_remote(&self) -> Result<bool, PublishError> {
        Ok(self.git(&["remote"], None)?.lines().any(|remote| remote == self.remote))
    }

    /// Runs git in the folder of the site. Returns the line that it printed.
    fn git(&self, arguments: &[&str], input: Option<&[u8]>) -> Result<String, PublishError> {
        self.run(arguments, None, input).map(|printed| printed.trim_end().to_owned())
    }

    /// Runs git in the folder of the site, with an index of its own if one is named. Returns what it printed.
    fn run(&self, arguments: &[&str], index: Option<&str>, input: Option<&[u8]>) -> Result<String, PublishError> {
        let failed = |words: String| PublishError::Git { words };
        let mut command = Command::new("git");
        command.current_dir(self.root).args(["-c", "core.autocrlf=false", "-c", "core.safecrlf=false"]).args(arguments);
        command.env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(index) = index {
            command.env("GIT_INDEX_FILE", index);
        }
        let mut child = command.spawn().map_err(|error| failed(format!("git cannot be started: {error}")))?;
        if let Some(mut stdin) = child.stdin.take() {
            // Git may have ended before it read all; then its own words say why.
            let _ = stdin.write_all(input.unwrap_or_default());
        }
        let ended = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
        if !ended.status.success() {
            return Err(failed(String::from_utf8_lossy(&ended.stderr).trim().to_owned()));
        }
        Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
    }
}

/// A name for an index beside git's own.
fn tempfile_beside(folder: &str) -> String {
    format!("{folder}/folkmoot-index-{}", std::process::id())
}
