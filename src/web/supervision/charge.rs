//! `/supervision`: open files by agent (by CPAM over all of them), their age, and the implicit decisions to come (PRO-7).

use askama::Template;
use chrono::{Days, NaiveDate};
use regles::derogation::EtatMotif;
use regles::droits::NATIONAUX;
use regles::reglement::Reglement;
use regles::silence::{EffetSilence, effet_du_silence};
use regles::texte;

use super::Adresse;
use crate::actions::{ActionResult, caisse as fiche};
use crate::clock::{jour_a_paris, minuit_a_paris};
use crate::db::statistique::{self, Charge, Implicite};
use crate::db::tache::{self, EtatTache, NatureTache};
use crate::db::{AnyConn, DbResult, absence, caisse, file_comptes, motif, parametre};
use crate::web::dossiers::{file, mots};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{FiltreVue, Pastille, Vide};
use crate::web::visite::{Reponse, Visite};

/// How far implicit decisions are looked for, in days.
const HORIZON: u64 = 30;
/// How many are shown.
const IMPLICITES: i64 = 50;

struct ChargeVue {
    nom: String,
    url: String,
    absence: Option<String>,
    ouverts: i64,
    en_retard: i64,
    bientot: i64,
    plus_de_30: i64,
    plus_de_60: i64,
    age: String,
}

struct ImpliciteVue {
    numero: String,
    nom: String,
    pastille: Pastille,
    le: String,
    reste: String,
    retard: bool,
    suivi: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/charge.html")]
struct ChargePage {
    page: Page,
    onglets: Vec<FiltreVue>,
    charges: Vec<ChargeVue>,
    /// «Suivi par», «Caisse».
    entete: &'static str,
    de_caisse: bool,
    /// What silence is worth.
    silence: &'static str,
    implicites: Vec<ImpliciteVue>,
    /// Silence answered already, nothing was decided since.
    nees: Vec<ImpliciteVue>,
    /// Whether each list has more.
    tronquees: (bool, bool),
    vide: Option<Vide>,
    /// What waits for the nation: caisses that are not ready, values and grounds that wait for a second person.
    alertes: Vec<Lien>,
    /// What the house could not do by itself, for national readers.
    mortes: Vec<String>,
}

/// `GET /supervision`
pub async fn page(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let adresse = adresse.into_inner();
    let Some(caisse) = adresse.perimetre(&visite)? else {
        return file::choisir(&visite, "/supervision", "Supervision").await;
    };
    let jour = visite.aujourd_hui();
    let horizon = jour.checked_add_days(Days::new(HORIZON)).unwrap_or(jour);
    // As their age is said: in days of Paris.
    let ages =
        [30, 60].map(|n| minuit_a_paris(jour.checked_sub_days(Days::new(n)).unwrap_or(jour)));
    let code = caisse.clone();
    let de_caisse = visite.qui()?.role.de_caisse();
    let veille = jour.pred_opt().unwrap_or(jour);
    let reglement = visite.etat.reglement();
    let alertes = match NATIONAUX.permet(Some(visite.qui()?.role)) && caisse.is_none() {
        true => {
            visite
                .read(move |conn| alertes(conn, &reglement, jour))
                .await?
        }
        false => Vec::new(),
    };
    let (charges, agents, absences, caisses, (implicites, nees), mortes) = visite
        .read(move |conn| -> DbResult<_> {
            let charges = statistique::charges(conn, code.as_deref(), jour, ages)?;
            let (mut agents, mut absences, mut caisses) = (Vec::new(), Vec::new(), Vec::new());
            if let Some(code) = code.as_deref() {
                agents = file_comptes::agents(conn, code, jour)?;
                absences = absence::a_venir(conn, code, jour)?;
            } else {
                caisses = caisse::tous(conn)?;
            }
            let code = code.as_deref();
            let implicites = statistique::implicites(conn, code, (jour, horizon), IMPLICITES + 1)?;
            // From 1970 on: before any request.
            let nees = (NaiveDate::default(), veille);
            let nees = statistique::implicites(conn, code, nees, IMPLICITES + 1)?;
            let mortes = if de_caisse {
                Vec::new()
            } else {
                tache::mortes(conn)?
            };
            Ok((
                charges,
                agents,
                absences,
                caisses,
                (implicites, nees),
                mortes,
            ))
        })
        .await?;
    let nationale = caisse.is_none();
    let de_qui = |suivi: &str| {
        let mut requete = url::form_urlencoded::Serializer::new(String::new());
        if let Some(code) = &adresse.caisse {
            requete.append_pair("caisse", code);
        }
        file::sous("/dossiers", &requete.append_pair("suivi", suivi).finish())
    };
    let noms: Vec<(Option<i64>, String)> = agents
        .iter()
        .map(|a| (Some(a.id), a.nom_complet()))
        .chain([(None, "Personne".to_owned())])
        .collect();
    let mut vues: Vec<ChargeVue> = noms
        .into_iter()
        .map(|(agent, nom)| {
            let absente = agent.and_then(|id| {
                absences
                    .iter()
                    .find(|a| a.compte_id == id && a.du <= jour)
                    .map(|a| format!("absence, dernier jour le {}", texte::date_fr(a.au)))
            });
            let charge = charges.iter().find(|c| c.agent == agent && !nationale);
            let suivi = agent.map_or_else(|| "personne".to_owned(), |id| id.to_string());
            charge_vue(nom, de_qui(&suivi), absente, charge, jour)
        })
        .filter(|v| v.ouverts > 0 || v.nom != "Personne")
        .collect();
    vues.extend(caisses.into_iter().filter_map(|o| {
        let charge = charges.iter().find(|c| c.caisse == o.code)?;
        let url = format!("/supervision?caisse={}", o.code);
        Some(charge_vue(o.nom, url, None, Some(charge), jour))
    }));
    vues.sort_by_key(|v| std::cmp::Reverse(v.ouverts));
    let trop = |lues: &[Implicite]| i64::try_from(lues.len()).is_ok_and(|n| n > IMPLICITES);
    let vide = implicites.is_empty().then(|| {
        Vide::new(
            "Aucun silence ne vaut décision dans les 30 jours",
            "Les dossiers dont le délai de décision arrive à son terme s’afficheront ici, le plus proche d’abord.",
        )
    });
    let page = visite
        .page("Supervision")
        .chapeau("Qui suit quoi, et ce que décide le silence de la caisse si rien n’est notifié.")
        .rubrique("/supervision")
        .largeur(Largeur::Pleine);
    visite.rendre(&ChargePage {
        onglets: adresse.onglets("/supervision"),
        charges: vues,
        entete: if nationale { "Caisse" } else { "Suivi par" },
        silence: match effet_du_silence(&visite.etat.reglement(), jour)
            .map_err(WebError::interne)?
        {
            EffetSilence::Rejet => "Sans décision ce jour-là, la demande est réputée refusée.",
            EffetSilence::Acceptation => {
                "Sans décision ce jour-là, la demande est réputée acceptée."
            }
        },
        de_caisse,
        alertes,
        mortes: mortes.into_iter().map(morte).collect(),
        tronquees: (trop(&implicites), trop(&nees)),
        implicites: implicites_vues(implicites, jour),
        nees: implicites_vues(nees, jour),
        vide,
        page,
    })
}

/// What waits for the nation, each with where it is dealt with; nothing is said of what does not wait.
fn alertes(conn: &mut AnyConn, reglement: &Reglement, jour: NaiveDate) -> ActionResult<Vec<Lien>> {
    let incompletes = fiche::toutes(conn, reglement, jour)?
        .into_iter()
        .filter(|p| p.ouverte && !p.manques.is_empty())
        .count();
    let valeurs = parametre::en_attente(conn)?.len();
    let motifs = motif::en_etat(conn, EtatMotif::DEBUT)?.len();
    let dites = [
        (
            incompletes,
            "caisse ouverte dont la fiche est incomplète",
            "caisses ouvertes dont la fiche est incomplète",
            "/caisses",
        ),
        (
            valeurs,
            "valeur de paramètre attend une seconde personne",
            "valeurs de paramètres attendent une seconde personne",
            "/parametres",
        ),
        (
            motifs,
            "motif de dérogation attend une seconde personne",
            "motifs de dérogation attendent une seconde personne",
            "/motifs",
        ),
    ];
    Ok(dites
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, un, plusieurs, url)| {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            Lien::new(texte::pluriel(n, un, plusieurs), url)
        })
        .collect())
}

