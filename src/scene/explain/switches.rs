//! What is said about what a scenario switches on, about wakeup sources and busy polling.

use crate::kernel::ids::EpitemKey;
use crate::kernel::syscall::Fault;
use crate::tr;
use crate::trace::event::EventKind;

use super::words::{alloc_text, subject, yes};
use super::{Cx, Said};

impl Cx<'_> {
    pub(super) fn switches(&self) -> Option<Said> {
        Some(match &self.event.kind {
            EventKind::WakeupSourceNew { epi, .. } => {
                say!("event-wakeup-source-new", whose = self.whose(*epi))
            }
            EventKind::WakeupSourceFree { epi, .. } => say!(
                "event-wakeup-source-free",
                whose = self.whose(*epi),
                subject = subject(self.whose(*epi))
            ),
            EventKind::PmStayAwake { epi, .. } => {
                say!("event-pm-stay-awake", item = yes(epi.is_some()), whose = self.whose(*epi))
            }
            EventKind::PmRelax { epi, .. } => say!(
                "event-pm-relax",
                whose = self.whose(*epi),
                subject = subject(self.whose(*epi))
            ),
            EventKind::EpollParams { params, .. } => say!(
                "event-epoll-params",
                usecs = params.usecs,
                budget = params.budget,
                prefer = yes(params.prefer == 1),
                params = params.to_string()
            ),
            EventKind::Configured(config) => say!(
                "event-configured",
                watches = config.max_user_watches.to_string(),
                suspend = yes(config.cap_block_suspend),
                admin = yes(config.cap_net_admin)
            ),
            EventKind::FaultSet { task, fault } => {
                let (what, count) = match fault {
                    None => ("none", 0),
                    Some(Fault::Enomem(0) | Fault::Enfile(0)) => ("spent", 0),
                    Some(Fault::Enomem(count)) => ("enomem", *count),
                    Some(Fault::Enfile(count)) => ("enfile", *count),
                    Some(Fault::Efault(count)) => ("efault", *count),
                };
                say!("event-fault-set", task = self.names.task(*task), what = what, count = count)
            }
            EventKind::AllocFail { what, .. } => say!("event-alloc-fail", what = alloc_text(*what)),
            EventKind::UserFault { .. } => say!("event-user-fault"),
            _ => return None,
        })
    }

    fn whose(&self, epi: Option<EpitemKey>) -> String {
        epi.map_or_else(|| tr!("word-instance"), |epi| self.names.epi(epi))
    }
}
