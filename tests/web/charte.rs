//! REG-12: the charter of a CPAM, the call for candidates, the ranking and the attribution.

use std::sync::{Arc, Barrier};

use diesel::prelude::*;
use releve::actions::ActionError;
use releve::actions::appel::{self, Attribution, Instruction};
use releve::db::appel::EtatAppel;
use releve::db::candidature::EtatCandidature;
use releve::db::designation::{self, EtatDesignation};
use releve::db::verification::CONTROLES;
use releve::db::{CpamScope, DbError, charte};
use releve::domain::droits::Role;
use releve::domain::grand_livre::EtatPlace;

use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::client::{Client, Page};
use crate::util::compte::CompteTest;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Experience over ten years (60), practice in the zone (40).
const CHARTE: [(&str, &str); 13] = [
    ("du", "15/01/2026"),
    ("lignes", "2"),
    ("libelle_0", "Années d’expérience"),
    ("genre_0", "nombre"),
    ("maximum_0", "10"),
    ("sens_0", "croissant"),
    ("poids_0", "60"),
    ("libelle_1", "Déjà remplaçant dans la zone"),
    ("genre_1", "oui_non"),
    ("maximum_1", ""),
    ("sens_1", "croissant"),
    ("poids_1", "40"),
    ("_x", ""),
];

fn sauf<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    CHARTE
        .iter()
        .map(|(n, v)| *changes.iter().find(|(c, _)| c == n).unwrap_or(&(n, v)))
        .collect()
}

