//! Steps through a run: by event, by kernel function, by system call, each forward and back.
//!
//! A position is the number of events that have happened. A kind of step has a set of positions at
//! which it stops; a step forward goes to the next of them, a step back to the one before, so that
//! one undoes the other. The start and the end of the run always belong to the set, and so does the
//! position at which the walk began: whoever clicks into the midst of things finds back there.
//!
//! - By event: after every event that is worth a beat.
//! - By function: after a function is entered or left and after a call begins or returns, unless
//!   that happens deeper than the level of the walk, which is how deep one stood when it began, and at
//!   least [`FIRST_LEVEL`]: calls made from there are stepped over.
//! - By system call: after a call begins or returns.

use crate::trace::event::{Context, Event, EventKind};

use super::explain::is_beat;

/// A walk by functions sees at least the functions of a call and those that they call.
pub const FIRST_LEVEL: u8 = 2;

/// How far a step goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepBy {
    /// To the next event.
    #[default]
    Event,
    /// To the next function entered or left.
    Function,
    /// To the next call that begins or returns.
    Syscall,
}

impl StepBy {
    /// All of them, the shortest first.
    pub const ALL: [StepBy; 3] = [StepBy::Event, StepBy::Function, StepBy::Syscall];
}

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the start.
    Back,
    /// Towards the end.
    Forward,
}

/// What of an event a step may stop at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    None,
    Enter,
    Leave,
    CallEnter,
    CallExit,
}

/// An event as steps see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    edge: Edge,
    /// How many functions of its call it happens in; for a function entered or left, those of its
    /// caller; 0 is user space.
    depth: u8,
    beat: bool,
}

impl Step {
    /// How deep one stands once it has happened.
    fn stand(self) -> u8 {
        match self.edge {
            Edge::Enter | Edge::CallEnter => self.depth.saturating_add(1),
            Edge::None | Edge::Leave | Edge::CallExit => self.depth,
        }
    }
}

/// The events of a run as steps see them, gathered as they come.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    steps: Vec<Step>,
    /// How deep each context is.
    depths: Vec<(Context, u8)>,
}

impl Steps {
    /// How many events it knows.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Takes note of the next event.
    pub fn learn(&mut self, event: &Event) {
        let context = event.by.context();
        let known = self.depths.iter().position(|(whose, _)| *whose == context);
        let known = known.unwrap_or_else(|| {
            self.depths.push((context, 1));
            self.depths.len() - 1
        });
        let inside = &mut self.depths[known].1;
        let (edge, depth) = match event.kind {
            EventKind::SyscallEnter { .. } => (Edge::CallEnter, 0),
            EventKind::SyscallExit { .. } => (Edge::CallExit, 0),
            EventKind::Enter => (Edge::Enter, *inside),
            EventKind::Leave => (Edge::Leave, inside.saturating_sub(1).max(1)),
            _ => (Edge::None, *inside),
        };
        let step = Step { edge, depth, beat: is_beat(event) };
        *inside = step.stand().max(1);
        self.steps.push(step);
    }

    /// How many functions of its call an event happens in; for a function that is entered or left,
    /// those of its caller.
    pub fn depth(&self, event: usize) -> u8 {
        self.steps.get(event).map_or(0, |step| step.depth)
    }

    fn stand_at(&self, position: usize) -> u8 {
        let event = position.checked_sub(1).and_then(|at| self.steps.get(at));
        event.map_or(0, |step| step.stand())
    }
}

/// Steps of one kind, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    by: StepBy,
    level: u8,
    origin: usize,
    /// Where it has come to.
    at: usize,
}

impl Walk {
    /// One step from `at`, which goes on with the walk so far if that is of the same kind and still
    /// stands there. `start` is the first position.
    pub fn step(
        so_far: Option<Walk>,
        steps: &Steps,
        (start, at): (usize, usize),
        (by, way): (StepBy, Way),
    ) -> Walk {
        let walk = so_far.filter(|walk| walk.at == at && walk.by == by);
        let level = steps.stand_at(at).max(FIRST_LEVEL);
        let walk = walk.unwrap_or(Walk { by, level, origin: at, at });
        let end = steps.len();
        let stops = |position: &usize| walk.stops(steps, *position);
        let at = match way {
            Way::Forward => (at + 1..=end).find(stops).unwrap_or(end.max(at)),
            Way::Back => (start..at).rev().find(stops).unwrap_or(start.min(at)),
        };
        Walk { at, ..walk }
    }

    /// Where it has come to.
    pub fn at(&self) -> usize {
        self.at
    }

