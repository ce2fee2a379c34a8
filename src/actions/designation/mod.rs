//! The leaver designates a successor (REG-5, REG-8); the successor answers in `reponse`.

mod renonciation;
mod reponse;
mod verification;

pub use renonciation::{demande_en_cours, renoncer};
pub use reponse::{Acces, repondre};
pub use verification::{Possible, empechement, verifier};

use regles::designation::EtatDesignation;
use regles::echeance::{Delai, NatureEcheance};
use regles::evenement::Fait;
use regles::identifiants::Rpps;
use regles::texte;

use super::echeance::Ouverture;
use super::{Acte, ActionError, ActionResult, Objet, courriel, echeance, tracer};
use crate::db::ayant_droit::AyantDroit;
use crate::db::depart::DepartComplet;
use crate::db::designation::{self, Designation, NouvelleDesignation};
use crate::db::place::{self, Place};
use crate::db::{WriteTx, kine};
use crate::mail::lettre::Lettre;
use crate::secret;

/// A designation to make.
#[derive(Debug, Clone)]
pub struct ADesigner {
    /// The leaver.
    pub kine_id: i64,
    /// The departure.
    pub depart_id: i64,
    /// The designation that counted when the form was shown.
    pub vue: Option<i64>,
    /// RPPS of the successor.
    pub rpps: Rpps,
    /// The leaver confirmed a number whose key does not hold.
    pub cle_confirmee: bool,
    /// E-mail address of the successor.
    pub courriel: String,
    /// REG-7: who designates in the leaver's place.
    pub ayant_droit: Option<AyantDroit>,
}

/// Designates a successor, in place of the one designated before if there is one, and returns the
/// identifier of the designation. The successor gets a secret link by e-mail.
///
/// # Errors
/// Those of [`verifier`].
pub fn designer(tx: &mut WriteTx<'_>, acte: &Acte, a: &ADesigner) -> ActionResult<i64> {
    let Possible {
        depart: c,
        ancienne: active,
        deja,
        place,
        courriel,
    } = verifier(tx, acte, a)?;
    if let Some(id) = deja {
        return Ok(id);
    }
    // Whoever decides on this place at the same instant has read another version of it.
    place::changer_etat(tx, &place, place.etat)?;
    if let Some(ancienne) = &active {
        remplacer(tx, acte, &c, ancienne)?;
    }
    let jeton = secret::jeton();
    let ayant_droit_id = a.ayant_droit.as_ref().map(|a| a.id);
    let auteur_id = acte.acteur.id.filter(|_| ayant_droit_id.is_none());
    if auteur_id.is_none() && ayant_droit_id.is_none() {
        return Err(ActionError::Regle(
            "a designation without an author".to_owned(),
        ));
    }
    let connu = kine::par_rpps(tx, a.rpps.as_str())?.map(|k| k.id);
    let id = designation::inserer(
        tx,
        &NouvelleDesignation {
            place_id: place.id,
            rpps: a.rpps.as_str(),
            courriel: &courriel,
            kine_id: connu,
            etat: EtatDesignation::EnAttente,
            jeton_empreinte: &secret::empreinte(&jeton),
            auteur_id,
            ayant_droit_id,
            candidature_id: None,
            cree_le: acte.le(),
        },
    )?;
    rouvrir_delai(tx, acte, &c, &place)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::DesignationCreee {
            designation: id,
            remplace: active.map(|d| d.id),
            rpps: a.rpps.to_string(),
            courriel: Some(courriel.clone()),
        },
    )?;
    prevenir(tx, acte, &c, id, a, &courriel, &jeton)?;
    Ok(id)
}

fn remplacer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    ancienne: &Designation,
) -> ActionResult<()> {
    designation::passer(
        tx,
        ancienne.id,
        ancienne.etat,
        EtatDesignation::Remplacee,
        ancienne.kine_id,
        acte.le(),
    )?;
    let lettre = Lettre::new(
        "designation_remplacee",
        format!("Vous n’êtes plus désigné comme successeur à {}", c.commune),
    )
    .paragraphe(format!(
        "{} a désigné une autre personne pour lui succéder à {}. La désignation qui vous concernait, du {}, n’a plus d’effet.",
        c.kine.nom_complet(),
        c.commune,
        texte::date_fr(crate::clock::jour_a_paris(ancienne.cree_le))
    ))
    .paragraphe(
        "Si vous avez déposé une demande sur cette place, elle ne peut plus être accordée à ce titre. La caisse vous répondra ; vous pouvez la contacter.",
    )
    .contact(c.service.lignes());
    courriel::deposer(
        tx,
        acte,
        &format!("designation_remplacee:{}", ancienne.id),
        &ancienne.courriel,
        &lettre,
    )
}

