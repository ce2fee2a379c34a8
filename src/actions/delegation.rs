//! PRO-5: who signs for a caisse, and under what: entered on the act that says so, ended, never changed.

use chrono::NaiveDate;
use regles::decision::Acte as Genre;
use regles::delegation::{self as regle, Habilitation, Titre};
use regles::droits::Role;
use regles::evenement::Fait;
use regles::geste;

use super::dossier::{lisible, nom_lisible, obligatoire};
use super::{Acte, ActionError, ActionResult, Objet, caisse, tracer};
use crate::db::delegation::{self, Delegation, NouvelleDelegation};
use crate::db::{AnyConn, CpamScope, WriteTx, file_comptes};

/// What is entered.
#[derive(Debug, Clone)]
pub struct Donnee {
    /// Who signs: an account that holds the role of signatory for this caisse.
    pub signataire: i64,
    /// In their own name, or for who directs.
    pub titre: Titre,
    /// Who gives the delegation: first name and name.
    pub delegant: String,
    /// In what capacity.
    pub delegant_qualite: String,
    /// The kinds of act that it covers.
    pub actes: Vec<Genre>,
    /// Day of the act.
    pub acte_du: NaiveDate,
    /// Its reference.
    pub reference: String,
    /// First day.
    pub du: NaiveDate,
    /// Last day, when the act says one.
    pub au: Option<NaiveDate>,
}

/// The letter says «Par délégation de la directrice».
const QUALITE: &str = "Écrivez sa qualité avec son article, par exemple « la directrice ».";

/// Enters what lets somebody sign for a caisse.
///
/// # Errors
/// A wrong field: the account does not sign for this caisse, or is one's own; what [`regle::verifier`] refuses; a name or a
/// reference that lacks. Out of scope, the refusal of the database.
pub fn donner(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    code: &str,
    donnee: &Donnee,
) -> ActionResult<()> {
    caisse::lire(tx, scope, code)?;
    if acte.acteur.id == Some(donnee.signataire) {
        return Err(ActionError::champ(
            "signataire",
            "Une autre personne que vous doit enregistrer ce qui vous permet de signer.",
        ));
    }
    let signataires = file_comptes::mandates(tx, code, acte.jour())?;
    let qui = signataires
        .into_iter()
        .find(|a| a.id == donnee.signataire && a.role == Role::Signataire)
        .ok_or_else(|| {
            ActionError::champ(
                "signataire",
                "Choisissez une personne dont le compte a le rôle de signataire dans cette caisse.",
            )
        })?;
    let delegue = donnee.titre == Titre::Delegation;
    let (mut delegant, mut qualite) = (None, None);
    if delegue {
        nom_lisible("delegant", &donnee.delegant)?;
        delegant = Some(obligatoire(
            "delegant",
            &donnee.delegant,
            "Indiquez le prénom et le nom de la personne qui donne la délégation.",
        )?);
        let dite = obligatoire("delegant_qualite", &donnee.delegant_qualite, QUALITE)?;
        if !["le ", "la ", "l’"].iter().any(|a| dite.starts_with(a)) {
            return Err(ActionError::champ("delegant_qualite", QUALITE));
        }
        lisible("delegant_qualite", dite)?;
        qualite = Some(dite);
    }
    let reference = obligatoire(
        "reference",
        &donnee.reference,
        "Indiquez la référence de l’acte, ou son objet s’il n’en a pas.",
    )?;
    lisible("reference", &donnee.reference)?;
    let actes: &[Genre] = match donnee.titre {
        Titre::Direction => &[],
        Titre::Delegation => &donnee.actes,
    };
    regle::verifier(&Habilitation {
        titre: donnee.titre,
        actes: actes.to_vec(),
        acte_du: donnee.acte_du,
        du: donnee.du,
        au: donnee.au,
        finie_le: None,
    })
    .map_err(|(champ, refus)| ActionError::champ(champ, refus.to_string()))?;
    let codes: Vec<&str> = actes.iter().map(|a| a.as_str()).collect();
    let id = delegation::creer(
        tx,
        &NouvelleDelegation {
            caisse_code: code,
            compte_id: donnee.signataire,
            titre: donnee.titre,
            delegant,
            delegant_qualite: qualite,
            actes: &codes.join(" "),
            acte_du: donnee.acte_du,
            reference,
            du: donnee.du,
            au: donnee.au,
            cree_par: acte.acteur.id,
            cree_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        de_la_caisse(code),
        Fait::DelegationDonnee {
            delegation: id,
            titre: donnee.titre,
            actes: actes.to_vec(),
            acte_du: donnee.acte_du,
            du: donnee.du,
            au: donnee.au,
            personne: qui.nom_complet(),
            delegant: delegant.map(str::to_owned),
            reference: reference.to_owned(),
        },
    )?;
    Ok(())
}

/// Ends what lets somebody sign: nothing more is signed under it from this day on; what was signed stays signed.
///
/// # Errors
/// Out of scope; [`ActionError::Perime`] when it was ended meanwhile.
pub fn finir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    code: &str,
    id: i64,
) -> ActionResult<()> {
    caisse::lire(tx, scope, code)?;
    let (_, (prenom, nom)) = delegation::lire(tx, code, id)?;
    let par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a delegation ended by nobody".to_owned()))?;
    delegation::finir(tx, code, id, (acte.jour(), par))?;
    tracer(
        tx,
        &acte.acteur,
        de_la_caisse(code),
        Fait::DelegationFinie {
            delegation: id,
            le: acte.jour(),
            personne: format!("{prenom} {nom}"),
        },
    )?;
    Ok(())
}

fn de_la_caisse(code: &str) -> Objet<'_> {
    Objet {
        caisse_code: Some(code),
        ..Objet::default()
    }
}

/// PRO-5: under what somebody signs an act of these kinds that day, for a caisse.
///
/// # Errors
/// As [`geste::signer_sous`]; the refusal of the database.
pub fn titre(
    conn: &mut AnyConn,
    code: &str,
    compte_id: i64,
    actes: &[Genre],
    jour: NaiveDate,
) -> ActionResult<Delegation> {
    let mut siennes = delegation::de(conn, code, compte_id)?;
    let habilitations = siennes
        .iter()
        .map(Delegation::habilitation)
        .collect::<Result<Vec<_>, _>>()?;
    let rang = geste::signer_sous(&habilitations, actes, jour)?;
    Ok(siennes.swap_remove(rang))
}
