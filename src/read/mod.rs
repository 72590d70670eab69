//! Reads a site from the disk into [`Sources`].
//!
//! Input: the site's folder. Output: the paths of its texts, the facts of its other files, and a [`FileProvider`] that
//! reads one text when a stage works on it. Not here: the texts themselves, what they mean, and anything outside
//! `content/` and `themes/<name>/`: no link leads out, and no pipe is waited for.
//!
//! [`FileProvider`]: crate::source::FileProvider

mod conflict;
mod error;
mod disk;
mod finished;

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostics;
use crate::platform::with_slashes;
use crate::source::{Attachment, SourceError, SourceFile, Sources};
use disk::Disk;
pub use disk::LONGEST_TEXT;
pub use error::ReadError;
pub use finished::finished;

/// Reads the site in `root`: its sources, and messages for its authors. `out`, the public folder, is never read,
/// wherever it lies.
///
/// What an author can mend is a diagnostic. A text that cannot be used stays in the list with its error, for the stage
/// that asks for its bytes to report; an attachment that cannot be used is reported here and left out.
/// A folder that cannot be read, or a link in its place, is an error: nobody knows what is in it.
///
/// # Errors
/// There is no folder `content` in `root`, or it cannot be opened.
pub fn read(root: &Path, out: &Path) -> Result<(Sources, Diagnostics), ReadError> {
    let root = site_folder(root)?;
    let mut walk = Walk {
        disk: Disk::open(&root).map_err(|error| ReadError::Closed { folder: root.join("content"), error })?,
        out: out.canonicalize().ok(),
        files: Vec::new(),
        attachments: Vec::new(),
        diagnostics: Diagnostics::new(),
        root,
    };
    walk.folder("content", 1);
    if walk.disk.has_themes() {
        walk.folder("themes", 2);
    }
    Ok(walk.finish())
}

/// `root` without links in it, if it holds a folder `content` of its own.
fn site_folder(root: &Path) -> Result<PathBuf, ReadError> {
    let real = root.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::NoFolder { folder: root.to_owned() },
        _ => ReadError::Closed { folder: root.to_owned(), error },
    })?;
    let content = real.join("content");
    match content.canonicalize() {
        Ok(target) if !target.is_dir() => Err(ReadError::NotAFolder { content }),
        Ok(target) if !target.starts_with(&real) => Err(ReadError::LeadsOut { content, target }),
        Ok(_) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::no_content(real)),
        Err(error) => Err(ReadError::Closed { folder: content, error }),
    }
}

/// What the walk has found so far.
struct Walk {
    /// The site's folder, without links.
    root: PathBuf,
    /// The public folder, without links, if it is there already.
    out: Option<PathBuf>,
    disk: Disk,
    files: Vec<SourceFile>,
    attachments: Vec<Attachment>,
    diagnostics: Diagnostics,
}

