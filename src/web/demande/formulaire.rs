//! The form of a request: what each kind rests on, where, under which conditions; and what is filed once it is read.

use chrono::NaiveDate;
use regles::demande::NatureDemande;
use regles::derogation;
use regles::identifiants::{Insee, Rpps};
use regles::reduction::Reduction;
use regles::texte;

use super::Conditions;
use super::guichet::Guichet;
use super::offre::Offre;
use super::papier;
use crate::actions::demande::{Fondement, Projet};
use crate::actions::piece;
use crate::web::espace::fichiers;
use crate::web::kit::commune::Communes;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Fait, Formulaire};
use crate::web::saisie::Saisie;
use crate::web::ui::Choix;

/// REG-1: the designation that opens a succession.
#[derive(Formulaire)]
struct Succession {
    #[champ(
        libelle = "À qui succédez-vous ?",
        dit = "Vous succédez à",
        radios,
        manque = "Choisissez le confrère à qui vous succédez."
    )]
    designation: i64,
}

/// DER-2: the ground of a derogation.
#[derive(Formulaire)]
struct Derogation {
    #[champ(
        libelle = "Quel motif invoquez-vous ?",
        dit = "Motif",
        radios,
        manque = "Choisissez le motif de dérogation que vous invoquez."
    )]
    motif: String,
    #[champ(
        libelle = "Exposez votre situation",
        dit = "Exposé",
        zone = 6,
        aide = "Les faits, les dates, les personnes concernées. Ne donnez pas de détail médical : joignez un certificat.",
        manque = "Exposez votre situation : c’est sur ces éléments que la commission rend son avis."
    )]
    expose: String,
}

/// DER-4: what a ground that rests on the reduction of activity of a colleague asks; no other one shows it.
#[derive(Formulaire)]
struct ReductionDite {
    #[champ(
        libelle = "RPPS du confrère établi qui réduit son activité",
        dit = "Confrère établi (RPPS)",
        texte,
        aide = "Onze chiffres.",
        manque = "Indiquez le RPPS du confrère établi qui réduit son activité."
    )]
    etabli_rpps: Rpps,
    #[champ(
        libelle = "Réduction de son activité",
        unite = "%",
        aide = "Par rapport à ses deux années précédentes.",
        manque = "Indiquez de combien son activité baisse, en pour cent des deux années précédentes."
    )]
    baisse: i64,
    #[champ(
        libelle = "Début de la réduction",
        manque = "Indiquez le début de la réduction d’activité."
    )]
    debut: NaiveDate,
    #[champ(
        libelle = "Durée de la réduction",
        unite = "mois",
        aide = "En la demandant, vous vous engagez à exercer \
                    avec ce confrère pour la même durée au moins.",
        manque = "Indiquez la durée de la réduction, en mois."
    )]
    duree_mois: u32,
}

/// Where the applicant wants to practise.
#[derive(Formulaire)]
pub(super) struct Lieu {
    #[champ(
        libelle = "Commune où vous voulez exercer",
        aide = "Nom ou code postal. À Paris, Lyon et Marseille, précisez l’arrondissement."
    )]
    commune: Insee,
    #[champ(libelle = "Adresse du lieu d’exercice", taille = Long, autocomplete = "address-line1",
            aide = "Numéro et rue. Si vous exercez seulement au domicile des patients, votre adresse professionnelle.",
            manque = "Indiquez l’adresse où vous voulez exercer.")]
    adresse: String,
}

/// What a link to the form may say already: the designation, the place that it leaves.
pub(super) fn debut(designation: i64, insee: &str, adresse: &str) -> Saisie {
    Saisie::de([
        (Succession::DESIGNATION, designation.to_string().as_str()),
        (Lieu::COMMUNE, insee),
        (Lieu::ADRESSE, adresse),
    ])
}

/// The code of the ground that is invoked.
pub(super) fn motif(saisie: &Saisie) -> &str {
    saisie.texte(Derogation::MOTIF)
}

