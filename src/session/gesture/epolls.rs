//! What can be done with an item, and with an instance.

use crate::kernel::abi::Events;
use crate::kernel::ids::{EpitemKey, EventpollKey};
use crate::scene::layout::put_in_order;
use crate::tr;
use crate::trace::event::FileKind;

use super::{Act, Attempt, Lines};

impl Lines<'_> {
    pub(super) fn on_an_item(&self, epi: EpitemKey, act: Act) -> Attempt {
        let Some(item) = self.scene.epitems.get(&epi) else { return Attempt::Foreign };
        let Some(ep) = self.ep_fd(item.new.ep) else {
            return Attempt::Off(tr!("hands-off-no-fd"));
        };
        match act {
            Act::Del => Attempt::Lines(self.ctl(ep, "DEL", item.new.fd, item.events, item.data)),
            // What it asked for when it was added.
            Act::Rearm if item.is_disarmed() => {
                let mask = item.new.events.difference(Events::ALWAYS);
                Attempt::Lines(self.ctl(ep, "MOD", item.new.fd, mask, item.data))
            }
            Act::Dup => self.on_a_file(item.new.file, act, &[]),
            _ => Attempt::Foreign,
        }
    }

    pub(super) fn on_an_instance(&self, ep: EventpollKey, act: Act, values: &[String]) -> Attempt {
        let value = |n: usize| values.get(n).map(String::as_str).unwrap_or_default();
        let Some(file) = self.file_of(FileKind::Eventpoll(ep)) else {
            return Attempt::Off(tr!("hands-off-no-fd"));
        };
        match act {
            Act::WaitHere => self.waits_here(ep, value(0), value(1)),
            Act::Params => self.on_file(file, |fd| {
                let [usecs, budget, prefer] = [0, 1, 2].map(value);
                format!("ioctl({fd}, EPIOCSPARAMS, {{{usecs}, {budget}, {prefer}}})")
            }),
            Act::Watch => self.watch(file),
            Act::Dup | Act::Close => self.on_a_file(file, act, values),
            _ => Attempt::Foreign,
        }
    }

    /// By an idle task: rather not by `main`, which is needed for what else there is to do.
    fn waits_here(&self, ep: EventpollKey, max: &str, timeout: &str) -> Attempt {
        let Some((process, fd)) =
            self.file_of(FileKind::Eventpoll(ep)).and_then(|file| self.fd_of(file))
        else {
            return Attempt::Off(tr!("hands-off-no-fd"));
        };
        let mut idle = self.idle();
        idle.retain(|name| {
            let task = self.scene.tasks.values().find(|task| task.name == *name);
            task.is_some_and(|task| task.process == process)
        });
        put_in_order(&mut idle, |name| name == "main");
        let sleeps = timeout != "0";
        let who = idle.into_iter().find(|name| !sleeps || name != "main");
        let who = who.or_else(|| self.is_first(process).then(|| self.new_thread()));
        match who {
            Some(who) => {
                let ep = self.fd(fd);
                Attempt::Lines(format!("{who}: epoll_wait({ep}, {max}, {timeout}) -> _"))
            }
            None => Attempt::Off(tr!("hands-off-all-busy")),
        }
    }
}
