//! The sizes of things on stage.

use super::LayoutOptions;

/// How much room things take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    /// The page: everything.
    Full,
    /// A figure in a text: names and states, no controls.
    Compact,
}

/// Sizes, in px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "nothing to add")]
pub struct Metrics {
    pub margin: f32,
    pub gap: f32,
    pub pad: f32,
    /// Height of a floor's title; 0 where it stands at the left.
    pub title: f32,
    /// Width of a floor's title that stands at the left; 0 where it stands above.
    pub side: f32,
    pub task_w: f32,
    pub task_w_max: f32,
    pub task_h: f32,
    pub slot_y: f32,
    pub slot_w: f32,
    pub slot_h: f32,
    pub node_r: f32,
    pub level: f32,
    pub levels_min: f32,
    pub column_max: f32,
    pub label: f32,
    pub token_w: f32,
    pub token_h: f32,
    pub waiter_w: f32,
    pub list_title: f32,
    pub list_gap: f32,
    pub file_w: f32,
    pub file_w_max: f32,
    /// Height of a file's head: name and what it holds.
    pub file_head: f32,
    /// Height of the picture of what a file holds.
    pub picture_h: f32,
    pub entry_title: f32,
    pub entry_h: f32,
    pub entries_max: usize,
    pub controls_h: f32,
    /// A cell of a table of entries.
    pub cell_w: f32,
    pub cell_h: f32,
    /// Height of the wire, on which segments are on their way.
    pub wire_h: f32,
    pub segment_w: f32,
    /// Files from which on the cards are small.
    pub files_many: usize,
    /// Whether an instance has room for its lists one below the other, with what they are.
    pub is_full: bool,
    /// Whether the rarer fields of an instance always have a place: `poll_wait`, the locks.
    pub is_whole: bool,
}

/// A task's card narrower than this has its call on more than one line.
pub const NARROW_CARD: f32 = 300.0;

/// One narrower than this has little beside anything.
pub const SLIM_CARD: f32 = 200.0;

/// A stage narrower than this has smaller cards.
pub const NARROW: f32 = 560.0;

/// The width of a character in a call.
const CHARACTER: f32 = 7.23;

impl Metrics {
    /// The same where the tasks' cards are `w` px wide: where a call takes more lines, they are
    /// higher.
    pub fn for_tasks(&self, w: f32) -> Metrics {
        let taller = match self.call_lines(w) {
            1 => 0.0,
            2 => 18.0,
            _ => 50.0,
        };
        Metrics { task_h: self.task_h + taller, slot_y: self.slot_y + taller, ..*self }
    }

    /// How many lines of a card of this width a task's call has. On three, what belongs to the
    /// task has a line of its own too.
    fn call_lines(&self, w: f32) -> usize {
        match w {
            _ if !self.is_full => 1,
            w if w < SLIM_CARD => 3,
            w if w < NARROW_CARD => 2,
            _ => 1,
        }
    }

    /// How many characters of its call a task's card has room for.
    pub fn call_room(&self, w: f32) -> usize {
        let lines = self.call_lines(w);
        let line = ((w - 22.0) / CHARACTER) as usize;
        // A line is mostly broken a few characters before its end.
        (lines * line).saturating_sub(6 * (lines - 1))
    }

    /// The sizes for these options and this width.
    pub fn of(options: LayoutOptions, width: f32) -> Metrics {
        match options.density {
            Density::Full if width < NARROW => Metrics::narrow(options),
            Density::Full => Metrics::full(options),
            Density::Compact => Metrics::compact(width),
        }
    }

    fn full(options: LayoutOptions) -> Metrics {
        Metrics {
            margin: 12.0,
            gap: 10.0,
            pad: 10.0,
            title: 22.0,
            side: 0.0,
            task_w: 200.0,
            task_w_max: 460.0,
            task_h: 101.0,
            slot_y: 73.0,
            slot_w: 92.0,
            slot_h: 22.0,
            node_r: 19.0,
            level: 54.0,
            levels_min: 3.0,
            column_max: 54.0,
            label: 18.0,
            token_w: 54.0,
            token_h: 28.0,
            waiter_w: 78.0,
            list_title: 20.0,
            list_gap: 12.0,
            file_w: 190.0,
            file_w_max: 300.0,
            file_head: 54.0,
            picture_h: 26.0,
            entry_title: 18.0,
            entry_h: 24.0,
            entries_max: 3,
            controls_h: if options.touch { 44.0 } else { 26.0 },
            cell_w: 84.0,
            cell_h: 24.0,
            wire_h: 24.0,
            segment_w: 148.0,
            files_many: 12,
            is_full: true,
            is_whole: true,
        }
    }

    fn narrow(options: LayoutOptions) -> Metrics {
        Metrics {
            margin: 8.0,
            task_w: 150.0,
            slot_w: 70.0,
            node_r: 17.0,
            level: 54.0,
            token_w: 48.0,
            waiter_w: 60.0,
            file_w: 158.0,
            controls_h: 44.0,
            files_many: 8,
            ..Metrics::full(options)
        }
    }

    fn compact(width: f32) -> Metrics {
        let side = if width >= 560.0 { 92.0 } else { 0.0 };
        Metrics {
            margin: 4.0,
            gap: 0.0,
            pad: 6.0,
            title: if side > 0.0 { 0.0 } else { 20.0 },
            side,
            task_w: 150.0,
            task_w_max: 260.0,
            task_h: 72.0,
            slot_y: 48.0,
            slot_w: 74.0,
            slot_h: 18.0,
            node_r: 16.0,
            level: 46.0,
            levels_min: 1.0,
            column_max: 44.0,
            label: 16.0,
            token_w: 46.0,
            token_h: 24.0,
            waiter_w: 60.0,
            list_title: 17.0,
            list_gap: 6.0,
            file_w: 150.0,
            file_w_max: 260.0,
            file_head: 16.0,
            picture_h: 10.0,
            entry_title: 0.0,
            entry_h: 24.0,
            entries_max: 2,
            controls_h: 0.0,
            cell_w: 74.0,
            cell_h: 24.0,
            wire_h: 24.0,
            segment_w: 148.0,
            files_many: 8,
            is_full: false,
            is_whole: false,
        }
    }
}
