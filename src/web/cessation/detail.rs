//! `GET /cessations/{id}`: a departure as its author follows it.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;

use crate::actions::designation::empechement;
use crate::db::cessation::{self, CessationComplete, EtatCessation};
use crate::db::designation::{self, Designation, EtatDesignation};
use crate::db::echeance::{self, EcheanceStockee, Porteur};
use crate::db::evenement::{self, Evenement};
use crate::db::message::{Cote, Fil};
use crate::db::piece::{self, Piece};
use crate::db::place::{self, Place};
use crate::db::{AnyConn, CpamScope, DbResult};
use crate::domain::grand_livre::EtatPlace;
use crate::texte;
use crate::web::correction::{CorrectionsVue, corrections};
use crate::web::erreur::WebError;
use crate::web::espace::erreurs::Erreurs;
use crate::web::espace::vues;
use crate::web::filters;
use crate::web::messages::{self, MessagesVue};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{
    Bandeau, Champ, ChronologieVue, EcheanceVue, ErreurResume, FichierVue, Message, Pastille,
    PourquoiVue, Taille,
};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::{echeances_en_cours, pourquoi_stocke};

/// The form that designates a successor.
pub(super) struct Formulaire {
    /// What is seen and sent back hidden.
    caches: Vec<Champ>,
    /// What is typed.
    champs: Vec<Champ>,
    /// The words of the button.
    bouton: &'static str,
}

/// A designation of the history.
struct Ligne {
    quand: String,
    auteur: String,
    close: Option<String>,
    rpps: String,
    courriel: String,
    etat: Pastille,
}

