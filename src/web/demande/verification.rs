//! The third step: what will be sent, to check; the documents; the button that sends.

use askama::Template;

use super::projet::{CHAMPS, Offre};
use crate::actions::brouillon::Garde;
use crate::actions::cessation::Lieu;
use crate::domain::demande::NatureDemande;
use crate::domain::piece::NaturePiece;
use crate::web::brouillon::{self, depot};
use crate::web::espace::erreurs::{Erreurs, cle};
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

/// Name of the file field of a kind of document.
pub(super) fn champ_piece(nature: NaturePiece) -> String {
    format!("piece_{}", nature.as_str())
}

/// The kinds of documents offered for a kind of request; the last one takes several files.
pub(super) fn natures(nature: NatureDemande) -> impl Iterator<Item = NaturePiece> {
    NaturePiece::attendues(nature)
        .iter()
        .copied()
        .chain([NaturePiece::Autre])
}

/// The third step, with what is wrong with the files.
pub(super) fn construire(
    visite: &Visite,
    offre: &Offre,
    saisie: &Saisie,
    lieu: &Lieu,
    erreurs: &Erreurs,
    garde: &Garde,
) -> impl Template + use<> {
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
    let pieces: Vec<DepotVue> = natures(offre.nature)
        .map(|nature| {
            let (nom, libelle) = (champ_piece(nature), nature.libelle());
            let mut depot = depot::champ(visite, &nom, libelle, "", garde, erreurs).facultatif();
            if let (NaturePiece::Autre, Controle::Fichier { plusieurs, .. }) =
                (nature, &mut depot.champ.controle)
            {
                *plusieurs = true;
                depot.champ.libelle = "Autres documents".to_owned();
            }
            depot
        })
        .collect();
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
    VerificationPage {
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
    }
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
