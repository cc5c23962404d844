//! The kernel at work: its state, who listens, and in whose context and which function it is.

use std::ops::{Deref, DerefMut};

use super::Kernel;
use super::ids::TaskKey;
use crate::trace::event::Point;
use crate::trace::{By, Context, Event, EventKind, Func, Sink};

/// What every kernel function is handed: the whole state, and the trace.
pub(crate) struct Cx<'a, S: Sink> {
    kernel: &'a mut Kernel,
    tracer: Tracer<'a, S>,
    by: Context,
    /// The preemption point at which the task is to stop.
    stop_at: Option<Point>,
    /// Something may go wrong in this call: false if the task has no [`Fault`](super::syscall::Fault).
    pub(super) may_fault: bool,
}

/// Who listens, and what every event says of where it happened.
pub(crate) struct Tracer<'a, S: Sink> {
    sink: &'a mut S,
    /// The context as events carry it.
    by: By,
    /// Kept only if somebody listens.
    func: Func,
}

impl<S: Sink> Tracer<'_, S> {
    /// Tells the listener; `make` is not even called if nobody listens.
    #[inline]
    pub(crate) fn emit(&mut self, make: impl FnOnce() -> EventKind) {
        if S::ACTIVE {
            let (by, func) = (self.by, self.func);
            self.sink.put(|| Event::new(by, func, make()));
        }
    }

    /// Enters a function; gives the one that was left for it.
    #[inline]
    pub(crate) fn enter(&mut self, func: Func) -> Func {
        let caller = self.func;
        self.go_on_in(func);
        self.emit(|| EventKind::Enter);
        caller
    }

    /// Goes on in a function that was entered before.
    #[inline]
    fn go_on_in(&mut self, func: Func) {
        if S::ACTIVE {
            self.func = func;
        }
    }
}

impl<'a, S: Sink> Cx<'a, S> {
    #[inline]
    pub(crate) fn new(kernel: &'a mut Kernel, sink: &'a mut S, by: Context, func: Func) -> Self {
        let tracer = Tracer { sink, by: By::new(by), func };
        Cx { kernel, tracer, by, stop_at: None, may_fault: true }
    }

    /// Lets the task stop at a preemption point.
    pub(crate) fn stopping_at(self, stop_at: Option<Point>) -> Self {
        Cx { stop_at, ..self }
    }

    /// Whether the task goes on past a preemption point.
    #[inline]
    pub(crate) fn passes(&self, point: Point) -> bool {
        self.stop_at != Some(point)
    }

    /// `current`. Preconditions: called in the context of a task.
    #[inline]
    pub(crate) fn current(&self) -> TaskKey {
        match self.by {
            Context::Task(task) => task,
            Context::Hardirq | Context::Softirq | Context::Boot => {
                unreachable!("no current task in {:?}", self.by)
            }
        }
    }

    /// Tells the listener; `make` is not even called if nobody listens.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn emit(&mut self, make: impl FnOnce() -> EventKind) {
        self.tracer.emit(make);
    }

    /// The state and who listens, apart: what was looked up stays at hand while events are told.
    #[inline]
    pub(crate) fn parts(&mut self) -> (&mut Kernel, &mut Tracer<'a, S>) {
        (self.kernel, &mut self.tracer)
    }

    /// Runs `body` as the body of kernel function `func`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn within<R>(&mut self, func: Func, body: impl FnOnce(&mut Self) -> R) -> R {
        let caller = self.enter(func);
        let result = body(self);
        self.leave(caller);
        result
    }

    /// Runs `body` as a softirq, on top of whatever runs now.
    pub(crate) fn in_softirq(&mut self, func: Func, body: impl FnOnce(&mut Self)) {
        let by = std::mem::replace(&mut self.by, Context::Softirq);
        self.tracer.by = By::new(self.by);
        self.within(func, body);
        self.by = by;
        self.tracer.by = By::new(by);
    }

    /// Enters a function; gives the one that was left for it.
    #[inline]
    pub(crate) fn enter(&mut self, func: Func) -> Func {
        self.tracer.enter(func)
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
        self.tracer.go_on_in(func);
    }
}

impl<S: Sink> Deref for Cx<'_, S> {
    type Target = Kernel;

    #[inline]
    fn deref(&self) -> &Kernel {
        self.kernel
    }
}

impl<S: Sink> DerefMut for Cx<'_, S> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Kernel {
        self.kernel
    }
}
