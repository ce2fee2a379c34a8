//! `GET /espace`: the home of a practitioner.

use std::cmp::Reverse;

use askama::Template;
use chrono::NaiveDate;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::dossier::NatureDossier;
use regles::texte;

use super::situation::situation;
use super::{reductions, vues};
use crate::db::brouillon::{self, Brouillon};
use crate::db::demande::{self, Demande};
use crate::db::depart::{self, Depart};
use crate::db::designation::{self, Designation, DesignationComplete};
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::ensemble::Lectures;
use crate::db::envoi;
use crate::db::message::{self, NonLu};
use crate::db::piece::{self, PieceEnBref};
use crate::db::place::{self, Place};
use crate::db::reduction::{self, Citee};
use crate::db::{AnyConn, DbError, DbResult, kine};
use crate::web::brouillon::adresse;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Bandeau, EcheanceVue, Message, Pastille};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::echeance as echeance_vue;

/// A card of the page: a departure, a designation or a request.
pub(super) struct Carte {
    pub(super) titre: String,
    pub(super) url: Option<String>,
    pub(super) etat: Pastille,
    pub(super) phrase: String,
    pub(super) faits: Vec<(String, String)>,
    pub(super) echeances: Vec<EcheanceVue>,
}

/// A draft to take up again.
struct BrouillonVue {
    titre: &'static str,
    lieu: String,
    quand: String,
    url: String,
    suppression: String,
}

#[derive(Template)]
#[template(path = "espace/accueil.html")]
struct EspacePage {
    page: Page,
    bandeau: Bandeau,
    /// Where to do what is expected.
    lien: Option<Lien>,
    echeance: Option<EcheanceVue>,
    messages: Vec<Message>,
    brouillons: Vec<BrouillonVue>,
    departs: Vec<Carte>,
    designations: Vec<Carte>,
    demandes: Vec<Carte>,
    reductions: Vec<Carte>,
}

/// All that the page shows, in three statements: who she is; what is hers; what hangs on it.
pub(super) struct Lu {
    brouillons: Vec<Brouillon>,
    non_lus: Vec<NonLu>,
    pub(super) departs: Vec<(Depart, String)>,
    places: Vec<Place>,
    actives: Vec<Designation>,
    pub(super) recues: Vec<DesignationComplete>,
    pub(super) demandes: Vec<(Demande, String)>,
    pub(super) echeances: Vec<EcheanceStockee>,
    pub(super) pieces: Vec<PieceEnBref>,
    reductions: (Vec<Citee>, Vec<EcheanceStockee>),
    /// PRO-8: requests whose decision waits to be opened, with the last day to open it.
    pub(super) a_ouvrir: Vec<(i64, Option<NaiveDate>)>,
}

fn lire(conn: &mut AnyConn, kine_id: i64) -> DbResult<Lu> {
    let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
    let (mut departs, mut demandes, mut recues, mut citees, mut brouillons, mut non_lus) = (
        depart::lecture_de_kine(kine_id),
        demande::lecture_de_kine(kine_id),
        designation::lecture_pour_rpps(moi.rpps.clone()),
        reduction::lecture_citant(moi.rpps),
        brouillon::lecture_de_compte(moi.compte_id),
        message::lecture_non_lus_de_kine(kine_id),
    )
        .ensemble(conn)?;
    departs.sort_by_key(|(c, _)| Reverse(c.id));
    demandes.sort_by_key(|(d, _)| Reverse(d.id));
    recues.sort_by_key(|d| Reverse(d.designation.id));
    citees.sort_by_key(|c| c.demande_id);
    brouillons.sort_by_key(|b| Reverse((b.modifie_le, b.id)));
    non_lus.sort_by_key(|m| m.id);
    // A place shares the identifier of its departure.
    let ids: Vec<i64> = departs.iter().map(|(c, _)| c.id).collect();
    let mut siens: Vec<i64> = demandes.iter().map(|(d, _)| d.id).collect();
    siens.extend(avec_attributions(ids.clone(), &recues));
    let cites = citees.iter().map(|c| c.demande_id);
    let ouvertes = demandes
        .iter()
        .filter(|(d, _)| {
            // A granted request still waits for a proof of the installation (REG-9).
            d.etat == EtatDemande::Accordee || (d.etat.en_cours() && !d.etat.consomme())
        })
        .map(|(d, _)| d.id);
    let declarees = departs
        .iter()
        .filter(|(c, _)| c.etat == EtatDepart::Declaree)
        .map(|(c, _)| c.id);
    let attendent = demandes.iter().filter(|(d, _)| d.notifiee_le.is_none());
    let attendent = attendent.map(|(d, _)| d.id);
    let (mut places, actives, mut echeances, mut pieces, a_ouvrir) = (
        place::lecture_de_departs(ids.clone()),
        designation::lecture_actives(ids.clone()),
        echeance::lecture_en_cours(siens.iter().copied().chain(cites).collect()),
        piece::lecture_etats(ouvertes.chain(declarees).collect()),
        envoi::lecture_a_ouvrir(attendent.collect()),
    )
        .ensemble(conn)?;
    places.sort_by_key(|p| p.id);
    pieces.sort_by_key(|p| p.id);
    echeances.sort_by_key(|e| (e.finale, e.id));
    let des_reductions = reductions::echeances(&citees, &echeances);
    // A departure that opened no place waits for nothing here.
    let sans_place = |id: &i64| ids.contains(id) && places.iter().all(|p| p.id != *id);
    siens.retain(|id| !sans_place(id));
    echeances.retain(|e| siens.contains(&e.dossier_id));
    Ok(Lu {
        brouillons,
        non_lus,
        reductions: (citees, des_reductions),
        pieces,
        departs,
        places,
        actives,
        recues,
        demandes,
        echeances,
        a_ouvrir,
    })
}

