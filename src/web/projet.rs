//! `GET /projet`: before filing anything, what is possible in a commune and why, by the same rules as the CPAM's.

use actix_web::web::Query;
use askama::Template;
use regles::conventionnement::{
    DerogationInvoquee, FaitsConventionnement, Famille, ResultatConventionnement as R, Succession,
    evaluer,
};
use regles::demande::NatureDemande;
use regles::identifiants::Insee;
use regles::pieces_requises::{Cas, requises};
use regles::place::ResultatPlace;
use regles::texte;

use crate::db::zonage::{self, ZoneError};
use crate::db::{DbError, place};
use crate::web::alternatives::Alternatives;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::commune;
use crate::web::kit::erreurs::{Erreurs, entier, oui_non};
use crate::web::liste_pieces;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ChampCommune, Choix, Etat, Message, Pastille, PourquoiVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues::pourquoi;

/// One way in, with what the rules say of it.
struct Voie {
    titre: &'static str,
    etat: Pastille,
    phrase: &'static str,
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
    commune: ChampCommune,
    champs: Vec<Champ>,
    examen: Option<Examen>,
    connecte: bool,
}

/// `GET /projet?commune=&deja_conventionne_zone=&entree_formation=…`
///
/// # Errors
/// The database does not answer, or no parameter is in force.
pub async fn page(visite: Visite, requete: Query<Vec<(String, String)>>) -> Reponse {
    let saisie = Saisie::de_champs(requete.into_inner());
    let mut erreurs = Erreurs::default();
    let posee = !saisie.champs().is_empty();
    let mut choix = commune::lire(&visite, &saisie, &mut erreurs).await?;
    let faits = FaitsConventionnement {
        deja_conventionne_zone: oui_non(&saisie, "deja_conventionne_zone"),
        entree_formation: entier(&saisie, "entree_formation", &mut erreurs)
            .and_then(|n| i32::try_from(n).ok()),
        heures_etablissement: entier(&saisie, "heures_etablissement", &mut erreurs),
        heures_clinicat: entier(&saisie, "heures_clinicat", &mut erreurs),
        engagement_zone: oui_non(&saisie, "engagement_zone"),
        ..FaitsConventionnement::default()
    };
    if !posee || commune::cherche(&saisie) {
        erreurs = Erreurs::default();
    }
    let examen = match choix
        .choisie
        .take()
        .filter(|_| posee && !erreurs.presentes())
    {
        Some(commune) => {
            let insee = commune.insee.parse().map_err(WebError::interne)?;
            choix.choisie = Some(commune);
            Some(examiner(&visite, insee, faits).await?)
        }
        None => None,
    };
    let champs = champs(&Alternatives::du_jour(&visite)?, &saisie, &erreurs);
    let commune = choix.champ(
        "Commune où vous voulez exercer",
        "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement.",
        &erreurs,
    );
    let mut page = visite
        .page("Vérifier mon projet")
        .chapeau("Avant de déposer une demande : ce qui est possible dans cette commune, pourquoi, et ce qu’il faut préparer. Rien n’est enregistré ni envoyé.")
        .rubrique("/projet");
    page.erreurs.extend(commune.resume());
    visite.rendre(&ProjetPage {
        page: page.erreurs_de(&champs),
        commune,
        champs,
        examen,
        connecte: visite.identite.is_some(),
    })
}

fn champs(alternatives: &Alternatives, saisie: &Saisie, erreurs: &Erreurs) -> Vec<Champ> {
    let radios = |nom: &str, libelle: &str| {
        Champ::radios(
            nom,
            libelle,
            vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")],
        )
        .facultatif()
        .valeur(saisie.texte(nom))
    };
    let nombre = |nom: &str, libelle: &str| {
        Champ::nombre(nom, libelle)
            .facultatif()
            .valeur(saisie.texte(nom))
            .erreur(erreurs.de(nom))
    };
    vec![
        radios(
            "deja_conventionne_zone",
            "Êtes-vous déjà conventionné en libéral dans cette zone ?",
        ),
        nombre(
            "entree_formation",
            "Année d’entrée en formation de masso-kinésithérapie",
        )
        .aide(alternatives.qui()),
        nombre("heures_etablissement", "Heures exercées en établissement").unite("heures"),
        nombre("heures_clinicat", "Heures de stage de clinicat").unite("heures"),
        radios("engagement_zone", &alternatives.engagement()),
    ]
}

async fn examiner(
    visite: &Visite,
    insee: Insee,
    mut faits: FaitsConventionnement,
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
    faits.categorie = Some(zone.categorie);
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
        let cas = Cas {
            demarche: nature.into(),
            motif: None,
            entree_formation: faits.entree_formation.map(i64::from),
            heures: [faits.heures_etablissement, faits.heures_clinicat],
            engagement_zone: faits.engagement_zone,
        };
        let pieces = requises(&reglement, jour, &cas)
            .map_err(WebError::interne)?
            .iter()
            .map(|p| (p.nature.libelle(), liste_pieces::pourquoi(p)))
            .collect();
        voies.push(voie(
            nature,
            conclusion.resultat,
            &conclusion.explication,
            pieces,
        ));
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
) -> Voie {
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
    Voie {
        titre,
        etat: Pastille::new(ton, mot),
        phrase,
        pourquoi: pourquoi(texte::minuscule_initiale(mot), explication),
        pieces,
    }
}
