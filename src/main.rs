//! The program: arguments in, an exit code out. What happens between is `cli`'s.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the program's own arguments, handed on to the shell")]
fn main() -> ExitCode {
    folkmoot::cli::run(std::env::args_os()).into()
}
