//! What a program can do with a register, from outside.

mod district;
mod drafts;
mod exchange;
mod harness;
mod importing;
mod letters;
mod opening;
mod searching;
mod statements;
mod versions;
mod wandering;
