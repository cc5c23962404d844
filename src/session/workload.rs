//! Workloads for playing about: many lines of script at once, each an ordinary one.
//!
//! Pure generators: what they write depends only on what is asked for and on the names given.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// A kind of workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// A listener, and so many connections to it, all watched.
    Connections,
    /// So many pairs of sockets, of which some get a byte in each tick.
    Ticks,
    /// The same, but all of a tick's bytes come before anybody looks.
    Bursts,
    /// A reader that takes less in each tick than comes.
    SlowReader,
    /// A writer that fills a pipe as fast as it can, until it is full.
    Firehose,
}

/// What a workload is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Connections.
    pub n: u32,
    /// Those that are active in a tick; bytes that are read, for a slow reader.
    pub k: u32,
    /// Ticks.
    pub ticks: u32,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask { n: 8, k: 2, ticks: 4 }
    }
}

/// The most lines that a workload may have.
const LINES_MAX: u32 = 2000;

impl Workload {
    /// All of them.
    pub const ALL: [Workload; 5] = [
        Workload::Connections,
        Workload::Ticks,
        Workload::Bursts,
        Workload::SlowReader,
        Workload::Firehose,
    ];

    /// Its name in messages and fields.
    pub fn id(self) -> &'static str {
        match self {
            Workload::Connections => "connections",
            Workload::Ticks => "ticks",
            Workload::Bursts => "bursts",
            Workload::SlowReader => "slow-reader",
            Workload::Firehose => "firehose",
        }
    }

    /// Which of `n`, `k` and `ticks` it takes, with their bounds.
    pub fn takes(self) -> &'static [(&'static str, RangeInclusive<u32>)] {
        match self {
            Workload::Connections => &const { [("n", 1..=200)] },
            Workload::Ticks | Workload::Bursts => {
                &const { [("n", 1..=200), ("k", 1..=200), ("ticks", 1..=100)] }
            }
            Workload::SlowReader => &const { [("k", 1..=99), ("ticks", 1..=100)] },
            Workload::Firehose => &const { [("ticks", 1..=100)] },
        }
    }

    /// About how many lines it writes.
    pub fn lines(self, ask: Ask) -> u32 {
        let Ask { n, k, ticks } = ask;
        match self {
            Workload::Connections => 5 + 4 * n,
            Workload::Ticks => 1 + 2 * n + ticks * (1 + 3 * k),
            Workload::Bursts => 1 + 2 * n + ticks * (2 + 2 * k),
            Workload::SlowReader => 3 + 4 * ticks,
            Workload::Firehose => 3 + 4 * ticks,
        }
    }

    /// Whether it can be had: no more are active than there are, and it is not too long.
    pub fn is_possible(self, ask: Ask) -> Result<(), Impossible> {
        let has_k = matches!(self, Workload::Ticks | Workload::Bursts);
        if has_k && ask.k > ask.n {
            return Err(Impossible::MoreActive);
        }
        if self.lines(ask) > LINES_MAX { Err(Impossible::TooLong) } else { Ok(()) }
    }

    /// Its lines. `name` is a name that the script does not use, nor any that begins with it and an
    /// underline; `task` is free; `port` is free.
    ///
    /// Preconditions: it [is possible](Workload::is_possible).
    pub fn script(self, ask: Ask, name: &str, task: &str, port: u16) -> String {
        let mut out = Out { text: String::new(), name, task };
        out.call(&format!("{name} = epoll_create1(0)"));
        match self {
            Workload::Connections => out.connections(ask.n, port),
            Workload::Ticks => out.ticks(ask),
            Workload::Bursts => out.bursts(ask),
            Workload::SlowReader => out.slow_reader(ask),
            Workload::Firehose => out.firehose(ask),
        }
        out.text
    }
}

/// Why a workload can not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// More are to be active than there are.
    MoreActive,
    /// It would be too many lines.
    TooLong,
}

struct Out<'a> {
    text: String,
    name: &'a str,
    task: &'a str,
}

