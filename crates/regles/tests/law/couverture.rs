//! Every rule of the rulebook has a row that it lets through and a row that it stops, or a reason not to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::tables::{self, Sens};

/// Every identifier of the rulebook.
const FAMILLES: [(&str, u32); 9] = [
    ("ZON", 10),
    ("REG", 19),
    ("DER", 4),
    ("ALT", 5),
    ("GEN", 2),
    ("PRO", 15),
    ("ECH", 5),
    ("EXP", 5),
    ("CTR", 13),
];

/// Rules that no evaluation decides, reviewed one by one: where they are proven, the test that they let through, the
/// test in which they stop something (some do both).
const PAR_UN_ESSAI: [(&str, &str, &str, &str); 38] = [
    (
        "ZON-3",
        "région d’attribution : import du zonage",
        "what_is_missing_is_named_never_guessed",
        "lines_of_the_neighbour_s_arrete_are_said_and_left_to_it",
    ),
    (
        "ZON-5",
        "arrêté échu : maintenu, et l’autre valeur dans parametres_locaux",
        "past_its_validity_an_arrete_applies_with_a_warning",
        "une_autre_valeur_change_la_reponse",
    ),
    (
        "ZON-7",
        "parts de population : import du zonage",
        "what_the_ars_moved_is_weighed_against_the_limit",
        "what_the_ars_moved_is_weighed_against_the_limit",
    ),
    (
        "ZON-8",
        "table publiée de PACA : sur les données importées",
        "zon_8_la_table_de_paca_se_retrouve_dans_les_donnees_importees",
        "zon_8_les_chiffres_publies_s_additionnent",
    ),
    (
        "ZON-9",
        "profession d’un arrêté : dans la base",
        "the_database_itself_refuses_an_overlap",
        "the_database_itself_refuses_an_overlap",
    ),
    (
        "ZON-10",
        "changement de zonage",
        "zon_10_l_effet_d_un_changement_de_categorie",
        "zon_10_une_zone_qui_change_apres_la_proposition_arrete_la_signature",
    ),
    (
        "REG-7",
        "désignation par les ayants droit",
        "reg_7_les_ayants_droit_designent_par_un_lien_sur_preuve",
        "reg_7_les_ayants_droit_designent_par_un_lien_sur_preuve",
    ),
    (
        "REG-9",
        "six mois pour s’installer",
        "reg_9_une_installation_a_temps_s_enregistre_apres_le_terme",
        "reg_9_hors_delai_l_installation_est_refusee_et_la_place_se_rouvre",
    ),
    (
        "REG-11",
        "exercice à domicile : aucune exception",
        "reg_11_l_exercice_a_domicile_n_excepte_de_rien",
        "reg_11_l_exercice_a_domicile_n_excepte_de_rien",
    ),
    (
        "REG-12",
        "charte, appel, attribution",
        "reg_12_l_attribution_designe_et_la_demande_suit_son_chemin",
        "reg_12_un_gagnant_qui_ne_depose_rien_laisse_la_place_au_suivant",
    ),
    (
        "REG-13",
        "déménagement",
        "reg_13_un_demenagement_dans_la_zone_est_libre_et_en_sortir_est_un_depart",
        "reg_13_un_demenagement_dans_la_zone_est_libre_et_en_sortir_est_un_depart",
    ),
    (
        "REG-14",
        "grand livre",
        "reg_14_le_livre_tombe_juste_a_chaque_pas",
        "chaque_alteration_est_vue_sous_sa_regle",
    ),
    (
        "DER-2",
        "motifs",
        "der_2_un_motif_s_ajoute_a_deux_et_s_offre_a_partir_de_son_jour",
        "der_2_rien_de_retroactif_et_ce_qui_manque_est_dit",
    ),
    (
        "DER-3",
        "sans avis la condition est inconnue, jamais fausse ; un accord l’attend",
        "der_3_une_derogation_attend_l_avis_et_s_en_ecarter_se_motive",
        "der_3_une_derogation_attend_l_avis_et_s_en_ecarter_se_motive",
    ),
    (
        "DER-4",
        "suites d’une réduction d’activité",
        "der_4_l_accord_ouvre_deux_echeances_vues_des_trois",
        "der_4_un_agent_constate_la_fin_ou_le_renouvellement_avec_un_motif",
    ),
    (
        "PRO-1",
        "caisse du lieu d’exercice",
        "une_cessation_se_declare_a_la_caisse_de_la_commune",
        "pro_1_le_dossier_d_une_autre_caisse_n_existe_pas",
    ),
    (
        "PRO-2",
        "accusé de réception",
        "une_demande_se_depose_en_trois_etapes_et_donne_un_accuse_de_reception",
        "le_silence_de_deux_mois_vaut_rejet_et_donne_les_recours",
    ),
    (
        "PRO-3",
        "pièces manquantes",
        "pro_3_demander_des_pieces_suspend_la_decision_implicite",
        "pro_3_classer_sans_suite_attend_la_fin_du_delai",
    ),
    (
        "PRO-4",
        "délais, quorum, vote et carence ; les séances elles-mêmes dans le service",
        "pro_4_la_moitie_de_chaque_section_puis_la_parite",
        "pro_4_un_avis_n_est_repute_rendu_qu_au_terme_du_delai",
    ),
    (
        "PRO-6",
        "voies de recours",
        "pro_5_pro_6_un_refus_porte_ses_motifs_et_les_voies_de_recours",
        "pro_5_pro_6_un_refus_porte_ses_motifs_et_les_voies_de_recours",
    ),
    (
        "PRO-7",
        "décision implicite",
        "la_decision_implicite_est_rappelee_a_l_agent_30_15_7_et_2_jours_avant",
        "ni_le_silence_ni_les_pieces_manquantes_ne_decident_par_eux_memes",
    ),
    (
        "PRO-8",
        "notification",
        "pro_8_ouvrir_la_decision_la_notifie_une_fois",
        "personne_n_ouvre_la_decision_d_un_autre_ni_avant_qu_elle_soit_prise",
    ),
    (
        "PRO-10",
        "mention du calcul dans la lettre",
        "pro_5_pro_6_un_refus_porte_ses_motifs_et_les_voies_de_recours",
        "pro_6_les_motifs_et_les_recours_se_lisent_en_ouvrant_un_refus",
    ),
    (
        "PRO-9",
        "degrés de chaque voie, silence de la commission",
        "pro_9_chaque_voie_a_ses_degres_et_aucun_superieur_hierarchique",
        "pro_9_chaque_voie_a_ses_degres_et_aucun_superieur_hierarchique",
    ),
    (
        "PRO-12",
        "avis de la commission, une fois transmis",
        "pro_12_l_avis_se_lit_des_qu_il_est_transmis_un_classement_apres_la_decision",
        "pro_12_l_avis_se_lit_des_qu_il_est_transmis_un_classement_apres_la_decision",
    ),
    (
        "PRO-14",
        "pièces de santé",
        "pro_14_une_piece_de_sante_se_lit_par_son_auteur_et_le_praticien_conseil",
        "pro_14_une_piece_de_sante_se_lit_par_son_auteur_et_le_praticien_conseil",
    ),
    (
        "REG-17",
        "accord sous réserve",
        "reg_17_une_reserve_levee_prend_effet_une_reserve_defaillie_rend_la_place",
        "reg_17_une_reserve_levee_prend_effet_une_reserve_defaillie_rend_la_place",
    ),
    (
        "REG-19",
        "départ annulé, cabinet tenu après un décès",
        "reg_19_un_depart_s_annule_tant_qu_aucune_decision_n_en_depend",
        "reg_19_un_depart_s_annule_tant_qu_aucune_decision_n_en_depend",
    ),
    (
        "REG-18",
        "zone de plusieurs caisses : qui certifie, qui décide, ce que chacune voit",
        "reg_18_l_une_certifie_l_autre_decide_et_chacune_ne_voit_que_l_essentiel",
        "reg_18_l_une_certifie_l_autre_decide_et_chacune_ne_voit_que_l_essentiel",
    ),
    (
        "PRO-13",
        "représentant, demande sur papier, audition",
        "pro_13_un_representant_agit_sur_mandat_ecrit_et_qui_le_demande_est_entendu",
        "pro_13_un_representant_agit_sur_mandat_ecrit_et_qui_le_demande_est_entendu",
    ),
    (
        "PRO-15",
        "état trimestriel",
        "pro_15_l_etat_d_un_trimestre_compte_les_zones_regulees",
        "pro_15_l_etat_d_un_trimestre_compte_les_zones_regulees",
    ),
    (
        "GEN-1",
        "conditions générales",
        "gen_1_l_ordre_et_l_assurance_retiennent_l_accord_les_autres_se_montrent",
        "gen_1_l_ordre_et_l_assurance_retiennent_l_accord_les_autres_se_montrent",
    ),
    (
        "GEN-2",
        "date d’effet",
        "gen_2_ne_pas_commencer_avant_l_effet",
        "gen_2_ne_pas_commencer_avant_l_effet",
    ),
    (
        "EXP-4",
        "fondement de chaque étape",
        "exp_4_chaque_etape_a_un_fondement_et_aucun_site_n_en_est_un",
        "exp_4_chaque_etape_a_un_fondement_et_aucun_site_n_en_est_un",
    ),
    (
        "EXP-5",
        "conditions qui portent une réponse",
        "exp_5_un_accord_ne_montre_que_ce_qui_le_porte",
        "exp_5_un_accord_ne_montre_que_ce_qui_le_porte",
    ),
    (
        "EXP-1",
        "sur chaque ligne de chaque table",
        "toutes_les_lignes_des_tables",
        "un_fait_inconnu_n_est_jamais_plus_favorable",
    ),
    (
        "EXP-2",
        "conservation et rejeu",
        "une_decision_se_rejoue_sous_ses_parametres_apres_une_nouvelle_valeur",
        "la_demonstration_se_rejoue_sans_ecart",
    ),
    (
        "EXP-3",
        "deux valeurs le même jour se contredisent : le recueil entier est refusé",
        "une_valeur_approuvee_se_superpose_sans_trou_ni_recouvrement",
        "une_valeur_retroactive_ou_qui_ne_convient_pas_est_refusee",
    ),
];

