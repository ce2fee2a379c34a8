//! What no other journey of a practitioner, or of anybody with an account, sends.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use regles::droits::Role;
use releve::db::DbError;
use releve::db::schema::{demande, dossier};

use super::super::deux::{connecter, ouvrir};
use super::super::harness::Browser;
use super::prouver;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::compte::MOT_DE_PASSE;
use crate::web::charte::PDF;

const NOUVEAU: &str = "pivoine cargo lundi brouette";

#[actix_web::test]
async fn un_compte() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let _telephone = caisse.app.connecte(&compte).await;
    let _tablette = caisse.app.connecte(&compte).await;
    let n = ouvrir(&caisse, &compte, false).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
    aller("/compte").await;
    n.click("Fermer la connexion").await;
    n.see("La connexion est fermée").await;
    n.click("Fermer toutes les autres connexions").await;
    n.see("Vos autres connexions sont fermées").await;
    n.fill("Mot de passe actuel", MOT_DE_PASSE).await;
    n.fill("Nouveau mot de passe", NOUVEAU).await;
    n.click("Changer mon mot de passe").await;
    n.see("Votre mot de passe est changé").await;

    n.client.delete_all_cookies().await.expect("no session");
    aller("/mot-de-passe/oubli").await;
    n.fill("Adresse électronique", &compte.courriel).await;
    n.click("Recevoir le lien").await;
    n.see("message").await;
    let courriels = caisse.app.vider_courriels().await;
    let lien = courriels
        .iter()
        .filter(|c| c.destinataire == compte.courriel)
        .flat_map(|c| c.texte.split_whitespace())
        .find(|mot| mot.contains("/mot-de-passe/nouveau"))
        .expect("a link");
    n.goto(lien).await;
    n.fill("Nouveau mot de passe", MOT_DE_PASSE).await;
    n.click("Changer mon mot de passe").await;
    n.see("Connectez-vous avec le nouveau").await;

    // A link that is of no use offers another.
    aller("/courriel/verifier?jeton=perdu").await;
    n.click("Confirmer mon adresse").await;
    n.fill("Adresse électronique", &compte.courriel).await;
    n.click("Recevoir un nouveau lien").await;
    n.see("message").await;
    prouver(&n, "un compte").await;
}

async fn message(n: &Browser) {
    n.fill("Votre message", "Bonjour").await;
    n.click("Envoyer le message").await;
    n.see("Votre message est envoyé").await;
}

#[actix_web::test]
async fn l_espace_d_un_professionnel() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let kine_id = compte.kine_id.expect("a practitioner");
    let depart = caisse
        .decor
        .depart(kine_id, "13056", jour(2025, 12, 31), Some(1430));
    for (numero, etat) in [
        ("131-2026-000001", EtatDemande::Deposee),
        ("131-2026-000002", EtatDemande::Accordee),
    ] {
        caisse.decor.demande(&UneDemande {
            numero,
            kine_id,
            etat,
            ..UneDemande::default()
        });
    }
    caisse
        .agir(|tx| {
            let accordee: i64 = dossier::table
                .filter(dossier::numero.eq("131-2026-000002"))
                .select(dossier::id)
                .first(&mut **tx)
                .map_err(DbError::from)?;
            diesel::update(demande::table.find(accordee))
                .set(demande::notifiee_le.eq(jour(2026, 1, 15)))
                .execute(&mut **tx)
                .map_err(DbError::from)?;
            Ok(())
        })
        .expect("notified");
    let n = Browser::without_javascript().await;
    connecter(&n, &caisse, &compte).await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;

    aller("/espace/reglages").await;
    n.click("Créer le lien").await;
    n.see("Elle n’est montrée qu’une fois").await;
    n.click("Retirer le lien de mon agenda").await;
    n.see("Garder le lien").await;
    n.click("Retirer le lien").await;
    n.see("Le lien de votre agenda est retiré").await;
    n.click("Enregistrer mes choix").await;
    n.see("Vos choix sont enregistrés").await;

    aller("/espace/renoncer").await;
    n.click("Renoncer").await;
    n.see("Votre renonciation est enregistrée").await;
    aller("/espace/consentement").await;
    n.click("Enregistrer mon accord").await;
    n.see("Cochez la case pour accepter").await;
    n.choose("J’ai lu et j’accepte").await;
    n.click("Enregistrer mon accord").await;
    n.see("Vous recevrez les décisions dans votre espace").await;
    aller("/espace/coordonnees").await;
    n.fill("Numéro et rue de votre domicile", "5 rue de la République")
        .await;
    n.click("Enregistrer mon adresse").await;
    n.see("Votre adresse personnelle est enregistrée").await;

    aller("/changements/nouveau?nature=rectification").await;
    n.fill("Que faut-il corriger", "La rue a changé de nom")
        .await;
    n.fill("Commune", "Martigues").await;
    n.click("Chercher").await;
    n.choose("Martigues (").await;
    n.click("Prévenir la caisse").await;
    n.see("C’est enregistré").await;

    aller(&format!("/mes-departs/{depart}/messages")).await;
    message(&n).await;
    aller(&format!("/mes-departs/{depart}/retirer")).await;
    n.click("Retirer la déclaration").await;
    n.see("Votre déclaration est retirée").await;

    aller("/demandes/131-2026-000001/messages").await;
    message(&n).await;
    aller("/demandes/131-2026-000001/retirer").await;
    n.click("Retirer ma demande").await;
    n.see("Votre demande est retirée").await;

    aller("/demandes/131-2026-000002").await;
    let dossier = tempfile::tempdir().expect("a folder");
    let preuve = dossier.path().join("bail.pdf");
    std::fs::write(&preuve, PDF).expect("a document");
    let preuve = preuve.display().to_string();
    n.fill("Date de votre installation", "15/01/2026").await;
    n.fill("Preuve de l’installation", &preuve).await;
    n.click("Déclarer mon installation").await;
    n.see("Votre installation est déclarée").await;

    aller("/mes-departs/nouveau").await;
    n.fill("Adresse du lieu d’exercice", "12 quai des Anglais")
        .await;
    n.fill("Justificatif", &preuve).await;
    n.click("Enregistrer le brouillon").await;
    n.arrive("brouillon=").await;
    let ici = n.path().await;
    n.click("Retirer bail.pdf").await;
    n.see("Le document est retiré de votre brouillon").await;
    let brouillon = ici.rsplit('=').next().expect("a draft").to_owned();
    aller(&format!("/brouillons/{brouillon}/supprimer")).await;
    n.click("Supprimer").await;
    n.see("Le brouillon est supprimé").await;
    prouver(&n, "l’espace d’un professionnel").await;
}
