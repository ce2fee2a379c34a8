//! What people may do on a request.

use chrono::NaiveDate;

use super::Qui;
use super::commission::{convoquer, demander_audition, noter_avis, saisir};
use super::generales::generales;
use super::mandat::{examiner_mandat, nommer_representant, noter_acte, revoquer_mandat};
use super::pieces::{examiner_pieces, indispensables};
use super::reduction::suivre_reduction;
use super::reserve::{SOUS_RESERVE, attendue, lever_la_reserve};
use super::retour::{annuler_complet, reprendre};
use super::transmission::transmettre;
use crate::condition::Condition;
use crate::conventionnement::AvisCpd;
use crate::demande::{EtatDemande, Evenement, NatureDemande, Sens, transition};
use crate::droits::{AGENTS, Acces, INSTRUCTION, KINE, SIGNATURE};
use crate::liste_pieces::Manques;
use crate::passage::Passage;
use crate::refus::Refus;
use crate::representation::{EtatMandat, MandatEcrit};
use crate::signature::{A_SIGNER, MoyenSignature, deposer_lettre};
use crate::silence::{self, SilenceEchu};
use crate::texte;

text_enum! {
    /// An act on a request, named as the last part of its address, in the order of the page of a file.
    pub enum GesteDemande {
        /// A decision is proposed.
        Proposer = "proposer", "Proposer une décision";
        /// PRO-3: every document is there.
        Completer = "completer", "Déclarer le dossier complet";
        /// It was found complete by mistake, and nothing rests on it yet.
        AnnulerComplet = "annuler-complet", "Annuler « complet »";
        /// PRO-3: missing documents are asked for.
        DemanderPieces = "demander-pieces", "Demander des pièces";
        /// PRO-4: the commission is asked for its opinion.
        Saisir = "saisir", "Saisir la commission";
        /// DER-3: the opinion of the commission is recorded.
        NoterAvis = "avis", "Enregistrer l’avis de la commission";
        /// PRO-13: the day on which the commission hears the applicant is set.
        Convoquer = "convoquer", "Fixer une audition";
        /// PRO-13: a written mandate is received, or refused.
        ExaminerMandat = "mandat", "Vérifier le mandat";
        /// PRO-13: what the representative did is recorded.
        NoterActe = "acte-recu", "Enregistrer un acte du représentant";
        /// PRO-3: closed for want of documents.
        Classer = "classer", "Classer sans suite";
        /// Somebody handles the file from now on.
        Prendre = "prendre", "Prendre en charge";
        /// PRO-5: the decision is signed.
        Decider = "decider", "Décider";
        /// The signatory sends it back.
        Renvoyer = "renvoyer", "Renvoyer à l’instruction";
        /// Who proposed takes it back, before it is signed.
        Reprendre = "reprendre", "Reprendre ma proposition";
        /// PRO-5: the letter that a hand signed is attached.
        DeposerLettre = "lettre-signee", "Déposer la lettre signée";
        /// PRO-8: the notification is recorded.
        Notifier = "notifier", "Suivre la notification";
        /// REG-9: the installation is recorded.
        Installer = "installer", "Enregistrer l’installation";
        /// REG-17: the condition of a grant is met.
        LeverReserve = "reserve", "Constater que la condition est remplie";
        /// DER-4: the end or the renewal of a reduction is recorded.
        SuivreReduction = "reduction", "Constater la fin d’une réduction d’activité";
        /// PRO-3: a document is accepted or refused.
        ExaminerPieces = "pieces", "Examiner les pièces";
        /// PRO-7: the reasons of a refusal born of silence, or the attestation of an acceptance, are given.
        RepondreAuSilence = "silence", "Répondre sur ce que le silence a fait naître";
        /// PRO-7: its author asks for them.
        InterrogerLeSilence = "interroger", "Demander ce que le silence a fait naître";
        /// PRO-1: it is forwarded to the caisse in charge.
        Transmettre = "transmettre", "Transmettre à une autre caisse";
        /// PRO-13: its author asks to be heard.
        DemanderAudition = "audition", "Demander une audition";
        /// PRO-13: its author names who acts for her.
        NommerRepresentant = "representant", "Donner mandat à une personne";
        /// PRO-13: its author takes the mandate back.
        RevoquerMandat = "revoquer", "Retirer le mandat";
        /// Its author withdraws it.
        Retirer = "retirer", "Retirer ma demande";
    }
}

