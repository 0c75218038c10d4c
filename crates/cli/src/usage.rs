//! How a command line is explained and refused: in Bahasa Indonesia, one line, code 2.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Parser};
use std::io::{self, Write};
use std::process::ExitCode;

const HELP: &str = "{about}\n\nPemakaian: {usage}\n\n{all-args}";

/// What clap itself says in English, and what stands there instead.
const TRANSLATED: [(&str, &str); 4] = [
    ("[OPTIONS]", "[PILIHAN]"),
    ("[default: ", "[bawaan: "),
    ("[possible values: ", "[salah satu: "),
    ("Arguments:", "Isian:"),
];

/// Code of a command that could not do its work.
const FAILED: u8 = 2;

/// The command line as the program's arguments; otherwise help or a refusal has been printed, and the code to end with.
pub fn parse<T: Parser>() -> Result<T, ExitCode> {
    let command = in_indonesian(
        T::command()
            .disable_version_flag(true)
            .arg(flag("versi", 'V', "version", "Tampilkan versi").action(ArgAction::Version)),
    );
    let matches = command.try_get_matches().map_err(|error| explain(&error))?;
    T::from_arg_matches(&matches).map_err(|error| explain(&error))
}

fn in_indonesian(command: Command) -> Command {
    command
        .help_template(HELP)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Perintah")
        .subcommand_value_name("PERINTAH")
        .arg(flag("bantuan", 'h', "help", "Tampilkan bantuan").action(ArgAction::Help))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Isian" } else { "Pilihan" };
            arg.help_heading(heading)
        })
        .mut_subcommands(in_indonesian)
}

fn flag(id: &'static str, short: char, long: &'static str, help: &'static str) -> Arg {
    Arg::new(id).short(short).long(long).help(help)
}

/// Says why a command failed.
pub fn fail(words: &str) -> ExitCode {
    let line: Vec<&str> = words.split_whitespace().collect();
    eprintln!("payung: {}", line.join(" "));
    ExitCode::from(FAILED)
}

/// Prints the help that was asked for, or says what is wrong with the command line.
fn explain(error: &clap::Error) -> ExitCode {
    let shown = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = shown(ContextKind::InvalidArg);
    let problem = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let help = TRANSLATED
                .iter()
                .fold(error.render().to_string(), |text, (english, own)| text.replace(english, own));
            // Where the reader has gone, nobody is left to tell.
            let _ = writeln!(io::stdout(), "{}", help.trim_end());
            return ExitCode::SUCCESS;
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "perintahnya belum ditulis".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("belum ditulis: {argument}"),
        ErrorKind::InvalidValue => {
            let valid = shown(ContextKind::ValidValue);
            match (shown(ContextKind::InvalidValue), valid.as_str()) {
                (value, _) if value.is_empty() => format!("nilai untuk {argument} belum ditulis"),
                (value, "") => format!("nilai \"{value}\" untuk {argument} tidak dikenal"),
                (value, valid) => format!("nilai \"{value}\" untuk {argument} tidak dikenal; pilih {valid}"),
            }
        }
        ErrorKind::InvalidSubcommand => {
            format!("perintah \"{}\" tidak dikenal", shown(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("\"{argument}\" tidak dikenal di sini"),
        ErrorKind::ArgumentConflict => format!("{argument} tertulis dua kali atau bertentangan"),
        _ => "perintah keliru ditulis".to_owned(),
    };
    fail(&format!("{problem}. Tulis \"payung --help\" untuk melihat cara pakainya."))
}
