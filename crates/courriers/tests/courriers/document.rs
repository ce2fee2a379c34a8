//! The documents that are frozen: complete or not written, in the order of the letter book, and without a day that depends
//! on their notification.

use chrono::NaiveDate;
use courriers::attestation::{Conventionnement, Place};
use courriers::decision::{
    Accord, Arrete, Avis, Correction, Delegation, Document, IntentionRetrait, Recherche, Refus,
    Retrait, Signature, Visas,
};
use courriers::ecrit::{Caisse, Enveloppe, Incomplet, Personne, Suivi};
use regles::conventionnement::AvisCpd;
use regles::decision::ModeNotification;
use regles::demande::Fondement;
use regles::echeance::Delai;
use regles::ecrit::NatureEcrit;
use regles::reserve::Reserve;
use regles::retrait::Cause;

fn le(jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, jour).expect("a day")
}

fn domicile() -> Vec<String> {
    vec![
        "27 avenue de l’Exemple".to_owned(),
        "13600 La Ciotat".to_owned(),
    ]
}

fn enveloppe(adresse: &[String]) -> Enveloppe<'_> {
    Enveloppe {
        caisse: Caisse {
            nom: "CPAM des Bouches-du-Rhône",
            service: Some("Relations avec les professionnels de santé"),
            adresse: Some("56 chemin de l’Exemple, 13000 Marseille"),
            telephone: Some("04 65 71 00 13"),
            courriel: Some("professionnels@exemple.fr"),
            logo: None,
        },
        a: Personne {
            nom: "Inès Garcia",
            adresse,
        },
        numero: "131-2026-000042",
        suivi: Some(Suivi {
            nom: "Sophie Arnaud",
            qualite: Some("chargée de dossiers"),
        }),
        envoi: Some(ModeNotification::Recommande),
        le: le(27),
        url: "https://releve.example.fr",
    }
}

fn signature() -> Signature<'static> {
    Signature {
        nom: "Sophie Girard",
        qualite: "directrice adjointe",
        caisse: "CPAM des Bouches-du-Rhône",
        le: le(27),
        delegation: Some(Delegation {
            de: "la directrice",
            acte_du: le(5),
        }),
        homologation: None,
    }
}

/// The same, by a delegation, dispensed with a hand.
fn deleguee(de: &'static str) -> Signature<'static> {
    Signature {
        delegation: Some(Delegation { de, acte_du: le(5) }),
        homologation: Some("RGS 2026-12"),
        ..signature()
    }
}

fn recherche() -> Recherche<'static> {
    Recherche {
        ecrire_a: "professionnels@exemple.fr",
        cada: Delai::Mois(2),
    }
}

fn visas(avis: Option<Avis<'static>>) -> Visas<'static> {
    Visas {
        article: "article 1.2.3",
        arrete: Some(Arrete {
            reference: Some("2025-093-17"),
            region: "Provence-Alpes-Côte d’Azur",
            du: Some(le(2)),
            effet: le(6),
        }),
        recue_le: le(4),
        avis,
    }
}

fn avis(sens: AvisCpd) -> Avis<'static> {
    Avis {
        sens,
        le: Some(le(12)),
        motif: Some("La mutation du conjoint est établie."),
        saisie: Some(le(10)),
        delai: Delai::Jours(30),
    }
}

fn voies() -> Vec<String> {
    vec!["D’abord la commission.".to_owned(), "Articles.".to_owned()]
}

