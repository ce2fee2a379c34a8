//! REG-7: somebody died and had declared no departure; the caisse opens it on proof, and the heirs may designate.

use regles::depart::EtatDepart;
use regles::droits::Role;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;
use releve::db::{CpamScope, DbResult, depart, place};

use super::praticien::PDF;
use crate::util::Caisse;
use crate::util::builders::jour;
use crate::util::client::{Client, Page};
use crate::util::compte::{Depose, rpps};

const URL: &str = "/departs/nouveau";
pub const PREUVE: &[(&str, &str, &[u8])] = &[("preuve", "acte-de-deces.pdf", PDF)];

/// The fields of a good form, some of them changed.
fn champs<'a>(rpps: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut champs = vec![
        ("rpps", rpps),
        ("prenom", "Jeanne"),
        ("nom", "Roux"),
        ("deces_le", "10/01/2026"),
        ("commune", "13056"),
        ("adresse", "3 rue du Port"),
        ("actes", "2400"),
        ("extrait_le", "01/03/2026"),
        ("ayant_droit", "Paul Roux"),
        ("courriel", "paul.roux@example.fr"),
    ];
    for (nom, valeur) in changes {
        champs.retain(|(n, _)| n != nom);
        champs.push((nom, valeur));
    }
    champs
}

async fn ouvrir(agent: &Client, rpps: &str, changes: &[(&str, &str)]) -> Page {
    agent
        .post_fichiers(URL, URL, &champs(rpps, changes), PREUVE)
        .await
}

/// The identifier of the departure on screen.
fn identifiant(page: &Page) -> i64 {
    page.chemin
        .strip_prefix("/departs/")
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| panic!("{} {}", page.chemin, page.texte()))
}

fn recus(caisse: &Caisse) -> Vec<Depose> {
    caisse.app.deposes()
}

#[actix_web::test]
async fn reg_7_la_caisse_ouvre_le_depart_d_une_personne_morte_et_les_ayants_droit_designent() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let liste = agent.get("/dossiers?nature=depart").await;
    assert!(
        liste.texte().contains("Ouvrir un départ après un décès"),
        "{}",
        liste.texte()
    );
    let numero = rpps(940);
    let page = ouvrir(&agent, &numero, &[]).await;
    let id = identifiant(&page);
    let texte = page.texte();
    for attendu in [
        "Jeanne Roux",
        "Décès",
        "pas de compte",
        "Une place est ouverte",
        "Paul Roux",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(
        !texte.contains("a cessé") && !texte.contains("a déclaré la cessation"),
        "{texte}"
    );
    let (lu, lue) = caisse.lire(|conn| -> DbResult<_> {
        Ok((
            depart::lire(conn, &CpamScope::National, id)?,
            place::de_depart(conn, id)?.expect("a place"),
        ))
    });
    assert_eq!((lu.etat, lu.deces), (EtatDepart::Confirmee, true));
    assert_eq!(lue.etat, EtatPlace::Ouverte);
    // The two years run from the death: 10 January 2028, a Monday.
    assert_eq!(lue.limite_designation, Some(jour(2028, 1, 10)));
    let delai = caisse.echeances(id);
    assert!(
        delai
            .iter()
            .any(|e| e.nature == NatureEcheance::DesignationSuccesseur
                && e.depart == jour(2026, 1, 10)),
        "{delai:?}"
    );

    // The heirs are told, and nobody else; nothing says of somebody dead that they ceased.
    let mails = recus(&caisse);
    let modeles: Vec<&str> = mails.iter().map(|m| m.modele.as_str()).collect();
    assert_eq!(modeles, ["depart_confirmee", "ayant_droit"]);
    for mail in &mails {
        assert_eq!(mail.destinataire, "paul.roux@example.fr");
        let dit = mail.texte.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            !dit.contains("cessation") && !dit.contains("cesse son activité"),
            "{dit}"
        );
        assert!(dit.contains("lundi 10 janvier 2028 (inclus)"), "{dit}");
        assert!(dit.contains("Jeanne Roux"), "{dit}");
    }
    assert!(
        mails[0].texte.contains("À la suite du décès"),
        "{}",
        mails[0].texte
    );

    // They designate, and whoever is designated reads it in the same words.
    let debut = mails[1].texte.find("/ayants-droit/").expect("a link");
    let lien = mails[1].texte[debut..]
        .split_whitespace()
        .next()
        .expect("a path");
    let heritier = caisse.app.client();
    let page = heritier.get(lien).await;
    assert!(page.texte().contains("Date du décès"), "{}", page.texte());
    let saisie = [("rpps", &*rpps(941)), ("courriel", "karim@example.fr")];
    let page = heritier.post(lien, lien, &saisie).await;
    let page = heritier.post_brut(lien, &page.caches()).await;
    assert!(
        page.texte().contains("Votre désignation est enregistrée"),
        "{}",
        page.texte()
    );
    let mails = recus(&caisse);
    let creee = mails
        .iter()
        .find(|m| m.modele == "designation_creee")
        .expect("a mail");
    assert!(
        creee.texte.contains("À la suite du décès") && !creee.texte.contains("cesse son activité"),
        "{}",
        creee.texte
    );
}

