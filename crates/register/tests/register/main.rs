//! What a program can do with a register, from outside.

mod attachments;
mod backups;
mod carrying;
mod district;
mod drafts;
mod exchange;
mod following;
mod full;
mod harness;
mod heads;
mod importing;
mod interleaving;
mod letters;
mod life;
mod migrating;
mod opening;
mod relay;
mod searching;
mod several;
mod signing;
mod stamping;
mod statements;
mod tampering;
mod versions;
mod wandering;
