//! What is asked of every page: nothing for axe-core to say, no sideways scrolling, pictures to look at.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::harness::{Browser, within};
use super::pages::confirmer;
use crate::util::{mots, pages};

/// Where the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// 1440 pixels wide, light.
    Desktop,
    /// 320 pixels wide, light.
    Narrow,
    /// 1440 pixels wide, dark.
    Dark,
    /// 768 pixels wide, light: a tablet, half a screen.
    Middle,
    /// 768 pixels wide, dark.
    MiddleDark,
    /// 320 pixels wide, dark.
    NarrowDark,
    /// As printed on paper.
    Print,
}

impl View {
    /// Every width, in light and in dark.
    const SCREENS: [View; 6] = [
        View::Desktop,
        View::Dark,
        View::Middle,
        View::MiddleDark,
        View::Narrow,
        View::NarrowDark,
    ];
}

const EXIGENCES: &str = include_str!("exigences.js");

impl Browser {
    /// Everything that is asked of a page: fields that say whether they must be filled, no axe-core violation in
    /// light, dark and narrow, no sideways scrolling at 320 and 768 pixels, and pictures to look at, light and dark at
    /// the three widths, in `target/captures/`.
    pub async fn inspect(&self, name: &str) {
        confirmer(name, &self.path().await);
        self.says_what_is_required().await;
        self.keep(name).await;
        for view in View::SCREENS {
            self.look_as(view).await;
            // Colours do not depend on the width, nor structure on the colours.
            match view {
                View::Desktop | View::Narrow => self.axe().await,
                View::Dark => self.asked_of_axe(COLOURS).await,
                _ => {}
            }
            if matches!(view, View::Narrow | View::Middle) {
                self.fits().await;
            }
            self.capture(name, view).await;
        }
        self.look_as(View::Desktop).await;
    }

    /// Keeps the page as the script left it, for `scripts/html`.
    async fn keep(&self, name: &str) {
        let html = within(
            "reading the page",
            self.client.execute(AS_IT_STANDS, vec![]),
        )
        .await
        .expect("a script that reads the page");
        let html = html.as_str().expect("a page");
        mots::tenir(
            &self.path().await,
            200,
            &strict_html::lire(html, &|_| true).textes,
        );
        pages::garder_rendue(name, html);
    }

    /// Fails when a field does not say whether it must be filled (RGAA 11.10).
    pub async fn says_what_is_required(&self) {
        let script = format!("{EXIGENCES}\nreturn exigences();");
        let faults = within("reading the fields", self.client.execute(&script, vec![]))
            .await
            .expect("a script that reads fields");
        assert_eq!(faults, json!([]), "fields of {}", self.path().await);
    }

    /// Pictures of the whole page in all views, without checks.
    pub async fn screenshot(&self, name: &str) {
        for view in View::SCREENS.into_iter().chain([View::Print]) {
            self.look_as(view).await;
            self.capture(name, view).await;
        }
        self.look_as(View::Desktop).await;
    }

    /// Sets width and colours.
    pub async fn look_as(&self, view: View) {
        let width = match view {
            View::Narrow | View::NarrowDark => 320,
            View::Middle | View::MiddleDark => 768,
            View::Desktop | View::Dark | View::Print => 1440,
        };
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme = match view {
            View::Dark | View::MiddleDark | View::NarrowDark => "dark",
            View::Desktop | View::Middle | View::Narrow | View::Print => "light",
        };
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
        self.asked_of_axe(EVERYTHING).await;
    }

    async fn asked_of_axe(&self, looked_for: &[&str]) {
        let violations = self.violations(looked_for).await;
        assert!(
            violations.is_empty(),
            "axe-core on {}:\n{}",
            self.path().await,
            violations.join("\n")
        );
    }

    /// What axe-core finds wrong, one line per element; `looked_for` is its `runOnly`.
    async fn violations(&self, looked_for: &[&str]) -> Vec<String> {
        self.load_axe().await;
        let found = within(
            "running axe-core",
            self.client.execute_async(RUN_AXE, vec![json!(looked_for)]),
        )
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

    /// What axe-core finds wrong, one line per element.
    pub async fn axe_violations(&self) -> Vec<String> {
        self.violations(EVERYTHING).await
    }

    /// Half a megabyte of source: once per page.
    async fn load_axe(&self) {
        let there = within(
            "looking for axe-core",
            self.client.execute("return typeof axe", vec![]),
        )
        .await
        .expect("a script that looks");
        if there == json!("undefined") {
            within(
                "loading axe-core",
                self.client.execute(&axe_source(), vec![]),
            )
            .await
            .unwrap_or_else(|error| panic!("axe-core did not load: {error}"));
        }
    }

    /// Fails when the page scrolls sideways (WCAG 1.4.10), naming what sticks out.
    pub async fn fits(&self) {
        let wide = within(
            "measuring the page",
            self.client.execute(STICKS_OUT, vec![]),
        )
        .await
        .expect("a script that measures");
        assert_eq!(wide, json!([]), "{} scrolls sideways", self.path().await);
    }

    async fn capture(&self, name: &str, view: View) {
        // Half the time, for a third more bytes: only the pictures of the guides are kept.
        let fast = std::env::var_os("RELEVE_TEST_GUIDES").is_none();
        let asked =
            json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": fast });
        let picture = self.cdp("Page.captureScreenshot", asked).await;
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
            View::Middle => "768px",
            View::MiddleDark => "768px-sombre",
            View::NarrowDark => "320px-sombre",
            View::Print => "papier",
        };
        std::fs::write(folder.join(format!("{name}-{suffix}.png")), bytes)
            .expect("a picture written");
    }
}

/// The rules of axe-core, by their tags.
const EVERYTHING: &[&str] = &[
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];
/// Those of its rules that read a colour.
const COLOURS: &[&str] = &["color-contrast", "link-in-text-block"];

const RUN_AXE: &str = r"
const [lookedFor, done] = arguments;
axe.run(document, { runOnly: lookedFor }).then(
    (result) => done(result.violations.flatMap((violation) => violation.nodes.map((node) =>
        `- ${violation.id} (${violation.impact}): ${violation.help}: ${node.target.join(' ')}: ${node.failureSummary}`))),
    (error) => done({ error: String(error) }));
";

const AS_IT_STANDS: &str = "return '<!DOCTYPE html>\\n' + document.documentElement.outerHTML;";

const STICKS_OUT: &str = r"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) { return []; }
return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.tagName.toLowerCase() + (element.className ? '.' + element.className : ''))
    .slice(0, 10);
";

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
