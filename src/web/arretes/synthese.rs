//! `GET /arretes/{id}/synthese`: population and BVCV by category and département, computed from the import, beside
//! the published figures, the differences explained (ZON-7, ZON-8).

use actix_web::web;
use askama::Template;
use regles::synthese::{Poids, Publiee, Synthese, publiee};
use regles::texte::{self, nombre, pluriel};
use regles::zonage::Categorie;

use super::mots::deplacements;
use super::{region, titre};
use crate::actions::import::pour_cent;
use crate::db::arrete_deplacement;
use crate::db::arrete_synthese::{self, Frontaliers};
use crate::db::{DbError, arrete_liste};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::Vide;
use crate::web::visite::{Reponse, Visite};

/// A cell: computed, published, the difference in words.
struct Case {
    titre: String,
    calcule: String,
    publie: Option<String>,
    ecart: Option<String>,
}

/// A line: a category, a département or the whole.
struct Ligne {
    nom: String,
    forte: bool,
    population: Case,
    part: String,
    bassins: Case,
}

/// A département by category.
struct Departement {
    nom: String,
    cases: Vec<Case>,
}

#[derive(Template)]
#[template(path = "arretes/synthese.html")]
struct SynthesePage {
    page: Page,
    vide: Option<Vide>,
    publiee: Option<&'static Publiee>,
    categories: Vec<Ligne>,
    entetes: Vec<&'static str>,
    departements: Vec<Departement>,
    deplacements: Vec<String>,
    explications: Vec<String>,
}

/// `GET /arretes/{id}/synthese`
///
/// # Errors
/// An unknown arrêté, or the database does not answer.
pub async fn synthese(visite: Visite, id: web::Path<i64>) -> Reponse {
    let id = id.into_inner();
    let (arrete, bassins, rattachees, ailleurs, deplaces) = visite
        .read(move |conn| {
            let arrete = arrete_liste::lire(conn, id)?;
            let bassins = arrete_synthese::bassins(conn, id)?;
            let rattachees = arrete_synthese::rattachees(conn, &arrete)?;
            let ailleurs = arrete_synthese::ailleurs(conn, &arrete.region)?;
            let deplaces = arrete_deplacement::lire(conn, id)?;
            Ok::<_, DbError>((arrete, bassins, rattachees, ailleurs, deplaces))
        })
        .await?;
    let publiee = publiee(&arrete.region, arrete.date_effet).map_err(WebError::interne)?;
    let calcule = Synthese::de(&bassins);
    let table = publiee.map(Publiee::table);
    let categories = retenues(&calcule, publiee);
    let nationales = parts_nationales(&visite, &categories, arrete.date_effet)?;
    let page = visite
        .page(format!("Synthèse de l’{}", texte::minuscule_initiale(&titre(&arrete))))
        .surtitre(format!("Région {}", region(&arrete.region)))
        .chapeau(format!(
            "En vigueur à partir du {}. Population et bassins de vie ou cantons-ou-villes (BVCV), calculés à partir du fichier importé.",
            texte::date_fr(arrete.date_effet)
        ))
        .ariane("Arrêtés", "/arretes")
        .ariane(titre(&arrete), format!("/arretes/{id}"))
        .rubrique("/arretes")
        .largeur(Largeur::Pleine);
    let vue = SynthesePage {
        page,
        vide: bassins.is_empty().then(|| {
            Vide::new(
                "Rien à additionner",
                "Cet arrêté ne classe aucun bassin : importez les communes, puis l’arrêté.",
            )
        }),
        categories: par_categorie(&calcule, publiee, &categories, &nationales),
        entetes: categories.iter().map(|c| c.libelle()).collect(),
        departements: par_departement(&calcule, table.as_ref(), &categories),
        deplacements: deplacements(deplaces.as_ref())
            .iter()
            .map(|d| texte::majuscule_initiale(d) + ".")
            .collect(),
        explications: publiee.map_or_else(
            || sans_publication(&rattachees, &ailleurs),
            |p| expliquer(&calcule, p, &categories, &rattachees, &ailleurs),
        ),
        publiee,
    };
    visite.rendre(&vue)
}

/// The categories of the regime of the arrêté: those that hold something, or that the published table names.
fn retenues(calcule: &Synthese, publiee: Option<&Publiee>) -> Vec<Categorie> {
    let nommees: Vec<Categorie> = publiee
        .map(|p| p.totaux().into_iter().map(|(c, _)| c).collect())
        .unwrap_or_default();
    Categorie::TOUS
        .iter()
        .copied()
        .filter(|c| calcule.contient(*c) || nommees.contains(c))
        .collect()
}

