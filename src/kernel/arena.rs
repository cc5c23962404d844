//! Where objects of one kind live: a slot map that can be compared.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use slotmap::{Key, SlotMap};

/// A [`SlotMap`] with equality: the same keys hold equal values.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[serde(bound(serialize = "V: Serialize", deserialize = "V: Deserialize<'de>"))]
pub(crate) struct Arena<K: Key, V>(SlotMap<K, V>);

impl<K: Key, V> Default for Arena<K, V> {
    fn default() -> Self {
        Arena(SlotMap::with_key())
    }
}

impl<K: Key, V: PartialEq> PartialEq for Arena<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().eq(other.0.iter())
    }
}

impl<K: Key, V> Deref for Arena<K, V> {
    type Target = SlotMap<K, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<K: Key, V> DerefMut for Arena<K, V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
