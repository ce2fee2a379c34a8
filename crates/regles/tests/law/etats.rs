//! What each state and each role means for the rest of the program, said once more and apart.

use regles::accuse::silence;
use regles::demande::EtatDemande as D;
use regles::dossier::{NatureDossier, nature_du_numero, numero};
use regles::droits::{Acces, Role};
use regles::evaluer::evaluer;
use regles::grand_livre::EtatPlace as P;
use regles::parametre::ValeurParametre;
use regles::recours::{Conteste, Destinataires, textes};
use regles::reglement::Reglement;
use regles::silence::EffetSilence;
use serde_json::{Value, json};

use super::tables::ZonageDeTest;

#[test]
fn une_demande_est_en_cours_ou_close_decidee_ou_non() {
    let en_cours = [
        D::Deposee,
        D::Incomplete,
        D::Complete,
        D::Proposee,
        D::Accordee,
    ];
    let decidees = [D::Accordee, D::Installee, D::Refusee, D::Caduque];
    for etat in D::TOUS {
        assert_eq!(etat.en_cours(), en_cours.contains(etat), "{etat}");
        assert_eq!(etat.est_decidee(), decidees.contains(etat), "{etat}");
        assert_eq!(etat.a_la_file(true), etat.en_cours(), "{etat}");
        // PRO-8: a refusal leaves the queue once it is notified.
        assert_eq!(
            etat.a_la_file(false),
            etat.en_cours() || *etat == D::Refusee,
            "{etat}"
        );
    }
}

#[test]
fn un_numero_dit_la_nature_de_son_dossier() {
    for nature in NatureDossier::TOUS {
        assert_eq!(nature_du_numero(&numero("2A0", 2026, *nature, 42)), *nature);
    }
}

#[test]
fn une_place_credite_le_livre_et_se_prend_une_fois() {
    let jamais_eligibles = [P::AExaminer, P::NonTransmissible, P::Annulee, P::SansObjet];
    let prises = [P::Reservee, P::Pourvue];
    for etat in P::TOUS {
        assert_eq!(etat.eligible(), !jamais_eligibles.contains(etat), "{etat}");
        assert_eq!(etat.prise(), prises.contains(etat), "{etat}");
    }
}

#[test]
fn un_acces_dit_qui_passe() {
    let de_caisse = [
        Role::Instructeur,
        Role::Responsable,
        Role::Signataire,
        Role::SecretaireCpd,
        Role::MembreCpd,
        Role::PraticienConseil,
    ];
    for role in Role::TOUS {
        assert_eq!(role.de_caisse(), de_caisse.contains(role), "{role}");
        assert!(Acces::Connecte.permet(Some(*role)) && Acces::Public.permet(Some(*role)));
        let kine = Acces::Roles(&[Role::Kine]).permet(Some(*role));
        assert_eq!(kine, *role == Role::Kine, "{role}");
    }
    assert!(Acces::Public.permet(None));
    assert!(!Acces::Connecte.permet(None));
    assert!(!Acces::Roles(Role::TOUS).permet(None));
}

#[test]
fn le_silence_vaut_acceptation_si_le_parametre_le_dit() {
    let reglement = Reglement::embarque().expect("reglement");
    let jour = "2027-01-15".parse().expect("date");
    assert_eq!(
        textes(
            &reglement,
            jour,
            Conteste::Decision,
            &Destinataires::default()
        )
        .expect("recours")
        .len(),
        4
    );
    let mut autre = reglement
        .parametre("silence.effet", jour)
        .expect("parametre")
        .clone();
    autre.valeur = ValeurParametre::Texte("acceptation".to_owned());
    autre.du = jour;
    let reglement = reglement.avec(autre).expect("reglement");
    let lu = silence(&reglement, jour, &Destinataires::default()).expect("silence");
    assert_eq!(lu.effet, EffetSilence::Acceptation);
    assert!(lu.recours.is_empty());
    assert!(lu.phrase(jour).contains("acceptée"));
}

