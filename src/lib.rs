#[cfg(feature = "figures")]
pub mod report;
