//! Wakeup sources: what keeps the system from suspending while an event is on its way.
//!
//! Linux 6.18, `fs/eventpoll.c: ep_create_wakeup_source(), ep_destroy_wakeup_source(),
//! ep_pm_stay_awake()`, `drivers/base/power/wakeup.c`. An item with `EPOLLWAKEUP` has one, active
//! while the item is on a ready list; the instance has one, active while such an item is handed
//! over. Differs: nothing suspends here, so they are kept and shown, and hold nothing up. The counts
//! of a source are left out.

use serde::{Deserialize, Serialize};

use crate::kernel::abi::{Errno, Events};
use crate::kernel::cx::Cx;
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::trace::event::Alloc;
use crate::trace::{EventKind, Func, Sink};

/// `struct wakeup_source`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WakeupSource {
    /// It is held: the system may not suspend.
    pub(crate) active: bool,
}

impl<S: Sink> Cx<'_, S> {
    /// `ep_create_wakeup_source()`: the item's, and the instance's if this is its first.
    pub(super) fn ep_create_wakeup_source(&mut self, epi: EpitemKey) -> Result<(), Errno> {
        self.within(Func::ep_create_wakeup_source, |cx| {
            let ep = cx.epitems[epi].ep;
            if cx.eventpolls[ep].ws.is_none() {
                cx.wakeup_source_register(ep, None)?;
            }
            cx.wakeup_source_register(ep, Some(epi))
        })
    }

    fn wakeup_source_register(
        &mut self,
        ep: EventpollKey,
        epi: Option<EpitemKey>,
    ) -> Result<(), Errno> {
        if self.alloc_fails(Alloc::WakeupSource) {
            return Err(Errno::ENOMEM);
        }
        *self.ws_mut(ep, epi) = Some(WakeupSource::default());
        self.emit(|| EventKind::WakeupSourceNew { ep, epi });
        Ok(())
    }

    /// `wakeup_source_unregister()`; does nothing if there is none.
    pub(super) fn wakeup_source_unregister(&mut self, ep: EventpollKey, epi: Option<EpitemKey>) {
        self.pm_relax(ep, epi);
        if self.ws_mut(ep, epi).take().is_some() {
            self.emit(|| EventKind::WakeupSourceFree { ep, epi });
        }
    }

    /// `EPOLL_CTL_MOD`: the source comes or goes with the flag; that one can not be had is no error.
    pub(super) fn ep_modify_wakeup_source(&mut self, epi: EpitemKey) {
        let super::Epitem { ep, event, ws, .. } = self.epitems[epi];
        match (event.events.contains(Events::EPOLLWAKEUP), ws) {
            (true, None) => _ = self.ep_create_wakeup_source(epi),
            (false, Some(_)) => self.wakeup_source_unregister(ep, Some(epi)),
            _ => {}
        }
    }

    /// `ep_pm_stay_awake()`, `__pm_stay_awake(ep->ws)`
    pub(super) fn pm_stay_awake(&mut self, ep: EventpollKey, epi: Option<EpitemKey>) {
        if let Some(ws @ WakeupSource { active: false }) = self.ws_mut(ep, epi) {
            ws.active = true;
            self.emit(|| EventKind::PmStayAwake { ep, epi });
        }
    }

    /// `__pm_relax()`
    pub(super) fn pm_relax(&mut self, ep: EventpollKey, epi: Option<EpitemKey>) {
        if let Some(ws @ WakeupSource { active: true }) = self.ws_mut(ep, epi) {
            ws.active = false;
            self.emit(|| EventKind::PmRelax { ep, epi });
        }
    }

    /// A scan takes up an item: the instance's source takes over from the item's, so that there is
    /// no moment at which neither is held.
    pub(super) fn pm_hand_over(&mut self, ep: EventpollKey, epi: EpitemKey) {
        if self.epitems[epi].ws == Some(WakeupSource { active: true }) {
            self.pm_stay_awake(ep, None);
        }
        self.pm_relax(ep, Some(epi));
    }

    fn ws_mut(&mut self, ep: EventpollKey, epi: Option<EpitemKey>) -> &mut Option<WakeupSource> {
        match epi {
            Some(epi) => &mut self.epitems[epi].ws,
            None => &mut self.eventpolls[ep].ws,
        }
    }
}
