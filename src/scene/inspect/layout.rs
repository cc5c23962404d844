//! How C lays structures out: offsets and sizes from the order of the fields and their types.
//!
//! For x86-64, and Linux 6.18 as distributions build it: no lock debugging, no `CONFIG_DEBUG_*` that
//! widens a lock or a list, with `CONFIG_EPOLL`, `CONFIG_NET_RX_BUSY_POLL` and
//! `CONFIG_SECURITY`, without `CONFIG_WATCH_QUEUE`. What depends on much more than that (`task_struct`, `sock`) has no offsets.

/// A field of a structure. Fields of embedded structures stand flat, with their path as name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in 6.18.
    pub name: &'static str,
    /// Its type. A `packed` behind it takes the alignment away.
    pub ty: &'static str,
    /// What kernels 4.x called it, or had in its place, where that differs.
    pub old: &'static str,
    /// How many of the fields before it share its place: they are a union.
    pub over: usize,
}

/// A structure with its fields in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Struct {
    /// As in C: `struct epitem`.
    pub name: &'static str,
    /// What kernels 4.x called it, where that differs.
    pub old: &'static str,
    /// The file that declares it.
    pub file: &'static str,
    /// Its fields; for a partial structure the ones that count here.
    pub fields: &'static [Field],
    /// The whole of it depends on the build: no offsets.
    pub partial: bool,
}

/// Where a field lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes from the start of the structure.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
}

impl Struct {
    /// The places of all fields, in order; nothing for a partial structure.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        if self.partial {
            return places;
        }
        let mut end = 0;
        for field in self.fields {
            let (size, align) = size_align(field.ty);
            let shared = places.len().checked_sub(field.over).filter(|_| field.over > 0);
            let offset = match shared.and_then(|first| places.get(first)) {
                Some(first) => first.offset,
                None => end_of(end, align),
            };
            end = end.max(offset + size);
            places.push(Place { offset, size });
        }
        places
    }

    /// Its size in bytes; nothing for a partial structure.
    pub fn size(&self) -> Option<u32> {
        let places = self.places();
        let end = places.iter().map(|place| place.offset + place.size).max()?;
        let align = self.fields.iter().map(|field| size_align(field.ty).1).max()?;
        Some(end_of(end, align))
    }
}

/// The next multiple of an alignment.
fn end_of(offset: u32, align: u32) -> u32 {
    offset.div_ceil(align) * align
}

/// Size and alignment of a type.
///
/// # Panics
/// The type is not known: a table names a new one.
pub(super) fn size_align(ty: &str) -> (u32, u32) {
    if let Some(ty) = ty.strip_suffix(" packed") {
        return (size_align(ty).0, 1);
    }
    if let Some((ty, count)) = ty.split_once('[') {
        let count: u32 = count.trim_end_matches(']').parse().unwrap_or_default();
        let (size, align) = size_align(ty);
        return (size * count, align);
    }
    if ty.ends_with('*') {
        return (8, 8);
    }
    match ty {
        "bool" | "u8" => (1, 1),
        "u16" | "short unsigned" | "short" => (2, 2),
        "int"
        | "unsigned int"
        | "u32"
        | "__u32"
        | "__poll_t"
        | "fmode_t"
        | "spinlock_t"
        | "seqcount_spinlock_t"
        | "refcount_t"
        | "struct kref"
        | "errseq_t" => (4, 4),
        "unsigned long" | "u64" | "__u64" | "loff_t" | "ktime_t" | "sigset_t"
        | "struct hlist_head" | "file_ref_t" => (8, 8),
        "struct list_head"
        | "struct hlist_node"
        | "struct rcu_head"
        | "struct rb_root_cached"
        | "struct path" => (16, 8),
        "wait_queue_head_t" => (24, 8),
        "struct mutex" | "struct file_ra_state" => (32, 8),
        "wait_queue_entry_t" => (40, 8),
        "struct poll_table_entry" => (64, 8),
        // struct alarm is the larger of the two.
        "union { hrtimer; alarm }" => (120, 8),
        other => unreachable!("the size of {other}"),
    }
}
