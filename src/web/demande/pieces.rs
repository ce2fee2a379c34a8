//! `POST /demandes/{numero}/pieces`: documents asked for, or added.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use regles::texte;

use super::detail::montrer;
use super::lu::{Lu, lire};
use crate::actions::demande::suivi;
use crate::db::piece::PieceDemandee;
use crate::web::espace::pieces;
use crate::web::kit::erreurs::Erreurs;
use crate::web::saisie::Saisie;
use crate::web::ui::Champ;
use crate::web::visite::{Reponse, Visite};

/// `POST /demandes/{numero}/pieces`
///
/// # Errors
/// The request is not this person's; the database or the document store does not answer.
pub async fn ajouter(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    let (scope, cherche) = (visite.qui()?.scope(), numero.clone());
    let reglement = visite.etat.reglement();
    let lu = visite
        .read(move |conn| lire(conn, &reglement, &scope, &cherche))
        .await?;
    let mut erreurs = Erreurs::default();
    let envois =
        pieces::recevoir(&visite, &saisie, &lu.pieces, &lu.demandees, &mut erreurs).await?;
    if erreurs.presentes() {
        return montrer(
            &visite,
            &numero,
            &saisie,
            &erreurs,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let (scope, acte, a_completer) = (visite.qui()?.scope(), visite.acte()?, numero.clone());
    let resultat = visite
        .write(move |tx| suivi::completer(tx, &acte, &scope, &a_completer, &envois))
        .await;
    match resultat {
        Ok(completude) => visite.rediriger_avec(
            &format!("/demandes/{numero}"),
            &match (completude.reprise, completude.restantes) {
                (true, _) => "Vos pièces sont reçues. Toutes celles que nous attendions sont là : l’étude de votre demande reprend.".to_owned(),
                (false, 0) => "Votre pièce est jointe au dossier.".to_owned(),
                (false, n) => format!(
                    "Vos pièces sont reçues. Il manque encore {}.",
                    texte::pluriel(n as i64, "pièce", "pièces")
                ),
            },
        ),
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(&visite, &numero, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
    }
}

/// One file field per document asked for, then the form to add another one.
pub(super) fn champs(
    visite: &Visite,
    lu: &Lu,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> (Vec<Champ>, Vec<Champ>) {
    if !lu.d.demande.etat.en_cours() {
        return (Vec::new(), Vec::new());
    }
    let manquantes: Vec<&PieceDemandee> = lu.manquantes().collect();
    pieces::champs(visite, &manquantes, saisie, erreurs)
}
