//! Photos of identity papers, made small enough for a village line and kept readable. No IO, no clock.