/// ZON-7: the national share of population of each category, where the parameters give one.
fn parts_nationales(
    visite: &Visite,
    categories: &[Categorie],
    jour: chrono::NaiveDate,
) -> Result<Vec<Option<i64>>, WebError> {
    let reglement = &visite.etat.reglement();
    categories
        .iter()
        .map(|c| {
            let cle = format!("zonage.part.{}", c.as_str());
            if reglement.historique(&cle).is_empty() {
                return Ok(None);
            }
            reglement
                .entier(&cle, jour)
                .map(Some)
                .map_err(WebError::interne)
        })
        .collect()
}

fn case(titre: &str, calcule: i64, publie: Option<i64>) -> Case {
    Case {
        titre: titre.to_owned(),
        calcule: nombre(calcule),
        publie: publie.map(nombre),
        ecart: publie.map(|p| match calcule - p {
            0 => "égal".to_owned(),
            n if n > 0 => format!("+{}", nombre(n)),
            n => nombre(n),
        }),
    }
}

fn par_categorie(
    calcule: &Synthese,
    publiee: Option<&Publiee>,
    categories: &[Categorie],
    nationales: &[Option<i64>],
) -> Vec<Ligne> {
    let totaux = publiee.map(Publiee::totaux);
    let publie = |c: Categorie| {
        totaux.as_ref().map(|t| {
            t.iter()
                .find(|(k, _)| *k == c)
                .map_or(Poids::default(), |(_, p)| *p)
        })
    };
    let total = calcule.total();
    let mut lignes: Vec<Ligne> = categories
        .iter()
        .zip(nationales)
        .map(|(c, nationale)| {
            let (poids, publie) = (calcule.categorie(*c), publie(*c));
            let part = pour_cent(poids.population, total.population);
            Ligne {
                nom: c.libelle().to_owned(),
                forte: false,
                population: case("Population", poids.population, publie.map(|p| p.population)),
                part: match nationale {
                    Some(n) => format!("{part} (méthode nationale : {n} %)"),
                    None => part,
                },
                bassins: case("BVCV", poids.bassins, publie.map(|p| p.bassins)),
            }
        })
        .collect();
    let publie = totaux.as_ref().map(|t| {
        let mut somme = Poids::default();
        for (_, p) in t {
            somme.population += p.population;
            somme.bassins += p.bassins;
        }
        somme
    });
    lignes.push(Ligne {
        nom: "Ensemble".to_owned(),
        forte: true,
        population: case("Population", total.population, publie.map(|p| p.population)),
        part: String::new(),
        bassins: case("BVCV", total.bassins, publie.map(|p| p.bassins)),
    });
    lignes
}

fn par_departement(
    calcule: &Synthese,
    table: Option<&Synthese>,
    categories: &[Categorie],
) -> Vec<Departement> {
    let cellule = |c: &Categorie, calcule: Poids, publie: Option<Poids>| {
        let ecrire = |p: Poids| {
            format!(
                "{} ({})",
                nombre(p.population),
                pluriel(p.bassins, "BVCV", "BVCV")
            )
        };
        Case {
            titre: c.libelle().to_owned(),
            calcule: ecrire(calcule),
            publie: publie.map(ecrire),
            ecart: publie.map(|p| {
                if p.bassins == calcule.bassins {
                    "même nombre de BVCV".to_owned()
                } else {
                    format!("{} BVCV d’écart", nombre(calcule.bassins - p.bassins))
                }
            }),
        }
    };
    calcule
        .departements()
        .into_iter()
        .map(|d| Departement {
            cases: categories
                .iter()
                .map(|c| cellule(c, calcule.case(&d, *c), table.map(|t| t.case(&d, *c))))
                .collect(),
            nom: d,
        })
        .collect()
}

fn somme(f: &[Frontaliers]) -> (i64, i64) {
    f.iter()
        .fold((0, 0), |(n, p), f| (n + f.communes, p + f.population))
}

fn rattachement(rattachees: &[Frontaliers]) -> Option<String> {
    let (n, population) = somme(rattachees);
    (n > 0).then(|| {
        let ou: Vec<String> = rattachees
            .iter()
            .map(|f| format!("{} dans le {}", nombre(f.communes), f.ou))
            .collect();
        format!(
            "{} d’autres régions ({} ; {} habitants) appartiennent à un BVCV de cette région : un BVCV est classé tout entier \
             par la région qui tient la plus grande part de sa population, elles sont donc comptées ici.",
            pluriel(n, "commune", "communes"),
            ou.join(", "),
            nombre(population)
        )
    })
}

