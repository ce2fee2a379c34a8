//! Sends the mails that were queued, one after the other on one connection to the relay.

use chrono::NaiveDateTime;

use super::execution::{Essai, Porteur};
use crate::clock::Clock;
use crate::db::courriel::{self, CourrielStocke};
use crate::db::tache::NatureTache;
use crate::db::{DbResult, WriteTx};
use crate::mail::{Courriel, Facteur, MailError, Tournee};

/// Carries mails during a round.
pub(super) struct Envoi<'a> {
    tournee: Tournee<'a>,
    clock: &'a Clock,
}

impl<'a> Envoi<'a> {
    /// Opens no connection yet.
    pub(super) fn nouveau(facteur: &'a Facteur, clock: &'a Clock) -> Envoi<'a> {
        Envoi {
            tournee: facteur.tournee(),
            clock,
        }
    }
}

impl Porteur for Envoi<'_> {
    const NATURE: NatureTache = NatureTache::Courriel;
    /// Connections to the relay at once.
    const VOIES: i64 = 32;
    /// A single mail takes five minutes at most.
    const BAIL: i64 = 10;
    type Travail = CourrielStocke;

    fn lire(tx: &mut WriteTx<'_>, id: i64) -> DbResult<CourrielStocke> {
        courriel::lire(tx, id)
    }

    fn destine(travail: &CourrielStocke) -> &str {
        &travail.destinataire
    }

    async fn faire(
        &mut self,
        travail: CourrielStocke,
        engager: impl Future<Output = bool>,
    ) -> Essai {
        let courriel = a_porter(travail, self.clock.now());
        match self.tournee.envoyer(&courriel, engager).await {
            Ok(()) => Essai::Fait,
            Err(MailError::Definitif(cause)) => Essai::Definitif(cause),
            Err(MailError::Principe(cause)) => Essai::Suspect(cause),
            Err(MailError::Incertain(cause)) => Essai::Incertain(cause),
            Err(MailError::Relais(cause)) => Essai::Empeche(cause),
            Err(MailError::Passager(cause) | MailError::Reglage(cause)) => Essai::Passager(cause),
            Err(MailError::Abandonne) => Essai::Lache,
        }
    }

    async fn finir(self) {
        self.tournee.finir().await;
    }
}

fn a_porter(stocke: CourrielStocke, part_le: NaiveDateTime) -> Courriel {
    let ecrit_le = stocke.tache.cree_le;
    Courriel {
        // The same at each try: a recipient's server can recognise a mail that it already has.
        identifiant: format!("{}.{}", stocke.id, ecrit_le.format("%Y%m%d%H%M%S%6f")),
        destinataire: stocke.destinataire,
        sujet: stocke.sujet,
        texte: stocke.texte,
        html: stocke.html,
        part_le,
    }
}
