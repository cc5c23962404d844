//! What the random runs share: where they begin, when they end, where they write what they find.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::Rng as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How often a long run says how it goes.
const REPORT: Duration = Duration::from_secs(30);

/// The seed of a run: `EPOLL_SEED`, or a fresh one.
pub(crate) fn seed() -> u64 {
    let given = number("EPOLL_SEED");
    given.unwrap_or_else(|| TestRunner::new(Config::default()).rng().next_u64() >> 32)
}

/// A number from the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Says something that libtest does not swallow.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Makes one case, the same for the same seed, and makes it small if it fails.
pub(crate) fn runner(seed: u64) -> TestRunner {
    let config = Config {
        failure_persistence: None,
        max_shrink_iters: 20_000,
        max_shrink_time: 60_000,
        ..Config::with_cases(1)
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// A run that goes on until its time is over: `EPOLL_FUZZ_MINUTES`.
pub(crate) struct Long {
    end: Instant,
    next_report: Instant,
}

impl Long {
    pub(crate) fn start() -> Long {
        let now = Instant::now();
        let minutes = number("EPOLL_FUZZ_MINUTES").unwrap_or(1);
        Long { end: now + Duration::from_secs(60 * minutes), next_report: now + REPORT }
    }

    /// Whether there is time left; now and then tells how it goes.
    pub(crate) fn goes_on(&mut self, text: impl Fn() -> String) -> bool {
        let now = Instant::now();
        if now >= self.next_report {
            self.next_report = now + REPORT;
            tell(&text());
        }
        now < self.end
    }
}

/// Writes down what was found as a scenario, `name.epoll`; gives its path.
pub(crate) fn keep(name: &str, source: &str) -> PathBuf {
    let folder = std::env::var_os("EPOLL_FUZZ_FOLDER").map(PathBuf::from);
    let folder =
        folder.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/target/fuzz").into());
    let path = folder.join(format!("{name}.epoll"));
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, source));
    written.unwrap_or_else(|error| panic!("can not write {}: {error}", path.display()));
    path
}
