//! Random scenarios on both kernels: every call must give the same, in the same order.

use std::cell::{Cell, RefCell};

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{TestCaseError, TestError};

use super::LinuxMachine;
use crate::kernel::syscall::Syscall;
use crate::session::machine::{Machine, MachineError, Returned};
use crate::session::random::{self, Op, TASKS};
use crate::session::strace::{call_text, result_text};
use crate::session::{Driver, SimMachine, fuzz};
use crate::trace::NullSink;
use crate::trace::event::TaskState;

/// Sequences a test run tries; `EPOLL_DIFFERENTIAL=100000` tries more.
const SEQUENCES: u64 = 150;

/// The most steps of a sequence.
const LONGEST: usize = 40;

/// How often a disagreement is looked at again.
const AGAIN: usize = 3;

#[test]
fn random_scenarios_agree() {
    let (seed, wanted) = (fuzz::seed(), fuzz::number("EPOLL_DIFFERENTIAL").unwrap_or(SEQUENCES));
    fuzz::tell(&format!("differential: {wanted} sequences, EPOLL_SEED={seed}"));
    let mut tally = Tally::default();
    (0..wanted).for_each(|n| tally.sequence(seed + n));
    fuzz::tell(&tally.text());
    assert_eq!(tally.disagreements, 0, "see above");
}

/// What is kept of a disagreement must show it: a scenario makes the same calls as the sequence.
#[test]
fn a_sequence_can_be_kept_as_a_scenario() {
    for seed in 0..100 {
        let tree = random::ops(LONGEST, false).new_tree(&mut fuzz::runner(seed)).unwrap();
        let (mut sim, mut script, mut results) = (random::machine(NullSink), String::new(), vec![]);
        for op in tree.current() {
            match op {
                Op::Call(task, call, _) => {
                    let idle = |task: &usize| sim.state_of(*task) == TaskState::Idle;
                    let Some(task) = (task..sim.tasks()).chain(0..task).find(idle) else {
                        continue;
                    };
                    let Ok(returned) = sim.call(task, &call, None) else { continue };
                    script += &statement(task, &call, sim.tasks());
                    results.push(text(&returned));
                }
                Op::Continue(_) => {}
                Op::Advance(by_ns) => {
                    results.push(text(&sim.advance(by_ns).unwrap()));
                    script += &format!("advance {}ms\n", by_ns / 1_000_000);
                }
            }
        }
        let kept = Difference { calls: 0, script, text: String::new() }.scenario(seed);
        let (script, diagnostics) = crate::script::parse(&kept);
        assert_eq!(diagnostics, [], "{kept}");
        let mut outcomes = Driver::new(SimMachine::new(), script).run();
        for (outcome, result) in outcomes.drain(TASKS..).zip(results) {
            assert_eq!(outcome.problems, [], "{kept}");
            let returned = outcome.returns.into_iter();
            let returned = returned.map(|it| Returned { task: it.task, result: it.result });
            assert_eq!(
                text(&returned.collect::<Vec<_>>()),
                result,
                "line {}: {kept}",
                outcome.line
            );
        }
    }
}

/// `cargo xtask fuzz` runs this.
#[test]
#[ignore = "takes as many minutes as EPOLL_FUZZ_MINUTES says"]
fn long_run() {
    let mut seed = fuzz::seed();
    fuzz::tell(&format!("differential: --seed {seed} repeats this run"));
    let (mut tally, mut long) = (Tally::default(), fuzz::Long::start());
    while long.goes_on(|| tally.text()) {
        tally.sequence(seed);
        seed += 1;
    }
    fuzz::tell(&tally.text());
    assert_eq!(tally.disagreements, 0, "see above");
}

/// What a run has tried.
#[derive(Default)]
struct Tally {
    sequences: u64,
    /// Calls that both kernels made.
    calls: u64,
    disagreements: u64,
    /// Those that did not come again: a host under load.
    unsteady: u64,
    /// Sequences that the host was too slow for.
    too_slow: u64,
}

impl Tally {
    fn text(&self) -> String {
        let Tally { sequences, calls, disagreements, unsteady, too_slow } = self;
        format!(
            "{sequences} sequences, {calls} calls, {disagreements} disagreements \
             ({unsteady} more did not come again, {too_slow} sequences too slow)"
        )
    }

