//! Forms from a typed struct: what each kind of field reads, what it refuses and in which words, how it is drawn.

use chrono::NaiveDate;
use regles::demande::Sens;
use regles::identifiants::Rpps;
use releve::web::kit::erreurs::Erreurs;
use releve::web::kit::formulaire::Formulaire;
use releve::web::saisie::Saisie;
use releve::web::ui::{Champ, Choix, Controle, Exigence, Taille};

#[derive(Debug, PartialEq, Formulaire)]
struct Essai {
    #[champ(
        libelle = "Motif",
        zone = 3,
        aide = "Lu par la personne.",
        longueur = 10
    )]
    motif: String,
    #[champ(libelle = "Nom", manque = "Indiquez le nom.", autocomplete = "family-name", taille = Long)]
    nom: String,
    #[champ(libelle = "Téléphone")]
    telephone: Option<String>,
    #[champ(libelle = "Durée", unite = "mois", bornes = (1, 120), manque = "Indiquez la durée.")]
    duree_mois: u32,
    #[champ(libelle = "Actes", exigence = Si("à remplir pour un départ"))]
    actes: Option<i64>,
    #[champ(libelle = "Premier jour")]
    du: NaiveDate,
    #[champ(libelle = "Dernier jour", manque = "Écrivez le dernier jour.")]
    au: Option<NaiveDate>,
    #[champ(libelle = "Déjà conventionné ?", manque = "Dites oui ou non.")]
    conventionne: bool,
    #[champ(libelle = "Engagement ?")]
    engagement: Option<bool>,
    #[champ(libelle = "Partagée", case)]
    partagee: bool,
    #[champ(libelle = "Décision", manque = "Choisissez un accord ou un refus.")]
    sens: Sens,
    #[champ(
        libelle = "À qui ?",
        liste,
        nom = "candidature",
        manque = "Choisissez la candidature."
    )]
    qui: i64,
    #[champ(libelle = "RPPS", texte)]
    rpps: Option<Rpps>,
    #[champ(cache)]
    remplace: Option<i64>,
}

const BONS: [(&str, &str); 12] = [
    ("motif", " Bail signé "),
    ("nom", "Martin"),
    ("duree_mois", "24"),
    ("actes", "1 200"),
    ("du", "12 mars 2026"),
    ("au", "13/03/2026"),
    ("conventionne", "non"),
    ("engagement", "oui"),
    ("partagee", "oui"),
    ("sens", "refus"),
    ("candidature", "42"),
    ("remplace", "7"),
];

/// The form with another text in one field; none takes the field away.
fn avec(nom: &str, valeur: Option<&str>) -> Result<Essai, Erreurs> {
    let autres = BONS.into_iter().filter(|(n, _)| *n != nom);
    let champs: Vec<_> = autres.chain(valeur.map(|v| (nom, v))).collect();
    Essai::lire(&Saisie::de(champs))
}

/// The one sentence said, and its field.
fn refuse(nom: &str, valeur: Option<&str>) -> String {
    let erreurs = avec(nom, valeur).expect_err("something is wrong");
    let dites: Vec<_> = erreurs.toutes().collect();
    match dites[..] {
        [(champ, phrase)] => {
            assert_eq!(champ, nom);
            phrase.to_owned()
        }
        _ => panic!("{nom} alone is wrong: {dites:?}"),
    }
}

fn jour(j: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, j).expect("a day")
}

#[test]
fn no_line_is_without_end() {
    let lu = avec("telephone", Some(&"é".repeat(200))).expect("two hundred are accepted");
    assert_eq!(lu.telephone.map(|t| t.chars().count()), Some(200));
    assert_eq!(
        refuse("telephone", Some(&"é".repeat(201))),
        "Écrivez 200 caractères au plus."
    );
}

#[test]
fn every_kind_of_field_is_read() {
    let lu = Essai::lire(&Saisie::de(BONS)).expect("nothing is wrong");
    let attendu = Essai {
        motif: "Bail signé".to_owned(),
        nom: "Martin".to_owned(),
        telephone: None,
        duree_mois: 24,
        actes: Some(1200),
        du: jour(12),
        au: Some(jour(13)),
        conventionne: false,
        engagement: Some(true),
        partagee: true,
        sens: Sens::Refus,
        qui: 42,
        rpps: None,
        remplace: Some(7),
    };
    assert_eq!(lu, attendu);
}

