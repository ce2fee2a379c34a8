//! REG-9: the applicant announces the installation, with its proof.

use chrono::NaiveDate;
use courriers::Courrier;
use regles::demande::EtatDemande;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste::SOUS_RESERVE;
use regles::piece::NaturePiece;
use regles::texte;

use super::super::piece::{self, PieceRecue, Rattachement};
use super::super::{Acte, ActionError, ActionResult, courriel, echeance, tracer};
use super::suivi::{objet, prevenir_agent};
use crate::db::demande::{self, ChangementDemande};
use crate::db::demande_etat;

use crate::db::piece::{EtatPiece, Piece};
use crate::db::{CpamScope, WriteTx};

/// What a granted request waits for once its installation is declared: that the CPAM checks the proof and records.
pub const A_ENREGISTRER: &str = "installation_declaree";

/// The applicant announces the installation with its proof (REG-9); the CPAM records it.
///
/// # Errors
/// The request is not granted, the date is absurd, or the request changed since it was shown.
pub fn declarer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
    version: i32,
    date: NaiveDate,
    preuves: &[PieceRecue],
) -> ActionResult<()> {
    let d = demande::lire(tx, &CpamScope::Kine(kine_id), numero)?;
    if d.etat != EtatDemande::Accordee {
        return Err(ActionError::refus(match d.etat {
            EtatDemande::Installee => {
                "Votre installation est déjà enregistrée : vous n’avez rien à faire."
            }
            _ => "L’installation se déclare quand la demande est accordée.",
        }));
    }
    if d.sous_reserve() {
        return Err(SOUS_RESERVE.into());
    }
    if date > acte.jour() {
        return Err(ActionError::champ(
            "date_installation",
            "La date d’installation ne peut pas être à venir : déclarez-la quand elle a eu lieu.",
        ));
    }
    let depot = crate::clock::jour_a_paris(d.deposee_le);
    if date < depot {
        return Err(ActionError::champ(
            "date_installation",
            format!(
                "La date d’installation ne peut pas précéder le dépôt de votre demande, le {}.",
                texte::date_fr(depot)
            ),
        ));
    }
    if preuves.is_empty() {
        return Err(ActionError::champ(
            "preuve",
            "Joignez une preuve de votre installation : bail, première facture, attestation.",
        ));
    }
    let toutes = crate::db::piece::de(tx, &CpamScope::Kine(d.kine_id), d.id)?;
    let deja: Vec<Piece> = toutes
        .iter()
        .filter(|p| p.etat != EtatPiece::Refusee)
        .cloned()
        .collect();
    if preuves.iter().all(|p| piece::connue(&deja, p)) {
        // The same form sent twice.
        return Ok(());
    }
    let ids = piece::attacher(tx, acte, Rattachement::dossier(d.id), preuves)?;
    // What was refused gives way to what comes. The very same document is an answer here: what counts for the delay is
    // that the installation was declared in time.
    let refusees = toutes.iter().filter(|p| {
        p.nature == NaturePiece::PreuveInstallation
            && p.etat == EtatPiece::Refusee
            && p.remplacee_par.is_none()
    });
    for (refusee, nouvelle) in refusees.zip(ids.iter().chain(ids.last().into_iter().cycle())) {
        crate::db::piece::remplacer(tx, d.id, refusee.id, *nouvelle, acte.le())?;
    }
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            assigne_a: Some(d.assigne_a),
            ..ChangementDemande::default()
        },
    )?;
    // REG-9 asks that the formalities start in time: declared in time, they have. The CPAM checks the proof and
    // records; if it refuses the proof, the delay runs again (`installation::rouvrir`).
    let delai = crate::db::echeance::en_cours(tx, d.id, NatureEcheance::Installation)?;
    let jour = acte.jour_a(crate::db::echeance::territoire(tx, &d.caisse_code)?);
    let a_temps = delai.as_ref().is_none_or(|e| jour <= e.finale);
    if a_temps {
        echeance::satisfaire(
            tx,
            acte,
            d.id,
            NatureEcheance::Installation,
            &format!(
                "Installation déclarée au {}, preuve à vérifier",
                texte::date_fr(date)
            ),
        )?;
        // No delay runs against the applicant any more: the file waits for the CPAM, from today.
        demande_etat::echeance_sans_delai(tx, d.id, acte.jour(), A_ENREGISTRER)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&d),
        Fait::InstallationDeclaree {
            date,
            a_temps,
            pieces: piece::deposees(preuves),
            noms: piece::noms(preuves),
        },
    )?;
    let c = demande::complete(tx, &CpamScope::Kine(kine_id), numero)?;
    let lettre = courriers::demande::InstallationDeclaree {
        kine: &c.kine.nom_complet(),
        numero,
        contact: &c.service.lignes(),
        commune: &c.commune,
        le: date,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("installation_declaree:{}:{}", d.id, d.version),
        &c,
        &lettre,
    )?;
    let lettre = courriers::demande::InstallationDeclareeAgent { numero }.lettre();
    prevenir_agent(tx, acte, &d, &lettre)
}
