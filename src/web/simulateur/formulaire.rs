//! What the simulator asks. An answer that is not given is unknown, never false.

use std::str::FromStr;

use chrono::NaiveDate;
use regles::contrat::TypeContrat;
use regles::decimale::Decimale;
use regles::eligibilite::{ContratAnterieur, Exercice, FaitsEligibilite, Mode};
use regles::identifiants::Insee;
use regles::incitation::Profession;
use regles::simulation;
use regles::stage::FaitsStage;

use crate::web::kit::formulaire::Formulaire;
use crate::web::ui::Choix;

/// What a field that holds nothing says.
const NON_RENSEIGNE: &str = "non renseigné";

/// The unknown answer, first among those proposed.
const INCONNU: &str = "Je ne sais pas encore";

/// A quantity as it was typed, and as it is computed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantite {
    tapee: String,
    valeur: Decimale,
}

impl Quantite {
    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.tapee
    }

    /// To compute with.
    pub fn valeur(&self) -> Decimale {
        self.valeur
    }

    fn entre(texte: &str, max: i64, phrase: &str) -> Result<Quantite, String> {
        let nue: String = texte
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '%')
            .collect();
        let lue: Decimale = nue.parse().map_err(|_| phrase.to_owned())?;
        if lue.est_negative() || lue.comparer(max).is_gt() {
            return Err(phrase.to_owned());
        }
        Ok(Quantite {
            tapee: texte.trim().to_owned(),
            valeur: lue,
        })
    }
}

/// A share, from 0 to 100 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(Quantite);

impl Part {
    fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(texte: &str) -> Result<Part, String> {
        let phrase = "écrivez un pourcentage de 0 à 100, par exemple 80 ou 49,9.";
        Quantite::entre(texte, 100, phrase).map(Part)
    }
}

/// Months of a placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mois(Quantite);

impl Mois {
    fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for Mois {
    type Err = String;

    fn from_str(texte: &str) -> Result<Mois, String> {
        let phrase = "écrivez un nombre de mois de 0 à 60, par exemple 3 ou 1,5.";
        Quantite::entre(texte, 60, phrase).map(Mois)
    }
}

fn professions() -> Vec<Choix> {
    let choix = |p: &Profession| Choix::new(p.as_str(), p.libelle());
    Profession::TOUS.iter().map(choix).collect()
}

fn modes() -> Vec<Choix> {
    vec![
        Choix::new("", INCONNU),
        Choix::new("creation", "Je crée un cabinet"),
        Choix::new("reprise", "Je reprends un cabinet"),
        Choix::new("installation", "Je rejoins un cabinet existant"),
        Choix::new("maintien", "J’y exerce déjà"),
    ]
}

fn exercices() -> Vec<Choix> {
    vec![
        Choix::new("", INCONNU),
        Choix::new("seul", "Sans associé"),
        Choix::new("groupe", "En groupe"),
        Choix::new(
            "pluriprofessionnel",
            "Dans une structure pluriprofessionnelle",
        ),
        Choix::new("domicile", "Au domicile des patients seulement"),
    ]
}

/// Whether a contract was held before, and which.
fn contrats() -> Vec<Choix> {
    vec![
        Choix::new("", INCONNU),
        Choix::new(AUCUN, "Non, jamais"),
        Choix::new("caccmk", "Oui, un contrat de création (CACCMK)"),
        Choix::new("caimk", "Oui, un contrat d’installation (CAIMK)"),
        Choix::new("cammk", "Oui, un contrat de maintien (CAMMK)"),
        Choix::new("cimk", "Oui, un ancien contrat (CIMK)"),
    ]
}

const AUCUN: &str = "aucun";

/// The contract held before: none, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anterieur(Option<TypeContrat>);

impl Anterieur {
    fn as_str(&self) -> &'static str {
        self.0.map_or(AUCUN, TypeContrat::as_str)
    }
}

impl FromStr for Anterieur {
    type Err = String;

    fn from_str(code: &str) -> Result<Anterieur, String> {
        match code {
            AUCUN => Ok(Anterieur(None)),
            autre => autre.parse().map(|contrat| Anterieur(Some(contrat))),
        }
    }
}

