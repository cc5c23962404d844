//! Forms that write script lines: `epoll_ctl`, `epoll_wait`, new descriptors and threads, the clock.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::app::PartProps;
use super::lines::Lines;
use super::state::{Action, Dispatch, State, View};
use crate::kernel::abi::{Events, Fd};
use crate::scene::explain::kind_text;
use crate::trace::event::{FileKind, TaskState};

/// The toggles of a mask, with their short names.
pub(super) const TOGGLES: [(Events, &str); 5] = [
    (Events::EPOLLIN, "EPOLLIN"),
    (Events::EPOLLOUT, "EPOLLOUT"),
    (Events::EPOLLET, "EPOLLET"),
    (Events::EPOLLONESHOT, "EPOLLONESHOT"),
    (Events::EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE"),
];

/// Calls `write` with what the session looks like at its end.
pub(super) fn with_lines<T>(state: &State, write: impl FnOnce(&Lines<'_>) -> T) -> T {
    let session = state.session();
    let last = session.records().len();
    if state.position == last {
        return write(&Lines { session: &session, scene: &state.scene });
    }
    let scene = session.scene_at(last);
    write(&Lines { session: &session, scene: &scene })
}

/// All the forms.
#[component]
pub(super) fn Forms(PartProps { view, dispatch }: &PartProps) -> Html {
    html! {
        <div class="forms">
            <CtlForm view={view.clone()} dispatch={dispatch.clone()} />
            { creation(view, dispatch) }
            <WaitForm view={view.clone()} dispatch={dispatch.clone()} />
            { tasks(view, dispatch) }
        </div>
    }
}

fn creation(view: &View, dispatch: &Dispatch) -> Html {
    let button = |kind: &'static str| {
        let (view, dispatch) = (view.clone(), dispatch.clone());
        let onclick = move |_| {
            let line = with_lines(&view, |lines| lines.create(kind));
            dispatch.dispatch(Action::Append(line));
        };
        html! { <button type="button" class="btn" {onclick}>{ kind }</button> }
    };
    html! {
        <>
            <h2>{ "New descriptor" }</h2>
            <div class="row">{ for ["eventfd", "pipe", "socketpair", "epoll"].into_iter().map(button) }</div>
        </>
    }
}

fn tasks(view: &View, dispatch: &Dispatch) -> Html {
    let (threads, clock) = (view.clone(), view.clone());
    let thread = {
        let dispatch = dispatch.clone();
        move |_| {
            let name = with_lines(&threads, |lines| lines.new_thread());
            dispatch.dispatch(Action::Append(format!("{name}: nop()")));
        }
    };
    let advance = |ms: &'static str| {
        let dispatch = dispatch.clone();
        move |_| dispatch.dispatch(Action::Append(format!("advance {ms}")))
    };
    let stopped = clock.scene.tasks.values().filter(|t| matches!(t.state, TaskState::Stopped(_)));
    let resume = stopped.map(|task| {
        let (dispatch, name) = (dispatch.clone(), task.name.clone());
        let onclick = move |_| dispatch.dispatch(Action::Append(format!("{name}: continue")));
        html! { <button type="button" class="btn" {onclick}>{ format!("continue {}", task.name) }</button> }
    });
    html! {
        <>
            <h2>{ "Tasks and time" }</h2>
            <div class="row">
                <button type="button" class="btn" onclick={thread}>{ "+ thread" }</button>
                <button type="button" class="btn" onclick={advance("10ms")}>{ "clock + 10 ms" }</button>
                <button type="button" class="btn" onclick={advance("1s")}>{ "+ 1 s" }</button>
                { for resume }
            </div>
        </>
    }
}

/// The value of a `<select>`, if it is a number.
fn chosen(select: &NodeRef) -> Option<Fd> {
    select.cast::<HtmlSelectElement>().and_then(|s| s.value().parse().ok())
}

fn fd_options(view: &View, choose: Choose, wanted: impl Fn(FileKind) -> bool) -> Vec<Html> {
    let option = |lines: &Lines<'_>, fd: Fd, kind: FileKind, chosen: bool| {
        let name = lines.session.name_of(fd).map_or_else(String::new, |name| format!(" {name}"));
        html! { <option key={fd} value={fd.to_string()} selected={chosen}>{ format!("fd {fd}{name} · {}", kind_text(kind)) }</option> }
    };
    with_lines(view, |lines| {
        let all: Vec<_> = lines.watchable().into_iter().filter(|(_, kind)| wanted(*kind)).collect();
        let chosen = match choose {
            Choose::First => all.first(),
            Choose::Last => all.last(),
            Choose::None => None,
        };
        let chosen = chosen.map(|(fd, _)| *fd);
        all.into_iter().map(|(fd, kind)| option(lines, fd, kind, Some(fd) == chosen)).collect()
    })
}

