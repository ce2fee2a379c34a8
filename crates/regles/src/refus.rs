//! Why an act is not possible now: said once, for the page that has no button, the form that comes too late, the bulk act.

use std::borrow::Cow;

/// A refusal: a code that outlives the wording, and a sentence for a person that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{phrase}")]
pub struct Refus {
    code: &'static str,
    phrase: Cow<'static, str>,
}

impl Refus {
    /// A refusal whose sentence is always the same.
    pub(crate) const fn fixe(code: &'static str, phrase: &'static str) -> Refus {
        Refus {
            code,
            phrase: Cow::Borrowed(phrase),
        }
    }

    /// A refusal whose sentence names something.
    pub(crate) fn dit(code: &'static str, phrase: String) -> Refus {
        Refus {
            code,
            phrase: Cow::Owned(phrase),
        }
    }

    /// A refusal whose sentence was said elsewhere, told again.
    pub fn rapporte(phrase: String) -> Refus {
        Refus::dit("rapporte", phrase)
    }

    /// The code: lower case, words joined by underscores.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence.
    pub fn phrase(&self) -> &str {
        &self.phrase
    }
}
