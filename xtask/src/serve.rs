//! `cargo xtask serve`: the page on this machine, rebuilt on every change.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use xshell::cmd;

use crate::project::Project;
use crate::tools::{self, Packages, Tool, Trunk, WasmBindgen, WasmOpt, WasmTarget};

/// Where the search for a free port begins.
const FIRST_PORT: u16 = 8080;

/// Options of `serve`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The port to serve on; without it, the first free one from 8080.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Serve the optimised build: smaller and faster, but it takes longer to make.
    #[arg(long)]
    release: bool,
    /// Open the page in the default browser.
    #[arg(long)]
    open: bool,
}

/// Brings the tools, then serves until it is interrupted.
pub(crate) fn run(project: &Project, args: &Args) -> Result<()> {
    let mut needed: Vec<&dyn Tool> = vec![&WasmTarget, &Trunk, &WasmBindgen, &Packages];
    if args.release {
        needed.push(&WasmOpt);
    }
    tools::ensure_all(project, &needed)?;

    let port = match args.port {
        Some(port) => {
            ensure!(is_free(port), "port {port} is taken: choose another, or leave out --port");
            port
        }
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find(|port| is_free(*port))
            .context("no port from 8080 on is free: choose one with --port")?,
    };

    println!("\nBuilding the page; its address follows as soon as it is there …");
    thread::spawn(move || announce(port));

    // A folder of its own: dist/ keeps the release build.
    let dist = project.root.join("target/dist-dev");
    let port = port.to_string();
    let release = args.release.then_some("--release");
    let open = args.open.then_some("--open");
    project.run(tools::trunk(cmd!(
        project.shell,
        "trunk serve --dist {dist} --port {port} --disable-address-lookup {release...} {open...}"
    )))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Prints the address once somebody listens there: trunk does when the first build is done.
fn announce(port: u16) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        thread::sleep(Duration::from_millis(200));
    }
    println!("\n    The page is at http://{address}/ (Ctrl-C ends)\n");
}
