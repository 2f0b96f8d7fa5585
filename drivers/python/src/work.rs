//! Work that lets go of the interpreter's lock, and ends where the user interrupts it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How long an interrupt may wait.
const TICK: Duration = Duration::from_millis(50);

/// Does something on a thread of its own, so that other threads of Python go on, and so that an interrupt is heard. Then
/// `halt` is set and the interrupt raised at once; what does not look at `halt` goes on unseen to its end.
///
/// # Errors
/// The interrupt.
pub fn work<T: Send + 'static>(py: Python<'_>, task: impl FnOnce(&AtomicBool) -> T + Send + 'static) -> PyResult<T> {
    let halt = Arc::new(AtomicBool::new(false));
    let (told, mut hears) = channel();
    let heard = Arc::clone(&halt);
    std::thread::spawn(move || told.send(task(&heard)));
    loop {
        let (done, back) = py.detach(move || (hears.recv_timeout(TICK), hears));
        hears = back;
        match done {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => {
                py.check_signals().inspect_err(|_| halt.store(true, Ordering::Relaxed))?
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("winset broke down; the lines above say where"));
            }
        }
    }
}
