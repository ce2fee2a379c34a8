//! What a new value would change among open files, were they evaluated on its date of effect. Reads, page after
//! page, and keeps counts and a bounded list: memory does not grow with the files.

use std::collections::BTreeMap;

use crate::actions::evaluation::{appliquer, evaluer_demande, faits_du_depart};
use crate::actions::{ActionError, ActionResult};
use crate::db::designation::{self, EtatDesignation};
use crate::db::{AnyConn, Db, DbError, organisme, ouverts};
use crate::domain::calendrier::Territoire;
use crate::domain::parametre::Parametre;
use crate::domain::place::{FaitsPlace, evaluer};
use crate::domain::reglement::Reglement;
use crate::texte;

/// Files read at once.
const LOT: i64 = 200;
/// Files listed at most; all are counted.
pub const LISTE: usize = 200;

/// What an open file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A request not decided yet.
    Demande,
    /// A place that nobody has taken.
    Place,
    /// A departure not confirmed yet.
    Depart,
}

/// A file whose result would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changement {
    /// Code of the CPAM.
    pub organisme_code: String,
    /// What it is.
    pub nature: Nature,
    /// Its number, or the identifier of the departure.
    pub reference: String,
    /// Whom it is about.
    pub personne: String,
    /// The result under the present values.
    pub avant: String,
    /// The result under the new one.
    pub apres: String,
}

/// How many files of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Comptes {
    /// Requests.
    pub demandes: i64,
    /// Places.
    pub places: i64,
    /// Departures.
    pub departs: i64,
}

impl Comptes {
    /// All kinds together.
    pub fn total(self) -> i64 {
        self.demandes + self.places + self.departs
    }

    fn compter(&mut self, nature: Nature) {
        match nature {
            Nature::Demande => self.demandes += 1,
            Nature::Place => self.places += 1,
            Nature::Depart => self.departs += 1,
        }
    }
}

/// What a new value would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apercu {
    /// Files evaluated.
    pub examines: Comptes,
    /// Files that would change.
    pub changes: Comptes,
    /// The same by CPAM: code, name, counts.
    pub par_caisse: BTreeMap<String, (String, Comptes)>,
    /// The first of them, at most [`LISTE`], of one CPAM where one was asked for.
    pub liste: Vec<Changement>,
}

struct Examen<'a> {
    db: &'a Db,
    actuel: &'a Reglement,
    futur: &'a Reglement,
    nouveau: &'a Parametre,
    caisse: Option<&'a str>,
    caisses: BTreeMap<String, (String, Territoire)>,
    apercu: Apercu,
}

/// Evaluates every open file on the date of effect, under `actuel` and under the same with `nouveau`.
/// `caisse`: the CPAM whose files are listed; all are counted.
///
/// # Errors
/// The value does not fit, the database does not answer.
pub fn apercu(
    db: &Db,
    actuel: &Reglement,
    nouveau: &Parametre,
    caisse: Option<&str>,
) -> ActionResult<Apercu> {
    let futur = actuel.avec(nouveau.clone())?;
    let mut caisses = BTreeMap::new();
    for o in db.read(organisme::tous)? {
        let territoire = o.territoire.parse().map_err(DbError::Incoherent)?;
        caisses.insert(o.code, (o.nom, territoire));
    }
    let mut examen = Examen {
        db,
        actuel,
        futur: &futur,
        nouveau,
        caisse,
        caisses,
        apercu: Apercu::default(),
    };
    examen.demandes()?;
    examen.places()?;
    examen.departs()?;
    Ok(examen.apercu)
}

