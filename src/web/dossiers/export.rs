//! The queue as a file: every request of the filter, read page by page, written row by row.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom};

use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;

use super::file::{Adresse, demandee, perimetre};
use super::mots;
use crate::clock::jour_a_paris;
use crate::db::DbResult;
use crate::db::etiquette::{self, Etiquette};
use crate::db::file::{self, LigneFile};
use crate::tableur::{Cellule, Feuille, Format};
use crate::web::erreur::WebError;
use crate::web::ui::ColonneQueue;
use crate::web::visite::{Reponse, Visite};

/// Requests read at once.
const PAGE: i64 = 1_000;
/// What is sent at once, in bytes.
const MORCEAU: usize = 64 * 1024;

/// `GET /dossiers/export.{format}`: the filter of the address, with its columns; all of them when it names none.
///
/// # Errors
/// An unknown format, no CPAM chosen, the database or the disk does not answer.
pub async fn exporter(visite: Visite, format: web::Path<String>, requete: HttpRequest) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let adresse = Adresse::lire(requete.query_string()).changee("apres", None);
    let qui = visite.qui()?;
    let caisse = perimetre(qui, &adresse).ok_or(WebError::Introuvable)?;
    let (moi, aujourd_hui) = (qui.compte_id, visite.aujourd_hui());
    let mut filtre = {
        let (adresse, caisse) = (adresse.clone(), caisse.clone());
        visite
            .read(move |conn| demandee(conn, caisse.as_deref(), &adresse, moi, aujourd_hui))
            .await?
            .filtre
    };
    filtre.lignes = PAGE;
    let colonnes = colonnes(&adresse);
    let mut feuille = {
        let entete: Vec<&'static str> = entete(&colonnes);
        let fichier = web::block(tempfile::tempfile).await?;
        let sortie = BufWriter::new(fichier.map_err(WebError::interne)?);
        Feuille::commencer(format, sortie, "Dossiers", &entete)
    };
    let mut total = 0_usize;
    loop {
        let (f, o) = (filtre.clone(), caisse.clone());
        let (lignes, etiquettes) = visite
            .read(move |conn| -> DbResult<_> {
                let lignes = file::demandes(conn, o.as_deref(), &f)?;
                let ids: Vec<i64> = lignes.iter().map(|l| l.id).collect();
                let etiquettes = etiquette::de_dossiers(conn, &ids)?;
                Ok((lignes, etiquettes))
            })
            .await?;
        let Some(derniere) = lignes.last() else { break };
        filtre.apres = Some((derniere.prochaine_echeance, derniere.id));
        let encore = i64::try_from(lignes.len()).is_ok_and(|n| n == PAGE);
        total += lignes.len();
        let c = colonnes.clone();
        feuille = web::block(move || {
            for ligne in &lignes {
                feuille.ligne(&cellules(ligne, &etiquettes, &c))?;
            }
            Ok::<_, crate::tableur::TableurError>(feuille)
        })
        .await?
        .map_err(WebError::interne)?;
        if !encore {
            break;
        }
    }
    tracing::info!(
        compte = moi,
        dossiers = total,
        format = format.as_str(),
        "queue exported"
    );
    let fichier = web::block(move || -> Result<File, WebError> {
        let tampon = feuille.finir().map_err(WebError::interne)?;
        tampon.into_inner().map_err(WebError::interne)
    })
    .await??;
    let nom = format!("dossiers-{aujourd_hui}.{}", format.as_str());
    envoyer(fichier, format.media(), &nom).await
}

/// Sends a file that has no name on the disk, piece by piece.
///
/// # Errors
/// The disk does not answer.
pub async fn envoyer(mut fichier: File, media: &'static str, nom: &str) -> Reponse {
    let taille = fichier.seek(SeekFrom::End(0)).map_err(WebError::interne)?;
    fichier
        .seek(SeekFrom::Start(0))
        .map_err(WebError::interne)?;
    let corps = stream::try_unfold(fichier, |mut fichier| async move {
        let lu = web::block(move || {
            let mut morceau = vec![0; MORCEAU];
            let lus = fichier.read(&mut morceau)?;
            morceau.truncate(lus);
            Ok::<_, std::io::Error>((fichier, morceau))
        })
        .await
        .map_err(std::io::Error::other)??;
        let (fichier, morceau) = lu;
        Ok::<_, std::io::Error>((!morceau.is_empty()).then(|| (Bytes::from(morceau), fichier)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{nom}\""),
        ))
        .body(SizedStream::new(taille, Box::pin(corps))))
}

fn colonnes(adresse: &Adresse) -> Vec<ColonneQueue> {
    match adresse.get("colonnes") {
        Some(_) => adresse.colonnes(),
        None => ColonneQueue::TOUS.to_vec(),
    }
}

fn entete(colonnes: &[ColonneQueue]) -> Vec<&'static str> {
    let mut entete = vec!["Dossier", "Caisse", "Prénom", "Nom"];
    for colonne in colonnes {
        match colonne {
            ColonneQueue::Echeance => entete.extend(["Échéance", "Nature de l’échéance"]),
            ColonneQueue::Commune => entete.extend(["Commune", "Code INSEE"]),
            ColonneQueue::Zone => entete.extend(["Zone", "Code de la zone", "Catégorie au dépôt"]),
            ColonneQueue::Nature => entete.extend(["Nature", "Famille de dérogation"]),
            autre => entete.push(autre.libelle()),
        }
    }
    entete
}

fn cellules(
    l: &LigneFile,
    etiquettes: &[(i64, Etiquette)],
    colonnes: &[ColonneQueue],
) -> Vec<Cellule> {
    let texte = |t: &str| Cellule::from(t);
    let mut cellules = vec![
        texte(&l.numero),
        texte(&l.caisse_code),
        texte(&l.prenom),
        texte(&l.nom),
    ];
    for colonne in colonnes {
        match colonne {
            ColonneQueue::Raison => cellules.push(texte(mots::raison_courte(l))),
            ColonneQueue::Etat => cellules.push(texte(l.etat.libelle())),
            ColonneQueue::Echeance => {
                cellules.push(Cellule::Date(l.prochaine_echeance));
                cellules.push(texte(mots::nature_echeance(&l.echeance_nature)));
            }
            ColonneQueue::Suivi => cellules.push(match &l.assigne {
                Some((prenom, nom)) => Cellule::Texte(format!("{prenom} {nom}")),
                None => Cellule::Vide,
            }),
            ColonneQueue::Depot => cellules.push(Cellule::Date(jour_a_paris(l.deposee_le))),
            ColonneQueue::Nature => {
                cellules.push(texte(l.nature.libelle()));
                cellules.push(l.derogation_famille.as_deref().map_or(Cellule::Vide, texte));
            }
            ColonneQueue::Commune => {
                cellules.push(texte(&l.commune));
                cellules.push(texte(&l.insee));
            }
            ColonneQueue::Zone => {
                cellules.push(texte(&l.bassin));
                cellules.push(texte(&l.bassin_code));
                cellules.push(texte(l.categorie_depot.libelle()));
            }
            ColonneQueue::Rpps => cellules.push(texte(&l.rpps)),
            ColonneQueue::Etiquettes => {
                let posees: Vec<&str> = etiquettes
                    .iter()
                    .filter(|(id, _)| *id == l.id)
                    .map(|(_, e)| e.nom.as_str())
                    .collect();
                cellules.push(Cellule::Texte(posees.join(", ")));
            }
        }
    }
    cellules
}