fn refus(
    motifs: &str,
    voies: &[String],
    (avis, ecart): (Option<Avis<'static>>, Option<&str>),
    enveloppe: &Enveloppe<'_>,
) -> Result<Document, Incomplet> {
    Refus {
        adresse: "12 rue des Lilas, Marseille",
        motifs,
        ecart,
        visas: visas(avis),
        voies,
        recherche: recherche(),
        signature: signature(),
    }
    .document(enveloppe)
}

fn accord(
    fondement: Fondement,
    reserve: Option<&Reserve>,
    voies: &[String],
) -> Result<Document, Incomplet> {
    Accord {
        adresse: "12 rue des Lilas, Marseille",
        fondement,
        effet: le(30),
        delai: Delai::Mois(6),
        reste: Some("Cet accord ne remplace pas ce qui reste à faire."),
        motifs: "Vous succédez à Claire Martin.",
        ecart: None,
        visas: visas(None),
        voies,
        reserve,
        attendues: &[],
        recherche: recherche(),
        signature: signature(),
    }
    .document(&enveloppe(&domicile()))
}

/// Every word, in the order of the paper, with ordinary spaces.
fn textes(document: &Document) -> String {
    let mut lignes = Vec::new();
    if let Some(papier) = &document.papier {
        lignes = vec![papier.entete.caisse.clone(), papier.entete.service.clone()];
        lignes.extend(papier.entete.lignes.iter().cloned());
        let reperes = papier.reperes.iter();
        lignes.extend(reperes.map(|(nom, dit)| format!("{nom} : {dit}")));
        lignes.extend(papier.destinataire.iter().cloned());
        lignes.push(papier.lieu_et_date.clone());
    }
    lignes.push(format!("Objet : {}", document.objet));
    lignes.extend(document.papier.iter().map(|p| p.appel.clone()));
    lignes.extend(document.blocs.iter().map(|b| b.texte().to_owned()));
    lignes.extend(document.signature.as_ref().map(|s| s.ligne()));
    lignes.extend(document.papier.iter().map(|p| p.pied.clone()));
    lignes.join("\n").replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn ce_qui_manque_a_une_lettre_est_nomme_et_elle_n_est_pas_ecrite() {
    let (domicile, voies) = (domicile(), voies());
    let complete = enveloppe(&domicile);
    let rien = (None, None);
    let dit = |lettre: Result<Document, Incomplet>| lettre.err().map(|e| e.to_string());
    assert_eq!(
        dit(refus("La place est prise.", &voies, rien, &complete)),
        None
    );
    assert_eq!(
        dit(refus("  ", &voies, rien, &complete)).as_deref(),
        Some("il manque les motifs, en droit et en fait ; les textes et les actes visés")
    );
    assert_eq!(
        dit(refus("La place est prise.", &[], rien, &complete)).as_deref(),
        Some("il manque les voies de recours")
    );
    // A registered letter needs two addresses; a document in the portal, that of the caisse.
    let sans_domicile = enveloppe(&[]);
    let manque = dit(refus("La place est prise.", &voies, rien, &sans_domicile)).expect("blocked");
    assert!(
        manque.contains("l’adresse postale de la personne"),
        "{manque}"
    );
    let portail = Enveloppe {
        envoi: Some(ModeNotification::Portail),
        ..sans_domicile
    };
    assert_eq!(
        dit(refus("La place est prise.", &voies, rien, &portail)),
        None
    );
    let mut sans_caisse = portail;
    sans_caisse.caisse.adresse = None;
    let manque = dit(refus("La place est prise.", &voies, rien, &sans_caisse)).expect("blocked");
    assert!(
        manque.contains("l’adresse postale de la caisse"),
        "{manque}"
    );
    // CRPA L211-2 3°: a condition is contested.
    let reserve = reserve();
    assert_eq!(
        dit(accord(Fondement::Succession, Some(&reserve), &[])).as_deref(),
        Some("il manque les voies de recours")
    );
}

#[test]
fn les_parties_d_un_refus_sont_dans_l_ordre_du_livre() {
    let (domicile, voies) = (domicile(), voies());
    let avis = (
        Some(avis(AvisCpd::Favorable)),
        Some("L’ordre de mutation manque."),
    );
    let document = refus("La règle.\nLe fait.", &voies, avis, &enveloppe(&domicile));
    let texte = textes(&document.expect("a document"));
    let places: Vec<usize> = [
        "CPAM des Bouches-du-Rhône",
        "Suivi par : Sophie Arnaud, chargée de dossiers",
        "Envoi : Lettre recommandée",
        "Inès Garcia",
        "13600 La Ciotat",
        "Marseille, le vendredi 27 novembre 2026",
        "Objet : Refus de votre demande de conventionnement",
        "Bonjour Inès Garcia,",
        "Je refuse votre demande",
        "Vous pouvez contester cette décision.",
        "Sur quoi repose cette décision",
        "La règle.\nLe fait.",
        "réunie le 12 novembre 2026, a rendu un avis favorable. Elle a estimé que la mutation du conjoint est établie. Cet avis \
         ne lie pas la caisse. Je ne le suis pas, pour la raison suivante : l’ordre de mutation manque.",
        "Vu la convention nationale",
        "article 1.2.3 ; l’arrêté 2025-093-17 du directeur général de l’agence régionale de santé Provence-Alpes-Côte d’Azur du 2 \
         novembre 2026, en vigueur depuis le 6 novembre 2026 ; votre demande reçue le 4 novembre 2026 ; l’avis de la commission \
         paritaire départementale du 12 novembre 2026.",
        "Si vous contestez cette décision",
        "D’abord la commission.",
        "Articles.",
        "cada.fr",
        "https://releve.example.fr/donnees-personnelles",
        "Sophie Girard, directrice adjointe, CPAM des Bouches-du-Rhône. Par délégation de la directrice, acte du jeudi 5 novembre 2026.",
        "CPAM des Bouches-du-Rhône — dossier 131-2026-000042",
    ]
    .iter()
    .map(|attendu| {
        texte
            .find(attendu)
            .unwrap_or_else(|| panic!("«{attendu}»: {texte}"))
    })
    .collect();
    assert!(places.is_sorted(), "{places:?} {texte}");
}

/// An address on one line is cut before its postal code, and gives the town from which one writes.
#[test]
fn d_ou_l_on_ecrit_se_lit_dans_l_adresse_de_la_caisse() {
    let domicile = domicile();
    for (adresse, lignes, lieu) in [
        (
            "56 chemin de l’Exemple, 13000 Marseille",
            vec!["56 chemin de l’Exemple", "13000 Marseille"],
            "Marseille, le ",
        ),
        (
            "BP 12345\n69907 Lyon CEDEX 20",
            vec!["BP 12345", "69907 Lyon CEDEX 20"],
            "Lyon, le ",
        ),
        ("Tour 75001", vec!["Tour 75001"], "Le vendredi"),
    ] {
        let mut enveloppe = enveloppe(&domicile);
        enveloppe.caisse.adresse = Some(adresse);
        let lettre = refus("Le fait.", &voies(), (None, None), &enveloppe).expect("a document");
        let papier = lettre.papier.expect("a paper");
        assert_eq!(papier.entete.lignes[..lignes.len()], lignes, "{adresse}");
        assert!(
            papier.lieu_et_date.starts_with(lieu),
            "{}",
            papier.lieu_et_date
        );
    }
}

#[test]
fn l_avis_se_dit_suivi_ou_repute_rendu() {
    let (domicile, voies) = (domicile(), voies());
    let dit = |avis| {
        let lettre = refus(
            "Le fait.",
            &voies,
            (Some(avis), None),
            &enveloppe(&domicile),
        );
        textes(&lettre.expect("a document"))
    };
    let suivi = dit(avis(AvisCpd::Defavorable));
    assert!(
        suivi.contains("a rendu un avis défavorable le 12 novembre 2026, au motif que la mutation du conjoint est établie. Je partage cette analyse."),
        "{suivi}"
    );
    let repute = dit(avis(AvisCpd::ReputeRendu));
    assert!(
        repute.contains("saisie le 10 novembre 2026, n’a pas rendu d’avis dans le délai de 30 jours : l’avis est réputé rendu, sans être favorable ni défavorable."),
        "{repute}"
    );
    assert!(!repute.contains("Je partage"), "{repute}");
}

fn reserve() -> Reserve {
    Reserve {
        condition: "la cessation effective d’Hélène Martin".to_owned(),
        au_plus_tard: le(30),
        preuve: "Attestation de radiation".to_owned(),
    }
}

#[test]
fn un_accord_dit_a_partir_de_quand_et_ne_nomme_aucun_jour_de_notification() {
    let document = accord(Fondement::Succession, None, &[]).expect("a document");
    let texte = textes(&document);
    for attendu in [
        "J’accorde votre conventionnement pour exercer au 12 rue des Lilas, Marseille, à compter du 30 novembre 2026.",
        "6 mois à compter du jour où cette décision vous est notifiée",
        "plus tôt que le 30 novembre 2026",
        "ce qui reste à faire",
        "attestation de conventionnement",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(!texte.contains("contestez"), "nothing adverse: {texte}");
    let nature = |d: &Document| d.papier.as_ref().map(|p| p.nature);
    assert_eq!(nature(&document), Some(NatureEcrit::AccordSuccession));
    let derogation = accord(Fondement::Derogation, None, &[]).expect("a document");
    assert_eq!(nature(&derogation), Some(NatureEcrit::AccordDerogation));
    let texte = textes(&derogation);
    assert!(texte.contains("à titre dérogatoire") && texte.contains("n’utilise aucune place"));
    // REG-17: under a condition, no day of effect is promised, and it is contested.
    let document = accord(Fondement::Succession, Some(&reserve()), &voies()).expect("a document");
    assert_eq!(nature(&document), Some(NatureEcrit::AccordConditionnel));
    let texte = textes(&document);
    for attendu in [
        "sous réserve de la cessation effective d’Hélène Martin, au plus tard le lundi 30 novembre 2026 (inclus).",
        "Cette condition se prouve par : attestation de radiation.",
        "6 mois à compter du jour où la condition est remplie",
        "avant que la caisse vous ait écrit que la condition est remplie",
        "Si vous contestez cette décision",
    ] {
        assert!(texte.contains(attendu), "«{attendu}»: {texte}");
    }
    assert!(!texte.contains("à compter du 30"), "{texte}");
}

/// What is frozen reads back the same, and the same data give the same text: its digest is that of what was shown.
#[test]
fn un_document_se_relit_tel_qu_il_fut_ecrit() {
    let une = accord(Fondement::Derogation, None, &[]).expect("a document");
    let autre = accord(Fondement::Derogation, None, &[]).expect("a document");
    let ecrit = serde_json::to_string(&une).expect("JSON");
    assert_eq!(ecrit, serde_json::to_string(&autre).expect("JSON"));
    let relu: Document = serde_json::from_str(&ecrit).expect("it reads");
    assert_eq!(relu, une);
}

#[test]
fn aucune_lettre_ne_porte_de_marque_de_code_ni_de_mot_banni() {
    let (domicile, voies) = (domicile(), voies());
    let demandee = Enveloppe {
        envoi: None,
        ..enveloppe(&domicile)
    };
    let lettres = [
        refus(
            "Le fait.",
            &voies,
            (Some(avis(AvisCpd::Defavorable)), None),
            &enveloppe(&domicile),
        ),
        accord(Fondement::Succession, None, &[]),
        accord(Fondement::Derogation, None, &[]),
        accord(Fondement::Succession, Some(&reserve()), &voies),
        Conventionnement {
            rpps: "10001234567",
            adresse: "12 rue des Lilas, Marseille",
            effet: le(30),
            decidee_le: le(27),
        }
        .document(&demandee),
        Place {
            cessation: le(1),
            zone: "Martigues",
            limite: Some(le(30)),
        }
        .document(&demandee),
    ];
    for lettre in lettres {
        let texte = textes(&lettre.expect("a document"));
        for banni in [
            "·",
            "(e)",
            "avant le ",
            "jusqu’au",
            "sous 15",
            "V°",
            "à confirmer",
            "non remplie",
            "implicite",
            "{",
            "}",
        ] {
            assert!(!texte.contains(banni), "«{banni}»: {texte}");
        }
        assert_eq!(
            regles::redaction::premier_illisible(&texte.replace("RPPS", "")),
            None,
            "{texte}"
        );
    }
}

#[test]
fn a_letter_says_under_what_it_is_signed_and_what_dispenses_with_a_hand() {
    let correction = |signature| {
        let correction = Correction {
            numero: "131-2026-000042",
            lettre: le(20),
            faux: "12 rue des Lilas",
            juste: "21 rue des Lilas",
            signature,
        };
        textes(&correction.document())
    };
    let nue = correction(Signature {
        delegation: None,
        ..signature()
    });
    assert!(nue.contains("au lieu de « 12 rue des Lilas », lisez « 21 rue des Lilas »"));
    assert!(nue.contains("Le reste est inchangé."));
    assert!(
        !nue.contains("délégation") && !nue.contains("manuscrite"),
        "{nue}"
    );
    let sous = correction(deleguee("la directrice"));
    for dit in [
        "Par délégation de la directrice, acte du jeudi 5 novembre 2026.",
        "se passe de signature manuscrite",
        "homologation RGS 2026-12",
        "(CPAM des Bouches-du-Rhône)",
    ] {
        assert!(sous.contains(dit), "«{dit}»: {sous}");
    }
    let du = correction(deleguee("le sous-directeur"));
    assert!(du.contains("Par délégation du sous-directeur"), "{du}");
}

fn retrait(cause: Cause, droit: &str, fait: &str, voies: &[String]) -> Option<String> {
    let document = Retrait {
        numero: "131-2026-000042",
        decision: le(2),
        cause,
        droit,
        fait,
        observations: Some((le(20), "Le bail produit est postérieur à la décision.")),
        effet: le(27),
        voies,
        signature: signature(),
    }
    .document()?;
    Some(textes(&document))
}

#[test]
fn a_withdrawal_states_law_fact_answer_and_routes_or_is_not_written() {
    let voies = ["D’abord la commission.".to_owned(), "Articles.".to_owned()];
    let (droit, fait) = (
        "l’article 1.2 de la convention nationale",
        "la place était déjà prise.",
    );
    for (droit, fait, voies) in [
        ("", fait, voies.as_slice()),
        (droit, " . ", voies.as_slice()),
        (droit, fait, &[]),
    ] {
        assert_eq!(retrait(Cause::Illegalite, droit, fait, voies), None);
    }
    let texte = retrait(Cause::Illegalite, droit, fait, &voies).expect("a document");
    for dit in [
        "Je retire la décision du 2 novembre 2026 : elle est censée n’avoir jamais existé.",
        "En droit. L’article 1.2 de la convention nationale.",
        "En fait. La place était déjà prise.",
        "Vous avez présenté des observations, reçues le 20 novembre 2026. Le bail produit",
        "D’abord la commission.",
        "article L242-1",
    ] {
        assert!(texte.contains(dit), "«{dit}»: {texte}");
    }
    let fin = retrait(Cause::Condition, droit, fait, &voies).expect("a document");
    assert!(
        fin.contains("Je mets fin, à compter du 27 novembre 2026"),
        "{fin}"
    );
    assert!(
        !fin.contains("jamais existé") && !fin.contains("annul"),
        "{fin}"
    );
}

#[test]
fn what_is_considered_is_not_decided_and_waits_for_an_answer() {
    let intention = IntentionRetrait {
        numero: "131-2026-000042",
        decision: le(2),
        cause: Cause::Illegalite,
        droit: "l’article 1.2 de la convention nationale",
        fait: "la place était déjà prise",
        terme: le(30),
        signature: signature(),
    };
    let texte = textes(&intention.document().expect("a document"));
    for dit in [
        "nous paraît contraire à l’article 1.2 de la convention nationale, car la place était déjà prise.",
        "Rien n’est décidé.",
        "au plus tard le lundi 30 novembre 2026 (inclus)",
        "avec la personne de votre choix",
    ] {
        assert!(texte.contains(dit), "«{dit}»: {texte}");
    }
    let sans_fait = IntentionRetrait {
        fait: "",
        ..intention
    };
    assert!(sans_fait.document().is_none());
}
