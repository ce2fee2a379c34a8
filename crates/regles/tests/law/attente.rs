//! Whose turn it is, as tables: the facts of a case, who must act, what for; then the words of each reader, and what comes
//! first on the home page of a practitioner.

use chrono::NaiveDate;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::attente::{
    self, Attente, Choix, FaitsAppel, FaitsDemande, FaitsDepart, FaitsDesignation, Fin,
    Installation, Nommes, Objet, Qui, Quoi, Vu, etapes, toutes,
};
use regles::demande::{EtatDemande as D, Sens};
use regles::depart::{Contestation, EtatDepart as C};
use regles::designation::EtatDesignation as S;
use regles::grand_livre::EtatPlace as P;
use regles::notification::Chemin;
use regles::piece::NaturePiece;
use regles::silence::EffetSilence;
use regles::silence::SilenceEchu;

fn jour(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

fn faits(etat: D) -> FaitsDemande {
    FaitsDemande {
        etat,
        notifiee: false,
        chemin: Chemin::PasEncore,
        installation: Installation::Attendue,
        demandees: 0,
        recues: 0,
        manquantes: 0,
        echeance: Some(jour("2027-03-12")),
        commission: None,
        silence: None,
        renvoyee: false,
    }
}

/// What a silence was worth, before and after it was asked about and answered.
fn silences() -> Vec<SilenceEchu> {
    let ne = |effet, demande_le, reponse_le| SilenceEchu {
        effet,
        le: jour("2027-02-26"),
        demande_le,
        reponse_le,
        recue_le: reponse_le,
    };
    let (demande, reponse) = (Some(jour("2027-03-01")), Some(jour("2027-03-02")));
    [EffetSilence::Rejet, EffetSilence::Acceptation]
        .into_iter()
        .flat_map(|e| {
            [
                ne(e, None, None),
                ne(e, demande, None),
                ne(e, demande, reponse),
            ]
        })
        .collect()
}

const fn verifier(redemandees: bool, manquantes: usize) -> Quoi {
    Quoi::VerifierPieces {
        redemandees,
        manquantes,
    }
}

const fn installer(preuve_refusee: bool) -> Quoi {
    Quoi::SInstaller { preuve_refusee }
}

/// A request: its state, whether it is notified, where its installation stands, documents asked for, received, lacking.
type LigneDemande = (D, bool, Installation, (i64, i64, usize), Qui, Quoi);

const DEMANDES: &[LigneDemande] = {
    use Installation::{Attendue, Declaree, PreuveRefusee};
    &[
        (
            D::Deposee,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Caisse,
            verifier(false, 0),
        ),
        (
            D::Deposee,
            false,
            Attendue,
            (0, 0, 2),
            Qui::Caisse,
            verifier(false, 2),
        ),
        (
            D::Deposee,
            false,
            Attendue,
            (2, 2, 0),
            Qui::Caisse,
            verifier(true, 0),
        ),
        (
            D::Incomplete,
            false,
            Attendue,
            (3, 1, 0),
            Qui::Demandeur,
            Quoi::EnvoyerPieces { restantes: 2 },
        ),
        (
            D::Complete,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Caisse,
            Quoi::ProposerDecision,
        ),
        (
            D::Proposee,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Signataire,
            Quoi::SignerDecision,
        ),
        (
            D::Accordee,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Caisse,
            Quoi::NotifierDecision(Sens::Accord, Chemin::PasEncore),
        ),
        // PRO-8: declared before the notification, the installation waits for it.
        (
            D::Accordee,
            false,
            Declaree,
            (0, 0, 0),
            Qui::Caisse,
            Quoi::NotifierDecision(Sens::Accord, Chemin::PasEncore),
        ),
        (
            D::Accordee,
            true,
            Attendue,
            (0, 0, 0),
            Qui::Demandeur,
            installer(false),
        ),
        (
            D::Accordee,
            true,
            Declaree,
            (0, 0, 0),
            Qui::Caisse,
            Quoi::VerifierInstallation,
        ),
        (
            D::Accordee,
            true,
            Installation::SousReserve,
            (0, 0, 0),
            Qui::Demandeur,
            Quoi::RemplirLaReserve,
        ),
        (
            D::Accordee,
            true,
            PreuveRefusee,
            (0, 0, 0),
            Qui::Demandeur,
            installer(true),
        ),
        (
            D::Refusee,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Caisse,
            Quoi::NotifierDecision(Sens::Refus, Chemin::PasEncore),
        ),
        (
            D::Refusee,
            true,
            Attendue,
            (0, 0, 0),
            Qui::Demandeur,
            Quoi::Contester,
        ),
        (
            D::Installee,
            true,
            Declaree,
            (0, 0, 0),
            Qui::Personne,
            Quoi::Rien(Fin::Demande(D::Installee)),
        ),
        (
            D::Caduque,
            true,
            Attendue,
            (0, 0, 0),
            Qui::Personne,
            Quoi::Rien(Fin::Demande(D::Caduque)),
        ),
        (
            D::Retiree,
            false,
            Attendue,
            (0, 0, 0),
            Qui::Personne,
            Quoi::Rien(Fin::Demande(D::Retiree)),
        ),
        (
            D::SansSuite,
            false,
            Attendue,
            (1, 0, 0),
            Qui::Personne,
            Quoi::Rien(Fin::Demande(D::SansSuite)),
        ),
    ]
};

#[test]
fn chaque_demande_dit_a_qui_d_agir() {
    for etat in D::TOUS {
        assert!(DEMANDES.iter().any(|l| l.0 == *etat), "{etat}: no line");
    }
    for &(etat, notifiee, installation, (demandees, recues, manquantes), qui, quoi) in DEMANDES {
        let lue = attente::demande(&FaitsDemande {
            notifiee,
            installation,
            demandees,
            recues,
            manquantes,
            ..faits(etat)
        });
        assert_eq!((lue.qui, lue.quoi), (qui, quoi), "{etat}");
        assert_eq!(lue.avant, Some(jour("2027-03-12")));
        // Nobody acts on what is closed, and somebody on everything else; a refusal is no case of the queue.
        assert_eq!(
            qui == Qui::Personne,
            !etat.en_cours() && etat != D::Refusee,
            "{etat}"
        );
    }
}

/// A departure: its state, its place, its designation; who must act, for what.
type LigneDepart = (C, Option<P>, Option<S>, Qui, Quoi);

const DEPARTS: &[LigneDepart] = &[
    (
        C::Declaree,
        None,
        None,
        Qui::Caisse,
        Quoi::RepondreAuDepart { manquantes: 0 },
    ),
    (
        C::Rejetee,
        None,
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Depart(C::Rejetee)),
    ),
    (
        C::Retiree,
        None,
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Depart(C::Retiree)),
    ),
    (
        C::Confirmee,
        None,
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Depart(C::Confirmee)),
    ),
    (
        C::Confirmee,
        Some(P::AExaminer),
        None,
        Qui::Caisse,
        Quoi::SaisirSurLaPlace,
    ),
    (
        C::Confirmee,
        Some(P::NonTransmissible),
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Place(P::NonTransmissible)),
    ),
    (
        C::Confirmee,
        Some(P::Ouverte),
        None,
        Qui::Cedant,
        Quoi::Designer,
    ),
    (
        C::Confirmee,
        Some(P::Ouverte),
        Some(S::EnAttente),
        Qui::Designe,
        Quoi::RepondreALaDesignation,
    ),
    (
        C::Confirmee,
        Some(P::Ouverte),
        Some(S::Acceptee),
        Qui::Successeur,
        Quoi::DeposerDemande,
    ),
    (
        C::Confirmee,
        Some(P::Ouverte),
        Some(S::Declinee),
        Qui::Cedant,
        Quoi::Designer,
    ),
    (
        C::Confirmee,
        Some(P::Reservee),
        Some(S::Acceptee),
        Qui::Successeur,
        // PRO-8: the same as before the grant.
        Quoi::DeposerDemande,
    ),
    (
        C::Confirmee,
        Some(P::Pourvue),
        Some(S::Acceptee),
        Qui::Personne,
        Quoi::Rien(Fin::Place(P::Pourvue)),
    ),
    (
        C::Confirmee,
        Some(P::AAttribuer),
        None,
        Qui::Caisse,
        Quoi::AttribuerParCharte,
    ),
    (
        C::Confirmee,
        Some(P::Caduque),
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Place(P::Caduque)),
    ),
    (
        C::Confirmee,
        Some(P::Annulee),
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Place(P::Annulee)),
    ),
    (
        C::Confirmee,
        Some(P::SansObjet),
        None,
        Qui::Personne,
        Quoi::Rien(Fin::Place(P::SansObjet)),
    ),
];

