//! The queue of a CPAM: requests by what falls due.
//!
//! Never a count, never an offset: pages follow each other by the key of the last row seen, and the shape of
//! each query is that of an index (`demande_file`, `demande_file_assignee`, `demande_file_etat`…).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::mots;
use regles::zonage::Categorie;

use super::condition::{EnToutesLettres, NON_LU_PAR_LA_CAISSE, parmi};
use super::premieres::premieres;
use super::recherche::Saisie;
use super::schema::{
    bassin, commune, demande, demande_etiquette, dossier_mot, kine, message, piece_demandee,
    utilisateur,
};
use super::{AnyConn, DbResult, commune as communes};

/// Written out, not bound: a partial index is only used when its condition is recognised in the text.
pub(super) const EN_COURS: &str =
    "demande.etat IN ('deposee', 'incomplete', 'complete', 'proposee', 'accordee')";

/// The same, over every CPAM: written as its own index is, since SQLite would otherwise search state by state and sort.
pub(super) const EN_COURS_PARTOUT: &str =
    "demande.etat NOT IN ('installee', 'refusee', 'caduque', 'retiree', 'sans_suite')";

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
    pub organisme_code: String,
    /// Day on which the file was complete.
    pub complete_le: Option<NaiveDate>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// Who handles it: first name and name.
    pub assigne: Option<(String, String)>,
}

/// The requests of a CPAM (none: of every CPAM), the most urgent first.
///
/// # Errors
/// The refusal of the database.
pub fn demandes<'a>(
    conn: &mut AnyConn,
    organisme: impl Into<Option<&'a str>>,
    filtre: &Filtre,
) -> DbResult<Vec<LigneFile>> {
    let mut requete = demande::table
        .inner_join(kine::table)
        .inner_join(commune::table)
        .inner_join(bassin::table.on(bassin::code.eq(demande::bassin_code)))
        .left_join(utilisateur::table.on(utilisateur::id.nullable().eq(demande::assigne_a)))
        .select((
            demande::id,
            demande::numero,
            demande::nature,
            demande::etat,
            demande::deposee_le,
            demande::notifiee_le,
            demande::prochaine_echeance,
            demande::echeance_nature,
            kine::prenom,
            kine::nom,
            kine::rpps,
            commune::nom,
            demande::insee,
            bassin::nom,
            demande::bassin_code,
            demande::categorie_depot,
            demande::derogation_famille,
            demande::organisme_code,
            demande::complete_le,
            demande::installee_le,
            (utilisateur::prenom, utilisateur::nom).nullable(),
        ))
        .into_boxed();
    let organisme = organisme.into();
    if let Some(organisme) = organisme {
        requete = requete.filter(demande::organisme_code.eq(organisme.to_owned()));
    }
    requete = match filtre.etat {
        Some(etat) => requete.filter(demande::etat.eq(etat)),
        None if organisme.is_none() => requete.filter(EnToutesLettres(EN_COURS_PARTOUT)),
        None => requete.filter(EnToutesLettres(EN_COURS)),
    };
    requete = match &filtre.assignation {
        Assignation::Toutes => requete,
        Assignation::Personne => requete.filter(demande::assigne_a.is_null()),
        Assignation::A(id) => requete.filter(demande::assigne_a.eq(*id)),
        Assignation::Parmi(ids) => requete.filter(parmi(demande::assigne_a, ids.as_slice())),
    };
    if let Some(nature) = filtre.nature {
        requete = requete.filter(demande::nature.eq(nature));
    }
    if let Some(bassin) = &filtre.bassin {
        requete = requete.filter(demande::bassin_code.eq(bassin));
    }
    if let Some(insee) = &filtre.insee {
        requete = requete.filter(demande::insee.eq(insee));
    }
    if let Some(jour) = filtre.echeance_du {
        requete = requete.filter(demande::prochaine_echeance.ge(jour));
    }
    if let Some(jour) = filtre.echeance_au {
        requete = requete.filter(demande::prochaine_echeance.le(jour));
    }
    if let Some(etiquette) = filtre.etiquette {
        requete = requete.filter(
            demande::id.eq_any(
                demande_etiquette::table
                    .filter(demande_etiquette::etiquette_id.eq(etiquette))
                    .select(demande_etiquette::demande_id),
            ),
        );
    }
    if filtre.non_lus {
        // In the words of the partial index: few messages wait.
        let attendent = message::table
            .filter(NON_LU_PAR_LA_CAISSE)
            .select(message::demande_id);
        let dossier = demande::id.nullable();
        requete = match organisme {
            Some(code) => requete.filter(
                dossier.eq_any(attendent.filter(message::organisme_code.eq(code.to_owned()))),
            ),
            None => requete.filter(dossier.eq_any(attendent)),
        };
    }
    match &filtre.texte {
        None => {}
        Some(Saisie::Numero(numero)) => {
            requete = requete.filter(
                demande::numero
                    .ge(numero)
                    .and(demande::numero.lt(mots::apres(numero)))
                    .or(kine::rpps.eq(numero)),
            );
        }
        Some(Saisie::Code(code)) => {
            let lieux = communes::de_code(conn, code)?;
            requete = requete.filter(parmi(demande::insee, lieux));
        }
        Some(Saisie::Mots(cherches)) => {
            for mot in cherches {
                let dossiers = dossier_mot::table
                    .filter(dossier_mot::demande_id.eq(demande::id))
                    .filter(dossier_mot::mot.ge(mot))
                    .filter(dossier_mot::mot.lt(mots::apres(mot)));
                requete = requete.filter(exists(dossiers));
            }
        }
    }
    if let Some((date, id)) = filtre.apres {
        // The first condition bounds the walk in the index, the second leaves out the rows already shown.
        requete = requete.filter(
            demande::prochaine_echeance
                .ge(date)
                .and(demande::prochaine_echeance.gt(date).or(demande::id.gt(id))),
        );
    }
    requete = match filtre.avant {
        None => requete.order((demande::prochaine_echeance, demande::id)),
        Some((date, id)) => requete
            .filter(
                demande::prochaine_echeance
                    .le(date)
                    .and(demande::prochaine_echeance.lt(date).or(demande::id.lt(id))),
            )
            .order((demande::prochaine_echeance.desc(), demande::id.desc())),
    };
    Ok(premieres(requete, filtre.lignes).load(conn)?)
}

