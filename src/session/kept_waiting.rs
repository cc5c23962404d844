//! Who was kept from the processor at a moment of a run, told from its events alone.

use super::Session;
use crate::kernel::ids::TaskKey;
use crate::trace::event::EventKind;

impl Session {
    /// Whether a task that is runnable at `position` is kept waiting then: the line that is being
    /// carried out ends before it has had its turn. What is not held back runs before a line ends.
    pub fn is_kept_waiting_at(&self, task: TaskKey, position: usize) -> bool {
        let records = self.records();
        let position = position.min(records.len());
        let line = self.eventful.partition_point(|(end, _)| *end < position);
        let end = self.eventful.get(line).map_or(records.len(), |(end, _)| *end);
        let moves =
            |kind: &EventKind| matches!(kind, EventKind::TaskState { task: t, .. } if *t == task);
        !records[position..end.max(position)].iter().any(|record| moves(&record.event.kind))
    }
}

#[cfg(test)]
mod tests {
    use crate::session::Session;
    use crate::trace::event::TaskState;

    #[test]
    fn a_task_is_kept_waiting_from_its_wake_up_to_its_turn() {
        let script = "main: ep = epoll_create1(0)\n\
                      main: e = eventfd(0, 0)\n\
                      main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n\
                      A: epoll_wait(ep, 8, -1) -> blocks\n\
                      main: hold(A)\n\
                      main: write(e, 1) -> 8\n\
                      main: nop()\n\
                      main: run(A)\n";
        let Ok(session) = Session::open(script) else { panic!("it can be read") };
        let waits = |position: usize| {
            let scene = session.scene_at(position);
            let mut tasks = scene.tasks.iter().filter(|(_, task)| &*task.name == "A");
            tasks.any(|(key, task)| {
                task.state == TaskState::Runnable && session.is_kept_waiting_at(*key, position)
            })
        };
        let line = |number: u32| {
            let mut lines = session.lines().iter();
            lines.find(|line| line.number == number).map(|line| line.events.clone())
        };
        let (Some(call), Some(write), Some(nop), Some(run)) = (line(4), line(6), line(7), line(8))
        else {
            panic!("all lines made something happen")
        };
        assert!(!call.clone().any(waits), "it was runnable on its way into the call, but not held");
        assert!(!waits(write.start) && waits(write.end) && waits(nop.end - 1) && waits(nop.end));
        assert!(!waits(run.end), "it had its turn");
    }
}
