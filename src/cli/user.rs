//! `releve user create`

use clap::Subcommand;

use super::Echec;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::db::utilisateur::{self, NouvelUtilisateur};
use crate::domain::droits::Role;
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
    organisme: Option<String>,
    /// Qualité portée sous la signature, comme «Directrice».
    #[arg(long)]
    qualite: Option<String>,
}

/// Runs the subcommand.
pub fn run(config: &Config, commande: Commande) -> Result<(), Echec> {
    let Commande::Create(creation) = commande;
    if creation.role == Role::Kine {
        return Err(Echec::usage(
            "Un kinésithérapeute crée son compte lui-même, en ligne.",
        ));
    }
    if creation.role.de_caisse() != creation.organisme.is_some() {
        return Err(Echec::usage(
            "Un rôle de caisse se crée avec --organisme, les autres sans.",
        ));
    }
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
    let now = Clock::System.now();
    let db = Db::open(&config.database, 1).map_err(Echec::refus)?;
    let courriel = creation.courriel.to_lowercase();
    db.write(|tx| {
        utilisateur::creer(
            tx,
            &NouvelUtilisateur {
                courriel: &courriel,
                courriel_verifie_le: Some(now),
                mot_de_passe: Some(&hache),
                prenom: &creation.prenom,
                nom: &creation.nom,
                role: creation.role,
                qualite: creation.qualite.as_deref(),
                organisme_code: creation.organisme.as_deref(),
                actif: true,
                echecs: 0,
                cree_le: now,
            },
        )
    })
    .map_err(Echec::refus)?;
    println!("Compte créé : {courriel} ({})", creation.role.libelle());
    Ok(())
}
