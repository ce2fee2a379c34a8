//! The document of a decision: composed from the decision itself, shown before it is signed, frozen with its digest the day
//! it is.

use chrono::NaiveDate;
use courriers::decision::{
    Accord, Arrete, Avis, Delegation, Document, Recherche, Refus, Signature, Visas,
};
use regles::arrete::nom_region;
use regles::conventionnement::AvisCpd;
use regles::demande::{Fondement, Sens};
use regles::echeance::NatureEcheance;
use regles::fondement;
use regles::fuseau::jour_local;
use regles::generales::ce_qui_reste;
use regles::liste_pieces::Manques;
use regles::piece::NaturePiece;
use regles::recours::{self, Conteste};
use regles::reserve::Reserve;

use super::Proposition;
use crate::actions::destinataires::destinataires;
use crate::actions::dossier::territoire;
use crate::actions::ecrit::{self, Entourage, Fige};
use crate::actions::evaluation::{EvaluationDemande, evaluer_demande};
use crate::actions::generales;
use crate::actions::piece::liste;
use crate::actions::{Acte, ActionError, ActionResult};
use crate::db::decision::{self, Decision};
use crate::db::demande::DemandeComplete;
use crate::db::{
    AnyConn, CpamScope, DbError, WriteTx, avis_rendu, delegation, demande_etat, destinataire,
    echeance,
};

/// Who signs: under which capacity, by whose delegation when it is by one.
#[derive(Debug, Clone, Default)]
pub struct Signataire {
    /// Capacity.
    pub qualite: String,
    /// Capacity of who delegates, and day of the act.
    pub delegation: Option<(String, NaiveDate)>,
    /// CRPA L212-2: reference of the homologation of the online service, where no hand signs.
    pub homologation: Option<String>,
}

impl Signataire {
    /// Somebody who signs in this capacity, under what, and by which homologation where no hand signs.
    pub(super) fn new(
        qualite: &str,
        sous: Option<&delegation::Delegation>,
        homologation: Option<&str>,
    ) -> Signataire {
        let delegation = sous.and_then(|s| Some((s.delegant_qualite.clone()?, s.acte_du)));
        Signataire {
            qualite: qualite.to_owned(),
            delegation,
            homologation: homologation.map(str::to_owned),
        }
    }
}

/// What a decision brings about, on the day it is signed.
pub(super) struct Portee {
    /// First day on which a grant covers acts.
    pub(super) effet: NaiveDate,
    /// REG-17: the condition on which it does.
    pub(super) reserve: Option<Reserve>,
    /// PRO-3: the useful documents that it waits for.
    pub(super) attendues: Vec<NaturePiece>,
}

impl Portee {
    /// What a proposal would bring about, signed by `acte`.
    ///
    /// # Errors
    /// A stored condition that does not read, the refusal of the database.
    pub(super) fn de(
        conn: &mut AnyConn,
        acte: &Acte,
        dossier: &DemandeComplete,
        decision: &Decision,
        evaluation: &EvaluationDemande,
    ) -> ActionResult<Portee> {
        // One departure, one arrival: not before the leaver has ceased.
        let cessation = evaluation.faits.place.as_ref().and_then(|p| p.cessation);
        let attendues = match decision.sens {
            Sens::Accord => {
                let lignes = liste::de_la_demande(conn, &acte.reglement, &dossier.demande)?;
                Manques::de(&lignes).utiles
            }
            Sens::Refus => Vec::new(),
        };
        Ok(Portee {
            effet: cessation.map_or(acte.jour(), |le| le.max(acte.jour())),
            reserve: decision.reserve()?,
            attendues,
        })
    }
}

/// The very document that `acte` would sign now: what is shown before signing is what is signed.
///
/// # Errors
/// As [`figer`].
pub fn lettre_a_signer(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    signataire: &Signataire,
) -> ActionResult<(Document, Fige)> {
    let evaluation = evaluer_demande(conn, &acte.reglement, &dossier.demande, acte.jour())?;
    let portee = Portee::de(conn, acte, dossier, decision, &evaluation)?;
    let ecrit = (&evaluation, &portee);
    let document = composer(conn, acte, dossier, decision, ecrit, signataire)?;
    let fige = Fige::de(&document)?;
    Ok((document, fige))
}

/// The letter of a proposal that is not made yet: proposed in `tx`, which the caller undoes. Who will sign is not known.
///
/// # Errors
/// As [`super::proposer`] and [`lettre_a_signer`].
pub fn projeter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, version): (&str, i32),
    proposition: &Proposition,
) -> ActionResult<(Document, Fige)> {
    super::proposer(tx, acte, scope, numero, version, proposition)?;
    let dossier = demande_etat::charger(tx, scope, numero)?;
    let proposee = decision::active(tx, dossier.demande.id)?.ok_or(DbError::Introuvable)?;
    let mut signe = acte.clone();
    signe.acteur.nom = "Nom de la personne qui signera".to_owned();
    let par = Signataire::new("sa qualité", None, None);
    lettre_a_signer(tx, &signe, &dossier, &proposee, &par)
}

/// The document of a proposal, as signed by `acte`.
///
/// # Errors
/// In words, the datum without which a decision cannot be notified, or its reasons; no parameter in force; the refusal of
/// the database.
pub(super) fn figer(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    ecrit: (&EvaluationDemande, &Portee),
    signataire: &Signataire,
) -> ActionResult<Fige> {
    Fige::de(&composer(conn, acte, dossier, decision, ecrit, signataire)?)
}

