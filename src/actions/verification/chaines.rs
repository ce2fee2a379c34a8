//! The chains of events: every digest computed again from the stored text, and the text compared with its columns.

use preuve::Arbre;
use regles::evenement::{Entree, Maillon, Suite, engagement};

use super::Verification;
use crate::actions::ActionResult;
use crate::db::chaine::{self, LigneDeChaine};
use crate::db::jalon::{self, ChaineDuJalon};
use crate::db::verification::LIMITE;
use crate::db::{AnyConn, Db, DbResult};

/// Rows read at once.
const LOT: i64 = 2_000;

const REGLE: &str = "chaîne";

/// Follows every chain from its first event to its head. `ailleurs`: the trees that jalons kept elsewhere sign.
pub(super) fn verifier(
    db: &Db,
    ailleurs: &[ChaineDuJalon],
    v: &mut Verification<'_>,
) -> ActionResult<()> {
    v.bilan.controles += 1;
    let codes = db.read(chaine::toutes)?;
    for code in &codes {
        // One instant for the whole chain: what is written meanwhile is not yet there, nor in its head.
        db.read(|conn| une_chaine(conn, code, ailleurs, v))?;
    }
    for c in ailleurs.iter().filter(|c| !codes.contains(&c.code)) {
        let objet = format!("chaîne {}", c.code);
        v.signaler(
            REGLE,
            "un jalon la signe, et elle n’est plus là",
            true,
            objet,
        );
    }
    Ok(())
}

fn une_chaine(
    conn: &mut AnyConn,
    code: &str,
    ailleurs: &[ChaineDuJalon],
    v: &mut Verification<'_>,
) -> DbResult<()> {
    let tete = chaine::tete(conn, code)?;
    let mut posees = jalon::de_la_chaine(conn, code)?;
    posees.extend(ailleurs.iter().filter(|c| c.code == code).cloned());
    posees.sort_by_key(|c| c.taille);
    let mut posees = posees.into_iter().peekable();
    let mut arbre = Arbre::default();
    let mut suite = Suite::default();
    let mut dites = 0;
    let mut faux = 0;
    loop {
        let lignes = chaine::lignes(conn, code, suite.seq, LOT)?;
        if lignes.is_empty() {
            break;
        }
        for ligne in &lignes {
            arbre.ajouter(ligne.empreinte()?);
            let taille = i64::try_from(arbre.taille()).unwrap_or(i64::MAX);
            while let Some(c) = posees.next_if(|c| c.taille <= taille) {
                let vide = c.taille == 0;
                faux += usize::from(!vide && c.racine != arbre.racine().empreinte);
            }
            for phrase in fautes(code, ligne, &mut suite)? {
                dites += 1;
                if dites <= LIMITE {
                    let objet = format!("chaîne {code}, événement {}", ligne.seq);
                    v.signaler(REGLE, phrase, true, objet);
                }
            }
        }
    }
    if faux > 0 {
        let phrase = "la chaîne n’est plus celle qu’un jalon a signée : des événements ont été récrits depuis";
        v.signaler(REGLE, phrase, true, format!("chaîne {code}"));
    }
    if posees.any(|c| c.taille > 0) {
        let phrase = "la chaîne est plus courte qu’un jalon qui l’a signée : sa fin a été coupée";
        v.signaler(REGLE, phrase, true, format!("chaîne {code}"));
    }
    if suite != tete {
        v.signaler(
            REGLE,
            "la tête n’est pas le dernier événement : la fin de la chaîne a été coupée ou allongée",
            true,
            format!("chaîne {code}"),
        );
    }
    if dites > LIMITE {
        v.signaler(
            REGLE,
            "et d’autres événements encore",
            true,
            format!("chaîne {code}"),
        );
    }
    Ok(())
}

/// What is wrong with one row, and goes on to the next.
fn fautes(chaine: &str, ligne: &LigneDeChaine, suite: &mut Suite) -> DbResult<Vec<&'static str>> {
    let maillon = Maillon {
        seq: ligne.seq,
        precedente: ligne.precedente()?,
        empreinte: ligne.empreinte()?,
        texte: &ligne.texte,
    };
    let mut phrases: Vec<&'static str> = suite
        .suivre(&maillon)
        .into_iter()
        .map(|faute| faute.phrase())
        .collect();
    let Ok(entree) = Entree::lire(&ligne.texte) else {
        phrases.push("le texte ne se lit pas");
        return Ok(phrases);
    };
    let dit = (
        entree.chaine.as_str(),
        entree.code.as_str(),
        entree.le,
        entree.dossier,
        entree.lie,
    );
    let colonnes = (
        chaine,
        ligne.code.as_str(),
        ligne.le,
        ligne.dossier_id,
        ligne.lie_id,
    );
    if dit != colonnes {
        phrases.push("les colonnes ne disent pas ce que dit le texte");
    }
    if let (Some(sel), Some(personnel)) = (&ligne.sel, &ligne.personnel) {
        if engagement(sel, personnel) != entree.personnel {
            phrases.push("la partie personnelle n’est pas celle qui a été scellée");
        } else {
            match entree.evenement(Some(personnel)) {
                Ok(lu) if lu.acteur.id == ligne.acteur_id => {}
                Ok(_) => phrases.push("le compte inscrit n’est pas celui qui a agi"),
                Err(_) => phrases.push("l’événement ne se lit pas"),
            }
        }
    } else if entree.evenement(None).is_err() {
        phrases.push("l’événement ne se lit pas");
    }
    Ok(phrases)
}
