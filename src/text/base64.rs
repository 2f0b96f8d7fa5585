//! Bytes as letters, and back; the door to the library `base64`. Source: RFC 4648.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bytes as base 64, with padding.
pub fn encoded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text in base 64, with its padding; `None` where it is none.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
