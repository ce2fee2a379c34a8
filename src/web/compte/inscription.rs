//! A practitioner creates her account.

use askama::Template;
use regles::identifiants::Rpps;
use regles::saisie::{NOM_ATTENDU, est_un_nom};

use super::connexion::Suite;
use super::hachage::nouveau;
use super::{
    ADRESSE_ATTENDUE, AIDE_MOT_DE_PASSE, acte_anonyme, avec_suite, destination, proches,
    suite_locale,
};
use crate::actions::ActionError;
use crate::actions::compte::inscription::{self, Inscription};
use crate::adresse;
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "compte/inscription.html")]
struct InscriptionPage {
    page: Page,
    champs: Champs,
    connexion: String,
}

/// What a new account says of a practitioner.
#[derive(Formulaire)]
struct Nouvelle {
    #[champ(
        libelle = "Prénom",
        manque = "Indiquez votre prénom.",
        autocomplete = "given-name"
    )]
    prenom: String,
    #[champ(
        libelle = "Nom",
        manque = "Indiquez votre nom.",
        autocomplete = "family-name",
        aide = "Votre nom d’exercice, comme à l’Ordre"
    )]
    nom: String,
    #[champ(libelle = "Numéro RPPS", nombre, manque = RPPS_ATTENDU, taille = Court,
            aide = "11 chiffres, inscrits sur votre carte de professionnel de santé")]
    rpps: Rpps,
    #[champ(libelle = "J’ai relu mon numéro RPPS\u{a0}: il est exact", case)]
    cle_confirmee: bool,
    #[champ(libelle = "Adresse électronique", courriel, manque = ADRESSE_ATTENDUE,
            aide = "Nous y enverrons un lien à ouvrir pour confirmer votre compte")]
    courriel: String,
    #[champ(libelle = "Mot de passe", mot_de_passe, autocomplete = "new-password", aide = AIDE_MOT_DE_PASSE)]
    mot_de_passe: String,
    #[champ(cache)]
    cle: String,
    #[champ(cache)]
    suite: String,
}

const RPPS_ATTENDU: &str = "Indiquez votre numéro RPPS\u{a0}: 11 chiffres, inscrits sur votre carte de professionnel de santé.";

const A_RETAPER: &str =
    "Tapez de nouveau votre mot de passe : il n’est pas gardé d’un envoi à l’autre.";

/// `GET /inscription`
pub async fn page(visite: Visite, suite: Requete<Suite>) -> Reponse {
    if let Some(qui) = &visite.identite {
        return visite.rediriger(&destination(&suite.suite, qui.role));
    }
    let saisie = Saisie::de([("suite", suite.suite.as_str())]);
    visite.rendre(&formulaire(&visite, &saisie, &Erreurs::default()))
}

/// `POST /inscription`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn inscrire(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.courriel.compter(&visite.adresse_ip)?;
    let (lue, mut erreurs) = controler(&saisie);
    let proches = proches(
        saisie.texte(Nouvelle::PRENOM),
        saisie.texte(Nouvelle::NOM),
        saisie.texte(Nouvelle::COURRIEL),
    );
    let hache = match nouveau(&visite, saisie.brut(Nouvelle::MOT_DE_PASSE), proches).await? {
        Ok(hache) => hache,
        Err(phrase) => {
            erreurs.noter(Nouvelle::MOT_DE_PASSE, phrase);
            String::new()
        }
    };
    // A password is not written back on a page: it is said, rather than found empty.
    if erreurs.presentes() && erreurs.de(Nouvelle::MOT_DE_PASSE).is_none() {
        erreurs.noter(Nouvelle::MOT_DE_PASSE, A_RETAPER);
    }
    let (Some((lue, courriel)), false) = (lue, erreurs.presentes()) else {
        return visite.a_corriger(&formulaire(&visite, &saisie, &erreurs));
    };
    let nouvelle = Inscription {
        prenom: lue.prenom,
        nom: lue.nom,
        cle_confirmee: !lue.rpps.cle_luhn_valide(),
        rpps: lue.rpps,
        courriel,
        hache,
        cle: lue.cle,
        suite: suite_locale(&lue.suite).unwrap_or_default(),
    };
    enregistrer(&visite, nouvelle).await?;
    visite.rediriger("/courriel/envoye")
}

/// Writes. Two forms may arrive at the same instant: who loses looks again at what the other one wrote.
async fn enregistrer(visite: &Visite, nouvelle: Inscription) -> Result<(), ActionError> {
    let essai = |nouvelle: Inscription| {
        let acte = acte_anonyme(visite);
        visite.write(move |tx| inscription::inscrire(tx, &acte, &nouvelle))
    };
    match essai(nouvelle.clone()).await {
        Err(ActionError::Db(DbError::Contrainte(
            Contrainte::CourrielCompte | Contrainte::Rpps | Contrainte::TacheUneFois,
        ))) => essai(nouvelle).await,
        autre => autre,
    }
}

/// What was typed and its address, or what is wrong with it: names, key of the number, address.
fn controler(saisie: &Saisie) -> (Option<(Nouvelle, String)>, Erreurs) {
    let (lue, mut erreurs) = match Nouvelle::lire(saisie) {
        Ok(lue) => (Some(lue), Erreurs::default()),
        Err(erreurs) => (None, erreurs),
    };
    for nom in [Nouvelle::PRENOM, Nouvelle::NOM] {
        if !est_un_nom(saisie.texte(nom)) {
            erreurs.noter(nom, NOM_ATTENDU);
        }
    }
    if cle_douteuse(saisie) && !saisie.coche(Nouvelle::CLE_CONFIRMEE) {
        erreurs.noter(Nouvelle::RPPS, CLE_FAUSSE);
    }
    let courriel = adresse::lire(saisie.texte(Nouvelle::COURRIEL));
    if courriel.is_none() {
        erreurs.noter(Nouvelle::COURRIEL, ADRESSE_ATTENDUE);
    }
    (lue.zip(courriel), erreurs)
}

const CLE_FAUSSE: &str = "Ce numéro semble contenir une erreur de frappe\u{a0}: sa clé n’est pas celle attendue. Relisez-le\u{a0}; \
     s’il est exact, confirmez-le ci-dessous.";

/// Whether the number reads and its key does not hold: a box to confirm it is shown.
fn cle_douteuse(saisie: &Saisie) -> bool {
    let rpps = saisie.texte(Nouvelle::RPPS).parse::<Rpps>();
    rpps.is_ok_and(|r| !r.cle_luhn_valide())
}

fn formulaire(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> InscriptionPage {
    let suite = suite_locale(saisie.texte(Nouvelle::SUITE)).unwrap_or_default();
    let mut champs = Nouvelle::champs(saisie, erreurs)
        .regler(Nouvelle::SUITE, |c| c.valeur(&suite))
        .regler(Nouvelle::CLE, |c| match c.valeur.is_empty() {
            true => c.valeur(crate::secret::jeton()),
            false => c,
        });
    if !cle_douteuse(saisie) {
        champs = champs.sans(Nouvelle::CLE_CONFIRMEE);
    }
    let page = visite
        .page("Créer votre compte")
        .chapeau("Pour les masseurs-kinésithérapeutes libéraux, ou qui vont le devenir.");
    InscriptionPage {
        page: champs.resumer(page, erreurs),
        connexion: avec_suite("/connexion", &suite),
        champs,
    }
}
