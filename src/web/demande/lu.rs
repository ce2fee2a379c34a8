//! What the page of a request reads, as its author follows it, and what that says.

use chrono::NaiveDate;
use regles::commission::{decision_projetee, decision_projetee_depuis_la_saisine};
use regles::contestation::{FaitsDemande, de_la_demande};
use regles::dates_fr;
use regles::decision::{EtatDecision, ModeNotification};
use regles::demande::{EtatDemande, NatureDemande};
use regles::derogation::Motif;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::evenement::Fait;
use regles::notification::Chemin;
use regles::reduction::Reduction;
use regles::reglement::Reglement;
use regles::silence::SilenceEchu;
use regles::texte;

use super::silence;
use crate::actions::{ActionResult, motif};
use crate::db::correction::{self, Correction};
use crate::db::courriel::{self, CourrielPerdu};
use crate::db::decision::{self, Decision};
use crate::db::demande::{self, DemandeComplete};
use crate::db::document_emis::{self, EnListe};
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::ensemble::Lecture;
use crate::db::envoi::{self, Envoi};
use crate::db::evenement::{self, Evenement};
use crate::db::message::Cote;
use crate::db::piece::{self, Piece, PieceDemandee};
use crate::db::recours::{self, Bref};
use crate::db::{AnyConn, CpamScope, reduction, silence as stocke};
use crate::web::erreur::WebError;
use crate::web::espace::perdus::{self, Adressee};
use crate::web::kit::erreurs::Erreurs;
use crate::web::messages::{self, MessagesVue};
use crate::web::recours::{a_contester, kine};
use crate::web::saisie::Saisie;
use crate::web::ui::Message;

/// All that the page shows.
pub(super) struct Lu {
    pub(super) d: DemandeComplete,
    pub(super) decision: Option<Decision>,
    /// The letter that notifies it.
    pub(super) ecrit: Option<EnListe>,
    /// What was corrected of its letter.
    pub(super) corrections: Vec<Correction>,
    pub(super) pieces: Vec<Piece>,
    pub(super) demandees: Vec<PieceDemandee>,
    pub(super) envois: Vec<Envoi>,
    pub(super) echeances: Vec<EcheanceStockee>,
    pub(super) evenements: Vec<Evenement>,
    pub(super) messages: MessagesVue,
    pub(super) motif: Option<Motif>,
    pub(super) reduction: Option<Reduction>,
    /// PRO-7: the reasons of a refusal born of silence, once given, and the routes against it.
    pub(super) raisons: Option<String>,
    pub(super) recours: Vec<String>,
    /// Mails that did not arrive.
    pub(super) perdus: Vec<CourrielPerdu>,
    /// PRO-9: the appeals against it.
    pub(super) appels: Vec<Bref>,
}

