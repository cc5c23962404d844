//! How a large tree is painted: the same colours and shapes as small ones have.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::tree::{TreeProps, ready};
use crate::kernel::abi::Events;
use crate::kernel::ids::EpitemKey;
use crate::scene::Scene;
use crate::scene::arrows::Thing;
use crate::scene::explain::short_mask;
use crate::scene::layout::{Drawn, Overview, Spot};
use crate::trace::event::Color;

/// At most so many items get a ring for being ready; how many there are is said beside.
pub(super) const MARKS_MAX: usize = 400;
/// From this radius on a node has its number, and from this width of a column its mask.
const NUMBER_FROM: f32 = 8.0;
const MASK_FROM: f64 = 34.0;

/// The colours of the style sheet as they are now.
pub(super) struct Inks {
    pub(super) is_dark: bool,
    red: String,
    black: String,
    line: String,
    dim: String,
    ready: String,
    user: String,
    call: String,
    panel: String,
}

impl Inks {
    /// The theme is told by the scheme that the page has taken on; the style sheet has both colours
    /// of each ink, side by side.
    pub(super) fn of(canvas: &HtmlCanvasElement) -> Inks {
        let style = web_sys::window().and_then(|w| w.get_computed_style(canvas).ok().flatten());
        let value = |name: &str| {
            let value = style.as_ref().and_then(|s| s.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        // The rim of a canvas is drawn in the ink of the panel, which is resolved.
        let panel = value("background-color");
        let is_dark = luminance(&panel) < 0.5;
        let ink = |name: &str| pick(&value(name), is_dark);
        Inks {
            is_dark,
            red: ink("--rb-red"),
            black: ink("--rb-black"),
            line: ink("--line-2"),
            dim: ink("--dim"),
            ready: ink("--ready-line"),
            user: ink("--user"),
            call: ink("--call"),
            panel,
        }
    }
}

/// One colour of `light-dark(a, b)`; anything else as it stands.
fn pick(value: &str, is_dark: bool) -> String {
    let inside = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
    let both = inside.and_then(|inside| inside.split_once(','));
    both.map_or(value, |(light, dark)| if is_dark { dark } else { light }).trim().to_owned()
}

/// About how bright `rgb(r, g, b)` is, from 0 to 1.
fn luminance(rgb: &str) -> f32 {
    let digits = |c: char| !c.is_ascii_digit();
    let parts: Vec<f32> = rgb.split(digits).filter_map(|n| n.parse().ok()).take(3).collect();
    parts.iter().sum::<f32>() / 765.0
}

/// A layer of the canvas.
pub(super) struct Painter<'a> {
    pub(super) context: CanvasRenderingContext2d,
    pub(super) inks: &'a Inks,
}

impl Painter<'_> {
    /// What rests: edges, nodes, numbers and masks.
    pub(super) fn nodes(&self, overview: &Overview, scene: &Scene) {
        let mut nodes = Vec::new();
        let context = &self.context;
        context.set_line_width(1.0);
        context.set_stroke_style_str(&self.inks.line);
        context.begin_path();
        overview.walk(|drawn| match drawn {
            Drawn::Node(key, node, at, above) => {
                if let Some(above) = above {
                    self.line(above, at);
                }
                nodes.push((key, node.color, at));
            }
            Drawn::Crowd { at, bottom, .. } => self.line(at, Spot { y: bottom, ..at }),
        });
        context.stroke();
        let radius = overview.radius();
        for (color, ink) in [(Color::Black, &self.inks.black), (Color::Red, &self.inks.red)] {
            context.set_fill_style_str(ink);
            context.begin_path();
            let of_color = nodes.iter().filter(|(_, c, _)| *c == color);
            of_color.for_each(|(.., at)| self.disc(*at, radius));
            context.fill();
        }
        if radius >= NUMBER_FROM {
            self.rims(&nodes, radius);
            self.words(overview, scene, &nodes);
        }
    }

    /// What tells red from black without colour, and black from a dark ground.
    fn rims(&self, nodes: &[(EpitemKey, Color, Spot)], radius: f32) {
        let dashes = js_sys::Array::of2(&2.into(), &2.into());
        for (color, ink, inset) in
            [(Color::Black, self.inks.line.as_str(), 0.0), (Color::Red, "#ffffff", 2.5)]
        {
            self.context.set_stroke_style_str(ink);
            let dashes = if color == Color::Red { &dashes } else { &js_sys::Array::new() };
            let _ = self.context.set_line_dash(dashes);
            self.context.begin_path();
            let of_color = nodes.iter().filter(|(_, c, _)| *c == color);
            of_color.for_each(|(.., at)| self.disc(*at, radius - inset));
            self.context.stroke();
        }
        let _ = self.context.set_line_dash(&js_sys::Array::new());
    }

