//! `/supervision/journal`: everything that happened in a caisse, or what concerns none, the latest first: by kind, between two
//! days, on one case; on the screen and as a file.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use regles::evenement::{Code, Famille};
use regles::texte;
use serde::Deserialize;

use super::Adresse;
use crate::clock::{jour_a_paris, minuit_a_paris};
use crate::db::chaine::NATION;
use crate::db::file::Rang;
use crate::db::journal::{self, Filtre, Ligne};
use crate::tableur::Format;
use crate::web::dossiers::{file, objet};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::fichier::{self, PAGE};
use crate::web::kit::liste::{Colonne, Liste, Partie, Valeur};
use crate::web::kit::requete::Requete;
use crate::web::kit::tableau::{Montre, Tableau};
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::FiltreVue;
use crate::web::visite::{Reponse, Visite};

const CHEMIN: &str = "/supervision/journal";
/// Lines of a page.
const MONTRES: i64 = 50;

static LISTE: Liste<Ligne> = Liste {
    titre: "Journal",
    legende: "Ce qui s’est passé, du plus récent au plus ancien",
    fichier: "journal",
    unites: ("événement montré", "événements montrés"),
    tete: &[("Quand", |l, _| Montre::premiere(&[quand(l)]))],
    identite: &[
        Partie::new("Rang", |l| Valeur::texte(l.seq.to_string())),
        Partie::new("Quand (UTC)", |l| {
            Valeur::texte(l.evenement.le.format("%Y-%m-%d %H:%M:%S").to_string())
        }),
    ],
    colonnes: &[
        Colonne::new("qui", "Qui", |l| Valeur::texte(&l.evenement.acteur.nom)),
        Colonne::new("quoi", "Ce qui s’est passé", |l| {
            Valeur::Phrase(l.evenement.fait.phrase())
        }),
        Colonne::new("sujet", "Sujet", |l| {
            Valeur::texte(l.evenement.fait.code().famille().libelle())
        }),
        Colonne::new("dossier", "Dossier", |l: &Ligne| match &l.numero {
            Some(numero) => Valeur::texte(numero),
            None => Valeur::Rien("aucun"),
        })
        .montree(vers_le_dossier),
    ],
    max: 4,
    cle: |l| (Rang::Echeance(jour_a_paris(l.evenement.le)), l.seq),
    nommer: |l| format!("l’événement {}", l.seq),
};

fn quand(l: &Ligne) -> Valeur {
    Valeur::texte(texte::datetime_fr(l.evenement.le))
}

fn vers_le_dossier(valeurs: &[Valeur]) -> Montre {
    match valeurs {
        [Valeur::Texte(numero)] => Montre::Numero(numero.clone(), objet::adresse(numero, "")),
        autres => Montre::premiere(autres),
    }
}

/// What is asked of the journal.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Choix {
    #[serde(default)]
    sujet: String,
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    #[serde(default)]
    numero: String,
    apres: Option<String>,
}

/// A kind to choose.
struct Sujet {
    code: &'static str,
    libelle: &'static str,
    choisi: bool,
}

#[derive(Template)]
#[template(path = "supervision/journal.html")]
struct JournalPage {
    page: Page,
    onglets: Vec<FiltreVue>,
    caisse: Option<String>,
    sujets: Vec<Sujet>,
    choix: Choix,
    /// Why a day that was typed is not taken.
    illisible: Option<&'static str>,
    tableau: Tableau,
    exports: Vec<Lien>,
}

impl Choix {
    fn famille(&self) -> Option<Famille> {
        self.sujet.parse().ok()
    }

    /// The day that was typed, read as anywhere else; nothing typed is no day.
    fn jour(texte: &str) -> Result<Option<NaiveDate>, ()> {
        if texte.is_empty() {
            return Ok(None);
        }
        regles::dates_fr::lire(texte).map(Some).map_err(|_| ())
    }

    fn filtre(&self, chaine: String) -> Result<Filtre, ()> {
        let codes = match self.famille() {
            Some(famille) => famille.codes().collect::<Vec<Code>>(),
            None => Vec::new(),
        };
        let lendemain = |jour: NaiveDate| jour.succ_opt().unwrap_or(jour);
        Ok(Filtre {
            chaine,
            codes,
            du: Choix::jour(&self.du)?.map(minuit_a_paris),
            avant: Choix::jour(&self.au)?.map(lendemain).map(minuit_a_paris),
            numero: Some(self.numero.clone()).filter(|n| !n.is_empty()),
            rang: self.rang(),
            lignes: MONTRES + 1,
        })
    }

