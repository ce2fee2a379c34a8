//! A day of each role without JavaScript: every form of theirs works.

use fantoccini::key::Key;
use regles::demande::{EtatDemande, NatureDemande};
use regles::droits::Role;

use super::deux::{connecter, ouvrir};
use super::harness::Browser;
use super::sans_script::prouver;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};

struct Journee {
    caisse: Caisse,
    n: Browser,
}

impl Journee {
    async fn aller(&self, chemin: &str) {
        self.n
            .goto(&format!("{}{chemin}", self.caisse.app.adresse))
            .await;
    }

    /// Fills fields, presses the button, and waits for what it says.
    async fn envoyer(&self, champs: &[(&str, &str)], bouton: &str, attendu: &str) {
        for (libelle, valeur) in champs {
            self.n.fill(libelle, valeur).await;
        }
        self.n.click(bouton).await;
        self.n.see(attendu).await;
    }
}

/// Four requests: three to check, one complete.
pub fn peupler(caisse: &Caisse) {
    for (n, etat, nature) in [
        (1, EtatDemande::Deposee, NatureDemande::HorsRegulation),
        (2, EtatDemande::Complete, NatureDemande::Derogation),
        (3, EtatDemande::Deposee, NatureDemande::HorsRegulation),
        (4, EtatDemande::Deposee, NatureDemande::HorsRegulation),
    ] {
        let kine = caisse.decor.kine(
            &format!("ines.costa{n}@example.fr"),
            &format!("1000000100{n}"),
        );
        caisse.decor.demande(&UneDemande {
            numero: &format!("131-2026-{n:06}"),
            kine_id: kine.id,
            etat,
            nature,
            ..UneDemande::default()
        });
    }
}

const DOSSIER: &str = "/dossiers/131-2026-000001";

#[actix_web::test]
async fn la_journee_de_qui_instruit() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let cedante = caisse.decor.kine("helene.martin@example.fr", "10000002001");
    let depart = caisse
        .decor
        .depart(cedante.id, "13056", jour(2025, 12, 31), Some(1430));
    let collegue = caisse.app.compte(Role::Instructeur, Some("131"));
    let n = ouvrir(&caisse, &caisse.instructeur, false).await;
    let j = Journee { caisse, n };
    let n = &j.n;
    j.aller(DOSSIER).await;
    j.envoyer(&[], "Prendre en charge", "Vous suivez ce dossier")
        .await;
    n.click("Ajouter une étiquette").await;
    j.envoyer(
        &[("Étiquette", "À rappeler")],
        "Ajouter",
        "L’étiquette est posée",
    )
    .await;
    j.envoyer(
        &[],
        "Retirer l’étiquette À rappeler",
        "L’étiquette est retirée",
    )
    .await;
    n.click("Écrire une note").await;
    j.envoyer(
        &[("Note", "Appeler lundi")],
        "Ajouter la note",
        "La note est ajoutée",
    )
    .await;
    n.click("Confier à quelqu’un").await;
    let suivi = [("Personne qui suivra", collegue.nom.as_str())];
    j.envoyer(&suivi, "Confier le dossier", "suit ce dossier")
        .await;
    n.click("Corriger des données").await;
    let correction = [
        ("Téléphone", "04 91 00 00 00"),
        ("Motif de la correction", "Donné au téléphone"),
    ];
    j.envoyer(
        &correction,
        "Corriger ces données",
        "C’est corrigé : téléphone",
    )
    .await;
    n.click("Demander des pièces").await;
    let piece = [("Pièce 1", "Pièce d’identité")];
    j.envoyer(&piece, "Demander ces pièces", "Les pièces sont demandées")
        .await;
    n.click("Écrire au professionnel").await;
    j.envoyer(
        &[("Votre message", "Bonjour")],
        "Envoyer le message",
        "Votre message est envoyé",
    )
    .await;

    j.aller("/dossiers/131-2026-000002/avis").await;
    n.choose("Favorable").await;
    j.envoyer(&[], "Enregistrer l’avis", "L’avis est enregistré")
        .await;

    j.aller("/dossiers").await;
    n.click("Filtrer la liste").await;
    j.envoyer(
        &[("Nom, RPPS, numéro, commune, code postal", "costa")],
        "Filtrer",
        "Filtres actifs",
    )
    .await;
    n.click("Enregistrer cette vue").await;
    j.envoyer(
        &[("Nom de la vue", "Costa")],
        "Enregistrer la vue",
        "La vue est enregistrée",
    )
    .await;
    n.click("Supprimer cette vue").await;
    j.envoyer(&[], "Supprimer la vue", "La vue est supprimée")
        .await;
    n.click("Choisir les colonnes").await;
    n.choose("Ouvert le").await;
    n.click("Montrer ces colonnes").await;
    n.arrive("colonnes=").await;
    j.envoyer(&[], "Mon prochain dossier", "Vous suivez ce dossier")
        .await;

    j.aller(&format!("/departs/{depart}/corriger")).await;
    let correction = [
        ("Actes des douze mois", "1 300"),
        ("Motif de la correction", "Relevé"),
    ];
    j.envoyer(&correction, "Corriger ces données", "C’est corrigé")
        .await;
    j.envoyer(
        &[("Pourquoi la déclaration est rejetée", "Activité poursuivie")],
        "Rejeter la déclaration",
        "La déclaration est rejetée",
    )
    .await;

    j.aller("/absences").await;
    let absence = [
        ("Premier jour", "20/01/2026"),
        ("Dernier jour", "24/01/2026"),
    ];
    j.envoyer(&absence, "Déclarer l’absence", "L’absence est enregistrée")
        .await;
    j.n.click("Supprimer").await;
    j.n.see("Garder l’absence").await;
    j.envoyer(&[], "Supprimer l’absence", "L’absence est supprimée")
        .await;

    // The documents did not come in time.
    j.caisse.au(jour(2026, 3, 20));
    n.client.delete_all_cookies().await.expect("no session");
    connecter(n, &j.caisse, &j.caisse.instructeur).await;
    j.aller(&format!("{DOSSIER}/classer")).await;
    j.envoyer(
        &[],
        "Classer sans suite",
        "La demande est classée sans suite",
    )
    .await;
    prouver(n, "qui instruit").await;
}

