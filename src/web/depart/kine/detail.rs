//! `GET /departs/{id}`: a departure as its author follows it.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::echeance::{EtatEcheance, NatureEcheance};
use regles::geste::{self, attester_place};
use regles::grand_livre::EtatPlace;
use regles::texte;
use serde::Deserialize;

use super::contester::DecompteVue;
use super::successeur::Successeur;
use crate::actions::depart::{attribuee, decompte::contestation, pieces_ouvertes, sans_place};
use crate::actions::designation::empechement;
use crate::actions::piece::liste;
use crate::clock::jour_a_paris;
use crate::db::courriel::{self, CourrielPerdu};
use crate::db::depart::{self, DepartComplet};
use crate::db::designation::{self, Designation, DesignationSuivie};
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::ensemble::Lecture;
use crate::db::evenement::{self, Evenement};
use crate::db::message::Cote;
use crate::db::piece::{self, Piece};
use crate::db::place::{self, Place};
use crate::db::recours::{self, Bref};
use crate::db::{AnyConn, CpamScope, DbResult};
use crate::web::acces::avec_apercu;
use crate::web::correction::{CorrectionsVue, corrections};
use crate::web::depart::caisse::{origine, par_derogation};
use crate::web::erreur::WebError;
use crate::web::espace::perdus::{self, Adressee};
use crate::web::espace::pieces::{self, Dossier};
use crate::web::espace::{fichiers, vues};
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::Champs;
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::messages::{self, MessagesVue};
use crate::web::nouveautes;
use crate::web::page::{Largeur, Page};
use crate::web::recours::{a_contester, contestee, kine, signales};
use crate::web::saisie::Saisie;
use crate::web::ui::{
    ApercuVue, Bandeau, Champ, ChronologieVue, EcheanceVue, ErreurResume, ListePiecesVue, Message,
    Pastille, PourquoiVue,
};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::{echeances_en_cours, pourquoi_stocke};

/// A designation of the history.
struct Ligne {
    quand: String,
    auteur: String,
    close: Option<String>,
    personne: String,
    courriel: String,
    etat: Pastille,
}

