//! The real window, the built program, a real district: what a village does on an ordinary day and on a bad one.
//!
//! Needs a display and a session bus of its own; `tools/headless.sh` gives both.

mod scene;

mod bad_days;
mod main_job;
mod printing;
mod setup;
mod stamping;
mod statement_life;