#[actix_web::test]
async fn la_journee_de_qui_encadre() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let n = ouvrir(&caisse, &responsable, false).await;
    let j = Journee { caisse, n };
    let n = &j.n;
    j.aller("/lots/nouveau?etat=deposee").await;
    j.envoyer(&[], "Choisir 3 dossiers", "Ce qui sera fait")
        .await;
    n.choose("Poser une étiquette").await;
    j.envoyer(
        &[("Étiquette", "Campagne")],
        "Appliquer à 3 dossiers",
        "Poser l’étiquette",
    )
    .await;
    // Without JavaScript the page is asked for again.
    for _ in 0..100 {
        if n.text().await.contains("Annuler cette action") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let ici = n.path().await;
        j.aller(&ici).await;
    }
    n.click("Annuler cette action").await;
    j.envoyer(&[], "Annuler l’action", "Annul").await;
    prouver(n, "qui encadre").await;
    j.aller("/absences").await;
    let absence = [
        ("Personne absente", j.caisse.instructeur.nom.as_str()),
        ("Premier jour", "20/01/2026"),
        ("Dernier jour", "24/01/2026"),
    ];
    j.envoyer(&absence, "Déclarer l’absence", "L’absence est enregistrée")
        .await;
    j.aller("/supervision").await;
    n.see("Personne").await;
    n.click("Statistiques").await;
    n.click("24 mois").await;
    n.see("Demandes par mois de dépôt").await;
}

#[actix_web::test]
async fn la_journee_de_qui_signe() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Complete);
    let acte = caisse.acte(&caisse.instructeur);
    let scope = releve::db::CpamScope::Caisse("131".to_owned());
    let proposition = releve::actions::decision::Proposition {
        reserve: None,
        sens: regles::demande::Sens::Accord,
        motifs: String::new(),
        ecart: String::new(),
        malgre_recours: String::new(),
    };
    caisse
        .agir(|tx| {
            releve::actions::decision::proposer(tx, &acte, &scope, &s.numero, 1, &proposition)
        })
        .expect("proposed");
    let n = ouvrir(&caisse, &caisse.signataire, false).await;
    let j = Journee { caisse, n };
    let n = &j.n;
    j.aller("/dossiers").await;
    n.click("Mon prochain dossier à signer").await;
    n.click("Renvoyer à l’instruction").await;
    j.envoyer(
        &[("Ce qui est à revoir", "La zone")],
        "Renvoyer la proposition",
        "renvoyée à l’instruction",
    )
    .await;
    j.aller("/charte/nouvelle").await;
    j.envoyer(&[], "Fixer la charte", "à corriger").await;
    let charte = [
        ("Appliquée à compter du", "15/01/2026"),
        ("Nom du critère", "Années d’expérience"),
        ("Ce qu’il mesure", "Nombre"),
        ("Valeur maximale", "10"),
        ("Ce qui rapporte le plus", "La plus grande, ou oui"),
        ("Poids", "100"),
    ];
    j.envoyer(&charte, "Fixer la charte", "La charte est enregistrée")
        .await;
    j.aller("/charte/fin").await;
    j.envoyer(
        &[],
        "Cesser d’appliquer la charte",
        "La fin de la charte est enregistrée",
    )
    .await;
    prouver(n, "qui signe").await;
}

