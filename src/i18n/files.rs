//! The message files that are built in.

use super::Lang;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        const EN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../www/locales/en/", $name, ".ftl")))),*];
        const ZH_CN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../www/locales/zh-CN/", $name, ".ftl")))),*];
    };
}

// One file an area of the page.
files![
    "big",
    "controls",
    "counters",
    "editor",
    "embed",
    "events",
    "events-epoll",
    "events-files",
    "events-tasks",
    "events-waits",
    "funcs",
    "glossary",
    "hands",
    "inspector",
    "keep",
    "page",
    "past",
    "script",
    "stage",
    "timeline",
    "why",
];

/// A language's files: name and text.
pub(super) fn of(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::En => EN,
        Lang::ZhCn => ZH_CN,
    }
}
