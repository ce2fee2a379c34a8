//! `/changements`: a move inside the zone (REG-13), another address, an absence, a correction; and what the CPAM is told.

use std::collections::BTreeSet;

use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use regles::changement::NatureChangement;
use regles::droits::AGENTS;
use regles::identifiants::Insee;
use regles::texte;
use serde::Deserialize;

use crate::actions::changement::{self, Annonce};
use crate::clock::jour_a_paris;
use crate::db::changement::{self as stockes, Changement};
use crate::db::commune;
use crate::db::{AnyConn, DbError, DbResult};
use crate::web::erreur::WebError;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Etat, Pastille, Suite, Vide};
use crate::web::visite::{Reponse, Visite};

/// Changes on a page.
const PAR_PAGE: i64 = 50;

/// What a link may already say.
#[derive(Deserialize)]
pub struct Debut {
    nature: Option<String>,
    /// The button was pressed, whatever was chosen.
    choisir: Option<String>,
    avant: Option<i64>,
}

#[derive(Template)]
#[template(path = "changements/nouveau.html")]
struct NouveauPage {
    page: Page,
    nature: Option<NatureChangement>,
    choix: Champ,
    champs: Champs,
}

/// What may be told; each kind of change asks for some of it.
#[derive(Formulaire)]
struct Nouveau {
    #[champ(
        libelle = "Commune où vous exercez",
        aide = "Nom ou code postal. Elle dit à quelle caisse écrire."
    )]
    commune: Insee,
    #[champ(libelle = "Nouvelle commune", exigence = Requis,
            aide = "Nom ou code postal. Dans la même zone : sinon, c’est un départ.")]
    commune_nouvelle: Option<Insee>,
    #[champ(libelle = "Adresse que vous quittez", taille = Long, exigence = Requis)]
    adresse_avant: Option<String>,
    #[champ(libelle = "Nouvelle adresse", taille = Long, autocomplete = "address-line1", exigence = Requis)]
    adresse: Option<String>,
    #[champ(libelle = "Premier jour", exigence = Requis)]
    du: Option<NaiveDate>,
    #[champ(libelle = "Dernier jour", exigence = Requis)]
    au: Option<NaiveDate>,
    #[champ(libelle = "Que faut-il corriger ?", zone = 5, exigence = Requis,
            aide = "La donnée fausse, et ce qu’elle doit dire.")]
    expose: Option<String>,
    #[champ(cache)]
    cle: String,
    #[champ(cache)]
    nature: String,
}

impl Nouveau {
    /// The fields that this kind of change asks for, in its words.
    fn de(nature: NatureChangement, saisie: &Saisie, erreurs: &Erreurs) -> Champs {
        use NatureChangement as N;
        let champs = Self::champs(saisie, erreurs)
            .regler(Self::CLE, |c| c.valeur(cle(saisie)))
            .regler(Self::NATURE, |c| c.valeur(nature.as_str()));
        let (demandes, champs): (&[&str], Champs) = match nature {
            N::Demenagement => (
                &[Self::COMMUNE_NOUVELLE, Self::ADRESSE_AVANT, Self::ADRESSE, Self::DU],
                champs
                    .regler(Self::COMMUNE, |c| c.libelle("Commune que vous quittez"))
                    .regler(Self::DU, |c| c.libelle("À partir du")),
            ),
            N::Correspondance => (
                &[Self::ADRESSE],
                champs.regler(Self::ADRESSE, |c| {
                    c.libelle("Nouvelle adresse de correspondance")
                }),
            ),
            N::Absence => (
                &[Self::DU, Self::AU, Self::EXPOSE],
                champs.regler(Self::EXPOSE, |c| {
                    c.libelle("Précision utile à la caisse")
                        .aide("Par exemple le nom de votre remplaçant. Ne donnez pas de détail médical.")
                        .facultatif()
                }),
            ),
            N::Rectification => (&[Self::EXPOSE], champs),
        };
        let toujours = [Self::COMMUNE, Self::CLE, Self::NATURE];
        champs.seulement(|nom| toujours.contains(&nom) || demandes.contains(&nom))
    }
}

struct Ligne {
    titre: String,
    phrase: String,
    reponse: Option<String>,
    etat: Pastille,
    a_traiter: Option<i64>,
}

#[derive(Template)]
#[template(path = "changements/liste.html")]
struct ListePage {
    page: Page,
    lignes: Vec<Ligne>,
    vide: Vide,
    suite: Suite,
}

