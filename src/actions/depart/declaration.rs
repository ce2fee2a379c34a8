//! A practitioner declares that she definitively ceases her activity (REG-3).

mod pieces;

pub use pieces::envoyer;

use chrono::{Datelike, NaiveDate};
use courriers::Courrier;
use regles::depart::{DeclarationError, verifier};
use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::identifiants::Insee;
use regles::manque::du_depart;
use regles::place::FaitsPlace;
use regles::reglement::Reglement;
use regles::texte;
use regles::zonage::Categorie;

use super::zone::categorie_dite;
use crate::actions::courriel::{self, Destinataire};
use crate::actions::piece::{self, PieceRecue, Rattachement};
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::brouillon;
use crate::db::commune::Commune;
use crate::db::depart::{self, NouveauDepart, Service};
use crate::db::deposant::{self, Deposant};
use crate::db::dossier;
use crate::db::mots::Mots;
use crate::db::zonage::{self, Classement, ZoneError, ZoneTrouvee};
use crate::db::{AnyConn, WriteTx, demande_etat};

/// What is declared.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Who leaves.
    pub kine_id: i64,
    /// The commune left.
    pub insee: Insee,
    /// The address left.
    pub adresse: String,
    /// Day of the definitive cessation.
    pub date: NaiveDate,
    /// Acts of the twelve months before; none when unknown.
    pub actes: Option<i64>,
    /// REG-15: whether she practises there by derogation; none when unknown.
    pub par_derogation: Option<bool>,
    /// Supporting documents.
    pub pieces: Vec<PieceRecue>,
    /// Key of the form.
    pub cle: String,
}

impl From<DeclarationError> for ActionError {
    fn from(error: DeclarationError) -> Self {
        match error {
            DeclarationError::Reglement(e) => e.into(),
            autre => ActionError::champ(autre.champ(), autre.to_string()),
        }
    }
}

/// Where somebody practises: the commune, its zone on a day, and the CPAM that answers (PRO-1, ZON-6).
pub struct Lieu {
    /// The commune.
    pub commune: Commune,
    /// Its zone.
    pub zone: ZoneTrouvee,
    /// The CPAM.
    pub service: Service,
    /// Its category, at any date.
    pub(super) classement: Classement,
}

/// A departure that may be declared, with what is known of it besides.
pub struct Examine {
    /// Where.
    pub lieu: Lieu,
    /// REG-15: by derogation, where Relève granted it; else as declared.
    pub par_derogation: Option<bool>,
    /// REG-16: category of the zone on the day of the cessation.
    pub categorie_cessation: Option<Categorie>,
}

/// Finds the zone and the CPAM of a commune; what is missing is said beside the field `commune`.
///
/// # Errors
/// The commune is unknown, has no zone or no CPAM.
pub fn lieu(conn: &mut AnyConn, acte: &Acte, insee: &Insee) -> ActionResult<Lieu> {
    let refus = |phrase: String| ActionError::champ("commune", phrase);
    let situation = zonage::situer(conn, insee)?
        .ok_or_else(|| refus("Choisissez la commune dans la liste proposée.".to_owned()))?;
    let nom = &situation.commune.nom;
    let zone = situation.classement.categorie(&acte.reglement, acte.jour()).map_err(|e| match e {
        ZoneError::Db(db) => db.into(),
        ZoneError::Reglement(reglement) => reglement.into(),
        ZoneError::SansArrete { .. } => refus(format!(
            "Aucun arrêté de zonage n’est en vigueur à {nom} : nous ne pouvons pas dire quelle règle s’y applique. Adressez-vous à votre caisse, qui peut nous le signaler."
        )),
        autre => refus(format!(
            "La zone {} n’est pas connue : {autre}. Choisissez une autre commune ou adressez-vous à votre caisse.",
            texte::de(nom))),
    })?;
    let service = situation.service.ok_or_else(|| {
        refus(format!(
            "La caisse compétente pour {nom} n’est pas connue de Relève. Adressez-vous à votre caisse."
        ))
    })?;
    Ok(Lieu {
        commune: situation.commune,
        zone,
        service,
        classement: situation.classement,
    })
}

/// Whether this can be declared today, and to whom; reads only.
///
/// # Errors
/// A field is wrong, the zone is unknown, or a departure already counts in this zone.
pub fn examiner(conn: &mut AnyConn, acte: &Acte, d: &Declaration) -> ActionResult<Examine> {
    verifier(&acte.reglement, acte.jour(), d.date, d.actes)?;
    let lieu = lieu(conn, acte, &d.insee)?;
    if depart::en_cours(conn, d.kine_id, &lieu.zone.bassin)?.is_some() {
        return Err(ActionError::champ(
            "commune",
            format!(
                "Vous avez déjà déclaré votre cessation dans la zone {} : retrouvez-la dans votre espace.",
                texte::de(&lieu.zone.bassin_nom)
            ),
        ));
    }
    let accordee = demande_etat::derogation_en_vigueur(conn, d.kine_id, &lieu.zone.bassin)?;
    Ok(Examine {
        par_derogation: accordee.then_some(true).or(d.par_derogation),
        categorie_cessation: categorie_dite(lieu.classement.categorie(&acte.reglement, d.date))?,
        lieu,
    })
}

