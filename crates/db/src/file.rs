//! The queue of a CPAM: the cases of every nature, or of one, by what falls due or by their filing.
//!
//! Never a count, never an offset: pages follow each other by the key of the last row seen, and the shape of
//! each query is that of an index of the trunk (`dossier_file_toutes`, `dossier_file`, `dossier_file_assignee`…).

mod ligne;
mod ordre;

pub use ligne::{
    LigneFile, Personne, Propre, PropreAppel, PropreDemande, PropreDepart, PropreRecours,
};
pub use ordre::{Par, Place, Rang, Tri};

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use regles::demande::NatureDemande;
use regles::dossier::NatureDossier;
use regles::mots;

use super::condition::{
    APPELS, DEMANDES, DEPARTS, DOSSIER_OUVERT, ECHEANCE_DE_LA_CAISSE, NON_LU_PAR_LA_CAISSE,
    RECOURS, TOUT_ETAT, parmi,
};
use super::premieres::premieres;
use super::recherche::Saisie;
use super::schema::{
    appel, audition, bassin, commune, compte, demande, depart, dossier, dossier_etiquette,
    dossier_mot, kine, message, place, recours, silence,
};
use super::silence::SilenceStocke;
use super::{AnyConn, DbResult, commune as communes};
use crate::dialect::Multi;

/// Whose files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Assignation {
    /// Everybody's.
    #[default]
    Toutes,
    /// Nobody's.
    Personne,
    /// Of this account.
    A(i64),
    /// Of one of these accounts.
    Parmi(Vec<i64>),
}

/// Which states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Etats {
    /// Those in which somebody still has to act.
    #[default]
    Ouverts,
    /// One state, by its code; codes belong to a nature.
    Un(&'static str),
    /// Every state.
    Tous,
}

/// What to show of the queue.
#[derive(Debug, Clone, Default)]
pub struct Filtre {
    /// One nature; none: all of them.
    pub nature: Option<NatureDossier>,
    /// Which states.
    pub etats: Etats,
    /// Whose.
    pub assignation: Assignation,
    /// One kind of request.
    pub sorte: Option<NatureDemande>,
    /// One zone, by the code of its bassin.
    pub bassin: Option<String>,
    /// Communes, by their INSEE codes: none of them finds nothing.
    pub insee: Option<Vec<String>>,
    /// What falls due on this day or later.
    pub echeance_du: Option<NaiveDate>,
    /// What falls due on this day or before.
    pub echeance_au: Option<NaiveDate>,
    /// Only what the caisse is late for: not the delay that who leaves has to contest (REG-3).
    pub en_retard: bool,
    /// With this label.
    pub etiquette: Option<i64>,
    /// Only those on which the practitioner wrote what nobody has read.
    pub non_lus: bool,
    /// A number or its last digits, a postcode, or words of the practitioner's name or of the commune.
    pub texte: Option<Saisie>,
    /// The order of the rows.
    pub tri: Tri,
    /// After this row, in this order.
    pub apres: Option<Place>,
    /// Before this row, the closest first.
    pub avant: Option<Place>,
    /// How many rows.
    pub lignes: i64,
}

