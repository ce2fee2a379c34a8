//! `/attributions/{id}`: the ranking with its explanation, the commission's beside it, and what comes next.

use actix_web::web::Path;
use askama::Template;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::attente::{self, FaitsAppel, Nommes};
use regles::charte::Classement;
use regles::droits::{COMMISSION, INSTRUCTION, SIGNATURE};
use regles::texte;

use super::pastille;
use crate::actions::appel::Instruction;
use crate::db::candidature::CandidatureComplete;
use crate::db::echeance;
use crate::db::evenement;
use crate::db::fiche;
use crate::db::{CpamScope, DbError, parametre};
use crate::web::appel::kine::en_mots;
use crate::web::charte::CritereVue;
use crate::web::dossiers::dossier::travail::{CoteVue, NotesVue, Travail, presents_depuis};
use crate::web::dossiers::historique::{HistoriqueVue, Portee};
use crate::web::dossiers::parcours::{ParcoursVue, Voisins};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::entre_temps;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{Bandeau, EcheanceVue, Etat, Message, Pastille, PourquoiVue};
use crate::web::visite::{Reponse, Visite};
use crate::web::vues;

struct CandidatVue {
    rang: String,
    nom: String,
    points: String,
    cpd: String,
    pastille: Pastille,
    valeurs: Vec<(String, String)>,
    pourquoi: Option<PourquoiVue>,
    motif: Option<String>,
    actions: Vec<Lien>,
}

#[derive(Template)]
#[template(path = "appel/attribution.html")]
struct DetailPage {
    page: Page,
    parcours: ParcoursVue,
    bandeau: Bandeau,
    faits: Vec<(&'static str, String)>,
    candidats: Vec<CandidatVue>,
    provisoire: bool,
    etapes: Vec<Lien>,
    criteres: Vec<CritereVue>,
    delai: PourquoiVue,
    depot: Vec<EcheanceVue>,
    historique: HistoriqueVue,
    presences: Vec<Message>,
    notes: NotesVue,
    cote: CoteVue,
}

/// `GET /attributions/{id}`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, id: Path<i64>, portee: Requete<Portee>) -> Reponse {
    let (id, limite) = (id.into_inner(), portee.limite());
    let (qui, provenance) = (visite.qui()?.clone(), visite.provenance.clone());
    let (jour, maintenant) = (visite.aujourd_hui(), visite.maintenant());
    let (lue, evenements, saisie_par, depot, travail, voisins) = visite
        .read(move |conn| {
            let scope: CpamScope = qui.scope();
            let lue = Instruction::lire(conn, &scope, id)?;
            // A call happens to the departure whose place it is about.
            let evenements = evenement::derniers_de(conn, &[id, lue.appel.depart_id], limite)?;
            let saisie_par = match lue.appel.appel.cpd_par {
                Some(par) => parametre::noms(conn, &[par])?.pop().map(|(_, nom)| nom),
                None => None,
            };
            let mut depot = match lue.appel.appel.etat {
                EtatAppel::Attribue => echeance::de(conn, lue.appel.appel.place_id)?,
                EtatAppel::Ouvert | EtatAppel::SansSuite => Vec::new(),
            };
            depot.retain(|e| e.nature.du_gagnant());
            let mut fiche = fiche::lire(conn, &scope, id, presents_depuis(maintenant), 1)?;
            let a = &lue.appel.appel;
            let cas = (a.numero.as_str(), a.caisse_code.as_str());
            let travail = Travail::sans_voisins(conn, &mut fiche, cas, jour)?;
            let voisins = Voisins::lire(conn, &qui, provenance.as_ref(), (id, None), jour)?;
            Ok::<_, DbError>((lue, evenements, saisie_par, depot, travail, voisins))
        })
        .await?;
    let classement = match &lue.appel.appel.classement {
        // What the place was attributed on never changes (EXP-2).
        Some(json) => serde_json::from_str(json).map_err(WebError::interne)?,
        None => lue.classement(),
    };
    let role = Some(visite.qui()?.role);
    let a = &lue.appel.appel;
    let examen = a.etat == EtatAppel::Ouvert && !a.recoit(visite.aujourd_hui());
    let instruit = examen && INSTRUCTION.permet(role);
    let mut etapes = Vec::new();
    if examen && COMMISSION.permet(role) && classement.est_complet() && !classement.notes.is_empty()
    {
        etapes.push(Lien::new(
            "Enregistrer le classement de la commission",
            format!("/attributions/{id}/commission"),
        ));
    }
    if examen && SIGNATURE.permet(role) && a.cpd_le.is_some() {
        etapes.push(Lien::new(
            "Attribuer la place",
            format!("/attributions/{id}/attribuer"),
        ));
    }
    if instruit {
        etapes.push(Lien::new(
            "Clore sans attribuer",
            format!("/attributions/{id}/clore"),
        ));
    }
    let page = visite
        .page(format!("Place {}", texte::de(&lue.appel.commune)))
        .surtitre(format!("Appel à candidatures {}", a.numero))
        .ariane("Attributions", "/attributions")
        .rubrique("/attributions")
        .largeur(Largeur::Dossier);
    let (qui, vu) = (visite.qui()?, entre_temps::dernier(&evenements));
    travail.signaler(&visite, id).await?;
    visite.rendre(&DetailPage {
        presences: travail.presences(qui.compte_id),
        notes: travail.notes(a.into(), qui.role, page.csrf()),
        cote: travail
            .cote(a.into(), qui.role, vu, page.csrf())
            .a_prendre(qui.compte_id),
        bandeau: bandeau(&visite, &lue, &classement)
            .detail("Suivi par", travail.suivi_par(a.into())),
        faits: faits(&lue, saisie_par),
        candidats: candidats(&lue, &classement, instruit)?,
        provisoire: !classement.est_complet(),
        etapes,
        criteres: lue
            .charte
            .criteres
            .iter()
            .map(|c| CritereVue::de(&c.critere))
            .collect(),
        delai: vues::pourquoi_stocke(
            format!("clôture le {}", texte::date_fr(a.cloture)),
            &a.explication,
        )?,
        depot: depot
            .last()
            .map(|e| vues::echeance(e, visite.aujourd_hui()))
            .transpose()?
            .into_iter()
            .collect(),
        historique: HistoriqueVue::new(
            &visite,
            &format!("/attributions/{id}"),
            &portee,
            &evenements,
        ),
        parcours: voisins.vue(&visite, "/attributions"),
        page,
    })
}