/// What the rules would say today of a departure that was examined, said to who is about to send it: never a reason to
/// hold it back.
///
/// # Errors
/// No parameter in force that day.
pub fn annoncer(
    reglement: &Reglement,
    jour: NaiveDate,
    d: &Declaration,
    examine: &Examine,
) -> ActionResult<Vec<String>> {
    let lieu = &examine.lieu;
    let faits = FaitsPlace {
        categorie: Some(lieu.zone.categorie),
        cessation: Some(d.date),
        actes_12_mois: d.actes,
        successeur_designe: Some(false),
        pourvue: Some(false),
        territoire: lieu.service.territoire()?,
        cedant_par_derogation: examine.par_derogation,
        categorie_a_la_cessation: examine.categorie_cessation,
        ..FaitsPlace::default()
    };
    Ok(du_depart(reglement, jour, &faits)?)
}

/// Declares a definitive cessation to the CPAM of the commune, and returns its identifier. The same form
/// sent twice declares once.
///
/// # Errors
/// A field is wrong, the zone is unknown, or a departure already counts in this zone.
pub fn declarer(tx: &mut WriteTx<'_>, acte: &Acte, d: &Declaration) -> ActionResult<i64> {
    let deposant = deposant::lire(tx, d.kine_id, acte.acteur.id, &d.cle)?;
    if let Some((id, _)) = deposant.deja {
        return Ok(id);
    }
    let Examine {
        lieu,
        par_derogation,
        categorie_cessation,
    } = examiner(tx, acte, d)?;
    let caisse = lieu.service.code.as_str();
    let actes = d
        .actes
        .map(i32::try_from)
        .transpose()
        .map_err(|_| ActionError::champ("actes", "Ce nombre d’actes est trop grand."))?;
    let annee = acte.jour().year();
    let numero = dossier::numero_suivant(tx, caisse, NatureDossier::Depart, annee)?;
    let id = depart::inserer(
        tx,
        &NouveauDepart {
            numero: &numero,
            kine_id: d.kine_id,
            caisse_code: caisse,
            insee: d.insee.as_str(),
            bassin_code: &lieu.zone.bassin,
            categorie: lieu.zone.categorie,
            adresse: &d.adresse,
            date_cessation: d.date,
            actes_12_mois: actes,
            par_derogation,
            deces: false,
            categorie_cessation,
            cle_idempotence: Some(&d.cle),
            declaree_le: acte.le(),
            mots: &Mots::de(
                Some(&deposant.nom_recherche),
                &lieu.commune.nom_recherche,
                d.insee.as_str(),
                None,
            ),
        },
    )?;
    piece::joindre(tx, acte, Rattachement::dossier(id), &d.pieces)?;
    tracer(
        tx,
        &acte.acteur,
        objet(caisse, id),
        Fait::DepartDeclaree {
            insee: d.insee.to_string(),
            commune: lieu.commune.nom.clone(),
            bassin: lieu.zone.bassin.clone(),
            categorie: lieu.zone.categorie,
            date_cessation: d.date,
            actes_12_mois: d.actes,
            par_derogation,
            pieces: piece::deposees(&d.pieces),
            adresse: Some(d.adresse.clone()),
            noms: piece::noms(&d.pieces),
        },
    )?;
    oublier_brouillon(tx, acte, &deposant)?;
    confirmer_reception(tx, acte, d, id, &deposant, &lieu)?;
    Ok(id)
}

/// The draft of a form that was sent has no use any more.
pub(in crate::actions) fn oublier_brouillon(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    deposant: &Deposant,
) -> ActionResult<()> {
    if let (Some(id), Some(auteur)) = (deposant.brouillon, acte.acteur.id) {
        brouillon::supprimer(tx, auteur, id)?;
    }
    Ok(())
}

fn confirmer_reception(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    d: &Declaration,
    id: i64,
    deposant: &Deposant,
    lieu: &Lieu,
) -> ActionResult<()> {
    let lettre = courriers::depart::DepartDeclaree {
        kine: &deposant.kine.nom_complet(),
        contact: &lieu.service.lignes(),
        commune: &lieu.commune.nom,
        id,
        service: &lieu.service.nom,
        adresse: &d.adresse,
        date: d.date,
        actes: d.actes,
    }
    .lettre();
    let a = Destinataire::de(deposant.courriel.as_ref(), id, d.kine_id);
    courriel::envoyer(tx, acte, &format!("depart_declaree:{id}"), &a, &lettre)
}

fn objet(caisse: &str, id: i64) -> Objet<'_> {
    Objet::dossier(caisse, id)
}
