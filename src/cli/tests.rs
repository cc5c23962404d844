//! The tool as a person or a pipeline sees it: what it prints, and its exit status.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;

use expect_test::{Expect, expect};
use serde_json::Value;

use super::*;

/// A stream that is kept.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// A stream nobody reads any more.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

/// Scenario files, removed at the end.
struct Files(PathBuf);

impl Files {
    /// One file a scenario: `0.epoll`, `1.epoll`, …
    fn new(test: &str, sources: &[&str]) -> Files {
        let folder =
            env::temp_dir().join(format!("epoll-playground-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (number, source) in sources.iter().enumerate() {
            fs::write(folder.join(format!("{number}.epoll")), source).unwrap();
        }
        Files(folder)
    }

    /// Runs the files with these numbers. What is printed names them without their folder.
    fn run(&self, numbers: &[usize], style: Style, on: On) -> (Verdict, String, String) {
        let (out, err) = (Kept::default(), Kept::default());
        let output = Output::to(Box::new(out.clone()), Box::new(err.clone()));
        let path = |number: &usize| self.0.join(format!("{number}.epoll")).into_os_string();
        let paths: Vec<_> = numbers.iter().map(path).collect();
        let verdict = Session::new(output, style, on).run_all(&paths);
        let folder = format!("{}/", self.0.display());
        let short = |text: &Kept| text.text().replace(&folder, "");
        (verdict, short(&out), short(&err))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn check(name: &str, source: &str, verdict: Verdict, out: Expect, err: Expect) {
    let files = Files::new(name, &[source]);
    let (got, printed, complained) = files.run(&[0], Style::Full, On::Sim);
    out.assert_eq(&printed);
    err.assert_eq(&complained);
    assert_eq!(got, verdict);
}

#[test]
fn a_file_that_is_not_utf_8_says_at_which_byte() {
    let files = Files::new("not-utf-8", &[""]);
    fs::write(files.0.join("0.epoll"), b"main: nop()\n# \xff\n").unwrap();
    let (verdict, out, err) = files.run(&[0], Style::Full, On::Sim);
    assert_eq!((verdict, out.as_str()), (Verdict::Wrong, ""));
    assert_eq!(err, "epoll-playground: 0.epoll: this is not UTF-8: byte 14 is 0xff\n");
}

const GOOD: &str = "#: title = Good\nmain: e = eventfd(3, 0)\nmain: read(e, 8) -> 3\n";
const FAILING: &str = "main: e = eventfd(3, 0)\n  main: read(e, 8) -> 4  # no\nmain: nop()\n";
const UNREADABLE: &str = "main: nop(\nmain nop()\nmain: nop()\n";

#[test]
fn calls_print_as_strace_does() {
    check(
        "strace",
        "main: e = eventfd(0, EFD_CLOEXEC)\nReader: read(e, 8) -> blocks\nmain: write(e, 5)\n\
         Reader => 5\nReader: sleep(5ms) -> blocks\nadvance 5ms\nmain: close(9) -> EBADF\n",
        Verdict::Passed,
        expect![[r#"
            [main] eventfd(0, EFD_CLOEXEC) = 3
            [Reader] read(3, 8 <unfinished ...>
            [main]   write(3, 5) = 8
            [Reader] <... read resumed>) = 5
            [Reader] sleep(5ms <unfinished ...>
            advance 5ms
            [Reader] <... sleep resumed>) = 0
            [main]   close(9) = -1 EBADF (Bad file descriptor)
        "#]],
        expect![""],
    );
}

#[test]
fn a_failed_expectation_is_shown_with_both_sides() {
    check(
        "failing",
        FAILING,
        Verdict::Failed,
        expect![[r#"
            [main] eventfd(3, 0) = 3
            [main] read(3, 8) = 3
            0.epoll:2: expectation failed
                main: read(e, 8) -> 4  # no
              expected: 4
                   got: 3
            [main] nop() = 0
        "#]],
        expect![""],
    );
}

#[test]
fn what_is_wrong_with_a_scenario_is_underlined() {
    check(
        "wrong",
        "main: close(x)\nmain: y = dup(99)\nmain: close(y)\n",
        Verdict::Wrong,
        expect![[r#"
            [main] dup(99) = -1 EBADF (Bad file descriptor)
            0.epoll:2: expectation failed
                main: y = dup(99)
              expected: a call that succeeds, since no `->` says otherwise
                   got: EBADF
        "#]],
        expect![[r#"
            error: nothing is named `x`
             --> 0.epoll:1:13
              |
            1 | main: close(x)
              |             ^ expected a name that an earlier line binds, or a constant of C
            error: left out: `y` has no value: the call on line 2 did not give one
             --> 0.epoll:3:13
              |
            3 | main: close(y)
              |             ^
        "#]],
    );
}

#[test]
fn a_file_that_can_not_be_read_does_not_keep_the_others_from_running() {
    let files = Files::new("several", &[GOOD, FAILING, UNREADABLE]);
    let (verdict, out, err) = files.run(&[2, 7, 1, 0], Style::Quiet, On::Sim);
    assert_eq!(verdict, Verdict::Wrong);
    assert_eq!(out.lines().last(), Some("1 passed, 3 failed"));
    assert!(out.contains("1.epoll:2: expectation failed"), "{out}");
    assert!(err.contains("--> 2.epoll:1:") && err.contains("--> 2.epoll:2:"), "{err}");
    assert!(err.contains("7.epoll: No such file"), "{err}");
}

#[test]
fn the_gravest_verdict_is_the_exit_status() {
    let files = Files::new("gravest", &[GOOD, FAILING, UNREADABLE]);
    let status = |numbers: &[usize]| files.run(numbers, Style::Quiet, On::Sim).0 as u8;
    assert_eq!((status(&[0, 0]), status(&[0, 1, 0]), status(&[2, 1, 0])), (0, 1, 2));
}

#[test]
fn quiet_says_nothing_about_a_scenario_that_passes() {
    let files = Files::new("quiet", &[GOOD]);
    assert_eq!(files.run(&[0], Style::Quiet, On::Sim), (Verdict::Passed, "".into(), "".into()));
}

#[test]
fn several_files_have_headings() {
    let files = Files::new("headings", &[GOOD, "main: nop()"]);
    let (_, out, _) = files.run(&[0, 1], Style::Full, On::Sim);
    let headings: Vec<_> = out.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# 0.epoll: Good", "# 1.epoll"]);
}

#[test]
fn every_json_line_is_an_object_with_a_type() {
    let files = Files::new("json", &[FAILING, UNREADABLE]);
    let (verdict, out, err) = files.run(&[0, 1], Style::Json, On::Sim);
    assert_eq!((verdict, err.as_str()), (Verdict::Wrong, ""));
    let objects: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds = objects.iter().map(|object| object["type"].as_str().unwrap());
    let kinds: Vec<_> = kinds.filter(|kind| *kind != "trace").collect();
    let failing = ["call", "return", "call", "return", "failure", "call", "return", "end"];
    assert_eq!(kinds[..8], failing);
    assert_eq!(kinds[8..], ["error", "error", "summary"]);
    let failure = objects.iter().find(|object| object["type"] == "failure").unwrap();
    assert_eq!((&failure["expected"], &failure["got"]), (&"4".into(), &"3".into()));
    assert_eq!((&failure["line"], &failure["on"]), (&2.into(), &"sim".into()));
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let files = Files::new("closed", &[FAILING]);
    let output = Output::to(Box::new(Closed), Box::new(Closed));
    let path = files.0.join("0.epoll").into_os_string();
    let verdict = Session::new(output, Style::Full, On::Sim).run_all(&[path]);
    assert_eq!(verdict, Verdict::Failed);
}

#[test]
fn the_arguments_are_consistent() {
    use clap::CommandFactory;
    Arguments::command().debug_assert();
    let parse = |arguments: &[&str]| Arguments::try_parse_from(arguments).is_ok();
    assert!(parse(&["x", "run", "-", "--on", "both", "--quiet"]));
    assert!(!parse(&["x", "run"]));
    assert!(!parse(&["x", "run", "a", "--on", "mars"]));
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod on_linux {
    use super::*;

    #[test]
    fn both_machines_agree() {
        let files = Files::new("both", &["main: e = eventfd(3, 0)\nmain: read(e, 8) -> 3\n"]);
        let (verdict, out, err) = files.run(&[0], Style::Full, On::Both);
        expect![[r#"
            sim   [main] eventfd(3, 0) = 3
            sim   [main] read(3, 8) = 3
            linux [main] eventfd(3, 0) = 3
            linux [main] read(3, 8) = 3
        "#]]
        .assert_eq(&out);
        assert_eq!((verdict, err.as_str()), (Verdict::Passed, ""));
    }

    #[test]
    fn a_failure_on_one_machine_says_on_which() {
        let files = Files::new("which", &[FAILING]);
        let (verdict, out, _) = files.run(&[0], Style::Quiet, On::Both);
        assert_eq!(verdict, Verdict::Failed);
        assert!(out.contains("0.epoll:2: expectation failed on sim\n"), "{out}");
        assert!(out.contains("0.epoll:2: expectation failed on linux\n"), "{out}");
        assert!(!out.contains("disagree"), "{out}");
    }

    #[test]
    fn scenarios_for_the_simulator_stay_there() {
        let files = Files::new("sim-only", &["#: sim-only = yes\nmain: nop()\n"]);
        let (verdict, out, _) = files.run(&[0], Style::Full, On::Linux);
        assert_eq!(verdict, Verdict::Passed);
        assert_eq!(out, "0.epoll: left out: it is for the simulator only\n");
        let (verdict, out, _) = files.run(&[0], Style::Full, On::Both);
        assert_eq!(verdict, Verdict::Passed);
        assert!(out.starts_with("0.epoll: runs on the simulator only\n"), "{out}");
        assert!(out.contains("[main] nop() = 0"), "{out}");
    }

    #[test]
    fn what_the_real_kernel_can_not_do_fails_the_run() {
        let files = Files::new("unsupported", &["main: nop() @ here\nmain: nop()\n"]);
        let (verdict, out, err) = files.run(&[0], Style::Full, On::Linux);
        assert_eq!((verdict, out.as_str()), (Verdict::Failed, "[main] nop() = 0\n"));
        assert!(err.contains("preemption points exist in the simulator only"), "{err}");
    }

    #[test]
    fn timeouts_too_short_for_a_slow_host_are_tried_again_with_more_time() {
        let statements = "main: nop()\n".repeat(60);
        let source = format!("A: sleep(1ms) -> blocks\n{statements}advance 1ms\nA => 0\n");
        let files = Files::new("slow", &[&source]);
        let (verdict, out, err) = files.run(&[0], Style::Quiet, On::Linux);
        assert_eq!((verdict, out.as_str(), err.as_str()), (Verdict::Passed, "", ""));
    }
}

mod comparing {
    use super::super::compare::{Disagreement, compare};
    use super::super::run::{Run, Step};
    use crate::kernel::syscall::{Reply, Syscall};
    use crate::session::MachineError;
    use crate::session::expect::Ending;
    use crate::session::outcome::{Act, CallReturn, Outcome, Problem};

    /// A run in which task `A` calls `nop()` on each line, with these results.
    fn run(results: &[Option<i64>], raced_since: Option<u32>) -> Run {
        let step = |(line, result): (u32, &Option<i64>)| {
            let result = result.map(|number| Ok(Reply::Int(number)));
            let ending = result.clone().map_or(Ending::Blocked, Ending::Returned);
            let back = |result| CallReturn { task: 0, line, call: Syscall::Nop, result };
            let act = Act::Call { task: 0, call: Syscall::Nop, ending };
            let returns = result.into_iter().map(back).collect();
            let outcome = Outcome { line, span: 0..0, act, returns, problems: Vec::new() };
            Step { outcome, trace: Vec::new() }
        };
        let steps = (1..).zip(results).map(step).collect();
        Run { names: vec!["A".to_owned()], steps, raced_since }
    }

    fn disagreement(line: u32, sim: &str, linux: &str, since: Option<u32>) -> Disagreement {
        let sides = [sim.to_owned(), linux.to_owned()];
        Disagreement { line, sides, either_order_since: since }
    }

    #[test]
    fn each_call_is_compared() {
        let simulated = run(&[Some(1), Some(2), None], None);
        let real = run(&[Some(1), Some(3), Some(4)], None);
        let expected = [
            disagreement(2, "A nop = 2", "A nop = 3", None),
            disagreement(3, "A blocks", "A nop = 4", None),
        ];
        assert_eq!(compare(&simulated, &real), expected);
        assert_eq!(compare(&simulated, &simulated), []);
    }

    #[test]
    fn a_race_explains_what_comes_after_it_only() {
        let simulated = run(&[Some(1), Some(2)], None);
        let real = run(&[Some(9), Some(8)], Some(2));
        let expected = [
            disagreement(1, "A nop = 1", "A nop = 9", None),
            disagreement(2, "A nop = 2", "A nop = 8", Some(2)),
        ];
        assert_eq!(compare(&simulated, &real), expected);
    }

    #[test]
    fn nothing_is_compared_once_a_machine_has_given_up() {
        let simulated = run(&[Some(1), Some(2)], None);
        let mut real = run(&[Some(9)], None);
        let error = MachineError::Stuck(String::new());
        real.steps[0].outcome.problems.push(Problem::Machine { span: 0..0, error });
        assert_eq!(compare(&simulated, &real), []);
    }
}
