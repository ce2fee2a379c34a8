//! The blocks of a file: what the rules say, the facts, the documents, the decision, the timeline.

use chrono::NaiveDate;
use regles::conventionnement::{AvisCpd, ResultatConventionnement};
use regles::decision::EtatDecision;
use regles::demande::{NatureDemande, Sens};
use regles::derogation;
use regles::manque::{self, Lecteur};
use regles::reglement::Reglement;
use regles::texte;

use super::super::audition;
use super::super::objet::adresse;
use super::{Lecture, pastille_resultat};
use crate::clock::jour_a_paris;
use crate::db::piece::{EtatPiece, Piece, PieceDemandee};
use crate::web::demande::Conditions;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::liste_pieces::{self, Fonds};
use crate::web::ui::{Etat, FichierVue, ListePiecesVue, Message, Pastille, PourquoiVue};
use crate::web::vues;

/// A fact with its label.
pub struct Fait {
    /// What it is.
    pub libelle: String,
    /// What was said.
    pub valeur: String,
    /// A page that says more.
    pub url: Option<String>,
}

impl Fait {
    /// A fact that leads nowhere.
    pub fn new(libelle: impl Into<String>, valeur: impl Into<String>) -> Self {
        Fait {
            libelle: libelle.into(),
            valeur: valeur.into(),
            url: None,
        }
    }
}

/// A decision, proposed or taken.
pub struct DecisionVue {
    /// Where it stands.
    pub pastille: Pastille,
    /// Its title.
    pub titre: &'static str,
    /// Who, when.
    pub phrase: String,
    /// Reasons.
    pub motifs: String,
    /// Why it departs from the opinion of the commission.
    pub ecart: Option<String>,
    /// Where the proof of its notification is, once it is signed.
    pub preuve: Option<String>,
}

