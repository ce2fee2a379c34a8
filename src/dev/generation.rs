//! A seeded data set: plain `INSERT … VALUES` text, which both databases read alike.
//!
//! Everything here is made of numbers and constants: no text comes from outside.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::ecriture::{Table, ecrire, en_tranches};
use super::histoire::{self, Depot, Survenu};
use super::{index, recherche};
use crate::db::{Db, DbResult};
use crate::secret;

/// How large, and which one.
#[derive(Debug, Clone, Copy)]
pub struct Taille {
    /// CPAM.
    pub caisses: u32,
    /// Requests, spread evenly over the CPAM.
    pub demandes: u32,
    /// Seed: the same one gives the same data.
    pub graine: u64,
}

pub(super) const BASSINS_PAR_CAISSE: u32 = 5;
pub(super) const COMMUNES_PAR_BASSIN: u32 = 3;
const PREMIERE_COMMUNE: u32 = 13_000;
/// Requests written in one transaction.
const TRANCHE: u32 = 10_000;
const NEUF_HEURES: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(heure) => heure,
    None => NaiveTime::MIN,
};
pub(super) const PRENOMS: &[&str] = &[
    "Claire", "Karim", "Élodie", "Thomas", "Aïcha", "Julien", "Inès", "Paul", "Léa", "Hugo",
];
pub(super) const NOMS: &[&str] = &[
    "Martin", "Benali", "Roux", "Lefèvre", "Nguyen", "Garcia", "Petit", "Moreau", "Diallo", "Fabre",
];
/// One request in seven is open: what a fund has on its table in a year of work.
const ETATS: &[&str] = &[
    "deposee",
    "incomplete",
    "complete",
    "installee",
    "installee",
    "refusee",
    "refusee",
    "installee",
    "retiree",
    "caduque",
    "sans_suite",
    "installee",
    "refusee",
    "retiree",
    "installee",
    "refusee",
    "installee",
    "refusee",
    "retiree",
    "installee",
];

/// The session token of the handler of a CPAM, for the bench client's cookie.
pub fn jeton_de_banc(caisse: &str) -> String {
    format!("banc-{caisse}")
}

/// The session token of a practitioner who files, by rank from 0 to [`DEPOSANTS`].
pub fn jeton_de_deposant(rang: u32) -> String {
    format!("banc-kine-{rang}")
}

/// How many practitioners have a session.
pub const DEPOSANTS: u32 = 32;

/// Fills an empty, migrated database. `now`: the instant the data set is seen from (UTC).
pub fn generer(db: &Db, taille: Taille, now: NaiveDateTime) -> DbResult<()> {
    let mut generation = Generation {
        taille,
        now,
        hasard: StdRng::seed_from_u64(taille.graine),
        recherche: recherche::Index::pour(taille.demandes),
    };
    // An index built at the end is written once, in its order; filled row by row, it is written all over.
    let index = db.write(index::retirer)?;
    let rempli = remplir(db, &mut generation);
    for index in &index {
        db.write(|tx| index.remettre(tx))?;
    }
    rempli
}

fn remplir(db: &Db, generation: &mut Generation) -> DbResult<()> {
    let reference = generation.reference();
    db.write(|tx| ecrire(tx, reference))?;
    let demandes = generation.taille.demandes;
    let tranches = (0..demandes)
        .step_by(TRANCHE as usize)
        .map(|debut| generation.tranche(debut..(debut + TRANCHE).min(demandes)));
    en_tranches(db, tranches)?;
    // In the order of their table, which is by CPAM: written as they come, they would be written all over it.
    let caisses = generation.taille.caisses;
    let mots = |rang| generation.recherche.mots(&code(rang), rang, caisses);
    en_tranches(db, (0..caisses).map(|rang| (vec![mots(rang)], Vec::new())))?;
    db.write(|tx| {
        crate::db::dialect::recaler(
            tx,
            &[
                "compte", "mandat", "kine", "arrete", "dossier", "decision", "echeance",
            ],
        )
    })
}

pub(super) struct Generation {
    pub(super) taille: Taille,
    pub(super) now: NaiveDateTime,
    hasard: StdRng,
    recherche: recherche::Index,
}

pub(super) const SESSION: &str =
    "empreinte,compte_id,mandat_id,cree_le,vue_le,expire_le,adresse_ip,navigateur";

pub(super) fn code(caisse: u32) -> String {
    // Three characters, as the real ones: 0A1, 0A2…
    format!("{:03}", caisse + 1)
}

/// A commune of département 13 or after: a code that reads as one.
pub(super) fn insee(rang: u32) -> String {
    format!("{:05}", PREMIERE_COMMUNE + rang)
}

pub(super) fn session(
    jeton: &str,
    compte: u32,
    mandat: Option<u32>,
    now: NaiveDateTime,
    fin: NaiveDateTime,
) -> String {
    let mandat = mandat.map_or_else(|| "NULL".to_owned(), |id| id.to_string());
    let empreinte = secret::empreinte(jeton);
    format!("('{empreinte}',{compte},{mandat},'{now}','{fin}','{fin}','127.0.0.1','banc')")
}

impl Generation {
    /// Who signs for a CPAM: after the practitioners.
    pub(super) fn signataire(&self, caisse: u32) -> u32 {
        self.taille.caisses + self.taille.demandes + caisse + 1
    }

