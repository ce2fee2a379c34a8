//! Examining the documents of a file: the list and the two answers on one side, the document on the other, all in sight.

use askama::Template;
use chrono::NaiveDateTime;
use regles::droits::INSTRUCTION;
use regles::liste_pieces::Ligne;
use regles::phrase::{Emploi, Marque};
use regles::piece::{self, Evenement, NaturePiece};
use regles::texte;

use super::acces::avec_apercu;
use super::erreur::WebError;
use super::filters;
use super::kit::entre_temps;
use super::kit::essai::Essai;
use super::liste_pieces::{self, Fonds};
use super::page::{Largeur, Lien, Page};
use super::phrases::Inserer;
use super::saisie::Saisie;
use super::ui::{ApercuVue, Bandeau, Champ, ListePiecesVue, Message, Taille};
use super::visite::{Reponse, Visite};
use crate::actions::ActionError;
use crate::db::piece::Piece;

/// What is examined: a request or a departure, with its documents.
pub(super) struct Dossier {
    /// Above the title: whose it is.
    pub(super) surtitre: String,
    /// «Ce dossier», «Ce départ».
    pub(super) quoi: &'static str,
    /// Where its list is: `/dossiers`, `/departs`.
    pub(super) file: Lien,
    /// The file itself, and how one goes back to it.
    pub(super) fiche: Lien,
    /// The words of the link back.
    pub(super) retour: &'static str,
    /// Its number.
    pub(super) numero: String,
    /// What was declared, to compare with what is read.
    pub(super) declare: Vec<(&'static str, String)>,
    /// Its status line.
    pub(super) bandeau: Bandeau,
    /// The thread of its events.
    pub(super) dossier_id: i64,
    /// The version that the answers rest on.
    pub(super) version: i32,
    /// Its documents.
    pub(super) pieces: Vec<Piece>,
    /// Where each stands.
    pub(super) lignes: Vec<Ligne>,
    /// Whether documents may still be accepted or refused.
    pub(super) ouvert: bool,
    /// PRO-14: the praticien-conseil concludes, on the documents that touch health; everything is under this address.
    pub(super) sante: Option<String>,
    /// When a decision was taken: what had come by then does not change any more.
    pub(super) decidee: Option<NaiveDateTime>,
}

/// A document with its two answers.
struct Examen {
    /// None for who may not read it.
    apercu: Option<ApercuVue>,
    /// Where an agent puts it apart, when it is not (PRO-14).
    mettre_a_part: Option<String>,
    /// The words of the two answers.
    boutons: [&'static str; 2],
    /// PRO-14: a sentence goes with either answer; a reason, with a refusal alone.
    conclut: bool,
    /// The reason is shown.
    refus_ouvert: bool,
    phrases: Inserer,
    url: String,
    motif: Champ,
    nom: String,
    /// It gave way to another one, a decision rests on it, or the file is closed: there is nothing to say of it.
    clos: bool,
}

#[derive(Template)]
#[template(path = "examen.html")]
struct ExamenPage {
    page: Page,
    bandeau: Bandeau,
    message: Option<Message>,
    /// What was done since the page of the form.
    changements: Vec<String>,
    version: [Champ; 2],
    pieces: ListePiecesVue,
    examen: Option<Examen>,
    declare: Vec<(&'static str, String)>,
    /// The documents before and after the one that is shown, in the order of the list.
    voisines: (Option<String>, Option<String>),
    retour: Lien,
    /// Whether who looks may answer.
    repond: bool,
}

/// What an agent answered of one document.
#[derive(Clone)]
pub(super) struct Reponses {
    /// The document.
    pub(super) piece: i64,
    /// Accepted or refused.
    pub(super) verdict: Evenement,
    /// Why it is refused.
    pub(super) motif: String,
    /// The last event that the page of the form had shown.
    vu: Option<i64>,
}

/// Reads the answer of a form.
///
/// # Errors
/// It is neither of the two.
pub(super) fn lire(saisie: &Saisie, piece: i64) -> Result<Reponses, WebError> {
    let verdict = match saisie.texte("action") {
        "accepter" => Evenement::Accepter,
        "refuser" => Evenement::Refuser,
        autre => return Err(WebError::Illisible(format!("action {autre}"))),
    };
    Ok(Reponses {
        piece,
        verdict,
        motif: en_une_ligne(saisie.texte(&format!("motif_{piece}"))),
        vu: entre_temps::vu(saisie),
    })
}

/// A reason is a sentence, however it was laid out.
fn en_une_ligne(motif: &str) -> String {
    motif.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said once the praticien-conseil has concluded.
pub(super) const CONCLU: &str =
    "Votre conclusion est enregistrée. La personne et la caisse la lisent dans le dossier.";

/// What is said once a document is examined.
pub(super) fn phrase(verdict: Evenement) -> &'static str {
    if verdict == Evenement::Accepter {
        "La pièce est acceptée."
    } else {
        "La pièce est refusée. La personne le lit dans un courriel, et peut envoyer un autre document."
    }
}

/// The page; after an answer that was refused, what was typed is still there and the error is beside its field.
///
/// # Errors
/// An error that is ours, or the database does not answer.
pub(super) async fn montrer(
    visite: &Visite,
    dossier: Dossier,
    montree: Option<i64>,
    echec: Option<(Reponses, ActionError)>,
) -> Reponse {
    let mut essai = Essai::default();
    let reponses = echec.map(|(reponses, refus)| {
        essai.refus = Some(refus);
        reponses
    });
    let dit = essai.dire(dossier.quoi)?;
    let vu = reponses
        .as_ref()
        .and_then(|r| r.vu)
        .filter(|_| dit.conflit());
    let faute = dit.erreurs.toutes().next().map(|(_, p)| p.to_owned());
    let saisi = reponses.map(|r| (r.piece, r.motif, faute));
    let (changements, dernier) = entre_temps::changements(visite, dossier.dossier_id, vu).await?;
    let montree = saisi.as_ref().map(|(id, ..)| *id).or(montree);
    let choisie = choisir(&dossier.pieces, &dossier.lignes, montree);
    let conclut = dossier.sante.is_some();
    let (base, adresse) = match &dossier.sante {
        Some(url) => (format!("{url}/pieces"), url.clone()),
        None => {
            let base = format!("{}/pieces", dossier.fiche.url);
            (base.clone(), base)
        }
    };
    // Whoever reads files sees the documents as who examines them does, without the two answers.
    let repond = conclut || INSTRUCTION.permet(Some(visite.qui()?.role));
    let ouverte =
        |p: &Piece| repond && dossier.ouvert && p.emploi(dossier.decidee) == piece::Emploi::Courant;
    let mut examen = choisie.map(|p| examen(p, &base, (ouverte(p), conclut), saisi.as_ref()));
    if let (Some(e), Some(p), false) = (&mut examen, choisie, conclut)
        && !e.clos
    {
        e.proposer(visite, &dossier.numero, p, &adresse).await?;
    }
    let url = |id| format!("{adresse}?piece={id}#apercu");
    let fonds = Fonds {
        pieces: &dossier.pieces,
        decidee: dossier.decidee,
    };
    let pieces = liste_pieces::pour_la_caisse(&dossier.lignes, fonds, url, choisie.map(|p| p.id));
    let voisines = voisines(&pieces);
    let page = visite
        .page(match conclut {
            true => "Conclure sur les pièces de santé",
            false if repond => "Examiner les pièces",
            false => "Lire les pièces",
        })
        .surtitre(&dossier.surtitre)
        .ariane(&dossier.file.libelle, &dossier.file.url)
        .ariane(&dossier.fiche.libelle, &dossier.fiche.url)
        .rubrique(&dossier.file.url)
        .largeur(Largeur::Pleine)
        .erreurs_de(examen.iter().map(|e| &e.motif));
    let vue = ExamenPage {
        page,
        message: dit.message,
        changements,
        version: entre_temps::reperes(dossier.version, dernier, None),
        pieces,
        examen,
        declare: dossier.declare,
        voisines,
        retour: match &dossier.sante {
            Some(url) => Lien::new(dossier.retour, format!("{url}/pieces.zip")),
            None => Lien::new(dossier.retour, &dossier.fiche.url),
        },
        bandeau: dossier.bandeau,
        repond,
    };
    visite.rendre_avec(&vue, dit.statut).map(avec_apercu)
}

impl Examen {
    /// The sentences of the caisse for a refusal, and the one that the address takes.
    async fn proposer(
        &mut self,
        visite: &Visite,
        numero: &str,
        p: &Piece,
        adresse: &str,
    ) -> Result<(), WebError> {
        let nom = self.motif.nom.clone();
        let ici = format!("{adresse}?piece={}#apercu", p.id);
        let piece = vec![(Marque::Piece, texte::minuscule_initiale(p.nature.libelle()))];
        let champ = (nom.as_str(), ici.as_str());
        let phrases = Inserer::lire(visite, Emploi::RefusPiece, Some(numero), piece, champ).await?;
        if let (Some(phrase), true) = (phrases.choisie(visite), self.motif.valeur.is_empty()) {
            self.motif.valeur = phrase;
            self.refus_ouvert = true;
        }
        self.phrases = phrases.touches();
        Ok(())
    }
}

/// The documents around the one that is shown, in the order of the list.
fn voisines(pieces: &ListePiecesVue) -> (Option<String>, Option<String>) {
    let lus: Vec<_> = pieces
        .lignes
        .iter()
        .flat_map(|l| &l.documents)
        .filter_map(|d| Some((d.montre, d.url.as_ref()?)))
        .collect();
    let Some(ici) = lus.iter().position(|(montre, _)| *montre) else {
        return (None, None);
    };
    let a = |rang: Option<usize>| Some(lus.get(rang?)?.1.clone());
    (a(ici.checked_sub(1)), a(ici.checked_add(1)))
}

fn examen(
    p: &Piece,
    base: &str,
    (ouvert, conclut): (bool, bool),
    saisi: Option<&(i64, String, Option<String>)>,
) -> Examen {
    let nom = format!("motif_{}", p.id);
    let champ = match conclut {
        true => Champ::texte(nom, "Votre conclusion")
            .taille(Taille::Long)
            .aide("Une phrase courte, sans aucun détail médical : la personne, la caisse et la commission la lisent."),
        false => Champ::zone(nom, "Pourquoi la refuser", 4)
            .taille(Taille::Long)
            .aide("La personne le lira, par courriel et dans son espace.")
            .si("à remplir pour la refuser"),
    };
    let motif = match saisi {
        Some((id, texte, erreur)) if *id == p.id => {
            champ.valeur(texte.clone()).erreur(erreur.clone())
        }
        _ => champ.valeur(p.motif.clone().unwrap_or_default()),
    };
    Examen {
        apercu: liste_pieces::apercu(p),
        url: format!("{base}/{}", p.id),
        motif,
        nom: p.nature.libelle().to_owned(),
        conclut,
        phrases: Inserer::default(),
        refus_ouvert: saisi.is_some_and(|(id, ..)| *id == p.id),
        mettre_a_part: (!p.sante && ouvert).then(|| format!("/pieces/{}/sante", p.id)),
        boutons: match conclut {
            true => ["La pièce établit le motif", "Elle ne l’établit pas"],
            false => ["Accepter", "Refuser"],
        },
        // Its sender and the praticien-conseil alone read what touches health.
        clos: !ouvert
            || p.contenu.is_none()
            || matches!(
                p.nature,
                NaturePiece::QualiteAyantDroit | NaturePiece::MandatEcrit
            ),
    }
}

/// The document asked for; otherwise the first to examine, in the order of the list, or the last received.
fn choisir<'a>(pieces: &'a [Piece], lignes: &[Ligne], montree: Option<i64>) -> Option<&'a Piece> {
    let de_la_liste = lignes.iter().flat_map(|l| &l.pieces);
    pieces
        .iter()
        .find(|p| Some(p.id) == montree)
        .or_else(|| {
            de_la_liste
                .filter_map(|id| pieces.iter().find(|p| p.id == *id))
                .find(|p| liste_pieces::a_examiner(p))
        })
        .or_else(|| pieces.iter().find(|p| liste_pieces::a_examiner(p)))
        .or_else(|| pieces.iter().rfind(|p| p.remplacee_par.is_none()))
}
