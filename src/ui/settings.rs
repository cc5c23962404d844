//! How a person wants to look: speed, theme, tab; and what the address asks for.

use std::cell::RefCell;
use std::rc::Rc;

use litemap::LiteMap;
use wasm_bindgen::prelude::*;
use web_sys::{MediaQueryList, UrlSearchParams};

use crate::i18n::Lang;
use crate::tr;

/// A sentence in whatever language is the reader's when it is said.
pub(super) type Words = Rc<dyn Fn() -> String>;

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|t| t.name() == name)
    }

    pub(super) fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }
}

/// What a small page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Stage,
    Script,
    Inside,
}

impl Tab {
    pub(super) const ALL: [Tab; 3] = [Tab::Stage, Tab::Script, Tab::Inside];

    pub(super) fn name(self) -> String {
        match self {
            Tab::Stage => tr!("page-tab-stage"),
            Tab::Script => tr!("page-tab-script"),
            Tab::Inside => tr!("page-tab-inside"),
        }
    }

    /// Its button's style class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Tab::Stage => "tab-stage",
            Tab::Script => "tab-script",
            Tab::Inside => "tab-inside",
        }
    }

    /// What the style sheet calls it.
    pub(super) fn id(self) -> &'static str {
        self.class().trim_start_matches("tab-")
    }
}

/// How fast events follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speed {
    /// In quarters of the plain speed.
    Quarters(u32),
    /// As fast as can be, nothing moves.
    Still,
}

impl Speed {
    /// The plain speed.
    pub(super) const PLAIN: Speed = Speed::Quarters(4);

    pub(super) const ALL: [(Speed, &str); 8] = [
        (Speed::Quarters(1), "0.25×"),
        (Speed::Quarters(2), "0.5×"),
        (Speed::PLAIN, "1×"),
        (Speed::Quarters(8), "2×"),
        (Speed::Quarters(16), "4×"),
        (Speed::Quarters(32), "8×"),
        (Speed::Quarters(64), "16×"),
        (Speed::Still, "no animation"),
    ];

    /// How long something takes to move, in ms.
    pub(super) fn motion_ms(self) -> u32 {
        match self {
            Speed::Quarters(quarters) if quarters < 64 => 1680 / quarters.max(4),
            Speed::Quarters(_) | Speed::Still => 0,
        }
    }

    /// How long a beat lasts in ms, and how many are taken at once.
    pub(super) fn beat(self, at_1x_ms: u32) -> (u32, usize) {
        let quarters = match self {
            Speed::Quarters(quarters) => quarters,
            Speed::Still => 64,
        };
        let beat_ms = (at_1x_ms * 4 / quarters).max(1);
        if beat_ms >= 50 { (beat_ms, 1) } else { (50, (50 / beat_ms) as usize) }
    }
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    pub(super) embed: bool,
    pub(super) theme: Theme,
    pub(super) lang: Lang,
    pub(super) speed: Speed,
    pub(super) tab: Tab,
    /// Playback rests at the remarks of a lesson.
    pub(super) rests: bool,
}

/// What the address asks for.
pub(super) struct Link {
    pub(super) settings: Settings,
    pub(super) lesson: usize,
    pub(super) at: Option<usize>,
    /// A line of the script to start before, counted from 1.
    pub(super) line: Option<u32>,
    pub(super) play: bool,
    /// Playing goes round between these, counted as the page counts.
    pub(super) round: Option<(usize, usize)>,
    /// It asks for no scenario and no place.
    pub(super) is_bare: bool,
    /// What of it could not be had.
    pub(super) complaint: Option<Words>,
}

