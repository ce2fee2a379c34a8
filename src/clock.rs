//! The only reader of «now»; everywhere else the time is an argument.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Tells the time: the machine's, or one that a test sets.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved.
    Fixed(Arc<Mutex<NaiveDateTime>>),
}

impl Clock {
    /// A clock that stands still at an instant (UTC).
    pub fn fixed(at: NaiveDateTime) -> Clock {
        Clock::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The present instant, UTC, to the microsecond (what both databases keep).
    pub fn now(&self) -> NaiveDateTime {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that reads the clock"
            )]
            Clock::System => Utc::now().naive_utc().trunc_subsecs(6),
            Clock::Fixed(instant) => *instant.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock forward; the system clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Clock::Fixed(instant) = self {
            *instant.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// Sets a fixed clock; the system clock is left alone.
    pub fn set(&self, at: NaiveDateTime) {
        if let Clock::Fixed(instant) = self {
            *instant.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }
}

/// The calendar day in mainland France at an instant given in UTC.
///
/// Delays run in days of the place; the day that counts is the one on the wall there.
pub fn jour_a_paris(instant: NaiveDateTime) -> NaiveDate {
    a_paris(instant).date()
}

/// The wall-clock time in mainland France at an instant given in UTC.
pub fn a_paris(instant: NaiveDateTime) -> NaiveDateTime {
    dans(chrono_tz::Europe::Paris, instant)
}

/// The instant (UTC) at which a day begins in mainland France. Clocks change there at 01:00 UTC: the offset at
/// 00:00 UTC is the one at midnight on the wall.
pub fn minuit_a_paris(jour: NaiveDate) -> NaiveDateTime {
    let minuit = jour.and_time(chrono::NaiveTime::MIN);
    minuit - (a_paris(minuit) - minuit)
}

fn dans(tz: Tz, instant: NaiveDateTime) -> NaiveDateTime {
    tz.from_utc_datetime(&instant).naive_local()
}
