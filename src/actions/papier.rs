//! PRO-13: a request that came on paper is entered by an agent for who wrote it, who is told; the letters that answer it are
//! posted; its file is linked to an account once the caisse has checked whose it is.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use regles::evenement::Fait;
use regles::geste;
use regles::identifiants::{Insee, Rpps};
use regles::identite::MoyenIdentite;
use regles::mots::fold;

use super::correction::Personne;
use super::dossier::{objet, ouvrir, territoire};
use super::identite::{self, Controlee};
use super::{Acte, Acteur, ActionError, ActionResult, tracer};
use crate::adresse;
use crate::db::demande::{self, ChangementDemande};
use crate::db::depart::{Praticien, Service};
use crate::db::identite::verifiee;
use crate::db::papier::{self, Connu};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx, commune, destinataire, lettre};

/// The longest address.
const ADRESSE_MAX: usize = 200;
/// Where somebody who writes on paper lives, when it is not said.
const DOMICILE: &str = "Indiquez le numéro et la rue de son domicile, en 200 signes au plus : les lettres y sont envoyées.";

/// Who wrote on paper, and when that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurPapier {
    /// The day on which the caisse received it.
    pub recue_le: NaiveDate,
    /// The caisse of the agent who enters it.
    pub caisse: String,
    /// The RPPS that the paper bears.
    pub rpps: Rpps,
    /// Its key does not hold, and the agent confirmed it.
    pub cle_confirmee: bool,
    /// First name, name, telephone.
    pub personne: Personne,
    /// E-mail address, if it is given.
    pub courriel: Option<String>,
    /// Street of the home.
    pub domicile: String,
    /// Commune of the home.
    pub insee: Insee,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demandeur {
    /// Who is logged in.
    Compte(i64),
    /// Who wrote on paper.
    Papier(Box<SurPapier>),
}

impl Demandeur {
    /// Whether it came on paper.
    pub fn sur_papier(&self) -> bool {
        matches!(self, Demandeur::Papier(_))
    }

    /// The same act, as of the day on which the request was received.
    pub(super) fn reception(&self, acte: &Acte) -> Acte {
        match self {
            Demandeur::Compte(_) => acte.clone(),
            Demandeur::Papier(papier) => Acte {
                acteur: Acteur {
                    le: le_jour(papier.recue_le),
                    ..acte.acteur.clone()
                },
                ..acte.clone()
            },
        }
    }

    /// The practitioner who asks, written down if a paper makes them known; and the act as of the day of reception.
    ///
    /// # Errors
    /// A wrong field, the refusal of the database.
    pub(super) fn recevoir(&self, tx: &mut WriteTx<'_>, acte: &Acte) -> ActionResult<(i64, Acte)> {
        let kine_id = match self {
            Demandeur::Compte(kine_id) => *kine_id,
            Demandeur::Papier(papier) => inscrire(tx, acte, papier)?,
        };
        Ok((kine_id, self.reception(acte)))
    }

    /// In whose name it is filed: who wrote on paper, whoever enters it.
    pub(super) fn auteur(&self, acte: &Acte, kine: &Praticien) -> Acteur {
        match self {
            Demandeur::Compte(_) => acte.acteur.clone(),
            Demandeur::Papier(_) => Acteur {
                id: None,
                nom: kine.nom_complet(),
                le: acte.le(),
            },
        }
    }
}

/// An instant of a day that is of this day in every territory.
fn le_jour(jour: NaiveDate) -> NaiveDateTime {
    jour.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(10)
}

/// Whether what a paper says of who wrote it may be entered by the caisse in charge of the place of practice.
///
/// # Errors
/// A wrong field: the day is to come, a name, an address, the key of the RPPS, another person of this RPPS, another caisse.
pub(super) fn verifier(
    conn: &mut AnyConn,
    acte: &Acte,
    papier: &SurPapier,
    service: &Service,
) -> ActionResult<()> {
    let aujourd_hui = acte.jour_a(service.territoire()?);
    geste::saisir_le_papier(papier.recue_le, aujourd_hui)
        .map_err(|refus| ActionError::champ("recue_le", refus.phrase()))?;
    if service.code != papier.caisse {
        return Err(ActionError::champ(
            "commune",
            format!(
                "Cette commune dépend d’une autre caisse, {} : transmettez-lui ce courrier, et dites-le à la personne.",
                service.nom
            ),
        ));
    }
    controler(conn, papier)
}

/// What may be wrong in what is said of the person.
fn controler(conn: &mut AnyConn, papier: &SurPapier) -> ActionResult<()> {
    nommer(conn, &papier.personne, (&papier.rpps, papier.cle_confirmee))?;
    rue(&papier.domicile)?;
    if commune::lire(conn, &papier.insee)?.is_none() {
        return Err(ActionError::champ(
            "domicile_commune",
            "Choisissez la commune de son domicile dans la liste proposée.",
        ));
    }
    if let Some(courriel) = &papier.courriel
        && adresse::lire(courriel).is_none()
    {
        return Err(ActionError::champ(
            "courriel_papier",
            "Cette adresse électronique est incomplète. Par exemple : prenom.nom@exemple.fr.",
        ));
    }
    Ok(())
}

