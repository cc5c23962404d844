//! What can be asked of a thing on stage: each question goes back to the event that answers it.

use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey, SockKey, TaskKey, WaitQueueKey};
use crate::scene::arrows::Thing;
use crate::scene::layout::ListKind;
use crate::scene::{Names, Scene};
use crate::tr;
use crate::trace::Record;
use crate::trace::event::{Color, EventKind, FileKind, TaskState};

use super::Look;
use super::because::disarms;
use super::chain::{is_content, sock_of};

/// What is asked about a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// Why an item is on `rdllist`, or on the list of a scan.
    Ready,
    /// Why an item is on `ovflist`.
    Overflow,
    /// Why an item asks for nothing any more.
    Disarmed,
    /// Why an item was reported.
    Reported,
    /// Why an item has the mask that it has.
    Mask,
    /// Why a node has its colour.
    Colour,
    /// What a task does.
    State,
    /// What a file holds.
    Contents,
    /// Why a timer is set.
    Timer,
    /// Why it is there.
    There,
}

/// A question that has an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub aspect: Aspect,
    /// The question as one would ask it.
    pub label: String,
    /// The event that the answer begins with.
    pub event: usize,
}

/// What can be asked of a thing after `position` events, the most telling first.
pub fn questions(
    records: &[Record],
    scene: &Scene,
    names: &Names,
    thing: Thing,
    position: usize,
) -> Vec<Question> {
    let look = Look::new(records, names, position);
    let mut asked = Asked { look: &look, scene, out: Vec::new() };
    match thing {
        Thing::Task(task) => asked.task(task),
        Thing::Item(epi) => asked.item(epi),
        Thing::File(file) => asked.file(file),
        Thing::Sock(sock) => asked.sock(sock),
        Thing::Pipe(pipe) => {
            asked.contents(FileKind::PipeRead(pipe));
        }
        Thing::Entry(entry) => {
            asked.there(|kind| matches!(kind, EventKind::WaitEnqueue(new) if new.entry == entry))
        }
        Thing::List(ep, list) => asked.list(ep, list),
        Thing::Locks(ep) => asked.locks(ep),
        Thing::Queue(wq) => asked.queue(wq),
        Thing::Ep(ep) => {
            asked.there(|k| matches!(k, EventKind::EventpollNew { ep: e, .. } if *e == ep));
        }
        Thing::Process(process) => {
            asked.there(|k| matches!(k, EventKind::ProcessNew { process: p } if *p == process))
        }
    }
    asked.out
}

struct Asked<'a> {
    look: &'a Look<'a>,
    scene: &'a Scene,
    out: Vec<Question>,
}

