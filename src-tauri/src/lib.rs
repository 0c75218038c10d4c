//! The desktop program: the only Rust that knows Tauri. A command converts, calls one room of the house, converts back.
//!
//! Never here: rules of the regulation, SQL, cryptography, HTTP. What the program may do on the machine stands in
//! `tauri.conf.json`; what crosses to the window stands in [`dto`].

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod arguments;
mod base64;
pub mod bindings;
mod camera;
mod carry;
mod commands;
mod convert;
mod courier;
mod drafting;
pub mod dto;
mod error;
mod evidence;
mod exports;
mod form;
mod form_paper;
mod given;
mod idle;
mod importing;
mod instance;
mod letter;
#[cfg(test)]
mod life;
mod numbering;
mod painting;
mod papers;
mod photos;
mod preferences;
mod printing;
mod signing;
mod state;
mod tables;
mod verifying;
mod versions;
mod viewing;
mod window;
mod work;

use std::process::ExitCode;

/// Opens the window on a data folder; returns when it is closed.
pub fn run() -> ExitCode {
    let arguments = match arguments::Arguments::read(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    if arguments.help {
        println!("{}", arguments::HELP);
        return ExitCode::SUCCESS;
    }
    match window::open(&arguments.data, arguments.files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}