async fn fixer(client: &Client, champs: &[(&str, &str)]) -> Page {
    // The hidden count of the page comes first: the one of the test is read instead.
    let page = client.get("/charte/nouvelle").await;
    let mut tous: Vec<(String, String)> = page
        .caches()
        .into_iter()
        .filter(|(n, _)| n != "lignes")
        .collect();
    tous.extend(
        champs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    client.post_brut("/charte/nouvelle", &tous).await
}

/// A charter in force, and a place whose two years are over: open for two candidates since 15 January 2028.
pub struct Appel {
    pub caisse: Caisse,
    place_id: i64,
    pub id: i64,
    pub candidats: Vec<CompteTest>,
}

impl Appel {
    pub async fn ouvert() -> Appel {
        let caisse = Caisse::start();
        let signataire = caisse.signataire().await;
        let page = fixer(&signataire, &sauf(&[])).await;
        assert_eq!(page.chemin, "/charte", "{}", page.texte());
        let (_, place) = caisse.depart_confirme(1);
        caisse.au(jour(2028, 1, 14));
        caisse.app.passer_la_journee().await;
        assert_eq!(caisse.place(place.id).etat, EtatPlace::AAttribuer);
        let agent = caisse.instructeur().await;
        let liste = agent.get("/attributions").await;
        assert!(
            liste.texte().contains("Appels à ouvrir"),
            "{}",
            liste.texte()
        );
        let id = place.id.to_string();
        let page = agent
            .post("/attributions", "/attributions", &[("place", id.as_str())])
            .await;
        assert_eq!(page.statut, 200, "{}", page.texte());
        let id = page
            .chemin
            .rsplit('/')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("the call");
        let candidats = (0..2)
            .map(|_| caisse.app.compte(Role::Kine, None))
            .collect();
        Appel {
            caisse,
            place_id: place.id,
            id,
            candidats,
        }
    }

    async fn candidater(&self, n: usize, experience: &str, zone: &str) -> Page {
        let client = self.caisse.app.connecte(&self.candidats[n]).await;
        let page = format!("/appels/{}", self.id);
        let mut champs = vec![("C1", experience)];
        if !zone.is_empty() {
            champs.push(("C2", zone));
        }
        client
            .post_fichiers(
                &page,
                &format!("{page}/candidature"),
                &champs,
                &[("pieces", "contrat.pdf", PDF)],
            )
            .await
    }

    fn instruction(&self) -> Instruction {
        let scope = CpamScope::Organisme("131".into());
        self.caisse
            .lire(|conn| Instruction::lire(conn, &scope, self.id))
    }

    fn candidature(&self, n: usize) -> i64 {
        let lue = self.instruction();
        let kine = self.candidats[n].kine_id;
        lue.candidatures
            .iter()
            .find(|c| Some(c.candidature.kine_id) == kine)
            .expect("an application")
            .candidature
            .id
    }

    /// What the consistency check finds of REG-12.
    fn controles(&self) -> Vec<String> {
        let siens = || CONTROLES.iter().filter(|c| c.regle == "REG-12");
        assert_eq!(siens().count(), 3);
        self.caisse.lire(|conn| {
            let mut objets = Vec::new();
            for controle in siens() {
                objets.extend(controle.objets(conn)?);
            }
            Ok(objets)
        })
    }

    fn alterer(&self, sql: &str) {
        self.caisse
            .agir(|tx| {
                diesel::sql_query(sql)
                    .execute(&mut **tx)
                    .map_err(DbError::from)?;
                Ok(())
            })
            .expect("the row is altered");
    }

    fn chemin(&self, suite: &str) -> String {
        format!("/attributions/{}{suite}", self.id)
    }

    /// Both apply, the applications close, every value is checked and the commission ranks as computed.
    async fn classe() -> Appel {
        let a = Appel::ouvert().await;
        a.classer().await;
        a
    }

    pub async fn classer(&self) {
        let a = self;
        a.candidater(0, "4", "non").await;
        a.candidater(1, "6", "oui").await;
        a.caisse.au(jour(2028, 3, 1));
        let agent = a.caisse.instructeur().await;
        for (n, experience, zone) in [(0, "4", "non"), (1, "5", "oui")] {
            let chemin = a.chemin(&format!("/candidatures/{}", a.candidature(n)));
            let page = agent
                .agir(&chemin, &[("C1", experience), ("C2", zone)])
                .await;
            assert_eq!(page.chemin, a.chemin(""), "{}", page.texte());
        }
        let (un, deux) = (
            format!("rang_{}", a.candidature(0)),
            format!("rang_{}", a.candidature(1)),
        );
        let page = agent
            .agir(
                &a.chemin("/commission"),
                &[
                    ("le", "01/03/2028"),
                    (&un, "2"),
                    (&deux, "1"),
                    ("motif", ""),
                ],
            )
            .await;
        assert_eq!(page.chemin, a.chemin(""), "{}", page.texte());
    }
}

#[actix_web::test]
async fn reg_12_sans_charte_rien_ne_change() {
    let caisse = Caisse::start();
    let (_, place) = caisse.depart_confirme(1);
    caisse.au(jour(2028, 1, 14));
    caisse.app.passer_la_journee().await;
    assert_eq!(caisse.place(place.id).etat, EtatPlace::Caduque);
    let page = caisse.instructeur().await.get("/charte").await;
    assert!(
        page.texte().contains("n’applique pas de charte"),
        "{}",
        page.texte()
    );
    assert!(!page.texte().contains("Appliquer une charte"));
}

#[actix_web::test]
async fn reg_12_une_charte_se_fixe_sans_rien_perdre_de_ce_qui_est_faux() {
    let caisse = Caisse::start();
    let client = caisse.signataire().await;
    let fautes: [(&[(&str, &str)], &str); 6] = [
        (
            &[("poids_0", "50")],
            "Les poids font 90 en tout : ils doivent faire 100.",
        ),
        (
            &[("libelle_1", "années d’experience")],
            "Ce critère est déjà dans la charte.",
        ),
        (&[("libelle_0", "")], "Donnez un nom à ce critère."),
        (
            &[("maximum_0", "")],
            "La valeur maximale est un nombre entier",
        ),
        (&[("poids_1", "cent")], "n’est pas un nombre entier"),
        (
            &[("du", "14/01/2026")],
            "Une charte ne s’applique pas au passé",
        ),
    ];
    for (faute, phrase) in fautes {
        let page = fixer(&client, &sauf(faute)).await;
        assert_eq!(page.statut, 422, "{faute:?}");
        assert!(
            page.texte().contains(phrase),
            "{faute:?} : {}",
            page.texte()
        );
        assert!(page.html.contains("Déjà remplaçant") || faute[0].0 == "libelle_1");
    }
    let plus = fixer(&client, &[sauf(&[]), vec![("_ajouter", "oui")]].concat()).await;
    assert!(plus.texte().contains("Critère 3") && plus.html.contains("Déjà remplaçant"));

    let page = fixer(&client, &sauf(&[])).await;
    assert_eq!(page.chemin, "/charte", "{}", page.texte());
    assert!(page.texte().contains("Appliquée") && page.texte().contains("60 points"));
    let encore = fixer(&client, &sauf(&[])).await;
    assert_eq!(encore.statut, 422);
    assert!(
        encore.texte().contains("commence déjà"),
        "{}",
        encore.texte()
    );
    // The end is dated too, and everything stays in the history.
    let fin = client.agir("/charte/fin", &[("du", "01/02/2026")]).await;
    assert_eq!(fin.chemin, "/charte", "{}", fin.texte());
    let texte = fin.texte();
    assert!(
        texte.contains("Du 15 janvier 2026 au 31 janvier 2026"),
        "{texte}"
    );
    let en_vigueur = |le| caisse.lire(|conn| charte::en_vigueur(conn, "131", le));
    assert!(en_vigueur(jour(2026, 1, 14)).is_none());
    assert!(en_vigueur(jour(2026, 1, 31)).is_some());
    assert!(en_vigueur(jour(2026, 2, 1)).is_none());
    // Only the signatory fixes a charter.
    let agent = caisse.instructeur().await;
    assert_eq!(agent.get("/charte/nouvelle").await.statut, 403);
}

#[actix_web::test]
async fn reg_12_un_appel_est_public_sans_le_nom_de_qui_part() {
    let a = Appel::ouvert().await;
    let lue = a.instruction();
    // One month from Friday 14 January 2028: Monday 14 February.
    assert_eq!(lue.appel.appel.cloture, jour(2028, 2, 14));
    let public = a.caisse.app.client();
    let liste = public.get("/appels").await;
    assert!(liste.texte().contains("Martigues"), "{}", liste.texte());
    let page = public.get(&format!("/appels/{}", a.id)).await;
    let texte = page.texte();
    assert!(
        texte.contains("Me connecter") && texte.contains("Années d’expérience"),
        "{texte}"
    );
    assert!(
        !texte.contains("Martin") && !texte.contains("Helene"),
        "{texte}"
    );
    // Opening twice opens once.
    let agent = a.caisse.instructeur().await;
    let id = a.place_id.to_string();
    let encore = agent
        .post("/attributions", "/attributions", &[("place", id.as_str())])
        .await;
    assert_eq!(encore.chemin, a.chemin(""));
    // Another CPAM sees nothing of it.
    let autre = a.caisse.app.compte(Role::Instructeur, Some("069"));
    let ailleurs = a.caisse.app.connecte(&autre).await;
    assert_eq!(ailleurs.get(&a.chemin("")).await.statut, 404);
}

#[actix_web::test]
async fn reg_12_on_candidate_une_fois_et_on_se_retire() {
    let a = Appel::ouvert().await;
    let faux = a.candidater(0, "beaucoup", "oui").await;
    assert_eq!(faux.statut, 422);
    assert!(faux.html.contains("beaucoup"), "{}", faux.texte());
    let page = a.candidater(0, "4", "").await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("Votre candidature est reçue"),
        "{}",
        page.texte()
    );
    assert!(page.texte().contains("inconnu") && page.texte().contains("contrat.pdf"));
    assert!(
        a.caisse
            .courriels_de(&a.candidats[0].courriel)
            .contains(&"candidature_deposee".to_owned())
    );
    let client = a.caisse.app.connecte(&a.candidats[0]).await;
    let retrait = client.agir(&format!("/appels/{}/retirer", a.id), &[]).await;
    assert!(
        retrait.texte().contains("Votre candidature est retirée"),
        "{}",
        retrait.texte()
    );
    a.candidater(0, "5", "oui").await;
    let lue = a.instruction();
    assert_eq!(lue.en_lice().count(), 1);
    assert_eq!(lue.candidatures.len(), 2, "the withdrawn one is kept");
    // Her document is hers and the CPAM's, nobody else's.
    let piece = a.caisse.lire(|conn| {
        releve::db::piece::de_candidatures(conn, &[lue.candidatures[1].candidature.id])
    });
    let lien = format!("/pieces/{}", piece[0].id);
    assert_eq!(client.get(&lien).await.statut, 200);
    assert_eq!(a.caisse.instructeur().await.get(&lien).await.statut, 200);
    let autre = a.caisse.app.connecte(&a.candidats[1]).await;
    assert_eq!(autre.get(&lien).await.statut, 404);
    // Past the last day, nobody applies any more.
    a.caisse.au(jour(2028, 2, 15));
    let tard = a.caisse.app.connecte(&a.candidats[1]).await;
    let page = tard.get(&format!("/appels/{}", a.id)).await;
    assert!(
        page.texte().contains("ne reçoit plus de candidatures"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn reg_12_une_valeur_inconnue_empeche_de_classer_et_d_attribuer() {
    let a = Appel::ouvert().await;
    a.candidater(0, "4", "").await;
    let agent = a.caisse.instructeur().await;
    let c = a.candidature(0);
    let tot = agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}")),
            &[("C1", "4"), ("C2", "non")],
        )
        .await;
    assert_eq!(tot.statut, 409);
    assert!(
        tot.texte().contains("l’examen commence le lendemain"),
        "{}",
        tot.texte()
    );
    a.caisse.au(jour(2028, 3, 1));
    let agent = a.caisse.instructeur().await;
    agent
        .agir(&a.chemin(&format!("/candidatures/{c}")), &[("C1", "4")])
        .await;
    let page = agent.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("à établir")
            && page.contains("valeurs inconnues : Déjà remplaçant dans la zone"),
        "{page}"
    );
    let rang = format!("rang_{c}");
    let cpd = agent
        .agir(
            &a.chemin("/commission"),
            &[("le", "01/03/2028"), (&rang, "1")],
        )
        .await;
    assert_eq!(cpd.statut, 409);
    assert!(
        cpd.texte().contains("Vérifiez d’abord toutes les valeurs"),
        "{}",
        cpd.texte()
    );
    // Set aside, then closed without attribution: the place waits for another call.
    let sans_motif = agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}/ecarter")),
            &[("motif", " ")],
        )
        .await;
    assert_eq!(sans_motif.statut, 422);
    agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}/ecarter")),
            &[("motif", "Justificatif absent malgré relance.")],
        )
        .await;
    let clos = agent
        .agir(
            &a.chemin("/clore"),
            &[("motif", "Aucune candidature recevable.")],
        )
        .await;
    assert!(
        clos.texte().contains("L’appel est clos"),
        "{}",
        clos.texte()
    );
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::SansSuite);
    assert!(
        agent
            .get("/attributions")
            .await
            .texte()
            .contains("Appels à ouvrir")
    );
}