    /// After which rank the page begins: `2026-03-16_42`.
    fn rang(&self) -> Option<i64> {
        self.apres.as_deref()?.rsplit_once('_')?.1.parse().ok()
    }

    fn requete(&self, adresse: &Adresse, chemin: &str, apres: Option<&str>) -> String {
        let mut requete = url::form_urlencoded::Serializer::new(String::new());
        let dits = [
            ("caisse", adresse.caisse.as_deref().unwrap_or_default()),
            ("sujet", &self.sujet),
            ("du", &self.du),
            ("au", &self.au),
            ("numero", &self.numero),
            ("apres", apres.unwrap_or_default()),
        ];
        requete.extend_pairs(dits.iter().filter(|(_, valeur)| !valeur.is_empty()));
        file::sous(chemin, &requete.finish())
    }
}

/// The chain of a caisse; that of what concerns none, for all of them together.
fn chaine(adresse: &Adresse, visite: &Visite) -> Result<Option<String>, WebError> {
    let perimetre = adresse.perimetre(visite)?;
    Ok(perimetre.map(|caisse| caisse.unwrap_or_else(|| NATION.to_owned())))
}

/// `GET /supervision/journal`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, adresse: Requete<Adresse>, choix: Requete<Choix>) -> Reponse {
    let (adresse, choix) = (adresse.into_inner(), choix.into_inner());
    let Some(code) = chaine(&adresse, &visite)? else {
        return file::choisir(&visite, CHEMIN, "Journal").await;
    };
    let nation = code == NATION;
    let (mut lignes, illisible) = match choix.filtre(code) {
        Ok(filtre) => (
            visite
                .read(move |conn| journal::lire(conn, &filtre))
                .await?,
            None,
        ),
        Err(()) => (
            Vec::new(),
            Some("Un de ces jours ne se lit pas : écrivez-le ainsi, 28/11/2026."),
        ),
    };
    let suivant = LISTE.couper(&mut lignes, MONTRES);
    let suivant = suivant.map(|apres| choix.requete(&adresse, CHEMIN, Some(&apres)));
    let debut = choix
        .apres
        .is_some()
        .then(|| choix.requete(&adresse, CHEMIN, None));
    let exports = [
        ("CSV", "csv"),
        ("Excel (XLSX)", "xlsx"),
        ("LibreOffice (ODS)", "ods"),
    ]
    .into_iter()
    .map(|(mots, format)| {
        Lien::new(
            mots,
            choix.requete(&adresse, &format!("{CHEMIN}.{format}"), None),
        )
    })
    .collect();
    let famille = choix.famille();
    visite.rendre(&JournalPage {
        page: visite
            .page("Journal")
            .chapeau(match nation {
                true => "Ce qui ne concerne aucune caisse : comptes, connexions, données de référence, paramètres.",
                false => "Tout ce qui s’est passé dans la caisse. Rien ne peut y être changé sans que cela se voie.",
            })
            .rubrique("/supervision")
            .largeur(Largeur::Pleine),
        onglets: adresse.onglets(CHEMIN),
        caisse: adresse.caisse.clone(),
        sujets: Famille::TOUS
            .iter()
            .map(|f| Sujet {
                code: f.as_str(),
                libelle: f.libelle(),
                choisi: famille == Some(*f),
            })
            .collect(),
        illisible,
        tableau: LISTE.tableau(&lignes, &LISTE.ecrites(None), None, (debut, suivant)),
        exports,
        choix,
    })
}

/// `GET /supervision/journal.{format}`: every event of the filter.
///
/// # Errors
/// An unknown format, no caisse chosen, a day that does not read, the database or the disk does not answer.
pub async fn exporter(
    visite: Visite,
    format: web::Path<String>,
    adresse: Requete<Adresse>,
    choix: Requete<Choix>,
) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let code = chaine(&adresse, &visite)?.ok_or(WebError::Introuvable)?;
    let filtre = choix.filtre(code).map_err(|()| WebError::Introuvable)?;
    fichier::exporter(&visite, &LISTE, format, None, move |conn, apres| {
        let page = Filtre {
            rang: apres.map(|(_, seq)| seq),
            lignes: PAGE,
            ..filtre.clone()
        };
        journal::lire(conn, &page)
    })
    .await
}
