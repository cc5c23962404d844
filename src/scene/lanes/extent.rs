//! The part of a run that the timeline shows: zooming, panning, and keeping the playhead in sight.

/// From one position to another; both may lie between events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The left end.
    pub from: f64,
    /// The right end, always further.
    pub to: f64,
}

/// No fewer events are ever shown, unless there are not more.
const FEWEST: f64 = 8.0;

/// How near to an end of what is shown the playhead may come, as a part of it.
const MARGIN: f64 = 0.12;

impl Extent {
    /// All of a run.
    pub fn whole(start: usize, end: usize) -> Extent {
        Extent { from: start as f64, to: end.max(start + 1) as f64 }
    }

    /// How many events it spans.
    pub fn span(self) -> f64 {
        self.to - self.from
    }

    /// Where a position lies in a picture of this width.
    pub fn x(self, position: f64, width: f32) -> f32 {
        ((position - self.from) / self.span() * f64::from(width)) as f32
    }

    /// The position at a place of a picture of this width; between two events, the nearer.
    pub fn position(self, x: f32, width: f32) -> usize {
        let at = self.from + f64::from(x) / f64::from(width.max(1.0)) * self.span();
        // A negative one becomes 0.
        at.round() as usize
    }

    /// Shows less (factor above 1) or more around a position that keeps its place. `None` once all
    /// is in sight.
    pub fn zoom(self, factor: f64, around: f64, whole: Extent) -> Option<Extent> {
        let least = FEWEST.min(whole.span());
        let span = (self.span() / factor).clamp(least, whole.span());
        let part = (around - self.from) / self.span();
        let from = around - part * span;
        Extent { from, to: from + span }.inside(whole)
    }

    /// Moves by so many events.
    pub fn pan(self, by: f64, whole: Extent) -> Option<Extent> {
        Extent { from: self.from + by, to: self.to + by }.inside(whole)
    }

    /// Moves as little as it takes to have a position well in sight.
    pub fn follow(self, position: f64, whole: Extent) -> Option<Extent> {
        let margin = self.span() * MARGIN;
        let by =
            (position - (self.to - margin)).max(0.0) + (position - self.from - margin).min(0.0);
        self.pan(by, whole)
    }

    /// The same span within bounds; `None` if it spans all.
    fn inside(self, whole: Extent) -> Option<Extent> {
        let span = self.span();
        if span >= whole.span() - 1e-6 {
            return None;
        }
        let from = self.from.clamp(whole.from, whole.to - span);
        Some(Extent { from, to: from + span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Extent = Extent { from: 10.0, to: 210.0 };

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    #[test]
    fn what_is_zoomed_around_stays_where_it_is() {
        let zoomed = WHOLE.zoom(4.0, 60.0, WHOLE).unwrap();
        assert!(near(zoomed.span(), 50.0));
        assert!((WHOLE.x(60.0, 800.0) - zoomed.x(60.0, 800.0)).abs() < 0.01);
        let again = zoomed.zoom(0.5, 60.0, WHOLE).unwrap();
        assert!(near(again.span(), 100.0));
        assert_eq!(again.zoom(0.1, 60.0, WHOLE), None);
        assert!(near(WHOLE.zoom(1e9, 60.0, WHOLE).unwrap().span(), FEWEST));
    }

    #[test]
    fn panning_ends_at_the_ends() {
        let zoomed = WHOLE.zoom(4.0, 10.0, WHOLE).unwrap();
        assert!(near(zoomed.pan(-99.0, WHOLE).unwrap().from, 10.0));
        assert!(near(zoomed.pan(999.0, WHOLE).unwrap().to, 210.0));
    }

    #[test]
    fn the_playhead_is_kept_in_sight() {
        let zoomed = Extent { from: 20.0, to: 70.0 };
        assert_eq!(zoomed.follow(40.0, WHOLE), Some(zoomed));
        for position in [10.0, 21.0, 69.0, 140.0, 210.0] {
            let moved = zoomed.follow(position, WHOLE).unwrap();
            assert!(moved.from <= position && position <= moved.to, "{position}: {moved:?}");
            assert!(near(moved.span(), 50.0));
        }
    }

    #[test]
    fn a_place_and_its_position_agree() {
        for position in 10..=210 {
            assert_eq!(
                WHOLE.position(WHOLE.x(f64::from(position), 733.0), 733.0),
                position as usize
            );
        }
        assert_eq!(Extent::whole(5, 5).position(-80.0, 10.0), 0);
    }
}