    fn stops(&self, steps: &Steps, position: usize) -> bool {
        let event = position.checked_sub(1).and_then(|at| steps.steps.get(at));
        position == self.origin
            || event.is_some_and(|step| match self.by {
                StepBy::Event => step.beat,
                StepBy::Function => step.edge != Edge::None && step.depth <= self.level,
                StepBy::Syscall => matches!(step.edge, Edge::CallEnter | Edge::CallExit),
            })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::trace::{Func, Record};

    fn run(source: &str) -> (Vec<Record>, Steps, usize) {
        let session = Session::open(source).unwrap();
        let records = session.records().to_vec();
        let mut steps = Steps::default();
        records.iter().for_each(|record| steps.learn(&record.event));
        let start = records.iter().take_while(|r| r.event.by == Context::Boot).count();
        (records, steps, start)
    }

    fn lesson(id: &str) -> (Vec<Record>, Steps, usize) {
        run(crate::lessons::Lesson::by_id(id).unwrap().source)
    }

    /// All positions of a walk from `from` to the end.
    fn walk(steps: &Steps, start: usize, from: usize, by: StepBy) -> Vec<usize> {
        let (mut walk, mut at, mut out) = (None, from, Vec::new());
        while at < steps.len() {
            let next = Walk::step(walk, steps, (start, at), (by, Way::Forward));
            assert!(next.at() > at, "{by:?} stands still at {at}");
            (walk, at) = (Some(next), next.at());
            out.push(at);
        }
        out
    }

    #[test]
    fn a_step_back_undoes_a_step_forward_from_everywhere() {
        for id in ["one-edge-two-threads", "ovflist", "would-not-die", "waking-a-sleeper"] {
            let (_, steps, start) = lesson(id);
            for by in StepBy::ALL {
                for from in start..steps.len() {
                    let there = Walk::step(None, &steps, (start, from), (by, Way::Forward));
                    let to = (start, there.at());
                    let back = Walk::step(Some(there), &steps, to, (by, Way::Back));
                    assert_eq!(back.at(), from, "{id}: {by:?} from {from}");
                    if from > start {
                        let back = Walk::step(None, &steps, (start, from), (by, Way::Back));
                        let to = (start, back.at());
                        let there = Walk::step(Some(back), &steps, to, (by, Way::Forward));
                        assert_eq!(there.at(), from, "{id}: {by:?} back from {from}");
                    }
                }
            }
        }
    }

    #[test]
    fn steps_by_system_call_stop_where_calls_begin_and_return() {
        let (records, steps, start) = lesson("one-edge-two-threads");
        let stops = walk(&steps, start, start, StepBy::Syscall);
        let is_edge = |r: &Record| {
            matches!(r.event.kind, EventKind::SyscallEnter { .. } | EventKind::SyscallExit { .. })
        };
        let edges = (1..).zip(&records).filter(|(_, r)| is_edge(r)).map(|(n, _)| n);
        let mut expected: Vec<usize> = edges.collect();
        if expected.last() != Some(&records.len()) {
            expected.push(records.len());
        }
        assert_eq!(stops, expected);
    }

    #[test]
    fn a_walk_by_functions_steps_over_what_is_deeper() {
        let (records, steps, start) = run("main: ep = epoll_create1(0)\n\
             main: e = eventfd(0, 0)\n\
             main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN})\n\
             main: write(e, 1)");
        let stops = walk(&steps, start, start, StepBy::Function);
        let entered = |func: Func| {
            let is_it = |at: &&usize| matches!(&records[**at - 1].event, e if e.func == func && e.kind == EventKind::Enter);
            stops.iter().filter(is_it).count()
        };
        assert_eq!((entered(Func::do_epoll_ctl), entered(Func::ep_insert)), (1, 1));
        // The insertion calls it, which is one deeper.
        assert_eq!(entered(Func::ep_item_poll), 0);
        assert!(records.iter().any(|r| r.event.func == Func::ep_item_poll));

        // Whoever stands in there sees what is called from there.
        let inside =
            |r: &Record| r.event.func == Func::ep_item_poll && r.event.kind == EventKind::Enter;
        let inside = records.iter().position(inside).unwrap() + 1;
        let next = Walk::step(None, &steps, (start, inside), (StepBy::Function, Way::Forward));
        assert_eq!(records[next.at() - 1].event.func, Func::eventfd_poll);
    }

    #[test]
    fn a_function_entered_and_left_stands_at_one_depth() {
        for id in ["ovflist", "nested", "waking-a-sleeper"] {
            let (records, steps, _) = lesson(id);
            let mut open: Vec<(Context, u8)> = Vec::new();
            for (record, step) in records.iter().zip(&steps.steps) {
                let by = record.event.by.context();
                match record.event.kind {
                    EventKind::Enter => open.push((by, step.depth)),
                    EventKind::Leave => {
                        let mine = open.iter().rposition(|(whose, _)| *whose == by).unwrap();
                        assert_eq!(open.remove(mine).1, step.depth, "{id}");
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn the_ends_hold() {
        let (_, steps, start) = lesson("level-edge");
        for by in StepBy::ALL {
            let end = steps.len();
            assert_eq!(Walk::step(None, &steps, (start, end), (by, Way::Forward)).at(), end);
            assert_eq!(Walk::step(None, &steps, (start, start), (by, Way::Back)).at(), start);
        }
    }
}
