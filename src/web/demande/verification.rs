//! The third step: what will be sent, to check; the documents; the button that sends.

use askama::Template;
use regles::demande::NatureDemande;
use regles::piece::NaturePiece;
use regles::pieces_requises::{self, Cas, PieceRequise};

use super::projet::{CHAMPS, Offre};
use crate::actions::brouillon::Garde;
use crate::actions::depart::declaration::Lieu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::pieces::champ_piece;
use crate::web::kit::erreurs::{Erreurs, cle, entier, oui_non};
use crate::web::liste_pieces;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Controle, DepotVue, ErreurResume, Message};
use crate::web::visite::Visite;

#[derive(Template)]
#[template(path = "demande/verification.html")]
struct VerificationPage {
    page: Page,
    caches: Vec<Champ>,
    faits: Vec<(&'static str, String)>,
    avertissements: Vec<Message>,
    pieces: Vec<DepotVue>,
    etat: String,
}

/// The documents that this project calls for, and why.
fn requises(
    visite: &Visite,
    offre: &Offre,
    saisie: &Saisie,
) -> Result<Vec<PieceRequise>, WebError> {
    let nombre = |nom| entier(saisie, nom, &mut Erreurs::default());
    let motif = offre
        .motifs
        .iter()
        .find(|m| m.code == saisie.texte("motif"));
    let cas = Cas {
        demarche: offre.nature.into(),
        motif,
        entree_formation: nombre("entree_formation"),
        heures: [nombre("heures_etablissement"), nombre("heures_clinicat")],
        engagement_zone: oui_non(saisie, "engagement_zone"),
    };
    pieces_requises::requises(&visite.etat.reglement(), visite.aujourd_hui(), &cas)
        .map_err(WebError::interne)
}

/// One file field per document, with why it is called for; the last one takes several files. What the draft holds is
/// shown, even if the project does not call for it any more.
fn depots(
    visite: &Visite,
    requises: &[PieceRequise],
    erreurs: &Erreurs,
    garde: &Garde,
) -> Vec<DepotVue> {
    let depot = |nature: NaturePiece, aide: &str| {
        let nom = champ_piece(nature);
        depot::champ(visite, &nom, nature.libelle(), aide, garde, erreurs)
            .si("à joindre dès que vous l’avez")
    };
    let mut depots: Vec<DepotVue> = requises
        .iter()
        .map(|r| depot(r.nature, &liste_pieces::pourquoi(r)))
        .collect();
    let tenues = NaturePiece::TOUS.iter().filter(|n| {
        **n != NaturePiece::Autre
            && requises.iter().all(|r| r.nature != **n)
            && garde.pieces.iter().any(|p| p.champ == champ_piece(**n))
    });
    depots.extend(tenues.map(|n| {
        depot(
            *n,
            "Votre projet ne l’appelle plus : gardez-la ou retirez-la.",
        )
    }));
    let mut autres = depot(NaturePiece::Autre, "");
    if let Controle::Fichier { plusieurs, .. } = &mut autres.champ.controle {
        *plusieurs = true;
    }
    autres.champ.libelle = "Autres documents".to_owned();
    depots.push(autres);
    depots
}

/// The third step, with what is wrong with the files.
pub(super) fn construire(
    visite: &Visite,
    offre: &Offre,
    saisie: &Saisie,
    lieu: &Lieu,
    erreurs: &Erreurs,
    garde: &Garde,
) -> Result<impl Template + use<>, WebError> {
    let caches = CHAMPS
        .iter()
        .map(|nom| {
            let valeur = match *nom {
                "commune" => lieu.commune.insee.as_str(),
                nom => saisie.texte(nom),
            };
            Champ::cache(*nom, valeur)
        })
        .chain([Champ::cache("cle", cle(saisie))])
        .collect();
    let pieces = depots(visite, &requises(visite, offre, saisie)?, erreurs, garde);
    let mut page = visite
        .page("Vérifiez et envoyez votre demande")
        .surtitre("Étape 3 sur 3")
        .ariane("Mon espace", "/espace")
        .ariane("Déposer une demande", "/demandes/nouvelle")
        .rubrique("/espace");
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    let page = page.erreurs_de(pieces.iter().map(|d| &d.champ));
    Ok(VerificationPage {
        page,
        caches,
        faits: faits(offre, saisie, lieu),
        avertissements: lieu
            .zone
            .avertissements
            .iter()
            .map(|a| Message::attention(a.clone()))
            .collect(),
        pieces,
        etat: brouillon::etat(visite, garde),
    })
}

fn faits(offre: &Offre, saisie: &Saisie, lieu: &Lieu) -> Vec<(&'static str, String)> {
    let mut faits = vec![("Demande", offre.nature.libelle().to_owned())];
    match offre.nature {
        NatureDemande::Succession => {
            let cedant = offre
                .designations
                .iter()
                .find(|d| d.designation.id.to_string() == saisie.texte("designation"))
                .map(|d| format!("{}, à {}", d.cedant.nom_complet(), d.commune));
            faits.push(("Vous succédez à", cedant.unwrap_or_default()));
        }
        NatureDemande::Derogation => {
            let motif = offre
                .motifs
                .iter()
                .find(|m| m.code == saisie.texte("motif"))
                .map(|m| m.libelle.clone());
            faits.push(("Motif", motif.unwrap_or_default()));
            faits.push(("Exposé", saisie.texte("expose").to_owned()));
            if offre.suit_une_reduction(saisie.texte("motif")) {
                faits.extend([
                    (
                        "Confrère établi (RPPS)",
                        saisie.texte("etabli_rpps").to_owned(),
                    ),
                    (
                        "Réduction de son activité",
                        format!("{} %", saisie.texte("baisse")),
                    ),
                    ("Début de la réduction", saisie.texte("debut").to_owned()),
                    (
                        "Durée de la réduction",
                        format!("{} mois", saisie.texte("duree_mois")),
                    ),
                ]);
            }
        }
        NatureDemande::HorsRegulation => {}
    }
    let texte = |nom: &str| match saisie.texte(nom) {
        "" => "non renseigné".to_owned(),
        "oui" => "oui".to_owned(),
        "non" => "non".to_owned(),
        autre => autre.to_owned(),
    };
    faits.extend([
        (
            "Lieu d’exercice",
            format!("{}, {}", saisie.texte("adresse"), lieu.commune.nom),
        ),
        (
            "Zone",
            format!("{} ({})", lieu.zone.bassin_nom, lieu.zone.categorie),
        ),
        (
            "Déjà conventionné dans la zone",
            texte("deja_conventionne_zone"),
        ),
        ("Entrée en formation", texte("entree_formation")),
        ("Heures en établissement", texte("heures_etablissement")),
        ("Heures de clinicat", texte("heures_clinicat")),
        ("Engagement en zone sous-dotée", texte("engagement_zone")),
    ]);
    faits
}
