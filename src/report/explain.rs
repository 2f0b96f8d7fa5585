//! One thing of a scenario.
