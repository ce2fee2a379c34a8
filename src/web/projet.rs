//! `GET /projet`: before filing anything, what is possible in a commune and why, by the same rules as the CPAM's.

use askama::Template;
use regles::conventionnement::{
    DerogationInvoquee, FaitsConventionnement, Famille, ResultatConventionnement as R, Succession,
    evaluer,
};
use regles::demande::NatureDemande;
use regles::identifiants::Insee;
use regles::manque::{self, Lecteur};
use regles::pieces_requises::requises;
use regles::place::ResultatPlace;
use regles::texte;

use crate::actions::demande;
use crate::actions::evaluation::faits_dits;
use crate::actions::piece::liste;
use crate::db::zonage::{self, ZoneError};
use crate::db::{DbError, place};
use crate::web::alternatives::Alternatives;
use crate::web::demande::Conditions;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::liste_pieces;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Etat, Exigence, Message, Pastille, PourquoiVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::pourquoi_de_la_demande;

/// One way in, with what the rules say of it.
struct Voie {
    titre: &'static str,
    etat: Pastille,
    phrase: &'static str,
    /// What lacks, with how much.
    manques: Vec<String>,
    pourquoi: PourquoiVue,
    pieces: Vec<(&'static str, String)>,
}

/// What the rules say of a project.
struct Examen {
    zone: String,
    places: Option<String>,
    messages: Vec<Message>,
    voies: Vec<Voie>,
}

#[derive(Template)]
#[template(path = "projet.html")]
struct ProjetPage {
    page: Page,
    lieu: Champs,
    conditions: Champs,
    examen: Option<Examen>,
    connecte: bool,
}

/// Where; the conditions are those of a request, of which none need be said.
#[derive(Formulaire)]
struct Lieu {
    #[champ(
        libelle = "Commune où vous voulez exercer",
        aide = "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement."
    )]
    commune: Insee,
}

/// `GET /projet?commune=&deja_conventionne_zone=&entree_formation=…`
///
/// # Errors
/// The database does not answer, or no parameter is in force.
pub async fn page(visite: Visite, requete: Requete<Vec<(String, String)>>) -> Reponse {
    let saisie = Saisie::de_champs(requete.into_inner());
    let communes = Communes::lire::<Lieu>(&visite, &saisie).await?;
    let mut erreurs = Erreurs::default();
    let mut examen = None;
    if !saisie.champs().is_empty() && !communes.cherche() {
        let lieu = erreurs.prendre_de(Lieu::lire_avec(&saisie, &communes));
        let conditions = erreurs.prendre_de(Conditions::lire(&saisie));
        if let (Some(lieu), Some(conditions)) = (lieu, conditions) {
            examen = Some(examiner(&visite, lieu.commune, conditions.into()).await?);
        }
    }
    let lieu = Lieu::champs(&saisie, &erreurs).communes(&communes);
    let alternatives = Alternatives::du_jour(&visite)?;
    let mut conditions = Conditions::demandees(&alternatives, &saisie, &erreurs);
    for champ in conditions.iter_mut() {
        champ.exigence = Exigence::Facultatif;
    }
    let page = visite
        .page("Vérifier mon projet")
        .chapeau("Avant de déposer une demande : ce qui est possible dans cette commune, pourquoi, et ce qu’il faut préparer. Rien n’est enregistré ni envoyé.")
        .rubrique("/projet");
    visite.rendre(&ProjetPage {
        page: Champs::ensemble([&lieu, &conditions]).resumer(page, &erreurs),
        lieu,
        conditions,
        examen,
        connecte: visite.identite.is_some(),
    })
}

