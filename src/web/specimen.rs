//! Every component of the interface on one page, with realistic content; served by the demonstration only.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::web::filters;
use crate::web::page::{Contexte, Largeur, Lien, Page, Rubrique};
use crate::web::ui::{
    Bandeau, Champ, ChampCommune, Choix, ChronologieVue, CommuneVue, ConditionVue, Confirmation,
    Constat, CoteVue, EcheanceVue, EtapeVue, Etat, EvenementVue, FichierVue, FiltreVue, Icone,
    LigneLivre, LigneQueue, LivreVue, Message, Pastille, PourquoiVue, QueueVue, Suite, Taille,
    Trait, Vide,
};

/// The page.
#[derive(Template)]
#[template(path = "specimen.html")]
pub struct Specimen {
    page: Page,
    pastilles: Vec<Pastille>,
    messages: Vec<Message>,
    bandeau: Bandeau,
    echeances: Vec<EcheanceVue>,
    pourquoi: PourquoiVue,
    chronologie: ChronologieVue,
    livre: LivreVue,
    queue: QueueVue,
    champs: Vec<Champ>,
    commune: ChampCommune,
    fichiers: Vec<FichierVue>,
    confirmation: Confirmation,
    vide: Vide,
    versements: Vec<(NaiveDate, &'static str, i64)>,
}

impl Specimen {
    /// The page, as it is on 3 March 2026. Fails only on a date of its own that does not exist.
    pub fn new(mut contexte: Contexte) -> Option<Self> {
        let jour = |annee, mois, jour| NaiveDate::from_ymd_opt(annee, mois, jour);
        let aujourd_hui = jour(2026, 3, 3)?;
        if contexte.navigation.is_empty() {
            contexte.navigation = rubriques();
        }
        let champs = champs();
        let commune = commune();
        let mut page = contexte
            .page("Composants de l’interface")
            .surtitre("Planche de démonstration")
            .chapeau("Tout ce dont les pages sont faites, avec des contenus vraisemblables.")
            .ariane("Accueil", "/")
            .rubrique("/file")
            .largeur(Largeur::Pleine)
            .action("Nouvelle demande", "#")
            .erreurs_de(&champs);
        page.erreurs.extend(commune.resume());
        Some(Self {
            page,
            pastilles: pastilles(),
            messages: messages(),
            bandeau: bandeau(),
            echeances: echeances(aujourd_hui, &jour)?,
            pourquoi: pourquoi(),
            chronologie: chronologie(&jour)?,
            livre: livre(),
            queue: queue(aujourd_hui, &jour)?,
            champs,
            commune,
            fichiers: fichiers(),
            confirmation: confirmation(),
            vide: Vide::new(
                "Aucune demande n’attend votre décision",
                "Les demandes arrivent ici quand un instructeur vous propose une décision. La dernière a été signée hier.",
            )
            .action("Voir toutes les demandes", "#"),
            versements: vec![
                (jour(2025, 3, 1)?, "CACCMK, premier versement", 3_000_000),
                (jour(2027, 4, 12)?, "CACCMK, deuxième année (2 400 actes)", 720_000),
                (jour(2028, 4, 14)?, "CACCMK, troisième année (2 999 actes)", 499_833),
            ],
        })
    }
}

type Date<'a> = &'a dyn Fn(i32, u32, u32) -> Option<NaiveDate>;

fn rubriques() -> Vec<Rubrique> {
    vec![
        Rubrique::new("File de travail", "/file").compte(12),
        Rubrique::new("Demandes", "/demandes"),
        Rubrique::new("Départs", "/departs").compte(3),
        Rubrique::new("Zones et places", "/zones"),
        Rubrique::new("Réglages", "/reglages"),
    ]
}

fn pastilles() -> Vec<Pastille> {
    vec![
        Pastille::new(Etat::AFaire, "À compléter"),
        Pastille::new(Etat::EnCours, "En instruction"),
        Pastille::new(Etat::Fait, "Accordée"),
        Pastille::new(Etat::Retard, "En retard"),
        Pastille::new(Etat::Neutre, "Close"),
    ]
}

fn messages() -> Vec<Message> {
    vec![
        Message::succes(
            "Votre déclaration est enregistrée. Un accusé de réception vient de partir à votre adresse.",
        ),
        Message::information(
            "La commune de Martigues passera en zone intermédiaire le 1er avril 2026.",
        )
        .lien("Voir l’arrêté", "#"),
        Message::attention(
            "L’arrêté de zonage de la région a plus de deux ans. Il s’applique tant qu’il n’est pas remplacé.",
        ),
        Message::erreur(
            "Ce dossier a changé depuis que vous l’avez ouvert. Votre texte est conservé ci-dessous.",
        ),
    ]
}

fn bandeau() -> Bandeau {
    Bandeau::new(
        Pastille::new(Etat::AFaire, "À compléter"),
        "En attente de deux pièces de Mme Martin, avant le 12 mars 2026 (dans 9 jours).",
    )
    .detail("À qui d’agir", "Mme Hélène Martin")
    .detail("Prochaine échéance", "12 mars 2026, dans 9 jours")
    .detail("Suivi par", "Paul Roux")
    .detail("Décision implicite", "suspendue depuis le 12 février 2026")
}

fn echeances(aujourd_hui: NaiveDate, jour: Date) -> Option<Vec<EcheanceVue>> {
    let designation = EcheanceVue::new(
        "Désignation du successeur",
        jour(2024, 2, 29)?,
        jour(2026, 3, 2)?,
        aujourd_hui,
    )
    .etape(EtapeVue::new("Cessation", "29 février 2024"))
    .etape(
        EtapeVue::new("Deux ans plus tard", "samedi 28 février 2026").source("ECH-1, CPC art. 641"),
    )
    .etape(
        EtapeVue::new("Report au premier jour ouvré", "lundi 2 mars 2026")
            .source("ECH-2, CPC art. 642"),
    );
    let pieces = EcheanceVue::new(
        "Pièces manquantes",
        jour(2026, 2, 12)?,
        jour(2026, 3, 12)?,
        aujourd_hui,
    )
    .etape(EtapeVue::new("Demande de pièces", "12 février 2026"))
    .etape(
        EtapeVue::new("Un mois plus tard", "jeudi 12 mars 2026")
            .source("PRO-3, paramètre pieces.delai"),
    );
    let installation = EcheanceVue::new(
        "Début de l’installation",
        jour(2026, 2, 1)?,
        jour(2026, 8, 3)?,
        aujourd_hui,
    );
    let recepisse = EcheanceVue::new(
        "Acceptation du successeur",
        jour(2026, 1, 5)?,
        jour(2026, 2, 5)?,
        aujourd_hui,
    );
    Some(vec![
        designation,
        pieces,
        installation,
        recepisse.satisfaite(),
    ])
}

fn pourquoi() -> PourquoiVue {
    PourquoiVue::new(
        "la place est à examiner",
        vec![
            ConditionVue::new(
                Constat::Rempli,
                "La zone est non prioritaire à la date de la décision",
                "REG-1",
                "avenant 7, art. 1.2.1",
            )
            .fait("Martigues, bassin de vie de Martigues")
            .origine("arrêté du 6 juin 2025 de l’ARS Provence-Alpes-Côte d’Azur"),
            ConditionVue::new(
                Constat::NonRempli,
                "Au moins 1 200 actes dans les douze mois qui précèdent la cessation",
                "REG-3",
                "avenant 7, art. 1.2.2",
            )
            .fait("1 140 actes")
            .origine("déclaré par Mme Martin, confirmé par la CPAM le 2 mars 2026"),
            ConditionVue::new(
                Constat::Inconnu,
                "La commission paritaire départementale estime la place transmissible",
                "REG-4",
                "pratique des commissions",
            )
            .fait("Avis demandé le 2 mars 2026, attendu avant le 4 mai 2026"),
            ConditionVue::new(
                Constat::Rempli,
                "La désignation précède la fin des deux ans",
                "REG-5",
                "designation.avant_cessation = oui",
            )
            .parametre(),
        ],
    )
    .version("Avenant 7 et paramètres nationaux en vigueur au 3 mars 2026.")
    .ouvert()
}

fn chronologie(jour: Date) -> Option<ChronologieVue> {
    let instant = |date: NaiveDate, heure, minute| -> Option<NaiveDateTime> {
        Some(date.and_time(NaiveTime::from_hms_opt(heure, minute, 0)?))
    };
    let (depot, demande, reponse) = (jour(2026, 2, 10)?, jour(2026, 2, 12)?, jour(2026, 3, 2)?);
    Some(ChronologieVue::new(vec![
        EvenementVue::new(
            instant(depot, 8, 12)?,
            "M. Karim Benali",
            "a déposé la demande",
        )
        .icone(Icone::Arrivee),
        EvenementVue::new(
            instant(depot, 8, 13)?,
            "Relève",
            "a envoyé l’accusé de réception",
        )
        .icone(Icone::Enveloppe)
        .detail("À", "karim.benali@example.fr")
        .detail("Objet", "Votre demande 131-2026-000042 est enregistrée"),
        EvenementVue::new(
            instant(demande, 13, 30)?,
            "Paul Roux, CPAM",
            "a demandé deux pièces, avant le 12 mars 2026",
        )
        .icone(Icone::Fichier)
        .detail("Pièce", "Attestation d’inscription à l’Ordre")
        .detail("Pièce", "Bail du cabinet de Martigues"),
        EvenementVue::new(
            instant(reponse, 9, 5)?,
            "M. Karim Benali",
            "a déposé une pièce : bail du cabinet",
        )
        .icone(Icone::Fichier),
        EvenementVue::new(
            instant(reponse, 15, 42)?,
            "Claire Vidal, CPAM",
            "a proposé d’accorder le conventionnement",
        )
        .icone(Icone::Decision)
        .detail("Fondement", "REG-1, succession de Mme Hélène Martin"),
    ]))
}

fn livre() -> LivreVue {
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
                        "accordée, à installer avant le 3 août 2026",
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
                "Successeur à désigner avant le 31 décembre 2027",
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

fn queue(aujourd_hui: NaiveDate, jour: Date) -> Option<QueueVue> {
    let echeance = |fin| EcheanceVue::new("Échéance", aujourd_hui, fin, aujourd_hui);
    let ligne = |id, nom: &str, nature: &str, raison: &str, etat, echeance, suivi: Option<&str>| {
        LigneQueue {
            id,
            numero: format!("131-2026-{id:06}"),
            url: "#".to_owned(),
            nom: nom.to_owned(),
            nature: nature.to_owned(),
            raison: raison.to_owned(),
            etat,
            echeance,
            suivi: suivi.map(str::to_owned),
        }
    };
    let filtre = |libelle: &str, compte, actif| FiltreVue {
        libelle: libelle.to_owned(),
        url: "#".to_owned(),
        compte: Some(compte),
        actif,
    };
    Some(QueueVue {
        filtres: vec![
            filtre("À traiter", 12, true),
            filtre("Mes dossiers", 5, false),
            filtre("En attente de pièces", 7, false),
            filtre("À signer", 2, false),
            filtre("Closes", 1_284, false),
        ],
        lignes: vec![
            ligne(
                38,
                "M. André Sallé",
                "Succession, Istres",
                "Aucun successeur désigné dans les deux ans : la place devient caduque",
                Pastille::new(Etat::Retard, "En retard"),
                Some(echeance(jour(2026, 3, 2)?)),
                Some("Paul Roux"),
            ),
            ligne(
                42,
                "Mme Hélène Martin",
                "Succession, Martigues",
                "Deux pièces reçues ce matin, à vérifier",
                Pastille::new(Etat::AFaire, "À compléter"),
                Some(echeance(jour(2026, 3, 12)?)),
                Some("Paul Roux"),
            ),
            ligne(
                45,
                "M. Karim Benali",
                "Dérogation, Aix-en-Provence",
                "Avis de la commission attendu",
                Pastille::new(Etat::EnCours, "En instruction"),
                Some(echeance(jour(2026, 5, 4)?)),
                None,
            ),
            ligne(
                51,
                "Mme Inès Costa",
                "Hors régulation, Barcelonnette",
                "Décision proposée, à signer",
                Pastille::new(Etat::EnCours, "À signer"),
                None,
                Some("Claire Vidal"),
            ),
        ],
        actions: vec![
            ("prendre".to_owned(), "Prendre en charge".to_owned()),
            ("reaffecter".to_owned(), "Confier à un collègue".to_owned()),
        ],
        url: "#".to_owned(),
        csrf: String::new(),
        suite: Suite {
            debut: None,
            suivant: Some("#".to_owned()),
            position: "Dossiers 1 à 4 sur 12".to_owned(),
        },
    })
}

fn champs() -> Vec<Champ> {
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
                    .aide("Il doit vous avoir désigné, et vous avoir accepté sa désignation."),
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

fn commune() -> ChampCommune {
    let proposition = |insee: &str, nom: &str, cp: &str, departement: &str| CommuneVue {
        insee: insee.to_owned(),
        nom: nom.to_owned(),
        cp: cp.to_owned(),
        departement: departement.to_owned(),
    };
    ChampCommune::new("commune", "Commune du cabinet")
        .aide("Nom ou code postal.")
        .recherche("marti")
        .resultats(vec![
            proposition("13056", "Martigues", "13500", "Bouches-du-Rhône"),
            proposition("84073", "Martignan", "84100", "Vaucluse"),
        ])
        .erreur(Some("Choisissez une commune dans la liste."))
}

fn fichiers() -> Vec<FichierVue> {
    vec![
        FichierVue::new("Bail du cabinet", Pastille::new(Etat::Fait, "Vérifiée"))
            .recu("bail-martigues.pdf", 1_430_000, "PDF", "#")
            .mention("déposée le 2 mars 2026 par M. Benali"),
        FichierVue::new("Diplôme d’État", Pastille::new(Etat::EnCours, "À vérifier"))
            .recu("diplome.jpg", 820_000, "JPEG", "#")
            .mention("déposée le 10 février 2026 par M. Benali"),
        FichierVue::new(
            "Attestation d’inscription à l’Ordre",
            Pastille::new(Etat::AFaire, "Attendue"),
        )
        .mention("demandée le 12 février 2026, à déposer avant le 12 mars 2026"),
    ]
}

fn confirmation() -> Confirmation {
    Confirmation {
        titre: "Retirer la désignation de M. Karim Benali ?".to_owned(),
        consequences: vec![
            "Il ne pourra plus demander la place que vous libérez à Martigues.".to_owned(),
            "Il en sera averti par courriel, aujourd’hui.".to_owned(),
            "Vous pourrez désigner quelqu’un d’autre jusqu’au 17 janvier 2028.".to_owned(),
        ],
        champs: vec![Champ::zone("raison", "Raison", 2).facultatif()],
        url: "#".to_owned(),
        bouton: "Retirer la désignation".to_owned(),
        retour: Lien::new("Garder la désignation", "#"),
    }
}
