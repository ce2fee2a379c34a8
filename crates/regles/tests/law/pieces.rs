//! PRO-3: the documents that a case calls for, why, and where each stands.

use chrono::NaiveDate;
use regles::derogation::motif;
use regles::generales::a_rappeler;
use regles::liste_pieces::{Attendue, EtatLigne, Manques, Recue, liste, suspend};
use regles::piece::{EtatPiece, NaturePiece as N};
use regles::pieces_requises::{Cas, Demarche, PieceRequise, requises};
use regles::reglement::Reglement;

fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).expect("a date")
}

fn demandees(cas: &Cas<'_>) -> Vec<PieceRequise> {
    let reglement = Reglement::embarque().expect("parameters");
    requises(&reglement, jour(2026, 1, 15), cas).expect("a list")
}

fn natures(cas: &Cas<'_>) -> Vec<N> {
    demandees(cas).into_iter().map(|p| p.nature).collect()
}

#[test]
fn chaque_demarche_appelle_ses_pieces_et_un_demenagement_aucune() {
    use Demarche as D;
    let commun = [N::Diplome, N::InscriptionOrdre];
    for (demarche, propres) in [
        (D::Succession, vec![N::ActeSuccession, N::JustificatifLocal]),
        (
            D::Derogation,
            vec![N::JustificatifDerogation, N::JustificatifLocal],
        ),
        (D::HorsRegulation, vec![N::JustificatifLocal]),
    ] {
        let cas = Cas {
            entree_formation: Some(2015),
            ..Cas::de(demarche)
        };
        let attendues: Vec<N> = commun.into_iter().chain(propres).collect();
        assert_eq!(natures(&cas), attendues, "{demarche:?}");
    }
    for (demarche, attendues) in [
        (D::Cessation, vec![N::JustificatifCessation, N::ReleveActes]),
        (D::AyantsDroit, vec![N::QualiteAyantDroit]),
        (D::Installation, vec![N::PreuveInstallation]),
        (D::Demenagement, vec![]),
    ] {
        assert_eq!(natures(&Cas::de(demarche)), attendues, "{demarche:?}");
    }
    let cessation = demandees(&Cas::de(D::Cessation));
    assert!(cessation[0].requise && !cessation[1].requise);
}

#[test]
fn pro_3_le_diplome_n_est_pas_demande_quand_le_rpps_le_donne() {
    use Demarche as D;
    for demarche in [D::Succession, D::Derogation, D::HorsRegulation] {
        let cas = |rpps_confirme| Cas {
            rpps_confirme,
            ..Cas::de(demarche)
        };
        let sans = demandees(&cas(false));
        let diplome = sans.iter().find(|p| p.nature == N::Diplome).expect("asked");
        assert!(
            diplome.indispensable && diplome.raison.contains("RPPS"),
            "{diplome:?}"
        );
        assert!(!natures(&cas(true)).contains(&N::Diplome), "{demarche:?}");
        assert_eq!(natures(&cas(true)).len() + 1, sans.len(), "nothing else");
    }
}

#[test]
fn alt_les_conditions_alternatives_appellent_ce_qui_les_prouve() {
    let cas = |entree, heures, engagement| Cas {
        entree_formation: entree,
        heures,
        engagement_zone: engagement,
        ..Cas::de(Demarche::HorsRegulation)
    };
    let alt = |cas: Cas<'_>| {
        demandees(&cas)
            .into_iter()
            .find(|p| matches!(p.nature, N::AttestationHeures | N::EngagementZone))
            .map(|p| (p.nature, p.requise))
    };
    let rien = [None, None];
    // Not subject; then subject on the first year itself.
    assert_eq!(alt(cas(Some(2022), rien, None)), None);
    let heures = Some((N::AttestationHeures, true));
    assert_eq!(alt(cas(Some(2023), rien, None)), heures);
    // 2 240 hours are enough, in one or two parts; one less and the commitment is what is shown.
    assert_eq!(alt(cas(Some(2024), [Some(2240), None], Some(true))), heures);
    assert_eq!(
        alt(cas(Some(2024), [Some(1240), Some(1000)], Some(true))),
        heures
    );
    assert_eq!(
        alt(cas(Some(2024), [Some(2239), None], Some(true))),
        Some((N::EngagementZone, true))
    );
    assert_eq!(
        alt(cas(Some(2024), [Some(2239), None], Some(false))),
        heures
    );
    // Unknown is not exempt: it is said, and asked of nobody.
    assert_eq!(
        alt(cas(None, rien, None)),
        Some((N::AttestationHeures, false))
    );
}