async fn examiner(
    visite: &Visite,
    insee: Insee,
    dites: demande::Conditions,
) -> Result<Examen, WebError> {
    let reglement = visite.etat.reglement();
    let jour = visite.aujourd_hui();
    let r = reglement.clone();
    let (zone, places) = visite
        .read(move |conn| {
            let zone = match zonage::categorie(conn, &r, &insee, jour) {
                Err(ZoneError::Db(erreur)) => return Err(erreur),
                autre => autre,
            };
            let places = match &zone {
                Ok(zone) => place::ouvertes(conn, &zone.bassin)?,
                Err(_) => 0,
            };
            Ok::<_, DbError>((zone, places))
        })
        .await?;
    let zone = match zone {
        Ok(zone) => zone,
        Err(erreur) => {
            return Ok(Examen {
                zone: format!("La zone de cette commune n’est pas connue : {erreur}."),
                places: None,
                messages: Vec::new(),
                voies: Vec::new(),
            });
        }
    };
    let faits = faits_dits(Some(zone.categorie), &dites);
    let mut voies = Vec::new();
    let libre = FaitsConventionnement::default();
    let cas = [
        (NatureDemande::HorsRegulation, libre.clone()),
        (
            NatureDemande::Succession,
            FaitsConventionnement {
                succession: Some(Succession {
                    place: Some(ResultatPlace::Designee),
                }),
                ..libre.clone()
            },
        ),
        (
            NatureDemande::Derogation,
            FaitsConventionnement {
                derogation: Some(DerogationInvoquee {
                    famille: Some(Famille::A),
                    ..DerogationInvoquee::default()
                }),
                ..libre
            },
        ),
    ];
    for (nature, invoque) in cas {
        // Where installation is free, the other ways have no object.
        let regulee = zone.categorie.est_regulee() && faits.deja_conventionne_zone != Some(true);
        if (nature == NatureDemande::HorsRegulation) == regulee {
            continue;
        }
        let faits = FaitsConventionnement {
            succession: invoque.succession,
            derogation: invoque.derogation,
            ..faits.clone()
        };
        let conclusion = evaluer(&reglement, Some(jour), &faits).map_err(WebError::interne)?;
        let cas = liste::cas(nature, None, &dites);
        let pieces = requises(&reglement, jour, &cas)
            .map_err(WebError::interne)?
            .iter()
            .map(|p| (p.nature.libelle(), liste_pieces::pourquoi(p)))
            .collect();
        let manques =
            manque::de_la_demande(&reglement, jour, &faits, &conclusion, Lecteur::Personne)
                .map_err(WebError::interne)?;
        voies.push(Voie {
            manques,
            ..voie(nature, conclusion.resultat, &conclusion.explication, pieces)?
        });
    }
    Ok(Examen {
        zone: format!(
            "Zone {} : {}, par l’arrêté en vigueur depuis le {}.",
            texte::de(&zone.bassin_nom),
            zone.categorie.libelle(),
            texte::date_fr(zone.arrete.date_effet)),
        places: zone.categorie.est_regulee().then(|| match places {
            0 => "Aucune place n’attend de successeur aujourd’hui dans cette zone.".to_owned(),
            1 => "Une place attend aujourd’hui un successeur dans cette zone. C’est le confrère qui part qui désigne.".to_owned(),
            n => format!("{n} places attendent aujourd’hui un successeur dans cette zone. Ce sont les confrères qui partent qui désignent."),
        }),
        messages: zone.avertissements.iter().map(|a| Message::attention(a.clone())).collect(),
        voies,
    })
}

fn voie(
    nature: NatureDemande,
    resultat: R,
    explication: &regles::regle::Explication,
    pieces: Vec<(&'static str, String)>,
) -> Result<Voie, WebError> {
    let (titre, phrase) = match (nature, resultat) {
        (NatureDemande::HorsRegulation, _) => (
            "S’installer librement",
            "La régulation ne s’applique pas à votre projet. La caisse vérifie les conditions générales et enregistre votre demande.",
        ),
        (NatureDemande::Succession, _) => (
            "Succéder à un confrère qui cesse",
            "Possible si un confrère de la même zone cesse définitivement, que son départ ouvre une place, et qu’il vous désigne.",
        ),
        (NatureDemande::Derogation, _) => (
            "Demander une dérogation",
            "Possible pour une situation personnelle, des soins spécifiques qui manquent, ou un risque économique. La commission paritaire rend un avis avant la décision.",
        ),
    };
    let (ton, mot) = match (nature, resultat) {
        (_, R::NonAccordable) => (Etat::Retard, "Pas possible en l’état"),
        (NatureDemande::Derogation, R::Incomplet) => {
            (Etat::EnCours, "Possible, selon l’avis de la commission")
        }
        (_, R::Incomplet) => (Etat::AFaire, "Il manque une réponse pour conclure"),
        _ => (Etat::Fait, "Possible"),
    };
    Ok(Voie {
        titre,
        etat: Pastille::new(ton, mot),
        phrase,
        manques: Vec::new(),
        pourquoi: pourquoi_de_la_demande(texte::minuscule_initiale(mot), resultat, explication)?,
        pieces,
    })
}
