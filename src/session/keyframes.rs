//! Scenes kept on the way through a run, so that any moment is found by a short fold.

use std::cell::RefCell;

use crate::scene::Scene;
use crate::trace::Record;

/// Keyframes are this far apart to begin with.
const APART: usize = 128;
/// When there are more than so many, every second one goes and the rest stand twice as far apart: a
/// long run takes no more memory for them than a short one, and a look at any moment folds a
/// hundredth of it.
const MOST: usize = 192;
/// How far back a look leaves a scene for the next one: who goes back step by step folds this much.
const BEHIND: usize = 256;

/// The scenes at every so many events, from 0 on.
#[derive(Clone, Debug)]
pub(super) struct Keyframes {
    apart: usize,
    scenes: Vec<Scene>,
    /// The scene after the last event that was learnt.
    last: (usize, Scene),
    /// The scene a little before the moment that was looked at last.
    behind: RefCell<Option<(usize, Scene)>>,
}

impl Default for Keyframes {
    fn default() -> Keyframes {
        let scenes = vec![Scene::default()];
        Keyframes { apart: APART, scenes, last: Default::default(), behind: RefCell::default() }
    }
}

impl Keyframes {
    /// Takes note of the events that are new.
    pub(super) fn learn(&mut self, records: &[Record]) {
        let (at, scene) = &mut self.last;
        while let Some(record) = records.get(*at) {
            scene.apply(&record.event);
            *at += 1;
            if *at == self.scenes.len() * self.apart {
                self.scenes.push(scene.clone());
                if self.scenes.len() > MOST {
                    self.apart *= 2;
                    let mut n = 0;
                    self.scenes.retain(|_| {
                        n += 1;
                        n % 2 == 1
                    });
                }
            }
        }
    }

    /// Those that are kept, and the last scene.
    #[cfg(test)]
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn scenes(&self) -> impl Iterator<Item = &Scene> {
        self.scenes.iter().chain([&self.last.1])
    }

    /// Those of a run of which the first `position` events are the same.
    pub(super) fn up_to(&self, position: usize) -> Keyframes {
        let last = (position / self.apart).min(self.scenes.len() - 1);
        let scenes = self.scenes[..=last].to_vec();
        let end = (last * self.apart, scenes[last].clone());
        Keyframes { apart: self.apart, scenes, last: end, behind: RefCell::default() }
    }

    /// The scene after the first `position` events; positions past the end mean the end.
    pub(super) fn scene_at(&self, records: &[Record], position: usize) -> Scene {
        let position = position.min(records.len());
        if position == self.last.0 {
            return self.last.1.clone();
        }
        let keyframe = (position / self.apart).min(self.scenes.len() - 1);
        let mut from = keyframe * self.apart;
        let mut behind = self.behind.borrow_mut();
        let near = behind.take().filter(|(at, _)| (from..=position).contains(at));
        let mut scene = match &near {
            Some((at, scene)) => {
                from = *at;
                scene.clone()
            }
            None => self.scenes[keyframe].clone(),
        };
        let rest_at = position.saturating_sub(BEHIND);
        *behind = near.filter(|_| rest_at <= from || position - from <= 2 * BEHIND);
        for (number, record) in records[from..position].iter().enumerate() {
            if behind.is_none() && from + number == rest_at {
                *behind = Some((rest_at, scene.clone()));
            }
            scene.apply(&record.event);
        }
        scene
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::kernel::abi::Nanos;
    use crate::trace::{Context, Event, EventKind, Func};

    /// Events after the first `n` of which the clock shows `n`.
    fn records(count: usize) -> Vec<Record> {
        let tick = |n: usize| EventKind::Clock { now_ns: n as Nanos };
        let event = |n| Event::new(Context::Boot.into(), Func::do_syscall_64, tick(n));
        (1..=count).map(|n| Record { event: event(n) }).collect()
    }

    #[test]
    fn every_moment_is_found_whatever_was_looked_at_before() {
        let records = records(100_000);
        let mut frames = Keyframes::default();
        frames.learn(&records[..70_000]);
        frames.learn(&records);
        let mut frames = frames.up_to(60_123);
        frames.learn(&records);
        assert!(frames.scenes.len() <= MOST + 1 && frames.scenes.len() > MOST / 4);
        let places = [0, 1, 255, 256, 257, 99_999, 100_000, 100_001, 50_000, 50_300, 49_000];
        let back = (49_000 - 1500..49_000).rev().chain(49_000..50_000);
        for place in places.into_iter().chain(back) {
            let shown = frames.scene_at(&records, place).now_ns;
            assert_eq!(shown, place.min(records.len()) as Nanos);
        }
    }
}