#[test]
fn chaque_piece_dit_pourquoi_avec_les_valeurs_du_jour_et_d_ou_cela_vient() {
    for demarche in Demarche::TOUS {
        for (entree, engagement) in [(None, None), (Some(2024), None), (Some(2024), Some(true))] {
            let cas = Cas {
                entree_formation: entree,
                engagement_zone: engagement,
                ..Cas::de(*demarche)
            };
            for p in demandees(&cas) {
                assert!(p.raison.ends_with('.') && !p.raison.contains('{'), "{p:?}");
                assert!(p.regle.contains('-') && !p.fondement.is_empty(), "{p:?}");
            }
        }
    }
    let heures = demandees(&Cas::de(Demarche::Succession))
        .pop()
        .expect("hours");
    assert!(
        heures.raison.contains("2023") && heures.raison.contains("2\u{202f}240"),
        "{heures:?}"
    );
}

#[test]
fn der_2_le_motif_invoque_dit_ses_propres_pieces_et_son_fondement() {
    let motif = motif("B-OFFRE").expect("grounds").expect("this ground");
    let cas = Cas {
        motif: Some(motif),
        ..Cas::de(Demarche::Derogation)
    };
    let preuve = demandees(&cas)
        .into_iter()
        .find(|p| p.nature == N::JustificatifDerogation)
        .expect("the proof of the ground");
    assert_eq!(
        preuve.precision.as_deref(),
        Some("Diplômes ou attestations de formation aux soins concernés")
    );
    assert_eq!(
        preuve.fondement,
        "convention nationale des masseurs-kinésithérapeutes, article 1.2.3"
    );
}

fn recue(id: i64, nature: N, etat: EtatPiece) -> Recue<'static> {
    Recue {
        id,
        nature,
        etat,
        motif: (etat == EtatPiece::Refusee).then_some("Illisible"),
        remplacee: false,
        sante: false,
    }
}

#[test]
fn chaque_ligne_a_un_etat_et_un_seul() {
    let cas = Cas {
        entree_formation: Some(2015),
        ..Cas::de(Demarche::Succession)
    };
    let attendue = Attendue {
        id: 7,
        nature: N::Identite,
        precision: Some("Recto et verso".to_owned()),
        limite: jour(2026, 2, 16),
    };
    let lignes = liste(
        demandees(&cas),
        std::slice::from_ref(&attendue),
        &[
            recue(1, N::Diplome, EtatPiece::Acceptee),
            recue(2, N::InscriptionOrdre, EtatPiece::Refusee),
            recue(3, N::JustificatifLocal, EtatPiece::Recue),
            recue(4, N::Autre, EtatPiece::Recue),
        ],
    );
    let etats: Vec<(N, EtatLigne)> = lignes.iter().map(|l| (l.nature, l.etat)).collect();
    assert_eq!(
        etats,
        [
            (N::Diplome, EtatLigne::Acceptee),
            (N::InscriptionOrdre, EtatLigne::Refusee),
            (N::ActeSuccession, EtatLigne::AFournir),
            (N::JustificatifLocal, EtatLigne::Recue),
            (N::Identite, EtatLigne::AFournir),
            (N::Autre, EtatLigne::Recue),
        ]
    );
    assert_eq!(lignes[1].motif.as_deref(), Some("Illisible"));
    assert_eq!(lignes[4].attendues, [attendue]);
    assert!(lignes[4].requise.is_none() && lignes[0].requise.is_some());
}

#[test]
fn pro_3_un_rappel_nomme_ce_qui_est_requis_ou_demande_et_rien_de_plus() {
    let cas = Cas::de(Demarche::Succession);
    let mut appelees = demandees(&cas);
    for piece in &mut appelees {
        piece.requise = piece.nature == N::ActeSuccession || piece.nature == N::InscriptionOrdre;
    }
    let attendue = Attendue {
        id: 7,
        nature: N::Autre,
        precision: Some("le bail signé".to_owned()),
        limite: jour(2026, 2, 16),
    };
    let refusees = [
        recue(1, N::InscriptionOrdre, EtatPiece::Refusee),
        recue(2, N::Identite, EtatPiece::Refusee),
    ];
    let dit = a_rappeler(&liste(appelees, &[attendue], &refusees));
    let nom = |nature: N| regles::texte::minuscule_initiale(nature.libelle());
    let mut attendu = vec![
        nom(N::InscriptionOrdre),
        nom(N::ActeSuccession),
        format!("{} (le bail signé)", nom(N::Autre)),
    ];
    let mut trie = dit.clone();
    trie.sort();
    attendu.sort();
    assert_eq!(
        trie, attendu,
        "neither what is only useful nor what nobody asked for"
    );
}

