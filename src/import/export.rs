//! A scenario as files of GENIUS or `NegMAS`.
