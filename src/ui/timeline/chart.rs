//! The lanes as a picture: bars, wake-ups, ticks and marks. It changes with what is in sight, not
//! with the playhead, and few elements make it up: one path for all that looks alike.

use std::fmt::Write;
use std::rc::Rc;

use yew::prelude::*;

use super::Failure;
use super::words::bar_text;
use crate::kernel::ids::TaskKey;
use crate::scene::Names;
use crate::scene::explain::time_text;
use crate::scene::lanes::{Bar, Doing, Extent, Lanes, Tick, bars};
use crate::scene::layout::Fixed;
use crate::trace::event::Context;
use crate::ui::el::el;
use crate::ui::state::View;

/// Where things stand in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    /// What is above the first lane.
    pub(super) ruler: f32,
    /// From one lane to the next.
    pub(super) pitch: f32,
    /// A bar's height.
    bar: f32,
}

impl Sizes {
    pub(super) fn new(embed: bool, width: f32) -> Sizes {
        match (embed, width < 420.0) {
            (true, _) => Sizes { ruler: 0.0, pitch: 6.0, bar: 4.0 },
            (false, true) => Sizes { ruler: 20.0, pitch: 18.0, bar: 11.0 },
            (false, false) => Sizes { ruler: 20.0, pitch: 20.0, bar: 12.0 },
        }
    }

    /// The top of a lane.
    fn top(self, lane: usize) -> f32 {
        self.ruler + lane as f32 * self.pitch
    }

    /// The height of so many lanes.
    pub(super) fn height(self, lanes: usize) -> f32 {
        self.top(lanes) + 2.0
    }

    fn has_words(self) -> bool {
        self.ruler > 0.0
    }
}

/// What the picture is drawn from.
#[derive(Properties)]
pub(super) struct ChartProps {
    /// For the events of the ticks only: what of it matters is among the others.
    pub(super) view: View,
    pub(super) extent: Extent,
    pub(super) width: f32,
    pub(super) sizes: Sizes,
}

impl PartialEq for ChartProps {
    fn eq(&self, other: &ChartProps) -> bool {
        let (a, b) = (&self.view.time, &other.view.time);
        Rc::ptr_eq(&a.lanes, &b.lanes)
            && Rc::ptr_eq(&a.hits, &b.hits)
            && Rc::ptr_eq(&a.failures, &b.failures)
            && self.view.settings.lang == other.view.settings.lang
            && (self.extent, self.width, self.sizes) == (other.extent, other.width, other.sizes)
    }
}

struct Draw<'a> {
    props: &'a ChartProps,
    lanes: &'a Lanes,
    names: &'a Names,
}

/// How many lanes there are: the tasks', and that of the interrupts if there were any.
pub(super) fn lane_count(lanes: &Lanes) -> usize {
    lanes.tasks.len() + usize::from(!lanes.irq.is_empty())
}

/// The picture.
#[component]
pub(super) fn Chart(props: &ChartProps) -> Html {
    let lanes = &*props.view.time.lanes;
    let draw = Draw { props, lanes, names: &props.view.names };
    let height = props.sizes.height(lane_count(lanes));
    let mut parts = vec![draw.clock(), draw.bars()];
    parts.push(draw.ticks());
    parts.push(draw.wakes());
    parts.push(draw.marks());
    el("svg", &["lanes-picture"])
        .set("aria-hidden", "true".to_owned())
        .set("width", Fixed(props.width).to_string())
        .set("height", Fixed(height).to_string())
        .children(parts)
        .html()
}

/// The style class of a bar.
fn class(doing: Doing) -> usize {
    match doing {
        Doing::User => 0,
        Doing::Runnable => 1,
        Doing::Running => 2,
        Doing::Blocked(_) => 3,
        Doing::Stopped(_) => 4,
        Doing::Dead => 5,
        Doing::Hardirq => 6,
        Doing::Softirq => 7,
    }
}

const CLASSES: [&str; 8] =
    ["user", "runnable", "running", "blocked", "stopped", "dead", "hardirq", "softirq"];

fn group(class: &'static str, children: Vec<Html>) -> Html {
    el("g", &[class]).children(children).html()
}

fn path(class: &str, d: String) -> Html {
    if d.is_empty() { Html::default() } else { el("path", &[class]).set("d", d).html() }
}

