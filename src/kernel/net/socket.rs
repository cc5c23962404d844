//! The socket calls: descriptor to socket, checks, and on to the family.
//!
//! Linux 6.18, `net/socket.c`, `net/ipv4/af_inet.c`, `net/unix/af_unix.c`. Addresses are ports of
//! 127.0.0.1, so an `AF_UNIX` socket is only ever given an address of the wrong family.

use super::dgram::DgramFrame;
use super::inet::{SockKind, SocketState};
use super::tcp_io::{NetFrame, Recv, Send};
use crate::kernel::Unsupported;
use crate::kernel::abi::{
    AF_INET, AF_UNIX, Errno, Fd, MSG_DONTWAIT, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, O_CLOEXEC,
    O_NONBLOCK, O_RDWR, SOCK_DGRAM, SOCK_STREAM,
};
use crate::kernel::cx::Cx;
use crate::kernel::file::unix::UnixWriteFrame;
use crate::kernel::file::unix_read::UnixReadFrame;
use crate::kernel::file::{FileObject, to_bytes};
use crate::kernel::ids::{FileKey, SockKey, TaskKey};
use crate::kernel::syscall::{Syscall, WriteData};
use crate::kernel::task::{Flow, Frame};
use crate::trace::event::{FileKind, TcpState};
use crate::trace::{Func, Sink};

