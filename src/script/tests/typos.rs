//! What the diagnostics say: typing errors in statements.

use expect_test::expect;

use super::check;

#[test]
fn tasks() {
    check(expect![[r#"
        epoll_wait(ep, 8, 0)
        ^^^^^^^^^^ no task is named
            expected the task first: `main: epoll_wait(…)`
        ep = epoll_create1(0)
        ^^ no task is named
            expected the task first: `main: ep = …`
        [rd, wr] = pipe()
        ^ unexpected "["
            expected the task's name first, as in `main: [rd, wr] = pipe()`
        main epoll_create1(0)
             ^^^^^^^^^^^^^ unexpected "epoll_create1"
            expected `:` behind `main` and a call, or `=>` and a result
        main
            ^ the line ends too early
            expected `:` and a call such as `epoll_wait(ep, 8, 0)`
        continue
        ^^^^^^^^ no task is named
            expected the task first: `main: continue`
        : nop()
        ^ unexpected ":"
            expected the task's name before the `:`, as in `main: nop()`
        1: nop()
        ^ unexpected "1"
            expected a task's name, which begins with a letter
        t-1: nop()
         ^ "-" in a name
            expected letters a–z and A–Z, digits and `_`
        täsk: nop()
         ^ "ä" in a name
            expected letters a–z and A–Z, digits and `_`
        B -> blocks
          ^^ unexpected "->"
            expected `B => …` for what a blocked call gave
    "#]]);
}

#[test]
fn tasks_and_arrows() {
    check(expect![[r#"
        B = blocks
          ^ unexpected "="
            expected `B => …` for what a blocked call gave
        B: => blocks
           ^^ unexpected "=>"
            expected `B => …` without the `:`
        B: -> blocks
           ^^ unexpected "->"
            expected a call such as `epoll_wait(ep, 8, 0)`
        // a comment
        ^^ unexpected "//"
            expected `#` before a comment
        -- a comment
        ^^ unexpected "--"
            expected a task's name, as in `main: nop()`, or `advance 10ms`
        main; nop()
            ^ unexpected ";"
            expected `:` behind `main` and a call, or `=>` and a result
        a.b: nop()
         ^ "." in a name
            expected letters a–z and A–Z, digits and `_`
        => 1
        ^^ unexpected "=>"
            expected a task's name, as in `main: nop()`, or `advance 10ms`
        @ep_poll
        ^ unexpected "@"
            expected a task's name, as in `main: nop()`, or `advance 10ms`
        2fast => 1
        ^^^^^ unexpected "2fast"
            expected a task's name, which begins with a letter
    "#]]);
}

#[test]
fn calls() {
    check(expect![[r#"
        main:
             ^ the line ends too early
            expected a call such as `epoll_wait(ep, 8, 0)`
        main: epoll_create1
                           ^ the line ends too early
            expected `(` and the arguments of `epoll_create1`
        main: epoll_wait ep, 8, 0
                         ^^ unexpected "ep"
            expected `(` and the arguments of `epoll_wait`
        main: 7up()
              ^^^ unexpected "7up"
            expected a call such as `epoll_wait(ep, 8, 0)`, or `continue`
        main: continue()
              ^^^^^^^^ `continue` is no call
            expected `main: continue`
        A: continue -> 0
                    ^^ unexpected "->"
            expected the end of the line; `A => …` on the next line checks the result
        A: continue now
                    ^^^ unexpected "now"
            expected the end of the line
        main: advance 10ms
              ^^^^^^^ `advance` is not for a task
            expected `advance 10ms` on a line of its own
    "#]]);
}

#[test]
fn bindings() {
    check(expect![[r#"
        main: x =
                 ^ the line ends too early
            expected a call such as `epoll_wait(ep, 8, 0)`
        main: x = 5
                  ^ unexpected "5"
            expected a call such as `epoll_wait(ep, 8, 0)`
        main: x == nop()
                ^^ unexpected "=="
            expected `=`, which binds a result to a name
        main: x := nop()
                ^^ unexpected ":="
            expected `=`, which binds a result to a name
        main: a, b = pipe()
               ^ unexpected ","
            expected brackets around two names: `[a, …] = …`
        main: (a, b) = pipe()
              ^ unexpected "("
            expected brackets around two names: `[rd, wr] = pipe()`
        main: [a] = pipe()
                ^ unexpected "]"
            expected `,` and a second name, as in `[rd, wr] = pipe()`
        main: [a, b, c] = pipe()
                   ^ unexpected ","
            expected `]`, for a call gives two descriptors at most
        main: [a, 1] = pipe()
                  ^ unexpected "1"
            expected a name to bind, as in `[rd, wr] = pipe()`
        main: [a, b pipe()
                    ^^^^ unexpected "pipe"
            expected `]`, for a call gives two descriptors at most
        main: [a, b] pipe()
                     ^^^^ unexpected "pipe"
            expected `=` and a call such as `pipe()`
        main: x = y = nop()
                    ^ unexpected "="
            expected `(` and the arguments of `y`
        main: x = y
                   ^ the line ends too early
            expected `(` and the arguments of `y`
        main: 5 = nop()
              ^ unexpected "5"
            expected a call such as `epoll_wait(ep, 8, 0)`, or `continue`
    "#]]);
}

#[test]
fn arrows() {
    check(expect![[r#"
        main: nop() ->
                      ^ the line ends too early
            expected a result: a value, an error's name, `blocks`, or `_` for anything
        main: nop() -> # what?
                      ^ the line ends too early
            expected a result: a value, an error's name, `blocks`, or `_` for anything
        main: nop() => 0
                    ^^ unexpected "=>"
            expected `->` before what a call must give
        main: nop() = 0
                    ^ unexpected "="
            expected `->` before what a call must give
        main: nop() - > 0
                    ^ unexpected "-"
            expected `->` before what a call must give
        main: nop() → 0
                    ^ unexpected "→"
            expected `->` before what a call must give
        main: nop() 0
                    ^ unexpected "0"
            expected `->` and a result, or the end of the line
        main: nop();
                   ^ unexpected ";"
            expected `->` and a result, or the end of the line
        main: nop() -> 0;
                        ^ unexpected ";"
            expected the end of the line
        main: nop() -> 0 -> 1
                         ^^ unexpected "->"
            expected the end of the line
        main: nop() -> -EAGAIN
                       ^ unexpected "-"
            expected the error's name alone, as in `EAGAIN`
        main: nop() -> -1 EAGAIN
                          ^^^^^^ unexpected "EAGAIN"
            expected the error's name alone, as in `-> EAGAIN`
        main: nop() -> 0 @ ep_poll:locked
                         ^ unexpected "@"
            expected `@` and its point before `->`
    "#]]);
}

#[test]
fn results() {
    check(expect![[r#"
        main: nop() @
                     ^ the line ends too early
            expected the name of a preemption point
        main: nop() @ 1st
                      ^^^ unexpected "1st"
            expected the name of a preemption point
        main: nop() @ a @ b
                        ^ unexpected "@"
            expected `->` and a result, or the end of the line
        main: nop() -> f(1)
                       ^ a call to `f` inside another statement
            expected a variable, bound on a line of its own: `main: ep = epoll_create1(0)`
        main: nop() -> [{EPOLLIN, 7}
                                    ^ the `[` is not closed
            expected `,` or `]`
        main: nop() // done
                    ^^ unexpected "//"
            expected `#` before a comment
        main: nop() /* done */
                    ^^ unexpected "/*"
            expected `#` before a comment
        B =>
            ^ the line ends too early
            expected a result: a value, an error's name, `blocks`, or `_` for anything
        B => [{EPOLLIN, 7}, ]
                            ^ unexpected "]"
            expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
        B => blocks now
                    ^^^ unexpected "now"
            expected the end of the line
        B => 1 2
               ^ unexpected "2"
            expected the end of the line
        B: => 1
           ^^ unexpected "=>"
            expected `B => …` without the `:`
    "#]]);
}

#[test]
fn names_that_are_bound() {
    check(expect![[r#"
        main: [a, a] = pipe()
                  ^ `a` is bound twice
            expected two different names
    "#]]);
}

#[test]
fn metadata() {
    check(expect![[r#"
        #:
          ^ metadata without a key
            expected `#: key = value`
        #: = value
          ^ metadata without a key
            expected `#: key = value`
        #: title Two waiters
           ^^^^^^^^^^^^^^^^^ white space in the key of metadata
            expected `#: key = value` with a key of one word, or `# ` for a comment
        #: title
           ^^^^^ metadata without `=`
            expected `#: title = …`, or `# ` for a comment
        #: two words = value
           ^^^^^^^^^ white space in the key of metadata
            expected `#: key = value` with a key of one word, or `# ` for a comment
    "#]]);
}