fn composer(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    (evaluation, portee): (&EvaluationDemande, &Portee),
    signataire: &Signataire,
) -> ActionResult<Document> {
    let d = &dossier.demande;
    let jour = acte.jour();
    let envoi = ecrit::envoi(conn, d.kine_id, jour)?;
    let entourage = Entourage::de_la_demande(conn, acte, dossier, Some(envoi), jour)?;
    let enveloppe = entourage.enveloppe();
    let adresse = format!("{}, {}", d.adresse, dossier.commune);
    let avis = avis_ecrit(conn, acte, dossier)?;
    let article = article(decision.fondement, jour)?;
    let arrete = evaluation.zone.as_ref().ok().map(|z| &z.arrete);
    let visas = Visas {
        article,
        arrete: arrete.map(|a| Arrete {
            reference: a.reference.as_deref(),
            region: nom_region(&a.region),
            du: a.date_signature,
            effet: a.date_effet,
        }),
        recue_le: jour_local(d.deposee_le, territoire(dossier)?),
        avis: avis.as_ref().map(AvisLu::dit),
    };
    let signature = Signature {
        nom: &acte.acteur.nom,
        qualite: &signataire.qualite,
        caisse: &dossier.service.nom,
        le: jour,
        delegation: signataire
            .delegation
            .as_ref()
            .map(|(de, acte_du)| Delegation {
                de,
                acte_du: *acte_du,
            }),
        homologation: signataire.homologation.as_deref(),
    };
    let recherche = Recherche {
        ecrire_a: dossier
            .service
            .courriel
            .as_deref()
            .unwrap_or(&dossier.service.nom),
        cada: acte.reglement.delai("cada.delai_saisine", jour)?,
    };
    let (motifs, ecart) = (decision.motifs.as_str(), decision.ecart_motive.as_deref());
    let document = match decision.sens {
        Sens::Accord => {
            let lignes = liste::de_la_demande(conn, &acte.reglement, d)?;
            let etats = generales::etats(d, &lignes)?;
            // CRPA L211-2 3°: a condition put on a grant is contested as a refusal is.
            let voies = match &portee.reserve {
                Some(_) => voies(conn, acte, dossier)?,
                None => Vec::new(),
            };
            Accord {
                adresse: &adresse,
                fondement: decision.fondement,
                effet: portee.effet,
                delai: acte.reglement.delai("installation.delai", jour)?,
                reste: ce_qui_reste(&acte.reglement, jour, &etats)?.as_deref(),
                motifs,
                ecart,
                visas,
                voies: &voies,
                reserve: portee.reserve.as_ref(),
                attendues: &portee.attendues,
                recherche,
                signature,
            }
            .document(&enveloppe)?
        }
        Sens::Refus => Refus {
            adresse: &adresse,
            motifs,
            ecart,
            visas,
            voies: &voies(conn, acte, dossier)?,
            recherche,
            signature,
        }
        .document(&enveloppe)?,
    };
    Ok(document)
}

/// The article of the convention that a decision applies, in plain words.
fn article(fonde: Fondement, jour: NaiveDate) -> ActionResult<&'static str> {
    let regle = match fonde {
        Fondement::Derogation => "DER-1",
        Fondement::Succession | Fondement::Refus => "REG-1",
        Fondement::HorsRegulation => "REG-10",
    };
    let texte =
        fondement::de_la_regle(regle, jour).map_err(|e| ActionError::Regle(e.to_string()))?;
    // «convention nationale des masseurs-kinésithérapeutes, article 1.2»: the visa names the convention in full.
    Ok(texte
        .rsplit_once(", ")
        .map_or(texte, |(_, article)| article))
}

/// What is known of the opinion of the commission.
struct AvisLu {
    sens: AvisCpd,
    ecrit: Option<avis_rendu::AvisEcrit>,
    saisie: Option<NaiveDate>,
    delai: regles::echeance::Delai,
}

impl AvisLu {
    fn dit(&self) -> Avis<'_> {
        Avis {
            sens: self.sens,
            le: self.ecrit.as_ref().map(|e| e.le),
            motif: self.ecrit.as_ref().and_then(|e| e.motif.as_deref()),
            saisie: self.saisie,
            delai: self.delai,
        }
    }
}

fn avis_ecrit(
    conn: &mut AnyConn,
    acte: &Acte,
    dossier: &DemandeComplete,
) -> ActionResult<Option<AvisLu>> {
    let d = &dossier.demande;
    let Some(sens) = d.derogation_avis_cpd.filter(|s| *s != AvisCpd::Ajourne) else {
        return Ok(None);
    };
    let saisines = echeance::de(conn, d.id)?;
    let saisie = saisines
        .iter()
        .rev()
        .find(|e| e.nature == NatureEcheance::AvisCpd)
        .map(|e| e.depart);
    Ok(Some(AvisLu {
        sens,
        ecrit: avis_rendu::de(conn, d.id)?,
        delai: NatureEcheance::AvisCpd.delai(&acte.reglement, saisie.unwrap_or(acte.jour()))?,
        saisie,
    }))
}

/// The routes of appeal against a decision; without an address, it cannot be notified.
fn voies(conn: &mut AnyConn, acte: &Acte, dossier: &DemandeComplete) -> ActionResult<Vec<String>> {
    let d = &dossier.demande;
    let voie = recours::voie(&acte.reglement, acte.jour())?;
    let ressort = destinataire::ressort(conn, d.kine_id)?;
    let destinataires = destinataires(voie, &dossier.service, ressort);
    let manquants = recours::manquants(voie, &destinataires);
    if !manquants.is_empty() {
        return Err(ActionError::refus(format!(
            "Cette décision ne peut pas être notifiée : il manque {}. La fiche de la caisse et l’espace de la personne donnent ces \
             adresses ; complétez-les, puis signez.",
            manquants.join(" et ")
        )));
    }
    Ok(recours::textes(
        &acte.reglement,
        acte.jour(),
        Conteste::Decision,
        &destinataires,
    )?)
}
