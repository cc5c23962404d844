//! Links there and back, and everything that is no link.

use std::time::{Duration, Instant};

use proptest::prelude::Rng as _;
use proptest::test_runner::TestRng;

use super::wire::testing::{seal, unseal};
use super::*;
use crate::kernel::ids::{EpitemKey, EventpollKey, TaskKey};
use crate::scene::arrows::Thing;
use crate::scene::layout::ListKind;
use crate::session::{Session, fuzz};

fn looks() -> Looks {
    let selected = Some(Pick::of(Thing::Item(EpitemKey::from_number(1 << 32 | 7))));
    Looks { selected, tab: 1, side: 3, step: 2, speed: 255, window: Some((80, 4000)) }
}

fn samples() -> Vec<Moment> {
    let own = "A: ep = epoll_create1(0)\nA: epoll_wait(ep, 4, 0) -> 0\n".to_owned();
    let long: String = (0..300).map(|n| format!("A: f{n} = eventfd({n}, 0)\n")).collect();
    let of = |script, position, looks| Moment { script, position, fingerprint: 0x1234_5679, looks };
    vec![
        of(Text::Lesson("one-edge-two-threads".to_owned()), 42, Looks::default()),
        of(Text::Own(own), 17, looks()),
        of(Text::Own(long), 100_000, looks()),
        of(Text::Own("A: # 中文 \u{1f41f}\r\n\t".to_owned()), 0, Looks::default()),
        of(Text::Own(String::new()), u32::MAX, Looks::default()),
    ]
}

#[test]
fn a_moment_comes_back_as_it_was() {
    for moment in samples() {
        let link = encode(&moment);
        assert_eq!(decode(&link), Ok(moment.clone()));
        assert_eq!(decode(&format!("#{link}")), Ok(moment));
        assert!(link.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{link}");
    }
}

#[test]
fn every_lesson_is_its_name_and_short() {
    for lesson in crate::lessons::ALL {
        let script = Text::of(lesson.source);
        assert_eq!(script, Text::Lesson(lesson.id.to_owned()));
        assert_eq!(script.source(), Ok((lesson.source, Some(lesson))));
        let link = encode(&Moment { script, position: 321, fingerprint: u32::MAX, looks: looks() });
        assert!(link.len() < 100, "{link}");
        let own = Text::of(&format!("{}\n", lesson.source));
        assert!(matches!(own, Text::Own(_)));
    }
}

#[test]
fn a_lesson_that_is_not_here_is_an_error() {
    let moment = Moment {
        script: Text::Lesson("no-such-lesson".to_owned()),
        position: 0,
        fingerprint: 0,
        looks: Looks::default(),
    };
    let decoded = decode(&encode(&moment)).unwrap();
    let error = decoded.script.source().unwrap_err();
    assert_eq!(error, LinkError::NoLesson { id: "no-such-lesson".to_owned() });
    assert!(error.to_string().contains("no-such-lesson"), "{error}");
}

#[test]
fn every_thing_comes_back() {
    let (task, ep) = (TaskKey::from_number(3 << 32 | 9), EventpollKey::from_number(1 << 32));
    let lists = [ListKind::Wq, ListKind::Rdllist, ListKind::Txlist, ListKind::Ovflist];
    let lists = lists.into_iter().chain([ListKind::PollWait]).map(|list| Thing::List(ep, list));
    for thing in lists.chain([Thing::Task(task), Thing::Ep(ep), Thing::Locks(ep)]) {
        assert_eq!(Pick::of(thing).thing(), Some(thing));
    }
    // Any kind and number: a thing or nothing, and the thing comes back.
    for kind in 0..=u8::MAX {
        let bytes = [kind, 5, 1];
        let pick: Pick = postcard::from_bytes(&bytes).unwrap();
        assert!(pick.thing().is_none_or(|thing| Pick::of(thing) == pick), "{pick:?}");
        assert_eq!(pick.thing().is_some(), kind < 10 || (16..21).contains(&kind));
    }
}

#[test]
fn what_is_no_link_is_told_apart() {
    let link = encode(&samples()[1]);
    let cut = &link[..link.len() - 5];
    let cases = [
        ("", LinkError::Foreign),
        ("top", LinkError::Foreign),
        ("v.AAAA", LinkError::Foreign),
        ("v0.AAAA", LinkError::Foreign),
        ("v+1.AAAA", LinkError::Foreign),
        ("v99999999999999999999.AAAA", LinkError::Foreign),
        ("v2.AAAA", LinkError::Newer { version: 2 }),
        ("v999999.", LinkError::Newer { version: 999_999 }),
        ("v1.", LinkError::Damaged),
        ("v1.AAAA", LinkError::Damaged),
        ("v1.\u{4e2d}", LinkError::Damaged),
        (cut, LinkError::Damaged),
    ];
    for (text, error) in cases {
        assert_eq!(decode(text), Err(error.clone()), "{text}");
        assert!(error.words().ends_with('.'), "{error}");
    }
    let long = format!("v1.{}", "A".repeat(MAX_LINK_CHARS));
    assert_eq!(decode(&long), Err(LinkError::TooLong { chars: long.len() }));
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // Twenty megabytes of nothing; the longest link could hold forty.
    let bomb = seal(&vec![0; 20 << 20]);
    assert!(bomb.len() < MAX_LINK_CHARS, "{}", bomb.len());
    let started = Instant::now();
    assert_eq!(decode(&bomb), Err(LinkError::TooLarge));
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    // A body that claims more text than it has, or more than it may have.
    let mut claim = vec![0];
    claim.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
    assert_eq!(decode(&seal(&claim)), Err(LinkError::Damaged));
    let text = "x".repeat(MAX_SCRIPT_BYTES + 1);
    let of = |script| Moment { script, position: 0, fingerprint: 0, looks: Looks::default() };
    assert_eq!(decode(&encode(&of(Text::Own(text.clone())))), Err(LinkError::TooLarge));
    let id = text[..300].to_owned();
    assert_eq!(decode(&encode(&of(Text::Lesson(id)))), Err(LinkError::TooLarge));
}

#[test]
fn a_body_with_more_behind_it_is_damaged() {
    let mut body = unseal(&encode(&samples()[0]));
    assert!(decode(&seal(&body)).is_ok());
    body.push(0);
    assert_eq!(decode(&seal(&body)), Err(LinkError::Damaged));
}

/// The mutations that are made: of the text, and of the body under a right checksum.
fn mutations() -> u64 {
    fuzz::number("EPOLL_LINK_MUTATIONS").unwrap_or(100_000)
}

fn pick(rng: &mut TestRng, below: usize) -> usize {
    (rng.next_u64() % below.max(1) as u64) as usize
}

/// Bits turned over, bytes put in, taken out and doubled, the end cut off, another's end put on.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], rng: &mut TestRng) {
    for _ in 0..=pick(rng, 3) {
        let at = pick(rng, bytes.len());
        match pick(rng, 7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << pick(rng, 8),
            1 if !bytes.is_empty() => bytes[at] = rng.next_u32() as u8,
            2 => bytes.truncate(at),
            3 => bytes.insert(at, rng.next_u32() as u8),
            4 if !bytes.is_empty() => {
                drop(bytes.drain(at..(at + 1 + pick(rng, 9)).min(bytes.len())))
            }
            5 => {
                bytes.truncate(at);
                bytes.extend(&other[pick(rng, other.len())..]);
            }
            _ => {
                let end = (at + pick(rng, 40)).min(bytes.len());
                bytes.extend_from_within(at..end);
            }
        }
    }
}

