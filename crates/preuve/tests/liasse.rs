//! A bundle verifies by itself; each hand that changes something in it is named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::process::Command;

use chrono::{NaiveDate, NaiveDateTime};
use preuve::{
    Arbre, ChaineProuvee, Cle, CleSecrete, Confiance, EvenementProuve, FORMAT, Limites, Preuve,
    Rapport, Scelle, VerificationError, verifier,
};
use regles::evenement::{Acteur, Fait, Nouvelle, ORIGINE, PieceDeposee, Suite};
use regles::piece::NaturePiece;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const PIECE: &[u8] = b"%PDF-1.7 an extract of the acts";

fn instant() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 28)
        .and_then(|j| j.and_hms_micro_opt(6, 0, 0, 250))
        .expect("an instant")
}

fn cle() -> CleSecrete {
    CleSecrete::new("releve.example.fr/journal", &[7; 32]).expect("a key")
}

fn hexa(octets: &[u8]) -> String {
    octets.iter().map(|o| format!("{o:02x}")).collect()
}

/// The files of a bundle of two events, of which the second comes after the jalon if `tard`.
fn liasse(tard: bool) -> BTreeMap<String, Vec<u8>> {
    let empreinte = hexa(&Sha256::digest(PIECE));
    let faits = [
        Fait::PieceRecue {
            pieces: vec![PieceDeposee {
                nature: NaturePiece::ReleveActes,
                empreinte: empreinte.clone(),
                taille: 31,
            }],
            repond_a: Vec::new(),
            restantes: 0,
            remplacees: Vec::new(),
            noms: vec!["relevé d’actes.pdf".to_owned()],
        },
        Fait::NoteEcrite { note: 4 },
    ];
    let acteur = Acteur {
        id: Some(3),
        nom: "Claire Martin".to_owned(),
    };
    let (mut suite, mut arbre) = (Suite::default(), Arbre::default());
    let mut evenements = Vec::new();
    for (rang, fait) in faits.iter().enumerate() {
        let sel = [rang as u8; 16];
        let scellee = Nouvelle {
            chaine: "131",
            le: instant(),
            dossier: Some(1),
            lie: None,
            acteur: &acteur,
            fait,
        }
        .sceller(&sel)
        .expect("sealed");
        let precedente = suite.empreinte;
        suite.ajouter(&scellee.texte);
        arbre.ajouter(suite.empreinte);
        evenements.push(EvenementProuve {
            chaine: "131".to_owned(),
            seq: suite.seq,
            precedente,
            texte: scellee.texte,
            scelle: Some(Scelle {
                sel: hexa(&sel),
                personnel: scellee.personnel,
            }),
            chemin: None,
        });
        if rang == 0 && tard {
            break;
        }
    }
    for (rang, e) in evenements.iter_mut().enumerate() {
        e.chemin = arbre.chemin(rang as u64);
    }
    if tard {
        let mut apres = evenements[0].clone();
        apres.seq = 2;
        apres.precedente = suite.empreinte;
        apres.chemin = None;
        evenements.push(apres);
    }
    // Another chain stands beside, of which the bundle shows nothing.
    let mut autre = Arbre::default();
    autre.ajouter(ORIGINE);
    let racines = [("131", arbre.racine()), ("nation", autre.racine())];
    let mut chaines = Arbre::default();
    racines
        .iter()
        .for_each(|(code, racine)| chaines.ajouter(racine.feuille(code)));
    let signe = cle().signer(chaines.racine(), instant());
    let preuve = Preuve {
        format: FORMAT.to_owned(),
        dossier: "131-2026-00001".to_owned(),
        evenements,
        chaines: vec![ChaineProuvee {
            code: "131".to_owned(),
            racine: arbre.racine(),
            rang: 0,
            chemin: chaines.chemin(0).expect("a leaf"),
        }],
    };
    let mut fichiers = BTreeMap::from([
        ("02_Releve_d_actes.pdf".to_owned(), PIECE.to_vec()),
        (
            "preuve/preuve.json".to_owned(),
            serde_json::to_vec(&preuve).expect("JSON"),
        ),
        ("preuve/jalon.txt".to_owned(), signe.note.into_bytes()),
        (
            "preuve/cle.txt".to_owned(),
            cle().publique().to_string().into_bytes(),
        ),
    ]);
    sceller(&mut fichiers);
    fichiers
}

