//! Where a blocked task stands: which queue, lock or clock it waits for.

use crate::kernel::abi::Nanos;
use crate::kernel::ids::{EventpollKey, TaskKey, WaitQueueKey};
use crate::kernel::syscall::Syscall;
use crate::trace::event::{TaskState, Waiter};

use super::Scene;

/// What a blocked task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsOn {
    /// `ep->wq`: something ready in this instance.
    Wq(EventpollKey),
    /// `ep->mtx` of this instance.
    Mtx(EventpollKey),
    /// A file's wait queue.
    Queue(WaitQueueKey),
    /// The wait queues of so many files, by `poll` or `select`.
    Poll(usize),
    /// Nothing but the clock.
    Clock(Option<Nanos>),
    /// A signal, or for ever.
    Nothing,
}

/// What a task waits for; nothing if it is not asleep.
pub fn waits_on(scene: &Scene, task: TaskKey) -> Option<WaitsOn> {
    let t = scene.tasks.get(&task)?;
    if !t.state.is_asleep() {
        return None;
    }
    if t.state == TaskState::Uninterruptible
        && let Some((ep, _)) =
            scene.eventpolls.iter().find(|(_, ep)| ep.mtx_waiters.contains(&task))
    {
        return Some(WaitsOn::Mtx(*ep));
    }
    if let Some(poll) = &t.poll {
        return Some(WaitsOn::Poll(poll.entries.len()));
    }
    let stands = |waiter: Waiter| match waiter {
        Waiter::EpollWait(of) | Waiter::Task(of) | Waiter::Receiver(of) => of == task,
        Waiter::Epitem(_) | Waiter::Poll { .. } => false,
    };
    for (wq, queue) in &scene.wait_queues {
        if queue.entries.iter().any(|entry| stands(entry.waiter)) {
            let ep = scene.eventpolls.iter().find(|(_, ep)| ep.wq == *wq);
            return Some(ep.map_or(WaitsOn::Queue(*wq), |(ep, _)| WaitsOn::Wq(*ep)));
        }
    }
    if matches!(t.call, Some(Syscall::Sleep { .. })) {
        return Some(WaitsOn::Clock(t.timer_ns));
    }
    Some(WaitsOn::Nothing)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::session::Session;

    fn of(scene: &Scene, name: &str) -> Option<WaitsOn> {
        let (task, _) = scene.tasks.iter().find(|(_, task)| task.name == name).unwrap();
        waits_on(scene, *task)
    }

    #[test]
    fn each_kind_of_sleep_is_told_apart() {
        let session = Session::open(
            "main: ep = epoll_create1(0)\nmain: e = eventfd(0, 0)\nmain: [rd, wr] = pipe()\n\
             A: epoll_wait(ep, 1, -1) -> blocks\n\
             B: read(e, 8) -> blocks\n\
             C: poll([{e, POLLIN}, {rd, POLLIN}], -1) -> blocks\n\
             D: sleep(5ms) -> blocks\n",
        )
        .unwrap();
        let scene = session.scene_at(session.records().len());
        let ep = *scene.eventpolls.keys().next().unwrap();
        assert_eq!(of(&scene, "A"), Some(WaitsOn::Wq(ep)));
        assert!(matches!(of(&scene, "B"), Some(WaitsOn::Queue(_))));
        assert_eq!(of(&scene, "C"), Some(WaitsOn::Poll(2)));
        assert!(matches!(of(&scene, "D"), Some(WaitsOn::Clock(Some(_)))), "{:?}", of(&scene, "D"));
        assert_eq!(of(&scene, "main"), None);
    }

    #[test]
    fn who_waits_for_the_mutex_waits_for_that() {
        let session = Session::open(
            "main: ep = epoll_create1(0)\nmain: e = eventfd(1, 0)\nmain: f = eventfd(1, 0)\n\
             main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n\
             main: epoll_wait(ep, 1, 0) @ copy_out\n\
             A: epoll_ctl(ep, EPOLL_CTL_ADD, f, {EPOLLIN}) -> blocks\n",
        )
        .unwrap();
        let scene = session.scene_at(session.records().len());
        let ep = *scene.eventpolls.keys().next().unwrap();
        assert_eq!(of(&scene, "A"), Some(WaitsOn::Mtx(ep)));
        assert_eq!(of(&scene, "main"), None);
    }
}
