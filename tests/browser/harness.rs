//! A browser for one test: finds things as people name them. No step of it can wait for ever.

use std::cell::RefCell;
use std::fmt::Display;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::driver;

/// Tests that drive browsers at the same time: more only slow each other down.
static TESTS: Semaphore = Semaphore::const_new(2);

type Permit = Rc<SemaphorePermit<'static>>;

thread_local! {
    // A test runs on one thread. Its browsers share one permit: were each to wait for its own, two tests
    // that hold one and want another would wait for each other for ever.
    static HELD: RefCell<Weak<SemaphorePermit<'static>>> = const { RefCell::new(Weak::new()) };
}

/// What a step may take, on the slowest machine; chromedriver gives up by itself before that.
const STEP: Duration = Duration::from_secs(60);
const CHROMEDRIVER_MS: u64 = 30_000;

/// Does one step, or fails with its name.
pub async fn within<T>(step: impl Display, work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(STEP, work).await {
        Ok(done) => done,
        Err(_) => panic!("{step}: nothing after {} seconds", STEP.as_secs()),
    }
}

async fn permit() -> Permit {
    if let Some(permit) = HELD.with_borrow(Weak::upgrade) {
        return permit;
    }
    let permit = Rc::new(
        TESTS
            .acquire()
            .await
            .expect("the semaphore is never closed"),
    );
    HELD.set(Rc::downgrade(&permit));
    permit
}

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
    "--window-size=1280,900",
    // A bar beside the page would narrow it, and not be in its picture.
    "--hide-scrollbars",
];

/// A browser of one's own; closed when dropped, even by a panic.
pub struct Browser {
    /// The WebDriver client, for what the helpers below do not cover.
    pub client: Client,
    session: String,
    _profile: TempDir,
    _permit: Permit,
}