/// Reads the project; everything wrong is noted. Without what the form offers, whether the ground rests on a reduction
/// of activity, and whether the reduction is whole, is for who files it to find.
pub(super) fn lire(
    saisie: &Saisie,
    (guichet, nature): (&Guichet, NatureDemande),
    communes: &Communes,
    offre: Option<&Offre>,
) -> Result<Projet, Erreurs> {
    let mut erreurs = Erreurs::default();
    let demandeur = erreurs.prendre_de(guichet.demandeur(saisie, communes));
    let fondement = match nature {
        NatureDemande::Succession => {
            erreurs
                .prendre_de(Succession::lire(saisie))
                .map(|s| Fondement::Succession {
                    designation_id: s.designation,
                })
        }
        NatureDemande::Derogation => {
            let reduction = match offre.map(|o| o.suit_une_reduction(motif(saisie))) {
                Some(true) => erreurs.prendre_de(ReductionDite::lire(saisie)),
                Some(false) => None,
                None => Erreurs::default().prendre_de(ReductionDite::lire(saisie)),
            };
            let derogation = erreurs.prendre_de(Derogation::lire(saisie));
            derogation.map(|d| Fondement::Derogation {
                motif: d.motif,
                expose: d.expose,
                reduction: reduction.map(|r| Reduction {
                    rpps: r.etabli_rpps.as_str().to_owned(),
                    baisse: r.baisse,
                    debut: r.debut,
                    duree_mois: r.duree_mois,
                }),
            })
        }
        NatureDemande::HorsRegulation => Some(Fondement::HorsRegulation),
    };
    let lieu = erreurs.prendre_de(Lieu::lire_avec(saisie, communes));
    let conditions = erreurs.prendre_de(Conditions::lire(saisie));
    erreurs.reunir(Conditions::exiger(saisie));
    match (demandeur, fondement, lieu, conditions) {
        (Some(demandeur), Some(fondement), Some(lieu), Some(conditions))
            if !erreurs.presentes() =>
        {
            Ok(Projet {
                demandeur,
                fondement,
                insee: lieu.commune,
                adresse: lieu.adresse,
                conditions: conditions.into(),
                sante: fichiers::signalees(saisie, &piece::champs()),
            })
        }
        _ => Err(erreurs),
    }
}

/// The fields, part by part.
pub(super) struct Parties {
    papier: Champs,
    fondement: Champs,
    /// The ground was chosen: it is said above the fields that it asks for.
    motif_choisi: bool,
    reduction: Champs,
    lieu: Champs,
    conditions: Champs,
}

impl Parties {
    /// As they were filled, with what is wrong.
    pub(super) fn dessiner(
        guichet: &Guichet,
        offre: &Offre,
        saisie: &Saisie,
        communes: &Communes,
        erreurs: &Erreurs,
    ) -> Parties {
        let fondement = match offre.nature {
            NatureDemande::Succession => Succession::champs(saisie, erreurs)
                .regler(Succession::DESIGNATION, |c| c.choix(designations(offre))),
            NatureDemande::Derogation => Derogation::champs(saisie, erreurs)
                .regler(Derogation::MOTIF, |c| c.choix(motifs(offre))),
            NatureDemande::HorsRegulation => Champs::default(),
        };
        let motif = motif(saisie);
        let reduction = match offre.suit_une_reduction(motif) {
            true => ReductionDite::champs(saisie, erreurs),
            false => Champs::default(),
        };
        let mut lieu = Lieu::champs(saisie, erreurs).communes(communes);
        if offre.nature == NatureDemande::Succession {
            lieu = lieu.regler(Lieu::COMMUNE, |c| {
                c.aide("Elle doit être dans la même zone que le lieu quitté par votre confrère.")
            });
        }
        let papier = match guichet {
            Guichet::Espace { .. } => Champs::default(),
            Guichet::Caisse { .. } => papier::champs(saisie, communes, erreurs),
        };
        Parties {
            papier,
            fondement,
            motif_choisi: offre.motif(motif).is_some(),
            reduction,
            lieu,
            conditions: Conditions::demandees(&offre.alternatives, saisie, erreurs),
        }
    }

