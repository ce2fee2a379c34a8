//! The arrêtés de zonage in force, and the category of a place at a date (ZON-6).

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::reglement::{Reglement, ReglementError};
use regles::zonage::Categorie;

use super::arrete::Arrete;
use super::commune::Commune;
use super::depart::Service;
use super::dialect::Multi;
use super::ensemble::{Lecture, Lectures, lecture};
use super::schema::{arrete, bassin, caisse, commune, zonage_bassin, zonage_commune};
use super::{AnyConn, DbError, DbResult, commune as communes};

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

fn indice(arrondissements: bool) -> &'static str {
    if arrondissements {
        " : précisez l’arrondissement"
    } else {
        ""
    }
}

/// A commune, and what the arrêtés of its region say of it, whatever the day.
#[derive(Debug, Clone)]
pub struct Classement {
    insee: Insee,
    /// Its name, and its bassin if it has one.
    commune: Option<(String, Option<BassinConnu>)>,
    /// Whether its arrondissements have a bassin instead.
    arrondissements: bool,
    /// From the oldest.
    dits: Vec<Dit>,
}

/// The bassin of a commune, with the region whose arrêté classifies it.
#[derive(Debug, Clone, Queryable)]
pub struct BassinConnu {
    code: String,
    region: String,
}

/// What an arrêté says of a commune.
#[derive(Debug, Clone)]
struct Dit {
    arrete: Arrete,
    /// Bassin and category of the line of the commune, if it has one of its own.
    ligne: Option<(String, String)>,
    /// Category of its bassin, and whether its lines differ.
    bassin: Option<(String, bool)>,
    /// Name of that bassin.
    nom: Option<String>,
}

/// The commune; its bassin; an arrêté of the region; what it says of the commune, and of the bassin.
pub type LigneClassement = (
    (String, Option<String>),
    Option<BassinConnu>,
    Option<Arrete>,
    Option<(String, String)>,
    Option<(String, bool)>,
    Option<String>,
);

diesel::define_sql_function! {
    /// The first of the two that is known.
    #[sql_name = "coalesce"]
    fn sinon(a: Nullable<Text>, b: Nullable<Text>) -> Nullable<Text>;
}

/// A commune with each arrêté of its region that counts, of whatever day: a region takes one every two years.
pub fn lecture_classement(insee: &Insee) -> impl Lecture<Ligne = LigneClassement> + use<> {
    let classe = diesel::alias!(bassin as classe);
    lecture(
        commune::table
            .left_join(bassin::table.on(commune::bassin_code.eq(bassin::code.nullable())))
            .left_join(
                arrete::table.on(arrete::region
                    .eq(bassin::region_attribution)
                    .and(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
                    .and(arrete::etat.eq("actif"))),
            )
            .left_join(
                zonage_commune::table.on(zonage_commune::arrete_id
                    .eq(arrete::id)
                    .and(zonage_commune::insee.eq(commune::insee))),
            )
            .left_join(
                zonage_bassin::table.on(zonage_bassin::arrete_id.eq(arrete::id).and(
                    zonage_bassin::bassin_code.nullable().eq(sinon(
                        zonage_commune::bassin_code.nullable(),
                        commune::bassin_code,
                    )),
                )),
            )
            .left_join(classe.on(classe.field(bassin::code).nullable().eq(sinon(
                zonage_commune::bassin_code.nullable(),
                commune::bassin_code,
            ))))
            .filter(commune::insee.eq(insee.as_str().to_owned()))
            .select((
                (commune::nom, commune::bassin_code),
                (bassin::code, bassin::region_attribution).nullable(),
                <Arrete as Selectable<Multi>>::construct_selection().nullable(),
                (zonage_commune::bassin_code, zonage_commune::categorie).nullable(),
                (zonage_bassin::categorie, zonage_bassin::mixte).nullable(),
                classe.field(bassin::nom).nullable(),
            )),
    )
}

/// Reads what the arrêtés say of a commune, in one statement.
pub fn classement(conn: &mut AnyConn, insee: &Insee) -> Result<Classement, DbError> {
    let lignes = lecture_classement(insee).toutes(conn)?;
    Classement::nouveau(conn, insee, lignes)
}

/// A commune, its CPAM if known, and what the arrêtés say of it.
pub struct Situation {
    /// The commune.
    pub commune: Commune,
    /// Its CPAM.
    pub service: Option<Service>,
    /// Its category, at any date.
    pub classement: Classement,
}

/// Where a commune stands, in one statement; none when it is in no list imported.
pub fn situer(conn: &mut AnyConn, insee: &Insee) -> DbResult<Option<Situation>> {
    let connue = lecture(
        commune::table
            .left_join(caisse::table)
            .filter(commune::insee.eq(insee.as_str().to_owned()))
            .select((
                <Commune as Selectable<Multi>>::construct_selection(),
                <Service as Selectable<Multi>>::construct_selection().nullable(),
            )),
    );
    let (connues, lignes): (Vec<(Commune, Option<Service>)>, _) =
        (connue, lecture_classement(insee)).ensemble(conn)?;
    let Some((commune, service)) = connues.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(Situation {
        commune,
        service,
        classement: Classement::nouveau(conn, insee, lignes)?,
    }))
}