/// Reads all that the page shows, in a fixed number of queries.
pub(super) fn lire(
    conn: &mut AnyConn,
    reglement: &Reglement,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<Lu> {
    let d = demande::complete(conn, scope, numero)?;
    let id = d.demande.id;
    let motif = match &d.demande.derogation_motif {
        Some(code) => motif::par_code(conn, code)?,
        None => None,
    };
    let decision = decision::active(conn, id)?.filter(|d| d.etat == EtatDecision::Decidee);
    let ecrit = match &decision {
        Some(decision) => document_emis::de_la_decision(conn, decision.id)?,
        None => None,
    };
    let corrections = match &decision {
        Some(decision) if d.demande.notifiee_le.is_some() => correction::de(conn, decision.id)?,
        _ => Vec::new(),
    };
    let envois = match &decision {
        Some(decision) => envoi::lecture_de(decision.id).toutes(conn)?,
        None if d.demande.silence().is_some_and(SilenceEchu::a_ouvrir) => {
            envoi::des_raisons(conn, id)?.into_iter().collect()
        }
        None => Vec::new(),
    };
    let raisons = match d.demande.silence().and_then(|s| s.recue_le) {
        Some(_) => stocke::raisons(conn, id)?,
        None => None,
    };
    Ok(Lu {
        raisons,
        recours: silence::recours(conn, reglement, &d)?,
        envois,
        reduction: reduction::de_demande(conn, id)?,
        motif,
        corrections,
        decision,
        ecrit,
        pieces: piece::de(conn, scope, id)?,
        demandees: piece::demandees(conn, id)?,
        echeances: echeance::de(conn, id)?,
        messages: messages::resume(conn, id, Cote::Kine, format!("/demandes/{numero}/messages"))?,
        evenements: evenement::de(conn, id)?,
        perdus: courriel::lecture_perdus(id).toutes(conn)?,
        appels: recours::contre(conn, id)?,
        d,
    })
}

impl Lu {
    /// PRO-6: where what was decided is contested, while nothing runs against it.
    pub(super) fn contester(&self) -> Option<String> {
        let d = &self.d.demande;
        let contestee = de_la_demande(FaitsDemande {
            etat: d.etat,
            notifiee: d.notifiee_le.is_some(),
            sous_condition: d.reserve.au.is_some(),
            silence: d.silence().map(|s| s.effet),
        })?;
        a_contester(Some(contestee), &self.appels).then(|| kine::contester(&d.numero))
    }

    /// The mails of this request that did not arrive: to who acts for her, and to herself.
    pub(super) fn non_parvenus(&self, courriel: &str) -> Vec<Message> {
        let mandataire = self.d.demande.representant.as_ref().map(|r| Adressee {
            courriel: &r.courriel,
            qui: "la personne qui agit pour vous",
            depuis: None,
            suite: "Vérifiez l’adresse avec elle : pour la corriger, retirez le mandat puis donnez-le de nouveau.",
            lien: None,
        });
        let adressees: Vec<_> = mandataire
            .into_iter()
            .chain([perdus::la_sienne(courriel)])
            .collect();
        perdus::messages(&self.perdus, &adressees)
    }

    pub(super) fn manquantes(&self) -> impl Iterator<Item = &PieceDemandee> {
        self.demandees.iter().filter(|p| p.recue_le.is_none())
    }

    pub(super) fn en_cours(&self, nature: NatureEcheance) -> Option<&EcheanceStockee> {
        self.echeances
            .iter()
            .find(|e| e.nature == nature && e.etat == EtatEcheance::EnCours)
    }

    /// PRO-8: the last day to open the document that waits here; none when nothing does.
    pub(super) fn a_ouvrir(&self) -> Option<NaiveDate> {
        self.envois
            .iter()
            .filter(|e| e.notifiee_le.is_none() && self.d.demande.notifiee_le.is_none())
            .find_map(|e| e.terme)
    }

    /// PRO-8: where the decision is, until it is notified.
    pub(super) fn chemin(&self) -> Chemin {
        let dernier = self
            .envois
            .iter()
            .rfind(|e| e.decision_id.is_some() && e.notifiee_le.is_none() && e.retour.is_none());
        match dernier.map(|e| (e.moyen, e.terme)) {
            Some((ModeNotification::Portail, Some(terme))) => Chemin::Espace(terme),
            _ => dernier.map_or(Chemin::PasEncore, |e| Chemin::Lettre(e.envoye_le.date())),
        }
    }

    /// What the reader may know: not what was decided, before the document says it.
    pub(super) fn dits(&self) -> Vec<Evenement> {
        let notifiee = self.d.demande.notifiee_le.is_some();
        self.evenements
            .iter()
            .filter(|e| {
                notifiee
                    || !matches!(
                        e.fait,
                        Fait::DemandeAccordee { .. } | Fait::DemandeRefusee { .. }
                    )
            })
            .cloned()
            .collect()
    }

    /// PRO-4: when a derogation whose file is complete is decided at the latest, as a projection; none for other requests,
    /// nor once the commission has advised or the decision is under way.
    pub(super) fn decision_projetee(
        &self,
        reglement: &Reglement,
    ) -> Result<Option<NaiveDate>, WebError> {
        let d = &self.d.demande;
        let attend = d.nature == NatureDemande::Derogation
            && d.etat == EtatDemande::Complete
            && d.derogation_avis_cpd.is_none();
        let Some(complete_le) = d.complete_le.filter(|_| attend) else {
            return Ok(None);
        };
        let territoire = self.d.service.territoire()?;
        match self.en_cours(NatureEcheance::AvisCpd) {
            Some(saisie) => {
                decision_projetee_depuis_la_saisine(reglement, saisie.depart, territoire)
            }
            None => decision_projetee(reglement, complete_le, territoire),
        }
        .map(Some)
        .map_err(WebError::interne)
    }

    /// REG-17: the condition of a grant that was notified, with what is to be sent and who says that it is met.
    pub(super) fn reserve(&self) -> Result<Option<String>, WebError> {
        let d = &self.d.demande;
        let attendue =
            d.etat == EtatDemande::Accordee && d.notifiee_le.is_some() && d.sous_reserve();
        let (Some(decision), true) = (&self.decision, attendue) else {
            return Ok(None);
        };
        let reserve = decision.reserve().map_err(WebError::interne)?;
        Ok(reserve.map(|r| {
            format!(
                "Votre accord est donné {}. Envoyez-en la preuve ci-dessous, avec les pièces ({}) : la caisse constate que la condition est \
                 remplie, et le délai pour vous installer court à compter de ce jour.",
                r.phrase(),
                texte::minuscule_initiale(&r.preuve)
            )
        }))
    }

    pub(super) fn installation_declaree(&self) -> bool {
        // A proof that was refused leaves everything to be declared again.
        let dernier = self.evenements.iter().rev().find_map(|e| match e.fait {
            Fait::InstallationDeclaree { .. } => Some(true),
            Fait::InstallationPreuveRefusee { .. } => Some(false),
            _ => None,
        });
        dernier == Some(true)
    }

    /// What is typed of the installation; before anything is, the day that was declared with a proof since refused.
    pub(super) fn installation_dite(&self, saisie: &Saisie, erreurs: &Erreurs) -> Saisie {
        if erreurs.presentes() {
            return saisie.clone();
        }
        let dite = self.evenements.iter().rev().find_map(|e| match e.fait {
            Fait::InstallationDeclaree { date, .. } => Some(date),
            _ => None,
        });
        match dite {
            None => saisie.clone(),
            Some(date) => Saisie::de([("date_installation", dates_fr::courte(date).as_str())]),
        }
    }
}
