//! The accounts of the demonstration: fictional names, addresses at example.fr, one password for all.

use regles::droits::Role;

/// The password of every account.
pub const MOT_DE_PASSE: &str = "demonstration-releve";

/// An account to log in with.
pub struct Compte {
    /// E-mail address.
    pub courriel: &'static str,
    /// First name.
    pub prenom: &'static str,
    /// Name.
    pub nom: &'static str,
    /// Role.
    pub role: Role,
    /// Code of the CPAM of an agent.
    pub caisse: Option<&'static str>,
    /// Capacity printed under a signature.
    pub qualite: Option<&'static str>,
    /// What there is to see from there, in one line.
    pub a_voir: &'static str,
}

const fn agent(
    courriel: &'static str,
    prenom: &'static str,
    nom: &'static str,
    role: Role,
    caisse: &'static str,
    qualite: Option<&'static str>,
    a_voir: &'static str,
) -> Compte {
    Compte {
        courriel,
        prenom,
        nom,
        role,
        caisse: Some(caisse),
        qualite,
        a_voir,
    }
}

const fn national(
    courriel: &'static str,
    prenom: &'static str,
    nom: &'static str,
    role: Role,
    a_voir: &'static str,
) -> Compte {
    Compte {
        courriel,
        prenom,
        nom,
        role,
        caisse: None,
        qualite: None,
        a_voir,
    }
}

const fn kine(
    courriel: &'static str,
    prenom: &'static str,
    nom: &'static str,
    a_voir: &'static str,
) -> Compte {
    Compte {
        courriel,
        prenom,
        nom,
        role: Role::Kine,
        caisse: None,
        qualite: None,
        a_voir,
    }
}

/// Every account. The practitioners come last, in the order of the stories.
pub const COMPTES: &[Compte] = &[
    agent(
        "sophie.arnaud@example.fr",
        "Sophie",
        "Arnaud",
        Role::Instructeur,
        "131",
        None,
        "instruit les dossiers de la CPAM 131",
    ),
    agent(
        "marc.vidal@example.fr",
        "Marc",
        "Vidal",
        Role::Responsable,
        "131",
        None,
        "encadre l’équipe de la CPAM 131",
    ),
    agent(
        "isabelle.caron@example.fr",
        "Isabelle",
        "Caron",
        Role::Signataire,
        "131",
        Some("Directrice"),
        "signe les décisions de la CPAM 131",
    ),
    agent(
        "nora.haddad@example.fr",
        "Nora",
        "Haddad",
        Role::SecretaireCpd,
        "131",
        None,
        "lit les dossiers pour la commission",
    ),
    agent(
        "pierre.santini@example.fr",
        "Pierre",
        "Santini",
        Role::PraticienConseil,
        "131",
        None,
        "lit les pièces de santé de la CPAM 131 et conclut",
    ),
    agent(
        "bruno.olive@example.fr",
        "Bruno",
        "Olive",
        Role::Instructeur,
        "041",
        None,
        "instruit les dossiers de la CPAM 041",
    ),
    agent(
        "alice.perret@example.fr",
        "Alice",
        "Perret",
        Role::Signataire,
        "041",
        Some("Directrice adjointe"),
        "signe les décisions de la CPAM 041",
    ),
    national(
        "admin@example.fr",
        "Camille",
        "Royer",
        Role::AdministrateurNational,
        "voit toutes les caisses, propose et examine les valeurs des paramètres",
    ),
    national(
        "admin2@example.fr",
        "Nadia",
        "Belkacem",
        Role::AdministrateurNational,
        "examine une valeur proposée : il faut deux personnes",
    ),
    national(
        "audit@example.fr",
        "Denis",
        "Aubry",
        Role::Auditeur,
        "lit tout, ne modifie rien",
    ),
    kine(
        "claire.martin@example.fr",
        "Claire",
        "Martin",
        "vient de déclarer son départ",
    ),
    kine(
        "jean.roux@example.fr",
        "Jean",
        "Roux",
        "départ sous 1 200 actes, à examiner",
    ),
    kine(
        "sylvie.fabre@example.fr",
        "Sylvie",
        "Fabre",
        "place ouverte, successeur à désigner",
    ),
    kine(
        "paul.lefevre@example.fr",
        "Paul",
        "Lefèvre",
        "a désigné un successeur, qui n’a pas encore répondu",
    ),
    kine(
        "ines.garcia@example.fr",
        "Inès",
        "Garcia",
        "désignée, doit accepter ou décliner",
    ),
    kine(
        "anne.petit@example.fr",
        "Anne",
        "Petit",
        "son successeur a déposé sa demande",
    ),
    kine(
        "karim.benali@example.fr",
        "Karim",
        "Benali",
        "demande déposée",
    ),
    kine(
        "marc.moreau@example.fr",
        "Marc",
        "Moreau",
        "partant ; son successeur doit une pièce",
    ),
    kine(
        "lea.nguyen@example.fr",
        "Léa",
        "Nguyen",
        "doit fournir une pièce",
    ),
    kine(
        "helene.diallo@example.fr",
        "Hélène",
        "Diallo",
        "partante ; décision proposée",
    ),
    kine(
        "hugo.perrin@example.fr",
        "Hugo",
        "Perrin",
        "demande à la signature",
    ),
    kine(
        "luc.blanc@example.fr",
        "Luc",
        "Blanc",
        "partant ; place réservée",
    ),
    kine(
        "emma.faure@example.fr",
        "Emma",
        "Faure",
        "accord notifié, doit s’installer",
    ),
    kine(
        "odile.girard@example.fr",
        "Odile",
        "Girard",
        "partante ; place pourvue",
    ),
    kine("tom.rey@example.fr", "Tom", "Rey", "installé"),
    kine(
        "nadia.karoui@example.fr",
        "Nadia",
        "Karoui",
        "demande de dérogation, avis favorable",
    ),
    kine(
        "yann.legoff@example.fr",
        "Yann",
        "Le Goff",
        "demande refusée, voies de recours",
    ),
    kine(
        "agathe.morel@example.fr",
        "Agathe",
        "Morel",
        "dérogation pour la santé d’un proche : la conclusion du praticien-conseil est attendue",
    ),
    kine(
        "julie.simon@example.fr",
        "Julie",
        "Simon",
        "installation en zone libre",
    ),
    kine(
        "remi.colin@example.fr",
        "Rémi",
        "Colin",
        "place sans successeur, mise en appel à candidatures",
    ),
    kine(
        "eva.marchand@example.fr",
        "Eva",
        "Marchand",
        "a retiré sa demande",
    ),
    kine(
        "louis.garnier@example.fr",
        "Louis",
        "Garnier",
        "dossier de la CPAM 041",
    ),
];
