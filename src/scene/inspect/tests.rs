//! Layouts are those of the kernel; every object has its fields; every change of a scene is seen.

mod costs;

use std::collections::BTreeSet;

use super::*;
use crate::session::Session;
use crate::trace::Event;

/// Makes every kind of object, and every kind of thing in them.
const ALL_KINDS: &str = "main: ep = epoll_create1(0)
main: outer = epoll_create1(0)
main: epoll_ctl(outer, EPOLL_CTL_ADD, ep, {EPOLLIN})
main: [rd, wr] = pipe2(0)
main: [a, b] = socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK)
main: e = eventfd(3, EFD_SEMAPHORE)
main: t = timerfd_create(0)
main: timerfd_settime(t, 100ms, 10ms)
main: sfd = signalfd([SIGUSR1, SIGINT], 0)
main: l = socket(AF_INET, SOCK_STREAM)
main: bind(l, 5000)
main: listen(l, 5)
main: u = socket(AF_INET, SOCK_DGRAM)
main: bind(u, 6000)
main: epoll_ctl(ep, EPOLL_CTL_ADD, rd, {EPOLLIN|EPOLLWAKEUP, 7})
main: epoll_ctl(ep, EPOLL_CTL_ADD, a, {EPOLLIN|EPOLLET, 8})
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLONESHOT, 9})
main: epoll_ctl(ep, EPOLL_CTL_ADD, l, {EPOLLIN|EPOLLEXCLUSIVE, 10})
A: epoll_wait(ep, 8, -1) -> _
B: epoll_wait(ep, 8, -1) -> blocks
main: write(wr, 100)
main: write(b, \"hello\")
main: c = socket(AF_INET, SOCK_STREAM)
main: connect(c, 5000)
main: hold()
main: write(c, \"hi\")
main: deliver()
P: poll([{t, POLLIN}, {rd, POLLOUT}], -1) -> blocks
S: select([t], NULL, NULL, -1) -> blocks
R: read(sfd, 128) -> blocks
main: fork(K)
main: signal(SIGUSR2, SIG_IGN)
main: sigprocmask(SIG_BLOCK, [SIGUSR1])
main: kill(main, SIGUSR1)
main: setsockopt(l, SO_REUSEADDR, 1)
advance 150ms
main: close(rd)
main: close(wr)
main: close(ep)
";

fn session(source: &str) -> Session {
    Session::open(source).unwrap()
}

fn names_of(session: &Session) -> Names {
    let mut names = Names::default();
    session.records().iter().for_each(|record| names.learn(&record.event));
    names
}

/// All that can be selected.
fn things(scene: &Scene) -> Vec<Thing> {
    let mut all: Vec<Thing> = Vec::new();
    all.extend(scene.tasks.keys().map(|k| Thing::Task(*k)));
    all.extend(scene.processes.keys().map(|k| Thing::Process(*k)));
    all.extend(scene.files.keys().map(|k| Thing::File(*k)));
    all.extend(scene.socks.keys().map(|k| Thing::Sock(*k)));
    all.extend(scene.pipes.keys().map(|k| Thing::Pipe(*k)));
    all.extend(scene.epitems.keys().map(|k| Thing::Item(*k)));
    all.extend(scene.wait_queues.keys().map(|k| Thing::Queue(*k)));
    let entries = scene.wait_queues.values().flat_map(|queue| queue.entries.iter());
    all.extend(entries.map(|entry| Thing::Entry(entry.entry)));
    let lists = [ListKind::Wq, ListKind::Rdllist, ListKind::Txlist, ListKind::Ovflist];
    for ep in scene.eventpolls.keys() {
        all.extend([Thing::Ep(*ep), Thing::Locks(*ep), Thing::List(*ep, ListKind::PollWait)]);
        all.extend(lists.map(|kind| Thing::List(*ep, kind)));
    }
    all
}

/// Calls `see` with the scene before and after each event.
fn walk(session: &Session, mut see: impl FnMut(&Event, &Scene, &Scene)) {
    let mut before = Scene::default();
    for record in session.records() {
        let mut after = before.clone();
        after.apply(&record.event);
        see(&record.event, &before, &after);
        before = after;
    }
}

#[test]
fn sizes_are_those_of_the_kernel() {
    let sizes = [
        (&structs::EVENTPOLL, 208),
        (&structs::EPITEM, 120),
        (&structs::EPPOLL_ENTRY, 64),
        (&structs::WAIT_QUEUE_HEAD, 24),
        (&structs::WAIT_QUEUE_ENTRY, 40),
        (&structs::POLL_TABLE_ENTRY, 64),
        (&structs::POLL_WQUEUES, 624),
        (&structs::POLL_LIST, 16),
        (&structs::FD_SET_BITS, 48),
        (&structs::EPOLL_EVENT, 12),
        (&structs::FILE, 184),
        (&structs::EVENTFD_CTX, 48),
        (&structs::TIMERFD_CTX, 216),
        (&structs::SIGNALFD_CTX, 8),
        (&structs::PIPE, 176),
    ];
    for (structure, size) in sizes {
        assert_eq!(structure.size(), Some(size), "{}", structure.name);
    }
    assert_eq!(layout::size_align("struct list_head"), (16, 8));
    // BUILD_BUG_ON() in eventpoll_init().
    assert!(structs::EPITEM.size().is_some_and(|size| size <= 128));
}

#[test]
fn offsets_are_those_of_the_kernel() {
    let at = |structure: &Struct, name: &str| {
        let place = structure.fields.iter().position(|field| field.name == name).unwrap();
        structure.places()[place].offset
    };
    let of = |structure: &Struct, names: &[(&str, u32)]| {
        for (name, offset) in names {
            assert_eq!(at(structure, name), *offset, "{}.{name}", structure.name);
        }
    };
    let ep = [("wq", 32), ("poll_wait", 56), ("rdllist", 80), ("lock", 96), ("rbr", 104)];
    of(&structs::EVENTPOLL, &ep);
    let ep = [("ovflist", 120), ("gen", 152), ("refcount", 172), ("prefer_busy_poll", 202)];
    of(&structs::EVENTPOLL, &ep);
    let item = [("rcu", 0), ("rdllink", 24), ("ffd.file", 48), ("ffd.fd", 56), ("dying", 60)];
    of(&structs::EPITEM, &item);
    of(&structs::EPITEM, &[("fllink", 80), ("event.events", 104), ("event.data", 108)]);
    of(&structs::EPPOLL_ENTRY, &[("wait", 16), ("whead", 56)]);
    let file = [("f_path", 64), ("f_pos_lock", 80), ("f_pos", 112), ("f_ep", 136), ("f_ref", 176)];
    of(&structs::FILE, &file);
    of(&structs::PIPE, &[("head", 80), ("poll_usage", 120), ("bufs", 160)]);
    of(&structs::TIMERFD_CTX, &[("wqh", 136), ("ticks", 160), ("might_cancel", 212)]);
    of(&structs::POLL_WQUEUES, &[("triggered", 32), ("inline_entries", 48)]);
}

#[test]
fn every_thing_has_a_structure_and_every_link_leads_somewhere() {
    let session = session(ALL_KINDS);
    let names = names_of(&session);
    let (mut seen, mut links) = (BTreeSet::new(), 0);
    walk(&session, |event, _, scene| {
        for thing in things(scene) {
            let parts = inspect(thing, scene, &names);
            assert!(!parts.is_empty(), "{thing:?} has no structure");
            for part in &parts {
                seen.insert(part.structure.name);
                for bit in part.rows.iter().flat_map(|row| &row.value) {
                    if let Bit::Link(label, to) = bit {
                        assert!(!label.is_empty());
                        assert!(scene.has(*to), "{label} in {part:?} at {event:?}");
                        links += 1;
                    }
                }
            }
        }
    });
    assert!(links > 10_000, "{links}");
    let all = structs::ALL.iter().map(|structure| structure.name);
    let unseen: Vec<_> = all.filter(|name| !seen.contains(name)).collect();
    assert_eq!(unseen, ["struct epoll_event", "machine"]);
}

/// Whatever an event changes in the scene is a changed field of some object.
#[test]
fn every_change_of_the_scene_is_a_change_of_a_field() {
    for source in [ALL_KINDS, crate::lessons::ALL[6].source, crate::lessons::ALL[9].source] {
        let session = session(source);
        let names = names_of(&session);
        walk(&session, |event, before, after| {
            if format!("{before:?}") == format!("{after:?}") {
                return;
            }
            let is_seen = |thing: &Thing| {
                let now = inspect(*thing, after, &names);
                let parts = changes(now, &inspect(*thing, before, &names));
                parts.iter().any(|part| part.is_new || part.rows.iter().any(|r| r.before.is_some()))
            };
            let gone = things(before).len() != things(after).len();
            let machine = changes(machine(after, &names), &machine(before, &names));
            let machine = machine[0].rows.iter().any(|row| row.before.is_some());
            assert!(gone || machine || things(after).iter().any(is_seen), "{event:?} is not seen");
        });
    }
}

#[test]
fn fields_have_their_values_and_what_they_were() {
    let session = session(
        "main: ep = epoll_create1(0)
main: e = eventfd(0, 0)
main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN|EPOLLET, 7})
main: write(e, 5)",
    );
    let names = names_of(&session);
    let mut rows = Vec::new();
    walk(&session, |_, before, after| {
        for thing in things(after) {
            let parts = changes(inspect(thing, after, &names), &inspect(thing, before, &names));
            for row in parts.iter().flat_map(|part| &part.rows) {
                if let Some(old) = &row.before {
                    let (name, old, new) = (row.field.name, text_of(old), text_of(&row.value));
                    rows.push(format!("{name}: {old} → {new}"));
                }
            }
        }
    });
    for expected in [
        "count: 0 → 5",
        "rdllist: empty → fd 4",
        "lock: free → held",
        "rdllink: not linked → rdllist: prev = rdllist next = rdllist",
        "mtx: free → held by main",
    ] {
        assert!(rows.iter().any(|row| row == expected), "{expected} in {rows:#?}");
    }
    let scene = session.scene_at(session.records().len());
    let item = Thing::Item(*scene.epitems.keys().next().unwrap());
    let parts = inspect(item, &scene, &names);
    let value = |name: &str| {
        text_of(&parts[0].rows.iter().find(|row| row.field.name == name).unwrap().value)
    };
    assert_eq!(value("rbn.__rb_parent_color"), "NULL | RB_BLACK");
    assert_eq!(value("ffd.fd"), "4");
    assert_eq!(value("event.data"), "7");
    assert!(value("event.events").starts_with("EPOLLIN|EPOLLERR|EPOLLHUP|EPOLLET = 0x8000"));
}