fn oui_non() -> Vec<Choix> {
    vec![
        Choix::new("", INCONNU),
        Choix::new("oui", "Oui"),
        Choix::new("non", "Non"),
    ]
}

/// Where, and who.
#[derive(Formulaire)]
pub struct Lieu {
    #[champ(libelle = "Votre profession", liste, choix = professions, exigence = Libre)]
    pub profession: Option<Profession>,
    #[champ(
        libelle = "Commune où vous exercerez",
        aide = "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement."
    )]
    pub commune: Insee,
}

/// The project: how, and since when.
#[derive(Formulaire)]
pub struct Situation {
    #[champ(libelle = "Mon projet", liste, choix = modes, exigence = Libre)]
    mode: Option<Mode>,
    #[champ(libelle = "Début dans ce cabinet, passé ou prévu", dit = "Début", exigence = Libre, aide = "Par exemple 1er mars 2027.")]
    pub debut: Option<NaiveDate>,
    #[champ(libelle = "La personne qui cède cesse-t-elle toute activité ?", dit = "La personne qui cède cesse toute activité", liste, choix = oui_non,
            exigence = Si("si vous reprenez un cabinet"))]
    cede: Option<bool>,
    #[champ(libelle = "Collaboration ou assistanat dans la zone depuis le", dit = "Collaboration dans la zone depuis le", exigence = Si("si c’est votre cas"))]
    collaboration: Option<NaiveDate>,
    #[champ(libelle = "J’exerce", liste, choix = exercices, exigence = Libre)]
    exercice: Option<Exercice>,
    #[champ(libelle = "Une personne vous remplace-t-elle régulièrement ?", dit = "Remplacement régulier", liste, choix = oui_non,
            exigence = Si("si vous exercez sans associé ou au domicile"))]
    remplacement: Option<bool>,
    #[champ(libelle = "Avez-vous déjà signé un contrat incitatif ?", dit = "Contrat déjà signé", liste, choix = contrats, exigence = Libre)]
    contrat: Option<Anterieur>,
    #[champ(libelle = "Ce contrat a pris fin le", exigence = Si("si vous en avez signé un"))]
    contrat_fin: Option<NaiveDate>,
    #[champ(libelle = "Signature du contrat prévue le", dit = "Signature", exigence = Libre, aide = "Sans réponse : le jour du début, ou aujourd’hui.")]
    pub signature: Option<NaiveDate>,
}

/// The activity expected.
#[derive(Formulaire)]
pub struct Activite {
    #[champ(
        libelle = "Actes la première année",
        unite = "actes",
        bornes = (0, 100_000),
        exigence = Libre,
        taille = Mini
    )]
    actes_1: Option<i64>,
    #[champ(
        libelle = "Actes la deuxième année",
        unite = "actes",
        bornes = (0, 100_000),
        exigence = Libre,
        taille = Mini
    )]
    actes_2: Option<i64>,
    #[champ(
        libelle = "Actes chaque année ensuite",
        unite = "actes",
        bornes = (0, 100_000),
        exigence = Libre,
        taille = Mini
    )]
    actes_3: Option<i64>,
    #[champ(
        libelle = "Part de votre activité dans la zone",
        texte,
        unite = "%",
        exigence = Libre,
        taille = Mini
    )]
    part: Option<Part>,
    #[champ(libelle = "L’ARS majore-t-elle les contrats dans cette zone ?", dit = "Contrats majorés par l’ARS", liste, choix = oui_non, exigence = Libre,
            aide = "L’agence régionale de santé peut ajouter un cinquième du total dans certaines zones.")]
    modulation: Option<bool>,
}

/// The equipment (art. 4.9).
#[derive(Formulaire)]
pub struct Equipement {
    #[champ(libelle = "Logiciel certifié, compatible avec le dossier médical partagé (DMP)", dit = "Logiciel certifié compatible DMP", liste, choix = oui_non, exigence = Libre)]
    logiciel: Option<bool>,
    #[champ(libelle = "Version de SESAM-Vitale en vigueur", liste, choix = oui_non, exigence = Libre)]
    sesam: Option<bool>,
    #[champ(libelle = "Numérisation des pièces (SCOR)", liste, choix = oui_non, exigence = Libre)]
    scor: Option<bool>,
    #[champ(libelle = "Messagerie sécurisée de santé", liste, choix = oui_non, exigence = Libre)]
    messagerie: Option<bool>,
    #[champ(libelle = "Taux de télétransmission", texte, unite = "%", exigence = Libre, taille = Mini)]
    teletransmission: Option<Part>,
}

