//! The arrêtés de zonage in force, and the category of a place at a date (ZON-6).

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::reglement::{Reglement, ReglementError};
use regles::zonage::Categorie;

use super::arrete::{self, Arrete};
use super::commune::{self, Commune};
use super::schema::{zonage_bassin, zonage_commune};
use super::{AnyConn, DbError};

/// Code of the profession that this product regulates (ZON-9): masseur-kinésithérapeute.
pub const MASSEUR_KINESITHERAPEUTE: &str = "70";

/// The category of a place at a date, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneTrouvee {
    /// The category.
    pub categorie: Categorie,
    /// Code of the bassin, as the arrêté has it.
    pub bassin: String,
    /// Name of the bassin.
    pub bassin_nom: String,
    /// The arrêté in force.
    pub arrete: Arrete,
    /// What a screen that uses this answer must say with it, in French.
    pub avertissements: Vec<String>,
}

/// Why there is no category: what is missing, never a guess.
#[derive(Debug, thiserror::Error)]
pub enum ZoneError {
    /// The INSEE code is in no list of communes imported.
    #[error("la commune {0} est inconnue")]
    CommuneInconnue(Insee),
    /// ZON-6: a commune with no bassin.
    #[error("{nom} ({insee}) n’appartient à aucun bassin de vie ou canton-ou-ville{}", indice(*.arrondissements))]
    SansBassin {
        /// INSEE code.
        insee: String,
        /// Name.
        nom: String,
        /// Whether its arrondissements have one.
        arrondissements: bool,
    },
    /// ZON-6: no arrêté of the region is in force at the date.
    #[error("aucun arrêté de zonage de la région {region} n’est en vigueur le {}", dates_fr::longue(*.date))]
    SansArrete {
        /// Region of the bassin's attribution.
        region: String,
        /// The date asked for.
        date: NaiveDate,
    },
    /// ZON-5 with `zonage.apres_echeance = sans_reponse`.
    #[error("l’arrêté {arrete} n’est plus valide depuis le {}", dates_fr::longue(*.depuis))]
    ArreteEchu {
        /// The arrêté.
        arrete: String,
        /// First day without validity.
        depuis: NaiveDate,
    },
    /// The arrêté in force says nothing of the bassin.
    #[error("l’arrêté {arrete} ne classe pas le bassin {bassin} {nom}")]
    BassinNonClasse {
        /// The arrêté.
        arrete: String,
        /// Code of the bassin.
        bassin: String,
        /// Name of the bassin.
        nom: String,
    },
    /// The arrêté mixes categories in the bassin and has no line for this commune.
    #[error(
        "classement mixte : l’arrêté {arrete} donne plusieurs catégories au bassin {bassin} {nom} et aucune à cette commune"
    )]
    ClassementMixte {
        /// The arrêté.
        arrete: String,
        /// Code of the bassin.
        bassin: String,
        /// Name of the bassin.
        nom: String,
    },
    /// A parameter of the rules is missing at the date.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
    /// The database refused the query.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for ZoneError {
    fn from(error: diesel::result::Error) -> Self {
        ZoneError::Db(error.into())
    }
}

fn indice(arrondissements: bool) -> &'static str {
    if arrondissements {
        " : précisez l’arrondissement"
    } else {
        ""
    }
}

