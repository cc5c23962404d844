//! What the diagnostics say: typing errors in arguments, numbers and strings.

use expect_test::expect;

use super::check;

#[test]
fn brackets_and_commas() {
    check(expect![[r#"
        main: epoll_wait(ep, 8, 0
                                 ^ the `(` is not closed
            expected `,` or `)`
        main: epoll_wait(ep, 8,
                               ^ the `(` is not closed
            expected a value and `)`
        main: epoll_wait(ep, 8,   # for ever
                               ^ the `(` is not closed
            expected a value and `)`
        main: epoll_wait(
                         ^ the `(` is not closed
            expected a value or `)`
        main: epoll_wait(ep, 8, )
                                ^ unexpected ")"
            expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
        main: epoll_wait(ep,, 0)
                            ^ unexpected ","
            expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
        main: epoll_wait(ep 8, 0)
                            ^ unexpected "8"
            expected `,` or `)`
        main: epoll_wait(ep; 8; 0)
                           ^ unexpected ";"
            expected `,` or `)`
        main: epoll_wait(ep, 8, 0))
                                  ^ unexpected ")"
            expected as many `)` as `(` in the call of `epoll_wait`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN, 7)
                                                ^ unexpected ")"
            expected `,` or `}`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN 7})
                                              ^ unexpected "7"
            expected `,` or `}`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN, 7
                                                ^ the `{` is not closed
            expected `,` or `}`
    "#]]);
}

#[test]
fn flags_and_events() {
    check(expect![[r#"
        main: epoll_ctl(ep, ADD, rd, &ev)
                                     ^ unexpected "&"
            expected a value; what C passes by address is written in place, as in `{EPOLLIN, 7}`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN || EPOLLET, 7})
                                               ^ unexpected "|"
            expected a single `|` between two flags
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN | , 7})
                                                ^ unexpected ","
            expected a flag or an integer behind `|`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN + EPOLLET, 7})
                                              ^ unexpected "+"
            expected `,` or `}`
        main: epoll_ctl(ep, ADD, rd, {(EPOLLIN|EPOLLET), 7})
                                      ^ unexpected "("
            expected a value without parentheses, as in `EPOLLIN|EPOLLET`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN|10ms, 7})
                                              ^^^^ a duration among flags
            expected a flag or an integer behind `|`
        main: epoll_ctl(ep, ADD, rd, {NULL|EPOLLIN, 7})
                                          ^ unexpected "|"
            expected `,` or `}`
        main: epoll_ctl(ep, ADD, rd, {EPOLLIN|NULL, 7})
                                              ^^^^ `NULL` among flags
            expected a flag or an integer behind `|`
        main: epoll_ctl(epoll_create1(0), EPOLL_CTL_ADD, rd)
                        ^^^^^^^^^^^^^ a call to `epoll_create1` inside another statement
            expected a variable, bound on a line of its own: `main: ep = epoll_create1(0)`
        main: select([3, 4}, [], [], -1)
                          ^ unexpected "}"
            expected `,` or `]`
    "#]]);
}

