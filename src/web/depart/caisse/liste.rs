//! `/departs`: the declared cessations of a CPAM, the oldest first, narrowed by what the address says.

use actix_web::HttpRequest;
use askama::Template;
use regles::depart::EtatDepart;

use super::colonnes::LISTE;
use super::filtres;
use crate::db::file_departs;
use crate::db::{DbResult, file_comptes};
use crate::web::dossiers::file::{self, Adresse, Puce, commune_choisie, perimetre};
use crate::web::filters;
use crate::web::kit::tableau::Tableau;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Champ, FiltreVue, Vide};
use crate::web::visite::{Reponse, Visite};

/// Where the list is.
pub const CHEMIN: &str = "/departs";

/// What a form of the list keeps of the address besides its own fields.
const CONSERVES: [&str; 4] = ["caisse", "etat", "lignes", "colonnes"];
/// What the choice of columns keeps.
const FILTRES: [&str; 7] = [
    "caisse", "etat", "bassin", "commune", "echeance", "q", "lignes",
];

#[derive(Template)]
#[template(path = "depart/file.html")]
struct ListePage {
    page: Page,
    chemin: &'static str,
    etats: Vec<FiltreVue>,
    recherche: Vec<Champ>,
    conserves: Vec<(String, String)>,
    ouverts: bool,
    puces: Vec<Puce>,
    tout_retirer: String,
    tailles: Vec<FiltreVue>,
    tableau: Option<Tableau>,
    aide_colonnes: &'static str,
    colonnes: Vec<(String, &'static str, bool)>,
    colonnes_conservees: Vec<(String, String)>,
    exports: Vec<Lien>,
    vide: Option<Vide>,
}

/// `GET /departs`
pub async fn liste(visite: Visite, requete: HttpRequest) -> Reponse {
    let adresse = Adresse::de(CHEMIN, requete.query_string());
    let Some(caisse) = perimetre(visite.qui()?, &adresse) else {
        return file::choisir(&visite, CHEMIN, "Départs").await;
    };
    let aujourd_hui = visite.aujourd_hui();
    // Counts say something of the whole list only.
    let comptees = !adresse.filtree_hors(&["etat"]);
    let (mut lignes, commune, bassins, comptes) = {
        let adresse = adresse.clone();
        visite
            .read(move |conn| -> DbResult<_> {
                let caisse = caisse.as_deref();
                let commune = commune_choisie(conn, caisse, &adresse)?;
                let insee = adresse
                    .get("commune")
                    .map(|_| commune.as_ref().map_or_else(String::new, |c| c.0.clone()));
                let mut filtre = filtres::filtre(&adresse, aujourd_hui, insee);
                filtre.lignes += 1;
                let lignes = file_departs::departs(conn, caisse, &filtre)?;
                let (mut bassins, mut comptes) = (Vec::new(), Vec::new());
                if let Some(code) = caisse {
                    bassins = file_comptes::bassins(conn, code)?;
                    if comptees {
                        comptes = file_departs::comptes(conn, code, aujourd_hui)?;
                    }
                }
                Ok((lignes, commune, bassins, comptes))
            })
            .await?
    };
    let suivant = LISTE.couper(&mut lignes, adresse.lignes());
    let defaut = filtres::colonnes_par_defaut(&adresse);
    let colonnes = LISTE.montrees(adresse.get("colonnes"), defaut);
    let suite = adresse.suite(suivant.as_deref());
    let page = visite
        .page("Départs")
        .chapeau("Les cessations déclarées, la plus ancienne d’abord. Confirmer un départ ouvre, ou non, une place.")
        .rubrique(CHEMIN)
        .largeur(Largeur::Pleine);
    visite.rendre(&ListePage {
        chemin: CHEMIN,
        etats: filtres::etats(&adresse, comptees.then_some(&comptes)),
        recherche: filtres::champs(&adresse, &bassins, commune.as_ref()),
        conserves: file::filtres::caches(&adresse, &CONSERVES),
        ouverts: adresse.filtree_hors(&["etat"]),
        puces: filtres::puces(&adresse, &bassins, commune.as_ref()),
        tout_retirer: sans_filtre(&adresse),
        tailles: file::filtres::tailles(&adresse),
        vide: lignes.is_empty().then(|| vide(&adresse)),
        tableau: (!lignes.is_empty()).then(|| LISTE.tableau(&lignes, &colonnes, None, suite)),
        aide_colonnes: "Cinq au plus, en plus de la personne.",
        colonnes: LISTE.choix(&colonnes),
        colonnes_conservees: file::filtres::caches(&adresse, &FILTRES),
        exports: file::filtres::exports(CHEMIN, &adresse.filtre_seul()),
        page,
    })
}

/// The list in this state, without what narrows it further.
fn sans_filtre(adresse: &Adresse) -> String {
    ["bassin", "commune", "echeance", "q", "apres"]
        .into_iter()
        .fold(adresse.clone(), |a, champ| a.changee(champ, None))
        .url()
}

fn vide(adresse: &Adresse) -> Vide {
    if adresse.get("apres").is_some() {
        return Vide::new(
            "Il n’y a plus rien ensuite",
            "Vous avez vu tous les départs de cette liste.",
        )
        .action("Revenir au début", adresse.avec("apres", None));
    }
    if adresse.filtree_hors(&["etat"]) {
        return Vide::new(
            "Aucun départ ne répond à ces filtres",
            "Retirez un filtre pour élargir la liste, ou cherchez parmi les départs de tous les états.",
        )
        .action(
            "Chercher dans tous les états",
            adresse.avec("etat", Some("toutes")),
        );
    }
    match filtres::etat(adresse) {
        Some(EtatDepart::Declaree) => Vide::new(
            "Aucun départ à confirmer",
            "Les cessations déclarées par les professionnels de votre caisse arrivent ici.",
        )
        .action(
            "Voir les départs confirmés",
            adresse.avec("etat", Some(EtatDepart::Confirmee.as_str())),
        ),
        _ => Vide::new("Aucun départ dans cette liste", "Rien n’est dans cet état.")
            .action("Voir les départs à confirmer", adresse.avec("etat", None)),
    }
}