#[actix_web::test]
async fn reg_12_la_commission_motive_ce_qui_s_ecarte_du_calcul() {
    let a = Appel::classe().await;
    let agent = a.caisse.instructeur().await;
    let (un, deux) = (
        format!("rang_{}", a.candidature(0)),
        format!("rang_{}", a.candidature(1)),
    );
    let chemin = a.chemin("/commission");
    let egaux = agent
        .agir(&chemin, &[("le", "01/03/2028"), (&un, "1"), (&deux, "1")])
        .await;
    assert_eq!(egaux.statut, 422);
    assert!(
        egaux.texte().contains("un rang différent"),
        "{}",
        egaux.texte()
    );
    let inverse = [
        ("le", "01/03/2028"),
        (un.as_str(), "1"),
        (deux.as_str(), "2"),
    ];
    let muet = agent
        .agir(&chemin, &[&inverse[..], &[("motif", "")]].concat())
        .await;
    assert_eq!(muet.statut, 422);
    assert!(
        muet.texte().contains("s’écarte du classement calculé"),
        "{}",
        muet.texte()
    );
    let dit = agent
        .agir(
            &chemin,
            &[&inverse[..], &[("motif", "Projet de soins plus complet.")]].concat(),
        )
        .await;
    assert!(
        dit.texte().contains("Projet de soins plus complet"),
        "{}",
        dit.texte()
    );
    // The signatory who follows the commission departs from the computation: she says why.
    let signataire = a.caisse.signataire().await;
    let c = a.candidature(0).to_string();
    let muet = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", &c), ("motif", "")],
        )
        .await;
    assert_eq!(muet.statut, 422);
    assert!(
        muet.texte().contains("écrivez vos motifs"),
        "{}",
        muet.texte()
    );
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
}

