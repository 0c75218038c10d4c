//! A village and its district, both as the real programs, over real TLS on loopback.

mod carried;
mod costs;
mod main_job;
mod pieces;
mod population;
mod proxied;
mod stick;
mod stick_faults;
mod versions;