    /// Tries the sequence of this seed; a disagreement is made small, told and kept.
    fn sequence(&mut self, seed: u64) {
        let (ran, difference) = (Cell::new(None), RefCell::new(None));
        let mut runner = fuzz::runner(seed);
        let tree = random::ops(LONGEST, false).new_tree(&mut runner);
        let tree = tree.unwrap_or_else(|reason| panic!("no sequence: {reason}"));
        let result = runner.run_one(tree, |ops| match run(&ops) {
            Ok(made) => {
                ran.set(ran.get().or(Some(made)));
                Ok(())
            }
            Err(found) => {
                ran.set(ran.get().or(Some(Ran { calls: found.calls, too_slow: false })));
                *difference.borrow_mut() = Some(found);
                Err(TestCaseError::fail("the kernels disagree"))
            }
        });
        let made = ran.get().unwrap_or_default();
        self.sequences += 1;
        self.calls += made.calls;
        self.too_slow += u64::from(made.too_slow);
        let Err(TestError::Fail(reason, ops)) = result else { return };
        let Some(found) = difference.take() else { panic!("seed {seed}: {reason}\n{ops:?}") };
        let again = (0..AGAIN).filter(|_| run(&ops).is_err()).count();
        match again {
            0 => self.unsteady += 1,
            _ => self.disagreements += 1,
        }
        let path = fuzz::keep(&seed.to_string(), &found.scenario(seed));
        let Difference { script, text, .. } = found;
        let path = path.display();
        fuzz::tell(&format!(
            "seed {seed} disagrees, and again {again} times of {AGAIN}: {path}\n{script}{text}\n"
        ));
    }
}

/// What came of a sequence on which the kernels agree.
#[derive(Clone, Copy, Default)]
struct Ran {
    calls: u64,
    too_slow: bool,
}

/// Where the kernels disagree.
#[derive(Debug)]
struct Difference {
    /// Calls made until then.
    calls: u64,
    /// The statements until then, which can be run as a scenario.
    script: String,
    /// Both sides.
    text: String,
}

impl Difference {
    fn scenario(&self, seed: u64) -> String {
        let comment: String = self.text.lines().map(|line| format!("# {line}\n")).collect();
        let tasks: String = (0..TASKS).map(|task| format!("T{task}: nop()\n")).collect();
        format!(
            "#: title = The kernels disagree\n#: about = Found by cargo xtask fuzz --seed {seed}\n\n\
             {tasks}{}{comment}",
            self.script
        )
    }
}

/// Runs the steps on both; the script so far is told with the first difference.
fn run(ops: &[Op]) -> Result<Ran, Difference> {
    let mut sim = random::machine(NullSink);
    let (mut script, mut calls) = (String::new(), 0);
    let host = |error: MachineError| Difference {
        calls: 0,
        script: String::new(),
        text: format!("the host: {error}"),
    };
    let mut linux = LinuxMachine::new().map_err(host)?;
    for _ in 0..TASKS {
        linux.spawn("task").map_err(host)?;
    }
    for op in ops {
        let (here, there) = match op {
            Op::Call(task, call, _) => {
                let idle = |task: &usize| sim.state_of(*task) == TaskState::Idle;
                let Some(task) = (*task..sim.tasks()).chain(0..*task).find(idle) else { continue };
                if !random::is_fair(&sim, task, call) {
                    continue;
                }
                let Ok(here) = sim.call(task, call, None) else { continue };
                script += &statement(task, call, sim.tasks());
                calls += 1;
                (here, linux.call(task, call, None))
            }
            Op::Continue(_) => continue,
            Op::Advance(by_ns) => {
                script += &format!("advance {}ms\n", by_ns / 1_000_000);
                (sim.advance(*by_ns).map_err(host)?, linux.advance(*by_ns))
            }
        };
        let there = match there {
            Err(MachineError::TooSlow(_)) => return Ok(Ran { calls, too_slow: true }),
            // A filler too long to be made; it would have failed.
            Err(MachineError::Unsupported(_)) => continue,
            Err(error) => {
                let text = format!("sim:   {}\nlinux: {error}", text(&here));
                return Err(Difference { calls, script, text });
            }
            Ok(there) => there,
        };
        let dead = |machine: &dyn Machine| -> Vec<_> {
            (0..sim.tasks()).filter(|task| machine.is_dead(*task)).collect()
        };
        if dead(&sim) != dead(&linux) {
            let text = format!("dead: {:?}, linux {:?}", dead(&sim), dead(&linux));
            return Err(Difference { calls, script, text });
        }
        if here != there {
            let text = format!("sim:   {}\nlinux: {}", text(&here), text(&there));
            return Err(Difference { calls, script, text });
        }
    }
    Ok(Ran { calls, too_slow: false })
}

/// A line of the script. Tasks are named by their numbers, children of forks too.
fn statement(task: usize, call: &Syscall, tasks: usize) -> String {
    let text = match call {
        Syscall::Fork { .. } => format!("fork(T{})", tasks - 1),
        call => call_text(call),
    };
    format!("T{task}: {text} -> _\n")
}

fn text(returned: &[Returned]) -> String {
    let one = |back: &Returned| format!("T{} {}", back.task, result_text(&back.result));
    let all: Vec<_> = returned.iter().map(one).collect();
    if all.is_empty() { "nothing returns".to_owned() } else { all.join("; ") }
}