impl Walk {
    /// Adds everything below the folder `name` that lies at least `depth` levels below it.
    fn folder(&mut self, name: &str, depth: usize) {
        let top = self.root.join(name);
        let mut entries = WalkDir::new(&top).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if self.is_left_out(&entry, name) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.path().to_str().is_none() {
                        self.diagnostics.closed_folder(&self.path(entry.path()), &SourceError::Name);
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.depth() >= depth => self.entry(&entry),
                Ok(_) => {}
                Err(error) => self.closed_folder(&error, &top),
            }
        }
    }

    /// Whether the name of an entry says that it is not part of the site, or the entry is the public folder.
    fn is_left_out(&self, entry: &DirEntry, top: &str) -> bool {
        let name = entry.file_name().as_encoded_bytes();
        let by_name = name.starts_with(b".")
            || name.starts_with(b"~$")
            || name.eq_ignore_ascii_case(b"Thumbs.db")
            || name.eq_ignore_ascii_case(b"desktop.ini")
            || name == b"README.md"
            // In a theme, `_` is the custom for a template that others include.
            || (name.starts_with(b"_") && top == "content" && !is_aside(entry));
        by_name || self.out.as_deref() == Some(entry.path())
    }

    /// Adds an entry that is not a folder.
    fn entry(&mut self, entry: &DirEntry) {
        let path = self.path(entry.path());
        if entry.path().to_str().is_none() {
            return self.unusable(&path, SourceError::Name);
        }
        if entry.file_type().is_symlink() {
            return self.link(&path, entry.path());
        }
        match entry.metadata() {
            Ok(metadata) => self.file(&path, &metadata),
            Err(error) => self.unusable(&path, disk::source_error(&error.into())),
        }
    }

    /// Adds an entry that is not a link.
    fn file(&mut self, path: &str, metadata: &Metadata) {
        if !metadata.is_file() {
            return self.unusable(path, SourceError::NotAFile);
        }
        if !is_text(path) {
            return self.attachment(path);
        }
        let length = metadata.len();
        let error = (length > LONGEST_TEXT).then_some(SourceError::TooLong(LONGEST_TEXT));
        self.files.push(SourceFile { path: path.into(), length, error });
    }

    /// Adds a link like a file if it leads to a file in the same part of the site, and refuses it otherwise: a link
    /// to a folder can lead in circles, and one that leads out could publish anything. In the place of a folder it is a folder
    /// that cannot be read: nobody knows what was in it.
    fn link(&mut self, path: &str, at: &Path) {
        let words = at.read_link().map(|target| target.display().to_string()).unwrap_or_default();
        let refused = SourceError::Link(words.into());
        let found = at.canonicalize().and_then(|target| Ok((target.metadata()?, target)));
        let Ok((metadata, target)) = found else {
            // Where nothing is, the name alone can tell that a folder was.
            return match at.extension() {
                Some(_) => self.unusable(path, refused),
                None => self.diagnostics.closed_folder(path, &refused),
            };
        };
        if metadata.is_dir() {
            return self.diagnostics.closed_folder(path, &refused);
        }
        let top = path.split('/').next().unwrap_or_default();
        let real = target.strip_prefix(&self.root).ok().filter(|real| real.to_str().is_some());
        match real {
            Some(real) if target.starts_with(self.root.join(top)) && !self.is_public(&target) => {
                self.disk.follow(path, &with_slashes(real));
                self.file(path, &metadata);
            }
            _ => self.unusable(path, refused),
        }
    }

    fn is_public(&self, target: &Path) -> bool {
        self.out.as_ref().is_some_and(|out| target.starts_with(out))
    }

    fn attachment(&mut self, path: &str) {
        match self.disk.examine(path) {
            Ok((length, hash, facts)) => self.attachments.push(Attachment { path: path.into(), length, hash, facts }),
            // Editors and synchronisers make files that live for a moment; nobody misses them.
            Err(SourceError::Vanished) => {}
            Err(error) => self.unusable(path, error),
        }
    }

    /// Adds a file that cannot be used. A text keeps its error, so that the stage that reads it reports it, once;
    /// anything else is reported here.
    fn unusable(&mut self, path: &str, error: SourceError) {
        if is_text(path) {
            self.files.push(SourceFile { path: path.into(), length: 0, error: Some(error) });
        } else {
            self.diagnostics.unreadable(None, path, &error);
        }
    }

    fn closed_folder(&mut self, error: &walkdir::Error, top: &Path) {
        let path = self.path(error.path().unwrap_or(top));
        let reason = error.io_error().map_or(SourceError::Other(error.to_string().into()), disk::source_error);
        self.diagnostics.closed_folder(&path, &reason);
    }

    /// `path` relative to the site's folder, with `/` between its names; bytes that are not text become `�`.
    fn path(&self, path: &Path) -> String {
        with_slashes(path.strip_prefix(&self.root).unwrap_or(path)).into_owned()
    }

    /// What was found, in the order of paths and without the copies that a synchroniser left.
    fn finish(self) -> (Sources, Diagnostics) {
        let Self { disk, mut files, mut attachments, mut diagnostics, .. } = self;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        attachments.sort_by(|a, b| a.path.cmp(&b.path));
        // Two names that are not text can look alike once they are shown.
        files.dedup_by(|a, b| a.path == b.path);
        let copies = conflict::copies(&files);
        for (copy, original) in &copies {
            diagnostics.conflict_copy(copy, original);
        }
        files.retain(|file| !copies.contains_key(&file.path));
        (Sources { files, attachments, provider: Arc::new(disk) }, diagnostics)
    }
}

