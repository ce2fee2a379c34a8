//! What the log says of a request: its method, its route, its answer. Never the address itself: links carry
//! single-use tokens, searches carry names.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::RootSpanBuilder;

/// The span of a request, for [`tracing_actix_web::TracingLogger`].
pub struct Trace;

impl RootSpanBuilder for Trace {
    fn on_request_start(requete: &ServiceRequest) -> Span {
        tracing::info_span!(
            "requete",
            methode = %requete.method(),
            route = requete.match_pattern().as_deref().unwrap_or("inconnue"),
            statut = Empty,
        )
    }

    fn on_request_end<B: MessageBody>(
        trace: Span,
        issue: &Result<ServiceResponse<B>, actix_web::Error>,
    ) {
        let statut = match issue {
            Ok(reponse) => reponse.status(),
            Err(erreur) => erreur.as_response_error().status_code(),
        };
        trace.record("statut", statut.as_u16());
    }
}
