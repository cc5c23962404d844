//! The fold gives what the kernel is, and the kernel is sound, in random runs.

use proptest::prelude::*;

use super::Scene;
use crate::session::random::{Op, apply, machine, ops};
use crate::trace::Log;

fn json(scene: &Scene) -> String {
    // Keys of maps are keys of arenas, which JSON cannot have as keys: the debug form compares too.
    format!("{scene:#?}")
}

fn holds(ops: &[Op]) {
    let mut machine = machine(Log::default());
    let mut scene = Scene::default();
    let mut seen = 0;
    for op in ops {
        apply(&mut machine, op);
        machine.kernel().check();
        for record in &machine.sink().records()[seen..] {
            scene.apply(&record.event);
        }
        seen = machine.sink().records().len();
        let read = Scene::read_out(machine.kernel(), &scene);
        if json(&scene) != json(&read) {
            pretty(&json(&scene), &json(&read));
        }
    }
    let causes = machine.sink().records().iter().zip(0..);
    assert!(causes.into_iter().all(|(record, number)| record.cause().is_none_or(|c| c < number)));
}

fn pretty(folded: &str, read: &str) {
    let lines = folded.lines().zip(read.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let from = lines.saturating_sub(12);
    let part = |text: &str| text.lines().skip(from).take(24).collect::<Vec<_>>().join("\n");
    panic!("folded:\n{}\n\nread out:\n{}", part(folded), part(read));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn folding_the_trace_gives_the_kernel(ops in ops(60, true)) {
        holds(&ops);
    }
}