fn un_depart(etat: C, place: Option<P>, designation: Option<S>) -> Attente {
    attente::depart(&FaitsDepart {
        etat,
        place,
        designation,
        deposee: false,
        manquantes: 0,
        limite: Some(jour("2027-03-12")),
        contestation: None,
        avis: None,
    })
}

#[test]
fn reg_3_sous_le_seuil_qui_part_verifie_puis_la_caisse_repond_puis_la_commission_se_prononce() {
    let terme = jour("2027-01-20");
    let lue = |contestation, avis| {
        let lue = attente::depart(&FaitsDepart {
            etat: C::Confirmee,
            place: Some(P::AExaminer),
            designation: None,
            deposee: false,
            manquantes: 0,
            limite: None,
            contestation: Some(contestation),
            avis,
        });
        (lue.qui, lue.quoi, lue.avant)
    };
    assert_eq!(
        lue(Contestation::Ouverte(terme), None),
        (Qui::Cedant, Quoi::VerifierDecompte, Some(terme))
    );
    assert_eq!(
        lue(Contestation::ARepondre, None),
        (Qui::Caisse, Quoi::RepondreALaContestation, None)
    );
    for close in [Contestation::Close, Contestation::ACommuniquer] {
        assert_eq!(
            lue(close, None),
            (Qui::Caisse, Quoi::SaisirSurLaPlace, None)
        );
        assert_eq!(
            lue(close, Some(terme)),
            (Qui::Commission, Quoi::RendreAvis, Some(terme))
        );
    }
}

