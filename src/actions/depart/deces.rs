//! REG-7: somebody died and had declared no departure: the caisse opens it on proof, and the heirs may designate.

use chrono::{Datelike, NaiveDate};
use regles::depart::{Qualite, verifier_deces};
use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::grand_livre::EtatPlace;
use regles::identifiants::{Insee, Rpps};
use regles::mots::fold;

use super::declaration::lieu;
use super::zone::categorie_dite;
use super::{Corrections, confirmer, objet};
use crate::actions::ayant_droit::{self, AHabiliter};
use crate::actions::correction::Personne;
use crate::actions::papier::nommer;
use crate::actions::piece::{self, PieceRecue};
use crate::actions::{Acte, ActionError, ActionResult, tracer};
use crate::db::depart::{self, NouveauDepart};
use crate::db::mots::Mots;
use crate::db::papier::{self, Connu};
use crate::db::{CpamScope, WriteTx, demande_etat, dossier};

/// A departure to open.
#[derive(Debug, Clone)]
pub struct AOuvrir {
    /// The caisse of the agent.
    pub caisse: String,
    /// RPPS of who died.
    pub rpps: Rpps,
    /// Its key does not hold, and the agent confirmed it.
    pub cle_confirmee: bool,
    /// Who died.
    pub personne: Personne,
    /// The commune of practice.
    pub insee: Insee,
    /// The address of practice.
    pub adresse: String,
    /// Day of the death.
    pub deces_le: NaiveDate,
    /// Acts of the twelve months before, as the caisse counts them; PRO-3: nobody else is asked for them.
    pub actes: i32,
    /// Day of the extract.
    pub extrait_le: NaiveDate,
    /// REG-15: whether they practised there by derogation; none when unknown.
    pub par_derogation: Option<bool>,
    /// Death certificate, and what shows who the heirs are.
    pub preuves: Vec<PieceRecue>,
    /// Who designates in their place: name, e-mail address, telephone.
    pub ayant_droit: (String, String, Option<String>),
    /// Key of the form: the same form sent twice opens once.
    pub cle: String,
}

/// Opens the departure, confirms it as the rules say (its place, the two years from the death), and sends their link to the
/// heirs. Returns its identifier, and the state of the place; the same form sent twice opens once.
///
/// # Errors
/// A wrong field, a departure that counts already in this zone, a parameter that does not admit heirs.
pub fn ouvrir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    a: &AOuvrir,
) -> ActionResult<(i64, Option<EtatPlace>)> {
    ayant_droit::admise(acte)?;
    nommer(tx, &a.personne, (&a.rpps, a.cle_confirmee))?;
    let connu = papier::connu(tx, a.rpps.as_str())?;
    if let Some(connu) = &connu
        && let Some(id) = depart::par_cle(tx, connu.id, &a.cle)?
    {
        return Ok((id, crate::db::place::de_depart(tx, id)?.map(|p| p.etat)));
    }
    let lieu = lieu(tx, acte, &a.insee)?;
    let aujourd_hui = acte.jour_a(lieu.service.territoire()?);
    verifier_deces(
        &acte.reglement,
        aujourd_hui,
        a.deces_le,
        Some(a.actes.into()),
    )?;
    if lieu.service.code != a.caisse {
        return Err(ActionError::champ(
            "commune",
            format!(
                "Cette commune dépend d’une autre caisse, {} : c’est elle qui ouvre ce départ.",
                lieu.service.nom
            ),
        ));
    }
    let kine_id = match connu {
        Some(connu) => connu.id,
        None => inscrire(tx, acte, a)?,
    };
    if let Some(id) = depart::en_cours(tx, kine_id, &lieu.zone.bassin)? {
        let deja = depart::lire(tx, &CpamScope::National, id)?;
        return Err(ActionError::champ(
            "rpps",
            format!(
                "Cette personne avait déclaré son départ (dossier {}) : habilitez ses ayants droit depuis ce dossier.",
                deja.numero
            ),
        ));
    }
    let par_derogation = demande_etat::derogation_en_vigueur(tx, kine_id, &lieu.zone.bassin)?
        .then_some(true)
        .or(a.par_derogation);
    let numero = dossier::numero_suivant(tx, &a.caisse, NatureDossier::Depart, acte.jour().year())?;
    let categorie_cessation =
        categorie_dite(lieu.classement.categorie(&acte.reglement, a.deces_le))?;
    let id = depart::inserer(
        tx,
        &NouveauDepart {
            numero: &numero,
            kine_id,
            caisse_code: &a.caisse,
            insee: a.insee.as_str(),
            bassin_code: &lieu.zone.bassin,
            categorie: lieu.zone.categorie,
            adresse: &a.adresse,
            date_cessation: a.deces_le,
            actes_12_mois: None,
            par_derogation,
            deces: true,
            categorie_cessation,
            cle_idempotence: Some(&a.cle),
            declaree_le: acte.le(),
            mots: &Mots::de(
                Some(&recherche(&a.personne)),
                &lieu.commune.nom_recherche,
                a.insee.as_str(),
                None,
            ),
        },
    )?;
    let c = depart::complete(tx, scope, id)?;
    let piece_id = ayant_droit::joindre(tx, acte, id, &a.preuves)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::DepartApresDeces {
            insee: a.insee.to_string(),
            commune: lieu.commune.nom.clone(),
            bassin: lieu.zone.bassin.clone(),
            categorie: lieu.zone.categorie,
            deces_le: a.deces_le,
            actes_12_mois: Some(a.actes.into()),
            par_derogation,
            pieces: piece::deposees(&a.preuves),
            adresse: Some(a.adresse.clone()),
            noms: piece::noms(&a.preuves),
        },
    )?;
    let (nom, courriel, telephone) = &a.ayant_droit;
    let habilitee = ayant_droit::inscrire(
        tx,
        acte,
        &c,
        &AHabiliter {
            nom: nom.clone(),
            qualite: Qualite::Heritier,
            courriel: courriel.clone(),
            telephone: telephone.clone(),
            preuves: Vec::new(),
        },
        piece_id,
    )?;
    let corrections = Corrections {
        actes_12_mois: Some(a.actes),
        extrait_le: Some(a.extrait_le),
        ..Corrections::default()
    };
    let etat = confirmer(tx, acte, scope, id, c.depart.version, &corrections)?;
    ayant_droit::ecrire(tx, acte, &c, &habilitee)?;
    Ok((id, etat))
}

/// Writes down somebody who had no account.
fn inscrire(tx: &mut WriteTx<'_>, acte: &Acte, a: &AOuvrir) -> ActionResult<i64> {
    let Personne { prenom, nom, .. } = &a.personne;
    let connu = Connu {
        rpps: a.rpps.as_str(),
        cle_confirmee: a.cle_confirmee,
        prenom,
        nom,
        nom_recherche: &recherche(&a.personne),
        telephone: None,
        courriel: None,
    };
    Ok(papier::inscrire(tx, &connu, acte.le())?)
}

/// Name and first name, as searched.
fn recherche(personne: &Personne) -> String {
    fold(&format!("{} {}", personne.nom, personne.prenom))
}
