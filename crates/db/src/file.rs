//! The queue of a CPAM: requests by what falls due.
//!
//! Never a count, never an offset: pages follow each other by the key of the last row seen, and the shape of
//! each query is that of an index of the trunk (`dossier_file`, `dossier_file_assignee`, `dossier_file_etat`…).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::mots;
use regles::zonage::Categorie;

use super::condition::{DEMANDES, DOSSIER_OUVERT, NON_LU_PAR_LA_CAISSE, parmi};
use super::premieres::premieres;
use super::recherche::Saisie;
use super::schema::{
    bassin, commune, compte, demande, dossier, dossier_etiquette, dossier_mot, kine, message,
};
use super::{AnyConn, DbResult, commune as communes};

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

/// What to show of the queue.
#[derive(Debug, Clone, Default)]
pub struct Filtre {
    /// One state; none: every request that is open.
    pub etat: Option<EtatDemande>,
    /// Whose.
    pub assignation: Assignation,
    /// One kind.
    pub nature: Option<NatureDemande>,
    /// One zone, by the code of its bassin.
    pub bassin: Option<String>,
    /// One commune, by its INSEE code.
    pub insee: Option<String>,
    /// What falls due on this day or later.
    pub echeance_du: Option<NaiveDate>,
    /// What falls due on this day or before.
    pub echeance_au: Option<NaiveDate>,
    /// With this label.
    pub etiquette: Option<i64>,
    /// Only those on which the applicant wrote what nobody has read.
    pub non_lus: bool,
    /// A number, a postcode, or words of the applicant's name or of the commune.
    pub texte: Option<Saisie>,
    /// After this row: what falls due, identifier.
    pub apres: Option<(NaiveDate, i64)>,
    /// Before this row, the closest first.
    pub avant: Option<(NaiveDate, i64)>,
    /// How many rows.
    pub lignes: i64,
}

/// One request of the queue.
#[derive(Debug, Clone, Queryable)]
pub struct LigneFile {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// What it rests on.
    pub nature: NatureDemande,
    /// Where it stands.
    pub etat: EtatDemande,
    /// When it was filed (UTC).
    pub deposee_le: NaiveDateTime,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// What falls due first.
    pub prochaine_echeance: NaiveDate,
    /// What that is.
    pub echeance_nature: String,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// RPPS of the applicant.
    pub rpps: String,
    /// Commune of practice.
    pub commune: String,
    /// Its INSEE code.
    pub insee: String,
    /// Zone of practice.
    pub bassin: String,
    /// Its code.
    pub bassin_code: String,
    /// Category of the zone on the day of filing (ZON-10).
    pub categorie_depot: Categorie,
    /// DER-1: family of a derogation.
    pub derogation_famille: Option<String>,
    /// The CPAM.
    pub caisse_code: String,
    /// Day on which the file was complete.
    pub complete_le: Option<NaiveDate>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// Who handles it: first name and name.
    pub assigne: Option<(String, String)>,
}

/// The requests of a CPAM (none: of every CPAM), the most urgent first.
pub fn demandes<'a>(
    conn: &mut AnyConn,
    caisse: impl Into<Option<&'a str>>,
    filtre: &Filtre,
) -> DbResult<Vec<LigneFile>> {
    let mut requete = dossier::table
        .inner_join(demande::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .inner_join(bassin::table.on(bassin::code.eq(dossier::bassin_code)))
        .left_join(compte::table.on(compte::id.nullable().eq(dossier::assigne_a)))
        .filter(DEMANDES)
        .select((
            dossier::id,
            dossier::numero,
            demande::nature,
            dossier::etat,
            dossier::depose_le,
            demande::notifiee_le,
            dossier::echeance,
            dossier::echeance_nature,
            kine::prenom,
            kine::nom,
            kine::rpps,
            commune::nom,
            dossier::insee,
            bassin::nom,
            dossier::bassin_code,
            demande::categorie_depot,
            demande::derogation_famille,
            dossier::caisse_code,
            demande::complete_le,
            demande::installee_le,
            (compte::prenom, compte::nom).nullable(),
        ))
        .into_boxed();
    let caisse = caisse.into();
    if let Some(caisse) = caisse {
        requete = requete.filter(dossier::caisse_code.eq(caisse.to_owned()));
    }
    requete = match filtre.etat {
        Some(etat) => requete.filter(dossier::etat.eq(etat)),
        None => requete.filter(DOSSIER_OUVERT),
    };
    requete = match &filtre.assignation {
        Assignation::Toutes => requete,
        Assignation::Personne => requete.filter(dossier::assigne_a.is_null()),
        Assignation::A(id) => requete.filter(dossier::assigne_a.eq(*id)),
        Assignation::Parmi(ids) => requete.filter(parmi(dossier::assigne_a, ids.as_slice())),
    };
    if let Some(nature) = filtre.nature {
        requete = requete.filter(demande::nature.eq(nature));
    }
    if let Some(bassin) = &filtre.bassin {
        requete = requete.filter(dossier::bassin_code.eq(bassin));
    }
    if let Some(insee) = &filtre.insee {
        requete = requete.filter(dossier::insee.eq(insee));
    }
    if let Some(jour) = filtre.echeance_du {
        requete = requete.filter(dossier::echeance.ge(jour));
    }
    if let Some(jour) = filtre.echeance_au {
        requete = requete.filter(dossier::echeance.le(jour));
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
    match &filtre.texte {
        None => {}
        Some(Saisie::Numero(numero)) => {
            requete = requete.filter(
                dossier::numero
                    .ge(numero)
                    .and(dossier::numero.lt(mots::apres(numero)))
                    .or(kine::rpps.eq(numero)),
            );
        }
        Some(Saisie::Code(code)) => {
            let lieux = communes::de_code(conn, code)?;
            requete = requete.filter(parmi(dossier::insee, lieux));
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
    if let Some((date, id)) = filtre.apres {
        // The first condition bounds the walk in the index, the second leaves out the rows already shown.
        requete = requete.filter(
            dossier::echeance
                .ge(date)
                .and(dossier::echeance.gt(date).or(dossier::id.gt(id))),
        );
    }
    requete = match filtre.avant {
        None => requete.order((dossier::echeance, dossier::id)),
        Some((date, id)) => requete
            .filter(
                dossier::echeance
                    .le(date)
                    .and(dossier::echeance.lt(date).or(dossier::id.lt(id))),
            )
            .order((dossier::echeance.desc(), dossier::id.desc())),
    };
    Ok(premieres(requete, filtre.lignes).load(conn)?)
}

/// The requests just before and just after this row of the queue, which need not be in it any more.
pub fn voisines<'a>(
    conn: &mut AnyConn,
    caisse: impl Into<Option<&'a str>>,
    filtre: &Filtre,
    ici: (NaiveDate, i64),
) -> DbResult<(Option<LigneFile>, Option<LigneFile>)> {
    let caisse = caisse.into();
    let une = |apres, avant| Filtre {
        apres,
        avant,
        lignes: 1,
        ..filtre.clone()
    };
    let precedente = demandes(conn, caisse, &une(None, Some(ici)))?.pop();
    let suivante = demandes(conn, caisse, &une(Some(ici), None))?.pop();
    Ok((precedente, suivante))
}
