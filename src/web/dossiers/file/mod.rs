//! `/dossiers`: what is open, sorted by what falls due, narrowed by what the address says.

mod adresse;
pub mod colonnes;
mod filtres;
mod lieu;
mod lignes;
pub mod mots;
mod prochain;
mod renvois;
mod selection;
mod tri;
mod vues;

pub use adresse::{APPELS, Adresse, DEPARTS, sous};
pub use prochain::prochain;
pub use renvois::{departs, exporter_departs};
pub use selection::lot;
pub use vues::{enregistrer, page_supprimer, supprimer};

use colonnes::EnFile;
use lieu::LieuVoulu;

use actix_web::HttpRequest;
use askama::Template;
use chrono::NaiveDate;
use regles::dossier::NatureDossier;
use regles::droits::{AGENTS, INSTRUCTION};
use regles::texte;

use crate::db::cadre::{self, Cadre, Comptes};
use crate::db::file::{self, Assignation};
use crate::db::session::Identite;
use crate::db::{AnyConn, CpamScope, DbResult, absence, caisse};
use crate::web::filters;
use crate::web::kit::tableau::Tableau;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Champ, FiltreVue, Message, Vide};
use crate::web::visite::{Reponse, Visite};

/// A filter in use: the words, and the address without it.
pub struct Puce {
    /// The words.
    pub libelle: String,
    /// The address without it.
    pub sans: String,
}

/// A saved view, as a link.
struct VueLien {
    libelle: String,
    url: String,
    actif: bool,
    /// Where it is removed, by its author.
    supprimer: Option<String>,
}

