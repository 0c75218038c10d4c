//! What the tests that cross rooms share: the real programs as child processes, a district on loopback, a village's
//! data folder, and the real window. Everything lives in temporary folders and ends with the test.

pub mod dialogs;
pub mod district;
pub mod keyboard;
pub mod line;
pub mod old_server;
pub mod peers;
pub mod people;
pub mod pictures;
pub mod programs;
pub mod proxy;
pub mod scanner;
pub mod steps;
pub mod village;
pub mod window;

pub use district::District;
pub use village::Village;
pub use window::Window;
