//! Doubly linked lists over arena keys, as `struct list_head` is over pointers.
//!
//! An element holds its own [`Link`], so that it is taken out of the middle in constant time and
//! knows whether it is linked. A marker type says which link, where an element has several.

use serde::{Deserialize, Serialize};

use super::arena::{Arena, Key};

/// The head of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct List<K> {
    ends: Option<(K, K)>,
}

/// An element's place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link<K> {
    /// None off all lists; the null key at the front. There are many links: a flag would take 4
    /// bytes in each.
    prev: Option<K>,
    next: Option<K>,
}

/// An element that can be on a list by its link `L`.
pub(crate) trait Linked<L, K> {
    /// The link, for reading.
    fn link(&self) -> &Link<K>;
    /// The link, for writing.
    fn link_mut(&mut self) -> &mut Link<K>;
}

impl<K> Default for Link<K> {
    fn default() -> Self {
        Link { prev: None, next: None }
    }
}

impl<K> Link<K> {
    /// Whether the element is on a list.
    pub(crate) fn is_linked(&self) -> bool {
        self.prev.is_some()
    }

    /// The element behind.
    pub(crate) fn next(self) -> Option<K> {
        self.next
    }
}

impl<K> Default for List<K> {
    fn default() -> Self {
        List { ends: None }
    }
}

impl<K: Key> List<K> {
    /// Whether nothing is on it.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_none()
    }

    /// The element at the front.
    pub(crate) fn first(&self) -> Option<K> {
        self.ends.map(|(first, _)| first)
    }

    /// Puts an element at the front. Preconditions: it is not linked.
    #[inline]
    pub(crate) fn push_front<L, V: Linked<L, K>>(&mut self, arena: &mut Arena<K, V>, key: K) {
        let next = self.first();
        link(arena, key, Link { prev: Some(K::default()), next });
        self.ends = match self.ends {
            Some((first, last)) => {
                arena[first].link_mut().prev = Some(key);
                Some((key, last))
            }
            None => Some((key, key)),
        };
    }

    /// Puts an element at the back. Preconditions: it is not linked.
    #[inline]
    pub(crate) fn push_back<L, V: Linked<L, K>>(&mut self, arena: &mut Arena<K, V>, key: K) {
        let (first, prev) = match self.ends {
            Some((first, last)) => {
                arena[last].link_mut().next = Some(key);
                (first, last)
            }
            None => (key, K::default()),
        };
        link(arena, key, Link { prev: Some(prev), next: None });
        self.ends = Some((first, key));
    }

    /// Takes an element off. Preconditions: it is on this list.
    #[inline]
    pub(crate) fn remove<L, V: Linked<L, K>>(&mut self, arena: &mut Arena<K, V>, key: K) {
        let Link { prev, next } = std::mem::take(arena[key].link_mut());
        let Some(prev) = prev else { unreachable!("list: {key:?} is not linked") };
        if !prev.is_null() {
            arena[prev].link_mut().next = next;
        }
        if let Some(next) = next {
            arena[next].link_mut().prev = Some(prev);
        }
        self.ends = match (self.ends, next) {
            (Some((_, last)), Some(next)) if prev.is_null() => Some((next, last)),
            (Some((first, _)), None) if !prev.is_null() => Some((first, prev)),
            (ends, Some(_)) => ends,
            (_, None) => None,
        };
    }

    /// Puts all of `front` before what is here, as `list_splice()` does.
    pub(crate) fn splice_front<L, V: Linked<L, K>>(
        &mut self,
        arena: &mut Arena<K, V>,
        front: List<K>,
    ) {
        let Some((first, middle)) = front.ends else { return };
        self.ends = match self.ends {
            None => Some((first, middle)),
            Some((old_first, last)) => {
                arena[middle].link_mut().next = Some(old_first);
                arena[old_first].link_mut().prev = Some(middle);
                Some((first, last))
            }
        };
    }

    /// The elements, front first.
    pub(crate) fn iter<'a, L: 'a, V: Linked<L, K>>(
        &self,
        arena: &'a Arena<K, V>,
    ) -> impl Iterator<Item = K> + 'a {
        std::iter::successors(self.first(), |key| arena[*key].link().next)
    }
}

#[inline]
fn link<L, K: Key, V: Linked<L, K>>(arena: &mut Arena<K, V>, key: K, new: Link<K>) {
    let link = arena[key].link_mut();
    assert!(!link.is_linked(), "list: {key:?} is linked already");
    *link = new;
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::kernel::ids::EpitemKey;
    use std::collections::VecDeque;

    struct Here;
    #[derive(Default)]
    struct Element(Link<EpitemKey>);
    impl Linked<Here, EpitemKey> for Element {
        fn link(&self) -> &Link<EpitemKey> {
            &self.0
        }
        fn link_mut(&mut self) -> &mut Link<EpitemKey> {
            &mut self.0
        }
    }

    proptest::proptest! {
        /// Any sequence of operations gives the same as on a `VecDeque`.
        #[test]
        fn behaves_like_a_deque(ops in proptest::collection::vec((0u8..4, 0usize..8), 0..60)) {
            let mut arena = Arena::<EpitemKey, Element>::default();
            let keys: Vec<_> = (0..8).map(|_| arena.insert(Element::default())).collect();
            let (mut list, mut model) = (List::default(), VecDeque::new());
            for (op, index) in ops {
                let key = keys[index];
                match (op, arena[key].0.is_linked()) {
                    (0, false) => { list.push_front(&mut arena, key); model.push_front(key) }
                    (1, false) => { list.push_back(&mut arena, key); model.push_back(key) }
                    (2, true) => { list.remove(&mut arena, key); model.retain(|k| *k != key) }
                    (3, false) => {
                        let mut front = List::default();
                        front.push_back(&mut arena, key);
                        list.splice_front(&mut arena, front);
                        model.push_front(key);
                    }
                    _ => {}
                }
                proptest::prop_assert!(list.iter(&arena).eq(model.iter().copied()));
            }
        }
    }
}
