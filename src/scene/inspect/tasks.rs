//! Tasks, processes, and what belongs to nobody.

use crate::kernel::abi::{Fd, signal_name};
use crate::kernel::ids::{ProcessKey, TaskKey};
use crate::kernel::syscall::Fault;
use crate::scene::explain::{state_text, time_text};
use crate::session::strace::{call_text, result_text};
use crate::tr;
use crate::trace::event::PollKind;

use super::super::PollCall;
use super::{Bit, Cx, Part, Value, list, structs, text};

impl Cx<'_> {
    pub(super) fn task_parts(&self, key: TaskKey) -> Option<Vec<Part>> {
        let task = self.scene.tasks.get(&key)?;
        let call = task.call.as_ref().map_or_else(|| "—".to_owned(), call_text);
        let result = task.result.as_ref().map(|result| match result {
            Ok(_) => result_text(result),
            Err(errno) => format!("-1 {errno}"),
        });
        let events = task.user_events.iter().flat_map(|event| {
            [self.item(event.epi), Bit::Text(format!("{{{}, {}}}", event.events, event.data))]
        });
        let timer = task.timer_ns.map_or_else(|| "—".to_owned(), time_text);
        let pending = task.pending.iter().map(|(sig, count)| {
            let times = if *count > 1 { format!(" ×{count}") } else { String::new() };
            Bit::Text(format!("{}{times}", signal_name(*sig)))
        });
        let poll = match &task.poll {
            Some(PollCall { kind: PollKind::Poll, nfds, .. }) => format!("poll, nfds {nfds}"),
            Some(PollCall { kind: PollKind::Select, nfds, .. }) => format!("select, nfds {nfds}"),
            None => "—".to_owned(),
        };
        let fault = task.fault.map_or_else(
            || "—".to_owned(),
            |fault| match fault {
                Fault::Enomem(n) => format!("ENOMEM, {n}"),
                Fault::Enfile(n) => format!("ENFILE, {n}"),
                Fault::Efault(n) => format!("EFAULT, {n}"),
            },
        );
        let part = Part::new(&structs::TASK, &task.name)
            .with("comm", text(&task.name))
            .with("__state", text(state_text(task.state)))
            .with("mm / files", vec![self.process(task.process)])
            .with("syscall", text(call))
            .with("return value", text(result.unwrap_or_else(|| "—".to_owned())))
            .with("blocked", text(task.blocked))
            .with("pending", list(pending))
            .with("sleep timer", text(timer))
            .with("fault to come", text(fault))
            .with("user memory", list(events))
            .with("on stack", text(poll));
        let mut parts = vec![part];
        if let Some(poll) = &task.poll {
            parts.extend(self.poll_parts(key, poll));
        }
        Some(parts)
    }

    pub(super) fn process_parts(&self, key: ProcessKey) -> Option<Vec<Part>> {
        let process = self.scene.processes.get(&key)?;
        let tasks = self.scene.tasks.iter().filter(|(_, task)| task.process == key);
        let fds = process
            .fds
            .iter()
            .flat_map(|(fd, file)| [Bit::Text(format!("[{fd}]")), self.file(*file)]);
        let cloexec: Vec<Fd> = process.close_on_exec.keys().copied().collect();
        let cloexec = cloexec.iter().map(|fd| Bit::Text(fd.to_string()));
        let actions = process
            .actions
            .iter()
            .map(|(sig, handler)| Bit::Text(format!("{}: {handler}", signal_name(*sig))));
        let files = Part::new(&structs::FILES, key)
            .with("tasks", list(tasks.map(|(task, _)| self.task(*task))))
            .with("fdt->fd", list(fds))
            .with("fdt->close_on_exec", list(cloexec));
        let queue = process.signalfd_wqh.map_or_else(Vec::new, |wq| self.queue_value(wq));
        let sighand = Part::new(&structs::SIGHAND, key)
            .with("action", list(actions))
            .with("signalfd_wqh", queue);
        Some(vec![files, sighand])
    }

    pub(super) fn machine_part(&self) -> Part {
        let config = &self.scene.config;
        let segments = self.scene.segments.values().flat_map(|segment| {
            let to: Value = match segment.to {
                Some(to) => vec![self.sock(to)],
                None => text(format!(":{}", segment.port)),
            };
            let what = format!("#{} {}, {} B,", segment.number, segment.flags, segment.bytes);
            let mut value = vec![Bit::Text(what), self.sock(segment.from)];
            value.push(Bit::Text("→".to_owned()));
            value.extend(to);
            value
        });
        let ports = self.scene.time_wait.iter().map(|port| Bit::Text(format!(":{port}")));
        Part::new(&structs::MACHINE, tr!("inspector-machine"))
            .with("clock", text(time_text(self.scene.now_ns)))
            .with("user->epoll_watches", text(self.scene.watches))
            .with("max_user_watches", text(config.max_user_watches))
            .with("RLIMIT_NOFILE", text(config.rlimit_nofile))
            .with("sysctl_wmem_default", text(format!("{} B", config.wmem_default)))
            .with("CAP_BLOCK_SUSPEND", text(config.cap_block_suspend))
            .with("CAP_NET_ADMIN", text(config.cap_net_admin))
            .with("segments on their way", list(segments))
            .with("TIME-WAIT", list(ports))
    }
}
