//! The command line: what people type, and what they read in the terminal.
//!
//! Input: arguments and an [`Environment`]. Output: words for people, and an [`Exit`]. This is the only room that prints;
//! messages go to the error stream, the result of a command to the output stream. Not here: anything that decides what is
//! published. There is one file per command.

mod accept;
mod back;
mod build;
mod check;
mod completions;
mod digest;
mod environment;
mod erase;
mod fix;
mod given;
mod help;
mod import;
mod imported;
mod init;
mod last_build;
mod later;
mod leaks;
mod new;
mod place;
mod progress;
mod proof;
mod publish;
mod published;
mod quote;
mod schedule;
mod search;
mod serve;
mod summary;
mod verify;
mod why;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};

use environment::CommandError;
pub use environment::{Environment, Exit};

use crate::write::interrupt;

/// Folkmoot publishes the work of a partnership: text files in, a public website out.
#[derive(Parser)]
#[command(
    name = "folkmoot",
    bin_name = "folkmoot",
    version,
    disable_help_subcommand = true,
    override_usage = "folkmoot [--root FOLDER] COMMAND",
    before_help = TITLE,
    help_template = "{before-help}{usage-heading} {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}{after-help}",
    after_help = FIRST_STEPS,
    arg_required_else_help = true
)]
struct Arguments {
    /// The folder that has `content` in it [default: here, or above]
    #[arg(long, global = true, value_name = "FOLDER", display_order = 100)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Import(import::Import),
    Serve(serve::Serve),
    Check(check::Check),
    Build(build::Build),
    Publish(publish::Publish),
    #[command(hide = true)]
    Digest(digest::DigestCommand),
    #[command(hide = true)]
    Verify(verify::Verify),
    #[command(hide = true)]
    Erase(erase::Erase),
    Search(search::Search),
    Quote(quote::Quote),
    #[command(hide = true)]
    Why(why::Why),
    Help(help::Help),
    Completions(completions::Completions),
}

const TITLE: &str = "\
Folkmoot makes a public website of the texts in the folder `content`.

";

const FIRST_STEPS: &str = "\
folkmoot init my-site   begins a site; the others are typed in its folder
folkmoot serve --open   shows the website in your browser while you write
More about a command: folkmoot build --help. The manual: folkmoot help";

/// Runs the command that `arguments` (the program's own name first) ask for, on this machine.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let colours = anstream::AutoStream::choice(&io::stderr());
    let folder = match std::env::current_dir() {
        Ok(folder) => folder,
        Err(error) => {
            let _ = writeln!(io::stderr(), "The current folder cannot be opened: {error}");
            return Exit::Failed;
        }
    };
    end_in_order();
    let mut answers = io::BufReader::new(io::stdin());
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let environment = Environment {
        answers: asks.then_some(&mut answers as &mut (dyn io::BufRead + Send)),
        out: &mut anstream::AutoStream::auto(io::stdout()),
        err: &mut anstream::AutoStream::new(io::stderr(), colours),
        watched: io::stderr().is_terminal(),
        colour: colours != anstream::ColorChoice::Never,
        width: terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).max(40)),
        folder,
        epoch: std::env::var_os("SOURCE_DATE_EPOCH"),
        variables: |name| std::env::var_os(name),
        now: jiff::Timestamp::now(),
    };
    run_in(environment, arguments)
}

/// From now on Ctrl+C ends the program without leaving anything of a build behind.
fn end_in_order() {
    let heard = || {
        if interrupt() {
            std::process::exit(i32::from(Exit::Stopped.code()));
        }
    };
    // Where that cannot be had, the next build heals what this one leaves.
    let _ = ctrlc::set_handler(heard);
}

/// Runs the command that `arguments` ask for, in this `environment`.
#[must_use]
pub fn run_in(mut environment: Environment<'_>, arguments: impl IntoIterator<Item = OsString>) -> Exit {
    match ask(&mut environment, arguments) {
        Ok(exit) => exit,
        Err(CommandError::WrongUse(sentence)) => environment.last_words(&sentence, Exit::WrongUse),
        Err(CommandError::Failed(sentence)) => environment.last_words(&sentence, Exit::Failed),
        Err(CommandError::Stopped(sentence)) => environment.last_words(&sentence, Exit::Stopped),
    }
}

/// Runs the command.
fn ask(environment: &mut Environment<'_>, arguments: impl IntoIterator<Item = OsString>) -> Result<Exit, CommandError> {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return print(&answer, environment),
    };
    let root = arguments.root.as_deref();
    match &arguments.command {
        Command::Build(build) => build::build(build, root, environment),
        Command::Publish(publish) => publish::publish(publish, root, environment),
        Command::Digest(digest) => digest::digest(digest, root, environment),
        Command::Verify(verify) => verify::verify(verify, environment),
        Command::Erase(erase) => erase::erase(erase, root, environment),
        Command::Check(check) => check::check(check, root, environment),
        Command::Init(init) => init::init(init, root, environment),
        Command::Help(help) => help::help(help, root, environment),
        Command::Completions(completions) => completions::completions(completions, environment),
        Command::New(new) => new::new(new, root, environment),
        Command::Import(import) => import::import(import, root, environment),
        Command::Search(search) => search::search(search, root, environment),
        Command::Quote(quote) => quote::quote(quote, root, environment),
        Command::Serve(serve) => serve::serve(serve, root, environment),
        Command::Why(why) => why::why(why, root, environment),
    }
}