#[derive(Template)]
#[template(path = "dossiers/file.html")]
struct FilePage {
    page: Page,
    prochain: Option<&'static str>,
    /// Whether the reader may enter a request that came on paper.
    papier: bool,
    /// REG-7: among departures, whether one may be opened after a death.
    deces: bool,
    vues: Vec<VueLien>,
    natures: Vec<FiltreVue>,
    etats: Vec<FiltreVue>,
    suivis: Vec<FiltreVue>,
    remplacement: Option<Message>,
    recherche: Vec<Champ>,
    conserves: Vec<(String, String)>,
    ouverts: bool,
    puces: Vec<Puce>,
    tout_retirer: String,
    tableau: Option<Tableau>,
    tailles: Vec<FiltreVue>,
    colonnes: Vec<(String, &'static str, bool)>,
    colonnes_conservees: Vec<(String, String)>,
    enregistrer: Option<String>,
    aide_colonnes: &'static str,
    exports: Vec<Lien>,
    tous: Option<String>,
    vide: Option<Vide>,
}

#[derive(Template)]
#[template(path = "dossiers/caisses.html")]
struct CaissesPage {
    page: Page,
    caisses: Vec<Lien>,
}

/// Everything the page reads, in three statements, each bounded by an index.
struct Lecture {
    lignes: Vec<EnFile>,
    cadre: Cadre,
    /// The communes asked for.
    communes: LieuVoulu,
    /// Those for whom this person stands in today, when her own files are shown.
    remplaces: Vec<String>,
}

/// The CPAM whose queue is asked for; `None` within: all of them, for a national reader.
/// Nothing when a national reader has not chosen yet.
pub fn perimetre(qui: &Identite, adresse: &Adresse) -> Option<Option<String>> {
    match (qui.scope(), adresse.get("caisse")) {
        (CpamScope::Caisse(code), _) => Some(Some(code)),
        (CpamScope::National, Some("toutes")) => Some(None),
        (CpamScope::National, Some(code)) => Some(Some(code.to_owned())),
        (_, _) => None,
    }
}

/// What the address asks of the database.
pub struct Demandee {
    /// The filter.
    pub filtre: file::Filtre,
    /// The communes asked for.
    pub communes: LieuVoulu,
    /// Those for whom this person stands in today, when her own files are shown.
    pub remplaces: Vec<String>,
}

/// Reads what the address asks: the name of a commune, and whom this person stands in for.
pub fn demandee(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    adresse: &Adresse,
    moi: i64,
    aujourd_hui: NaiveDate,
) -> DbResult<Demandee> {
    let communes = LieuVoulu::lire(conn, caisse, adresse)?;
    // A name that no commune has finds nothing, rather than everything.
    let insee = adresse.get("commune").map(|_| communes.codes());
    let mut filtre = adresse.filtre(moi, aujourd_hui, insee);
    let mut remplaces = Vec::new();
    if let (Some(code), Some("moi")) = (caisse, adresse.get("suivi")) {
        let absents = absence::remplaces(conn, code, moi, aujourd_hui)?;
        if !absents.is_empty() {
            let comptes = absents.iter().map(|(id, _)| *id).chain([moi]).collect();
            filtre.assignation = Assignation::Parmi(comptes);
            remplaces = absents
                .into_iter()
                .map(|(_, (p, n))| format!("{p} {n}"))
                .collect();
        }
    }
    Ok(Demandee {
        filtre,
        communes,
        remplaces,
    })
}

/// `GET /dossiers`
pub async fn page(visite: Visite, requete: HttpRequest) -> Reponse {
    let adresse = Adresse::lire(requete.query_string());
    let qui = visite.qui()?;
    let Some(caisse) = perimetre(qui, &adresse) else {
        return choisir_vers(&visite, "/dossiers", "Dossiers", true, |code| {
            adresse.avec("caisse", Some(code))
        })
        .await;
    };
    let (moi, aujourd_hui) = (qui.compte_id, visite.aujourd_hui());
    let lecture = {
        let (adresse, caisse) = (adresse.clone(), caisse.clone());
        visite
            .read(move |conn| lire(conn, caisse.as_deref(), &adresse, moi, aujourd_hui))
            .await?
    };
    let role = Some(qui.role);
    let nature = adresse.nature();
    let liste = colonnes::liste(nature);
    let page = visite
        .page(liste.titre)
        .chapeau(tri::phrase(&adresse))
        .rubrique(match nature {
            Some(NatureDossier::Depart) => DEPARTS,
            None | Some(NatureDossier::Demande | NatureDossier::Appel | NatureDossier::Recours) => {
                "/dossiers"
            }
        })
        .largeur(Largeur::Pleine);
    let puces = filtres::puces(&adresse, &lecture, moi);
    let vues = filtres::vues(&adresse, &lecture, moi);
    let comptes =
        |champ: &'static str| (!adresse.filtree_hors(&[champ])).then_some(&lecture.cadre.comptes);
    let natures = filtres::natures(&adresse, comptes("etat"));
    let etats = filtres::etats(&adresse, comptes("etat"));
    let suivis = filtres::suivis(&adresse, comptes("suivi"), qui.role);
    let remplacement = (!lecture.remplaces.is_empty()).then(|| {
        Message::information(format!(
            "Avec vos dossiers, ceux {} : vous assurez son remplacement.",
            texte::de(lecture.remplaces.join(", "))
        ))
    });
    let recherche = filtres::champs(&adresse, &lecture);
    // The line says what is filtered: the form is opened by what it has to say itself.
    let ouverts = lecture
        .communes
        .inconnue()
        .or(lecture.communes.homonymes())
        .is_some();
    let (tableau, vide) = lignes::tableau(&visite, &page, &adresse, lecture.lignes);
    let montrees = liste.montrees(adresse.get("colonnes"), colonnes::defaut(nature));
    let filtre = adresse.filtre_seul();
    let nombre_de_filtres = puces.len();
    visite.rendre(&FilePage {
        papier: INSTRUCTION.permet(role),
        deces: adresse.nature() == Some(NatureDossier::Depart) && INSTRUCTION.permet(role),
        prochain: AGENTS.permet(role).then_some(prochain::libelle(qui.role)),
        vues,
        natures,
        etats,
        suivis,
        remplacement,
        recherche,
        conserves: filtres::caches(&adresse, conserves(nature)),
        ouverts,
        tout_retirer: filtres::sans_filtre(&adresse),
        tailles: filtres::tailles(&adresse),
        colonnes: liste.choix(&montrees),
        colonnes_conservees: filtres::caches(
            &adresse,
            &[
                "caisse",
                "nature",
                "etat",
                "suivi",
                "bassin",
                "commune",
                "echeance",
                "etiquette",
                "messages",
                "q",
                "lignes",
                "tri",
            ],
        ),
        enregistrer: (AGENTS.permet(role)
            && (nombre_de_filtres > 0 || adresse.get("colonnes").is_some()))
        .then(|| filtre.clone()),
        aide_colonnes: match nature {
            Some(NatureDossier::Depart) => "Cinq au plus, en plus du dossier et de la personne.",
            _ => "Quatre au plus, en plus du dossier et de la personne.",
        },
        exports: filtres::exports(&filtre),
        tous: (INSTRUCTION.permet(role) && tableau.is_some())
            .then(|| sous("/lots/nouveau", &filtre)),
        puces,
        tableau,
        vide,
        page,
    })
}

fn lire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    adresse: &Adresse,
    moi: i64,
    aujourd_hui: NaiveDate,
) -> DbResult<Lecture> {
    let Demandee {
        mut filtre,
        communes,
        remplaces,
    } = demandee(conn, caisse, adresse, moi, aujourd_hui)?;
    // One more than shown: whether there is a next page, without counting.
    filtre.lignes = adresse.lignes() + 1;
    let lignes = colonnes::lire(conn, caisse, &filtre, aujourd_hui)?;
    let cadre = match caisse {
        Some(code) => {
            let comptees = !adresse.filtree_hors(&["etat"]) || !adresse.filtree_hors(&["suivi"]);
            let comptes = if comptees {
                Comptes::De(adresse.nature())
            } else {
                Comptes::Aucun
            };
            cadre::lire(conn, code, moi, aujourd_hui, comptes)?
        }
        None => Cadre::default(),
    };
    Ok(Lecture {
        lignes,
        cadre,
        communes,
        remplaces,
    })
}

