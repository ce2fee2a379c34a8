//! `GET /espace`: the home of a practitioner.

use askama::Template;
use chrono::NaiveDate;
use regles::designation::EtatDesignation;
use regles::dossier::NatureDossier;
use regles::echeance::NatureEcheance;
use regles::texte;

use super::lu::{Lu, active_de, lire, place_de};
use super::situation::{EtapeParcours, situation};
use super::{reductions, vues};
use crate::db::DbError;
use crate::db::brouillon::Brouillon;
use crate::db::demande::Demande;
use crate::db::depart::Depart;
use crate::db::designation::DesignationComplete;
use crate::db::message::NonLu;
use crate::db::recours::{self, Bref};
use crate::web::brouillon::adresse;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::recours::{kine, mots};
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

/// Something that is under way, or has ended: where it stands, what to do, the steps.
struct AffaireVue {
    bandeau: Bandeau,
    lien: Option<Lien>,
    echeance: Option<EcheanceVue>,
    etapes: Vec<EtapeParcours>,
    ne_pas: Option<&'static str>,
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
    en_cours: Vec<AffaireVue>,
    finies: Vec<AffaireVue>,
    messages: Vec<Message>,
    brouillons: Vec<BrouillonVue>,
    departs: Vec<Carte>,
    designations: Vec<Carte>,
    demandes: Vec<Carte>,
    reductions: Vec<Carte>,
    /// Nothing of hers is on the page: what it is for is said.
    nouvelle: bool,
}

/// `GET /espace`
pub async fn page(visite: Visite) -> Reponse {
    let kine_id = visite.kine_id()?;
    let courriel = visite.qui()?.courriel.clone();
    let (lu, recours) = visite
        .read(move |conn| {
            Ok::<_, DbError>((lire(conn, kine_id)?, recours::de_kine(conn, kine_id)?))
        })
        .await?;
    let jour = visite.aujourd_hui();
    let page = visite
        .page("Mon espace")
        .rubrique("/espace")
        .largeur(Largeur::Lecture);
    let affaires = situation(&lu, &courriel, jour, &visite.etat.reglement())?;
    let principale = affaires.first().and_then(|a| a.echeance).map(|e| e.id);
    let (mut en_cours, mut finies) = (Vec::new(), Vec::new());
    for (rang, affaire) in affaires.into_iter().enumerate() {
        let liste = if affaire.finie {
            &mut finies
        } else {
            &mut en_cours
        };
        // The computation of a deadline is shown of the first; the cards have the others.
        let echeance = affaire.echeance.filter(|_| rang == 0);
        liste.push(AffaireVue {
            bandeau: affaire.bandeau,
            lien: affaire.lien,
            echeance: echeance
                .map(|e| echeance_vue(e, jour))
                .transpose()?
                .map(EcheanceVue::ouverte),
            etapes: affaire.etapes,
            ne_pas: affaire.ne_pas,
        });
    }
    visite.rendre(&EspacePage {
        page,
        nouvelle: lu.demandes.is_empty() && lu.departs.is_empty() && lu.recues.is_empty(),
        en_cours,
        finies,
        messages: non_lus(&lu.non_lus)
            .into_iter()
            .chain(mes_recours(&recours))
            .collect(),
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

/// PRO-9: the appeals that wait for an answer, or for it to be read.
fn mes_recours(recours: &[Bref]) -> Vec<Message> {
    let attendent = recours
        .iter()
        .filter(|r| r.etat.a_la_file(r.notifiee_le.is_some()));
    attendent
        .map(|r| {
            Message::information(format!("Votre recours {}.", mots::en_bref(r)))
                .lien("Suivre mon recours", kine::adresse(&r.numero))
        })
        .collect()
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
        } else if m.nature == NatureDossier::Recours {
            (
                format!("votre recours {}", m.numero),
                format!("/mes-recours/{}/messages", m.numero),
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
        url: adresse(b.formulaire, &b.chemin, b.id),
        suppression: format!("/brouillons/{}/supprimer", b.id),
    }
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
        // REG-3: once over, the delay to contest a count asks nothing more.
        .filter(|e| e.nature != NatureEcheance::ContestationDecompte || e.finale >= jour)
        .filter(|e| Some(e.id) != principale)
        .map(|e| echeance_vue(e, jour))
        .collect::<Result<_, _>>()?;
    let mut faits = vec![
        ("Numéro".to_owned(), c.numero.clone()),
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
