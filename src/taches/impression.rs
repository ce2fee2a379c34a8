//! Prints the letters that were frozen, once each. Nothing leaves: a print that died is simply done again, and the second of
//! two prints of one letter is thrown away.

use std::sync::Arc;

use actix_web::web::Bytes;
use courriers::decision::Document;

use super::execution::{Essai, Porteur};
use crate::clock::Clock;
use crate::db::document_emis::{self, DocumentEmis, Pdf};
use crate::db::tache::NatureTache;
use crate::db::{Db, DbError, DbResult, WriteTx};
use crate::impression::{ImpressionError, Imprimeur, Marques};
use crate::pieces::Depot;

/// Prints during a round.
pub(super) struct Impression<'a> {
    pub(super) imprimeur: Arc<dyn Imprimeur>,
    pub(super) pieces: &'a Depot,
    pub(super) db: Db,
    pub(super) clock: &'a Clock,
}

impl Porteur for Impression<'_> {
    const NATURE: NatureTache = NatureTache::Impression;
    /// It computes: one core is left to visitors.
    const VOIES: i64 = 1;
    /// A letter takes some milliseconds; the store may be slow.
    const BAIL: i64 = 10;
    type Travail = DocumentEmis;

    fn lire(tx: &mut WriteTx<'_>, id: i64) -> DbResult<DocumentEmis> {
        document_emis::par_id(tx, id)
    }

    fn destine(travail: &DocumentEmis) -> &str {
        &travail.code
    }

    async fn faire(&mut self, travail: DocumentEmis, _: impl Future<Output = bool>) -> Essai {
        if travail.pdf().is_some() {
            return Essai::Fait;
        }
        let id = travail.id;
        let pdf = match self.imprimer(travail).await {
            Ok(pdf) => pdf,
            Err(essai) => return essai,
        };
        let garde = match self.pieces.garder(Bytes::from(pdf)).await {
            Ok(garde) => garde,
            Err(erreur) => return Essai::Passager(format!("dépôt des pièces : {erreur}")),
        };
        let (db, le) = (self.db.clone(), self.clock.now());
        let imprime = Pdf {
            cle: garde.cle.clone(),
            empreinte: garde.empreinte,
        };
        let ecriture = move || db.write(|tx| document_emis::imprimer(tx, id, &imprime, le));
        match tokio::task::spawn_blocking(ecriture).await {
            Ok(Ok(())) => Essai::Fait,
            Ok(Err(DbError::Perime)) => {
                // Printed meanwhile: the first one stays.
                match self.pieces.supprimer(&garde.cle).await {
                    Ok(()) => Essai::Fait,
                    Err(erreur) => Essai::Passager(erreur.to_string()),
                }
            }
            Ok(Err(erreur)) => Essai::Passager(erreur.to_string()),
            Err(erreur) => Essai::Passager(erreur.to_string()),
        }
    }

    async fn finir(self) {}
}

impl Impression<'_> {
    /// The bytes, or what becomes of the task.
    async fn imprimer(&self, travail: DocumentEmis) -> Result<Vec<u8>, Essai> {
        let document: Document = serde_json::from_str(&travail.document)
            .map_err(|e| Essai::Definitif(format!("document illisible : {e}")))?;
        let entete = document.papier.as_ref().map(|p| &p.entete);
        let logo = match entete.and_then(|e| e.logo.as_ref()) {
            None => None,
            Some(logo) => Some(
                self.pieces
                    .lire(&logo.cle, &logo.empreinte)
                    .await
                    .map_err(|e| Essai::Passager(format!("logo : {e}")))?,
            ),
        };
        let imprimeur = self.imprimeur.clone();
        let calcul = move || {
            let marques = Marques {
                identifiant: &travail.code,
                code: Some(&travail.code),
                logo: logo.as_deref(),
            };
            imprimeur.imprimer(&document, &marques)
        };
        match tokio::task::spawn_blocking(calcul).await {
            Ok(Ok(pdf)) => Ok(pdf),
            Ok(Err(erreur @ ImpressionError::Absente)) => Err(Essai::Empeche(erreur.to_string())),
            Ok(Err(erreur)) => Err(Essai::Definitif(erreur.to_string())),
            // The printer fell: this letter alone is put aside.
            Err(erreur) => Err(Essai::Definitif(format!("imprimerie : {erreur}"))),
        }
    }
}