/// `GET /changements/nouveau?nature=`
pub async fn formulaire(visite: Visite, debut: Requete<Debut>) -> Reponse {
    let nature = debut.nature.as_deref().and_then(|n| n.parse().ok());
    let champs = nature.map_or_else(Champs::default, |nature| {
        Nouveau::de(nature, &Saisie::default(), &Erreurs::default())
    });
    let mut erreurs = Erreurs::default();
    if nature.is_none() && debut.choisir.is_some() {
        erreurs.noter("nature", "Choisissez ce que vous voulez annoncer.");
    }
    let page = construire(&visite, nature, champs, &erreurs);
    match erreurs.presentes() {
        true => visite.a_corriger(&page),
        false => visite.rendre(&page),
    }
}

fn construire(
    visite: &Visite,
    nature: Option<NatureChangement>,
    champs: Champs,
    erreurs: &Erreurs,
) -> NouveauPage {
    let mut page = visite
        .page(nature.map_or("Annoncer un changement", NatureChangement::libelle))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    if nature == Some(NatureChangement::Demenagement) {
        page = page.chapeau("Dans la même zone, changer de lieu d’exercice est libre et ne consomme aucune place. Quitter la zone est un départ.");
    }
    let natures = NatureChangement::TOUS.iter();
    let natures = natures.map(|n| Choix::new(n.as_str(), n.libelle()));
    let choix = Champ::radios("nature", "Que voulez-vous annoncer ?", natures.collect())
        .erreur(erreurs.de("nature").filter(|_| nature.is_none()));
    let page = match nature {
        Some(_) => champs.resumer(page, erreurs),
        None => page.erreurs_de([&choix]),
    };
    NouveauPage {
        page,
        nature,
        choix,
        champs,
    }
}

/// `POST /changements/nouveau`
pub async fn annoncer(visite: Visite, saisie: Saisie) -> Reponse {
    let nature: NatureChangement = saisie
        .texte("nature")
        .parse()
        .map_err(WebError::Illisible)?;
    let communes = Communes::lire::<Nouveau>(&visite, &saisie).await?;
    let rendre = |erreurs: &Erreurs| {
        let champs = Nouveau::de(nature, &saisie, erreurs).communes(&communes);
        let page = construire(&visite, Some(nature), champs, erreurs);
        match erreurs.presentes() {
            true => visite.a_corriger(&page),
            false => visite.rendre(&page),
        }
    };
    if communes.cherche() {
        return rendre(&Erreurs::default());
    }
    let lu = match Nouveau::lire_avec(&saisie, &communes) {
        Ok(lu) => lu,
        Err(erreurs) => return rendre(&erreurs),
    };
    let annonce = Annonce {
        kine_id: visite.kine_id()?,
        nature,
        insee_avant: lu.commune,
        adresse_avant: lu.adresse_avant,
        insee: lu.commune_nouvelle,
        adresse: lu.adresse,
        du: lu.du,
        au: lu.au,
        expose: lu.expose,
        cle: cle(&saisie),
    };
    let acte = visite.acte()?;
    match visite
        .write(move |tx| changement::annoncer(tx, &acte, &annonce))
        .await
    {
        Ok(()) => visite.rediriger_avec(
            "/changements/miens",
            &format!(
                "{}. La caisse est prévenue ; vous n’avez rien d’autre à faire.",
                recu(nature, &communes)
            ),
        ),
        Err(refus) => {
            let mut erreurs = Erreurs::default();
            erreurs.prendre(refus)?;
            rendre(&erreurs)
        }
    }
}

/// What is recorded, with both communes of a move.
fn recu(nature: NatureChangement, communes: &Communes) -> String {
    let nom = |champ| Some(communes.de(champ)?.choisie.as_ref()?.nom.clone());
    match (nom(Nouveau::COMMUNE), nom(Nouveau::COMMUNE_NOUVELLE)) {
        (Some(avant), Some(apres)) if nature == NatureChangement::Demenagement => format!(
            "Votre changement de lieu d’exercice, {} à {apres}, est enregistré",
            texte::de(avant)
        ),
        _ => "C’est enregistré".to_owned(),
    }
}

/// The codes and names of the communes that these changes name.
fn communes(conn: &mut AnyConn, changements: &[Changement]) -> DbResult<Vec<(String, String)>> {
    let codes = changements.iter().flat_map(|c| [&c.insee_avant, &c.insee]);
    let codes: BTreeSet<String> = codes.flatten().cloned().collect();
    commune::noms(conn, codes.into_iter().collect())
}

/// «de Martigues (12 quai des Anglais) à Istres (3 rue Neuve)».
fn trajet(c: &Changement, communes: &[(String, String)]) -> Vec<String> {
    let lieu = |insee: &Option<String>, adresse: &Option<String>| {
        let nom = communes
            .iter()
            .find(|(code, _)| Some(code) == insee.as_ref());
        match (nom.map(|(_, nom)| nom.clone()), adresse) {
            (Some(nom), Some(adresse)) => Some(format!("{nom} ({adresse})")),
            (nom, adresse) => nom.or_else(|| adresse.clone()),
        }
    };
    if c.nature != NatureChangement::Demenagement {
        return c.adresse.iter().cloned().collect();
    }
    let avant = lieu(&c.insee_avant, &c.adresse_avant).map(texte::de);
    let apres = lieu(&c.insee, &c.adresse).map(|apres| format!("à {apres}"));
    let mots: Vec<String> = avant.into_iter().chain(apres).collect();
    vec![mots.join(" ")]
}

