//! What people may do on a request and on a departure, state by state and role by role; whoever may not is told why.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regles::conventionnement::AvisCpd as A;
use regles::demande::{EtatDemande as E, NatureDemande, Sens};
use regles::depart::EtatDepart as C;
use regles::droits::Role;
use regles::geste;
use regles::geste::{GesteDemande as G, GesteDepart as H, Qui, SurDemande, SurDepart};
use regles::grand_livre::EtatPlace as P;
use regles::liste_pieces::Manques;
use regles::piece::NaturePiece as N;
use regles::representation::{EtatMandat as M, MandatEcrit};

fn jour(texte: &str) -> NaiveDate {
    texte.parse().expect("a date")
}

const MOI: i64 = 7;
const AUTRE: i64 = 8;

fn demande(etat: E) -> SurDemande {
    SurDemande {
        etat,
        nature: NatureDemande::Succession,
        avis: None,
        audition_demandee: false,
        audition_fixee: false,
        mandat: None,
        notifiee_le: None,
        assigne_a: Some(AUTRE),
        proposee_par: Some(AUTRE),
        sens_propose: Some(Sens::Accord),
        bloquantes: Vec::new(),
        saisie: false,
        fin_des_pieces: None,
        manques: Manques::default(),
        reserve: (None, None),
        reduction_suivie: false,
        separation: true,
        lettre_a_signer: None,
        silence: None,
        contester_avant: None,
    }
}

fn qui(role: Role) -> Qui {
    Qui { role, compte: MOI }
}

/// The acts that somebody may do on a request, in the order of its page.
fn possibles(f: &SurDemande, role: Role) -> Vec<G> {
    let aujourd_hui = jour("2027-03-12");
    G::TOUS
        .iter()
        .copied()
        .filter(|g| match g.possible(f, qui(role), aujourd_hui) {
            Ok(()) => true,
            Err(refus) => {
                let phrase = refus.phrase();
                assert!(
                    phrase.ends_with('.') && phrase.len() > 40 && !refus.code().is_empty(),
                    "{g:?}: {phrase}"
                );
                false
            }
        })
        .collect()
}

/// A state, and what may be done of it by who instructs, who signs, who asks.
type Ligne<'a> = (E, &'a [G], &'a [G], &'a [G]);

#[test]
fn une_demande_s_instruit_se_signe_et_se_suit() {
    use G::{
        AnnulerComplet, Completer, Decider, DemanderPieces, ExaminerPieces, Installer,
        NommerRepresentant, Notifier, Prendre, Proposer, Renvoyer, Retirer,
    };
    // In the order of the page: who instructs, who signs, who asks.
    let lignes: &[Ligne<'_>] = &[
        (
            E::Deposee,
            &[Completer, DemanderPieces, Prendre, ExaminerPieces],
            &[],
            &[NommerRepresentant, Retirer],
        ),
        (
            E::Incomplete,
            &[Completer, DemanderPieces, Prendre, ExaminerPieces],
            &[],
            &[NommerRepresentant, Retirer],
        ),
        (
            E::Complete,
            &[
                Proposer,
                AnnulerComplet,
                DemanderPieces,
                Prendre,
                ExaminerPieces,
            ],
            &[],
            &[NommerRepresentant, Retirer],
        ),
        (
            E::Proposee,
            &[Prendre, ExaminerPieces],
            &[Decider, Renvoyer],
            &[NommerRepresentant, Retirer],
        ),
        (
            E::Accordee,
            &[Prendre, Notifier, ExaminerPieces],
            &[Notifier],
            &[NommerRepresentant],
        ),
        (E::Refusee, &[Notifier], &[Notifier], &[]),
        (E::Installee, &[], &[], &[]),
        (E::Caduque, &[], &[], &[]),
        (E::Retiree, &[], &[], &[]),
        (E::SansSuite, &[], &[], &[]),
    ];
    assert_eq!(lignes.len(), E::TOUS.len());
    for (etat, instruction, signature, auteur) in lignes {
        let f = demande(*etat);
        assert_eq!(possibles(&f, Role::Instructeur), *instruction, "{etat}");
        assert_eq!(possibles(&f, Role::Responsable), *instruction, "{etat}");
        assert_eq!(possibles(&f, Role::Signataire), *signature, "{etat}");
        assert_eq!(possibles(&f, Role::Kine), *auteur, "{etat}");
        for role in [
            Role::Auditeur,
            Role::AdministrateurNational,
            Role::Ars,
            Role::MembreCpd,
            Role::PraticienConseil,
        ] {
            assert_eq!(possibles(&f, role), Vec::<G>::new(), "{etat} {role}");
        }
    }
    let notifiee = SurDemande {
        notifiee_le: Some(jour("2027-03-01")),
        ..demande(E::Accordee)
    };
    assert_eq!(possibles(&notifiee, Role::Signataire), [Installer]);
}

