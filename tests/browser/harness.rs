//! A browser for one test: finds things as people name them, checks what axe-core checks, takes pictures.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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

/// Browsers open at the same time: more only slow each other down.
static BROWSERS: Semaphore = Semaphore::const_new(2);

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
];

/// Where the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// 1280 pixels wide, light.
    Desktop,
    /// 320 pixels wide, light.
    Narrow,
    /// 1280 pixels wide, dark.
    Dark,
    /// As printed on paper.
    Print,
}

/// A browser of one's own; closed when dropped, even by a panic.
pub struct Browser {
    /// The WebDriver client, for what the helpers below do not cover.
    pub client: Client,
    session: String,
    _profile: TempDir,
    _permit: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a browser with an empty profile.
    pub async fn start() -> Self {
        let permit = BROWSERS
            .acquire()
            .await
            .expect("the semaphore is never closed");
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut args: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities =
            json!({ "browserName": "chrome", "goog:chromeOptions": { "args": args } });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("an object literal")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver::port()))
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
        self.client
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The path and query of the current page.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("a current page");
        url.query().map_or_else(
            || url.path().to_owned(),
            |query| format!("{}?{query}", url.path()),
        )
    }

    /// The text that the page shows, non-breaking spaces made ordinary.
    pub async fn text(&self) -> String {
        let body = self
            .client
            .find(Locator::Css("body"))
            .await
            .expect("a page");
        plain(&body.text().await.expect("its text"))
    }

    /// Waits until the page shows `expected`, at most ten seconds.
    pub async fn see(&self, expected: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        let mut shown = String::new();
        while Instant::now() < until {
            // While a page replaces another, there may be no body.
            if let Ok(body) = self.client.find(Locator::Css("body")).await
                && let Ok(text) = body.text().await
            {
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
        let field = self.field(label).await;
        let kind = self.kind(&field).await;
        let done = match kind.as_str() {
            "select" => field.select_by_label(value).await,
            "file" => field.send_keys(value).await,
            "date" => self.set_value(&field, value).await,
            _ => match field.clear().await {
                Ok(()) => field.send_keys(value).await,
                Err(error) => Err(error),
            },
        };
        done.unwrap_or_else(|error| panic!("the field «{label}» does not take «{value}»: {error}"));
    }

    /// Ticks the box or the radio button that a label names.
    pub async fn choose(&self, label: &str) {
        let field = self.field(label).await;
        field
            .click()
            .await
            .unwrap_or_else(|error| panic!("«{label}» cannot be chosen: {error}"));
    }

    /// What the field named by a label holds now.
    pub async fn value(&self, label: &str) -> String {
        let field = self.field(label).await;
        field
            .prop("value")
            .await
            .expect("a field")
            .unwrap_or_default()
    }

    /// Clicks the button, the link or the summary that shows `text`.
    pub async fn click(&self, text: &str) {
        let [exact, partial] = [
            format!("normalize-space({PLAIN}) = {}", literal(text)),
            format!("contains(normalize-space({PLAIN}), {})", literal(text)),
        ];
        for condition in [exact, partial] {
            let path = format!("//*[self::button or self::a or self::summary][{condition}]");
            for element in self
                .client
                .find_all(Locator::XPath(&path))
                .await
                .expect("a page")
            {
                if element.is_displayed().await.unwrap_or(false) {
                    element
                        .click()
                        .await
                        .unwrap_or_else(|error| panic!("«{text}» cannot be clicked: {error}"));
                    return;
                }
            }
        }
        panic!(
            "no button or link «{text}» on the page {}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Presses a key on the element that has the focus.
    pub async fn press(&self, key: Key) {
        let focused = self
            .client
            .active_element()
            .await
            .expect("a focused element");
        focused
            .send_keys(&char::from(key).to_string())
            .await
            .expect("an element that takes keys");
    }

    /// Everything that is asked of a page: no axe-core violation in light, dark and narrow, no sideways
    /// scrolling at 320 pixels, and pictures to look at in `target/captures/`.
    pub async fn inspect(&self, name: &str) {
        for view in [View::Desktop, View::Dark, View::Narrow] {
            self.look_as(view).await;
            self.axe().await;
            if view == View::Narrow {
                self.fits().await;
            }
            self.capture(name, view).await;
        }
        self.look_as(View::Desktop).await;
    }

    /// Pictures of the whole page in all views, without checks.
    pub async fn screenshot(&self, name: &str) {
        for view in [View::Desktop, View::Dark, View::Narrow, View::Print] {
            self.look_as(view).await;
            self.capture(name, view).await;
        }
        self.look_as(View::Desktop).await;
    }

    /// Sets width and colours.
    pub async fn look_as(&self, view: View) {
        let width = if view == View::Narrow { 320 } else { 1280 };
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme = if view == View::Dark { "dark" } else { "light" };
        let media = if view == View::Print {
            "print"
        } else {
            "screen"
        };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "media": media, "features": features }),
        )
        .await;
    }

    /// Fails with a list of what axe-core finds wrong.
    pub async fn axe(&self) {
        let violations = self.axe_violations().await;
        assert!(
            violations.is_empty(),
            "axe-core on {}:\n{}",
            self.path().await,
            violations.join("\n")
        );
    }

    /// What axe-core finds wrong, one line per element.
    pub async fn axe_violations(&self) -> Vec<String> {
        let found = self
            .client
            .execute_async(&format!("{}\n{RUN_AXE}", axe_source()), vec![])
            .await
            .unwrap_or_else(|error| panic!("axe-core did not run: {error}"));
        assert!(found.get("error").is_none(), "axe-core failed: {found}");
        let Value::Array(lines) = found else {
            panic!("axe-core answered {found}")
        };
        lines
            .iter()
            .map(|line| line.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Fails when the page scrolls sideways (WCAG 1.4.10), naming what sticks out.
    pub async fn fits(&self) {
        let wide = self
            .client
            .execute(STICKS_OUT, vec![])
            .await
            .expect("a script that measures");
        assert_eq!(
            wide,
            json!([]),
            "{} scrolls sideways at 320 pixels",
            self.path().await
        );
    }

    async fn capture(&self, name: &str, view: View) {
        let picture = self
            .cdp(
                "Page.captureScreenshot",
                json!({ "format": "png", "captureBeyondViewport": true }),
            )
            .await;
        let bytes = picture["data"]
            .as_str()
            .and_then(|data| STANDARD.decode(data).ok())
            .expect("a picture");
        let folder = root().join("target/captures");
        std::fs::create_dir_all(&folder).expect("target/captures");
        let suffix = match view {
            View::Desktop => "bureau",
            View::Narrow => "320px",
            View::Dark => "sombre",
            View::Print => "papier",
        };
        std::fs::write(folder.join(format!("{name}-{suffix}.png")), bytes)
            .expect("a picture written");
    }

    async fn field(&self, label: &str) -> Element {
        let path = format!(
            "//label[contains(normalize-space({PLAIN}), {})]",
            literal(label)
        );
        let found = match self.client.find(Locator::XPath(&path)).await {
            Ok(found) => found,
            Err(_) => panic!(
                "no label «{label}» on the page {}:\n{}",
                self.path().await,
                self.text().await
            ),
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

    async fn cdp(&self, command: &'static str, parameters: Value) -> Value {
        self.client
            .issue_cmd(Cdp {
                command,
                parameters,
            })
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

const RUN_AXE: &str = r"
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
axe.run(document, { runOnly: tags }).then(
    (result) => done(result.violations.flatMap((violation) => violation.nodes.map((node) =>
        `- ${violation.id} (${violation.impact}): ${violation.help}: ${node.target.join(' ')}: ${node.failureSummary}`))),
    (error) => done({ error: String(error) }));
";

const STICKS_OUT: &str = r"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) { return []; }
return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.tagName.toLowerCase() + (element.className ? '.' + element.className : ''))
    .slice(0, 10);
";

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

fn axe_source() -> String {
    let path = root().join("target/outils/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error} (`scripts/test` fetches axe-core)",
            path.display()
        )
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
