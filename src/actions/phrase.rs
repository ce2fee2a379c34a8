//! The sentences of a caisse: written, changed, taken away by who leads.

use regles::dossier::NatureDossier;
use regles::evenement::Fait;
use regles::generales::a_rappeler;
use regles::phrase::{self as regle, ActePhrase, Emploi, Faits, Marque};
use regles::reglement::Reglement;
use regles::texte;

use super::piece::liste;
use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::conversation::{self, Vise};
use crate::db::phrase::{self, NouvellePhrase, PHRASES_MAX, Phrase};
use crate::db::{AnyConn, CpamScope, WriteTx, demande};

/// Characters at most in a sentence.
pub const TEXTE_MAX: usize = 5_000;

/// A sentence as it is typed.
#[derive(Debug, Clone)]
pub struct Redige {
    /// Where it is used.
    pub emploi: Emploi,
    /// By which name it is chosen.
    pub titre: String,
    /// Its words, with their marks.
    pub texte: String,
}

fn caisse(scope: &CpamScope) -> ActionResult<&str> {
    match scope {
        CpamScope::Caisse(code) => Ok(code),
        _ => Err(ActionError::refus(
            "Les phrases sont celles d’une caisse : seule sa responsable ou son responsable les écrit.",
        )),
    }
}

fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::Regle("a sentence without an author".to_owned()))
}

fn verifier(redige: &Redige) -> ActionResult<()> {
    if redige.titre.chars().count() > 80 {
        return Err(ActionError::champ(
            "titre",
            "Écrivez un nom de 80 caractères au plus.",
        ));
    }
    if redige.texte.chars().count() > TEXTE_MAX {
        return Err(ActionError::champ(
            "texte",
            format!("Ce texte est trop long : {TEXTE_MAX} caractères au plus."),
        ));
    }
    regle::verifier(redige.emploi, &redige.texte)
        .map_err(|refus| ActionError::champ("texte", refus.to_string()))
}

/// Writes a sentence.
///
/// # Errors
/// A wrong field, too many sentences, the refusal of the database.
pub fn ecrire(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    redige: &Redige,
) -> ActionResult<i64> {
    let caisse = caisse(scope)?;
    verifier(redige)?;
    if phrase::combien(tx, caisse)? >= PHRASES_MAX {
        return Err(ActionError::refus(
            "Votre caisse a déjà 200 phrases : supprimez-en une qui ne sert plus.",
        ));
    }
    let id = phrase::creer(
        tx,
        &NouvellePhrase {
            caisse_code: caisse,
            emploi: redige.emploi,
            titre: redige.titre.trim(),
            texte: redige.texte.trim(),
            modifie_par: auteur(acte)?,
            modifie_le: acte.le(),
            version: 1,
        },
    )?;
    let apres = Some(redige.texte.trim());
    noter(
        tx,
        acte,
        caisse,
        (id, redige.emploi),
        ActePhrase::Ecrite,
        &redige.titre,
        (None, apres),
    )?;
    Ok(id)
}

/// Writes a sentence again; its use stays.
///
/// # Errors
/// A wrong field, [`ActionError::Perime`] when somebody wrote it meanwhile.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    (titre, texte): (&str, &str),
) -> ActionResult<()> {
    let caisse = caisse(scope)?;
    let avant = lue(tx, caisse, id, version)?;
    verifier(&Redige {
        emploi: avant.emploi,
        titre: titre.to_owned(),
        texte: texte.to_owned(),
    })?;
    let dit = (titre.trim(), texte.trim());
    phrase::modifier(tx, caisse, &avant, dit, (auteur(acte)?, acte.le()))?;
    let change = (Some(avant.texte.as_str()), Some(dit.1));
    noter(
        tx,
        acte,
        caisse,
        (id, avant.emploi),
        ActePhrase::Changee,
        titre,
        change,
    )
}

/// Takes a sentence away.
///
/// # Errors
/// Of another caisse, [`ActionError::Perime`] when somebody wrote it meanwhile, the refusal of the database.
pub fn supprimer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
) -> ActionResult<()> {
    let caisse = caisse(scope)?;
    let avant = lue(tx, caisse, id, version)?;
    phrase::supprimer(tx, caisse, &avant)?;
    let change = (Some(avant.texte.as_str()), None);
    noter(
        tx,
        acte,
        caisse,
        (id, avant.emploi),
        ActePhrase::Supprimee,
        &avant.titre,
        change,
    )
}

/// The sentence as the page showed it.
fn lue(tx: &mut WriteTx<'_>, caisse: &str, id: i64, version: i32) -> ActionResult<Phrase> {
    let lue = phrase::lire(tx, caisse, id)?;
    match lue.version == version {
        true => Ok(lue),
        false => Err(ActionError::Perime),
    }
}

/// Writes down what was done to a sentence, its words before and after.
fn noter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
    (phrase, emploi): (i64, Emploi),
    fait: ActePhrase,
    titre: &str,
    (avant, apres): (Option<&str>, Option<&str>),
) -> ActionResult<()> {
    let objet = Objet {
        caisse_code: Some(caisse),
        ..Objet::default()
    };
    let fait = Fait::PhraseChangee {
        phrase,
        acte: fait,
        emploi,
        titre: Some(titre.trim().to_owned()),
        avant: avant.map(str::to_owned),
        apres: apres.map(str::to_owned),
    };
    Ok(tracer(tx, &acte.acteur, objet, fait)?)
}

/// What a file says for the marks of a sentence: who, its number, where, the caisse, what it lacks.
///
/// # Errors
/// Out of scope, the refusal of the database.
pub fn faits(
    conn: &mut AnyConn,
    reglement: &Reglement,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<Faits> {
    let c = conversation::lire(conn, scope, &Vise::Dossier(numero.to_owned()))?;
    let mut faits = vec![
        (Marque::Personne, c.kine.nom_complet()),
        (Marque::Numero, c.numero.clone()),
        (Marque::Lieu, c.commune.clone()),
        (Marque::Caisse, c.service.nom.clone()),
    ];
    if c.nature == NatureDossier::Demande {
        let d = demande::complete(conn, scope, numero)?.demande;
        let manquent = a_rappeler(&liste::de_la_demande(conn, reglement, &d)?);
        if d.etat.en_cours() && !manquent.is_empty() {
            faits.push((Marque::Manque, texte::enumerees(&manquent)));
        }
    }
    Ok(faits)
}
