//! The fields of a project, as the form draws them.

use regles::demande::NatureDemande;
use regles::derogation;
use regles::texte;

use super::projet::Offre;
use crate::web::alternatives::Alternatives;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::Erreurs;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::Visite;

/// The fields of what the request rests on.
pub(super) fn fondement(offre: &Offre, saisie: &Saisie, erreurs: &Erreurs) -> Vec<Champ> {
    match offre.nature {
        NatureDemande::Succession => vec![
            Champ::radios(
                "designation",
                "À qui succédez-vous ?",
                offre
                    .designations
                    .iter()
                    .map(|d| {
                        Choix::new(
                            d.designation.id.to_string(),
                            format!("{}, à {}", d.cedant.nom_complet(), d.commune),
                        )
                        .aide(format!("Zone {}", texte::de(&d.bassin)))
                    })
                    .collect(),
            )
            .valeur(saisie.texte("designation"))
            .erreur(erreurs.de("designation")),
        ],
        NatureDemande::Derogation => [
            Champ::radios(
                "motif",
                "Quel motif invoquez-vous ?",
                offre
                    .motifs
                    .iter()
                    .map(|m| {
                        Choix::new(&m.code, &m.libelle).aide(format!(
                            "{}.{} À joindre : {}.",
                            derogation::famille(&m.famille),
                            m.precision
                                .as_ref()
                                .map_or_else(String::new, |p| format!(" {p}")),
                            texte::minuscule_initiale(&m.pieces)
                        ))
                    })
                    .collect(),
            )
            .valeur(saisie.texte("motif"))
            .erreur(erreurs.de("motif")),
            Champ::zone("expose", "Exposez votre situation", 6)
                .aide("Les faits, les dates, les personnes concernées. Ne donnez pas de détail médical : joignez un certificat.")
                .valeur(saisie.texte("expose"))
                .erreur(erreurs.de("expose")),
        ]
        .into_iter()
        .chain(reduction(offre, saisie, erreurs))
        .collect(),
        NatureDemande::HorsRegulation => Vec::new(),
    }
}

/// DER-4: what a ground that rests on the reduction of activity of a colleague asks; left empty for any other one.
fn reduction(offre: &Offre, saisie: &Saisie, erreurs: &Erreurs) -> Vec<Champ> {
    if offre.motifs.iter().all(|m| m.suivi.is_none()) {
        return Vec::new();
    }
    let si = "Seulement si vous invoquez la réduction d’activité d’un confrère.";
    vec![
        Champ::texte("etabli_rpps", "RPPS du confrère établi qui réduit son activité")
            .aide(format!("{si} Onze chiffres."))
            .facultatif()
            .valeur(saisie.texte("etabli_rpps"))
            .erreur(erreurs.de("etabli_rpps")),
        Champ::nombre("baisse", "Réduction de son activité")
            .aide(format!("{si} Par rapport à ses deux années précédentes."))
            .facultatif()
            .unite("%")
            .valeur(saisie.texte("baisse"))
            .erreur(erreurs.de("baisse")),
        Champ::date("debut", "Début de la réduction")
            .aide(si)
            .facultatif()
            .valeur(saisie.texte("debut"))
            .erreur(erreurs.de("debut")),
        Champ::nombre("duree_mois", "Durée de la réduction")
            .aide(format!(
                "{si} En la demandant, vous vous engagez à exercer avec ce confrère pour la même durée au moins (DER-4)."
            ))
            .facultatif()
            .unite("mois")
            .valeur(saisie.texte("duree_mois"))
            .erreur(erreurs.de("duree_mois")),
    ]
}

/// Where the applicant wants to practise; the commune has its own component.
pub(super) fn lieu(saisie: &Saisie, erreurs: &Erreurs) -> Vec<Champ> {
    vec![
        Champ::texte("adresse", "Adresse du lieu d’exercice")
            .aide("Numéro et rue. Si vous exercez seulement au domicile des patients, votre adresse professionnelle.")
            .taille(Taille::Long)
            .autocomplete("address-line1")
            .valeur(saisie.texte("adresse"))
            .erreur(erreurs.de("adresse")),
        oui_non(
            "deja_conventionne_zone",
            "Êtes-vous déjà conventionné en libéral dans cette zone ?",
            saisie,
            erreurs,
        ),
    ]
}

/// ALT: the general conditions.
pub(super) fn conditions(
    alternatives: &Alternatives,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> Vec<Champ> {
    let heures = |nom: &str, libelle: &str, aide: &str| {
        Champ::nombre(nom, libelle)
            .aide(aide)
            .facultatif()
            .unite("heures")
            .valeur(saisie.texte(nom))
            .erreur(erreurs.de(nom))
    };
    vec![
        Champ::nombre(
            "entree_formation",
            "Année d’entrée en formation de masso-kinésithérapie",
        )
        .aide(alternatives.qui())
        .valeur(saisie.texte("entree_formation"))
        .erreur(erreurs.de("entree_formation")),
        heures(
            "heures_etablissement",
            "Heures exercées en établissement de santé ou médico-social",
            "Comme masseur-kinésithérapeute, en France. Laissez vide si vous ne le savez pas.",
        ),
        heures(
            "heures_clinicat",
            "Heures de stage de clinicat",
            "En établissement, ou en zone sous-dotée ou très sous-dotée.",
        ),
        oui_non(
            "engagement_zone",
            &alternatives.engagement(),
            saisie,
            erreurs,
        )
        .facultatif(),
    ]
}

fn oui_non(nom: &str, libelle: &str, saisie: &Saisie, erreurs: &Erreurs) -> Champ {
    Champ::radios(
        nom,
        libelle,
        vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")],
    )
    .valeur(saisie.texte(nom))
    .erreur(erreurs.de(nom))
}

/// The declaration of an installation (REG-9).
pub(super) fn installation(
    visite: &Visite,
    version: i32,
    saisie: &Saisie,
    erreurs: &Erreurs,
) -> Vec<Champ> {
    vec![
        Champ::cache("version", version.to_string()),
        Champ::date("date_installation", "Date de votre installation")
            .valeur(saisie.texte("date_installation"))
            .erreur(erreurs.de("date_installation")),
        fichiers::champ(
            visite,
            "preuve",
            "Preuve de l’installation",
            "Bail, première facturation, attestation.",
            fichiers::presents(saisie, &["preuve"]),
            erreurs,
        ),
    ]
}
