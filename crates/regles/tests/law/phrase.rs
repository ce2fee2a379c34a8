//! The sentences that a caisse uses again: what fills them, what is refused.

use regles::phrase::{Emploi, Faits, Marque, demande, remplir, verifier};

fn faits() -> Faits {
    vec![
        (Marque::Personne, "Léa {numero} Nguyen".to_owned()),
        (Marque::Numero, "131-2026-000042".to_owned()),
    ]
}

#[test]
fn chaque_marque_se_remplit_une_fois() {
    let rempli = remplir("{personne}, dossier {numero} : {manque}. {", &faits());
    assert_eq!(
        rempli,
        "Léa {numero} Nguyen, dossier 131-2026-000042 : {manque}. {"
    );
}

#[test]
fn une_marque_qui_ne_se_remplit_pas_la_est_refusee_avec_celles_qui_le_peuvent() {
    assert!(verifier(Emploi::Message, "{manque} de {personne}").is_ok());
    for (emploi, texte, nommee) in [
        (Emploi::Message, "Bonjour {nom}", "« {nom} »"),
        (Emploi::Decision, "Il manque {manque}", "« {manque} »"),
        (Emploi::Message, "La pièce {piece}", "« {piece} »"),
    ] {
        let refus = verifier(emploi, texte).expect_err("a refusal").to_string();
        assert!(
            refus.starts_with(nommee) && refus.contains("{personne}"),
            "{refus}"
        );
    }
}

#[test]
fn une_marque_se_lit_avec_ou_sans_accent() {
    for dite in ["{numéro}", "{numero}", "{Numéro}"] {
        assert_eq!(remplir(dite, &faits()), "131-2026-000042");
    }
    assert!(verifier(Emploi::RefusPiece, "{piece}, {pièce}").is_ok());
}

#[test]
fn un_texte_dit_ce_qu_il_demande() {
    assert!(demande("Il manque : {manque}.", Marque::Manque));
    assert!(!demande("Il ne manque rien.", Marque::Manque));
}
