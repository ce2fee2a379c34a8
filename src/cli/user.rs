//! `releve user create`

use clap::Subcommand;
use regles::droits::Role;
use regles::saisie;

use super::{Echec, sortie};
use crate::actions::compte::agent::{self, NouvelAgent};
use crate::actions::{Acteur, ActionError};
use crate::adresse;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::mot_de_passe;

/// Accounts.
#[derive(Subcommand)]
pub enum Commande {
    /// Crée le compte d’un agent ; le mot de passe est lu sur l’entrée standard.
    Create(Creation),
    /// Donne un mandat de plus à un compte qui existe.
    Mandat(Mandat),
    /// Met fin à un mandat ; aujourd’hui en est le dernier jour.
    FinMandat(Mandat),
}

/// The mandate to give or to end.
#[derive(clap::Args)]
pub struct Mandat {
    /// Adresse électronique du compte.
    #[arg(long)]
    courriel: String,
    /// Rôle : instructeur, responsable, signataire, secretaire_cpd, membre_cpd, praticien_conseil, ars, administrateur_national, auditeur.
    #[arg(long)]
    role: Role,
    /// Code de la CPAM, pour un rôle de caisse.
    #[arg(long)]
    caisse: Option<String>,
    /// Code INSEE de la région, pour l’ARS.
    #[arg(long)]
    region: Option<String>,
    /// Qualité portée sous la signature, comme «Directrice».
    #[arg(long)]
    qualite: Option<String>,
}

/// The account to create.
#[derive(clap::Args)]
pub struct Creation {
    /// Adresse électronique.
    #[arg(long)]
    courriel: String,
    /// Prénom.
    #[arg(long)]
    prenom: String,
    /// Nom.
    #[arg(long)]
    nom: String,
    /// Rôle : instructeur, responsable, signataire, secretaire_cpd, membre_cpd, praticien_conseil, ars, administrateur_national, auditeur.
    #[arg(long)]
    role: Role,
    /// Code de la CPAM, pour un rôle de caisse.
    #[arg(long)]
    caisse: Option<String>,
    /// Code INSEE de la région, pour l’ARS.
    #[arg(long)]
    region: Option<String>,
    /// Qualité portée sous la signature, comme «Directrice».
    #[arg(long)]
    qualite: Option<String>,
}

/// Runs the subcommand.
pub fn run(config: &Config, commande: Commande) -> Result<(), Echec> {
    match commande {
        Commande::Create(creation) => creer(config, &creation),
        Commande::Mandat(m) => mandater(config, &m),
        Commande::FinMandat(m) => demettre(config, &m),
    }
}

fn echec(erreur: ActionError) -> Echec {
    match erreur {
        ActionError::Champ { message, .. } => Echec::usage(message),
        autre => Echec::refus(autre),
    }
}

fn mandater(config: &Config, m: &Mandat) -> Result<(), Echec> {
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let acteur = Acteur::ligne_de_commande(Clock::System.now());
    let courriel = adresse::ranger(&m.courriel);
    let nouveau = NouvelAgent {
        courriel: &courriel,
        mot_de_passe: "",
        prenom: "",
        nom: "",
        role: m.role,
        qualite: m.qualite.as_deref(),
        caisse_code: m.caisse.as_deref(),
        region: m.region.as_deref(),
    };
    db.write(|tx| agent::ajouter_mandat(tx, &acteur, &nouveau))
        .map_err(echec)?;
    sortie::ligne(format_args!(
        "Mandat donné : {courriel} ({})",
        m.role.libelle()
    ));
    Ok(())
}

fn demettre(config: &Config, m: &Mandat) -> Result<(), Echec> {
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let acteur = Acteur::ligne_de_commande(Clock::System.now());
    let courriel = adresse::ranger(&m.courriel);
    db.write(|tx| agent::terminer_mandat(tx, &acteur, &courriel, m.role, m.caisse.as_deref()))
        .map_err(echec)?;
    sortie::ligne(format_args!(
        "Mandat terminé : {courriel} ({})",
        m.role.libelle()
    ));
    Ok(())
}

fn creer(config: &Config, creation: &Creation) -> Result<(), Echec> {
    let mut saisi = String::new();
    std::io::stdin()
        .read_line(&mut saisi)
        .map_err(Echec::refus)?;
    let saisi = &saisie::secret(saisi.trim_end_matches(['\r', '\n']));
    mot_de_passe::verifier_force(
        saisi,
        &[&creation.courriel, &creation.prenom, &creation.nom],
    )
    .map_err(Echec::refus)?;
    let hache = mot_de_passe::hacher(saisi).map_err(Echec::refus)?;
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let courriel = adresse::ranger(&creation.courriel);
    let acteur = Acteur::ligne_de_commande(Clock::System.now());
    let nouveau = NouvelAgent {
        courriel: &courriel,
        mot_de_passe: &hache,
        prenom: &creation.prenom,
        nom: &creation.nom,
        role: creation.role,
        qualite: creation.qualite.as_deref(),
        caisse_code: creation.caisse.as_deref(),
        region: creation.region.as_deref(),
    };
    db.write(|tx| agent::creer(tx, &acteur, &nouveau))
        .map_err(echec)?;
    sortie::ligne(format_args!(
        "Compte créé : {courriel} ({})",
        creation.role.libelle()
    ));
    Ok(())
}
