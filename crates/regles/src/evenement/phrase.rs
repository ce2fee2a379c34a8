//! The sentence of each event, as it follows the name of who acted.

mod aide;
mod caisse;
mod compte;
mod decompte;
mod mots;
mod papier;
mod recours;
mod representant;
mod signe;

use mots::{combien, delai, deplace, issue, liste, notifiee, passees};

use super::donnees::MoyenMotDePasse;
use super::fait::Fait;
use crate::dates_fr;
use crate::demande::Sens;
use crate::piece::EtatPiece;
use crate::texte::{self, date_fr};

impl Fait {
    /// One line for a person, in French: «a déposé la demande 131-2026-000042».
    pub fn phrase(&self) -> String {
        match self {
            Fait::DemandeDeposee { numero, .. } => format!("a déposé la demande {numero}"),
            Fait::DemandePapier { recue_le } => papier::saisie(*recue_le),
            Fait::LettrePostee { le, .. } => papier::postee(*le),
            Fait::DemandePiecesDemandees { pieces, limite, .. } => format!(
                "a demandé {}, à fournir {}",
                combien(pieces.len(), "pièce", "pièces"),
                texte::au_plus_tard(*limite)
            ),
            Fait::DemandeAvisCpd { apres, entendue, .. } => mots::avis(*apres, *entendue),
            Fait::AuditionDemandee { .. } => "a demandé une audition par la commission".into(),
            Fait::MandatDonne { personne, .. } => format!("a donné mandat à {personne}"),
            Fait::MandatExamine { verdict, personne, .. } => representant::mandat(*verdict, personne),
            Fait::MandatRevoque { personne } => format!("a retiré le mandat {}", texte::de(personne)),
            Fait::ActeDuRepresentant { le, personne, texte } => representant::acte_recu(*le, personne.as_deref(), texte.as_deref()),
            Fait::AuditionFixee { le, avant, .. } => mots::audition_fixee(*le, *avant),
            Fait::DemandeInstallee { installee_le } => {
                format!("a enregistré l’installation au {}", date_fr(*installee_le))
            }
            Fait::ReserveLevee { le, terme, .. } => mots::reserve_levee(*le, *terme),
            Fait::DemandeCaduque { limite, nature } => mots::accord_caduc(*limite, *nature),
            Fait::DemandeCorrigee { donnees, .. } | Fait::DepartCorrigee { donnees, .. } => {
                format!("a corrigé des données : {}", liste(donnees))
            }
            Fait::InstallationDeclaree { date, .. } => {
                format!("a déclaré son installation au {}", date_fr(*date))
            }
            Fait::InstallationPreuveRefusee { finale, .. } => format!(
                "a refusé la preuve de l’installation : le délai court de nouveau, installation à commencer {}",
                texte::au_plus_tard(*finale)
            ),
            Fait::ReductionSuivie {
                reduction,
                engagement,
                ..
            } => mots::reduction_suivie(*reduction, *engagement),
            Fait::ReductionTerminee { nature, .. } => {
                format!("a constaté la {}", delai(*nature))
            }
            Fait::ReductionRenouvelee {
                nature,
                avant,
                apres,
                ..
            } => format!(
                "a constaté un renouvellement ({}) : du {} au {}",
                delai(*nature),
                date_fr(*avant),
                date_fr(*apres)
            ),
            Fait::DecisionRenvoyee { motif, .. } => mots::renvoyee(motif),
            Fait::PiecesVenues { le, effet: Some(effet) } => format!(
                "toutes les pièces attendues sont reçues le {} : l’accord prend effet le {}",
                date_fr(*le),
                date_fr(*effet)
            ),
            Fait::PiecesVenues { le, effet: None } => {
                format!("toutes les pièces attendues sont reçues le {}", date_fr(*le))
            }
            Fait::RaisonsRecues { le, recours } => format!(
                "raisons du refus notifiées le {} dans l’espace personnel : recours possible {}",
                date_fr(*le),
                texte::au_plus_tard(*recours)
            ),
            Fait::DecisionDeposee { terme } => format!(
                "a mis un document à disposition dans l’espace personnel, à ouvrir {}",
                texte::au_plus_tard(*terme)
            ),
            Fait::DecisionEnvoyee {
                mode,
                envoyee,
                avisee,
                remise,
                retour,
                ..
            } => format!(
                "a suivi l’envoi du {} ({}){}",
                date_fr(*envoyee),
                mode.libelle(),
                mots::suite_de_l_envoi(*remise, *retour, *avisee)
            ),
            Fait::CompteConsentement { jusqu_au: None, .. } => {
                "a accepté de recevoir les décisions dans son espace".into()
            }
            Fait::CompteConsentement {
                jusqu_au: Some(le), ..
            } => format!(
                "a renoncé à recevoir les décisions dans son espace, après le {}",
                date_fr(*le)
            ),
            Fait::CompteDomicile { .. } => "a indiqué son adresse personnelle".into(),
            Fait::DecisionNotifiee {
                issue,
                mode,
                le,
                terme,
                sous_reserve,
                ..
            } => notifiee((*issue, *sous_reserve == Some(true)), *mode, *le, *terme),
            Fait::PieceRecue {
                pieces, remplacees, ..
            } => mots::recues(pieces.len(), remplacees.len()),
            Fait::PieceExaminee {
                document, apres, ..
            } => {
                let verbe = if *apres == EtatPiece::Refusee {
                    "refusé"
                } else {
                    "accepté"
                };
                format!("a {verbe} la pièce « {} »", document.libelle())
            }
            Fait::PieceMiseAPart {
                document, raison, ..
            } => mots::mise_a_part(*document, raison.as_deref()),
            Fait::PiecesDeSanteLues { pieces } => mots::lues(pieces.len()),
            Fait::PieceDeSanteConclue {
                document,
                conclusion,
                ..
            } => mots::conclue(*document, conclusion.as_deref()),
            Fait::PiecesUtilesPassees { pieces, raison } => passees(pieces, raison.as_deref()),
            Fait::EcheanceSuspendue { avant, apres, .. } => {
                deplace("a suspendu", avant.finale, apres.finale)
            }
            Fait::EcheanceReprise { avant, apres, .. } => {
                deplace("a fait reprendre", avant.finale, apres.finale)
            }
            Fait::RappelEnvoye {
                rappelee, avant_le, ..
            } => {
                format!(
                    "a envoyé un rappel : {} au plus tard le {}",
                    delai(*rappelee),
                    date_fr(*avant_le)
                )
            }
            Fait::EtiquettePosee { etiquette, .. } => format!("a posé l’étiquette « {etiquette} »"),
            Fait::EtiquetteRetiree { etiquette, .. } => format!("a retiré l’étiquette « {etiquette} »"),
            Fait::Assignation { personne: Some(qui), .. } => format!("a confié le dossier à {qui}"),
            Fait::Assignation { .. } => "a retiré l’assignation : personne ne suit plus le dossier".to_owned(),
            Fait::AbsenceDeclaree {
                du,
                au,
                absent,
                remplacant,
            } => mots::absence(absent, (*du, *au), remplacant.as_deref()),
            Fait::AbsenceSupprimee { absent } => format!("a supprimé l’absence {}", texte::de(absent)),
            Fait::DepartApresDeces {
                commune, deces_le, ..
            } => mots::apres_deces(commune, *deces_le),
            Fait::DepartDeclaree {
                commune,
                date_cessation,
                ..
            } => format!(
                "a déclaré la cessation définitive de son activité à {commune} le {}",
                date_fr(*date_cessation)
            ),
            Fait::DepartConfirmee {
                etat_place,
                limite_designation,
                ..
            } => {
                format!(
                    "a confirmé le départ : {}",
                    issue(*etat_place, *limite_designation)
                )
            }
            Fait::DecompteCommunique {
                actes,
                du,
                au,
                terme,
                ..
            } => decompte::decompte(*actes, (*du, *au), *terme),
            Fait::DecompteConteste {
                actes,
                selon_la_personne,
                ..
            } => decompte::conteste(*actes, *selon_la_personne),
            Fait::DecompteRepondu {
                suite,
                actes,
                raisons,
                ..
            } => decompte::reponse_au_decompte(*suite, *actes, raisons.as_deref()),
            Fait::PlaceAvisCpd {
                avis,
                etat,
                terme_designation,
                ..
            } => format!(
                "a enregistré l’avis {} de la commission : {}",
                avis.libelle(),
                issue(Some(*etat), *terme_designation)
            ),
            Fait::PlaceReservee { personne, .. } => format!("a réservé la place pour {personne}"),
            Fait::PlacePourvue { personne, .. } => {
                format!("a constaté que la place est pourvue par {personne}")
            }
            Fait::DesignationCreee { rpps, .. } => format!("a désigné la personne de numéro RPPS {rpps}"),
            Fait::AyantDroitHabilite { personne, .. } => {
                format!("a habilité {personne} à désigner le successeur")
            }
            Fait::AyantDroitRetire { personne, .. } => {
                format!("a retiré à {personne} le droit de désigner")
            }
            Fait::ChangementAnnonce { nature, .. } => {
                format!(
                    "a annoncé : {}",
                    texte::minuscule_initiale(nature.libelle())
                )
            }
            Fait::CharteDatee { du, criteres, .. } => {
                let phrase = if criteres.is_empty() {
                    "a mis fin à la charte d’attribution à compter du"
                } else {
                    "a fixé la charte d’attribution applicable à compter du"
                };
                format!("{phrase} {}", date_fr(*du))
            }
            Fait::ConditionsNotees { apres, .. } => mots::conditions(apres),
            Fait::CommissionSaisie { le, avis_attendu } | Fait::PlaceCommissionSaisie { le, avis_attendu } => mots::commission_saisie(*le, *avis_attendu),
            Fait::DocumentEmis { nature, empreinte } => papier::document(*nature, empreinte),
            Fait::AttestationDelivree { nature, .. } => mots::attestation(*nature),
            Fait::SilenceEchu { effet, le } => mots::silence_echu(*effet, *le),
            Fait::SilenceInterroge { effet } => mots::silence_interroge(*effet).to_owned(),
            Fait::SilenceRepondu { effet, .. } => mots::silence_repondu(*effet).to_owned(),
            Fait::DelegationDonnee { titre, personne, du, .. } => signe::donnee(*titre, personne, *du),
            Fait::DelegationFinie { personne, .. } => signe::finie(personne),
            Fait::SignatureChoisie { moyen, .. } => signe::moyen(*moyen),
            Fait::LettreCorrigee { .. } => "a corrigé une erreur de la lettre".into(),
            Fait::LettreSignee { .. } => "a déposé la lettre signée à la main".into(),
            Fait::CaisseLogo { empreinte } => caisse::logo(empreinte.is_some()).into(),
            Fait::PhraseChangee { acte, emploi, titre, .. } => caisse::phrase(*acte, *emploi, titre.as_deref()),
            Fait::CaisseFiche { donnees, .. } => caisse::fiche(donnees),
            Fait::DossierTransmis { numero, vers, .. } => decompte::transmis(numero, vers),
            Fait::DossierRecu { numero, de, .. } => decompte::recu_de(numero, de),
            Fait::AppelOuvert { cloture, .. } => {
                format!(
                    "a ouvert l’appel à candidatures, reçues {}",
                    texte::au_plus_tard(*cloture)
                )
            }
            Fait::AppelRappel { avant_le, .. } => format!(
                "a envoyé un rappel aux candidats : candidatures reçues {}",
                texte::au_plus_tard(*avant_le)
            ),
            Fait::AppelAttribue { personne, .. } => format!("a attribué la place à {personne}"),
            Fait::AppelAttributionCaduque { personne, .. } => format!(
                "a constaté que l’attribution à {personne} est caduque : aucune demande n’a été déposée à temps"
            ),
            Fait::CompteCree { nom, .. } => format!("Compte créé pour {nom}, adresse à confirmer"),
            Fait::SessionMandatChange { role, .. } => {
                format!("agit comme {}", crate::texte::minuscule_initiale(role.libelle()))
            }
            Fait::CompteAgentCree { .. }
            | Fait::CompteMandatDonne { .. }
            | Fait::CompteMandatTermine { .. }
            | Fait::CompteAgentInvite { .. }
            | Fait::CompteFerme { .. }
            | Fait::CompteAdresseDemandee { .. }
            | Fait::CompteAdresseChangee { .. }
            | Fait::IdentiteVerifiee { .. }
            | Fait::CourrielRenvoye { .. }
            | Fait::CourrielRegle { .. } => compte::dire(self),
            Fait::ParametrePropose { .. } => mots::parametre("a proposé", self),
            Fait::ParametreApprouve { .. } => mots::parametre("a approuvé", self),
            Fait::ParametreRejete { .. } => mots::parametre("a rejeté", self),
            Fait::ParametreRetire { .. } => mots::parametre("a retiré", self),
            Fait::MotifPropose { acte, code, le, .. } => mots::motif_propose(*acte, code, *le),
            Fait::MotifApprouve { code, .. } => aide::motif("a approuvé", code),
            Fait::MotifRejete { code, .. } => aide::motif("a rejeté", code),
            Fait::AideProposee { nom, du, .. } => aide::proposee(nom, *du),
            Fait::AideExaminee { nom, etat, .. } => aide::examinee(nom, *etat),
            Fait::ImportCaisses { nombre, .. } => format!("Import de {nombre} organismes"),
            Fait::ImportTribunaux { nombre, .. } => format!("Import du tribunal de {nombre} communes"),
            Fait::ImportCommunes { communes, bassins, .. } => format!("Import de {communes} communes et {bassins} bassins"),
            Fait::ImportZonage { region, effet, .. } => {
                format!(
                    "Arrêté de zonage de la région {region} au {}",
                    dates_fr::longue(*effet)
                )
            }
            Fait::ImportZonageComplete { arrete, .. } => format!("Arrêté {arrete} complété"),
            Fait::RecoursDepose { .. }
            | Fait::RecoursRepondu { .. }
            | Fait::RecoursNotifie { .. }
            | Fait::RecoursTu { .. }
            | Fait::RecoursSaisi { .. }
            | Fait::RecoursJuge { .. }
            | Fait::RecoursAbandonne { .. }
            | Fait::RecoursEffet { .. } => recours::dire(self),
            Fait::DossierRattache { verification } => papier::rattache(verification.as_deref()),
            Fait::DemandePrise { .. } => "a pris le dossier en charge".into(),
            Fait::DemandeComplete { .. } => "a déclaré le dossier complet".into(),
            Fait::CompletAnnule { raison, .. } => mots::complet_annule(raison.as_deref()),
            Fait::DecisionReprise { .. } => "a repris sa proposition de décision".into(),
            Fait::DemandeAccordee { reserve_au, .. } => mots::accordee(*reserve_au),
            Fait::DemandeRefusee { .. } => "a refusé le conventionnement".into(),
            Fait::DemandeRetiree { .. } => "a retiré sa demande".into(),
            Fait::DemandeRetireeSurPapier { recue_le, .. } => papier::retiree(*recue_le),
            Fait::DemandeSansSuite { .. } => {
                "a classé la demande sans suite : les pièces demandées ne sont pas arrivées à temps".into()
            }
            Fait::DecisionProposee {
                sens: Sens::Accord, ..
            } => "a proposé un accord".into(),
            Fait::DecisionProposee {
                sens: Sens::Refus, ..
            } => "a proposé un refus".into(),
            Fait::MessageEnvoye { par_la_caisse, .. } => mots::message(*par_la_caisse).into(),
            Fait::NoteEcrite { .. } => "a écrit une note interne".into(),
            Fait::DepartRejetee { .. } => "a rejeté la déclaration de cessation".into(),
            Fait::DepartRetiree { avant, .. } => mots::depart_retire(*avant).into(),
            Fait::PlaceRouverte { .. } => {
                "a rouvert la place : l’accord est caduc et le délai de désignation court encore".into()
            }
            Fait::PlaceAAttribuer { .. } => {
                "a mis la place à attribuer : aucun successeur dans le délai, la caisse applique une charte".into()
            }
            Fait::PlaceCaduque { .. } => {
                "a constaté que la place est caduque : aucun successeur dans le délai".into()
            }
            Fait::PlaceSansObjet { depuis, .. } => format!(
                "a constaté que la place est sans objet : la zone n’est plus régulée depuis le {}",
                date_fr(*depuis)
            ),
            Fait::DemandeSansSuccession { depuis } => format!(
                "a poursuivi la demande sans succession : la zone n’est plus régulée depuis le {}",
                date_fr(*depuis)
            ),
            Fait::DesignationAcceptee { .. } => "a accepté la désignation".into(),
            Fait::DesignationDeclinee { .. } => "a décliné la désignation".into(),
            Fait::DesignationRenoncee { .. } => "a renoncé à la désignation acceptée".into(),
            Fait::DesignationRetiree { .. } => "a retiré la désignation, sans nommer quelqu’un d’autre".into(),
            Fait::ChangementPrisEnCompte { .. } => "a pris acte d’un changement annoncé".into(),
            Fait::AppelClasse { .. } => "a enregistré le classement de la commission".into(),
            Fait::AppelAttributionAbandonnee { .. } => {
                "a renoncé à la place qui lui était attribuée".into()
            }
            Fait::AppelSansSuite { .. } => "a clos l’appel à candidatures sans suite".into(),
            Fait::CandidatureDeposee { .. } => "a déposé une candidature".into(),
            Fait::CandidatureCorrigee { .. } => "a corrigé sa candidature".into(),
            Fait::CandidatureRetiree { .. } => "a retiré sa candidature".into(),
            Fait::CandidatureVerifiee { .. } => "a vérifié les valeurs d’une candidature".into(),
            Fait::CandidatureEcartee { .. } => "a écarté une candidature".into(),
            Fait::CompteDejaInscrit { .. } => {
                "Nouvelle inscription demandée avec l’adresse d’un compte existant".into()
            }
            Fait::CompteLienDemande { .. } => "Nouveau lien de confirmation demandé".into(),
            Fait::CompteVerifie { .. } => "a confirmé son adresse électronique".into(),
            Fait::CompteVerrouille { .. } => "Compte fermé quelque temps après trop d’échecs".into(),
            Fait::CompteAgenda { .. } => "a créé le lien de son agenda".into(),
            Fait::CompteAgendaRetire { .. } => "a retiré le lien de son agenda".into(),
            Fait::ComptePreferences { .. } => "a choisi les courriels à recevoir".into(),
            Fait::ConnexionOuverte { .. } => "a ouvert une connexion".into(),
            Fait::ConnexionFermee { .. } => "a fermé sa connexion".into(),
            Fait::ConnexionRefusee { .. } => "Connexion refusée".into(),
            Fait::SessionFermee { .. } => "a fermé une de ses connexions".into(),
            Fait::SessionAutresFermees { .. } => "a fermé ses autres connexions".into(),
            Fait::SessionProlongee { .. } => "a prolongé sa connexion".into(),
            Fait::MotDePasseDemande { .. } => "Nouveau mot de passe demandé".into(),
            Fait::MotDePasseChange {
                moyen: MoyenMotDePasse::Lien,
                ..
            } => "a choisi un nouveau mot de passe par le lien reçu".into(),
            Fait::MotDePasseChange { .. } => "a changé son mot de passe".into(),
            Fait::MotDePasseRefuse { .. } => "Changement de mot de passe refusé".into(),
        }
    }
}
