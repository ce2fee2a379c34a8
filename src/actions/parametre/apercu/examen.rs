//! Open files evaluated twice, one batch at a time.

use std::collections::BTreeMap;

use regles::calendrier::Territoire;
use regles::conventionnement::ConclusionConventionnement;
use regles::designation::EtatDesignation;
use regles::parametre::Parametre;
use regles::place::{FaitsPlace, evaluer};
use regles::reglement::Reglement;
use regles::texte;

use super::{Changement, Nature};
use crate::actions::evaluation::{appliquer, evaluer_demande, faits_du_depart};
use crate::actions::{ActionError, ActionResult};
use crate::db::designation;
use crate::db::ensemble::Lecture;
use crate::db::{AnyConn, Db, DbError, caisse, ouverts};

/// Files read at once.
pub(super) const LOT: i64 = 200;

/// The files are read kind after kind, by identifier.
const ORDRE: [Nature; 4] = [
    Nature::Demande,
    Nature::Place,
    Nature::Depart,
    Nature::Echeance,
];

/// Where a reading stands: rank of the kind, last identifier read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Curseur {
    rang: usize,
    apres: i64,
}

/// An evaluation under two sets of parameters.
pub struct Examen {
    pub(super) db: Db,
    actuel: Reglement,
    futur: Reglement,
    pub(super) nouveau: Parametre,
    caisses: BTreeMap<String, (String, Territoire)>,
}

/// What was read with its last identifier.
pub(super) type Lot = Option<(Vec<Changement>, i64)>;

impl Examen {
    /// Reads what every file needs.
    ///
    /// # Errors
    /// The value does not fit, the database does not answer.
    pub fn ouvrir(db: &Db, actuel: &Reglement, nouveau: &Parametre) -> ActionResult<Examen> {
        let futur = actuel.avec(nouveau.clone())?;
        let mut caisses = BTreeMap::new();
        for o in db.read(caisse::tous)? {
            let territoire = o.territoire.parse().map_err(DbError::Incoherent)?;
            caisses.insert(o.code, (o.nom, territoire));
        }
        Ok(Examen {
            db: db.clone(),
            actuel: actuel.clone(),
            futur,
            nouveau: nouveau.clone(),
            caisses,
        })
    }

    /// The next batch of open files, those that do not change too; none at the end. The connection is lent for one
    /// batch: others read in between.
    ///
    /// # Errors
    /// A stored value that does not read, the database does not answer.
    pub fn lot(&self, mut ou: Curseur) -> ActionResult<Option<(Vec<Changement>, Curseur)>> {
        while let Some(nature) = ORDRE.get(ou.rang) {
            let lu = match nature {
                Nature::Demande => self.demandes(ou.apres)?,
                Nature::Place => self.places(ou.apres)?,
                Nature::Depart => self.departs(ou.apres)?,
                Nature::Echeance => self.echeances(ou.apres)?,
            };
            if let Some((lot, apres)) = lu {
                return Ok(Some((lot, Curseur { apres, ..ou })));
            }
            ou = Curseur {
                rang: ou.rang + 1,
                apres: 0,
            };
        }
        Ok(None)
    }

    /// The name of a CPAM, its code when it is not known.
    pub fn nom_de_caisse(&self, code: &str) -> String {
        self.caisses
            .get(code)
            .map_or_else(|| code.to_owned(), |(nom, _)| nom.clone())
    }

    fn demandes(&self, apres: i64) -> ActionResult<Lot> {
        self.db.read(|conn| {
            let mut lot = Vec::new();
            let mut dernier = None;
            for (demande, personne) in ouverts::demandes(conn, apres, LOT)? {
                let (avant, apres) = self.une_demande(conn, &demande)?;
                dernier = Some(demande.id);
                lot.push(Changement {
                    caisse_code: demande.caisse_code,
                    nature: Nature::Demande,
                    reference: demande.numero,
                    objet: "",
                    de_depart: false,
                    personne: nom(personne),
                    avant,
                    apres,
                });
            }
            Ok(dernier.map(|id| (lot, id)))
        })
    }

