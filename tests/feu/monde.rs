//! A small world that lives at random: three leavers, three successors, one CPAM.

mod attribution;
mod gestes;

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use regles::demande::{EtatDemande, Sens};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use regles::piece::NaturePiece;
use regles::place::AvisSousSeuil;
use regles::reglement::Reglement;
use releve::actions::decision;
use releve::actions::demande::{self, Fondement};
use releve::actions::depart::{self, Corrections};
use releve::actions::instruction::{self, PieceAttendue};
use releve::actions::{Acte, Acteur, ActionError, ActionResult, installation};
use releve::db::demande::Demande;
use releve::db::schema;
use releve::db::{CpamScope, Db, DbError, Patience};

use crate::util::base::TestDatabase;
use crate::util::builders::{Decor, UnKine, jour};

/// What may happen; every number is taken modulo what exists.
#[derive(Debug, Clone)]
pub enum Evenement {
    Declarer {
        cedant: usize,
        sous_seuil: bool,
        libre: bool,
    },
    Confirmer(usize),
    Rejeter(usize),
    Avis(usize, bool),
    RetirerDepart(usize),
    Designer {
        depart: usize,
        successeur: usize,
    },
    Repondre {
        depart: usize,
        accepte: bool,
    },
    Deposer {
        depart: usize,
        successeur: usize,
    },
    DeposerDerogation(usize),
    DemanderPieces(usize),
    ClasserSansSuite(usize),
    Refuser(usize),
    Renvoyer(usize),
    Decider(usize),
    Installer(usize),
    Retirer(usize),
    /// REG-17: a grant on a condition is proposed; the next step of a quiet life states that it is met.
    SousReserve(usize),
    /// The next step that a quiet life would take.
    Suivre(usize),
    SuivreDepart(usize),
    /// REG-12: the CPAM applies a charter from today on.
    Charte,
    /// The next step of the attribution of a place.
    SuivreAppel(usize),
    Avancer(u64),
    Caducites,
}

pub struct Monde {
    db: Db,
    reglement: Arc<Reglement>,
    cedants: Vec<UnKine>,
    successeurs: Vec<UnKine>,
    instructeur: i64,
    signataire: i64,
    jour: NaiveDate,
    departs: Vec<(i64, usize)>,
    demandes: Vec<(String, usize)>,
    cles: u32,
    // Last: the database is dropped after what uses it.
    _base: TestDatabase,
}

impl Monde {
    pub fn new() -> Monde {
        let base = TestDatabase::new();
        let db = Db::open(&base.url, 2, Patience::VISITE).expect("the database opens");
        let debut = jour(2026, 1, 15);
        let decor = Decor {
            db: db.clone(),
            le: debut.and_hms_opt(10, 0, 0).expect("ten o'clock"),
            depot: None,
        };
        decor.region_93();
        let gens = |prenom: &str, base: u64| -> Vec<UnKine> {
            (0..3)
                .map(|n| {
                    decor.kine(
                        &format!("{prenom}.n{n}@example.fr"),
                        &format!("{}", base + n),
                    )
                })
                .collect()
        };
        Monde {
            cedants: gens("depart", 10_000_000_000),
            successeurs: gens("arrivee", 11_000_000_000),
            instructeur: decor.compte(Role::Instructeur, Some("131"), "paul.roux@cpam.example.fr"),
            signataire: decor.compte(Role::Signataire, Some("131"), "anne.leroy@cpam.example.fr"),
            reglement: Arc::new(Reglement::embarque().expect("the parameters read")),
            db,
            jour: debut,
            departs: Vec::new(),
            demandes: Vec::new(),
            cles: 0,
            _base: base,
        }
    }

    fn acte(&self, qui: i64) -> Acte {
        Acte {
            acteur: Acteur {
                id: Some(qui),
                nom: format!("Compte {qui}"),
                le: self.jour.and_hms_opt(10, 0, 0).expect("ten o'clock"),
            },
            reglement: self.reglement.clone(),
            url_publique: "http://releve.example.fr".to_owned(),
        }
    }

    fn cle(&mut self) -> String {
        self.cles += 1;
        format!("cle-{}", self.cles)
    }