#[derive(Template)]
#[template(path = "cessation/detail.html")]
struct DetailPage {
    page: Page,
    bandeau: Bandeau,
    faits: Vec<(&'static str, String)>,
    place: Option<(String, PourquoiVue)>,
    empechement: Option<String>,
    formulaire: Option<Formulaire>,
    designations: Vec<Ligne>,
    pieces: Vec<FichierVue>,
    echeances: Vec<EcheanceVue>,
    chronologie: ChronologieVue,
    corrections: CorrectionsVue,
    messages: Vec<Message>,
    action: String,
    contact: Vec<String>,
    messages_du_dossier: MessagesVue,
    retrait: Option<String>,
}

/// All that the page shows.
struct Lu {
    c: CessationComplete,
    place: Option<Place>,
    designations: Vec<(Designation, String)>,
    pieces: Vec<Piece>,
    echeances: Vec<EcheanceStockee>,
    evenements: Vec<Evenement>,
    messages: MessagesVue,
}

fn lire(conn: &mut AnyConn, kine_id: i64, id: i64) -> DbResult<Lu> {
    let c = cessation::complete(conn, &CpamScope::Kine(kine_id), id)?;
    let place = place::de_cessation(conn, id)?;
    let (designations, echeances) = match &place {
        Some(place) => (
            designation::de_place(conn, place.id)?,
            echeance::de(conn, Porteur::Place(place.id))?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    Ok(Lu {
        c,
        place,
        designations,
        pieces: piece::de_cessation(conn, id)?,
        echeances,
        messages: messages::resume(
            conn,
            Fil::Cessation(id),
            Cote::Kine,
            format!("/cessations/{id}/messages"),
        )?,
        evenements: evenement::de_cessation(conn, id)?,
    })
}

impl Lu {
    fn active(&self) -> Option<&Designation> {
        self.designations
            .iter()
            .map(|(d, _)| d)
            .find(|d| d.etat.est_active())
    }
}

/// `GET /cessations/{id}`
///
/// # Errors
/// The departure is not this person's, or the database does not answer.
pub async fn page(visite: Visite, id: Path<i64>) -> Reponse {
    let saisie = Saisie::default();
    montrer(
        &visite,
        id.into_inner(),
        &saisie,
        &Erreurs::default(),
        StatusCode::OK,
    )
    .await
}

/// The page, with the form as it was typed and what is wrong with it.
///
/// # Errors
/// As [`page`].
pub(super) async fn montrer(
    visite: &Visite,
    id: i64,
    saisie: &Saisie,
    erreurs: &Erreurs,
    statut: StatusCode,
) -> Reponse {
    let kine_id = visite.kine_id()?;
    let lu = visite.read(move |conn| lire(conn, kine_id, id)).await?;
    let jour = visite.aujourd_hui();
    let empechement =
        empechement(&visite.acte()?, &lu.c.cessation, lu.place.as_ref()).map_err(WebError::from)?;
    // A form that was refused stays on screen with what was typed, even if it can no longer be sent.
    let formulaire = (empechement.is_none() || erreurs.presentes() && lu.place.is_some())
        .then(|| formulaire(&lu, saisie, erreurs));
    let mut page = visite
        .page(format!("Départ de {}", lu.c.commune))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .largeur(Largeur::Dossier);
    let mut messages = Vec::new();
    if let Some(phrase) = erreurs.de("") {
        if statut == StatusCode::CONFLICT {
            messages.push(Message::attention(phrase));
        } else {
            page = page.erreur(ErreurResume::generale(phrase));
        }
    }
    if let Some(f) = &formulaire {
        page = page.erreurs_de(&f.champs);
    }
    let gabarit = DetailPage {
        page,
        bandeau: bandeau(&lu, jour),
        faits: faits(&lu.c),
        place: lu
            .place
            .as_ref()
            .map(|p| place_vue(p, lu.active()))
            .transpose()?,
        empechement: empechement.filter(|_| lu.c.cessation.etat == EtatCessation::Confirmee),
        formulaire,
        designations: lu.designations.iter().rev().map(ligne).collect(),
        pieces: lu.pieces.iter().map(vues::piece).collect(),
        echeances: echeances_en_cours(&lu.echeances, jour)?,
        chronologie: vues::chronologie(&lu.evenements),
        corrections: corrections(&lu.evenements, &lu.c.service.nom),
        messages,
        action: format!("/cessations/{id}/designations"),
        contact: lu.c.service.lignes(),
        messages_du_dossier: lu.messages.clone(),
        retrait: (lu.c.cessation.etat == EtatCessation::Declaree)
            .then(|| format!("/cessations/{id}/retirer")),
    };
    visite.rendre_avec(&gabarit, statut)
}

fn bandeau(lu: &Lu, jour: NaiveDate) -> Bandeau {
    let c = &lu.c.cessation;
    let active = lu.active();
    let pastille = vues::etat_depart(
        c.etat,
        lu.place.as_ref().map(|p| p.etat),
        active.map(|d| d.etat),
    );
    let limite = lu
        .place
        .as_ref()
        .and_then(|p| p.limite_designation)
        .map_or_else(String::new, |l| {
            format!(
                " jusqu’au {} ({})",
                texte::date_fr(l),
                texte::dans((l - jour).num_days())
            )
        });
    let (phrase, tour) = match (c.etat, lu.place.as_ref().map(|p| p.etat)) {
        (EtatCessation::Declaree, _) => (
            format!("La caisse vérifie votre déclaration. Vous n’avez rien à faire : elle vous écrira pour vous dire si votre départ de {} ouvre une place.", lu.c.commune),
            lu.c.service.nom.clone(),
        ),
        (EtatCessation::Rejetee, _) => (
            format!("La caisse a rejeté votre déclaration : {}", c.motif.as_deref().unwrap_or("le motif vous a été écrit.")),
            "Vous, si vous souhaitez corriger et déclarer de nouveau".to_owned(),
        ),
        (EtatCessation::Retiree, _) => ("Vous avez retiré cette déclaration.".to_owned(), "Personne".to_owned()),
        (EtatCessation::Confirmee, None) => (
            "Votre départ est confirmé. Il n’ouvre pas de place : la zone n’est pas régulée, un confrère peut s’y installer librement.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::Ouverte)) => match active.map(|d| d.etat) {
            Some(EtatDesignation::Acceptee) => (
                "Votre successeur est désigné et a accepté. La caisse décidera sur sa demande de conventionnement.".to_owned(),
                "Votre successeur, puis la caisse".to_owned(),
            ),
            Some(_) => (
                format!("Votre successeur désigné n’a pas encore répondu. Vous pouvez en désigner un autre{limite}."),
                "La personne désignée".to_owned(),
            ),
            None => (
                format!("Votre départ ouvre une place : désignez votre successeur{limite}."),
                "Vous".to_owned(),
            ),
        },
        (EtatCessation::Confirmee, Some(EtatPlace::AExaminer)) => (
            "Votre départ est confirmé. Vous avez déclaré moins d’actes que le seuil : la commission paritaire dira si la place peut être transmise.".to_owned(),
            "La commission paritaire".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::NonTransmissible)) => (
            "Votre départ est confirmé. La place ne peut pas être transmise à un successeur.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::Reservee)) => (
            "La demande de votre successeur est accordée : il doit maintenant s’installer.".to_owned(),
            "Votre successeur".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::Pourvue)) => (
            "Votre successeur est installé. Vous n’avez plus rien à faire.".to_owned(),
            "Personne".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::AAttribuer)) => (
            "Le délai pour désigner un successeur est passé : la caisse attribue la place selon sa charte.".to_owned(),
            "La caisse".to_owned(),
        ),
        (EtatCessation::Confirmee, Some(EtatPlace::Caduque)) => (
            "Le délai pour désigner un successeur est passé : la place est caduque.".to_owned(),
            "Personne".to_owned(),
        ),
    };
    Bandeau::new(pastille, phrase)
        .detail("À qui d’agir", tour)
        .detail("Caisse", lu.c.service.nom.clone())
}

