//! What a signatory answers for, checked before they sign (PRO-5): the opinion, the documents, the reasons, what lets them
//! sign, the silence that runs.

use chrono::NaiveDate;

use crate::conventionnement::AvisCpd;
use crate::demande::{NatureDemande, Sens};
use crate::generales::nommees;
use crate::geste;
use crate::liste_pieces::Manques;
use crate::motivation;
use crate::refus::Refus;
use crate::silence::EffetSilence;
use crate::texte;

text_enum! {
    /// What is checked.
    pub enum Sujet {
        /// The opinion of the commission, followed or departed from with reasons.
        Avis = "avis", "Avis";
        /// What the list of documents lacks.
        Pieces = "pieces", "Pièces";
        /// The reasons, in law and in fact.
        Motifs = "motifs", "Motifs";
        /// What lets this person sign it.
        Habilitation = "habilitation", "Signature";
        /// What silence will be worth, and when.
        Silence = "silence", "Silence";
    }
}

/// What a check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Bon,
    /// It holds, and is worth knowing.
    ANoter,
    /// It cannot be signed so.
    Empeche,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controle {
    /// Of what.
    pub sujet: Sujet,
    /// What it says.
    pub verdict: Verdict,
    /// In a sentence.
    pub phrase: String,
}

/// What is checked of a proposal.
#[derive(Debug, Clone, Copy)]
pub struct Proposition<'a> {
    /// Grant or refusal.
    pub sens: Sens,
    /// What the request rests on.
    pub nature: NatureDemande,
    /// What the commission said.
    pub avis: Option<AvisCpd>,
    /// Why it departs from the opinion.
    pub ecart: Option<&'a str>,
    /// Its reasons.
    pub motifs: &'a str,
    /// What the documents lack.
    pub manques: &'a Manques,
    /// Under what it would be signed, in a sentence, or why it cannot be.
    pub titre: Result<&'a str, &'a Refus>,
    /// What silence will be worth, and its last day.
    pub silence: Option<(EffetSilence, NaiveDate)>,
}

/// PRO-5: every check of a proposal, in the order in which they are read.
pub fn controler(p: &Proposition<'_>, jour: NaiveDate) -> Vec<Controle> {
    let mut controles = Vec::new();
    controles.extend(avis(p));
    controles.push(pieces(p));
    controles.push(motifs(p));
    controles.push(match p.titre {
        Ok(titre) => dit(Sujet::Habilitation, Verdict::Bon, titre),
        Err(refus) => dit(Sujet::Habilitation, Verdict::Empeche, refus.phrase()),
    });
    controles.extend(silence(p, jour));
    controles
}

/// Whether nothing of these prevents the signature.
pub fn signable(controles: &[Controle]) -> bool {
    controles.iter().all(|c| c.verdict != Verdict::Empeche)
}

fn dit(sujet: Sujet, verdict: Verdict, phrase: impl Into<String>) -> Controle {
    Controle {
        sujet,
        verdict,
        phrase: phrase.into(),
    }
}

fn avis(p: &Proposition<'_>) -> Option<Controle> {
    if p.nature != NatureDemande::Derogation {
        return None;
    }
    let Some(avis) = p.avis else {
        return Some(dit(
            Sujet::Avis,
            Verdict::ANoter,
            "La commission n’a pas rendu d’avis.",
        ));
    };
    let contraire = matches!(
        (p.sens, avis),
        (Sens::Accord, AvisCpd::Defavorable) | (Sens::Refus, AvisCpd::Favorable)
    );
    let dite = format!("Avis de la commission : {}", avis.libelle());
    Some(match (contraire, p.ecart) {
        (false, _) => dit(Sujet::Avis, Verdict::Bon, format!("{dite}.")),
        (true, Some(_)) => dit(
            Sujet::Avis,
            Verdict::ANoter,
            format!("{dite}. La décision s’en écarte, et dit pourquoi."),
        ),
        (true, None) => dit(
            Sujet::Avis,
            Verdict::Empeche,
            format!("{dite}. La décision s’en écarte sans dire pourquoi : renvoyez-la."),
        ),
    })
}

fn pieces(p: &Proposition<'_>) -> Controle {
    if p.sens == Sens::Accord
        && let Err(refus) = geste::indispensables(p.manques)
    {
        return dit(Sujet::Pieces, Verdict::Empeche, refus.phrase());
    }
    match p.manques.utiles.as_slice() {
        [] => dit(
            Sujet::Pieces,
            Verdict::Bon,
            "Toutes les pièces exigées sont au dossier.",
        ),
        utiles => dit(
            Sujet::Pieces,
            Verdict::ANoter,
            format!("Des pièces utiles manquent : {}.", nommees(utiles)),
        ),
    }
}

fn motifs(p: &Proposition<'_>) -> Controle {
    if p.sens == Sens::Refus
        && let Err(refus) = motivation::en_droit_et_en_fait(p.motifs)
    {
        return dit(Sujet::Motifs, Verdict::Empeche, refus.phrase());
    }
    dit(
        Sujet::Motifs,
        Verdict::Bon,
        match p.sens {
            Sens::Accord => "Les motifs sont dits.",
            Sens::Refus => {
                "Les motifs sont énoncés, en droit et en fait ; la lettre dit comment contester."
            }
        },
    )
}

/// PRO-7: the signatory is told of a silence that nears its end.
fn silence(p: &Proposition<'_>, jour: NaiveDate) -> Option<Controle> {
    let (effet, le) = p.silence?;
    let valeur = match effet {
        EffetSilence::Rejet => "vaudra refus",
        EffetSilence::Acceptation => "vaudra acceptation",
    };
    Some(match le < jour {
        true => dit(
            Sujet::Silence,
            Verdict::ANoter,
            format!(
                "Le délai de réponse est passé depuis le {} : vérifiez ce que le silence a fait naître.",
                texte::date_fr(le)
            ),
        ),
        false => dit(
            Sujet::Silence,
            Verdict::ANoter,
            format!(
                "Sans décision {}, le silence de la caisse {valeur}.",
                texte::au_plus_tard(le)
            ),
        ),
    })
}
