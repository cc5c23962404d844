//! Scripts with as many descriptors as one likes, for measuring: ordinary lines all.

use std::fmt::Write as _;

/// So many eventfds, all watched; then rounds in each of which `active` of them are written to, one
/// `epoll_wait` collects them, and they are read again, until the script has `lines` lines.
///
/// Which ones are active moves through all of them in big steps, so that no part of the tree rests.
pub fn crowd(descriptors: usize, active: usize, lines: usize) -> String {
    let mut out = String::from("# Many descriptors, a few of them active.\n");
    // Three are open from the start, and there is the instance.
    let limit = (descriptors + 16).max(1024);
    let _ = writeln!(out, "#: rlimit_nofile = {limit}\nmain: ep = epoll_create1(0)");
    for n in 0..descriptors {
        let _ = writeln!(out, "main: e{n} = eventfd(0, EFD_NONBLOCK)");
        let _ = writeln!(out, "main: epoll_ctl(ep, EPOLL_CTL_ADD, e{n}, {{EPOLLIN, {n}}})");
    }
    let mut count = 3 + 2 * descriptors;
    let mut next = 0;
    while count < lines && descriptors > 0 {
        let chosen: Vec<usize> = (0..active).map(|n| (next + n * 617) % descriptors).collect();
        next = (next + active * 617) % descriptors;
        for n in &chosen {
            let _ = writeln!(out, "main: write(e{n}, 1)");
        }
        let _ = writeln!(out, "main: epoll_wait(ep, {}, 0)", active.max(1));
        for n in &chosen {
            let _ = writeln!(out, "main: read(e{n}, 8)");
        }
        count += 1 + 2 * active;
    }
    out
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn all_lines_succeed() {
        let source = crowd(1100, 7, 2400);
        let session = Session::open(&source).unwrap();
        let failed = session.lines().iter().find(|line| {
            !line.problems.is_empty() || line.outcome.as_ref().is_some_and(|o| o.contains("-1"))
        });
        assert_eq!(failed, None);
        assert!((2400..2420).contains(&session.lines().len()));
        let waits = session.lines().iter().filter(|line| line.text.contains("epoll_wait"));
        assert_eq!(
            waits
                .filter(|line| line
                    .outcome
                    .as_ref()
                    .is_some_and(|o| o.matches("EPOLLIN").count() == 7))
                .count(),
            14
        );
    }
}
