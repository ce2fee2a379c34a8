//! Every route, on one page, with who may use it, and whether it takes documents. A route that is not here does not
//! exist.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, guard};

use regles::droits::{
    ADMINISTRATION, AGENTS, Acces, COMMISSION, COMPTES, DOCUMENTS, FICHE_CAISSE, INFORMES,
    INFORMES_DE_CAISSE, INSTRUCTION, KINE, LECTEURS, NATIONAUX, PHRASES, PIECES, PRATICIEN_CONSEIL,
    SIGNATURE, SUPERVISION,
};

use super::kit::geste;
use super::*;

/// A route and its access.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET`, `POST`, or `OPTIONS` where another site may ask first.
    pub methode: &'static str,
    /// Its path, with `{holes}`.
    pub chemin: &'static str,
    /// Who may use it.
    pub acces: Acces,
    /// Whether its form takes documents: the body of any other is small.
    pub documents: bool,
}

macro_rules! routes {
    ($($methode:ident $chemin:literal $acces:expr $(, $documents:ident)? => $handler:expr;)+) => {
        /// The access table.
        pub const TABLE: &[Route] = &[$(Route {
            methode: stringify!($methode),
            chemin: $chemin,
            acces: $acces,
            documents: routes!(@ $($documents)?),
        }),+];

        /// Registers every route of the table.
        pub fn configure(app: &mut ServiceConfig) {
            $(app.route($chemin, methode(Method::$methode).to($handler));)+
        }
    };
    (@) => { false };
    (@ documents) => { true };
}

