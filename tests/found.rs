//! What a fuzzer once found, and what it begins with, through the same doors: so that what was mended stays mended, and
//! that the targets hold without a fuzzer too.
//!
//! Input: `fuzz/found/<target>/`, `fuzz/seeds.rs`. Output: nothing. Not here: looking for more, which is `fuzz/run`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cases;
use crate::generate::{self, Random};
use crate::properties;
use crate::seeds;
use crate::targets::{TARGETS, Target};

#[test]
fn nothing_that_was_found_breaks_what_must_hold() {
    for target in TARGETS {
        let folder = cases::tests().join("fuzz/found").join(target.name);
        for path in if folder.is_dir() { cases::sorted(&folder) } else { Vec::new() } {
            let input = fs::read(&path).expect("the input can be read");
            one(target, &path.display().to_string(), &input);
        }
    }
}

#[test]
fn every_folder_of_inputs_is_that_of_a_target() {
    for path in cases::sorted(&cases::tests().join("fuzz/found")) {
        let known = TARGETS.iter().any(|target| path.ends_with(target.name));
        assert!(known, "{} is no target of fuzz/targets.rs", path.display());
    }
}

#[test]
fn what_a_fuzzer_begins_with_breaks_nothing() {
    for target in TARGETS {
        let seeds = seeds::of(target.name);
        assert!(!seeds.is_empty(), "{} begins with nothing", target.name);
        // In an unoptimised build all of them take a minute, and most are cases that are built anyway.
        let step = if std::env::var_os("FOLKMOOT_LONG").is_some() { 1 } else { 16 };
        for (number, seed) in seeds.iter().enumerate().step_by(step) {
            one(target, &format!("{} seed {number}", target.name), seed);
        }
    }
}

#[test]
fn damage_to_what_a_fuzzer_begins_with_breaks_nothing() {
    for target in TARGETS {
        let begins = seeds::of(target.name);
        for seed in properties::seeds(5) {
            let mut random = Random::new(seed);
            let begin = &begins[random.below(begins.len())];
            let input = generate::damaged(&mut random, begin);
            one(target, &format!("{} damaged with {seed}: {}", target.name, String::from_utf8_lossy(&input)), &input);
        }
    }
}

fn one(target: &Target, name: &str, input: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| (target.hold)(input))).is_err() {
        panic!("{name}: it does not hold; the message above says what");
    }
}