/// The delay to designate runs as long as nobody accepted: an accepted designation that is replaced
/// lets it run again, under the same dates.
fn rouvrir_delai(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    place: &Place,
) -> ActionResult<()> {
    let nature = NatureEcheance::DesignationSuccesseur;
    if crate::db::echeance::en_cours(tx, place.id, nature)?.is_some() {
        return Ok(());
    }
    let annees = acte
        .reglement
        .nombre("place.delai_designation", acte.jour())?;
    let territoire = crate::db::echeance::territoire(tx, &place.caisse_code)?;
    echeance::ouvrir(
        tx,
        acte,
        &Ouverture {
            caisse_code: &place.caisse_code,
            territoire,
            dossier_id: place.id,
            nature,
            regle: "REG-5",
            depart: c.depart.date_cessation,
            delai: Delai::Annees(annees),
            suspensions: &[],
        },
    )?;
    Ok(())
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &DepartComplet,
    id: i64,
    de: &ADesigner,
    a: &str,
    jeton: &str,
) -> ActionResult<()> {
    let rpps = &de.rpps;
    let successeur = Lettre::new(
        "designation_creee",
        format!("{} vous désigne comme successeur à {}", c.kine.nom_complet(), c.commune),
    )
    .paragraphe(format!(
        "{}, masseur-kinésithérapeute à {}, cesse son activité le {} et vous désigne pour lui succéder.",
        c.kine.nom_complet(),
        c.commune,
        texte::date_fr(c.depart.date_cessation)
    ))
    .paragraphe(
        "Cette désignation n’a d’effet que si vous l’acceptez. Ouvrez le lien ci-dessous, créez votre compte ou connectez-vous, puis acceptez ou déclinez. Si vous acceptez, vous pourrez déposer votre demande de conventionnement sur cette place.",
    )
    .paragraphe("Ce lien est personnel : ne le transférez pas.");
    let successeur = match &de.ayant_droit {
        Some(ayant_droit) => successeur.paragraphe(format!(
            "La désignation est faite au nom {} par {}, que la caisse a habilité.",
            texte::de(c.kine.nom_complet()),
            ayant_droit.nom
        )),
        None => successeur,
    };
    let successeur = successeur
        .point("Numéro RPPS désigné", rpps.to_string())
        .point("Lieu", format!("{}, {}", c.depart.adresse, c.commune))
        .point("Zone", c.bassin.clone())
        .action(
            "Répondre à la désignation",
            format!("/designations/{jeton}"),
        )
        .contact(c.service.lignes());
    courriel::deposer(tx, acte, &format!("designation_creee:{id}"), a, &successeur)?;
    let cedant = Lettre::new(
        "designation_envoyee",
        format!("Votre désignation d’un successeur à {} est envoyée", c.commune),
    )
    .a(de
        .ayant_droit
        .as_ref()
        .map_or_else(|| c.kine.nom_complet(), |a| a.nom.clone()))
    .paragraphe(format!(
        "Vous avez désigné le masseur-kinésithérapeute de numéro RPPS {rpps} pour vous succéder. Nous lui avons écrit à l’adresse {a}."
    ))
    .paragraphe("Votre désignation prend effet quand cette personne l’accepte. Nous vous écrirons dès sa réponse. Jusqu’à la décision sur sa demande, vous pouvez désigner quelqu’un d’autre.")
    .contact(c.service.lignes());
    let (cedant, adresse) = match &de.ayant_droit {
        Some(a) => (cedant, a.courriel.as_str()),
        None => (
            cedant.action("Voir mon départ", format!("/cessations/{}", c.depart.id)),
            c.courriel.as_str(),
        ),
    };
    courriel::deposer(
        tx,
        acte,
        &format!("designation_envoyee:{id}"),
        adresse,
        &cedant,
    )
}

fn objet(c: &DepartComplet) -> Objet<'_> {
    Objet::dossier(&c.depart.caisse_code, c.depart.id)
}