#[actix_web::test]
async fn la_journee_de_l_administration() {
    let caisse = Caisse::start();
    let [un, autre] = [(); 2].map(|()| caisse.app.compte(Role::AdministrateurNational, None));
    let proposer = |cle, valeur| caisse.app.proposer(&autre, cle, valeur, jour(2026, 3, 1));
    let proposee = proposer("place.seuil_actes", 1500);
    let bonne = proposer("installation.delai", 7);
    let n = ouvrir(&caisse, &un, false).await;
    let j = Journee { caisse, n };
    let n = &j.n;
    j.aller("/motifs/nouveau").await;
    n.choose("B,").await;
    n.choose("D,").await;
    let motif = [
        ("Code", "B-GERIATRIE"),
        ("Libellé", "Offre insuffisante de soins de gériatrie"),
        ("Pièces à joindre", "Attestation de formation"),
        ("Premier jour", "01/02/2026"),
        ("Pourquoi l’ajouter", "Demandée par trois caisses"),
    ];
    for (libelle, valeur) in motif {
        n.fill(libelle, valeur).await;
    }
    let source = "//label[normalize-space(.) = 'Source']/..//input";
    let champ = n.client.find(fantoccini::Locator::XPath(source)).await;
    champ
        .expect("a field")
        .send_keys("Instruction du 5 janvier 2026")
        .await
        .expect("typed");
    j.envoyer(&[], "Proposer", "La proposition est enregistrée")
        .await;

    j.aller(&format!("/parametres/propositions/{proposee}"))
        .await;
    j.envoyer(
        &[("Motif du rejet", "Trop tôt")],
        "Rejeter la proposition",
        "rejet",
    )
    .await;
    j.aller(&format!("/parametres/propositions/{bonne}")).await;
    j.envoyer(&[], "Approuver cette valeur", "approuvée").await;
    j.aller("/motifs/A-CONJOINT/fermer").await;
    let fin = [
        ("Dernier jour", "01/02/2026"),
        ("Pourquoi y mettre fin", "Remplacé par un autre"),
    ];
    j.envoyer(
        &fin,
        "Proposer la fin de ce motif",
        "La proposition est enregistrée",
    )
    .await;
    j.aller("/parametres/place.delai_designation/proposer")
        .await;
    let valeur = [
        ("Nouvelle valeur", "3"),
        ("Date d’effet", "01/02/2026"),
        ("Source", "Décision nationale du 12 janvier 2026"),
        ("Pourquoi cette valeur", "Le délai est trop court"),
    ];
    j.envoyer(
        &valeur,
        "Voir ce que cela changerait",
        "Proposer cette valeur",
    )
    .await;
    j.envoyer(&[], "Proposer cette valeur", "vous pouvez la retirer")
        .await;
    j.envoyer(&[], "Retirer cette valeur", "retir").await;

    // Another one examines the ground.
    n.client.delete_all_cookies().await.expect("no session");
    connecter(n, &j.caisse, &autre).await;
    j.aller("/motifs").await;
    n.click("Ajouter B-GERIATRIE").await;
    j.envoyer(&[], "Approuver cette proposition", "est approuvée")
        .await;
    j.aller("/motifs").await;
    n.click("Mettre fin à A-CONJOINT").await;
    j.envoyer(
        &[("Pourquoi la rejeter", "Encore invoqué")],
        "Rejeter cette proposition",
        "est rejetée",
    )
    .await;
    prouver(n, "l’administration").await;
}

#[actix_web::test]
async fn la_journee_de_l_audit() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let auditeur = caisse.app.compte(Role::Auditeur, None);
    let n = ouvrir(&caisse, &auditeur, false).await;
    let j = Journee { caisse, n };
    let n = &j.n;
    j.aller("/dossiers").await;
    n.click("Toutes les caisses").await;
    n.click("Filtrer la liste").await;
    j.envoyer(
        &[("Nom, RPPS, numéro, commune, code postal", "costab")],
        "Filtrer",
        "131-2026-000001",
    )
    .await;
    n.click("131-2026-000001").await;
    n.see("seule la caisse le change").await;
    // Nothing to write with: the only forms are the search and the way out.
    let ecritures = n
        .client
        .find_all(fantoccini::Locator::Css("main form[method=post]"))
        .await
        .expect("a page");
    assert!(ecritures.is_empty(), "{} forms that write", ecritures.len());
    n.fill("Chercher un dossier", "costac").await;
    n.press(Key::Enter).await;
    n.see("131-2026-000002").await;
    j.aller("/supervision/statistiques?caisse=toutes").await;
    n.see("Demandes par caisse").await;
}