#[test]
fn other_values() {
    check(expect![[r#"
        main: bind(fd, 80.1)
                         ^^ a number with a fraction
            expected a whole number, as in `1500us` for 1.5 milliseconds
        main: nop(~1)
                  ^ unexpected "~"
            expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
        main: nop(−1)
                  ^ unexpected "−"
            expected a plain `-`
        main: nop(a = 1)
                    ^ unexpected "="
            expected `,` or `)`
        main: nop([[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]])
                                  ^ nested too deep
            expected at most 16 lists or braces in each other
    "#]]);
}

#[test]
fn integers() {
    check(expect![[r#"
        main: nop(18446744073709551616)
                  ^^^^^^^^^^^^^^^^^^^^ the integer does not fit in 64 bits
            expected an integer from -9223372036854775808 to 18446744073709551615
        main: nop(-9223372036854775809)
                  ^^^^^^^^^^^^^^^^^^^^ the integer does not fit in 64 bits
            expected an integer from -9223372036854775808 to 18446744073709551615
        main: nop(0x1ffffffffffffffff)
                  ^^^^^^^^^^^^^^^^^^^ the integer does not fit in 64 bits
            expected an integer from -9223372036854775808 to 18446744073709551615
        main: nop(9999999999999999999999999999999999999999)
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the integer does not fit in 64 bits
            expected an integer from -9223372036854775808 to 18446744073709551615
        main: nop(0x)
                  ^^ `0x` without a hexadecimal digit
            expected a number such as `0xff`
        main: nop(0xfg)
                     ^ "g" in a hexadecimal number
            expected digits 0–9 and a–f
        main: nop(0755)
                  ^^^^ there are no octal numbers
            expected decimal without a leading zero, or hexadecimal as in `0x1ed`
        main: nop(7UL)
                   ^^ unneeded suffix "UL"
            expected the number alone
        main: nop(1_000)
                   ^^^^ digits in groups
            expected the digits in one piece, as in `1000000`
        main: nop(-)
                  ^ unexpected "-"
            expected digits at once behind a `-`
        main: nop(- 1)
                  ^ unexpected "-"
            expected digits at once behind a `-`
        main: nop(+1)
                  ^ unexpected "+"
            expected a value such as `7`, `EPOLLIN`, `"abc"` or `{EPOLLIN, 7}`
        main: nop(-ep)
                  ^ unexpected "-"
            expected digits at once behind a `-`
        main: nop(127.0.0.1)
                     ^^^^^^ a number with a fraction
            expected a whole number, as in `1500us` for 1.5 milliseconds
        main: nop(0Xg)
                  ^^^ `0x` without a hexadecimal digit
            expected a number such as `0xff`
        main: nop(1e3)
                   ^^ unknown unit "e3"
            expected one of ns, us, ms, s
    "#]]);
}

#[test]
fn durations() {
    check(expect![[r#"
        main: nop(1.5ms)
                   ^^^^ a number with a fraction
            expected a whole number, as in `1500us` for 1.5 milliseconds
        main: sleep(10min)
                      ^^^ unknown unit "min"
            expected one of ns, us, ms, s
        main: sleep(10 ms)
                    ^^ a unit must follow its number at once
            expected `10ms`
        main: sleep(5µs)
                     ^^ unknown unit "µs"
            expected one of ns, us, ms, s
        main: sleep(-5ms)
                    ^^^^ a negative duration
            expected a duration such as `10ms`
        main: sleep(0x10ms)
                    ^^^^^^ a duration in hexadecimal
            expected decimal digits before the unit
        main: sleep(9223372037s)
                    ^^^^^^^^^^^ the duration is too long
            expected at most `9223372036s`
        main: sleep(010ms)
                    ^^^^^ there are no octal numbers
            expected decimal without a leading zero, or hexadecimal as in `0x1ed`
        main: nop(7 s, 8)
                  ^ a unit must follow its number at once
            expected `7s`
        main: sleep(18446744073709551616ns)
                    ^^^^^^^^^^^^^^^^^^^^^^ the duration is too long
            expected at most `9223372036854775807ns`
    "#]]);
}

#[test]
fn the_clock() {
    check(expect![[r#"
        advance 50
                ^^ a number without a unit
            expected a duration such as `10ms`
        advance
               ^ the line ends too early
            expected a duration such as `10ms`
        advance ms
                ^^ unexpected "ms"
            expected a duration such as `10ms`
        advance 50 ms
                ^^ a unit must follow its number at once
            expected `50ms`
        advance 50m
                  ^ unknown unit "m"
            expected one of ns, us, ms, s
        advance(50ms)
               ^ unexpected "("
            expected a duration such as `10ms`
        advance -50ms
                ^^^^^ a negative duration
            expected a duration such as `10ms`
        advance 1s 5ms
                   ^^^ unexpected "5ms"
            expected the end of the line
    "#]]);
}

#[test]
fn strings() {
    check(expect![[r#"
        main: write(wr, "hello) -> 5
                        ^^^^^^^^^^^^ the string is not closed
            expected a closing `"`
        main: write(wr, "hello\")
                        ^^^^^^^^^ the string is not closed
            expected a closing `"`
        main: write(wr, "hello\
                        ^^^^^^^ the string is not closed
            expected a closing `"`
        main: write(wr, 'hello')
                        ^ unexpected "'"
            expected a string in double quotes, as in `"abc"`
        main: write(wr, “hello”)
                        ^ unexpected "“"
            expected a string in double quotes, as in `"abc"`
        main: write(wr, "a\qb")
                          ^^ unknown escape "\q"
            expected one of \n \t \r \0 \\ \" \' \a \b \f \v, `\x7f` or `\177`
        main: write(wr, "a\xgg")
                          ^^ `\x` without a digit
            expected one or two hexadecimal digits, as in `\x7f`
        main: write(wr, "a\777")
                          ^^^^ the escape `\777` does not fit in a byte
            expected at most `\377`
        main: write(wr, "a\u00e9")
                          ^^ unknown escape "\u"
            expected one of \n \t \r \0 \\ \" \' \a \b \f \v, `\x7f` or `\177`
        main: write(wr, "a" "b")
                            ^^^ unexpected "b"
            expected `,` or `)`
        main: write(wr, hello world)
                              ^^^^^ unexpected "world"
            expected `,` or `)`
        main: open("/dev/null, O_RDWR)
                   ^^^^^^^^^^^^^^^^^^^ the string is not closed
            expected a closing `"`
        main: write(wr, "a"|1)
                           ^ unexpected "|"
            expected `,` or `)`
        main: write(wr, "é\é")
                          ^^ unknown escape "\é"
            expected one of \n \t \r \0 \\ \" \' \a \b \f \v, `\x7f` or `\177`
        main: write(wr, 1 "a)
                          ^^^ unexpected string
            expected `,` or `)`
    "#]]);
}
