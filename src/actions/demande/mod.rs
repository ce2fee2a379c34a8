//! A practitioner files a request for conventionnement, completes it, withdraws it, announces the installation.

mod annonce;
pub mod audition;
mod derogation;
pub mod installation;
pub mod retrait;
pub mod succession;
pub mod suivi;

use chrono::Datelike;
use courriers::Courrier;
use regles::accuse::silence;
use regles::demande::NatureDemande;
use regles::derogation::Motif;
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::identifiants::Insee;
use regles::piece::NaturePiece;
use regles::recours;
use regles::reduction::Reduction;
use regles::silence::terme_du_silence;

use super::courriel::{self, Destinataire};
use super::depart::declaration::{Lieu, lieu, oublier_brouillon};
use super::destinataires::destinataires;
use super::echeance::Ouverture;
use super::papier::{self, Demandeur};
use super::piece::liste::manquantes_au_depot;
use super::piece::{self, PieceRecue, Rattachement};
use super::{Acte, ActionError, ActionResult, Objet, brouillon, echeance, tracer};
pub use annonce::{annoncer, deja_en_cours};

pub use crate::db::demande::Conditions;
use crate::db::demande::{self, NouvelleDemande};
use crate::db::mots::Mots;
use crate::db::{AnyConn, WriteTx, deposant, designation, dossier};

/// What a request rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fondement {
    /// REG-1: an accepted designation.
    Succession {
        /// The designation.
        designation_id: i64,
    },
    /// DER: a ground of derogation.
    Derogation {
        /// Code of the ground.
        motif: String,
        /// The applicant's words.
        expose: String,
        /// DER-4: the reduction of activity of a colleague, for a ground that rests on one.
        reduction: Option<Reduction>,
    },
    /// REG-10: not concerned by the regulation.
    HorsRegulation,
}

impl Fondement {
    /// Its kind.
    pub fn nature(&self) -> NatureDemande {
        match self {
            Fondement::Succession { .. } => NatureDemande::Succession,
            Fondement::Derogation { .. } => NatureDemande::Derogation,
            Fondement::HorsRegulation => NatureDemande::HorsRegulation,
        }
    }
}

/// A request to file.
#[derive(Debug, Clone)]
pub struct Projet {
    /// The applicant.
    pub demandeur: Demandeur,
    /// What it rests on.
    pub fondement: Fondement,
    /// Commune of practice.
    pub insee: Insee,
    /// Address of practice.
    pub adresse: String,
    /// The general conditions.
    pub conditions: Conditions,
    /// PRO-14: the kinds of documents that the applicant says touch health.
    pub sante: Vec<NaturePiece>,
}

/// A project that may be filed: what it was found to rest on.
pub struct Verifie {
    /// Where.
    pub lieu: Lieu,
    /// The place of a succession.
    pub place_id: Option<i64>,
    /// The ground of a derogation.
    pub motif: Option<Motif>,
    /// DER-4: the reduction of activity that the ground rests on.
    pub reduction: Option<Reduction>,
}

/// Checks the project of the practitioner of this RPPS before it is filed; the same check is made when it is. That the
/// rules would refuse it, or do not apply to it, is no reason to hold it back: see [`annoncer`]. What came on paper is judged
/// on the day it was received; `kine_id`: the applicant, once they are known.
///
/// # Errors
/// A field is wrong, the designation does not count any more.
pub fn verifier(
    conn: &mut AnyConn,
    acte: &Acte,
    p: &Projet,
    (kine_id, rpps): (Option<i64>, &str),
) -> ActionResult<Verifie> {
    let recu = p.demandeur.reception(acte);
    conditions(&recu, &p.conditions)?;
    let lieu = lieu(conn, &recu, &p.insee)?;
    if let Demandeur::Papier(papier) = &p.demandeur {
        papier::verifier(conn, acte, papier, &lieu.service)?;
    }
    let mut verifie = Verifie {
        lieu,
        place_id: None,
        motif: None,
        reduction: None,
    };
    match &p.fondement {
        Fondement::Succession { designation_id } => {
            let qui = (kine_id, rpps, p.demandeur.sur_papier());
            let place_id = succession::verifier(conn, qui, *designation_id, &verifie)?;
            verifie.place_id = Some(place_id);
        }
        Fondement::Derogation {
            motif,
            expose,
            reduction,
        } => {
            let (trouve, reduction) =
                derogation::verifier(conn, &recu, rpps, motif, expose, reduction.as_ref())?;
            verifie.motif = Some(trouve);
            verifie.reduction = reduction.cloned();
        }
        Fondement::HorsRegulation => {}
    }
    Ok(verifie)
}

