//! PRO-5: what signs a decision, and what may be notified before a hand signed it.

use chrono::NaiveDate;
use regles::decision::ModeNotification as N;
use regles::signature::{Homologation, MoyenSignature as M, choisir, en_vigueur, notifier};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

#[test]
fn pro_5_la_lettre_signee_precede_la_notification_sauf_dispense_du_teleservice() {
    for (moyen, par, signee, permise) in [
        (M::Main, N::Portail, false, false),
        (M::Main, N::Recommande, false, false),
        (M::Main, N::MainPropre, false, false),
        (M::Main, N::Portail, true, true),
        (M::Main, N::Recommande, true, true),
        (M::Teleservice, N::Portail, false, true),
        (M::Teleservice, N::Recommande, false, false),
        (M::Teleservice, N::MainPropre, false, false),
        (M::Teleservice, N::Recommande, true, true),
    ] {
        let dite = notifier(moyen, par, signee);
        assert_eq!(dite.is_ok(), permise, "{moyen}, {par}, {signee}");
    }
}

#[test]
fn pro_5_la_dispense_suppose_une_homologation_et_la_signature_electronique_attend() {
    let jour = d("2026-06-01");
    let homologation = |reference, du: Option<&str>, au: Option<&str>| Homologation {
        reference,
        du: du.map(d),
        au: au.map(d),
    };
    let vide = homologation("", None, None);
    let champ = |moyen, h| choisir(moyen, h, jour).map_err(|(champ, _)| champ);
    assert_eq!(champ(M::Main, vide), Ok(()));
    assert_eq!(champ(M::Electronique, vide), Err("moyen"));
    assert_eq!(champ(M::Teleservice, vide), Err("reference"));
    let ecrite = |du, au| homologation("RGS 2026-12", du, au);
    assert_eq!(
        champ(M::Teleservice, ecrite(None, None)),
        Err("homologuee_le")
    );
    assert_eq!(
        champ(M::Teleservice, ecrite(Some("2026-06-02"), None)),
        Err("homologuee_le")
    );
    assert_eq!(
        champ(
            M::Teleservice,
            ecrite(Some("2025-06-01"), Some("2026-05-31"))
        ),
        Err("homologuee_au")
    );
    assert_eq!(
        champ(
            M::Teleservice,
            ecrite(Some("2026-06-01"), Some("2026-06-01"))
        ),
        Ok(())
    );
    assert_eq!(en_vigueur(M::Teleservice, Some(jour), jour), M::Teleservice);
    assert_eq!(
        en_vigueur(M::Teleservice, Some(d("2026-05-31")), jour),
        M::Main
    );
    assert_eq!(en_vigueur(M::Teleservice, None, jour), M::Teleservice);
}