#[actix_web::test]
async fn reg_12_l_attribution_designe_et_la_demande_suit_son_chemin() {
    let a = Appel::classe().await;
    let agent = a.caisse.instructeur().await;
    assert_eq!(agent.get(&a.chemin("/attribuer")).await.statut, 403);
    let vue = agent.get(&a.chemin("")).await.texte();
    // 5 years of 10 for 60 points, and the 40 of the zone; 4 years for 24.
    assert!(
        vue.contains("70 sur 100") && vue.contains("24 sur 100"),
        "{vue}"
    );
    assert!(
        vue.contains("REG-12") && vue.contains("5 (déclaré : 6)"),
        "{vue}"
    );
    let signataire = a.caisse.signataire().await;
    let gagnant = a.candidature(1).to_string();
    let page = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", &gagnant), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("La place est attribuée"),
        "{}",
        page.texte()
    );
    let d = a
        .caisse
        .lire(|conn| designation::active(conn, a.place_id))
        .expect("a designation");
    assert_eq!(d.etat, EtatDesignation::Acceptee);
    assert_eq!(d.kine_id, a.candidats[1].kine_id);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    let lue = a.instruction();
    assert!(lue.appel.appel.classement.is_some());
    let etats: Vec<EtatCandidature> = lue
        .candidatures
        .iter()
        .map(|c| c.candidature.etat)
        .collect();
    assert_eq!(
        etats,
        [EtatCandidature::NonRetenue, EtatCandidature::Retenue]
    );
    let dernier = |n: usize| a.caisse.courriels_de(&a.candidats[n].courriel).pop();
    assert_eq!(dernier(1).as_deref(), Some("place_attribuee"));
    assert_eq!(dernier(0).as_deref(), Some("candidature_non_retenue"));
    // What `check` looks at holds, and would tell a fault.
    assert_eq!(a.controles(), Vec::<String>::new());
    a.alterer("UPDATE candidature SET etat = 'deposee' WHERE etat = 'retenue'");
    assert_eq!(a.controles(), [format!("appel {}", a.id)]);
    a.alterer(&format!(
        "UPDATE candidature SET etat = 'retenue' WHERE id = {gagnant}"
    ));
    // The loser reads her own points, not those of the others.
    let perdant = a.caisse.app.connecte(&a.candidats[0]).await;
    let page = perdant.get(&format!("/appels/{}", a.id)).await.texte();
    assert!(page.contains("rang 2, 24 points sur 100"), "{page}");
    assert!(
        !page.contains("70") && !page.contains(&a.candidats[1].nom),
        "{page}"
    );
    // The winner files on the usual path; the daily tick takes nothing away meanwhile.
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    let client = a.caisse.app.connecte(&a.candidats[1]).await;
    let page = client
        .get(&format!(
            "/demandes/nouvelle?nature=succession&designation={}",
            d.id
        ))
        .await;
    assert_eq!(page.statut, 200);
    assert!(
        page.texte().contains("Martigues") || page.html.contains("13056"),
        "{}",
        page.texte()
    );
    // Nothing changes any more in a call that is attributed.
    let apres = agent
        .agir(&a.chemin("/clore"), &[("motif", "Trop tard")])
        .await;
    assert_eq!(apres.statut, 409);
}

