//! Which mails somebody may do without, and how often they leave.

use crate::droits::{AGENTS, Role};

text_enum! {
    /// What the mails that somebody may do without are about. What the law requires, what a delay hangs on and what the house
    /// cannot do without are not here: they always leave.
    pub enum Sujet {
        /// What the other side writes on a case.
        Messages = "messages", "Messages écrits sur mes dossiers";
        /// Reminders before a deadline.
        Rappels = "rappels", "Rappels avant une échéance";
        /// Cases given to an agent.
        Confies = "confies", "Dossiers qui me sont confiés";
        /// PRO-5: decisions that wait for a signature.
        ASigner = "a_signer", "Décisions à signer";
        /// PRO-5: proposals that who signs sent back.
        Renvois = "renvois", "Propositions renvoyées";
        /// What the other side sends, asks for or takes back.
        Envois = "envois", "Ce que les professionnels envoient, demandent ou retirent";
        /// Notes that call a colleague.
        Mentions = "mentions", "Notes internes qui me sont adressées";
        /// All else that is new on one's cases: no mail of its own, in the summary of the day for who wants it.
        Reste = "reste", "Le reste de ce qui est nouveau sur mes dossiers";
    }
}

text_enum! {
    /// How often.
    pub enum Frequence {
        /// Each time.
        ChaqueFois = "chaque_fois", "À chaque fois";
        /// Only the last ones before the deadline.
        Essentiel = "essentiel", "Seulement les derniers";
        /// Once a day at most, with the rest of what is new.
        UneFoisParJour = "une_fois_par_jour", "Une fois par jour au plus, dans un résumé";
        /// Never.
        Jamais = "jamais", "Jamais";
    }
}

impl Sujet {
    /// What may be chosen for it, the first being what holds until somebody chooses.
    pub fn frequences(self) -> &'static [Frequence] {
        use Frequence as F;
        match self {
            Sujet::Rappels => &[F::ChaqueFois, F::Essentiel],
            Sujet::Reste => &[F::Jamais, F::UneFoisParJour],
            _ => &[F::ChaqueFois, F::UneFoisParJour, F::Jamais],
        }
    }

    /// Until somebody chooses.
    pub fn d_office(self) -> Frequence {
        match self {
            Sujet::Reste => Frequence::Jamais,
            _ => Frequence::ChaqueFois,
        }
    }

    /// What this role may choose about, in the order of the screen.
    pub fn de(role: Role) -> &'static [Sujet] {
        use Sujet as S;
        match role {
            Role::Kine => &[S::Messages, S::Rappels, S::Reste],
            Role::Signataire => &[S::ASigner, S::Mentions, S::Messages, S::Reste],
            Role::SecretaireCpd => &[S::Reste],
            _ if AGENTS.permet(Some(role)) => &[
                S::Confies,
                S::Envois,
                S::Messages,
                S::Renvois,
                S::Mentions,
                S::Reste,
            ],
            _ => &[],
        }
    }
}