/// Writes the list of the digests, as somebody who changes a file would too.
fn sceller(fichiers: &mut BTreeMap<String, Vec<u8>>) {
    fichiers.remove("SHA256SUMS");
    let sommes: String = fichiers
        .iter()
        .map(|(nom, octets)| format!("{}  {nom}\n", hexa(&Sha256::digest(octets))))
        .collect();
    fichiers.insert("SHA256SUMS".to_owned(), sommes.into_bytes());
}

fn zipper(fichiers: &BTreeMap<String, Vec<u8>>) -> Cursor<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (nom, octets) in fichiers {
        archive
            .start_file(nom, SimpleFileOptions::default())
            .expect("a file");
        archive.write_all(octets).expect("written");
    }
    archive.finish().expect("a ZIP")
}

fn lire(fichiers: &BTreeMap<String, Vec<u8>>, cle: Option<&Cle>) -> Rapport {
    verifier(zipper(fichiers), &confiance(cle), &Limites::default()).expect("read")
}

fn confiance(cle: Option<&Cle>) -> Confiance {
    Confiance {
        cle: cle.cloned(),
        ..Confiance::default()
    }
}

fn fautes(rapport: &Rapport) -> Vec<&str> {
    let graves = rapport.constats.iter().filter(|c| c.grave);
    graves.map(|c| c.phrase.as_str()).collect()
}

#[test]
fn une_liasse_se_prouve_seule() {
    let rapport = lire(&liasse(false), None);
    assert_eq!(fautes(&rapport), Vec::<&str>::new());
    assert!(rapport.tient());
    assert_eq!(rapport.dossier.as_deref(), Some("131-2026-00001"));
    assert_eq!((rapport.fichiers, rapport.cites), (4, 1));
    assert_eq!((rapport.prouves, rapport.a_sceller), (2, 0));
    assert!(!rapport.cle_donnee);
    let jalon = rapport.jalon.expect("a jalon").jalon;
    assert_eq!((jalon.le, jalon.racine.taille), (instant(), 2));
    assert!(lire(&liasse(false), Some(&cle().publique())).cle_donnee);
}

#[test]
fn ce_qui_suit_le_jalon_se_dit() {
    let rapport = lire(&liasse(true), None);
    assert!(rapport.tient());
    assert_eq!((rapport.prouves, rapport.a_sceller), (1, 1));
    assert!(
        rapport.constats[0]
            .phrase
            .contains("plus récents que le jalon")
    );
}

/// Changes a text of the bundle, and seals the list of digests again.
fn changer(nom: &str, de: &str, a: &str) -> Rapport {
    let mut fichiers = liasse(false);
    let texte = String::from_utf8(fichiers[nom].clone()).expect("a text");
    assert!(texte.contains(de), "{de} is not in {nom}");
    fichiers.insert(nom.to_owned(), texte.replacen(de, a, 1).into_bytes());
    sceller(&mut fichiers);
    lire(&fichiers, Some(&cle().publique()))
}

#[test]
fn chaque_main_sur_une_liasse_est_nommee() {
    let preuve = "preuve/preuve.json";
    let cas = [
        (
            changer(preuve, "2026-11-28T", "2026-11-27T"),
            "n’est pas dans le jalon",
        ),
        (
            changer(preuve, "Claire Martin", "Claire Marton"),
            "touche aux personnes",
        ),
        (
            changer(preuve, "\"seq\":2", "\"seq\":3"),
            "n’est pas dans le jalon",
        ),
        (
            changer(preuve, "\"rang\":0", "\"rang\":1"),
            "n’est pas dans le jalon",
        ),
        (
            changer(preuve, "\"taille\":2", "\"taille\":3"),
            "n’est pas dans le jalon",
        ),
        (
            changer(preuve, "\"code\":\"131\"", "\"code\":\"132\""),
            "n’est pas dans le jalon",
        ),
        (changer(preuve, FORMAT, "releve-preuve-9"), "format"),
        (changer("preuve/jalon.txt", "\n2\n", "\n1\n"), "signature"),
        (changer("preuve/jalon.txt", "28T06", "27T06"), "signature"),
        (changer("preuve/cle.txt", "+", "-"), "clé illisible"),
    ];
    for (rang, (rapport, mot)) in cas.iter().enumerate() {
        let dites = fautes(rapport);
        assert!(!rapport.tient(), "case {rang}");
        assert!(
            dites.iter().any(|f| f.contains(mot)),
            "case {rang}: {dites:?}"
        );
    }
}

