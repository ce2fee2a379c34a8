//! `/appels/{id}/candidature`: the form of an application, what it would be worth, and its sending; again to correct it.

use actix_web::web::Path;
use regles::appel::EtatCandidature;
use regles::charte::Critere;
use regles::piece::NaturePiece;
use regles::texte;

use super::candidature::{champ_du_critere, en_mots, lire_critere, vaut};
use crate::actions::appel::{self, Depot, Recue};
use crate::actions::brouillon::Garde;
use crate::actions::piece::PieceRecue;
use crate::db::appel::AppelComplet;
use crate::db::brouillon::Formulaire as Brouillon;
use crate::db::candidature::{self as stockees, Valeur};
use crate::db::charte::{self, CharteComplete};
use crate::db::piece::{self, Piece};
use crate::db::{CpamScope, DbError};
use crate::web::acces::avec_apercu;
use crate::web::brouillon::{self, depot};
use crate::web::erreur::WebError;
use crate::web::espace::fichiers;
use crate::web::kit::erreurs::{Erreurs, cle};
use crate::web::kit::etape::Etape;
use crate::web::kit::formulaire::{Champs, Fait};
use crate::web::page::Lien;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Controle, Message};
use crate::web::visite::{Reponse, Visite};

/// The field of the documents.
const PIECES: &str = "pieces";

/// A call as who applies to it reads it.
struct Ouverture {
    lu: AppelComplet,
    charte: CharteComplete,
    /// The values of the application that is in the running, and its documents.
    mienne: Option<(Vec<Valeur>, Vec<Piece>)>,
}

/// The address of the form.
pub(super) fn adresse(appel: i64) -> String {
    format!("/appels/{appel}/candidature")
}

impl Ouverture {
    async fn lire(visite: &Visite, id: i64) -> Result<Ouverture, WebError> {
        let kine = visite.kine_id()?;
        visite
            .read(move |conn| {
                let lu = crate::db::appel::public(conn, id)?;
                let charte = charte::par_id(conn, lu.appel.charte_id)?;
                let mienne = stockees::de_kine(conn, id, kine)?
                    .filter(|c| c.candidature.etat == EtatCandidature::Deposee);
                let mienne = match mienne {
                    None => None,
                    Some(c) => {
                        let a = [c.candidature.id];
                        let pieces = piece::de_candidatures(conn, &CpamScope::Kine(kine), &a)?;
                        Some((stockees::valeurs(conn, &a)?, pieces))
                    }
                };
                Ok::<_, DbError>(Ouverture { lu, charte, mienne })
            })
            .await
    }

    fn criteres(&self) -> impl Iterator<Item = &Critere> {
        self.charte.criteres.iter().map(|c| &c.critere)
    }

    /// What the form holds before anything is typed: what the application says already.
    fn debut(&self) -> Saisie {
        let Some((valeurs, _)) = &self.mienne else {
            return Saisie::default();
        };
        let dites = self.charte.criteres.iter().filter_map(|c| {
            let valeur = valeurs.iter().find(|v| v.critere_id == c.id)?;
            let ecrite = match en_mots(&c.critere, Some(valeur.declaree?)).as_str() {
                mot @ ("oui" | "non") => mot.to_owned(),
                _ => valeur.declaree?.to_string(),
            };
            Some((c.critere.code.clone(), ecrite))
        });
        Saisie::de_champs(dites.collect())
    }

    fn valeurs(&self, saisie: &Saisie, erreurs: &mut Erreurs) -> Vec<(String, Option<i64>)> {
        self.criteres()
            .map(|c| (c.code.clone(), lire_critere(c, saisie, erreurs)))
            .collect()
    }