/// What lacks, its kind, and whether it came and was refused.
fn manques(absentes: &[N], refusees: &[N], a_conclure: &[N]) -> Manques {
    Manques {
        absentes: absentes.to_vec(),
        refusees: refusees.to_vec(),
        a_conclure: a_conclure.to_vec(),
        utiles: vec![N::Assurance],
        demandees: Vec::new(),
    }
}

#[test]
fn pro_3_gen_1_le_conseil_et_sa_phrase_viennent_ensemble() {
    use regles::condition::Condition;
    use regles::geste::{Conseil, conseil};
    let diplome = manques(&[N::Diplome], &[], &[]);
    let demandee = Manques {
        demandees: vec![N::Diplome],
        ..diplome.clone()
    };
    let sur = |etat, manques: &Manques, bloquantes: &[Condition]| {
        conseil(&SurDemande {
            manques: manques.clone(),
            bloquantes: bloquantes.to_vec(),
            ..demande(etat)
        })
    };
    let phrase = |c: &Conseil| c.refus().map(|r| r.phrase().to_owned()).unwrap_or_default();
    for etat in [E::Deposee, E::Incomplete, E::Complete] {
        let premier = sur(etat, &diplome, &[]);
        assert!(
            matches!(premier, Conseil::Dabord(G::DemanderPieces, _)),
            "{etat}"
        );
        assert!(phrase(&premier).ends_with("demandez-la à la personne."));
        // The act it advises may be done.
        assert!(possibles(&demande(etat), Role::Instructeur).contains(&G::DemanderPieces));
        // Asked for, nothing is advised, and nothing asks for it again.
        let attend = sur(etat, &demandee, &[]);
        assert!(matches!(attend, Conseil::Attendre(_)), "{etat}");
        assert!(phrase(&attend).ends_with("elle est demandée à la personne, attendez-la."));
        assert_eq!(sur(etat, &Manques::default(), &[]), Conseil::Poursuivre);
    }
    // GEN-1: said as soon as a decision may be proposed, in the words of the signature.
    let ordre = [Condition::Ordre];
    for etat in [E::Complete, E::Proposee] {
        let conditions = sur(etat, &Manques::default(), &ordre);
        let refus = geste::generales(&ordre).expect_err("not established");
        assert_eq!(conditions, Conseil::Conditions(refus), "{etat}");
    }
    assert_eq!(
        sur(E::Deposee, &Manques::default(), &ordre),
        Conseil::Poursuivre
    );
    let refus_propose = SurDemande {
        sens_propose: Some(Sens::Refus),
        bloquantes: ordre.to_vec(),
        manques: diplome.clone(),
        ..demande(E::Proposee)
    };
    assert_eq!(conseil(&refus_propose), Conseil::Poursuivre);
    for etat in [E::Accordee, E::Refusee, E::Installee, E::Retiree] {
        assert_eq!(sur(etat, &diplome, &ordre), Conseil::Poursuivre, "{etat}");
    }
    let deux = geste::indispensables(&manques(&[N::Diplome, N::ActeSuccession], &[], &[]));
    assert!(
        deux.expect_err("two lack")
            .phrase()
            .ends_with("Sans elles, le dossier n’est pas complet et rien ne peut être accordé : demandez-les à la personne.")
    );
}

