//! What a mail looks like, as text and as HTML.

use courriers::{Lettre, Modele};

fn exemple() -> Lettre {
    Lettre::new(Modele::Mention, "Il reste un mois pour désigner un successeur : Martigues")
        .a("Claire Martin")
        .paragraphe("Vous n’avez pas encore désigné de successeur ; la place reste ouverte jusqu’à la date ci-dessous.")
        .paragraphe("Est-ce une question de temps ? « Écrivez-nous » & <appelez-nous> !")
        .point("Dernier jour pour désigner", "lundi 2\u{a0}mars 2026")
        .point("Zone", "Martigues (BV13056)")
        .action("Désigner un successeur", "/espace/departs/12")
        .contact(&[
            "CPAM des Bouches-du-Rhône".to_owned(),
            String::new(),
            "04\u{a0}91\u{a0}00\u{a0}00\u{a0}00".to_owned(),
        ])
}

#[test]
fn le_texte() {
    let (texte, _) = exemple().rendre("https://releve.example.fr").unwrap();
    assert!(texte.contains("temps\u{a0}?"), "French spaces do not break");
    assert!(
        !texte.contains("&amp;") && !texte.contains("&#"),
        "plain text is not escaped"
    );
    insta::assert_snapshot!("lettre_texte", texte.replace('\u{a0}', "~"));
}

#[test]
fn le_html() {
    let (_, html) = exemple().rendre("https://releve.example.fr").unwrap();
    assert!(
        !html.contains("<appelez-nous>"),
        "what people wrote is escaped"
    );
    assert!(html.contains("prefers-color-scheme: dark"));
    insta::assert_snapshot!("lettre_html", html.replace('\u{a0}', "~"));
}

#[test]
fn une_lettre_courte_n_a_ni_points_ni_bouton_ni_contact() {
    let (texte, html) = Lettre::new(Modele::Mention, "Bonjour")
        .paragraphe("Rien d’autre.")
        .rendre("https://releve.example.fr")
        .unwrap();
    assert_eq!(
        texte,
        "Bonjour,\n\nRien d’autre.\n\n-- \nMessage envoyé par Relève. Ne répondez pas à cette adresse."
    );
    assert!(!html.contains("<dl") && !html.contains("<a ") && !html.contains("joindre"));
}
