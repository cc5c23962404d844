//! A playground in which Linux's epoll can be seen at work.
//!
//! The modules stand in the order in which data flows; nothing flows back.
//!
//! ```text
//! scenario text -> script -> session -> kernel -> trace -> scene -> ui -> pixels
//!                               |
//!                             linux (the same script on the real kernel)
//! ```

pub mod i18n;

pub mod script;

pub mod kernel;

pub mod trace;

pub mod scene;

pub mod session;

pub mod lessons;

pub mod share;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub mod linux;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;

#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod api;
