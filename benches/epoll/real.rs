//! Linux's own calls.

use std::os::fd::{AsFd, AsRawFd};
use std::sync::OnceLock;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};
use nix::sys::eventfd::{EfdFlags, EventFd};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::select::{FdSet, select};
use nix::sys::time::{TimeVal, TimeValLike};

use crate::rows::{Subject, Watcher};

/// Real descriptors of this process.
pub(crate) struct Real {
    eventfds: &'static [EventFd],
    spare: &'static EventFd,
    watcher: Watching,
}

enum Watching {
    Epoll { epoll: Epoll, events: Vec<EpollEvent> },
    Poll { fds: Vec<PollFd<'static>> },
    Select { set: FdSet<'static>, nfds: i32 },
}

/// The most eventfds that any row watches, and one more.
const POOL: usize = 10_001;

/// Eventfds for all rows.
fn pool() -> &'static [EventFd] {
    static POOL_OF_ALL: OnceLock<Vec<EventFd>> = OnceLock::new();
    POOL_OF_ALL.get_or_init(|| {
        let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
        setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
        let eventfd = || EventFd::from_value_and_flags(0, EfdFlags::EFD_NONBLOCK).unwrap();
        (0..POOL).map(|_| eventfd()).collect()
    })
}

impl Subject for Real {
    fn new(watched: usize, watcher: Watcher) -> Real {
        let (eventfds, spare) = (&pool()[..watched], &pool()[watched]);
        let watcher = match watcher {
            Watcher::Epoll => {
                let epoll = Epoll::new(EpollCreateFlags::empty()).unwrap();
                for (data, eventfd) in (0..).zip(eventfds) {
                    epoll.add(eventfd, EpollEvent::new(EpollFlags::EPOLLIN, data)).unwrap();
                }
                Watching::Epoll { epoll, events: vec![EpollEvent::empty(); watched] }
            }
            Watcher::Poll => {
                let fd =
                    |eventfd: &'static EventFd| PollFd::new(eventfd.as_fd(), PollFlags::POLLIN);
                Watching::Poll { fds: eventfds.iter().map(fd).collect() }
            }
            Watcher::Select => {
                let mut set = FdSet::new();
                eventfds.iter().for_each(|eventfd| set.insert(eventfd.as_fd()));
                let highest = eventfds.iter().map(|eventfd| eventfd.as_fd().as_raw_fd()).max();
                Watching::Select { set, nfds: highest.unwrap() + 1 }
            }
        };
        Real { eventfds, spare, watcher }
    }

    fn add_del(&mut self) {
        let Watching::Epoll { epoll, .. } = &self.watcher else { panic!("no instance") };
        epoll.add(self.spare, EpollEvent::new(EpollFlags::EPOLLIN, 0)).unwrap();
        epoll.delete(self.spare).unwrap();
    }

    fn modify(&mut self, at: usize) {
        let Watching::Epoll { epoll, .. } = &self.watcher else { panic!("no instance") };
        let at = at % self.eventfds.len();
        let mut event = EpollEvent::new(EpollFlags::EPOLLIN, at as u64);
        epoll.modify(&self.eventfds[at], &mut event).unwrap();
    }

    fn cycle(&mut self, ready: usize) {
        for eventfd in &self.eventfds[..ready] {
            eventfd.write(1).unwrap();
        }
        match &mut self.watcher {
            Watching::Epoll { epoll, events } => {
                let got = epoll.wait(events, EpollTimeout::ZERO).unwrap();
                assert_eq!(got, ready);
                for event in &events[..got] {
                    self.eventfds[event.data() as usize].read().unwrap();
                }
                return;
            }
            Watching::Poll { fds } => {
                assert_eq!(poll(fds, PollTimeout::ZERO).unwrap() as usize, ready);
            }
            Watching::Select { set, nfds } => {
                let mut found = *set;
                let mut zero = TimeVal::zero();
                let got = select(*nfds, &mut found, None, None, &mut zero).unwrap();
                assert_eq!(got as usize, ready);
            }
        }
        for eventfd in &self.eventfds[..ready] {
            eventfd.read().unwrap();
        }
    }
}
