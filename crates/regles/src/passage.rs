//! What a transition allows: from which state to which. Only the rules make one, so that no floor above writes a state
//! that they did not decide.

/// A change of state that the rules allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<E> {
    de: E,
    vers: E,
}

impl<E: Copy> Passage<E> {
    pub(crate) fn new(de: E, vers: E) -> Passage<E> {
        Passage { de, vers }
    }

    /// Where it stood.
    pub fn de(self) -> E {
        self.de
    }

    /// Where it stands from now on.
    pub fn vers(self) -> E {
        self.vers
    }

    /// Two changes in a row, as one: what follows this one, from where it stood.
    ///
    /// # Errors
    /// Those of `suite`.
    pub fn puis<R>(self, suite: impl FnOnce(E) -> Result<Passage<E>, R>) -> Result<Passage<E>, R> {
        Ok(Passage {
            de: self.de,
            vers: suite(self.vers)?.vers,
        })
    }
}
