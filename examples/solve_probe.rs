use std::time::Instant;
use winset::{report, scenario::Scenario, space};
fn main() {
    for f in std::env::args().skip(1) {
        let text = std::fs::read(&f).expect("file");
        let s = Scenario::parse(&f, &text)
            .map_err(|e| winset::scenario::render(&e, &f, &String::from_utf8_lossy(&text)))
            .unwrap_or_else(|e| panic!("{e}"));
        let n = &s.negotiation;
        let v = n.default_variants();
        let w = n.modal_world(&n.laws(None, &v));
        for _ in 0..3 {
            let t = Instant::now();
            let a = space::solve(n, &v, &w, Default::default(), Default::default());
            eprintln!("{f}: {:?}", t.elapsed());
            drop(a);
        }
        let a = space::solve(n, &v, &w, Default::default(), Default::default()).expect("solved");
        if std::env::var("PAGE").is_ok() { println!("{}", report::solve::page(n, &a, "the likeliest world")); continue; }
        let t = Instant::now();
        let j = report::solve::json(n, &a);
        eprintln!("json {:?}", t.elapsed());
        if std::env::var("JSON").is_ok() {
            println!("{}", serde_json::to_string_pretty(&j).expect("json"));
        } else {
            println!(
                "{} margin {} frontier {} {}",
                j["packages"], j["margin"], j["frontier"]["size"], j["frontier"]["packages"]
            );
            for k in ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"] {
                println!(
                    "{k} {}",
                    j["solutions"][k].as_array().map_or(String::new(), |a| a
                        .iter()
                        .take(2)
                        .map(|p| p["package"].to_string())
                        .collect::<Vec<_>>()
                        .join(" | "))
                );
            }
        }
    }
}
