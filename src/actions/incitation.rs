//! CAT: the catalogue of aids of this installation; adding a local aid, or correcting an entry, takes two people.

use regles::evenement::Fait;
use regles::incitation::proposition::{EtatAide, EvenementAide, transition};
use regles::incitation::{self, Aide, NatureAide};
use regles::mots;
use regles::passage::Passage;
use regles::texte;

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::contrainte::Contrainte;
use crate::db::incitation::{self as stockees, AideStockee, NouvelleAide};
use crate::db::{AnyConn, CpamScope, DbError, WriteTx, caisse};

/// Characters at most in a text of an entry.
const TEXTE_MAX: usize = 1_000;

/// The entry that a proposal holds.
///
/// # Errors
/// It does not read.
pub fn contenu(stockee: &AideStockee) -> ActionResult<Aide> {
    let lu = serde_json::from_str(&stockee.contenu);
    Ok(lu.map_err(|e| DbError::Incoherent(format!("aide {} : {e}", stockee.code)))?)
}

/// The catalogue: what ships with the product, with what two people agreed on laid over it.
///
/// # Errors
/// A stored entry that does not read.
pub fn catalogue(approuvees: Vec<AideStockee>) -> ActionResult<Vec<Aide>> {
    let aides = approuvees
        .iter()
        .map(contenu)
        .collect::<ActionResult<Vec<Aide>>>()?;
    incitation::superposer(aides).map_err(|e| ActionError::Regle(e.to_string()))
}

/// The value of an entry that a correction would replace: the latest.
///
/// # Errors
/// [`DbError::Introuvable`] when no entry has this code; the refusal of the database.
pub fn courante(conn: &mut AnyConn, code: &str) -> ActionResult<Aide> {
    let aides = catalogue(stockees::approuvees(conn)?)?;
    let trouvee = aides.into_iter().find(|a| a.code == code && a.au.is_none());
    Ok(trouvee.ok_or(DbError::Introuvable)?)
}

fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::refus("Une aide se propose avec un compte."))
}

/// The caisse for which this person proposes; none for the nation.
fn caisse_de(scope: &CpamScope) -> ActionResult<Option<&str>> {
    match scope {
        CpamScope::Caisse(code) => Ok(Some(code)),
        CpamScope::National => Ok(None),
        CpamScope::Region(_) | CpamScope::Zone(_) | CpamScope::Sante(_) | CpamScope::Kine(_) => {
            Err(ActionError::refus(
                "Les aides sont tenues par les caisses et par l’équipe nationale.",
            ))
        }
    }
}

/// Whether the proposal is within what this person may see.
pub fn visible(scope: &CpamScope, stockee: &AideStockee) -> bool {
    match scope {
        CpamScope::National => true,
        CpamScope::Caisse(code) => stockee.caisse_code.as_deref() == Some(code),
        CpamScope::Region(_) | CpamScope::Zone(_) | CpamScope::Sante(_) | CpamScope::Kine(_) => {
            false
        }
    }
}

fn rempli(champ: &'static str, valeur: &str, phrase: &str) -> ActionResult<()> {
    if valeur.trim().is_empty() {
        return Err(ActionError::champ(champ, phrase));
    }
    if valeur.chars().count() > TEXTE_MAX {
        return Err(ActionError::champ(
            champ,
            format!(
                "Écrivez {} caractères au plus.",
                texte::nombre(TEXTE_MAX as i64)
            ),
        ));
    }
    Ok(())
}

fn verifier(acte: &Acte, aide: &Aide, raison: &str) -> ActionResult<chrono::NaiveDate> {
    rempli("nom", &aide.nom, "Donnez le nom de l’aide.")?;
    if aide.parametres.is_none() {
        rempli("montant", &aide.montant, "Dites combien elle donne.")?;
    }
    rempli("zone", &aide.zone, "Dites où elle est donnée.")?;
    rempli(
        "fondement",
        &aide.fondement,
        "Indiquez le texte qui la fonde : délibération, article, date.",
    )?;
    rempli(
        "source",
        &aide.source,
        "Indiquez où ces informations ont été lues.",
    )?;
    rempli(
        "raison",
        raison,
        "Dites pourquoi : la personne qui approuve le lira.",
    )?;
    let du = aide
        .du
        .ok_or_else(|| ActionError::champ("du", "Indiquez le premier jour."))?;
    if du < acte.jour() {
        return Err(ActionError::champ(
            "du",
            format!(
                "La date ne peut pas être passée : rien n’est rétroactif. Au plus tôt le {}.",
                texte::date_fr(acte.jour())
            ),
        ));
    }
    Ok(du)
}

/// «pass-installation» of «Pass installation».
fn code_de(nom: &str) -> String {
    let plie = mots::fold(nom);
    let morceaux: Vec<&str> = plie
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|m| !m.is_empty())
        .collect();
    morceaux.join("-").chars().take(60).collect()
}

/// Proposes a local aid: of the départements of a caisse, when somebody of a caisse does. The same form sent twice proposes
/// once.
///
/// # Errors
/// A wrong field, a name that an entry already has, the refusal of the database.
pub fn proposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    mut aide: Aide,
    raison: &str,
    cle: &str,
) -> ActionResult<i64> {
    if let Some(id) = stockees::par_cle(tx, cle)? {
        return Ok(id);
    }
    let code = caisse_de(scope)?;
    if let Some(code) = code {
        let caisse = caisse::lire(tx, code)?;
        aide.departements = caisse.departements.split(' ').map(str::to_owned).collect();
    }
    aide.nature = NatureAide::Locale;
    aide.code = code_de(&aide.nom);
    let connues = catalogue(stockees::approuvees(tx)?)?;
    if connues.iter().any(|a| a.code == aide.code) {
        return Err(ActionError::champ(
            "nom",
            "Une aide du catalogue porte déjà ce nom : corrigez-la plutôt.",
        ));
    }
    enregistrer(tx, acte, &aide, code, raison, cle)
}

