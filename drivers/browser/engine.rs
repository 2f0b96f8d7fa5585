//! The engine as a WebAssembly module without imports: a page, or any other host, writes a request as JSON and reads the
//! reply. What can be asked is described in `winset::door`.
//!
//! ```text
//! at = input(length)     room for a request of so many bytes, at this place of the memory
//! length = call()        answers it
//! at = output()          where the reply stands, UTF-8, until the next call
//! ```
//!
//! ```sh
//! cargo build --locked --profile browser --target wasm32-unknown-unknown \
//!     --no-default-features --features figures --example engine
//! ```
#![allow(unsafe_code)] // Four names that must not be mangled; nothing else here is unsafe.

use std::cell::RefCell;

use winset::door::Door;

/// Of which sources it was built: a program of others refuses it.
#[unsafe(no_mangle)]
pub static SOURCES: &str = winset::door::SOURCES;

/// What is asked, the scenarios that are held open, and what was answered.
#[derive(Default)]
struct Desk {
    request: Vec<u8>,
    door: Door,
    reply: String,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Makes room for a request of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    DESK.with_borrow_mut(|desk| {
        desk.request = vec![0; length];
        desk.request.as_mut_ptr()
    })
}

/// Answers the request, and says how many bytes the reply has.
#[unsafe(no_mangle)]
pub extern "C" fn call() -> usize {
    DESK.with_borrow_mut(|desk| {
        let request = std::mem::take(&mut desk.request);
        desk.reply = desk.door.call(&request);
        desk.reply.len()
    })
}

/// Where the reply stands.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    DESK.with_borrow(|desk| desk.reply.as_ptr())
}