/// ZON-6: the category of a commune at a date is that of its bassin in the arrêté, in force at
/// that date, of the bassin's région d'attribution. Where the arrêté gives the commune a line of
/// its own, that line answers.
///
/// # Errors
/// [`ZoneError`], naming what is missing.
pub fn categorie(
    conn: &mut AnyConn,
    reglement: &Reglement,
    insee: &Insee,
    date: NaiveDate,
) -> Result<ZoneTrouvee, ZoneError> {
    let commune =
        commune::lire(conn, insee)?.ok_or_else(|| ZoneError::CommuneInconnue(insee.clone()))?;
    let Some(code) = commune.bassin_code.clone() else {
        return Err(sans_bassin(conn, commune)?);
    };
    let bassin = bassin_connu(conn, &code)?;
    let region = &bassin.region_attribution;
    let arrete =
        arrete::en_vigueur(conn, MASSEUR_KINESITHERAPEUTE, region, date)?.ok_or_else(|| {
            ZoneError::SansArrete {
                region: region.clone(),
                date,
            }
        })?;
    let mut avertissements = Vec::new();
    avertissements.extend(echeance(reglement, &arrete, date)?);
    let (code, categorie, mixte) = classement(conn, &arrete, &commune, &code)?;
    if mixte {
        avertissements.push(format!(
            "l’arrêté {arrete} donne plusieurs catégories au bassin {code} : celle de la ligne de la commune est retenue"
        ));
    }
    let bassin_nom = if code == bassin.code {
        bassin.nom
    } else {
        bassin_connu(conn, &code)?.nom
    };
    Ok(ZoneTrouvee {
        categorie,
        bassin: code,
        bassin_nom,
        arrete,
        avertissements,
    })
}

/// The bassin, category and mixedness that the arrêté gives a commune.
fn classement(
    conn: &mut AnyConn,
    arrete: &Arrete,
    commune: &Commune,
    bassin: &str,
) -> Result<(String, Categorie, bool), ZoneError> {
    let own: Option<(String, String)> = zonage_commune::table
        .find((arrete.id, &commune.insee))
        .select((zonage_commune::bassin_code, zonage_commune::categorie))
        .first(conn)
        .optional()?;
    let code = own.as_ref().map_or(bassin, |(code, _)| code).to_owned();
    let whole: Option<(String, bool)> = zonage_bassin::table
        .find((arrete.id, &code))
        .select((zonage_bassin::categorie, zonage_bassin::mixte))
        .first(conn)
        .optional()?;
    match (own, whole) {
        (Some((_, categorie)), whole) => {
            let mixte = whole.is_some_and(|(_, mixte)| mixte);
            Ok((code, stored(&categorie)?, mixte))
        }
        (None, Some((categorie, false))) => Ok((code, stored(&categorie)?, false)),
        (None, Some((_, true))) => Err(ZoneError::ClassementMixte {
            arrete: arrete.to_string(),
            nom: bassin_connu(conn, &code)?.nom,
            bassin: code,
        }),
        (None, None) => Err(ZoneError::BassinNonClasse {
            arrete: arrete.to_string(),
            nom: bassin_connu(conn, &code)?.nom,
            bassin: code,
        }),
    }
}

/// ZON-4, ZON-5: past its validity an arrêté still applies until replaced, with a warning, unless
/// the parameter says otherwise.
fn echeance(
    reglement: &Reglement,
    arrete: &Arrete,
    date: NaiveDate,
) -> Result<Option<String>, ZoneError> {
    let years = reglement.nombre("zonage.duree_validite", date)?;
    let Some(fin) = arrete
        .date_effet
        .checked_add_months(Months::new(12 * years))
    else {
        return Ok(None);
    };
    if date < fin {
        return Ok(None);
    }
    if reglement.texte("zonage.apres_echeance", date)? != "maintenu" {
        return Err(ZoneError::ArreteEchu {
            arrete: arrete.to_string(),
            depuis: fin,
        });
    }
    Ok(Some(format!(
        "l’arrêté {arrete} a dépassé sa durée de validité le {} ; il s’applique jusqu’à son remplacement",
        dates_fr::longue(fin)
    )))
}

fn sans_bassin(conn: &mut AnyConn, commune: Commune) -> Result<ZoneError, ZoneError> {
    let arrondissements = commune::a_des_arrondissements(conn, &commune.insee)?;
    Ok(ZoneError::SansBassin {
        insee: commune.insee,
        nom: commune.nom,
        arrondissements,
    })
}

fn bassin_connu(conn: &mut AnyConn, code: &str) -> Result<commune::Bassin, ZoneError> {
    commune::bassin(conn, code)?.ok_or_else(|| DbError::Incoherent(format!("bassin {code}")).into())
}

fn stored(categorie: &str) -> Result<Categorie, DbError> {
    categorie
        .parse()
        .map_err(|_| DbError::Incoherent(format!("catégorie {categorie}")))
}