#[test]
fn un_fait_impossible_d_un_contrat_est_nomme() {
    let reglement = Reglement::embarque().expect("reglement");
    let champ = |fait: &str, valeur: Value| {
        let mut faits =
            json!({"contrat": "caccmk", "categorie": "tres_sous_dotee", "signature": "2026-03-02"});
        faits[fait] = valeur;
        let objet =
            json!({"evaluation": "eligibilite_contrat", "date": "2026-03-02", "faits": faits});
        let reponse = evaluer(&reglement, &objet.to_string(), &ZonageDeTest);
        serde_json::to_value(reponse).expect("json")["erreur"]["champ"].clone()
    };
    for (taux, attendu) in [
        (json!(-1), json!("teletransmission_pct")),
        (json!(0), Value::Null),
        (json!(100), Value::Null),
        (json!(100.1), json!("teletransmission_pct")),
    ] {
        assert_eq!(
            champ("teletransmission_pct", taux.clone()),
            attendu,
            "{taux}"
        );
    }
    for (fin, attendu) in [
        ("2020-12-31", json!("contrats.0.fin")),
        ("2021-01-01", Value::Null),
        ("2021-01-02", Value::Null),
    ] {
        let contrats = json!([{"contrat": "caimk", "debut": "2021-01-01", "fin": fin}]);
        assert_eq!(champ("contrats", contrats), attendu, "{fin}");
    }
}

#[test]
fn un_lot_travaille_et_une_correction_se_cherche_dans_les_etats_dits() {
    use regles::correction::Donnee;
    use regles::lot::EtatLot;

    let au_travail: Vec<&EtatLot> = EtatLot::TOUS.iter().filter(|e| e.travaille()).collect();
    assert_eq!(au_travail, [&EtatLot::EnCours, &EtatLot::Annulation]);
    let cherchees: Vec<&str> = Donnee::TOUS
        .iter()
        .filter(|d| d.se_cherche())
        .map(|d| d.as_str())
        .collect();
    let attendues = [
        Donnee::Prenom,
        Donnee::Nom,
        Donnee::Adresse,
        Donnee::Commune,
    ];
    assert_eq!(cherchees.len(), attendues.len(), "{cherchees:?}");
    assert!(attendues.iter().all(|d| cherchees.contains(&d.as_str())));
}

#[test]
fn une_faute_de_frappe_se_pardonne_a_partir_de_la_longueur_dite() {
    use regles::mots::{TOLERANCE_MIN, apres, variantes};

    let court = "abcdefgh".chars().take(TOLERANCE_MIN).collect::<String>();
    let lues = variantes(&court);
    assert_eq!(lues.len(), TOLERANCE_MIN + 1, "{lues:?}");
    assert!(lues.contains(&court[1..].to_owned()) && !lues.contains(&court[..1].to_owned()));
    assert_eq!(variantes(&court[1..]), Vec::<String>::new());
    // A range of the bytes that holds every word that begins so.
    let fin = apres("mart");
    assert!(fin.as_str() > "martigues" && fin.as_str() < "mas");
}

#[test]
fn une_designation_compte_tant_qu_elle_attend_ou_tient() {
    use regles::designation::EtatDesignation as E;

    let actives: Vec<&E> = E::TOUS.iter().filter(|e| e.est_active()).collect();
    assert_eq!(actives, [&E::EnAttente, &E::Acceptee]);
}

#[test]
fn une_echeance_lie_le_gagnant_ou_suit_une_reduction() {
    use regles::echeance::NatureEcheance as N;

    let du_gagnant: Vec<&N> = N::TOUS.iter().filter(|n| n.du_gagnant()).collect();
    assert_eq!(du_gagnant, [&N::DepotDemande]);
    let suites: Vec<&N> = N::TOUS.iter().filter(|n| n.suit_une_reduction()).collect();
    assert_eq!(suites, [&N::ReductionTitulaire, &N::ReductionCollaborateur]);
}