/// Proposes a correction of an entry from a day on; what it said until then is kept as a former value. A caisse corrects
/// its own local aids, the nation all.
///
/// # Errors
/// A wrong field, an entry out of reach, the refusal of the database.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    aide: &Aide,
    raison: &str,
    cle: &str,
) -> ActionResult<i64> {
    if let Some(id) = stockees::par_cle(tx, cle)? {
        return Ok(id);
    }
    let code = caisse_de(scope)?;
    let courante = courante(tx, &aide.code)?;
    if let (Some(debut), Some(du)) = (courante.du, aide.du)
        && du <= debut
    {
        return Err(ActionError::champ(
            "du",
            format!(
                "La valeur actuelle commence le {} : choisissez un jour postérieur.",
                texte::date_fr(debut)
            ),
        ));
    }
    enregistrer(tx, acte, aide, code, raison, cle)
}

/// Whether somebody may propose to correct an entry: the nation all, a caisse those that it added.
///
/// # Errors
/// The refusal of the database.
pub fn corrigeable(conn: &mut AnyConn, scope: &CpamScope, code: &str) -> ActionResult<bool> {
    if matches!(scope, CpamScope::National) {
        return Ok(true);
    }
    let siennes = stockees::approuvees(conn)?;
    Ok(siennes.iter().any(|s| s.code == code && visible(scope, s)))
}

fn enregistrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    aide: &Aide,
    caisse: Option<&str>,
    raison: &str,
    cle: &str,
) -> ActionResult<i64> {
    let du = verifier(acte, aide, raison)?;
    let contenu = serde_json::to_string(aide).map_err(|e| ActionError::Regle(e.to_string()))?;
    let id = stockees::inserer(
        tx,
        &NouvelleAide {
            code: &aide.code,
            contenu: &contenu,
            caisse_code: caisse,
            du,
            raison: raison.trim(),
            etat: EtatAide::DEBUT,
            proposee_par: auteur(acte)?,
            proposee_le: acte.le(),
            cle_idempotence: cle,
            version: 1,
        },
    )
    .map_err(|erreur| match erreur {
        DbError::Contrainte(Contrainte::AideEnAttente) => ActionError::refus(
            "Une proposition sur cette aide attend déjà sa réponse : examinez-la d’abord.",
        ),
        autre => autre.into(),
    })?;
    let fait = Fait::AideProposee {
        proposition: id,
        code: aide.code.clone(),
        nom: aide.nom.clone(),
        du,
        raison: Some(raison.trim().to_owned()),
    };
    tracer(tx, &acte.acteur, objet(caisse), fait)?;
    Ok(id)
}

fn objet(caisse: Option<&str>) -> Objet<'_> {
    Objet {
        caisse_code: caisse,
        ..Objet::default()
    }
}

/// Approves a proposal: another person than who proposed, while its first day is not past. Returns the name of the aid.
///
/// # Errors
/// A refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn approuver(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
) -> ActionResult<String> {
    let (lue, passage) = ouverte(tx, scope, id, version, EvenementAide::Approuver)?;
    if acte.acteur.id == Some(lue.proposee_par) {
        return Err(ActionError::refus(
            "Vous avez proposé cette aide : une autre personne l’approuve.",
        ));
    }
    if lue.du < acte.jour() {
        return Err(ActionError::refus(format!(
            "Le premier jour, le {}, est passé : rien n’est rétroactif. Rejetez cette proposition et faites-en une autre.",
            texte::date_fr(lue.du)
        )));
    }
    repondre(tx, acte, &lue, passage, None)
}

/// Rejects a proposal, with a reason. Whoever proposed may take it back so. Returns the name of the aid.
///
/// # Errors
/// As [`approuver`].
pub fn rejeter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    raison: &str,
) -> ActionResult<String> {
    rempli(
        "raison",
        raison,
        "Dites pourquoi la proposition est rejetée.",
    )?;
    let (lue, passage) = ouverte(tx, scope, id, version, EvenementAide::Rejeter)?;
    repondre(tx, acte, &lue, passage, Some(raison.trim()))
}

fn repondre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &AideStockee,
    passage: Passage<EtatAide>,
    raison: Option<&str>,
) -> ActionResult<String> {
    stockees::examiner(tx, lue, passage, auteur(acte)?, acte.le(), raison)?;
    let nom = contenu(lue)?.nom;
    let fait = Fait::AideExaminee {
        proposition: lue.id,
        code: lue.code.clone(),
        etat: passage.vers(),
        nom: nom.clone(),
        raison: raison.map(str::to_owned),
    };
    tracer(tx, &acte.acteur, objet(lue.caisse_code.as_deref()), fait)?;
    Ok(nom)
}

/// The proposal, within reach, as the page showed it.
fn ouverte(
    tx: &mut WriteTx<'_>,
    scope: &CpamScope,
    id: i64,
    version: i32,
    evenement: EvenementAide,
) -> ActionResult<(AideStockee, Passage<EtatAide>)> {
    let (lue, _) = stockees::lire(tx, id)?;
    if !visible(scope, &lue) {
        return Err(DbError::Introuvable.into());
    }
    if lue.version != version {
        return Err(ActionError::Perime);
    }
    let passage = transition(lue.etat, evenement).map_err(|_| ActionError::Perime)?;
    Ok((lue, passage))
}
