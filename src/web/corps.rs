//! The body of a request, within limits of time and of memory. The door watches every body; who reads one keeps what it
//! holds in the memory that all bodies share.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

use super::erreur::WebError;

/// What the text of a form holds at most, in bytes: all that a body holds, but for documents sent by somebody known.
pub const TEXTE_MAX: usize = 256 * 1024;
/// What each body holds without counting, so that a login passes whatever the others hold.
const LIBRE: usize = 16 * 1024;
/// The slowest body that is waited for, in bytes a second, once the first patience is over.
const DEBIT_MIN: u64 = 4 * 1024;

/// The memory that bodies share, beyond what each holds without counting.
#[derive(Debug, Clone)]
pub struct Reserve(Arc<Semaphore>);

impl Reserve {
    /// A memory of so many bytes.
    pub fn new(octets: usize) -> Reserve {
        Reserve(Arc::new(Semaphore::new(octets)))
    }

    /// Bytes left.
    pub fn reste(&self) -> usize {
        self.0.available_permits()
    }

    /// A buffer for a body of `max` bytes at most.
    pub fn tampon(&self, max: usize) -> Tampon {
        Tampon {
            reserve: self.clone(),
            octets: BytesMut::new(),
            recus: 0,
            max,
            place: None,
        }
    }
}

/// What a body holds in memory.
pub struct Tampon {
    reserve: Reserve,
    octets: BytesMut,
    recus: usize,
    max: usize,
    place: Option<OwnedSemaphorePermit>,
}

impl Tampon {
    /// Adds what has just arrived.
    ///
    /// # Errors
    /// [`WebError::TropGrand`] beyond the limit of this body, [`WebError::Encombre`] when bodies hold all the memory.
    pub fn ajouter(&mut self, morceau: &[u8]) -> Result<(), WebError> {
        let avant = self.recus.max(LIBRE);
        self.recus += morceau.len();
        if self.recus > self.max {
            return Err(WebError::TropGrand);
        }
        let compte = u32::try_from(self.recus.saturating_sub(avant)).map_err(WebError::interne)?;
        if compte > 0 {
            let place = Arc::clone(&self.reserve.0)
                .try_acquire_many_owned(compte)
                .map_err(|_| WebError::Encombre)?;
            match &mut self.place {
                Some(tenue) => tenue.merge(place),
                None => self.place = Some(place),
            }
        }
        self.octets.extend_from_slice(morceau);
        Ok(())
    }

    /// Takes what was added since the last time. The memory stays counted.
    pub fn prendre(&mut self) -> Bytes {
        self.octets.split().freeze()
    }

    /// What keeps the memory counted as long as it lives.
    pub fn place(self) -> Option<OwnedSemaphorePermit> {
        self.place
    }
}

/// Reads a whole body in memory.
///
/// # Errors
/// Those of [`Tampon::ajouter`]; [`WebError::TropLent`], [`WebError::Illisible`].
pub async fn lire(
    entetes: &HeaderMap,
    mut payload: Payload,
    tampon: &mut Tampon,
) -> Result<Bytes, WebError> {
    if annonce(entetes).is_some_and(|taille| taille > tampon.max) {
        return Err(WebError::TropGrand);
    }
    while let Some(morceau) = payload.next().await {
        tampon.ajouter(&morceau.map_err(refus)?)?;
    }
    Ok(tampon.prendre())
}

