//! What is around the list: states, whose, the form of the other filters, those in use, columns, saved views.

use regles::appel::EtatAppel;
use regles::contestation::EtatRecours;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::EtatDepart;
use regles::dossier::NatureDossier;
use regles::droits::Role;
use regles::texte;

use super::adresse::{FILTRES, LIGNES, Quand, TOUS, sous};
use super::{Adresse, Lecture, Puce, VueLien, mots};
use crate::db::comptes::COMPTE_MAX;
use crate::web::page::Lien;
use crate::web::recours::mots as recours;
use crate::web::ui::{Champ, Choix, FiltreVue, Taille};

/// Counts by name, when they say something of what is shown.
pub type Comptes<'a> = Option<&'a Vec<(String, i64)>>;

/// A bounded count, in words.
pub fn compte(comptes: Comptes<'_>, cle: &str) -> Option<String> {
    let (_, nombre) = comptes?.iter().find(|(c, _)| c == cle)?;
    Some(if *nombre > COMPTE_MAX {
        format!("plus de {COMPTE_MAX}")
    } else {
        texte::nombre(*nombre)
    })
}

fn lien(adresse: &Adresse, champ: &'static str, valeur: Option<&str>, libelle: &str) -> FiltreVue {
    FiltreVue {
        libelle: libelle.to_owned(),
        url: adresse.avec(champ, valeur),
        compte: None,
        actif: adresse.get(champ) == valeur,
    }
}

/// The natures, as links.
pub fn natures(adresse: &Adresse, comptes: Comptes<'_>) -> Vec<FiltreVue> {
    let lien = |nature: Option<NatureDossier>, libelle: &str, cle: &str| FiltreVue {
        libelle: libelle.to_owned(),
        url: adresse.de_nature(nature).url(),
        compte: compte(comptes, cle),
        actif: adresse.nature() == nature,
    };
    let ordre = [
        NatureDossier::Demande,
        NatureDossier::Depart,
        NatureDossier::Appel,
        NatureDossier::Recours,
    ];
    let une = |n: NatureDossier| lien(Some(n), mots::au_pluriel(n), n.as_str());
    [lien(None, "Toutes", "toutes")]
        .into_iter()
        .chain(ordre.map(une))
        .collect()
}

/// The states of the nature shown, as links; of all natures, what is open and everything.
pub fn etats(adresse: &Adresse, comptes: Comptes<'_>) -> Vec<FiltreVue> {
    let Some(nature) = adresse.nature() else {
        return vec![
            FiltreVue {
                compte: compte(comptes, "toutes"),
                ..lien(adresse, "etat", None, "Ouverts")
            },
            lien(adresse, "etat", Some(TOUS), "Tous les états"),
        ];
    };
    let un = |etat: &str, libelle: &str| FiltreVue {
        compte: compte(comptes, etat),
        ..lien(adresse, "etat", Some(etat), libelle)
    };
    let mut filtres = vec![FiltreVue {
        compte: compte(comptes, nature.as_str()),
        ..lien(adresse, "etat", None, "Ouverts")
    }];
    match nature {
        NatureDossier::Demande => {
            let etats = EtatDemande::TOUS.iter();
            filtres
                .extend(etats.map(|e| un(e.as_str(), crate::web::dossiers::mots::au_pluriel(*e))));
        }
        NatureDossier::Depart => {
            let etats = EtatDepart::TOUS.iter();
            filtres.extend(etats.map(|e| un(e.as_str(), departs(*e))));
        }
        NatureDossier::Appel => {
            // A call that is open is one that waits: said already.
            let clos = [EtatAppel::Attribue, EtatAppel::SansSuite];
            filtres.extend(clos.map(|e| un(e.as_str(), appels(e))));
        }
        NatureDossier::Recours => {
            let etats = EtatRecours::TOUS.iter();
            filtres.extend(etats.map(|e| un(e.as_str(), recours::au_pluriel(*e))));
        }
    }
    filtres.push(lien(adresse, "etat", Some(TOUS), "Tous les états"));
    filtres
}

/// The state of several departures, for a filter.
fn departs(etat: EtatDepart) -> &'static str {
    match etat {
        EtatDepart::Declaree => "À confirmer",
        EtatDepart::Confirmee => "Confirmés",
        EtatDepart::Rejetee => "Rejetés",
        EtatDepart::Retiree => "Retirés",
    }
}

/// The state of several calls, for a filter.
fn appels(etat: EtatAppel) -> &'static str {
    match etat {
        EtatAppel::Ouvert => "Ouverts",
        EtatAppel::Attribue => "Attribués",
        EtatAppel::SansSuite => "Sans suite",
    }
}

