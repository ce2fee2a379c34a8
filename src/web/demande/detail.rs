//! `GET /demandes/{numero}`: a request as its author follows it.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use chrono::NaiveDate;
use courriers::decision::Bloc;
use regles::attente::{self, FaitsDemande, Installation, Quoi};
use regles::commission::decision_projetee;
use regles::dates_fr;
use regles::decision::EtatDecision;
use regles::demande::{EtatDemande, Evenement as Act, NatureDemande, transition};
use regles::derogation::Motif;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::evenement::Fait;
use regles::liste_pieces::Ligne;
use regles::reduction::Reduction;
use regles::reglement::Reglement;
use regles::texte;
use serde::Deserialize;

use super::audition::{AuditionVue, audition_vue};
use super::decision::{DecisionVue, decision_vue};
use super::faits::faits;
use super::silence::{self, SilenceVue, silence_vue};
use super::{installation, liste};
use crate::actions::{ActionResult, motif};
use crate::db::decision::{self, Decision};
use crate::db::demande::{self, DemandeComplete};
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::ensemble::Lecture;
use crate::db::envoi::{self, Envoi};
use crate::db::evenement::{self, Evenement};
use crate::db::message::Cote;
use crate::db::piece::{self, Piece, PieceDemandee};
use crate::db::{AnyConn, CpamScope, reduction, silence as stocke};
use crate::web::acces::avec_apercu;
use crate::web::correction::{CorrectionsVue, corrections};
use crate::web::erreur::WebError;
use crate::web::espace::vues;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Fait as FaitDit};
use crate::web::liste_pieces;
use crate::web::messages::{self, MessagesVue};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{
    ApercuVue, Bandeau, Champ, ChronologieVue, EcheanceVue, ErreurResume, ListePiecesVue, Message,
};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::echeances_en_cours;

#[derive(Template)]
#[template(path = "demande/detail.html")]
struct DetailPage {
    page: Page,
    chemin: String,
    bandeau: Bandeau,
    messages: Vec<Message>,
    /// PRO-8: a document waits to be opened until this day, which notifies it.
    a_ouvrir: Option<NaiveDate>,
    decision: Option<DecisionVue>,
    silence: Option<SilenceVue>,
    audition: Option<AuditionVue>,
    demandees: Vec<Champ>,
    ajout: Vec<Champ>,
    installation: Option<Champs>,
    faits: Vec<FaitDit>,
    pieces: ListePiecesVue,
    apercu: Option<ApercuVue>,
    echeances: Vec<EcheanceVue>,
    chronologie: ChronologieVue,
    corrections: CorrectionsVue,
    contact: Vec<String>,
    messages_du_dossier: MessagesVue,
    retirable: bool,
}

/// All that the page shows.
pub(super) struct Lu {
    pub(super) d: DemandeComplete,
    pub(super) decision: Option<Decision>,
    pub(super) pieces: Vec<Piece>,
    pub(super) demandees: Vec<PieceDemandee>,
    pub(super) envois: Vec<Envoi>,
    echeances: Vec<EcheanceStockee>,
    evenements: Vec<Evenement>,
    messages: MessagesVue,
    pub(super) motif: Option<Motif>,
    pub(super) reduction: Option<Reduction>,
    /// PRO-7: the reasons of a refusal born of silence, once given, and the routes against it.
    pub(super) raisons: Option<String>,
    pub(super) recours: Vec<String>,
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
    let envois = match &decision {
        Some(decision) => envoi::lecture_de(decision.id).toutes(conn)?,
        None => Vec::new(),
    };
    let raisons = match d.demande.silence().and_then(|s| s.reponse_le) {
        Some(_) => stocke::raisons(conn, id)?,
        None => None,
    };
    Ok(Lu {
        raisons,
        recours: silence::recours(conn, reglement, &d)?,
        envois,
        reduction: reduction::de_demande(conn, id)?,
        motif,
        decision,
        pieces: piece::de(conn, scope, id)?,
        demandees: piece::demandees(conn, id)?,
        echeances: echeance::de(conn, id)?,
        messages: messages::resume(conn, id, Cote::Kine, format!("/demandes/{numero}/messages"))?,
        evenements: evenement::de(conn, id)?,
        d,
    })
}

