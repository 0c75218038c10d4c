//! A clerk who enters people as fast as she can and says aloud what the program told her is saved. The test kills her.
//!
//! usage: payung-clerk DATA SECRET FIRST_SERIAL

use payung_domain::{Field, FieldValues};
use payung_register::{Acknowledge, Op, Register, Tools};
use payung_system::{SystemClock, SystemRandom};
use payung_tests::people;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, data, secret, first_serial] = &arguments[..] else {
        panic!("usage: payung-clerk DATA SECRET SERIAL")
    };
    let tools = Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
    let slot = Register::people(Path::new(data)).expect("people")[0].id;
    let mut register = Register::unlock(Path::new(data), slot, secret, tools).expect("unlock");
    let mut serial: u32 = first_serial.parse().expect("serial");
    let say = |words: String| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{words}").and_then(|()| out.flush()).expect("stdout");
    };
    say("open".to_owned());
    loop {
        let values = people::one("33.05.01.2001", serial);
        let nik = values.get(Field::Nik).expect("nik").to_owned();
        let draft = register.transact(Op::NewDraft { values: FieldValues::default() }).expect("draft");
        let person = draft.person().expect("person");
        for (field, value) in values.iter() {
            register.transact(Op::SaveField { person, field, value: value.to_owned() }).expect("field");
        }
        say(format!("typed {nik}"));
        register.transact(Op::Release { person, acknowledge: Acknowledge::default() }).expect("release");
        say(format!("released {nik}"));
        serial += 1;
    }
}