/// Whether what is said of the general conditions is plausible.
///
/// # Errors
/// A wrong field, no parameter in force.
pub(super) fn conditions(acte: &Acte, c: &Conditions) -> ActionResult<()> {
    let jour = acte.jour();
    let min = acte
        .reglement
        .entier("demande.entree_formation_min", jour)?;
    let max = i64::from(jour.year());
    let annee = c.entree_formation.map(i64::from);
    if let Some(annee) = annee.filter(|a| !(min..=max).contains(a)) {
        return Err(ActionError::champ(
            "entree_formation",
            format!(
                "L’année d’entrée en formation doit être comprise entre {min} et {max} ; vous avez indiqué {annee}."
            ),
        ));
    }
    let plafond = acte.reglement.entier("demande.heures_max", jour)?;
    for (champ, heures) in [
        ("heures_etablissement", c.heures_etablissement),
        ("heures_clinicat", c.heures_clinicat),
    ] {
        if let Some(heures) = heures.map(i64::from).filter(|h| !(0..=plafond).contains(h)) {
            return Err(ActionError::champ(
                champ,
                format!(
                    "{heures} heures ne sont pas vraisemblables : le nombre attendu est compris entre 0 et {plafond}."
                ),
            ));
        }
    }
    let plafond = acte.reglement.entier("demande.actes_max", jour)?;
    let actes = c.actes_zone_sous_dotee.map(i64::from);
    if let Some(actes) = actes.filter(|a| !(0..=plafond).contains(a)) {
        return Err(ActionError::champ(
            "actes_zone_sous_dotee",
            format!(
                "{actes} actes ne sont pas vraisemblables : le nombre attendu est compris entre 0 et {plafond}."
            ),
        ));
    }
    Ok(())
}

/// Said to who files without having said where they live.
const SANS_DOMICILE: &str = "Indiquez d’abord votre adresse personnelle, dans « Mon espace », « Mes coordonnées » : elle désigne le \
     tribunal compétent si vous contestez un jour une décision. Ce que vous avez saisi est gardé.";

