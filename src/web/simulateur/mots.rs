//! What the simulator says of a contract, of its conditions, and of what would decide where a fact is unknown.

use chrono::{Datelike, NaiveDate};
use regles::contrat::TypeContrat;
use regles::eligibilite::Mode;
use regles::regle::{Constat, Etape};
use regles::texte;
use regles::zonage::Categorie;

use crate::web::ui::{Etat, Icone};

/// «Contrat de création de cabinet».
pub fn nom(contrat: TypeContrat) -> &'static str {
    match contrat {
        TypeContrat::Caccmk => "Contrat de création de cabinet",
        TypeContrat::Caimk => "Contrat d’installation en cabinet existant",
        TypeContrat::Cammk => "Contrat de maintien",
        TypeContrat::Cimk => "Ancien contrat incitatif",
    }
}

/// «je crée ou reprends un cabinet»: for whom it is.
pub fn pour_qui(contrat: TypeContrat) -> &'static str {
    match contrat {
        TypeContrat::Caccmk => "je crée ou reprends un cabinet",
        TypeContrat::Caimk => "je rejoins un cabinet",
        TypeContrat::Cammk => "j’y exerce déjà",
        TypeContrat::Cimk => "contrats signés autrefois",
    }
}

/// «vous créez ou reprenez un cabinet»: on what it depends.
pub fn si_vous(contrat: TypeContrat) -> &'static str {
    match contrat {
        TypeContrat::Caccmk => "vous créez ou reprenez un cabinet",
        TypeContrat::Caimk => "vous rejoignez un cabinet",
        TypeContrat::Cammk => "vous y exercez déjà",
        TypeContrat::Cimk => "vous en aviez signé un",
    }
}

/// «Première année».
pub fn rang(annee: i64) -> String {
    match annee {
        1 => "Première année".to_owned(),
        2 => "Deuxième année".to_owned(),
        3 => "Troisième année".to_owned(),
        4 => "Quatrième année".to_owned(),
        n => format!("{n}e année"),
    }
}

/// «mars 2027».
pub fn mois(jour: NaiveDate) -> String {
    let dite = texte::date_fr(jour);
    let sans_jour = dite.split_once(['\u{a0}', ' ']);
    sans_jour.map_or_else(
        || jour.year().to_string(),
        |(_, suite)| suite.replace('\u{a0}', " "),
    )
}

/// «quatre», as in «quatre versements».
pub fn compte(n: usize) -> String {
    let mots = ["un", "deux", "trois", "quatre", "cinq"];
    let mot = n.checked_sub(1).and_then(|rang| mots.get(rang));
    mot.map_or_else(|| n.to_string(), |mot| (*mot).to_owned())
}

/// The word, the colour and the icon of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// «Remplie».
    pub mot: &'static str,
    /// The suffix of the CSS class.
    pub classe: &'static str,
    /// Beside the word.
    pub icone: Icone,
}

impl Verdict {
    /// Of a condition.
    pub fn de(constat: Constat) -> Verdict {
        match constat {
            Constat::Rempli => Verdict::new("Remplie", Etat::Fait),
            Constat::NonRempli => Verdict {
                icone: Icone::Croix,
                ..Verdict::new("Non remplie", Etat::Retard)
            },
            Constat::Inconnu => Verdict::new("À vérifier", Etat::AFaire),
        }
    }

    /// Another word.
    pub fn new(mot: &'static str, etat: Etat) -> Verdict {
        Verdict {
            mot,
            classe: etat.classe(),
            icone: etat.icone(),
        }
    }
}

/// What a condition says of this project, and what decides where a fact is unknown.
pub fn condition(etape: &Etape, lieu: &str, mode: Option<Mode>) -> String {
    let libelle = etape.libelle.to_string();
    match (etape.fait.as_ref(), etape.constat) {
        ("categorie", constat) => zone(etape, constat, lieu),
        ("mode", Constat::Inconnu) => {
            "Dites si vous créez, reprenez ou rejoignez un cabinet, ou si vous y exercez déjà"
                .to_owned()
        }
        ("mode", _) => match mode {
            Some(Mode::Creation) => "Vous créez un cabinet".to_owned(),
            Some(Mode::Reprise) => "Vous reprenez un cabinet".to_owned(),
            Some(Mode::Installation) => "Vous rejoignez un cabinet existant".to_owned(),
            Some(Mode::Maintien) => "Vous y exercez déjà".to_owned(),
            None => libelle,
        },
        (fait, Constat::Inconnu) => match decide(fait) {
            Some(question) => format!("{libelle} : {question}"),
            None => libelle,
        },
        (fait, Constat::NonRempli) => manque(fait, &libelle),
        _ => libelle,
    }
}

/// A condition that does not hold, said as what is lacking.
fn manque(fait: &str, libelle: &str) -> String {
    match fait {
        "contrats" if libelle.starts_with("Aucun autre") => {
            "Un autre contrat incitatif est en cours le jour de la signature".to_owned()
        }
        "contrats" => "Le même contrat a déjà été signé".to_owned(),
        "cessation_totale_titulaire" => "La personne qui cède garde une activité".to_owned(),
        _ => format!("Il faut : {}", texte::minuscule_initiale(libelle)),
    }
}

fn zone(etape: &Etape, constat: Constat, lieu: &str) -> String {
    let categorie = etape
        .valeur
        .as_str()
        .and_then(|c| c.parse::<Categorie>().ok());
    let ouvrent: Vec<&str> = etape
        .attendu
        .split(" ou ")
        .filter_map(|c| c.parse().ok().map(Categorie::libelle))
        .collect();
    match (constat, categorie) {
        (Constat::Rempli, Some(c)) => format!("{lieu} est en zone {c}"),
        (Constat::NonRempli, Some(c)) => format!(
            "{lieu} est en zone {c} ; il faut une zone {}",
            ouvrent.join(" ou ")
        ),
        _ => format!(
            "Il faut une zone {} : la zone {} n’est pas connue",
            ouvrent.join(" ou "),
            texte::de(lieu)
        ),
    }
}

/// What settles a fact that is unknown.
fn decide(fait: &str) -> Option<&'static str> {
    Some(match fait {
        "cessation_totale_titulaire" => {
            "dites si vous reprenez un cabinet, et si la personne qui cède cesse toute activité"
        }
        "installation_le" => "dites depuis quand, ou pour quand",
        "exercice" => "dites comment vous exercez",
        "contrats" => "dites si vous en avez signé un, et jusqu’à quand",
        "logiciel_dmp" | "sesam_vitale" | "scor" | "messagerie_securisee" => {
            "à prouver à la caisse"
        }
        "teletransmission_pct" => "la caisse le constate",
        _ => return None,
    })
}

/// Whether a condition is one of the equipment, which are said together.
pub fn est_de_l_equipement(fait: &str) -> bool {
    matches!(
        fait,
        "logiciel_dmp" | "sesam_vitale" | "scor" | "messagerie_securisee" | "teletransmission_pct"
    )
}