/// What the acts on a request rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurDemande {
    /// Where it stands.
    pub etat: EtatDemande,
    /// What it rests on.
    pub nature: NatureDemande,
    /// DER-3: what the commission said.
    pub avis: Option<AvisCpd>,
    /// PRO-13: whether its author asked to be heard.
    pub audition_demandee: bool,
    /// PRO-13: whether she is summoned, or was.
    pub audition_fixee: bool,
    /// PRO-13: the mandate that counts.
    pub mandat: Option<(EtatMandat, MandatEcrit)>,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// Who follows it.
    pub assigne_a: Option<i64>,
    /// Who proposed the decision.
    pub proposee_par: Option<i64>,
    /// What the decision proposed says.
    pub sens_propose: Option<Sens>,
    /// GEN-1: what is not established and without which nothing is granted.
    pub bloquantes: Vec<Condition>,
    /// PRO-4: whether the commission was asked for an opinion that it has not given.
    pub saisie: bool,
    /// PRO-3: the last day for the documents asked for, while it runs.
    pub fin_des_pieces: Option<NaiveDate>,
    /// PRO-3: what its list of documents lacks.
    pub manques: Manques,
    /// REG-17: the last day of the condition of the grant, and the day it was met.
    pub reserve: (Option<NaiveDate>, Option<NaiveDate>),
    /// DER-4: whether a reduction of activity is followed.
    pub reduction_suivie: bool,
    /// PRO-5: whether who instructs may not sign (`decision.separation`).
    pub separation: bool,
    /// PRO-5: what signs the decision that was taken, while the letter that a hand signs is awaited.
    pub lettre_a_signer: Option<MoyenSignature>,
    /// PRO-7: what was born of silence.
    pub silence: Option<SilenceEchu>,
    /// PRO-7: the last day to contest it, for a refusal.
    pub contester_avant: Option<NaiveDate>,
}

impl SurDemande {
    /// PRO-5: whether this account instructed the file.
    pub fn instruite_par(&self, compte: i64) -> bool {
        self.proposee_par == Some(compte) || self.assigne_a == Some(compte)
    }
}

impl GesteDemande {
    /// Who may, whatever the state of the request.
    pub fn acces(self) -> Acces {
        use GesteDemande as G;
        match self {
            G::Proposer
            | G::Completer
            | G::AnnulerComplet
            | G::Reprendre
            | G::DemanderPieces
            | G::Saisir
            | G::NoterAvis
            | G::Convoquer
            | G::ExaminerMandat
            | G::NoterActe
            | G::Classer
            | G::Prendre
            | G::SuivreReduction
            | G::LeverReserve
            | G::RepondreAuSilence
            | G::Transmettre
            | G::ExaminerPieces => INSTRUCTION,
            G::Decider | G::Renvoyer => SIGNATURE,
            G::DeposerLettre | G::Notifier | G::Installer => AGENTS,
            G::InterrogerLeSilence
            | G::DemanderAudition
            | G::NommerRepresentant
            | G::RevoquerMandat
            | G::Retirer => KINE,
        }
    }