/// Which option stands chosen at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choose {
    First,
    Last,
    None,
}

fn is_epoll(kind: FileKind) -> bool {
    matches!(kind, FileKind::Eventpoll(_))
}

/// `epoll_ctl`.
#[component]
fn CtlForm(PartProps { view, dispatch }: &PartProps) -> Html {
    let (fd, ep) = (use_node_ref(), use_node_ref());
    let mask = use_state(|| Events::EPOLLIN);
    let chip = |(bit, name): (Events, &'static str)| {
        let mask = mask.clone();
        let on = mask.contains(bit);
        let onclick = move |_| mask.set(*mask ^ bit);
        html! { <button type="button" class={classes!("chip", on.then_some("on"))} aria-pressed={on.to_string()} {onclick}>{ name }</button> }
    };
    let op = |op: &'static str| {
        let (view, dispatch, fd, ep, mask) =
            (view.clone(), dispatch.clone(), fd.clone(), ep.clone(), *mask);
        let onclick = move |_| {
            let (Some(fd), Some(ep)) = (chosen(&fd), chosen(&ep)) else { return };
            let data = u64::try_from(fd).unwrap_or_default();
            let line = with_lines(&view, |lines| lines.ctl(ep, op, fd, mask, data));
            dispatch.dispatch(Action::Append(line));
        };
        let class = if op == "ADD" { "btn on" } else { "btn" };
        let text = if op == "ADD" { "epoll_ctl ADD" } else { op };
        html! { <button type="button" {class} {onclick}>{ text }</button> }
    };
    html! {
        <>
            <h2>{ "Add to the interest set" }</h2>
            <div class="row">
                <select class="sel grow" ref={fd.clone()} aria-label="Descriptor">{ for fd_options(view, Choose::Last, |kind| !is_epoll(kind)) }{ for fd_options(view, Choose::None, is_epoll) }</select>
                <select class="sel" ref={ep.clone()} aria-label="epoll instance">{ for fd_options(view, Choose::First, is_epoll) }</select>
            </div>
            <div class="row">{ for TOGGLES.into_iter().map(chip) }</div>
            <div class="row">{ for ["ADD", "MOD", "DEL"].into_iter().map(op) }</div>
        </>
    }
}

/// `epoll_wait`.
#[component]
fn WaitForm(PartProps { view, dispatch }: &PartProps) -> Html {
    let (task, ep, max, timeout) = (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let idle = with_lines(view, |lines| {
        let mut names = lines.idle();
        names.push(lines.new_thread());
        names
    });
    let onclick = {
        let (view, dispatch) = (view.clone(), dispatch.clone());
        let (task, ep, max, timeout) = (task.clone(), ep.clone(), max.clone(), timeout.clone());
        move |_| {
            let number = |input: &NodeRef| {
                input.cast::<HtmlInputElement>().map(|i| i.value().parse().unwrap_or(-1i32))
            };
            let who = task.cast::<HtmlSelectElement>().map(|s| s.value());
            let (Some(who), Some(ep)) = (who, chosen(&ep)) else { return };
            let (max, timeout) = (number(&max).unwrap_or(8), number(&timeout).unwrap_or(-1));
            let ep = with_lines(&view, |lines| lines.fd(ep));
            dispatch.dispatch(Action::Append(format!(
                "{who}: epoll_wait({ep}, {max}, {timeout}) -> _"
            )));
        }
    };
    let count = idle.len();
    let option = |(n, name): (usize, String)| {
        let text = if n + 1 == count { format!("{name} (new)") } else { name.clone() };
        html! { <option key={name.clone()} value={name} selected={n == 0}>{ text }</option> }
    };
    html! {
        <>
            <h2>{ "Wait" }</h2>
            <div class="row">
                <select class="sel" ref={task} aria-label="Task">{ for idle.into_iter().enumerate().map(option) }</select>
                <select class="sel grow" ref={ep} aria-label="epoll instance to wait on">{ for fd_options(view, Choose::First, is_epoll) }</select>
            </div>
            <div class="row tight">
                <label>{ "max " }<input ref={max} class="field num" type="number" min="1" value="8" /></label>
                <label>{ "ms " }<input ref={timeout} class="field num" type="number" min="-1" value="-1" /></label>
                <button type="button" class="btn" {onclick}>{ "epoll_wait" }</button>
            </div>
        </>
    }
}
