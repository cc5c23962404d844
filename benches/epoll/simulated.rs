//! The simulator's calls.

use epoll_playground::kernel::abi::{EpollEvent, Events, Fd, O_NONBLOCK, PollFd};
use epoll_playground::kernel::ids::TaskKey;
use epoll_playground::kernel::syscall::{FdSets, Reply, Syscall, WriteData};
use epoll_playground::kernel::{Config, Kernel, Ran};
use epoll_playground::trace::{Log, NullSink, Sink};

use crate::rows::{Subject, Watcher};

/// A simulated machine with one task, and who listens to it.
pub(crate) struct Simulated<S> {
    kernel: Kernel,
    pub(crate) sink: S,
    task: TaskKey,
    watcher: Watcher,
    epfd: Fd,
    eventfds: Vec<Fd>,
    spare: Fd,
    /// What the last wait found: kept for its memory.
    found: Vec<Fd>,
}

impl<S: Sink> Simulated<S> {
    fn with_sink(watched: usize, watcher: Watcher, mut sink: S) -> Self {
        let mut kernel = Kernel::new(Config { rlimit_nofile: 20_000, ..Config::default() });
        let task = kernel.spawn_process("main", &mut sink);
        let eventfds = Vec::with_capacity(watched);
        let (epfd, spare, found) = (0, 0, Vec::new());
        let mut new = Simulated { kernel, sink, task, watcher, epfd, eventfds, spare, found };
        new.epfd = new.number(Syscall::EpollCreate1 { flags: 0 });
        let eventfd = Syscall::Eventfd { initval: 0, flags: O_NONBLOCK };
        for _ in 0..watched {
            let fd = new.number(eventfd.clone());
            new.eventfds.push(fd);
            if watcher == Watcher::Epoll {
                new.ctl(1, fd);
            }
        }
        new.spare = new.number(eventfd);
        new
    }

    #[inline(always)]
    fn call(&mut self, call: Syscall) -> &Reply {
        match self.kernel.call(self.task, call, None, &mut self.sink).unwrap() {
            Ran::Returned => self.kernel.result(self.task).unwrap().as_ref().unwrap(),
            other => panic!("the call gave {other:?}"),
        }
    }

    fn number(&mut self, call: Syscall) -> Fd {
        match self.call(call) {
            Reply::Int(number) => Fd::try_from(*number).unwrap(),
            other => panic!("the call gave {other}"),
        }
    }

    fn ctl(&mut self, op: i32, fd: Fd) {
        let event = EpollEvent { events: Events::EPOLLIN, data: u64::from(fd.unsigned_abs()) };
        self.call(Syscall::EpollCtl { epfd: self.epfd, op, fd, event: Some(event) });
    }

    fn round(&mut self, ready: usize) {
        for at in 0..ready {
            let data = WriteData::Number(1);
            self.call(Syscall::Write { fd: self.eventfds[at], data });
        }
        match self.watcher {
            Watcher::Epoll => self.epoll(ready),
            Watcher::Poll => self.poll(ready),
            Watcher::Select => self.select(ready),
        }
    }

    fn epoll(&mut self, ready: usize) {
        let mut found = std::mem::take(&mut self.found);
        let maxevents = i32::try_from(self.eventfds.len()).unwrap();
        let wait = Syscall::EpollWait { epfd: self.epfd, maxevents, timeout_ms: 0 };
        let Reply::Events(events) = self.call(wait) else { panic!("no events") };
        assert_eq!(events.len(), ready);
        found.clear();
        found.extend(events.iter().map(|event| Fd::try_from(event.data).unwrap()));
        self.read(found);
    }

    fn poll(&mut self, ready: usize) {
        let mut found = std::mem::take(&mut self.found);
        let fds = self.eventfds.iter().map(|fd| PollFd { fd: *fd, events: Events::EPOLLIN });
        let poll = Syscall::Poll { fds: fds.collect(), timeout_ms: 0 };
        let Reply::Polled(polled) = self.call(poll) else { panic!("nothing polled") };
        assert_eq!(polled.len(), ready);
        found.clear();
        found.extend(polled.iter().map(|found| found.fd));
        self.read(found);
    }

    fn select(&mut self, ready: usize) {
        let mut found = std::mem::take(&mut self.found);
        let sets = FdSets(Box::new([Some(self.eventfds.clone()), None, None]));
        let select = Syscall::Select { sets, timeout_us: Some(0) };
        let Reply::Selected(sets) = self.call(select) else { panic!("nothing selected") };
        assert_eq!(sets[0].len(), ready);
        found.clone_from(&sets[0]);
        self.read(found);
    }

    fn read(&mut self, found: Vec<Fd>) {
        for fd in &found {
            self.call(Syscall::Read { fd: *fd, count: 8 });
        }
        self.found = found;
    }
}

macro_rules! subject {
    ($sink:ty, $forget:expr) => {
        impl Subject for Simulated<$sink> {
            fn new(watched: usize, watcher: Watcher) -> Self {
                Simulated::with_sink(watched, watcher, <$sink>::default())
            }

            fn add_del(&mut self) {
                self.ctl(1, self.spare);
                self.ctl(2, self.spare);
            }

            fn modify(&mut self, at: usize) {
                self.ctl(3, self.eventfds[at % self.eventfds.len()]);
            }

            fn cycle(&mut self, ready: usize) {
                self.round(ready);
            }

            fn forget(&mut self) {
                let forget: fn(&mut $sink) = $forget;
                forget(&mut self.sink);
            }
        }
    };
}

subject!(NullSink, |_| {});
subject!(Log, Log::clear);