fn charge_vue(
    nom: String,
    url: String,
    absence: Option<String>,
    charge: Option<&Charge>,
    jour: chrono::NaiveDate,
) -> ChargeVue {
    let age = charge.and_then(|c| c.plus_ancien).map_or_else(
        || "—".to_owned(),
        |le| texte::pluriel((jour - jour_a_paris(le)).num_days(), "jour", "jours"),
    );
    ChargeVue {
        nom,
        url,
        absence,
        ouverts: charge.map_or(0, |c| c.ouverts),
        en_retard: charge.map_or(0, |c| c.en_retard),
        bientot: charge.map_or(0, |c| c.bientot),
        plus_de_30: charge.map_or(0, |c| c.plus_de_30),
        plus_de_60: charge.map_or(0, |c| c.plus_de_60),
        age,
    }
}

fn implicites_vues(lues: Vec<Implicite>, jour: NaiveDate) -> Vec<ImpliciteVue> {
    lues.into_iter()
        .take(usize::try_from(IMPLICITES).unwrap_or(50))
        .map(|i| implicite_vue(i, jour))
        .collect()
}

fn implicite_vue(i: Implicite, jour: NaiveDate) -> ImpliciteVue {
    let reste = (i.le - jour).num_days();
    ImpliciteVue {
        numero: i.numero,
        nom: format!("{} {}", i.prenom, i.nom),
        pastille: mots::pastille(i.etat),
        le: texte::date_fr(i.le),
        reste: texte::dans(reste),
        retard: reste < 0,
        suivi: i.assigne.map(|(p, n)| format!("{p} {n}")),
    }
}

/// «Courriel : 2 tâches en échec»; a nature that this program does not know keeps its code.
fn morte((nature, etat, nombre): (String, EtatTache, i64)) -> String {
    let nature = nature
        .parse::<NatureTache>()
        .map_or(nature, |n| n.libelle().to_owned());
    let etat = match etat {
        EtatTache::Incertaine => ("tâche peut-être faite", "tâches peut-être faites"),
        _ => ("tâche en échec", "tâches en échec"),
    };
    format!("{nature} : {}", texte::pluriel(nombre, etat.0, etat.1))
}
