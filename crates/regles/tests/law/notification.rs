//! PRO-8: which day counts, by the way a decision was sent; PRO-2, PRO-3, PRO-7: silence and the receipt.

use chrono::NaiveDate;
use regles::accuse::terme_de_l_accuse;
use regles::calendrier::Territoire::{AlsaceMoselle, Metropole};
use regles::echeance::Suspension;
use regles::notification::{Envoi, Notification as N, Retour, etat};
use regles::reglement::Reglement;
use regles::silence::{
    EffetSilence, Reception, depart_du_silence, terme_des_motifs, terme_du_retrait,
    terme_du_silence,
};

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

#[test]
fn pro_8_l_espace_notifie_a_l_ouverture_ou_le_jour_de_la_mise_a_disposition() {
    let r = reglement();
    let vu = |ouverte: Option<&str>, jour| {
        let envoi = Envoi::Espace {
            consenti: true,
            disposition: d("2026-12-01"),
            ouverte: ouverte.map(d),
        };
        etat(&r, envoi, d(jour)).expect("parameters")
    };
    assert_eq!(
        vu(None, "2026-12-16"),
        N::Attendue,
        "the fifteenth day is still in time"
    );
    assert_eq!(vu(None, "2026-12-17"), N::Le(d("2026-12-01")));
    assert_eq!(vu(Some("2026-12-16"), "2027-01-01"), N::Le(d("2026-12-16")));
    assert_eq!(vu(Some("2026-12-17"), "2027-01-01"), N::Le(d("2026-12-01")));
    let sans_accord = Envoi::Espace {
        consenti: false,
        disposition: d("2026-12-01"),
        ouverte: Some(d("2026-12-02")),
    };
    assert_eq!(etat(&r, sans_accord, d("2027-01-01")), Ok(N::ARefaire));
}

#[test]
fn pro_8_le_recommande_notifie_a_la_remise_ou_a_l_avis_de_passage() {
    let r = reglement();
    let vu = |avisee: Option<&str>, remise: Option<&str>, retour| {
        let envoi = Envoi::Recommande {
            avisee: avisee.map(d),
            remise: remise.map(d),
            retour,
        };
        etat(&r, envoi, d("2027-01-01")).expect("parameters")
    };
    let remis = N::Le(d("2026-12-08"));
    assert_eq!(vu(Some("2026-12-03"), Some("2026-12-08"), None), remis);
    assert_eq!(vu(Some("2026-12-03"), None, None), N::Attendue);
    assert_eq!(
        vu(Some("2026-12-03"), None, Some(Retour::NonReclamee)),
        N::Le(d("2026-12-03"))
    );
    assert_eq!(vu(None, None, Some(Retour::NonReclamee)), N::ARefaire);
    assert_eq!(
        vu(Some("2026-12-03"), None, Some(Retour::Inconnue)),
        N::ARefaire
    );
    let recommande = |acceptee: Option<&str>, jour| {
        let envoi = Envoi::RecommandeElectronique {
            avisee: d("2026-12-01"),
            acceptee: acceptee.map(d),
        };
        etat(&r, envoi, d(jour)).expect("parameters")
    };
    assert_eq!(recommande(None, "2026-12-16"), N::Attendue);
    assert_eq!(recommande(None, "2026-12-17"), N::ARefaire);
    assert_eq!(
        recommande(Some("2026-12-16"), "2027-01-01"),
        N::Le(d("2026-12-16"))
    );
    assert_eq!(recommande(Some("2026-12-17"), "2027-01-01"), N::ARefaire);
    let le = d("2026-12-05");
    assert_eq!(etat(&r, Envoi::MainPropre { recue: le }, le), Ok(N::Le(le)));
    assert_eq!(etat(&r, Envoi::Ordinaire, le), Ok(N::ARefaire));
}

#[test]
fn pro_7_le_dernier_jour_du_silence_ne_se_reporte_plus() {
    let r = reglement();
    let fin = |depart, suspensions: &[Suspension]| {
        terme_du_silence(&r, d(depart), Metropole, suspensions).expect("a day")
    };
    // 30 January 2027 is a Saturday.
    let samedi = fin("2026-11-30", &[]);
    assert_eq!((samedi.finale, samedi.report), (d("2027-01-30"), None));
    assert_eq!(
        fin("2026-12-31", &[]).finale,
        d("2027-02-28"),
        "a Sunday stays"
    );
    let etape = fin("2026-12-31", &[]).explication.0.pop().expect("a step");
    assert_eq!(
        (etape.regle.as_ref(), etape.source.as_ref()),
        ("PRO-7", "silence.report_jour_non_ouvrable")
    );
    let suspension = Suspension {
        du: d("2027-01-10"),
        au: d("2027-01-20"),
        motif: None,
    };
    assert_eq!(fin("2026-12-31", &[suspension]).finale, d("2027-03-10"));
    // What ran under the former value keeps it: 10 January 2027 is a Sunday.
    assert_eq!(fin("2026-11-10", &[]).finale, d("2027-01-11"));
    let envers = Suspension {
        du: d("2027-01-20"),
        au: d("2027-01-10"),
        motif: None,
    };
    assert!(terme_du_silence(&r, d("2026-12-31"), Metropole, &[envers]).is_err());
}

#[test]
fn pro_1_pro_3_le_silence_part_de_la_premiere_caisse_ou_du_dossier_complet() {
    let recue = Reception {
        premiere: d("2026-12-01"),
        competente: d("2026-12-10"),
        complete: None,
    };
    assert_eq!(
        depart_du_silence(EffetSilence::Rejet, &recue),
        Some(d("2026-12-01"))
    );
    assert_eq!(depart_du_silence(EffetSilence::Acceptation, &recue), None);
    let complete = |le| Reception {
        complete: Some(d(le)),
        ..recue
    };
    let depart = |le| depart_du_silence(EffetSilence::Acceptation, &complete(le));
    assert_eq!(depart("2026-12-20"), Some(d("2026-12-20")));
    assert_eq!(
        depart("2026-12-01"),
        Some(d("2026-12-10")),
        "never before the caisse in charge"
    );
}

#[test]
fn pro_2_l_accuse_part_en_dix_jours_ouvres() {
    let r = reglement();
    // Christmas and the first of January are skipped; Easter Monday everywhere, Good Friday in Alsace-Moselle.
    assert_eq!(
        terme_de_l_accuse(&r, d("2027-03-19"), Metropole),
        Ok(d("2027-04-05"))
    );
    assert_eq!(
        terme_de_l_accuse(&r, d("2027-03-19"), AlsaceMoselle),
        Ok(d("2027-04-06"))
    );
    let sans_parametre = terme_de_l_accuse(&r, d("1990-01-01"), Metropole);
    assert_eq!(
        sans_parametre.expect_err("no parameter yet").champ(),
        "date"
    );
}

#[test]
fn pro_7_les_motifs_en_un_mois_et_le_retrait_en_quatre() {
    let r = reglement();
    let motifs = terme_des_motifs(&r, d("2026-12-01"), Metropole).expect("a day");
    assert_eq!(motifs.finale, d("2027-01-04"), "1 January, then a week-end");
    assert_eq!(terme_du_retrait(&r, d("2026-12-31")), Ok(d("2027-04-30")));
    assert_eq!(
        terme_du_retrait(&r, d("9999-12-31"))
            .expect_err("past")
            .champ(),
        "depart"
    );
}
