//! Events as JSON, for the command-line tool: ids as they print everywhere else.

use serde_json::{Map, Value, json};

use super::{Context, Event, Record};

/// An event with its `number` and the number of its `cause`.
pub fn record_json(number: usize, record: &Record) -> Value {
    let mut value = event_json(&record.event);
    if let Value::Object(object) = &mut value {
        object.insert("number".to_owned(), json!(number));
        object.insert("cause".to_owned(), json!(record.cause()));
    }
    value
}

/// One event: `by`, `func`, `event` (its kind) and the fields of the kind.
///
/// Keys of the kernel's arenas stand as one number each, the same that the page uses.
fn event_json(event: &Event) -> Value {
    let by = match event.by().context() {
        Context::Task(task) => task.to_string(),
        Context::Hardirq => "hardirq".to_owned(),
        Context::Softirq => "softirq".to_owned(),
        Context::Boot => "boot".to_owned(),
    };
    let mut object = Map::new();
    object.insert("by".to_owned(), json!(by));
    object.insert("func".to_owned(), json!(event.func().name()));
    match serde_json::to_value(&event.kind) {
        Ok(Value::Object(kind)) => {
            for (name, fields) in kind {
                object.insert("event".to_owned(), json!(name));
                if let Value::Object(fields) = fields {
                    object.extend(fields.into_iter().map(|(k, v)| (k, key_as_number(v))));
                }
            }
        }
        Ok(name) => {
            object.insert("event".to_owned(), name);
        }
        // Every kind of event is plain data.
        Err(error) => unreachable!("an event that JSON cannot say: {error}"),
    }
    Value::Object(object)
}

/// `{"idx": 3, "version": 1}`, as an arena key serialises, becomes `3`; a slot used again `3.1`.
fn key_as_number(value: Value) -> Value {
    let key = value.as_object().filter(|object| object.len() == 2);
    match key.and_then(|key| Some((key.get("idx")?.as_u64()?, key.get("version")?.as_u64()?))) {
        Some((index, 1)) => json!(index),
        Some((index, version)) => json!(format!("{index}.{}", version / 2)),
        None => match value {
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(k, v)| (k, key_as_number(v))).collect())
            }
            other => other,
        },
    }
}
