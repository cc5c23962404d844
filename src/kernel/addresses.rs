//! Pseudo-addresses of open files.
//!
//! The tree of an interest set is ordered by the address of `struct file`, and addresses come from
//! a slab: pages far apart, 21 objects of 192 bytes on each, handed out in a shuffled order, the one
//! freed last first. So the order in a tree is not the order of descriptors, here as on Linux; but
//! here it is the same in every run.

use serde::{Deserialize, Serialize};

/// `filp_cache`, the slab of `struct file`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Addresses {
    made: u64,
    free: Vec<u64>,
}

/// Bytes from one object to the next: 184 of `struct file`, aligned to a cache line.
const OBJECT_BYTES: u64 = 192;
const OBJECTS_PER_SLAB: u64 = 21;

impl Addresses {
    pub(crate) fn alloc(&mut self) -> u64 {
        if let Some(address) = self.free.pop() {
            return address;
        }
        let (slab, index) = (self.made / OBJECTS_PER_SLAB, self.made % OBJECTS_PER_SLAB);
        self.made += 1;
        // Odd factors make both maps one to one, so that no address comes twice.
        let page = (slab * 0x9e5 + 0x3a7) % 0x10000 + slab / 0x10000 * 0x10000;
        let object = (index * 8 + 5 + slab) % OBJECTS_PER_SLAB;
        0xffff_8881_0000_0000 + page * 4096 + object * OBJECT_BYTES
    }

    pub(crate) fn free(&mut self, address: u64) {
        self.free.push(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_handed_out_twice_and_order_is_shuffled() {
        let mut addresses = Addresses::default();
        let made: Vec<u64> = (0..5_000).map(|_| addresses.alloc()).collect();
        let mut sorted = made.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), made.len());
        assert_ne!(sorted[..8], made[..8]);
        addresses.free(made[3]);
        assert_eq!(addresses.alloc(), made[3]);
    }
}