#[test]
fn la_caisse_lit_le_successeur_sa_demande_et_l_accord() {
    let faits = |place, deposee| FaitsDepart {
        etat: C::Confirmee,
        place: Some(place),
        designation: Some(S::Acceptee),
        deposee,
        manquantes: 0,
        limite: Some(jour("2027-03-12")),
        contestation: None,
        avis: None,
    };
    let deposee = attente::depart_pour_la_caisse(&faits(P::Ouverte, true));
    assert_eq!(
        (deposee.qui, deposee.quoi),
        (Qui::Caisse, Quoi::DeciderSurLaDemande)
    );
    let accordee = faits(P::Reservee, true);
    let installation = Quoi::SInstaller {
        preuve_refusee: false,
    };
    assert_eq!(attente::depart_pour_la_caisse(&accordee).quoi, installation);
    // PRO-8: who leaves reads the same as before the grant.
    assert_eq!(attente::depart(&accordee).quoi, Quoi::DeposerDemande);
}

#[test]
fn chaque_depart_dit_a_qui_d_agir() {
    for place in P::TOUS {
        assert!(
            DEPARTS.iter().any(|l| l.1 == Some(*place)),
            "{place}: no line"
        );
    }
    for &(etat, place, designation, qui, quoi) in DEPARTS {
        let lue = un_depart(etat, place, designation);
        assert_eq!(
            (lue.qui, lue.quoi),
            (qui, quoi),
            "{etat} {place:?} {designation:?}"
        );
        // A place that waits is waited for by somebody; one that is reserved, by its successor (REG-2).
        if let Some(place) = place {
            let attendue = place.attend() || place == P::Reservee;
            assert_eq!(qui != Qui::Personne, attendue, "{place}");
        }
    }
}