fn text(class: &str, x: f32, y: f32, words: &str) -> Html {
    let [x, y] = [x, y].map(|number| Fixed(number).to_string());
    el("text", &[class]).set("x", x).set("y", y).text(words).html()
}

/// About how wide a text of the picture is.
pub(super) fn text_width(words: &str) -> f32 {
    words.chars().map(|c| if c.is_ascii() { 6.1 } else { 10.5 }).sum()
}

impl Draw<'_> {
    fn x(&self, position: f64) -> f32 {
        self.props.extent.x(position, self.props.width)
    }

    fn is_seen(&self, x: f32) -> bool {
        (-1.0..=self.props.width + 1.0).contains(&x)
    }

    /// Where a lane's bars are, from top to bottom.
    fn row(&self, lane: usize) -> (f32, f32) {
        let top = self.props.sizes.top(lane) + 2.0;
        (top, top + self.props.sizes.bar)
    }

    fn lane_of_task(&self, task: TaskKey) -> Option<usize> {
        self.lanes.tasks.iter().position(|lane| lane.task == task)
    }

    fn lane_of(&self, by: Context) -> Option<usize> {
        match by {
            Context::Task(task) => self.lane_of_task(task),
            Context::Hardirq | Context::Softirq => Some(self.lanes.tasks.len()),
            Context::Boot => None,
        }
    }

    fn bars(&self) -> Html {
        let mut paths: [String; CLASSES.len()] = Default::default();
        let mut words = Vec::new();
        let tasks = self.lanes.tasks.iter().map(|lane| &*lane.segments);
        for (lane, segments) in tasks.chain([&*self.lanes.irq]).enumerate() {
            let (top, bottom) = self.row(lane);
            for bar in bars(segments, self.props.extent, self.props.width) {
                let thin = matches!(bar.doing, Doing::User | Doing::Dead);
                let (y, h) = match thin {
                    true => ((top + bottom) / 2.0 - 0.75, 1.5),
                    false => (top, bottom - top),
                };
                rounded(&mut paths[class(bar.doing)], bar, y, h);
                words.extend(self.bar_words(bar, bottom));
            }
        }
        let paths = paths.into_iter().zip(CLASSES).map(|(d, class)| path(class, d));
        group("bars", paths.chain(words).collect())
    }

    fn bar_words(&self, bar: Bar, bottom: f32) -> Option<Html> {
        if !self.props.sizes.has_words() || bar.w < 26.0 {
            return None;
        }
        let words = bar_text(bar.doing, self.names);
        let fits = !words.is_empty() && text_width(&words) + 10.0 <= bar.w;
        fits.then(|| text(CLASSES[class(bar.doing)], bar.x + 5.0, bottom - 2.5, &words))
    }

    /// The wake-ups, from who wakes to who is woken; of those closer than two pixels one is drawn.
    fn wakes(&self) -> Html {
        let mut d = String::new();
        let mut tips = String::new();
        let mut last: Vec<(usize, usize, f32)> = Vec::new();
        let first = self.lanes.wakes.partition_point(|w| (w.event as f64) < self.props.extent.from);
        for wake in &self.lanes.wakes[first..] {
            let x = self.x(wake.event as f64 + 1.0);
            if !self.is_seen(x) {
                break;
            }
            let (Some(from), Some(to)) = (self.lane_of(wake.by), self.lane_of_task(wake.task))
            else {
                continue;
            };
            let near = |(a, b, at): &(usize, usize, f32)| (*a, *b) == (from, to) && x - at < 2.0;
            if from == to || last.iter().rev().take(8).any(near) {
                continue;
            }
            last.push((from, to, x));
            let ((from_top, from_bottom), (to_top, to_bottom)) = (self.row(from), self.row(to));
            let down = from < to;
            let (start, end, side) = match down {
                true => (from_bottom, to_top, -1.0),
                false => (from_top, to_bottom, 1.0),
            };
            let [x, start, end] = [x, start, end].map(Fixed);
            let _ = write!(d, "M{x} {start}V{end}");
            let (wide, high) = (Fixed(3.5), Fixed(5.0 * side));
            let _ = write!(tips, "M{x} {end}l-{wide} {high}h{}z", Fixed(7.0));
        }
        group("wakes", vec![path("line", d), path("tip", tips)])
    }

    /// A sign for each event of note, when events are far enough apart.
    fn ticks(&self) -> Html {
        let Extent { from, to } = self.props.extent;
        let wide = f64::from(self.props.width) / (to - from);
        if wide < 5.0 || !self.props.sizes.has_words() {
            return Html::default();
        }
        let mut paths: [String; Tick::ALL.len()] = Default::default();
        let session = self.props.view.session();
        let first = from.floor() as usize;
        let seen = session.records().iter().enumerate().skip(first);
        for (number, record) in seen.take((to - from) as usize + 2) {
            let Some(tick) = Tick::of(&record.event.kind) else { continue };
            let Some(lane) = self.lane_of(record.event.by.context()) else { continue };
            let (_, bottom) = self.row(lane);
            let [x, y] = [self.x(number as f64 + 1.0), bottom + 3.5].map(Fixed);
            if let Some(at) = Tick::ALL.iter().position(|t| *t == tick) {
                let _ = write!(paths[at], "M{x} {y}{}", shape(tick));
            }
        }
        let classes = ["syscall", "call", "ready", "copy", "wake"];
        let paths = paths.into_iter().zip(classes).map(|(d, class)| path(class, d));
        group("ticks", paths.collect())
    }

    /// Where the virtual clock moves on.
    fn clock(&self) -> Html {
        let sizes = self.props.sizes;
        let bottom = sizes.height(lane_count(self.lanes));
        let mut d = String::new();
        let mut words = Vec::new();
        let mut free = 0.0;
        for tock in self.lanes.clock.iter().filter(|tock| tock.by_ns > 0) {
            let x = self.x(tock.event as f64 + 1.0);
            if !self.is_seen(x) {
                continue;
            }
            let _ = write!(d, "M{} {}V{}", Fixed(x), Fixed(2.0), Fixed(bottom));
            let label = format!("+{}", time_text(tock.by_ns));
            let width = text_width(&label);
            if sizes.has_words() && x >= free && x + width + 4.0 < self.props.width {
                words.push(text("", x + 3.0, 11.0, &label));
                free = x + width + 8.0;
            }
        }
        group("clock-marks", [path("", d)].into_iter().chain(words).collect())
    }

    /// Where lines complain, and where breakpoints are hit.
    fn marks(&self) -> Html {
        let time = &self.props.view.time;
        let bottom = self.props.sizes.height(lane_count(self.lanes));
        let (mut crosses, mut lines, mut dots) = (String::new(), String::new(), String::new());
        for Failure { position, .. } in &*time.failures {
            let x = self.x(*position as f64);
            if self.is_seen(x) {
                let x = Fixed(x);
                let _ = write!(crosses, "M{x} 14m-4 -4l8 8m0 -8l-8 8");
                let _ = write!(lines, "M{x} 20V{}", Fixed(bottom));
            }
        }
        let mut last = f32::MIN;
        for (event, _) in &*time.hits {
            let x = self.x(*event as f64 + 1.0);
            if self.is_seen(x) && x - last >= 2.0 {
                last = x;
                let _ =
                    write!(dots, "M{} 15m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0", Fixed(x));
            }
        }
        group("marks", vec![path("fail-line", lines), path("fail", crosses), path("hit", dots)])
    }
}

