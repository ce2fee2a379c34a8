//! What the people of the small world do.

use diesel::prelude::*;
use regles::condition::{Condition, EtatCondition};
use regles::conventionnement::AvisCpd;
use regles::decision::ModeNotification;
use regles::demande::{EtatDemande, Sens};
use regles::piece::NaturePiece;
use regles::reserve::Reserve;
use releve::actions::decision::{self, Proposition};
use releve::actions::demande::{self, Conditions, Fondement, Projet};
use releve::actions::depart::declaration;
use releve::actions::designation::{self, ADesigner, Acces};
use releve::actions::generales::Notees;
use releve::actions::papier::Demandeur;
use releve::actions::{Acte, Acteur, ActionResult, depart, generales, installation, instruction};
use releve::db::demande::Demande;
use releve::db::{CpamScope, DbError, designation as designations, place, schema};

use super::Monde;
use crate::util::builders::{appelees, piece_recue};

impl Monde {
    pub(super) fn declarer(
        &mut self,
        cedant: usize,
        sous_seuil: bool,
        libre: bool,
    ) -> ActionResult<()> {
        let cedant = cedant % 3;
        let qui = self.cedants[cedant].clone();
        let acte = self.acte(qui.compte_id);
        let declaration = declaration::Declaration {
            kine_id: qui.id,
            insee: if libre { "13001" } else { "13056" }
                .parse()
                .expect("a commune"),
            adresse: "12 quai des Anglais".to_owned(),
            date: self.jour,
            actes: Some(if sous_seuil { 800 } else { 1500 }),
            par_derogation: None,
            pieces: vec![piece_recue(NaturePiece::JustificatifCessation)],
            cle: self.cle(),
        };
        let id = self
            .db
            .write(|tx| declaration::declarer(tx, &acte, &declaration))?;
        self.departs.push((id, cedant));
        Ok(())
    }

    pub(super) fn designer(&mut self, n: usize, successeur: usize) -> ActionResult<()> {
        let Some((depart_id, cedant)) = self.depart(n) else {
            return Ok(());
        };
        let qui = self.cedants[cedant].clone();
        let acte = self.acte(qui.compte_id);
        let nomme = &self.successeurs[successeur % 3];
        let vue = self.designation(depart_id)?.map(|d| d.id);
        let a = ADesigner {
            kine_id: qui.id,
            depart_id,
            vue,
            rpps: nomme.rpps.parse().expect("a RPPS"),
            cle_confirmee: true,
            courriel: nomme.courriel.clone(),
            ayant_droit: None,
        };
        self.db.write(|tx| designation::designer(tx, &acte, &a))?;
        Ok(())
    }

    pub(super) fn designation(
        &self,
        depart_id: i64,
    ) -> ActionResult<Option<designations::Designation>> {
        self.db
            .read(|conn| match place::de_depart(conn, depart_id)? {
                Some(place) => Ok(designations::active(conn, place.id)?),
                None => Ok(None),
            })
    }

    pub(super) fn repondre(&mut self, n: usize, accepte: bool) -> ActionResult<()> {
        let Some((depart_id, _)) = self.depart(n) else {
            return Ok(());
        };
        let Some(d) = self.designation(depart_id)? else {
            return Ok(());
        };
        let Some(qui) = self.successeurs.iter().find(|s| s.rpps == d.rpps) else {
            return Ok(());
        };
        let acte = self.acte(qui.compte_id);
        let acces = Acces::Adresse {
            id: d.id,
            courriel: qui.courriel.clone(),
        };
        self.db
            .write(|tx| designation::repondre(tx, &acte, qui.id, &acces, accepte))?;
        Ok(())
    }

    pub(super) fn deposer(&mut self, n: usize, successeur: usize) -> ActionResult<()> {
        let Some((depart_id, _)) = self.depart(n) else {
            return Ok(());
        };
        let Some(d) = self.designation(depart_id)? else {
            return Ok(());
        };
        self.filer(
            successeur % 3,
            Fondement::Succession {
                designation_id: d.id,
            },
        )
    }

    pub(super) fn filer(&mut self, successeur: usize, fondement: Fondement) -> ActionResult<()> {
        let qui = self.successeurs[successeur].clone();
        let acte = self.acte(qui.compte_id);
        let projet = Projet {
            demandeur: Demandeur::Compte(qui.id),
            fondement,
            insee: "13056".parse().expect("a commune"),
            adresse: "12 quai des Anglais".to_owned(),
            conditions: Conditions {
                deja_conventionne_zone: Some(false),
                entree_formation: Some(2015),
                ..Conditions::default()
            },
            sante: Vec::new(),
        };
        let pieces: Vec<_> = appelees(projet.fondement.nature())
            .into_iter()
            .map(piece_recue)
            .collect();
        let cle = self.cle();
        let numero = self
            .db
            .write(|tx| demande::deposer(tx, &acte, &projet, &pieces, &cle))?;
        self.demandes.push((numero, successeur));
        Ok(())
    }

