//! A browser for one test. No step of it can wait for ever.

use std::cell::RefCell;
use std::fmt::Display;
use std::rc::{Rc, Weak};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
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
        Self::open(false).await
    }

    /// `logged`: keeps a log of the requests.
    async fn open(logged: bool) -> Self {
        let permit = permit().await;
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut args: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let mut capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": args },
            "timeouts": { "pageLoad": CHROMEDRIVER_MS, "script": CHROMEDRIVER_MS, "implicit": 0 },
        });
        if logged {
            capabilities["goog:loggingPrefs"] = json!({ "performance": "ALL" });
        }
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
        let browser = Self::open(true).await;
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

    /// The path and query of the current page, without the token of a page that answered a form.
    pub async fn path(&self) -> String {
        let url = within("asking where the page is", self.client.current_url())
            .await
            .expect("a current page");
        let query: Vec<&str> = url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|said| !said.is_empty() && !said.starts_with("reponse="))
            .collect();
        match query.join("&") {
            query if query.is_empty() => url.path().to_owned(),
            query => format!("{}?{query}", url.path()),
        }
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
