//! A network of its own for each run: all ports are free, and loopback is as the simulator has it.
//!
//! Every segment is acknowledged at once (`quickack`), since a delayed acknowledgement would wake
//! somebody 40 ms later on a clock that no scenario has; and sending is not paced (`reno`). Where the
//! host refuses it, the run goes on in the host's network.

use std::ptr;

/// `RTM_NEWROUTE` for 127.0.0.1: replaces the route that `lo` came up with by one with metrics.
const ROUTE: [u8; 76] = [
    76, 0, 0, 0, 24, 0, 0x05, 0x05, 1, 0, 0, 0, 0, 0, 0,
    0, // struct nlmsghdr: replace, create
    2, 32, 0, 0, 255, 2, 254, 2, 0, 0, 0, 0, // struct rtmsg: local table, kernel, host, local
    8, 0, 1, 0, 127, 0, 0, 1, // RTA_DST
    8, 0, 7, 0, 127, 0, 0, 1, // RTA_PREFSRC
    8, 0, 4, 0, 1, 0, 0, 0, // RTA_OIF: lo is always the first
    24, 0, 8, 0, // RTA_METRICS
    8, 0, 15, 0, 1, 0, 0, 0, // RTAX_QUICKACK
    9, 0, 16, 0, b'r', b'e', b'n', b'o', 0, 0, 0, 0, // RTAX_CC_ALGO
];

/// Enters a new network with `lo` up; does nothing where that is not allowed. Makes no lock and no
/// allocation, since it runs between `fork` and a new life.
pub(super) fn enter() {
    // SAFETY: all pointers go to memory that lives during the calls; zeroes are a value of `ifreq`.
    unsafe {
        if libc::unshare(libc::CLONE_NEWNET) != 0 {
            return;
        }
        let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0);
        let mut request: libc::ifreq = std::mem::zeroed();
        request.ifr_name[0] = b'l'.cast_signed();
        request.ifr_name[1] = b'o'.cast_signed();
        request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
        libc::ioctl(socket, libc::SIOCSIFFLAGS, ptr::from_ref(&request));
        libc::close(socket);
        let netlink = libc::socket(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE);
        libc::send(netlink, ROUTE.as_ptr().cast(), ROUTE.len(), 0);
        let mut answer = [0u8; 256];
        libc::recv(netlink, answer.as_mut_ptr().cast(), answer.len(), 0);
        libc::close(netlink);
    }
}