#[test]
fn every_kind_of_event_tells_its_numbers() {
    let session = session(ALL_KINDS);
    let names = names_of(&session);
    let mut links = 0;
    walk(&session, |event, _, scene| {
        let name = variant(&event.kind);
        let json = serde_json::to_value(&event.kind).unwrap();
        assert!(json.as_str() == Some(&name) || json.get(&name).is_some(), "{name}");
        let fields = json.get(&name).and_then(|body| body.as_object()).map_or(0, |o| o.len());
        let numbers = numbers(&event.kind, scene, &names);
        assert_eq!(numbers.len(), fields, "{name}: {numbers:?}");
        for number in numbers {
            let text = text_of(&number.value);
            assert!(!text.is_empty() && !text.contains("Key("), "{name}.{}: {text}", number.name);
            links += number.value.iter().filter(|bit| matches!(bit, Bit::Link(..))).count();
        }
    });
    assert!(links > 200);
}

#[test]
fn tables_have_a_row_for_each_object_and_mark_what_changed() {
    let many: String = (0..60)
        .map(|n| {
            format!(
                "main: e{n} = eventfd(0, 0)\nmain: epoll_ctl(ep, EPOLL_CTL_ADD, e{n}, {{EPOLLIN, {n}}})\n"
            )
        })
        .collect();
    let session = session(&format!("main: ep = epoll_create1(0)\n{many}main: write(e7, 1)\n"));
    let names = names_of(&session);
    let mut ready = Vec::new();
    walk(&session, |event, before, after| {
        let tables = tables::tables(after, before, &names, &[]);
        for row in tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
            assert_eq!(row.1.cells.len(), row.0.head.len());
            assert!(after.has(row.1.thing));
        }
        if matches!(event.kind, crate::trace::EventKind::ReadyLink { .. }) {
            let tree = tables.iter().find(|table| table.caption.contains("Interest set"));
            for row in &tree.unwrap().rows {
                let at = row.cells.len() - 1;
                assert_eq!(row.changed[at], row.cells[at] == "rdllist");
                if row.cells[at] == "rdllist" {
                    ready.push(row.cells[0].clone());
                }
            }
        }
    });
    assert_eq!(ready, ["11"]);
    let scene = session.scene_at(session.records().len());
    let tables = tables::tables(&scene, &scene, &names, &[]);
    assert_eq!(tables[1].rows.len(), 60);
    assert!(tables.iter().flat_map(|t| &t.rows).flat_map(|row| &row.changed).all(|c| !c));
}

