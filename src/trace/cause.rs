//! What led to what, told from the events alone.
//!
//! Three rules, the first that fits:
//! - what happens to an item follows from what happened to that item last: copied because it was
//!   polled, polled because it was taken off a list, on that list because a callback put it there;
//! - what a task does first after it was woken follows from that wake-up;
//! - everything else follows from the step of the enclosing function that it belongs to: a callback
//!   from the walk over a queue, the walk from the function that announced something.

use litemap::LiteMap;

use super::event::{By, Context, Event, EventKind, TaskState};
use crate::kernel::ids::{EpitemKey, FileKey, TaskKey};

/// What must be remembered of the events so far to tell the cause of the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes {
    /// By arena slot; in slot 0 is no task, but the interrupts and the start of the machine.
    tasks: Vec<TaskCauses>,
    /// By arena slot, with whose it is.
    epitems: Vec<(EpitemKey, u32)>,
    /// What last set the timer of a file.
    timerfds: LiteMap<FileKey, u32>,
}

#[derive(Clone, Debug, Default)]
struct TaskCauses {
    /// The functions entered and not left, innermost last.
    functions: Vec<Function>,
    /// The call under way, or the last one.
    call: Option<u32>,
    /// What last made the task runnable.
    wakeup: Option<u32>,
    /// What the call under way gave to the program last.
    copied: Option<u32>,
    timer: Option<u32>,
}

#[derive(Clone, Debug)]
struct Function {
    entered: u32,
    /// The step of the function that what comes next belongs to.
    anchor: u32,
}

impl Causes {
    /// The cause of the event with this number.
    pub(super) fn next(&mut self, number: u32, event: &Event) -> Option<u32> {
        let cause = self.cause(event);
        self.remember(number, event);
        cause
    }

    fn cause(&mut self, event: &Event) -> Option<u32> {
        let enclosing = self.enclosing(event.by());
        match &event.kind {
            // The program decided.
            EventKind::SyscallEnter { .. } => None,
            EventKind::TaskState { task, state: TaskState::Running } => {
                let task = self.task(*task);
                task.wakeup.or(task.call)
            }
            EventKind::SyscallExit { task, .. } => {
                let task = self.task(*task);
                task.copied.or(task.wakeup).or(task.call)
            }
            EventKind::Leave => self.context(event.by()).functions.last().map(|f| f.entered),
            EventKind::TimerFire { task } => self.task(*task).timer,
            EventKind::TimerfdFire { file } => self.timerfds.get(file).copied(),
            kind => {
                let last = follows_item(kind).and_then(|epi| self.last_about(epi));
                last.or(enclosing)
            }
        }
    }

    fn last_about(&self, epi: EpitemKey) -> Option<u32> {
        let last = self.epitems.get(epi.index()).filter(|(whose, _)| *whose == epi);
        last.map(|(_, number)| *number)
    }

    fn enclosing(&mut self, by: By) -> Option<u32> {
        let context = self.context(by);
        context.functions.last().map(|function| function.anchor).or(context.call)
    }

    fn remember(&mut self, number: u32, event: &Event) {
        match &event.kind {
            EventKind::SyscallEnter { task, .. } => {
                let task = self.task(task.key());
                let functions = std::mem::take(&mut task.functions);
                *task = TaskCauses { functions, call: Some(number), ..TaskCauses::default() };
                task.functions.clear();
            }
            EventKind::Wakeup { task, woken: true } => {
                self.task(*task).wakeup = Some(number);
            }
            EventKind::TimerArm { task, .. } => {
                self.task(*task).timer = Some(number);
            }
            EventKind::CopyOut { task, .. } | EventKind::CopyToUser { task, .. } => {
                self.task(*task).copied = Some(number);
            }
            EventKind::Enter => {
                let function = Function { entered: number, anchor: number };
                self.context(event.by()).functions.push(function);
            }
            EventKind::Leave => {
                self.context(event.by()).functions.pop();
            }
            EventKind::TimerfdArm(arm) => _ = self.timerfds.insert(arm.file, number),
            EventKind::TimerFire { .. } | EventKind::TimerfdFire { .. } => {
                self.context(Context::Hardirq.into()).call = Some(number);
            }
            _ => {}
        }
        if is_anchor(&event.kind)
            && let Some(function) = self.context(event.by()).functions.last_mut()
        {
            function.anchor = number;
        }
        if let Some(epi) = about_item(&event.kind) {
            let place = epi.index();
            if self.epitems.len() <= place {
                self.epitems.resize(place + 1, Default::default());
            }
            self.epitems[place] = (epi, number);
        }
    }

    fn context(&mut self, by: By) -> &mut TaskCauses {
        self.slot(by.task().map_or(0, TaskKey::index))
    }

    fn task(&mut self, task: TaskKey) -> &mut TaskCauses {
        self.slot(task.index())
    }

    fn slot(&mut self, index: u32) -> &mut TaskCauses {
        let index = index as usize;
        if self.tasks.len() <= index {
            self.tasks.resize_with(index + 1, TaskCauses::default);
        }
        &mut self.tasks[index]
    }
}

/// Steps that what comes next in the same function follows from.
fn is_anchor(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::WakeBegin { .. }
            | EventKind::WakeEntry { .. }
            | EventKind::Callback { .. }
            | EventKind::ReadyLink { .. }
            | EventKind::OvflistPush { .. }
            | EventKind::TimerFire { .. }
            | EventKind::TaskState { state: TaskState::Running, .. }
    )
}

/// The item whose last event this one follows from. A callback follows from the walk that made it.
fn follows_item(kind: &EventKind) -> Option<EpitemKey> {
    match kind {
        EventKind::Callback { .. } => None,
        kind => about_item(kind),
    }
}

fn about_item(kind: &EventKind) -> Option<EpitemKey> {
    match kind {
        EventKind::Callback { epi, .. }
        | EventKind::EpitemEvent { epi, .. }
        | EventKind::ItemPoll { epi, .. }
        | EventKind::ReadyLink { epi, .. }
        | EventKind::ReadyUnlink { epi, .. }
        | EventKind::OvflistPush { epi, .. }
        | EventKind::OvflistPop { epi, .. }
        | EventKind::CopyOut { epi, .. }
        | EventKind::EdgeNotRequeued { epi, .. } => Some(*epi),
        EventKind::EpitemNew(new) => Some(new.epi),
        _ => None,
    }
}