/// The street of a home, as it is stored.
///
/// # Errors
/// Empty, or too long.
pub(super) fn rue(domicile: &str) -> ActionResult<&str> {
    let domicile = domicile.trim();
    match domicile.is_empty() || domicile.chars().count() > ADRESSE_MAX {
        true => Err(ActionError::champ("domicile", DOMICILE)),
        false => Ok(domicile),
    }
}

/// Whether an agent may write down somebody under this name and this number, whose key holds or was confirmed.
///
/// # Errors
/// A wrong field: a name, the key of the RPPS, another person of this RPPS.
pub(super) fn nommer(
    conn: &mut AnyConn,
    personne: &Personne,
    (rpps, cle_confirmee): (&Rpps, bool),
) -> ActionResult<()> {
    personne.verifier()?;
    if !cle_confirmee && !rpps.cle_luhn_valide() {
        return Err(ActionError::champ(
            "rpps",
            "Ce numéro semble contenir une erreur de frappe : relisez-le, puis confirmez-le s’il est bien celui du courrier.",
        ));
    }
    // A number mistyped would open the file to somebody else.
    let autre = papier::connu(conn, rpps.as_str())?
        .is_some_and(|connu| fold(&connu.nom) != fold(&personne.nom));
    if autre {
        return Err(ActionError::champ(
            "nom",
            "Relève connaît ce numéro RPPS sous un autre nom : vérifiez le numéro, et écrivez le nom d’exercice.",
        ));
    }
    Ok(())
}

/// The practitioner of a paper: who holds an account with this RPPS, else a line that no session reads.
fn inscrire(tx: &mut WriteTx<'_>, acte: &Acte, papier: &SurPapier) -> ActionResult<i64> {
    controler(tx, papier)?;
    let habiter = |tx: &mut WriteTx<'_>, kine_id| {
        let domicile = papier.domicile.trim();
        destinataire::habiter(tx, kine_id, domicile, papier.insee.as_str(), acte.le())
    };
    if let Some(titulaire) = papier::titulaire(tx, papier.rpps.as_str())? {
        // What the person said of themselves stays.
        if destinataire::domicile_de(tx, titulaire.id)?.is_none() {
            habiter(tx, titulaire.id)?;
        }
        return Ok(titulaire.id);
    }
    let Personne {
        prenom,
        nom,
        telephone,
    } = &papier.personne;
    let connu = Connu {
        rpps: papier.rpps.as_str(),
        cle_confirmee: papier.cle_confirmee,
        prenom,
        nom,
        nom_recherche: &fold(&format!("{nom} {prenom}")),
        telephone: telephone.as_deref(),
        courriel: papier.courriel.as_deref(),
    };
    let kine_id = papier::inscrire(tx, &connu, acte.le())?;
    habiter(tx, kine_id)?;
    Ok(kine_id)
}

/// Links a file to the account that bears the RPPS of its applicant, once the caisse has checked who they are; only then do
/// they read it. Where that was checked already, nothing more is asked; else, the check is written down with the link.
///
/// # Errors
/// It is linked already, nobody holds such an account, how it was checked is not said, [`ActionError::Perime`], the refusal
/// of the database.
pub fn rattacher(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    controle: Option<(MoyenIdentite, Option<&str>)>,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let titulaire = papier::titulaire(tx, &dossier.kine.rpps)?;
    geste::rattacher(dossier.kine.compte_id.is_some(), titulaire.is_some())?;
    let titulaire = titulaire.ok_or(DbError::Introuvable)?;
    if !verifiee(tx, titulaire.id)? {
        let (moyen, observation) = controle.ok_or_else(|| {
            ActionError::champ("moyen", "Dites comment vous avez vérifié l’identité.")
        })?;
        identite::noter(
            tx,
            acte,
            &Controlee {
                kine_id: titulaire.id,
                personne: titulaire.nom_complet(),
                caisse_code: &d.caisse_code,
                objet: objet(&dossier),
            },
            moyen,
            observation,
        )?;
    }
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    papier::rattacher(tx, d.id, d.kine_id, titulaire.id)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DossierRattache { verification: None },
    )?;
    Ok(())
}

/// Notes the day on which a letter of a file was posted.
///
/// # Errors
/// It was noted already, the day is before the letter or to come, [`ActionError::Perime`], the refusal of the database.
pub fn poster(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, version): (&str, i32),
    (id, le): (i64, NaiveDate),
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let ecrite = lettre::lire(tx, dossier.demande.id, id)?;
    let ici = territoire(&dossier)?;
    let ecrite_le = regles::fuseau::jour_local(ecrite.cree_le, ici);
    geste::poster(ecrite_le, ecrite.postee_le, le, acte.jour_a(ici))?;
    let par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a letter posted by nobody".to_owned()))?;
    lettre::poster(tx, id, le, par)?;
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande::default(),
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::LettrePostee { lettre: id, le },
    )?;
    Ok(())
}
