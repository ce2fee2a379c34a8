//! ZON-10: the open places and the undecided requests whose category an arrêté changes.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use regles::arrete::{Effet, Genre, effet};
use regles::demande::NatureDemande;
use regles::zonage::Categorie;

use super::{AnyConn, DbError, DbResult};

// The category that an arrêté gives a commune, as in `zonage::categorie`: the line of the commune, else its whole
// bassin unless it is mixed. SQLite numbers `$n` in the order in which they appear: the new arrêté comes first.
const ZONES: &str = "LEFT JOIN zonage_commune na ON na.arrete_id = $1 AND na.insee = co.insee \
    LEFT JOIN zonage_bassin nb ON nb.arrete_id = $1 AND nb.bassin_code = COALESCE(na.bassin_code, co.bassin_code) \
    LEFT JOIN zonage_commune va ON va.arrete_id = $2 AND va.insee = co.insee \
    LEFT JOIN zonage_bassin vb ON vb.arrete_id = $2 AND vb.bassin_code = COALESCE(va.bassin_code, co.bassin_code) \
    WHERE b.region_attribution = $3";
const CATEGORIES: &str = "COALESCE(va.categorie, CASE WHEN vb.mixte THEN NULL ELSE vb.categorie END) AS avant, \
    COALESCE(na.categorie, CASE WHEN nb.mixte THEN NULL ELSE nb.categorie END) AS apres";

/// What a kind of object is read from, beside its zone: joins, and the condition that it is still open.
fn source(genre: Genre) -> &'static str {
    match genre {
        Genre::Place => {
            "FROM bassin b JOIN place o ON o.bassin_code = b.code AND o.etat IN ('a_examiner', 'ouverte', 'a_attribuer') \
             JOIN dossier d ON d.id = o.id JOIN kine k ON k.id = d.kine_id \
             JOIN commune co ON co.insee = d.insee"
        }
        Genre::Demande => {
            "FROM bassin b JOIN dossier o ON o.bassin_code = b.code AND o.nature = 'demande' \
             AND o.etat IN ('deposee', 'incomplete', 'complete', 'proposee') \
             JOIN kine k ON k.id = o.kine_id JOIN commune co ON co.insee = o.insee"
        }
    }
}

/// An arrêté, the one it replaces (none: nothing was classified), and the region of both.
#[derive(Debug, Clone)]
pub struct Succession {
    /// The arrêté.
    pub nouveau: i64,
    /// The one it replaces.
    pub ancien: Option<i64>,
    /// The region of both.
    pub region: String,
}

impl Succession {
    fn ancien(&self) -> i64 {
        // No arrêté has this identifier.
        self.ancien.unwrap_or(0)
    }
}

/// How many objects of a CPAM an arrêté changes in one way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CompteEffet {
    /// The CPAM.
    pub caisse: String,
    /// What is counted.
    pub genre: Genre,
    /// What changes.
    pub effet: Effet,
    /// How many.
    pub nombre: i64,
}

/// Adds up counts by CPAM, kind and effect; what does not change is left out.
pub fn totaliser(
    comptes: impl IntoIterator<Item = (String, Genre, Option<Categorie>, Option<Categorie>, i64)>,
) -> Vec<CompteEffet> {
    let mut totaux: std::collections::BTreeMap<(String, Genre, Effet), i64> =
        std::collections::BTreeMap::new();
    for (caisse, genre, avant, apres, nombre) in comptes {
        if let Some(effet) = effet(avant, apres) {
            *totaux.entry((caisse, genre, effet)).or_default() += nombre;
        }
    }
    totaux
        .into_iter()
        .map(|((caisse, genre, effet), nombre)| CompteEffet {
            caisse,
            genre,
            effet,
            nombre,
        })
        .collect()
}

fn categorie(lue: Option<&str>) -> DbResult<Option<Categorie>> {
    lue.map(str::parse).transpose().map_err(DbError::Incoherent)
}

/// The query of [`compter`]: the new arrêté, the former one, the region, then the CPAM if there is one. Public for
/// the tests that read its plan.
pub fn sql_compter(genre: Genre, une_caisse: bool) -> String {
    let filtre = if une_caisse {
        " AND o.caisse_code = $4"
    } else {
        ""
    };
    format!(
        "SELECT caisse, avant, apres, COUNT(*) AS nombre FROM ( \
         SELECT o.caisse_code AS caisse, {CATEGORIES} {} {ZONES}{filtre}) AS ouvert \
         WHERE avant IS DISTINCT FROM apres GROUP BY caisse, avant, apres",
        source(genre)
    )
}

/// The query of [`lister`]: the two arrêtés, the region, after which identifier, the CPAM if there is one, how many.
/// Public for the tests that read its plan.
pub fn sql_lister(genre: Genre, une_caisse: bool) -> String {
    let (reference, nature) = match genre {
        Genre::Place => ("CAST(o.id AS TEXT)", "NULL"),
        Genre::Demande => (
            "o.numero",
            "(SELECT n.nature FROM demande n WHERE n.id = o.id)",
        ),
    };
    let (filtre, borne) = if une_caisse {
        (" AND o.caisse_code = $5", "$6")
    } else {
        ("", "$5")
    };
    format!(
        "SELECT * FROM (SELECT o.id AS id, o.caisse_code AS caisse, {reference} AS reference, {nature} AS nature, \
         o.etat AS etat, k.prenom || ' ' || k.nom AS nom, co.insee AS insee, co.nom AS commune, b.code AS bassin, \
         b.nom AS bassin_nom, {CATEGORIES} {} {ZONES} AND o.id > $4{filtre}) AS ouvert \
         WHERE avant IS DISTINCT FROM apres ORDER BY id LIMIT {borne}",
        source(genre)
    )
}

