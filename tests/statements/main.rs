//! A statement from its pages to the last signature over it, judged by programs that are not ours: pdfsig and NSS,
//! pyHanko, qpdf, poppler.

mod command;
mod damage;
mod desk;
mod judged;
mod later;
mod letter;
mod returned;
