//! What a person does in a browser: reads, types, ticks, clicks, as things are named on the screen.
//!
//! Each gesture insists: what it looks for may be on its way, and what it found may belong to a page that another
//! replaces at that very moment. A slow machine makes a journey longer, never different.

use std::fmt::Display;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::harness::{Browser, within};

/// How long a gesture insists.
const PATIENCE: Duration = Duration::from_secs(25);

/// Why a gesture has not succeeded yet.
#[derive(Debug, thiserror::Error)]
enum NotYet {
    #[error("{0}")]
    Absent(String),
    #[error("the browser refuses: {0}")]
    Refused(#[from] CmdError),
}

impl Browser {
    /// Waits until the page shows `expected`.
    pub async fn see(&self, expected: &str) {
        let wanted = plain(expected);
        self.insist(format!("looking for «{expected}»"), async || {
            if self.shown().await?.contains(&wanted) {
                return Ok(());
            }
            Err(NotYet::Absent("it is not on the page".to_owned()))
        })
        .await;
    }

    /// The text that the page shows, non-breaking spaces made ordinary.
    pub async fn text(&self) -> String {
        self.insist("reading the page", async || Ok(self.shown().await?))
            .await
    }

    async fn shown(&self) -> Result<String, CmdError> {
        // WebDriver's own reading of a text runs a script of its own over each element: twenty times slower.
        let text = self
            .client
            .execute("return document.body.innerText", vec![]);
        // It sets the cells of a row apart by a tab.
        Ok(plain(text.await?.as_str().unwrap_or_default()).replace('\t', " "))
    }

    /// Waits until the address of the page contains `fragment`.
    pub async fn arrive(&self, fragment: &str) {
        self.insist(format!("arriving at «{fragment}»"), async || {
            let url = self.client.current_url().await?;
            if url.as_str().contains(fragment) {
                return Ok(());
            }
            Err(NotYet::Absent("the page is another".to_owned()))
        })
        .await;
    }

    /// Waits until a script answers `expected`.
    pub async fn until(&self, script: &str, expected: Value) {
        self.insist(script, async || {
            match self.client.execute(script, vec![]).await? {
                answer if answer == expected => Ok(()),
                answer => Err(NotYet::Absent(format!("it gives {answer}, not {expected}"))),
            }
        })
        .await;
    }

    /// Fills the field that a label names: types, chooses an option, or gives a file's path.
    pub async fn fill(&self, label: &str, value: &str) {
        self.insist(
            format!("filling «{label}» with «{value}»"),
            async || {
                let field = self.field(label).await?;
                match self.kind(&field).await?.as_str() {
                    "select" => field.select_by_label(value).await?,
                    "file" => field.send_keys(value).await?,
                    "date" => self.set_value(&field, value).await?,
                    _ => {
                        field.clear().await?;
                        field.send_keys(value).await?;
                    }
                }
                Ok(())
            },
        )
        .await;
    }

    /// Ticks the box or the radio button that a label names.
    pub async fn choose(&self, label: &str) {
        self.insist(format!("choosing «{label}»"), async || {
            Ok(self.field(label).await?.click().await?)
        })
        .await;
    }

    /// Ticks a radio button by the name of its field, where several fields offer the same words.
    pub async fn choose_of(&self, field: &str, value: &str) {
        let css = format!("input[name=\"{field}\"][value=\"{value}\"]");
        self.insist(format!("choosing «{value}» of {field}"), async || {
            Ok(self.client.find(Locator::Css(&css)).await?.click().await?)
        })
        .await;
    }

    /// What the field named by a label holds now.
    pub async fn value(&self, label: &str) -> String {
        self.insist(format!("reading «{label}»"), async || {
            Ok(self.field(label).await?.prop("value").await?)
        })
        .await
        .unwrap_or_default()
    }

    /// Clicks the button, the link or the summary that shows `text`: the one that says it exactly, else one that
    /// contains it.
    pub async fn click(&self, text: &str) {
        let [exact, partial] = [
            format!("normalize-space({PLAIN}) = {}", literal(text)),
            format!("contains(normalize-space({PLAIN}), {})", literal(text)),
        ];
        self.insist(format!("clicking «{text}»"), async || {
            for condition in [&exact, &partial] {
                let path = format!("//*[self::button or self::a or self::summary][{condition}]");
                for element in self.client.find_all(Locator::XPath(&path)).await? {
                    if element.is_displayed().await? {
                        return Ok(element.click().await?);
                    }
                }
            }
            Err(NotYet::Absent("no such button or link".to_owned()))
        })
        .await;
    }

    /// Presses a key on the element that has the focus.
    pub async fn press(&self, key: Key) {
        self.insist("pressing a key", async || {
            let focused = self.client.active_element().await?;
            Ok(focused.send_keys(&char::from(key).to_string()).await?)
        })
        .await;
    }

    async fn insist<T>(
        &self,
        step: impl Display,
        gesture: impl AsyncFn() -> Result<T, NotYet>,
    ) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            let refusal = match within(&step, gesture()).await {
                Ok(done) => return done,
                Err(refusal) => refusal,
            };
            if Instant::now() >= until {
                let (path, shown) = (self.path().await, self.shown().await);
                let shown = shown.unwrap_or_else(|error| error.to_string());
                panic!("{step}: {refusal}. The page {path} shows:\n{shown}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn field(&self, label: &str) -> Result<Element, NotYet> {
        let path = format!(
            "//label[contains(normalize-space({PLAIN}), {})]",
            literal(label)
        );
        let found = self.client.find_all(Locator::XPath(&path)).await?;
        let Some(found) = found.into_iter().next() else {
            return Err(NotYet::Absent("no such label".to_owned()));
        };
        Ok(match found.attr("for").await? {
            Some(id) => self.client.find(Locator::Id(&id)).await?,
            None => found.find(Locator::Css("input, select, textarea")).await?,
        })
    }

    async fn kind(&self, field: &Element) -> Result<String, CmdError> {
        match field.tag_name().await?.as_str() {
            "input" => Ok(field.prop("type").await?.unwrap_or_default()),
            other => Ok(other.to_owned()),
        }
    }

    /// A native date field reads keys in the order of the system's language: set it as an ISO date instead.
    async fn set_value(&self, field: &Element, value: &str) -> Result<(), CmdError> {
        let script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}));";
        let element = serde_json::to_value(field)?;
        self.client
            .execute(script, vec![element, json!(value)])
            .await
            .map(drop)
    }
}

/// The element's text in XPath, with non-breaking spaces made ordinary.
const PLAIN: &str = "translate(., '\u{a0}\u{202f}', '  ')";

/// The text with its non-breaking spaces made ordinary.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// An XPath string literal; XPath 1.0 has no escape, so quotes are joined from both kinds.
fn literal(text: &str) -> String {
    let parts: Vec<String> = plain(text)
        .split('"')
        .map(|part| format!("\"{part}\""))
        .collect();
    format!("concat(\"\", {})", parts.join(", '\"', "))
}