/// Whether an entry is the file in which another program looks for what holds for the files beside it: only who knows what withholds can
/// tell whether they are for everybody.
fn is_aside(entry: &DirEntry) -> bool {
    const NAMES: [&str; 6] =
        ["_index.md", "_config.yml", "_config.yaml", "_config.toml", "_category_.json", "_category_.yml"];
    entry.file_type().is_file() && entry.file_name().to_str().is_some_and(|name| NAMES.contains(&name))
}

/// Whether the file at `path` is a text that the stages read; any other file is an attachment.
fn is_text(path: &str) -> bool {
    if path.starts_with("content/") && path.rsplit('/').next().is_some_and(|name| name.starts_with('_')) {
        return false;
    }
    if path.starts_with("themes/") || path.ends_with(".md") {
        return true;
    }
    match path.strip_prefix("content/") {
        Some("site.toml" | "glossary.toml" | "statutes.toml" | "words.toml" | "checked.toml") => true,
        Some("old-addresses.csv" | "people.csv" | "postcodes.csv") => true,
        Some(rest) if rest.starts_with("addresses/") => rest.ends_with(".txt"),
        Some(rest) => rest.strip_prefix("kinds/").is_some_and(|name| name.ends_with(".toml") && !name.contains('/')),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    #[cfg(unix)]
    use std::os::unix::fs::symlink;
    #[cfg(unix)]
    use std::process::Command;

    use super::*;

    /// A site in a folder that is gone afterwards.
    struct Site(tempfile::TempDir);

    impl Site {
        fn with(files: &[(&str, &str)]) -> Self {
            let site = Self(tempfile::tempdir().unwrap());
            fs::create_dir(site.path("content")).unwrap();
            for (path, text) in files {
                fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
                fs::write(site.path(path), text).unwrap();
            }
            site
        }

        fn path(&self, path: &str) -> PathBuf {
            self.0.path().join(path)
        }

        fn read(&self) -> (Sources, Vec<String>) {
            let (sources, diagnostics) = read(self.0.path(), &self.path("public")).unwrap();
            let said = diagnostics.iter().map(|said| format!("{} {}", said.code, said.place.as_deref().unwrap_or("-")));
            let said = said.collect();
            (sources, said)
        }

        fn files(&self) -> Vec<String> {
            self.read().0.files.iter().map(|file| file.path.to_string()).collect()
        }

        fn error_of(&self, path: &str) -> Option<SourceError> {
            let sources = self.read().0;
            let id = sources.find(path).unwrap();
            sources.bytes(id).err()
        }
    }

    #[test]
    fn texts_and_attachments_are_told_apart() {
        let site = Site::with(&[
            ("content/site.toml", ""),
            ("content/other.toml", ""),
            ("content/kinds/x.toml", ""),
            ("content/kinds/deep/x.toml", ""),
            ("content/pages/about.md", "About"),
            ("content/pages-old/about.md", "About"),
            ("content/pages/plan.pdf", "%PDF"),
            ("content/pages/_index.md", "---"),
            ("themes/own/templates/_macros.html", ""),
            ("themes/README.md", ""),
            ("themes/note.txt", ""),
            ("src/x.md", ""),
        ]);
        let (sources, said) = site.read();
        let attachments: Vec<_> = sources.attachments.iter().map(|file| file.path.as_ref()).collect();
        assert_eq!(
            attachments,
            ["content/kinds/deep/x.toml", "content/other.toml", "content/pages/_index.md", "content/pages/plan.pdf"]
        );
        assert!(sources.attachments[2].is_aside());
        assert_eq!(sources.attachments[3].hash, xxhash_rust::xxh3::xxh3_128(b"%PDF"));
        assert_eq!(sources.attachments[3].length, 4);
        assert_eq!(
            site.files(),
            [
                "content/kinds/x.toml",
                "content/pages-old/about.md",
                "content/pages/about.md",
                "content/site.toml",
                "themes/own/templates/_macros.html"
            ]
        );
        let id = sources.find("content/pages/about.md").unwrap();
        assert_eq!(sources.bytes(id).unwrap(), b"About");
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn what_is_not_content_is_left_out() {
        let site = Site::with(&[
            ("content/README.md", ""),
            ("content/pages/_draft.md", ""),
            ("content/_old/x.md", ""),
            ("content/.git/x.md", ""),
            ("content/~$x.md", ""),
            ("content/pages/thumbs.db", ""),
            ("content/desktop.ini", ""),
        ]);
        let (sources, said) = site.read();
        assert!(sources.files.is_empty() && sources.attachments.is_empty() && said.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn the_public_folder_is_never_read() {
        let site = Site::with(&[("content/public/index.html", ""), ("content/a.md", "")]);
        symlink(site.path("content/public/index.html"), site.path("content/b.md")).unwrap();
        let (sources, _) = read(site.0.path(), &site.path("content/public")).unwrap();
        assert!(sources.attachments.is_empty());
        let link = sources.find("content/b.md").unwrap();
        assert!(matches!(sources.bytes(link), Err(SourceError::Link(_))));
    }

    #[test]
    fn a_conflict_copy_is_left_out_and_named() {
        let site = Site::with(&[("content/m/x.md", ""), ("content/m/x-LAPTOP123.md", ""), ("content/m/x-2021.md", "")]);
        assert_eq!(site.files(), ["content/m/x-2021.md", "content/m/x.md"]);
        assert_eq!(site.read().1, ["conflict-copy content/m/x-LAPTOP123.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out() {
        let site = Site::with(&[("content/a.md", "A"), ("secret.md", "S"), ("themes/own/s.css", "")]);
        for (target, link) in [
            ("a.md", "in.md"),
            ("../secret.md", "out.md"),
            ("/etc/passwd", "passwd.md"),
            ("/etc/passwd", "passwd.pdf"),
            ("nowhere.md", "dangling.md"),
            ("loop.md", "loop.md"),
            ("../themes/own/s.css", "s.css"),
            (".", "again"),
            ("/", "world"),
            ("not-connected", "lost"),
        ] {
            symlink(target, site.path("content").join(link)).unwrap();
        }
        symlink(site.path("content/a.md"), site.path("content/absolute.md")).unwrap();
        let (sources, said) = site.read();
        for (path, text) in [("content/in.md", b"A"), ("content/absolute.md", b"A")] {
            assert_eq!(sources.bytes(sources.find(path).unwrap()).unwrap(), text);
        }
        for path in ["content/out.md", "content/passwd.md", "content/dangling.md", "content/loop.md"] {
            assert!(matches!(site.error_of(path), Some(SourceError::Link(_))), "{path}");
        }
        assert!(sources.attachments.is_empty());
        let mut said = said;
        said.sort();
        let held = [
            "unreadable content/passwd.pdf",
            "unreadable content/s.css",
            "unreadable-folder content/again",
            "unreadable-folder content/lost",
            "unreadable-folder content/world",
        ];
        assert_eq!(said, held);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_replaced_by_a_link_after_the_walk_is_refused() {
        let site = Site::with(&[("content/m/a.md", "A"), ("content/b.md", "B"), ("secret/a.md", "S")]);
        let (sources, _) = site.read();
        fs::remove_dir_all(site.path("content/m")).unwrap();
        symlink(site.path("secret"), site.path("content/m")).unwrap();
        fs::remove_file(site.path("content/b.md")).unwrap();
        let bytes = |path: &str| sources.bytes(sources.find(path).unwrap());
        assert!(matches!(bytes("content/m/a.md"), Err(SourceError::Link(_))));
        assert_eq!(bytes("content/b.md"), Err(SourceError::Vanished));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_sockets_are_never_waited_for() {
        let site = Site::with(&[("content/later.md", "")]);
        for name in ["pipe.md", "pipe.pdf"] {
            assert!(Command::new("mkfifo").arg(site.path("content").join(name)).status().unwrap().success());
        }
        let socket = std::os::unix::net::UnixListener::bind(site.path("content/socket")).unwrap();
        assert_eq!(site.error_of("content/pipe.md"), Some(SourceError::NotAFile));
        let (sources, mut said) = site.read();
        said.sort();
        assert_eq!(said, ["unreadable content/pipe.pdf", "unreadable content/socket"]);
        drop(socket);

        fs::remove_file(site.path("content/later.md")).unwrap();
        fs::rename(site.path("content/pipe.pdf"), site.path("content/later.md")).unwrap();
        assert_eq!(sources.bytes(sources.find("content/later.md").unwrap()), Err(SourceError::NotAFile));
    }

    #[test]
    fn a_long_text_is_refused_even_if_it_grows_later() {
        let site = Site::with(&[("content/a.md", "A"), ("content/b.md", &"b".repeat(2_000_000))]);
        let (sources, _) = site.read();
        let limit = Some(SourceError::TooLong(LONGEST_TEXT));
        assert!(sources.bytes(sources.find("content/b.md").unwrap()).is_ok());
        fs::write(site.path("content/a.md"), "a".repeat(2_000_001)).unwrap();
        assert_eq!(sources.bytes(sources.find("content/a.md").unwrap()).err(), limit);
        assert_eq!(site.error_of("content/a.md"), limit);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_named() {
        use std::os::unix::ffi::OsStrExt;
        let site = Site::with(&[]);
        let name = |bytes: &'static [u8]| site.path("content").join(std::ffi::OsStr::from_bytes(bytes));
        fs::write(name(b"caf\xE9.md"), "").unwrap();
        fs::write(name(b"caf\xE9.pdf"), "").unwrap();
        fs::create_dir(name(b"old\xFF")).unwrap();
        fs::write(name(b"old\xFF/x.md"), "").unwrap();
        let (sources, mut said) = site.read();
        said.sort();
        assert_eq!(said, ["unreadable content/caf\u{FFFD}.pdf", "unreadable-folder content/old\u{FFFD}"]);
        assert_eq!(sources.files.len(), 1);
        assert_eq!(sources.files[0].error, Some(SourceError::Name));
    }

    #[test]
    fn pictures_tell_their_size() {
        let site = Site::with(&[]);
        let mut gif = b"GIF89a".to_vec();
        gif.extend([3, 0, 2, 0]);
        gif.extend([0; 16]);
        fs::write(site.path("content/a.gif"), gif).unwrap();
        fs::write(site.path("content/b.gif"), "GIF89a").unwrap();
        fs::write(site.path("content/c.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 0, 0]).unwrap();
        fs::write(site.path("content/d.svg"), "<?xml version='1.0'?><svg viewBox='0 0 300 120.4'/>").unwrap();
        fs::write(site.path("content/e.svg"), "<svg><g viewBox='0 0 3 2'/></svg>").unwrap();
        let pixels: Vec<_> = site.read().0.attachments.iter().map(|file| file.facts.pixels).collect();
        assert_eq!(pixels, [Some((3, 2)), None, None, Some((300, 120)), None]);
    }

    #[test]
    fn a_site_without_content_is_told_where_to_go() {
        let site = Site::with(&[("content/pages/a.md", "")]);
        let said = |root: PathBuf| read(&root, Path::new("public")).err().unwrap().to_string();
        let root = site.0.path().canonicalize().unwrap();
        assert!(said(root.join("content")).contains(&format!("`cd {}`", root.display())));
        assert!(said(root.join("content/pages")).contains(&format!("`cd {}`", root.display())));
        assert!(said(root.join("none")).starts_with("There is no folder"));
        fs::create_dir_all(root.join("a/b/content")).unwrap();
        assert!(said(root.join("a")).contains(&format!("`cd {}`", root.join("a/b").display())));
        fs::write(root.join("a/content"), "").unwrap();
        assert!(said(root.join("a")).contains("is a file"));
        fs::remove_file(root.join("a/content")).unwrap();
        #[cfg(unix)]
        {
            symlink(root.join("content"), root.join("a/content")).unwrap();
            assert!(said(root.join("a")).contains("outside the site's folder"));
        }
    }
}
