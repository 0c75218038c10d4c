//! A real `payung-district` on loopback.

use crate::programs::{program, succeed};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A district with a data folder of its own; its server can be stopped, killed and started again.
pub struct District {
    data: PathBuf,
    port: u16,
    server: Option<Child>,
}

impl District {
    /// Initialises a district for a regency (`33.05`) and starts its server.
    pub fn start(folder: &Path, regency: &str) -> Self {
        let data = folder.join(format!("district-{regency}"));
        let port = free_port();
        let url = format!("https://127.0.0.1:{port}");
        succeed(
            Command::new(program("payung-district"))
                .args(["init", "--regency", regency, "--url", &url, "--data"])
                .arg(&data),
        );
        let mut district = Self { data, port, server: None };
        district.restart();
        district
    }

    /// Starts the server and waits until it says that it listens.
    pub fn restart(&mut self) {
        assert!(self.server.is_none(), "the server already runs");
        let mut server = Command::new(program("payung-district"))
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"])
            .arg(&self.data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("payung-district starts");
        let mut said = String::new();
        let mut lines = BufReader::new(server.stdout.take().expect("stdout"));
        lines.read_line(&mut said).expect("the server says that it listens");
        assert!(said.contains("listening"), "the server said {said:?}");
        // What it says later is read too: a pipe that nobody empties would hold the server up.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        self.server = Some(server);
    }

    /// kill -9: no chance to finish anything.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().expect("the server was running");
            server.wait().expect("the server ended");
        }
    }

    /// Writes a one-time enrolment file for a village.
    pub fn enrolment_file(&self, village: &str) -> PathBuf {
        let count = std::fs::read_dir(&self.data).map_or(0, Iterator::count);
        let out = self.data.join(format!("enrolment-{village}-{count}.json"));
        succeed(self.command("enrol").args(["--village", village, "--out"]).arg(&out));
        out
    }

    /// An officer's decision; `arguments` as on the command line.
    pub fn decide(&self, arguments: &[&str]) -> String {
        succeed(self.command("decide").args(arguments))
    }

    pub fn status(&self) -> serde_json::Value {
        let text = succeed(self.command("status").args(["--format", "json"]));
        serde_json::from_str(&text).expect("status is JSON")
    }

    /// Any command of an officer, words and all; what it said.
    pub fn succeed(&self, words: &[&str]) -> String {
        succeed(Command::new(program("payung-district")).args(words).arg("--data").arg(&self.data))
    }

    /// `payung-district COMMAND --data …`, ready for more arguments.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(program("payung-district"));
        command.arg(name).arg("--data").arg(&self.data);
        command
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The number of the running server's process.
    pub fn process(&self) -> u32 {
        self.server.as_ref().expect("the server runs").id()
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for District {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port of loopback that nobody listens on now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}