/// ZON-6: see [`Classement::categorie`].
///
/// # Errors
/// [`ZoneError`], naming what is missing.
pub fn categorie(
    conn: &mut AnyConn,
    reglement: &Reglement,
    insee: &Insee,
    date: NaiveDate,
) -> Result<ZoneTrouvee, ZoneError> {
    classement(conn, insee)?.categorie(reglement, date)
}

impl Classement {
    /// From the rows of [`lecture_classement`]; asks one thing more of a commune without a bassin.
    pub fn nouveau(
        conn: &mut AnyConn,
        insee: &Insee,
        lignes: Vec<LigneClassement>,
    ) -> Result<Classement, DbError> {
        let commune = lignes.first().map(|((nom, code), bassin, ..)| {
            let bassin = bassin.clone();
            (nom.clone(), code.clone(), bassin)
        });
        let arrondissements = match &commune {
            Some((_, None, _)) => communes::a_des_arrondissements(conn, insee.as_str())?,
            _ => false,
        };
        let commune = match commune {
            Some((_, Some(code), None)) => {
                return Err(DbError::Incoherent(format!("bassin {code}")));
            }
            connue => connue.map(|(nom, _, bassin)| (nom, bassin)),
        };
        let mut dits: Vec<Dit> = lignes
            .into_iter()
            .filter_map(|(_, _, arrete, ligne, bassin, nom)| {
                Some(Dit {
                    arrete: arrete?,
                    ligne,
                    bassin,
                    nom,
                })
            })
            .collect();
        dits.sort_by_key(|dit| dit.arrete.date_effet);
        Ok(Classement {
            insee: insee.clone(),
            commune,
            arrondissements,
            dits,
        })
    }

    /// ZON-6: the category of a commune at a date is that of its bassin in the arrêté, in force at
    /// that date, of the bassin's région d'attribution. Where the arrêté gives the commune a line of
    /// its own, that line answers.
    ///
    /// # Errors
    /// [`ZoneError`], naming what is missing.
    pub fn categorie(
        &self,
        reglement: &Reglement,
        date: NaiveDate,
    ) -> Result<ZoneTrouvee, ZoneError> {
        let bassin = match &self.commune {
            None => return Err(ZoneError::CommuneInconnue(self.insee.clone())),
            Some((nom, None)) => {
                return Err(ZoneError::SansBassin {
                    insee: self.insee.as_str().to_owned(),
                    nom: nom.clone(),
                    arrondissements: self.arrondissements,
                });
            }
            Some((_, Some(bassin))) => bassin,
        };
        let dit = self
            .dits
            .iter()
            .find(|d| d.arrete.vaut(date))
            .ok_or_else(|| ZoneError::SansArrete {
                region: bassin.region.clone(),
                date,
            })?;
        let arrete = &dit.arrete;
        let mut avertissements = Vec::new();
        avertissements.extend(echeance(reglement, arrete, date)?);
        let code = dit.ligne.as_ref().map_or(&bassin.code, |(code, _)| code);
        let nom = dit
            .nom
            .as_ref()
            .ok_or_else(|| DbError::Incoherent(format!("bassin {code}")))?;
        let categorie = match (&dit.ligne, &dit.bassin) {
            (Some((_, categorie)), _) | (None, Some((categorie, false))) => stored(categorie)?,
            (None, Some((_, true))) => {
                return Err(ZoneError::ClassementMixte {
                    arrete: arrete.to_string(),
                    bassin: code.clone(),
                    nom: nom.clone(),
                });
            }
            (None, None) => {
                return Err(ZoneError::BassinNonClasse {
                    arrete: arrete.to_string(),
                    bassin: code.clone(),
                    nom: nom.clone(),
                });
            }
        };
        if dit.bassin.as_ref().is_some_and(|(_, mixte)| *mixte) {
            avertissements.push(format!(
                "l’arrêté {arrete} donne plusieurs catégories au bassin {code} : celle de la ligne de la commune est retenue"
            ));
        }
        Ok(ZoneTrouvee {
            categorie,
            bassin: code.clone(),
            bassin_nom: nom.clone(),
            arrete: arrete.clone(),
            avertissements,
        })
    }

    /// The first arrêté of the region to take effect after `jour`.
    pub fn a_venir(&self, jour: NaiveDate) -> Option<&Arrete> {
        self.dits
            .iter()
            .map(|dit| &dit.arrete)
            .find(|arrete| arrete.date_effet > jour)
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

fn stored(categorie: &str) -> Result<Categorie, DbError> {
    categorie
        .parse()
        .map_err(|_| DbError::Incoherent(format!("catégorie {categorie}")))
}
