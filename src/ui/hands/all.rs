//! All the forms, made anew only when something changed that they show: they are half the page's
//! elements, and hardly ever change from one event to the next.

use std::rc::Rc;

use litemap::LiteMap;
use yew::prelude::*;

use super::fields::folded;
use super::forms::{Form, create, interest, tasks, title, waits};
use super::{calls, load, turns};
use crate::i18n::Lang;
use crate::session::notes::Note;
use crate::tr;
use crate::trace::event::TaskState;
use crate::ui::el::el;
use crate::ui::state::{Dispatch, View};
use crate::ui::{job, past};

/// What the forms are made from.
#[derive(Properties)]
pub(in crate::ui) struct FormsProps {
    pub(in crate::ui) view: View,
    pub(in crate::ui) dispatch: Dispatch,
}

/// What of it the forms show.
#[derive(PartialEq)]
struct Shown<'a> {
    lang: Lang,
    events: usize,
    /// In front of which line goes in what a form does.
    place: Option<usize>,
    form: &'a Form,
    tasks: Vec<(&'a str, &'a TaskState)>,
}

impl FormsProps {
    fn shown(&self) -> Shown<'_> {
        let view = &self.view;
        let tasks = view.scene.tasks.values().map(|task| (task.name.as_str(), &task.state));
        // A long script's forms show its end, see `with_lines`.
        let is_long = view.session().lines().len() > job::LONG;
        Shown {
            lang: view.settings.lang,
            events: view.len(),
            place: if is_long { None } else { past::place(view) },
            form: &view.form,
            tasks: tasks.collect(),
        }
    }

    fn typed(&self) -> &Rc<LiteMap<String, String>> {
        &self.view.hands.typed
    }

    /// Made anew whenever the run is.
    fn notes(&self) -> &Rc<Vec<Note>> {
        &self.view.notes
    }
}

impl PartialEq for FormsProps {
    fn eq(&self, other: &FormsProps) -> bool {
        self.view == other.view
            || Rc::ptr_eq(self.notes(), other.notes())
                && Rc::ptr_eq(self.typed(), other.typed())
                && self.shown() == other.shown()
    }
}

/// All the forms.
#[component]
pub(in crate::ui) fn Forms(FormsProps { view, dispatch }: &FormsProps) -> Html {
    let mut all = interest(view, dispatch);
    all.extend(create(dispatch));
    all.extend(tasks(view, dispatch));
    all.extend(waits(view, dispatch));
    all.push(title(&tr!("hands-turns")));
    all.extend(turns::form(view, dispatch));
    all.push(folded(tr!("hands-any"), calls::form(view, dispatch)));
    all.push(folded(tr!("hands-load"), load::form(view, dispatch)));
    el("div", &["forms"]).children(all).html()
}
