//! How far a long import is: a bar on a terminal, plain lines otherwise; on the standard error output.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::actions::import::{Avancement, ImportError};

/// A bar on a terminal, one line per batch otherwise.
pub struct Barre {
    bar: ProgressBar,
    plain: bool,
    total: AtomicUsize,
    done: AtomicUsize,
}

impl Barre {
    /// Nothing shown yet.
    pub fn new() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            plain: !stderr().is_terminal(),
            total: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
        }
    }

    /// So many more are done, on a terminal.
    pub fn franchir(&self, n: usize) {
        self.bar.inc(u64::try_from(n).unwrap_or(0));
    }

    /// Writes something without breaking the bar.
    pub fn suspendre(&self, ecrire: impl FnOnce()) {
        self.bar.suspend(ecrire);
    }

    /// Takes the bar away, before a message.
    pub fn effacer(&self) {
        self.bar.finish_and_clear();
    }
}

impl Avancement for Barre {
    fn etape(&self, nom: &str, total: usize) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        if self.plain {
            eprintln!("Préparation : {total} {nom}");
            return;
        }
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.bar
            .set_length(u64::try_from(total).unwrap_or(u64::MAX));
        self.bar.set_message(nom.to_owned());
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {msg} {eta}")
        {
            self.bar.set_style(style);
        }
    }

    fn avancer(&self, lignes: usize) -> Result<(), ImportError> {
        let done = self.done.fetch_add(lignes, Ordering::Relaxed) + lignes;
        if self.plain {
            eprintln!("  {done} sur {}", self.total.load(Ordering::Relaxed));
        } else {
            self.bar.inc(u64::try_from(lignes).unwrap_or(0));
        }
        Ok(())
    }

    fn fin(&self) {
        self.effacer();
    }
}
