//! `/changements`: a move inside the zone (REG-13), another address, an absence, a correction; and what the CPAM is told.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use regles::changement::NatureChangement;
use regles::dates_fr;
use regles::droits::AGENTS;
use regles::identifiants::Insee;
use regles::texte;
use serde::Deserialize;

use crate::actions::changement::{self, Annonce};
use crate::clock::jour_a_paris;
use crate::db::changement::{self as stockes, Changement};
use crate::web::erreur::WebError;
use crate::web::kit::commune::{self, ChoixCommune};
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ChampCommune, Choix, Etat, Pastille, Suite, Taille, Vide};
use crate::web::visite::{Reponse, Visite};

/// Changes on a page.
const PAR_PAGE: i64 = 50;

/// What a link may already say.
#[derive(Deserialize)]
pub struct Debut {
    nature: Option<String>,
    avant: Option<i64>,
}

#[derive(Template)]
#[template(path = "changements/nouveau.html")]
struct NouveauPage {
    page: Page,
    nature: Option<NatureChangement>,
    choix: Champ,
    commune: ChampCommune,
    nouvelle: Option<ChampCommune>,
    champs: Vec<Champ>,
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
pub async fn formulaire(visite: Visite, debut: Query<Debut>) -> Reponse {
    let nature = debut.nature.as_deref().and_then(|n| n.parse().ok());
    let page = construire(
        &visite,
        nature,
        &Saisie::default(),
        &[ChoixCommune::default(), ChoixCommune::default()],
        &Erreurs::default(),
    );
    visite.rendre(&page)
}

fn construire(
    visite: &Visite,
    nature: Option<NatureChangement>,
    saisie: &Saisie,
    [choix, vers]: &[ChoixCommune; 2],
    erreurs: &Erreurs,
) -> NouveauPage {
    use NatureChangement as N;
    let texte = |nom: &str, libelle: &str| {
        Champ::texte(nom, libelle)
            .taille(Taille::Long)
            .valeur(saisie.texte(nom))
            .erreur(erreurs.de(nom))
    };
    let date = |nom: &str, libelle: &str| {
        Champ::date(nom, libelle)
            .valeur(saisie.texte(nom))
            .erreur(erreurs.de(nom))
    };
    let mut champs = vec![Champ::cache("cle", cle(saisie))];
    if let Some(nature) = nature {
        champs.push(Champ::cache("nature", nature.as_str()));
    }
    match nature {
        Some(N::Demenagement) => champs.extend([
            texte("adresse_avant", "Adresse que vous quittez"),
            texte("adresse", "Nouvelle adresse").autocomplete("address-line1"),
            date("du", "À partir du"),
        ]),
        Some(N::Correspondance) => champs.push(
            texte("adresse", "Nouvelle adresse de correspondance").autocomplete("address-line1"),
        ),
        Some(N::Absence) => champs.extend([
            date("du", "Premier jour"),
            date("au", "Dernier jour"),
            texte("expose", "Précision utile à la caisse")
                .aide("Par exemple le nom de votre remplaçant. Ne donnez pas de détail médical.")
                .facultatif(),
        ]),
        Some(N::Rectification) => champs.push(
            Champ::zone("expose", "Que faut-il corriger ?", 5)
                .aide("La donnée fausse, et ce qu’elle doit dire.")
                .valeur(saisie.texte("expose"))
                .erreur(erreurs.de("expose")),
        ),
        None => {}
    }
    let commune = choix.champ(
        match nature {
            Some(N::Demenagement) => "Commune que vous quittez",
            _ => "Commune où vous exercez",
        },
        "Nom ou code postal. Elle dit à quelle caisse écrire.",
        erreurs,
    );
    let mut page = visite
        .page(nature.map_or("Annoncer un changement", NatureChangement::libelle))
        .ariane("Mon espace", "/espace")
        .rubrique("/espace");
    if nature == Some(N::Demenagement) {
        page = page.chapeau("Dans la même zone, changer de lieu d’exercice est libre et ne consomme aucune place. Quitter la zone est un départ.");
    }
    let nouvelle = (nature == Some(N::Demenagement)).then(|| {
        vers.champ_nomme(
            "commune_nouvelle",
            "Nouvelle commune",
            "Nom ou code postal. Dans la même zone : sinon, c’est un départ.",
            erreurs,
        )
    });
    page.erreurs.extend(commune.resume());
    page.erreurs
        .extend(nouvelle.as_ref().and_then(ChampCommune::resume));
    NouveauPage {
        page: page.erreurs_de(&champs),
        nature,
        choix: Champ::radios(
            "nature",
            "Que voulez-vous annoncer ?",
            N::TOUS
                .iter()
                .map(|n| Choix::new(n.as_str(), n.libelle()))
                .collect(),
        ),
        commune,
        nouvelle,
        champs,
    }
}

/// `POST /changements/nouveau`
pub async fn annoncer(visite: Visite, saisie: Saisie) -> Reponse {
    let nature: NatureChangement = saisie
        .texte("nature")
        .parse()
        .map_err(WebError::Illisible)?;
    let mut erreurs = Erreurs::default();
    let choix = commune::lire(&visite, &saisie, &mut erreurs).await?;
    let vers = match nature {
        NatureChangement::Demenagement => {
            commune::lire_nommee(&visite, &saisie, "commune_nouvelle", &mut erreurs).await?
        }
        _ => ChoixCommune::default(),
    };
    let ici: Option<Insee> = choix.choisie.as_ref().and_then(|c| c.insee.parse().ok());
    let insee = vers.choisie.as_ref().and_then(|c| c.insee.parse().ok());
    let choix = [choix, vers];
    if commune::cherche(&saisie) {
        let vide = Erreurs::default();
        return visite.rendre(&construire(&visite, Some(nature), &saisie, &choix, &vide));
    }
    let mut date = |nom: &str| match saisie.option(nom).map(dates_fr::lire)? {
        Ok(date) => Some(date),
        Err(e) => {
            erreurs.noter(nom, e.to_string());
            None
        }
    };
    let (du, au) = (date("du"), date("au"));
    let (Some(insee_avant), false) = (ici, erreurs.presentes()) else {
        return visite.a_corriger(&construire(
            &visite,
            Some(nature),
            &saisie,
            &choix,
            &erreurs,
        ));
    };
    let annonce = Annonce {
        kine_id: visite.kine_id()?,
        nature,
        insee_avant,
        adresse_avant: saisie.option("adresse_avant").map(str::to_owned),
        insee,
        adresse: saisie.option("adresse").map(str::to_owned),
        du,
        au,
        expose: saisie.option("expose").map(str::to_owned),
        cle: cle(&saisie),
    };
    let acte = visite.acte()?;
    match visite
        .write(move |tx| changement::annoncer(tx, &acte, &annonce))
        .await
    {
        Ok(()) => visite.rediriger_avec(
            "/changements/miens",
            "C’est enregistré. La caisse est prévenue ; vous n’avez rien d’autre à faire.",
        ),
        Err(error) => {
            erreurs.prendre(error)?;
            let page = construire(&visite, Some(nature), &saisie, &choix, &erreurs);
            visite.rendre_avec(&page, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn ligne(c: &Changement, qui: Option<String>, agent: bool) -> Ligne {
    let mut faits = Vec::new();
    if let Some(avant) = &c.adresse_avant {
        faits.push(format!("de {avant}"));
    }
    faits.extend(c.adresse.clone());
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
    let lus = visite
        .read(move |conn| stockes::de_kine(conn, kine_id))
        .await?;
    let page = visite
        .page("Mes changements")
        .ariane("Mon espace", "/espace")
        .rubrique("/espace")
        .action("Annoncer un changement", "/changements/nouveau");
    visite.rendre(&ListePage {
        page,
        lignes: lus.iter().map(|c| ligne(c, None, false)).collect(),
        vide: Vide::new(
            "Aucun changement annoncé",
            "Un déménagement dans la même zone, une nouvelle adresse, une absence : annoncez-les ici, la caisse est prévenue.",
        ),
        suite: Suite::default(),
    })
}

/// `GET /changements?avant=`: what the CPAM was told.
pub async fn liste(visite: Visite, debut: Query<Debut>) -> Reponse {
    let scope = visite.qui()?.scope();
    let agent = AGENTS.permet(Some(visite.qui()?.role));
    let avant = debut.avant.unwrap_or(i64::MAX);
    let mut lus = visite
        .read(move |conn| stockes::de_caisse(conn, &scope, avant, PAR_PAGE + 1))
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
                ligne(c, Some(format!("{prenom} {nom} (RPPS {rpps})")), agent)
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
    visite.rediriger_avec("/changements", "C’est noté. Le professionnel est prévenu.")
}