impl<S: Sink> Cx<'_, S> {
    /// What of a socket call the simulator does not know.
    pub(crate) fn check_net_supported(
        &self,
        task: TaskKey,
        call: &Syscall,
    ) -> Result<(), Unsupported> {
        let known = MSG_OOB | MSG_PEEK | MSG_DONTWAIT | MSG_NOSIGNAL;
        let kind = |fd: Fd| self.sock_of(task, fd).map(|sock| self.socks[sock].inet.kind);
        match call {
            Syscall::Socket { domain: AF_INET | AF_UNIX, kind }
                if matches!(kind & 0xf, SOCK_STREAM | SOCK_DGRAM) =>
            {
                Ok(())
            }
            Syscall::Socket { domain, kind } if kind & !(0xf | O_CLOEXEC | O_NONBLOCK) == 0 => {
                let known = match (*domain, kind & 0xf) {
                    (AF_UNIX, 3 | 5) => false,
                    (AF_INET | AF_UNIX, _) => true,
                    (domain, _) => !(1..46).contains(&domain),
                };
                if known { Ok(()) } else { Err(Unsupported::SocketKind) }
            }
            Syscall::Recv { fd, flags, .. } | Syscall::Send { fd, flags, .. } => {
                let out_of_band = flags & MSG_OOB != 0;
                match kind(*fd) {
                    Some(_) if flags & !known != 0 => Err(Unsupported::MessageFlags),
                    Some(SockKind::UnixStream) if out_of_band && is_empty(call) => {
                        Err(Unsupported::EmptyOutOfBand)
                    }
                    _ => Ok(()),
                }
            }
            Syscall::Connect { fd, port } => {
                let sock = self.sock_of(task, *fd).map(|sock| &self.socks[sock].inet);
                let fresh = sock.filter(|inet| {
                    let is_new = inet.socket == SocketState::Unconnected;
                    inet.kind == SockKind::Tcp && is_new && inet.state == TcpState::Close
                });
                match fresh.and_then(|inet| inet.port) {
                    Some(own) if own == *port as u16 => Err(Unsupported::SelfConnect),
                    _ => Ok(()),
                }
            }
            Syscall::Setsockopt { fd, option, .. } | Syscall::Getsockopt { fd, option } => {
                match kind(*fd) {
                    Some(kind) => self.check_option_supported(kind, *option),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The socket behind a descriptor, if there is one.
    pub(crate) fn sock_of(&self, task: TaskKey, fd: Fd) -> Option<SockKey> {
        let fds = &self.processes[self.tasks[task].process].fds;
        let file = usize::try_from(fd).ok().and_then(|index| fds.get(index).copied().flatten())?;
        match self.files[file].object {
            FileObject::Unix(sock) | FileObject::Tcp(sock) | FileObject::Dgram(sock) => Some(sock),
            _ => None,
        }
    }

    /// `sockfd_lookup_light()`
    fn sockfd_lookup(&mut self, fd: Fd) -> Result<(FileKey, SockKey), Errno> {
        let file = self.fget(fd)?;
        Ok((file, self.sock_from_file(file)?))
    }

    /// `sock_from_file()`
    fn sock_from_file(&self, file: FileKey) -> Result<SockKey, Errno> {
        match self.files[file].object {
            FileObject::Unix(sock) | FileObject::Tcp(sock) | FileObject::Dgram(sock) => Ok(sock),
            _ => Err(Errno::ENOTSOCK),
        }
    }

    /// `move_addr_to_kernel()`
    fn move_addr_to_kernel(&mut self) -> Result<(), Errno> {
        if self.copy_faults(0, 1) { Err(Errno::EFAULT) } else { Ok(()) }
    }

    /// The socket calls that never sleep.
    pub(crate) fn net_call(&mut self, call: &Syscall) -> Result<i64, Errno> {
        match call {
            Syscall::Socket { domain, kind } => self.sys_socket(*domain, *kind),
            Syscall::Bind { fd, port } => {
                let (_, sock) = self.sockfd_lookup(*fd)?;
                self.move_addr_to_kernel()?;
                match self.socks[sock].inet.kind {
                    SockKind::UnixStream | SockKind::UnixDgram => Err(Errno::EINVAL),
                    SockKind::Tcp | SockKind::Udp => self.inet_bind(sock, *port as u16).map(|()| 0),
                }
            }
            Syscall::Listen { fd, backlog } => {
                let (_, sock) = self.sockfd_lookup(*fd)?;
                match self.socks[sock].inet.kind {
                    SockKind::UnixStream => Err(Errno::EINVAL),
                    SockKind::Tcp => self.inet_listen(sock, *backlog).map(|()| 0),
                    SockKind::Udp | SockKind::UnixDgram => Err(Errno::EOPNOTSUPP),
                }
            }
            Syscall::Shutdown { fd, how } => {
                let (_, sock) = self.sockfd_lookup(*fd)?;
                if !(0..3).contains(how) {
                    return Err(Errno::EINVAL);
                }
                match self.socks[sock].inet.kind {
                    SockKind::UnixStream => self.unix_shutdown(sock, *how),
                    SockKind::Tcp => self.inet_shutdown(sock, *how)?,
                    SockKind::Udp => self.udp_shutdown(sock, *how)?,
                    SockKind::UnixDgram => {
                        self.add_shutdown(sock, *how != 1, *how != 0);
                        self.sk_state_change(sock);
                    }
                }
                Ok(0)
            }
            Syscall::Setsockopt { fd, option, value } => {
                let (_, sock) = self.sockfd_lookup(*fd)?;
                self.sk_setsockopt(sock, *option, *value).map(|()| 0)
            }
            Syscall::Getsockopt { fd, option } => {
                let (_, sock) = self.sockfd_lookup(*fd)?;
                self.sk_getsockopt(sock, *option)
            }
            call => unreachable!("{} is no socket call", call.name()),
        }
    }

    /// `socket(2)`. Differs: protocols other than 0 can't be asked for.
    fn sys_socket(&mut self, domain: i32, kind: i32) -> Result<i64, Errno> {
        let flags = kind & !0xf;
        if flags & !(O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        let sock = match (domain, kind & 0xf) {
            (AF_UNIX, SOCK_STREAM) => {
                let sndbuf = self.config.wmem_default;
                self.sock_new(SockKind::UnixStream, sndbuf)
            }
            (AF_INET, SOCK_STREAM) => self.tcp_new(),
            (AF_INET | AF_UNIX, SOCK_DGRAM) => {
                let udp = domain == AF_INET;
                let sndbuf = self.config.wmem_default;
                self.sock_new(if udp { SockKind::Udp } else { SockKind::UnixDgram }, sndbuf)
            }
            (0..46, 11..) => return Err(Errno::EINVAL),
            (AF_INET, 3) => return Err(Errno::EPROTONOSUPPORT),
            (AF_UNIX | AF_INET, _) => return Err(Errno::ESOCKTNOSUPPORT),
            _ => return Err(Errno::EAFNOSUPPORT),
        };
        if let Err(errno) = self.check_unused_fds(1) {
            self.inet_csk_destroy_sock(sock);
            return Err(errno);
        }
        Ok(self.sock_map_fd(sock, flags).into())
    }

    /// `sock_alloc_file()`
    pub(crate) fn tcp_file(&mut self, sock: SockKey, flags: i32) -> FileKey {
        let flags = O_RDWR | flags & O_NONBLOCK;
        match self.socks[sock].inet.kind {
            SockKind::UnixStream => {
                self.file_new(FileObject::Unix(sock), FileKind::UnixStream(sock), flags)
            }
            SockKind::Tcp => self.file_new(FileObject::Tcp(sock), FileKind::Tcp(sock), flags),
            SockKind::Udp | SockKind::UnixDgram => {
                self.file_new(FileObject::Dgram(sock), FileKind::Dgram(sock), flags)
            }
        }
    }

    /// `connect(2)`: `__inet_stream_connect()`.
    pub(crate) fn sys_connect(&mut self, fd: Fd, port: i32) -> Result<Flow, Errno> {
        let file = self.fget(fd)?;
        // Here the address comes before the question whether it is a socket.
        self.move_addr_to_kernel()?;
        let sock = self.sock_from_file(file)?;
        match self.socks[sock].inet.kind {
            SockKind::UnixStream | SockKind::UnixDgram => return Err(Errno::EINVAL),
            SockKind::Udp => {
                self.udp_connect(sock, port as u16);
                return Ok(Flow::done(0));
            }
            SockKind::Tcp => {}
        }
        let mut pending = Errno::EALREADY;
        let nonblocking = self.files[file].is_nonblocking();
        self.lock_sock(sock);
        match self.socks[sock].inet.socket {
            SocketState::Connected => return self.connect_over(sock, Errno::EISCONN),
            SocketState::Disconnecting => return self.connect_over(sock, Errno::EINVAL),
            SocketState::Connecting => {}
            SocketState::Unconnected => {
                if self.socks[sock].inet.state != TcpState::Close {
                    return self.connect_over(sock, Errno::EISCONN);
                }
                if let Err(errno) = self.tcp_v4_connect(sock, port as u16) {
                    return self.connect_over(sock, errno);
                }
                self.socks[sock].inet.socket = SocketState::Connecting;
                pending = Errno::EINPROGRESS;
            }
        }
        match self.socks[sock].inet.state {
            TcpState::SynSent | TcpState::SynRecv if nonblocking => {
                self.connect_over(sock, pending)
            }
            TcpState::SynSent | TcpState::SynRecv => {
                Ok(Flow::Become(Frame::Net(NetFrame::Connect { sock, entry: None })))
            }
            _ => {
                let result = self.inet_connected(sock);
                self.release_sock(sock);
                result.map(|()| Flow::done(0))
            }
        }
    }

    fn connect_over(&mut self, sock: SockKey, errno: Errno) -> Result<Flow, Errno> {
        self.release_sock(sock);
        Err(errno)
    }

    /// `accept4(2)`: `__sys_accept4_file()`.
    pub(crate) fn sys_accept4(&mut self, fd: Fd, flags: i32) -> Result<Flow, Errno> {
        let file = self.fget(fd)?;
        if flags & !(O_CLOEXEC | O_NONBLOCK) != 0 {
            return Err(Errno::EINVAL);
        }
        self.check_unused_fds(1)?;
        let nonblocking = self.files[file].is_nonblocking();
        match self.files[file].object {
            FileObject::Tcp(sock) => {
                let (entry, fd) = (None, self.fd_reserve());
                let frame = NetFrame::Accept { sock, fd, flags, nonblocking, entry };
                Ok(Flow::Become(Frame::Net(frame)))
            }
            FileObject::Unix(_) => Err(Errno::EINVAL),
            FileObject::Dgram(_) => Err(Errno::EOPNOTSUPP),
            _ => Err(Errno::ENOTSOCK),
        }
    }

    /// `recv(2)`
    pub(crate) fn sys_recv(&mut self, fd: Fd, count: usize, flags: i32) -> Result<Flow, Errno> {
        let (file, sock) = self.sockfd_lookup(fd)?;
        let nonblocking = self.files[file].is_nonblocking() || flags & MSG_DONTWAIT != 0;
        Ok(Flow::Become(self.recv_frame(sock, Recv { count, flags, nonblocking })))
    }

    pub(crate) fn recv_frame(&self, sock: SockKey, how: Recv) -> Frame {
        match self.socks[sock].inet.kind {
            SockKind::UnixStream => {
                let frame = UnixReadFrame::new(sock, how.count, how.nonblocking);
                Frame::UnixRead(frame.with_flags(how.flags))
            }
            SockKind::Tcp => {
                Frame::Net(NetFrame::Recv { sock, how, data: Vec::new(), entry: None })
            }
            SockKind::Udp | SockKind::UnixDgram => {
                Frame::Net(NetFrame::Dgram(DgramFrame::Recv { sock, how, entry: None }))
            }
        }
    }

    /// `send(2)`
    pub(crate) fn sys_send(&mut self, fd: Fd, data: &WriteData, flags: i32) -> Result<Flow, Errno> {
        let (file, sock) = self.sockfd_lookup(fd)?;
        let nonblocking = self.files[file].is_nonblocking() || flags & MSG_DONTWAIT != 0;
        let how = Send { data: to_bytes(data), flags, nonblocking };
        Ok(Flow::Become(self.send_frame(sock, how)))
    }

    pub(crate) fn send_frame(&self, sock: SockKey, how: Send) -> Frame {
        match self.socks[sock].inet.kind {
            SockKind::UnixStream => {
                let frame = UnixWriteFrame::new(sock, how.data, how.nonblocking);
                Frame::UnixWrite(frame.with_flags(how.flags))
            }
            SockKind::Tcp => Frame::Net(NetFrame::Send { sock, how, sent: 0, entry: None }),
            SockKind::Udp | SockKind::UnixDgram => {
                Frame::Net(NetFrame::Dgram(DgramFrame::Send { sock, how, entry: None }))
            }
        }
    }

    /// `unix_shutdown()`
    fn unix_shutdown(&mut self, sock: SockKey, how: i32) {
        let (receive, send) = (how != 1, how != 0);
        self.within(Func::unix_shutdown, |cx| {
            cx.add_shutdown(sock, receive, send);
            cx.sk_state_change(sock);
            let peer = cx.socks[sock].peer.filter(|peer| cx.socks.contains_key(*peer));
            if let Some(peer) = peer {
                cx.add_shutdown(peer, send, receive);
                cx.sk_state_change(peer);
            }
        });
    }
}

fn is_empty(call: &Syscall) -> bool {
    matches!(call, Syscall::Recv { count: 0, .. })
}