#[test]
fn une_designation_attend_la_personne_tant_que_la_place_est_ouverte() {
    for etat in S::TOUS {
        for place in P::TOUS {
            for deposee in [false, true] {
                let lue = attente::designation(&FaitsDesignation {
                    etat: *etat,
                    place: *place,
                    deposee,
                    limite: None,
                });
                let attendu = match (etat, place, deposee) {
                    (S::EnAttente, P::Ouverte, _) => (Qui::Designe, Quoi::RepondreALaDesignation),
                    (S::Acceptee, P::Ouverte, false) => (Qui::Successeur, Quoi::DeposerDemande),
                    _ => (Qui::Personne, Quoi::Rien(Fin::Designation(*etat))),
                };
                assert_eq!((lue.qui, lue.quoi), attendu, "{etat} {place} {deposee}");
            }
        }
    }
}

#[test]
fn un_appel_passe_des_candidats_au_signataire() {
    let appel = |etat, recoit, en_lice, verifie, classe| {
        attente::appel(&FaitsAppel {
            etat,
            recoit,
            en_lice,
            verifie,
            classe,
            cloture: jour("2027-03-12"),
        })
    };
    let lignes = [
        (
            appel(EtatAppel::Ouvert, true, false, false, false),
            Qui::Candidats,
            Quoi::Candidater,
        ),
        (
            appel(EtatAppel::Ouvert, false, false, true, false),
            Qui::Caisse,
            Quoi::CloreAppel,
        ),
        (
            appel(EtatAppel::Ouvert, false, true, false, false),
            Qui::Caisse,
            Quoi::VerifierValeurs,
        ),
        (
            appel(EtatAppel::Ouvert, false, true, true, false),
            Qui::Commission,
            Quoi::Classer,
        ),
        (
            appel(EtatAppel::Ouvert, false, true, true, true),
            Qui::Signataire,
            Quoi::AttribuerPlace,
        ),
        (
            appel(EtatAppel::Attribue, false, true, true, true),
            Qui::Personne,
            Quoi::Rien(Fin::Appel(EtatAppel::Attribue)),
        ),
        (
            appel(EtatAppel::SansSuite, false, false, true, false),
            Qui::Personne,
            Quoi::Rien(Fin::Appel(EtatAppel::SansSuite)),
        ),
    ];
    for (lue, qui, quoi) in lignes {
        assert_eq!((lue.qui, lue.quoi), (qui, quoi));
    }
}

/// Everything that the tables lead to.
fn chaque_attente() -> Vec<Attente> {
    let mut toutes: Vec<Attente> = DEMANDES
        .iter()
        .map(
            |&(etat, notifiee, installation, (demandees, recues, manquantes), ..)| {
                attente::demande(&FaitsDemande {
                    notifiee,
                    installation,
                    demandees,
                    recues,
                    manquantes,
                    ..faits(etat)
                })
            },
        )
        .collect();
    toutes.extend(silences().into_iter().map(|silence| {
        attente::demande(&FaitsDemande {
            silence: Some(silence),
            ..faits(D::Complete)
        })
    }));
    toutes.extend(DEPARTS.iter().map(|l| un_depart(l.0, l.1, l.2)));
    toutes
}

#[test]
fn chaque_lecteur_lit_une_phrase_entiere() {
    let nommes = Nommes {
        personne: "Hélène Martin",
        ..Nommes::default()
    };
    let aujourd_hui = jour("2027-03-03");
    for a in chaque_attente() {
        let raison = attente::raison(&a, aujourd_hui);
        assert!(!raison.is_empty() && !raison.ends_with('.'), "{raison}");
        for dite in [
            attente::pour_l_agent(&a, &nommes, aujourd_hui),
            attente::pour_le_demandeur(&a, "CPAM du Rhône", aujourd_hui),
            attente::pour_le_cedant(&a, "CPAM du Rhône", "Ardon", None, aujourd_hui),
        ] {
            assert!(
                dite.phrase.ends_with('.') && !dite.tour.is_empty(),
                "{a:?}: {dite:?}"
            );
            assert!(
                !dite.phrase.contains("  ") && !dite.phrase.contains("()"),
                "{}",
                dite.phrase
            );
        }
    }
}

