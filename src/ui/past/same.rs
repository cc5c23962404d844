//! What is selected, found again in another run: by what it is called there, not by its key.

use crate::kernel::abi::Fd;
use crate::scene::Scene;
use crate::scene::arrows::Thing;
use crate::ui::state::State;

/// What a thing is, whatever its key.
pub(super) enum Meaning {
    /// A task of this name.
    Task(String),
    /// The open file behind a descriptor.
    File(Fd),
    /// The item of an instance that watches a descriptor.
    Item(Fd, Fd),
    /// An instance, or a part of it.
    Ep(Fd, Thing),
    /// Known by nothing else.
    Key(Thing),
}

/// What a thing means in this run.
pub(super) fn meaning(state: &State, thing: Thing) -> Option<Meaning> {
    let (scene, names) = (&state.scene, &state.names);
    Some(match thing {
        Thing::Task(task) => Meaning::Task(scene.tasks.get(&task)?.name.clone()),
        Thing::File(file) => names.fd(file).map_or(Meaning::Key(thing), Meaning::File),
        Thing::Item(epi) => {
            let item = scene.epitems.get(&epi)?;
            Meaning::Item(names.ep_fd(item.new.ep), item.new.fd)
        }
        Thing::Ep(ep) | Thing::Locks(ep) | Thing::List(ep, _) => {
            Meaning::Ep(names.ep_fd(ep), thing)
        }
        thing => Meaning::Key(thing),
    })
}

/// The same part of another instance.
fn part(of: Thing, ep: Thing) -> Thing {
    match (of, ep) {
        (Thing::Locks(_), Thing::Ep(ep)) => Thing::Locks(ep),
        (Thing::List(_, kind), Thing::Ep(ep)) => Thing::List(ep, kind),
        (_, ep) => ep,
    }
}

/// What it is in this run, at this position; nothing if it is not there.
pub(super) fn find(state: &State, meaning: &Meaning) -> Option<Thing> {
    let (scene, names): (&Scene, _) = (&state.scene, &state.names);
    match meaning {
        Meaning::Task(name) => {
            let (task, _) = scene.tasks.iter().find(|(_, task)| task.name == *name)?;
            Some(Thing::Task(*task))
        }
        Meaning::File(fd) => {
            let mut files = scene.files.keys();
            files.find(|file| names.fd(**file) == Some(*fd)).map(|file| Thing::File(*file))
        }
        Meaning::Item(ep, fd) => {
            let mut items = scene.epitems.iter();
            let is_it =
                |item: &crate::scene::Epitem| item.new.fd == *fd && names.ep_fd(item.new.ep) == *ep;
            items.find(|(_, item)| is_it(item)).map(|(epi, _)| Thing::Item(*epi))
        }
        Meaning::Ep(fd, of) => {
            let ep = scene.eventpolls.keys().find(|ep| names.ep_fd(**ep) == *fd)?;
            Some(part(*of, Thing::Ep(*ep)))
        }
        Meaning::Key(thing) => Some(*thing).filter(|thing| scene.has(*thing)),
    }
}
