//! Personal data: what is kept, how long and why, for everybody; the whole of one's own, as a ZIP.

use std::io::{Cursor, Write};

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use askama::Template;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::db::{
    AnyConn, CpamScope, DbError, DbResult, attestation, changement, demande, depart, designation,
    echeance, evenement, kine, message, piece, place, preference,
};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::Page;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "espace/donnees.html")]
struct DonneesPage {
    page: Page,
    kine: bool,
    /// How long a draft that nobody takes up again is kept, and how long before its end a mail says so.
    brouillons: (String, String),
}

/// `GET /donnees-personnelles`
///
/// # Errors
/// No parameter is in force, or the template cannot be rendered.
pub async fn page(visite: Visite) -> Reponse {
    let kine = visite.kine_id().is_ok();
    let page = visite.page("Vos données personnelles").chapeau(
        "Ce que Relève garde de vous, pourquoi, combien de temps, et ce que vous pouvez demander.",
    );
    let (reglement, jour) = (visite.etat.reglement(), visite.aujourd_hui());
    let delai = |cle| {
        reglement
            .delai(cle, jour)
            .map(|d| d.to_string())
            .map_err(WebError::interne)
    };
    let brouillons = (delai("brouillon.conservation")?, delai("brouillon.rappel")?);
    visite.rendre(&DonneesPage {
        page,
        kine,
        brouillons,
    })
}

/// A document to put in the archive: its path in it, its key and its fingerprint.
type Document = (String, String, String);

/// `GET /espace/donnees.zip`: everything that is kept of the visitor, as JSON, with the documents.
///
/// # Errors
/// The database or the document store does not answer.
pub async fn exporter(visite: Visite) -> Reponse {
    let (kine_id, qui) = (visite.kine_id()?, visite.qui()?.clone());
    let compte_id = qui.compte_id;
    let (mut donnees, documents) = visite
        .read(move |conn| lire(conn, kine_id, compte_id))
        .await?;
    donnees["compte"] = json!({
        "courriel": qui.courriel, "prenom": qui.prenom, "nom": qui.nom, "role": qui.role,
        "courriel_verifie_le": qui.courriel_verifie_le,
    });
    donnees["exporte_le"] = json!(visite.maintenant());
    let mut contenus = Vec::with_capacity(documents.len());
    for (chemin, cle, empreinte) in documents {
        let octets = visite
            .etat
            .pieces
            .lire(&cle, &empreinte)
            .await
            .map_err(|e| WebError::interne(format!("document {cle}: {e}")))?;
        contenus.push((chemin, octets));
    }
    let archive = actix_web::web::block(move || archiver(&donnees, &contenus)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"releve-mes-donnees.zip\"",
        ))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(archive))
}

fn archiver(
    donnees: &Value,
    documents: &[(String, actix_web::web::Bytes)],
) -> Result<Vec<u8>, WebError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let texte = serde_json::to_string_pretty(donnees).map_err(WebError::interne)?;
    zip.start_file("donnees.json", options)
        .map_err(WebError::interne)?;
    zip.write_all(texte.as_bytes()).map_err(WebError::interne)?;
    for (chemin, octets) in documents {
        zip.start_file(chemin.as_str(), options)
            .map_err(WebError::interne)?;
        zip.write_all(octets).map_err(WebError::interne)?;
    }
    Ok(zip.finish().map_err(WebError::interne)?.into_inner())
}

