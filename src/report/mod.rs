//! Answers as values: text, data and pictures. Writes nothing.

#[cfg(feature = "figures")]
pub mod figure;
pub mod solve;