/// PRO-7: what silence was worth is said in place of what was awaited, until a decision takes its place.
#[test]
fn ce_que_le_silence_vaut_se_dit_jusqu_a_la_decision() {
    let aujourd_hui = jour("2027-03-13");
    for silence in silences() {
        for etat in D::TOUS {
            let a = attente::demande(&FaitsDemande {
                silence: Some(silence),
                ..faits(*etat)
            });
            let dite = attente::pour_le_demandeur(&a, "CPAM du Rhône", aujourd_hui).phrase;
            assert_eq!(
                dite.contains("considérée comme"),
                matches!(etat, D::Deposee | D::Incomplete | D::Complete | D::Proposee),
                "{etat}: {dite}"
            );
        }
    }
}

#[test]
fn la_file_dit_ce_qui_est_echu() {
    let (avant, apres) = (jour("2027-03-12"), jour("2027-03-13"));
    let pieces = attente::demande(&FaitsDemande {
        demandees: 2,
        recues: 1,
        ..faits(D::Incomplete)
    });
    assert_eq!(attente::raison(&pieces, avant), "Une pièce encore attendue");
    assert_eq!(
        attente::raison(&pieces, apres),
        "Délai des pièces écoulé, à classer ou à reprendre"
    );
    let installation = attente::demande(&FaitsDemande {
        notifiee: true,
        chemin: Chemin::PasEncore,
        ..faits(D::Accordee)
    });
    assert_eq!(
        attente::raison(&installation, avant),
        "Installation attendue"
    );
    assert_eq!(
        attente::raison(&installation, apres),
        "Délai d’installation écoulé"
    );
}

