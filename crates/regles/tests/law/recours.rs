//! PRO-6, PRO-9: the routes of appeal, their words and their days; CTR-11 and CTR-3 for contracts.

use chrono::NaiveDate;
use regles::calendrier::Territoire::{self, Metropole};
use regles::montant::Montant;
use regles::recours::{
    Conteste, Degre, Destinataires, Tribunal, Voie, a_temps, manquants, silence_de_la_cra, terme,
    textes, voie,
};
use regles::reglement::Reglement;
use regles::resiliation::{self, MotifLegitime, Phase, a_restituer, deduire_caimk};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

#[test]
fn pro_6_la_voie_change_le_jour_dit_et_les_anciennes_lettres_se_relisent() {
    let r = reglement();
    assert_eq!(voie(&r, d("2026-11-25")), Ok(Voie::Administrative));
    assert_eq!(voie(&r, d("2026-11-26")), Ok(Voie::SecuriteSociale));
    let avant = textes(
        &r,
        d("2026-11-25"),
        Conteste::Decision,
        &Destinataires::default(),
    );
    let avant = avant.expect("texts").join(" ");
    assert!(
        avant.contains("tribunal administratif") && !avant.contains("amiable"),
        "{avant}"
    );
}

#[test]
fn pro_6_la_commission_de_recours_amiable_vient_d_abord_puis_le_pole_social_du_domicile() {
    let r = reglement();
    let connus = Destinataires {
        cra: Some("CRA, 56 chemin Joseph-Aiguier, 13009 Marseille".to_owned()),
        tribunal: Some(Tribunal {
            ville: "Aix-en-Provence".to_owned(),
            adresse: "40 boulevard Carnot, 13100 Aix-en-Provence".to_owned(),
        }),
    };
    let dits = textes(&r, d("2026-12-01"), Conteste::Decision, &connus).expect("texts");
    assert_eq!(dits.len(), 4);
    assert!(dits[0].starts_with("D’abord, obligatoirement, la commission de recours amiable. Vous avez 2 mois à compter du jour où cette décision vous est notifiée."), "{}", dits[0]);
    assert!(
        dits[0].contains("chemin Joseph-Aiguier") && dits[0].contains("du jour de sa décision")
    );
    assert!(
        dits[1]
            .contains("pôle social du tribunal judiciaire d’Aix-en-Provence, 40 boulevard Carnot"),
        "{}",
        dits[1]
    );
    assert!(dits[1].contains("pas répondu 2 mois après"), "{}", dits[1]);
    assert!(
        !dits.join(" ").contains("avocat"),
        "not read yet: behind a switch"
    );
    assert!(dits[2].contains("ne prolonge pas ces délais"));
    assert!(dits[3].contains("R142-1-A") && dits[3].contains("L412-3"));
    let tout = dits.join(" ");
    for banni in [
        "gracieux",
        "tribunal administratif",
        "PRO-6",
        "recours.voie",
    ] {
        assert!(!tout.contains(banni), "{banni}");
    }
    // The same for a refusal born of silence, from another day.
    let silence = textes(&r, d("2026-12-01"), Conteste::Silence, &connus).expect("texts");
    assert!(silence[0].contains("du jour où votre demande est considérée comme refusée"));
    assert!(!silence.join(" ").contains("cette décision"), "{silence:?}");
}

#[test]
fn pro_6_un_refus_sans_adresse_ne_se_notifie_pas_et_la_donnee_est_nommee() {
    let rien = Destinataires::default();
    assert_eq!(
        manquants(Voie::SecuriteSociale, &rien),
        [
            "l’adresse de la commission de recours amiable de la caisse",
            "le tribunal judiciaire du domicile de la personne"
        ]
    );
    assert_eq!(
        manquants(Voie::Administrative, &rien),
        ["le tribunal administratif compétent"]
    );
    let complet = Destinataires {
        cra: Some("…".to_owned()),
        tribunal: Some(Tribunal {
            ville: "Digne-les-Bains".to_owned(),
            adresse: "…".to_owned(),
        }),
    };
    assert!(manquants(Voie::SecuriteSociale, &complet).is_empty());
}

