//! Trees drawn step by step. The expected drawings were made by the kernel's own algorithm:
//! `k` is black as `10b`, red as `10r`; `(left,right)` follows, `.` is no child.

use super::*;
use crate::kernel::eventpoll::{Epitem, EpollFilefd};
use crate::kernel::ids::{FileKey, TaskKey};
use crate::kernel::{Config, Kernel};
use crate::trace::{Context, Event, NullSink};

struct Case {
    kernel: Kernel,
    ep: EventpollKey,
}

impl Case {
    fn new() -> Case {
        let mut kernel = Kernel::new(Config::default());
        let main = kernel.spawn_process("main", &mut NullSink);
        let create = crate::kernel::syscall::Syscall::EpollCreate1 { flags: 0 };
        kernel.submit(main, create, &mut NullSink).unwrap();
        kernel.run(main, None, &mut NullSink);
        let ep = kernel.eventpolls.keys().next().unwrap();
        Case { kernel, ep }
    }

    fn with<R>(
        &mut self,
        sink: &mut Vec<Event>,
        run: impl FnOnce(&mut Rb<'_, '_, Vec<Event>>) -> R,
    ) -> R {
        let by = Context::Task(TaskKey::default());
        let mut cx = Cx::new(&mut self.kernel, sink, by, Func::ep_insert);
        run(&mut Rb::new(&mut cx, self.ep))
    }

    /// Inserts a key (`> 0`) or erases it (`< 0`); gives the steps and the tree.
    fn step(&mut self, key: i64) -> String {
        let (ep, file) = (self.ep, FileKey::default());
        let address = key.unsigned_abs();
        let mut events = Vec::new();
        if key > 0 {
            let ffd = EpollFilefd { file, addr: address, fd: 0 };
            let node = self.kernel.epitems.insert(Epitem::unlinked(ep, ffd));
            let place = self.with(&mut events, |tree| tree.find((address, 0))).unwrap_err();
            events.clear();
            self.with(&mut events, |tree| tree.insert(node, place));
        } else {
            let node = self.with(&mut events, |tree| tree.find((address, 0))).unwrap();
            events.clear();
            self.with(&mut events, |tree| tree.erase(node));
            // Steps name nodes by key; the erased one is still there to be named.
            let text = self.describe(&events);
            self.kernel.epitems.remove(node);
            return text;
        }
        self.describe(&events)
    }

    fn describe(&self, events: &[Event]) -> String {
        let steps: Vec<String> = events.iter().filter_map(|e| self.rotation(&e.kind)).collect();
        let tree = self.draw(self.kernel.eventpolls[self.ep].rbr.node);
        [steps, vec![tree]].concat().join(" ")
    }

    fn rotation(&self, kind: &EventKind) -> Option<String> {
        match kind {
            EventKind::RbRotate { at, side, .. } => {
                let name = if *side == Side::Left { "rotL" } else { "rotR" };
                Some(format!("{name}({})", self.kernel.epitems[*at].ffd.addr))
            }
            _ => None,
        }
    }

    fn draw(&self, node: Option<EpitemKey>) -> String {
        let Some(node) = node else { return ".".to_owned() };
        let item = &self.kernel.epitems[node];
        let color = if item.rbn.color == Color::Black { "b" } else { "r" };
        let RbNode { left, right, .. } = item.rbn;
        let below = match (left, right) {
            (None, None) => String::new(),
            _ => format!("({},{})", self.draw(left), self.draw(right)),
        };
        format!("{}{color}{below}", item.ffd.addr)
    }
}

#[track_caller]
fn check(steps: &[(i64, &str)]) {
    let mut case = Case::new();
    for (key, expected) in steps {
        assert_eq!(case.step(*key), *expected, "at {key:+}");
    }
}

#[test]
fn first_golden_trace() {
    check(&[
        (10, "10b"),
        (20, "10b(.,20r)"),
        (30, "rotL(10) 20b(10r,30r)"),
        (40, "20b(10b,30b(.,40r))"),
        (50, "rotL(30) 20b(10b,40b(30r,50r))"),
        (60, "20b(10b,40r(30b,50b(.,60r)))"),
        (70, "rotL(50) 20b(10b,40r(30b,60b(50r,70r)))"),
        (80, "rotL(20) 40b(20r(10b,30b),60r(50b,70b(.,80r)))"),
        (-10, "40b(20b(.,30r),60r(50b,70b(.,80r)))"),
        (-40, "rotL(60) 50b(20b(.,30r),70r(60b,80b))"),
        (-60, "50b(20b(.,30r),70b(.,80r))"),
        (-20, "50b(30b,70b(.,80r))"),
        (-80, "50b(30b,70b)"),
        (-30, "50b(.,70r)"),
    ]);
}

#[test]
fn second_golden_trace() {
    check(&[
        (50, "50b"),
        (20, "50b(20r,.)"),
        (80, "50b(20r,80r)"),
        (10, "50b(20b(10r,.),80b)"),
        (30, "50b(20b(10r,30r),80b)"),
        (25, "50b(20r(10b,30b(25r,.)),80b)"),
        (27, "rotL(25) rotR(30) 50b(20r(10b,27b(25r,30r)),80b)"),
        (90, "50b(20r(10b,27b(25r,30r)),80b(.,90r))"),
        (70, "50b(20r(10b,27b(25r,30r)),80b(70r,90r))"),
        (60, "50b(20r(10b,27b(25r,30r)),80r(70b(60r,.),90b))"),
        (-90, "rotR(80) 50b(20r(10b,27b(25r,30r)),70r(60b,80b))"),
        (-80, "50b(20r(10b,27b(25r,30r)),70b(60r,.))"),
        (-50, "60b(20r(10b,27b(25r,30r)),70b)"),
        (-10, "rotL(20) 60b(27r(20b(.,25r),30b),70b)"),
        (-20, "60b(27r(25b,30b),70b)"),
        (-27, "60b(30b(25r,.),70b)"),
    ]);
}
