//! `releve user`: the accounts of agents, as the screens manage them.

use clap::Subcommand;
use regles::droits::Role;
use regles::saisie;
use regles::texte;

use super::{Echec, sortie};
use crate::actions::compte::agent::{self, NouvelAgent};
use crate::actions::compte::equipe::{self, Demande};
use crate::actions::{Acte, Acteur, ActionError, ActionResult};
use crate::adresse;
use crate::app::AppState;
use crate::clock::{Clock, jour_a_paris};
use crate::config::Config;
use crate::db::equipe::{self as comptes, Membre};
use crate::db::{CpamScope, Db, DbError, WriteTx, compte};
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
    /// Liste les comptes ouverts d’une caisse, ou ceux de l’équipe nationale et des ARS.
    Liste {
        /// Code de la CPAM.
        #[arg(long)]
        caisse: Option<String>,
    },
    /// Ouvre un compte et envoie le lien qui en choisit le mot de passe.
    Inviter(Creation),
    /// Remplace le rôle ou la caisse d’un compte, tout de suite.
    Changer {
        /// Rôle tenu aujourd’hui.
        #[arg(long)]
        de: Role,
        #[command(flatten)]
        vers: Mandat,
    },
    /// Ferme un compte : ses connexions, ses mandats, ses courriels ; ses dossiers sont repris, ou à personne.
    Fermer {
        /// Adresse électronique du compte.
        #[arg(long)]
        courriel: String,
        /// Adresse électronique de la personne qui reprend ses dossiers.
        #[arg(long)]
        repreneur: Option<String>,
    },
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
        Commande::Liste { caisse } => lister(config, caisse.as_deref()),
        Commande::Inviter(c) => inviter(config, &c),
        Commande::Changer { de, vers } => changer(config, de, &vers),
        Commande::Fermer {
            courriel,
            repreneur,
        } => fermer(config, &courriel, repreneur.as_deref()),
    }
}

/// An act of who runs the machine, over all.
fn agir<T>(
    config: &Config,
    f: impl FnOnce(&mut WriteTx<'_>, &Acte) -> ActionResult<T>,
) -> Result<T, Echec> {
    actix_web::rt::System::new().block_on(async {
        let etat = AppState::open(config.clone(), Clock::System).map_err(Echec::refus)?;
        let acte = Acte {
            acteur: Acteur::ligne_de_commande(etat.clock.now()),
            reglement: etat.reglement(),
            url_publique: etat.config.url_publique.clone(),
        };
        etat.db.write(|tx| f(tx, &acte)).map_err(echec)
    })
}

fn lister(config: &Config, caisse: Option<&str>) -> Result<(), Echec> {
    let db = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let jour = jour_a_paris(Clock::System.now());
    let membres = db
        .read(|conn| comptes::de_caisse(conn, caisse, jour, i64::MAX))
        .map_err(|e: DbError| Echec::refus(e))?;
    for m in membres {
        sortie::ligne(format_args!(
            "{} <{}> : {}{}",
            m.nom_complet(),
            m.courriel,
            m.role.libelle(),
            if m.invite() {
                ", invitation envoyée"
            } else {
                ""
            }
        ));
    }
    Ok(())
}

fn inviter(config: &Config, c: &Creation) -> Result<(), Echec> {
    let courriel = c.courriel.to_lowercase();
    let demande = Demande {
        role: c.role,
        caisse: c.caisse.as_deref(),
        region: c.region.as_deref(),
        qualite: c.qualite.as_deref(),
    };
    let qui = (c.prenom.as_str(), c.nom.as_str(), courriel.as_str());
    let dit = agir(config, |tx, acte| {
        equipe::inviter(tx, acte, &CpamScope::National, qui, &demande)
    })?;
    sortie::ligne(dit);
    Ok(())
}

/// The mandate that an account holds today under this role, or under any.
fn mandat_de(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    courriel: &str,
    role: Option<Role>,
) -> ActionResult<Membre> {
    let compte = compte::par_courriel(tx, &courriel.to_lowercase())?
        .ok_or_else(|| ActionError::refus(format!("Aucun compte n’a l’adresse {courriel}.")))?;
    comptes::de_compte(tx, compte.id, acte.jour())?
        .into_iter()
        .find(|m| role.is_none_or(|r| m.role == r))
        .ok_or_else(|| {
            ActionError::refus(format!(
                "{} n’a pas de rôle ouvert aujourd’hui.",
                compte.nom_complet()
            ))
        })
}

fn changer(config: &Config, de: Role, vers: &Mandat) -> Result<(), Echec> {
    let demande = Demande {
        role: vers.role,
        caisse: vers.caisse.as_deref(),
        region: vers.region.as_deref(),
        qualite: vers.qualite.as_deref(),
    };
    agir(config, |tx, acte| {
        let tenu = mandat_de(tx, acte, &vers.courriel, Some(de))?;
        equipe::changer(tx, acte, &CpamScope::National, tenu.mandat_id, &demande)
    })?;
    sortie::ligne(format_args!(
        "Rôle changé : {} ({})",
        vers.courriel,
        vers.role.libelle()
    ));
    Ok(())
}

fn fermer(config: &Config, courriel: &str, repreneur: Option<&str>) -> Result<(), Echec> {
    let dossiers = agir(config, |tx, acte| {
        let tenu = mandat_de(tx, acte, courriel, None)?;
        let repreneur = match repreneur {
            Some(adresse) => Some(mandat_de(tx, acte, adresse, None)?.compte_id),
            None => None,
        };
        equipe::fermer(tx, acte, &CpamScope::National, tenu.mandat_id, repreneur)
    })?;
    let nombre = i64::try_from(dossiers).unwrap_or(i64::MAX);
    sortie::ligne(format_args!(
        "Compte fermé : {courriel} ({})",
        texte::pluriel(nombre, "dossier rendu", "dossiers rendus")
    ));
    Ok(())
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