/// REG-12: the places of one's departures, and those that a CPAM attributed.
pub(super) fn avec_attributions(mut places: Vec<i64>, recues: &[DesignationComplete]) -> Vec<i64> {
    places.extend(
        recues
            .iter()
            .filter(|d| attribuee(d))
            .map(|d| d.designation.place_id),
    );
    places
}

fn attribuee(d: &DesignationComplete) -> bool {
    d.designation.etat == EtatDesignation::Acceptee && d.designation.candidature_id.is_some()
}

impl Lu {
    /// REG-12: the deadline to file after an attribution.
    pub(super) fn depot_attendu(&self, d: &DesignationComplete) -> Option<&EcheanceStockee> {
        self.echeances.iter().find(|e| {
            e.nature.du_gagnant() && e.dossier_id == d.designation.place_id && attribuee(d)
        })
    }
}

/// `GET /espace`
pub async fn page(visite: Visite) -> Reponse {
    let kine_id = visite.kine_id()?;
    let courriel = visite.qui()?.courriel.to_lowercase();
    let lu = visite.read(move |conn| lire(conn, kine_id)).await?;
    let jour = visite.aujourd_hui();
    let page = visite
        .page("Mon espace")
        .rubrique("/espace")
        .largeur(Largeur::Lecture);
    let situation = situation(&lu, jour, &visite.etat.reglement())?;
    let principale = situation.echeance.map(|e| e.id);
    visite.rendre(&EspacePage {
        page,
        echeance: situation
            .echeance
            .map(|e| echeance_vue(e, jour))
            .transpose()?
            .map(EcheanceVue::ouverte),
        bandeau: situation.bandeau,
        lien: situation.lien,
        messages: non_lus(&lu.non_lus),
        brouillons: lu.brouillons.iter().map(brouillon_vue).collect(),
        departs: lu
            .departs
            .iter()
            .map(|(c, commune)| depart(&lu, c, commune, jour, principale))
            .collect::<Result<_, _>>()?,
        reductions: reductions::cartes(&lu.reductions, jour)?,
        designations: lu
            .recues
            .iter()
            .map(|d| recue(&lu, d, &courriel, jour, principale))
            .collect::<Result<_, _>>()?,
        demandes: lu
            .demandes
            .iter()
            .map(|(d, commune)| carte_demande(&lu, d, commune, jour, principale))
            .collect::<Result<_, _>>()?,
    })
}

/// What the CPAM wrote and nobody opened: one line per file.
fn non_lus(messages: &[NonLu]) -> Vec<Message> {
    let mut fils: Vec<(String, String)> = Vec::new();
    for m in messages {
        let fil = if m.nature == NatureDossier::Depart {
            (
                format!("votre départ {}", texte::de(&m.commune)),
                format!("/mes-departs/{}/messages", m.dossier_id),
            )
        } else {
            (
                format!("votre demande {}", m.numero),
                format!("/demandes/{}/messages", m.numero),
            )
        };
        if !fils.contains(&fil) {
            fils.push(fil);
        }
    }
    fils.into_iter()
        .map(|(objet, url)| {
            Message::attention(format!("La caisse vous a écrit sur {objet}."))
                .lien("Lire le message", url)
        })
        .collect()
}

fn brouillon_vue(b: &Brouillon) -> BrouillonVue {
    // Only to tell two drafts apart: what does not read shows nothing.
    let champs: Vec<(String, String)> = serde_json::from_str(&b.champs).unwrap_or(Vec::new());
    let lieu = champs.iter().find(|(nom, _)| nom == "adresse");
    BrouillonVue {
        titre: b.formulaire.libelle(),
        lieu: lieu.map_or_else(String::new, |(_, adresse)| adresse.clone()),
        quand: texte::datetime_fr(b.modifie_le),
        url: adresse(b.formulaire, b.id),
        suppression: format!("/brouillons/{}/supprimer", b.id),
    }
}

pub(super) fn place_de<'a>(lu: &'a Lu, c: &Depart) -> Option<&'a Place> {
    lu.places.iter().find(|p| p.depart_id == c.id)
}

