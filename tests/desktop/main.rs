//! The real window, the built program, a real district: what a village does on an ordinary day and on a bad one.
//!
//! Needs a display and a session bus of its own; `tools/headless.sh` gives both.

mod scene;

mod bad_days;
mod entering_fast;
mod finding;
mod importing;
mod main_job;
mod photos;
mod printing;
mod reach;
mod recovery;
mod setup;
mod several_laptops;
mod stamping;
mod statement_life;
mod stick;