#[actix_web::test]
async fn pro_5_qui_instruit_n_attribue_pas() {
    let a = Appel::classe().await;
    let acte = a.caisse.acte(&a.caisse.instructeur);
    let lue = a.instruction();
    let candidature_id = a.candidature(1);
    let attribuer = |qualite: &'static str| {
        let attribution = Attribution {
            appel: (a.id, lue.appel.appel.version),
            candidature_id,
            qualite,
            motif: "",
        };
        let scope = CpamScope::Organisme("131".into());
        a.caisse
            .agir(|tx| appel::attribuer(tx, &acte, &scope, &attribution))
    };
    let refus = attribuer("Responsable").expect_err("refused");
    assert!(
        matches!(&refus, ActionError::Refus(p) if p.contains("PRO-5")),
        "{refus:?}"
    );
}

#[actix_web::test]
async fn reg_12_seize_attributions_simultanees_une_seule_passe() {
    let a = Appel::classe().await;
    let acte = a.caisse.acte(&a.caisse.signataire);
    let version = a.instruction().appel.appel.version;
    let candidats = [a.candidature(0), a.candidature(1)];
    let depart = Arc::new(Barrier::new(16));
    let fils: Vec<_> = (0..16)
        .map(|n| {
            let (db, acte, depart, id) = (
                a.caisse.app.state.db.clone(),
                acte.clone(),
                depart.clone(),
                a.id,
            );
            std::thread::spawn(move || {
                let attribution = Attribution {
                    appel: (id, version),
                    candidature_id: candidats[n % 2],
                    qualite: "Directrice",
                    motif: "Projet de soins.",
                };
                let scope = CpamScope::Organisme("131".into());
                depart.wait();
                db.write(|tx| appel::attribuer(tx, &acte, &scope, &attribution))
            })
        })
        .collect();
    let mut faites = 0;
    for fil in fils {
        match fil.join().expect("no panic") {
            Ok(_) => faites += 1,
            Err(ActionError::Perime | ActionError::Refus(_)) => {}
            Err(autre) => panic!("neither done nor refused in words: {autre:?}"),
        }
    }
    assert_eq!(faites, 1);
    let retenues = a
        .instruction()
        .candidatures
        .iter()
        .filter(|c| c.candidature.etat == EtatCandidature::Retenue)
        .count();
    assert_eq!(retenues, 1);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::Ouverte);
    // The database keeps the promise by itself.
    let encore = a.caisse.agir(|tx| {
        releve::db::candidature::clore(
            tx,
            a.candidature(0).min(a.candidature(1)),
            EtatCandidature::Retenue,
            None,
            acte.le(),
        )?;
        Ok(())
    });
    assert!(encore.is_err());
}

