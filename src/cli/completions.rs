//! `folkmoot completions`: what a shell needs to complete commands and options.
//!
//! Input: the name of a shell. Output: its script. Not here: which commands there are.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::Arguments;
use super::environment::{CommandError, Environment, Exit};

/// Print what your shell needs to complete commands
#[derive(Args)]
#[command(hide = true, after_help = MORE, after_long_help = MORE)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

const MORE: &str = "\
Where to put it:
  folkmoot completions bash > ~/.local/share/bash-completion/completions/folkmoot
  folkmoot completions zsh > ~/.zfunc/_folkmoot
  folkmoot completions fish > ~/.config/fish/completions/folkmoot.fish
  folkmoot completions powershell >> $PROFILE";

/// Runs the command.
pub fn completions(completions: &Completions, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "folkmoot", &mut script);
    environment.tell(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