pub(super) fn active_de<'a>(lu: &'a Lu, place: Option<&Place>) -> Option<&'a Designation> {
    let place = place?;
    lu.actives.iter().find(|d| d.place_id == place.id)
}

/// The cards do not repeat the deadline that the page begins with, `principale`.
fn depart(
    lu: &Lu,
    c: &Depart,
    commune: &str,
    jour: NaiveDate,
    principale: Option<i64>,
) -> Result<Carte, WebError> {
    let place = place_de(lu, c);
    let active = active_de(lu, place);
    let echeances = lu
        .echeances
        .iter()
        .filter(|e| !e.nature.du_gagnant())
        .filter(|e| e.dossier_id == c.id)
        .filter(|e| Some(e.id) != principale)
        .map(|e| echeance_vue(e, jour))
        .collect::<Result<_, _>>()?;
    let mut faits = vec![
        ("Cessation".to_owned(), texte::date_fr(c.date_cessation)),
        ("Zone".to_owned(), c.categorie.libelle().to_owned()),
    ];
    if let Some(d) = active {
        faits.push((
            "Successeur désigné".to_owned(),
            format!(
                "RPPS {}, {}",
                d.rpps,
                texte::minuscule_initiale(d.etat.libelle())
            ),
        ));
    }
    Ok(Carte {
        titre: format!("Départ {de_commune}", de_commune = texte::de(commune)),
        url: Some(format!("/mes-departs/{}", c.id)),
        etat: vues::etat_depart(c.etat, place.map(|p| p.etat), active.map(|d| d.etat)),
        phrase: c.adresse.clone(),
        faits,
        echeances,
    })
}

/// A designation received: it opens from here only for the address it was sent to; otherwise by its secret link.
fn recue(
    lu: &Lu,
    d: &DesignationComplete,
    courriel: &str,
    jour: NaiveDate,
    principale: Option<i64>,
) -> Result<Carte, WebError> {
    let adresse = d.designation.courriel == courriel;
    let attribuee = d.designation.candidature_id.is_some();
    let phrase = match (d.designation.etat, adresse) {
        (EtatDesignation::Acceptee, _) if attribuee => {
            "La caisse vous a attribué cette place : déposez votre demande.".to_owned()
        }
        (EtatDesignation::Renoncee, _) if attribuee => {
            "Cette place ne vous est plus attribuée.".to_owned()
        }
        (EtatDesignation::EnAttente, true) => "Répondez à cette désignation.".to_owned(),
        (EtatDesignation::EnAttente, false) => format!(
            "Ouvrez le lien envoyé à {} pour répondre.",
            masquer(&d.designation.courriel)
        ),
        (EtatDesignation::Acceptee, _) => "Vous avez accepté.".to_owned(),
        (EtatDesignation::Declinee, _) => "Vous avez décliné.".to_owned(),
        (EtatDesignation::Renoncee, _) => "Vous y avez renoncé.".to_owned(),
        (_, _) => "Cette désignation n’a plus d’effet.".to_owned(),
    };
    let depot = lu.depot_attendu(d).filter(|e| Some(e.id) != principale);
    Ok(Carte {
        titre: if attribuee {
            format!("Place {}, attribuée par la caisse", texte::de(&d.commune))
        } else {
            format!("Succession {}", texte::de(d.cedant.nom_complet()))
        },
        url: adresse.then(|| format!("/designations/{}", d.designation.id)),
        etat: vues::etat_designation(d.designation.etat),
        phrase,
        faits: vec![
            (
                "Lieu".to_owned(),
                format!("{}, zone {}", d.commune, texte::de(&d.bassin)),
            ),
            (
                "Cessation".to_owned(),
                texte::date_fr(d.depart.date_cessation),
            ),
        ],
        echeances: depot
            .map(|e| echeance_vue(e, jour))
            .transpose()?
            .into_iter()
            .collect(),
    })
}

/// «k…@exemple.fr»: enough to know which mailbox to open.
fn masquer(courriel: &str) -> String {
    match courriel.split_once('@') {
        Some((nom, domaine)) => format!("{}…@{domaine}", nom.chars().take(1).collect::<String>()),
        None => "votre adresse".to_owned(),
    }
}

fn carte_demande(
    lu: &Lu,
    d: &Demande,
    commune: &str,
    jour: NaiveDate,
    principale: Option<i64>,
) -> Result<Carte, WebError> {
    Ok(Carte {
        titre: format!("Demande {}", d.numero),
        url: Some(format!("/demandes/{}", d.numero)),
        etat: vues::etat_demande(d.etat, d.notifiee_le.is_some()),
        phrase: format!("{} à {commune}", d.nature.libelle()),
        faits: vec![(
            "Déposée le".to_owned(),
            texte::date_fr(crate::clock::jour_a_paris(d.deposee_le)),
        )],
        echeances: lu
            .echeances
            .iter()
            .filter(|e| e.dossier_id == d.id && Some(e.id) != principale)
            .map(|e| echeance_vue(e, jour))
            .collect::<Result<_, _>>()?,
    })
}
