//! The fold, continued: what a scenario switches on, wakeup sources, busy polling, and buffers that
//! are not first in their queue.

use super::Scene;
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::trace::event::EventKind;

impl Scene {
    pub(super) fn apply_switch(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::Configured(config) => self.config = **config,
            EventKind::FaultSet { task, fault } => self.task(*task, |t| t.fault = *fault),
            EventKind::WakeupSourceNew { ep, epi } | EventKind::PmRelax { ep, epi } => {
                self.set_ws(*ep, *epi, Some(false));
            }
            EventKind::WakeupSourceFree { ep, epi } => self.set_ws(*ep, *epi, None),
            EventKind::PmStayAwake { ep, epi } => self.set_ws(*ep, *epi, Some(true)),
            EventKind::SkbInside { sock, index, left } => self.sock(*sock, |s| {
                let index = *index as usize;
                match (left, s.receive_queue.get_mut(index)) {
                    (Some(left), Some(skb)) => skb.bytes = *left,
                    _ => _ = s.receive_queue.remove(index),
                }
            }),
            EventKind::EpollParams { ep, params } => self.ep(*ep, |e| e.params = *params),
            _ => return false,
        }
        true
    }

    fn set_ws(&mut self, ep: EventpollKey, epi: Option<EpitemKey>, ws: Option<bool>) {
        match epi {
            Some(epi) => self.epitem(epi, |e| e.ws = ws),
            None => self.ep(ep, |e| e.ws = ws),
        }
    }
}
