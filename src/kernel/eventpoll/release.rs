//! The end of a watched file, and the end of an instance.
//!
//! Linux 6.18, `fs/eventpoll.c: eventpoll_release_file(), ep_clear_and_put()`. Nobody is told that
//! an item is gone: no event, no wake-up.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::kernel::cx::Cx;
use crate::kernel::ids::{EpitemKey, EventpollKey, FileKey};
use crate::kernel::task::{Flow, Frame, Ret};
use crate::trace::{EventKind, Func, Sink};

/// Progress of either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ReleaseFrame {
    /// `eventpoll_release_file()`: the file leaves every interest set.
    Watched(FileKey),
    /// `ep_clear_and_put()`: about to take `mtx`; those who watch the instance have been told.
    Instance {
        /// The instance.
        ep: EventpollKey,
        /// `poll_wait` was woken.
        told: bool,
    },
}

impl ReleaseFrame {
    pub(crate) fn watched(file: FileKey) -> Self {
        ReleaseFrame::Watched(file)
    }

    pub(crate) fn instance(ep: EventpollKey) -> Self {
        ReleaseFrame::Instance { ep, told: false }
    }

    pub(crate) fn func(&self) -> Func {
        match self {
            ReleaseFrame::Watched(_) => Func::eventpoll_release_file,
            ReleaseFrame::Instance { .. } => Func::ep_clear_and_put,
        }
    }

    pub(crate) fn step<S: Sink>(self, cx: &mut Cx<'_, S>) -> Flow {
        match self {
            ReleaseFrame::Watched(file) => {
                let Some(epi) = cx.files[file].f_ep.first() else {
                    return Flow::Return(Ret::Nothing);
                };
                let ep = cx.epitems[epi].ep;
                if !cx.mutex_lock(ep) {
                    return Cx::<S>::mutex_sleep(Frame::Release(self));
                }
                cx.ep_remove(epi);
                cx.mutex_unlock(ep);
                Flow::Next(Frame::Release(self))
            }
            ReleaseFrame::Instance { ep, told } => {
                if !told && cx.waitqueue_active(cx.eventpolls[ep].poll_wait) {
                    cx.ep_poll_safewake(ep);
                }
                if !cx.mutex_lock(ep) {
                    let next = ReleaseFrame::Instance { ep, told: true };
                    return Cx::<S>::mutex_sleep(Frame::Release(next));
                }
                cx.ep_clear(ep);
                Flow::Return(Ret::Nothing)
            }
        }
    }
}

impl<S: Sink> Cx<'_, S> {
    /// First every hook goes, so that no callback can come any more, then every item.
    fn ep_clear(&mut self, ep: EventpollKey) {
        let items: VecDeque<EpitemKey> = self.items_in_order(ep).into();
        for epi in &items {
            self.ep_unregister_pollwait(*epi);
        }
        for epi in items {
            self.ep_remove(epi);
        }
        self.mutex_unlock(ep);
        let super::Eventpoll { wq, poll_wait, .. } = self.eventpolls[ep];
        self.wakeup_source_unregister(ep, None);
        self.eventpolls.remove(ep);
        self.emit(|| EventKind::EventpollFree { ep });
        self.wait_queue_free(wq);
        self.wait_queue_free(poll_wait);
    }
}
