//! Two versions side by side: what each call gave, and both stages at the same line.

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::versions::said;
use super::{PastAction, id_text};
use crate::session::SessionLine;
use crate::session::compare::{Comparison, Difference, Pair};
use crate::session::history::VersionId;
use crate::tr;
use crate::ui::app::PartProps;
use crate::ui::el::{Button, button, el, join, word_button};
use crate::ui::job::How;
use crate::ui::stage::Stage;
use crate::ui::state::{Action, Dispatch, State, View};

/// Two versions that are compared.
#[derive(Clone)]
pub(super) struct Compared {
    versions: (VersionId, VersionId),
    comparison: Rc<Comparison>,
    /// The pair of lines behind which both stages stand.
    at: usize,
    left: View,
    right: View,
    /// Where there is room for one stage: the right one.
    shows_right: bool,
}

/// What is done to the comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui) enum CompareAction {
    /// Both stages go to a pair of lines.
    At(usize),
    /// One pair on, or back.
    Step(bool),
    /// To the next pair that differs.
    NextDifference,
    /// Shows one of the stages, where there is room for one.
    Side(bool),
}

impl Compared {
    /// Runs both, and goes to the first difference.
    pub(super) fn new(state: &State, versions: (VersionId, VersionId)) -> Option<Compared> {
        let history = state.past.history();
        let (one, other) = (history.text_of(versions.0)?, history.text_of(versions.1)?);
        if state.awaits(&one, How::Changed) || state.awaits(&other, How::Changed) {
            return None;
        }
        let side = |id: VersionId| {
            let text = history.text_of(id)?;
            let made = state.take_made(&text);
            if let Some(mut made) = made {
                made.settings.embed = true;
                made.go(made.start);
                return Some(made);
            }
            let session = state.session().edited(&text);
            let settings = crate::ui::settings::Settings { embed: true, ..state.settings.clone() };
            Some(State::new(session, None, settings))
        };
        let (left, right) = (side(versions.0)?, side(versions.1)?);
        let comparison = Comparison::of(&left.session(), &right.session());
        let view = |state: State| View(Rc::new(state));
        let mut compared = Compared {
            versions,
            at: 0,
            left: view(left),
            right: view(right),
            shows_right: true,
            comparison: Rc::new(comparison),
        };
        compared.go(compared.comparison.first().unwrap_or_default());
        Some(compared)
    }

    pub(super) fn act(&mut self, action: CompareAction) {
        match action {
            CompareAction::At(at) => self.go(at),
            CompareAction::Step(true) => self.go(self.at + 1),
            CompareAction::Step(false) => self.go(self.at.saturating_sub(1)),
            CompareAction::NextDifference => {
                self.go(self.comparison.next(self.at).unwrap_or(self.at))
            }
            CompareAction::Side(right) => self.shows_right = right,
        }
    }

    /// Both stages to the end of a line, or of what came before where it is missing.
    fn go(&mut self, at: usize) {
        self.at = at.min(self.comparison.pairs.len().saturating_sub(1));
        let (left, right) = self.comparison.lines_at(self.at);
        for (view, line) in [(&mut self.left, left), (&mut self.right, right)] {
            let mut state = (*view.0).clone();
            let end = line.and_then(|line| Some(state.session().lines().get(line)?.events.end));
            state.go(end.unwrap_or_default());
            state.serial += 1;
            *view = View(Rc::new(state));
        }
    }
}

fn action(action: CompareAction) -> Action {
    Action::Past(PastAction::Comparing(action))
}