impl Examen<'_> {
    fn demandes(&mut self) -> ActionResult<()> {
        let mut apres = 0;
        loop {
            // The connection is lent for one page: others read in between.
            let lot = self.db.read(|conn| {
                let lus = ouverts::demandes(conn, apres, LOT)?;
                lus.into_iter()
                    .map(|(d, personne)| {
                        let (avant, apres) = self.une_demande(conn, &d)?;
                        Ok((d.id, d.organisme_code, d.numero, personne, avant, apres))
                    })
                    .collect::<ActionResult<Vec<_>>>()
            })?;
            let Some((dernier, ..)) = lot.last() else {
                return Ok(());
            };
            apres = *dernier;
            for (_, caisse, numero, personne, avant, apres) in lot {
                self.retenir(Nature::Demande, caisse, numero, personne, avant, apres);
            }
        }
    }

    fn une_demande(
        &self,
        conn: &mut AnyConn,
        demande: &crate::db::demande::Demande,
    ) -> ActionResult<(String, String)> {
        let avant = match evaluer_demande(conn, self.actuel, demande, self.nouveau.du) {
            Ok(evaluation) => evaluation,
            Err(ActionError::Regle(cause)) => return Ok((cause.clone(), cause)),
            Err(autre) => return Err(autre),
        };
        // What the zone depends on is read again; the other facts are the same.
        let apres = if self.nouveau.regle.starts_with("ZON-") {
            evaluer_demande(conn, self.futur, demande, self.nouveau.du).map(|e| e.conclusion)
        } else {
            appliquer(self.futur, &avant.faits)
                .map(|a| a.conclusion)
                .map_err(ActionError::from)
        };
        let dire = |c: &crate::domain::conventionnement::ConclusionConventionnement| {
            let ecart = if c.valeurs.motiver_ecart == Some(true) {
                ", écart à motiver"
            } else {
                ""
            };
            format!("{}{ecart}", c.resultat.libelle())
        };
        let apres = match apres {
            Ok(conclusion) => dire(&conclusion),
            Err(ActionError::Regle(cause)) => cause,
            Err(autre) => return Err(autre),
        };
        Ok((dire(&avant.conclusion), apres))
    }

    fn places(&mut self) -> ActionResult<()> {
        let mut apres = 0;
        loop {
            let (lot, designations) = self.db.read(|conn| {
                let lot = ouverts::places(conn, apres, LOT)?;
                let ids: Vec<i64> = lot.iter().map(|(p, ..)| p.id).collect();
                let designations = designation::actives(conn, &ids)?;
                Ok::<_, DbError>((lot, designations))
            })?;
            let Some((derniere, ..)) = lot.last() else {
                return Ok(());
            };
            apres = derniere.id;
            for (place, cessation, personne) in lot {
                let designee = designations.iter().find(|d| d.place_id == place.id);
                let avis = place.avis_cpd.as_deref().map(str::parse).transpose();
                let faits = FaitsPlace {
                    avis_cpd_sous_seuil: avis.map_err(DbError::Incoherent)?,
                    successeur_designe: Some(designee.is_some()),
                    successeur_accepte: Some(
                        designee.is_some_and(|d| d.etat == EtatDesignation::Acceptee),
                    ),
                    ..faits_du_depart(&cessation, self.territoire(&place.organisme_code)?)
                };
                let (avant, apres) = self.un_depart(&faits);
                let reference = cessation.id.to_string();
                self.retenir(
                    Nature::Place,
                    place.organisme_code,
                    reference,
                    personne,
                    avant,
                    apres,
                );
            }
        }
    }

    fn departs(&mut self) -> ActionResult<()> {
        let mut apres = 0;
        loop {
            let lot = self.db.read(|conn| ouverts::departs(conn, apres, LOT))?;
            let Some((dernier, _)) = lot.last() else {
                return Ok(());
            };
            apres = dernier.id;
            for (cessation, personne) in lot {
                let faits =
                    faits_du_depart(&cessation, self.territoire(&cessation.organisme_code)?);
                let (avant, apres) = self.un_depart(&faits);
                let reference = cessation.id.to_string();
                self.retenir(
                    Nature::Depart,
                    cessation.organisme_code,
                    reference,
                    personne,
                    avant,
                    apres,
                );
            }
        }
    }

    fn un_depart(&self, faits: &FaitsPlace) -> (String, String) {
        let dire = |reglement| match evaluer(reglement, Some(self.nouveau.du), faits) {
            Ok(c) => match c.valeurs.limite_designation {
                Some(limite) => format!(
                    "{}, désignation jusqu’au {}",
                    c.resultat.libelle(),
                    texte::date_fr(limite)
                ),
                None => c.resultat.libelle().to_owned(),
            },
            Err(erreur) => erreur.to_string(),
        };
        (dire(self.actuel), dire(self.futur))
    }

    fn territoire(&self, caisse: &str) -> ActionResult<Territoire> {
        self.caisses
            .get(caisse)
            .map(|(_, territoire)| *territoire)
            .ok_or_else(|| DbError::Incoherent(format!("caisse {caisse}")).into())
    }

    fn retenir(
        &mut self,
        nature: Nature,
        caisse: String,
        reference: String,
        (prenom, nom): ouverts::Personne,
        avant: String,
        apres: String,
    ) {
        self.apercu.examines.compter(nature);
        if avant == apres {
            return;
        }
        self.apercu.changes.compter(nature);
        let libelle = self.caisses.get(&caisse).map(|(nom, _)| nom.clone());
        let (_, comptes) = self
            .apercu
            .par_caisse
            .entry(caisse.clone())
            .or_insert_with(|| {
                (
                    libelle.unwrap_or_else(|| caisse.clone()),
                    Comptes::default(),
                )
            });
        comptes.compter(nature);
        let listee = self.caisse.is_none_or(|c| c == caisse);
        if listee && self.apercu.liste.len() < LISTE {
            self.apercu.liste.push(Changement {
                organisme_code: caisse,
                nature,
                reference,
                personne: format!("{prenom} {nom}"),
                avant,
                apres,
            });
        }
    }
}