/// What the form of the filters keeps of the address, besides its own fields: that of the requests has their nature.
fn conserves(nature: Option<NatureDossier>) -> &'static [&'static str] {
    match nature {
        Some(NatureDossier::Demande) => &[
            "caisse", "etat", "suivi", "messages", "lignes", "colonnes", "tri",
        ],
        None | Some(NatureDossier::Depart | NatureDossier::Appel | NatureDossier::Recours) => &[
            "caisse", "nature", "etat", "suivi", "messages", "lignes", "colonnes", "tri",
        ],
    }
}

/// A national reader chooses a CPAM first; `/supervision` is also that of all of them.
pub async fn choisir(visite: &Visite, chemin: &str, titre: &str) -> Reponse {
    let toutes = chemin.starts_with("/supervision");
    choisir_vers(visite, chemin, titre, toutes, |code| {
        format!("{chemin}?caisse={code}")
    })
    .await
}

/// The same, each CPAM leading where `vers` says; `toutes`: all of them may be read together.
async fn choisir_vers(
    visite: &Visite,
    rubrique: &str,
    titre: &str,
    toutes: bool,
    vers: impl Fn(&str) -> String,
) -> Reponse {
    let caisses = visite.read(caisse::tous).await?;
    let page = visite
        .page(titre)
        .chapeau("Choisissez une caisse : vous lisez tout, vous ne changez rien.")
        .rubrique(rubrique)
        .largeur(Largeur::Pleine);
    let toutes = toutes.then(|| Lien::new("Toutes les caisses", vers("toutes")));
    let une = |o: &caisse::Caisse| Lien::new(format!("{} · {}", o.code, o.nom), vers(&o.code));
    visite.rendre(&CaissesPage {
        page,
        caisses: toutes.into_iter().chain(caisses.iter().map(une)).collect(),
    })
}
