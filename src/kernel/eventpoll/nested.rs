//! An instance watched by another: its poll operation, and the checks against loops and long paths.
//!
//! Linux 6.18, `fs/eventpoll.c: __ep_eventpoll_poll(), ep_loop_check(), reverse_path_check()`.

use serde::{Deserialize, Serialize};

use super::{EP_MAX_NESTS, FileItemLink};
use crate::kernel::Kernel;
use crate::kernel::abi::{Errno, Events};
use crate::kernel::cx::Cx;
use crate::kernel::file::PollTable;
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey};
use crate::kernel::list::List;
use crate::kernel::rbtree::Rb;
use crate::kernel::task::{Flow, Frame, Ret};
use crate::trace::event::ReadyList;
use crate::trace::{Func, Sink};

/// Progress of `__ep_eventpoll_poll()`: is anything in this instance really ready?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EpollPollFrame {
    ep: EventpollKey,
    table: PollTable,
    stage: EpollPoll,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum EpollPoll {
    /// Hooks the caller into `poll_wait`.
    Hook,
    /// About to take `ep->mtx`.
    Lock,
    /// Between two items.
    Next,
    /// The item's file, again an instance, is asked.
    Ask(EpitemKey),
}

impl EpollPollFrame {
    pub(crate) fn new(ep: EventpollKey, table: PollTable) -> Self {
        EpollPollFrame { ep, table, stage: EpollPoll::Hook }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>, returned: Ret) -> Flow {
        let ep = self.ep;
        match self.stage {
            EpollPoll::Hook => {
                let poll_wait = cx.eventpolls[ep].poll_wait;
                cx.poll_wait(poll_wait, self.table);
                Flow::Next(self.at(EpollPoll::Lock))
            }
            EpollPoll::Lock if !cx.mutex_lock(ep) => Cx::<S>::mutex_sleep(Frame::EpollPoll(self)),
            EpollPoll::Lock => {
                cx.ep_start_scan(ep);
                Flow::Next(self.at(EpollPoll::Next))
            }
            EpollPoll::Next => match cx.eventpolls[ep].txlist.first() {
                None => self.done(cx, Events::empty()),
                Some(epi) => match cx.file_eventpoll(cx.epitems[epi].ffd.file) {
                    Some(inner) => {
                        let poll = EpollPollFrame::new(inner, PollTable::JustAsk);
                        Flow::call(self.at(EpollPoll::Ask(epi)), Frame::EpollPoll(poll))
                    }
                    None => {
                        let revents =
                            cx.ep_item_poll(epi, cx.epitems[epi].ffd.file, PollTable::JustAsk);
                        self.asked(cx, epi, revents)
                    }
                },
            },
            EpollPoll::Ask(epi) => match returned {
                Ret::Mask(mask) => {
                    let revents = cx.item_polled(epi, mask);
                    self.asked(cx, epi, revents)
                }
                other => unreachable!("ep_eventpoll_poll gave {other:?}"),
            },
        }
    }

    /// The first item that is really ready answers for all; one that is not leaves the list.
    fn asked<S: Sink>(self, cx: &mut Cx<'_, S>, epi: EpitemKey, revents: Events) -> Flow {
        if !revents.is_empty() {
            return self.done(cx, Events::EPOLLIN | Events::EPOLLRDNORM);
        }
        cx.pm_relax(self.ep, Some(epi));
        cx.rdllist_del(self.ep, epi, ReadyList::Txlist);
        Flow::Next(self.at(EpollPoll::Next))
    }

    fn done<S: Sink>(self, cx: &mut Cx<'_, S>, mask: Events) -> Flow {
        cx.ep_done_scan(self.ep);
        cx.mutex_unlock(self.ep);
        Flow::Return(Ret::Mask(mask))
    }

    fn at(self, stage: EpollPoll) -> Frame {
        Frame::EpollPoll(EpollPollFrame { stage, ..self })
    }
}

