//! Files in, checked model out.