#[derive(Debug, PartialEq, Formulaire)]
struct Compose {
    #[champ(libelle = "Motif")]
    motif: String,
    #[champ(groupe)]
    conditions: Partie,
    #[champ(libelle = "Durée", unite = "mois", manque = "Indiquez la durée.")]
    duree: u32,
}

#[derive(Debug, PartialEq, Formulaire)]
struct Partie {
    #[champ(libelle = "Êtes-vous conventionné ?", dit = "Conventionné", exigence = Requis, manque = "Dites oui ou non.")]
    conventionne: Option<bool>,
    #[champ(libelle = "Heures", unite = "heures")]
    heures: Option<i32>,
}

#[test]
fn a_group_stands_for_its_fields() {
    let noms: Vec<_> = Compose::noms().collect();
    assert_eq!(noms, ["motif", "conventionne", "heures", "duree"]);
    let saisie = Saisie::de([("motif", "Bail"), ("heures", "1 200"), ("duree", "3")]);
    let lu = Compose::lire(&saisie).expect("what may be read empty is");
    let attendu = Compose {
        motif: "Bail".to_owned(),
        conditions: Partie {
            conventionne: None,
            heures: Some(1200),
        },
        duree: 3,
    };
    assert_eq!(lu, attendu);
    assert_eq!(Compose::lire(&lu.ecrire()).expect("it reads back"), attendu);
    let exige = Compose::exiger(&saisie);
    let exige: Vec<_> = exige.toutes().collect();
    assert_eq!(exige, [("conventionne", "Dites oui ou non.")]);
    let faux = Compose::lire(&Saisie::de([("heures", "dix")])).expect_err("two are wrong");
    let faux: Vec<_> = faux.toutes().map(|(champ, _)| champ).collect();
    assert_eq!(faux, ["heures", "duree"]);
}

#[test]
fn what_was_answered_is_said_in_words() {
    let saisie = Saisie::de([("conventionne", "non"), ("heures", "1200"), ("duree", "3")]);
    let dits = Compose::champs(&saisie, &Erreurs::default()).dits();
    let attendus = [
        ("Motif", "non renseigné"),
        ("Conventionné", "Non"),
        ("Heures", "1\u{202f}200 heures"),
        ("Durée", "3 mois"),
    ];
    let attendus = attendus.map(|(libelle, dit)| (libelle.to_owned(), dit.to_owned()));
    assert_eq!(dits, attendus);
}

#[test]
fn what_is_not_filled_is_asked_for_in_the_words_of_its_field() {
    assert_eq!(refuse("nom", Some("  ")), "Indiquez le nom.");
    assert_eq!(refuse("duree_mois", None), "Indiquez la durée.");
    assert_eq!(refuse("conventionne", None), "Dites oui ou non.");
    assert_eq!(refuse("sens", None), "Choisissez un accord ou un refus.");
    assert_eq!(
        refuse("candidature", Some("")),
        "Choisissez la candidature."
    );
    assert!(refuse("du", None).contains("12/03/2026"));
}

#[test]
fn what_may_be_left_empty_is_nothing_and_never_false() {
    for nom in ["telephone", "actes", "au", "engagement", "rpps", "remplace"] {
        avec(nom, None).unwrap_or_else(|e| panic!("{nom}: {e:?}"));
        avec(nom, Some(" ")).unwrap_or_else(|e| panic!("{nom}: {e:?}"));
    }
    let lu = avec("engagement", None).expect("nothing is wrong");
    assert_eq!((lu.engagement, lu.au), (None, Some(jour(13))));
    assert_eq!(avec("au", None).expect("nothing is wrong").au, None);
    // A box that is not ticked answers no; a text that the act asks for is read empty.
    assert!(!avec("partagee", None).expect("nothing is wrong").partagee);
    assert_eq!(avec("motif", None).expect("nothing is wrong").motif, "");
}