/// The comparison, in a dialog of the browser's own; it is open as long as it is there.
#[component]
pub(in crate::ui) fn Compare(PartProps { view, dispatch }: &PartProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let at = view.past.compared.as_ref().map(|compared| compared.at);
    {
        let dialog = dialog.clone();
        use_effect_with(at, move |_| show_current(&dialog));
    }
    let close = Action::Past(PastAction::Compare(None));
    let onclose = {
        let (dispatch, close) = (dispatch.clone(), close.clone());
        Callback::from(move |_: Event| dispatch.dispatch(close.clone()))
    };
    // The page's own keys rest while the dialog is open.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let Some(compared) = &view.past.compared else { return Html::default() };
    let class = join(&["compare", if compared.shows_right { "shows-two" } else { "shows-one" }]);
    html! {
        <dialog {class} ref={dialog} {onclose} {onkeydown} aria-labelledby="compare-title">
            <header>
                <h2 id="compare-title">{ tr!("past-compare-title") }</h2>
                { word_button(dispatch, "btn", &tr!("past-compare-close"), close) }
            </header>
            { summary(compared, dispatch) }
            { pairs(compared, dispatch) }
            { sides(view, compared, dispatch) }
            <div class="both">
                { stage(view, compared, dispatch, false) }
                { stage(view, compared, dispatch, true) }
            </div>
        </dialog>
    }
}

/// Where the first difference is, how many calls give something else, and the way there.
fn summary(compared: &Compared, dispatch: &Dispatch) -> Html {
    let comparison = &compared.comparison;
    let first = comparison.first().and_then(|at| comparison.pairs.get(at));
    let words = match first {
        None => tr!("past-compare-same"),
        Some(Pair { left, right, .. }) => {
            let line = right.or(*left).map_or(0, |line| line + 1);
            tr!("past-compare-first", line = line, n = comparison.results())
        }
    };
    let text = el("p", &[]).set("role", "status".to_owned()).text(&words).html();
    let next = Button {
        class: "btn".to_owned(),
        content: Html::from(tr!("past-compare-next")),
        off: first.is_none(),
        ..Button::default()
    };
    let next = button(dispatch, action(CompareAction::NextDifference), next);
    el("div", &["summary"]).child(text).child(next).html()
}

/// The lines of both, with what each gave.
fn pairs(compared: &Compared, dispatch: &Dispatch) -> Html {
    let comparison = &compared.comparison;
    let first = comparison.first();
    let (left, right) = (compared.left.session(), compared.right.session());
    let rows = comparison.pairs.iter().enumerate().map(|(n, pair)| {
        let line =
            |side: Option<usize>, lines: &[SessionLine]| side.and_then(|at| lines.get(at).cloned());
        let lines = (line(pair.left, left.lines()), line(pair.right, right.lines()));
        row(dispatch, (n, pair), lines, (n == compared.at, first == Some(n)))
    });
    let rows = rows.collect::<Vec<_>>();
    let dispatch = dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => CompareAction::Step(true),
            "ArrowUp" => CompareAction::Step(false),
            _ => return,
        };
        event.prevent_default();
        dispatch.dispatch(action(step));
    });
    html! { <ol class="pairs" tabindex="0" aria-label={tr!("past-compare-lines")} {onkeydown}>{ for rows }</ol> }
}