impl Browser {
    /// Opens a browser with an empty profile.
    pub async fn start() -> Self {
        let permit = permit().await;
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut args: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": args },
            "timeouts": { "pageLoad": CHROMEDRIVER_MS, "script": CHROMEDRIVER_MS, "implicit": 0 },
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("an object literal")
        };
        let address = format!("http://127.0.0.1:{}", driver::port());
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let starting = builder.capabilities(capabilities).connect(&address);
        let client = within("starting Chromium", starting)
            .await
            .unwrap_or_else(|error| {
                panic!("Chromium did not start (`scripts/test` installs it): {error}");
            });
        let session = client
            .session_id()
            .await
            .expect("a session")
            .expect("an identifier");
        Self {
            client,
            session,
            _profile: profile,
            _permit: permit,
        }
    }

    /// Opens a browser in which pages run no JavaScript.
    pub async fn without_javascript() -> Self {
        let browser = Self::start().await;
        browser
            .cdp(
                "Emulation.setScriptExecutionDisabled",
                json!({ "value": true }),
            )
            .await;
        browser
    }

    /// Opens a page.
    pub async fn goto(&self, url: &str) {
        within(format!("opening {url}"), self.client.goto(url))
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The path and query of the current page.
    pub async fn path(&self) -> String {
        let url = within("asking where the page is", self.client.current_url())
            .await
            .expect("a current page");
        url.query().map_or_else(
            || url.path().to_owned(),
            |query| format!("{}?{query}", url.path()),
        )
    }

    /// The text that the page shows, non-breaking spaces made ordinary.
    pub async fn text(&self) -> String {
        within("reading the page", async {
            let body = self.client.find(Locator::Css("body")).await;
            let text = body.expect("a page").text().await;
            plain(&text.expect("its text"))
        })
        .await
    }

    /// Waits until the page shows `expected`, at most ten seconds.
    pub async fn see(&self, expected: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        let mut shown = String::new();
        while Instant::now() < until {
            let looking = async {
                let body = self.client.find(Locator::Css("body")).await?;
                body.text().await
            };
            // While a page replaces another, there may be no body.
            if let Ok(text) = within(format!("looking for «{expected}»"), looking).await {
                shown = plain(&text);
                if shown.contains(&plain(expected)) {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "«{expected}» is not on the page {}:\n{shown}",
            self.path().await
        );
    }

    /// Fills the field that a label names: types, chooses an option, or gives a file's path.
    pub async fn fill(&self, label: &str, value: &str) {
        let filling = async {
            let field = self.field(label).await;
            match self.kind(&field).await.as_str() {
                "select" => field.select_by_label(value).await,
                "file" => field.send_keys(value).await,
                "date" => self.set_value(&field, value).await,
                _ => match field.clear().await {
                    Ok(()) => field.send_keys(value).await,
                    Err(error) => Err(error),
                },
            }
        };
        let done = within(format!("filling «{label}»"), filling).await;
        done.unwrap_or_else(|error| panic!("the field «{label}» does not take «{value}»: {error}"));
    }

    /// Ticks the box or the radio button that a label names.
    pub async fn choose(&self, label: &str) {
        let choosing = async { self.field(label).await.click().await };
        within(format!("choosing «{label}»"), choosing)
            .await
            .unwrap_or_else(|error| panic!("«{label}» cannot be chosen: {error}"));
    }

    /// What the field named by a label holds now.
    pub async fn value(&self, label: &str) -> String {
        let reading = async { self.field(label).await.prop("value").await };
        within(format!("reading «{label}»"), reading)
            .await
            .expect("a field")
            .unwrap_or_default()
    }

    /// Clicks the button, the link or the summary that shows `text`.
    pub async fn click(&self, text: &str) {
        if !within(format!("clicking «{text}»"), self.clicked(text)).await {
            panic!(
                "no button or link «{text}» on the page {}:\n{}",
                self.path().await,
                self.text().await
            );
        }
    }

    async fn clicked(&self, text: &str) -> bool {
        let [exact, partial] = [
            format!("normalize-space({PLAIN}) = {}", literal(text)),
            format!("contains(normalize-space({PLAIN}), {})", literal(text)),
        ];
        for condition in [exact, partial] {
            let path = format!("//*[self::button or self::a or self::summary][{condition}]");
            let found = self.client.find_all(Locator::XPath(&path)).await;
            for element in found.expect("a page") {
                if element.is_displayed().await.unwrap_or(false) {
                    element
                        .click()
                        .await
                        .unwrap_or_else(|error| panic!("«{text}» cannot be clicked: {error}"));
                    return true;
                }
            }
        }
        false
    }

    /// Presses a key on the element that has the focus.
    pub async fn press(&self, key: Key) {
        let pressing = async {
            let focused = self.client.active_element().await?;
            focused.send_keys(&char::from(key).to_string()).await
        };
        within("pressing a key", pressing)
            .await
            .expect("a focused element that takes keys");
    }

    async fn field(&self, label: &str) -> Element {
        let path = format!(
            "//label[contains(normalize-space({PLAIN}), {})]",
            literal(label)
        );
        // The page that holds it may still be on its way.
        let until = Instant::now() + Duration::from_secs(10);
        let found = loop {
            match self.client.find(Locator::XPath(&path)).await {
                Ok(found) => break found,
                Err(_) if Instant::now() < until => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(_) => panic!(
                    "no label «{label}» on the page {}:\n{}",
                    self.path().await,
                    self.text().await
                ),
            }
        };
        let field = match found.attr("for").await.expect("a label") {
            Some(id) => self.client.find(Locator::Id(&id)).await,
            None => found.find(Locator::Css("input, select, textarea")).await,
        };
        field.unwrap_or_else(|error| panic!("the label «{label}» belongs to no field: {error}"))
    }

    async fn kind(&self, field: &Element) -> String {
        match field.tag_name().await.expect("a field").as_str() {
            "input" => field
                .prop("type")
                .await
                .expect("an input")
                .unwrap_or_default(),
            other => other.to_owned(),
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

    /// Runs a command of the Chrome DevTools protocol.
    pub(super) async fn cdp(&self, command: &'static str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(Cdp {
            command,
            parameters,
        });
        within(command, answer)
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        driver::end_session(&self.session);
    }
}

/// A command of the Chrome DevTools protocol, passed on by chromedriver.
#[derive(Debug)]
struct Cdp {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (
            Method::POST,
            Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()),
        )
    }
}

/// The element's text in XPath, with non-breaking spaces made ordinary.
const PLAIN: &str = "translate(., '\u{a0}\u{202f}', '  ')";

fn plain(text: &str) -> String {
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