    /// The first step: the criteria, each with what its values are worth, and the documents.
    fn etape(
        &self,
        visite: &Visite,
        saisie: &Saisie,
        erreurs: &Erreurs,
        garde: &Garde,
        etat: String,
    ) -> Etape {
        let champs: Vec<Champ> = self
            .criteres()
            .map(|c| champ_du_critere(c, saisie.texte(&c.code)).erreur(erreurs.de(&c.code)))
            .collect();
        let champs = Champs::from(champs);
        let mut pieces = depot::champ(
            visite,
            PIECES,
            "Justificatifs",
            "Ce qui prouve ce que vous déclarez.",
            garde,
            erreurs,
        )
        .facultatif()
        .sante(fichiers::case_sante(PIECES, "", saisie));
        if let Controle::Fichier { plusieurs, .. } = &mut pieces.champ.controle {
            *plusieurs = true;
        }
        let page = self.page(visite, "Ma candidature", "Étape 1 sur 2");
        let page = champs
            .clone()
            .avec(pieces.champ.clone())
            .resumer(page, erreurs);
        let mut messages = vec![Message::information(
            "Ce que vous laissez vide est inconnu : la caisse devra l’établir pour vous classer.",
        )];
        let deja = self.mienne.iter().flat_map(|(_, pieces)| pieces);
        let deja: Vec<String> = deja
            .filter_map(|p| Some(p.contenu.as_ref()?.nom.clone()))
            .collect();
        if self.mienne.is_some() {
            messages.push(Message::information(
                "Votre candidature est déjà déposée : ce que vous enverrez ici remplace ce qu’elle déclare. Ses documents restent joints.",
            ));
        }
        Etape {
            url: adresse(self.lu.appel.id),
            messages,
            caches: self.caches(saisie),
            parties: vec![("", champs)],
            depots: ("", vec![pieces]),
            jointes: deja,
            retour: Some(Lien::new(
                "Revenir sans rien envoyer",
                format!("/appels/{}", self.lu.appel.id),
            )),
            etat,
            ..Etape::new(Brouillon::Candidature, page, "Vérifier ma candidature")
        }
    }

    /// The second step: what is declared, what it would be worth, what is joined.
    fn verification(
        &self,
        visite: &Visite,
        (saisie, valeurs): (&Saisie, &[(String, Option<i64>)]),
        garde: &Garde,
    ) -> Etape {
        let champs: Vec<Champ> = self
            .criteres()
            .map(|c| champ_du_critere(c, saisie.texte(&c.code)).en_cache())
            .collect();
        let mut caches = self.caches(saisie);
        caches.extend(champs);
        caches.extend(fichiers::cochees(saisie, [PIECES].into_iter()));
        let deja = self.mienne.iter().flat_map(|(_, pieces)| pieces);
        let jointes = deja.filter_map(|p| Some(p.contenu.as_ref()?.nom.clone()));
        let jointes = jointes.chain(garde.pieces.iter().map(|p| p.nom.clone()));
        let lu = &self.lu;
        Etape {
            url: adresse(lu.appel.id),
            caches,
            faits: Some(("Ce que vous déclarez", self.faits(valeurs))),
            jointes: jointes.collect(),
            suite: Some(format!(
                "Votre candidature part à : {}. La caisse vérifie chaque valeur : les points sont ceux des valeurs qu’elle retient. Vous pourrez \
                 corriger votre candidature, ou la retirer, au plus tard le {} (inclus).",
                lu.service.nom,
                texte::date_longue(lu.appel.cloture)
            )),
            bouton: (
                "envoyer",
                match self.mienne {
                    None => "Déposer ma candidature",
                    Some(_) => "Corriger ma candidature",
                },
            ),
            modifier: Some("Modifier"),
            etat: brouillon::etat(visite, garde),
            ..Etape::new(
                Brouillon::Candidature,
                self.page(
                    visite,
                    "Vérifiez et envoyez votre candidature",
                    "Étape 2 sur 2",
                ),
                "",
            )
        }
    }

    /// Each value with its points, then their sum.
    fn faits(&self, valeurs: &[(String, Option<i64>)]) -> Vec<Fait> {
        let dite = |c: &Critere| {
            let trouvee = valeurs.iter().find(|(code, _)| *code == c.code);
            trouvee.and_then(|(_, valeur)| *valeur)
        };
        let mut faits: Vec<Fait> = self
            .criteres()
            .map(|c| (c.libelle.clone(), vaut(c, dite(c))))
            .collect();
        let points: Option<i64> = self
            .criteres()
            .map(|c| dite(c).map(|v| c.points(v).0))
            .sum();
        let total = match points {
            Some(points) => format!(
                "{} points sur 100, si la caisse retient tout ce que vous déclarez",
                regles::charte::Points(points)
            ),
            None => "inconnu : sans ce qui manque, votre candidature n’est pas classée".to_owned(),
        };
        faits.push(("En tout".to_owned(), total));
        faits
    }

    fn caches(&self, saisie: &Saisie) -> Vec<Champ> {
        vec![
            Champ::cache("cle", cle(saisie)),
            Champ::cache(brouillon::APPEL, self.lu.appel.id.to_string()),
        ]
    }

