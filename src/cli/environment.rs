//! What a command may know of the machine it runs on, where it prints, and how it ends.
//!
//! Input: results and messages. Output: the two streams, an [`Exit`], or a [`CommandError`]. Not here: what a command
//! does.

use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::messages::text;
use crate::messages::{Extent, ReportOptions};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// The site has mistakes that this command does not let pass.
    Mistakes = 1,
    /// The command was typed in a way that cannot be followed.
    WrongUse = 2,
    /// The system failed: a file cannot be read or written, the disk is full.
    Failed = 3,
    /// The program was told to end, by Ctrl+C or by whoever started it; shells have the same number for that.
    Stopped = 130,
}

impl Exit {
    /// The number that scripts see.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// What a command may know of the machine it runs on. Tests make one of their own.
pub struct Environment<'streams> {
    /// Where results are printed.
    pub out: &'streams mut (dyn Write + Send),
    /// Where messages are printed.
    pub err: &'streams mut (dyn Write + Send),
    /// Where a person types answers; `None` if nobody is there to be asked.
    pub answers: Option<&'streams mut (dyn BufRead + Send)>,
    /// Whether a person watches the messages as they come.
    pub watched: bool,
    /// Whether messages may be coloured.
    pub colour: bool,
    /// How many characters fit on a line.
    pub width: usize,
    /// The folder in which the command was typed.
    pub folder: PathBuf,
    /// The environment variable `SOURCE_DATE_EPOCH` (reproducible-builds.org), if it is set.
    pub epoch: Option<OsString>,
    /// The value of any other variable of the environment, by its name.
    pub variables: fn(&str) -> Option<OsString>,
    /// The time by the machine's clock.
    pub now: jiff::Timestamp,
}

#[cfg(test)]
impl<'streams> Environment<'streams> {
    /// One for tests: a folder, where results and messages go, and what somebody types; nobody is there if that is `None`.
    pub(super) fn of_test(
        folder: &std::path::Path,
        out: &'streams mut (dyn Write + Send),
        err: &'streams mut (dyn Write + Send),
        answers: Option<&'streams mut (dyn BufRead + Send)>,
    ) -> Self {
        Self {
            out,
            err,
            answers,
            watched: false,
            colour: false,
            width: 100,
            folder: folder.to_owned(),
            epoch: None,
            variables: |_| None,
            now: jiff::Timestamp::UNIX_EPOCH,
        }
    }
}

/// Why a command cannot go on: a sentence for the person who typed it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CommandError {
    /// The command was typed in a way that cannot be followed.
    WrongUse(String),
    /// The system failed.
    Failed(String),
    /// The program was told to end.
    Stopped(String),
}

impl Environment<'_> {
    /// How this command prints messages, and how many of them.
    pub(super) fn report_options(&self, extent: Extent) -> ReportOptions {
        ReportOptions { width: self.width, colour: self.colour, extent }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// The stream is broken or full. That its reader went away is no error.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), CommandError> {
        write_to(self.out, text)
    }

    /// Prints a result for programs.
    ///
    /// # Errors
    /// As for [`Environment::tell`].
    pub(super) fn tell_json(&mut self, result: &impl serde::Serialize) -> Result<(), CommandError> {
        let json = serde_json::to_string_pretty(result).map_err(|error| CommandError::Failed(error.to_string()))?;
        self.tell(&format!("{json}\n"))
    }

    /// Prints messages.
    ///
    /// # Errors
    /// As for [`Environment::tell`].
    pub(super) fn warn(&mut self, text: &str) -> Result<(), CommandError> {
        write_to(self.err, text)
    }

    /// Asks a person, and gives back what was typed without the space around it. `None` if nobody is there, or nothing was typed.
    ///
    /// # Errors
    /// The question cannot be printed.
    pub(super) fn ask(&mut self, question: &str) -> Result<Option<String>, CommandError> {
        if self.answers.is_none() {
            return Ok(None);
        }
        self.warn(&format!("{} ", text::harmless(question)))?;
        let mut typed = String::new();
        // Where the answers end, the others are those that nobody gave.
        let ended =
            self.answers.as_mut().is_none_or(|answers| !matches!(answers.read_line(&mut typed), Ok(read) if read > 0));
        if ended {
            self.answers = None;
            self.warn("\n")?;
        }
        let typed = typed.trim();
        Ok((!typed.is_empty()).then(|| typed.to_owned()))
    }

    /// Prints sentences as a result, with which the command ends; each paragraph on lines of its own.
    ///
    /// # Errors
    /// As for [`Environment::tell`].
    pub(super) fn say(&mut self, words: &str, exit: Exit) -> Result<Exit, CommandError> {
        self.tell(&paragraphs(words, self.width)).map(|()| exit)
    }

    /// Prints sentences as a message, with which the command ends that does not do what was asked.
    ///
    /// # Errors
    /// As for [`Environment::tell`].
    pub(super) fn refuse(&mut self, words: &str) -> Result<Exit, CommandError> {
        self.warn(&paragraphs(words, self.width)).map(|()| Exit::Mistakes)
    }

    /// Asks a person for a yes or no, and gives whether it was yes.
    ///
    /// # Errors
    /// Nobody is there to be asked: then the command ends with the sentence `nobody`.
    pub(super) fn agrees(&mut self, question: &str, nobody: &str) -> Result<bool, CommandError> {
        if self.answers.is_none() {
            return Err(CommandError::WrongUse(nobody.into()));
        }
        let answer = self.ask(&format!("{question} (yes or no)"))?;
        Ok(answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes")))
    }

    /// Prints the sentence with which a command ends that cannot go on, and gives `exit` back.
    pub(super) fn last_words(&mut self, sentence: &str, exit: Exit) -> Exit {
        let text = text::wrapped(&text::harmless(sentence), self.width);
        // Nobody is left to be told that this could not be printed.
        let _ = self.warn(&format!("{text}\n"));
        exit
    }
}

/// Sentences as lines of at most `width` characters.
pub(super) fn paragraphs(words: &str, width: usize) -> String {
    words.lines().map(|line| format!("{}\n", text::wrapped(&text::harmless(line), width))).collect()
}

/// Writes all of `text` at once. A reader who went away (`folkmoot check | head`) has seen enough: that is success.
fn write_to(stream: &mut (dyn Write + Send), text: &str) -> Result<(), CommandError> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::Failed(format!("The result cannot be printed: {error}.")))
        }
        _ => Ok(()),
    }
}
