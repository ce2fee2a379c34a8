//! The arrêtés de zonage in force, and the category of a place at a date (ZON-6).

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::reglement::{Reglement, ReglementError};
use regles::zonage::Categorie;

use super::arrete::Arrete;
use super::commune::{self as communes, Bassin, Commune};
use super::depart::Service;
use super::dialect::Multi;
use super::schema::{arrete, bassin, caisse, commune, zonage_bassin, zonage_commune};
use super::{AnyConn, DbError, DbResult};

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
    situer(conn, insee, date)?
        .ok_or_else(|| ZoneError::CommuneInconnue(insee.clone()))?
        .zone(conn, reglement)
}

diesel::define_sql_function! {
    /// The first of two texts that is not null.
    fn coalesce(premier: Nullable<Text>, second: Nullable<Text>) -> Nullable<Text>;
}

/// A commune, its CPAM, and what the arrêté in force at a date says of it: one query.
pub struct Situation {
    /// The commune.
    pub commune: Commune,
    /// Its CPAM, if known.
    pub service: Option<Service>,
    date: NaiveDate,
    bassin: Option<Bassin>,
    arrete: Option<Arrete>,
    /// Bassin and category of the line that the arrêté gives the commune.
    ligne: Option<(String, String)>,
    /// Category and mixedness of the bassin.
    classe: Option<(String, bool)>,
}

/// Where a commune stands at a date; none when it is in no list imported.
///
/// # Errors
/// The refusal of the database.
pub fn situer(conn: &mut AnyConn, insee: &Insee, date: NaiveDate) -> DbResult<Option<Situation>> {
    type Lue = (
        Commune,
        Option<Service>,
        Option<Bassin>,
        Option<Arrete>,
        Option<(String, String)>,
        Option<(String, bool)>,
    );
    let en_vigueur = arrete::region
        .eq(bassin::region_attribution)
        .and(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
        .and(arrete::etat.eq("actif"))
        .and(arrete::date_effet.le(date))
        .and(arrete::date_fin.is_null().or(arrete::date_fin.gt(date)));
    let propre = zonage_commune::arrete_id
        .eq(arrete::id)
        .and(zonage_commune::insee.eq(commune::insee));
    let du_bassin =
        zonage_bassin::arrete_id
            .eq(arrete::id)
            .and(zonage_bassin::bassin_code.nullable().eq(coalesce(
                zonage_commune::bassin_code.nullable(),
                commune::bassin_code,
            )));
    let lue: Option<Lue> = commune::table
        .left_join(caisse::table)
        .left_join(bassin::table)
        .left_join(arrete::table.on(en_vigueur))
        .left_join(zonage_commune::table.on(propre))
        .left_join(zonage_bassin::table.on(du_bassin))
        .filter(commune::insee.eq(insee.as_str()))
        .select((
            <Commune as Selectable<Multi>>::construct_selection(),
            <Service as Selectable<Multi>>::construct_selection().nullable(),
            <Bassin as Selectable<Multi>>::construct_selection().nullable(),
            <Arrete as Selectable<Multi>>::construct_selection().nullable(),
            (zonage_commune::bassin_code, zonage_commune::categorie).nullable(),
            (zonage_bassin::categorie, zonage_bassin::mixte).nullable(),
        ))
        .first(conn)
        .optional()?;
    Ok(lue.map(
        |(commune, service, bassin, arrete, ligne, classe)| Situation {
            commune,
            service,
            date,
            bassin,
            arrete,
            ligne,
            classe,
        },
    ))
}

impl Situation {
    /// The category, as [`categorie`]. The names that were not read with the rest are read now: they are seldom wanted.
    ///
    /// # Errors
    /// [`ZoneError`], naming what is missing.
    pub fn zone(
        &self,
        conn: &mut AnyConn,
        reglement: &Reglement,
    ) -> Result<ZoneTrouvee, ZoneError> {
        let Some(code) = &self.commune.bassin_code else {
            return Err(sans_bassin(conn, &self.commune)?);
        };
        let bassin = self
            .bassin
            .as_ref()
            .ok_or_else(|| DbError::Incoherent(format!("bassin {code}")))?;
        let arrete = self.arrete.as_ref().ok_or_else(|| ZoneError::SansArrete {
            region: bassin.region_attribution.clone(),
            date: self.date,
        })?;
        let mut avertissements = Vec::new();
        avertissements.extend(echeance(reglement, arrete, self.date)?);
        let code = self.ligne.as_ref().map_or(code, |(propre, _)| propre);
        let bassin_nom = if *code == bassin.code {
            bassin.nom.clone()
        } else {
            bassin_connu(conn, code)?.nom
        };
        let (categorie, mixte) = self.classement(arrete, code, &bassin_nom)?;
        if mixte {
            avertissements.push(format!(
                "l’arrêté {arrete} donne plusieurs catégories au bassin {code} : celle de la ligne de la commune est retenue"
            ));
        }
        Ok(ZoneTrouvee {
            categorie,
            bassin: code.clone(),
            bassin_nom,
            arrete: arrete.clone(),
            avertissements,
        })
    }

    /// The category and mixedness that the arrêté gives the commune, in this bassin.
    fn classement(
        &self,
        arrete: &Arrete,
        bassin: &str,
        nom: &str,
    ) -> Result<(Categorie, bool), ZoneError> {
        match (&self.ligne, &self.classe) {
            (Some((_, categorie)), classe) => {
                let mixte = classe.as_ref().is_some_and(|(_, mixte)| *mixte);
                Ok((stored(categorie)?, mixte))
            }
            (None, Some((categorie, false))) => Ok((stored(categorie)?, false)),
            (None, Some((_, true))) => Err(ZoneError::ClassementMixte {
                arrete: arrete.to_string(),
                bassin: bassin.to_owned(),
                nom: nom.to_owned(),
            }),
            (None, None) => Err(ZoneError::BassinNonClasse {
                arrete: arrete.to_string(),
                bassin: bassin.to_owned(),
                nom: nom.to_owned(),
            }),
        }
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

fn sans_bassin(conn: &mut AnyConn, commune: &Commune) -> Result<ZoneError, ZoneError> {
    let arrondissements = communes::a_des_arrondissements(conn, &commune.insee)?;
    Ok(ZoneError::SansBassin {
        insee: commune.insee.clone(),
        nom: commune.nom.clone(),
        arrondissements,
    })
}

fn bassin_connu(conn: &mut AnyConn, code: &str) -> Result<Bassin, ZoneError> {
    communes::bassin(conn, code)?
        .ok_or_else(|| DbError::Incoherent(format!("bassin {code}")).into())
}

fn stored(categorie: &str) -> Result<Categorie, DbError> {
    categorie
        .parse()
        .map_err(|_| DbError::Incoherent(format!("catégorie {categorie}")))
}
