//! Tasks that died are shown; those of a nature that this program does not know wait for another.

use diesel::prelude::*;
use regles::droits::Role;
use releve::actions::verification::{self, Anomalie};
use releve::db::DbError;
use releve::db::schema::{code_nature_tache, tache};
use releve::db::tache::{EtatTache, NatureTache};

use crate::util::Caisse;

/// A mail that no server takes is given up, and shown; one of a nature that this program does not know is left alone
/// until another program does it.
#[actix_web::test]
async fn une_tache_morte_se_voit_et_une_nature_inconnue_attend() {
    let caisse = Caisse::start();
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let national = caisse.app.connecte(&auditeur).await;
    let agent = caisse.app.connecte(&caisse.instructeur).await;
    let chemin = "/supervision?caisse=131";
    let titre = "Ce que Relève n’a pas pu faire seul";
    assert!(!national.get(chemin).await.texte().contains(titre));

    let le = caisse.app.state.clock.now();
    let deposer = |nature: &str, etat: EtatTache| {
        caisse
            .agir(|tx| {
                let conclue = (etat == EtatTache::Echec).then_some(le);
                diesel::insert_into(tache::table)
                    .values((
                        tache::nature.eq(nature),
                        tache::cle.eq(format!("essai:{nature}:{etat}")),
                        tache::etat.eq(etat),
                        tache::tentatives.eq(0),
                        tache::prochain_essai.eq(le),
                        tache::bail.eq(0_i64),
                        tache::cree_le.eq(le),
                        tache::conclue_le.eq(conclue),
                        tache::donnees.eq("{}"),
                    ))
                    .execute(&mut **tx)
                    .map_err(DbError::from)?;
                Ok(())
            })
            .expect("filed")
    };
    caisse
        .agir(|tx| {
            diesel::insert_into(code_nature_tache::table)
                .values(code_nature_tache::code.eq("demain"))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("a nature of a later program");
    deposer("courriel", EtatTache::Echec);
    deposer("demain", EtatTache::AFaire);

    let page = national.get(chemin).await.texte();
    assert!(page.contains(titre), "{page}");
    assert!(page.contains("Courriel : 1 tâche en échec"), "{page}");
    assert!(!page.contains("demain"), "{page}");
    assert!(!agent.get("/supervision").await.texte().contains(titre));

    // Every round of this program, days later: the other nature is still to do, and the check names both.
    caisse.app.state.clock.advance(chrono::TimeDelta::days(3));
    for nature in NatureTache::TOUS {
        releve::taches::tournee(&caisse.app.state, *nature)
            .await
            .expect("a round");
    }
    let (etat, tentatives): (EtatTache, i32) = caisse.lire(|conn| {
        Ok::<_, DbError>(
            tache::table
                .filter(tache::nature.eq("demain"))
                .select((tache::etat, tache::tentatives))
                .first(conn)?,
        )
    });
    assert_eq!((etat, tentatives), (EtatTache::AFaire, 0));
    let mut dites = Vec::new();
    let state = &caisse.app.state;
    verification::base(
        &state.db,
        &state.reglement(),
        state.clock.now(),
        &state.temoins(),
        &mut |a: &Anomalie| dites.push(a.to_string()),
    )
    .expect("checked");
    let dites = dites.join("\n");
    assert!(
        dites.contains("(courriel)") && dites.contains("(demain)"),
        "{dites}"
    );
}