#[test]
fn pro_3_rien_n_est_complet_ni_accorde_sans_l_indispensable() {
    let cas = [
        (manques(&[N::Diplome], &[], &[]), "pas reçue"),
        (manques(&[], &[N::ActeSuccession], &[]), "refusée"),
        (
            manques(&[], &[], &[N::JustificatifDerogation]),
            "praticien-conseil",
        ),
    ];
    for (manques, dit) in cas {
        let refus = geste::indispensables(&manques).expect_err("something lacks");
        assert!(refus.phrase().contains(dit), "{refus}");
        for etat in E::TOUS {
            let f = SurDemande {
                manques: manques.clone(),
                ..demande(*etat)
            };
            let instruction = possibles(&f, Role::Instructeur);
            assert!(!instruction.contains(&G::Completer), "{etat}");
            let signature = possibles(&f, Role::Signataire);
            assert!(!signature.contains(&G::Decider), "{etat}");
            assert_eq!(signature.contains(&G::Renvoyer), *etat == E::Proposee);
            let accord = geste::proposer(*etat, Sens::Accord, &manques, None, jour("2027-03-12"));
            assert!(accord.is_err(), "{etat}");
        }
        // A refusal that is proposed is signed whatever lacks.
        let refusee = SurDemande {
            manques: manques.clone(),
            sens_propose: Some(Sens::Refus),
            ..demande(E::Proposee)
        };
        assert_eq!(
            possibles(&refusee, Role::Signataire),
            [G::Decider, G::Renvoyer]
        );
        let declare = SurDepart {
            etat: C::Declaree,
            place: None,
            cessation: jour("2027-06-30"),
            limite: None,
            avant_cessation: true,
            attribuee: false,
            saisie: false,
            manques,
            contestation: None,
        };
        let confirmer = H::Confirmer.possible(&declare, qui(Role::Instructeur), jour("2027-03-12"));
        assert_eq!(confirmer, Err(refus));
        assert!(
            H::Rejeter
                .possible(&declare, qui(Role::Instructeur), jour("2027-03-12"))
                .is_ok()
        );
    }
    // What is only useful keeps nothing.
    assert!(geste::indispensables(&manques(&[], &[], &[])).is_ok());
    assert!(geste::completer(E::Deposee, &manques(&[], &[], &[])).is_ok());
}

#[test]
fn pro_3_un_refus_peut_se_fonder_sur_l_absence_d_une_piece() {
    let aujourd_hui = jour("2027-03-12");
    let refus = |etat, manques: &Manques, fin: Option<&str>| {
        geste::proposer(etat, Sens::Refus, manques, fin.map(jour), aujourd_hui)
            .map(|passage| passage.vers())
    };
    let (absente, refusee) = (
        manques(&[N::Diplome], &[], &[]),
        manques(&[], &[N::Diplome], &[]),
    );
    for etat in [E::Deposee, E::Incomplete] {
        // Never asked for, or still in time.
        assert!(refus(etat, &absente, None).is_err());
        assert!(refus(etat, &absente, Some("2027-03-12")).is_err());
        assert_eq!(refus(etat, &absente, Some("2027-03-11")), Ok(E::Proposee));
        assert_eq!(refus(etat, &refusee, None), Ok(E::Proposee));
        // Nothing lacks, or the conclusion only: the file is completed first.
        assert!(refus(etat, &Manques::default(), Some("2027-03-11")).is_err());
        let attend = manques(&[], &[], &[N::JustificatifDerogation]);
        assert!(refus(etat, &attend, Some("2027-03-11")).is_err());
        let f = SurDemande {
            manques: refusee.clone(),
            ..demande(etat)
        };
        assert!(possibles(&f, Role::Instructeur).contains(&G::Proposer));
    }
    assert_eq!(refus(E::Complete, &absente, None), Ok(E::Proposee));
    assert!(refus(E::Refusee, &refusee, None).is_err());
    // Sent back, the file is what it was.
    let renvoye = |complete| geste::renvoyer(E::Proposee, complete).map(|p| p.vers());
    assert_eq!(
        (renvoye(true), renvoye(false)),
        (Ok(E::Complete), Ok(E::Deposee))
    );
}

#[test]
fn pro_5_qui_instruit_ne_signe_pas_sauf_si_le_parametre_le_permet() {
    for (assigne_a, proposee_par) in [(Some(MOI), Some(AUTRE)), (Some(AUTRE), Some(MOI))] {
        let instruite = SurDemande {
            assigne_a,
            proposee_par,
            ..demande(E::Proposee)
        };
        assert_eq!(possibles(&instruite, Role::Signataire), [G::Renvoyer]);
        let sans = SurDemande {
            separation: false,
            ..instruite
        };
        assert_eq!(
            possibles(&sans, Role::Signataire),
            [G::Decider, G::Renvoyer]
        );
    }
}

#[test]
fn qui_propose_reprend_sa_proposition_et_personne_d_autre() {
    let sienne = SurDemande {
        proposee_par: Some(MOI),
        ..demande(E::Proposee)
    };
    assert!(possibles(&sienne, Role::Instructeur).contains(&G::Reprendre));
    // Who signs sends back what another proposed.
    assert!(!possibles(&sienne, Role::Signataire).contains(&G::Reprendre));
    let d_autrui = demande(E::Proposee);
    assert!(!possibles(&d_autrui, Role::Instructeur).contains(&G::Reprendre));
    for etat in E::TOUS {
        let possible = geste::reprendre(*etat, true, true).map(|p| p.vers());
        assert_eq!(possible.is_ok(), *etat == E::Proposee, "{etat}");
    }
    let reprise = |complete| geste::reprendre(E::Proposee, complete, true).map(|p| p.vers());
    assert_eq!(
        (reprise(true), reprise(false)),
        (Ok(E::Complete), Ok(E::Deposee))
    );
}

