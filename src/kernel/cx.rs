//! The kernel at work: its state, who listens, and in whose context and which function it is.

use std::ops::{Deref, DerefMut};

use super::Kernel;
use super::ids::TaskKey;
use crate::trace::event::Point;
use crate::trace::{By, Context, Event, EventKind, Func, Sink};

/// What every kernel function is handed: the whole state, and the trace.
pub(crate) struct Cx<'a, S: Sink> {
    kernel: &'a mut Kernel,
    sink: &'a mut S,
    by: Context,
    /// The same as events carry it.
    by_in_events: By,
    /// Kept only if somebody listens.
    func: Func,
    /// The preemption point at which the task is to stop.
    stop_at: Option<Point>,
}

impl<'a, S: Sink> Cx<'a, S> {
    pub(crate) fn new(kernel: &'a mut Kernel, sink: &'a mut S, by: Context, func: Func) -> Self {
        Cx { kernel, sink, by, by_in_events: by.into(), func, stop_at: None }
    }

    /// Lets the task stop at a preemption point.
    pub(crate) fn stopping_at(self, stop_at: Option<Point>) -> Self {
        Cx { stop_at, ..self }
    }

    /// Whether the task goes on past a preemption point.
    pub(crate) fn passes(&self, point: Point) -> bool {
        self.stop_at != Some(point)
    }

    /// `current`. Preconditions: called in the context of a task.
    pub(crate) fn current(&self) -> TaskKey {
        match self.by {
            Context::Task(task) => task,
            Context::Hardirq | Context::Softirq | Context::Boot => {
                unreachable!("no current task in {:?}", self.by)
            }
        }
    }

    /// Tells the listener; `make` is not even called if nobody listens.
    #[inline]
    pub(crate) fn emit(&mut self, make: impl FnOnce() -> EventKind) {
        if S::ACTIVE {
            let (by, func) = (self.by_in_events, self.func);
            self.sink.put(|| Event::new(by, func, make()));
        }
    }

    /// Runs `body` as the body of kernel function `func`.
    #[inline]
    pub(crate) fn within<R>(&mut self, func: Func, body: impl FnOnce(&mut Self) -> R) -> R {
        let caller = self.enter(func);
        let result = body(self);
        self.leave(caller);
        result
    }

    /// Runs `body` as a softirq, on top of whatever runs now.
    pub(crate) fn in_softirq(&mut self, func: Func, body: impl FnOnce(&mut Self)) {
        let by = std::mem::replace(&mut self.by, Context::Softirq);
        self.by_in_events = self.by.into();
        self.within(func, body);
        self.by = by;
        self.by_in_events = by.into();
    }

    /// Enters a function; gives the one that was left for it.
    #[inline]
    pub(crate) fn enter(&mut self, func: Func) -> Func {
        let caller = self.func;
        self.go_on_in(func);
        self.emit(|| EventKind::Enter);
        caller
    }

    /// Leaves the function for the one that called it.
    #[inline]
    pub(crate) fn leave(&mut self, caller: Func) {
        self.emit(|| EventKind::Leave);
        self.go_on_in(caller);
    }

    /// Goes on in a function that was entered before.
    #[inline]
    pub(crate) fn go_on_in(&mut self, func: Func) {
        if S::ACTIVE {
            self.func = func;
        }
    }
}

impl<S: Sink> Deref for Cx<'_, S> {
    type Target = Kernel;

    fn deref(&self) -> &Kernel {
        self.kernel
    }
}

impl<S: Sink> DerefMut for Cx<'_, S> {
    fn deref_mut(&mut self) -> &mut Kernel {
        self.kernel
    }
}