#[actix_web::test]
async fn reg_7_sous_le_seuil_le_nombre_est_dit_aux_ayants_droit() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let page = ouvrir(&agent, &rpps(942), &[("actes", "800")]).await;
    let id = identifiant(&page);
    let lue = caisse
        .lire(|conn| place::de_depart(conn, id))
        .expect("a place");
    assert_eq!(lue.etat, EtatPlace::AExaminer);
    let mails = recus(&caisse);
    let dit = mails
        .iter()
        .find(|m| m.modele == "depart_sous_seuil")
        .expect("told");
    assert_eq!(dit.destinataire, "paul.roux@example.fr");
    assert!(
        dit.texte.contains("vous agissez au nom de") && dit.texte.contains("800"),
        "{}",
        dit.texte
    );
}

#[actix_web::test]
async fn reg_7_ce_qui_ne_tient_pas_a_sa_phrase_et_rien_ne_s_ouvre_deux_fois() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let agent = caisse.instructeur().await;
    let numero = rpps(943);
    let cas: &[(&[(&str, &str)], &str)] = &[
        (&[("deces_le", "13/03/2026")], "ne peut pas être à venir"),
        (&[("deces_le", "01/01/2010")], "Vérifiez l’année"),
        (&[("deces_le", "")], "Indiquez la date du décès"),
        (&[("commune", "83137")], "une autre caisse"),
        (&[("ayant_droit", "")], "l’ayant droit"),
        (&[("courriel", "pas une adresse")], "incomplète"),
        (&[("nom", "")], "nom"),
    ];
    for (changes, attendu) in cas {
        let page = ouvrir(&agent, &numero, changes).await;
        assert_eq!(page.statut, 422, "{changes:?} {}", page.texte());
        assert!(
            page.texte().contains(attendu),
            "«{attendu}»: {}",
            page.texte()
        );
    }
    let sans_preuve = agent.post(URL, URL, &champs(&numero, &[])).await;
    assert_eq!(sans_preuve.statut, 422, "{}", sans_preuve.texte());
    assert!(recus(&caisse).is_empty());
    // Who had an account keeps their name; who had declared a departure has it already.
    let kine = caisse.app.compte(Role::Kine, None);
    let sien = kine.rpps.clone().expect("a RPPS");
    let page = ouvrir(&agent, &sien, &[]).await;
    assert!(
        page.texte().contains("sous un autre nom"),
        "{}",
        page.texte()
    );
    identifiant(&ouvrir(&agent, &numero, &[]).await);
    let page = ouvrir(&agent, &numero, &[]).await;
    assert_eq!(page.statut, 422, "{}", page.texte());
    assert!(
        page.texte().contains("habilitez ses ayants droit"),
        "{}",
        page.texte()
    );
    // An act of who handles departures.
    let signataire = caisse.signataire().await;
    assert_eq!(signataire.get(URL).await.statut, 403);
}