    fn tranche(&mut self, rangs: std::ops::Range<u32>) -> (Vec<Table>, Vec<Survenu>) {
        let now = self.now;
        let aujourd_hui = now.date();
        let n = self.taille.caisses;
        let (mut comptes, mut kines) = (Vec::new(), Vec::new());
        let (mut dossiers, mut demandes) = (Vec::new(), Vec::new());
        let (mut echeances, mut histoire) = (Vec::new(), Vec::new());
        let mut decisions = Vec::new();
        let fin = now + chrono::TimeDelta::days(30);
        let sessions = rangs
            .clone()
            .take_while(|rang| *rang < DEPOSANTS)
            .map(|rang| session(&jeton_de_deposant(rang), n + rang + 1, None, now, fin))
            .collect();
        // Who files says where they live: it names the court.
        let domiciles = rangs
            .clone()
            .take_while(|rang| *rang < DEPOSANTS)
            .map(|rang| format!("({},'1 rue du Banc','{}','{now}')", rang + 1, insee(0)))
            .collect();
        for rang in rangs {
            let id = rang + 1;
            let caisse = rang % n;
            let code = code(caisse);
            let compte = n + id;
            let (rang_prenom, rang_nom) = (
                self.hasard.random_range(0..PRENOMS.len()),
                self.hasard.random_range(0..NOMS.len()),
            );
            let (prenom, nom) = (PRENOMS[rang_prenom], NOMS[rang_nom]);
            let commune = (caisse * BASSINS_PAR_CAISSE
                + self.hasard.random_range(0..BASSINS_PAR_CAISSE))
                * COMMUNES_PAR_BASSIN;
            let bassin = commune / COMMUNES_PAR_BASSIN;
            let insee = insee(commune);
            let etat = ETATS[self.hasard.random_range(0..ETATS.len())];
            let ouverte = matches!(etat, "deposee" | "incomplete" | "complete");
            // What is open is recent: a few are late.
            let age: u64 = self
                .hasard
                .random_range(if ouverte { 1..70 } else { 90..900 });
            let depot = aujourd_hui - Days::new(age);
            let echeance = self.echeance(depot);
            let assigne = if self.hasard.random_range(0..3) == 0 {
                "NULL".to_owned()
            } else {
                (caisse + 1).to_string()
            };
            comptes.push(format!(
                "({compte},'kine{id}@example.fr','{now}','{prenom}','{nom}',TRUE,0,'{now}')"
            ));
            kines.push(format!(
                "({id},{compte},'1{id:010}',TRUE,'{prenom}','{nom} {id}','{} {id}','{now}')",
                nom.to_lowercase()
            ));
            dossiers.push(format!(
                "({id},'demande','{code}-2026-{id:06}','{code}',{id},'{insee}','BV{bassin:05}','{etat}',{ouverte},{assigne},'{echeance}','decision_implicite','{depot} 09:00:00',1)"
            ));
            // What was decided was handed over the day after.
            let notifiee = match etat {
                "refusee" | "installee" | "caduque" => {
                    format!("'{}','recommande'", depot + Days::new(31))
                }
                _ => "NULL,NULL".to_owned(),
            };
            demandes.push(format!(
                "({id},'hors_regulation','non_prioritaire','1 rue du Banc',{notifiee})"
            ));
            let courante = if ouverte { "en_cours" } else { "satisfaite" };
            self.recherche.noter(rang_prenom, rang_nom, commune);
            let delai = |nature: &str, regle: &str| {
                format!(
                    "('{code}','{nature}',{id},'{regle}','{depot}','2 mois','{echeance}','[]','{echeance}','{echeance}','[]','{courante}','{now}')"
                )
            };
            echeances.push(delai("decision_implicite", "PRO-7"));
            if etat == "incomplete" {
                echeances.push(delai("pieces", "PRO-3"));
            }
            decisions.extend(histoire::decision(
                id,
                etat,
                depot + Days::new(30),
                caisse + 1,
                self.signataire(caisse),
            ));
            let depose = Depot {
                numero: format!("{code}-2026-{id:06}"),
                insee,
                bassin: format!("BV{bassin:05}"),
                echeance,
            };
            for (k, fait) in (0..).zip(histoire::etapes(etat, &depose)) {
                histoire.push(Survenu {
                    le: depot.and_time(NEUF_HEURES) + chrono::TimeDelta::minutes(k),
                    acteur: format!("{prenom} {nom}"),
                    caisse: code.clone(),
                    dossier: i64::from(id),
                    fait,
                });
            }
        }
        let tables = vec![
            (
                "compte",
                "id,courriel,courriel_verifie_le,prenom,nom,actif,echecs,cree_le",
                comptes,
            ),
            (
                "kine",
                "id,compte_id,rpps,cle_confirmee,prenom,nom,nom_recherche,cree_le",
                kines,
            ),
            (
                "dossier",
                "id,nature,numero,caisse_code,kine_id,insee,bassin_code,etat,ouvert,assigne_a,echeance,echeance_nature,depose_le,version",
                dossiers,
            ),
            (
                "demande",
                "id,nature,categorie_depot,adresse,notifiee_le,notification_mode",
                demandes,
            ),
            (
                "echeance",
                "caisse_code,nature,dossier_id,regle,depart,delai,brute,suspensions,apres_suspensions,finale,explication,etat,cree_le",
                echeances,
            ),
            ("decision", histoire::DECISION, decisions),
            ("session", SESSION, sessions),
            ("domicile", "kine_id,adresse,insee,dit_le", domiciles),
        ];
        (tables, histoire)
    }

    fn echeance(&mut self, depot: NaiveDate) -> NaiveDate {
        depot + Days::new(60 + self.hasard.random_range(0..5))
    }
}
