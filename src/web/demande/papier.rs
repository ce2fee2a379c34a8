//! What an agent copies from a paper of who wrote it (PRO-13), beside the fields that everybody fills.

use chrono::NaiveDate;
use regles::identifiants::{Insee, Rpps};

use super::formulaire::Lieu;
use crate::actions::correction::Personne;
use crate::actions::papier::SurPapier;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::saisie::Saisie;

/// Who wrote, from where, and when it arrived.
#[derive(Formulaire)]
pub(super) struct Papier {
    #[champ(
        libelle = "Demande reçue à la caisse le",
        dit = "Reçue le",
        aide = "Le jour d’arrivée du courrier : les délais courent de ce jour, et non de la saisie.",
        manque = "Indiquez le jour où la demande est arrivée à la caisse."
    )]
    recue_le: NaiveDate,
    #[champ(
        libelle = "Numéro RPPS",
        texte,
        manque = "Indiquez le numéro RPPS écrit sur la demande : onze chiffres."
    )]
    rpps: Rpps,
    #[champ(libelle = "Je confirme ce numéro, c’est bien celui du courrier", case)]
    cle_confirmee: bool,
    #[champ(libelle = "Prénom")]
    prenom: String,
    #[champ(libelle = "Nom d’exercice")]
    nom: String,
    #[champ(libelle = "Numéro et rue de son domicile", dit = "Domicile", taille = Long,
            aide = "Les lettres y sont envoyées ; il désigne le tribunal compétent.")]
    domicile: String,
    #[champ(libelle = "Commune de son domicile", aide = "Nom ou code postal.")]
    domicile_commune: Insee,
    #[champ(
        libelle = "Son adresse électronique",
        dit = "Courriel",
        courriel,
        autocomplete = "off",
        aide = "Si elle est écrite sur la demande. Rien n’y est envoyé sans compte."
    )]
    courriel_papier: Option<String>,
    #[champ(
        libelle = "Son téléphone",
        dit = "Téléphone",
        aide = "S’il est écrit sur la demande."
    )]
    telephone: Option<String>,
}

/// The two communes of the form.
#[derive(Formulaire)]
pub(super) struct Lieux {
    #[champ(groupe)]
    papier: Papier,
    #[champ(groupe)]
    lieu: Lieu,
}

/// Whether the number reads and its key does not hold: a box to confirm it is shown.
fn cle_douteuse(saisie: &Saisie) -> bool {
    let rpps = saisie.texte(Papier::RPPS).parse::<Rpps>();
    rpps.is_ok_and(|r| !r.cle_luhn_valide())
}

/// What is drawn, with what was typed and what is wrong.
pub(super) fn champs(saisie: &Saisie, communes: &Communes, erreurs: &Erreurs) -> Champs {
    let champs = Papier::champs(saisie, erreurs).communes(communes);
    match cle_douteuse(saisie) {
        true => champs,
        false => champs.sans(Papier::CLE_CONFIRMEE),
    }
}

/// The RPPS that was typed, when it reads.
pub(super) fn rpps(saisie: &Saisie) -> Option<Rpps> {
    saisie.texte(Papier::RPPS).parse().ok()
}

/// A form that holds the RPPS alone.
pub(super) fn debut(rpps: &str) -> Saisie {
    Saisie::de([(Papier::RPPS, rpps)])
}

/// Reads what was copied, for the caisse of the agent.
pub(super) fn lire(
    saisie: &Saisie,
    communes: &Communes,
    caisse: &str,
) -> Result<SurPapier, Erreurs> {
    let lu = Papier::lire_avec(saisie, communes)?;
    Ok(SurPapier {
        recue_le: lu.recue_le,
        caisse: caisse.to_owned(),
        rpps: lu.rpps,
        cle_confirmee: lu.cle_confirmee,
        personne: Personne {
            prenom: lu.prenom,
            nom: lu.nom,
            telephone: lu.telephone,
        },
        courriel: lu.courriel_papier,
        domicile: lu.domicile,
        insee: lu.domicile_commune,
    })
}
