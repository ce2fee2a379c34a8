//! `GET /demandes/{numero}`: a request as its author follows it.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use courriers::decision::Bloc;
use regles::attente::{self, EtapeCommission, FaitsDemande, Installation};
use regles::demande::{EtatDemande, Evenement as Act, transition};
use regles::echeance::NatureEcheance;
use regles::liste_pieces::Ligne;
use regles::texte;
use serde::Deserialize;

use super::attestation::{GeneralesVue, generales_vue};
use super::audition::{AuditionVue, audition_vue};
use super::decision::{DecisionVue, decision_vue};
use super::faits::faits;
use super::lu::{Lu, lire};
use super::representant::{RepresentantVue, representant_vue};
use super::silence::{SilenceVue, silence_vue};
use super::{installation, liste};
use crate::web::acces::avec_apercu;
use crate::web::correction::{CorrectionsVue, corrections};
use crate::web::espace::vues;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Fait as FaitDit};
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::messages::MessagesVue;
use crate::web::nouveautes;
use crate::web::page::{Largeur, Page};
use crate::web::recours::{kine, signales};
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
    representant: Option<RepresentantVue>,
    demandees: Vec<Champ>,
    ajout: Vec<Champ>,
    installation: Option<Champs>,
    faits: Vec<FaitDit>,
    generales: GeneralesVue,
    pieces: ListePiecesVue,
    apercu: Option<ApercuVue>,
    echeances: Vec<EcheanceVue>,
    chronologie: ChronologieVue,
    corrections: CorrectionsVue,
    contact: Vec<String>,
    messages_du_dossier: MessagesVue,
    retirable: bool,
    /// PRO-6: where what was decided is contested.
    contester: Option<String>,
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
pub async fn page(visite: Visite, numero: Path<String>, vue: Requete<Vue>) -> Reponse {
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
    let a_installer =
        d.etat == EtatDemande::Accordee && d.notifiee_le.is_some() && !d.sous_reserve();
    let installation = (a_installer && !declaree).then(|| {
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
    messages.extend(signales(&lu.appels, kine::adresse));
    messages.extend(lu.non_parvenus(&visite.qui()?.courriel));
    messages.extend(lu.reserve()?.map(Message::attention));
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
        representant: representant_vue(d),
        decision: decision_vue(&lu)?,
        demandees,
        ajout,
        installation,
        faits: faits(&lu),
        generales: generales_vue(visite, &lu, &lignes)?,
        pieces,
        apercu: montree.and_then(liste_pieces::apercu),
        echeances: echeances_en_cours(&lu.echeances, jour)?,
        chronologie: vues::chronologie(&lu.dits()),
        corrections: corrections(&lu.evenements, &lu.d.service.nom),
        contact: lu.d.service.lignes(),
        messages_du_dossier: lu.messages.clone(),
        retirable: transition(d.etat, Act::Retirer).is_ok(),
        contester: lu.contester(),
    };
    nouveautes::lue(visite, d.id).await?;
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
        chemin: lu.chemin(),
        installation: if d.sous_reserve() {
            Installation::SousReserve
        } else if lu.installation_declaree() {
            Installation::Declaree
        } else if liste::preuve_refusee(lignes) {
            Installation::PreuveRefusee
        } else {
            Installation::Attendue
        },
        demandees,
        recues: demandees - manquantes,
        manquantes: lignes.iter().filter(|l| l.manque()).count(),
        echeance: attente::echeance_de_demande(d.etat, d.sous_reserve())
            .and_then(|nature| lu.en_cours(nature))
            .map(|e| e.finale),
        commission: [
            NatureEcheance::SaisineCpd,
            NatureEcheance::AvisCpd,
            NatureEcheance::DecisionApresAvis,
        ]
        .into_iter()
        .find(|n| lu.en_cours(*n).is_some())
        .and_then(EtapeCommission::de),
        silence: d.silence(),
        // What agents send each other is not hers to know.
        renvoyee: false,
    };
    let attente = attente::demande(&faits);
    let dite = attente::pour_le_demandeur(&attente, caisse, jour);
    let bandeau = Bandeau::new(vues::etat_demande(d.etat, faits.notifiee), dite.phrase)
        .detail("Qui doit agir", dite.tour)
        .detail("Caisse", caisse);
    match &lu.d.suivi_par {
        Some((prenom, nom)) => bandeau.detail("Suivie par", format!("{prenom} {nom}")),
        None => bandeau,
    }
}
