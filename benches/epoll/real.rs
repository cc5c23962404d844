//! Linux's own epoll.

use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};
use nix::sys::eventfd::{EfdFlags, EventFd};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::rows::Subject;

/// Real descriptors of this process.
pub(crate) struct Real {
    epoll: Epoll,
    eventfds: Vec<EventFd>,
    spare: EventFd,
    events: Vec<EpollEvent>,
}

impl Subject for Real {
    fn new(watched: usize) -> Real {
        let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
        setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
        let eventfd = || EventFd::from_value_and_flags(0, EfdFlags::EFD_NONBLOCK).unwrap();
        let epoll = Epoll::new(EpollCreateFlags::empty()).unwrap();
        let eventfds: Vec<EventFd> = (0..watched).map(|_| eventfd()).collect();
        for (data, eventfd) in (0..).zip(&eventfds) {
            epoll.add(eventfd, EpollEvent::new(EpollFlags::EPOLLIN, data)).unwrap();
        }
        let events = vec![EpollEvent::empty(); watched];
        Real { epoll, eventfds, spare: eventfd(), events }
    }

    fn add_del(&mut self) {
        self.epoll.add(&self.spare, EpollEvent::new(EpollFlags::EPOLLIN, 0)).unwrap();
        self.epoll.delete(&self.spare).unwrap();
    }

    fn modify(&mut self, at: usize) {
        let at = at % self.eventfds.len();
        let mut event = EpollEvent::new(EpollFlags::EPOLLIN, at as u64);
        self.epoll.modify(&self.eventfds[at], &mut event).unwrap();
    }

    fn cycle(&mut self, ready: usize) {
        for eventfd in &self.eventfds[..ready] {
            eventfd.write(1).unwrap();
        }
        let got = self.epoll.wait(&mut self.events, EpollTimeout::ZERO).unwrap();
        assert_eq!(got, ready);
        for event in &self.events[..got] {
            self.eventfds[event.data() as usize].read().unwrap();
        }
    }
}
