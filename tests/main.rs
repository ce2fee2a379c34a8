//! The one test binary: `law` (the rulebook), `web` (over HTTP), `browser` (in Chromium), `data` (real reference data).

mod law;