/// Whose, as links.
pub fn suivis(adresse: &Adresse, comptes: Comptes<'_>, role: Role) -> Vec<FiltreVue> {
    let mut filtres = vec![lien(adresse, "suivi", None, "Tous")];
    if role.de_caisse() {
        filtres.push(FiltreVue {
            compte: compte(comptes, "moi"),
            ..lien(adresse, "suivi", Some("moi"), "À moi")
        });
    }
    filtres.push(FiltreVue {
        compte: compte(comptes, "personne"),
        ..lien(adresse, "suivi", Some("personne"), "À personne")
    });
    filtres.push(FiltreVue {
        compte: if adresse.get("suivi").is_none() {
            compte(comptes, "retard")
        } else {
            None
        },
        ..lien(
            adresse,
            "echeance",
            Some(Quand::Retard.as_str()),
            "En retard",
        )
    });
    filtres.push(lien(
        adresse,
        "messages",
        Some("non_lus"),
        "Messages non lus",
    ));
    filtres
}

/// The choices of a list, after the one that narrows nothing.
fn choix<'a>(tous: &str, options: impl Iterator<Item = (String, &'a str)>) -> Vec<Choix> {
    let mut choix = vec![Choix::new("", tous)];
    choix.extend(options.map(|(valeur, libelle)| Choix::new(valeur, libelle)));
    choix
}

/// The form of the other filters.
pub(super) fn champs(adresse: &Adresse, lecture: &Lecture) -> Vec<Champ> {
    let valeur = |champ| adresse.get(champ).unwrap_or_default().to_owned();
    let mut champs = vec![
        Champ::texte("q", "Nom, RPPS, numéro, commune, code postal").valeur(valeur("q")),
        Champ::liste(
            "echeance",
            "Échéance",
            choix(
                "Toutes",
                Quand::TOUS
                    .iter()
                    .map(|q| (q.as_str().to_owned(), q.libelle())),
            ),
        )
        .valeur(valeur("echeance")),
    ];
    if adresse.nature() == Some(NatureDossier::Demande) {
        let mut sortes = vec![Choix::new(NatureDossier::Demande.as_str(), "Toutes")];
        sortes.extend(
            NatureDemande::TOUS
                .iter()
                .map(|n| Choix::new(n.as_str(), n.libelle())),
        );
        champs.push(Champ::liste("nature", "Nature", sortes).valeur(valeur("nature")));
    }
    if !lecture.cadre.bassins.is_empty() {
        champs.push(
            Champ::liste(
                "bassin",
                "Zone",
                choix(
                    "Toutes",
                    lecture
                        .cadre
                        .bassins
                        .iter()
                        .map(|(code, nom)| (code.clone(), nom.as_str())),
                ),
            )
            .valeur(valeur("bassin")),
        );
    }
    let commune = Champ::texte("commune", "Commune ou code postal")
        .valeur(valeur("commune"))
        .erreur(lecture.communes.inconnue());
    champs.push(match lecture.communes.homonymes() {
        Some(homonymes) => commune.aide(homonymes),
        None => commune,
    });
    if !lecture.cadre.etiquettes.is_empty() {
        champs.push(
            Champ::liste(
                "etiquette",
                "Étiquette",
                choix(
                    "Toutes",
                    lecture
                        .cadre
                        .etiquettes
                        .iter()
                        .map(|e| (e.id.to_string(), e.nom.as_str())),
                ),
            )
            .valeur(valeur("etiquette")),
        );
    }
    if !lecture.cadre.agents.is_empty() {
        let mut options = vec![
            Choix::new("", "Tout le monde"),
            Choix::new("moi", "Moi"),
            Choix::new("personne", "Personne"),
        ];
        options.extend(
            lecture
                .cadre
                .agents
                .iter()
                .map(|a| Choix::new(a.id.to_string(), a.nom_complet())),
        );
        champs.push(Champ::liste("suivi", "Suivi par", options).valeur(valeur("suivi")));
    }
    champs
        .into_iter()
        .map(|c| c.libre().taille(Taille::Moyen))
        .collect()
}

/// The hidden fields of a form that keeps these parts of the address.
pub fn caches(adresse: &Adresse, noms: &[&str]) -> Vec<(String, String)> {
    noms.iter()
        .filter_map(|nom| Some(((*nom).to_owned(), adresse.get(nom)?.to_owned())))
        .collect()
}