/// Reads it; what is read must be writable again. Gives the longest that it took.
fn survives(link: &str) -> (bool, Duration) {
    let started = Instant::now();
    let read = decode(link);
    let took = started.elapsed();
    match read {
        Ok(moment) => {
            let _ = (moment.script.source(), moment.looks.selected.map(Pick::thing));
            assert_eq!(decode(&encode(&moment)), Ok(moment));
            (true, took)
        }
        Err(error) => {
            assert!(!error.words().is_empty());
            (false, took)
        }
    }
}

#[test]
fn mutations_of_links_do_no_harm() {
    let seed = fuzz::seed();
    let mut runner = fuzz::runner(seed);
    let rng = runner.rng();
    let links: Vec<String> = samples().iter().map(encode).collect();
    let mut slowest = Duration::ZERO;
    for number in 0..mutations() {
        let link = &links[pick(rng, links.len())];
        let mut bytes = link.clone().into_bytes();
        mutate(&mut bytes, links[pick(rng, links.len())].as_bytes(), rng);
        let text = String::from_utf8_lossy(&bytes);
        let (is_read, took) = survives(&text);
        // What is read although it was changed says the same: the checksum saw to that.
        let same = || samples().contains(&decode(&text).unwrap());
        assert!(!is_read || same(), "seed {seed}, mutation {number}: {text}");
        slowest = slowest.max(took);
    }
    assert!(slowest < Duration::from_secs(1), "seed {seed}: {slowest:?}");
}

