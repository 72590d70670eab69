//! A fuzz target under libFuzzer, which changes inputs and keeps those that reach new code. `./run` builds and starts it.
//!
//! Enters: the name of a target in `FOLKMOOT_FUZZ`, and libFuzzer's own arguments. Leaves: an input that breaks what must
//! hold, if there is one. `FOLKMOOT_SEEDS` names a folder that gets the inputs to begin with. Absent: what must hold
//! (`targets.rs`), and anything that stable Rust does not have.

#![no_main]
#![allow(dead_code, reason = "the modules of the other tests are used in part")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "it reads cases and writes inputs")]

#[path = "../case.rs"]
mod case;
#[path = "../cases.rs"]
mod cases;
#[path = "../memory.rs"]
mod memory;
mod seeds;
mod targets;

use std::path::Path;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

use crate::targets::{TARGETS, Target};

static CHOSEN: OnceLock<&Target> = OnceLock::new();

fuzz_target!(
    init: {
        let name = std::env::var("FOLKMOOT_FUZZ").unwrap_or_default();
        let target = TARGETS.iter().find(|target| target.name == name);
        let target = CHOSEN.get_or_init(|| target.expect("FOLKMOOT_FUZZ names a target"));
        if let Some(folder) = std::env::var_os("FOLKMOOT_SEEDS") {
            for (number, seed) in seeds::of(target.name).iter().enumerate() {
                let path = Path::new(&folder).join(format!("seed-{number}"));
                std::fs::write(path, seed).expect("the folder of seeds can be written");
            }
        }
    },
    |input: &[u8]| {
        let target = CHOSEN.get().expect("libFuzzer begins with init");
        (target.hold)(input);
    }
);