fn exclusion(ailleurs: &[Frontaliers]) -> Option<String> {
    let (n, population) = somme(ailleurs);
    (n > 0).then(|| {
        let ou: Vec<String> = ailleurs
            .iter()
            .map(|f| format!("{}, région {}", f.ou, region(&f.region)))
            .collect();
        format!(
            "À l’inverse, {} de la région ({} habitants) relèvent d’un BVCV classé par une autre région ({}) : elles ne sont pas \
             comptées. Compter les BVCV qui touchent la région, au lieu de ceux qu’elle classe, en donnerait {} de plus.",
            pluriel(n, "commune", "communes"),
            nombre(population),
            ou.join(" ; "),
            nombre(i64::try_from(ailleurs.len()).unwrap_or(0))
        )
    })
}

fn sans_publication(rattachees: &[Frontaliers], ailleurs: &[Frontaliers]) -> Vec<String> {
    let mut phrases = vec![
        "Aucun chiffre publié n’est enregistré pour cet arrêté : seuls les chiffres calculés sont montrés.".to_owned(),
        POLE.to_owned(),
    ];
    phrases.extend(rattachement(rattachees));
    phrases.extend(exclusion(ailleurs));
    phrases
}

const POLE: &str = "Un BVCV à cheval sur plusieurs départements est compté tout entier dans celui de son pôle, que porte son code.";

/// What the differences come from, from the figures themselves.
fn expliquer(
    calcule: &Synthese,
    publiee: &Publiee,
    categories: &[Categorie],
    rattachees: &[Frontaliers],
    ailleurs: &[Frontaliers],
) -> Vec<String> {
    let table = publiee.table();
    let (ici, la) = (calcule.total(), table.total());
    let mut phrases = Vec::new();
    let differents: Vec<String> = calcule
        .departements()
        .iter()
        .flat_map(|d| categories.iter().map(move |c| (d.clone(), *c)))
        .filter(|(d, c)| calcule.case(d, *c).bassins != table.case(d, *c).bassins)
        .map(|(d, c)| format!("{d} {}", c.libelle()))
        .collect();
    if differents.is_empty() {
        phrases.push(
            "Les BVCV sont les mêmes, dans chaque catégorie et chaque département : le classement importé est celui de l’arrêté."
                .to_owned(),
        );
    } else {
        phrases.push(format!(
            "Le nombre de BVCV diffère ({}) : le fichier importé n’a pas le classement publié, ou pas les mêmes BVCV.",
            differents.join(" ; ")
        ));
    }
    phrases.push(POLE.to_owned());
    phrases.extend(rattachement(rattachees));
    phrases.extend(exclusion(ailleurs));
    let ecart = ici.population - la.population;
    if ecart != 0 && differents.is_empty() {
        let (_, recues) = somme(rattachees);
        let (_, laissees) = somme(ailleurs);
        let sens = |de: i64| if de > 0 { "+" } else { "" };
        phrases.push(format!(
            "Les populations diffèrent de {}{} habitants, soit {}. Ce que les données établissent : les BVCV étant les mêmes, l’écart ne vient              pas du classement, et les communes de part et d’autre de la frontière ({} habitants reçus, {} laissés) {} en rendre compte.",
            sens(ecart),
            nombre(ecart),
            pour_cent(ecart.abs(), la.population),
            nombre(recues),
            nombre(laissees),
            if recues.max(laissees) < ecart.abs() { "ne suffisent pas à" } else { "pourraient à elles seules" }
        ));
        let (plus, moins) = par_sens(calcule, &table);
        phrases.push(format!(
            "Une déduction, que rien ici ne prouve : l’arrêté et le fichier importé compteraient les habitants à deux dates. L’écart est positif              dans {} et négatif dans {}, comme le ferait un autre millésime de population ; mais ni le fichier ni la source              publiée ne disent le leur, et un seul est importé.",
            pluriel(plus, "département", "départements"),
            pluriel(moins, "département", "départements"),
        ));
    }
    phrases.extend(publiee.remarques.iter().cloned());
    phrases
}

/// In how many départements more, and fewer, inhabitants are counted than published.
fn par_sens(calcule: &Synthese, table: &Synthese) -> (i64, i64) {
    let ecarts = calcule.departements().into_iter().map(|d| {
        let total = |s: &Synthese| -> i64 {
            Categorie::TOUS
                .iter()
                .map(|c| s.case(&d, *c).population)
                .sum()
        };
        total(calcule) - total(table)
    });
    ecarts.fold((0, 0), |(plus, moins), ecart| {
        (plus + i64::from(ecart > 0), moins + i64::from(ecart < 0))
    })
}
