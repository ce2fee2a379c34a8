//! DER-2, DER-4: a derogation for the reduction of activity of a colleague, asked, explained, granted and followed.

use regles::demande::EtatDemande;
use regles::droits::Role;
use regles::echeance::{EtatEcheance, NatureEcheance};

use crate::util::builders::{appelees, jour};
use crate::util::client::{Client, Page};
use crate::util::{Caisse, remise};

const PROJET: &[(&str, &str)] = &[
    ("nature", "derogation"),
    ("motif", "A-RED"),
    (
        "expose",
        "Mon confrère lève le pied pour s’occuper de ses parents.",
    ),
    ("etabli_rpps", "10000000009"),
    ("baisse", "60"),
    ("debut", "01/02/2026"),
    ("duree_mois", "30"),
    ("commune", "13056"),
    ("adresse", "12 quai des Anglais"),
    ("deja_conventionne_zone", "non"),
    ("entree_formation", "2015"),
];

async fn envoyer(client: &Client, etape: &str, changes: &[(&str, &str)]) -> Page {
    let mut champs: Vec<(&str, &str)> = PROJET
        .iter()
        .filter(|(n, _)| !changes.iter().any(|(c, _)| c == n))
        .copied()
        .collect();
    champs.extend(changes);
    champs.push(("_etape", etape));
    client
        .post_fichiers(
            "/demandes/nouvelle?nature=derogation&etape=autre",
            "/demandes/nouvelle",
            &champs,
            &[],
        )
        .await
}

pub struct Histoire {
    pub caisse: Caisse,
    kine: Client,
    courriel: String,
    pub numero: String,
}

/// A request filed on A-RED, complete, with the opinion of the commission.
async fn deposee() -> Histoire {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine = caisse.app.connecte(&compte).await;
    let page = envoyer(&kine, "envoyer", &[]).await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let numero = page
        .chemin
        .trim_start_matches("/demandes/")
        .trim_end_matches("/accuse")
        .to_owned();
    Histoire {
        caisse,
        kine,
        courriel: compte.courriel.clone(),
        numero,
    }
}

/// The same granted, and notified on 15 January 2026: the reduction and the commitment run.
pub async fn accordee() -> Histoire {
    let accord = [("sens", "accord"), ("motifs", "Réduction établie.")];
    decidee(&accord).await
}

/// The same, from what is proposed to its notification on 15 January 2026.
async fn decidee(proposition: &[(&str, &str)]) -> Histoire {
    let h = deposee().await;
    let agent = h.caisse.instructeur().await;
    let chemin = format!("/dossiers/{}", h.numero);
    let d = h.caisse.demande(&h.numero);
    h.caisse.decor.fournir(d.id, d.kine_id, &appelees(d.nature));
    agent
        .post(&chemin, &format!("{chemin}/completer"), &[])
        .await;
    agent
        .agir(&format!("{chemin}/avis"), &[("avis", "favorable")])
        .await;
    agent.agir(&format!("{chemin}/proposer"), proposition).await;
    h.caisse
        .signataire()
        .await
        .agir(&format!("{chemin}/decider"), &[])
        .await;
    h.caisse
        .signer_la_lettre(chemin.trim_start_matches("/dossiers/"));
    let page = agent
        .agir(&format!("{chemin}/notifier"), &remise("15/01/2026"))
        .await;
    assert!(
        page.texte()
            .contains("La décision est notifiée le 15 janvier 2026"),
        "{}",
        page.texte()
    );
    h
}

fn finales(h: &Histoire) -> Vec<(NatureEcheance, chrono::NaiveDate, chrono::NaiveDate)> {
    let id = h.caisse.demande(&h.numero).id;
    h.caisse
        .echeances(id)
        .into_iter()
        .filter(|e| e.etat == EtatEcheance::EnCours && e.nature.suit_une_reduction())
        .map(|e| (e.nature, e.depart, e.finale))
        .collect()
}

#[actix_web::test]
async fn der_4_sous_reserve_les_engagements_courent_du_jour_d_effet() {
    let h = decidee(&[
        ("sens", "accord"),
        ("motifs", "Réduction établie, à compter de la fin du bail."),
        ("reserve_condition", "la signature du bail du cabinet"),
        ("reserve_au", "31/03/2026"),
        ("reserve_preuve", "Bail signé"),
    ])
    .await;
    assert_eq!(
        finales(&h),
        [],
        "nothing is owed before the grant takes effect"
    );
    h.caisse.au(jour(2026, 3, 16));
    let d = h.caisse.demande(&h.numero);
    let scope = releve::db::CpamScope::Caisse("131".into());
    let pieces = h
        .caisse
        .lire(|conn| releve::db::piece::de(conn, &scope, d.id));
    let page = h
        .caisse
        .instructeur()
        .await
        .agir(
            &format!("/dossiers/{}/reserve", h.numero),
            &[("le", "15/03/2026"), ("preuve", &pieces[0].id.to_string())],
        )
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    let mut suivies = finales(&h);
    suivies.sort_by_key(|(_, depart, _)| *depart);
    assert_eq!(
        suivies,
        [
            (
                NatureEcheance::ReductionTitulaire,
                jour(2026, 2, 1),
                jour(2028, 8, 1)
            ),
            (
                NatureEcheance::ReductionCollaborateur,
                jour(2026, 3, 15),
                jour(2028, 3, 15)
            ),
        ]
    );
}