impl Lu {
    pub(super) fn manquantes(&self) -> impl Iterator<Item = &PieceDemandee> {
        self.demandees.iter().filter(|p| p.recue_le.is_none())
    }

    fn en_cours(&self, nature: NatureEcheance) -> Option<&EcheanceStockee> {
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

    /// What the reader may know: not what was decided, before the document says it.
    fn dits(&self) -> Vec<Evenement> {
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
    fn decision_projetee(&self, reglement: &Reglement) -> Result<Option<NaiveDate>, WebError> {
        let d = &self.d.demande;
        let attend = d.nature == NatureDemande::Derogation
            && d.etat == EtatDemande::Complete
            && d.derogation_avis_cpd.is_none();
        let Some(complete_le) = d.complete_le.filter(|_| attend) else {
            return Ok(None);
        };
        let territoire = self.d.service.territoire()?;
        decision_projetee(reglement, complete_le, territoire)
            .map(Some)
            .map_err(WebError::interne)
    }

    fn installation_declaree(&self) -> bool {
        // A proof that was refused leaves everything to be declared again.
        let dernier = self.evenements.iter().rev().find_map(|e| match e.fait {
            Fait::InstallationDeclaree { .. } => Some(true),
            Fait::InstallationPreuveRefusee { .. } => Some(false),
            _ => None,
        });
        dernier == Some(true)
    }

    /// What is typed of the installation; before anything is, the day that was declared with a proof since refused.
    fn installation_dite(&self, saisie: &Saisie, erreurs: &Erreurs) -> Saisie {
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

/// What the address says of the page.
#[derive(Deserialize)]
pub struct Vue {
    /// The document to show.
    piece: Option<String>,
}

/// `GET /demandes/{numero}?piece=`
///
/// # Errors
/// The request is not this person's, or the database does not answer.
pub async fn page(visite: Visite, numero: Path<String>, vue: Query<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().unwrap_or_default();
    let (saisie, erreurs) = (Saisie::de([("_apercu", montree)]), Erreurs::default());
    montrer(&visite, &numero, &saisie, &erreurs, StatusCode::OK).await
}

/// The page, with its forms as they were typed and what is wrong with them.
///
/// # Errors
/// As [`page`].
pub(super) async fn montrer(
    visite: &Visite,
    numero: &str,
    saisie: &Saisie,
    erreurs: &Erreurs,
    statut: StatusCode,
) -> Reponse {
    let scope = visite.qui()?.scope();
    let numero = numero.to_owned();
    let reglement = visite.etat.reglement();
    let lu = visite
        .read(move |conn| lire(conn, &reglement, &scope, &numero))
        .await?;
    let jour = visite.aujourd_hui();
    let d = &lu.d.demande;
    let (demandees, ajout) = super::pieces::champs(visite, &lu, saisie, erreurs);
    let lignes = liste::lignes(visite, &lu)?;
    let declaree = lu.installation_declaree();
    let installation = (d.etat == EtatDemande::Accordee && d.notifiee_le.is_some() && !declaree)
        .then(|| {
            installation::champs(
                visite,
                d.version,
                &lu.installation_dite(saisie, erreurs),
                erreurs,
            )
        });
    // Once a proof was refused, another one is sent from its line.
    let (installation, autre_preuve) = match liste::preuve_refusee(&lignes) {
        true => (None, installation),
        false => (installation, None),
    };
    let mut messages = Vec::new();
    if d.etat == EtatDemande::Accordee && declaree {
        messages.push(Message::information(
            "Vous avez déclaré votre installation. La caisse vérifie votre preuve, puis l’enregistre.",
        ));
    }
    if let Some(le) = lu.decision_projetee(&visite.etat.reglement())? {
        messages.push(Message::information(format!(
            "La commission paritaire donne son avis avant la décision. Si chaque étape prend tout son temps, la décision sera prise \
             le {} : c’est une projection, pas un engagement.",
            texte::date_longue(le)
        )));
    }
    let mut page = visite
        .page(format!("Demande {}", d.numero))
        .chapeau(format!("{} à {}", d.nature.libelle(), lu.d.commune))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .largeur(Largeur::Dossier);
    if let Some(phrase) = erreurs.de("") {
        if statut == StatusCode::CONFLICT {
            messages.insert(0, Message::attention(phrase));
        } else {
            page = page.erreur(ErreurResume::generale(phrase));
        }
    }
    let montree = saisie.texte("_apercu").parse().ok();
    let montree = lu.pieces.iter().find(|p| Some(p.id) == montree);
    let pieces = liste::construire(
        visite,
        &lu,
        &lignes,
        &page.csrf(),
        (montree.map(|p| p.id), autre_preuve),
        erreurs,
    );
    let page = page.erreurs_de(
        demandees
            .iter()
            .chain(&ajout)
            .chain(
                pieces
                    .lignes
                    .iter()
                    .flat_map(|l| l.envoi.iter().flat_map(|e| &e.champs)),
            )
            .chain(installation.iter().flatten()),
    );
    let gabarit = DetailPage {
        page,
        chemin: format!("/demandes/{}", d.numero),
        bandeau: bandeau(&lu, jour, &lignes),
        messages,
        a_ouvrir: lu.a_ouvrir(),
        silence: silence_vue(visite, &lu)?,
        audition: audition_vue(d),
        decision: decision_vue(&lu)?,
        demandees,
        ajout,
        installation,
        faits: faits(&lu),
        pieces,
        apercu: montree.and_then(liste_pieces::apercu),
        echeances: echeances_en_cours(&lu.echeances, jour)?,
        chronologie: vues::chronologie(&lu.dits()),
        corrections: corrections(&lu.evenements, &lu.d.service.nom),
        contact: lu.d.service.lignes(),
        messages_du_dossier: lu.messages.clone(),
        retirable: transition(d.etat, Act::Retirer).is_ok(),
    };
    Ok(avec_apercu(visite.rendre_avec(&gabarit, statut)?))
}

fn bandeau(lu: &Lu, jour: NaiveDate, lignes: &[Ligne]) -> Bandeau {
    let d = &lu.d.demande;
    let caisse = lu.d.service.nom.as_str();
    let compte = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let manquantes = compte(lu.manquantes().count());
    let demandees = compte(lu.demandees.len());
    let faits = FaitsDemande {
        etat: d.etat,
        notifiee: d.notifiee_le.is_some(),
        installation: if lu.installation_declaree() {
            Installation::Declaree
        } else if liste::preuve_refusee(lignes) {
            Installation::PreuveRefusee
        } else {
            Installation::Attendue
        },
        demandees,
        recues: demandees - manquantes,
        manquantes: lignes.iter().filter(|l| l.manque()).count(),
        echeance: attente::echeance_de_demande(d.etat)
            .and_then(|nature| lu.en_cours(nature))
            .map(|e| e.finale),
        silence: d.silence(),
    };
    let attente = attente::demande(&faits);
    let dite = match attente.quoi {
        Quoi::NotifierDecision(_) => attente::reponse_en_chemin(lu.a_ouvrir(), caisse),
        _ => attente::pour_le_demandeur(&attente, caisse, jour),
    };
    let bandeau = Bandeau::new(vues::etat_demande(d.etat, faits.notifiee), dite.phrase)
        .detail("Qui doit agir", dite.tour)
        .detail("Caisse", caisse);
    match &lu.d.suivi_par {
        Some((prenom, nom)) => bandeau.detail("Suivie par", format!("{prenom} {nom}")),
        None => bandeau,
    }
}