#[test]
fn complet_s_annule_tant_que_rien_ne_repose_dessus() {
    use regles::silence::{EffetSilence, SilenceEchu};
    assert!(possibles(&demande(E::Complete), Role::Instructeur).contains(&G::AnnulerComplet));
    let engages = [
        SurDemande {
            saisie: true,
            ..demande(E::Complete)
        },
        SurDemande {
            avis: Some(A::Favorable),
            ..demande(E::Complete)
        },
        SurDemande {
            audition_fixee: true,
            ..demande(E::Complete)
        },
        SurDemande {
            silence: Some(SilenceEchu {
                effet: EffetSilence::Rejet,
                le: jour("2027-03-01"),
                demande_le: None,
                reponse_le: None,
                recue_le: None,
            }),
            ..demande(E::Complete)
        },
    ];
    for f in engages {
        let refus = G::AnnulerComplet
            .possible(&f, qui(Role::Instructeur), jour("2027-03-12"))
            .expect_err("something rests on it");
        assert_eq!(refus.code(), "complet_engage");
    }
    for etat in E::TOUS {
        let annule = geste::annuler_complet(*etat, false);
        assert_eq!(annule.is_ok(), *etat == E::Complete, "{etat}");
    }
}

#[test]
fn pro_3_un_dossier_se_classe_le_lendemain_du_dernier_jour() {
    let attendue = |fin| SurDemande {
        fin_des_pieces: Some(jour(fin)),
        ..demande(E::Incomplete)
    };
    assert!(!possibles(&attendue("2027-03-12"), Role::Instructeur).contains(&G::Classer));
    assert!(possibles(&attendue("2027-03-11"), Role::Instructeur).contains(&G::Classer));
}

#[test]
fn der_3_l_avis_se_note_sur_une_derogation_jusqu_a_la_proposition() {
    let etats: Vec<E> = E::TOUS
        .iter()
        .copied()
        .filter(|etat| {
            let derogation = SurDemande {
                nature: NatureDemande::Derogation,
                ..demande(*etat)
            };
            possibles(&derogation, Role::Responsable).contains(&G::NoterAvis)
        })
        .collect();
    assert_eq!(etats, [E::Deposee, E::Incomplete, E::Complete]);
}

#[test]
fn der_4_une_reduction_suivie_se_constate_tant_que_l_accord_dure() {
    let etats: Vec<E> = E::TOUS
        .iter()
        .copied()
        .filter(|etat| {
            let suivie = SurDemande {
                reduction_suivie: true,
                ..demande(*etat)
            };
            possibles(&suivie, Role::Instructeur).contains(&G::SuivreReduction)
        })
        .collect();
    assert_eq!(etats, [E::Accordee, E::Installee]);
}