fn row(
    dispatch: &Dispatch,
    (n, pair): (usize, &Pair),
    (left, right): (Option<SessionLine>, Option<SessionLine>),
    (is_current, is_first): (bool, bool),
) -> Html {
    let (sign, class) = match (pair.difference, pair.left.is_some()) {
        (Difference::Nothing, _) => ("", ""),
        (Difference::Result, _) => ("≠", "result"),
        (Difference::Call, _) => ("~", "call"),
        (Difference::Alone, true) => ("−", "gone"),
        (Difference::Alone, false) => ("+", "new"),
    };
    let word = match pair.difference {
        Difference::Nothing => String::new(),
        Difference::Result => tr!("past-pair-result"),
        Difference::Call => tr!("past-pair-call"),
        Difference::Alone if pair.left.is_some() => tr!("past-pair-gone"),
        Difference::Alone => tr!("past-pair-new"),
    };
    let number =
        |line: &Option<SessionLine>| line.as_ref().map_or(String::new(), |l| l.number.to_string());
    let text = |line: &Option<SessionLine>| {
        line.as_ref().map_or(String::new(), |l| l.text.trim().to_owned())
    };
    let gave = |line: &Option<SessionLine>| match line {
        None => tr!("past-pair-none"),
        Some(line) => match (line.said(), line.problems.first()) {
            (Some("blocks"), _) => tr!("page-blocks"),
            (Some(said), _) => said.to_owned(),
            (None, Some(problem)) => format!("✗ {}", problem.message),
            (None, None) => String::new(),
        },
    };
    let code = match (&left, &right) {
        (Some(a), Some(b)) if a.text.trim() == b.text.trim() => el("code", &[]).text(b.text.trim()),
        (Some(_), Some(_)) => el("code", &[])
            .child(el("del", &[]).text(&text(&left)).html())
            .child(el("ins", &[]).text(&text(&right)).html()),
        (Some(_), None) => el("code", &[]).child(el("del", &[]).text(&text(&left)).html()),
        _ => el("code", &[]).child(el("ins", &[]).text(&text(&right)).html()),
    };
    let mut results =
        el("span", &["results"]).child(el("span", &["r-one"]).text(&gave(&left)).html());
    if pair.differs() {
        results = results.child(el("span", &["r-two"]).text(&gave(&right)).html());
    }
    let first = if is_first {
        el("b", &["first"]).text(&tr!("past-pair-first")).html()
    } else {
        Html::default()
    };
    let dispatch = dispatch.clone();
    let onclick =
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action(CompareAction::At(n))));
    let class = join(&[
        class,
        if is_current { "cur" } else { "" },
        if is_first { "first-row" } else { "" },
    ]);
    let sign = html! { <span class="sign" title={word.clone()} aria-hidden="true">{ sign }</span> };
    html! {
        <li key={n} {class} {onclick} aria-current={is_current.then_some("true")}>
            <i>{ number(&left) }</i><i>{ number(&right) }</i>{ sign }
            <span class="what">
                { first }
                if !word.is_empty() { <span class="sr">{ word }</span> }
                { code.html() }{ results.html() }
            </span>
        </li>
    }
}

/// The switch between the stages, where there is room for one.
fn sides(view: &View, compared: &Compared, dispatch: &Dispatch) -> Html {
    let one = |right: bool| {
        let looks = Button {
            class: "btn".to_owned(),
            content: Html::from(name(view, compared, right)),
            pressed: Some(compared.shows_right == right),
            ..Button::default()
        };
        button(dispatch, action(CompareAction::Side(right)), looks)
    };
    el("div", &["which"])
        .set("role", "group".to_owned())
        .set("aria-label", tr!("past-compare-stages"))
        .child(one(false))
        .child(one(true))
        .html()
}

/// What a side is called: the number of its version, and what was done there.
fn name(view: &View, compared: &Compared, right: bool) -> String {
    let id = if right { compared.versions.1 } else { compared.versions.0 };
    let history = view.past.history();
    let what = history.version(id).map(|version| said(&version.what, Some(version)));
    id_text(id, &what.unwrap_or_default())
}

/// A stage that is looked at only: what is on it can be read, call by call, in the list.
fn stage(view: &View, compared: &Compared, dispatch: &Dispatch, right: bool) -> Html {
    let side = if right { &compared.right } else { &compared.left };
    let name = name(view, compared, right);
    let class = if right { "v-two" } else { "v-one" };
    let title = el("h3", &[]).text(&name).html();
    html! {
        <section {class} aria-label={name} tabindex="0">
            { title }
            <div class="look" inert={true}>
                <Stage view={side.clone()} dispatch={dispatch.clone()} />
            </div>
        </section>
    }
}

/// Keeps the current pair in sight.
fn show_current(dialog: &NodeRef) {
    let list = dialog.cast::<web_sys::Element>();
    let row = list.and_then(|list| list.query_selector(".pairs .cur").ok().flatten());
    let Some((row, list)) = row.and_then(|row| Some((row.clone(), row.parent_element()?))) else {
        return;
    };
    let (outer, inner) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        let by = inner.top() - outer.top() - outer.height() * 0.4;
        list.set_scroll_top(list.scroll_top() + by as i32);
    }
}
