//! The one binary: the page on wasm32, the command-line tool elsewhere.

#![forbid(unsafe_code)]

#[cfg(target_arch = "wasm32")]
fn main() {
    epoll_playground::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    epoll_playground::cli::main()
}
