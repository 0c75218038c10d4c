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

/// Longest wait for a session, and how often it is tried.
const OPENS_WITHIN: Duration = Duration::from_secs(25);
const OPENINGS_MAX: u32 = 4;

pub struct Window {
    driver: Child,
    pub client: Client,
    data: PathBuf,
    screenshots: PathBuf,
}

impl Window {
    /// Opens the program on a data folder; screenshots go to `screenshots`.
    pub async fn open(data: &Path, screenshots: &Path) -> Self {
        std::fs::create_dir_all(screenshots).expect("folder for screenshots");
        // A program that is just ending may still hold the folder: then the new one only calls it forward and ends, and
        // the driver waits for nothing. Such a session is given up and opened again.
        for _ in 0..OPENINGS_MAX {
            let mut driver = start_driver(data);
            let opened = tokio::time::timeout(OPENS_WITHIN, connect(&driver, data)).await;
            if let Ok(client) = opened {
                let driver = driver.process;
                return Self { driver, client, data: data.to_owned(), screenshots: screenshots.to_owned() };
            }
            let _ = driver.process.kill();
            let _ = driver.process.wait();
        }
        panic!("the window did not open in {OPENINGS_MAX} tries");
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

    /// Clicks it, once it can be clicked: a button may wait for an answer of the program.
    pub async fn click(&self, testid: &str) {
        let css = format!("[data-testid=\"{testid}\"]:not(:disabled)");
        self.click_once(&css, None).await;
    }

    /// Clicks the element whose `data-testid` starts so and which says these words.
    pub async fn click_where(&self, testid_start: &str, words: &str) {
        self.click_once(&format!("[data-testid^=\"{testid_start}\"]"), Some(words)).await;
    }

    /// Looks and clicks until a click arrives. The page may draw an element anew between the look and the click: then it
    /// is looked for again, as a person would.
    async fn click_once(&self, css: &str, words: Option<&str>) {
        let mut last = "it is not there".to_owned();
        for _ in 0..300 {
            for element in self.client.find_all(Locator::Css(css)).await.unwrap_or_default() {
                if let Some(words) = words
                    && !self.words_of(&element).await.contains(words)
                {
                    continue;
                }
                match self.click_element(&element).await {
                    Ok(()) => return,
                    Err(why) => last = why,
                }
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let saying = words.map(|words| format!(" saying {words:?}")).unwrap_or_default();
        self.give_up(&format!("{css}{saying} cannot be clicked: {last}")).await
    }

    /// What an element says; a radio button speaks through its label.
    async fn words_of(&self, element: &Element) -> String {
        let script = "const e = arguments[0]; return (e.closest('label') ?? e).textContent + ' ' + (e.dataset.nama ?? '')";
        let element = vec![serde_json::to_value(element.clone()).expect("element")];
        let said = self.client.execute(script, element).await.ok();
        said.and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// # Errors
    ///
    /// The driver's words when the click did not arrive.
    async fn click_element(&self, element: &Element) -> Result<(), String> {
        // WebKitWebDriver clicks at the element's middle; bring it into view first.
        let shown = vec![serde_json::to_value(element.clone()).expect("element")];
        let _ = self.client.execute("arguments[0].scrollIntoView({block: 'center'})", shown.clone()).await;
        match element.click().await {
            Ok(()) => Ok(()),
            // A radio button drawn by its label has no area of its own: the label takes the click.
            Err(error) if error.is_element_not_interactable() => {
                let script = "const l = arguments[0].closest('label'); if (l) l.click(); return Boolean(l)";
                let by_label = self.client.execute(script, shown).await;
                if by_label.is_ok_and(|clicked| clicked == true) { Ok(()) } else { Err(error.to_string()) }
            }
            Err(error) => Err(error.to_string()),
        }
    }

    pub async fn scroll_to(&self, testid: &str) {
        let element = vec![serde_json::to_value(self.find(testid).await).expect("element")];
        self.client.execute("arguments[0].scrollIntoView()", element).await.expect("scrolling");
    }

    /// Waits until an attribute has a value.
    pub async fn attribute(&self, testid: &str, name: &str, value: &str) {
        let css = format!("[data-testid=\"{testid}\"][{name}=\"{value}\"]");
        let found = self.client.wait().at_most(APPEARS_WITHIN).for_element(Locator::Css(&css)).await;
        if let Err(error) = found {
            self.give_up(&format!("{testid} never has {name}={value}: {error}")).await;
        }
    }

    /// Waits until a field holds this.
    pub async fn value(&self, testid: &str, wanted: &str) {
        let mut last = None;
        for _ in 0..300 {
            last = self.find(testid).await.prop("value").await.ok().flatten();
            if last.as_deref() == Some(wanted) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} holds {last:?}, never {wanted:?}")).await
    }

    /// Chooses an answer. Where the page moved under the pointer, once more, as a person would.
    pub async fn answer(&self, testid: &str) {
        for _ in 0..3 {
            self.click(testid).await;
            if self.chosen_within(testid, 20).await {
                return;
            }
        }
        self.give_up(&format!("{testid} cannot be chosen")).await
    }

    /// Waits until this answer is the chosen one.
    pub async fn chosen(&self, testid: &str) {
        if !self.chosen_within(testid, 300).await {
            self.give_up(&format!("{testid} is not chosen")).await
        }
    }

    /// In tenths of a second.
    async fn chosen_within(&self, testid: &str, tenths: u32) -> bool {
        for _ in 0..tenths {
            if self.find(testid).await.prop("checked").await.ok().flatten().as_deref() == Some("true") {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        false
    }

    /// Waits until the element is no longer there.
    pub async fn gone(&self, testid: &str) {
        for _ in 0..300 {
            if !self.is_there(testid).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} does not go away")).await
    }

    /// Types over what a field holds, as a person does: everything chosen, then the keys. The driver's own emptying leaves
    /// the field in between, and what the program fills in there meanwhile would stand before the keys.
    pub async fn fill(&self, testid: &str, text: &str) {
        const CTRL_A: [char; 3] = ['\u{e009}', 'a', '\u{e009}'];
        let keys: String = CTRL_A.into_iter().chain([char::from(Key::Delete)]).chain(text.chars()).collect();
        let element = self.find(testid).await;
        element.send_keys(&keys).await.unwrap_or_else(|error| panic!("{testid} takes no keys: {error}"));
    }

    /// Chooses an option of a select by its value.
    pub async fn choose(&self, testid: &str, value: &str) {
        let element = self.find(testid).await;
        element
            .select_by_value(value)
            .await
            .unwrap_or_else(|error| panic!("{testid} has no {value}: {error}"));
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
            if let Ok(element) = self.client.find(Locator::Css(&format!("[data-testid=\"{testid}\"]"))).await
            {
                last = self.shown_by(element).await;
                if last.to_lowercase().contains(&words.to_lowercase()) {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} says {last:?}, never {words:?}")).await
    }

    /// The driver takes rows of a long list, which are moved into their place, for hidden; the page knows better.
    async fn shown_by(&self, element: Element) -> String {
        const SHOWN: &str = "return arguments[0].checkVisibility() ? arguments[0].innerText : ''";
        let said = element.text().await.unwrap_or_default();
        if !said.is_empty() {
            return said;
        }
        let Ok(element) = serde_json::to_value(&element) else { return said };
        let shown = self.client.execute(SHOWN, vec![element]).await;
        shown.ok().and_then(|words| words.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until the element says exactly this.
    pub async fn reads(&self, testid: &str, words: &str) {
        let mut last = String::new();
        for _ in 0..300 {
            if let Ok(element) = self.client.find(Locator::Css(&format!("[data-testid=\"{testid}\"]"))).await
            {
                last = element.text().await.unwrap_or_default();
                if last.trim() == words {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} says {last:?}, never exactly {words:?}")).await
    }

    /// Waits until the element no longer says these words.
    pub async fn says_not(&self, testid: &str, words: &str) {
        for _ in 0..300 {
            if !self.text(testid).await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("{testid} goes on saying {words:?}")).await
    }

    /// Waits until the page says these words anywhere.
    pub async fn says_somewhere(&self, words: &str) {
        for _ in 0..300 {
            let said = self.client.execute("return document.body.innerText", Vec::new()).await;
            if said.is_ok_and(|said| said.as_str().is_some_and(|said| said.contains(words))) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.give_up(&format!("nothing says {words:?}")).await
    }

    /// Waits for one of several elements.
    pub async fn find_any(&self, testids: &[&str]) -> Element {
        let css: Vec<String> = testids.iter().map(|testid| format!("[data-testid=\"{testid}\"]")).collect();
        match self.client.wait().at_most(APPEARS_WITHIN).for_element(Locator::Css(&css.join(", "))).await {
            Ok(element) => element,
            Err(error) => self.give_up(&format!("none of {testids:?} appeared: {error}")).await,
        }
    }

    /// The bytes that an expression of the page promises, as the page gets them.
    pub async fn bytes(&self, promise: &str) -> Vec<u8> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; {promise}.then( \
            (bytes) => done(Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')), \
            (error) => done('refused: ' + JSON.stringify(error)))"
        );
        let said = self.client.execute_async(&script, Vec::new()).await.expect("the window answers");
        let said = said.as_str().expect("hex").to_owned();
        let bytes: Option<Vec<u8>> =
            (0..said.len()).step_by(2).map(|at| u8::from_str_radix(said.get(at..at + 2)?, 16).ok()).collect();
        bytes.unwrap_or_else(|| panic!("no bytes: {said}"))
    }

    /// Where the desktop keeps this person's documents; a print to a file lands there.
    pub fn documents(&self) -> PathBuf {
        documents(&self.data)
    }

    /// A screenshot named for what it shows. The driver takes it with the next painting, which a page at rest that is
    /// painted straight into the window does not have: something invisible changes meanwhile.
    pub async fn screenshot(&self, name: &str) {
        const STIR: &str = "
            const style = document.documentElement.style;
            let times = 0;
            const stir = setInterval(() => {
                style.outline = times % 2 === 0 ? '1px solid transparent' : '';
                times += 1;
                if (times === 40) clearInterval(stir);
            }, 50);
        ";
        let _ = self.client.execute(STIR, Vec::new()).await;
        let taken = tokio::time::timeout(APPEARS_WITHIN, self.client.screenshot()).await;
        if let Ok(Ok(png)) = taken {
            std::fs::write(self.screenshots.join(format!("{name}.png")), png).expect("screenshot");
        }
    }

    pub async fn screenshot_if(&self, name: Option<String>) {
        if let Some(name) = name {
            self.screenshot(&name).await;
        }
    }

    /// kill -9 of the program behind the window.
    pub async fn kill(mut self) {
        let ours = self.programs();
        assert!(!ours.is_empty(), "the program was not running");
        for (process, _) in ours {
            assert!(Command::new("kill").args(["-9", &process]).status().expect("kill").success());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    /// Proportional set size in MiB of the program and of its web view's processes.
    pub fn memory(&self) -> Vec<(String, u64)> {
        let folder = self.data.to_string_lossy().into_owned();
        processes(|command| {
            command.contains("WebKitWebProcess")
                || command.contains("WebKitNetworkProcess")
                || command.contains(&folder)
        })
        .into_iter()
        .filter_map(|(process, command)| {
            let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
            let kibibytes: u64 = rollup
                .lines()
                .find(|line| line.starts_with("Pss:"))?
                .split_whitespace()
                .nth(1)?
                .parse()
                .ok()?;
            let program = command.split('\0').next()?.rsplit('/').next()?.to_owned();
            Some((program, kibibytes / 1024))
        })
        .collect()
    }

    /// Ends the session and with it the program, as a person closing the window.
    pub async fn close(mut self) {
        let _ = self.client.clone().close().await;
        // The program may outlive the session: end it as a window manager would, and wait until it let go of the folder.
        for (process, _) in self.programs() {
            let _ = Command::new("kill").args(["-TERM", &process]).status();
        }
        // A process that ends shows no command line any more while it still holds its files: the lock itself tells.
        for _ in 0..100 {
            let lock = std::fs::File::open(self.data.join("lock"));
            if self.programs().is_empty() && lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    /// The program's processes on this window's data folder.
    fn programs(&self) -> Vec<(String, String)> {
        let folder = self.data.to_string_lossy().into_owned();
        processes(|command| command.contains("payung-desktop") && command.contains(&folder))
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

/// Running processes whose command line is wanted: number and command line.
fn processes(wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    std::fs::read_dir("/proc")
        .expect("/proc")
        .flatten()
        .filter_map(|entry| {
            let command =
                String::from_utf8_lossy(&std::fs::read(entry.path().join("cmdline")).ok()?).into_owned();
            wanted(&command).then(|| (entry.file_name().to_string_lossy().into_owned(), command))
        })
        .collect()
}

struct Driver {
    process: Child,
    port: u16,
}

fn documents(data: &Path) -> PathBuf {
    beside(data, "documents")
}

fn beside(data: &Path, what: &str) -> PathBuf {
    data.with_file_name(format!("{}-{what}", data.file_name().unwrap_or_default().to_string_lossy()))
}

fn start_driver(data: &Path) -> Driver {
    let port = free_port();
    let (documents, desktop) = (documents(data), beside(data, "desktop"));
    for folder in [&documents, &desktop] {
        std::fs::create_dir_all(folder).expect("a person's folders");
    }
    let folders = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", documents.display());
    std::fs::write(desktop.join("user-dirs.dirs"), folders).expect("names of the folders");
    let process = Command::new("WebKitWebDriver")
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("XDG_CONFIG_HOME", desktop)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("WebKitWebDriver (package webkit2gtk-driver) starts");
    Driver { process, port }
}

/// Opens a session with the program on that folder; tries for as long as the caller waits.
async fn connect(driver: &Driver, data: &Path) -> Client {
    let capabilities = serde_json::json!({
        "webkitgtk:browserOptions": { "binary": program("payung-desktop"), "args": ["--data", data] }
    });
    let serde_json::Value::Object(capabilities) = capabilities else { unreachable!("an object") };
    let address = format!("http://127.0.0.1:{}", driver.port);
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    loop {
        match builder.connect(&address).await {
            Ok(client) => return client,
            Err(_) => tokio::time::sleep(Duration::from_millis(250)).await,
        }
    }
}