#[test]
fn un_depart_se_confirme_s_examine_et_se_transmet() {
    let aujourd_hui = jour("2027-03-12");
    let depart = |etat, place| SurDepart {
        etat,
        place,
        cessation: jour("2027-06-30"),
        limite: Some(jour("2029-06-30")),
        avant_cessation: true,
        attribuee: false,
        saisie: false,
        manques: Manques::default(),
        contestation: None,
    };
    let peut = |f: &SurDepart, role: Role, jour: NaiveDate| -> Vec<H> {
        H::TOUS
            .iter()
            .copied()
            .filter(|g| match g.possible(f, qui(role), jour) {
                Ok(()) => true,
                Err(refus) => {
                    assert!(
                        refus.phrase().ends_with('.') && refus.phrase().len() > 40,
                        "{g:?}"
                    );
                    false
                }
            })
            .collect()
    };
    let declare = depart(C::Declaree, None);
    let instruction = [H::Confirmer, H::Rejeter, H::ExaminerPieces];
    assert_eq!(peut(&declare, Role::Instructeur, aujourd_hui), instruction);
    assert_eq!(peut(&declare, Role::Kine, aujourd_hui), [H::Retirer]);
    assert_eq!(
        peut(&declare, Role::Signataire, aujourd_hui),
        Vec::<H>::new()
    );
    let examinee = depart(C::Confirmee, Some(P::AExaminer));
    assert_eq!(
        peut(&examinee, Role::Responsable, aujourd_hui),
        [H::Saisir, H::NoterAvis, H::ExaminerPieces]
    );
    for etat in [C::Rejetee, C::Retiree] {
        for role in Role::TOUS {
            assert_eq!(
                peut(&depart(etat, None), *role, aujourd_hui),
                Vec::<H>::new(),
                "{etat} {role}"
            );
        }
    }
    // REG-5: on an open place, until the last day; each state that refuses says so in its own words.
    let mut phrases = BTreeSet::new();
    for place in P::TOUS {
        let f = depart(C::Confirmee, Some(*place));
        let possible = H::Designer.possible(&f, qui(Role::Kine), aujourd_hui);
        assert_eq!(possible.is_ok(), *place == P::Ouverte, "{place}");
        if let Err(refus) = possible {
            phrases.insert(refus.to_string());
        }
    }
    assert_eq!(phrases.len(), P::TOUS.len() - 1);
    // REG-19: until a decision rests on it.
    for place in P::TOUS {
        let f = depart(C::Confirmee, Some(*place));
        let annule = H::Retirer.possible(&f, qui(Role::Kine), aujourd_hui);
        assert_eq!(annule.is_ok(), !place.prise(), "{place}");
    }
    let attribuee = SurDepart {
        attribuee: true,
        ..depart(C::Confirmee, Some(P::Ouverte))
    };
    assert!(
        H::Retirer
            .possible(&attribuee, qui(Role::Kine), aujourd_hui)
            .is_err()
    );
    let ouverte = depart(C::Confirmee, Some(P::Ouverte));
    assert_eq!(
        peut(&ouverte, Role::Kine, jour("2029-06-30")),
        [H::Retirer, H::Designer]
    );
    assert_eq!(peut(&ouverte, Role::Kine, jour("2029-07-01")), [H::Retirer]);
    let apres_la_cessation = SurDepart {
        avant_cessation: false,
        ..ouverte
    };
    assert_eq!(
        peut(&apres_la_cessation, Role::Kine, jour("2027-06-29")),
        [H::Retirer]
    );
    assert_eq!(
        peut(&apres_la_cessation, Role::Kine, jour("2027-06-30")),
        [H::Retirer, H::Designer]
    );
}

#[test]
fn pro_7_ce_que_le_silence_a_fait_naitre_se_demande_puis_se_donne_avant_toute_decision() {
    use regles::silence::EffetSilence;
    use regles::silence::SilenceEchu;
    let aujourd_hui = jour("2027-03-12");
    let ne = SilenceEchu {
        effet: EffetSilence::Rejet,
        le: jour("2027-03-01"),
        demande_le: None,
        reponse_le: None,
        recue_le: None,
    };
    let demande_le = SilenceEchu {
        demande_le: Some(jour("2027-03-10")),
        ..ne
    };
    for etat in E::TOUS {
        let pendante = matches!(etat, E::Deposee | E::Incomplete | E::Complete | E::Proposee);
        for (silence, interroge, repond) in [(ne, pendante, false), (demande_le, false, pendante)] {
            let faits = SurDemande {
                silence: Some(silence),
                contester_avant: Some(jour("2027-05-03")),
                ..demande(*etat)
            };
            let peut = |geste: G, role| geste.possible(&faits, qui(role), aujourd_hui).is_ok();
            assert_eq!(
                peut(G::InterrogerLeSilence, Role::Kine),
                interroge,
                "{etat}"
            );
            assert_eq!(
                peut(G::RepondreAuSilence, Role::Instructeur),
                repond,
                "{etat}"
            );
            assert!(!peut(G::RepondreAuSilence, Role::Signataire));
        }
    }
}

#[test]
fn reg_17_un_accord_sous_reserve_attend_sa_condition() {
    let aujourd_hui = jour("2027-03-12");
    let accordee = |reserve| SurDemande {
        notifiee_le: Some(jour("2027-03-01")),
        reserve,
        ..demande(E::Accordee)
    };
    let fin = Some(jour("2027-03-31"));
    let peut = |geste: G, f: &SurDemande| geste.possible(f, qui(Role::Responsable), aujourd_hui);
    let attend = accordee((fin, None));
    assert!(peut(G::LeverReserve, &attend).is_ok());
    assert!(peut(G::Installer, &attend).is_err());
    for sans in [(None, None), (fin, Some(jour("2027-03-10")))] {
        assert!(peut(G::LeverReserve, &accordee(sans)).is_err());
        assert!(peut(G::Installer, &accordee(sans)).is_ok());
    }
    assert!(
        G::LeverReserve
            .possible(&attend, qui(Role::Signataire), aujourd_hui)
            .is_err()
    );
    for etat in E::TOUS.iter().filter(|e| **e != E::Accordee) {
        let f = SurDemande {
            reserve: (fin, None),
            ..demande(*etat)
        };
        assert!(peut(G::LeverReserve, &f).is_err(), "{etat}");
    }
    // The installation counts from the condition, or from the notification where it comes later.
    let debut = |levee: &str| {
        let reserve = (fin, Some(jour(levee)));
        geste::installer(E::Accordee, Some(jour("2027-03-01")), reserve).map(|(_, le)| le)
    };
    assert_eq!(debut("2027-03-10"), Ok(jour("2027-03-10")));
    assert_eq!(debut("2027-02-10"), Ok(jour("2027-03-01")));
    // On its day: neither later than the last one, nor in the future.
    let lever = |le: &str, jour_: &str| geste::lever_le(fin, None, jour(le), jour(jour_));
    assert!(lever("2027-03-31", "2027-04-02").is_ok());
    assert!(lever("2027-04-01", "2027-04-02").is_err());
    assert!(lever("2027-03-13", "2027-03-12").is_err());
}