fn faits(c: &CessationComplete) -> Vec<(&'static str, String)> {
    vec![
        (
            "Lieu quitté",
            format!("{}, {}", c.cessation.adresse, c.commune),
        ),
        (
            "Zone",
            format!("{} ({})", c.bassin, c.cessation.categorie.libelle()),
        ),
        (
            "Cessation définitive",
            texte::date_fr(c.cessation.date_cessation),
        ),
        (
            "Actes des douze mois précédents",
            c.cessation.actes_12_mois.map_or_else(
                || "non renseignés".to_owned(),
                |n| texte::nombre(i64::from(n)),
            ),
        ),
        ("Déclarée le", texte::datetime_fr(c.cessation.declaree_le)),
    ]
}

fn place_vue(
    place: &Place,
    active: Option<&Designation>,
) -> Result<(String, PourquoiVue), WebError> {
    let phrase = match (place.etat, active.map(|d| d.etat)) {
        (EtatPlace::Ouverte, Some(EtatDesignation::Acceptee)) => {
            "Votre départ ouvre une place, destinée au successeur que vous avez désigné."
        }
        (EtatPlace::Ouverte, _) => "Votre départ ouvre une place à un successeur.",
        (EtatPlace::AExaminer, _) => {
            "La commission paritaire doit dire si la place peut être transmise."
        }
        (EtatPlace::NonTransmissible, _) => "La place ne peut pas être transmise.",
        (EtatPlace::Reservee, _) => "La place est réservée à votre successeur.",
        (EtatPlace::Pourvue, _) => "La place est pourvue : votre successeur est installé.",
        (EtatPlace::AAttribuer, _) => "La caisse attribue la place, après un appel à candidatures.",
        (EtatPlace::Caduque, _) => "La place est caduque : personne n’a été désigné à temps.",
    };
    let pourquoi = pourquoi_stocke(
        texte::minuscule_initiale(phrase.trim_end_matches('.')),
        &place.explication,
    )?;
    Ok((phrase.to_owned(), pourquoi))
}

fn ligne((d, auteur): &(Designation, String)) -> Ligne {
    Ligne {
        quand: texte::datetime_fr(d.cree_le),
        auteur: auteur.clone(),
        close: d
            .close_le
            .map(|le| format!("le {}", texte::date_fr(crate::clock::jour_a_paris(le)))),
        rpps: d.rpps.clone(),
        courriel: d.courriel.clone(),
        etat: vues::etat_designation(d.etat),
    }
}

fn formulaire(lu: &Lu, saisie: &Saisie, erreurs: &Erreurs) -> Formulaire {
    let active = lu.active();
    let rpps = saisie.texte("rpps");
    let mut champs = vec![
        Champ::texte("rpps", "Numéro RPPS du successeur")
            .aide("Onze chiffres. Votre successeur le trouve sur sa carte professionnelle.")
            .taille(Taille::Court)
            .valeur(rpps)
            .erreur(erreurs.de("rpps")),
    ];
    // The key of a number is a warning: it can be confirmed.
    let douteux = rpps
        .parse::<crate::domain::identifiants::Rpps>()
        .is_ok_and(|r| !r.cle_luhn_valide());
    if douteux {
        champs.push(
            Champ::case(
                "confirmer_rpps",
                format!("Le numéro {rpps} est exact, je le confirme"),
            )
            .valeur(if saisie.coche("confirmer_rpps") {
                "oui"
            } else {
                ""
            }),
        );
    }
    champs.push(
        Champ::email("courriel", "Adresse électronique du successeur")
            .autocomplete("off")
            .aide("Nous lui envoyons un lien personnel pour répondre.")
            .valeur(saisie.texte("courriel"))
            .erreur(erreurs.de("courriel")),
    );
    Formulaire {
        caches: vec![Champ::cache(
            "active",
            active.map_or_else(String::new, |d| d.id.to_string()),
        )],
        champs,
        bouton: if active.is_some() {
            "Désigner une autre personne"
        } else {
            "Désigner ce successeur"
        },
    }
}