/// The requests just before and just after this row of the queue, which need not be in it any more.
///
/// # Errors
/// The refusal of the database.
pub fn voisines<'a>(
    conn: &mut AnyConn,
    organisme: impl Into<Option<&'a str>>,
    filtre: &Filtre,
    ici: (NaiveDate, i64),
) -> DbResult<(Option<LigneFile>, Option<LigneFile>)> {
    let organisme = organisme.into();
    let une = |apres, avant| Filtre {
        apres,
        avant,
        lignes: 1,
        ..filtre.clone()
    };
    let precedente = demandes(conn, organisme, &une(None, Some(ici)))?.pop();
    let suivante = demandes(conn, organisme, &une(Some(ici), None))?.pop();
    Ok((precedente, suivante))
}

/// For these requests, the documents asked for: (request, whether it was received).
///
/// # Errors
/// The refusal of the database.
pub fn pieces_attendues(conn: &mut AnyConn, demandes: &[i64]) -> DbResult<Vec<(i64, bool)>> {
    if demandes.is_empty() {
        return Ok(Vec::new());
    }
    let recues: Vec<(i64, Option<NaiveDateTime>)> = piece_demandee::table
        .filter(parmi(piece_demandee::demande_id, demandes))
        .select((piece_demandee::demande_id, piece_demandee::recue_le))
        .load(conn)?;
    Ok(recues
        .into_iter()
        .map(|(id, recue_le)| (id, recue_le.is_some()))
        .collect())
}
