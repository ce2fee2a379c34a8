//! Every component of the interface on one page, with realistic content; served by the demonstration only.

use askama::Template;
use chrono::NaiveDate;

use super::erreur::WebError;
use super::filters;
use super::kit::tableau::Tableau;
use super::page::{Contexte, Largeur, Page};
use super::ui::{
    Bandeau, Champ, ChronologieVue, Confirmation, EcheanceVue, Etat, FichierVue, LivreVue, Message,
    Pastille, PourquoiVue, Vide,
};
use super::visite::{Reponse, Visite};
use crate::config::Mode;

mod dossier;
mod file;
mod listes;

/// `GET /_specimen`
///
/// # Errors
/// [`WebError::Introuvable`] outside the demonstration; the template cannot be rendered.
pub async fn page(visite: Visite) -> Reponse {
    if visite.etat.config.mode != Mode::Demo {
        return Err(WebError::Introuvable);
    }
    let contexte = visite.page("").contexte;
    let specimen = Specimen::new(contexte)
        .ok_or_else(|| WebError::interne("a date of the specimen does not exist"))?;
    visite.rendre(&specimen)
}

/// The page.
#[derive(Template)]
#[template(path = "specimen.html")]
pub struct Specimen {
    page: Page,
    pastilles: Vec<Pastille>,
    messages: Vec<Message>,
    bandeau: Bandeau,
    echeances: Vec<EcheanceVue>,
    pourquoi: PourquoiVue,
    chronologie: ChronologieVue,
    livre: LivreVue,
    tableau: Tableau,
    champs: Vec<Champ>,
    commune: Champ,
    fichiers: Vec<FichierVue>,
    confirmation: Confirmation,
    vide: Vide,
    versements: Vec<(NaiveDate, &'static str, i64)>,
}

impl Specimen {
    /// The page, as it is on 3 March 2026. Fails only on a date of its own that does not exist.
    pub fn new(mut contexte: Contexte) -> Option<Self> {
        let jour = |annee, mois, jour| NaiveDate::from_ymd_opt(annee, mois, jour);
        let aujourd_hui = jour(2026, 3, 3)?;
        if contexte.navigation.is_empty() {
            contexte.navigation = dossier::rubriques();
        }
        let champs = listes::champs();
        let commune = listes::commune();
        let mut page = contexte
            .page("Composants de l’interface")
            .surtitre("Planche de démonstration")
            .chapeau("Tout ce dont les pages sont faites, avec des contenus vraisemblables.")
            .ariane("Accueil", "/")
            .rubrique("/file")
            .largeur(Largeur::Pleine)
            .action("Nouvelle demande", "#")
            .erreurs_de(&champs);
        page.erreurs.extend(commune.resume());
        Some(Self {
            page,
            pastilles: dossier::pastilles(),
            messages: dossier::messages(),
            bandeau: dossier::bandeau(),
            echeances: dossier::echeances(aujourd_hui, &jour)?,
            pourquoi: dossier::pourquoi()?,
            chronologie: dossier::chronologie(&jour)?,
            livre: listes::livre(),
            tableau: file::tableau(aujourd_hui, &jour)?,
            champs,
            commune,
            fichiers: dossier::fichiers(),
            confirmation: listes::confirmation(),
            vide: Vide::new(
                "Aucune demande n’attend votre décision",
                "Les demandes arrivent ici quand un instructeur vous propose une décision. La dernière a été signée hier.",
            )
            .action("Voir toutes les demandes", "#"),
            versements: vec![
                (jour(2025, 3, 1)?, "CACCMK, premier versement", 3_000_000),
                (jour(2027, 4, 12)?, "CACCMK, deuxième année (2 400 actes)", 720_000),
                (jour(2028, 4, 14)?, "CACCMK, troisième année (2 999 actes)", 499_833),
            ],
        })
    }
}

type Date<'a> = &'a dyn Fn(i32, u32, u32) -> Option<NaiveDate>;