/// A trainee.
#[derive(Formulaire)]
pub struct Stagiaire {
    #[champ(libelle = "Durée du stage accueilli", texte, unite = "mois", exigence = Libre, taille = Mini,
            aide = "Une personne en quatrième ou cinquième année d’études. Laissez vide si vous n’en accueillez pas.")]
    stage_mois: Option<Mois>,
    #[champ(
        libelle = "Part du temps plein",
        texte,
        unite = "%",
        exigence = Libre,
        taille = Mini
    )]
    stage_part: Option<Part>,
}

impl Stagiaire {
    /// CTR-9: the placement, if one was told.
    pub fn faits(&self) -> Option<FaitsStage> {
        (self.stage_mois.is_some() || self.stage_part.is_some()).then(|| FaitsStage {
            mois: self.stage_mois.as_ref().map(|m| m.0.valeur()),
            quotite_pct: self.stage_part.as_ref().map(|p| p.0.valeur()),
            regime: None,
        })
    }
}

/// All that was answered.
pub struct Reponses {
    /// Where, and who.
    pub lieu: Lieu,
    /// The project.
    pub situation: Situation,
    /// The activity.
    pub activite: Activite,
    /// The equipment.
    pub equipement: Equipement,
    /// A trainee.
    pub stagiaire: Stagiaire,
}

impl Reponses {
    /// The day of the signature: the one that was said, or that of the start, or today for one that began.
    pub fn signature(&self, aujourd_hui: NaiveDate) -> NaiveDate {
        let debut = self.situation.debut.map(|debut| debut.max(aujourd_hui));
        self.situation.signature.or(debut).unwrap_or(aujourd_hui)
    }

    /// The project, as the rules know it. A contract that was already signed began by today.
    pub fn projet(&self, aujourd_hui: NaiveDate) -> simulation::Projet {
        let s = &self.situation;
        let (a, e) = (&self.activite, &self.equipement);
        let contrats = s.contrat.map(|anterieur| match anterieur.0 {
            None => Vec::new(),
            Some(contrat) => vec![ContratAnterieur {
                contrat: Some(contrat),
                debut: Some(
                    s.contrat_fin
                        .map_or(aujourd_hui, |fin| fin.min(aujourd_hui)),
                ),
                fin: s.contrat_fin,
            }],
        });
        simulation::Projet {
            candidat: FaitsEligibilite {
                mode: s.mode,
                cessation_totale_titulaire: s.cede,
                contrats,
                installation_le: s.debut,
                collaborateur_depuis: s.collaboration,
                exercice: s.exercice,
                remplacant_regulier: s.remplacement,
                logiciel_dmp: e.logiciel,
                sesam_vitale: e.sesam,
                scor: e.scor,
                teletransmission_pct: e.teletransmission.as_ref().map(|p| p.0.valeur()),
                messagerie_securisee: e.messagerie,
                ..FaitsEligibilite::default()
            },
            actes: [a.actes_1, a.actes_2, a.actes_3],
            part_zone_pct: a.part.as_ref().map(|p| p.0.valeur()),
            modulation: a.modulation,
        }
    }

    /// What was answered, in words, for the folded form.
    pub fn dites(&self) -> Vec<String> {
        let faits = [
            self.situation.dits(),
            self.activite.dits(),
            self.stagiaire.dits(),
        ];
        let dite = |(libelle, valeur): (String, String)| match libelle.as_str() {
            "Mon projet" | "J’exerce" => valeur,
            "Part de votre activité dans la zone" | "Part du temps plein" => {
                format!("{libelle} : {valeur} %")
            }
            _ => format!("{libelle} : {valeur}"),
        };
        let repondu = |(_, valeur): &(String, String)| valeur != NON_RENSEIGNE && valeur != INCONNU;
        faits
            .into_iter()
            .flatten()
            .filter(repondu)
            .map(dite)
            .collect()
    }
}
