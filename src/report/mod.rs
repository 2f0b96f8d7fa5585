//! Answers as values: text, data and pictures. Writes nothing.

#[cfg(feature = "figures")]
pub mod figure;
#[cfg(feature = "figures")]
pub mod pictures;
