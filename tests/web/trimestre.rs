//! PRO-15: what a caisse reports every quarter of its decisions in regulated zones, on the screen and as a file.

use regles::demande::EtatDemande;
use regles::droits::Role;

use super::silence::{NUMERO, muette};
use crate::util::Caisse;
use crate::util::builders::jour;

const CHEMIN: &str = "/supervision/trimestre";

/// A succession granted and a request refused in January 2026.
async fn deux_decisions(caisse: &Caisse) {
    let succession = caisse.succession(1, EtatDemande::Complete);
    caisse
        .accorder(&format!("/dossiers/{}", succession.numero))
        .await;
    muette(caisse);
    let refusee = format!("/dossiers/{NUMERO}");
    let motifs = "La convention nationale réserve ce conventionnement à la personne que désigne qui cesse son activité. Aucune place n’est ouverte dans cette zone.";
    caisse
        .instructeur()
        .await
        .agir(
            &format!("{refusee}/proposer"),
            &[("sens", "refus"), ("motifs", motifs)],
        )
        .await;
    let page = caisse
        .signataire()
        .await
        .agir(&format!("{refusee}/decider"), &[])
        .await;
    assert_eq!(page.statut, 200, "{}", page.texte());
    assert_eq!(caisse.demande(NUMERO).etat, EtatDemande::Refusee);
}

#[actix_web::test]
async fn pro_15_le_trimestre_dit_les_accords_les_refus_et_leurs_raisons_en_mots() {
    let caisse = Caisse::start();
    deux_decisions(&caisse).await;
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let responsable = caisse.app.connecte(&responsable).await;
    let page = responsable.get(CHEMIN).await.texte();
    for attendu in [
        "1er trimestre 2026 : 1 accord et 1 refus dans les zones régulées.",
        "Accords par succession 1",
        "Accords par dérogation 0",
        "Refus 1",
        "Raison de refus : aucune place transmise, ni dérogation",
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    let csv = responsable
        .get(&format!("{CHEMIN}.csv?du=2026-01-01"))
        .await;
    assert!(
        csv.html.contains("Accords par succession;1") && csv.html.contains("Refus;1"),
        "{}",
        csv.html
    );
    for format in ["xlsx", "ods"] {
        let octets = responsable.octets(&format!("{CHEMIN}.{format}")).await;
        assert!(octets.starts_with(b"PK"), "{format}");
    }
    assert_eq!(responsable.get(&format!("{CHEMIN}.pdf")).await.statut, 404);
    // Another quarter has nothing of them.
    caisse.au(jour(2026, 4, 2));
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let responsable = caisse.app.connecte(&responsable).await;
    let page = responsable.get(CHEMIN).await.texte();
    assert!(
        page.contains("2e trimestre 2026 : aucune décision"),
        "{page}"
    );
    let avant = responsable.get(&format!("{CHEMIN}?du=2026-01-01")).await;
    assert!(
        avant.texte().contains("1 accord et 1 refus"),
        "{}",
        avant.texte()
    );
}

#[actix_web::test]
async fn pro_15_une_autre_caisse_n_en_voit_rien_et_la_nation_choisit() {
    let caisse = Caisse::start();
    deux_decisions(&caisse).await;
    let var = caisse.app.compte(Role::Responsable, Some("831"));
    let page = caisse
        .app
        .connecte(&var)
        .await
        .get(&format!("{CHEMIN}?caisse=131"))
        .await;
    assert!(page.texte().contains("aucune décision"), "{}", page.texte());
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let auditeur = caisse.app.connecte(&auditeur).await;
    for perimetre in ["131", "toutes"] {
        let page = auditeur.get(&format!("{CHEMIN}?caisse={perimetre}")).await;
        assert!(
            page.texte().contains("1 accord et 1 refus"),
            "{}",
            page.texte()
        );
    }
    assert_eq!(auditeur.get(&format!("{CHEMIN}.csv")).await.statut, 404);
}