#[test]
fn pro_4_la_commission_se_saisit_d_une_derogation_complete_une_fois_jusqu_a_son_avis() {
    use regles::conventionnement::AvisCpd as A;
    let peut = |etat, saisie, avis| {
        let f = SurDemande {
            nature: NatureDemande::Derogation,
            saisie,
            avis,
            ..demande(etat)
        };
        possibles(&f, Role::Instructeur).contains(&G::Saisir)
    };
    let etats: Vec<E> = E::TOUS
        .iter()
        .copied()
        .filter(|etat| peut(*etat, false, None))
        .collect();
    assert_eq!(etats, [E::Complete]);
    assert!(!peut(E::Complete, true, None));
    let encore: Vec<A> = A::TOUS
        .iter()
        .copied()
        .filter(|avis| peut(E::Complete, false, Some(*avis)))
        .collect();
    assert_eq!(encore, [A::Partage, A::Ajourne]);
    assert!(!possibles(&demande(E::Complete), Role::Instructeur).contains(&G::Saisir));
}

#[test]
fn reg_4_la_commission_se_saisit_d_un_depart_a_examiner() {
    let places: Vec<P> = P::TOUS
        .iter()
        .copied()
        .filter(|p| geste::saisir_du_depart(Some(*p), false).is_ok())
        .collect();
    assert_eq!(places, [P::AExaminer]);
    assert!(geste::saisir_du_depart(Some(P::AExaminer), true).is_err());
    assert!(geste::saisir_du_depart(None, false).is_err());
}

#[test]
fn gen_1_une_condition_qui_retient_arrete_la_signature_d_un_accord_seulement() {
    use regles::condition::Condition;
    let f = |sens| SurDemande {
        sens_propose: Some(sens),
        bloquantes: vec![Condition::Ordre, Condition::Assurance],
        ..demande(E::Proposee)
    };
    let aujourd_hui = jour("2027-03-12");
    let refus = G::Decider
        .possible(&f(Sens::Accord), qui(Role::Signataire), aujourd_hui)
        .expect_err("two conditions lack");
    assert_eq!(refus.code(), "condition_generale");
    assert!(
        refus.phrase().contains("Inscription au tableau de l’Ordre")
            && refus.phrase().contains("Assurance de responsabilité"),
        "{refus}"
    );
    assert!(possibles(&f(Sens::Refus), Role::Signataire).contains(&G::Decider));
}

#[test]
fn gen_2_une_attestation_s_obtient_a_partir_de_la_date_d_effet() {
    let effet = jour("2027-01-04");
    let peut = |etat, notifiee, effet, le: &str| geste::attester(etat, notifiee, effet, jour(le));
    assert_eq!(
        peut(E::Accordee, true, Some(effet), "2027-01-04"),
        Ok(effet)
    );
    let tot = peut(E::Accordee, true, Some(effet), "2027-01-03").expect_err("not in effect yet");
    assert_eq!(tot.code(), "attestation_trop_tot");
    for (etat, notifiee, effet) in [
        (E::Accordee, false, Some(effet)),
        (E::Accordee, true, None),
        (E::Caduque, true, Some(effet)),
        (E::Refusee, true, Some(effet)),
    ] {
        assert!(peut(etat, notifiee, effet, "2027-02-01").is_err());
    }
    let notables: Vec<E> = E::TOUS
        .iter()
        .copied()
        .filter(|etat| geste::noter_generales(*etat).is_ok())
        .collect();
    let vivants = [
        E::Deposee,
        E::Incomplete,
        E::Complete,
        E::Proposee,
        E::Accordee,
        E::Installee,
    ];
    assert_eq!(notables, vivants);
}

