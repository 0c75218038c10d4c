//! A village and its district, both as the real programs, over real TLS on loopback.

mod costs;
mod carried;
mod main_job;
mod pieces;
mod population;
mod proxied;
mod versions;
mod stick;
mod stick_faults;
