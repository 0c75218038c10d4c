//! What a program can do with a register, from outside.

mod district;
mod drafts;
mod exchange;
mod following;
mod harness;
mod heads;
mod importing;
mod letters;
mod life;
mod migrating;
mod opening;
mod searching;
mod signing;
mod stamping;
mod statements;
mod tampering;
mod versions;
mod wandering;
