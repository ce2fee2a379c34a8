//! `releve import organismes|communes|zonage FILE…`

use std::fmt::Write as _;
use std::io::{IsTerminal, Write, stderr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::actions::import::{self, Avancement, Bilan, Contexte, DescriptionArrete, ImportError, Issue};
use crate::cli::apercu;
use crate::clock::Clock;
use crate::db::Db;
use crate::domain::reglement::{Reglement, ReglementError};
use crate::import::rapport::Compte;
use crate::import::table::TableError;
use crate::texte::{insecables, nombre};

/// The file was refused: its errors are on the standard error output.
pub const REFUSE: u8 = 1;
/// The command cannot be run as given: a file that is not there, or of another format.
pub const USAGE: u8 = 2;
/// The database or the settings failed; the file is not in question.
pub const ECHEC: u8 = 3;

/// What to import.
#[derive(Debug, Clone)]
pub enum Sujet {
    /// The CPAM, CGSS, CCSS and CSSM.
    Organismes(PathBuf),
    /// The communes, their bassin and their caisse.
    Communes(PathBuf),
    /// The zonage of a region: its file, and those of neighbour regions if wanted.
    Zonage(Vec<PathBuf>, DescriptionArrete),
}

/// How to import.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Check and compare, write nothing.
    pub simuler: bool,
    /// Oddities of a kind shown at most.
    pub limite: usize,
}

/// Imports, says on `out` what was done, and on the standard error output what was refused.
pub fn run(db: &Db, clock: &Clock, sujet: &Sujet, options: Options, out: &mut dyn Write) -> ExitCode {
    let progress = Progress::new();
    let contexte = Contexte {
        db,
        now: clock.now(),
        acteur_id: None,
        acteur: "ligne de commande",
        simuler: options.simuler,
        avancement: &progress,
    };
    match apply(&contexte, sujet) {
        Ok(bilan) => print(out, &afficher(&bilan, options.limite)),
        Err(error) => {
            progress.clear();
            print(&mut stderr(), &refus(&error, options.limite));
            ExitCode::from(code(&error))
        }
    }
}

fn apply(contexte: &Contexte<'_>, sujet: &Sujet) -> Result<Bilan, ImportError> {
    match sujet {
        Sujet::Organismes(file) => import::organismes(contexte, file),
        Sujet::Communes(file) => import::communes(contexte, file),
        Sujet::Zonage(files, description) => {
            let reglement = Reglement::embarque()?;
            import::zonage(contexte, &reglement, files, description)
        }
    }
}

/// The exit code of an import that was not applied.
pub fn code(error: &ImportError) -> u8 {
    match error {
        ImportError::Refuse(_) => REFUSE,
        ImportError::Table(TableError::Io { .. } | TableError::Format(_)) => USAGE,
        ImportError::Table(_) => REFUSE,
        ImportError::Reglement(ReglementError::HorsPeriode { .. }) => USAGE,
        _ => ECHEC,
    }
}

fn refus(error: &ImportError, limite: usize) -> String {
    let mut text = String::new();
    if let ImportError::Refuse(rapport) = error {
        text.push_str(&rapport.afficher(limite));
    }
    // Writing to a String cannot fail.
    let _ = writeln!(text, "Erreur : {error}.");
    insecables(&text)
}

/// What was done, or would be, in French.
pub fn afficher(bilan: &Bilan, limite: usize) -> String {
    let mut text = bilan.rapport.afficher(limite);
    if let Some(apercu) = &bilan.apercu {
        text.push_str(&apercu::afficher(apercu));
    }
    text.push_str(&compte(bilan));
    text.push_str(match bilan.issue {
        Issue::Simule => "Simulation : rien n’est enregistré.\n",
        Issue::Inchange => "Rien à faire : tout est déjà enregistré à l’identique.\n",
        Issue::Enregistre => "Import enregistré.\n",
    });
    insecables(&text)
}

fn compte(bilan: &Bilan) -> String {
    let Compte { ajoutes, modifies, inchanges } = bilan.compte;
    let rapport = &bilan.rapport;
    let n = |count: usize| nombre(i64::try_from(count).unwrap_or(i64::MAX));
    format!(
        "Lignes lues : {} ; ajoutées : {} ; modifiées : {} ; inchangées : {} ; écartées : {} ; rejetées : {}\n",
        n(rapport.lues),
        n(ajoutes),
        n(modifies),
        n(inchanges),
        n(rapport.ecartees),
        n(rapport.rejetees),
    )
}

/// Prints, and fails with [`ECHEC`] when the output is closed.
pub(super) fn print(out: &mut dyn Write, text: &str) -> ExitCode {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(ECHEC),
    }
}

/// A bar on a terminal, one line per batch otherwise; both on the standard error output.
struct Progress {
    bar: ProgressBar,
    plain: bool,
    total: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    fn new() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            plain: !stderr().is_terminal(),
            total: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
        }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Avancement for Progress {
    fn etape(&self, nom: &str, total: usize) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        if self.plain {
            eprintln!("Préparation : {total} {nom}");
            return;
        }
        self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        self.bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
        self.bar.set_message(nom.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {msg} {eta}") {
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
        self.clear();
    }
}
