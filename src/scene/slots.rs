//! Which element shows what, where there is more than is in sight: one that has become free is filled in
//! sooner than another is made, and what stays in sight keeps its own.

/// An element to show something on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What tells it from the others.
    pub key: u64,
    /// It showed something else before, or nothing: it does not come from where it was.
    pub is_new: bool,
}

/// The elements in use, and what each shows.
#[derive(Debug)]
pub struct Slots<T>(Vec<(T, u64)>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Slots(Vec::new())
    }
}

impl<T: PartialEq + Clone> Slots<T> {
    /// An element for each of these things, in their order. That of a thing which is `held` shows
    /// nothing else, even if the thing is out of sight: such as one that has the keyboard's focus.
    pub fn give(&mut self, things: &[T], held: impl Fn(&T) -> bool) -> Vec<Slot> {
        let own = |thing| self.0.iter().find(|(known, _)| known == thing).map(|(_, key)| *key);
        let owned: Vec<Option<u64>> = things.iter().map(own).collect();
        let mut made = self.0.iter().map(|(_, key)| key + 1).max().unwrap_or_default()..;
        let mut free =
            self.0.iter().filter(|(thing, key)| !owned.contains(&Some(*key)) && !held(thing));
        let slot = |own: &Option<u64>| {
            let free = || free.next().map(|(_, key)| *key);
            let key = own.or_else(free).or_else(|| made.next()).unwrap_or_default();
            Slot { key, is_new: own.is_none() }
        };
        let given: Vec<Slot> = owned.iter().map(slot).collect();
        self.0 = things.iter().cloned().zip(given.iter().map(|slot| slot.key)).collect();
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn give(slots: &mut Slots<u32>, things: &[u32], held: Option<u32>) -> Vec<(u64, bool)> {
        let given = slots.give(things, |thing| Some(*thing) == held);
        given.into_iter().map(|slot| (slot.key, slot.is_new)).collect()
    }

    #[test]
    fn who_stays_in_sight_keeps_the_element_and_who_comes_gets_a_free_one() {
        let mut slots = Slots::default();
        assert_eq!(give(&mut slots, &[1, 2, 3], None), [(0, true), (1, true), (2, true)]);
        assert_eq!(give(&mut slots, &[2, 3, 4], None), [(1, false), (2, false), (0, true)]);
        // Far away: all are taken over, in order, and none is made.
        assert_eq!(give(&mut slots, &[7, 8, 9], None), [(1, true), (2, true), (0, true)]);
        let more = [(1, false), (2, false), (0, false), (3, true)];
        assert_eq!(give(&mut slots, &[7, 8, 9, 10], None), more);
    }

    #[test]
    fn what_is_held_is_not_taken_over() {
        let mut slots = Slots::default();
        give(&mut slots, &[1, 2], None);
        assert_eq!(give(&mut slots, &[3, 4], Some(1)), [(1, true), (2, true)]);
    }

    #[test]
    fn no_two_share_an_element() {
        let mut slots = Slots::default();
        for from in [0, 3, 1, 20, 19, 0] {
            let things: Vec<u32> = (from..from + 7).collect();
            let given = give(&mut slots, &things, Some(from + 1));
            let mut keys: Vec<u64> = given.iter().map(|slot| slot.0).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), 7);
        }
    }
}
