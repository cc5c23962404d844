//! `setsockopt(2)` and `getsockopt(2)` at the level `SOL_SOCKET`.
//!
//! Linux 6.18, `net/core/sock.c: sk_setsockopt(), sk_getsockopt()`. Leaves out all that no readiness
//! depends on.

use super::inet::SockKind;
use crate::kernel::Unsupported;
use crate::kernel::abi::{
    AF_INET, AF_UNIX, Errno, SO_ACCEPTCONN, SO_DOMAIN, SO_ERROR, SO_LINGER, SO_PROTOCOL, SO_RCVBUF,
    SO_RCVLOWAT, SO_REUSEADDR, SO_REUSEPORT, SO_SNDBUF, SO_TYPE, SOCK_DGRAM, SOCK_STREAM,
};
use crate::kernel::cx::Cx;
use crate::kernel::ids::SockKey;
use crate::trace::event::TcpState;
use crate::trace::{Func, Sink};

/// `net.core.wmem_max` and `rmem_max`
const MEM_MAX: u32 = 212_992;
/// `SOCK_MIN_SNDBUF`
const MIN_SNDBUF: u32 = 4608;
/// `SOCK_MIN_RCVBUF`
const MIN_RCVBUF: u32 = 2304;
/// `tcp_rmem[2]`
const TCP_RMEM_MAX: i32 = 33_554_432;

/// `CONFIG_HZ`, of most distributions.
const HZ: i64 = 250;

impl<S: Sink> Cx<'_, S> {
    pub(crate) fn check_option_supported(
        &self,
        kind: SockKind,
        option: i32,
    ) -> Result<(), Unsupported> {
        match (option, kind) {
            (
                SO_REUSEADDR | SO_TYPE | SO_ERROR | SO_SNDBUF | SO_RCVBUF | SO_LINGER
                | SO_REUSEPORT | SO_RCVLOWAT | SO_ACCEPTCONN | SO_DOMAIN | SO_PROTOCOL,
                _,
            ) => Ok(()),
            // No option has such a number.
            (..=0 | 1024.., _) => Ok(()),
            _ => Err(Unsupported::SocketOption),
        }
    }

    pub(crate) fn sk_setsockopt(
        &mut self,
        sock: SockKey,
        option: i32,
        value: i32,
    ) -> Result<(), Errno> {
        let kind = self.socks[sock].inet.kind;
        let doubled = |least: u32| {
            let size = value.cast_unsigned().min(MEM_MAX).saturating_mul(2).max(least);
            size.cast_signed()
        };
        self.within(Func::sk_setsockopt, |cx| {
            if cx.copy_faults(0, 1) {
                return Err(Errno::EFAULT);
            }
            match option {
                SO_REUSEPORT
                    if matches!(kind, SockKind::UnixStream | SockKind::UnixDgram) && value != 0 =>
                {
                    return Err(Errno::EOPNOTSUPP);
                }
                SO_REUSEADDR | SO_REUSEPORT => {
                    cx.set_sock_option(sock, option, (value != 0).into());
                }
                // A negative time is for ever: MAX_SCHEDULE_TIMEOUT, of which an int is left.
                SO_LINGER if value < 0 => {
                    cx.set_sock_option(sock, option, (i64::MAX / HZ) as i32);
                }
                SO_LINGER => cx.set_sock_option(sock, option, value),
                SO_SNDBUF => {
                    cx.set_sock_option(sock, option, doubled(MIN_SNDBUF));
                    match kind {
                        SockKind::UnixStream | SockKind::UnixDgram => cx.unix_write_space(sock, 0),
                        SockKind::Udp => cx.sock_def_write_space(sock),
                        SockKind::Tcp => cx.sk_stream_write_space(sock),
                    }
                }
                SO_RCVBUF => cx.set_sock_option(sock, option, doubled(MIN_RCVBUF)),
                SO_RCVLOWAT if kind != SockKind::Tcp => {
                    let value = if value < 0 { i32::MAX } else { value.max(1) };
                    cx.set_sock_option(sock, option, value);
                }
                SO_RCVLOWAT => cx.tcp_set_rcvlowat(sock, value),
                _ => return Err(Errno::ENOPROTOOPT),
            }
            Ok(())
        })
    }

    /// `tcp_set_rcvlowat()`
    fn tcp_set_rcvlowat(&mut self, sock: SockKey, value: i32) {
        let inet = &self.socks[sock].inet;
        let most = match inet.options.get(&SO_RCVBUF) {
            Some(locked) => locked / 2,
            None => TCP_RMEM_MAX / 2,
        };
        let value = if value < 0 { i32::MAX } else { value };
        self.set_sock_option(sock, SO_RCVLOWAT, value.min(most).max(1));
        if self.tcp_epollin_ready(sock, 0) || self.socks[sock].inet.done {
            self.sk_data_ready(sock);
        }
    }

    pub(crate) fn sk_getsockopt(&mut self, sock: SockKey, option: i32) -> Result<i64, Errno> {
        let value = self.option_value(sock, option)?;
        // A pending error that was asked for is gone now.
        if self.copy_faults(0, 1) { Err(Errno::EFAULT) } else { Ok(value) }
    }

    fn option_value(&mut self, sock: SockKey, option: i32) -> Result<i64, Errno> {
        let state = &self.socks[sock];
        let inet = matches!(state.inet.kind, SockKind::Tcp | SockKind::Udp);
        let stream = matches!(state.inet.kind, SockKind::Tcp | SockKind::UnixStream);
        Ok(match option {
            SO_TYPE => if stream { SOCK_STREAM } else { SOCK_DGRAM }.into(),
            SO_DOMAIN => if inet { AF_INET } else { AF_UNIX }.into(),
            SO_PROTOCOL => match state.inet.kind {
                SockKind::Tcp => 6,
                SockKind::Udp => 17,
                _ => 0,
            },
            SO_ACCEPTCONN => (state.inet.state == TcpState::Listen).into(),
            SO_SNDBUF => state.sndbuf.into(),
            SO_LINGER => state.inet.options.get(&option).copied().unwrap_or(0).into(),
            SO_REUSEADDR | SO_REUSEPORT | SO_RCVBUF | SO_RCVLOWAT => {
                state.inet.option(option).into()
            }
            SO_ERROR => self.sock_error(sock).map_or(0, |errno| errno.number().into()),
            _ => return Err(Errno::ENOPROTOOPT),
        })
    }
}