#[test]
fn every_word_is_told_in_both_languages_and_can_be_found() {
    use crate::i18n::{Lang, set};
    for lang in Lang::ALL {
        set(lang);
        for term in glossary::TERMS {
            assert!(!term.text().starts_with("glossary-"), "{}: {}", lang.tag(), term.id);
            assert!(!term.title().starts_with("glossary-"), "{}: {}", lang.tag(), term.id);
            assert!(term.matches(&term.title()));
        }
    }
    let found: Vec<_> =
        glossary::TERMS.iter().filter(|t| t.matches("惊群")).map(|t| t.id).collect();
    set(Lang::En);
    assert!(found.contains(&"herd"));
    assert!(glossary::TERMS.iter().all(|term| !term.matches("no such word")));
    let ids: BTreeSet<_> = glossary::TERMS.iter().map(|term| term.id).collect();
    assert_eq!(ids.len(), glossary::TERMS.len());
    assert!(ids.len() >= 40);
    assert_eq!(glossary::of_field("rdllink").map(|term| term.id), Some("rdllist"));
    // Every field that a word stands for is a field of a structure.
    let session = session(ALL_KINDS);
    let mut placed = BTreeSet::new();
    walk(&session, |_, _, scene| {
        for term in glossary::TERMS {
            if let Some(thing) = term.on_stage(scene) {
                assert!(scene.has(thing));
                placed.insert(term.id);
            }
        }
    });
    let nowhere: Vec<_> = ids.difference(&placed).copied().collect();
    assert_eq!(nowhere, ["ep_insert", "herd", "key", "slack", "softirq", "spurious"]);
}

#[test]
fn events_are_found_by_their_words() {
    let session = session(ALL_KINDS);
    let names = names_of(&session);
    let events = || session.records().iter().map(|record| &record.event);
    let found = find(events(), &names, "EP_POLL_CALLBACK");
    assert!(!found.is_empty());
    let all: Vec<&Event> = events().collect();
    for at in &found {
        let text = crate::scene::explain::brief(all[*at], &names);
        assert!(all[*at].func().name() == "ep_poll_callback" || text.contains("ep_poll_callback"));
    }
    assert!(find(events(), &names, "A ep_poll").len() < find(events(), &names, "ep_poll").len());
    assert!(find(events(), &names, "").is_empty());
    assert!(find(events(), &names, "nowhere to be seen").is_empty());
}