#[test]
fn une_piece_remplacee_ne_compte_plus_et_reste_dans_la_liste() {
    let mut ancienne = recue(1, N::Diplome, EtatPiece::Refusee);
    ancienne.remplacee = true;
    let nouvelle = recue(2, N::Diplome, EtatPiece::Recue);
    let ligne = &liste(Vec::new(), &[], &[ancienne, nouvelle])[0];
    assert_eq!(ligne.etat, EtatLigne::Recue);
    assert_eq!((&ligne.pieces, &ligne.remplacees), (&vec![2], &vec![1]));
    assert_eq!(ligne.motif, None);
}

#[test]
fn une_piece_redemandee_est_a_fournir_meme_si_une_autre_fut_acceptee() {
    let acceptee = recue(1, N::Diplome, EtatPiece::Acceptee);
    let attendue = |nature| Attendue {
        id: 1,
        nature,
        precision: None,
        limite: jour(2026, 2, 16),
    };
    let redemandee = &liste(Vec::new(), &[attendue(N::Diplome)], &[acceptee])[0];
    assert_eq!(redemandee.etat, EtatLigne::AFournir);
    let refusee = recue(1, N::Diplome, EtatPiece::Refusee);
    let redemandee = &liste(Vec::new(), &[attendue(N::Diplome)], &[refusee])[0];
    assert_eq!(redemandee.etat, EtatLigne::Refusee);
    assert_eq!(redemandee.motif.as_deref(), Some("Illisible"));
}

/// PRO-3: what is indispensable retains the file; what the caisse obtains by itself is no longer asked for.
#[test]
fn pro_3_ce_qui_est_indispensable_retient_le_dossier() {
    let reglement = Reglement::embarque().expect("parameters");
    let cas = Cas {
        entree_formation: Some(2015),
        ..Cas::de(Demarche::Succession)
    };
    let le = |jour| requises(&reglement, jour, &cas).expect("a list");
    let natures = |pieces: &[PieceRequise]| -> Vec<N> { pieces.iter().map(|p| p.nature).collect() };
    let (avant, apres) = (le(jour(2026, 11, 25)), le(jour(2026, 11, 26)));
    assert!(natures(&avant).contains(&N::InscriptionOrdre));
    assert_eq!(
        natures(&apres),
        [
            N::Diplome,
            N::ActeSuccession,
            N::JustificatifLocal,
            N::Assurance
        ]
    );
    let requise = |pieces: &[PieceRequise]| {
        pieces
            .iter()
            .find(|p| p.nature == N::JustificatifLocal)
            .map(|p| p.requise)
    };
    assert_eq!(
        (requise(&avant), requise(&apres)),
        (Some(true), Some(false))
    );

    let refusee = recue(1, N::ActeSuccession, EtatPiece::Refusee);
    let diplome = recue(2, N::Diplome, EtatPiece::Recue);
    let lignes = liste(apres, &[], &[refusee, diplome]);
    let manques = Manques {
        refusees: vec![N::ActeSuccession],
        utiles: vec![N::JustificatifLocal, N::Assurance],
        ..Manques::default()
    };
    assert_eq!(Manques::de(&lignes), manques);
    assert!(!manques.rien_d_indispensable());
    let acceptee = recue(1, N::ActeSuccession, EtatPiece::Acceptee);
    let local = recue(3, N::JustificatifLocal, EtatPiece::Acceptee);
    let assurance = recue(4, N::Assurance, EtatPiece::Recue);
    let toutes = [acceptee, diplome, local, assurance];
    let lignes = liste(le(jour(2026, 11, 26)), &[], &toutes);
    assert_eq!(Manques::de(&lignes), Manques::default());
    let lignes = liste(le(jour(2026, 11, 26)), &[], &[local, assurance]);
    let manques = Manques::de(&lignes);
    assert_eq!(manques.absentes, [N::Diplome, N::ActeSuccession]);
    assert!(manques.utiles.is_empty() && !manques.rien_d_indispensable());
}

/// CRPA L114-5-1: asking for what is indispensable suspends the silence, asking for anything else does not.
#[test]
fn pro_3_seul_l_indispensable_suspend_le_silence() {
    let reglement = Reglement::embarque().expect("parameters");
    let cas = Cas {
        entree_formation: Some(2015),
        ..Cas::de(Demarche::Succession)
    };
    let appelees = requises(&reglement, jour(2026, 11, 26), &cas).expect("a list");
    let lignes = liste(appelees, &[], &[]);
    for nature in N::TOUS {
        let indispensable = matches!(nature, N::Diplome | N::ActeSuccession);
        assert_eq!(
            suspend(&lignes, &[N::Assurance, *nature]),
            indispensable,
            "{nature}"
        );
    }
    assert!(!suspend(&lignes, &[]));
}

