//! A lane as bars of a picture: only what is in sight, and nothing thinner than a pixel.

use super::{Doing, Extent, Segment};

/// A bar of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its left end.
    pub x: f32,
    /// Its width, at least 1.
    pub w: f32,
    /// What it shows; of several that are too thin, the one that lasts longest.
    pub doing: Doing,
}

/// The bars of a lane in a picture of so many pixels.
///
/// Neighbours thinner than a pixel become one bar, so that there are never more than fit.
pub fn bars(segments: &[Segment], extent: Extent, width: f32) -> Vec<Bar> {
    let first = segments.partition_point(|segment| (segment.to as f64) <= extent.from);
    let seen = segments[first..].iter().take_while(|segment| (segment.from as f64) < extent.to);
    let mut out = Vec::new();
    let mut thin: Option<(Bar, f32)> = None;
    for segment in seen {
        let from = extent.x(segment.from as f64, width).max(0.0);
        let to = extent.x(segment.to as f64, width).min(width);
        let bar = Bar { x: from, w: to - from, doing: segment.doing };
        if bar.w <= 0.0 {
            continue;
        }
        if let Some((mut sum, longest)) = thin.take() {
            let touches = bar.x - (sum.x + sum.w) < 1.0;
            if sum.w < 1.0 && bar.w < 1.0 && touches {
                if bar.w > longest {
                    sum.doing = bar.doing;
                }
                sum.w = to - sum.x;
                thin = Some((sum, longest.max(bar.w)));
                continue;
            }
            out.push(Bar { w: sum.w.max(1.0), ..sum });
        }
        if bar.w < 1.0 {
            thin = Some((bar, bar.w));
        } else {
            out.push(bar);
        }
    }
    out.extend(thin.map(|(sum, _)| Bar { w: sum.w.max(1.0), ..sum }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(lengths: &[usize]) -> Vec<Segment> {
        let mut from = 0;
        let segment = |(n, length): (usize, &usize)| {
            let doing = if n % 2 == 0 { Doing::Running } else { Doing::User };
            let segment = Segment { from, to: from + length, doing };
            from += length;
            segment
        };
        lengths.iter().enumerate().map(segment).collect()
    }

    #[test]
    fn with_room_every_segment_is_a_bar() {
        let lane = lane(&[10, 20, 30]);
        let all = bars(&lane, Extent::whole(0, 60), 600.0);
        assert_eq!(all.iter().map(|bar| bar.w.round()).collect::<Vec<_>>(), [100.0, 200.0, 300.0]);
    }

    #[test]
    fn only_what_is_in_sight_is_drawn() {
        let lane = lane(&[10; 1000]);
        let some = bars(&lane, Extent { from: 5005.0, to: 5025.0 }, 400.0);
        assert_eq!(some.iter().map(|bar| bar.w.round()).collect::<Vec<_>>(), [100.0, 200.0, 100.0]);
        assert_eq!(bars(&lane, Extent { from: 20_000.0, to: 20_010.0 }, 400.0), []);
    }

    #[test]
    fn what_is_thinner_than_a_pixel_is_merged_and_nothing_is_left_out() {
        let lane = lane(&[3, 1].repeat(20_000));
        let all = bars(&lane, Extent::whole(0, 80_000), 800.0);
        assert!(all.len() <= 800, "{}", all.len());
        // The longer of the two is what is seen.
        assert!(all.iter().all(|bar| bar.doing == Doing::Running));
        for pair in all.windows(2) {
            assert!((pair[0].x + pair[0].w - pair[1].x).abs() < 0.01, "{pair:?}");
        }
    }
}