/// Rules that no test proves on both sides, and the feature that each waits for: a list to shorten.
const ATTENDENT: [(&str, &str); 3] = [
    ("PRO-11", "la signature des contrats incitatifs"),
    ("CTR-5", "la signature des contrats incitatifs"),
    ("CTR-12", "le suivi des versements des contrats incitatifs"),
];

#[test]
fn chaque_regle_a_une_ligne_qui_passe_et_une_qui_echoue() {
    let mut vues: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for ligne in tables::lignes() {
        for (regle, sens) in ligne.articles {
            let vue = vues.entry(regle).or_default();
            match sens {
                Sens::Tient => vue.0 = true,
                Sens::NeTientPas => vue.1 = true,
                Sens::Inconnu => {}
            }
        }
    }
    let recueil: BTreeSet<String> = FAMILLES
        .iter()
        .flat_map(|(famille, n)| (1..=*n).map(move |i| format!("{famille}-{i}")))
        .collect();
    let ailleurs: BTreeMap<&str, &str> = PAR_UN_ESSAI
        .iter()
        .map(|(regle, ou, _, _)| (*regle, *ou))
        .chain(ATTENDENT)
        .collect();
    assert_eq!(ailleurs.len(), PAR_UN_ESSAI.len() + ATTENDENT.len());

    let inconnues: Vec<&String> = vues.keys().filter(|r| !recueil.contains(*r)).collect();
    assert!(inconnues.is_empty(), "absentes du recueil : {inconnues:?}");
    let sans_ligne: Vec<&String> = recueil
        .iter()
        .filter(|r| !ailleurs.contains_key(r.as_str()) && vues.get(*r) != Some(&(true, true)))
        .collect();
    assert!(
        sans_ligne.is_empty(),
        "sans ligne qui passe et ligne qui échoue : {sans_ligne:?}"
    );
    let superflues: Vec<&&str> = ailleurs
        .keys()
        .filter(|r| !recueil.contains(**r) || vues.get(**r) == Some(&(true, true)))
        .collect();
    assert!(superflues.is_empty(), "raison superflue : {superflues:?}");
}

/// Every source of the tests, as one text.
fn sources(dossier: &Path, texte: &mut String) {
    for entree in std::fs::read_dir(dossier).expect("a folder") {
        let chemin = entree.expect("an entry").path();
        if chemin.is_dir() {
            sources(&chemin, texte);
        } else if chemin.extension().is_some_and(|e| e == "rs") {
            texte.push_str(&std::fs::read_to_string(&chemin).expect("a source"));
        }
    }
}

#[test]
fn chaque_essai_cite_existe() {
    let mut texte = String::new();
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for dossier in ["tests", "src", "crates"] {
        sources(&racine.join(dossier), &mut texte);
    }
    for (regle, _, tient, ne_tient_pas) in PAR_UN_ESSAI {
        for essai in [tient, ne_tient_pas] {
            assert!(texte.contains(&format!("fn {essai}(")), "{regle} : {essai}");
        }
    }
}
