//! Scenario text to statements and back: grammar, diagnostics, printer.
//!
//! Knows the format and nothing else: no kernel, no call, no constant.

#![forbid(unsafe_code)]

pub mod ast;
pub mod diagnostic;
mod parse;
mod print;

pub use ast::{Script, Statement};
pub use diagnostic::Diagnostic;
#[cfg(not(target_arch = "wasm32"))]
pub use diagnostic::{Color, render};
pub use parse::{Reading, parse};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
