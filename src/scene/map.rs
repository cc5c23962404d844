//! A map ordered by key whose copies share what they have in common.
//!
//! A scene is copied at each step, and many of them are kept; with 10 000 objects neither may cost
//! 10 000 of anything. Pairs stand in order in chunks of at most [`CHUNK`], which copies share until
//! one of them writes: a copy is one count, and a write to a shared map copies the list of chunks and
//! the one chunk that it is in. That is `n / CHUNK + CHUNK` words at most, some hundred for 10 000
//! pairs, and as quick as walking a tree; a map that nobody shares is written in place.

use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

use serde::{Serialize, Serializer};

/// The most pairs in a chunk.
const CHUNK: usize = 32;

type Chunk<K, V> = Rc<Vec<(K, V)>>;

/// A map ordered by key. Chunks are never empty.
pub struct Map<K, V> {
    chunks: Rc<Vec<Chunk<K, V>>>,
    len: usize,
}

impl<K, V> Map<K, V> {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The pairs, the smallest key first.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { chunks: self.chunks.iter(), front: [].iter(), back: [].iter(), left: self.len }
    }

    /// The keys, the smallest first.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// The values, that of the smallest key first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Whether it shares all that it has with another: then nothing differs.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.chunks, &other.chunks)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let chunk = self.chunks.get(self.chunk_of(key))?;
        let at = chunk.binary_search_by(|(known, _)| known.borrow().cmp(key)).ok()?;
        Some(&chunk[at].1)
    }

    /// Whether it has such a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The chunk in which a key is, or would be put: the last that begins at or before it.
    fn chunk_of<Q: Ord + ?Sized>(&self, key: &Q) -> usize
    where
        K: Borrow<Q>,
    {
        self.chunks.partition_point(|chunk| chunk[0].0.borrow() <= key).saturating_sub(1)
    }
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    /// The value of a key, to be written.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let n = self.chunk_of(key);
        // Whether it is there is asked first: what is not written is not copied.
        let at = self.chunks.get(n)?.binary_search_by(|(known, _)| known.borrow().cmp(key)).ok()?;
        let chunk = Rc::make_mut(&mut Rc::make_mut(&mut self.chunks)[n]);
        Some(&mut chunk[at].1)
    }

    /// Puts a value under a key; gives the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let n = self.chunk_of(&key);
        let chunks = Rc::make_mut(&mut self.chunks);
        let Some(chunk) = chunks.get_mut(n) else {
            chunks.push(Rc::new(vec![(key, value)]));
            self.len += 1;
            return None;
        };
        let chunk = Rc::make_mut(chunk);
        match chunk.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => return Some(std::mem::replace(&mut chunk[at].1, value)),
            Err(at) => chunk.insert(at, (key, value)),
        }
        self.len += 1;
        if chunk.len() > CHUNK {
            // What comes in order, as most does, fills its chunks.
            let full = n + 1 == chunks.len();
            let rest = Rc::make_mut(&mut chunks[n]).split_off(if full { CHUNK } else { CHUNK / 2 });
            chunks.insert(n + 1, Rc::new(rest));
        }
        None
    }

    /// Takes a key out with its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let n = self.chunk_of(key);
        let at = self.chunks.get(n)?.binary_search_by(|(known, _)| known.borrow().cmp(key)).ok()?;
        let chunks = Rc::make_mut(&mut self.chunks);
        let (_, value) = Rc::make_mut(&mut chunks[n]).remove(at);
        self.len -= 1;
        if chunks[n].is_empty() {
            chunks.remove(n);
        } else if n + 1 < chunks.len() && chunks[n].len() + chunks[n + 1].len() <= CHUNK / 2 {
            let next = chunks.remove(n + 1);
            Rc::make_mut(&mut chunks[n]).extend(next.iter().cloned());
        }
        Some(value)
    }

    /// The value of a key to be written; the default is put there first if there is none.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        if !self.contains_key(&key) {
            self.insert(key.clone(), V::default());
        }
        match self.get_mut(&key) {
            Some(value) => value,
            None => unreachable!("what was just put in is there"),
        }
    }
}

/// Goes over the pairs of a [`Map`].
pub struct Iter<'a, K, V> {
    chunks: std::slice::Iter<'a, Chunk<K, V>>,
    front: std::slice::Iter<'a, (K, V)>,
    back: std::slice::Iter<'a, (K, V)>,
    left: usize,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            match self.chunks.next() {
                Some(chunk) => self.front = chunk.iter(),
                None => return self.back.next().map(|(key, value)| (key, value)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            match self.chunks.next_back() {
                Some(chunk) => self.back = chunk.iter(),
                None => return self.front.next_back().map(|(key, value)| (key, value)),
            }
        }
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        let (chunks, left) = (self.chunks.clone(), self.left);
        Iter { chunks, front: self.front.clone(), back: self.back.clone(), left }
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = Map::default();
        for (key, value) in pairs {
            map.insert(key, value);
        }
        map
    }
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Map { chunks: Rc::clone(&self.chunks), len: self.len }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { chunks: Rc::default(), len: 0 }
    }
}

impl<K: Ord, V> std::ops::Index<&K> for Map<K, V> {
    type Output = V;

    /// Preconditions: it has such a key.
    fn index(&self, key: &K) -> &V {
        match self.get(key) {
            Some(value) => value,
            None => unreachable!("a key is asked for that the map has not got"),
        }
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.len == other.len && self.iter().eq(other)
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // Keys need not be strings.
        to.collect_seq(self)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// It is as a `BTreeMap` whatever is done to it, and a copy keeps what it had.
        #[test]
        fn as_another_map(steps in prop::collection::vec((0..400_u16, 0..4_u8), 0..1500)) {
            let (mut map, mut other) = (Map::default(), BTreeMap::new());
            let mut copy = (map.clone(), other.clone());
            for (n, (key, what)) in steps.into_iter().enumerate() {
                match what {
                    0 => prop_assert_eq!(map.remove(&key), other.remove(&key)),
                    1 => *map.get_or_default(key) = *other.entry(key).and_modify(|v| *v = n).or_insert(n),
                    _ => prop_assert_eq!(map.insert(key, n), other.insert(key, n)),
                }
                prop_assert_eq!(map.get(&key), other.get(&key));
                if n % 64 == 0 {
                    prop_assert!(copy.0.iter().eq(copy.1.iter()));
                    copy = (map.clone(), other.clone());
                }
            }
            prop_assert_eq!(map.len(), other.len());
            prop_assert!(map.iter().eq(other.iter()));
            prop_assert!(map.iter().rev().eq(other.iter().rev()));
            let from_both_ends = |mut all: Iter<'_, u16, usize>| {
                let mut count = 0;
                while all.next().is_some() {
                    count += 1 + usize::from(all.next_back().is_some());
                }
                count
            };
            prop_assert_eq!(from_both_ends(map.iter()), other.len());
            prop_assert!(copy.0.iter().eq(copy.1.iter()));
        }
    }
}
