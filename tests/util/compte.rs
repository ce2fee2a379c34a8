//! Accounts that tests log in with, written directly in the database.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::delegation::Titre;
use regles::droits::Role;
use regles::identifiants::Rpps;
use regles::signature::MoyenSignature;
use releve::actions::compte::connexion::{self, Issue, Provenance, Tentative};
use releve::actions::{Acte, Acteur};
use releve::db::compte::{self, NouveauCompte};
use releve::db::delegation::{self, NouvelleDelegation};
use releve::db::kine::{self, NouveauKine};
use releve::db::mandat::{self, NouveauMandat};
use releve::db::schema::{caisse, courriel};
use releve::db::signature::{self, NouveauMoyen};
use releve::db::{DbError, DbResult, WriteTx};

use super::{Client, TestApp};
use crate::util::client::Page;

/// The password of every account of the tests.
pub const MOT_DE_PASSE: &str = "girafe tambour nuage 42";

// One hash for the whole run: it costs tens of milliseconds.
pub static HACHE: LazyLock<String> =
    LazyLock::new(|| releve::mot_de_passe::hacher(MOT_DE_PASSE).expect("a hash"));

static NUMERO: AtomicU32 = AtomicU32::new(1);

/// An account of a test.
#[derive(Debug, Clone)]
pub struct CompteTest {
    pub id: i64,
    pub courriel: String,
    pub nom: String,
    /// Of a practitioner.
    pub kine_id: Option<i64>,
    /// Of a practitioner; its key holds.
    pub rpps: Option<String>,
}

/// A mail that was queued.
#[derive(Debug, Clone, Queryable)]
pub struct Depose {
    pub modele: String,
    pub destinataire: String,
    pub sujet: String,
    pub texte: String,
}

/// A RPPS whose key holds, of its own for each number below 10⁹.
pub fn rpps(numero: u32) -> String {
    (0..10)
        .map(|cle| format!("1{numero:09}{cle}"))
        .find(|r| r.parse::<Rpps>().is_ok_and(|r| r.cle_luhn_valide()))
        .expect("one of the ten keys holds")
}

/// The mandate of an account that is not a practitioner's, from the day before: of its CPAM, of region 93 for an ARS.
pub fn mandater(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    role: Role,
    caisse: Option<&str>,
    le: NaiveDateTime,
) -> DbResult<()> {
    let veille = le.date().pred_opt().expect("the day before");
    if let Some(mandat) = NouveauMandat::de(role, compte_id, caisse, veille, le) {
        mandat::creer(
            tx,
            &NouveauMandat {
                region: (role == Role::Ars).then_some("93"),
                qualite: (role == Role::Signataire).then_some("Directrice"),
                ..mandat
            },
        )?;
    }
    match caisse {
        Some(caisse) if role == Role::Signataire => diriger(tx, compte_id, caisse, le),
        _ => Ok(()),
    }
}

/// This account signs for a CPAM in its own name, from the day before.
pub fn diriger(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    caisse: &str,
    le: NaiveDateTime,
) -> DbResult<()> {
    let veille = le.date().pred_opt().expect("the day before");
    delegation::creer(
        tx,
        &NouvelleDelegation {
            caisse_code: caisse,
            compte_id,
            titre: Titre::Direction,
            delegant: None,
            delegant_qualite: None,
            actes: "",
            acte_du: veille,
            reference: "Décision de nomination",
            du: veille,
            au: None,
            cree_par: None,
            cree_le: le,
        },
    )?;
    Ok(())
}

/// What is put in the portal of a CPAM goes without a hand: what most tests are about is what comes next.
pub fn dispenser(tx: &mut WriteTx<'_>, caisse: &str, le: NaiveDateTime) -> DbResult<()> {
    signature::choisir(
        tx,
        &NouveauMoyen {
            caisse_code: caisse,
            moyen: MoyenSignature::Teleservice,
            reference: Some("homologation d’essai"),
            homologuee_le: Some(le.date()),
            homologuee_au: None,
            choisi_par: None,
            choisi_le: le,
        },
    )
}

impl TestApp {
    /// The CPAM of this code; created when it does not exist yet.
    pub fn caisse(&self, code: &str) {
        self.state
            .db
            .write(|tx| {
                let existe: i64 = caisse::table
                    .filter(caisse::code.eq(code))
                    .count()
                    .get_result(&mut **tx)?;
                if existe == 0 {
                    diesel::insert_into(caisse::table)
                        .values((
                            caisse::code.eq(code),
                            caisse::nom.eq(format!("CPAM {code}")),
                            caisse::type_caisse.eq("CPAM"),
                            caisse::departements.eq(&code[..2]),
                            caisse::region.eq("93"),
                            caisse::siege.eq("Ville"),
                            caisse::territoire.eq("metropole"),
                            caisse::courriel.eq(format!("cpam{code}@example.fr")),
                        ))
                        .execute(&mut **tx)?;
                    dispenser(tx, code, self.state.clock.now())?;
                }
                Ok::<_, DbError>(())
            })
            .expect("the organisme is written");
    }

