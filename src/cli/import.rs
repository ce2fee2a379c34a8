//! `releve import organismes|communes|tribunaux|zonage FICHIER…`

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use regles::dates_fr;
use regles::texte::{insecables, nombre};

use super::avancement::Barre;
use super::{Echec, apercu};
use crate::actions::import::{self, Bilan, Contexte, DescriptionArrete, ImportError, Issue};
use crate::actions::{Acteur, ActionError, parametre};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::import::rapport::Compte;
use crate::import::table::TableError;

/// What to import.
#[derive(Subcommand)]
pub enum Commande {
    /// Les caisses : CPAM, CGSS, CCSS et CSSM.
    #[command(name = "organismes")]
    Caisses(Fichier),
    /// Les communes, leur bassin et leur caisse (après les caisses).
    Communes(Fichier),
    /// Le tribunal judiciaire de chaque commune (après les communes) : insee;tribunal;adresse;verifie_le.
    Tribunaux(Fichier),
    /// Le zonage d’une région : un arrêté (après les communes).
    Zonage(Zonage),
}

/// A file, and how to take it.
#[derive(Args)]
pub struct Fichier {
    /// Fichier CSV, XLSX ou ODS.
    #[arg(value_name = "FICHIER")]
    fichier: PathBuf,
    #[command(flatten)]
    options: Options,
}

/// An arrêté and its files.
#[derive(Args)]
pub struct Zonage {
    /// Fichier de la région ; ceux des régions voisines peuvent suivre, pour les communes
    /// de leurs bassins classées par cet arrêté.
    #[arg(value_name = "FICHIER", required = true)]
    fichiers: Vec<PathBuf>,
    /// Code de la région dont l’ARS a pris l’arrêté, comme 93.
    #[arg(long)]
    region: String,
    /// Numéro de l’arrêté, comme 2024-17-0457 ; à omettre s’il n’est pas connu.
    #[arg(long)]
    reference: Option<String>,
    /// Date d’entrée en vigueur : 2025-06-06, 06/06/2025 ou « 6 juin 2025 ».
    #[arg(long, value_parser = dates_fr::lire)]
    effet: NaiveDate,
    /// Date de signature, si elle est connue.
    #[arg(long, value_parser = dates_fr::lire)]
    signature: Option<NaiveDate>,
    /// Date de publication, si elle est connue.
    #[arg(long, value_parser = dates_fr::lire)]
    publication: Option<NaiveDate>,
    #[command(flatten)]
    options: Options,
}

/// How to import.
#[derive(Args)]
pub struct Options {
    /// Contrôle le fichier et montre ce qui changerait, sans rien enregistrer.
    #[arg(long)]
    simuler: bool,
    /// Feuille du classeur à lire (XLSX, ODS) ; la première sinon.
    #[arg(long, value_name = "NOM")]
    feuille: Option<String>,
    /// Nombre maximal de remarques affichées de chaque sorte.
    #[arg(long, default_value_t = 20, value_name = "N")]
    remarques: usize,
}

/// Runs the subcommand.
pub fn run(config: &Config, commande: Commande) -> Result<(), Echec> {
    let options = match &commande {
        Commande::Caisses(fichier) | Commande::Communes(fichier) | Commande::Tribunaux(fichier) => {
            &fichier.options
        }
        Commande::Zonage(zonage) => &zonage.options,
    };
    let (limite, feuille) = (options.remarques, options.feuille.clone());
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let barre = Barre::new();
    let contexte = Contexte {
        db: &db,
        acteur: &Acteur::ligne_de_commande(Clock::System.now()),
        feuille: feuille.as_deref(),
        simuler: options.simuler,
        avancement: &barre,
    };
    let bilan = apply(&contexte, commande).map_err(|error| {
        barre.effacer();
        echec(&error, limite)
    })?;
    print!("{}", afficher(&bilan, limite));
    Ok(())
}

fn apply(contexte: &Contexte<'_>, commande: Commande) -> Result<Bilan, ImportError> {
    match commande {
        Commande::Caisses(Fichier { fichier, .. }) => import::caisses(contexte, &fichier),
        Commande::Communes(Fichier { fichier, .. }) => import::communes(contexte, &fichier),
        Commande::Tribunaux(Fichier { fichier, .. }) => import::tribunaux(contexte, &fichier),
        Commande::Zonage(zonage) => {
            let description = DescriptionArrete {
                region: zonage.region,
                reference: zonage.reference.filter(|text| !text.trim().is_empty()),
                effet: zonage.effet,
                signature: zonage.signature,
                publication: zonage.publication,
            };
            let reglement = contexte.db.read(parametre::frais).map_err(parametres)?;
            import::zonage(contexte, &reglement, &zonage.fichiers, &description)
        }
    }
}

/// The parameters of the base do not read.
fn parametres(erreur: ActionError) -> ImportError {
    match erreur {
        ActionError::Db(erreur) => erreur.into(),
        autre => DbError::Incoherent(autre.to_string()).into(),
    }
}

/// A file that is not there or is no table is a wrong usage; anything else is a refusal.
fn echec(error: &ImportError, limite: usize) -> Echec {
    let mut text = String::new();
    if let ImportError::Refuse(rapport) = error {
        text.push_str(&rapport.afficher(limite));
    }
    // Writing to a String cannot fail.
    let _ = write!(text, "Erreur : {error}.");
    let text = insecables(&text);
    match error {
        ImportError::Table(TableError::Io { .. } | TableError::Format(_)) => Echec::usage(text),
        _ => Echec::refus(text),
    }
}

/// What was done, or would be, in French.
fn afficher(bilan: &Bilan, limite: usize) -> String {
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
    let Compte {
        ajoutes,
        modifies,
        inchanges,
    } = bilan.compte;
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