/// CRPA L113-12, L114-8: what the caisse obtains by itself is asked for by no step.
#[test]
fn pro_3_ce_que_la_caisse_tient_n_est_jamais_demande() {
    let tenues: Vec<N> = N::TOUS
        .iter()
        .copied()
        .filter(|n| n.tenue_par_la_caisse())
        .collect();
    assert_eq!(tenues, [N::ReleveActes, N::InscriptionOrdre]);
    let reglement = Reglement::embarque().expect("parameters");
    for demarche in Demarche::TOUS {
        let appelees =
            requises(&reglement, jour(2026, 11, 26), &Cas::de(*demarche)).expect("a list");
        assert!(
            appelees.iter().all(|p| !p.nature.tenue_par_la_caisse()),
            "{demarche}"
        );
        assert!(
            appelees.iter().all(|p| p.requise || !p.indispensable),
            "{demarche}"
        );
    }
}

/// PRO-14: an indispensable document that touches health keeps the file until the praticien-conseil concludes.
#[test]
fn pro_14_une_piece_de_sante_attend_sa_conclusion() {
    let reglement = Reglement::embarque().expect("parameters");
    let cas = Cas {
        entree_formation: Some(2015),
        ..Cas::de(Demarche::Derogation)
    };
    let appelees = || requises(&reglement, jour(2026, 11, 26), &cas).expect("a list");
    let piece = |id, etat, sante| Recue {
        sante,
        ..recue(id, N::JustificatifDerogation, etat)
    };
    let diplome = recue(9, N::Diplome, EtatPiece::Recue);
    let manques = |recues: &[Recue<'_>]| {
        let mut toutes = vec![diplome];
        toutes.extend_from_slice(recues);
        Manques::de(&liste(appelees(), &[], &toutes))
    };
    let attend = manques(&[piece(1, EtatPiece::Recue, true)]);
    assert_eq!(attend.a_conclure, [N::JustificatifDerogation]);
    assert!(!attend.rien_d_indispensable());
    // The same document without health waits for nobody.
    assert!(manques(&[piece(1, EtatPiece::Recue, false)]).rien_d_indispensable());
    assert!(manques(&[piece(1, EtatPiece::Acceptee, true)]).rien_d_indispensable());
    let refusee = manques(&[piece(1, EtatPiece::Refusee, true)]);
    assert_eq!(refusee.refusees, [N::JustificatifDerogation]);
    // Concluded once: what is added later does not keep the file again.
    let ajoutee = [
        piece(1, EtatPiece::Acceptee, true),
        piece(2, EtatPiece::Recue, true),
    ];
    assert!(manques(&ajoutee).rien_d_indispensable());
}

#[test]
fn pro_3_ce_qui_reste_a_fournir_suit_l_etat_de_la_demande() {
    use regles::demande::EtatDemande as E;
    use regles::liste_pieces::{d_un_depart, d_une_demande, non_recues};

    let appelees = |demarche| demandees(&Cas::de(demarche));
    let attendue = Attendue {
        id: 1,
        nature: N::Autre,
        precision: None,
        limite: jour(2026, 3, 12),
    };
    for etat in E::TOUS {
        let mut toutes = appelees(Demarche::Cessation);
        toutes.extend(appelees(Demarche::Installation));
        let lignes = d_une_demande(*etat, toutes, std::slice::from_ref(&attendue), &[]);
        let dues: Vec<N> = lignes
            .iter()
            .filter(|l| l.etat == EtatLigne::AFournir)
            .map(|l| l.nature)
            .collect();
        // Asked for while it is incomplete, called for until the decision, the proof of the installation after it.
        assert_eq!(dues.contains(&N::Autre), *etat == E::Incomplete, "{etat}");
        assert_eq!(
            dues.contains(&N::JustificatifCessation),
            etat.en_cours() && !etat.consomme(),
            "{etat}"
        );
        assert_eq!(
            dues.contains(&N::PreuveInstallation),
            etat.en_cours(),
            "{etat}"
        );
    }
    let depart = |ouvert| d_un_depart(ouvert, appelees(Demarche::Cessation), &[]);
    assert!(depart(true).iter().any(regles::liste_pieces::Ligne::manque));
    assert!(depart(false).is_empty());
    let manquent = non_recues(appelees(Demarche::Cessation), &[]);
    assert!(manquent.contains(&N::JustificatifCessation));
    let encore = non_recues(appelees(Demarche::Cessation), &[N::JustificatifCessation]);
    assert_eq!(encore.len() + 1, manquent.len());
}