    /// Creates an account of this role, confirmed, with [`MOT_DE_PASSE`]; a practitioner gets her RPPS.
    /// `caisse`: the CPAM, for a role that has one (created when absent).
    pub fn compte(&self, role: Role, caisse: Option<&str>) -> CompteTest {
        if let Some(code) = caisse {
            self.caisse(code);
        }
        let numero = NUMERO.fetch_add(1, Ordering::Relaxed);
        let courriel = format!("{}{numero}@example.fr", role.as_str());
        let nom = en_lettres(&format!("Test{numero}"));
        let rpps = (role == Role::Kine).then(|| rpps(numero));
        let now = self.state.clock.now();
        let (id, kine_id) = self
            .state
            .db
            .write(|tx| -> DbResult<_> {
                let id = compte::creer(
                    tx,
                    &NouveauCompte {
                        courriel: &courriel,
                        courriel_verifie_le: Some(now),
                        mot_de_passe: Some(&HACHE),
                        prenom: "Camille",
                        nom: &nom,
                        actif: true,
                        echecs: 0,
                        cree_le: now,
                    },
                )?;
                mandater(tx, id, role, caisse, now)?;
                let Some(rpps) = &rpps else {
                    return Ok((id, None));
                };
                let nouveau = NouveauKine {
                    compte_id: id,
                    rpps,
                    cle_confirmee: false,
                    prenom: "Camille",
                    nom: &nom,
                    nom_recherche: &format!("{} camille", nom.to_lowercase()),
                    telephone: None,
                    cree_le: now,
                };
                let kine_id = kine::creer(tx, &nouveau)?;
                super::builders::loger(tx, now)?;
                Ok((id, Some(kine_id)))
            })
            .expect("the account is written");
        CompteTest {
            id,
            courriel,
            nom: format!("Camille {nom}"),
            kine_id,
            rpps,
        }
    }

    /// A client in which this account is logged in, by the act itself: the form, and the password compared in tens of
    /// milliseconds, are tested in `web::compte`.
    pub async fn connecte(&self, compte: &CompteTest) -> Client {
        match self.tenter(compte, true) {
            Issue::Ouverte { jeton, .. } => Client::de_session(&self.adresse, jeton),
            autre => panic!("login of {} failed: {autre:?}", compte.courriel),
        }
    }

    /// What comes of a login with the right password, or with a wrong one.
    pub fn tenter(&self, compte: &CompteTest, juste: bool) -> Issue {
        let acte = Acte {
            acteur: Acteur {
                id: None,
                nom: "un visiteur".to_owned(),
                le: self.state.clock.now(),
            },
            reglement: self.state.reglement(),
            url_publique: self.adresse.clone(),
        };
        self.state
            .db
            .write(|tx| {
                let tentative = Tentative {
                    compte: compte::par_id(tx, compte.id)?,
                    juste,
                    provenance: Provenance {
                        adresse_ip: "127.0.0.1".to_owned(),
                        navigateur: String::new(),
                        ancienne: None,
                    },
                };
                connexion::conclure(tx, &acte, &tentative)
            })
            .expect("the login is written")
    }

    /// The mails queued so far, oldest first.
    pub fn deposes(&self) -> Vec<Depose> {
        self.state
            .db
            .read(|conn| -> DbResult<_> {
                Ok(courriel::table
                    .order(courriel::id)
                    .select((
                        courriel::modele,
                        courriel::destinataire,
                        courriel::sujet,
                        courriel::texte,
                    ))
                    .load(conn)?)
            })
            .expect("the outbox reads")
    }
}

impl Client {
    /// Logs in through the form; the page is the one reached after redirects.
    pub async fn connexion(&self, courriel: &str, mot_de_passe: &str) -> Page {
        self.post(
            "/connexion",
            "/connexion",
            &[("courriel", courriel), ("mot_de_passe", mot_de_passe)],
        )
        .await
    }
}

/// A text as a name may hold it: a letter in place of each digit.
pub fn en_lettres(texte: &str) -> String {
    let lettre = |c: char| match c.to_digit(10) {
        Some(chiffre) => char::from_digit(chiffre + 10, 36).unwrap_or(c),
        None => c,
    };
    texte.chars().map(lettre).collect()
}