    pub(super) fn suivre_depart(&mut self, n: usize) -> ActionResult<()> {
        let Some((depart_id, _)) = self.depart(n) else {
            return Ok(());
        };
        match self.designation(depart_id)? {
            None => self.designer(n, n),
            Some(d) if d.etat == regles::designation::EtatDesignation::EnAttente => {
                self.repondre(n, true)
            }
            Some(d) => {
                let rang = self.successeurs.iter().position(|s| s.rpps == d.rpps);
                self.deposer(n, rang.unwrap_or(0))
            }
        }
    }

    pub(super) fn proposer(&self, d: &Demande, sens: Sens) -> ActionResult<()> {
        self.proposer_sous(d, sens, None)
    }

    /// REG-17: a grant on a condition, to be met within sixty days.
    pub(super) fn proposer_sous_reserve(&self, d: &Demande) -> ActionResult<()> {
        let reserve = Reserve {
            condition: "la cessation effective de la personne qui part".to_owned(),
            au_plus_tard: self.jour + chrono::TimeDelta::days(60),
            preuve: "Attestation de radiation".to_owned(),
        };
        self.proposer_sous(d, Sens::Accord, Some(reserve))
    }

    fn proposer_sous(&self, d: &Demande, sens: Sens, reserve: Option<Reserve>) -> ActionResult<()> {
        let agent = self.acte(self.instructeur);
        let scope = CpamScope::Caisse("131".to_owned());
        let proposition = Proposition {
            reserve,
            sens,
            motifs:
                "La convention nationale suppose une place. Condition non remplie dans ce dossier : place non désignée au nom du demandeur."
                    .to_owned(),
            ecart: "Motivation de l’écart avec l’avis de la commission.".to_owned(),
            malgre_recours: String::new(),
        };
        self.db
            .write(|tx| decision::proposer(tx, &agent, &scope, &d.numero, d.version, &proposition))
    }

    pub(super) fn decider(&self, d: &Demande) -> ActionResult<()> {
        let signe = self.acte(self.signataire);
        let scope = CpamScope::Caisse("131".to_owned());
        self.db.write(|tx| {
            let notees = Notees {
                etats: vec![
                    (Condition::Ordre, EtatCondition::Etablie),
                    (Condition::Assurance, EtatCondition::Etablie),
                ],
                constat: None,
                premier_acte: None,
            };
            generales::noter(tx, &signe, &scope, &d.numero, d.version, &notees)?;
            decision::decider(tx, &signe, &scope, &d.numero, d.version + 1, "Directrice")
        })?;
        Ok(())
    }

    pub(super) fn suivre(&self, n: usize) -> ActionResult<()> {
        use EtatDemande as E;
        let Some((d, _)) = self.lue(n) else {
            return Ok(());
        };
        let agent = self.acte(self.instructeur);
        let scope = CpamScope::Caisse("131".to_owned());
        let (numero, version) = (d.numero.as_str(), d.version);
        match d.etat {
            E::Deposee | E::Incomplete
                if d.derogation_famille.is_some() && d.derogation_avis_cpd.is_none() =>
            {
                self.db.write(|tx| {
                    instruction::noter_avis(
                        tx,
                        &agent,
                        &scope,
                        numero,
                        version,
                        &AvisCpd::Favorable.into(),
                    )
                })
            }
            E::Deposee | E::Incomplete => self.db.write(|tx| {
                instruction::completer(tx, &agent, &scope, numero, version, "Au dossier.")
            }),
            E::Complete => self.proposer(&d, Sens::Accord),
            E::Proposee => self.decider(&d),
            E::Accordee | E::Refusee if d.notifiee_le.is_none() => self.db.write(|tx| {
                let suivi = decision::Suivi {
                    moyen: ModeNotification::Recommande,
                    numero: String::new(),
                    envoyee: self.jour,
                    avisee: None,
                    remise: Some(self.jour),
                    retour: None,
                };
                let lettre = crate::util::caisse::lettre_signee();
                releve::actions::signature::attacher(
                    tx,
                    &agent,
                    &scope,
                    (numero, version),
                    &lettre,
                )?;
                decision::suivre(tx, &agent, &scope, numero, version + 1, &suivi).map(drop)
            }),
            E::Accordee if d.sous_reserve() => self.db.write(|tx| {
                let complet = releve::db::demande::complete(tx, &scope, numero)?;
                let preuves = installation::preuves(tx, &complet)?;
                let preuve = preuves.first().map_or(0, |p| p.id);
                installation::lever(tx, &agent, &scope, numero, version, self.jour, preuve)
                    .map(drop)
            }),
            E::Accordee => self.db.write(|tx| {
                installation::installer(tx, &agent, &scope, numero, version, self.jour)
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn caducites(&self) -> ActionResult<()> {
        let acte = Acte {
            acteur: Acteur::releve(self.jour.and_hms_opt(3, 0, 0).expect("three o'clock")),
            ..self.acte(self.instructeur)
        };
        let (demandes, places): (Vec<i64>, Vec<i64>) = self.db.read(|conn| {
            Ok::<_, DbError>((
                schema::demande::table
                    .select(schema::demande::id)
                    .load(conn)?,
                schema::place::table.select(schema::place::id).load(conn)?,
            ))
        })?;
        for id in demandes {
            self.db
                .write(|tx| installation::constater_caducite(tx, &acte, id))?;
        }
        for id in places {
            self.db.write(|tx| depart::constater_fin(tx, &acte, id))?;
        }
        Ok(())
    }
}