    /// Whether this person may do it on `jour`, or why not.
    ///
    /// # Errors
    /// A refusal: of the role, of the state of the request, or of who instructed it.
    pub fn possible(self, f: &SurDemande, qui: Qui, jour: NaiveDate) -> Result<(), Refus> {
        use GesteDemande as G;
        if !self.acces().permet(Some(qui.role)) {
            return Err(Refus::fixe(
                "role",
                "Votre rôle ne permet pas cet acte : demandez-le à la personne qui en est chargée.",
            ));
        }
        let fait = |evenement| transition(f.etat, evenement).map(|_| ());
        match self {
            G::Proposer => proposer(f.etat, Sens::Accord, &f.manques, f.fin_des_pieces, jour)
                .or_else(|_| proposer(f.etat, Sens::Refus, &f.manques, f.fin_des_pieces, jour))
                .map(|_| ()),
            G::Completer => completer(f.etat, &f.manques).map(|_| ()),
            G::AnnulerComplet => annuler_complet(f.etat, f.repose_sur_complet()).map(|_| ()),
            G::DemanderPieces => fait(Evenement::DemanderPieces),
            G::Saisir => saisir(f.nature, f.etat, f.saisie, f.avis),
            G::NoterAvis => noter_avis(f.nature, f.etat),
            G::ExaminerMandat => examiner_mandat(f.mandat.map(|m| m.0)),
            G::NoterActe => noter_acte(f.mandat.map(|m| m.1), jour),
            G::NommerRepresentant => nommer_representant(f.etat, f.mandat.map(|m| m.0)),
            G::RevoquerMandat => revoquer_mandat(f.mandat.map(|m| m.0)),
            G::Convoquer => convoquer(f.nature, f.etat, f.avis),
            G::DemanderAudition => demander_audition(f.nature, f.etat, f.avis, f.audition_demandee),
            G::Classer => classer(f.etat, f.fin_des_pieces, jour).map(|_| ()),
            G::Prendre => prendre(f.etat),
            G::Decider => {
                fait(Evenement::Accorder)?;
                if f.sens_propose == Some(Sens::Accord) {
                    indispensables(&f.manques)?;
                    generales(&f.bloquantes)?;
                }
                signer(f.instruite_par(qui.compte), f.separation)
            }
            G::Renvoyer => fait(Evenement::Renvoyer),
            G::Reprendre => reprendre(f.etat, true, f.proposee_par == Some(qui.compte)).map(|_| ()),
            G::DeposerLettre => deposer_lettre(f.etat, f.notifiee_le, f.lettre_a_signer),
            G::Notifier => {
                notifier(f.etat, f.notifiee_le)?;
                match f.lettre_a_signer {
                    Some(_) => Err(A_SIGNER),
                    None => Ok(()),
                }
            }
            G::Installer => installer(f.etat, f.notifiee_le, f.reserve).map(|_| ()),
            G::LeverReserve => lever_la_reserve(f.etat, f.reserve).map(|_| ()),
            G::SuivreReduction => suivre_reduction(f.etat, f.reduction_suivie),
            G::ExaminerPieces => examiner_pieces(f.etat),
            G::RepondreAuSilence => {
                sans_decision(f.etat)?;
                silence::repondre(f.silence)
            }
            G::InterrogerLeSilence => {
                sans_decision(f.etat)?;
                silence::demander(f.silence, f.contester_avant, jour)
            }
            G::Transmettre => transmettre(f.etat, f.nature, f.silence),
            G::Retirer => fait(Evenement::Retirer),
        }
    }
}

/// PRO-7: a decision takes the place of what silence was worth.
///
/// # Errors
/// The request is decided or closed.
pub fn sans_decision(etat: EtatDemande) -> Result<(), Refus> {
    use EtatDemande as E;
    match etat {
        E::Deposee | E::Incomplete | E::Complete | E::Proposee => Ok(()),
        _ => Err(Refus::fixe(
            "silence_decide",
            "Cette demande a reçu une réponse, ou elle est close : son document dit ce qu’il en est.",
        )),
    }
}

/// PRO-3: whether a file may be declared complete.
///
/// # Errors
/// Its state, or an indispensable document that is missing.
pub fn completer(etat: EtatDemande, manques: &Manques) -> Result<Passage<EtatDemande>, Refus> {
    let passage = transition(etat, Evenement::Completer)?;
    indispensables(manques)?;
    Ok(passage)
}

