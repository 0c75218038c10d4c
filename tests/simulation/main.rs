//! A village and a district under every fault, from one seed.
