//! The bare page: the same stack with a session lookup and 25 rows, and nothing of the product around it.

use std::net::TcpListener;

use actix_web::{App, HttpResponse, HttpServer, web};
use diesel::prelude::*;
use releve::clock::{Clock, jour_a_paris};
use releve::db::dialect::DatabaseUrl;
use releve::db::schema::{demande, dossier};
use releve::db::{Db, DbError, Patience, session};

/// A server in a thread, stopped when dropped.
pub struct Serveur {
    pub adresse: String,
    arret: actix_web::dev::ServerHandle,
}

impl Serveur {
    pub fn demarrer(url: &DatabaseUrl) -> Serveur {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let adresse = listener.local_addr().expect("an address").to_string();
        let db = Db::open(url, 4, Patience::TRAVAIL).expect("the base opens");
        let (envoi, reception) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let serveur = HttpServer::new(move || {
                    App::new()
                        .app_data(web::Data::new(db.clone()))
                        .route("/nu/{empreinte}", web::get().to(page))
                })
                .workers(2)
                .worker_max_blocking_threads(2)
                .tcp_nodelay(true)
                .listen(listener)
                .expect("the server listens")
                .run();
                envoi.send(serveur.handle()).expect("the bench waits");
                serveur.await.expect("the server runs");
            });
        });
        Serveur {
            adresse,
            arret: reception.recv().expect("the server starts"),
        }
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        drop(self.arret.stop(false));
    }
}

async fn page(db: web::Data<Db>, empreinte: web::Path<String>) -> HttpResponse {
    let jour = jour_a_paris(Clock::System.now());
    let html = web::block(move || {
        db.read(|conn| {
            let qui = session::identite(conn, &empreinte, jour)?.ok_or(DbError::Introuvable)?;
            let code = qui.caisse_code.unwrap_or_default();
            let lignes: Vec<(String, String, chrono::NaiveDate, String)> = dossier::table
                .inner_join(demande::table)
                .filter(dossier::caisse_code.eq(code))
                .filter(dossier::nature.eq("demande"))
                .filter(dossier::etat.eq("deposee"))
                .order((dossier::echeance, dossier::id))
                .limit(25)
                .select((
                    dossier::numero,
                    dossier::etat,
                    dossier::echeance,
                    demande::adresse,
                ))
                .load(conn)?;
            let rangs: String = lignes
                .iter()
                .map(|(n, e, d, a)| {
                    format!("<tr><td>{n}</td><td>{e}</td><td>{d}</td><td>{a}</td></tr>")
                })
                .collect();
            Ok::<_, DbError>(format!(
                "<!doctype html><title>{}</title><table>{rangs}</table>",
                qui.nom
            ))
        })
    })
    .await
    .expect("a blocking thread")
    .expect("a page");
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(html)
}
