//! Where a thing stands, and how far the stage must be scrolled for it to be seen.

use super::{Rect, StageLayout};
use crate::scene::arrows::Thing;

/// So much of a thing must be in sight, from its upper edge down; px.
const HEAD: f32 = 40.0;
/// What is brought into sight keeps so far from the edge; px.
const EDGE: f32 = 20.0;

impl StageLayout {
    /// Where a thing stands; nothing for what has no place of its own.
    pub fn place(&self, thing: Thing) -> Option<Rect> {
        Some(match thing {
            Thing::Task(task) => self.task(task)?.rect,
            Thing::File(file) => self.card(file)?,
            Thing::Item(epi) => {
                let (at, r) = (self.node(epi)?.at, self.metrics.node_r + self.metrics.label);
                Rect::new(at.x - r, at.y - r, 2.0 * r, 2.0 * r)
            }
            Thing::Entry(entry) => self.entry(entry).or_else(|| self.poll_entry(entry))?,
            Thing::List(ep, kind) => self.panel(ep)?.list(kind)?.rect,
            Thing::Locks(ep) => self.panel(ep)?.locks?,
            // Its title.
            Thing::Ep(ep) => Rect { h: 24.0, ..self.panel(ep)?.rect },
            Thing::Queue(_) | Thing::Process(_) | Thing::Sock(_) | Thing::Pipe(_) => return None,
        })
    }

    /// How far a view of this height, scrolled by `top`, must be scrolled instead so that these
    /// things are seen: all of them, or where they are too far apart the last one. Nothing where
    /// the upper part of each is in sight already.
    pub fn scrolled_to(&self, things: &[Thing], top: f32, height: f32) -> Option<f32> {
        let places: Vec<Rect> = things.iter().filter_map(|thing| self.place(*thing)).collect();
        let last = *places.last()?;
        let is_seen = |rect: &Rect| rect.y >= top && rect.y + rect.h.min(HEAD) <= top + height;
        let first = places.iter().map(|rect| rect.y).fold(f32::INFINITY, f32::min);
        let end = places.iter().map(|rect| rect.y + rect.h).fold(0.0, f32::max);
        let fits = |from: f32, to: f32| to - from + 2.0 * EDGE <= height;
        let (from, to) = match fits(first, end) {
            true if places.iter().all(is_seen) => return None,
            true => (first, end),
            false if is_seen(&last) => return None,
            false => (last.y, last.y + last.h),
        };
        // No further than needed; of what is too high for the view, the upper end.
        let least = if fits(from, to) { to + EDGE - height } else { from - EDGE };
        let new = top.clamp(least.min(from - EDGE), from - EDGE);
        Some(new.clamp(0.0, (self.height - height).max(0.0)))
    }
}

#[cfg(test)]
mod tests {
    use crate::scene::Scene;
    use crate::scene::arrows::Thing;
    use crate::scene::layout::{LayoutOptions, layout};
    use crate::session::Session;

    fn scene() -> Scene {
        let script = "main: ep = epoll_create1(0)\n\
                      main: e = eventfd(0, 0)\n\
                      main: epoll_ctl(ep, EPOLL_CTL_ADD, e, {EPOLLIN}) -> 0\n";
        let Ok(session) = Session::open(script) else { panic!("it can be read") };
        session.scene_at(session.records().len())
    }

    #[test]
    fn what_is_out_of_sight_is_brought_there_and_what_is_seen_stays() {
        let scene = scene();
        let stage = layout(&scene, 374.0, LayoutOptions::default());
        let (task, file) = (Thing::Task(*scene.tasks.keys().next().unwrap()), {
            Thing::File(stage.files[0].file)
        });
        let item = Thing::Item(stage.tokens[0].epi);
        let view = 240.0;
        assert!(stage.height > 2.0 * view);
        assert_eq!(stage.scrolled_to(&[task], 0.0, view), None);
        for things in [&[file][..], &[item], &[task, file]] {
            let top = stage.scrolled_to(things, 0.0, view).unwrap();
            let place = stage.place(*things.last().unwrap()).unwrap();
            assert!(
                place.y >= top && place.y + place.h.min(view) <= top + view + 1.0,
                "{things:?}"
            );
            assert_eq!(stage.scrolled_to(things, top, view), None, "and then it stays");
        }
        let back = stage.scrolled_to(&[task], stage.height - view, view).unwrap();
        assert!(back < stage.place(task).unwrap().y);
        // Nothing to look for, nothing to do.
        assert_eq!(stage.scrolled_to(&[], 0.0, view), None);
    }
}