    fn words(&self, overview: &Overview, scene: &Scene, nodes: &[(EpitemKey, Color, Spot)]) {
        let context = &self.context;
        let radius = overview.radius();
        let size = (f64::from(radius) * 0.72).clamp(8.0, 13.0);
        let text = |text: &str, at: Spot| _ = context.fill_text(text, at.x.into(), at.y.into());
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_font(&format!("600 {}px ui-monospace, monospace", size as u32));
        context.set_fill_style_str("#ffffff");
        let items = nodes.iter().filter_map(|(key, _, at)| Some((scene.epitems.get(key)?, *at)));
        for (item, at) in items.clone() {
            text(&item.new.fd.to_string(), at);
        }
        if overview.column() < MASK_FROM {
            return;
        }
        context.set_font("10px ui-monospace, monospace");
        context.set_fill_style_str(&self.inks.dim);
        for (item, at) in items {
            let mask = if item.is_disarmed() {
                "—".to_owned()
            } else {
                short_mask(item.events.difference(Events::ALWAYS))
            };
            text(&mask, Spot { y: at.y + radius + 9.0, ..at });
        }
    }

    /// What a step changes: the last way down, what is ready, what the event is about, the selection.
    pub(super) fn marks(&self, props: &TreeProps) {
        let overview = &props.overview;
        let path: Vec<Spot> =
            overview.tree.path.iter().filter_map(|(key, _)| overview.spot(*key)).collect();
        self.context.set_stroke_style_str(&self.inks.user);
        self.context.set_line_width(2.0);
        self.context.begin_path();
        path.windows(2).for_each(|two| self.line(two[0], two[1]));
        self.context.stroke();
        let places = |keys: &mut dyn Iterator<Item = EpitemKey>| -> Vec<Spot> {
            let spots = keys.filter_map(|key| overview.spot(key));
            spots.filter(|at| overview.shows(*at)).collect()
        };
        let item = |thing: &Thing| match thing {
            Thing::Item(epi) => Some(*epi),
            _ => None,
        };
        let inks = self.inks;
        self.rings(&path, overview, (&inks.user, 2.0, 1.5));
        let ready = places(&mut ready(props).take(MARKS_MAX));
        self.rings(&ready, overview, (&inks.ready, 3.0, 3.0));
        let related = places(&mut props.related.iter().filter_map(item));
        self.rings(&related, overview, (&inks.call, 3.0, 3.0));
        let lit = places(&mut props.lit.iter().filter_map(item));
        self.rings(&lit, overview, (&inks.call, 6.0, 3.0));
        let selected = places(&mut props.view.selected.as_ref().and_then(item).into_iter());
        self.rings(&selected, overview, (&inks.user, 4.0, 3.5));
        self.flags(&selected, overview);
    }

    /// A ring a place, so wide and so far from the node; between them shines the ground.
    fn rings(&self, places: &[Spot], overview: &Overview, (ink, away, width): (&str, f32, f64)) {
        let radius = overview.radius().max(2.5);
        for (ink, away, width) in [(self.inks.panel.as_str(), 1.5, 3.0), (ink, away, width)] {
            self.context.set_stroke_style_str(ink);
            self.context.set_line_width(width);
            self.context.begin_path();
            places.iter().for_each(|at| self.disc(*at, radius + away));
            self.context.stroke();
        }
        self.context.set_line_width(1.0);
    }

    /// From far away a ring is small: a stroke from above points at it.
    fn flags(&self, places: &[Spot], overview: &Overview) {
        if overview.radius() >= NUMBER_FROM {
            return;
        }
        self.context.set_stroke_style_str(&self.inks.user);
        self.context.begin_path();
        places.iter().for_each(|at| {
            self.line(Spot { y: at.y - 26.0, ..*at }, Spot { y: at.y - 9.0, ..*at })
        });
        self.context.stroke();
    }

    fn line(&self, from: Spot, to: Spot) {
        self.context.move_to(from.x.into(), from.y.into());
        self.context.line_to(to.x.into(), to.y.into());
    }

    fn disc(&self, at: Spot, radius: f32) {
        let (x, y, r) = (f64::from(at.x), f64::from(at.y), f64::from(radius));
        self.context.move_to(x + r, y);
        let _ = self.context.arc(x, y, r, 0.0, std::f64::consts::TAU);
    }
}
