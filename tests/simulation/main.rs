//! A village and a district under every fault, from one seed.
//!
//! `make simulate SEEDS=10000` lives through so many worlds, `make simulate SEED=7` through one, with its diary. Real
//! registers, the real district, the real driver; the line, the clock, chance and the power are made up. A world ends with
//! quiet, and then the oracle compares both sides with what clerks were told is saved.

mod attack;
mod chance;
mod clerk;
mod copies;
mod disasters;
mod files;
mod holdings;
mod laptop;
mod ledger;
mod link;
mod mutations;
mod office;
mod oracle;
mod photos;
mod sticks;
mod twins;
mod world;

use mutations::Mutation;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use world::{Run, Tally};

/// Worlds that once showed a mistake.
const FIXED_CASES: [u64; 15] =
    [31, 55, 195, 214, 1649, 2812, 2917, 5856, 5911, 6489, 7088, 7103, 8177, 9335, 9862];
const SEEDS: u64 = 200;
/// A long run says how far it is.
const TOLD_EVERY: usize = 500;

#[test]
fn every_world_comes_to_rest_with_nothing_lost_doubled_or_made_up() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seeds: Vec<u64> = match asked("PAYUNG_SEED") {
        Some(seed) => vec![seed],
        None => {
            let first = asked("PAYUNG_FIRST").unwrap_or(1);
            (first..first.saturating_add(asked("PAYUNG_SEEDS").unwrap_or(SEEDS))).collect()
        }
    };
    live_through(&seeds);
}

#[test]
fn worlds_that_once_showed_a_mistake() {
    live_through(&FIXED_CASES);
}

#[test]
fn each_broken_invariant_is_found() {
    let found = Mutex::new(Vec::new());
    share(&Mutation::ALL, |mutation| {
        let first = (1..=SEEDS).find_map(|seed| Some((seed, live(seed, Some(*mutation)).result.err()?)));
        match &first {
            Some((seed, why)) => println!("{mutation:?}: found by seed {seed}: {why}"),
            None => println!("{mutation:?}: not found by {SEEDS} seeds"),
        }
        found.lock().expect("found").push((*mutation, first.is_some()));
    });
    let missed: Vec<_> = found.into_inner().expect("found").into_iter().filter(|(_, found)| !found).collect();
    assert!(missed.is_empty(), "the net has holes: {missed:?}");
}

/// The machine's cores share the work.
fn share<T: Sync>(all: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let one_after_the_other = || {
        while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(one);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(one_after_the_other);
        }
    });
}

fn live_through(seeds: &[u64]) {
    let (sum, failed) = (Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    let lived = AtomicUsize::new(0);
    share(seeds, |seed| {
        let run = live(*seed, None);
        sum.lock().expect("tally").add(&run.tally);
        let lived = lived.fetch_add(1, Ordering::Relaxed) + 1;
        if lived.is_multiple_of(TOLD_EVERY) {
            println!("{lived} of {} worlds", seeds.len());
        }
        if let Err(violation) = run.result {
            let diary = if seeds.len() == 1 { format!("\n{}", run.diary.join("\n")) } else { String::new() };
            println!("seed {seed}: {violation}{diary}\n  again: make simulate SEED={seed}");
            failed.lock().expect("failures").push(*seed);
        }
    });
    println!("{} seeds:\n{}", seeds.len(), sum.into_inner().expect("tally"));
    let mut failed = failed.into_inner().expect("failures");
    failed.sort_unstable();
    assert!(failed.is_empty(), "{} of {} seeds: {failed:?}", failed.len(), seeds.len());
}

/// A panic anywhere is a failure of that seed.
fn live(seed: u64, mutation: Option<Mutation>) -> Run {
    catch_unwind(AssertUnwindSafe(|| world::run(seed, mutation))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        Run {
            result: Err(oracle::Violation::new(0, format!("panic: {}", words.unwrap_or_default()))),
            tally: Tally::default(),
            diary: Vec::new(),
        }
    })
}
