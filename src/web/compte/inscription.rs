//! A practitioner creates her account.

use actix_web::web::Query;
use askama::Template;
use regles::identifiants::Rpps;

use super::connexion::Suite;
use super::hachage::nouveau;
use super::{
    ADRESSE_ATTENDUE, AIDE_MOT_DE_PASSE, acte_anonyme, avec_suite, destination, lire_adresse,
    proches, suite_locale,
};
use crate::actions::ActionError;
use crate::actions::compte::inscription::{self, Inscription};
use crate::db::DbError;
use crate::db::contrainte::Contrainte;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Taille};
use crate::web::visite::{Reponse, Visite};

/// Longest first name or name, in characters.
const NOM_MAX: usize = 60;

#[derive(Template)]
#[template(path = "compte/inscription.html")]
struct InscriptionPage {
    page: Page,
    champs: Vec<Champ>,
    caches: Vec<Champ>,
    connexion: String,
}

/// What is wrong, field by field.
#[derive(Default)]
struct Erreurs {
    prenom: Option<String>,
    nom: Option<String>,
    rpps: Option<String>,
    /// The key does not hold: a box to confirm the number is shown.
    cle: bool,
    courriel: Option<String>,
    mot_de_passe: Option<String>,
}

impl Erreurs {
    fn aucune(&self) -> bool {
        let textes = [
            &self.prenom,
            &self.nom,
            &self.rpps,
            &self.courriel,
            &self.mot_de_passe,
        ];
        textes.iter().all(|e| e.is_none())
    }
}

/// `GET /inscription`
///
/// # Errors
/// The template cannot be rendered.
pub async fn page(visite: Visite, suite: Query<Suite>) -> Reponse {
    if let Some(qui) = &visite.identite {
        return visite.rediriger(&destination(&suite.suite, qui.role));
    }
    let saisie = Saisie::de([("suite", suite.suite.as_str())]);
    visite.rendre(&formulaire(&visite, &saisie, Erreurs::default()))
}

/// `POST /inscription`
///
/// # Errors
/// Too many tries from one address; the database.
pub async fn inscrire(visite: Visite, saisie: Saisie) -> Reponse {
    visite.etat.limites.courriel.compter(&visite.adresse_ip)?;
    let (mut erreurs, rpps, courriel) = controler(&saisie);
    let (prenom, nom) = (saisie.texte("prenom"), saisie.texte("nom"));
    let proches = proches(prenom, nom, saisie.texte("courriel"));
    let hache = match nouveau(&visite, saisie.brut("mot_de_passe"), proches).await? {
        Ok(hache) => hache,
        Err(phrase) => {
            erreurs.mot_de_passe = Some(phrase);
            String::new()
        }
    };
    let (Some(rpps), Some(courriel), true) = (rpps, courriel, erreurs.aucune()) else {
        return visite.a_corriger(&formulaire(&visite, &saisie, erreurs));
    };
    let nouvelle = Inscription {
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        cle_confirmee: !rpps.cle_luhn_valide(),
        rpps,
        courriel,
        hache,
        cle: saisie.texte("cle").to_owned(),
        suite: suite_locale(saisie.texte("suite")).unwrap_or_default(),
    };
    match enregistrer(&visite, nouvelle).await {
        Ok(()) => visite.rediriger("/courriel/envoye"),
        Err(ActionError::Champ { message, .. }) => {
            erreurs.rpps = Some(message);
            visite.a_corriger(&formulaire(&visite, &saisie, erreurs))
        }
        Err(autre) => Err(autre.into()),
    }
}

/// Writes. Two forms may arrive at the same instant: who loses looks again at what the other one wrote.
async fn enregistrer(visite: &Visite, nouvelle: Inscription) -> Result<(), ActionError> {
    let essai = |nouvelle: Inscription| {
        let acte = acte_anonyme(visite);
        visite.write(move |tx| inscription::inscrire(tx, &acte, &nouvelle))
    };
    match essai(nouvelle.clone()).await {
        Err(ActionError::Db(DbError::Contrainte(
            Contrainte::CourrielUtilisateur | Contrainte::Rpps | Contrainte::CourrielUneFois,
        ))) => essai(nouvelle).await,
        autre => autre,
    }
}

