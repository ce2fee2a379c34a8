//! The category of a commune at a date, as the rules say it of what was read (ZON-6), or what is missing by its name.

use chrono::NaiveDate;
use regles::dates_fr;
use regles::identifiants::Insee;
use regles::reglement::{Reglement, ReglementError};
use regles::zonage::Categorie;
use regles::zonage::classement::{self, NonClassee};

use super::super::arrete::Arrete;
use super::super::{DbError, DbResult};
use super::{BassinConnu, Classement, Dit};

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

impl Classement {
    /// ZON-6: the category of the commune at a date, with the arrêté that says it.
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
        let dits: Vec<classement::Dit> = self.dits.iter().map(Dit::lu).collect::<DbResult<_>>()?;
        let classee = match classement::categorie(reglement, &dits, date) {
            Ok(classee) => classee,
            Err(manque) => return Err(self.non_classee(bassin, date, manque)),
        };
        let (arrete, code, nom) = self.dit(classee.rang, bassin)?;
        let mut avertissements = Vec::new();
        if let Some(fin) = classee.echu_depuis {
            avertissements.push(format!(
                "l’arrêté {arrete} a dépassé sa durée de validité le {} ; il s’applique jusqu’à son remplacement",
                dates_fr::longue(fin)
            ));
        }
        if classee.mixte {
            avertissements.push(format!(
                "l’arrêté {arrete} donne plusieurs catégories au bassin {code} : celle de la ligne de la commune est retenue"
            ));
        }
        Ok(ZoneTrouvee {
            categorie: classee.categorie,
            bassin: code.to_owned(),
            bassin_nom: nom.to_owned(),
            arrete: arrete.clone(),
            avertissements,
        })
    }

    /// The categories that the arrêtés give the commune, each with its first day, oldest first; an arrêté that says nothing of
    /// it is left out.
    ///
    /// # Errors
    /// A stored category that does not read.
    pub fn categories(&self) -> DbResult<Vec<(NaiveDate, Categorie)>> {
        let mut dites = Vec::new();
        for dit in &self.dits {
            let lu = dit.lu()?;
            if let Some(categorie) = lu.ligne.or(lu.bassin.filter(|_| !lu.mixte)) {
                dites.push((lu.effet, categorie));
            }
        }
        Ok(dites)
    }

    /// An arrêté, with the code and the name of the bassin that it puts the commune in.
    fn dit<'a>(
        &'a self,
        rang: usize,
        bassin: &'a BassinConnu,
    ) -> DbResult<(&'a Arrete, &'a str, &'a str)> {
        let dit = self
            .dits
            .get(rang)
            .ok_or_else(|| DbError::Incoherent(format!("arrêté {rang}")))?;
        let code = dit.ligne.as_ref().map_or(&bassin.code, |(code, _)| code);
        let nom = dit
            .nom
            .as_ref()
            .ok_or_else(|| DbError::Incoherent(format!("bassin {code}")))?;
        Ok((&dit.arrete, code, nom))
    }

    /// Why the rules give no category, with the names of what they speak of.
    fn non_classee(&self, bassin: &BassinConnu, date: NaiveDate, manque: NonClassee) -> ZoneError {
        let dire = |rang, erreur: fn(String, String, String) -> ZoneError| match self
            .dit(rang, bassin)
        {
            Ok((arrete, code, nom)) => erreur(arrete.to_string(), code.to_owned(), nom.to_owned()),
            Err(erreur) => ZoneError::Db(erreur),
        };
        match manque {
            NonClassee::SansArrete => ZoneError::SansArrete {
                region: bassin.region.clone(),
                date,
            },
            NonClassee::Echu { rang, depuis } => match self.dits.get(rang) {
                Some(dit) => ZoneError::ArreteEchu {
                    arrete: dit.arrete.to_string(),
                    depuis,
                },
                None => ZoneError::Db(DbError::Incoherent(format!("arrêté {rang}"))),
            },
            NonClassee::BassinNonClasse { rang } => {
                dire(rang, |arrete, bassin, nom| ZoneError::BassinNonClasse {
                    arrete,
                    bassin,
                    nom,
                })
            }
            NonClassee::Mixte { rang } => {
                dire(rang, |arrete, bassin, nom| ZoneError::ClassementMixte {
                    arrete,
                    bassin,
                    nom,
                })
            }
            NonClassee::Reglement(erreur) => erreur.into(),
        }
    }
}

impl Dit {
    /// What the rules need of it.
    ///
    /// # Errors
    /// [`DbError::Incoherent`]: a category that is none.
    fn lu(&self) -> DbResult<classement::Dit> {
        Ok(classement::Dit {
            effet: self.arrete.date_effet,
            fin: self.arrete.date_fin,
            ligne: self.ligne.as_ref().map(|(_, c)| stored(c)).transpose()?,
            bassin: self.bassin.as_ref().map(|(c, _)| stored(c)).transpose()?,
            mixte: self.bassin.as_ref().is_some_and(|(_, mixte)| *mixte),
        })
    }
}

fn stored(categorie: &str) -> Result<Categorie, DbError> {
    categorie
        .parse()
        .map_err(|_| DbError::Incoherent(format!("catégorie {categorie}")))
}