    /// All of them, in the order of the page.
    pub(super) fn ensemble(&self) -> Champs {
        Champs::ensemble([
            &self.papier,
            &self.fondement,
            &self.reduction,
            &self.lieu,
            &self.conditions,
        ])
    }

    /// As the second step shows them.
    pub(super) fn titrees(self) -> Vec<(&'static str, Champs)> {
        let fondement = match self.motif_choisi {
            true => self.fondement.regler(Derogation::MOTIF, |c| c.en_cache()),
            false => self.fondement,
        };
        let fondement = Champs::ensemble([&fondement, &self.reduction]);
        let mut titrees = match self.papier.a_remplir() {
            0 => vec![("", fondement)],
            _ => vec![
                ("La personne qui demande", self.papier),
                ("Ce qu’elle demande", fondement),
            ],
        };
        titrees.retain(|(titre, champs)| titre.is_empty() || champs.a_remplir() > 0);
        titrees.extend([
            ("Le lieu d’exercice", self.lieu),
            (
                "Vos conditions d’accès au conventionnement",
                self.conditions,
            ),
        ]);
        titrees
    }

    /// What was answered, as the third step shows it; `reduction`: whether the ground rests on one.
    pub(super) fn dits(&self, reduction: bool, lieu: [Fait; 2]) -> Vec<Fait> {
        let mut dits = self.papier.dits();
        dits.extend(self.fondement.dits());
        if reduction {
            dits.extend(self.reduction.dits());
        }
        dits.extend(lieu);
        dits.extend(self.conditions.dits());
        dits
    }
}

fn designations(offre: &Offre) -> Vec<Choix> {
    let designations = offre.designations.iter().map(|d| {
        let qui = format!("{}, à {}", d.cedant.nom_complet(), d.commune);
        Choix::new(d.designation.id.to_string(), qui).aide(format!("Zone {}", texte::de(&d.bassin)))
    });
    designations.collect()
}

/// The field of the ground, which is asked before the others: it says what is asked next.
pub(super) fn champ_du_motif(offre: &Offre, saisie: &Saisie, erreurs: &Erreurs) -> Champs {
    Derogation::champs(saisie, erreurs)
        .regler(Derogation::MOTIF, |c| c.choix(motifs(offre)))
        .seulement(|nom| nom == Derogation::MOTIF)
}

/// What is wrong when no ground is chosen.
pub(super) fn sans_motif() -> Erreurs {
    let manque = "Choisissez le motif de dérogation que vous invoquez.";
    Erreurs::de_un(Derogation::MOTIF, manque)
}

/// The form with this ground.
pub(super) fn avec_motif(saisie: &mut Saisie, motif: &str) {
    saisie.poser(Derogation::MOTIF, motif);
}

/// Whether a draft is of the same request as a link: the same kind, person and designation.
pub(super) fn est_de(
    brouillon: &Saisie,
    nature: NatureDemande,
    rpps: &Saisie,
    designation: Option<i64>,
) -> bool {
    let meme_designation = || {
        let dite = brouillon.option(Succession::DESIGNATION);
        match (designation, dite) {
            (Some(voulue), Some(dite)) => dite == voulue.to_string(),
            _ => true,
        }
    };
    brouillon.texte("nature") == nature.as_str()
        && papier::rpps(brouillon) == papier::rpps(rpps)
        && (nature != NatureDemande::Succession || meme_designation())
}

fn motifs(offre: &Offre) -> Vec<Choix> {
    let motifs = offre.motifs.iter().map(|m| {
        let precision = m.precision.as_ref();
        Choix::new(&m.code, &m.libelle).aide(format!(
            "{}.{} À joindre : {}.",
            derogation::famille(&m.famille),
            precision.map_or_else(String::new, |p| format!(" {p}")),
            texte::minuscule_initiale(&m.pieces)
        ))
    });
    motifs.collect()
}