#[actix_web::test]
async fn der_2_le_formulaire_demande_la_reduction_et_dit_les_bornes() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine = caisse.app.connecte(&compte).await;
    for (changes, phrase) in [
        (
            &[("etabli_rpps", "")][..],
            "Indiquez le RPPS du confrère établi",
        ),
        (&[("etabli_rpps", "123")][..], "11 chiffres"),
        (&[("baisse", "49")][..], "entre 50 et 100 %"),
        (&[("baisse", "")][..], "de combien son activité baisse"),
        (&[("duree_mois", "23")][..], "au moins 24 mois"),
        (&[("debut", "01/01/2020")][..], "a pris fin"),
        (&[("debut", "bientôt")][..], "n’est pas une date"),
    ] {
        let page = envoyer(&kine, "verifier", changes).await;
        assert_eq!(page.statut, 422, "{changes:?}: {}", page.texte());
        assert!(
            page.texte().contains(phrase),
            "{changes:?}: {}",
            page.texte()
        );
        assert!(
            page.html.contains("Mon confrère lève le pied"),
            "nothing typed is lost"
        );
    }
    let page = envoyer(&kine, "verifier", &[]).await;
    assert!(
        page.texte().contains("Durée de la réduction 30 mois"),
        "{}",
        page.texte()
    );
    // Another ground asks nothing of it.
    let page = envoyer(
        &kine,
        "verifier",
        &[
            ("motif", "B-OFFRE"),
            ("etabli_rpps", ""),
            ("baisse", ""),
            ("debut", ""),
            ("duree_mois", ""),
        ],
    )
    .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert!(
        !page.texte().contains("Durée de la réduction"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn der_4_l_evaluation_montre_les_conditions_et_la_decision_les_garde() {
    let h = deposee().await;
    let agent = h.caisse.instructeur().await;
    let chemin = format!("/dossiers/{}", h.numero);
    let texte = agent.get(&chemin).await.texte();
    assert!(
        texte.contains("est en vigueur le jour du dépôt, le 15 janvier 2026"),
        "{texte}"
    );
    assert!(
        texte.contains("La réduction est durable et suffisante"),
        "{texte}"
    );
    assert!(texte.contains("Fait retenu : 60"), "{texte}");
    assert!(!texte.contains("Kiné actualité"), "{texte}");
    assert!(
        texte.contains("Confrère établi (RPPS) 10000000009"),
        "{texte}"
    );
    assert!(
        texte.contains("60 % pendant 30 mois à partir du 1er février 2026"),
        "{texte}"
    );
    let h = accordee().await;
    let agent = h.caisse.instructeur().await;
    let texte = agent.get(&format!("/dossiers/{}", h.numero)).await.texte();
    assert!(
        texte.contains("Ce que disaient les règles le jour de la décision"),
        "{texte}"
    );
    assert!(
        texte.contains("La réduction est durable et suffisante"),
        "{texte}"
    );
}

#[actix_web::test]
async fn der_4_l_accord_ouvre_deux_echeances_vues_des_trois() {
    let h = accordee().await;
    let etabli = h.caisse.decor.kine("odile.brun@example.fr", "10000000009");
    // 30 months from 1 February 2026; two years from the notification of 15 January 2026, a Saturday.
    assert_eq!(
        finales(&h),
        [
            (
                NatureEcheance::ReductionTitulaire,
                jour(2026, 2, 1),
                jour(2028, 8, 1)
            ),
            (
                NatureEcheance::ReductionCollaborateur,
                jour(2026, 1, 15),
                jour(2028, 1, 17)
            ),
        ]
    );
    // The queue is still ordered by the installation.
    assert_eq!(h.caisse.demande(&h.numero).echeance_nature, "installation");
    let agent = h.caisse.instructeur().await;
    let texte = agent.get(&format!("/dossiers/{}", h.numero)).await.texte();
    assert!(
        texte.contains("Fin de la réduction d’activité du confrère établi"),
        "{texte}"
    );
    let mien = h.kine.get("/espace").await.texte();
    assert!(
        mien.contains("Fin de l’engagement du collaborateur"),
        "{mien}"
    );
    let client = h.caisse.app.client();
    client
        .post(
            "/connexion",
            "/connexion",
            &[
                ("courriel", &etabli.courriel),
                ("mot_de_passe", crate::util::compte::MOT_DE_PASSE),
            ],
        )
        .await;
    let sien = client.get("/espace").await.texte();
    assert!(sien.contains("Ma réduction d’activité"), "{sien}");
    assert!(sien.contains("60 % pendant 30 mois"), "{sien}");
    // Consistent with every control of the base.
    let defauts = h.caisse.lire(|conn| {
        let mut tous = Vec::new();
        for c in releve::db::verification::CONTROLES {
            tous.extend(
                c.objets(conn)?
                    .into_iter()
                    .map(|o| format!("{} {o}", c.phrase)),
            );
        }
        Ok(tous)
    });
    assert!(defauts.is_empty(), "{defauts:?}");
}

#[actix_web::test]
async fn der_4_un_agent_constate_la_fin_ou_le_renouvellement_avec_un_motif() {
    let h = accordee().await;
    let agent = h.caisse.instructeur().await;
    let acte = format!("/dossiers/{}/reduction", h.numero);
    for (champs, phrase) in [
        (
            &[("suite", "fin"), ("motif", "Courrier")][..],
            "Choisissez ce dont",
        ),
        (
            &[("cote", "reduction_titulaire"), ("motif", "Courrier")][..],
            "Choisissez la fin ou",
        ),
        (
            &[("cote", "reduction_titulaire"), ("suite", "fin")][..],
            "Dites sur quoi",
        ),
        (
            &[
                ("cote", "installation"),
                ("suite", "fin"),
                ("motif", "Courrier"),
            ][..],
            "Choisissez ce dont",
        ),
        (
            &[
                ("cote", "reduction_titulaire"),
                ("suite", "renouvellement"),
                ("motif", "Avenant"),
            ][..],
            "la durée du renouvellement",
        ),
    ] {
        let page = agent.agir(&acte, champs).await;
        assert_eq!(page.statut, 422, "{champs:?}");
        assert!(
            page.texte().contains(phrase),
            "{champs:?}: {}",
            page.texte()
        );
    }
    let page = agent
        .agir(
            &acte,
            &[
                ("cote", "reduction_titulaire"),
                ("suite", "renouvellement"),
                ("duree_mois", "12"),
                ("motif", "Avenant du 3 janvier"),
            ],
        )
        .await;
    assert!(
        page.texte().contains("a constaté un renouvellement"),
        "{}",
        page.texte()
    );
    assert_eq!(
        finales(&h)[1],
        (
            NatureEcheance::ReductionTitulaire,
            jour(2028, 8, 1),
            jour(2029, 8, 1)
        )
    );
    agent
        .agir(
            &acte,
            &[
                ("cote", "reduction_collaborateur"),
                ("suite", "fin"),
                ("motif", "Rupture du contrat"),
            ],
        )
        .await;
    assert_eq!(finales(&h).len(), 1);
    // It does not run any more: there is nothing to find of it.
    let encore = agent
        .agir(
            &acte,
            &[
                ("cote", "reduction_collaborateur"),
                ("suite", "fin"),
                ("motif", "Encore"),
            ],
        )
        .await;
    assert_eq!(encore.statut, 422, "{}", encore.texte());
    assert!(
        h.caisse
            .courriels_de(&h.courriel)
            .contains(&"reduction_constatee".to_owned())
    );
    // Another CPAM does not know this file.
    let voisin = h.caisse.app.compte(Role::Instructeur, Some("831"));
    let voisin = h.caisse.app.connecte(&voisin).await;
    assert_eq!(voisin.get(&acte).await.statut, 404);
}

#[actix_web::test]
async fn der_4_les_rappels_partent_une_fois_et_l_accord_caduc_met_fin_au_suivi() {
    let h = accordee().await;
    h.caisse.decor.kine("odile.brun@example.fr", "10000000009");
    // REG-9: nobody installed in six months: the grant lapses, the follow-up with it.
    h.caisse.au(jour(2026, 7, 16));
    h.caisse.app.passer_la_journee().await;
    assert_eq!(h.caisse.demande(&h.numero).etat, EtatDemande::Caduque);
    assert_eq!(finales(&h), []);

    let h = accordee().await;
    h.caisse.decor.kine("odile.brun@example.fr", "10000000009");
    let agent = h.caisse.instructeur().await;
    agent
        .agir(
            &format!("/dossiers/{}/installer", h.numero),
            &[("date", "15/01/2026")],
        )
        .await;
    assert_eq!(h.caisse.demande(&h.numero).etat, EtatDemande::Installee);
    assert_eq!(
        finales(&h).len(),
        2,
        "an installation does not end the follow-up"
    );
    h.caisse.au(jour(2027, 7, 17));
    h.caisse.app.passer_la_journee().await;
    h.caisse.app.passer_la_journee().await;
    let combien = |adresse: &str| {
        h.caisse
            .courriels_de(adresse)
            .iter()
            .filter(|m| ["rappel_demandeur", "rappel_confrere"].contains(&m.as_str()))
            .count()
    };
    assert_eq!(
        combien(&h.courriel),
        1,
        "six months before the end of the commitment"
    );
    assert_eq!(combien("odile.brun@example.fr"), 0, "not hers");
    h.caisse.au(jour(2028, 2, 1));
    h.caisse.app.passer_la_journee().await;
    assert_eq!(
        combien("odile.brun@example.fr"),
        1,
        "six months before the end of her reduction"
    );
    assert_eq!(
        combien(&h.courriel),
        3,
        "past the commitment, and before the end of the reduction"
    );
}