#[test]
fn un_fichier_change_manque_ou_vient_en_trop() {
    let mut change = liasse(false);
    change.insert("02_Releve_d_actes.pdf".to_owned(), b"another".to_vec());
    assert_eq!(
        fautes(&lire(&change, None)),
        ["02_Releve_d_actes.pdf : le contenu n’est pas celui qui a été scellé"]
    );
    // Sealed again, the file holds, but no event states it any more.
    sceller(&mut change);
    assert_eq!(lire(&change, None).cites, 0);

    let mut manque = liasse(false);
    manque.remove("02_Releve_d_actes.pdf");
    assert_eq!(
        fautes(&lire(&manque, None)),
        ["02_Releve_d_actes.pdf : le fichier manque"]
    );
    let mut trop = liasse(false);
    trop.insert("03_Faux.pdf".to_owned(), PIECE.to_vec());
    assert_eq!(
        fautes(&lire(&trop, None)),
        ["03_Faux.pdf : le fichier n’est pas dans la liste"]
    );
    let mut nu = liasse(false);
    nu.remove("preuve/preuve.json");
    sceller(&mut nu);
    assert!(!lire(&nu, None).tient());
}

#[test]
fn la_cle_d_un_autre_ne_prouve_rien() {
    let autre = CleSecrete::new("releve.example.fr/journal", &[8; 32]).expect("a key");
    let rapport = lire(&liasse(false), Some(&autre.publique()));
    let dites = fautes(&rapport);
    assert!(
        dites.contains(&"la clé jointe n’est pas celle que vous donnez"),
        "{dites:?}"
    );
    assert_eq!(rapport.prouves, 0);
}

#[test]
fn ce_qui_n_est_pas_une_archive_ou_deborde_est_refuse() {
    let faux = verifier(
        Cursor::new(b"not a ZIP".to_vec()),
        &confiance(None),
        &Limites::default(),
    );
    assert!(matches!(faux, Err(VerificationError::Archive(_))));
    let peu = Limites {
        octets: 64,
        ..Limites::default()
    };
    let trop = verifier(zipper(&liasse(false)), &confiance(None), &peu);
    assert!(matches!(
        trop,
        Err(VerificationError::Limite("trop d’octets"))
    ));
    let mut coupe = zipper(&liasse(false)).into_inner();
    coupe.truncate(coupe.len() / 2);
    assert!(ZipArchive::new(Cursor::new(coupe.clone())).is_err());
    assert!(verifier(Cursor::new(coupe), &confiance(None), &Limites::default()).is_err());
}

/// OpenSSL, which knows nothing of ours, verifies the signature of a jalon.
#[test]
fn openssl_verifie_un_jalon() {
    let dossier = tempfile::tempdir().expect("a folder");
    let signe = cle().signer(Arbre::default().racine(), instant());
    let (texte, signature) = signe.note.rsplit_once("\n\n").expect("a note");
    let signature = signature
        .trim_end()
        .rsplit_once(' ')
        .expect("a signature")
        .1;
    let octets = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, signature)
        .expect("base64");
    let mut publique = vec![
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ];
    publique.extend_from_slice(cle().publique().octets());
    let ecrire = |nom: &str, octets: &[u8]| {
        let chemin = dossier.path().join(nom);
        std::fs::write(&chemin, octets).expect("written");
        chemin
    };
    let texte_signe = ecrire("jalon.txt", format!("{texte}\n").as_bytes());
    let cle_publique = ecrire("cle.der", &publique);
    let verifie = |signature: &[u8]| {
        let fichier = ecrire("signature", signature);
        let sortie = Command::new("openssl")
            .args([
                "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
            ])
            .arg(&cle_publique)
            .arg("-in")
            .arg(&texte_signe)
            .arg("-sigfile")
            .arg(fichier)
            .output()
            .expect("openssl runs");
        sortie.status.success()
    };
    assert!(verifie(&octets[4..]));
    let mut fausse = octets[4..].to_vec();
    fausse[0] ^= 1;
    assert!(!verifie(&fausse));
}

#[test]
fn une_cle_se_relit_et_se_refuse() {
    let texte = cle().publique().to_string();
    assert_eq!(texte.parse::<Cle>().expect("read"), cle().publique());
    for fausse in [
        "",
        "a+b",
        "a+00000000+AAAA",
        &texte.replace("releve", "relève"),
        &texte[..texte.len() - 4],
    ] {
        assert!(fausse.parse::<Cle>().is_err(), "{fausse}");
    }
    assert!(CleSecrete::new("a b", &[7; 32]).is_err());
    assert!(CleSecrete::new("a", &[7; 31]).is_err());
}