fn bandeau(visite: &Visite, lue: &Instruction, classement: &Classement) -> Bandeau {
    let jour = visite.aujourd_hui();
    let a = &lue.appel.appel;
    let faits = FaitsAppel {
        etat: a.etat,
        recoit: a.recoit(jour),
        en_lice: !classement.notes.is_empty(),
        verifie: classement.est_complet(),
        classe: a.cpd_le.is_some(),
        cloture: a.cloture,
    };
    let suivant = lue
        .suivant()
        .filter(|_| lue.defaut())
        .map(CandidatureComplete::nom_complet);
    let nommes = Nommes {
        suivant: suivant.as_deref(),
        ..Nommes::default()
    };
    let dite = attente::pour_l_agent(&attente::appel(&faits), &nommes, jour);
    Bandeau::new(pastille(a.etat, a.cloture, a.cpd_le, jour), dite.phrase)
        .detail("Qui doit agir", dite.tour)
}

fn faits(lue: &Instruction, saisie_par: Option<String>) -> Vec<(&'static str, String)> {
    let a = &lue.appel.appel;
    let mut faits = vec![
        ("Zone", lue.appel.bassin.clone()),
        ("Ouvert le", texte::date_fr(a.ouvert_le)),
        ("Candidatures au plus tard le", texte::date_fr(a.cloture)),
    ];
    if let Some(le) = a.cpd_le {
        faits.push(("Classement de la commission", texte::date_fr(le)));
    }
    if let (Some(qui), Some(quand)) = (saisie_par, a.cpd_saisi_le) {
        faits.push((
            "Classement enregistré",
            format!("par {qui}, le {}", texte::datetime_fr(quand)),
        ));
    }
    if let Some(motif) = &a.cpd_motif {
        faits.push(("Motifs de la commission", motif.clone()));
    }
    if let Some(motif) = a.motif.as_ref().filter(|m| !m.is_empty()) {
        faits.push(("Motifs", motif.clone()));
    }
    faits
}

