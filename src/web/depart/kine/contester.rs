//! `/mes-departs/{id}/contester`: REG-3, who leaves contests the count of acts, with their own number and what shows it.

use actix_web::web::Path;
use chrono::NaiveDate;
use regles::depart::Contestation;
use regles::geste;
use regles::piece::NaturePiece;
use regles::reglement::Reglement;
use regles::texte;

use crate::actions::depart::decompte::{self, AContester, contestation};
use crate::actions::{ActionError, ActionResult};
use crate::db::depart::{self, DepartComplet};
use crate::db::place;
use crate::web::depart::caisse::{contestes, origine};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::version;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Entete, Presentation, montrer as montrer_le_geste};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// The count, as who leaves reads it.
pub(super) struct DecompteVue {
    /// What is counted, and what is needed.
    pub(super) phrase: String,
    /// By when it may be contested, or what becomes of the contest.
    pub(super) suite: String,
    /// What was contested and answered.
    pub(super) faits: Vec<(&'static str, String)>,
    /// Where it is contested, while it may be.
    pub(super) contester: Option<String>,
}

/// The count of a departure below the floor; none when it holds nothing against who leaves.
///
/// # Errors
/// No parameter in force that day.
pub(super) fn vue(
    reglement: &Reglement,
    c: &DepartComplet,
    ou: Option<Contestation>,
    jour: NaiveDate,
) -> Result<Option<DecompteVue>, WebError> {
    let (d, id) = (&c.depart, c.depart.id);
    let faits = contestes(d);
    let Some((origine, _)) = origine(d).zip(d.decompte.decompte_communique_le) else {
        return Ok(None);
    };
    let seuil = reglement
        .entier("place.seuil_actes", jour)
        .map_err(WebError::interne)?;
    let suite = match ou {
        Some(Contestation::Ouverte(terme)) => format!(
            "Vérifiez ce nombre : vous pouvez le contester {}.",
            texte::au_plus_tard(terme)
        ),
        Some(Contestation::ARepondre) => {
            "Vous contestez ce nombre. Jusqu’à la réponse de la caisse, votre place ne peut pas être dite non transmissible."
                .to_owned()
        }
        _ if d.decompte.contestation_reponse_le.is_some() => {
            "La caisse a répondu à votre contestation.".to_owned()
        }
        _ => "Ce nombre ne se conteste plus : le dernier jour est passé.".to_owned(),
    };
    Ok(Some(DecompteVue {
        phrase: format!(
            "Nous comptons {origine}. Il en faut {} pour que votre place soit transmise sans autre examen.",
            texte::nombre(seuil)
        ),
        suite,
        faits,
        contester: geste::contester(ou)
            .is_ok()
            .then(|| format!("/mes-departs/{id}/contester")),
    }))
}

/// What who leaves says of the count.
#[derive(Formulaire)]
struct Contester {
    #[champ(
        libelle = "Votre nombre d’actes",
        unite = "actes",
        manque = "Indiquez le nombre d’actes que vous comptez sur cette période."
    )]
    actes: u16,
    #[champ(
        libelle = "Vos raisons",
        zone = 4,
        aide = "Ce que le relevé de la caisse ne compte pas, ou compte autrement. N’écrivez rien de votre santé."
    )]
    raisons: String,
}

const PIECES: &str = "releve";

/// `GET /mes-departs/{id}/contester`
///
/// # Errors
/// The departure is not this person's.
pub async fn demander(visite: Visite, id: Path<i64>) -> Reponse {
    montrer(&visite, *id, Essai::default()).await
}

async fn montrer(visite: &Visite, id: i64, essai: Essai<'_>) -> Reponse {
    let (scope, acte) = (visite.qui()?.scope(), visite.acte()?);
    let (c, ou) = visite
        .read(move |conn| {
            let c = depart::complete(conn, &scope, id)?;
            let place = place::de_depart(conn, id)?;
            let ou = contestation(&acte, &c, place.as_ref())?;
            Ok::<_, ActionError>((c, ou))
        })
        .await?;
    let jour = visite.aujourd_hui();
    let fiche = format!("/mes-departs/{id}");
    let vide = Saisie::default();
    let saisie = essai.saisie.unwrap_or(&vide);
    let preuve = fichiers::champ(
        visite,
        PIECES,
        "Documents qui le montrent",
        "Vos relevés d’activité, par exemple.",
        fichiers::presents(saisie, &[PIECES]),
        &essai.erreurs,
    )
    .facultatif();
    let champs = Contester::champs(saisie, &essai.erreurs).avec(preuve);
    let mut page = Presentation::new("Contester le nombre d’actes", "Contester ce nombre", champs);
    if let Some(vue) = vue(&visite.etat.reglement(), &c, ou, jour)? {
        page = page.intro(vue.phrase).intro(vue.suite);
    }
    let entete = Entete {
        quoi: "Ce départ",
        surtitre: Some(format!("Dossier {}", c.depart.numero)),
        ariane: vec![
            Lien::new("Mon espace", "/espace"),
            Lien::new(format!("Départ {}", texte::de(&c.commune)), &fiche),
        ],
        bandeau: None,
        dossier_id: Some(id),
        version: Some(c.depart.version),
        retour: Lien::new("Revenir à mon départ sans contester", &fiche),
    };
    montrer_le_geste(visite, entete, &format!("{fiche}/contester"), page, essai).await
}

/// `POST /mes-departs/{id}/contester`
///
/// # Errors
/// The departure is not this person's; the database or the document store does not answer.
pub async fn envoyer(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (kine_id, acte, version) = (visite.kine_id()?, visite.acte()?, version(&saisie)?);
    let mut essai = Essai {
        saisie: Some(&saisie),
        ..Essai::default()
    };
    let lu = essai.erreurs.prendre_de(Contester::lire(&saisie));
    fichiers::verifier(&visite, &saisie, PIECES, &mut essai.erreurs);
    let (Some(lu), false) = (lu, essai.erreurs.presentes()) else {
        return montrer(&visite, id, essai).await;
    };
    let a = AContester {
        actes: lu.actes.into(),
        raisons: lu.raisons,
        pieces: fichiers::garder(&visite, &saisie, PIECES, NaturePiece::ReleveActes).await?,
    };
    let fait: ActionResult<()> = visite
        .write(move |tx| decompte::contester(tx, &acte, kine_id, id, version, &a))
        .await;
    match fait {
        Ok(()) => visite.rediriger_avec(
            &format!("/mes-departs/{id}"),
            "Votre contestation est envoyée. La caisse vous répondra.",
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            montrer(&visite, id, essai).await
        }
    }
}