/// `path_limits`: how many paths of each length may lead to a file; those of length 1 are free.
const PATH_LIMITS: [usize; EP_MAX_NESTS + 1] = [usize::MAX, 500, 100, 50, 10];

impl<S: Sink> Cx<'_, S> {
    /// Whether an `ADD` must look at the whole web of instances: one of the two sides is nested.
    pub(crate) fn needs_full_check(&self, ep: EventpollKey, target: FileKey) -> bool {
        let own = self.eventpolls[ep].file;
        !self.files[own].f_ep.is_empty() || self.file_eventpoll(target).is_some()
    }

    /// `ep_loop_check()`: that putting `target` into `ep` closes no ring and makes no chain longer
    /// than [`EP_MAX_NESTS`] links.
    pub(crate) fn ep_loop_check(&mut self, ep: EventpollKey, target: FileKey) -> Result<(), Errno> {
        let Some(inner) = self.file_eventpoll(target) else { return Ok(()) };
        self.within(Func::ep_loop_check, |cx| {
            let down = cx.depth_below(inner, ep, 0).ok_or(Errno::ELOOP)?;
            let up = cx.height_above(ep);
            if down + 1 + up > EP_MAX_NESTS { Err(Errno::ELOOP) } else { Ok(()) }
        })
    }

    /// `reverse_path_check()`: that not too many paths lead to the files concerned.
    pub(crate) fn reverse_path_check(&mut self, target: FileKey) -> bool {
        let mut leaves = Vec::new();
        self.collect_leaves(target, &mut leaves);
        leaves.into_iter().all(|file| {
            let mut counts = [0; EP_MAX_NESTS + 1];
            self.paths_up(file, 0, &mut counts)
        })
    }

    fn collect_leaves(&mut self, file: FileKey, leaves: &mut Vec<FileKey>) {
        match self.file_eventpoll(file) {
            None if leaves.contains(&file) => {}
            None => leaves.push(file),
            Some(ep) => {
                for epi in self.items_in_order(ep) {
                    self.collect_leaves(self.epitems[epi].ffd.file, leaves);
                }
            }
        }
    }

    /// The items of an instance in tree order.
    pub(crate) fn items_in_order(&mut self, ep: EventpollKey) -> Vec<EpitemKey> {
        let first = self.eventpolls[ep].rbr.leftmost;
        let tree = Rb::new(self, ep);
        std::iter::successors(first, |epi| tree.next(*epi)).collect()
    }

    fn depth_below(&mut self, ep: EventpollKey, to: EventpollKey, at: usize) -> Option<usize> {
        if ep == to || at > EP_MAX_NESTS {
            return None;
        }
        let mut depth = 0;
        for epi in self.items_in_order(ep) {
            if let Some(inner) = self.file_eventpoll(self.epitems[epi].ffd.file) {
                depth = depth.max(1 + self.depth_below(inner, to, at + 1)?);
            }
        }
        Some(depth)
    }
}

impl Kernel {
    /// `ep_get_upwards_depth_proc()`: the longest chain of instances above one.
    fn height_above(&self, ep: EventpollKey) -> usize {
        self.watching(self.eventpolls[ep].file)
            .map(|outer| 1 + self.height_above(outer))
            .max()
            .unwrap_or(0)
    }

    /// `reverse_path_check_proc()`
    fn paths_up(&self, file: FileKey, depth: usize, counts: &mut [usize]) -> bool {
        let Some(limit) = PATH_LIMITS.get(depth) else { return false };
        self.watching(file).all(|ep| {
            let own = self.eventpolls[ep].file;
            if !self.files[own].f_ep.is_empty() {
                return self.paths_up(own, depth + 1, counts);
            }
            counts[depth] += 1;
            counts[depth] <= *limit
        })
    }

    /// The instances that watch a file, the one that did so last first.
    fn watching(&self, file: FileKey) -> impl Iterator<Item = EventpollKey> + '_ {
        let items: &List<EpitemKey> = &self.files[file].f_ep;
        items.iter::<FileItemLink, _>(&self.epitems).map(|epi| self.epitems[epi].ep)
    }
}
