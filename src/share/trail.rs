//! A fingerprint of what has happened by a position.
//!
//! It takes in every event with the names of its kind and cases, never a number that stands for one:
//! so it stays the same, on every host and in every version, as long as the same things happen. It
//! changes when the kernel model tells a run otherwise, and that is its purpose. What led to an
//! event is left out, for that is told about a run and is not the run.

use std::fmt;

use serde::ser::{self, Serialize};

use crate::trace::Record;

/// A mark is kept every so many events.
const MARK_EVENTS: usize = 1024;

/// The fingerprints of one run, as far as they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    /// The state before the event with this place times [`MARK_EVENTS`].
    marks: Vec<u64>,
}

impl Trail {
    /// The fingerprint of the first `position` events; never 0. Past the end it is that of all.
    ///
    /// A trail belongs to one run, of which it may have seen less; it goes on from the nearest mark.
    pub fn at(&mut self, records: &[Record], position: usize) -> u32 {
        let position = position.min(records.len());
        while self.known() + MARK_EVENTS <= position {
            self.extend(records);
        }
        let mark = (position / MARK_EVENTS).min(self.marks.len());
        let state = mark.checked_sub(1).map_or(Print::START, |mark| self.marks[mark]);
        let print = print(state, &records[mark * MARK_EVENTS..position]);
        let print = print ^ print >> 29;
        (print.wrapping_mul(FACTOR) >> 32) as u32 | 1
    }

    /// How many events were taken in: what is asked for up to there comes soon.
    pub fn known(&self) -> usize {
        self.marks.len() * MARK_EVENTS
    }

    /// Takes in the next events, if there are enough to keep a mark. A long run can be taken in piece
    /// by piece.
    pub fn extend(&mut self, records: &[Record]) {
        let known = self.known();
        if let Some(next) = records.get(known..known + MARK_EVENTS) {
            let state = self.marks.last().copied().unwrap_or(Print::START);
            self.marks.push(print(state, next));
        }
    }
}

fn print(state: u64, records: &[Record]) -> u64 {
    let mut print = Print(state);
    for record in records {
        let event = &record.event;
        let all = (event.by(), event.func(), &event.kind);
        if all.serialize(&mut print).is_err() {
            unreachable!("a fingerprint refuses nothing");
        }
    }
    print.0
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// A serialiser that keeps nothing but a hash.
struct Print(u64);

impl Print {
    const START: u64 = 0x6570_6f6c_6c20_7631;

    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.word(word);
        }
    }
}

/// Nothing goes wrong here; the trait wants a type for it.
#[derive(Debug)]
struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no fingerprint")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Never {
        Never
    }
}

macro_rules! words {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<(), Never> {
            self.word(value as u64);
            Ok(())
        }
    )*};
}

impl ser::Serializer for &mut Print {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    words! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_char: char,
    }

    fn serialize_i128(self, value: i128) -> Result<(), Never> {
        self.bytes(&value.to_le_bytes());
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result<(), Never> {
        self.bytes(&value.to_le_bytes());
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.word(value.to_bits().into());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.word(value.to_bits());
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.bytes(value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        self.bytes(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.word(0);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.word(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        case: &'static str,
    ) -> Result<(), Never> {
        self.serialize_str(case)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        case: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.bytes(case.as_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, Never> {
        self.word(len.map_or(u64::MAX, |len| len as u64));
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        case: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        self.bytes(case.as_bytes());
        Ok(self)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self, Never> {
        self.serialize_seq(len)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        case: &'static str,
        _: usize,
    ) -> Result<Self, Never> {
        self.bytes(case.as_bytes());
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! parts {
    ($($trait:ident: $method:ident$(($name:ty))?,)*) => {$(
        impl ser::$trait for &mut Print {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $(_: $name,)?
                value: &T,
            ) -> Result<(), Never> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        }
    )*};
}

parts! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
    SerializeStruct: serialize_field(&'static str),
    SerializeStructVariant: serialize_field(&'static str),
}

impl ser::SerializeMap for &mut Print {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