/// Prints what clap has to say: help and version as a result, a mistyped command as a message.
fn print(answer: &clap::Error, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    if let Some(sentence) = unknown(answer) {
        return Err(CommandError::WrongUse(sentence));
    }
    // The streams take colours out where they are not wanted.
    let styled = answer.render().ansi().to_string();
    if answer.use_stderr() {
        environment.warn(&styled)?;
        return Ok(Exit::WrongUse);
    }
    environment.tell(&styled)?;
    Ok(Exit::Fine)
}

/// Says which command or option was typed and does not exist; `None` for other mistakes, which have clap's words.
fn unknown(answer: &clap::Error) -> Option<String> {
    let (what, typed, near, before) = match answer.kind() {
        ErrorKind::InvalidSubcommand => {
            ("command", ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand, "folkmoot ")
        }
        ErrorKind::UnknownArgument => ("option", ContextKind::InvalidArg, ContextKind::SuggestedArg, ""),
        _ => return None,
    };
    let typed = answer.get(typed)?;
    let near = match answer.get(near) {
        Some(ContextValue::Strings(names)) => names.first(),
        Some(ContextValue::String(name)) => Some(name),
        _ => None,
    };
    let advice = near.map_or_else(
        || "`folkmoot --help` shows what there is.".to_owned(),
        |name| format!("Is `{before}{name}` meant?"),
    );
    Some(format!("There is no {what} `{typed}`. {advice}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// What the arguments lead to in `folder`: how it ended, the result and the messages.
    fn typed(arguments: &str, folder: &std::path::Path) -> (Exit, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit =
            run_in(Environment::of_test(folder, &mut out, &mut err, None), arguments.split(' ').map(OsString::from));
        let text = |bytes: &[u8]| anstream::adapter::strip_str(&String::from_utf8_lossy(bytes)).to_string();
        (exit, text(&out), text(&err))
    }

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder for the test");
        std::fs::create_dir(site.path().join("content")).expect("a folder for the test");
        site
    }

    #[test]
    fn what_is_mistyped_is_wrong_use_and_says_what_to_type() {
        let site = site();
        for (arguments, words) in [
            ("folkmoot chek", "There is no command `chek`. Is `folkmoot check` meant?"),
            ("folkmoot build --strikt", "There is no option `--strikt`. Is `--strict` meant?"),
            ("folkmoot build --zebra", "There is no option `--zebra`. `folkmoot --help` shows what there is."),
            ("folkmoot build --as-at tomorrow", "--as-at 2026-12-01"),
            ("folkmoot build --base-url www.example.org", "Type a whole address"),
            ("folkmoot check --explain brokn-link", "--explain broken-link"),
            ("folkmoot --root nowhere build", "nowhere"),
            ("folkmoot build --out", "--out <FOLDER>"),
            ("folkmoot", "Usage:"),
        ] {
            let (exit, out, err) = typed(arguments, site.path());
            assert_eq!((exit, out.as_str()), (Exit::WrongUse, ""), "{arguments}: {err}");
            assert!(err.contains(words), "{arguments}: {err}");
        }
    }

    #[test]
    fn help_and_version_are_results() {
        let site = site();
        for arguments in ["folkmoot --help", "folkmoot -h", "folkmoot build --help", "folkmoot check -h"] {
            let (exit, out, err) = typed(arguments, site.path());
            assert_eq!((exit, err.as_str()), (Exit::Fine, ""), "{arguments}");
            assert!(out.contains("Usage: folkmoot") || out.contains("Usage:\n  folkmoot"), "{out}");
        }
        let version = format!("folkmoot {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(typed("folkmoot --version", site.path()), (Exit::Fine, version, String::new()));
    }

    #[test]
    fn the_first_screen_is_one_screen() {
        let (_, help, _) = typed("folkmoot --help", site().path());
        assert!(help.lines().count() <= 24, "{help}");
    }

    /// A stream that takes nothing.
    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_went_away_is_no_failure_and_a_full_disk_is_one() {
        let site = site();
        for (kind, exit) in [(io::ErrorKind::BrokenPipe, Exit::Fine), (io::ErrorKind::StorageFull, Exit::Failed)] {
            let mut closed = Closed(kind);
            let mut err = Vec::new();
            let environment = Environment::of_test(site.path(), &mut closed, &mut err, None);
            assert_eq!(
                run_in(environment, ["folkmoot", "check", "--explain", "broken-link"].map(OsString::from)),
                exit
            );
        }
    }

    #[test]
    fn the_numbers_for_scripts_stay() {
        let codes = [Exit::Fine, Exit::Mistakes, Exit::WrongUse, Exit::Failed, Exit::Stopped].map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 3, 130]);
    }
}