/// The cases of a CPAM (none: of every CPAM), in the order asked for.
pub fn dossiers<'a>(
    conn: &mut AnyConn,
    caisse: impl Into<Option<&'a str>>,
    filtre: &Filtre,
) -> DbResult<Vec<LigneFile>> {
    let mut requete = dossier::table
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
        .left_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(dossier::assigne_a)))
        .left_join(demande::table.on(demande::id.eq(dossier::id)))
        .left_join(audition::table.on(audition::dossier_id.eq(dossier::id)))
        .left_join(silence::table.on(silence::dossier_id.eq(dossier::id)))
        .left_join(depart::table.on(depart::id.eq(dossier::id)))
        .left_join(place::table.on(place::id.eq(dossier::id)))
        .left_join(appel::table.on(appel::id.eq(dossier::id)))
        .left_join(recours::table.on(recours::id.eq(dossier::id)))
        .select(ligne::colonnes!())
        .into_boxed();
    let caisse = caisse.into();
    if let Some(caisse) = caisse {
        requete = requete.filter(dossier::caisse_code.eq(caisse.to_owned()));
    }
    requete = match filtre.nature {
        None => requete,
        Some(NatureDossier::Demande) => requete.filter(DEMANDES),
        Some(NatureDossier::Depart) => requete.filter(DEPARTS),
        Some(NatureDossier::Appel) => requete.filter(APPELS),
        Some(NatureDossier::Recours) => requete.filter(RECOURS),
    };
    requete = match filtre.etats {
        Etats::Ouverts => requete.filter(DOSSIER_OUVERT),
        Etats::Un(etat) => requete.filter(dossier::etat.eq(etat)),
        Etats::Tous => requete.filter(TOUT_ETAT),
    };
    requete = match &filtre.assignation {
        Assignation::Toutes => requete,
        Assignation::Personne => requete.filter(dossier::assigne_a.is_null()),
        Assignation::A(id) => requete.filter(dossier::assigne_a.eq(*id)),
        Assignation::Parmi(ids) => requete.filter(parmi(dossier::assigne_a, ids.as_slice())),
    };
    if let Some(sorte) = filtre.sorte {
        requete = requete.filter(demande::nature.eq(sorte));
    }
    if let Some(bassin) = &filtre.bassin {
        requete = requete.filter(dossier::bassin_code.eq(bassin));
    }
    if let Some(insee) = &filtre.insee {
        requete = requete.filter(parmi(dossier::insee, insee.clone()));
    }
    if let Some(jour) = filtre.echeance_du {
        requete = requete.filter(dossier::echeance.ge(jour));
    }
    if let Some(jour) = filtre.echeance_au {
        requete = requete.filter(dossier::echeance.le(jour));
    }
    if filtre.en_retard {
        requete = requete.filter(ECHEANCE_DE_LA_CAISSE);
    }
    if let Some(etiquette) = filtre.etiquette {
        requete = requete.filter(
            dossier::id.eq_any(
                dossier_etiquette::table
                    .filter(dossier_etiquette::etiquette_id.eq(etiquette))
                    .select(dossier_etiquette::dossier_id),
            ),
        );
    }
    if filtre.non_lus {
        // In the words of the partial index: few messages wait.
        let attendent = message::table
            .filter(NON_LU_PAR_LA_CAISSE)
            .select(message::dossier_id);
        requete = match caisse {
            Some(code) => requete.filter(
                dossier::id.eq_any(attendent.filter(message::caisse_code.eq(code.to_owned()))),
            ),
            None => requete.filter(dossier::id.eq_any(attendent)),
        };
    }
    let finit = |fin: &str| {
        let cle = mots::cle_fin(fin);
        let finissent = dossier_mot::table
            .filter(dossier_mot::dossier_id.eq(dossier::id))
            .filter(dossier_mot::mot.lt(mots::apres(&cle)))
            .filter(dossier_mot::mot.ge(cle));
        exists(finissent)
    };
    match &filtre.texte {
        None => {}
        Some(Saisie::Numero(numero)) => {
            requete = requete.filter(
                dossier::numero
                    .ge(numero)
                    .and(dossier::numero.lt(mots::apres(numero)))
                    .nullable()
                    .or(kine::rpps.nullable().eq(numero)),
            );
        }
        Some(Saisie::Fin(fin)) => {
            requete = requete.filter(
                finit(fin).or(dossier::numero
                    .ge(fin)
                    .and(dossier::numero.lt(mots::apres(fin)))),
            );
        }
        Some(Saisie::Code(code)) => {
            let lieux = communes::de_code(conn, code)?;
            requete = if lieux.is_empty() {
                requete.filter(finit(code))
            } else {
                requete.filter(parmi(dossier::insee, lieux))
            };
        }
        Some(Saisie::Mots(cherches)) => {
            for mot in cherches {
                let trouves = dossier_mot::table
                    .filter(dossier_mot::dossier_id.eq(dossier::id))
                    .filter(dossier_mot::mot.ge(mot))
                    .filter(dossier_mot::mot.lt(mots::apres(mot)));
                requete = requete.filter(exists(trouves));
            }
        }
    }
    // Each order is that of an index: the first condition bounds the walk, the second leaves out the rows already shown.
    macro_rules! suivre {
        ($colonne:expr, $rang:expr, $croit:expr) => {
            match ($rang, $croit) {
                (None, true) => requete.order(($colonne.asc(), dossier::id.asc())),
                (None, false) => requete.order(($colonne.desc(), dossier::id.desc())),
                (Some((rang, id)), true) => requete
                    .filter(
                        $colonne
                            .ge(rang)
                            .and($colonne.gt(rang).or(dossier::id.gt(id))),
                    )
                    .order(($colonne.asc(), dossier::id.asc())),
                (Some((rang, id)), false) => requete
                    .filter(
                        $colonne
                            .le(rang)
                            .and($colonne.lt(rang).or(dossier::id.lt(id))),
                    )
                    .order(($colonne.desc(), dossier::id.desc())),
            }
        };
    }
    let croit = filtre.tri.decroissant == filtre.avant.is_some();
    let place = filtre.apres.or(filtre.avant);
    requete = match filtre.tri.par {
        Par::Echeance => {
            let place = place.and_then(|(rang, id)| Some((rang.echeance()?, id)));
            suivre!(dossier::echeance, place, croit)
        }
        Par::Depot => {
            let place = place.and_then(|(rang, id)| Some((rang.depot()?, id)));
            suivre!(dossier::depose_le, place, croit)
        }
    };
    let lues: Vec<ligne::Lue> = premieres(requete, filtre.lignes).load(conn)?;
    lues.into_iter().map(LigneFile::lire).collect()
}

/// The cases just before and just after this row of the queue, which need not be in it any more.
pub fn voisines<'a>(
    conn: &mut AnyConn,
    caisse: impl Into<Option<&'a str>>,
    filtre: &Filtre,
    ici: Place,
) -> DbResult<(Option<LigneFile>, Option<LigneFile>)> {
    let caisse = caisse.into();
    let une = |apres, avant| Filtre {
        apres,
        avant,
        lignes: 1,
        ..filtre.clone()
    };
    let precedente = dossiers(conn, caisse, &une(None, Some(ici)))?.pop();
    let suivante = dossiers(conn, caisse, &une(Some(ici), None))?.pop();
    Ok((precedente, suivante))
}