fn candidats(
    lue: &Instruction,
    classement: &Classement,
    instruit: bool,
) -> Result<Vec<CandidatVue>, WebError> {
    let classes = classement.notes.iter().filter_map(|n| {
        lue.candidatures
            .iter()
            .find(|c| c.candidature.id == n.candidat)
    });
    let hors = lue
        .candidatures
        .iter()
        .filter(|c| classement.note(c.candidature.id).is_none());
    classes
        .chain(hors)
        .map(|c| candidat(lue, classement, c, instruit))
        .collect()
}

fn candidat(
    lue: &Instruction,
    classement: &Classement,
    c: &CandidatureComplete,
    instruit: bool,
) -> Result<CandidatVue, WebError> {
    let id = c.candidature.id;
    let note = classement.note(id);
    let rang = match note.and_then(|n| n.rang.map(|r| (r, n.ex_aequo))) {
        Some((rang, true)) => format!("{rang} ex æquo"),
        Some((rang, false)) => rang.to_string(),
        None => "—".to_owned(),
    };
    let points = note.and_then(|n| n.points);
    let chemin = format!("/attributions/{}/candidatures/{id}", lue.appel.appel.id);
    let en_lice = c.candidature.etat == EtatCandidature::Deposee;
    let mut actions = Vec::new();
    if instruit && en_lice {
        actions.push(Lien::new(
            format!("Vérifier les valeurs {}", texte::de(c.nom_complet())),
            chemin.clone(),
        ));
        actions.push(Lien::new("Écarter", format!("{chemin}/ecarter")));
    }
    Ok(CandidatVue {
        rang,
        nom: format!("{} (RPPS {})", c.nom_complet(), c.rpps),
        points: points.map_or_else(|| "à établir".to_owned(), |p| format!("{p} sur 100")),
        cpd: c
            .candidature
            .rang_cpd
            .map_or_else(|| "—".to_owned(), |r| r.to_string()),
        pastille: pastille_candidature(c.candidature.etat),
        valeurs: lue
            .charte
            .criteres
            .iter()
            .map(|k| {
                let v = lue.valeur(id, k.id);
                let retenue = en_mots(&k.critere, v.and_then(|v| v.retenue));
                let declaree = en_mots(&k.critere, v.and_then(|v| v.declaree));
                let phrase = match v.and_then(|v| v.verifiee_le) {
                    Some(_) if retenue == declaree => retenue,
                    Some(_) => format!("{retenue} (déclaré : {declaree})"),
                    None => format!("à vérifier (déclaré : {declaree})"),
                };
                (k.critere.libelle.clone(), phrase)
            })
            .collect(),
        pourquoi: note
            .map(|n| {
                let titre = n.points.map_or_else(
                    || format!("valeurs inconnues : {}", n.manquants.join(", ")),
                    |p| format!("{p} points"),
                );
                vues::pourquoi(titre, &n.explication)
            })
            .transpose()?,
        motif: c.candidature.motif.clone(),
        actions,
    })
}

fn pastille_candidature(etat: EtatCandidature) -> Pastille {
    let ton = match etat {
        EtatCandidature::Deposee => Etat::EnCours,
        EtatCandidature::Retenue => Etat::Fait,
        EtatCandidature::Defaillante => Etat::Retard,
        EtatCandidature::Retiree | EtatCandidature::Ecartee | EtatCandidature::NonRetenue => {
            Etat::Neutre
        }
    };
    Pastille::new(ton, etat.libelle())
}
