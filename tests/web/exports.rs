//! What a list says on the screen, its file says too.

use diesel::prelude::*;
use regles::demande::EtatDemande;
use releve::db::DbError;
use releve::db::schema::{demande, dossier};

use super::praticien::demander_pieces;
use crate::util::Caisse;
use crate::util::builders::{UneDemande, jour};
use crate::util::client::{Client, Page};

/// A request in each state and on each side of what changes its reason: documents asked for, received, too late; an
/// installation that is late.
fn peupler(caisse: &Caisse) {
    for (rang, etat) in EtatDemande::TOUS
        .iter()
        .chain(EtatDemande::TOUS)
        .enumerate()
    {
        let kine = caisse.decor.kine(
            &format!("lea.martin{rang}@example.fr"),
            &format!("100000001{rang:02}"),
        );
        let en_retard = rang >= EtatDemande::TOUS.len();
        let numero = format!("131-2026-{rang:06}");
        let demandees =
            matches!(etat, EtatDemande::Deposee | EtatDemande::Incomplete) && !en_retard;
        let id = caisse.decor.demande(&UneDemande {
            numero: &numero,
            kine_id: kine.id,
            etat: if demandees {
                EtatDemande::Deposee
            } else {
                *etat
            },
            assigne_a: (rang % 2 == 0).then_some(caisse.instructeur.id),
            prochaine_echeance: jour(2026, 1, if en_retard { 12 } else { 25 }),
            ..UneDemande::default()
        });
        if demandees {
            demander_pieces(&caisse.app, &numero, &caisse.instructeur);
        }
        caisse
            .app
            .state
            .db
            .write(|tx| {
                diesel::update(dossier::table.find(id))
                    .set(dossier::etat.eq(etat))
                    .execute(&mut **tx)?;
                diesel::update(demande::table.find(id))
                    .set(demande::notifiee_le.eq(en_retard.then_some(jour(2026, 1, 2))))
                    .execute(&mut **tx)
                    .map_err(DbError::from)
            })
            .expect("written");
    }
}

/// The words of a piece of page, spaces folded.
fn mots(html: &str) -> String {
    let mut texte = String::new();
    let mut dans_balise = false;
    for c in html.chars() {
        match c {
            '<' => dans_balise = true,
            '>' => dans_balise = false,
            c if !dans_balise => texte.push(c),
            _ => {}
        }
    }
    texte.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the cells of this column say on a page, in order.
fn a_l_ecran(page: &Page, titre: &str) -> Vec<String> {
    page.html
        .split(&format!("data-titre=\"{titre}\">"))
        .skip(1)
        .filter_map(|m| Some(mots(m.split("</td>").next()?)))
        .collect()
}

/// What the cells under this title say in a file, in order.
fn au_tableur(csv: &Page, titre: &str) -> Vec<String> {
    let mut lecteur = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(csv.html.trim_start_matches('\u{feff}').as_bytes());
    let entete = lecteur.headers().expect("a header").clone();
    let rang = entete.iter().position(|t| t == titre);
    let rang = rang.unwrap_or_else(|| panic!("no «{titre}» in {entete:?}"));
    lecteur
        .records()
        .map(|l| mots(l.expect("a row").get(rang).expect("a cell")))
        .collect()
}

/// Compares a list with its file, column by column. `colonnes`: key, title on the screen, title in the file.
async fn comparer(agent: &Client, chemin: &str, filtre: &str, colonnes: &[(&str, &str, &str)]) {
    for (cle, titre, au_fichier) in colonnes {
        let requete = format!("{filtre}lignes=100&colonnes={cle}");
        let page = agent.get(&format!("{chemin}?{requete}")).await;
        let csv = agent.get(&format!("{chemin}/export.csv?{requete}")).await;
        let (ecran, fichier) = (a_l_ecran(&page, titre), au_tableur(&csv, au_fichier));
        assert!(!ecran.is_empty(), "{cle}: {}", page.texte());
        assert_eq!(ecran.len(), fichier.len(), "{cle}: {ecran:?}, {fichier:?}");
        let autres: Vec<_> = ecran
            .iter()
            .zip(&fichier)
            // What the screen says of an empty cell, «personne», is not in the file; it may add words to a date.
            .filter(|(e, f)| !e.starts_with(f.as_str()))
            .collect();
        assert!(
            autres.is_empty(),
            "{cle}: {} rows of {} differ: {autres:?}",
            autres.len(),
            ecran.len()
        );
    }
}

#[actix_web::test]
async fn la_raison_d_un_dossier_est_la_meme_a_l_ecran_et_au_tableur() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    for etat in EtatDemande::TOUS {
        let requete = format!("etat={}&colonnes=raison", etat.as_str());
        let page = agent.get(&format!("/dossiers?{requete}")).await;
        let csv = agent.get(&format!("/dossiers/export.csv?{requete}")).await;
        let ecran = a_l_ecran(&page, "Pourquoi ici");
        assert_eq!(ecran.len(), 2, "{etat:?}: {}", page.texte());
        // The screen says under the reason who has to act, which a file writes apart.
        let fichier = au_tableur(&csv, "Pourquoi ici").into_iter();
        let acteurs = au_tableur(&csv, "Qui doit agir").into_iter();
        let attendues: Vec<String> = fichier
            .zip(acteurs)
            .map(|(raison, acteur)| match acteur.as_str() {
                "" => raison,
                acteur => format!("{raison}Qui doit agir : {acteur}"),
            })
            .collect();
        assert_eq!(ecran, attendues, "{etat:?}");
    }
}

