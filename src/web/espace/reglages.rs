//! `/agenda/{jeton}`: the calendar of one's deadlines, for a phone or a mail program; and `/espace/reglages`, where its link
//! and the mails one wants are chosen.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDateTime;
use regles::texte;

use super::ics::{EvenementIcs, ecrire};
use super::lu::avec_attributions;
use crate::actions::{ActionError, agenda};
use crate::db::destinataire::{Domicile, domicile_de};
use crate::db::echeance;
use crate::db::ensemble::Lecture;
use crate::db::preference as choisies;
use crate::db::{
    AnyConn, DbError, DbResult, agenda as liens, consentement, demande, depart, designation, kine,
    place,
};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::confirmation::Question;
use crate::web::nouveautes;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "espace/reglages.html")]
struct ReglagesPage {
    page: Page,
    lien: Option<LienVue>,
    depuis: Option<NaiveDateTime>,
    champs: Vec<Champ>,
    notifie_ici: bool,
    domicile: Option<Domicile>,
}

/// The link of a calendar, the one time that it is shown.
struct LienVue {
    adresse: String,
    /// The same, for the calendar of the device: it subscribes instead of taking a copy.
    webcal: String,
}

impl LienVue {
    fn new(racine: &str, jeton: &str) -> LienVue {
        let adresse = format!("{racine}/agenda/{jeton}.ics");
        LienVue {
            webcal: match adresse.split_once("://") {
                Some((_, suite)) => format!("webcal://{suite}"),
                None => adresse.clone(),
            },
            adresse,
        }
    }
}

/// `GET /agenda/{jeton}`: without a session; the secret is the key.
///
/// # Errors
/// The link opens nothing, or the database does not answer.
pub async fn calendrier(visite: Visite, jeton: Path<String>) -> Reponse {
    let empreinte = crate::secret::empreinte(jeton.trim_end_matches(".ics"));
    let racine = visite.etat.config.url_publique.clone();
    let mut evenements = visite
        .read(move |conn| {
            let kine_id = liens::kine_du_lien(conn, &empreinte)?;
            lire(conn, kine_id, &racine)
        })
        .await?;
    if evenements.is_empty() {
        evenements.push(rien(&visite));
    }
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(ecrire(
            "Relève : mes échéances",
            visite.maintenant(),
            &evenements,
        )))
}

/// A calendar without anything in it is taken for a link that is broken.
fn rien(visite: &Visite) -> EvenementIcs {
    EvenementIcs {
        uid: "aucune-echeance@releve".to_owned(),
        jour: visite.aujourd_hui(),
        titre: "Relève : aucune échéance en cours".to_owned(),
        description: "Votre agenda est relié à Relève. Vos échéances paraîtront ici.".to_owned(),
        url: format!("{}/espace", visite.etat.config.url_publique),
        rappels: false,
    }
}

/// The running deadlines of a practitioner. What is shown in a calendar may be seen by others: no name, no file content.
fn lire(conn: &mut AnyConn, kine_id: i64, racine: &str) -> DbResult<Vec<EvenementIcs>> {
    let demandes = demande::de_kine(conn, kine_id)?;
    let departs: Vec<i64> = depart::de_kine(conn, kine_id)?
        .iter()
        .map(|(c, _)| c.id)
        .collect();
    let places = place::lecture_de_departs(departs).toutes(conn)?;
    let place_ids: Vec<i64> = places.iter().map(|p| p.id).collect();
    let recues = match kine::par_id(conn, kine_id)? {
        Some(moi) => designation::pour_rpps(conn, &moi.rpps)?,
        None => Vec::new(),
    };
    let mut dossiers = avec_attributions(place_ids.clone(), &recues);
    dossiers.extend(demandes.iter().map(|(d, _)| d.id));
    let echeances = echeance::en_cours_de(conn, &dossiers)?;
    Ok(echeances
        .iter()
        // REG-12: the delay of the winner of a call is not that of who left.
        .filter(|e| !(e.nature.du_gagnant() && place_ids.contains(&e.dossier_id)))
        .map(|e| {
            let d = demandes.iter().find(|(d, _)| d.id == e.dossier_id);
            let p = places.iter().find(|p| p.id == e.dossier_id);
            let attribution = recues
                .iter()
                .find(|d| e.nature.du_gagnant() && d.designation.place_id == e.dossier_id);
            let (objet, chemin) = match (d, p) {
                (Some((d, _)), _) => (
                    format!(" ({})", d.numero),
                    format!("/demandes/{}", d.numero),
                ),
                (None, Some(p)) => (String::new(), format!("/mes-departs/{}", p.depart_id)),
                (None, None) => (
                    String::new(),
                    attribution.map_or_else(
                        || "/espace".to_owned(),
                        |d| format!("/designations/{}", d.designation.id),
                    ),
                ),
            };
            let titre = e.nature.fiche().agenda.unwrap_or(e.nature.libelle());
            EvenementIcs {
                uid: format!("echeance-{}@releve", e.id),
                jour: e.finale,
                titre: format!("{titre}{objet}"),
                description: "Dernier jour dans le délai. Le calcul est dans votre espace."
                    .to_owned(),
                url: format!("{racine}{chemin}"),
                rappels: true,
            }
        })
        .collect())
}

