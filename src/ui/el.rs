//! Elements made by plain functions.
//!
//! `html!` is pleasant to read, but it grows anew at each place; the stage is made of so many
//! small elements that the page would weigh a tenth more. Where an element is more than class, place
//! and text, `html!` it is.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VNode, VTag};

use crate::scene::layout::{Fixed, Rect};

use super::state::{Action, Dispatch, Field};

/// An element under construction.
pub(super) struct El {
    tag: VTag,
    /// Which attributes it has, in [`SHAPES`].
    shape: usize,
    values: Vec<Option<AttributeOrProperty>>,
}

/// A list of attributes that elements have, and the lists that are one longer.
struct Shape {
    keys: &'static [&'static str],
    longer: Vec<(&'static str, usize)>,
}

thread_local! {
    /// All that there are: as many as the code writes. Elements with the same list are compared value
    /// by value, while a map would be hashed again and again at each step.
    static SHAPES: RefCell<Vec<Shape>> = RefCell::new(vec![Shape { keys: &[], longer: Vec::new() }]);
}

/// The list with one more attribute, or where in it that attribute is already.
fn longer(shape: usize, name: &'static str) -> Result<usize, usize> {
    SHAPES.with_borrow_mut(|all| {
        let Shape { keys, longer } = &all[shape];
        if let Some((_, known)) = longer.iter().find(|(known, _)| std::ptr::eq(*known, name)) {
            return Ok(*known);
        }
        if let Some(at) = keys.iter().position(|known| *known == name) {
            return Err(at);
        }
        let keys: Vec<_> = keys.iter().copied().chain([name]).collect();
        let new = all.len();
        all[shape].longer.push((name, new));
        all.push(Shape { keys: Box::leak(keys.into_boxed_slice()), longer: Vec::new() });
        Ok(new)
    })
}

/// An element.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &[&str]) -> El {
    let el = El { tag: VTag::new(tag), shape: 0, values: Vec::new() };
    if class.is_empty() { el } else { el.set("class", join(class)) }
}

/// Class names in one string; empty ones are left out.
#[inline(never)]
pub(super) fn join(names: &[&str]) -> String {
    let mut out = String::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(name);
    }
    out
}

impl El {
    /// Its key among its siblings.
    #[inline(never)]
    pub(super) fn key(mut self, key: u64) -> El {
        self.tag.key = Some(Key::from(key));
        self
    }

    /// An attribute.
    #[inline(never)]
    pub(super) fn set(mut self, name: &'static str, value: String) -> El {
        let value = Some(AttributeOrProperty::Attribute(value.into()));
        match longer(self.shape, name) {
            Ok(shape) => {
                self.shape = shape;
                self.values.push(value);
            }
            Err(at) => self.values[at] = value,
        }
        self
    }

    /// Its place.
    pub(super) fn at(self, rect: Rect) -> El {
        self.set("style", place(rect))
    }

    /// A text inside.
    #[inline(never)]
    pub(super) fn text(mut self, text: &str) -> El {
        if !text.is_empty() {
            self.tag.add_child(Html::from(text.to_owned()));
        }
        self
    }

    /// An element inside.
    #[inline(never)]
    pub(super) fn child(mut self, child: Html) -> El {
        self.tag.add_child(child);
        self
    }

    /// Elements inside.
    #[inline(never)]
    pub(super) fn children(mut self, children: Vec<Html>) -> El {
        self.tag.add_children(children);
        self
    }

    /// The element.
    #[inline(never)]
    pub(super) fn html(mut self) -> Html {
        if !self.values.is_empty() {
            let keys = SHAPES.with_borrow(|all| all[self.shape].keys);
            let values = self.values.into_boxed_slice();
            self.tag.set_attributes(Attributes::Dynamic { keys, values });
        }
        Html::from(self.tag)
    }
}

/// A box's place as a style.
#[inline(never)]
pub(super) fn place(rect: Rect) -> String {
    let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(Fixed);
    format!("transform:translate({x}px,{y}px);width:{w}px;height:{h}px")
}

/// A button's looks.
#[derive(Default)]
pub(super) struct Button {
    pub(super) key: Option<u64>,
    pub(super) class: String,
    pub(super) style: Option<String>,
    pub(super) content: Html,
    /// What it is called, where its content does not say so.
    pub(super) name: Option<String>,
    /// Whether it is down, if it can be.
    pub(super) pressed: Option<bool>,
    /// Whether it is the chosen tab, if it is one.
    pub(super) selected: Option<bool>,
    pub(super) off: bool,
}

/// A button that does something.
#[inline(never)]
pub(super) fn button(dispatch: &Dispatch, action: Action, looks: Button) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    let Button { key, class, style, content, name, pressed, selected, off } = looks;
    let word = |on: bool| if on { "true" } else { "false" };
    let mut html = html! {
        <button type="button" {class} {style} title={name.clone()} aria-label={name} disabled={off}
            role={selected.map(|_| "tab")} aria-selected={selected.map(word)} aria-pressed={pressed.map(word)}
            {onclick}>{ content }</button>
    };
    if let (Some(key), VNode::VTag(tag)) = (key, &mut html) {
        Rc::make_mut(tag).key = Some(Key::from(key));
    }
    html
}

/// A plain button with a word on it.
pub(super) fn word_button(dispatch: &Dispatch, class: &str, word: &str, action: Action) -> Html {
    let looks = Button {
        class: class.to_owned(),
        content: Html::from(word.to_owned()),
        ..Button::default()
    };
    button(dispatch, action, looks)
}

/// A choice among values in groups; a group without a name is none.
#[inline(never)]
pub(super) fn grouped(
    dispatch: &Dispatch,
    (class, name): (&'static str, &str),
    field: Field,
    groups: Vec<(String, Vec<(String, String)>)>,
    chosen: &str,
) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Fill(field, select.value()));
    });
    let option = |(value, text): (String, String)| {
        let selected = value == chosen;
        html! { <option key={value.clone()} {selected} {value}>{ text }</option> }
    };
    let group = |(label, options): (String, Vec<(String, String)>)| {
        let options = options.into_iter().map(option);
        if label.is_empty() {
            return html! { <>{ for options }</> };
        }
        html! { <optgroup key={label.clone()} {label}>{ for options }</optgroup> }
    };
    html! {
        <select {class} aria-label={name.to_owned()} {onchange}>{ for groups.into_iter().map(group) }</select>
    }
}

/// A field to type into.
#[inline(never)]
pub(super) fn input(
    dispatch: &Dispatch,
    (class, name, kind): (&'static str, &str, &'static str),
    field: Field,
    value: String,
) -> Html {
    let dispatch = dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        dispatch.dispatch(Action::Fill(field, input.value()));
    });
    html! {
        <input type={kind} {class} aria-label={name.to_owned()} {value} {oninput}
            placeholder={(field == Field::Line).then_some("main: write(wr, 1)")} spellcheck="false" autocomplete="off" autocapitalize="off" />
    }
}
