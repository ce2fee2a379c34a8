//! REG-18: the zone of Pertuis lies under two CPAM, as the national list says: Meyrargues (Bouches-du-Rhône) and Pertuis
//! (Vaucluse) are of one bassin.

use std::sync::{Arc, Barrier};

use diesel::{RunQueryDsl, sql_query};
use regles::demande::{EtatDemande, NatureDemande, Sens};
use regles::droits::Role;
use regles::grand_livre::EtatPlace;
use releve::actions::decision::{Proposition, decider, proposer};
use releve::actions::depart::{Corrections, confirmer};
use releve::actions::grand_livre::seuils;
use releve::actions::{ActionError, rejeu};
use releve::db::{CpamScope, DbError, grand_livre};

use crate::util::builders::{UneDemande, jour};
use crate::util::compte::CompteTest;
use crate::util::{Caisse, Client};

pub const ZONE: &str = "BV84089";
const LIVRE: &str = "/grand-livre/BV84089";

pub struct Partagee {
    pub caisse: Caisse,
    pub instructeur_841: CompteTest,
    pub signataire_841: CompteTest,
    pub depart_id: i64,
}

impl Partagee {
    /// Somebody leaves Meyrargues, and designated who will come.
    pub fn nouvelle() -> Partagee {
        let caisse = Caisse::start();
        let decor = &caisse.decor;
        decor.caisse("841", "CPAM de Vaucluse", "84");
        decor.bassin(ZONE, "Pertuis");
        decor.commune("84089", "Pertuis", "84120", ZONE, "841");
        decor.commune("13059", "Meyrargues", "13650", ZONE, "131");
        decor.clore_arretes(jour(2025, 6, 7));
        decor.arrete(jour(2025, 6, 7), None, &[(ZONE, "non_prioritaire")]);
        let cedant = decor.kine("helene.martin@example.fr", "10000000001");
        let depart_id = decor.depart(cedant.id, "13059", jour(2025, 12, 31), Some(1430));
        let acte = caisse.acte(&caisse.instructeur);
        let scope = CpamScope::Caisse("131".into());
        caisse
            .agir(|tx| confirmer(tx, &acte, &scope, depart_id, 1, &Corrections::default()))
            .expect("the caisse of the place left certifies");
        Partagee {
            instructeur_841: caisse.app.compte(Role::Instructeur, Some("841")),
            signataire_841: caisse.app.compte(Role::Signataire, Some("841")),
            caisse,
            depart_id,
        }
    }

    /// A request of the same successor in each of the two caisses, ready to be signed.
    pub fn deux_demandes(&self) -> [(String, CpamScope, CompteTest); 2] {
        let caisse = &self.caisse;
        caisse
            .agir(|tx| {
                sql_query("DROP INDEX dossier_place_kine")
                    .execute(&mut **tx)
                    .map_err(DbError::from)?;
                Ok(())
            })
            .expect("the index is dropped");
        let successeur = caisse.successeur(1);
        caisse
            .decor
            .designation(self.depart_id, &successeur, "acceptee");
        [
            ("131", "13059", &caisse.instructeur, &caisse.signataire),
            ("841", "84089", &self.instructeur_841, &self.signataire_841),
        ]
        .map(|(code, insee, instructeur, signataire)| {
            let numero = format!("{code}-2026-000001");
            caisse.decor.demande(&UneDemande {
                numero: &numero,
                caisse: code,
                kine_id: successeur.id,
                nature: NatureDemande::Succession,
                place_id: Some(self.depart_id),
                insee,
                bassin: ZONE,
                etat: EtatDemande::Complete,
                ..UneDemande::default()
            });
            let scope = CpamScope::Caisse(code.to_owned());
            let acte = caisse.acte(instructeur);
            let accord = Proposition {
                sens: Sens::Accord,
                motifs: String::new(),
                ecart: String::new(),
                malgre_recours: String::new(),
                reserve: None,
            };
            caisse
                .agir(|tx| proposer(tx, &acte, &scope, &numero, 1, &accord))
                .expect("proposed");
            (numero, scope, signataire.clone())
        })
    }

    async fn du_vaucluse(&self) -> Client {
        self.caisse.app.connecte(&self.instructeur_841).await
    }

    /// The balance of the zone, as each of the two caisses reads it.
    fn juste(&self) {
        let etat = &self.caisse.app.state;
        let seuils = seuils(&etat.reglement(), etat.clock.now().date()).expect("floors");
        let lus = ["131", "841"].map(|code| {
            let zones = self
                .caisse
                .lire(|conn| grand_livre::zones(conn, code, &seuils));
            zones.into_iter().find(|z| z.code == ZONE)
        });
        assert_eq!(lus[0], lus[1], "one ledger");
        let bilan = lus[0].as_ref().expect("the zone").bilan;
        assert!(bilan.equilibre(), "{bilan:?}");
        assert_eq!(bilan.departs_eligibles, 1);
    }
}

