//! What the build draws in: nothing that needs the system's fonts, and no second code path of elementary functions.
//!
//! Only what a build of these very tests has fetched is looked at, so that they pass on a machine that has built
//! nothing else; the lock file tells the rest, for it names every package of every feature and platform.

use std::process::Command;

/// The features that this program was built with.
fn features() -> String {
    let known = [
        ("cli", cfg!(feature = "cli")),
        ("figures", cfg!(feature = "figures")),
        ("png", cfg!(feature = "png")),
        ("parquet", cfg!(feature = "parquet")),
        ("ctrlc", cfg!(feature = "ctrlc")),
    ];
    known.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect::<Vec<_>>().join(",")
}

/// What `cargo tree` prints for the committed lock file and the features of this build.
fn tree(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo"));
    let run = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .args(["--no-default-features", "--features", &features()])
        .args(arguments)
        .output()
        .expect("cargo runs the tests, so it is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("cargo prints UTF-8")
}

/// The names of all packages of the lock file, as often as they stand there.
fn locked() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("it is committed");
    let lock: toml::Table = text.parse().expect("cargo wrote it");
    let packages = lock["package"].as_array().expect("a list of tables");
    packages.iter().map(|package| package["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn the_build_needs_no_fonts_of_the_system() {
    let locked = locked();
    assert!(locked.iter().any(|name| name == "plotters"), "pictures are part of the build");
    for unwanted in ["font-kit", "yeslogic-fontconfig-sys", "pkg-config"] {
        assert!(!locked.iter().any(|name| name == unwanted), "{unwanted} is drawn in");
    }
}

/// With `arch`, libm chooses instructions by processor, and last bits with them; `force-soft-floats` overrules it, since a
/// crate that the build draws in may switch it on.
#[test]
fn libm_is_built_without_its_processor_dependent_code() {
    assert_eq!(locked().iter().filter(|name| *name == "libm").count(), 1, "exactly one libm, for all features");
    let tree = tree(&["-e", "features", "-i", "libm", "--prefix", "none"]);
    assert!(tree.starts_with("libm v0.2.15"), "the pinned one:\n{tree}");
    assert!(
        tree.contains("libm feature \"force-soft-floats\""),
        "its processor-dependent code is not overruled:\n{tree}"
    );
    assert!(!tree.contains("libm feature \"unstable"), "an unstable feature is switched on:\n{tree}");
}