impl Asked<'_> {
    fn ask(&mut self, aspect: Aspect, label: String, event: Option<usize>) {
        self.out.extend(event.map(|event| Question { aspect, label, event }));
    }

    fn last(&self, is_it: impl Fn(&EventKind) -> bool) -> Option<usize> {
        self.look.back(self.look.end(), is_it)
    }

    fn there(&mut self, is_it: impl Fn(&EventKind) -> bool) {
        let event = self.last(is_it);
        self.ask(Aspect::There, tr!("why-ask-there"), event);
    }

    fn task(&mut self, key: TaskKey) {
        let Some(task) = self.scene.tasks.get(&key) else { return };
        let state = task.state;
        let event = match state {
            TaskState::Idle => self
                .last(|k| matches!(k, EventKind::SyscallExit { task, .. } if *task == key))
                .or_else(|| self.last(|k| is_new_task(k, key))),
            _ => self.last(|k| {
                matches!(k, EventKind::TaskState { task, state: s } if *task == key && *s == state)
            }),
        };
        let label = match state {
            TaskState::Idle => tr!("why-ask-returned"),
            TaskState::Interruptible | TaskState::Uninterruptible => tr!("why-ask-blocked"),
            TaskState::Runnable => tr!("why-ask-runnable"),
            TaskState::Running => tr!("why-ask-running"),
            TaskState::Stopped(_) => tr!("why-ask-stopped"),
            TaskState::Dead => tr!("why-ask-dead"),
        };
        self.ask(Aspect::State, label, event);
        if task.timer_ns.is_some() {
            let armed =
                self.last(|k| matches!(k, EventKind::TimerArm { task, .. } if *task == key));
            self.ask(Aspect::Timer, tr!("why-ask-timer"), armed);
        }
    }

    fn item(&mut self, epi: EpitemKey) {
        let Some(item) = self.scene.epitems.get(&epi) else { return };
        let Some(ep) = self.scene.eventpolls.get(&item.new.ep) else { return };
        let linked = self.look.linked(epi, self.look.end());
        if ep.rdllist.contains(&epi) {
            self.ask(Aspect::Ready, tr!("why-ask-rdllist"), linked);
        } else if ep.txlist.contains(&epi) {
            self.ask(Aspect::Ready, tr!("why-ask-txlist"), linked);
        }
        if ep.ovflist.as_ref().is_some_and(|list| list.contains(&epi)) {
            let pushed =
                self.last(|k| matches!(k, EventKind::OvflistPush { epi: e, .. } if *e == epi));
            self.ask(Aspect::Overflow, tr!("why-ask-ovflist"), pushed);
        }
        let set = self.last(|k| matches!(k, EventKind::EpitemEvent { epi: e, .. } if *e == epi));
        if disarms(item.events) {
            self.ask(Aspect::Disarmed, tr!("why-ask-disarmed"), set);
        }
        let copied = self.last(|k| matches!(k, EventKind::CopyOut { epi: e, .. } if *e == epi));
        self.ask(Aspect::Reported, tr!("why-ask-reported"), copied);
        let color = ep.rbr.get(epi).map(|node| node.color);
        let colored = self.last(|k| match k {
            EventKind::RbColor { node, .. } | EventKind::RbLink { node, .. } => *node == epi,
            _ => false,
        });
        let label = match color {
            Some(Color::Black) => tr!("why-ask-black"),
            _ => tr!("why-ask-red"),
        };
        self.ask(Aspect::Colour, label, colored.filter(|_| color.is_some()));
        if !disarms(item.events) {
            let new = |k: &EventKind| matches!(k, EventKind::EpitemNew(new) if new.epi == epi);
            let set = set.or_else(|| self.last(new));
            self.ask(Aspect::Mask, tr!("why-ask-mask"), set);
        }
    }

    fn file(&mut self, key: FileKey) {
        let Some(file) = self.scene.files.get(&key) else { return };
        match file.new.kind {
            FileKind::Eventfd { .. } => {
                let counted = self
                    .last(|k| matches!(k, EventKind::EventfdCount { file, .. } if *file == key));
                self.ask(Aspect::Contents, tr!("why-ask-counter"), counted);
            }
            FileKind::Timerfd { .. } => {
                let ticked = self.last(|k| match k {
                    EventKind::TimerfdTicks { file, .. } => *file == key,
                    EventKind::TimerfdArm(arm) => arm.file == key,
                    _ => false,
                });
                self.ask(Aspect::Timer, tr!("why-ask-timer"), ticked);
            }
            kind => self.contents(kind),
        }
        self.there(|k| matches!(k, EventKind::FileNew(new) if new.file == key));
    }

    fn sock(&mut self, sock: SockKey) {
        let changed = self.last(|k| sock_of(k) == Some(sock));
        self.ask(Aspect::Contents, tr!("why-ask-contents"), changed);
    }

    fn contents(&mut self, kind: FileKind) {
        let about = |k: &EventKind| is_content(k) && self.look.is_about(k, kind);
        let data = |k: &EventKind| {
            about(k) && !matches!(k, EventKind::SockWmem { .. } | EventKind::SockPeer { .. })
        };
        let changed = self.last(data).or_else(|| self.last(about));
        self.ask(Aspect::Contents, tr!("why-ask-contents"), changed);
    }

    fn list(&mut self, ep: EventpollKey, list: ListKind) {
        let Some(state) = self.scene.eventpolls.get(&ep) else { return };
        match list {
            ListKind::Wq => self.queue(state.wq),
            ListKind::PollWait => self.queue(state.poll_wait),
            ListKind::Rdllist | ListKind::Txlist => {
                let changed = self.last(|k| match k {
                    EventKind::ReadyLink { ep: e, .. } | EventKind::ReadyUnlink { ep: e, .. } => {
                        *e == ep
                    }
                    EventKind::ScanStart { ep: e } | EventKind::ScanDone { ep: e } => *e == ep,
                    EventKind::EventpollNew { ep: e, .. } => *e == ep,
                    _ => false,
                });
                self.ask(Aspect::Contents, tr!("why-ask-list"), changed);
            }
            ListKind::Ovflist => {
                let changed = self.last(|k| match k {
                    EventKind::OvflistPush { ep: e, .. } | EventKind::OvflistPop { ep: e, .. } => {
                        *e == ep
                    }
                    EventKind::ScanStart { ep: e } | EventKind::ScanDone { ep: e } => *e == ep,
                    EventKind::EventpollNew { ep: e, .. } => *e == ep,
                    _ => false,
                });
                self.ask(Aspect::Contents, tr!("why-ask-list"), changed);
            }
        }
    }

    fn locks(&mut self, ep: EventpollKey) {
        let changed = self.last(|k| match k {
            EventKind::MtxLock { ep: e, .. } | EventKind::MtxUnlock { ep: e } => *e == ep,
            _ => false,
        });
        self.ask(Aspect::State, tr!("why-ask-mtx"), changed);
    }

    fn queue(&mut self, wq: WaitQueueKey) {
        let changed = self.last(|k| match k {
            EventKind::WaitEnqueue(new) => new.wq == wq,
            EventKind::WaitDequeue { wq: q, .. } => *q == wq,
            _ => false,
        });
        self.ask(Aspect::Contents, tr!("why-ask-queue"), changed);
    }
}

fn is_new_task(kind: &EventKind, key: TaskKey) -> bool {
    matches!(kind, EventKind::TaskNew(new) if new.task == key)
}