/// Files a request and returns its number. The same form sent twice files once. `pieces` come with the form; the
/// request also takes the documents of its draft, and the draft goes. What came on paper counts from the day it was received.
///
/// # Errors
/// As [`verifier`], too many documents, or the refusal of the database.
pub fn deposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    p: &Projet,
    pieces: &[PieceRecue],
    cle: &str,
) -> ActionResult<String> {
    let (kine_id, recu) = p.demandeur.recevoir(tx, acte)?;
    let deposant = deposant::lire(tx, kine_id, acte.acteur.id, cle)?;
    if let Some((_, numero)) = deposant.deja {
        return Ok(numero);
    }
    if let Fondement::Succession { designation_id } = &p.fondement {
        // Two tabs of one person: the second one waits, then reads the request of the first.
        designation::verrouiller_place(tx, *designation_id)?;
    }
    let verifie = verifier(tx, acte, p, (Some(kine_id), &deposant.kine.rpps))?;
    let auteur = p.demandeur.auteur(acte, &deposant.kine);
    if let (Fondement::Succession { designation_id }, true) =
        (&p.fondement, p.demandeur.sur_papier())
    {
        succession::accepter(tx, acte, &auteur, &deposant.kine, *designation_id)?;
    }
    let mut pieces = brouillon::reunir(&deposant.pieces, pieces, &piece::champs())?;
    piece::reconnaitre(&mut pieces, verifie.motif.as_ref());
    piece::signaler(&mut pieces, &p.sante);
    let Lieu {
        commune,
        zone,
        service,
        ..
    } = &verifie.lieu;
    let territoire = service.territoire()?;
    let jour = recu.jour_a(territoire);
    if deposant.ressort.is_none() {
        return Err(ActionError::refus(SANS_DOMICILE));
    }
    let voie = recours::voie(&acte.reglement, jour)?;
    let destinataires = destinataires(voie, service, deposant.ressort.clone());
    let silence = silence(&acte.reglement, jour, &destinataires)?;
    // PRO-7: under either effect, the day if the request is complete as it is.
    let echeance = terme_du_silence(&acte.reglement, jour, territoire, &[])?;
    let (motif, expose) = match &p.fondement {
        Fondement::Derogation { motif, expose, .. } => {
            (Some(motif.as_str()), Some(expose.as_str()))
        }
        _ => (None, None),
    };
    let numero = dossier::numero_suivant(tx, &service.code, NatureDossier::Demande, jour.year())?;
    let id = demande::inserer(
        tx,
        &NouvelleDemande {
            numero: &numero,
            caisse_code: &service.code,
            kine_id,
            nature: p.fondement.nature(),
            place_id: verifie.place_id,
            derogation_famille: verifie.motif.as_ref().map(|m| m.famille.as_str()),
            derogation_motif: motif,
            derogation_expose: expose,
            insee: p.insee.as_str(),
            bassin_code: &zone.bassin,
            categorie_depot: zone.categorie,
            adresse: &p.adresse,
            conditions: &p.conditions,
            deposee_le: recu.le(),
            prochaine_echeance: echeance.finale,
            echeance_nature: NatureEcheance::DecisionImplicite.as_str(),
            cle_idempotence: Some(cle),
            sur_papier: p.demandeur.sur_papier(),
            mots: &Mots::de(
                Some(&deposant.nom_recherche),
                &commune.nom_recherche,
                &commune.insee,
                Some(&p.adresse),
            ),
        },
    )?;
    if let Some(reduction) = &verifie.reduction {
        crate::db::reduction::inserer(tx, id, reduction)?;
    }
    piece::joindre(tx, &recu, Rattachement::dossier(id), &pieces)?;
    echeance::inscrire(
        tx,
        acte,
        &Ouverture {
            caisse_code: &service.code,
            territoire,
            dossier_id: id,
            nature: NatureEcheance::DecisionImplicite,
            depart: jour,
            delai: silence.delai,
            suspensions: &[],
        },
        &echeance,
    )?;
    let objet = Objet {
        caisse_code: Some(&service.code),
        dossier_id: Some(id),
        lie_id: verifie.place_id,
    };
    tracer(
        tx,
        &auteur,
        objet,
        Fait::DemandeDeposee {
            numero: numero.clone(),
            nature: p.fondement.nature(),
            insee: p.insee.to_string(),
            bassin: zone.bassin.clone(),
            categorie: zone.categorie,
            arrete: zone.arrete.id,
            motif: motif.map(str::to_owned),
            pieces: piece::deposees(&pieces),
            decision_implicite: echeance.finale,
            noms: piece::noms(&pieces),
        },
    )?;
    if p.demandeur.sur_papier() {
        tracer(
            tx,
            &acte.acteur,
            objet,
            Fait::DemandePapier { recue_le: jour },
        )?;
    }
    if let Some(place_id) = verifie.place_id {
        // REG-12: what the winner of a call had to do in time.
        echeance::satisfaire(
            tx,
            acte,
            place_id,
            NatureEcheance::DepotDemande,
            "Demande déposée",
        )?;
    }
    oublier_brouillon(tx, acte, &deposant)?;
    let lettre = courriers::demande::AccuseDeReception {
        kine: &deposant.kine.nom_complet(),
        numero: &numero,
        contact: &service.lignes(),
        recue_le: jour,
        nature: p.fondement.nature().libelle(),
        adresse: &p.adresse,
        commune: &verifie.lieu.commune.nom,
        service: &service.nom,
        silence: &silence,
        finale: echeance.finale,
        manquantes: &manquantes_au_depot(
            &acte.reglement,
            jour,
            p.fondement.nature(),
            &p.conditions,
            &pieces.iter().map(|p| p.nature).collect::<Vec<_>>(),
        )?,
        sur_papier: p.demandeur.sur_papier(),
    }
    .lettre();
    let a = Destinataire::de(deposant.courriel.as_ref(), id, kine_id);
    courriel::envoyer(tx, acte, &format!("demande_deposee:{id}"), &a, &lettre)?;
    Ok(numero)
}