#[actix_web::test]
async fn reg_18_deux_caisses_lisent_un_seul_livre_et_rien_d_autre_l_une_de_l_autre() {
    let p = Partagee::nouvelle();
    let (voisine, chez_soi) = (p.du_vaucluse().await, p.caisse.instructeur().await);
    let zones = voisine.get("/grand-livre").await.texte();
    assert!(zones.contains("Pertuis"), "{zones}");
    let livre = voisine.get(LIVRE).await;
    let texte = livre.texte();
    for attendu in [
        "Helene Martin",
        "cessation le 31",
        "CPAM des Bouches-du-Rhône",
        "1 départ éligible",
        "Le compte est juste",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(!texte.contains("1 430"), "the acts are certified: {texte}");
    assert!(!livre.html.contains(&format!("/departs/{}", p.depart_id)));
    let le_sien = chez_soi.get(LIVRE).await;
    assert!(le_sien.texte().contains("1 430"), "{}", le_sien.texte());
    assert!(le_sien.html.contains(&format!("/departs/{}", p.depart_id)));
    for chemin in ["", "/pieces", "/corriger"] {
        let page = voisine
            .get(&format!("/departs/{}{chemin}", p.depart_id))
            .await;
        assert_eq!(page.statut, 404, "{chemin}");
    }
    // A caisse that has no commune there reads nothing of it.
    let ailleurs = p.caisse.app.compte(Role::Instructeur, Some("831"));
    let ailleurs = p.caisse.app.connecte(&ailleurs).await;
    assert!(!ailleurs.get(LIVRE).await.texte().contains("Helene"));
    p.juste();
}

#[actix_web::test]
async fn reg_18_la_caisse_qui_decide_lit_que_le_depart_compte_et_non_le_nombre_d_actes() {
    let p = Partagee::nouvelle();
    let [_, (numero, ..)] = p.deux_demandes();
    let chemin = format!("/dossiers/{numero}");
    let signataire = p.caisse.app.connecte(&p.signataire_841).await;
    let decider = format!("{chemin}/decider");
    for page in [&chemin, &decider] {
        let texte = signataire.get(page).await.texte();
        assert!(
            texte.contains("certifié par la caisse du lieu quitté"),
            "{texte}"
        );
        assert!(!texte.contains("1 430"), "{texte}");
    }
    signataire.agir(&decider, &[]).await;
    // As it is kept with the decision, too; and it replays.
    let texte = p.du_vaucluse().await.get(&chemin).await.texte();
    assert!(
        texte.contains("certifié par la caisse du lieu quitté") && !texte.contains("1 430"),
        "{texte}"
    );
    let rejoues = rejeu::rejouer(&p.caisse.app.state.db, &mut |_| {}, &mut |e| panic!("{e}"))
        .expect("replayed");
    // The one that was signed, and the other's proposal.
    assert_eq!((rejoues.decisions.rejouees, rejoues.graves()), (2, 0));
    // The caisse that certifies reads its own number.
    let chez_soi = p.caisse.instructeur().await;
    let texte = chez_soi
        .get(&format!("/departs/{}", p.depart_id))
        .await
        .texte();
    assert!(texte.contains("1 430"), "{texte}");
}

#[actix_web::test]
async fn reg_18_deux_caisses_decident_au_meme_instant_la_place_est_prise_une_fois() {
    let p = Partagee::nouvelle();
    let caisse = &p.caisse;
    let demandes = p.deux_demandes();
    let depart = Arc::new(Barrier::new(demandes.len()));
    let fils = demandes.clone().map(|(numero, scope, signataire)| {
        let (db, acte, depart) = (
            caisse.app.state.db.clone(),
            caisse.acte(&signataire),
            depart.clone(),
        );
        std::thread::spawn(move || {
            depart.wait();
            db.write(|tx| decider(tx, &acte, &scope, &numero, 2, "Directrice"))
        })
    });
    let mut accords = 0;
    for fil in fils {
        match fil.join().expect("no panic") {
            Ok(Sens::Accord) => accords += 1,
            Err(ActionError::Refus(phrase)) => {
                assert!(
                    phrase.contains("un départ n’ouvre qu’une arrivée"),
                    "{phrase}"
                );
            }
            autre => panic!("neither a grant nor a refusal in words: {autre:?}"),
        }
    }
    assert_eq!(accords, 1);
    assert_eq!(caisse.place(p.depart_id).etat, EtatPlace::Reservee);
    p.juste();
    let (numero, ..) = demandes
        .iter()
        .find(|(n, ..)| caisse.demande(n).etat == EtatDemande::Accordee)
        .expect("one is granted");
    // Both read who comes; the file itself is of the caisse that decided.
    let (agent_131, agent_841) = (caisse.instructeur().await, p.du_vaucluse().await);
    for (agent, code) in [(&agent_131, "131"), (&agent_841, "841")] {
        let texte = agent.get(LIVRE).await.texte();
        assert!(
            texte.contains("Karim Benali") && texte.contains("1 réservée"),
            "{texte}"
        );
        let sien = numero.starts_with(code);
        let page = agent.get(&format!("/dossiers/{numero}")).await;
        assert_eq!(page.statut, if sien { 200 } else { 404 }, "{code}");
    }
}
