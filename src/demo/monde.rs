//! Who lives in the demonstration, and how they act at a day of the past.

use std::collections::HashMap;

use actix_web::web::Bytes;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use regles::decision;
use regles::delegation::Titre;
use regles::droits::Role;
use regles::identifiants::Rpps;
use regles::identite::MoyenIdentite;
use regles::mots::fold;
use regles::piece::NaturePiece;
use regles::signature::MoyenSignature;

use super::comptes::{COMPTES, Compte, MOT_DE_PASSE};
use super::{DemoError, pdf};
use crate::actions::piece::PieceRecue;
use crate::actions::{Acte, Acteur, ActionError};
use crate::app::AppState;
use crate::clock::jour_a_paris;
use crate::db::compte::{self, NouveauCompte};
use crate::db::delegation::{self, NouvelleDelegation};
use crate::db::identite::{self, NouvelleVerification};
use crate::db::kine::{self, NouveauKine};
use crate::db::mandat::{self, NouveauMandat};
use crate::db::signature::{self, LettreSignee, NouveauMoyen};
use crate::db::{CpamScope, WriteTx, demande, destinataire};
use crate::mot_de_passe;
use crate::pieces::PieceStockee;

/// A person of the demonstration.
#[derive(Debug, Clone)]
pub struct Personne {
    /// The account.
    pub id: i64,
    /// First name and name.
    pub nom: String,
    /// E-mail address.
    pub courriel: &'static str,
    /// The practitioner, when it is one.
    pub kine: Option<(i64, Rpps)>,
}

/// The demonstration under way.
pub struct Monde {
    etat: AppState,
    maintenant: NaiveDateTime,
    personnes: HashMap<&'static str, Personne>,
    document: PieceStockee,
}

impl Monde {
    /// Creates every account, and keeps the one document that all files share.
    pub async fn peupler(etat: &AppState) -> Result<Monde, DemoError> {
        let maintenant = etat.clock.now();
        let hache = mot_de_passe::hacher(MOT_DE_PASSE)?;
        let document = etat
            .pieces
            .garder(Bytes::from(pdf::fictif("Justificatif")))
            .await?;
        let creation = maintenant - TimeDelta::days(900);
        let personnes = etat.db.write(|tx| {
            let mut personnes = HashMap::new();
            for (rang, compte) in COMPTES.iter().enumerate() {
                personnes.insert(compte.courriel, creer(tx, compte, rang, &hache, creation)?);
            }
            // Its portal is dispensed with a hand; the other caisse signs by hand, as every caisse until it chooses.
            signature::choisir(
                tx,
                &NouveauMoyen {
                    caisse_code: "131",
                    moyen: MoyenSignature::Teleservice,
                    reference: Some("Décision fictive d’homologation 131-01"),
                    homologuee_le: Some(jour_a_paris(creation)),
                    homologuee_au: None,
                    choisi_par: None,
                    choisi_le: creation,
                },
            )?;
            Ok::<_, DemoError>(personnes)
        })?;
        Ok(Monde {
            etat: etat.clone(),
            maintenant,
            personnes,
            document,
        })
    }

    /// Somebody, by the beginning of the address.
    pub fn qui(&self, nom: &str) -> Result<&Personne, DemoError> {
        let adresse = format!("{nom}@example.fr");
        self.personnes
            .get(adresse.as_str())
            .ok_or_else(|| DemoError::Donnees(format!("personne inconnue : {nom}")))
    }

    /// A practitioner.
    pub fn kine(&self, nom: &str) -> Result<(i64, Rpps), DemoError> {
        let personne = self.qui(nom)?;
        personne
            .kine
            .clone()
            .ok_or_else(|| DemoError::Donnees(format!("{nom} n’est pas kinésithérapeute")))
    }

    /// The civil day, `jours` ago; negative: to come.
    pub fn il_y_a(&self, jours: i64) -> NaiveDate {
        jour_a_paris(self.maintenant - TimeDelta::days(jours))
    }

