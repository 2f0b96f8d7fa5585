//! All packages of one world, exactly.