#[test]
fn what_does_not_read_is_refused_beside_its_field() {
    assert!(refuse("actes", Some("beaucoup")).contains("beaucoup"));
    assert_eq!(
        refuse("duree_mois", Some("121")),
        "Écrivez un nombre entier de 1 à 120."
    );
    assert_eq!(
        refuse("duree_mois", Some("−1")),
        "Écrivez un nombre entier de 1 à 120."
    );
    assert!(refuse("du", Some("31/02/2026")).contains("calendrier"));
    assert!(refuse("au", Some("31/02/2026")).starts_with("La date"));
    assert!(refuse("du", Some("hier")).contains("hier"));
    assert_eq!(
        refuse("sens", Some("peut-être")),
        "Choisissez un accord ou un refus."
    );
    assert_eq!(refuse("conventionne", Some("vrai")), "Dites oui ou non.");
    assert_eq!(
        refuse("candidature", Some("abc")),
        "Choisissez la candidature."
    );
    assert!(refuse("rpps", Some("123")).contains("11 chiffres"));
    assert_eq!(
        refuse("remplace", Some("x")),
        "Choisissez une des valeurs proposées."
    );
    assert_eq!(
        refuse("motif", Some("onze lettre")),
        "Écrivez 10 caractères au plus."
    );
    avec("motif", Some("dix lettre")).expect("ten characters are few enough");
}

#[test]
fn every_field_that_is_wrong_is_said_at_once() {
    let erreurs = Essai::lire(&Saisie::default()).expect_err("much is wrong");
    let champs: Vec<_> = erreurs.toutes().map(|(champ, _)| champ).collect();
    assert_eq!(
        champs,
        [
            "nom",
            "duree_mois",
            "du",
            "conventionne",
            "sens",
            "candidature"
        ]
    );
}

#[test]
fn what_is_written_is_read_back() {
    let saisie = Saisie::de(BONS);
    let lu = Essai::lire(&saisie).expect("nothing is wrong");
    let ecrit = lu.ecrire();
    assert_eq!(ecrit.texte(Essai::DU), "12/03/2026");
    assert_eq!(ecrit.texte(Essai::QUI), "42");
    assert_eq!(Essai::lire(&ecrit).expect("nothing is wrong"), lu);
}

fn champ(nom: &str, saisie: &Saisie) -> Champ {
    let champs = Essai::champs(saisie, &Erreurs::default());
    let trouve = champs.iter().find(|c| c.nom == nom).cloned();
    trouve.expect("a field of that name")
}

#[test]
fn a_field_is_drawn_as_it_is_declared() {
    let saisie = Saisie::de([("duree_mois", "dix"), ("sens", "accord")]);
    let attendu = Champ::zone("motif", "Motif", 3).aide("Lu par la personne.");
    assert_eq!(champ("motif", &saisie), attendu);
    let attendu = Champ::texte("nom", "Nom")
        .taille(Taille::Long)
        .autocomplete("family-name");
    assert_eq!(champ("nom", &saisie), attendu);
    let attendu = Champ::nombre("duree_mois", "Durée")
        .unite("mois")
        .valeur("dix");
    assert_eq!(champ("duree_mois", &saisie), attendu);
    let attendu = Champ::radios(
        "sens",
        "Décision",
        vec![Choix::new("accord", "Accord"), Choix::new("refus", "Refus")],
    )
    .valeur("accord");
    assert_eq!(champ("sens", &saisie), attendu);
    assert_eq!(champ("du", &saisie), Champ::date("du", "Premier jour"));
    assert_eq!(champ("au", &saisie).exigence, Exigence::Facultatif);
    assert_eq!(
        champ("actes", &saisie).exigence,
        Exigence::Si("à remplir pour un départ")
    );
    assert_eq!(champ("partagee", &saisie).controle, Controle::Case);
    assert_eq!(champ("remplace", &saisie).controle, Controle::Cache);
    let noms: Vec<_> = Essai::noms().collect();
    assert_eq!(noms[11..], ["candidature", "rpps", "remplace"]);
}

#[test]
fn what_only_the_page_knows_is_given_when_it_is_drawn() {
    let proposes = vec![Choix::new("42", "Mme Martin"), Choix::new("43", "M. Roux")];
    let champs = Essai::champs(&Saisie::de(BONS), &Erreurs::default());
    let champs = champs.regler("candidature", |c| c.choix(proposes.clone()));
    let attendu = Champ::liste("candidature", "À qui ?", proposes).valeur("42");
    assert!(champs.iter().any(|c| *c == attendu), "{champs:?}");
}

#[test]
fn the_refusal_of_an_act_lands_on_its_field() {
    let mut erreurs = Erreurs::default();
    erreurs.noter(Essai::SENS, "Les règles ne permettent pas un accord.");
    let champs = Essai::champs(&Saisie::de(BONS), &erreurs);
    let fautifs: Vec<_> = champs.iter().filter(|c| c.erreur.is_some()).collect();
    assert_eq!(fautifs.len(), 1);
    assert_eq!(fautifs[0].nom, "sens");
    assert_eq!(fautifs[0].valeur, "refus");
}
