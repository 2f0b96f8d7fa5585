//! Asking the program, and folders that vanish afterwards.

#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the program answered.
pub struct Asked {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The program, to be run in the folder of the repository.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_winset"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("RUST_BACKTRACE").env("NO_COLOR", "1");
    command
}

/// The document that `--json` prints, whole.
pub fn document(text: &str) -> serde_json::Value {
    let document: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let keys: Vec<&String> = document.as_object().expect("it is an object").keys().collect();
    assert_eq!(keys, ["answer", "asked", "format", "scenario", "seed", "verb", "version"], "one frame for all verbs");
    document
}

/// What stands in the frame of a document.
pub fn answer(text: &str) -> serde_json::Value {
    document(text)["answer"].take()
}

pub fn winset(words: &[&str]) -> Asked {
    winset_with_input(words, b"")
}

pub fn winset_with_input(words: &[&str], input: &[u8]) -> Asked {
    ask(command(words), input)
}

fn ask(mut command: Command, input: &[u8]) -> Asked {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that does not read its input closes it: that is no failure.
    let _ = child.stdin.take().expect("standard input is a pipe").write_all(input);
    let done = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Asked { status: done.status.code().expect("no signal ends it"), out: text(done.stdout), err: text(done.stderr) }
}

/// A folder of one test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the target folder can be written");
        Self(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("the path is UTF-8").to_owned()
    }

    /// A file in it with these bytes; its path.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("the folder can be written");
        path
    }

    /// The program, run in this folder.
    pub fn winset(&self, words: &[&str]) -> Asked {
        let mut command = command(words);
        command.current_dir(&self.0);
        ask(command, b"")
    }

    pub fn entries(&self) -> Vec<String> {
        list(&self.0)
    }

    pub fn files(&self, name: &str) -> Vec<String> {
        list(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn list(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("it can be read").file_name().into_string().expect("names are UTF-8")).collect();
    names.sort();
    names
}
