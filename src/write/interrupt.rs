//! What happens when the program is told to end (Ctrl+C, a service that is stopped) while it writes.
//!
//! Input: that it was told so. Output: whether it may end at once, or whoever holds a folder takes its own things away
//! first. Not here: signals, which the shell hears of (`cli/`), and a program that is killed outright, which the next build
//! heals (`journal.rs`).

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::WriteError;

/// Of the whole program: a signal is for all of it.
static STATE: Mutex<State> = Mutex::new(State { holders: 0, is_ending: false });

struct State {
    /// How many are at work on files that must not be left lying.
    holders: usize,
    is_ending: bool,
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says that the program is to end. Returns whether it may end at once; if not, the next thing that is written fails with
/// [`WriteError::Interrupted`], and nothing is left lying in the folder.
///
/// A build whose steps are written down already is not stopped any more: it is done in a moment.
pub fn interrupt() -> bool {
    let mut state = state();
    state.is_ending = true;
    state.holders == 0
}

/// While this lives, the program does not end by a signal.
pub(super) struct Held(());

impl Held {
    /// Begins.
    ///
    /// # Errors
    /// The program is to end.
    pub(super) fn begin() -> Result<Self, WriteError> {
        let mut state = state();
        if state.is_ending {
            return Err(WriteError::Interrupted);
        }
        state.holders += 1;
        Ok(Self(()))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        state().holders -= 1;
    }
}

/// Goes on only if the program is not to end.
///
/// # Errors
/// It is to end.
pub(super) fn go_on() -> Result<(), WriteError> {
    if state().is_ending { Err(WriteError::Interrupted) } else { Ok(()) }
}
