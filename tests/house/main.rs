//! The house itself: rooms, doors, documents, schemas and what the build draws in.

mod dependencies;
mod docs;
mod layers;
mod schema;
