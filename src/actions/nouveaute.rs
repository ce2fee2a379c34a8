//! What is new on one's cases: read, and mailed as each chooses.

use courriers::{Courrier, Lettre};
use regles::dossier::NatureDossier;
use regles::evenement::nouveaute::{concerne, sujet};
use regles::preference::{Frequence, Sujet};
use regles::texte;

use super::{Acte, ActionResult, courriel, preference};
use crate::db::evenement::{self, Evenement};
use crate::db::nouveaute::{self, Nouveaute};
use crate::db::preference as choisies;
use crate::db::session::Identite;
use crate::db::{AnyConn, CpamScope, WriteTx, absence, compte, kine};

/// Cases on a page, and in the summary of the day.
pub const PAR_PAGE: i64 = 30;

/// Events read of the cases of a page: a case where more happened says its last ones.
const EVENEMENTS: i64 = 400;

/// The summary goes on about what is not read for so many days, then waits for something new.
const JOURS_DU_RESUME: i64 = 3;

/// Somebody for whom something may be new.
#[derive(Debug, Clone)]
pub struct Lecteur {
    /// The account.
    pub compte_id: i64,
    /// What she may see.
    pub scope: CpamScope,
}

impl Lecteur {
    /// Who is logged in.
    pub fn de(qui: &Identite) -> Lecteur {
        Lecteur {
            compte_id: qui.compte_id,
            scope: qui.scope(),
        }
    }

    fn de_caisse(&self) -> bool {
        !matches!(self.scope, CpamScope::Kine(_))
    }

    /// Whether an event of a case is news to her.
    fn interesse(&self, n: &Nouveaute, e: &Evenement) -> bool {
        e.le >= n.depuis
            && e.acteur.id != Some(self.compte_id)
            && concerne(e.fait.code(), self.de_caisse())
    }
}

/// The cases of a page with what is new on each, the latest first.
pub fn lire_page(
    conn: &mut AnyConn,
    lecteur: &Lecteur,
    avant: Option<(chrono::NaiveDateTime, i64)>,
    limite: i64,
) -> ActionResult<Vec<(Nouveaute, Vec<Evenement>)>> {
    let nouveautes = nouveaute::liste(conn, &lecteur.scope, lecteur.compte_id, avant, limite)?;
    let ids: Vec<i64> = nouveautes.iter().map(|n| n.dossier_id).collect();
    let mut evenements = evenement::par_dossier(conn, &ids, EVENEMENTS)?;
    Ok(nouveautes
        .into_iter()
        .map(|n| {
            let siens = evenements.remove(&n.dossier_id).unwrap_or_default();
            let siens = siens
                .into_iter()
                .filter(|e| lecteur.interesse(&n, e))
                .collect();
            (n, siens)
        })
        .collect())
}

/// A case in words, as a list of what is new says it.
pub fn objet(n: &Nouveaute) -> String {
    match n.nature {
        NatureDossier::Depart => format!("Départ {}", texte::de(&n.commune)),
        NatureDossier::Appel => format!("Appel à candidatures {}", texte::de(&n.commune)),
        NatureDossier::Demande => format!("Demande {}", n.numero),
        NatureDossier::Recours => format!("Recours {}", n.numero),
    }
}

/// Writes to an agent about a case of hers, and to who stands in for her today, as each of them chose.
///
/// # Errors
/// The letter cannot be rendered, or the database refuses.
pub fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    (caisse, agent, sujet): (&str, i64, Sujet),
    cle: &str,
    lettre: &Lettre,
) -> ActionResult<()> {
    let remplacante = absence::remplacant(tx, caisse, agent, acte.jour())?;
    a_un_compte(tx, acte, (agent, sujet), cle, lettre)?;
    match remplacante {
        Some(elle) => a_un_compte(tx, acte, (elle, sujet), &format!("{cle}:{elle}"), lettre),
        None => Ok(()),
    }
}

/// Writes to an account, as it chose; never to who acts.
///
/// # Errors
/// As [`prevenir`].
pub fn a_un_compte(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    (compte_id, sujet): (i64, Sujet),
    cle: &str,
    lettre: &Lettre,
) -> ActionResult<()> {
    let Some(a) = compte::par_id(tx, compte_id)?.filter(|a| a.actif) else {
        return Ok(());
    };
    if Some(compte_id) == acte.acteur.id || !preference::chaque_fois(tx, compte_id, sujet)? {
        return Ok(());
    }
    courriel::deposer(tx, acte, cle, &a.courriel, lettre)
}

/// Once a day, for who chose it: says on which cases something is new, if it is. Returns whether a mail leaves.
///
/// # Errors
/// The letter cannot be rendered, or the database refuses.
pub fn resumer(tx: &mut WriteTx<'_>, acte: &Acte, compte_id: i64) -> ActionResult<bool> {
    let Some(compte) = compte::par_id(tx, compte_id)?.filter(|c| c.actif) else {
        return Ok(false);
    };
    let choisis: Vec<Sujet> = choisies::de(tx, compte_id)?
        .into_iter()
        .filter(|(_, f)| *f == Frequence::UneFoisParJour)
        .map(|(s, _)| s)
        .collect();
    let depuis = acte.le() - chrono::TimeDelta::days(JOURS_DU_RESUME);
    let mut dossiers = Vec::new();
    let mut recente = false;
    for lecteur in lecteurs(tx, acte, compte_id)? {
        for (n, evenements) in lire_page(tx, &lecteur, None, PAR_PAGE)? {
            let nombre = evenements
                .iter()
                .filter(|e| choisis.contains(&sujet(e.fait.code())))
                .count();
            if n.lue_le.is_none() && nombre > 0 {
                recente |= n.dernier >= depuis;
                dossiers.push((objet(&n), nombre));
            }
        }
    }
    if !recente {
        return Ok(false);
    }
    let lettre = courriers::suivi::NouveautesDuJour {
        a: &compte.nom_complet(),
        dossiers: &dossiers,
    }
    .lettre();
    let cle = format!("nouveautes_du_jour:{compte_id}:{}", acte.jour());
    courriel::deposer(tx, acte, &cle, &compte.courriel, &lettre)?;
    Ok(true)
}

/// What an account reads: her own cases as a practitioner, those of each caisse that she has a mandate for today.
fn lecteurs(conn: &mut AnyConn, acte: &Acte, compte_id: i64) -> ActionResult<Vec<Lecteur>> {
    let sienne = kine::par_compte(conn, compte_id)?.map(|k| CpamScope::Kine(k.id));
    let mut caisses: Vec<String> = crate::db::mandat::en_vigueur(conn, compte_id, acte.jour())?
        .into_iter()
        .filter_map(|m| m.caisse_code)
        .collect();
    caisses.sort();
    caisses.dedup();
    let scopes = sienne
        .into_iter()
        .chain(caisses.into_iter().map(CpamScope::Caisse));
    Ok(scopes.map(|scope| Lecteur { compte_id, scope }).collect())
}