#[derive(Template)]
#[template(path = "depart/detail.html")]
struct DetailPage {
    page: Page,
    bandeau: Bandeau,
    faits: Vec<(&'static str, String)>,
    place: Option<(String, PourquoiVue)>,
    /// Whether the attestation of the place may be had.
    attestable: bool,
    /// REG-3: the count of acts, below the floor.
    decompte: Option<DecompteVue>,
    empechement: Option<String>,
    formulaire: Option<(Champs, &'static str)>,
    /// Where the designation that counts is taken back.
    annuler: Option<String>,
    designations: Vec<Ligne>,
    chemin: String,
    pieces: ListePiecesVue,
    apercu: Option<ApercuVue>,
    ajout: Vec<Champ>,
    echeances: Vec<EcheanceVue>,
    chronologie: ChronologieVue,
    corrections: CorrectionsVue,
    messages: Vec<Message>,
    action: String,
    contact: Vec<String>,
    messages_du_dossier: MessagesVue,
    retrait: Option<(String, &'static str)>,
    /// PRO-6: where what was decided is contested.
    contester: Option<String>,
}

/// All that the page shows.
pub(super) struct Lu {
    pub(super) c: DepartComplet,
    pub(super) place: Option<Place>,
    designations: Vec<DesignationSuivie>,
    pieces: Vec<Piece>,
    echeances: Vec<EcheanceStockee>,
    evenements: Vec<Evenement>,
    messages: MessagesVue,
    /// Mails that did not arrive.
    perdus: Vec<CourrielPerdu>,
    /// PRO-9: the appeals against it.
    recours: Vec<Bref>,
}

fn lire(conn: &mut AnyConn, kine_id: i64, id: i64) -> DbResult<Lu> {
    let c = depart::complete(conn, &CpamScope::Kine(kine_id), id)?;
    let place = place::de_depart(conn, id)?;
    let (designations, echeances) = match &place {
        Some(place) => {
            let mut echeances = echeance::de(conn, place.id)?;
            echeances.retain(|e| !e.nature.du_gagnant());
            (designation::de_place(conn, place.id)?, echeances)
        }
        None => (Vec::new(), Vec::new()),
    };
    Ok(Lu {
        c,
        place,
        designations,
        pieces: piece::de(conn, &CpamScope::Kine(kine_id), id)?,
        echeances,
        messages: messages::resume(conn, id, Cote::Kine, format!("/mes-departs/{id}/messages"))?,
        evenements: evenement::de(conn, id)?,
        perdus: courriel::lecture_perdus(id).toutes(conn)?,
        recours: recours::contre(conn, id)?,
    })
}

impl Lu {
    pub(super) fn active(&self) -> Option<&Designation> {
        self.designations
            .iter()
            .map(|s| &s.designation)
            .find(|d| d.etat.est_active())
    }

    /// REG-4: the last day of the opinion that the commission was asked for.
    pub(super) fn avis_attendu(&self) -> Option<NaiveDate> {
        self.echeances
            .iter()
            .find(|e| e.nature == NatureEcheance::AvisPlace && e.etat == EtatEcheance::EnCours)
            .map(|e| e.finale)
    }
}

/// What the address says of the page.
#[derive(Deserialize)]
pub struct Vue {
    /// The document to show.
    piece: Option<String>,
}

/// `GET /departs/{id}?piece=`
///
/// # Errors
/// The departure is not this person's, or the database does not answer.
pub async fn page(visite: Visite, id: Path<i64>, vue: Requete<Vue>) -> Reponse {
    let montree = vue.piece.as_deref().unwrap_or_default();
    let saisie = Saisie::de([("_apercu", montree)]);
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
        empechement(&visite.acte()?, &lu.c, lu.place.as_ref()).map_err(WebError::from)?;
    // A form that was refused stays on screen with what was typed, even if it can no longer be sent.
    let formulaire = (empechement.is_none() || erreurs.presentes() && lu.place.is_some())
        .then(|| Successeur::demander(lu.active(), saisie, erreurs));
    let mut page = visite
        .page(format!("Départ {}", texte::de(&lu.c.commune)))
        .surtitre(format!("Dossier {}", lu.c.depart.numero))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .largeur(Largeur::Dossier);
    let reglement = visite.etat.reglement();
    let sans_place = sans_place(&reglement, &lu.c, lu.place.as_ref(), jour)?;
    let close = matches!(lu.c.depart.etat, EtatDepart::Rejetee | EtatDepart::Retiree);
    let mut messages: Vec<Message> = sans_place
        .filter(|_| !close)
        .map(Message::attention)
        .into_iter()
        .collect();
    messages.extend(signales(&lu.recours, kine::adresse));
    messages.extend(non_parvenus(
        &lu,
        formulaire.is_some(),
        &visite.qui()?.courriel,
    ));
    if let Some(phrase) = erreurs.de("") {
        if statut == StatusCode::CONFLICT {
            messages.push(Message::attention(phrase));
        } else {
            page = page.erreur(ErreurResume::generale(phrase));
        }
    }
    let contestation = contestation(&visite.acte()?, &lu.c, lu.place.as_ref())?;
    let chemin = format!("/mes-departs/{id}");
    let ouvert = pieces_ouvertes(&lu.c.depart, lu.place.as_ref());
    let lignes =
        liste::lignes_du_depart(&visite.etat.reglement(), &lu.c.depart, &lu.pieces, ouvert)?;
    let montree = saisie.texte("_apercu").parse().ok();
    let montree = lu.pieces.iter().find(|p| Some(p.id) == montree);
    let dossier = Dossier {
        chemin: &chemin,
        pieces: &lu.pieces,
        ouvert,
        decidee: lu.c.depart.traitee_le,
        decision_connue: true,
    };
    let csrf = page.csrf();
    let pieces = ListePiecesVue {
        lignes: pieces::lignes(
            visite,
            &dossier,
            &lignes,
            &csrf,
            montree.map(|p| p.id),
            erreurs,
        ),
    };
    let a_rechoisir = erreurs.presentes() && fichiers::presents(saisie, &["piece"]);
    let ajout = match ouvert {
        true => pieces::ajout(visite, saisie, a_rechoisir, erreurs),
        false => Vec::new(),
    };
    let envois = pieces.lignes.iter().flat_map(|l| &l.envoi);
    let page = page.erreurs_de(
        formulaire
            .iter()
            .flat_map(|(champs, _)| champs)
            .chain(envois.flat_map(|e| &e.champs))
            .chain(&ajout),
    );
    let contestee = contestee(&lu.c.depart, lu.place.as_ref());
    let gabarit = DetailPage {
        contester: a_contester(contestee, &lu.recours)
            .then(|| kine::contester(&lu.c.depart.numero)),
        page,
        bandeau: super::bandeau::bandeau(&lu, &lignes, contestation, jour),
        decompte: super::contester::vue(&visite.etat.reglement(), &lu.c, contestation, jour)?,
        faits: faits(&lu.c),
        place: lu
            .place
            .as_ref()
            .map(|p| place_vue(p, lu.active()))
            .transpose()?,
        attestable: attester_place(lu.place.as_ref().map(|p| p.etat)).is_ok(),
        annuler: (empechement.is_none() && lu.active().is_some_and(|d| d.candidature_id.is_none()))
            .then(|| format!("/mes-departs/{id}/designations/annuler")),
        empechement: empechement.filter(|_| lu.c.depart.etat == EtatDepart::Confirmee),
        formulaire,
        designations: lu.designations.iter().rev().map(ligne).collect(),
        chemin,
        pieces,
        apercu: montree.and_then(liste_pieces::apercu),
        ajout,
        echeances: echeances_en_cours(&lu.echeances, jour)?,
        chronologie: vues::chronologie(&lu.evenements),
        corrections: corrections(&lu.evenements, &lu.c.service.nom),
        messages,
        action: format!("/mes-departs/{id}/designations"),
        contact: lu.c.service.lignes(),
        messages_du_dossier: lu.messages.clone(),
        retrait: retrait(&lu),
    };
    nouveautes::lue(visite, id).await?;
    Ok(avec_apercu(visite.rendre_avec(&gabarit, statut)?))
}

/// The mails of this departure that did not arrive: to who is designated now, and to herself.
fn non_parvenus(lu: &Lu, corrigible: bool, courriel: &str) -> Vec<Message> {
    let designee = lu.active().map(|d| Adressee {
        courriel: &d.courriel,
        qui: "la personne que vous avez désignée",
        depuis: Some(d.cree_le),
        suite: match corrigible {
            true => "Vérifiez l’adresse avec elle, puis envoyez le lien de nouveau : reprenez son numéro RPPS dans le formulaire ci-dessous, avec la bonne adresse.",
            false => "Prévenez-la autrement, et écrivez à la caisse.",
        },
        lien: corrigible.then(|| ("Corriger l’adresse", "#t-successeur".to_owned())),
    });
    let adressees: Vec<_> = designee
        .into_iter()
        .chain([perdus::la_sienne(courriel)])
        .collect();
    perdus::messages(&lu.perdus, &adressees)
}

/// REG-19: where the departure is taken back, while it may be.
fn retrait(lu: &Lu) -> Option<(String, &'static str)> {
    let c = &lu.c.depart;
    let place = lu.place.as_ref().map(|p| p.etat);
    let passage = geste::retirer(c.etat, place, attribuee(lu.active())).ok()?;
    let mots = match passage.de() {
        EtatDepart::Declaree => "Retirer cette déclaration",
        _ => "Annuler ce départ",
    };
    Some((format!("/mes-departs/{}/retirer", c.id), mots))
}

fn faits(c: &DepartComplet) -> Vec<(&'static str, String)> {
    vec![
        (
            "Lieu quitté",
            format!("{}, {}", c.depart.adresse, c.commune),
        ),
        (
            "Zone",
            format!("{} ({})", c.bassin, c.depart.categorie.libelle()),
        ),
        (
            "Cessation définitive",
            texte::date_fr(c.depart.date_cessation),
        ),
        (
            "Actes des douze mois précédents",
            origine(&c.depart).unwrap_or_else(|| {
                c.depart.actes_12_mois.map_or_else(
                    || "non renseignés".to_owned(),
                    |n| texte::nombre(i64::from(n)),
                )
            }),
        ),
        (
            "Vous y exerciez par dérogation",
            par_derogation(c.depart.par_derogation).to_owned(),
        ),
        ("Déclarée le", texte::datetime_fr(c.depart.declaree_le)),
    ]
}

fn place_vue(
    place: &Place,
    active: Option<&Designation>,
) -> Result<(String, PourquoiVue), WebError> {
    let phrase = match (place.etat, active.map(|d| d.etat)) {
        // PRO-8: nothing of the grant before it is notified to whom it is for.
        (EtatPlace::Ouverte, Some(EtatDesignation::Acceptee)) | (EtatPlace::Reservee, _) => {
            "Votre départ ouvre une place, destinée au successeur que vous avez désigné."
        }
        (EtatPlace::Ouverte, _) => "Votre départ ouvre une place à un successeur.",
        (EtatPlace::AExaminer, _) => {
            "La commission paritaire doit dire si la place peut être transmise."
        }
        (EtatPlace::NonTransmissible, _) => "La place ne peut pas être transmise.",
        (EtatPlace::Pourvue, _) => {
            "La place est pourvue : l’installation de votre successeur a commencé."
        }
        (EtatPlace::AAttribuer, _) => "La caisse attribue la place, après un appel à candidatures.",
        (EtatPlace::Annulee, _) => "Votre départ est annulé : il n’ouvre plus de place.",
        (EtatPlace::SansObjet, _) => {
            "La zone n’est plus régulée : la place est sans objet, et un autre professionnel peut s’y installer sans vous succéder."
        }
        (EtatPlace::Caduque, _) => "La place est caduque : personne n’a été désigné à temps.",
    };
    let debut = texte::minuscule_initiale(phrase.trim_end_matches('.'));
    let pourquoi = pourquoi_stocke(debut, &place.explication)?;
    Ok((phrase.to_owned(), pourquoi))
}

fn ligne(s: &DesignationSuivie) -> Ligne {
    let d = &s.designation;
    let close = d.close_le.map(jour_a_paris);
    Ligne {
        quand: texte::datetime_fr(d.cree_le),
        auteur: s.auteur.clone(),
        close: close.map(|le| format!("le {}", texte::date_fr(le))),
        personne: s.nom(),
        courriel: d.courriel.clone(),
        etat: vues::etat_designation(d.etat),
    }
}