fn lire(conn: &mut AnyConn, kine_id: i64, compte_id: i64) -> DbResult<(Value, Vec<Document>)> {
    let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
    let moi_seul = CpamScope::Kine(kine_id);
    let mut documents = Vec::new();
    let mut demandes = Vec::new();
    for (d, commune) in demande::de_kine(conn, kine_id)? {
        let fil = fil(conn, d.id, &d.numero, &mut documents)?;
        let pieces = pieces(piece::de(conn, &moi_seul, d.id)?, &d.numero, &mut documents);
        demandes.push(json!({
            "numero": d.numero, "nature": d.nature, "commune": commune, "insee": d.insee, "adresse": d.adresse,
            "etat": d.etat, "deposee_le": d.deposee_le, "complete_le": d.complete_le, "notifiee_le": d.notifiee_le,
            "installee_le": d.installee_le, "conditions": d.conditions,
            "derogation_motif": d.derogation_motif, "derogation_expose": d.derogation_expose,
            "echeances": echeances(conn, d.id)?,
            "historique": historique(evenement::de(conn, d.id)?), "pieces": pieces, "messages": fil,
        }));
    }
    let mut departs = Vec::new();
    for (c, commune) in depart::de_kine(conn, kine_id)? {
        let dossier = format!("depart-{}", c.id);
        let fil = fil(conn, c.id, &dossier, &mut documents)?;
        let pieces = pieces(piece::de(conn, &moi_seul, c.id)?, &dossier, &mut documents);
        let designations = match place::de_depart(conn, c.id)? {
            Some(p) => designation::de_place(conn, p.id)?
                .into_iter()
                .map(|s| {
                    let d = &s.designation;
                    json!({"rpps": d.rpps, "personne": s.personne, "etat": d.etat, "par": s.auteur, "le": d.cree_le})
                })
                .collect(),
            None => Vec::new(),
        };
        departs.push(json!({
            "commune": commune, "adresse": c.adresse, "date_cessation": c.date_cessation,
            "actes_12_mois": c.actes_12_mois, "etat": c.etat, "declaree_le": c.declaree_le,
            "designations": designations, "historique": historique(evenement::de(conn, c.id)?),
            "pieces": pieces, "messages": fil,
        }));
    }
    let donnees = json!({
        "professionnel": {"rpps": moi.rpps, "prenom": moi.prenom, "nom": moi.nom, "telephone": moi.telephone},
        "demandes": demandes, "departs": departs, "attestations": attestations(conn, kine_id)?,
        "changements": changement::de_kine(conn, kine_id)?,
        "preferences": preference::de(conn, compte_id)?,
    });
    Ok((donnees, documents))
}

/// GEN-2: each as it was given, with its digest and the code that verifies it.
fn attestations(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<Value>> {
    attestation::de_kine(conn, kine_id)?
        .into_iter()
        .map(|(dossier, nature, faite_le, a)| {
            let document: Value = serde_json::from_str(&a.document)
                .map_err(|e| DbError::Incoherent(format!("attestation {} : {e}", a.code)))?;
            Ok(json!({"dossier": dossier, "nature": nature.libelle(), "faite_le": faite_le, "code": a.code, "sha256": a.empreinte, "document": document}))
        })
        .collect()
}

fn pieces(pieces: Vec<piece::Piece>, dossier: &str, documents: &mut Vec<Document>) -> Vec<Value> {
    pieces
        .into_iter()
        .map(|p| {
            // Sent by somebody else and kept apart: said, not given.
            let Some(contenu) = p.contenu else {
                return json!({"nature": p.nature, "etat": p.etat, "motif": p.motif, "deposee_le": p.deposee_le});
            };
            let chemin = format!("documents/{dossier}/{}-{}", p.id, contenu.nom);
            documents.push((chemin.clone(), contenu.cle, contenu.empreinte.clone()));
            json!({"fichier": chemin, "nature": p.nature, "etat": p.etat, "motif": p.motif, "sha256": contenu.empreinte, "deposee_le": p.deposee_le})
        })
        .collect()
}

fn fil(
    conn: &mut AnyConn,
    dossier_id: i64,
    dossier: &str,
    documents: &mut Vec<Document>,
) -> DbResult<Vec<Value>> {
    let messages = message::de(conn, dossier_id)?;
    let ids: Vec<i64> = messages.iter().map(|m| m.id).collect();
    let joints = message::pieces(conn, &ids)?;
    for p in &joints {
        let chemin = format!("documents/{dossier}/message-{}-{}", p.id, p.nom);
        documents.push((chemin, p.cle.clone(), p.empreinte.clone()));
    }
    Ok(messages
        .into_iter()
        .map(|m| json!({"de": m.cote, "auteur": m.auteur, "texte": m.texte, "envoye_le": m.envoye_le, "lu_le": m.lu_le}))
        .collect())
}

fn echeances(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<Value>> {
    Ok(echeance::de(conn, dossier_id)?
        .into_iter()
        .map(
            |e| json!({"nature": e.nature, "depart": e.depart, "finale": e.finale, "etat": e.etat}),
        )
        .collect())
}

/// The timeline as its subject may see it: what the CPAM prepares stays inside it.
fn historique(evenements: Vec<evenement::Evenement>) -> Vec<Value> {
    evenements
        .into_iter()
        .filter(super::vues::visible)
        .map(|e| json!({"le": e.le, "qui": e.acteur.nom, "quoi": e.fait.phrase()}))
        .collect()
}