/// The address of the list of this nature without any filter.
pub fn sans_filtre(adresse: &Adresse) -> String {
    let nature = adresse.nature().map(NatureDossier::as_str);
    FILTRES
        .iter()
        .fold(
            adresse.changee("apres", None).changee("vue", None),
            |a, c| a.changee(c, None),
        )
        .changee("nature", nature)
        .url()
}

/// The filters in use, each with the address without it.
pub(super) fn puces(adresse: &Adresse, lecture: &Lecture, moi: i64) -> Vec<Puce> {
    let puce = |champ: &'static str, libelle: String| Puce {
        libelle,
        sans: adresse.avec(champ, None),
    };
    let mut puces = Vec::new();
    if let Some(q) = adresse.get("q") {
        puces.push(puce("q", format!("« {q} »")));
    }
    if let Some(etat) = etats(adresse, None).into_iter().find(|e| e.actif)
        && adresse.get("etat").is_some()
    {
        puces.push(puce("etat", etat.libelle));
    }
    if let Some(suivi) = adresse.get("suivi") {
        let nom = match suivi {
            "moi" => "moi".to_owned(),
            "personne" => "personne".to_owned(),
            autre => match autre.parse::<i64>() {
                Ok(id) if id == moi => "moi".to_owned(),
                Ok(id) => lecture
                    .cadre
                    .agents
                    .iter()
                    .find(|a| a.id == id)
                    .map_or_else(|| "un compte fermé".to_owned(), |a| a.nom_complet()),
                Err(_) => "tout le monde".to_owned(),
            },
        };
        puces.push(puce("suivi", format!("Suivi par {nom}")));
    }
    if let Some(sorte) = adresse.sorte() {
        let demandes = Some(NatureDossier::Demande.as_str());
        puces.push(Puce {
            libelle: sorte.libelle().to_owned(),
            sans: adresse.avec("nature", demandes),
        });
    }
    if let Some(code) = adresse.get("bassin") {
        let nom = lecture
            .cadre
            .bassins
            .iter()
            .find(|(c, _)| c == code)
            .map_or(code, |(_, nom)| nom.as_str());
        puces.push(puce(
            "bassin",
            format!("Zone {de_nom}", de_nom = texte::de(nom)),
        ));
    }
    if let Some(saisie) = adresse.get("commune") {
        let nom = lecture.communes.nom().unwrap_or_else(|| saisie.to_owned());
        puces.push(puce("commune", format!("Commune : {nom}")));
    }
    if let Some(quand) = adresse.quand() {
        puces.push(puce(
            "echeance",
            format!("Échéance : {}", quand.libelle().to_lowercase()),
        ));
    }
    if adresse.get("messages").is_some() {
        puces.push(puce("messages", "Messages non lus".to_owned()));
    }
    if let Some(id) = adresse.etiquette() {
        let nom = lecture
            .cadre
            .etiquettes
            .iter()
            .find(|e| e.id == id)
            .map_or("inconnue", |e| e.nom.as_str());
        puces.push(puce("etiquette", format!("Étiquette : {nom}")));
    }
    puces
}

/// The saved views that this person sees.
pub(super) fn vues(adresse: &Adresse, lecture: &Lecture, moi: i64) -> Vec<VueLien> {
    let actuelle = adresse.filtre_seul();
    lecture
        .cadre
        .vues
        .iter()
        .map(|v| VueLien {
            libelle: if v.compte_id == moi {
                v.nom.clone()
            } else {
                format!(
                    "{} ({})",
                    v.nom,
                    texte::de(format!("{} {}", v.auteur.0, v.auteur.1))
                )
            },
            url: sous("/dossiers", &v.requete),
            actif: actuelle == Adresse::lire(&v.requete).filtre_seul(),
            supprimer: (v.compte_id == moi).then(|| format!("/dossiers/vues/{}/supprimer", v.id)),
        })
        .collect()
}

/// How many rows, as links.
pub fn tailles(adresse: &Adresse) -> Vec<FiltreVue> {
    LIGNES
        .iter()
        .map(|n| FiltreVue {
            libelle: n.to_string(),
            url: adresse.avec("lignes", Some(&n.to_string())),
            compte: None,
            actif: adresse.lignes() == *n,
        })
        .collect()
}

/// Where this list is downloaded.
pub fn exports(filtre: &str) -> Vec<Lien> {
    [
        ("CSV", "csv"),
        ("Excel (XLSX)", "xlsx"),
        ("LibreOffice (ODS)", "ods"),
    ]
    .into_iter()
    .map(|(libelle, format)| {
        Lien::new(libelle, sous(&format!("/dossiers/export.{format}"), filtre))
    })
    .collect()
}
