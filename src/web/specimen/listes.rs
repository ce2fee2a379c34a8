//! What the specimen shows of lists and forms.

use crate::web::page::Lien;
use crate::web::ui::{
    Champ, Choix, CommuneVue, Confirmation, Controle, CoteVue, Etat, LigneLivre, LivreVue,
    Pastille, Taille, Trait,
};

pub(super) fn livre() -> LivreVue {
    let ligne =
        |depart: CoteVue, place: Pastille, lien, arrivee: Option<CoteVue>, attente: &str| {
            LigneLivre {
                depart,
                place,
                lien,
                arrivee,
                attente: attente.to_owned(),
            }
        };
    LivreVue {
        lignes: vec![
            ligne(
                CoteVue::new(
                    "Mme Hélène Martin",
                    "cessation le 15 janvier 2025, 1 430 actes",
                )
                .url("#"),
                Pastille::new(Etat::Fait, "Pourvue"),
                Trait::Plein,
                Some(CoteVue::new("M. Karim Benali", "installé le 1er septembre 2025").url("#")),
                "",
            ),
            ligne(
                CoteVue::new("M. Luc Ferrand", "cessation le 30 juin 2025, 2 015 actes").url("#"),
                Pastille::new(Etat::EnCours, "Réservée"),
                Trait::Pointille,
                Some(
                    CoteVue::new(
                        "Mme Inès Costa",
                        "accordée, installation à commencer au plus tard le 3 août 2026 (inclus)",
                    )
                    .url("#"),
                ),
                "",
            ),
            ligne(
                CoteVue::new(
                    "Mme Odile Brun",
                    "cessation le 31 décembre 2025, 1 200 actes",
                )
                .url("#"),
                Pastille::new(Etat::AFaire, "Ouverte"),
                Trait::Aucun,
                None,
                "Désignation à faire au plus tard le 31 décembre 2027 (inclus)",
            ),
            ligne(
                CoteVue::new(
                    "M. André Sallé",
                    "cessation le 29 février 2024, 1 310 actes",
                )
                .url("#"),
                Pastille::new(Etat::Neutre, "Caduque"),
                Trait::Aucun,
                None,
                "Aucune désignation dans les deux ans",
            ),
        ],
        derogations: vec![
            CoteVue::new(
                "Mme Jeanne Aubry",
                "offre insuffisante en rééducation vestibulaire, installée le 5 mai 2025",
            )
            .url("#"),
        ],
        departs: 4,
        bilan: [
            ("ouverte", "ouvertes"),
            ("réservée", "réservées"),
            ("pourvue", "pourvues"),
            ("caduque", "caduques"),
        ]
        .map(|(un, plusieurs)| (un.to_owned(), plusieurs.to_owned(), 1))
        .to_vec(),
    }
}

pub(super) fn champs() -> Vec<Champ> {
    vec![
        Champ::texte("nom", "Nom de naissance").autocomplete("family-name").valeur("Martin"),
        Champ::texte("rpps", "Numéro RPPS")
            .aide("Onze chiffres, sur votre carte professionnelle de santé.")
            .taille(Taille::Court)
            .valeur("1000345678")
            .erreur(Some("Le numéro RPPS compte onze chiffres ; celui-ci en a dix.")),
        Champ::email("email", "Adresse électronique").valeur("helene.martin@example.fr"),
        Champ::mot_de_passe("mot_de_passe", "Mot de passe", "new-password")
            .aide("Douze caractères ou plus. Une phrase convient très bien."),
        Champ::date("cessation", "Date de votre cessation définitive")
            .valeur("31/02/2026")
            .erreur(Some("Février 2026 n’a que 28 jours. Indiquez une date qui existe.")),
        Champ::nombre("actes", "Actes des douze derniers mois").unite("actes").valeur("1 430"),
        Champ::liste(
            "motif",
            "Motif de la dérogation",
            vec![
                Choix::new("", "Choisissez un motif"),
                Choix::new("B", "Offre de soins spécifiques insuffisante"),
                Choix::new("A-SANTE", "Situation de santé d’un proche"),
            ],
        ),
        Champ::radios(
            "fondement",
            "Sur quoi porte votre demande ?",
            vec![
                Choix::new("succession", "Je succède à un confrère qui cesse son activité")
                    .aide("Il faut sa désignation, et que vous l’ayez acceptée."),
                Choix::new("derogation", "Je demande une dérogation")
                    .aide("Pour un motif personnel, une offre de soins insuffisante ou un risque économique."),
                Choix::new("hors", "Ma commune n’est pas en zone non prioritaire"),
            ],
        )
        .valeur("succession"),
        Champ::case("exactitude", "Je certifie l’exactitude de ma déclaration"),
        Champ::zone("observations", "Observations", 4).facultatif().aide("Ce que la CPAM doit savoir pour vous répondre."),
        Champ::fichier("piece", "Justificatif de cessation").aide("PDF, JPEG ou PNG, 10 Mo au plus."),
    ]
}

pub(super) fn commune() -> Champ {
    let proposition = |insee: &str, nom: &str, cp: &str, departement: &str| CommuneVue {
        insee: insee.to_owned(),
        nom: nom.to_owned(),
        cp: cp.to_owned(),
        departement: departement.to_owned(),
    };
    let controle = Controle::Commune {
        recherche: "marti".to_owned(),
        choisie: None,
        resultats: Some(vec![
            proposition("13056", "Martigues", "13500", "Bouches-du-Rhône"),
            proposition("84073", "Martignan", "84100", "Vaucluse"),
        ]),
    };
    Champ::new("commune", "Commune du cabinet", controle)
        .aide("Nom ou code postal.")
        .erreur(Some("Choisissez une commune dans la liste."))
}

pub(super) fn confirmation() -> Confirmation {
    Confirmation {
        titre: "Retirer la désignation de M. Karim Benali ?".to_owned(),
        consequences: vec![
            "Cette personne ne pourra plus demander la place que vous libérez à Martigues."
                .to_owned(),
            "Nous lui écrivons aujourd’hui.".to_owned(),
            "Vous pourrez désigner quelqu’un d’autre au plus tard le 17 janvier 2028 (inclus)."
                .to_owned(),
        ],
        champs: vec![Champ::zone("raison", "Raison", 2).facultatif()],
        url: "#".to_owned(),
        bouton: "Retirer la désignation".to_owned(),
        danger: true,
        corriger: None,
        retour: Lien::new("Garder la désignation", "#"),
    }
}