#[actix_web::test]
async fn reg_12_un_gagnant_qui_ne_depose_rien_laisse_la_place_au_suivant() {
    let a = Appel::classe().await;
    let signataire = a.caisse.signataire().await;
    let attribuer = async |n: usize, motif: &str| {
        let c = a.candidature(n).to_string();
        signataire
            .agir(
                &a.chemin("/attribuer"),
                &[("candidature", c.as_str()), ("motif", motif)],
            )
            .await
    };
    attribuer(1, "").await;
    // Two months from 1 March 2028: 1 May is a holiday.
    assert_eq!(
        a.instruction().appel.appel.depot_limite,
        Some(jour(2028, 5, 2))
    );
    let gagnant = a.caisse.app.connecte(&a.candidats[1]).await;
    let espace = gagnant.get("/espace").await.texte();
    assert!(
        espace.contains("attribuée par la caisse") && espace.contains("déposez votre demande"),
        "{espace}"
    );
    let nouvelle = gagnant.get("/demandes/nouvelle").await.texte();
    assert!(
        nouvelle.contains("La caisse vous a attribué la place")
            && !nouvelle.contains("vous a désigné"),
        "{nouvelle}"
    );
    let rappels = |n: usize, modele: &str| {
        let recus = a.caisse.courriels_de(&a.candidats[n].courriel);
        recus.iter().filter(|m| *m == modele).count()
    };
    a.caisse.au(jour(2028, 4, 25));
    a.caisse.app.passer_la_journee().await;
    a.caisse.app.passer_la_journee().await;
    assert_eq!(
        (rappels(1, "rappel_depot"), rappels(0, "rappel_depot")),
        (1, 0)
    );
    // The last day is still in time.
    a.caisse.au(jour(2028, 5, 2));
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::Attribue);
    a.caisse.au(jour(2028, 5, 3));
    a.caisse.app.passer_la_journee().await;
    a.caisse.app.passer_la_journee().await;
    let lue = a.instruction();
    let etats: Vec<EtatCandidature> = lue
        .candidatures
        .iter()
        .map(|c| c.candidature.etat)
        .collect();
    assert_eq!(
        etats,
        [EtatCandidature::Deposee, EtatCandidature::Defaillante]
    );
    assert_eq!(lue.appel.appel.etat, EtatAppel::Ouvert);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
    assert!(
        a.caisse
            .lire(|conn| designation::active(conn, a.place_id))
            .is_none()
    );
    assert_eq!(a.controles(), [""; 0]);
    assert_eq!(rappels(1, "attribution_caduque"), 1);
    assert_eq!(rappels(0, "candidature_rouverte"), 1);

    // The next in rank is proposed; attributed in turn, its ranking replays without the one who is out.
    let suivant = lue.suivant().expect("somebody").nom_complet();
    let signataire = a.caisse.signataire().await;
    let page = signataire.get(&a.chemin("")).await.texte();
    assert!(
        page.contains("L’attribution est caduque") && page.contains(&suivant),
        "{page}"
    );
    let c = a.candidature(0).to_string();
    let page = signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", c.as_str()), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("La place est attribuée"),
        "{}",
        page.texte()
    );
    let mut ecarts = Vec::new();
    let bilan = releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push(e.to_string());
    })
    .expect("replayed");
    assert_eq!((bilan.appels.rejouees, ecarts.len()), (1, 0), "{ecarts:?}");
    // A value changed by other hands after the attribution is found.
    a.alterer("UPDATE candidature_valeur SET retenue = 9 WHERE retenue = 4");
    let mut ecarts = Vec::new();
    releve::actions::rejeu::rejouer(&a.caisse.app.state.db, &mut |_| {}, &mut |e| {
        ecarts.push(e.regle.clone());
    })
    .expect("replayed");
    assert!(ecarts.contains(&"REG-12".to_owned()), "{ecarts:?}");
}