    fn page(&self, visite: &Visite, titre: &str, etape: &str) -> crate::web::page::Page {
        let lu = &self.lu;
        visite
            .page(titre)
            .surtitre(etape)
            .chapeau(format!(
                "Place à reprendre à {}. Les candidatures sont reçues au plus tard le {} (inclus).",
                lu.commune,
                texte::date_longue(lu.appel.cloture)
            ))
            .ariane("Appels à candidatures", "/appels")
            .ariane(lu.commune.clone(), format!("/appels/{}", lu.appel.id))
            .rubrique("/appels")
    }
}

/// `GET /appels/{id}/candidature`: the form, as its draft left it, or as the application says.
///
/// # Errors
/// There is no such call, or the database does not answer.
pub async fn formulaire(visite: Visite, id: Path<i64>) -> Reponse {
    let ouverture = Ouverture::lire(&visite, *id).await?;
    if !ouverture.lu.appel.recoit(visite.aujourd_hui()) {
        return visite.rediriger(&format!("/appels/{id}"));
    }
    let chemin = adresse(*id);
    let garde = brouillon::en_cours(&visite, Brouillon::Candidature, |b, _| b.chemin == chemin);
    let (saisie, garde, etat) = match garde.await? {
        None => (ouverture.debut(), Garde::default(), String::new()),
        Some(b) => {
            let (saisie, garde, b) =
                brouillon::relire(&visite, b.id, Brouillon::Candidature).await?;
            let etat = format!("Enregistré le {}", texte::datetime_fr(b.modifie_le));
            (saisie, garde, etat)
        }
    };
    let rien = Erreurs::default();
    let page = ouverture.etape(&visite, &saisie, &rien, &garde, etat);
    Ok(avec_apercu(visite.rendre(&page)?))
}

/// `POST /appels/{id}/candidature`: checks the application, comes back to it, or sends it, as `_etape` says.
///
/// # Errors
/// There is no such call; the database or the document store does not answer.
pub async fn deposer(visite: Visite, id: Path<i64>, mut saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let ouverture = Ouverture::lire(&visite, id).await?;
    let mut erreurs = Erreurs::default();
    saisie.poser(brouillon::APPEL, &id.to_string());
    let garde = depot::garder(&visite, Brouillon::Candidature, &mut saisie, &mut erreurs).await?;
    if saisie.coche("_brouillon") && !erreurs.presentes() {
        return brouillon::enregistre(&visite, (Brouillon::Candidature, &adresse(id)), &garde);
    }
    let etape = saisie.texte("_etape").to_owned();
    let rendre = |erreurs: &Erreurs| {
        let etat = brouillon::etat(&visite, &garde);
        let page = ouverture.etape(&visite, &saisie, erreurs, &garde, etat);
        Ok(avec_apercu(match erreurs.presentes() {
            true => visite.a_corriger(&page)?,
            false => visite.rendre(&page)?,
        }))
    };
    if etape == "modifier" {
        return rendre(&Erreurs::default());
    }
    let valeurs = ouverture.valeurs(&saisie, &mut erreurs);
    if erreurs.presentes() {
        return rendre(&erreurs);
    }
    if etape != "envoyer" {
        return visite.rendre(&ouverture.verification(&visite, (&saisie, &valeurs), &garde));
    }
    let pieces = pieces(&garde, &saisie)?;
    let (acte, kine_id, cle) = (visite.acte()?, visite.kine_id()?, cle(&saisie));
    let resultat = visite
        .write(move |tx| {
            let depot = Depot {
                kine_id,
                appel_id: id,
                valeurs: &valeurs,
                pieces: &pieces,
                cle: &cle,
            };
            appel::deposer(tx, &acte, &depot)
        })
        .await;
    match resultat {
        Ok(recue) => visite.rediriger_avec(
            &format!("/appels/{id}"),
            match recue {
                Recue::Deposee => "Votre candidature est reçue.",
                Recue::Corrigee => "Votre candidature dit maintenant ce que vous venez d’envoyer.",
            },
        ),
        Err(refus) => {
            erreurs.prendre(refus)?;
            rendre(&erreurs)
        }
    }
}

/// The documents that the draft holds, with what was said of them.
fn pieces(garde: &Garde, saisie: &Saisie) -> Result<Vec<PieceRecue>, WebError> {
    let mut pieces = garde.recues(PIECES, NaturePiece::Autre)?;
    let champs = [(PIECES.to_owned(), NaturePiece::Autre)];
    let sante = !fichiers::signalees(saisie, &champs).is_empty();
    for piece in &mut pieces {
        piece.sante |= sante;
    }
    Ok(pieces)
}
