//! The keys the rules know: a file that carries another one, or lacks one, is refused at start.

use super::dates_fr;
use super::parametre::{Parametre, Unite, ValeurParametre};
use super::reglement::ReglementError;

/// What a key accepts: its unit, and its allowed codes for `Choix` and `Codes`.
#[derive(Debug, Clone, Copy)]
pub struct Cle {
    /// The key.
    pub cle: &'static str,
    /// The only unit its values may have.
    pub unite: Unite,
    /// The allowed codes, for `Choix` and `Codes`.
    pub permis: &'static [&'static str],
}

const fn c(cle: &'static str, unite: Unite) -> Cle {
    Cle {
        cle,
        unite,
        permis: &[],
    }
}

const fn choix(cle: &'static str, permis: &'static [&'static str]) -> Cle {
    Cle {
        cle,
        unite: Unite::Choix,
        permis,
    }
}

const fn codes(cle: &'static str, permis: &'static [&'static str]) -> Cle {
    Cle {
        cle,
        unite: Unite::Codes,
        permis,
    }
}

const CATEGORIES: &[&str] = &[
    "tres_sous_dotee",
    "sous_dotee",
    "intermediaire",
    "non_prioritaire",
    "tres_dotee_av5",
    "sur_dotee_av5",
];

/// Codes of reminders: months (`m`) or days (`j`) before, and the day after.
pub const RAPPELS: &[&str] = &[
    "12m", "6m", "3m", "1m", "60j", "30j", "15j", "10j", "7j", "5j", "3j", "2j", "1j", "depassee",
];

/// Reasons after which nothing is repaid (CTR-11).
const MOTIFS_LEGITIMES: &[&str] = &[
    "sante_proche",
    "mutation_conjoint",
    "situation_juridique",
    "incapacite",
    "detention",
    "deces",
    "force_majeure",
];

/// General conditions (GEN-1).
const CONDITIONS: &[&str] = &[
    "ordre",
    "assurance",
    "urssaf",
    "contrats",
    "carte_cps",
    "lieu",
];

/// Every key, in the order of the rulebook.
pub const CATALOGUE: &[Cle] = &[
    c("avenant7.effet", Unite::Date),
    c("zonage.duree_validite", Unite::Annees),
    choix("zonage.apres_echeance", &["maintenu", "sans_reponse"]),
    choix("zonage.date_de_reference", &["decision", "dossier_complet"]),
    c("zonage.part.tres_sous_dotee", Unite::Pourcent),
    c("zonage.part.sous_dotee", Unite::Pourcent),
    c("zonage.part.intermediaire", Unite::Pourcent),
    c("zonage.part.non_prioritaire", Unite::Pourcent),
    c("zonage.ajustement_max", Unite::PourMille),
    c("zonage.unite_urbaine_seuil", Unite::Personnes),
    codes("regulation.categories", CATEGORIES),
    c("place.seuil_actes", Unite::Actes),
    c("place.periode_actes", Unite::Mois),
    c("place.examen_sous_seuil", Unite::OuiNon),
    c("place.delai_designation", Unite::Annees),
    choix("place.sans_successeur", &["caduque", "charte"]),
    choix("reg.zone", &["bvcv"]),
    choix("acts.periode", &["12_mois_glissants", "annee_civile"]),
    c("acts.contestation", Unite::Jours),
    choix("av5.regles_place", &["comme_avenant7"]),
    c("deces.tenue_du_cabinet", Unite::Mois),
    c("deces.tenue_renouvelable", Unite::OuiNon),
    choix("place.depart_derogataire", &["n_ouvre_pas", "ouvre"]),
    choix("place.depart_anterieur_zonage", &["exclu", "compte"]),
    c("charte.delai_candidature", Unite::Mois),
    c("charte.delai_depot", Unite::Mois),
    c("designation.avant_cessation", Unite::OuiNon),
    c("designation.ayants_droit", Unite::OuiNon),
    c("designation.acceptation", Unite::OuiNon),
    choix("designation.modifiable_jusqu_a", &["decision", "depot"]),
    c("cessation.anticipation_max", Unite::Mois),
    c("cessation.anciennete_max", Unite::Annees),
    c("cessation.actes_max", Unite::Actes),
    c("demande.heures_max", Unite::Heures),
    c("demande.actes_max", Unite::Actes),
    c("demande.entree_formation_min", Unite::Millesime),
    c("installation.delai", Unite::Mois),
    choix("installation.hors_delai", &["caduque", "maintenue"]),
    choix("derogation.avis_cpd", &["obligatoire", "facultatif"]),
    c("der.red.plafond_pct", Unite::Pourcent),
    choix("der.red.reference", &["moyenne_2_ans"]),
    c("der.red.tolerance_pct", Unite::Pourcent),
    c("der.b.part_actes_specifiques_pct", Unite::Pourcent),
    c("derogation.red.duree", Unite::Annees),
    choix(
        "derogation.red.depart_engagement",
        &["notification", "debut_reduction"],
    ),
    c("alt.entree_en_formation_depuis", Unite::Millesime),
    c("alt.heures", Unite::Heures),
    c("alt.periode_heures", Unite::Annees),
    c("alt.engagement_actes", Unite::Actes),
    c("alt.engagement_duree", Unite::Annees),
    codes("alt.engagement_categories", CATEGORIES),
    choix("alt.cumul", &["prorata", "aucun"]),
    c("pieces.delai", Unite::Mois),
    c("accuse.delai", Unite::Jours),
    codes("gen.bloquantes", CONDITIONS),
    c("gen.declaration_urssaf", Unite::Jours),
    c("gen.contrats_ordre", Unite::Mois),
    c("cpd.delai_avis", Unite::Jours),
    choix("cpd.quorum", &["moitie_de_chaque_section", "aucun"]),
    choix("cpd.premier_partage", &["ajourne", "avis"]),
    c("cpd.delai_saisine", Unite::Jours),
    c("cpd.delai_convocation", Unite::Jours),
    c("cpd.nouvelle_reunion", Unite::Jours),
    c("cpd.second_vote", Unite::Mois),
    c("cpd.remede_carence", Unite::Mois),
    c("cpd.consultation_electronique", Unite::OuiNon),
    c("cpd.convocation_demandeur", Unite::Jours),
    c("decision.delai_apres_avis", Unite::Jours),
    c("cpn.delai_saisine", Unite::Jours),
    c("cpn.delai_reponse", Unite::Mois),
    c("cpd.membres_par_section", Unite::Personnes),
    choix("decision.ecart_avis", &["motiver", "saisir_cpn"]),
    c("decision.separation", Unite::OuiNon),
    c("silence.delai", Unite::Mois),
    choix("silence.effet", &["rejet", "acceptation"]),
    c("silence.report_jour_non_ouvrable", Unite::OuiNon),
    c("silence.delai_motifs", Unite::Mois),
    c("reserve.delai", Unite::Mois),
    c("reserve.report_jour_non_ouvrable", Unite::OuiNon),
    c("retrait.delai", Unite::Mois),
    c("retrait.contradictoire", Unite::Jours),
    c("recours.delai", Unite::Mois),
    choix("recours.voie", &["securite_sociale", "administrative"]),
    c("recours.delai_franc", Unite::OuiNon),
    c("recours.mention_sans_avocat", Unite::OuiNon),
    c("cra.delai_reponse", Unite::Mois),
    c("cra.delai_reexamen", Unite::Mois),
    c("notification.delai_ouverture", Unite::Jours),
    c("notification.preavis", Unite::Mois),
    c("cada.delai_saisine", Unite::Mois),
    c("lre.delai_acceptation", Unite::Jours),
    choix("lre.non_reclamee", &["non_notifiee", "jour_avis"]),
    c("brouillon.conservation", Unite::Mois),
    c("brouillon.conservation_envoi", Unite::Jours),
    c("brouillon.rappel", Unite::Jours),
    codes("rappels.designation_successeur", RAPPELS),
    codes("rappels.installation", RAPPELS),
    codes("rappels.reserve", RAPPELS),
    codes("rappels.reduction", RAPPELS),
    codes("rappels.charte", RAPPELS),
    codes("rappels.pieces", RAPPELS),
    codes("rappels.saisine_cpd", RAPPELS),
    codes("rappels.avis_cpd", RAPPELS),
    codes("rappels.decision_apres_avis", RAPPELS),
    codes("rappels.decision_implicite", RAPPELS),
    codes("rappels.reponse_cra", RAPPELS),
    codes("rappels.reexamen", RAPPELS),
    codes("rappels.motifs_silence", RAPPELS),
    codes("rappels.contestation_decompte", RAPPELS),
    codes("rappels.versement", RAPPELS),
    c("rappels.rapport_activite.premier", Unite::JourMois),
    c("rappels.rapport_activite.second", Unite::JourMois),
    codes("rappels.fin_contrat", RAPPELS),
    codes("rappels.fin_arrete", RAPPELS),
    c("contrat.caccmk.duree", Unite::Annees),
    c("contrat.caimk.duree", Unite::Annees),
    c("contrat.cammk.duree", Unite::Annees),
    c("contrat.cimk.duree", Unite::Annees),
    codes("contrat.caccmk.categories", CATEGORIES),
    codes("contrat.caimk.categories", CATEGORIES),
    codes("contrat.cammk.categories", CATEGORIES),
    codes("contrat.cimk.categories", CATEGORIES),
    c("contrat.caccmk.ouvert", Unite::OuiNon),
    c("contrat.caimk.ouvert", Unite::OuiNon),
    c("contrat.cammk.ouvert", Unite::OuiNon),
    c("contrat.cimk.ouvert", Unite::OuiNon),
    c("contrat.caccmk.versement.1", Unite::Centimes),
    c("contrat.caccmk.versement.2", Unite::Centimes),
    c("contrat.caccmk.versement.3", Unite::Centimes),
    c("contrat.caccmk.versement.4", Unite::Centimes),
    c("contrat.caccmk.versement.5", Unite::Centimes),
    c("contrat.caimk.versement.1", Unite::Centimes),
    c("contrat.caimk.versement.2", Unite::Centimes),
    c("contrat.caimk.versement.3", Unite::Centimes),
    c("contrat.caimk.versement.4", Unite::Centimes),
    c("contrat.caimk.versement.5", Unite::Centimes),
    c("contrat.cammk.versement", Unite::Centimes),
    c("contrat.cimk.equipement_max", Unite::Centimes),
    c("contrat.cimk.cotisations_annuelles", Unite::Centimes),
    c("contrat.actes.premiere_annee", Unite::Actes),
    c("contrat.actes.premiere_annee_plancher", Unite::Actes),
    c("contrat.actes.annees_suivantes", Unite::Actes),
    c("contrat.actes.annees_suivantes_plancher", Unite::Actes),
    c("contrat.part_zone_min", Unite::Pourcent),
    choix("contrat.part_zone_insuffisante", &["rien_du", "maintenu"]),
    c("contrat.modulation_taux", Unite::Pourcent),
    choix("contrat.modulation_repartition", &["proportionnelle"]),
    c("contrat.versement_avant", Unite::JourMois),
    choix("contrat.indu", &["compensation", "recouvrement"]),
    choix("contrat.effet", &["derniere_signature"]),
    c("contrat.meme_contrat_une_fois", Unite::OuiNon),
    c("contrat.teletransmission_min", Unite::Pourcent),
    c("contrat.zonage_nouveau_delai", Unite::Annees),
    c("ctr.observations", Unite::Jours),
    c("ctr.delai_avis", Unite::Jours),
    c("ctr.delai_decision", Unite::Jours),
    codes("ctr.motifs_legitimes", MOTIFS_LEGITIMES),
    c("ctr.deduction_caimk", Unite::OuiNon),
    choix("ctr.premiere_annee", &["douze_mois", "annee_civile"]),
    choix("ctr.anterieur", &["delai", "aucun"]),
    choix("indu.compensation", &["apres_delai"]),
    choix(
        "recours.voie.contrat",
        &["securite_sociale", "administrative"],
    ),
    choix("contrat.restitution", &["prorata_jours"]),
    choix("contrat.releve_fiscal", &["annuel"]),
    c("caccmk.installation_max", Unite::Annees),
    c("caccmk.collaborateur_max", Unite::Annees),
    choix(
        "caccmk.exercice_groupe_ou_remplacant",
        &["exige", "indicatif"],
    ),
    choix(
        "cammk.exercice_groupe_ou_remplacant",
        &["exige", "indicatif"],
    ),
    choix("caimk.exercice_groupe", &["exige", "indicatif"]),
    c("caimk.installation_max", Unite::Annees),
    c("cammk.renouvelable", Unite::OuiNon),
    c("stage.mensuel", Unite::Centimes),
];

/// The key as the catalogue knows it.
pub fn cle(nom: &str) -> Option<&'static Cle> {
    CATALOGUE.iter().find(|c| c.cle == nom)
}

/// Refuses an unknown key, another unit than the catalogue's, or a value that does not fit it.
///
/// # Errors
/// `CleInconnue` or `Invalide`.
pub fn valider(p: &Parametre) -> Result<(), ReglementError> {
    let connue = cle(&p.cle).ok_or_else(|| ReglementError::CleInconnue(p.cle.clone()))?;
    let invalide = |raison: String| ReglementError::Invalide {
        cle: p.cle.clone(),
        du: p.du,
        raison,
    };
    if p.unite != connue.unite {
        return Err(invalide(format!("l’unité attendue est {:?}", connue.unite)));
    }
    if p.source.trim().is_empty() || p.regle.trim().is_empty() || p.libelle.trim().is_empty() {
        return Err(invalide(
            "la règle, le libellé et la source sont obligatoires".to_owned(),
        ));
    }
    if p.au.is_some_and(|au| au < p.du) {
        return Err(invalide("la fin précède le début".to_owned()));
    }
    let permis = |code: &str| connue.permis.contains(&code);
    let convient = match (&p.valeur, p.unite) {
        (ValeurParametre::OuiNon(_), Unite::OuiNon) => true,
        (ValeurParametre::Texte(t), Unite::Choix) => permis(t),
        (ValeurParametre::Texte(t), Unite::Date) => dates_fr::lire_iso(t).is_ok(),
        // A leap year, so that every day of a year is accepted.
        (ValeurParametre::Texte(t), Unite::JourMois) => {
            dates_fr::lire_iso(&format!("2024-{t}")).is_ok()
        }
        (ValeurParametre::Liste(l), Unite::Codes) => {
            !l.is_empty() && l.iter().all(|code| permis(code))
        }
        (ValeurParametre::Entier(n), Unite::Pourcent) => (0..=100).contains(n),
        (ValeurParametre::Entier(n), Unite::PourMille) => (0..=1000).contains(n),
        (ValeurParametre::Entier(n), Unite::Millesime) => (1583..=9999).contains(n),
        (
            ValeurParametre::Entier(n),
            Unite::Actes
            | Unite::Heures
            | Unite::Jours
            | Unite::Mois
            | Unite::Annees
            | Unite::Centimes
            | Unite::Personnes,
        ) => (0..=1_000_000_000).contains(n),
        _ => false,
    };
    if convient {
        Ok(())
    } else {
        Err(invalide(format!(
            "la valeur « {} » ne convient pas",
            p.valeur
        )))
    }
}
