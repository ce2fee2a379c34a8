//! `releve evaluer FICHIER`

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use regles::evaluer::flux::evaluer_flux;
use regles::identifiants::Insee;
use regles::reglement::Reglement;
use regles::zonage::{ResolveurDeZone, ZoneError, ZoneResolue};

use super::Echec;
use crate::config::Config;
use crate::db::Db;
use crate::db::dialect::DatabaseUrl;
use crate::db::resolveur::ZonageEnBase;

/// What to evaluate.
#[derive(Args)]
pub struct Options {
    /// Fichier d’objets JSON, un par ligne ; « - » pour l’entrée standard.
    #[arg(value_name = "FICHIER")]
    fichier: PathBuf,
}

/// Answers each line on standard output. A malformed line is answered too, and the command exits 1.
pub fn run(options: &Options, config: impl Fn() -> Result<Config, Echec>) -> Result<(), Echec> {
    let reglement = Reglement::embarque().map_err(Echec::refus)?;
    let zones = ZonageAuBesoin {
        reglement: &reglement,
        config,
        db: OnceCell::new(),
    };
    let entree: Box<dyn BufRead> = if options.fichier == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let ouvert = File::open(&options.fichier).map_err(|e| {
            Echec::usage(format!(
                "Le fichier {} ne se lit pas : {e}.",
                options.fichier.display()
            ))
        })?;
        Box::new(BufReader::with_capacity(1 << 16, ouvert))
    };
    let sortie = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match evaluer_flux(&reglement, &zones, entree, sortie) {
        Ok(bilan) if bilan.erreurs == 0 => Ok(()),
        Ok(bilan) => Err(Echec::refus(format!(
            "{} ligne(s) refusée(s) sur {}.",
            bilan.erreurs, bilan.lignes
        ))),
        // Whoever reads has read enough: `| head` is not a failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Echec::refus(format!(
            "L’évaluation s’est interrompue : {e}."
        ))),
    }
}

/// The stored zonage, opened at the first `zone` asked: every other evaluation needs no database.
struct ZonageAuBesoin<'a, C> {
    reglement: &'a Reglement,
    config: C,
    db: OnceCell<Result<Db, String>>,
}

impl<C: Fn() -> Result<Config, Echec>> ZonageAuBesoin<'_, C> {
    fn ouvrir(&self) -> Result<Db, String> {
        let config = (self.config)().map_err(|echec| echec.phrase)?;
        // Opening would create an empty SQLite file.
        if let DatabaseUrl::Sqlite(chemin) = &config.database
            && !Path::new(chemin).exists()
        {
            return Err("la base n’existe pas : le zonage n’a pas été importé".to_owned());
        }
        Db::open(&config.database, 1, config.patience).map_err(|e| e.to_string())
    }
}

impl<C: Fn() -> Result<Config, Echec>> ResolveurDeZone for ZonageAuBesoin<'_, C> {
    fn resoudre(&self, commune: &Insee, date: NaiveDate) -> Result<ZoneResolue, ZoneError> {
        let db = self
            .db
            .get_or_init(|| self.ouvrir())
            .as_ref()
            .map_err(|phrase| ZoneError::Indisponible(phrase.clone()))?;
        ZonageEnBase {
            db,
            reglement: self.reglement,
        }
        .resoudre(commune, date)
    }
}
