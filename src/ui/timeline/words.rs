//! What the lanes show, in words.

use crate::kernel::ids::WaitQueueKey;
use crate::scene::breaks::{BadTarget, BreakKind};
use crate::scene::lanes::{Doing, Place};
use crate::scene::steps::StepBy;
use crate::scene::{Names, Queue};
use crate::tr;
use crate::trace::event::PollKind;

/// What is done: `blocked: ep->wq · fd 3`.
pub(super) fn doing_text(doing: Doing, names: &Names) -> String {
    match doing {
        Doing::User => tr!("timeline-user"),
        Doing::Runnable => tr!("timeline-runnable"),
        Doing::Running => tr!("timeline-running"),
        Doing::Blocked(place) => tr!("timeline-blocked", place = place_text(place, names)),
        Doing::Stopped(point) => tr!("timeline-stopped", point = point.name()),
        Doing::Dead => tr!("timeline-dead"),
        Doing::Hardirq => tr!("timeline-hardirq"),
        Doing::Softirq => tr!("timeline-softirq"),
    }
}

/// What is written into a bar that has room for it.
pub(super) fn bar_text(doing: Doing, names: &Names) -> String {
    match doing {
        Doing::User | Doing::Running => String::new(),
        Doing::Runnable => tr!("timeline-runnable-short"),
        Doing::Blocked(place) => place_text(place, names),
        Doing::Stopped(point) => format!("@ {point}"),
        doing => doing_text(doing, names),
    }
}

/// Where a task sleeps, as the kernel calls it.
fn place_text(place: Place, names: &Names) -> String {
    match place {
        Place::Queue(wq) => queue_text(wq, names),
        Place::Mtx(ep) => format!("ep->mtx · {}", names.ep(ep)),
        Place::Poll(PollKind::Poll) => "poll".to_owned(),
        Place::Poll(PollKind::Select) => "select".to_owned(),
        Place::Timer => tr!("timeline-timer"),
    }
}

fn queue_text(wq: WaitQueueKey, names: &Names) -> String {
    match names.queue_of(wq) {
        Some(Queue::Wq(ep)) => format!("ep->wq · {}", names.ep(ep)),
        Some(Queue::PollWait(ep)) => format!("ep->poll_wait · {}", names.ep(ep)),
        Some(Queue::Signals(_)) => "signalfd_wqh".to_owned(),
        _ => {
            let file = names.queue_file(wq).map_or_else(|| wq.to_string(), |file| names.file(file));
            tr!("timeline-queue", file = file)
        }
    }
}

pub(super) fn step_text(by: StepBy) -> String {
    match by {
        StepBy::Event => tr!("controls-by-event"),
        StepBy::Function => tr!("controls-by-function"),
        StepBy::Syscall => tr!("controls-by-syscall"),
    }
}

pub(super) fn kind_text(kind: BreakKind) -> String {
    match kind {
        BreakKind::Function => tr!("controls-break-function"),
        BreakKind::Descriptor => tr!("controls-break-descriptor"),
        BreakKind::Task => tr!("controls-break-task"),
        BreakKind::Errno => tr!("controls-break-errno"),
    }
}

/// What is wrong with what was typed.
pub(super) fn error_text(error: BadTarget) -> String {
    match error {
        BadTarget::Empty => tr!("controls-bad-empty"),
        BadTarget::Function(None) => tr!("controls-bad-function"),
        BadTarget::Function(Some(near)) => tr!("controls-bad-function-near", near = near.name()),
        BadTarget::Descriptor => tr!("controls-bad-descriptor"),
        BadTarget::Task => tr!("controls-bad-task"),
        BadTarget::Errno => tr!("controls-bad-errno"),
    }
}
