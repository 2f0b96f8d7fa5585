//! What the build lays beside the sources: a fingerprint of those that the engine of the page is made of, so that program
//! and engine know each other; and the engine itself, where `WINSET_ENGINE` names one.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the engine is made of.
const SOURCES: [&str; 4] = ["src", "assets", "drivers/browser/engine.rs", "Cargo.lock"];

/// What of it only the program is made of: a change there leaves the engine as it was.
const OF_THE_PROGRAM: [&str; 5] = ["src/cli", "src/main.rs", "src/page", "assets/help", "assets/page"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        gather(source.into(), &mut files)?;
    }
    files.sort();
    let mark = format!("winset-sources-{:016x}", fingerprint(&files)?);
    println!("cargo::rustc-env=WINSET_SOURCES={mark}");
    println!("cargo::rerun-if-changed=build.rs");
    files.iter().for_each(|file| println!("cargo::rerun-if-changed={file}"));

    println!("cargo::rerun-if-env-changed=WINSET_ENGINE");
    let for_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    let named = env::var_os("WINSET_ENGINE").filter(|path| !path.is_empty());
    let engine = match named.map(PathBuf::from) {
        Some(path) if env::var_os("CARGO_FEATURE_CLI").is_some() && !for_wasm => engine(&path, &mark),
        _ => Vec::new(),
    };
    fs::write(Path::new(&env::var_os("OUT_DIR").expect("cargo says where")).join("engine.wasm"), engine)
}

/// Adds a file, or all files of a folder but hidden ones, by their paths from here, with `/` on every machine.
fn gather(path: String, files: &mut Vec<String>) -> io::Result<()> {
    if OF_THE_PROGRAM.contains(&path.as_str()) || path.contains("/.") {
        return Ok(());
    }
    if Path::new(&path).is_file() {
        files.push(path);
        return Ok(());
    }
    for entry in fs::read_dir(&path)? {
        gather(format!("{path}/{}", entry?.file_name().to_string_lossy()), files)?;
    }
    Ok(())
}

/// Names, lengths and contents in 64 bits, by FNV-1a: it tells versions apart and keeps nobody out.
fn fingerprint(files: &[String]) -> io::Result<u64> {
    let mut all = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let content = fs::read(file)?;
        let head = format!("{file}\n{}\n", content.len());
        for byte in head.bytes().chain(content) {
            all = (all ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    Ok(all)
}

/// The engine that is named, if it is one of these sources; otherwise the build ends.
fn engine(path: &Path, mark: &str) -> Vec<u8> {
    println!("cargo::rerun-if-changed={}", path.display());
    let shown = path.display();
    let wrong = match fs::read(path) {
        Ok(bytes) if bytes.windows(mark.len()).any(|at| at == mark.as_bytes()) => return bytes,
        Ok(_) => "was built from other sources: `cargo engine` builds it again".to_owned(),
        Err(e) => format!("could not be read: {e}"),
    };
    println!("cargo::error=the engine `{shown}`, which WINSET_ENGINE names, {wrong}");
    Vec::new()
}