routes! {
    GET  "/static/{chemin:.*}"             Acces::Public   => assets::servir;
    GET  "/"                               Acces::Public   => accueil::page;
    GET  "/accessibilite"                  Acces::Public   => accueil::accessibilite;
    GET  "/plan"                           Acces::Public   => accueil::plan;
    GET  "/mentions-legales"               Acces::Public   => accueil::mentions;
    GET  "/zones"                          Acces::Public   => zones::recherche;
    GET  "/zones/{insee}"                  Acces::Public   => zones::zone;
    GET  "/communes"                       Acces::Public   => zones::communes;
    GET  "/verifier"                       Acces::Public   => attestation::verifier;
    GET  "/aide"                           Acces::Public   => aide::accueil;
    GET  "/aide/{guide}"                   Acces::Public   => aide::guide;
    GET  "/regles"                         Acces::Public   => reglement::liste;
    GET  "/regles/{adresse}"               Acces::Public   => reglement::regle;
    POST "/api/v1/evaluations"             Acces::Public   => api::evaluations;
    OPTIONS "/api/v1/evaluations"          Acces::Public   => api::preambule;
    GET  "/api/v1/openapi.json"            Acces::Public   => api::description;
    GET  "/sante"                          Acces::Public   => sante::page;
    GET  "/connexion"                      Acces::Public   => compte::connexion::page;
    POST "/connexion"                      Acces::Public   => compte::connexion::connecter;
    POST "/deconnexion"                    Acces::Connecte => compte::connexion::deconnecter;
    GET  "/departs"                        LECTEURS    => dossiers::file::departs;
    GET  "/departs/export.{format}"        LECTEURS    => dossiers::file::exporter_departs;
    GET  "/departs/nouveau"                INSTRUCTION => depart::caisse::deces::page;
    POST "/departs/nouveau"                INSTRUCTION, documents => depart::caisse::deces::ouvrir;
    GET  "/departs/{id}"                   LECTEURS    => depart::caisse::page;
    POST "/departs/{id}/confirmer"         INSTRUCTION => depart::caisse::confirmer;
    POST "/departs/{id}/rejeter"           INSTRUCTION => depart::caisse::rejeter;
    GET  "/departs/{id}/corriger"          INSTRUCTION => geste::page::<depart::caisse::Correction>;
    POST "/departs/{id}/corriger"          INSTRUCTION => geste::envoyer::<depart::caisse::Correction>;
    GET  "/departs/{id}/saisir"            INSTRUCTION => geste::page::<depart::caisse::Saisine>;
    POST "/departs/{id}/saisir"            INSTRUCTION => geste::envoyer::<depart::caisse::Saisine>;
    POST "/departs/{id}/avis"              INSTRUCTION => depart::caisse::noter_avis;
    GET  "/departs/{id}/contestation"      INSTRUCTION => geste::page::<depart::caisse::Contestation>;
    POST "/departs/{id}/contestation"      INSTRUCTION => geste::envoyer::<depart::caisse::Contestation>;
    GET  "/departs/{id}/pieces"            LECTEURS    => depart::caisse::page_pieces;
    POST "/departs/{id}/pieces/{piece}"    INSTRUCTION => depart::caisse::examiner_piece;
    GET  "/dossiers"                       LECTEURS    => dossiers::file::page;
    POST "/dossiers"                       INSTRUCTION => dossiers::file::lot;
    POST "/dossiers/prochain"              AGENTS      => dossiers::file::prochain;
    GET  "/dossiers/nouveau"               INSTRUCTION => demande::formulaire;
    POST "/dossiers/nouveau"               INSTRUCTION, documents => demande::suivre;
    GET  "/dossiers/export.{format}"       LECTEURS    => dossiers::export::exporter;
    POST "/dossiers/vues"                  AGENTS      => dossiers::file::enregistrer;
    GET  "/dossiers/vues/{id}/supprimer"   AGENTS      => dossiers::file::page_supprimer;
    POST "/dossiers/vues/{id}/supprimer"   AGENTS      => dossiers::file::supprimer;
    GET  "/dossiers/{numero}"              LECTEURS    => dossiers::dossier::page;
    GET  "/dossiers/{numero}/pieces.zip"   LECTEURS    => dossiers::archive::telecharger;
    POST "/dossiers/{numero}/prendre"      INSTRUCTION => geste::envoyer::<dossiers::travail::Prendre>;
    GET  "/dossiers/{numero}/rendre"       INSTRUCTION => geste::page::<dossiers::travail::Rendre>;
    POST "/dossiers/{numero}/rendre"       INSTRUCTION => geste::envoyer::<dossiers::travail::Rendre>;
    GET  "/dossiers/{numero}/completer"    INSTRUCTION => geste::page::<dossiers::instruction::Completer>;
    POST "/dossiers/{numero}/completer"    INSTRUCTION => geste::envoyer::<dossiers::instruction::Completer>;
    GET  "/dossiers/{numero}/annuler-complet" INSTRUCTION => geste::page::<dossiers::instruction::AnnulerComplet>;
    POST "/dossiers/{numero}/annuler-complet" INSTRUCTION => geste::envoyer::<dossiers::instruction::AnnulerComplet>;
    GET  "/dossiers/{numero}/identite"     INSTRUCTION => geste::page::<dossiers::identite::Identite>;
    POST "/dossiers/{numero}/identite"     INSTRUCTION => geste::envoyer::<dossiers::identite::Identite>;
    GET  "/dossiers/{numero}/courriels/{id}" INSTRUCTION => geste::page::<dossiers::courriel::Renvoi>;
    POST "/dossiers/{numero}/courriels/{id}" INSTRUCTION => geste::envoyer::<dossiers::courriel::Renvoi>;
    POST "/dossiers/{numero}/notes"        AGENTS      => dossiers::travail::noter;
    POST "/dossiers/{numero}/etiquettes"   AGENTS      => geste::envoyer::<dossiers::travail::Etiquette>;
    POST "/dossiers/{numero}/etiquettes/{id}/retirer" AGENTS => dossiers::travail::retirer;
    POST "/dossiers/{numero}/assigner"     INSTRUCTION => geste::envoyer::<dossiers::travail::Assignation>;
    GET  "/dossiers/{numero}/demander-pieces" INSTRUCTION => geste::page::<dossiers::instruction::DemandePieces>;
    POST "/dossiers/{numero}/demander-pieces" INSTRUCTION => geste::envoyer::<dossiers::instruction::DemandePieces>;
    GET  "/dossiers/{numero}/pieces"       LECTEURS    => dossiers::pieces::page;
    POST "/dossiers/{numero}/pieces/{id}"  INSTRUCTION => dossiers::pieces::examiner;
    GET  "/dossiers/{numero}/conditions"   INSTRUCTION => geste::page::<dossiers::generales::ConditionsGenerales>;
    POST "/dossiers/{numero}/conditions"   INSTRUCTION => geste::envoyer::<dossiers::generales::ConditionsGenerales>;
    GET  "/dossiers/{numero}/saisir"       INSTRUCTION => geste::page::<dossiers::instruction::Saisine>;
    POST "/dossiers/{numero}/saisir"       INSTRUCTION => geste::envoyer::<dossiers::instruction::Saisine>;
    GET  "/dossiers/{numero}/avis"         INSTRUCTION => geste::page::<dossiers::instruction::Avis>;
    POST "/dossiers/{numero}/avis"         INSTRUCTION => geste::envoyer::<dossiers::instruction::Avis>;
    GET  "/dossiers/{numero}/convoquer"    INSTRUCTION => geste::page::<dossiers::audition::Convocation>;
    POST "/dossiers/{numero}/convoquer"    INSTRUCTION => geste::envoyer::<dossiers::audition::Convocation>;
    GET  "/dossiers/{numero}/mandat"       INSTRUCTION => geste::page::<dossiers::mandat::ExamenMandat>;
    POST "/dossiers/{numero}/mandat"       INSTRUCTION => geste::envoyer::<dossiers::mandat::ExamenMandat>;
    GET  "/dossiers/{numero}/acte-recu"    INSTRUCTION => geste::page::<dossiers::mandat::ActeRecu>;
    POST "/dossiers/{numero}/acte-recu"    INSTRUCTION => geste::envoyer::<dossiers::mandat::ActeRecu>;
    GET  "/dossiers/{numero}/corriger"     INSTRUCTION => geste::page::<dossiers::corriger::Correction>;
    POST "/dossiers/{numero}/corriger"     INSTRUCTION => geste::envoyer::<dossiers::corriger::Correction>;
    GET  "/dossiers/{numero}/classer"      INSTRUCTION => geste::page::<dossiers::instruction::Classer>;
    POST "/dossiers/{numero}/classer"      INSTRUCTION => geste::envoyer::<dossiers::instruction::Classer>;
    GET  "/dossiers/{numero}/proposer"     INSTRUCTION => geste::page::<dossiers::decision::Proposition>;
    POST "/dossiers/{numero}/proposer"     INSTRUCTION => geste::envoyer::<dossiers::decision::Proposition>;
    GET  "/dossiers/{numero}/renvoyer"     SIGNATURE   => geste::page::<dossiers::decision::Renvoi>;
    POST "/dossiers/{numero}/renvoyer"     SIGNATURE   => geste::envoyer::<dossiers::decision::Renvoi>;
    GET  "/dossiers/{numero}/reprendre"    INSTRUCTION => geste::page::<dossiers::decision::Reprise>;
    POST "/dossiers/{numero}/reprendre"    INSTRUCTION => geste::envoyer::<dossiers::decision::Reprise>;
    GET  "/dossiers/{numero}/decider"      SIGNATURE   => geste::page::<dossiers::decision::Signature>;
    POST "/dossiers/{numero}/decider"      SIGNATURE   => geste::envoyer::<dossiers::decision::Signature>;
    GET  "/dossiers/{numero}/notifier"     AGENTS      => geste::page::<dossiers::suites::Notification>;
    POST "/dossiers/{numero}/notifier"     AGENTS      => geste::envoyer::<dossiers::suites::Notification>;
    GET  "/dossiers/{numero}/preuve"       LECTEURS    => preuve::page;
    GET  "/dossiers/{numero}/preuve.json"  LECTEURS    => preuve::exporter;
    GET  "/dossiers/{numero}/lettres/{id}" LECTEURS    => dossiers::papier::page_lettre;
    GET  "/dossiers/{numero}/lettres/{id}/poster" INSTRUCTION => geste::page::<dossiers::papier::Poster>;
    POST "/dossiers/{numero}/lettres/{id}/poster" INSTRUCTION => geste::envoyer::<dossiers::papier::Poster>;
    GET  "/dossiers/{numero}/rattacher"    INSTRUCTION => geste::page::<dossiers::papier::Rattachement>;
    POST "/dossiers/{numero}/rattacher"    INSTRUCTION => geste::envoyer::<dossiers::papier::Rattachement>;
    GET  "/dossiers/{numero}/domicile"     INSTRUCTION => geste::page::<dossiers::domicile::Domicile>;
    POST "/dossiers/{numero}/domicile"     INSTRUCTION => geste::envoyer::<dossiers::domicile::Domicile>;
    GET  "/dossiers/{numero}/retirer"      INSTRUCTION => geste::page::<dossiers::retrait::Retrait>;
    POST "/dossiers/{numero}/retirer"      INSTRUCTION => geste::envoyer::<dossiers::retrait::Retrait>;
    GET  "/dossiers/{numero}/recevoir"     INSTRUCTION => dossiers::papier::page_recevoir;
    POST "/dossiers/{numero}/recevoir"     INSTRUCTION, documents => dossiers::papier::recevoir;
    GET  "/dossiers/{numero}/silence"      INSTRUCTION => geste::page::<dossiers::silence::Reponse>;
    POST "/dossiers/{numero}/silence"      INSTRUCTION => geste::envoyer::<dossiers::silence::Reponse>;
    GET  "/dossiers/{numero}/installer"    AGENTS      => geste::page::<dossiers::suites::Installation>;
    POST "/dossiers/{numero}/installer"    AGENTS      => geste::envoyer::<dossiers::suites::Installation>;
    GET  "/dossiers/{numero}/reserve"      INSTRUCTION => geste::page::<dossiers::suites::Reserve>;
    POST "/dossiers/{numero}/reserve"      INSTRUCTION => geste::envoyer::<dossiers::suites::Reserve>;
    GET  "/dossiers/{numero}/transmettre"  INSTRUCTION => geste::page::<dossiers::transmission::Transmission>;
    POST "/dossiers/{numero}/transmettre"  INSTRUCTION => geste::envoyer::<dossiers::transmission::Transmission>;
    GET  "/transmissions"                  LECTEURS    => dossiers::transmission::liste;
    GET  "/dossiers/{numero}/reduction"    INSTRUCTION => geste::page::<dossiers::suites::Reduction>;
    POST "/dossiers/{numero}/reduction"    INSTRUCTION => geste::envoyer::<dossiers::suites::Reduction>;
    GET  "/caisses"                        LECTEURS    => caisses::liste;
    GET  "/caisses/{code}"                 LECTEURS    => caisses::page;
    GET  "/caisses/{code}/modifier"        FICHE_CAISSE => geste::page::<caisses::Fiche>;
    POST "/caisses/{code}/modifier"        FICHE_CAISSE => geste::envoyer::<caisses::Fiche>;
    GET  "/arretes"                        LECTEURS    => arretes::liste;
    GET  "/arretes/{id}"                   LECTEURS    => arretes::page;
    GET  "/arretes/{id}/effets.csv"        LECTEURS    => arretes::exporter;
    GET  "/arretes/{id}/synthese"          LECTEURS    => arretes::synthese;
    GET  "/supervision"                    SUPERVISION => supervision::page;
    GET  "/supervision/statistiques"       SUPERVISION => supervision::page_statistiques;
    GET  "/supervision/statistiques.{format}" SUPERVISION => supervision::exporter;
    GET  "/supervision/trimestre"          SUPERVISION => supervision::page_trimestre;
    GET  "/supervision/trimestre.{format}" SUPERVISION => supervision::exporter_trimestre;
    GET  "/absences"                       AGENTS      => absences::page;
    POST "/absences"                       AGENTS      => absences::declarer;
    GET  "/absences/{id}/supprimer"        AGENTS      => absences::page_supprimer;
    POST "/absences/{id}/supprimer"        AGENTS      => absences::supprimer;
    GET  "/lots"                           INSTRUCTION => lots::liste;
    POST "/lots"                           INSTRUCTION => lots::creer;
    GET  "/lots/nouveau"                   INSTRUCTION => lots::page_nouveau;
    GET  "/lots/{id}"                      INSTRUCTION => lots::page;
    POST "/lots/{id}/lancer"               INSTRUCTION => lots::lancer;
    POST "/lots/{id}/reprendre"            INSTRUCTION => lots::reprendre;
    GET  "/lots/{id}/annuler"              INSTRUCTION => lots::page_annuler;
    POST "/lots/{id}/annuler"              INSTRUCTION => lots::annuler;
    GET  "/phrases"                        AGENTS         => phrases::liste;
    GET  "/phrases/nouveau"                PHRASES        => geste::page::<phrases::Nouveau>;
    POST "/phrases/nouveau"                PHRASES        => geste::envoyer::<phrases::Nouveau>;
    GET  "/phrases/{id}/changer"           PHRASES        => geste::page::<phrases::Changement>;
    POST "/phrases/{id}/changer"           PHRASES        => geste::envoyer::<phrases::Changement>;
    GET  "/phrases/{id}/supprimer"         PHRASES        => geste::page::<phrases::Suppression>;
    POST "/phrases/{id}/supprimer"         PHRASES        => geste::envoyer::<phrases::Suppression>;
    GET  "/agents"                         COMPTES        => agents::liste;
    GET  "/agents/inviter"                 COMPTES        => geste::page::<agents::Invitation>;
    POST "/agents/inviter"                 COMPTES        => geste::envoyer::<agents::Invitation>;
    GET  "/agents/{mandat}/changer"        COMPTES        => geste::page::<agents::Changement>;
    POST "/agents/{mandat}/changer"        COMPTES        => geste::envoyer::<agents::Changement>;
    GET  "/agents/{mandat}/fermer"         COMPTES        => geste::page::<agents::Fermeture>;
    POST "/agents/{mandat}/fermer"         COMPTES        => geste::envoyer::<agents::Fermeture>;
    GET  "/motifs"                         NATIONAUX      => motifs::liste;
    GET  "/motifs/nouveau"                 ADMINISTRATION => geste::page::<motifs::Nouveau>;
    POST "/motifs/nouveau"                 ADMINISTRATION => geste::envoyer::<motifs::Nouveau>;
    GET  "/motifs/propositions/{id}"       NATIONAUX      => motifs::examiner;
    POST "/motifs/propositions/{id}/approuver" ADMINISTRATION => motifs::approuver;
    POST "/motifs/propositions/{id}/rejeter" ADMINISTRATION => motifs::rejeter;
    GET  "/motifs/{code}/fermer"           ADMINISTRATION => geste::page::<motifs::Fin>;
    POST "/motifs/{code}/fermer"           ADMINISTRATION => geste::envoyer::<motifs::Fin>;
    GET  "/parametres"                     LECTEURS    => parametres::liste;
    GET  "/parametres/{cle}"               LECTEURS    => parametres::fiche;
    GET  "/parametres/{cle}/proposer"      ADMINISTRATION    => parametres::formulaire;
    POST "/parametres/{cle}/proposer"      ADMINISTRATION    => parametres::envoyer;
    GET  "/parametres/propositions/{id}"   NATIONAUX => parametres::proposition;
    GET  "/parametres/propositions/{id}/effets.csv" NATIONAUX => parametres::exporter;
    POST "/parametres/propositions/{id}/approuver" ADMINISTRATION => parametres::approuver;
    POST "/parametres/propositions/{id}/rejeter"   ADMINISTRATION => parametres::rejeter;
    POST "/parametres/propositions/{id}/retirer"   ADMINISTRATION => parametres::retirer;
    GET  "/recherche"                      LECTEURS    => recherche::page;
    GET  "/grand-livre"                    LECTEURS    => grand_livre::zones;
    GET  "/grand-livre/{bassin}"           LECTEURS    => grand_livre::livre;
    GET  "/appels"                         Acces::Public   => appel::kine::liste;
    GET  "/appels/{id}"                    Acces::Public   => appel::kine::appel;
    GET  "/appels/{id}/candidature"        KINE        => appel::kine::formulaire;
    POST "/appels/{id}/candidature"        KINE, documents => appel::kine::deposer;
    GET  "/appels/{id}/retirer"            KINE        => appel::kine::confirmer;
    POST "/appels/{id}/retirer"            KINE        => appel::kine::retirer;
    GET  "/charte"                         LECTEURS    => charte::page;
    GET  "/charte/nouvelle"                SIGNATURE   => charte::formulaire;
    POST "/charte/nouvelle"                SIGNATURE   => charte::dater;
    GET  "/charte/fin"                     SIGNATURE   => charte::confirmer;
    POST "/charte/fin"                     SIGNATURE   => charte::finir;
    GET  "/attributions"                   LECTEURS    => appel::caisse::liste;
    POST "/attributions"                   INSTRUCTION => appel::caisse::ouvrir;
    GET  "/attributions/{id}"              LECTEURS    => appel::caisse::page;
    GET  "/attributions/{id}/candidatures/{candidature}" INSTRUCTION => appel::caisse::page_valeurs;
    POST "/attributions/{id}/candidatures/{candidature}" INSTRUCTION => appel::caisse::retenir;
    GET  "/attributions/{id}/candidatures/{candidature}/ecarter" INSTRUCTION => geste::page::<appel::caisse::Ecart>;
    POST "/attributions/{id}/candidatures/{candidature}/ecarter" INSTRUCTION => geste::envoyer::<appel::caisse::Ecart>;
    GET  "/attributions/{id}/commission"   COMMISSION  => appel::caisse::page_commission;
    POST "/attributions/{id}/commission"   COMMISSION  => appel::caisse::ranger;
    GET  "/attributions/{id}/clore"        INSTRUCTION => geste::page::<appel::caisse::Cloture>;
    POST "/attributions/{id}/clore"        INSTRUCTION => geste::envoyer::<appel::caisse::Cloture>;
    GET  "/attributions/{id}/attribuer"    SIGNATURE   => geste::page::<appel::caisse::Attribution>;
    POST "/attributions/{id}/attribuer"    SIGNATURE   => geste::envoyer::<appel::caisse::Attribution>;
    GET  "/_courriels"                     Acces::Public   => boite::liste;
    GET  "/_courriels/{id}"                Acces::Public   => boite::courriel;
    GET  "/_specimen"                      Acces::Public   => specimen::page;
    GET  "/inscription"                    Acces::Public   => compte::inscription::page;
    POST "/inscription"                    Acces::Public   => compte::inscription::inscrire;
    GET  "/courriel/envoye"                Acces::Public   => compte::courriel::envoye;
    GET  "/courriel/verifier"              Acces::Public   => compte::courriel::page;
    POST "/courriel/verifier"              Acces::Public   => compte::courriel::verifier;
    POST "/courriel/renvoyer"              Acces::Public   => compte::courriel::renvoyer;
    GET  "/mot-de-passe/oubli"             Acces::Public   => compte::mot_de_passe::page_oubli;
    POST "/mot-de-passe/oubli"             Acces::Public   => compte::mot_de_passe::demander;
    GET  "/mot-de-passe/nouveau"           Acces::Public   => compte::mot_de_passe::page_nouveau;
    POST "/mot-de-passe/nouveau"           Acces::Public   => compte::mot_de_passe::choisir;
    GET  "/compte"                         Acces::Connecte => compte::moi::page;
    POST "/compte/mot-de-passe"            Acces::Connecte => compte::moi::changer_mot_de_passe;
    GET  "/compte/adresse"                 Acces::Connecte => compte::adresse::page;
    POST "/compte/adresse"                 Acces::Connecte => compte::adresse::demander;
    GET  "/compte/adresse/confirmer"       Acces::Public   => compte::adresse::page_confirmer;
    POST "/compte/adresse/confirmer"       Acces::Public   => compte::adresse::confirmer;
    POST "/compte/mandat"                  Acces::Connecte => compte::moi::changer_mandat;
    POST "/compte/prolonger"               Acces::Connecte => compte::moi::prolonger;
    POST "/compte/sessions/fermer"         Acces::Connecte => compte::moi::fermer_session;
    POST "/compte/sessions/fermer-autres"  Acces::Connecte => compte::moi::fermer_autres;
    GET  "/nouveautes"                     INFORMES        => nouveautes::page;
    POST "/nouveautes"                     INFORMES        => nouveautes::marquer;
    GET  "/nouveautes/courriels"           INFORMES_DE_CAISSE => nouveautes::reglages;
    POST "/nouveautes/courriels"           INFORMES_DE_CAISSE => nouveautes::choisir;
    GET  "/messages"                       AGENTS          => messages::non_lus;
    GET  "/messages/pieces/{id}"           PIECES          => messages::piece;
    GET  "/messages/pieces/{id}/sante"     INSTRUCTION     => geste::page::<praticien::MiseAPartDUnMessage>;
    POST "/messages/pieces/{id}/sante"     INSTRUCTION     => geste::envoyer::<praticien::MiseAPartDUnMessage>;
    GET  "/dossiers/{numero}/messages"     LECTEURS        => messages::dossier_caisse;
    POST "/dossiers/{numero}/messages"     AGENTS, documents => messages::ecrire_dossier_caisse;
    GET  "/demandes/{numero}/messages"     KINE            => messages::demande_kine;
    POST "/demandes/{numero}/messages"     KINE, documents => messages::ecrire_demande_kine;
    GET  "/mes-departs/{id}/messages"       KINE            => messages::depart_kine;
    POST "/mes-departs/{id}/messages"       KINE, documents => messages::ecrire_depart_kine;
    GET  "/projet"                         Acces::Public   => projet::page;
    GET  "/donnees-personnelles"           Acces::Public   => espace::donnees::page;
    GET  "/agenda/{jeton}"                 Acces::Public   => espace::reglages::calendrier;
    GET  "/espace/donnees.zip"             KINE            => espace::donnees::exporter;
    GET  "/espace/reglages"                KINE            => espace::reglages::reglages;
    POST "/espace/reglages"                KINE            => espace::reglages::choisir;
    POST "/espace/agenda"                  KINE            => espace::reglages::renouveler;
    GET  "/espace/agenda/retirer"          KINE            => espace::reglages::confirmer;
    POST "/espace/agenda/retirer"          KINE            => espace::reglages::revoquer;
    GET  "/changements"                    LECTEURS        => changement::liste;
    GET  "/changements/nouveau"            KINE            => changement::formulaire;
    POST "/changements/nouveau"            KINE            => changement::annoncer;
    GET  "/changements/miens"              KINE            => changement::miens;
    POST "/changements/{id}"               AGENTS          => changement::prendre_acte;
    GET  "/espace"                         KINE            => espace::page;
    POST "/brouillons"                     Acces::Connecte, documents => brouillon::enregistrer;
    GET  "/brouillons/{id}/supprimer"      Acces::Connecte => brouillon::confirmer;
    POST "/brouillons/{id}/supprimer"      Acces::Connecte => brouillon::supprimer;
    GET  "/brouillons/pieces/{id}"         Acces::Connecte => brouillon::lire_piece;
    POST "/brouillons/pieces/{id}/retirer" Acces::Connecte, documents => brouillon::retirer_piece;
    GET  "/reprises/{id}"                  Acces::Connecte => brouillon::reprendre;
    GET  "/mes-departs/nouveau"            KINE            => depart::kine::formulaire;
    POST "/mes-departs/nouveau"            KINE, documents => depart::kine::declarer;
    GET  "/mes-departs/{id}"                KINE            => depart::kine::page;
    GET  "/mes-departs/{id}/retirer"        KINE            => depart::kine::confirmer;
    POST "/mes-departs/{id}/retirer"        KINE            => depart::kine::retirer;
    GET  "/mes-departs/{id}/attestation"    KINE            => depart::kine::attestation::lire;
    POST "/mes-departs/{id}/attestation"    KINE            => depart::kine::attestation::obtenir;
    GET  "/mes-departs/{id}/contester"      KINE            => depart::kine::page_contester;
    POST "/mes-departs/{id}/contester"      KINE, documents => depart::kine::contester;
    POST "/mes-departs/{id}/designations"   KINE            => depart::kine::designer;
    GET  "/mes-departs/{id}/designations/annuler" KINE     => depart::kine::annulation::confirmer;
    POST "/mes-departs/{id}/designations/annuler" KINE     => depart::kine::annulation::annuler;
    POST "/mes-departs/{id}/pieces"         KINE, documents => depart::kine::envoyer_pieces;
    GET  "/designations/{jeton}"           Acces::Public   => designation::page;
    POST "/designations/{jeton}"           KINE            => designation::repondre;
    GET  "/designations/{jeton}/renoncer"  KINE            => designation::confirmer;
    POST "/designations/{jeton}/renoncer"  KINE            => designation::renoncer;
    GET  "/ayants-droit/{jeton}"           Acces::Public   => ayants_droit::page;
    POST "/ayants-droit/{jeton}"           Acces::Public   => ayants_droit::designer;
    GET  "/ayants-droit/{jeton}/annuler"   Acces::Public   => ayants_droit::confirmer_annulation;
    POST "/ayants-droit/{jeton}/annuler"   Acces::Public   => ayants_droit::annuler;
    GET  "/departs/{id}/ayants-droit"      INSTRUCTION     => depart::caisse::ayants_droit::page;
    POST "/departs/{id}/ayants-droit"      INSTRUCTION, documents => depart::caisse::ayants_droit::habiliter;
    POST "/departs/{id}/ayants-droit/retirer" INSTRUCTION  => depart::caisse::ayants_droit::retirer;
    GET  "/demandes/nouvelle"              KINE            => demande::formulaire;
    POST "/demandes/nouvelle"              KINE, documents => demande::suivre;
    GET  "/demandes/{numero}"              KINE            => demande::page;
    GET  "/demandes/{numero}/accuse"       KINE            => demande::accuse;
    POST "/demandes/{numero}/pieces"       KINE, documents => demande::ajouter_pieces;
    POST "/demandes/{numero}/decision"     KINE            => demande::ouvrir_decision;
    GET  "/demandes/{numero}/preuve"       KINE            => preuve::page;
    GET  "/demandes/{numero}/preuve.json"  KINE            => preuve::exporter;
    GET  "/demandes/{numero}/attestation"  KINE            => demande::lire_l_attestation;
    POST "/demandes/{numero}/attestation"  KINE            => demande::obtenir_l_attestation;
    GET  "/demandes/{numero}/audition"     KINE            => geste::page::<demande::Audition>;
    POST "/demandes/{numero}/audition"     KINE            => geste::envoyer::<demande::Audition>;
    GET  "/demandes/{numero}/representant" KINE            => demande::page_representant;
    POST "/demandes/{numero}/representant" KINE, documents => demande::nommer_representant;
    GET  "/demandes/{numero}/revoquer"     KINE            => geste::page::<demande::Revocation>;
    POST "/demandes/{numero}/revoquer"     KINE            => geste::envoyer::<demande::Revocation>;
    GET  "/demandes/{numero}/interroger"   KINE            => demande::demander_le_silence;
    POST "/demandes/{numero}/interroger"   KINE            => demande::interroger_le_silence;
    GET  "/demandes/{numero}/retirer"      KINE            => demande::confirmer;
    POST "/demandes/{numero}/retirer"      KINE            => demande::retirer;
    POST "/demandes/{numero}/installation" KINE, documents => demande::declarer_installation;
    GET  "/espace/coordonnees"             KINE            => geste::page::<espace::coordonnees::Domicile>;
    POST "/espace/coordonnees"             KINE            => geste::envoyer::<espace::coordonnees::Domicile>;
    GET  "/espace/consentement"            KINE            => geste::page::<espace::coordonnees::Consentement>;
    POST "/espace/consentement"            KINE            => geste::envoyer::<espace::coordonnees::Consentement>;
    GET  "/espace/renoncer"                KINE            => geste::page::<espace::coordonnees::Renonciation>;
    POST "/espace/renoncer"                KINE            => geste::envoyer::<espace::coordonnees::Renonciation>;
    GET  "/pieces/{id}"                    DOCUMENTS       => piece::lire;
    GET  "/pieces/{id}/sante"              INSTRUCTION     => geste::page::<praticien::MiseAPart>;
    POST "/pieces/{id}/sante"              INSTRUCTION     => geste::envoyer::<praticien::MiseAPart>;
    GET  "/praticien-conseil"              PRATICIEN_CONSEIL => praticien::liste;
    GET  "/praticien-conseil/{numero}"     PRATICIEN_CONSEIL => praticien::page;
    POST "/praticien-conseil/{numero}/pieces/{id}" PRATICIEN_CONSEIL => praticien::conclure;
    GET  "/praticien-conseil/{numero}/pieces.zip" PRATICIEN_CONSEIL => praticien::archive;
}

/// What answers GET answers HEAD.
fn methode(methode: Method) -> actix_web::Route {
    if methode == Method::GET {
        web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        web::method(methode)
    }
}

static INDEX: LazyLock<HashMap<(&'static str, &'static str), &'static Route>> =
    LazyLock::new(|| {
        TABLE
            .iter()
            .map(|route| ((route.methode, route.chemin), route))
            .collect()
    });

/// The route of the table that a request is for.
pub fn de(requete: &HttpRequest) -> Option<&'static Route> {
    let methode = match *requete.method() {
        Method::GET | Method::HEAD => "GET",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => return None,
    };
    let motif = requete.match_pattern()?;
    INDEX.get(&(methode, motif.as_str())).copied()
}