/// PRO-3, PRO-5: whether a decision may be proposed on `jour`. Nothing is granted without what is indispensable. A refusal
/// may rest on its absence: at once when what came was refused, otherwise once the last day to send it (`fin`) is over.
///
/// # Errors
/// Its state, or an indispensable document that is missing.
pub fn proposer(
    etat: EtatDemande,
    sens: Sens,
    manques: &Manques,
    fin: Option<NaiveDate>,
    jour: NaiveDate,
) -> Result<Passage<EtatDemande>, Refus> {
    use EtatDemande as E;
    let sur_l_absence = sens == Sens::Refus && matches!(etat, E::Deposee | E::Incomplete);
    if !sur_l_absence {
        let passage = transition(etat, Evenement::Proposer)?;
        if sens == Sens::Accord {
            indispensables(manques)?;
        }
        return Ok(passage);
    }
    let refusee = !manques.refusees.is_empty();
    let jamais_venue = !manques.absentes.is_empty() && fin.is_some_and(|fin| jour > fin);
    if refusee || jamais_venue {
        return transition(etat, Evenement::ProposerRefus);
    }
    if manques.absentes.is_empty() {
        return transition(etat, Evenement::Proposer);
    }
    Err(Refus::fixe(
        "pieces_a_demander",
        "Un refus peut se fonder sur l’absence d’une pièce indispensable, une fois qu’elle a été demandée et que le délai donné est passé : demandez-la d’abord.",
    ))
}

/// Whether somebody may take a request in charge.
///
/// # Errors
/// It is closed.
pub fn prendre(etat: EtatDemande) -> Result<(), Refus> {
    if etat.en_cours() {
        return Ok(());
    }
    Err(Refus::fixe(
        "demande_close",
        "Cette demande est close : elle n’a plus à être prise en charge.",
    ))
}

/// PRO-3: whether a request may be closed for want of documents on `jour`; `fin`: the last day to send them, while it runs.
///
/// # Errors
/// No document is awaited, or there is still time.
pub fn classer(
    etat: EtatDemande,
    fin: Option<NaiveDate>,
    jour: NaiveDate,
) -> Result<(Passage<EtatDemande>, NaiveDate), Refus> {
    let passage = transition(etat, Evenement::ClasserSansSuite)?;
    let fin = fin.ok_or(Refus::fixe(
        "pieces_sans_delai",
        "Aucun délai n’a été donné pour des pièces : le dossier ne peut pas être classé.",
    ))?;
    if jour <= fin {
        return Err(Refus::dit(
            "pieces_attendues",
            format!(
                "Les pièces peuvent encore être fournies, au plus tard le {} (inclus) : le dossier ne peut être classé qu’ensuite.",
                texte::date_longue(fin)
            ),
        ));
    }
    Ok((passage, fin))
}

/// PRO-5: whether somebody who instructed, or not, may sign.
///
/// # Errors
/// Who instructs may not sign.
pub fn signer(a_instruit: bool, separation: bool) -> Result<(), Refus> {
    if a_instruit && separation {
        return Err(Refus::fixe(
            "a_instruit",
            "Vous avez instruit ce dossier : sa décision doit être signée par une autre personne.",
        ));
    }
    Ok(())
}

/// PRO-8: whether the notification may be recorded.
///
/// # Errors
/// Nothing is decided, or it was recorded already.
pub fn notifier(
    etat: EtatDemande,
    notifiee_le: Option<NaiveDate>,
) -> Result<Passage<EtatDemande>, Refus> {
    match notifiee_le {
        Some(deja) => Err(Refus::dit(
            "decision_notifiee",
            format!(
                "La décision est déjà notifiée, le {}.",
                texte::date_fr(deja)
            ),
        )),
        None => transition(etat, Evenement::Notifier),
    }
}

/// REG-9: whether the installation may be recorded, and from which day it counts.
///
/// # Errors
/// The request is not granted, its decision is not notified, or its condition waits (REG-17).
pub fn installer(
    etat: EtatDemande,
    notifiee_le: Option<NaiveDate>,
    (au_plus_tard, levee): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(Passage<EtatDemande>, NaiveDate), Refus> {
    let passage = transition(etat, Evenement::Installer)?;
    if attendue(au_plus_tard, levee).is_ok() {
        return Err(SOUS_RESERVE);
    }
    let notifiee = notifiee_le.ok_or(Refus::fixe(
        "decision_non_notifiee",
        "Enregistrez d’abord la notification de la décision : l’installation la suit.",
    ))?;
    Ok((passage, levee.map_or(notifiee, |le| le.max(notifiee))))
}