fn controler(saisie: &Saisie) -> (Erreurs, Option<Rpps>, Option<String>) {
    let mut erreurs = Erreurs {
        prenom: controler_nom(saisie.texte("prenom"), "Indiquez votre prénom."),
        nom: controler_nom(saisie.texte("nom"), "Indiquez votre nom."),
        ..Erreurs::default()
    };
    let rpps = saisie.texte("rpps").parse::<Rpps>().ok();
    erreurs.cle = rpps.as_ref().is_some_and(|r| !r.cle_luhn_valide());
    erreurs.rpps = match &rpps {
        None => Some(
            "Indiquez votre numéro RPPS\u{a0}: 11 chiffres, inscrits sur votre carte de professionnel de santé."
                .to_owned(),
        ),
        Some(_) if erreurs.cle && !saisie.coche("cle_confirmee") => Some(
            "Ce numéro semble contenir une erreur de frappe\u{a0}: sa clé n’est pas celle attendue. Relisez-le\u{a0}; \
             s’il est exact, confirmez-le ci-dessous."
                .to_owned(),
        ),
        Some(_) => None,
    };
    let courriel = lire_adresse(saisie.texte("courriel"));
    if courriel.is_none() {
        erreurs.courriel = Some(ADRESSE_ATTENDUE.to_owned());
    }
    (erreurs, rpps, courriel)
}

/// A name is written in mails to an address that nobody confirmed yet: letters only, so that it carries no message.
fn controler_nom(nom: &str, vide: &str) -> Option<String> {
    if nom.is_empty() {
        return Some(vide.to_owned());
    }
    let permis = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let lisible = nom.chars().all(permis) && nom.chars().any(char::is_alphabetic);
    (!lisible || nom.chars().count() > NOM_MAX).then(|| {
        "Écrivez ce nom avec des lettres, des traits d’union et des apostrophes, en 60 caractères au plus.".to_owned()
    })
}

fn formulaire(visite: &Visite, saisie: &Saisie, erreurs: Erreurs) -> InscriptionPage {
    let suite = suite_locale(saisie.texte("suite")).unwrap_or_default();
    let mut champs = vec![
        Champ::texte("prenom", "Prénom")
            .autocomplete("given-name")
            .valeur(saisie.texte("prenom"))
            .erreur(erreurs.prenom),
        Champ::texte("nom", "Nom")
            .aide("Votre nom d’exercice, comme à l’Ordre")
            .autocomplete("family-name")
            .valeur(saisie.texte("nom"))
            .erreur(erreurs.nom),
        Champ::nombre("rpps", "Numéro RPPS")
            .taille(Taille::Court)
            .aide("11 chiffres, inscrits sur votre carte de professionnel de santé")
            .valeur(saisie.texte("rpps"))
            .erreur(erreurs.rpps),
    ];
    if erreurs.cle {
        champs.push(
            Champ::case(
                "cle_confirmee",
                "J’ai relu mon numéro RPPS\u{a0}: il est exact",
            )
            .valeur(if saisie.coche("cle_confirmee") {
                "oui"
            } else {
                ""
            }),
        );
    }
    champs.extend([
        Champ::email("courriel", "Adresse électronique")
            .aide("Nous y enverrons un lien à ouvrir pour confirmer votre compte")
            .valeur(saisie.texte("courriel"))
            .erreur(erreurs.courriel),
        Champ::mot_de_passe("mot_de_passe", "Mot de passe", "new-password")
            .aide(AIDE_MOT_DE_PASSE)
            .erreur(erreurs.mot_de_passe),
    ]);
    let cle = saisie
        .option("cle")
        .map_or_else(crate::secret::jeton, str::to_owned);
    InscriptionPage {
        page: visite
            .page("Créer votre compte")
            .chapeau("Pour les masseurs-kinésithérapeutes libéraux, ou qui vont le devenir.")
            .erreurs_de(&champs),
        connexion: avec_suite("/connexion", &suite),
        champs,
        caches: vec![Champ::cache("cle", cle), Champ::cache("suite", suite)],
    }
}
