//! Conditions whose statement stays prepared. Diesel throws a statement away as soon as it holds `dsl::sql` or
//! `eq_any`, since their text could be anything: planning the queue's joins anew costs more than walking them.
//! Here the text is a constant, or one of a few, so that each statement is planned once per connection.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

use super::CpamScope;

/// A condition written out word for word, as partial indexes want it: they are only used when their own condition
/// is recognised in the text.
#[derive(Debug, Clone, Copy)]
pub struct EnToutesLettres(pub &'static str);

/// The condition of `echeance_en_cours`.
pub const ECHEANCE_EN_COURS: EnToutesLettres = EnToutesLettres("echeance.etat = 'en_cours'");
/// The condition of `representant_actif`: the mandate that counts.
pub const MANDAT_ACTIF: EnToutesLettres =
    EnToutesLettres("representant.etat IN ('propose', 'verifie')");
/// The condition of `designation_active`: the designation that counts.
pub const DESIGNATION_ACTIVE: EnToutesLettres =
    EnToutesLettres("designation.etat IN ('en_attente', 'acceptee')");
/// What falls due is of the caisse: not the last day on which who leaves may contest (REG-3).
pub const ECHEANCE_DE_LA_CAISSE: EnToutesLettres =
    EnToutesLettres("dossier.echeance_nature <> 'contestation_decompte'");
/// The requests, of the trunk.
pub const DEMANDES: EnToutesLettres = EnToutesLettres("dossier.nature = 'demande'");
/// The departures, of the trunk.
pub const DEPARTS: EnToutesLettres = EnToutesLettres("dossier.nature = 'depart'");
/// The calls for candidates, of the trunk.
pub const APPELS: EnToutesLettres = EnToutesLettres("dossier.nature = 'appel'");
/// The appeals, of the trunk.
pub const RECOURS: EnToutesLettres = EnToutesLettres("dossier.nature = 'recours'");
/// The appeals that wait for an answer.
pub const RECOURS_OUVERT: EnToutesLettres = EnToutesLettres(
    "dossier.nature = 'recours' AND dossier.etat IN ('devant_la_commission', 'devant_le_juge')",
);
/// The words of the requests.
pub const MOTS_DE_DEMANDES: EnToutesLettres = EnToutesLettres("dossier_mot.nature = 'demande'");
/// The condition of the indexes of the queue.
pub const DOSSIER_OUVERT: EnToutesLettres = EnToutesLettres("dossier.ouvert");
/// Every state; the condition of the indexes that hold what is closed too, which nothing else may walk.
pub const TOUT_ETAT: EnToutesLettres = EnToutesLettres("dossier.ouvert IN (TRUE, FALSE)");
/// A silence that runs; the condition of `echeance_silence`.
pub const SILENCE_COURT: EnToutesLettres =
    EnToutesLettres("echeance.etat = 'en_cours' AND echeance.nature = 'decision_implicite'");
/// What came into a zone by succession or derogation; the condition of `dossier_arrivee`.
pub const ARRIVEES: EnToutesLettres =
    EnToutesLettres("dossier.arrivee AND dossier.etat IN ('accordee', 'installee')");
/// The condition of `dossier_appel_en_cours`.
pub const APPEL_OUVERT: EnToutesLettres =
    EnToutesLettres("dossier.nature = 'appel' AND dossier.etat = 'ouvert'");
/// An attributed call; the condition of `appel_depot`.
pub const APPEL_ATTRIBUE: EnToutesLettres =
    EnToutesLettres("dossier.etat = 'attribue' AND appel.depot_limite IS NOT NULL");
/// The condition of `lot_inacheve`.
pub const LOT_INACHEVE: EnToutesLettres = EnToutesLettres("lot.etat IN ('en_cours', 'annulation')");
/// The condition of `tache_a_faire`.
pub const TACHE_A_FAIRE: EnToutesLettres = EnToutesLettres("tache.etat = 'a_faire'");
/// The condition of `tache_en_cours`.
pub const TACHE_EN_COURS: EnToutesLettres = EnToutesLettres("tache.etat = 'en_cours'");
/// The condition of `tache_morte`.
pub const TACHE_MORTE: EnToutesLettres = EnToutesLettres("tache.etat IN ('echec', 'incertaine')");
/// The condition of `message_non_lu_caisse`.
pub const NON_LU_PAR_LA_CAISSE: EnToutesLettres =
    EnToutesLettres("message.lu_le IS NULL AND message.cote = 'kine'");
/// The condition of `message_non_lu_kine`.
pub const NON_LU_PAR_LE_KINE: EnToutesLettres =
    EnToutesLettres("message.lu_le IS NULL AND message.cote = 'caisse'");

/// What is new for who is logged in, under the mandate of the session; the condition of `nouveaute_a_lire` first.
pub const A_LIRE_ICI: EnToutesLettres = EnToutesLettres(
    "nouveaute.lue_le IS NULL AND COALESCE(nouveaute.caisse_code, '') = COALESCE(mandat.caisse_code, '')",
);

impl Expression for EnToutesLettres {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for EnToutesLettres {}
impl<QS> SelectableExpression<QS> for EnToutesLettres {}

impl<GB> ValidGrouping<GB> for EnToutesLettres {
    type IsAggregate = is_aggregate::No;
}

/// Two texts are two statements: the type does not tell them apart, the text does.
impl QueryId for EnToutesLettres {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> QueryFragment<DB> for EnToutesLettres {
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        sortie.push_sql(self.0);
        Ok(())
    }
}

/// What of the trunk a person may see: the query joins `dossier`.
#[derive(Debug, Clone)]
pub struct Visible(pub CpamScope);

impl Expression for Visible {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for Visible {}
impl<QS> SelectableExpression<QS> for Visible {}

impl<GB> ValidGrouping<GB> for Visible {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Visible {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Visible
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match &self.0 {
            CpamScope::National => sortie.push_sql("1 = 1"),
            CpamScope::Caisse(code) => {
                sortie.push_sql("dossier.caisse_code = ");
                sortie.push_bind_param::<Text, _>(code)?;
            }
            CpamScope::Region(code) => {
                sortie.push_sql("dossier.caisse_code IN (SELECT code FROM caisse WHERE region = ");
                sortie.push_bind_param::<Text, _>(code)?;
                sortie.push_sql(")");
            }
            CpamScope::Zone(code) => {
                sortie.push_sql("dossier.bassin_code = ");
                sortie.push_bind_param::<Text, _>(code)?;
            }
            CpamScope::Sante(code) => {
                sortie.push_sql("dossier.caisse_code = ");
                sortie.push_bind_param::<Text, _>(code)?;
                sortie.push_sql(
                    " AND EXISTS (SELECT 1 FROM piece AS tenue WHERE tenue.dossier_id = dossier.id AND tenue.sante)",
                );
            }
            CpamScope::Kine(id) => {
                sortie.push_sql("dossier.kine_id = ");
                sortie.push_bind_param::<BigInt, _>(id)?;
            }
        }
        Ok(())
    }
}

/// PRO-14: whether a document may be read in this scope, as far as its compartment goes: what touches health, by who sent it
/// and by the praticien-conseil, who reads nothing else. The query reads `piece`; it is never NULL.
#[derive(Debug, Clone)]
pub struct Lisible(pub CpamScope);

impl Expression for Lisible {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for Lisible {}
impl<QS> SelectableExpression<QS> for Lisible {}

impl<GB> ValidGrouping<GB> for Lisible {
    type IsAggregate = is_aggregate::No;
}

/// Its text depends on the scope.
impl QueryId for Lisible {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Lisible
where
    DB: Backend + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match &self.0 {
            CpamScope::Caisse(_)
            | CpamScope::Region(_)
            | CpamScope::Zone(_)
            | CpamScope::National => sortie.push_sql("NOT piece.sante"),
            CpamScope::Sante(_) => sortie.push_sql("piece.sante"),
            CpamScope::Kine(id) => {
                sortie.push_sql(
                    "(NOT piece.sante OR EXISTS (SELECT 1 FROM kine AS auteur WHERE auteur.compte_id = piece.deposee_par \
                     AND auteur.id = ",
                );
                sortie.push_bind_param::<BigInt, _>(id)?;
                sortie.push_sql("))");
            }
        }
        Ok(())
    }
}

/// «This column is one of these values», for lists as long as a page: the list is filled up with its last value to
/// a power of two, so that there are few statements to keep.
#[derive(Debug, Clone)]
pub struct Parmi<C, T> {
    colonne: C,
    valeurs: Vec<T>,
}

/// The rows where `colonne` is one of `valeurs`; none when there are none.
pub fn parmi<C, T: Clone>(colonne: C, valeurs: impl Into<Vec<T>>) -> Parmi<C, T> {
    let mut valeurs = valeurs.into();
    if let Some(derniere) = valeurs.last().cloned() {
        valeurs.resize(valeurs.len().next_power_of_two(), derniere);
    }
    Parmi { colonne, valeurs }
}

impl<C: Expression, T> Expression for Parmi<C, T> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<QS>, T, QS> AppearsOnTable<QS> for Parmi<C, T> {}
impl<C: SelectableExpression<QS>, T, QS> SelectableExpression<QS> for Parmi<C, T> {}

impl<C, T, GB> ValidGrouping<GB> for Parmi<C, T> {
    type IsAggregate = is_aggregate::No;
}

impl<C, T> QueryId for Parmi<C, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, T, DB> QueryFragment<DB> for Parmi<C, T>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression + QueryFragment<DB>,
    T: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut sortie: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some((premiere, suite)) = self.valeurs.split_first() else {
            sortie.push_sql("1 = 0");
            return Ok(());
        };
        self.colonne.walk_ast(sortie.reborrow())?;
        sortie.push_sql(" IN (");
        sortie.push_bind_param::<C::SqlType, _>(premiere)?;
        for valeur in suite {
            sortie.push_sql(", ");
            sortie.push_bind_param::<C::SqlType, _>(valeur)?;
        }
        sortie.push_sql(")");
        Ok(())
    }
}
