//! Choosing every file of a filter.

use actix_web::HttpRequest;
use askama::Template;
use chrono::NaiveDate;
use regles::lot::{ActeLot, DOSSIERS_MAX};
use regles::texte;

use crate::actions::lot as actes;
use crate::db::file::{self, LigneFile};
use crate::db::{AnyConn, DbResult};
use crate::web::dossiers::file::mots::en_une_ligne;
use crate::web::dossiers::file::{Adresse, demandee, perimetre, sous};
use crate::web::erreur::WebError;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::Vide;
use crate::web::visite::{Reponse, Visite};

/// Files read at once.
const PAGE: i64 = 1_000;
/// Files shown before choosing.
const APERCU: usize = 10;

#[derive(Template)]
#[template(path = "lots/nouveau.html")]
struct NouveauPage {
    page: Page,
    nombre: String,
    requete: String,
    premiers: Vec<String>,
    retour: String,
    trop: bool,
    vide: Option<Vide>,
}

/// The files of a filter, one more than a lot may hold at most.
fn choisis(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    adresse: &Adresse,
    moi: i64,
    aujourd_hui: NaiveDate,
) -> DbResult<Vec<LigneFile>> {
    let mut filtre = demandee(conn, caisse, adresse, moi, aujourd_hui)?.filtre;
    (filtre.apres, filtre.lignes) = (None, PAGE);
    let mut lignes: Vec<LigneFile> = Vec::new();
    while lignes.len() <= DOSSIERS_MAX {
        let page = file::dossiers(conn, caisse, &filtre)?;
        let encore = i64::try_from(page.len()).is_ok_and(|n| n == PAGE);
        filtre.apres = page.last().map(|l| (filtre.tri.rang(l), l.id));
        lignes.extend(page);
        if !encore {
            break;
        }
    }
    Ok(lignes)
}

/// `GET /lots/nouveau?…`: the files of a filter of the queue, before choosing them.
pub async fn page(visite: Visite, requete: HttpRequest) -> Reponse {
    let adresse = Adresse::lire(requete.query_string());
    let qui = visite.qui()?;
    let caisse = perimetre(qui, &adresse).ok_or(WebError::Introuvable)?;
    let (moi, jour) = (qui.compte_id, visite.aujourd_hui());
    let mut lignes = {
        let adresse = adresse.clone();
        visite
            .read(move |conn| choisis(conn, caisse.as_deref(), &adresse, moi, jour))
            .await?
    };
    let trop = lignes.len() > DOSSIERS_MAX;
    let nombre = texte::pluriel(
        i64::try_from(lignes.len()).unwrap_or(i64::MAX),
        "dossier",
        "dossiers",
    );
    let retour = sous("/dossiers", &adresse.filtre_seul());
    let vide = lignes.is_empty().then(|| {
        Vide::new(
            "Aucun dossier ne répond à ces filtres",
            "Revenez à la file et élargissez les filtres.",
        )
        .action("Revenir à la file", retour.clone())
    });
    lignes.truncate(APERCU);
    let page = visite
        .page("Agir sur tous les dossiers d’une liste")
        .chapeau(
            "Rien ne change encore : vous choisirez ensuite ce qui est fait, et le confirmerez.",
        )
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    visite.rendre(&NouveauPage {
        nombre,
        requete: adresse.filtre_seul(),
        premiers: lignes.iter().map(|l| en_une_ligne(l, jour)).collect(),
        retour,
        trop,
        vide,
        page,
    })
}

/// `POST /lots`: writes down the files of a filter.
///
/// # Errors
/// No file, too many, or the database does not answer.
pub async fn creer(visite: Visite, saisie: Saisie) -> Reponse {
    let adresse = Adresse::lire(saisie.texte("requete"));
    let qui = visite.qui()?;
    let caisse = perimetre(qui, &adresse).ok_or(WebError::Introuvable)?;
    let (moi, jour, scope, acte) = (
        qui.compte_id,
        visite.aujourd_hui(),
        qui.scope(),
        visite.acte()?,
    );
    let lignes = {
        let adresse = adresse.clone();
        visite
            .read(move |conn| choisis(conn, caisse.as_deref(), &adresse, moi, jour))
            .await?
    };
    let ids: Vec<i64> = lignes.iter().map(|l| l.id).collect();
    let id = visite
        .write(move |tx| {
            actes::preparer(
                tx,
                &acte,
                &scope,
                ActeLot::Assigner,
                &ids,
                "tous les dossiers d’une liste",
            )
        })
        .await?;
    visite.rediriger(&format!("/lots/{id}"))
}