#[test]
fn l_accueil_dit_d_abord_ce_qui_est_attendu_de_la_personne() {
    let demande = |etat, notifiee| {
        attente::demande(&FaitsDemande {
            notifiee,
            ..faits(etat)
        })
    };
    let vu = |attente| Vu {
        objet: Objet::Demande {
            numero: "131-2027-000042",
            commune: "Ardon",
            installee_le: Some(jour("2026-09-01")),
        },
        attente,
        refusee: None,
        manquantes: &[],
        a_ouvrir: None,
    };
    let depart = |attente, confirmee| Vu {
        objet: Objet::Depart {
            commune: "Ardon",
            confirmee,
        },
        attente,
        refusee: None,
        manquantes: &[],
        a_ouvrir: None,
    };
    let aujourd_hui = jour("2027-03-03");
    let premiere = |vus: &[Vu<'_>], le| toutes(vus, le).into_iter().next();
    let lue = |vus: &[Vu<'_>]| premiere(vus, aujourd_hui);
    assert_eq!(lue(&[]), None);
    // What is hers to do comes before what others do, whatever the order in which it is read.
    let etudiee = vu(demande(D::Complete, false));
    let a_designer = depart(
        un_depart(C::Confirmee, Some(P::Ouverte), None),
        Some(aujourd_hui),
    );
    let (rang, choix, dite) = lue(&[etudiee, a_designer]).expect("two things");
    assert_eq!((rang, choix), (1, Choix::Designer));
    assert!(
        dite.phrase.starts_with(
            "Votre départ d’Ardon ouvre une place : désignez votre successeur au plus tard le vendredi 12"
        ),
        "{}",
        dite.phrase
    );
    assert_eq!(dite.tour, "Vous");
    // A document that was refused comes before one that lacks.
    let refusee = Vu {
        refusee: Some(NaturePiece::Diplome),
        manquantes: &[NaturePiece::Identite],
        ..vu(demande(D::Deposee, false))
    };
    assert_eq!(lue(&[refusee]).map(|l| l.1), Some(Choix::RemplacerPiece));
    let manque = Vu {
        manquantes: &[NaturePiece::Identite],
        ..vu(demande(D::Deposee, false))
    };
    assert_eq!(lue(&[manque]).map(|l| l.1), Some(Choix::CompleterDemande));
    // PRO-8: a decision that waits in the portal is hers to open; a letter is not.
    let decidee = vu(demande(D::Refusee, false));
    let (_, choix, dite) = lue(&[decidee]).expect("an answer");
    assert_eq!(
        (choix, dite.tour.as_str()),
        (Choix::AttendreLettre, "La caisse")
    );
    assert!(
        !choix.a_vous() && dite.phrase.contains("lettre recommandée"),
        "{}",
        dite.phrase
    );
    let a_ouvrir = Vu {
        a_ouvrir: Some(jour("2027-03-12")),
        ..decidee
    };
    let (_, choix, dite) = lue(&[a_ouvrir]).expect("an answer");
    assert_eq!((choix, dite.tour.as_str()), (Choix::OuvrirDecision, "Vous"));
    assert!(
        choix.a_vous() && dite.phrase.contains("12\u{a0}mars 2027 (inclus)"),
        "{}",
        dite.phrase
    );
    // PRO-6: a refusal is said as long as it may be contested; an installation, as long as she has not ceased since.
    let refus = vu(demande(D::Refusee, true));
    assert_eq!(lue(&[refus]).map(|l| l.1), Some(Choix::Contester));
    assert_eq!(premiere(&[refus], jour("2027-03-13")), None);
    let installee = vu(demande(D::Installee, true));
    assert_eq!(lue(&[installee]).map(|l| l.1), Some(Choix::Installee));
    let partie = depart(
        un_depart(C::Confirmee, None, None),
        Some(jour("2027-01-01")),
    );
    assert_eq!(lue(&[installee, partie]), None);
    for choix in [Choix::EnvoyerPieces, Choix::CompleterDepart] {
        assert!(choix.a_vous());
    }
    assert!(!Choix::AttendreInstallation.a_vous());
}

#[test]
fn pro_4_une_derogation_complete_attend_la_commission_avant_la_caisse() {
    use regles::attente::EtapeCommission as C;
    use regles::echeance::NatureEcheance as N;
    let aujourd_hui = jour("2027-03-01");
    let nommes = Nommes {
        personne: "Claire Martin",
        ..Nommes::default()
    };
    let lue = |etape, le| {
        let a = attente::demande(&FaitsDemande {
            commission: Some(etape),
            ..faits(D::Complete)
        });
        let dite = attente::pour_l_agent(&a, &nommes, le);
        let sienne = attente::pour_le_demandeur(&a, "CPAM", le);
        let phrase = dite.phrase.replace('\u{a0}', " ");
        (phrase, dite.tour, sienne.tour)
    };
    for (nature, phrase, tour, sien) in [
        (
            N::SaisineCpd,
            "est à saisir au plus tard le vendredi 12 mars 2027",
            "La caisse",
            "CPAM",
        ),
        (
            N::AvisCpd,
            "avis est attendu au plus tard",
            "La commission",
            "La commission paritaire",
        ),
        (N::DecisionApresAvis, "s’est prononcée", "La caisse", "CPAM"),
    ] {
        let etape = C::de(nature).expect("a step");
        let (dite, qui, le_sien) = lue(etape, aujourd_hui);
        assert!(dite.contains(phrase), "{dite}");
        assert_eq!((qui.as_str(), le_sien.as_str()), (tour, sien));
    }
    let (retard, ..) = lue(C::Saisie, jour("2027-03-13"));
    assert!(retard.contains("réputé rendu"), "{retard}");
    assert_eq!(C::de(N::DecisionImplicite), None);
    // A proposal is signed, whatever the commission still says.
    let proposee = attente::demande(&FaitsDemande {
        commission: Some(C::Saisie),
        ..faits(D::Proposee)
    });
    assert_eq!(proposee.quoi, Quoi::SignerDecision);
}

/// What was hidden by the first sentence, and what «Rien en cours» denied: everything under way is said, the most urgent
/// first, then what ended.
#[test]
fn tout_ce_qui_est_en_cours_est_dit_le_plus_urgent_d_abord() {
    let le = jour("2027-03-03");
    let de = |objet, attente| Vu {
        objet,
        attente,
        refusee: None,
        manquantes: &[],
        a_ouvrir: None,
    };
    let depart = |attente| {
        let objet = Objet::Depart {
            commune: "Ardon",
            confirmee: Some(le),
        };
        de(objet, attente)
    };
    let designee = |etat| {
        let objet = Objet::Designation {
            cedant: "Claire Martin",
            commune: "Ardon",
        };
        let faits = FaitsDesignation {
            etat,
            place: P::Ouverte,
            deposee: false,
            limite: Some(jour("2028-12-31")),
        };
        de(objet, attente::designation(&faits))
    };
    let refus = de(
        Objet::Demande {
            numero: "131-2027-000042",
            commune: "Ardon",
            installee_le: None,
        },
        attente::demande(&FaitsDemande {
            notifiee: true,
            chemin: Chemin::PasEncore,
            ..faits(D::Refusee)
        }),
    );
    let candidature = |etat| {
        let objet = Objet::Candidature {
            zone: "Ardon",
            cloture: jour("2027-04-01"),
        };
        de(objet, attente::candidature(etat, jour("2027-04-01")))
    };
    let lus = |vus: &[Vu<'_>]| -> Vec<(usize, Choix)> {
        toutes(vus, le)
            .into_iter()
            .map(|(rang, choix, _)| (rang, choix))
            .collect()
    };
    // A designation hides no appeal, and what the commission, the CPAM or a call does is under way.
    let commission = depart(un_depart(C::Confirmee, Some(P::AExaminer), None));
    let attribution = depart(un_depart(C::Confirmee, Some(P::AAttribuer), None));
    assert_eq!(
        lus(&[
            candidature(EtatCandidature::Deposee),
            attribution,
            commission,
            refus,
            designee(S::EnAttente)
        ]),
        [
            (4, Choix::RepondreALaDesignation),
            (3, Choix::Contester),
            (2, Choix::AttendreCommission),
            (1, Choix::AttendreAttribution),
            (0, Choix::AttendreClassement),
        ]
    );
    // Of two things to do, the one that falls due first; what has no day is not put off for years.
    let depot = designee(S::Acceptee);
    let sans_jour = Vu {
        refusee: Some(NaturePiece::Diplome),
        ..de(
            refus.objet,
            attente::demande(&FaitsDemande {
                echeance: None,
                ..faits(D::Complete)
            }),
        )
    };
    assert_eq!(
        lus(&[depot, sans_jour]),
        [(1, Choix::RemplacerPiece), (0, Choix::DeposerDemande)]
    );
    // What ended says so, and nothing of what she ended herself.
    for (vu, mots) in [
        (
            depart(un_depart(C::Confirmee, Some(P::Pourvue), None)),
            "est terminé",
        ),
        (
            depart(un_depart(C::Confirmee, Some(P::Caduque), None)),
            "caduque",
        ),
        (
            depart(un_depart(C::Confirmee, Some(P::NonTransmissible), None)),
            "ne peut pas être transmise",
        ),
        (depart(un_depart(C::Rejetee, None, None)), "a rejeté"),
        (designee(S::Remplacee), "une autre personne est désignée"),
        (designee(S::Annulee), "n’a plus d’effet"),
        (designee(S::SansObjet), "sans objet"),
        (
            depart(un_depart(C::Confirmee, Some(P::SansObjet), None)),
            "sans objet",
        ),
        (
            candidature(EtatCandidature::NonRetenue),
            "n’est pas retenue",
        ),
        (candidature(EtatCandidature::Ecartee), "n’est pas retenue"),
        (
            candidature(EtatCandidature::Defaillante),
            "ne vous est plus attribuée",
        ),
        (
            de(refus.objet, attente::demande(&faits(D::Caduque))),
            "sans effet (caduque)",
        ),
        (
            de(refus.objet, attente::demande(&faits(D::SansSuite))),
            "sans suite",
        ),
    ] {
        let dites = toutes(&[vu], le);
        let [(0, Choix::Finie, dite)] = dites.as_slice() else {
            panic!("{mots}: {dites:?}");
        };
        assert!(dite.phrase.contains(mots), "{}", dite.phrase);
        assert_eq!(dite.tour, "Personne");
    }
    for vu in [
        depart(un_depart(C::Retiree, None, None)),
        designee(S::Declinee),
        designee(S::Renoncee),
        candidature(EtatCandidature::Retiree),
        de(refus.objet, attente::demande(&faits(D::Retiree))),
    ] {
        assert_eq!(toutes(&[vu], le), []);
    }
}

#[test]
fn la_ligne_des_etapes_dit_ou_l_on_est_et_ce_qui_vient() {
    let vu = |etat| Vu {
        objet: Objet::Demande {
            numero: "131-2027-000042",
            commune: "Ardon",
            installee_le: None,
        },
        attente: attente::demande(&FaitsDemande {
            notifiee: true,
            chemin: Chemin::PasEncore,
            ..faits(etat)
        }),
        refusee: None,
        manquantes: &[],
        a_ouvrir: None,
    };
    let la = |etat, commission| etapes(&vu(etat), commission).map(|e| e.noms[e.courante]);
    for (etat, sans, avec) in [
        (
            D::Deposee,
            Some("Vérification des pièces"),
            Some("Vérification des pièces"),
        ),
        (
            D::Incomplete,
            Some("Vérification des pièces"),
            Some("Vérification des pièces"),
        ),
        (D::Complete, Some("Décision"), Some("Décision")),
        (D::Proposee, Some("Décision"), Some("Décision")),
        (D::Accordee, Some("Installation"), Some("Installation")),
        (D::Refusee, None, None),
        (D::Installee, None, None),
        (D::Caduque, None, None),
    ] {
        assert_eq!((la(etat, false), la(etat, true)), (sans, avec), "{etat:?}");
    }
    let saisie = Vu {
        attente: attente::demande(&FaitsDemande {
            commission: Some(attente::EtapeCommission::Saisie),
            ..faits(D::Complete)
        }),
        ..vu(D::Complete)
    };
    let ici = etapes(&saisie, true).expect("a line");
    assert_eq!(ici.noms[ici.courante], "Avis de la commission");
    let depart = |etat, place, designation| {
        let vu = Vu {
            objet: Objet::Depart {
                commune: "Ardon",
                confirmee: None,
            },
            attente: un_depart(etat, place, designation),
            ..vu(D::Complete)
        };
        etapes(&vu, false).map(|e| e.courante)
    };
    assert_eq!(depart(C::Declaree, None, None), Some(1));
    assert_eq!(depart(C::Confirmee, Some(P::Ouverte), None), Some(2));
    assert_eq!(
        depart(C::Confirmee, Some(P::Ouverte), Some(S::Acceptee)),
        Some(3)
    );
    assert_eq!(depart(C::Confirmee, Some(P::Reservee), None), Some(3));
    assert_eq!(depart(C::Confirmee, Some(P::Pourvue), None), None);
}

#[test]
fn pro_5_une_proposition_renvoyee_se_lit_dans_la_file_et_n_attend_plus_rien_d_autre() {
    let renvoyee = attente::demande(&FaitsDemande {
        renvoyee: true,
        commission: Some(attente::EtapeCommission::Saisie),
        ..faits(D::Complete)
    });
    assert_eq!(
        (renvoyee.qui, renvoyee.quoi),
        (Qui::Caisse, Quoi::ReprendreProposition)
    );
    let le = jour("2027-03-03");
    assert_eq!(
        attente::raison(&renvoyee, le),
        "Proposition renvoyée, à revoir"
    );
    // Proposed again, it waits for its signature.
    let reprise = attente::demande(&FaitsDemande {
        renvoyee: true,
        ..faits(D::Proposee)
    });
    assert_eq!(reprise.quoi, Quoi::SignerDecision);
}

/// «À proposer au plus tard le … (depuis 7 jours)» said two things at once.
#[test]
fn ce_qui_est_en_retard_ne_se_dit_pas_a_venir() {
    let nommes = Nommes {
        personne: "Claire Martin",
        ..Nommes::default()
    };
    for etat in [D::Deposee, D::Complete, D::Proposee] {
        for commission in [None, Some(attente::EtapeCommission::Saisie)] {
            let a = attente::demande(&FaitsDemande {
                commission,
                ..faits(etat)
            });
            let phrase = attente::pour_l_agent(&a, &nommes, jour("2027-03-19")).phrase;
            assert!(!phrase.contains("depuis"), "{phrase}");
            assert!(phrase.contains("12\u{a0}mars"), "{phrase}");
        }
    }
}
