//! A wire between the browser and the application, which can be made slow, then cut in the middle of a sending.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

const LIBRE: u8 = 0;
const LENT: u8 = 1;
const COUPE: u8 = 2;

/// The wire; it ends with the runtime of its test.
pub struct Fil {
    /// Where the browser goes.
    pub adresse: String,
    etat: Arc<AtomicU8>,
}

impl Fil {
    /// Up to the application at this address.
    pub fn tendre(vers: &str) -> Fil {
        let vers: SocketAddr = vers
            .trim_start_matches("http://")
            .parse()
            .expect("an address");
        let socket = TcpSocket::new_v4().expect("a socket");
        // What waits in the wire is not sent yet: the browser must know it.
        socket.set_recv_buffer_size(16 * 1024).expect("a size");
        socket
            .bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .expect("a port");
        let ecoute = socket.listen(64).expect("listening");
        let adresse = format!("http://{}", ecoute.local_addr().expect("an address"));
        let etat = Arc::new(AtomicU8::new(LIBRE));
        let suivi = etat.clone();
        actix_web::rt::spawn(async move {
            while let Ok((navigateur, _)) = ecoute.accept().await {
                actix_web::rt::spawn(relier(navigateur, vers, suivi.clone()));
            }
        });
        Fil { adresse, etat }
    }

    /// Sixty-four kilobytes every tenth of a second, towards the application.
    pub fn ralentir(&self) {
        self.etat.store(LENT, Ordering::SeqCst);
    }

    /// Cuts what is on its way and all that comes.
    pub fn couper(&self) {
        self.etat.store(COUPE, Ordering::SeqCst);
    }

    /// As at the start.
    pub fn reparer(&self) {
        self.etat.store(LIBRE, Ordering::SeqCst);
    }
}

async fn relier(navigateur: TcpStream, vers: SocketAddr, etat: Arc<AtomicU8>) {
    let Ok(application) = TcpStream::connect(vers).await else {
        return;
    };
    let (mut du_navigateur, mut au_navigateur) = navigateur.into_split();
    let (mut de_l_application, mut a_l_application) = application.into_split();
    let retour = actix_web::rt::spawn(async move {
        let _ = tokio::io::copy(&mut de_l_application, &mut au_navigateur).await;
    });
    let mut tampon = vec![0; 64 * 1024];
    while let Ok(lus @ 1..) = du_navigateur.read(&mut tampon).await {
        if etat.load(Ordering::SeqCst) == LENT {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        if etat.load(Ordering::SeqCst) == COUPE {
            break;
        }
        if a_l_application.write_all(&tampon[..lus]).await.is_err() {
            break;
        }
    }
    // Both ends see the wire broken.
    retour.abort();
}