#[test]
fn reg_3_la_place_n_est_dite_non_transmissible_qu_une_fois_le_decompte_opposable() {
    use regles::depart::Contestation as K;
    use regles::geste::avis_defavorable;
    use regles::place::AvisSousSeuil::{Defavorable, Favorable};
    let ouverte = K::Ouverte(jour("2027-01-20"));
    let mut phrases = BTreeSet::new();
    for (ou, provisoire, permis) in [
        (Some(K::Close), false, true),
        (None, false, true),
        (Some(K::Close), true, false),
        (Some(ouverte), false, false),
        (Some(K::ARepondre), false, false),
        (Some(K::ACommuniquer), false, false),
    ] {
        let possible = avis_defavorable(Defavorable, ou, provisoire);
        assert_eq!(possible.is_ok(), permis, "{ou:?} {provisoire}");
        if let Err(refus) = possible {
            phrases.insert(refus.phrase().to_owned());
        }
        // What opens the place takes nothing from who leaves.
        assert!(avis_defavorable(Favorable, ou, provisoire).is_ok());
    }
    assert_eq!(phrases.len(), 4);
    assert!(
        phrases
            .iter()
            .any(|p| p.contains("au plus tard le mercredi 20\u{a0}janvier 2027 (inclus)")),
        "{phrases:?}"
    );
}

#[test]
fn reg_3_qui_part_conteste_tant_que_le_delai_court_et_la_caisse_repond_une_fois() {
    use regles::depart::Contestation as K;
    for ou in [
        None,
        Some(K::ACommuniquer),
        Some(K::Ouverte(jour("2027-01-20"))),
        Some(K::ARepondre),
        Some(K::Close),
    ] {
        let f = SurDepart {
            etat: C::Confirmee,
            place: Some(P::AExaminer),
            cessation: jour("2026-12-31"),
            limite: None,
            avant_cessation: true,
            attribuee: false,
            saisie: false,
            manques: Manques::default(),
            contestation: ou,
        };
        let peut = |geste: H, role| geste.possible(&f, qui(role), jour("2027-01-10")).is_ok();
        assert_eq!(
            peut(H::Contester, Role::Kine),
            matches!(ou, Some(K::Ouverte(_))),
            "{ou:?}"
        );
        assert_eq!(
            peut(H::RepondreALaContestation, Role::Instructeur),
            ou == Some(K::ARepondre),
            "{ou:?}"
        );
        assert!(!peut(H::Contester, Role::Instructeur));
        assert!(!peut(H::RepondreALaContestation, Role::Signataire));
    }
}

#[test]
fn pro_1_une_demande_se_transmet_tant_que_rien_n_est_propose() {
    use regles::silence::{EffetSilence, SilenceEchu};
    let ne = SilenceEchu {
        effet: EffetSilence::Rejet,
        le: jour("2027-03-01"),
        demande_le: None,
        reponse_le: None,
        recue_le: None,
    };
    for etat in E::TOUS {
        let pendante = matches!(etat, E::Deposee | E::Incomplete | E::Complete);
        for (nature, silence, permis) in [
            (NatureDemande::HorsRegulation, None, pendante),
            (NatureDemande::Derogation, None, pendante),
            (NatureDemande::Derogation, Some(ne), false),
            (NatureDemande::Succession, None, false),
        ] {
            let f = SurDemande {
                nature,
                silence,
                ..demande(*etat)
            };
            let peut = |role| possibles(&f, role).contains(&G::Transmettre);
            assert_eq!(
                peut(Role::Instructeur),
                permis,
                "{etat} {nature} {silence:?}"
            );
            assert!(!peut(Role::Signataire) && !peut(Role::Kine));
        }
    }
}

#[test]
fn pro_13_une_audition_se_demande_et_se_fixe_tant_que_l_avis_n_est_pas_rendu() {
    let derogation = |etat, avis, audition_demandee| SurDemande {
        nature: NatureDemande::Derogation,
        avis,
        audition_demandee,
        ..demande(etat)
    };
    for etat in E::TOUS {
        let ouverte = matches!(etat, E::Deposee | E::Incomplete | E::Complete);
        let f = derogation(*etat, None, false);
        let peut = |f: &SurDemande| {
            (
                possibles(f, Role::Kine).contains(&G::DemanderAudition),
                possibles(f, Role::Instructeur).contains(&G::Convoquer),
            )
        };
        assert_eq!(peut(&f), (ouverte, ouverte), "{etat}");
        assert_eq!(peut(&derogation(*etat, None, true)), (false, ouverte));
        assert_eq!(peut(&demande(*etat)), (false, false), "{etat}");
        for avis in A::TOUS {
            // Adjourned, or tied, it sits again.
            let siege = ouverte && matches!(avis, A::Ajourne | A::Partage);
            let f = derogation(*etat, Some(*avis), false);
            assert_eq!(peut(&f), (siege, siege), "{etat} {avis}");
        }
        assert!(!possibles(&f, Role::Signataire).contains(&G::Convoquer));
    }
}

