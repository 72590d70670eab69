//! The floor: what any generator must pay for these pages, and nothing else.
//!
//! Enters: `floor SOURCE TARGET`. Each `.md` below SOURCE is read, turned into HTML by pulldown-cmark's own writer and
//! written to `TARGET/<path>/index.html`. No front matter, links, templates, lists, feeds or search.
//! It runs on one thread: CPU time is compared, and more threads would only add to it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pulldown_cmark::{Options, Parser, html};
use walkdir::WalkDir;

fn main() -> io::Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [source, target] = arguments.as_slice() else {
        return Err(io::Error::other("usage: floor SOURCE TARGET"));
    };
    // All names first: TARGET may lie inside SOURCE, and must not be walked while it fills.
    let files = markdown_below(source)?;
    let mut page = String::new();
    for file in &files {
        let text = fs::read_to_string(file)?;
        page.clear();
        html::push_html(&mut page, Parser::new_ext(&text, Options::ENABLE_TABLES));
        write_page(&address(source, target, file), &page)?;
    }
    Ok(())
}

fn markdown_below(source: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(source) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(files)
}

/// `SOURCE/minutes/x/2021-09-07.md` → `TARGET/minutes/x/2021-09-07/`
fn address(source: &Path, target: &Path, file: &Path) -> PathBuf {
    let below = file.strip_prefix(source).unwrap_or(file);
    target.join(below.with_extension(""))
}

fn write_page(folder: &Path, page: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("index.html"), page)
}
