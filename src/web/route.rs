//! What the table of routes is made of.

use actix_web::guard;
use actix_web::http::Method;
use actix_web::web;
use regles::droits::Acces;

/// A route and its access.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET`, `POST`, or `OPTIONS` where another site may ask first.
    pub methode: &'static str,
    /// Its path, with `{holes}`.
    pub chemin: &'static str,
    /// Who may use it.
    pub acces: Acces,
    /// Whether its form takes documents: the body of any other is small.
    pub documents: bool,
}

macro_rules! routes {
    ($($methode:ident $chemin:literal $acces:expr $(, $documents:ident)? => $handler:expr;)+) => {
        /// The access table.
        pub const TABLE: &[Route] = &[$(Route {
            methode: stringify!($methode),
            chemin: $chemin,
            acces: $acces,
            documents: routes!(@ $($documents)?),
        }),+];

        /// Registers every route of the table.
        pub fn configure(app: &mut ServiceConfig) {
            $(app.route($chemin, methode(Method::$methode).to($handler));)+
        }
    };
    (@) => { false };
    (@ documents) => { true };
}

pub(super) use routes;

/// What answers GET answers HEAD.
pub(super) fn methode(methode: Method) -> actix_web::Route {
    if methode == Method::GET {
        web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        web::method(methode)
    }
}
