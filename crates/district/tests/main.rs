//! A real server on loopback with TLS from its own authority, and laptops that speak the journal's language.

mod attachments;
mod checking;
mod deciding;
mod enrolling;
mod exchanging;
mod heads;
mod judging;
mod killing;
mod limits;
mod restored;
mod rounds;
mod statements;
mod stores;
mod support;
mod upgrading;
