//! What the reminders of a deadline say.

/// What a letter says: `{date}` and `{fin}` are the last day, short and in full, `{commune}` the place.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    /// Its subject.
    pub objet: &'static str,
    /// Its paragraphs.
    pub suite: &'static [&'static str],
}

/// What a reminder says.
#[derive(Debug, Clone, Copy)]
pub struct Rappel {
    /// Before the end.
    pub avant: Phrases,
    /// The day after.
    pub depasse: Phrases,
}

impl Rappel {
    /// What it says before the end, or once it is past.
    pub fn phrases(&self, depasse: bool) -> &Phrases {
        if depasse { &self.depasse } else { &self.avant }
    }
}
