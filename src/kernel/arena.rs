//! Where objects of one kind live, side by side, as in a slab of the kernel.
//!
//! A key is a place and a version: a place that is used again has another version, so that a key of
//! what is gone finds nothing ([`Arena::get`]). Indexing is for keys that are held while the object
//! lives, as the kernel holds pointers: builds with debug assertions look whether it does, others
//! only that the place exists. What was removed stays in its place until that is used again.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// A typed key, as one number: the version above the place, which is counted from 1.
pub(crate) trait Key: Copy + PartialEq + Default + fmt::Debug {
    /// The number.
    fn raw(self) -> u64;
    /// The key with a number that [`Self::raw`] gave.
    fn from_raw(raw: u64) -> Self;
    /// The key of nothing: the default.
    #[inline]
    fn is_null(self) -> bool {
        self == Self::default()
    }
}

/// Objects by their keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "V: Serialize", deserialize = "V: Deserialize<'de>"))]
pub(crate) struct Arena<K, V> {
    slots: Vec<Slot<V>>,
    /// Places whose objects were removed; the last one is used again first.
    free: Vec<u32>,
    #[serde(skip)]
    key: PhantomData<K>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Slot<V> {
    value: V,
    /// Odd while the object lives.
    version: u32,
}

impl<V> Slot<V> {
    fn is_live(&self) -> bool {
        self.version % 2 == 1
    }
}

/// The index of a key's slot; that of the null key is beyond all slots.
#[inline]
fn place<K: Key>(key: K) -> usize {
    low(key.raw()).wrapping_sub(1) as usize
}

#[inline]
fn version<K: Key>(key: K) -> u32 {
    low(key.raw() >> 32)
}

#[inline]
fn low(raw: u64) -> u32 {
    (raw & 0xffff_ffff) as u32
}

fn key_of<K: Key>(place: u32, version: u32) -> K {
    K::from_raw(u64::from(version) << 32 | (u64::from(place) + 1))
}

impl<K: Key, V> Arena<K, V> {
    /// Puts an object in: the place that became free last, or a new one.
    pub(crate) fn insert(&mut self, value: V) -> K {
        if let Some(place) = self.free.pop() {
            let slot = &mut self.slots[place as usize];
            slot.version = slot.version.wrapping_add(1);
            slot.value = value;
            return key_of(place, slot.version);
        }
        let Ok(place) = u32::try_from(self.slots.len()) else { unreachable!("memory for 2^32") };
        self.slots.push(Slot { value, version: 1 });
        key_of(place, 1)
    }

    /// Takes an object out. False if it is gone already.
    pub(crate) fn remove(&mut self, key: K) -> bool {
        let lives = self.contains_key(key);
        if lives {
            let slot = &mut self.slots[place(key)];
            slot.version = slot.version.wrapping_add(1);
            self.free.push(low(key.raw()).wrapping_sub(1));
        }
        lives
    }

    /// The object, unless it is gone.
    #[inline]
    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let slot = self.slots.get(place(key)).filter(|slot| slot.version == version(key));
        slot.map(|slot| &slot.value)
    }

    /// The object, unless it is gone.
    #[inline]
    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        let slot = self.slots.get_mut(place(key)).filter(|slot| slot.version == version(key));
        slot.map(|slot| &mut slot.value)
    }

    /// Whether the object is there.
    #[inline]
    pub(crate) fn contains_key(&self, key: K) -> bool {
        self.get(key).is_some()
    }

    /// How many objects there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// All objects with their keys, by place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        let slots = (0..).zip(&self.slots).filter(|(_, slot)| slot.is_live());
        slots.map(|(place, slot)| (key_of(place, slot.version), &slot.value))
    }

    /// The keys of all objects, by place.
    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.iter().map(|(key, _)| key)
    }

    /// All objects, by place.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K, V> Default for Arena<K, V> {
    fn default() -> Self {
        Arena { slots: Vec::new(), free: Vec::new(), key: PhantomData }
    }
}

/// The same keys hold equal objects.
impl<K: Key, V: PartialEq> PartialEq for Arena<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Key, V> Index<K> for Arena<K, V> {
    type Output = V;

    #[inline]
    fn index(&self, key: K) -> &V {
        let slot = &self.slots[place(key)];
        debug_assert_eq!(slot.version, version(key), "{key:?} is gone");
        &slot.value
    }
}

impl<K: Key, V> IndexMut<K> for Arena<K, V> {
    #[inline]
    fn index_mut(&mut self, key: K) -> &mut V {
        let slot = &mut self.slots[place(key)];
        debug_assert_eq!(slot.version, version(key), "{key:?} is gone");
        &mut slot.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::EpitemKey;

    #[test]
    fn the_place_that_became_free_last_is_used_first() {
        let mut arena = Arena::<EpitemKey, char>::default();
        let [a, b, c] = ['a', 'b', 'c'].map(|value| arena.insert(value));
        assert!(arena.remove(a) && arena.remove(b) && !arena.remove(b));
        assert_eq!((arena.get(a), arena.get(b), arena[c]), (None, None, 'c'));
        let d = arena.insert('d');
        assert_eq!((d.index(), arena.contains_key(b), arena.len()), (b.index(), false, 2));
        assert_eq!(arena.iter().collect::<Vec<_>>(), [(d, &'d'), (c, &'c')]);
        assert_eq!(arena.get(EpitemKey::default()), None);
    }

    #[test]
    #[should_panic(expected = "is gone")]
    #[cfg(debug_assertions)]
    #[cfg(not(target_arch = "wasm32"))]
    fn a_key_of_what_is_gone_is_noticed() {
        let mut arena = Arena::<EpitemKey, char>::default();
        let key = arena.insert('a');
        arena.remove(key);
        _ = arena[key];
    }
}