    /// Does an act as somebody, `jours` ago, in a transaction of its own.
    pub fn agir<T>(
        &self,
        nom: &str,
        jours: i64,
        f: impl FnOnce(&mut WriteTx<'_>, &Acte) -> Result<T, ActionError>,
    ) -> Result<T, DemoError> {
        let personne = self.qui(nom)?;
        let acte = Acte {
            acteur: Acteur {
                id: Some(personne.id),
                nom: personne.nom.clone(),
                le: self.maintenant - TimeDelta::days(jours),
            },
            reglement: self.etat.reglement(),
            url_publique: self.etat.config.url_publique.clone(),
        };
        let fait = self.etat.db.write(|tx| f(tx, &acte));
        fait.map_err(|e| DemoError::Donnees(format!("{nom}, il y a {jours} jours : {e}")))
    }

    /// A document sent under one name or another.
    pub fn piece(&self, nature: NaturePiece, nom: &str) -> PieceRecue {
        PieceRecue {
            nature,
            nom: nom.to_owned(),
            stockee: self.document.clone(),
            sante: false,
        }
    }

    /// The scan of a letter signed by hand.
    pub fn lettre_signee(&self) -> LettreSignee {
        LettreSignee {
            cle: self.document.cle.clone(),
            empreinte: self.document.empreinte.clone(),
            media: self.document.media.to_owned(),
            octets: self.document.taille,
            nom: "Lettre signée.pdf".to_owned(),
        }
    }

    /// The version of a request, as somebody who just opened it would send it back.
    pub fn version(&self, numero: &str) -> Result<i32, DemoError> {
        Ok(self
            .etat
            .db
            .read(|conn| demande::lire(conn, &CpamScope::National, numero))?
            .version)
    }
}

fn creer(
    tx: &mut WriteTx<'_>,
    compte: &Compte,
    rang: usize,
    hache: &str,
    le: NaiveDateTime,
) -> Result<Personne, DemoError> {
    let id = compte::creer(
        tx,
        &NouveauCompte {
            courriel: compte.courriel,
            courriel_verifie_le: Some(le),
            mot_de_passe: Some(hache),
            prenom: compte.prenom,
            nom: compte.nom,
            actif: true,
            echecs: 0,
            cree_le: le,
        },
    )?;
    let du = jour_a_paris(le);
    if let Some(mandat) = NouveauMandat::de(compte.role, id, compte.caisse, du, le) {
        mandat::creer(
            tx,
            &NouveauMandat {
                qualite: compte.qualite,
                ..mandat
            },
        )?;
    }
    if let (Role::Signataire, Some(caisse)) = (compte.role, compte.caisse) {
        habiliter(tx, id, caisse, compte.qualite == Some("Directrice"), le)?;
    }
    let nom = format!("{} {}", compte.prenom, compte.nom);
    let kine = if compte.role == Role::Kine {
        let rpps = rpps(rang)?;
        let nouveau = NouveauKine {
            compte_id: id,
            rpps: rpps.as_str(),
            cle_confirmee: false,
            prenom: compte.prenom,
            nom: compte.nom,
            nom_recherche: &fold(&format!("{} {}", compte.nom, compte.prenom)),
            telephone: None,
            cree_le: le,
        };
        let kine_id = kine::creer(tx, &nouveau)?;
        destinataire::habiter(tx, kine_id, "3 rue de la Paix", "13056", le)?;
        identite::inscrire(
            tx,
            &NouvelleVerification {
                kine_id,
                caisse_code: Some("131"),
                moyen: MoyenIdentite::Guichet,
                observation: None,
                verifiee_le: le,
                par: None,
            },
        )?;
        Some((kine_id, rpps))
    } else {
        None
    };
    Ok(Personne {
        id,
        nom,
        courriel: compte.courriel,
        kine,
    })
}

/// What lets somebody sign: in her own name for who directs, by a delegation for another.
fn habiliter(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    caisse_code: &str,
    dirige: bool,
    le: NaiveDateTime,
) -> Result<(), DemoError> {
    let acte_du = jour_a_paris(le);
    let du = jour_a_paris(le + TimeDelta::days(1));
    let actes: Vec<&str> = decision::Acte::TOUS.iter().map(|a| a.as_str()).collect();
    let actes = actes.join(" ");
    delegation::creer(
        tx,
        &NouvelleDelegation {
            caisse_code,
            compte_id,
            titre: match dirige {
                true => Titre::Direction,
                false => Titre::Delegation,
            },
            delegant: (!dirige).then_some("Jeanne Fictive"),
            delegant_qualite: (!dirige).then_some("la directrice"),
            actes: if dirige { "" } else { &actes },
            acte_du,
            reference: match dirige {
                true => "Décision fictive de nomination",
                false => "Décision fictive de délégation de signature",
            },
            du,
            au: None,
            cree_par: None,
            cree_le: le,
        },
    )?;
    Ok(())
}

/// A number whose Luhn key holds, in a range that the directory does not use.
fn rpps(rang: usize) -> Result<Rpps, DemoError> {
    (0..10)
        .filter_map(|cle| format!("99000{rang:05}{cle}").parse::<Rpps>().ok())
        .find(Rpps::cle_luhn_valide)
        .ok_or_else(|| DemoError::Donnees("aucun RPPS ne convient".to_owned()))
}