    fn depart(&self, n: usize) -> Option<(i64, usize)> {
        (!self.departs.is_empty()).then(|| self.departs[n % self.departs.len()])
    }

    fn lue(&self, n: usize) -> Option<(Demande, usize)> {
        if self.demandes.is_empty() {
            return None;
        }
        let (numero, successeur) = &self.demandes[n % self.demandes.len()];
        let lue = self
            .db
            .read(|conn| releve::db::demande::lire(conn, &CpamScope::National, numero))
            .expect("a request reads");
        Some((lue, *successeur))
    }

    fn version_de_depart(&self, id: i64) -> i32 {
        self.db
            .read(|conn| releve::db::depart::lire(conn, &CpamScope::National, id))
            .expect("a departure reads")
            .version
    }

    /// Lets something happen. A refusal in words is a normal answer; anything else is a fault.
    pub fn vivre(&mut self, evenement: &Evenement) -> Result<bool, String> {
        match self.tenter(evenement) {
            Ok(()) => Ok(true),
            Err(ActionError::Refus(_) | ActionError::Champ { .. } | ActionError::Perime) => {
                Ok(false)
            }
            Err(ActionError::Db(DbError::Introuvable)) => Ok(false),
            Err(autre) => Err(format!("{evenement:?}: {autre:?}")),
        }
    }

    fn tenter(&mut self, evenement: &Evenement) -> ActionResult<()> {
        use Evenement as V;
        let scope = CpamScope::Caisse("131".to_owned());
        let agent = self.acte(self.instructeur);
        let db = self.db.clone();
        let corrections = Corrections {
            sans: "Les actes remboursés suffisent.".to_owned(),
            ..Corrections::default()
        };
        match *evenement {
            V::Declarer {
                cedant,
                sous_seuil,
                libre,
            } => self.declarer(cedant, sous_seuil, libre)?,
            V::Confirmer(n) | V::SuivreDepart(n)
                if self
                    .depart(n)
                    .is_some_and(|(id, _)| self.version_de_depart(id) == 1) =>
            {
                let Some((id, _)) = self.depart(n) else {
                    return Ok(());
                };
                db.write(|tx| depart::confirmer(tx, &agent, &scope, id, 1, &corrections))?;
            }
            V::Confirmer(n) => {
                let Some((id, _)) = self.depart(n) else {
                    return Ok(());
                };
                let v = self.version_de_depart(id);
                db.write(|tx| depart::confirmer(tx, &agent, &scope, id, v, &corrections))?;
            }
            V::Rejeter(n) => {
                let Some((id, _)) = self.depart(n) else {
                    return Ok(());
                };
                let v = self.version_de_depart(id);
                db.write(|tx| {
                    depart::rejeter(tx, &agent, &scope, id, v, "Justificatif illisible")
                })?;
            }
            V::Avis(n, favorable) => {
                let Some((id, _)) = self.depart(n) else {
                    return Ok(());
                };
                let avis = if favorable {
                    AvisSousSeuil::Favorable
                } else {
                    AvisSousSeuil::Defavorable
                };
                db.write(|tx| depart::noter_avis(tx, &agent, &scope, id, avis))?;
            }
            V::RetirerDepart(n) => {
                let Some((id, cedant)) = self.depart(n) else {
                    return Ok(());
                };
                let v = self.version_de_depart(id);
                let qui = &self.cedants[cedant];
                let acte = self.acte(qui.compte_id);
                db.write(|tx| depart::retirer(tx, &acte, qui.id, id, v))?;
            }
            V::Designer { depart, successeur } => self.designer(depart, successeur)?,
            V::Repondre { depart, accepte } => self.repondre(depart, accepte)?,
            V::Deposer { depart, successeur } => self.deposer(depart, successeur)?,
            V::SuivreDepart(n) => self.suivre_depart(n)?,
            V::DeposerDerogation(s) => {
                // One of health waits for the praticien-conseil, who does not live in this world.
                let motif = regles::derogation::motifs(self.jour)
                    .expect("the grounds read")
                    .iter()
                    .find(|m| !m.sante)
                    .map(|m| m.code.clone())
                    .unwrap_or_default();
                let fondement = Fondement::Derogation {
                    motif,
                    expose: "Soins vestibulaires absents du bassin, besoin attesté.".to_owned(),
                    reduction: None,
                };
                self.filer(s % 3, fondement)?;
            }
            V::DemanderPieces(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                let pieces = [PieceAttendue {
                    nature: NaturePiece::Diplome,
                    precision: None,
                }];
                db.write(|tx| {
                    instruction::demander_pieces(tx, &agent, &scope, &d.numero, d.version, &pieces)
                })?;
            }
            V::ClasserSansSuite(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                db.write(|tx| {
                    instruction::classer_sans_suite(tx, &agent, &scope, &d.numero, d.version)
                })?;
            }
            V::Refuser(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                self.proposer(&d, Sens::Refus)?;
            }
            V::SousReserve(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                self.proposer_sous_reserve(&d)?;
            }
            V::Renvoyer(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                let signe = self.acte(self.signataire);
                db.write(|tx| {
                    decision::renvoyer(tx, &signe, &scope, &d.numero, d.version, "À revoir")
                })?;
            }
            V::Decider(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                self.decider(&d)?;
            }
            V::Installer(n) => {
                let Some((d, _)) = self.lue(n) else {
                    return Ok(());
                };
                db.write(|tx| {
                    installation::installer(tx, &agent, &scope, &d.numero, d.version, self.jour)
                })?;
            }
            V::Retirer(n) => {
                let Some((d, s)) = self.lue(n) else {
                    return Ok(());
                };
                let qui = &self.successeurs[s];
                let acte = self.acte(qui.compte_id);
                db.write(|tx| demande::retrait::retirer(tx, &acte, qui.id, &d.numero, d.version))?;
            }
            V::Suivre(n) => self.suivre(n)?,
            V::Charte => self.dater_charte()?,
            V::SuivreAppel(n) => self.suivre_appel(n)?,
            V::Avancer(jours) => {
                self.jour = self
                    .jour
                    .checked_add_days(Days::new(jours))
                    .expect("a date");
            }
            V::Caducites => self.caducites()?,
        }
        Ok(())
    }