#[test]
fn pro_6_deux_mois_de_quantieme_a_quantieme_et_pleins_devant_le_tribunal_administratif() {
    let r = reglement();
    let jour = |notification| terme(&r, d(notification), Metropole).expect("a day");
    // A Saturday moves to Monday.
    assert_eq!(jour("2026-12-01"), d("2027-02-01"));
    assert_eq!(jour("2026-12-13"), d("2027-02-15"));
    // The former reading, for what was notified under it.
    assert_eq!(jour("2026-01-10"), d("2026-03-10"));
    // The other route, chosen later: full months, one day more.
    let mut autre = r
        .parametre("recours.voie", d("2026-12-01"))
        .expect("route")
        .clone();
    autre.du = d("2027-01-01");
    autre.valeur = regles::parametre::ValeurParametre::Texte("administrative".to_owned());
    let autre = r.avec(autre).expect("parameters");
    assert_eq!(
        terme(&autre, d("2027-01-11"), Metropole),
        Ok(d("2027-03-12"))
    );
    assert!(
        a_temps(d("2027-02-15"), jour("2026-12-13"))
            && !a_temps(d("2027-02-16"), jour("2026-12-13"))
    );
    assert_eq!(
        terme(&r, d("9999-12-01"), Metropole)
            .expect_err("past")
            .champ(),
        "notification"
    );
}

#[test]
fn pro_9_chaque_voie_a_ses_degres_et_aucun_superieur_hierarchique() {
    assert_eq!(
        Voie::SecuriteSociale.degres(),
        [
            Degre::Cra,
            Degre::TribunalJudiciaire,
            Degre::CourAppel,
            Degre::Cassation
        ]
    );
    assert_eq!(Voie::Administrative.degres()[0], Degre::Gracieux);
    assert!(Voie::SecuriteSociale.premier_degre_obligatoire());
    assert!(!Voie::Administrative.premier_degre_obligatoire());
    let r = reglement();
    let silence = silence_de_la_cra(&r, d("2026-12-01"), Territoire::Metropole).expect("a day");
    assert_eq!(silence.finale, d("2027-02-01"));
    assert!(silence_de_la_cra(&r, d("9999-12-01"), Metropole).is_err());
}

#[test]
fn ctr_11_un_motif_legitime_dispense_de_restituer_et_la_phase_a_ses_delais() {
    let r = reglement();
    let le = d("2027-03-01");
    let du = Montant::centimes(1_800_657);
    assert_eq!(a_restituer(&r, le, None, du), Ok(du));
    for motif in MotifLegitime::TOUS {
        assert_eq!(
            a_restituer(&r, le, Some(*motif), du),
            Ok(Montant::ZERO),
            "{motif}"
        );
    }
    let mut moins = r
        .parametre("ctr.motifs_legitimes", le)
        .expect("reasons")
        .clone();
    moins.du = d("2027-01-01");
    moins.valeur = regles::parametre::ValeurParametre::Liste(vec!["deces".to_owned()]);
    let moins = r.avec(moins).expect("parameters");
    assert_eq!(
        a_restituer(&moins, le, Some(MotifLegitime::Detention), du),
        Ok(du)
    );
    let fin = |phase| {
        resiliation::terme(&r, phase, le, Metropole)
            .expect("a day")
            .finale
    };
    assert_eq!(fin(Phase::Observations), d("2027-03-31"));
    assert_eq!(fin(Phase::Avis), d("2027-03-31"));
    assert_eq!(fin(Phase::Decision), d("2027-03-16"));
}

#[test]
fn ctr_3_ce_que_le_caimk_a_paye_se_deduit_du_caccmk() {
    let r = reglement();
    let le = d("2027-03-01");
    let m = Montant::centimes;
    assert_eq!(
        deduire_caimk(&r, le, m(3_000_000), m(1_500_000)),
        Ok((m(1_500_000), m(0)))
    );
    assert_eq!(
        deduire_caimk(&r, le, m(500_000), m(1_500_000)),
        Ok((m(0), m(1_000_000)))
    );
    assert_eq!(
        deduire_caimk(&r, le, m(500_000), m(0)),
        Ok((m(500_000), m(0)))
    );
}