/// The query of [`ouverts`]: the region. Public for the tests that read its plan.
pub fn sql_ouverts(genre: Genre) -> String {
    format!(
        "SELECT o.caisse_code AS caisse, co.insee AS insee, COUNT(*) AS nombre {} \
         WHERE b.region_attribution = $1 GROUP BY o.caisse_code, co.insee",
        source(genre)
    )
}

#[derive(QueryableByName)]
struct Compte {
    #[diesel(sql_type = Text)]
    caisse: String,
    #[diesel(sql_type = Nullable<Text>)]
    avant: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    apres: Option<String>,
    #[diesel(sql_type = BigInt)]
    nombre: i64,
}

/// What an arrêté changes, counted by CPAM; of one CPAM when it is named. Two queries.
///
/// # Errors
/// The refusal of the database, a stored category that does not read.
pub fn compter(
    conn: &mut AnyConn,
    de: &Succession,
    caisse: Option<&str>,
) -> DbResult<Vec<CompteEffet>> {
    let mut tous = Vec::new();
    for genre in Genre::TOUS {
        let requete = diesel::sql_query(sql_compter(*genre, caisse.is_some()))
            .into_boxed()
            .bind::<BigInt, _>(de.nouveau)
            .bind::<BigInt, _>(de.ancien())
            .bind::<Text, _>(&de.region);
        let lus: Vec<Compte> = match caisse {
            Some(code) => requete.bind::<Text, _>(code).load(conn)?,
            None => requete.load(conn)?,
        };
        for c in lus {
            let (avant, apres) = (
                categorie(c.avant.as_deref())?,
                categorie(c.apres.as_deref())?,
            );
            tous.push((c.caisse, *genre, avant, apres, c.nombre));
        }
    }
    Ok(totaliser(tous))
}

/// An object whose category changes, with what a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touche {
    /// Identifier of the place or of the request.
    pub id: i64,
    /// What it is.
    pub genre: Genre,
    /// The CPAM.
    pub caisse: String,
    /// Number of the request; for a place, identifier of the departure.
    pub reference: String,
    /// What a request rests on.
    pub nature: Option<NatureDemande>,
    /// Where it stands, as stored.
    pub etat: String,
    /// Who leaves, or who asks: first name and name.
    pub nom: String,
    /// INSEE code of the place of practice.
    pub insee: String,
    /// Its name.
    pub commune: String,
    /// The bassin.
    pub bassin: String,
    /// Its name.
    pub bassin_nom: String,
    /// Category before.
    pub avant: Option<Categorie>,
    /// Category after.
    pub apres: Option<Categorie>,
    /// What changes.
    pub effet: Effet,
}

#[derive(QueryableByName)]
struct Ligne {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    caisse: String,
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = Nullable<Text>)]
    nature: Option<String>,
    #[diesel(sql_type = Text)]
    etat: String,
    #[diesel(sql_type = Text)]
    nom: String,
    #[diesel(sql_type = Text)]
    insee: String,
    #[diesel(sql_type = Text)]
    commune: String,
    #[diesel(sql_type = Text)]
    bassin: String,
    #[diesel(sql_type = Text)]
    bassin_nom: String,
    #[diesel(sql_type = Nullable<Text>)]
    avant: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    apres: Option<String>,
}

/// The objects of a kind that an arrêté changes, in the order of their identifiers, after `apres`; of one CPAM
/// when it is named.
///
/// # Errors
/// The refusal of the database, a stored value that does not read.
pub fn lister(
    conn: &mut AnyConn,
    de: &Succession,
    genre: Genre,
    caisse: Option<&str>,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<Touche>> {
    let requete = diesel::sql_query(sql_lister(genre, caisse.is_some()))
        .into_boxed()
        .bind::<BigInt, _>(de.nouveau)
        .bind::<BigInt, _>(de.ancien())
        .bind::<Text, _>(&de.region)
        .bind::<BigInt, _>(apres);
    let lues: Vec<Ligne> = match caisse {
        Some(code) => requete
            .bind::<Text, _>(code)
            .bind::<BigInt, _>(limite)
            .load(conn)?,
        None => requete.bind::<BigInt, _>(limite).load(conn)?,
    };
    lues.into_iter().map(|l| touche(l, genre)).collect()
}

fn touche(l: Ligne, genre: Genre) -> DbResult<Touche> {
    let (avant, apres) = (
        categorie(l.avant.as_deref())?,
        categorie(l.apres.as_deref())?,
    );
    Ok(Touche {
        effet: effet(avant, apres)
            .ok_or_else(|| DbError::Incoherent(format!("{} {} inchangée", genre, l.id)))?,
        nature: l
            .nature
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(DbError::Incoherent)?,
        id: l.id,
        genre,
        caisse: l.caisse,
        reference: l.reference,
        etat: l.etat,
        nom: l.nom,
        insee: l.insee,
        commune: l.commune,
        bassin: l.bassin,
        bassin_nom: l.bassin_nom,
        avant,
        apres,
    })
}

/// What is open in the zones of a region, by CPAM and commune: what an arrêté not yet stored is compared with.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Ouverts {
    /// The CPAM.
    #[diesel(sql_type = Text)]
    pub caisse: String,
    /// The commune.
    #[diesel(sql_type = Text)]
    pub insee: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub nombre: i64,
}

/// The open objects of a kind in a region, counted by CPAM and commune.
pub fn ouverts(conn: &mut AnyConn, genre: Genre, region: &str) -> DbResult<Vec<Ouverts>> {
    Ok(diesel::sql_query(sql_ouverts(genre))
        .bind::<Text, _>(region)
        .load(conn)?)
}
