//! Accounts.

mod adresse;
mod agent;
mod connexion;
mod equipe;
mod inscription;
mod mandat;
mod moi;
mod mot_de_passe;

use diesel::prelude::*;
use releve::db::DbResult;
use releve::db::schema::{compte, evenement, session};

use crate::util::TestApp;
use crate::util::client::Page;

/// The address of the one link of the last mail of this kind.
fn lien(app: &TestApp, modele: &str) -> String {
    let mail = app
        .deposes()
        .into_iter()
        .rfind(|m| m.modele == modele)
        .unwrap_or_else(|| panic!("no mail {modele}"));
    let adresse = mail
        .texte
        .split_whitespace()
        .find(|m| m.starts_with(&app.adresse))
        .unwrap_or_else(|| panic!("no link in {}", mail.texte));
    adresse[app.adresse.len()..].to_owned()
}

/// How many mails of this kind were queued.
fn mails(app: &TestApp, modele: &str) -> usize {
    app.deposes().iter().filter(|m| m.modele == modele).count()
}

/// The kinds of lines in the audit trail, oldest first.
fn traces(app: &TestApp) -> Vec<String> {
    app.state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .order(evenement::id)
                .select(evenement::code)
                .load(conn)?)
        })
        .expect("the trail reads")
}

/// Everything the audit trail holds, as one text.
fn details(app: &TestApp) -> String {
    let lignes: Vec<(String, Option<String>)> = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .select((evenement::texte, evenement::personnel))
                .load(conn)?)
        })
        .expect("the trail reads");
    format!("{lignes:?}")
}

fn comptes(app: &TestApp) -> i64 {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(compte::table.count().get_result(conn)?) })
        .expect("a count")
}

fn sessions(app: &TestApp) -> Vec<String> {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(session::table.select(session::empreinte).load(conn)?) })
        .expect("the sessions read")
}

/// A page without what differs from one visit to the next: the tokens of its forms.
fn sans_jetons(page: &Page) -> String {
    page.caches()
        .iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .fold(page.html.clone(), |html, (_, valeur)| {
            html.replace(valeur, "…")
        })
}