#[test]
fn bodies_with_a_right_checksum_do_no_harm() {
    let seed = fuzz::seed();
    let mut runner = fuzz::runner(seed);
    let rng = runner.rng();
    let bodies: Vec<_> = samples().iter().map(|moment| unseal(&encode(moment))).collect();
    let (mut slowest, mut readable) = (Duration::ZERO, 0);
    for _ in 0..mutations() / 2 {
        let mut body = bodies[pick(rng, bodies.len())].clone();
        // The long one takes long to pack.
        body.truncate(600);
        mutate(&mut body, &bodies[pick(rng, 2)], rng);
        let (is_read, took) = survives(&seal(&body));
        readable += u64::from(is_read);
        slowest = slowest.max(took);
    }
    assert!(readable > 100, "seed {seed}: only {readable} could be read: nothing was tested");
    assert!(slowest < Duration::from_secs(1), "seed {seed}: {slowest:?}");
}

#[test]
fn a_fingerprint_is_of_what_happened() {
    let session = Session::open(crate::lessons::ALL[0].source).unwrap();
    let records = session.records();
    let mut trail = Trail::default();
    let ends: Vec<u32> = (0..=records.len()).map(|p| trail.at(records, p)).collect();
    for (position, print) in ends.iter().enumerate() {
        assert_eq!(Trail::default().at(records, position), *print, "asked for at once");
    }
    let distinct: std::collections::BTreeSet<_> = ends.iter().collect();
    assert_eq!(distinct.len(), ends.len(), "each event changes it");
    assert_eq!(trail.at(records, usize::MAX), ends[records.len()]);
    // Another text that makes the same things happen has the same.
    let other = format!("# a remark\n\n{}", session.source());
    let other = Session::open(&other).unwrap();
    assert_eq!(Trail::default().at(other.records(), usize::MAX), ends[records.len()]);
}

#[test]
fn a_long_run_is_taken_in_piece_by_piece() {
    let source: String = (0..420).map(|n| format!("A: e{n} = eventfd(0, 0)\n")).collect();
    let session = Session::open(&source).unwrap();
    let records = session.records();
    assert!(records.len() > 1024 * 2, "{}", records.len());
    let mut trail = Trail::default();
    trail.extend(records);
    assert_eq!(trail.known(), 1024);
    // Back, forward, and beyond what is known.
    for position in [1500, 10, 1024, records.len(), 1023, 2047, 2048] {
        let at = position.min(records.len());
        assert_eq!(trail.at(records, position), Trail::default().at(&records[..at], at));
    }
}

#[test]
fn a_moment_says_when_the_run_leads_elsewhere() {
    let moment = samples()[0].clone();
    assert!(!moment.leads_elsewhere(moment.fingerprint));
    assert!(moment.leads_elsewhere(moment.fingerprint ^ 2));
    assert!(!Moment { fingerprint: 0, ..moment }.leads_elsewhere(77), "0 says nothing");
}

#[test]
fn versions_and_what_is_typed_come_back() {
    use crate::session::history::History;
    let mut history = History::new("main: a = eventfd(0, 0)\n", Some("oneshot"));
    history.record("main: a = eventfd(1, 0)\n", None, Some("oneshot"));
    history.undo();
    history.record("main: a = eventfd(2, 0)\n", None, None);
    let packed = pack_past(&history, Some("main: a = ".into())).unwrap();
    assert_eq!(unpack_past(&packed), Some((history.clone(), Some("main: a = ".into()))));
    // What is damaged is nothing, and never a panic.
    let at = (0..packed.len()).filter(|at| packed.is_char_boundary(*at));
    assert!(at.clone().all(|at| unpack_past(&packed[..at]).is_none()));
    for at in at {
        let mut other = packed.clone();
        let new = if &packed[at..=at] == "A" { "B" } else { "A" };
        other.replace_range(at..=at, new);
        assert_eq!(unpack_past(&other), None, "{other}");
    }
    // A script that fills the store is not kept there; the link has its own bounds.
    let long = "#".repeat(600 * 1024);
    assert_eq!(pack_past(&History::new(&long, None), None), None);
}

#[test]
fn many_versions_are_kept_within_bounds_the_newest_first() {
    use crate::session::history::History;
    let mut history = History::new("", None);
    for n in 0..20_000 {
        history.record(&format!("main: nop() # {n} {}\n", "x".repeat(40)), None, None);
    }
    let packed = pack_past(&history, None).unwrap();
    assert!(packed.len() < 1024 * 1024, "{}", packed.len());
    let (back, _) = unpack_past(&packed).unwrap();
    assert_eq!(back.text(), history.text());
    assert!(back.count() > 1000 && back.count() < 20_000, "{}", back.count());
}
