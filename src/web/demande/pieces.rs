//! `POST /demandes/{numero}/pieces`: documents asked for, or added.

use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::detail::{Lu, lire, montrer};
use super::verification::champ_piece;
use crate::actions::demande::suivi::{self, Envoi};
use crate::domain::piece::NaturePiece;
use crate::texte;
use crate::web::espace::erreurs::Erreurs;
use crate::web::espace::fichiers;
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// `POST /demandes/{numero}/pieces`
///
/// # Errors
/// The request is not this person's; the database or the document store does not answer.
pub async fn ajouter(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    let (scope, cherche) = (visite.qui()?.scope(), numero.clone());
    let lu = visite
        .read(move |conn| lire(conn, &scope, &cherche))
        .await?;
    let mut erreurs = Erreurs::default();
    let mut envois = Vec::new();
    let a_lire = a_lire(&lu, &saisie, &mut erreurs);
    for lu in &a_lire {
        fichiers::verifier(&visite, &saisie, &lu.champ, &mut erreurs);
    }
    if !erreurs.presentes() {
        for lu in a_lire {
            for piece in fichiers::garder(&visite, &saisie, &lu.champ, lu.nature).await? {
                envois.push(Envoi {
                    piece,
                    repond_a: lu.repond_a,
                    remplace: lu.remplace,
                });
            }
        }
        if envois.is_empty() {
            let premier = lu
                .demandees
                .iter()
                .find(|p| p.recue_le.is_none() && saisie.texte("nature").is_empty())
                .map(|p| format!("demandee_{}", p.id))
                .filter(|_| saisie.texte("envoi").is_empty())
                .unwrap_or_else(|| match saisie.texte("envoi") {
                    "" => "piece".to_owned(),
                    autre => autre.to_owned(),
                });
            erreurs.noter(premier, "Choisissez au moins un fichier à envoyer.");
        }
    }
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
    let (kine_id, acte, a_completer) = (visite.kine_id()?, visite.acte()?, numero.clone());
    let resultat = visite
        .write(move |tx| suivi::completer(tx, &acte, kine_id, &a_completer, &envois))
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

/// A file field to read.
struct ALire {
    champ: String,
    nature: NaturePiece,
    repond_a: Option<i64>,
    remplace: Option<i64>,
}

/// The file fields to read: those of the documents asked for, those of the list, and the free one with its nature.
fn a_lire(lu: &Lu, saisie: &Saisie, erreurs: &mut Erreurs) -> Vec<ALire> {
    let champ = |champ: String, nature| ALire {
        champ,
        nature,
        repond_a: None,
        remplace: None,
    };
    let demandees = lu.demandees.iter().map(|p| ALire {
        repond_a: Some(p.id),
        ..champ(format!("demandee_{}", p.id), p.nature)
    });
    let remplacantes = lu.pieces.iter().map(|p| ALire {
        remplace: Some(p.id),
        ..champ(format!("remplace_{}", p.id), p.nature)
    });
    let natures = NaturePiece::TOUS.iter().map(|n| champ(champ_piece(*n), *n));
    let mut champs: Vec<ALire> = demandees
        .chain(remplacantes)
        .chain(natures)
        .filter(|lu| saisie.fichiers(&lu.champ).next().is_some())
        .collect();
    if saisie.fichiers("piece").next().is_some() {
        match saisie.texte("nature").parse() {
            Ok(nature) => champs.push(champ("piece".to_owned(), nature)),
            Err(_) => erreurs.noter("nature", "Indiquez ce que montre cette pièce."),
        }
    }
    champs
}