    fn une_demande(
        &self,
        conn: &mut AnyConn,
        demande: &crate::db::demande::Demande,
    ) -> ActionResult<(String, String)> {
        let avant = match evaluer_demande(conn, &self.actuel, demande, self.nouveau.du) {
            Ok(evaluation) => evaluation,
            Err(ActionError::Regle(cause)) => return Ok((cause.clone(), cause)),
            Err(autre) => return Err(autre),
        };
        // What the zone depends on is read again; the other facts are the same.
        let apres = if self.nouveau.regle.starts_with("ZON-") {
            evaluer_demande(conn, &self.futur, demande, self.nouveau.du).map(|e| e.conclusion)
        } else {
            appliquer(&self.futur, &avant.faits)
                .map(|a| a.conclusion)
                .map_err(ActionError::from)
        };
        let dire = |c: &ConclusionConventionnement| {
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

    fn places(&self, apres: i64) -> ActionResult<Lot> {
        let (lues, designations) = self.db.read(|conn| {
            let lues = ouverts::places(conn, apres, LOT)?;
            let ids: Vec<i64> = lues.iter().map(|(p, ..)| p.id).collect();
            let designations = designation::lecture_actives(ids).toutes(conn)?;
            Ok::<_, DbError>((lues, designations))
        })?;
        let mut lot = Vec::new();
        let mut dernier = None;
        for (place, depart, personne) in lues {
            let designee = designations.iter().find(|d| d.place_id == place.id);
            let avis = place.avis_cpd.as_deref().map(str::parse).transpose();
            let faits = FaitsPlace {
                avis_cpd_sous_seuil: avis.map_err(DbError::Incoherent)?,
                successeur_designe: Some(designee.is_some()),
                successeur_accepte: Some(
                    designee.is_some_and(|d| d.etat == EtatDesignation::Acceptee),
                ),
                ..faits_du_depart(&depart, self.territoire(&place.caisse_code)?)
            };
            dernier = Some(place.id);
            lot.push(self.depart(
                Nature::Place,
                place.caisse_code,
                depart.id,
                personne,
                &faits,
            ));
        }
        Ok(dernier.map(|id| (lot, id)))
    }

    fn departs(&self, apres: i64) -> ActionResult<Lot> {
        let lus = self.db.read(|conn| ouverts::departs(conn, apres, LOT))?;
        let mut lot = Vec::new();
        let mut dernier = None;
        for (depart, personne) in lus {
            let faits = faits_du_depart(&depart, self.territoire(&depart.caisse_code)?);
            dernier = Some(depart.id);
            lot.push(self.depart(
                Nature::Depart,
                depart.caisse_code,
                depart.id,
                personne,
                &faits,
            ));
        }
        Ok(dernier.map(|id| (lot, id)))
    }

    fn depart(
        &self,
        nature: Nature,
        caisse_code: String,
        depart_id: i64,
        personne: ouverts::Personne,
        faits: &FaitsPlace,
    ) -> Changement {
        let dire = |reglement| match evaluer(reglement, Some(self.nouveau.du), faits) {
            Ok(c) => match c.valeurs.limite_designation {
                Some(limite) => format!(
                    "{}, désignation au plus tard le {} (inclus)",
                    c.resultat.libelle(),
                    texte::date_longue(limite)
                ),
                None => c.resultat.libelle().to_owned(),
            },
            Err(erreur) => erreur.to_string(),
        };
        Changement {
            caisse_code,
            nature,
            reference: depart_id.to_string(),
            objet: "",
            de_depart: true,
            personne: nom(personne),
            avant: dire(&self.actuel),
            apres: dire(&self.futur),
        }
    }

    fn territoire(&self, caisse: &str) -> ActionResult<Territoire> {
        self.caisses
            .get(caisse)
            .map(|(_, territoire)| *territoire)
            .ok_or_else(|| DbError::Incoherent(format!("caisse {caisse}")).into())
    }

    pub(super) fn codes(&self) -> ActionResult<(&[String], &[String])> {
        let (cle, du) = (&self.nouveau.cle, self.nouveau.du);
        Ok((self.actuel.liste(cle, du)?, self.futur.liste(cle, du)?))
    }
}

pub(super) fn nom((prenom, nom): ouverts::Personne) -> String {
    format!("{prenom} {nom}")
}
