//! New descriptors, threads and processes.

use super::Lines;

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after what they make")]
pub enum Create {
    /// A pair of connected sockets, by a listener that goes again.
    Tcp,
    Listener,
    Socketpair,
    Pipe,
    Eventfd,
    Timerfd,
    Signalfd,
    Epoll,
    /// A bound UDP socket.
    Datagram,
    Thread,
    Process,
}

impl Create {
    /// The kinds of descriptors.
    pub const FILES: [Create; 9] = [
        Create::Tcp,
        Create::Listener,
        Create::Socketpair,
        Create::Pipe,
        Create::Eventfd,
        Create::Timerfd,
        Create::Signalfd,
        Create::Epoll,
        Create::Datagram,
    ];

    /// What it is called, in every language.
    pub fn name(self) -> &'static str {
        match self {
            Create::Tcp => "tcp",
            Create::Listener => "listener",
            Create::Socketpair => "socketpair",
            Create::Pipe => "pipe",
            Create::Eventfd => "eventfd",
            Create::Timerfd => "timerfd",
            Create::Signalfd => "signalfd",
            Create::Epoll => "epoll",
            Create::Datagram => "datagram",
            Create::Thread => "thread",
            Create::Process => "process",
        }
    }
}

const FIRST_PORT: u16 = 8080;

impl Lines<'_> {
    pub(super) fn create(&self, what: Create) -> String {
        let name = |prefix: &str| self.session.fresh_name(prefix);
        let t = self.actor();
        match what {
            Create::Tcp => {
                let (l, c, s) = (name("l"), name("c"), name("s"));
                let port = self.free_port();
                format!(
                    "{t}: {l} = socket(AF_INET, SOCK_STREAM)\n{t}: bind({l}, {port})\n\
                     {t}: listen({l}, 1)\n{t}: {c} = socket(AF_INET, SOCK_STREAM)\n\
                     {t}: connect({c}, {port})\n{t}: {s} = accept4({l}, SOCK_NONBLOCK)\n\
                     {t}: fcntl({c}, F_SETFL, O_NONBLOCK)\n{t}: close({l})"
                )
            }
            Create::Listener => {
                let (l, port) = (name("l"), self.free_port());
                format!(
                    "{t}: {l} = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK)\n\
                     {t}: bind({l}, {port})\n{t}: listen({l}, 128)"
                )
            }
            Create::Datagram => {
                let (u, port) = (name("u"), self.free_port());
                format!(
                    "{t}: {u} = socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK)\n{t}: bind({u}, {port})"
                )
            }
            Create::Socketpair => {
                let (a, b) = (name("a"), name("b"));
                format!("{t}: [{a}, {b}] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)")
            }
            Create::Pipe => {
                format!("{t}: [{}, {}] = pipe2(O_NONBLOCK)", name("rd"), name("wr"))
            }
            Create::Eventfd => format!("{t}: {} = eventfd(0, EFD_NONBLOCK)", name("e")),
            Create::Timerfd => format!("{t}: {} = timerfd_create(TFD_NONBLOCK)", name("t")),
            Create::Signalfd => {
                let sfd = name("sfd");
                format!(
                    "{t}: sigprocmask(SIG_BLOCK, [SIGUSR1])\n\
                     {t}: {sfd} = signalfd([SIGUSR1], SFD_NONBLOCK)"
                )
            }
            Create::Epoll => format!("{t}: {} = epoll_create1(0)", name("ep")),
            Create::Thread => format!("{}: nop()", self.new_thread()),
            Create::Process => format!("{t}: fork({})", self.new_thread()),
        }
    }

    /// A port that no socket has.
    pub fn free_port(&self) -> u16 {
        let is_taken = |port: u16| {
            self.scene.socks.values().any(|sock| sock.port == Some(port))
                || self.scene.time_wait.contains(&port)
        };
        (FIRST_PORT..).find(|port| !is_taken(*port)).unwrap_or(FIRST_PORT)
    }
}
