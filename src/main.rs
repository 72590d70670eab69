//! The program.
//!
//! Input: arguments. Output: an exit code. Not here: everything between the two, which `cli` does.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the program's own arguments, handed on to the shell")]
fn main() -> ExitCode {
    folkmoot::cli::run(std::env::args_os()).into()
}
