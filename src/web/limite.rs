//! How often one address may try, and how long it may take. A second wall behind the lockout of accounts: it slows
//! who tries many accounts.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::erreur::WebError;

/// Addresses remembered before the ones long silent are forgotten.
const ADRESSES_MAX: usize = 10_000;

/// A limit per address, or per account: a reserve, and the time to earn one more try.
pub struct Limite<K: Clone + Eq + Hash = IpAddr>(DefaultKeyedRateLimiter<K>);

impl<K: Clone + Eq + Hash> Limite<K> {
    /// A limit of `reserve` tries at once, then one every `periode`. A zero period or reserve counts as one.
    pub fn new(reserve: u32, periode: Duration) -> Limite<K> {
        let quota = Quota::with_period(periode.max(Duration::from_nanos(1)))
            .unwrap_or(Quota::per_second(NonZeroU32::MIN))
            .allow_burst(NonZeroU32::new(reserve).unwrap_or(NonZeroU32::MIN));
        Limite(RateLimiter::keyed(quota))
    }

    /// Whether there is a try left for this one; counts it.
    fn passe(&self, qui: &K) -> bool {
        if self.0.len() > ADRESSES_MAX {
            self.0.retain_recent();
        }
        self.0.check_key(qui).is_ok()
    }
}

impl Limite {
    /// Counts a try from an address.
    ///
    /// # Errors
    /// [`WebError::TropDeTentatives`] when the reserve is empty.
    pub fn compter(&self, adresse_ip: &str) -> Result<(), WebError> {
        match self.passe(&reseau(adresse_ip)) {
            true => Ok(()),
            false => Err(WebError::TropDeTentatives),
        }
    }
}

impl Limite<i64> {
    /// Counts what an account sends.
    ///
    /// # Errors
    /// [`WebError::TropDEnvois`] when the reserve is empty.
    pub fn compter_envoi(&self, compte_id: i64) -> Result<(), WebError> {
        match self.passe(&compte_id) {
            true => Ok(()),
            false => Err(WebError::TropDEnvois),
        }
    }
}

/// The address itself, or its /64 in IPv6: one subscriber has all of it. What does not read shares one counter.
fn reseau(adresse_ip: &str) -> IpAddr {
    match adresse_ip.parse() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        },
        Ok(v4) => v4,
        Err(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

/// The limits of the pages that a stranger may send.
pub struct Limites {
    /// Passwords tried.
    pub connexion: Limite,
    /// Mails asked for: registration, confirmation, forgotten password.
    pub courriel: Limite,
    /// Evaluations over HTTP: arrays, not objects.
    pub evaluations: Limite,
    /// What a practitioner sends: requests, departures, messages, documents. Registration is open to anybody.
    pub envois: Limite<i64>,
}

impl Limites {
    /// `envois`: how many forms a practitioner sends in a row.
    pub fn new(envois: u32) -> Limites {
        Limites {
            connexion: Limite::new(60, Duration::from_secs(2)),
            courriel: Limite::new(30, Duration::from_secs(20)),
            evaluations: Limite::new(60, Duration::from_millis(200)),
            envois: Limite::new(envois, Duration::from_secs(30)),
        }
    }
}

/// How long a visitor may make the server wait.
#[derive(Debug, Clone, Copy)]
pub struct Delais {
    /// For an array of evaluations, the wait for a thread included.
    pub evaluation: Duration,
    /// For the body of a request, without anything coming.
    pub corps: Duration,
}

impl Default for Delais {
    fn default() -> Self {
        Delais {
            evaluation: Duration::from_secs(20),
            corps: Duration::from_secs(30),
        }
    }
}
