//! REG-3, REG-13, REG-16, REG-17, REG-18, REG-19: what is a departure, what is counted, what a place becomes, who sees it.

use chrono::NaiveDate;
use regles::calendrier::Territoire::Metropole;
use regles::depart::{
    Auteur, Communication, Contestation as K, Decompte, Destinataire, Mouvement as M, contestation,
};
use regles::grand_livre::EtatPlace as E;
use regles::partage::{Donnee, roles, voit};
use regles::place::sans_objet_depuis;
use regles::reglement::Reglement;
use regles::reserve::{Issue, place, terme_de_l_installation};
use regles::zonage::Categorie as C;

fn d(texte: &str) -> NaiveDate {
    texte.parse().expect("date")
}

fn reglement() -> Reglement {
    Reglement::embarque().expect("parameters")
}

#[test]
fn reg_13_reg_19_seuls_une_cessation_et_un_changement_de_zone_sont_des_departs() {
    let departs: Vec<M> = M::TOUS
        .iter()
        .copied()
        .filter(|m| m.est_un_depart())
        .collect();
    assert_eq!(departs, [M::Cessation, M::SortieDeZone]);
    assert_eq!(M::demenagement(Some(true)), Some(M::DansLaZone));
    assert_eq!(M::demenagement(Some(false)), Some(M::SortieDeZone));
    assert_eq!(M::demenagement(None), None);
    assert_eq!(M::DansLaZone.cabinet_remplacable(), Some(false));
    assert_eq!(M::Cessation.cabinet_remplacable(), Some(true));
    assert_eq!(M::ArretTemporaire.cabinet_remplacable(), None);
    assert_eq!(M::ActiviteSecondaire.se_declare_a(), [Destinataire::Ordre]);
    assert_eq!(
        M::DansLaZone.se_declare_a(),
        [Destinataire::Caisse, Destinataire::Ordre]
    );
}

#[test]
fn reg_3_le_decompte_se_conteste_avant_que_la_place_soit_dite_non_transmissible() {
    let r = reglement();
    let etat = |communique: Option<&str>, conteste: Option<&str>, repondu: Option<&str>, jour| {
        let suivi = Communication {
            communique_le: communique.map(d),
            conteste_le: conteste.map(d),
            repondu_le: repondu.map(d),
        };
        contestation(&r, &suivi, Metropole, d(jour)).expect("a state")
    };
    let le = Some("2026-12-01");
    assert_eq!(etat(None, None, None, "2026-12-01"), K::ACommuniquer);
    assert_eq!(
        etat(le, None, None, "2026-12-16"),
        K::Ouverte(d("2026-12-16"))
    );
    assert_eq!(etat(le, None, None, "2026-12-17"), K::Close);
    assert_eq!(
        etat(le, Some("2026-12-16"), None, "2027-01-20"),
        K::ARepondre
    );
    assert_eq!(
        etat(le, Some("2026-12-16"), Some("2027-01-20"), "2027-01-20"),
        K::Close
    );
    assert_eq!(
        etat(le, Some("2026-12-17"), None, "2026-12-18"),
        K::Close,
        "too late"
    );
    let compte = |extrait: &str| Decompte {
        actes: 1_100,
        periode: (d("2025-06-30"), d("2026-06-29")),
        auteur: Auteur::Caisse,
        extrait_le: d(extrait),
    };
    assert!(compte("2026-06-29").provisoire() && !compte("2026-06-30").provisoire());
}

#[test]
fn reg_16_une_zone_qui_cesse_d_etre_regulee_laisse_ses_places_sans_objet() {
    let zone = [
        (d("2019-04-09"), C::SurDoteeAv5),
        (d("2025-06-06"), C::Intermediaire),
        (d("2027-06-06"), C::NonPrioritaire),
    ];
    let depuis = |etat, cessation, jour| sans_objet_depuis(etat, d(cessation), &zone, d(jour));
    assert_eq!(depuis(E::Ouverte, "2024-09-30", "2025-06-05"), None);
    assert_eq!(
        depuis(E::Ouverte, "2024-09-30", "2025-06-06"),
        Some(d("2025-06-06"))
    );
    assert_eq!(
        depuis(E::AExaminer, "2024-09-30", "2027-07-01"),
        Some(d("2025-06-06")),
        "regulated again, it comes back to nothing"
    );
    assert_eq!(
        depuis(E::AAttribuer, "2026-01-01", "2026-02-01"),
        Some(d("2026-01-01"))
    );
    assert_eq!(depuis(E::Ouverte, "2027-06-06", "2028-01-01"), None);
    for prise in [E::Reservee, E::Pourvue, E::Caduque] {
        assert_eq!(depuis(prise, "2024-09-30", "2026-01-01"), None, "{prise}");
    }
}

#[test]
fn reg_17_la_condition_remplie_ouvre_les_six_mois_et_defaillie_rend_la_place() {
    let r = reglement();
    let terme = |issue, notification| {
        terme_de_l_installation(&r, issue, d(notification), Metropole, &[])
            .expect("a deadline")
            .map(|e| e.finale)
    };
    let levee = Issue::Levee(d("2027-03-31"));
    assert_eq!(terme(levee, "2027-01-15"), Some(d("2027-09-30")));
    assert_eq!(
        terme(levee, "2027-04-15"),
        Some(d("2027-10-15")),
        "never before it is notified"
    );
    assert_eq!(terme(Issue::EnCours, "2027-01-15"), None);
    assert_eq!(terme(Issue::Defaillie, "2027-01-15"), None);

    let limite = d("2027-06-30");
    assert_eq!(place(Issue::EnCours, limite, d("2027-04-01")), None);
    assert_eq!(place(levee, limite, d("2027-04-01")), None);
    let rendue = |jour| place(Issue::Defaillie, limite, d(jour));
    assert_eq!(rendue("2027-06-30"), Some(E::Ouverte));
    assert_eq!(rendue("2027-07-01"), Some(E::Caduque));
}

#[test]
fn reg_18_l_une_certifie_l_autre_decide_et_chacune_ne_voit_que_l_essentiel() {
    let r = roles("131", "841");
    assert_eq!((r.certifie, r.decide), ("131", "841"));
    let vues = |lectrice, partagee| -> Vec<Donnee> {
        Donnee::TOUS
            .iter()
            .copied()
            .filter(|donnee| voit(lectrice, "131", partagee, *donnee))
            .collect()
    };
    assert_eq!(vues("131", false), Donnee::TOUS, "one’s own");
    assert_eq!(
        vues("841", true),
        [
            Donnee::Nom,
            Donnee::Dates,
            Donnee::Etat,
            Donnee::Numero,
            Donnee::GrandLivre
        ]
    );
    assert!(vues("841", false).is_empty(), "as if it did not exist");
}