impl Link {
    /// Reads the page's address. What is wrong in it becomes a message and a sane default.
    pub(super) fn read() -> Link {
        let query = web_sys::window().and_then(|w| w.location().search().ok()).unwrap_or_default();
        let get = |key: &str| UrlSearchParams::new_with_str(&query).ok().and_then(|p| p.get(key));
        let mut complaints: Vec<Words> = Vec::new();
        let tagged = |tag: String| Lang::from_tag(&tag);
        let lang = get("lang").and_then(tagged).or_else(|| recall("lang").and_then(tagged));
        let lang = lang.unwrap_or_else(browsers);
        crate::i18n::set(lang);
        if let Some(tag) = get("lang").filter(|tag| Lang::from_tag(tag).is_none()) {
            complaints.push(Rc::new(move || tr!("page-no-lang", text = tag.as_str())));
        }
        if let Some(name) = get("theme").filter(|name| Theme::from_name(name).is_none()) {
            complaints.push(Rc::new(move || tr!("page-no-theme", text = name.as_str())));
        }
        if let Some(text) = get("line").filter(|text| text.parse::<u32>().is_err()) {
            complaints.push(Rc::new(move || tr!("page-no-line", text = text.as_str())));
        }
        let lesson = get("scenario").map_or(crate::lessons::FIRST, |id| {
            let found = crate::lessons::ALL.iter().position(|lesson| lesson.id == id);
            found.unwrap_or_else(|| {
                complaints.push(Rc::new(move || tr!("page-no-scenario", id = id.as_str())));
                crate::lessons::FIRST
            })
        });
        let at = get("at").and_then(|text| {
            let at = text.parse().ok();
            if at.is_none() {
                let complaint = move || tr!("page-no-position", text = text.as_str());
                complaints.push(Rc::new(complaint));
            }
            at
        });
        let round = get("loop").and_then(|text| {
            let range = super::embed::range(&text);
            if range.is_none() {
                complaints.push(Rc::new(move || tr!("embed-no-loop", text = text.as_str())));
            }
            range
        });
        let is_on = |key: &str| get(key).is_some_and(|value| value != "0");
        let named = |name: String| Theme::from_name(&name);
        // A figure has the theme of its host, and not what its reader chose for the page.
        let kept = || recall("theme").filter(|_| !is_on("embed")).and_then(named);
        let theme = get("theme").and_then(named).or_else(kept);
        let theme = theme.unwrap_or(Theme::Auto);
        Link {
            settings: Settings {
                embed: is_on("embed"),
                theme,
                lang,
                speed: Speed::PLAIN,
                tab: Tab::Stage,
                rests: !is_on("embed"),
            },
            lesson,
            at,
            line: get("line").and_then(|text| text.parse().ok()),
            play: is_on("play"),
            round,
            is_bare: ["scenario", "at", "line"].iter().all(|key| get(key).is_none()),
            complaint: (!complaints.is_empty()).then(|| {
                let say = move || complaints.iter().map(|say| say()).collect::<Vec<_>>().join(" ");
                Rc::new(say) as Words
            }),
        }
    }
}

/// The language that the browser asks for.
fn browsers() -> Lang {
    let tags = web_sys::window().map(|w| w.navigator().languages()).unwrap_or_default();
    let tags: Vec<String> = tags.iter().filter_map(|tag| tag.as_string()).collect();
    Lang::wanted(tags.iter().map(String::as_str))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = getItem)]
    fn get_item(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_namespace = localStorage, js_name = setItem)]
    fn set_item(key: &str, value: &str) -> Result<(), JsValue>;
}

/// What was remembered on an earlier visit; nothing where the browser keeps nothing.
fn recall(key: &str) -> Option<String> {
    get_item(key).ok().flatten()
}

/// Remembers a choice for the next visit, where the browser lets it.
pub(super) fn remember(key: &str, value: &str) {
    // A page that may keep nothing works all the same.
    let _ = set_item(key, value);
}

/// Makes everything that is said from now on, and the document itself, be in a language.
pub(super) fn apply_lang(lang: Lang, title: Option<&str>) {
    crate::i18n::set(lang);
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("lang", lang.tag());
    }
    match title {
        Some(title) => document.set_title(&tr!("page-title-of", title = title)),
        None => document.set_title(&tr!("page-title")),
    }
    if let Ok(Some(meta)) = document.query_selector("meta[name=description]") {
        let _ = meta.set_attribute("content", &tr!("page-description"));
    }
}

/// Tells the page's root element which theme it is.
pub(super) fn apply_theme(theme: Theme) {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    if let Some(root) = root {
        let _ = match theme {
            Theme::Auto => root.remove_attribute("data-theme"),
            theme => root.set_attribute("data-theme", theme.name()),
        };
    }
}

/// Whether the person asked the system for less motion.
pub(super) fn wants_less_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// Whether the browser is asked for dark pages.
pub(super) fn prefers_dark() -> bool {
    matches_media("(prefers-color-scheme: dark)")
}

/// Whether fingers do the pointing.
pub(super) fn has_coarse_pointer() -> bool {
    matches_media("(pointer: coarse)")
}

thread_local! {
    /// The questions asked of the browser so far: it keeps the answers up to date.
    static MEDIA: RefCell<LiteMap<&'static str, MediaQueryList>> = RefCell::default();
}

fn matches_media(query: &'static str) -> bool {
    MEDIA.with_borrow_mut(|known| {
        if let Some(list) = known.get(query) {
            return list.matches();
        }
        let list = web_sys::window().and_then(|w| w.match_media(query).ok().flatten());
        list.is_some_and(|list| {
            let matches = list.matches();
            known.insert(query, list);
            matches
        })
    })
}
