//! The few signs on buttons, drawn so that no font has to have them.

use yew::{Html, html};

/// A sign of the transport.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Start,
    Back,
    Play,
    Pause,
    Forward,
    End,
    Theme,
    /// Breakpoints.
    Break,
    Plus,
    Minus,
    /// All of it in sight.
    Fit,
    /// To what it is about.
    Find,
    /// The lanes of the timeline.
    Lanes,
    Undo,
    Redo,
    Edit,
    /// A new line above, or below.
    Above,
    Below,
    Up,
    Down,
    Delete,
}

/// The sign as an image without words; its button has the words.
pub(super) fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Start => "M3 3h2v10H3zM13 3v10L6 8z",
        Icon::Back => "M11.5 3v10l-8-5zM12 3h1.5v10H12z",
        Icon::Play => "M4 2.5v11l9-5.5z",
        Icon::Pause => "M4 3h3v10H4zM9 3h3v10H9z",
        Icon::Forward => "M4.500 3v10l8-5zM2.500 3H4v10H2.500z",
        Icon::End => "M3 3v10l7-5zM11 3h2v10h-2z",
        Icon::Theme => "M8 1.500a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM8 3v10A5 5 0 018 3z",
        Icon::Break => {
            "M5 1.500h6l3.500 3.500v6L11 14.500H5L1.500 11V5zM8 5a3 3 0 100 6 3 3 0 000-6z"
        }
        Icon::Plus => "M7 3h2v4h4v2H9v4H7V9H3V7h4z",
        Icon::Minus => "M3 7h10v2H3z",
        Icon::Fit => "M1.500 3H3v10H1.500zM13 3h1.500v10H13zM4 8l3-3v2h2V5l3 3-3 3V9H7v2z",
        Icon::Find => {
            "M7.250 1h1.500v2.300A4.800 4.800 0 0112.700 7.250H15v1.500h-2.300A4.800 4.800 0 018.750 12.700V15h-1.500v-2.300A4.800 4.800 0 013.300 8.750H1v-1.500h2.300A4.800 4.800 0 017.250 3.300zM8 6a2 2 0 100 4 2 2 0 000-4z"
        }
        Icon::Undo => "M6.500 2v3H10a4 4 0 010 8.500H4.500v-2H10a2 2 0 000-4.500H6.500v3L1.500 6z",
        Icon::Redo => "M9.500 2v3H6a4 4 0 000 8.500h5.500v-2H6a2 2 0 010-4.500h3.500v3l5-4z",
        Icon::Edit => "M11 1.500l3.500 3.500L6 13.500l-4.500 1 1-4.500z",
        Icon::Above => "M2 11h12v2.500H2zM7 2h2v2.500h2.500v2H9V9H7V6.500H4.500v-2H7z",
        Icon::Below => "M2 2.500h12V5H2zM7 7h2v2.500h2.500v2H9V14H7v-2.500H4.500v-2H7z",
        Icon::Up => "M8 2.500l5 5.500h-3.500v5.500h-3V8H3z",
        Icon::Down => "M8 13.500L3 8h3.500V2.500h3V8H13z",
        Icon::Delete => "M6 1.500h4v1.500h3.500v2h-11V3H6zM3.500 6h9l-.6 8.500H4.100z",
        Icon::Lanes => "M1.500 3h7v2.500h-7zM6 6.750h8.500v2.500H6zM3 10.500h6V13H3z",
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={path} fill="currentColor" fill-rule="evenodd" />
        </svg>
    }
}
