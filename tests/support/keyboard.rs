//! The window without a mouse: keys go to whatever has the focus, as a person's do.

use crate::window::Window;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use payung_domain::{Field, FieldValues};

/// As WebDriver names them.
const ENTER: char = '\u{E007}';
const TAB: char = '\u{E004}';
const ALT: char = '\u{E00A}';
const CONTROL: char = '\u{E009}';

/// More stops than any page of this program has.
const STOPS_MAX: usize = 120;

/// What has the focus: the column it asks for, what kind of control it is, its words, whether it is chosen.
const FOCUSED: &str = "
    const at = document.activeElement;
    const list = at.tagName === 'SELECT' ? [...at.options].map((o) => [o.value, o.text]) : null;
    const group = at.type === 'radio' ? at.closest('[role=radiogroup], [role=group]') : null;
    const named = (i) => i.value === 'on' ? i.dataset.testid.split('-').pop() : i.value;
    const answers = group ? [...group.querySelectorAll('input[type=radio]')] : [];
    const labels = group ? answers.map((i) => [named(i), i.closest('label').textContent.trim()]) : null;
    const chosen = answers.find((i) => i.checked);
    return {
        field: at.closest('[data-field]')?.dataset.field ?? '',
        testid: at.dataset.testid ?? '',
        kind: at.tagName === 'INPUT' ? at.type : at.tagName.toLowerCase(),
        value: group ? (chosen ? named(chosen) : '') : at.value ?? '',
        words: (at.closest('label') ?? at).textContent.trim(),
        options: list ?? labels ?? [],
    };
";

impl Window {
    /// Presses these keys one after the other; `\n` is Enter.
    pub async fn keys(&self, keys: &str) {
        let mut presses = KeyActions::new("keyboard".to_owned());
        for key in keys.chars().map(|key| if key == '\n' { ENTER } else { key }) {
            presses = presses.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        }
        self.client.perform_actions(presses).await.expect("keys are pressed");
    }

    /// Alt or Control together with a key.
    pub async fn chord(&self, held: &str, key: char) {
        let held = if held == "alt" { ALT } else { CONTROL };
        let key = if key == '\n' { ENTER } else { key };
        let presses = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(presses).await.expect("keys are pressed");
    }

    /// Goes from stop to stop until that element has the focus.
    pub async fn tab_to(&self, testid: &str) {
        for _ in 0..STOPS_MAX {
            if self.focused().await["testid"] == testid {
                return;
            }
            self.keys(&TAB.to_string()).await;
        }
        panic!("{testid} cannot be reached with Tab");
    }

    pub async fn focused(&self) -> serde_json::Value {
        self.client.execute(FOCUSED, Vec::new()).await.expect("what has the focus")
    }

    /// Fills the form from where the focus stands to its end: types what each question asks for, Enter moves on. The
    /// number of keys that it took.
    pub async fn type_person(&self, values: &FieldValues) -> usize {
        let mut pressed = 0;
        let mut last = String::new();
        for _ in 0..STOPS_MAX {
            let focused = self.focused().await;
            let said = |part: &str| focused[part].as_str().unwrap_or_default().to_owned();
            let field = said("field");
            if field.is_empty() {
                return pressed;
            }
            let wanted = Field::from_name(&field).and_then(|field| values.get(field)).unwrap_or_default();
            let keys = if field == last
                || wanted.is_empty()
                || said("value") == wanted && said("kind") != "checkbox"
            {
                String::new()
            } else {
                keys_for(&said("kind"), wanted, &focused["options"], &said("value"))
            };
            pressed += keys.chars().count() + 1;
            self.keys(&keys).await;
            self.keys("\n").await;
            last = if said("kind") == "checkbox" && keys.is_empty() { String::new() } else { field };
        }
        panic!("the form has no end");
    }
}

/// What a person presses to give that answer.
fn keys_for(kind: &str, wanted: &str, options: &serde_json::Value, value: &str) -> String {
    match kind {
        "checkbox" if value == wanted => " ".to_owned(),
        "checkbox" => String::new(),
        "radio" | "select" => {
            let label = options.as_array().into_iter().flatten().find(|option| option[0] == wanted);
            let label =
                label.and_then(|option| option[1].as_str()).unwrap_or_else(|| panic!("no answer {wanted}"));
            // A list is searched by the word's beginning, an answer by its first letter.
            let letters = if kind == "radio" { 1 } else { label.chars().count() };
            label.chars().take(letters).flat_map(char::to_lowercase).collect()
        }
        _ => wanted.to_owned(),
    }
}
