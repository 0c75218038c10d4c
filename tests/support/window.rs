//! The real window: the built program on a real display, driven through WebKitWebDriver as a person would drive it.

use crate::district::free_port;
use crate::programs::program;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longest wait for something to appear. Generous: test machines are slow, and nothing here asserts a time.
const APPEARS_WITHIN: Duration = Duration::from_secs(30);

pub struct Window {
    driver: Child,
    pub client: Client,
    screenshots: PathBuf,
}

impl Window {
    /// Opens the program on a data folder; screenshots go to `screenshots`.
    pub async fn open(data: &Path, screenshots: &Path) -> Self {
        std::fs::create_dir_all(screenshots).expect("folder for screenshots");
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver (package webkit2gtk-driver) starts");
        let capabilities = serde_json::json!({
            "webkitgtk:browserOptions": {
                "binary": program("payung-desktop"),
                "args": ["--data", data],
            }
        });
        let serde_json::Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let client = loop {
            let opened =
                ClientBuilder::new(HttpConnector::new()).capabilities(capabilities.clone()).connect(&address).await;
            match opened {
                Ok(client) => break client,
                Err(error) if tries == 60 => panic!("the window did not open: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(250)).await,
            }
            tries += 1;
        };
        Self { driver, client, screenshots: screenshots.to_owned() }
    }

    /// The element with that `data-testid`, once it is there.
    pub async fn find(&self, testid: &str) -> Element {
        let css = format!("[data-testid=\"{testid}\"]");
        let found = self.client.wait().at_most(APPEARS_WITHIN).for_element(Locator::Css(&css)).await;
        match found {
            Ok(element) => element,
            Err(error) => self.give_up(&format!("{testid} did not appear: {error}")).await,
        }
    }

    pub async fn is_there(&self, testid: &str) -> bool {
        self.client.find(Locator::Css(&format!("[data-testid=\"{testid}\"]"))).await.is_ok()
    }

    pub async fn click(&self, testid: &str) {
        let element = self.find(testid).await;
        // WebKitWebDriver clicks at the element's middle; bring it into view first.
        let shown = vec![serde_json::to_value(element.clone()).expect("element")];
        let _ = self.client.execute("arguments[0].scrollIntoView({block: 'center'})", shown).await;
        if let Err(error) = element.click().await {
            self.give_up(&format!("{testid} cannot be clicked: {error}")).await;
        }
    }

    /// Types into a field after emptying it.
    pub async fn fill(&self, testid: &str, text: &str) {
        let element = self.find(testid).await;
        element.clear().await.unwrap_or_else(|error| panic!("{testid} cannot be emptied: {error}"));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{testid} takes no keys: {error}"));
    }

    /// Chooses an option of a select by its value.
    pub async fn choose(&self, testid: &str, value: &str) {
        let element = self.find(testid).await;
        element.select_by_value(value).await.unwrap_or_else(|error| panic!("{testid} has no {value}: {error}"));
    }

    pub async fn press(&self, testid: &str, key: Key) {
        let keys: String = std::iter::once(char::from(key)).collect();
        self.find(testid).await.send_keys(&keys).await.unwrap_or_else(|error| panic!("{testid}: {error}"));
    }

    pub async fn text(&self, testid: &str) -> String {
        self.find(testid).await.text().await.expect("text of an element")
    }

    /// Waits until the element says these words.
    pub async fn says(&self, testid: &str, words: &str) {
        let mut last = String::new();
        for _ in 0..300 {
            if let Ok(element) = self.client.find(Locator::Css(&format!("[data-testid=\"{testid}\"]"))).await {
                last = element.text().await.unwrap_or_default();
                if last.to_lowercase().contains(&words.to_lowercase()) {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} says {last:?}, never {words:?}")).await
    }

    /// A screenshot named for what it shows.
    pub async fn screenshot(&self, name: &str) {
        if let Ok(png) = self.client.screenshot().await {
            std::fs::write(self.screenshots.join(format!("{name}.png")), png).expect("screenshot");
        }
    }

    /// Ends the session and with it the program, as a person closing the window.
    pub async fn close(mut self) {
        let _ = self.client.clone().close().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    async fn give_up(&self, why: &str) -> ! {
        self.screenshot("failed").await;
        panic!("{why} (see {}/failed.png)", self.screenshots.display());
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