/// The size that a body announces, in bytes.
pub fn annonce(entetes: &HeaderMap) -> Option<usize> {
    entetes
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// What stopped the reading of a body.
pub fn refus(erreur: PayloadError) -> WebError {
    match erreur {
        PayloadError::Overflow => WebError::TropGrand,
        PayloadError::Io(io) if io.kind() == io::ErrorKind::TimedOut => WebError::TropLent,
        autre => WebError::Illisible(autre.to_string()),
    }
}

/// A body that the answer holds: what nobody read of it when the answer is sent closes the connection, instead of being
/// waited for.
pub struct Tenu(Option<Rc<RefCell<Payload>>>);

/// Watches the body of a request: it is cut when nothing comes for `patience`, or when it comes slower than
/// [`DEBIT_MIN`] after it.
pub fn surveiller(requete: &mut ServiceRequest, patience: Duration) -> Tenu {
    let corps = match requete.take_payload() {
        Payload::None => return Tenu(None),
        corps => Rc::new(RefCell::new(corps)),
    };
    let surveille = Surveille {
        corps: corps.clone(),
        patience,
        recus: 0,
        debut: None,
        fin: Box::pin(sleep_until(Instant::now())),
    };
    requete.set_payload(Payload::Stream {
        payload: Box::pin(surveille),
    });
    Tenu(Some(corps))
}

impl Tenu {
    /// The answer that holds the body.
    pub fn avec(self, reponse: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let Tenu(Some(corps)) = self else {
            return reponse;
        };
        reponse.map_body(|_, reponse| {
            let tenue = Tenue {
                reponse,
                _corps: corps,
            };
            tenue.boxed()
        })
    }
}

struct Tenue {
    reponse: BoxBody,
    _corps: Rc<RefCell<Payload>>,
}

impl MessageBody for Tenue {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.reponse.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.reponse).poll_next(cx)
    }
}

struct Surveille {
    corps: Rc<RefCell<Payload>>,
    patience: Duration,
    recus: u64,
    debut: Option<Instant>,
    fin: Pin<Box<Sleep>>,
}

impl Surveille {
    /// Puts the end off: the patience from now on, within what the whole body is given.
    fn prolonger(&mut self) {
        let maintenant = Instant::now();
        // Counted from the first reading: what came before it is not the visitor's slowness.
        let debut = *self.debut.get_or_insert(maintenant);
        let au_debit = Duration::from_secs(self.recus / DEBIT_MIN);
        let tout = debut + self.patience + au_debit;
        self.fin
            .as_mut()
            .reset(tout.min(maintenant + self.patience));
    }
}

impl Stream for Surveille {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let surveille = self.get_mut();
        if surveille.debut.is_none() {
            surveille.prolonger();
        }
        let suite = surveille.corps.borrow_mut().poll_next_unpin(cx);
        match suite {
            Poll::Ready(Some(Ok(morceau))) => {
                surveille.recus += morceau.len() as u64;
                surveille.prolonger();
                Poll::Ready(Some(Ok(morceau)))
            }
            Poll::Pending if surveille.fin.as_mut().poll(cx).is_ready() => {
                let lent = io::Error::from(io::ErrorKind::TimedOut);
                Poll::Ready(Some(Err(PayloadError::Io(lent))))
            }
            autre => autre,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_tampon_ne_compte_que_ce_qui_depasse_et_rend_ce_qu_il_a_pris() {
        let reserve = Reserve::new(100_000);
        let mut petit = reserve.tampon(TEXTE_MAX);
        for _ in 0..16 {
            petit.ajouter(&[0; 1024]).unwrap();
        }
        assert_eq!(reserve.reste(), 100_000, "a small body is free");
        petit.ajouter(&[0; 1000]).unwrap();
        petit.ajouter(&[0; 1000]).unwrap();
        assert_eq!(reserve.reste(), 98_000);
        let mut grand = reserve.tampon(TEXTE_MAX);
        grand.ajouter(&[0; 100_000]).unwrap();
        assert_eq!(reserve.reste(), 98_000 - (100_000 - LIBRE));
        assert!(matches!(
            grand.ajouter(&[0; 100_000]),
            Err(WebError::Encombre)
        ));
        drop(grand);
        assert_eq!(petit.prendre().len(), LIBRE + 2000);
        let place = petit.place();
        assert_eq!(reserve.reste(), 98_000, "what was taken out is still held");
        drop(place);
        assert_eq!(reserve.reste(), 100_000);
    }

    #[test]
    fn un_tampon_a_sa_propre_limite() {
        let mut tampon = Reserve::new(1 << 20).tampon(20_000);
        tampon.ajouter(&[0; 20_000]).unwrap();
        assert!(matches!(tampon.ajouter(&[0]), Err(WebError::TropGrand)));
    }
}
