//! `/caisses/{code}/signatures`: who signs for a caisse, under what, and with what (PRO-5).

mod gestes;

pub use gestes::{Fin, Moyen, Nouvelle};

use actix_web::web::Path;
use askama::Template;
use regles::delegation::Titre;
use regles::droits::FICHE_CAISSE;
use regles::signature::MoyenSignature;
use regles::texte;

use super::caisses::CaisseLue;
use super::filters;
use super::kit::geste::Objet;
use super::page::{Largeur, Page};
use super::ui::{Etat, Pastille, Vide};
use super::visite::{Reponse, Visite};
use crate::db::delegation::{self, Delegation};
use crate::db::signature;
use crate::db::{DbError, DbResult};

/// What one person holds or held.
struct Ligne {
    personne: String,
    pastille: Pastille,
    titre: String,
    actes: String,
    periode: String,
    acte: String,
    finir: Option<String>,
}

#[derive(Template)]
#[template(path = "signatures/page.html")]
struct SignaturesPage {
    page: Page,
    moyen: MoyenSignature,
    homologation: Option<String>,
    changer: Option<String>,
    lignes: Vec<Ligne>,
    vide: Option<Vide>,
}

/// `GET /caisses/{code}/signatures`
///
/// # Errors
/// Out of scope; the database does not answer.
pub async fn page(visite: Visite, code: Path<String>) -> Reponse {
    let code = code.into_inner();
    let lue = CaisseLue::ouvrir(&visite, &code).await?;
    let (cle, jour) = (code.clone(), visite.aujourd_hui());
    let (tenues, choisi) = visite
        .read(move |conn| {
            Ok::<_, DbError>((
                delegation::de_caisse(conn, &cle)?,
                signature::moyen(conn, &cle)?,
            ))
        })
        .await?;
    let ecrit = FICHE_CAISSE.permet(Some(visite.qui()?.role));
    let fiche = CaisseLue::adresse(&code);
    let mut page = visite
        .page("Signatures")
        .chapeau("Une décision porte le nom et la qualité de la personne qui la signe, et la délégation en vertu de laquelle elle signe.")
        .ariane("Caisses", "/caisses")
        .ariane(lue.nom().to_owned(), &fiche)
        .rubrique("/caisses")
        .largeur(Largeur::Dossier);
    if ecrit {
        page = page.action(
            "Enregistrer qui peut signer",
            CaisseLue::url(&code, "signatures/nouvelle"),
        );
    }
    let lignes: DbResult<Vec<Ligne>> = tenues
        .iter()
        .map(|(d, (prenom, nom))| {
            let finir = (ecrit && d.finie_le.is_none())
                .then(|| CaisseLue::url(&code, &format!("signatures/{}/finir", d.id)));
            ligne(d, format!("{prenom} {nom}"), jour, finir)
        })
        .collect();
    let vide = tenues.is_empty().then(|| {
        Vide::new(
            "Personne ne peut encore signer",
            match ecrit {
                true => "Enregistrez qui dirige la caisse, puis les délégations de signature.",
                false => "La personne responsable de la caisse enregistre qui la dirige et les délégations de signature.",
            },
        )
    });
    let (moyen, reference) = choisi.le(jour);
    let homologation = reference.zip(choisi.homologuee_le).map(|(reference, le)| {
        let fin = match choisi.homologuee_au {
            Some(au) => format!(", dernier jour de validité le {}", texte::date_fr(au)),
            None => String::new(),
        };
        format!("{reference}, du {}{fin}", texte::date_fr(le))
    });
    visite.rendre(&SignaturesPage {
        page,
        moyen,
        homologation,
        changer: ecrit.then(|| CaisseLue::url(&code, "signature")),
        lignes: lignes?,
        vide,
    })
}

fn ligne(
    d: &Delegation,
    personne: String,
    jour: chrono::NaiveDate,
    finir: Option<String>,
) -> DbResult<Ligne> {
    let habilitation = d.habilitation()?;
    let pastille = match (habilitation.court(jour), d.du > jour) {
        (true, _) => Pastille::new(Etat::Fait, "En vigueur"),
        (false, true) => Pastille::new(Etat::EnCours, "À venir"),
        (false, false) => Pastille::new(Etat::Neutre, "Finie"),
    };
    let titre = match (d.titre, &d.delegant, &d.delegant_qualite) {
        (Titre::Delegation, Some(delegant), Some(qualite)) => {
            format!("Délégation {}, {qualite}", texte::de(delegant))
        }
        _ => d.titre.libelle().to_owned(),
    };
    let actes: Vec<&str> = habilitation.actes.iter().map(|a| a.libelle()).collect();
    Ok(Ligne {
        personne,
        pastille,
        titre,
        actes: match d.titre {
            Titre::Direction => "Tous les actes, en son nom propre".to_owned(),
            Titre::Delegation => actes.join(", "),
        },
        periode: match d.finie_le {
            Some(fin) => format!(
                "{}, finie le {}",
                texte::periode(d.du, d.au, jour),
                texte::date_fr(fin)
            ),
            None => texte::periode(d.du, d.au, jour),
        },
        acte: format!("{}, du {}", d.reference, texte::date_fr(d.acte_du)),
        finir,
    })
}