    /// REG-2 and REG-14, whatever happened.
    pub fn verifier(&self) -> Result<(), String> {
        let (zones, places, prises) = self
            .db
            .read(|conn| {
                let seuils = releve::db::grand_livre::Seuils::constant(1200);
                let zones = releve::db::grand_livre::zones(conn, "131", &seuils)?;
                let places: Vec<(i64, EtatPlace)> = schema::place::table
                    .select((schema::place::id, schema::place::etat))
                    .load(conn)?;
                let prises: Vec<(Option<i64>, EtatDemande)> = schema::dossier::table
                    .filter(schema::dossier::nature.eq("demande"))
                    .filter(
                        schema::dossier::etat
                            .eq_any([EtatDemande::Accordee, EtatDemande::Installee]),
                    )
                    .select((schema::dossier::place_id, schema::dossier::etat))
                    .load(conn)?;
                Ok::<_, DbError>((zones, places, prises))
            })
            .map_err(|e| e.to_string())?;
        for zone in &zones {
            if !zone.bilan.equilibre() {
                return Err(format!(
                    "REG-14 does not balance in {}: {:?}",
                    zone.code, zone.bilan
                ));
            }
        }
        for (id, etat) in places {
            let siennes: Vec<EtatDemande> = prises
                .iter()
                .filter(|(place, _)| *place == Some(id))
                .map(|(_, etat)| *etat)
                .collect();
            let juste = match etat {
                EtatPlace::Reservee => siennes == [EtatDemande::Accordee],
                EtatPlace::Pourvue => siennes == [EtatDemande::Installee],
                _ => siennes.is_empty(),
            };
            if !juste {
                return Err(format!("REG-2: place {id} is {etat:?} with {siennes:?}"));
            }
        }
        Ok(())
    }

    /// How far the lives went: requests in each state that was reached.
    pub fn atteints(&self) -> Vec<EtatDemande> {
        self.db
            .read(|conn| {
                Ok::<_, DbError>(
                    schema::dossier::table
                        .filter(schema::dossier::nature.eq("demande"))
                        .order(schema::dossier::id)
                        .select(schema::dossier::etat)
                        .load(conn)?,
                )
            })
            .expect("the requests read")
    }
}
