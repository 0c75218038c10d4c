//! House rules as tests: which room may know which, and where the outside world may be touched. The map itself is in
//! docs/ARCHITECTURE.md.

mod arrows;
mod tidy;
