//! Who may do what: roles, and the access of each route.

text_enum! {
    /// The role of an account, as in the glossary.
    pub enum Role {
        /// Masseur-kinésithérapeute.
        Kine = "kine", "Masseur-kinésithérapeute";
        /// Handles the files of one CPAM.
        Instructeur = "instructeur", "Instructeur";
        /// Leads the handlers of one CPAM.
        Responsable = "responsable", "Responsable";
        /// Director or delegate: signs the decisions of one CPAM (PRO-5).
        Signataire = "signataire", "Signataire";
        /// Runs the commission of one CPAM.
        SecretaireCpd = "secretaire_cpd", "Secrétaire de la CPD";
        /// Sits in the commission of one CPAM.
        MembreCpd = "membre_cpd", "Membre de la CPD";
        /// Reads the documents of one CPAM that touch health, and concludes on them (PRO-14).
        PraticienConseil = "praticien_conseil", "Praticien-conseil";
        /// Regional health agency.
        Ars = "ars", "ARS";
        /// Keeps the parameters and the reference data.
        AdministrateurNational = "administrateur_national", "Administrateur national";
        /// Reads everything, changes nothing.
        Auditeur = "auditeur", "Auditeur";
    }
}

text_enum! {
    /// How far the mandate of a role extends.
    pub enum Etendue {
        /// One CPAM or CGSS.
        Caisse = "caisse", "Caisse";
        /// One region, for its ARS.
        Region = "region", "Région";
        /// The whole country.
        Nation = "nation", "National";
    }
}

impl Role {
    /// How far a mandate of this role extends; a practitioner holds none: she sees what is hers.
    pub fn etendue(self) -> Option<Etendue> {
        match self {
            Role::Kine => None,
            Role::Instructeur
            | Role::Responsable
            | Role::Signataire
            | Role::SecretaireCpd
            | Role::MembreCpd
            | Role::PraticienConseil => Some(Etendue::Caisse),
            Role::Ars => Some(Etendue::Region),
            Role::AdministrateurNational | Role::Auditeur => Some(Etendue::Nation),
        }
    }

    /// Whether the role is held for one CPAM.
    pub fn de_caisse(self) -> bool {
        self.etendue() == Some(Etendue::Caisse)
    }
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acces {
    /// Everybody.
    Public,
    /// Everybody with an account.
    Connecte,
    /// These roles only.
    Roles(&'static [Role]),
}

impl Acces {
    /// Whether somebody of this role (`None`: not logged in) may pass.
    pub fn permet(self, role: Option<Role>) -> bool {
        match (self, role) {
            (Acces::Public, _) => true,
            (Acces::Connecte, role) => role.is_some(),
            (Acces::Roles(roles), Some(role)) => roles.contains(&role),
            (Acces::Roles(_), None) => false,
        }
    }
}

/// The practitioner's own space.
pub const KINE: Acces = Acces::Roles(&[Role::Kine]);
/// Those who handle files.
pub const AGENTS: Acces = Acces::Roles(&[Role::Instructeur, Role::Responsable, Role::Signataire]);
/// Those who read files: the handlers, the commission's secretary, and the national readers.
pub const LECTEURS: Acces = Acces::Roles(&[
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
    Role::AdministrateurNational,
    Role::Auditeur,
]);
/// Those who are told what is new on the cases they follow, sign or advise on, or that are theirs.
pub const INFORMES: Acces = Acces::Roles(&[
    Role::Kine,
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
]);
/// The same, of a caisse.
pub const INFORMES_DE_CAISSE: Acces = Acces::Roles(&[
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
]);
/// Those who instruct.
pub const INSTRUCTION: Acces = Acces::Roles(&[Role::Instructeur, Role::Responsable]);
/// Those who record what the commission decides: the handlers, and its secretary.
pub const COMMISSION: Acces =
    Acces::Roles(&[Role::Instructeur, Role::Responsable, Role::SecretaireCpd]);
/// Those to whom a letter may be open: its addressee, and those who read files.
pub const ECRITS: Acces = Acces::Roles(&[
    Role::Kine,
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
    Role::AdministrateurNational,
    Role::Auditeur,
]);
/// Those who see the work of others and the figures: who leads, who signs, and the national readers.
pub const SUPERVISION: Acces = Acces::Roles(&[
    Role::Responsable,
    Role::Signataire,
    Role::AdministrateurNational,
    Role::Auditeur,
]);
/// Those who sign (PRO-5).
pub const SIGNATURE: Acces = Acces::Roles(&[Role::Signataire]);
/// Those who write the record of a caisse.
pub const FICHE_CAISSE: Acces = Acces::Roles(&[Role::Responsable, Role::AdministrateurNational]);
/// Those who add and correct aids of the catalogue: who leads or signs in a caisse, and the nation.
pub const AIDES: Acces = Acces::Roles(&[
    Role::Responsable,
    Role::Signataire,
    Role::AdministrateurNational,
]);
/// Those who open and close the accounts of agents: of their caisse, or of all.
pub const COMPTES: Acces = Acces::Roles(&[Role::Responsable, Role::AdministrateurNational]);
/// Those who write the sentences that their caisse uses again.
pub const PHRASES: Acces = Acces::Roles(&[Role::Responsable]);
/// Those who keep the reference data and the parameters.
pub const ADMINISTRATION: Acces = Acces::Roles(&[Role::AdministrateurNational]);
/// Those who read what the administration keeps.
pub const NATIONAUX: Acces = Acces::Roles(&[Role::AdministrateurNational, Role::Auditeur]);
/// Who reads the documents that touch health, and concludes (PRO-14).
pub const PRATICIEN_CONSEIL: Acces = Acces::Roles(&[Role::PraticienConseil]);
/// Those to whom a document may be open: its author, those who read files, and for health the praticien-conseil. Which
/// documents is said by the scope of each.
pub const DOCUMENTS: Acces = Acces::Roles(&[
    Role::Kine,
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
    Role::PraticienConseil,
    Role::AdministrateurNational,
    Role::Auditeur,
]);
/// Those who read the documents of messages: their author, and those who read files.
pub const PIECES: Acces = Acces::Roles(&[
    Role::Kine,
    Role::Instructeur,
    Role::Responsable,
    Role::Signataire,
    Role::SecretaireCpd,
    Role::AdministrateurNational,
    Role::Auditeur,
]);