fn ligne(c: &Changement, communes: &[(String, String)], qui: Option<String>, agent: bool) -> Ligne {
    let mut faits = trajet(c, communes);
    match (c.du, c.au) {
        (Some(du), Some(au)) => faits.push(format!(
            "du {} au {}",
            texte::date_fr(du),
            texte::date_fr(au)
        )),
        (Some(du), None) => faits.push(format!("à partir du {}", texte::date_fr(du))),
        _ => {}
    }
    faits.extend(c.expose.clone());
    faits.push(format!("annoncé le {}", texte::datetime_fr(c.declare_le)));
    Ligne {
        titre: match qui {
            Some(qui) => format!("{qui} : {}", texte::minuscule_initiale(c.nature.libelle())),
            None => c.nature.libelle().to_owned(),
        },
        phrase: faits.join(", "),
        reponse: c.reponse.clone(),
        etat: match c.traite_le {
            Some(le) => Pastille::new(
                Etat::Fait,
                format!("Pris en compte le {}", texte::date_fr(jour_a_paris(le))),
            ),
            None => Pastille::new(Etat::EnCours, "Transmis à la caisse"),
        },
        a_traiter: (agent && c.traite_le.is_none()).then_some(c.id),
    }
}

/// `GET /changements/miens`
pub async fn miens(visite: Visite) -> Reponse {
    let kine_id = visite.kine_id()?;
    let (lus, communes) = visite
        .read(move |conn| {
            let lus = stockes::de_kine(conn, kine_id)?;
            let communes = communes(conn, &lus)?;
            Ok::<_, DbError>((lus, communes))
        })
        .await?;
    let page = visite
        .page("Mes changements")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .action("Annoncer un changement", "/changements/nouveau");
    visite.rendre(&ListePage {
        page,
        lignes: lus.iter().map(|c| ligne(c, &communes, None, false)).collect(),
        vide: Vide::new(
            "Aucun changement annoncé",
            "Un déménagement dans la même zone, une nouvelle adresse, une absence : annoncez-les ici, la caisse est prévenue.",
        ),
        suite: Suite::default(),
    })
}

/// `GET /changements?avant=`: what the CPAM was told.
pub async fn liste(visite: Visite, debut: Requete<Debut>) -> Reponse {
    let scope = visite.qui()?.scope();
    let agent = AGENTS.permet(Some(visite.qui()?.role));
    let avant = debut.avant.unwrap_or(i64::MAX);
    let (mut lus, communes) = visite
        .read(move |conn| {
            let lus = stockes::de_caisse(conn, &scope, avant, PAR_PAGE + 1)?;
            let changements: Vec<Changement> = lus.iter().map(|(c, ..)| c.clone()).collect();
            let communes = communes(conn, &changements)?;
            Ok::<_, DbError>((lus, communes))
        })
        .await?;
    let encore = lus.len() > PAR_PAGE as usize;
    lus.truncate(PAR_PAGE as usize);
    let suite = Suite {
        debut: debut.avant.map(|_| "/changements".to_owned()),
        suivant: lus
            .last()
            .filter(|_| encore)
            .map(|(c, ..)| format!("/changements?avant={}", c.id)),
        position: String::new(),
    };
    let page = visite
        .page("Changements annoncés")
        .chapeau("Déménagements dans la zone, adresses, absences et rectifications que les professionnels vous annoncent.")
        .rubrique("/messages")
        .largeur(Largeur::Dossier);
    visite.rendre(&ListePage {
        page,
        lignes: lus
            .iter()
            .map(|(c, prenom, nom, rpps)| {
                let qui = format!("{prenom} {nom} (RPPS {rpps})");
                ligne(c, &communes, Some(qui), agent)
            })
            .collect(),
        vide: Vide::new("Aucun changement annoncé", "Rien n’attend la caisse ici."),
        suite,
    })
}

/// `POST /changements/{id}`
///
/// # Errors
/// Another CPAM's, or done meanwhile.
pub async fn prendre_acte(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let (scope, acte, id) = (visite.qui()?.scope(), visite.acte()?, id.into_inner());
    let reponse = saisie.texte("reponse").to_owned();
    visite
        .write(move |tx| changement::prendre_acte(tx, &acte, &scope, id, &reponse))
        .await?;
    visite.rediriger_avec("/changements", "C’est noté. Nous lui écrivons.")
}
