//! `/departs/nouveau`: REG-7, the caisse opens the departure of somebody who died and had declared none.

use chrono::NaiveDate;
use regles::grand_livre::EtatPlace;
use regles::identifiants::{Insee, Rpps};
use regles::piece::NaturePiece;

use crate::actions::correction::Personne;
use crate::actions::depart::deces::{self, AOuvrir};
use crate::web::dossiers::file::DEPARTS;
use crate::web::espace::fichiers;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::cle;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Entete, Presentation, montrer};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// Who died, where they practised, and who designates in their place.
#[derive(Formulaire)]
struct Deces {
    #[champ(
        libelle = "Numéro RPPS du professionnel",
        texte,
        taille = Court,
        aide = "Onze chiffres, tels que la caisse les connaît.",
        manque = "Indiquez le numéro RPPS du professionnel : onze chiffres."
    )]
    rpps: Rpps,
    #[champ(
        libelle = "Je confirme ce numéro, c’est bien celui du professionnel",
        case
    )]
    cle_confirmee: bool,
    #[champ(libelle = "Son prénom")]
    prenom: String,
    #[champ(libelle = "Son nom d’exercice")]
    nom: String,
    #[champ(
        libelle = "Date du décès",
        manque = "Indiquez la date du décès : le délai pour désigner court de ce jour."
    )]
    deces_le: NaiveDate,
    #[champ(libelle = "Commune du lieu d’exercice", aide = "Nom ou code postal.")]
    commune: Insee,
    #[champ(libelle = "Adresse du lieu d’exercice", aide = "Numéro et rue", taille = Long, autocomplete = "off")]
    adresse: String,
    #[champ(
        libelle = "Actes des douze mois précédant le décès",
        unite = "actes",
        aide = "D’après vos données de remboursement : ce nombre n’est demandé à personne d’autre.",
        manque = "Indiquez le nombre d’actes des douze mois précédant le décès."
    )]
    actes: u16,
    #[champ(
        libelle = "Date du relevé d’actes",
        manque = "Indiquez la date du relevé d’où vient ce nombre."
    )]
    extrait_le: NaiveDate,
    #[champ(libelle = "Le professionnel y exerçait-il par dérogation ?", dit = "Exerçait par dérogation", exigence = Facultatif)]
    par_derogation: Option<bool>,
    #[champ(
        libelle = "Prénom et nom de l’ayant droit",
        manque = "Indiquez le prénom et le nom de l’ayant droit."
    )]
    ayant_droit: String,
    #[champ(
        libelle = "Son adresse électronique",
        courriel,
        autocomplete = "off",
        aide = "Cette personne y reçoit un lien secret pour désigner ; elle n’a pas de compte à créer."
    )]
    courriel: String,
    #[champ(libelle = "Son téléphone")]
    telephone: Option<String>,
}

const PREUVE: &str = "preuve";
const CHEMIN: &str = "/departs/nouveau";

/// `GET /departs/nouveau`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite) -> Reponse {
    presenter(&visite, &Communes::default(), Essai::default()).await
}

/// `POST /departs/nouveau`
///
/// # Errors
/// The database or the document store does not answer.
pub async fn ouvrir(visite: Visite, saisie: Saisie) -> Reponse {
    let communes = Communes::lire::<Deces>(&visite, &saisie).await?;
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    if communes.cherche() {
        return presenter(&visite, &communes, essai).await;
    }
    let lu = Deces::lire_avec(&saisie, &communes);
    essai.erreurs = lu.as_ref().err().cloned().unwrap_or_default();
    fichiers::verifier(&visite, &saisie, PREUVE, &mut essai.erreurs);
    let (Ok(lu), false) = (lu, essai.erreurs.presentes()) else {
        return presenter(&visite, &communes, essai).await;
    };
    let a = AOuvrir {
        caisse: visite.caisse()?,
        rpps: lu.rpps,
        cle_confirmee: lu.cle_confirmee,
        personne: Personne {
            prenom: lu.prenom,
            nom: lu.nom,
            telephone: None,
        },
        insee: lu.commune,
        adresse: lu.adresse,
        deces_le: lu.deces_le,
        actes: lu.actes.into(),
        extrait_le: lu.extrait_le,
        par_derogation: lu.par_derogation,
        preuves: fichiers::garder(&visite, &saisie, PREUVE, NaturePiece::QualiteAyantDroit).await?,
        ayant_droit: (lu.ayant_droit, lu.courriel, lu.telephone),
        cle: cle(&saisie),
    };
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    match visite
        .write(move |tx| deces::ouvrir(tx, &acte, &scope, &a))
        .await
    {
        Ok((id, etat)) => visite.rediriger_avec(&format!("/departs/{id}"), dite(etat)),
        Err(refus) => {
            essai.refus = Some(refus);
            presenter(&visite, &communes, essai).await
        }
    }
}

fn dite(etat: Option<EtatPlace>) -> &'static str {
    match etat {
        Some(EtatPlace::Ouverte) => {
            "Le départ est ouvert, et sa place aussi. Nous avons envoyé son lien à l’ayant droit."
        }
        Some(EtatPlace::AExaminer) => {
            "Le départ est ouvert : le nombre d’actes est communiqué à l’ayant droit, puis la commission examine la place."
        }
        Some(_) => "Le départ est ouvert : sa page dit ce que devient la place.",
        None => "Le départ est ouvert : il n’ouvre pas de place.",
    }
}

async fn presenter(visite: &Visite, communes: &Communes, essai: Essai<'_>) -> Reponse {
    let vide = Saisie::default();
    let saisie = essai.saisie.unwrap_or(&vide);
    let douteux = saisie
        .texte(Deces::RPPS)
        .parse::<Rpps>()
        .is_ok_and(|r| !r.cle_luhn_valide());
    let mut champs = Deces::champs(saisie, &essai.erreurs).communes(communes);
    if !douteux {
        champs = champs.sans(Deces::CLE_CONFIRMEE);
    }
    let champs = champs
        .avec(fichiers::champ(
            visite,
            PREUVE,
            "Preuve",
            "Acte de décès, et attestation du notaire qui dit qui sont les ayants droit.",
            fichiers::presents(saisie, &[PREUVE]),
            &essai.erreurs,
        ))
        .avec(Champ::cache("cle", cle(saisie)));
    let presentation = Presentation::new("Ouvrir un départ après un décès", "Ouvrir ce départ", champs)
        .intro("Pour un professionnel dont le départ n’était pas déclaré. Le départ est confirmé aussitôt d’après les règles : s’il ouvre une place, le délai pour désigner court du jour du décès.")
        .intro("L’ayant droit reçoit un lien pour désigner la personne qui succède. Si le départ était déjà déclaré, habilitez-le depuis sa page.");
    montrer(visite, entete(), CHEMIN, presentation, essai).await
}

fn entete() -> Entete {
    Entete {
        quoi: "Ce départ",
        surtitre: None,
        ariane: vec![Lien::new("Départs", DEPARTS)],
        bandeau: None,
        dossier_id: None,
        version: None,
        retour: Lien::new("Revenir aux départs", DEPARTS),
    }
}