/// `GET /espace/reglages`
pub async fn reglages(visite: Visite) -> Reponse {
    montrer(&visite, None).await
}

async fn montrer(visite: &Visite, jeton: Option<String>) -> Reponse {
    let qui = visite.qui()?.compte_id;
    let (kine_id, jour) = (visite.kine_id()?, visite.aujourd_hui());
    let (depuis, choix, notifie_ici, domicile) = visite
        .read(move |conn| {
            let lien = liens::lien(conn, qui)?;
            let consenti = consentement::dernier(conn, kine_id)?.is_some_and(|c| c.vaut(jour));
            Ok::<_, DbError>((
                lien.map(|l| l.cree_le),
                choisies::de(conn, qui)?,
                consenti,
                domicile_de(conn, kine_id)?,
            ))
        })
        .await?;
    let champs = nouveautes::champs(visite.qui()?.role, &choix);
    let page = visite
        .page("Courriels et agenda")
        .chapeau("Ce que Relève vous envoie, et vos échéances dans votre propre agenda.")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    visite.rendre(&ReglagesPage {
        page,
        lien: jeton.map(|jeton| LienVue::new(&visite.etat.config.url_publique, &jeton)),
        depuis,
        champs,
        notifie_ici,
        domicile,
    })
}

/// `POST /espace/reglages`: the mails one wants.
///
/// # Errors
/// A value that no form of ours sends; the database does not answer.
pub async fn choisir(visite: Visite, saisie: Saisie) -> Reponse {
    nouveautes::enregistrer(&visite, &saisie, "/espace/reglages").await
}

/// `POST /espace/agenda`: makes the link, shown once.
pub async fn renouveler(visite: Visite, _saisie: Saisie) -> Reponse {
    let acte = visite.acte()?;
    let jeton = visite
        .write(move |tx| agenda::renouveler(tx, &acte))
        .await
        .map_err(|e: ActionError| WebError::from(e))?;
    montrer(&visite, Some(jeton)).await
}

/// `GET /espace/agenda/retirer`: the link in force, which the form names.
pub async fn confirmer(visite: Visite) -> Reponse {
    let qui = visite.qui()?.compte_id;
    let Some(lien) = visite.read(move |conn| liens::lien(conn, qui)).await? else {
        return visite.rediriger("/espace/reglages");
    };
    let page = visite
        .page("Retirer le lien de mon agenda")
        .ariane("Mon espace", "/espace")
        .ariane("Courriels et agenda", "/espace/reglages")
        .rubrique("/espace");
    Question::new(
        texte::insecables(&format!(
            "Retirer le lien de votre agenda, créé le {} ?",
            texte::datetime_fr(lien.cree_le)
        )),
        "/espace/agenda/retirer",
        "Retirer le lien",
    )
    .suite("Les agendas abonnés à ce lien ne reçoivent plus vos échéances.")
    .suite("Vos échéances ne changent pas, et vous pouvez créer un autre lien.")
    .champ(Champ::cache("lien", lien.empreinte))
    .retour("Garder le lien", "/espace/reglages")
    .poser(&visite, page)
}

/// `POST /espace/agenda/retirer`
pub async fn revoquer(visite: Visite, saisie: Saisie) -> Reponse {
    let (acte, lien) = (visite.acte()?, saisie.texte("lien").to_owned());
    let phrase = match visite
        .write(move |tx| agenda::revoquer(tx, &acte, &lien))
        .await
    {
        Ok(()) => "Le lien de votre agenda est retiré : il n’ouvre plus rien.",
        Err(ActionError::Perime | ActionError::Db(DbError::Perime)) => {
            "Ce lien n’existait déjà plus : rien n’a changé."
        }
        Err(autre) => return Err(autre.into()),
    };
    visite.rediriger_avec("/espace/reglages", phrase)
}