impl Out<'_> {
    fn call(&mut self, call: &str) {
        let _ = writeln!(self.text, "{}: {call}", self.task);
    }

    fn add(&mut self, end: &str, mask: &str) {
        let name = self.name;
        self.call(&format!("epoll_ctl({name}, EPOLL_CTL_ADD, {name}_{end}, {{{mask}}})"));
    }

    fn tick(&mut self) {
        self.text.push_str("advance 1ms\n");
    }

    /// Pairs of sockets: `_r1` is watched, `_w1` is its far end.
    fn pairs(&mut self, n: u32) {
        let name = self.name;
        for i in 1..=n {
            let pair = "socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)";
            self.call(&format!("[{name}_r{i}, {name}_w{i}] = {pair}"));
            self.add(&format!("r{i}"), "EPOLLIN");
        }
    }

    fn connections(&mut self, n: u32, port: u16) {
        let name = self.name;
        self.call(&format!("{name}_l = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK)"));
        self.call(&format!("bind({name}_l, {port})"));
        self.call(&format!("listen({name}_l, {n})"));
        self.add("l", "EPOLLIN");
        for i in 1..=n {
            self.call(&format!("{name}_c{i} = socket(AF_INET, SOCK_STREAM)"));
            self.call(&format!("connect({name}_c{i}, {port})"));
            self.call(&format!("{name}_s{i} = accept4({name}_l, SOCK_NONBLOCK)"));
            self.add(&format!("s{i}"), "EPOLLIN|EPOLLRDHUP");
        }
    }

    /// Those that are active in a tick: they take turns, so that all come round.
    fn active(ask: Ask, tick: u32) -> impl Iterator<Item = u32> {
        (0..ask.k).map(move |at| (tick * ask.k + at) % ask.n + 1)
    }

    fn ticks(&mut self, ask: Ask) {
        let name = self.name;
        self.pairs(ask.n);
        for tick in 0..ask.ticks {
            self.tick();
            for i in Self::active(ask, tick) {
                self.call(&format!("write({name}_w{i}, 64)"));
                self.call(&format!("epoll_wait({name}, 8, 0)"));
                self.call(&format!("read({name}_r{i}, 64)"));
            }
        }
    }

    fn bursts(&mut self, ask: Ask) {
        let name = self.name;
        self.pairs(ask.n);
        for tick in 0..ask.ticks {
            self.tick();
            for i in Self::active(ask, tick) {
                self.call(&format!("write({name}_w{i}, 64)"));
            }
            self.call(&format!("epoll_wait({name}, {}, 0)", ask.k));
            for i in Self::active(ask, tick) {
                self.call(&format!("read({name}_r{i}, 64)"));
            }
        }
    }

    fn slow_reader(&mut self, ask: Ask) {
        let name = self.name;
        self.pairs(1);
        for _ in 0..ask.ticks {
            self.tick();
            self.call(&format!("write({name}_w1, 100)"));
            self.call(&format!("epoll_wait({name}, 8, 0)"));
            self.call(&format!("read({name}_r1, {})", ask.k));
        }
    }

    fn firehose(&mut self, ask: Ask) {
        let name = self.name;
        self.call(&format!("[{name}_r, {name}_w] = pipe2(O_NONBLOCK)"));
        self.add("w", "EPOLLOUT");
        for _ in 0..ask.ticks {
            self.tick();
            self.call(&format!("epoll_wait({name}, 8, 0) -> _"));
            // From the second tick on the pipe is full: EAGAIN.
            self.call(&format!("write({name}_w, 65536) -> _"));
            self.call(&format!("read({name}_r, 4096)"));
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;

    #[track_caller]
    fn runs(workload: Workload, ask: Ask) -> Session {
        assert_eq!(workload.is_possible(ask), Ok(()));
        let script = workload.script(ask, "load", "main", 8080);
        let Ok(session) = Session::open(&script) else { panic!("{workload:?} can not be read") };
        for line in session.lines() {
            assert!(line.problems.is_empty(), "{workload:?} {ask:?}: {line:?}");
        }
        session
    }

    #[test]
    fn all_run_without_a_problem_on_the_simulator() {
        for workload in Workload::ALL {
            for ask in [
                Ask::default(),
                Ask { n: 1, k: 1, ticks: 1 },
                Ask { n: 20, k: 20, ticks: 3 },
                Ask { n: 60, k: 7, ticks: 11 },
            ] {
                let session = runs(workload, ask);
                let lines = session.lines().len() as u32;
                assert!(lines <= workload.lines(ask), "{workload:?} {ask:?}: {lines} lines");
            }
        }
    }

    #[test]
    fn the_widest_bounds_fit() {
        runs(Workload::Connections, Ask { n: 200, k: 1, ticks: 1 });
        runs(Workload::Ticks, Ask { n: 200, k: 5, ticks: 90 });
        runs(Workload::SlowReader, Ask { n: 1, k: 99, ticks: 100 });
        runs(Workload::Firehose, Ask { n: 1, k: 1, ticks: 100 });
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let ask = Ask { n: 3, k: 4, ticks: 1 };
        assert_eq!(Workload::Ticks.is_possible(ask), Err(Impossible::MoreActive));
        let ask = Ask { n: 200, k: 200, ticks: 100 };
        assert_eq!(Workload::Bursts.is_possible(ask), Err(Impossible::TooLong));
    }

    #[test]
    fn every_connection_comes_round() {
        let active: Vec<u32> =
            (0..4).flat_map(|tick| Out::active(Ask { n: 8, k: 2, ticks: 4 }, tick)).collect();
        assert_eq!(active, [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn a_slow_reader_falls_behind_and_a_firehose_fills_its_pipe() {
        let bytes = |session: &Session| {
            let scene = session.scene_at(usize::MAX);
            scene.socks.values().flat_map(|s| s.receive_queue.iter()).map(|b| b.bytes).sum::<u32>()
        };
        assert_eq!(bytes(&runs(Workload::SlowReader, Ask { n: 1, k: 30, ticks: 5 })), 350);
        let session = runs(Workload::Firehose, Ask { n: 1, k: 1, ticks: 2 });
        let scene = session.scene_at(usize::MAX);
        let pipe = scene.pipes.values().next().map(|p| p.slots.iter().map(|s| s.bytes).sum());
        assert_eq!(pipe, Some(65536_u32 - 4096));
    }
}
