//! What the build draws in: nothing that needs the system's fonts, and no second code path of elementary functions.

use std::process::Command;

/// What `cargo tree` prints for the committed lock file.
fn tree(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo"));
    let run = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--all-features", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .args(arguments)
        .output()
        .expect("cargo runs the tests, so it is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("cargo prints UTF-8")
}

#[test]
fn the_build_needs_no_fonts_of_the_system() {
    let tree = tree(&["-e", "normal,build", "--prefix", "none"]);
    assert!(tree.contains("plotters v"), "pictures are part of the build:\n{tree}");
    for unwanted in ["font-kit", "yeslogic-fontconfig-sys", "pkg-config"] {
        assert!(!tree.lines().any(|l| l.starts_with(unwanted)), "{unwanted} is drawn in");
    }
}

/// With `arch`, libm chooses instructions by processor, and last bits with them; `force-soft-floats` overrules it, since a
/// crate that the build draws in may switch it on.
#[test]
fn libm_is_built_without_its_processor_dependent_code() {
    let tree = tree(&["-e", "features", "-i", "libm", "--prefix", "none"]);
    assert!(tree.starts_with("libm v0.2.15"), "exactly one libm, the pinned one:\n{tree}");
    assert!(
        tree.contains("libm feature \"force-soft-floats\""),
        "its processor-dependent code is not overruled:\n{tree}"
    );
    assert!(!tree.contains("libm feature \"unstable"), "an unstable feature is switched on:\n{tree}");
}
