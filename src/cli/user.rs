//! `releve user create`

use clap::Subcommand;
use regles::droits::Role;

use super::{Echec, sortie};
use crate::actions::compte::agent::{self, NouvelAgent};
use crate::actions::{Acteur, ActionError};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::mot_de_passe;

/// Accounts.
#[derive(Subcommand)]
pub enum Commande {
    /// Crée le compte d’un agent ; le mot de passe est lu sur l’entrée standard.
    Create(Creation),
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
    /// Rôle : instructeur, responsable, signataire, secretaire_cpd, membre_cpd, ars, administrateur_national, auditeur.
    #[arg(long)]
    role: Role,
    /// Code de la CPAM, pour un rôle de caisse.
    #[arg(long)]
    caisse: Option<String>,
    /// Qualité portée sous la signature, comme «Directrice».
    #[arg(long)]
    qualite: Option<String>,
}

/// Runs the subcommand.
pub fn run(config: &Config, commande: Commande) -> Result<(), Echec> {
    let Commande::Create(creation) = commande;
    let mut saisi = String::new();
    std::io::stdin()
        .read_line(&mut saisi)
        .map_err(Echec::refus)?;
    let saisi = saisi.trim_end_matches(['\r', '\n']);
    mot_de_passe::verifier_force(
        saisi,
        &[&creation.courriel, &creation.prenom, &creation.nom],
    )
    .map_err(Echec::refus)?;
    let hache = mot_de_passe::hacher(saisi).map_err(Echec::refus)?;
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let courriel = creation.courriel.to_lowercase();
    let acteur = Acteur::ligne_de_commande(Clock::System.now());
    let nouveau = NouvelAgent {
        courriel: &courriel,
        mot_de_passe: &hache,
        prenom: &creation.prenom,
        nom: &creation.nom,
        role: creation.role,
        qualite: creation.qualite.as_deref(),
        caisse_code: creation.caisse.as_deref(),
    };
    db.write(|tx| agent::creer(tx, &acteur, &nouveau))
        .map_err(|erreur| match erreur {
            ActionError::Champ { message, .. } => Echec::usage(message),
            autre => Echec::refus(autre),
        })?;
    sortie::ligne(format_args!(
        "Compte créé : {courriel} ({})",
        creation.role.libelle()
    ));
    Ok(())
}
