//! A village and its district, both as the real programs, over real TLS on loopback.

mod costs;
mod main_job;
mod population;
mod proxied;
mod versions;