#[test]
fn pro_13_un_mandat_se_donne_une_fois_se_verifie_et_se_retire() {
    let donne = |etat, recu, du: &str| SurDemande {
        mandat: Some((
            etat,
            MandatEcrit {
                du: jour(du),
                au: None,
                recu,
            },
        )),
        ..demande(E::Complete)
    };
    let peut = |f: &SurDemande| {
        let kine = possibles(f, Role::Kine);
        let agent = possibles(f, Role::Instructeur);
        (
            kine.contains(&G::NommerRepresentant),
            kine.contains(&G::RevoquerMandat),
            agent.contains(&G::ExaminerMandat),
            agent.contains(&G::NoterActe),
        )
    };
    assert_eq!(peut(&demande(E::Complete)), (true, false, false, false));
    assert_eq!(peut(&demande(E::Retiree)), (false, false, false, false));
    let propose = donne(M::Propose, false, "2027-03-01");
    assert_eq!(peut(&propose), (false, true, true, false));
    let verifie = donne(M::Verifie, true, "2027-03-01");
    assert_eq!(peut(&verifie), (false, true, false, true));
    // It begins tomorrow.
    let demain = donne(M::Verifie, true, "2027-03-13");
    assert_eq!(peut(&demain), (false, true, false, false));
}

#[test]
fn pro_13_un_papier_se_saisit_apres_sa_reception_une_lettre_se_poste_apres_avoir_ete_ecrite() {
    assert!(geste::saisir_le_papier(jour("2026-03-12"), jour("2026-03-12")).is_ok());
    let venir = geste::saisir_le_papier(jour("2026-03-13"), jour("2026-03-12")).unwrap_err();
    assert_eq!(venir.code(), "papier_a_venir");
    let poster = |postee: Option<&str>, jour_dit: &str| {
        geste::poster(
            jour("2026-03-10"),
            postee.map(jour),
            jour(jour_dit),
            jour("2026-03-12"),
        )
        .map_err(|refus| refus.code())
    };
    assert_eq!(poster(None, "2026-03-10"), Ok(()));
    assert_eq!(poster(None, "2026-03-12"), Ok(()));
    assert_eq!(poster(None, "2026-03-09"), Err("lettre_jour"));
    assert_eq!(poster(None, "2026-03-13"), Err("lettre_jour"));
    assert_eq!(
        poster(Some("2026-03-11"), "2026-03-11"),
        Err("lettre_postee")
    );
}

#[test]
fn pro_13_qui_n_a_pas_de_compte_retire_par_lettre_entre_la_demande_et_ce_jour() {
    let retirer = |etat, compte, le: &str| {
        geste::retirer_sur_papier(
            etat,
            compte,
            (jour("2026-03-02"), jour(le)),
            jour("2026-03-12"),
        )
        .map(|passage| passage.vers())
        .map_err(|refus| refus.code())
    };
    assert_eq!(retirer(E::Deposee, false, "2026-03-02"), Ok(E::Retiree));
    assert_eq!(retirer(E::Complete, false, "2026-03-12"), Ok(E::Retiree));
    assert_eq!(
        retirer(E::Deposee, false, "2026-03-01"),
        Err("retrait_jour")
    );
    assert_eq!(
        retirer(E::Deposee, false, "2026-03-13"),
        Err("retrait_jour")
    );
    assert_eq!(
        retirer(E::Deposee, true, "2026-03-02"),
        Err("retrait_en_ligne")
    );
    assert!(retirer(E::Accordee, false, "2026-03-02").is_err());
    let domicile = |compte| geste::corriger_le_domicile(compte).map_err(|r| r.code());
    assert_eq!(domicile(false), Ok(()));
    assert_eq!(domicile(true), Err("domicile_en_ligne"));
}

#[test]
fn pro_13_un_dossier_se_rattache_une_fois_au_compte_du_meme_rpps() {
    let rattacher = |lie, titulaire| geste::rattacher(lie, titulaire).map_err(|r| r.code());
    assert_eq!(rattacher(false, true), Ok(()));
    assert_eq!(rattacher(false, false), Err("sans_titulaire"));
    assert_eq!(rattacher(true, true), Err("dossier_rattache"));
    assert_eq!(rattacher(true, false), Err("dossier_rattache"));
}
