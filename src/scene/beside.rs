//! Where a box goes that is about a thing: beside it, never over it.

use super::layout::Rect;

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How high it may be; what is more scrolls.
    pub height: f32,
}

const GAP: f32 = 8.0;
/// Less than this and a side is no good.
const LEAST: f32 = 140.0;

/// A place for a box of this width and height beside `thing`, within `view`: below it if there is
/// room, else above, at its right, at its left; else where there is most room.
pub fn beside(thing: Rect, (width, height): (f32, f32), view: Rect) -> Beside {
    let clamp = |at: f32, least: f32, most: f32| at.clamp(least, most.max(least));
    let x_along =
        clamp(thing.x + thing.w / 2.0 - width / 2.0, view.x + GAP, view.right() - width - GAP);
    let bottom = view.y + view.h - GAP;
    let below = bottom - (thing.y + thing.h + GAP);
    let above = thing.y - GAP - (view.y + GAP);
    let at_below = |h: f32| Beside { x: x_along, y: thing.y + thing.h + GAP, height: h };
    let at_above = |h: f32| Beside { x: x_along, y: thing.y - GAP - height.min(h), height: h };
    if below >= height {
        return at_below(below);
    }
    if above >= height {
        return at_above(above);
    }
    let room = view.h - 2.0 * GAP;
    let y = clamp(thing.y, view.y + GAP, bottom - height.min(room));
    let right = thing.right() + GAP;
    let left = thing.x - GAP - width;
    if right + width <= view.right() {
        return Beside { x: right, y, height: room };
    }
    if left >= view.x {
        return Beside { x: left, y, height: room };
    }
    if below >= above || above < LEAST {
        return at_below(below.max(LEAST));
    }
    at_above(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Rect = Rect { x: 0.0, y: 0.0, w: 800.0, h: 600.0 };

    #[track_caller]
    fn check(thing: Rect, size: (f32, f32), x: f32, y: f32) {
        let place = beside(thing, size, VIEW);
        assert_eq!((place.x, place.y), (x, y));
        let rect = Rect { x: place.x, y: place.y, w: size.0, h: size.1.min(place.height) };
        assert!(!rect.overlaps(&thing), "{rect:?} hides {thing:?}");
    }

    #[test]
    fn it_stands_below_above_right_or_left() {
        let thing = |x, y, w, h| Rect { x, y, w, h };
        check(thing(300.0, 100.0, 100.0, 40.0), (200.0, 300.0), 250.0, 148.0);
        check(thing(300.0, 500.0, 100.0, 40.0), (200.0, 300.0), 250.0, 192.0);
        check(thing(100.0, 200.0, 100.0, 200.0), (200.0, 500.0), 208.0, 92.0);
        check(thing(600.0, 200.0, 150.0, 200.0), (200.0, 500.0), 392.0, 92.0);
        // At the edge it stays inside.
        check(thing(0.0, 10.0, 30.0, 30.0), (200.0, 100.0), 8.0, 48.0);
        check(thing(770.0, 10.0, 30.0, 30.0), (200.0, 100.0), 592.0, 48.0);
    }

    #[test]
    fn a_thing_as_wide_as_the_view_leaves_a_lower_box() {
        let thing = Rect { x: 0.0, y: 50.0, w: 800.0, h: 250.0 };
        check(thing, (200.0, 500.0), 300.0, 308.0);
        let place = beside(thing, (200.0, 500.0), VIEW);
        assert_eq!(place.height, 284.0);
    }
}