#[actix_web::test]
async fn reg_12_sans_suivant_l_appel_est_clos_et_les_candidats_sont_rappeles_avant_la_fin() {
    let a = Appel::ouvert().await;
    a.candidater(0, "4", "").await;
    let recus = |modele: &str| {
        let recus = a.caisse.courriels_de(&a.candidats[0].courriel);
        recus.iter().filter(|m| *m == modele).count()
    };
    for (le, attendus) in [
        ((2028, 2, 6), 0),
        ((2028, 2, 7), 1),
        ((2028, 2, 12), 2),
        ((2028, 2, 15), 2),
    ] {
        a.caisse.au(jour(le.0, le.1, le.2));
        a.caisse.app.passer_la_journee().await;
        a.caisse.app.passer_la_journee().await;
        assert_eq!(recus("rappel_candidature"), attendus, "{le:?}");
    }
    a.caisse.au(jour(2028, 3, 1));
    let agent = a.caisse.instructeur().await;
    let c = a.candidature(0);
    agent
        .agir(
            &a.chemin(&format!("/candidatures/{c}")),
            &[("C1", "4"), ("C2", "non")],
        )
        .await;
    // The commission's secretary records its ranking: who and when are kept.
    let secretaire = a.caisse.app.compte(Role::SecretaireCpd, Some("131"));
    let secretaire = a.caisse.app.connecte(&secretaire).await;
    let rang = format!("rang_{c}");
    let page = secretaire
        .agir(
            &a.chemin("/commission"),
            &[("le", "01/03/2028"), (&rang, "1"), ("motif", "")],
        )
        .await;
    assert!(
        page.texte().contains("Classement enregistré") && page.texte().contains("le 1er mars 2028"),
        "{}",
        page.texte()
    );
    let signataire = a.caisse.signataire().await;
    let c = c.to_string();
    signataire
        .agir(
            &a.chemin("/attribuer"),
            &[("candidature", c.as_str()), ("motif", "")],
        )
        .await;
    a.caisse.au(jour(2028, 5, 3));
    a.caisse.app.passer_la_journee().await;
    assert_eq!(a.instruction().appel.appel.etat, EtatAppel::SansSuite);
    assert_eq!(a.caisse.place(a.place_id).etat, EtatPlace::AAttribuer);
}