/// A bar's outline.
fn rounded(d: &mut String, bar: Bar, y: f32, h: f32) {
    // A hair between neighbours, where there is room for it.
    let w = if bar.w > 4.0 { bar.w - 1.0 } else { bar.w };
    let r = 2.5_f32.min(w / 2.0).min(h / 2.0);
    let [x, y, w, h, r] = [bar.x + r, y, w - 2.0 * r, h - 2.0 * r, r].map(Fixed);
    let _ = write!(
        d,
        "M{x} {y}h{w}a{r} {r} 0 0 1 {r} {r}v{h}a{r} {r} 0 0 1 -{r} {r}h-{w}a{r} {r} 0 0 1 -{r} -{r}v-{h}a{r} {r} 0 0 1 {r} -{r}z"
    );
}

/// The outline of a tick around its place.
fn shape(tick: Tick) -> &'static str {
    match tick {
        Tick::Syscall => "m-.75 -3h1.500v6h-1.500z",
        Tick::Callback => "m0 -3l3 3l-3 3l-3 -3z",
        Tick::Ready => "m-2.500 0a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0 -5 0z",
        Tick::Copy => "m-2.200 -2.200h4.400v4.400h-4.400z",
        Tick::Wakeup => "m0 -3l3 5.500h-6z",
    }
}