#[actix_web::test]
async fn chaque_colonne_de_la_file_dit_la_meme_chose_a_l_ecran_et_au_tableur() {
    let caisse = Caisse::start();
    peupler(&caisse);
    let agent = caisse.instructeur().await;
    let meme = |cle: &'static str, titre: &'static str| (cle, titre, titre);
    let colonnes = [
        meme("raison", "Pourquoi ici"),
        meme("etat", "État"),
        meme("echeance", "Échéance"),
        meme("suivi", "Suivi par"),
        meme("depot", "Ouvert le"),
        meme("nature", "Nature"),
        meme("commune", "Commune"),
        meme("zone", "Zone"),
        meme("rpps", "RPPS"),
        meme("etiquettes", "Étiquettes"),
    ];
    comparer(&agent, "/dossiers", "", &colonnes).await;
    let complete = [meme("complete", "Complète le")];
    comparer(&agent, "/dossiers", "nature=demande&", &complete).await;
}

#[actix_web::test]
async fn chaque_colonne_des_departs_dit_la_meme_chose_a_l_ecran_et_au_tableur() {
    let caisse = Caisse::start();
    for (rang, actes) in [Some(2_400), None].into_iter().enumerate() {
        let kine = caisse.decor.kine(
            &format!("lea.martin{rang}@example.fr"),
            &format!("1000000003{rang}"),
        );
        caisse
            .decor
            .depart(kine.id, "13077", jour(2026, 2, 1), actes);
    }
    let agent = caisse.instructeur().await;
    let meme = |cle: &'static str, titre: &'static str| (cle, titre, titre);
    let colonnes = [
        meme("raison", "Pourquoi ici"),
        meme("etat", "État"),
        meme("echeance", "Échéance"),
        meme("cessation", "Cessation"),
        meme("suivi", "Suivi par"),
        meme("depot", "Ouvert le"),
        meme("categorie", "Catégorie"),
        meme("commune", "Commune"),
        meme("zone", "Zone"),
        meme("rpps", "RPPS"),
    ];
    for filtre in ["nature=depart&", "nature=depart&etat=tous&", ""] {
        let communes = if filtre.is_empty() {
            &colonnes[..3]
        } else {
            &colonnes[..]
        };
        comparer(&agent, "/dossiers", filtre, communes).await;
    }
}