type Evaluation = (&'static str, Option<(Pastille, String, PourquoiVue)>);

/// What the rules say today, with what lacks; or, once decided, what they said that day, as it was stored (EXP-2).
///
/// # Errors
/// A stored explanation that does not read, or no parameter in force.
pub fn evaluation(reglement: &Reglement, lecture: &Lecture) -> Result<Evaluation, WebError> {
    if let Some(evaluation) = &lecture.evaluation {
        let resultat = evaluation.conclusion.resultat;
        let mut phrase = match &evaluation.zone {
            Ok(zone) => format!(
                "Zone {} ({}), {} aujourd’hui.",
                texte::de(&zone.bassin_nom),
                zone.bassin,
                zone.categorie
            ),
            Err(raison) => format!("La zone ne peut pas être établie : {raison}."),
        };
        for manque in manque::de_la_demande(
            reglement,
            evaluation.faits.date,
            &evaluation.faits.conventionnement,
            &evaluation.conclusion,
            Lecteur::Agent,
        )
        .map_err(WebError::interne)?
        {
            phrase.push(' ');
            phrase.push_str(&manque);
        }
        let pourquoi =
            vues::pourquoi_de_la_demande(resultat.libelle(), resultat, &evaluation.explication)?;
        return Ok((
            "Ce que disent les règles aujourd’hui",
            Some((pastille_resultat(resultat), phrase, pourquoi)),
        ));
    }
    let Some((decision, _, _)) = &lecture.decision else {
        return Ok(("", None));
    };
    let resultat: ResultatConventionnement =
        decision.resultat.parse().map_err(WebError::interne)?;
    let explication = serde_json::from_str(&decision.explication).map_err(WebError::interne)?;
    let pourquoi = vues::pourquoi_de_la_demande(resultat.libelle(), resultat, &explication)?;
    let jour = decision.decidee_le.unwrap_or(decision.proposee_le);
    Ok((
        "Ce que disaient les règles le jour de la décision",
        Some((
            pastille_resultat(resultat),
            format!(
                "Évaluation du {}, zone {}, conservée sans changement.",
                texte::date_fr(jour_a_paris(jour)),
                decision.categorie
            ),
            pourquoi,
        )),
    ))
}

/// What has to be known before acting.
pub fn messages(lecture: &Lecture) -> Vec<Message> {
    let d = &lecture.dossier.demande;
    let mut messages = super::zone::messages(lecture);
    let non_lus = lecture.messages.non_lus;
    if non_lus > 0 {
        messages.insert(
            0,
            Message::attention(format!(
                "{} non lu{} {}.",
                texte::pluriel(non_lus, "message", "messages"),
                texte::marque(non_lus),
                texte::de(lecture.dossier.kine.nom_complet())
            ))
            .lien("Lire et répondre", lecture.messages.url.clone()),
        );
    }
    if let Some((place, _)) = &lecture.depart
        && place.etat.prise()
        && !d.etat.consomme()
        && d.etat.en_cours()
    {
        messages.push(Message::erreur(
                "La place de cette succession est déjà attribuée à une autre demande : un départ n’ouvre qu’une arrivée.",
            ));
    }
    messages
}

/// What the applicant said.
pub fn faits(lecture: &Lecture) -> Vec<Fait> {
    let dossier = &lecture.dossier;
    let d = &dossier.demande;
    let mut faits = vec![
        Fait::new("Nature", d.nature.libelle()),
        Fait::new("RPPS", dossier.kine.rpps.clone()),
        Fait::new("Courriel", dossier.courriel.clone()),
    ];
    if let Some(telephone) = &dossier.kine.telephone {
        faits.push(Fait::new("Téléphone", telephone.clone()));
    }
    faits.push(Fait {
        libelle: "Lieu d’exercice".to_owned(),
        valeur: format!("{}, {}", d.adresse, dossier.commune),
        url: Some(format!("/zones/{}", d.insee)),
    });
    faits.push(Fait {
        libelle: "Zone".to_owned(),
        valeur: format!(
            "{} ({}), {} au dépôt",
            dossier.bassin, d.bassin_code, d.categorie_depot
        ),
        url: Some(format!("/grand-livre/{}", d.bassin_code)),
    });
    faits.extend(super::zone::faits(lecture));
    if d.nature == NatureDemande::Derogation {
        derogation(lecture, &mut faits);
    }
    let dites = Conditions::from(&d.conditions).dits().into_iter();
    faits.extend(dites.map(|(libelle, valeur)| Fait::new(libelle, valeur)));
    faits.push(Fait::new("Dépôt", texte::datetime_fr(d.deposee_le)));
    if let Some(le) = d.complete_le {
        faits.push(Fait::new("Dossier complet", texte::date_fr(le)));
    }
    faits
}

fn derogation(lecture: &Lecture, faits: &mut Vec<Fait>) {
    let d = &lecture.dossier.demande;
    let famille = d.derogation_famille.as_deref().unwrap_or_default();
    faits.push(Fait::new(
        "Dérogation",
        match &lecture.motif {
            Some(m) => format!(
                "{} : {}",
                derogation::famille(famille),
                texte::minuscule_initiale(&m.libelle)
            ),
            None => derogation::famille(famille).to_owned(),
        },
    ));
    if let Some(r) = &lecture.reduction {
        faits.push(Fait::new("Confrère établi (RPPS)", r.rpps.clone()));
        faits.push(Fait::new("Réduction d’activité", vues::reduction(r)));
    }
    if let Some(expose) = &d.derogation_expose {
        faits.push(Fait::new("Exposé", expose.clone()));
    }
    let avis = d
        .derogation_avis_cpd
        .map_or("pas encore rendu", AvisCpd::libelle);
    faits.push(Fait::new("Avis de la commission", avis));
    if let Some(dite) = audition::dite(d) {
        faits.push(Fait::new("Audition", dite));
    }
}

/// The departure that opens the place of a succession.
pub fn depart(lecture: &Lecture) -> Vec<Fait> {
    let Some((place, depart)) = &lecture.depart else {
        return Vec::new();
    };
    let c = &depart.depart;
    let mut faits = vec![
        Fait {
            libelle: "Cédant".to_owned(),
            valeur: depart.kine.nom_complet(),
            url: Some(format!("/departs/{}", c.id)),
        },
        Fait::new(
            "Cessation",
            format!("{}, {}", texte::date_fr(c.date_cessation), depart.commune),
        ),
        Fait::new("Place", place.etat.libelle()),
    ];
    if let Some(limite) = place.limite_designation {
        faits.push(Fait::new(
            "Désignation possible au plus tard le",
            texte::date_fr(limite),
        ));
    }
    faits
}

/// A document received.
pub fn fichier(p: &Piece) -> FichierVue {
    let ton = match p.etat {
        EtatPiece::Recue => Etat::AFaire,
        EtatPiece::Acceptee => Etat::Fait,
        EtatPiece::Refusee => Etat::Retard,
    };
    let mut mention = format!("déposée le {}", texte::date_fr(jour_a_paris(p.deposee_le)));
    if let Some(motif) = p.motif.as_ref().filter(|_| !p.sante) {
        mention.push_str(&format!(" ; refusée : {motif}"));
    }
    let vue = FichierVue::new(p.nature.libelle(), Pastille::new(ton, p.etat.libelle()));
    match &p.contenu {
        Some(c) => vue
            .recu(
                c.nom.clone(),
                c.taille.unsigned_abs(),
                liste_pieces::media(&c.media),
                format!("/pieces/{}", p.id),
            )
            .mention(mention),
        None => vue.mention(format!("{mention} ; {}", liste_pieces::A_PART)),
    }
}

/// What the case calls for and why, and where each document stands.
pub fn pieces(lecture: &Lecture, examen: bool) -> ListePiecesVue {
    let d = &lecture.dossier.demande;
    let url = |id| match examen {
        true => format!("/dossiers/{}/pieces?piece={id}#apercu", d.numero),
        false => format!("/pieces/{id}"),
    };
    let fonds = Fonds {
        pieces: &lecture.pieces,
        decidee: lecture.decision.as_ref().and_then(|(d, _, _)| d.decidee_le),
    };
    liste_pieces::pour_la_caisse(&lecture.lignes, fonds, url, None)
}

/// A document that was asked for.
pub fn demandee(p: &PieceDemandee, jour: NaiveDate) -> FichierVue {
    let pastille = match p.recue_le {
        Some(le) => Pastille::new(
            Etat::Fait,
            format!("Reçue le {}", texte::date_fr(jour_a_paris(le))),
        ),
        None if p.limite < jour => Pastille::new(Etat::Retard, "Non reçue à temps"),
        None => Pastille::new(Etat::AFaire, "Attendue"),
    };
    let mut mention = format!(
        "Demandée le {}, à fournir au plus tard le {} (inclus)",
        texte::date_fr(jour_a_paris(p.demandee_le)),
        texte::date_longue(p.limite)
    );
    if let Some(precision) = &p.precision {
        mention = format!("{} {mention}.", phrase(precision));
    }
    FichierVue::new(p.nature.libelle(), pastille).mention(mention)
}

/// What an agent wrote, ended as a sentence.
fn phrase(texte: &str) -> String {
    let texte = texte.trim();
    if texte.ends_with(['.', '!', '?', '…']) {
        texte.to_owned()
    } else {
        format!("{texte}.")
    }
}

/// The decision under way or taken.
pub fn decision(lecture: &Lecture) -> Option<DecisionVue> {
    let (decision, prenom, nom) = lecture.decision.as_ref()?;
    let proposee = format!(
        "{} proposé par {prenom} {nom} le {}",
        decision.sens.libelle(),
        texte::date_fr(jour_a_paris(decision.proposee_le))
    );
    let (titre, phrase) = match (decision.etat, &decision.signataire, decision.decidee_le) {
        (EtatDecision::Decidee, Some(signataire), Some(le)) => {
            let qualite = decision.signataire_qualite.as_deref().unwrap_or_default();
            let le = texte::date_fr(jour_a_paris(le));
            (
                "Décision",
                format!(
                    "{proposee}, signé par {signataire}, {qualite}, le {le}. Fondement : {}.",
                    decision.fondement
                ),
            )
        }
        _ => (
            "Décision proposée",
            format!("{proposee}. Fondement : {}.", decision.fondement),
        ),
    };
    let (etat, mot) = match (decision.etat, decision.sens) {
        (EtatDecision::Decidee, Sens::Accord) => (Etat::Fait, "Accordé"),
        (EtatDecision::Decidee, Sens::Refus) => (Etat::Neutre, "Refusé"),
        (_, Sens::Accord) => (Etat::EnCours, "Accord proposé"),
        (_, Sens::Refus) => (Etat::EnCours, "Refus proposé"),
    };
    Some(DecisionVue {
        pastille: Pastille::new(etat, mot),
        titre,
        phrase,
        motifs: decision.motifs.clone(),
        ecart: decision.ecart_motive.clone(),
        preuve: decision
            .empreinte
            .as_ref()
            .map(|_| adresse(&lecture.dossier.demande.numero, "preuve")),
    })
}
