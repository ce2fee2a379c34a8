//! PRO-5: what ends a decision, when, and after what exchange; the correction of a clerical error.

use chrono::NaiveDate;
use regles::calendrier::Territoire::Metropole;
use regles::decision::Acte;
use regles::demande::Sens;
use regles::reglement::Reglement;
use regles::retrait::{
    Acquise, Cause, Echange, Empeche, EtatRetrait as E, Evenement as V, corriger, effet, envisager,
    prononcer, terme_des_observations, transition,
};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

/// A grant of 10 January 2026.
const fn accord(le: NaiveDate) -> Acquise {
    Acquise {
        sens: Sens::Accord,
        le,
    }
}

fn code(resultat: Result<(), Empeche>) -> Result<(), &'static str> {
    resultat.map_err(|e| match e {
        Empeche::Refus(refus) => refus.code(),
        Empeche::Regle(_) => "regle",
    })
}

#[test]
fn pro_5_une_decision_illegale_se_retire_quatre_mois_une_fraude_a_tout_moment() {
    let r = reglement();
    let prise = accord(d("2026-01-10"));
    let vu = |cause, jour| code(envisager(&r, prise, cause, d(jour)));
    assert_eq!(vu(Cause::Illegalite, "2026-05-10"), Ok(()));
    assert_eq!(vu(Cause::Illegalite, "2026-05-11"), Err("retrait_tardif"));
    for cause in [Cause::Fraude, Cause::Condition, Cause::Demande] {
        assert_eq!(vu(cause, "2030-01-01"), Ok(()), "{cause}");
    }
    let refus = Acquise {
        sens: Sens::Refus,
        ..prise
    };
    let dit = code(envisager(&r, refus, Cause::Fraude, d("2026-02-01")));
    assert_eq!(dit, Err("retrait_sans_droit"));
}

#[test]
fn pro_5_la_personne_repond_avant_que_rien_ne_soit_decide() {
    let r = reglement();
    let prise = accord(d("2026-01-10"));
    let terme = terme_des_observations(&r, d("2026-04-20"), Metropole).expect("a day");
    assert_eq!(terme.finale, d("2026-05-05"));
    let echange = |observations: Option<&str>| {
        Some(Echange {
            terme: terme.finale,
            observations: observations.map(d),
        })
    };
    let vu = |cause, echange, jour| code(prononcer(&r, prise, cause, echange, d(jour)));
    assert_eq!(
        vu(Cause::Illegalite, None, "2026-05-06"),
        Err("retrait_sans_echange")
    );
    assert_eq!(
        vu(Cause::Illegalite, echange(None), "2026-05-05"),
        Err("retrait_en_attente")
    );
    assert_eq!(vu(Cause::Illegalite, echange(None), "2026-05-06"), Ok(()));
    assert_eq!(
        vu(Cause::Illegalite, echange(Some("2026-04-25")), "2026-04-26"),
        Ok(())
    );
    // The four months are not lengthened by the exchange.
    assert_eq!(
        vu(Cause::Illegalite, echange(None), "2026-05-11"),
        Err("retrait_tardif")
    );
    assert_eq!(vu(Cause::Demande, None, "2026-04-20"), Ok(()));
}

#[test]
fn pro_5_le_retrait_efface_le_passe_l_abrogation_ne_vaut_que_pour_la_suite() {
    let (prise, jour) = (d("2026-01-10"), d("2026-06-01"));
    for (cause, acte, depuis) in [
        (Cause::Illegalite, Acte::Retrait, prise),
        (Cause::Fraude, Acte::Retrait, prise),
        (Cause::Condition, Acte::Abrogation, jour),
        (Cause::Demande, Acte::Abrogation, jour),
    ] {
        assert_eq!((cause.acte(), effet(cause, prise, jour)), (acte, depuis));
        assert!(cause.acte().doit_etre_motive());
    }
}

#[test]
fn pro_5_un_retrait_se_conclut_une_fois() {
    for (evenement, vers) in [(V::Prononcer, E::Prononce), (V::Abandonner, E::Abandonne)] {
        assert_eq!(transition(E::DEBUT, evenement).map(|p| p.vers()), Ok(vers));
        assert!(transition(vers, V::Prononcer).is_err());
        assert!(transition(vers, V::Abandonner).is_err());
    }
}

#[test]
fn pro_5_une_correction_porte_sur_ce_que_la_lettre_dit() {
    let lettre = "Vous exercez au 12 rue de la Paix, Marseille.";
    let champ = |faux, juste| corriger(lettre, faux, juste).map_err(|(champ, _)| champ);
    assert_eq!(champ("12 rue de la Paix", "21 rue de la Paix"), Ok(()));
    assert_eq!(champ("13 rue", "21 rue"), Err("faux"));
    assert_eq!(champ("", "21 rue"), Err("faux"));
    assert_eq!(champ("12 rue", "12 rue "), Err("juste"));
    assert_eq!(champ("12 rue", " "), Err("juste"));
}
