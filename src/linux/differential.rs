//! Random scenarios on both kernels: every call must give the same, in the same order.

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::LinuxMachine;
use crate::session::machine::{Machine, MachineError, Returned};
use crate::session::random::{self, Op, TASKS};
use crate::session::strace::{call_text, result_text};
use crate::trace::NullSink;
use crate::trace::event::TaskState;

/// Sequences a test run tries; `EPOLL_DIFFERENTIAL=100000` tries more.
const SEQUENCES: u32 = 150;

#[test]
fn random_scenarios_agree() {
    let wanted = std::env::var("EPOLL_DIFFERENTIAL").ok().and_then(|n| n.parse().ok());
    let config =
        Config { failure_persistence: None, ..Config::with_cases(wanted.unwrap_or(SEQUENCES)) };
    TestRunner::new(config)
        .run(&random::ops(40, false), |ops| run(&ops))
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Runs the steps on both; the script so far is told with the first difference.
fn run(ops: &[Op]) -> Result<(), TestCaseError> {
    let mut sim = random::machine(NullSink);
    let mut linux = LinuxMachine::new().map_err(host)?;
    for _ in 0..TASKS {
        linux.spawn("task").map_err(host)?;
    }
    let mut script = String::new();
    for op in ops {
        let (here, there) = match op {
            Op::Call(task, call, _) => {
                let idle = |task: &usize| sim.state_of(*task) == TaskState::Idle;
                let Some(task) = (*task..sim.tasks()).chain(0..*task).find(idle) else { continue };
                if !random::is_fair(&sim, task, call) {
                    continue;
                }
                let Ok(here) = sim.call(task, call, None) else { continue };
                script += &format!("T{task}: {}\n", call_text(call));
                (here, linux.call(task, call, None))
            }
            Op::Continue(_) => continue,
            Op::Advance(by_ns) => {
                script += &format!("advance {}ms\n", by_ns / 1_000_000);
                (sim.advance(*by_ns).map_err(host)?, linux.advance(*by_ns))
            }
        };
        let there = match there {
            Err(MachineError::TooSlow(_)) => return Ok(()),
            // A filler too long to be made; it would have failed.
            Err(MachineError::Unsupported(_)) => continue,
            there => there.map_err(host)?,
        };
        let dead = |machine: &dyn Machine| -> Vec<_> {
            (0..sim.tasks()).filter(|task| machine.is_dead(*task)).collect()
        };
        if dead(&sim) != dead(&linux) {
            let (here, there) = (dead(&sim), dead(&linux));
            return Err(TestCaseError::fail(format!("{script}dead: {here:?}, linux {there:?}")));
        }
        if here != there {
            let difference = format!("{script}sim:   {}\nlinux: {}", text(&here), text(&there));
            return Err(TestCaseError::fail(difference));
        }
    }
    Ok(())
}

fn text(returned: &[Returned]) -> String {
    let one = |back: &Returned| format!("T{} {}", back.task, result_text(&back.result));
    returned.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn host(error: MachineError) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}
