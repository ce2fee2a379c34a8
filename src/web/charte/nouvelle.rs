//! `/charte/nouvelle`: the criteria and their weights, from a day on.

use askama::Template;
use regles::charte::{CRITERES_MAX, Charte, CharteError, Critere, GenreCritere, SensCritere};
use regles::dates_fr;
use regles::texte;

use crate::actions::charte;
use crate::db::CpamScope;
use crate::web::kit::erreurs::{Erreurs, entier};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, ErreurResume, Taille};
use crate::web::visite::{Reponse, Visite};

struct LigneVue {
    titre: String,
    champs: Vec<Champ>,
}

#[derive(Template)]
#[template(path = "charte/nouvelle.html")]
struct NouvellePage {
    page: Page,
    du: Champ,
    lignes: Vec<LigneVue>,
    nombre: Champ,
    encore: bool,
}

/// `GET /charte/nouvelle`: with the criteria of the latest charter, to be changed.
pub async fn formulaire(visite: Visite) -> Reponse {
    let CpamScope::Caisse(caisse) = visite.qui()?.scope() else {
        return visite.rediriger("/charte");
    };
    let lues = visite
        .read(move |conn| crate::db::charte::historique(conn, &caisse))
        .await?;
    let mut champs = vec![("du".to_owned(), texte::date_courte(visite.aujourd_hui()))];
    let criteres = lues.first().map_or(&[][..], |c| &c.criteres);
    for (i, c) in criteres.iter().enumerate() {
        let c = &c.critere;
        champs.extend([
            (format!("libelle_{i}"), c.libelle.clone()),
            (format!("genre_{i}"), c.genre.as_str().to_owned()),
            (format!("sens_{i}"), c.sens.as_str().to_owned()),
            (format!("maximum_{i}"), c.maximum.to_string()),
            (format!("poids_{i}"), c.poids.to_string()),
        ]);
    }
    champs.push(("lignes".to_owned(), criteres.len().max(3).to_string()));
    let saisie = Saisie::de(champs.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    visite.rendre(&construire(&visite, &saisie, &Erreurs::default()))
}

fn nombre_de_lignes(saisie: &Saisie) -> usize {
    // A form without its count is one that was tampered with: it begins again with three lines.
    let lues = saisie.texte("lignes").parse().unwrap_or(3);
    lues.clamp(1, CRITERES_MAX)
}

fn construire(visite: &Visite, saisie: &Saisie, erreurs: &Erreurs) -> NouvellePage {
    let nombre = nombre_de_lignes(saisie);
    let du = Champ::date("du", "Appliquée à compter du")
        .valeur(saisie.texte("du"))
        .erreur(erreurs.de("du"));
    let lignes: Vec<LigneVue> = (0..nombre).map(|i| ligne(i, saisie, erreurs)).collect();
    let mut page = visite
        .page("Fixer la charte d’attribution")
        .chapeau("Les poids font 100 points en tout. La charte actuelle reste dans l’historique, et les appels déjà ouverts gardent la leur.")
        .ariane("Attributions", "/attributions")
        .ariane("Charte", "/charte")
        .rubrique("/attributions")
        .erreurs_de(std::iter::once(&du).chain(lignes.iter().flat_map(|l| &l.champs)));
    if let Some(phrase) = erreurs.de("") {
        page.erreurs.push(ErreurResume::generale(phrase));
    }
    NouvellePage {
        du,
        lignes,
        nombre: Champ::cache("lignes", nombre.to_string()),
        encore: nombre < CRITERES_MAX,
        page,
    }
}

fn ligne(i: usize, saisie: &Saisie, erreurs: &Erreurs) -> LigneVue {
    let nom = |champ: &str| format!("{champ}_{i}");
    let remplir = |champ: Champ| {
        let (valeur, erreur) = (saisie.texte(&champ.nom).to_owned(), erreurs.de(&champ.nom));
        champ.valeur(valeur).erreur(erreur)
    };
    let genres = GenreCritere::TOUS
        .iter()
        .map(|g| Choix::new(g.as_str(), g.libelle()))
        .collect();
    let sens = [
        (SensCritere::Croissant, "La plus grande, ou oui"),
        (SensCritere::Decroissant, "La plus petite, ou non"),
    ]
    .map(|(s, mots)| Choix::new(s.as_str(), mots));
    LigneVue {
        titre: format!("Critère {}", i + 1),
        champs: vec![
            remplir(
                Champ::texte(nom("libelle"), "Nom du critère")
                    .aide("Avec son unité, par exemple « Années d’expérience »")
                    .taille(Taille::Long),
            ),
            remplir(Champ::liste(nom("genre"), "Ce qu’il mesure", genres)),
            remplir(
                Champ::nombre(nom("maximum"), "Valeur maximale")
                    .aide("Au-delà, plus aucun point n’est gagné ni perdu. Sans objet pour oui ou non.")
                    .facultatif(),
            ),
            remplir(Champ::liste(nom("sens"), "Ce qui rapporte le plus", sens.into())),
            remplir(Champ::nombre(nom("poids"), "Poids").unite("points")),
        ],
    }
}

/// `POST /charte/nouvelle`
pub async fn dater(visite: Visite, saisie: Saisie) -> Reponse {
    if saisie.coche("_ajouter") {
        let nombre = (nombre_de_lignes(&saisie) + 1).min(CRITERES_MAX);
        let plus = saisie.avec("lignes", nombre.to_string());
        return visite.rendre(&construire(&visite, &plus, &Erreurs::default()));
    }
    let mut erreurs = Erreurs::default();
    let (rangs, criteres) = lire(&saisie, &mut erreurs);
    let du = dates_fr::lire(saisie.texte("du"));
    if let Err(e) = &du {
        erreurs.noter("du", e.to_string());
    }
    let (Ok(du), false) = (du, erreurs.presentes()) else {
        return visite.a_corriger(&construire(&visite, &saisie, &erreurs));
    };
    let nouvelle = Charte { du, criteres };
    if let Err(faute) = nouvelle.verifier() {
        noter(&faute, &rangs, &mut erreurs);
        return visite.a_corriger(&construire(&visite, &saisie, &erreurs));
    }
    let acte = visite.acte()?;
    let caisse = visite.caisse()?;
    let resultat = visite
        .write(move |tx| charte::dater(tx, &acte, &caisse, du, nouvelle.criteres))
        .await;
    match resultat {
        Ok(_) => visite.rediriger_avec("/charte", "La charte est enregistrée."),
        Err(erreur) => {
            erreurs.prendre(erreur)?;
            visite.a_corriger(&construire(&visite, &saisie, &erreurs))
        }
    }
}

/// The criteria that were written, with the line of each; a line without a name is left out.
fn lire(saisie: &Saisie, erreurs: &mut Erreurs) -> (Vec<usize>, Vec<Critere>) {
    let mut rangs = Vec::new();
    let mut criteres = Vec::new();
    for i in 0..nombre_de_lignes(saisie) {
        let texte = |champ: &str| saisie.texte(&format!("{champ}_{i}"));
        if ["libelle", "poids", "maximum"]
            .iter()
            .all(|c| texte(c).is_empty())
        {
            continue;
        }
        let (Ok(genre), Ok(sens)) = (
            texte("genre").parse::<GenreCritere>(),
            texte("sens").parse::<SensCritere>(),
        ) else {
            erreurs.noter(format!("genre_{i}"), "Choisissez ce que le critère mesure.");
            continue;
        };
        let maximum = match genre {
            GenreCritere::OuiNon => Some(1),
            _ => entier(saisie, &format!("maximum_{i}"), erreurs),
        };
        rangs.push(i);
        criteres.push(Critere {
            code: format!("C{}", criteres.len() + 1),
            libelle: texte("libelle").to_owned(),
            genre,
            sens,
            // Absent is refused below as zero is.
            poids: entier(saisie, &format!("poids_{i}"), erreurs).unwrap_or(0),
            maximum: maximum.unwrap_or(0),
        });
    }
    (rangs, criteres)
}

fn noter(faute: &CharteError, rangs: &[usize], erreurs: &mut Erreurs) {
    let (champ, rang) = match faute {
        CharteError::Libelle { rang } | CharteError::Doublon { rang } => ("libelle", rang),
        CharteError::Poids { rang } => ("poids", rang),
        CharteError::Maximum { rang } => ("maximum", rang),
        CharteError::Nombre | CharteError::Somme(_) => {
            let phrase = faute.to_string();
            erreurs.noter("", texte::majuscule_initiale(&phrase) + ".");
            return;
        }
    };
    let ligne = rangs.get(*rang).copied().unwrap_or(*rang);
    erreurs.noter(
        format!("{champ}_{ligne}"),
        texte::majuscule_initiale(&faute.to_string()) + ".",
    );
}
