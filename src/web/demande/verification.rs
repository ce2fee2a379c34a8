//! The third step: what will be sent, to check; the documents; the button that sends.

use regles::derogation::Motif;
use regles::piece::NaturePiece;
use regles::pieces_requises::{PieceRequise, requises};
use regles::sante::touche_la_sante;

use super::formulaire::Parties;
use super::guichet::Guichet;
use super::offre::Offre;
use crate::actions::brouillon::Garde;
use crate::actions::demande::{self, Fondement, Projet};
use crate::actions::depart::declaration::Lieu;
use crate::actions::piece;
use crate::actions::piece::liste;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::etape::Etape;
use crate::web::liste_pieces;
use crate::web::saisie::Saisie;
use crate::web::ui::{Controle, DepotVue, ErreurResume, Message};
use crate::web::visite::Visite;

/// The documents that this project calls for, and why.
fn appelees(visite: &Visite, offre: &Offre, p: &Projet) -> Result<Vec<PieceRequise>, WebError> {
    let cas = liste::cas(offre.nature, motif(offre, p), &p.conditions);
    requises(&visite.etat.reglement(), visite.aujourd_hui(), &cas).map_err(WebError::interne)
}

/// The ground that this project invokes.
fn motif<'a>(offre: &'a Offre, p: &Projet) -> Option<&'a Motif> {
    match &p.fondement {
        Fondement::Derogation { motif, .. } => offre.motifs.iter().find(|m| m.code == *motif),
        _ => None,
    }
}

/// One file field per document, with why it is called for; the last one takes several files. What the draft holds is
/// shown, even if the project does not call for it any more.
fn depots(
    visite: &Visite,
    (requises, motif): (&[PieceRequise], Option<&Motif>),
    saisie: &Saisie,
    erreurs: &Erreurs,
    garde: &Garde,
) -> Vec<DepotVue> {
    let depot = |nature: NaturePiece, aide: &str| {
        let nom = piece::champ(nature);
        let aide = match touche_la_sante(nature, motif, false) {
            true => format!("Seul le praticien-conseil lira ce document. {aide}"),
            false => aide.to_owned(),
        };
        let depot = depot::champ(visite, &nom, nature.libelle(), &aide, garde, erreurs)
            .si("à joindre dès que vous l’avez");
        match touche_la_sante(nature, motif, false) {
            true => depot,
            false => depot.sante(fichiers::case_sante(&nom, nature.libelle(), saisie)),
        }
    };
    let mut depots: Vec<DepotVue> = requises
        .iter()
        .map(|r| depot(r.nature, &liste_pieces::pourquoi(r)))
        .collect();
    let tenues = NaturePiece::TOUS.iter().filter(|n| {
        **n != NaturePiece::Autre
            && requises.iter().all(|r| r.nature != **n)
            && garde.pieces.iter().any(|p| p.champ == piece::champ(**n))
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
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub(super) fn construire(
    visite: &Visite,
    (guichet, offre): (&Guichet, &Offre),
    (parties, projet, lieu): (Parties, &Projet, &Lieu),
    saisie: &Saisie,
    fautes: &Erreurs,
    garde: &Garde,
) -> Result<Etape, WebError> {
    let pieces = depots(
        visite,
        (&appelees(visite, offre, projet)?, motif(offre, projet)),
        saisie,
        fautes,
        garde,
    );
    let mots = guichet.mots();
    let mut page = guichet
        .page(visite, mots.verification, "Étape 3 sur 3")
        .ariane(mots.nature, guichet.chemin());
    if let Some(phrase) = fautes.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    let page = page.erreurs_de(pieces.iter().map(|d| &d.champ));
    let reduction = match &projet.fondement {
        Fondement::Derogation { motif, .. } => offre.suit_une_reduction(motif),
        _ => false,
    };
    let zone = &lieu.zone;
    let situe = [
        (
            "Lieu d’exercice",
            format!("{}, {}", projet.adresse, lieu.commune.nom),
        ),
        ("Zone", format!("{} ({})", zone.bassin_nom, zone.categorie)),
    ]
    .map(|(libelle, dit)| (libelle.to_owned(), dit));
    let mut faits = vec![("Demande".to_owned(), offre.nature.libelle().to_owned())];
    faits.extend(parties.dits(reduction, situe));
    let annonces = demande::annoncer(
        &visite.etat.reglement(),
        visite.aujourd_hui(),
        projet,
        zone.categorie,
    )
    .map_err(WebError::interne)?;
    let avertissements = zone.avertissements.iter().cloned().chain(annonces);
    Ok(Etape {
        messages: (offre.sans_domicile.iter().cloned())
            .chain(avertissements.map(Message::attention))
            .collect(),
        caches: parties.ensemble().caches(),
        faits: Some((mots.projet, faits)),
        depots: (mots.pieces, pieces),
        bouton: ("envoyer", mots.envoyer),
        modifier: Some(mots.modifier),
        etat: brouillon::etat(visite, garde),
        ..Etape::new(guichet.formulaire(), page, "")
    })
}
