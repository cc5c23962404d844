//! Words in the reader's language: Fluent messages from `www/locales`.
//!
//! The language is the page's as a whole, so it is kept here and not handed down through every
//! function: [`set`] chooses it, [`tr!`](crate::tr) says a message in it. The command-line tool never
//! chooses and speaks English. Kernel names, calls and flags are never translated: they are arguments.
//!
//! A message that a language lacks is said in English; a test keeps the languages complete.

#![forbid(unsafe_code)]

mod files;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;

use fluent_bundle::types::FluentNumberOptions;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::{LanguageIdentifier, langid};

pub use fluent_bundle::FluentValue;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
}

impl Lang {
    /// All of them.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::ZhCn];

    /// Its BCP 47 tag, as in the page's `lang` attribute, in links, and as its folder's name.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::ZhCn => "zh-CN",
        }
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::ZhCn => "中文",
        }
    }

    /// The language that a reader wants who asks for these tags, best first; English if for none.
    pub fn wanted<'a>(tags: impl IntoIterator<Item = &'a str>) -> Lang {
        let wanted: Vec<LanguageIdentifier> =
            tags.into_iter().filter_map(|tag| tag.parse().ok()).collect();
        let ours = Lang::ALL.map(Lang::id);
        let english = Lang::En.id();
        let found =
            negotiate_languages(&wanted, &ours, Some(&english), NegotiationStrategy::Lookup);
        let found = found.first().copied();
        Lang::ALL.into_iter().find(|lang| Some(&lang.id()) == found).unwrap_or_default()
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let id: LanguageIdentifier = tag.parse().ok()?;
        Lang::ALL.into_iter().find(|lang| lang.id().language == id.language)
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Lang::En => langid!("en"),
            Lang::ZhCn => langid!("zh-CN"),
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    static CURRENT: Cell<Lang> = const { Cell::new(Lang::En) };
    static BUNDLES: RefCell<[Option<Rc<Bundle>>; Lang::ALL.len()]> = const { RefCell::new([None, None]) };
}

/// So many sentences are kept at most.
const MOST_SAID: usize = 4000;

thread_local! {
    /// What was said lately, by language, message and arguments: a page says the same things again
    /// with each step, and putting a sentence together takes longer than finding it.
    static SAID: RefCell<HashMap<String, String>> = RefCell::default();
}

/// Chooses the language of this thread.
pub fn set(lang: Lang) {
    CURRENT.set(lang);
}

/// The language of this thread.
pub fn current() -> Lang {
    CURRENT.get()
}

/// A message by its name, or an attribute of one as `message.attribute`, with its arguments filled
/// in. [`tr!`](crate::tr) is the short way to write it.
///
/// A message that there is not gives its own name: the tests find it, a reader still sees something.
pub fn say(id: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    let key = key(id, args);
    if let Some(known) = SAID.with_borrow(|all| key.as_ref().and_then(|key| all.get(key).cloned()))
    {
        return known;
    }
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let lang = current();
    let said = said(lang, id, &args).or_else(|| said(Lang::En, id, &args));
    let said = said.unwrap_or_else(|| id.to_owned());
    if let Some(key) = key {
        SAID.with_borrow_mut(|all| {
            if all.len() >= MOST_SAID {
                all.clear();
            }
            all.insert(key, said.clone());
        });
    }
    said
}

/// What a sentence is kept under; nothing if that would take more than text and plain numbers.
fn key(id: &str, args: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
    let mut key = String::with_capacity(64);
    key.push_str(current().tag());
    key.push('\0');
    key.push_str(id);
    for (name, value) in args {
        let written = match value {
            FluentValue::String(text) => write!(key, "\0{name}\0{}\0{text}", text.len()),
            FluentValue::Number(n) if n.options == FluentNumberOptions::default() => {
                write!(key, "\0{name}\0#{}", n.value)
            }
            _ => return None,
        };
        written.ok()?;
    }
    Some(key)
}

/// Whether the current language, or English, has a message.
pub fn has(id: &str) -> bool {
    said(current(), id, &FluentArgs::new()).is_some()
        || said(Lang::En, id, &FluentArgs::new()).is_some()
}

fn said(lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = bundle(lang);
    let (message, attribute) = match id.split_once('.') {
        Some((message, attribute)) => (message, Some(attribute)),
        None => (id, None),
    };
    let message = bundle.get_message(message)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
}

fn bundle(lang: Lang) -> Rc<Bundle> {
    BUNDLES.with_borrow_mut(|bundles| {
        let slot = &mut bundles[lang as usize];
        Rc::clone(slot.get_or_insert_with(|| Rc::new(read(lang))))
    })
}

fn read(lang: Lang) -> Bundle {
    let mut bundle = FluentBundle::new(vec![lang.id()]);
    // No marks around arguments: both languages run from left to right.
    bundle.set_use_isolating(false);
    for (_, source) in files::of(lang) {
        // What can be read of a file counts; the tests see that it is all of it.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(part, _)| part);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// Says a message in the current language: `tr!("wake-end", task = name, count = 3)`.
///
/// A count chooses the plural form; text goes in as it is.
#[macro_export]
macro_rules! tr {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::say($id, &[$((stringify!($name), $crate::i18n::FluentValue::from($value))),*])
    };
}
