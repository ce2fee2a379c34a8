//! What a decision rests on, as its letter says it: the opinion of the commission, followed or not, and the visas.

use chrono::NaiveDate;
use regles::conventionnement::AvisCpd;
use regles::echeance::Delai;
use regles::texte::date_fr;

use crate::ecrit::{Composition, Partie};

/// PRO-4: the opinion of the commission paritaire départementale.
#[derive(Debug, Clone, Copy)]
pub struct Avis<'a> {
    /// Its sense.
    pub sens: AvisCpd,
    /// Day it was given, where it is known.
    pub le: Option<NaiveDate>,
    /// Why, in the words of the commission, where they are known.
    pub motif: Option<&'a str>,
    /// Day it was asked for, where it is known.
    pub saisie: Option<NaiveDate>,
    /// How long the commission had.
    pub delai: Delai,
}

/// What the decision is taken upon.
#[derive(Debug, Clone, Copy)]
pub struct Visas<'a> {
    /// Article of the convention: «article 1.2».
    pub article: &'a str,
    /// The arrêté that classifies the zone.
    pub arrete: Option<Arrete<'a>>,
    /// Day on which the request was received.
    pub recue_le: NaiveDate,
    /// The opinion, where there is one.
    pub avis: Option<Avis<'a>>,
}

/// The arrêté that classifies a zone.
#[derive(Debug, Clone, Copy)]
pub struct Arrete<'a> {
    /// Its number, where it is known.
    pub reference: Option<&'a str>,
    /// The region of the ARS.
    pub region: &'a str,
    /// Day it was signed, where it is known.
    pub du: Option<NaiveDate>,
    /// First day in force.
    pub effet: NaiveDate,
}

impl Arrete<'_> {
    fn phrase(&self) -> String {
        let reference = self.reference.map_or_else(String::new, |r| format!(" {r}"));
        let du = self
            .du
            .map_or_else(String::new, |le| format!(" du {}", date_fr(le)));
        format!(
            "l’arrêté{reference} du directeur général de l’agence régionale de santé {}{du}, en vigueur depuis le {}",
            self.region,
            date_fr(self.effet)
        )
    }
}

impl Avis<'_> {
    fn quand(&self) -> String {
        self.le
            .map_or_else(String::new, |le| format!(" le {}", date_fr(le)))
    }

    fn rendu(&self) -> String {
        match self.sens {
            AvisCpd::Favorable | AvisCpd::Defavorable => {
                format!("un avis {}", self.sens.libelle())
            }
            AvisCpd::Partage => "un avis partagé, sans majorité".to_owned(),
            AvisCpd::Ajourne => "une décision d’ajournement".to_owned(),
            AvisCpd::ReputeRendu => "un avis réputé rendu".to_owned(),
        }
    }

    /// The paragraphs of the letter; `ecart`: why the decision departs from it.
    fn phrases(&self, ecart: Option<&str>) -> Vec<String> {
        let depuis = self
            .saisie
            .map_or_else(String::new, |le| format!(", saisie le {},", date_fr(le)));
        let dit = match (self.sens, ecart) {
            (AvisCpd::ReputeRendu, _) => {
                return std::iter::once(format!(
                    "La commission paritaire départementale{depuis} n’a pas rendu d’avis dans le délai de {} : l’avis est réputé \
                     rendu, sans être favorable ni défavorable.",
                    self.delai
                ))
                .chain(ecart.map(str::to_owned))
                .collect();
            }
            (_, Some(ecart)) => {
                let reunie = self
                    .le
                    .map_or_else(String::new, |le| format!(", réunie le {},", date_fr(le)));
                let motif = self.motif.map_or_else(String::new, |m| {
                    format!(" Elle a estimé que {}.", fin_de_phrase(m))
                });
                format!(
                    "La commission paritaire départementale{reunie} a rendu {}.{motif} Cet avis ne lie pas la caisse. Je ne le \
                     suis pas, pour la raison suivante : {}.",
                    self.rendu(),
                    fin_de_phrase(ecart)
                )
            }
            (_, None) => {
                let motif = self.motif.map_or_else(String::new, |m| {
                    format!(", au motif que {}", fin_de_phrase(m))
                });
                format!(
                    "La commission paritaire départementale a rendu {}{}{motif}. Je partage cette analyse.",
                    self.rendu(),
                    self.quand()
                )
            }
        };
        vec![dit]
    }
}

/// A sentence that somebody wrote, to stand inside another: a small first letter, no full stop.
fn fin_de_phrase(texte: &str) -> String {
    let texte = texte.trim().trim_end_matches('.');
    let mut mots = texte.chars();
    match (mots.next(), mots.next()) {
        // «La personne…» loses its capital, «CPAM» keeps it.
        (Some(_), Some(c)) if c.is_uppercase() => texte.to_owned(),
        _ => regles::texte::minuscule_initiale(texte),
    }
}

impl Composition {
    /// «Sur quoi repose cette décision»: the reasons, the opinion with what departs from it, the visas.
    pub(super) fn fondee(
        self,
        motifs: &str,
        ecart: Option<&str>,
        visas: &Visas<'_>,
    ) -> Composition {
        if motifs.trim().is_empty() {
            return self;
        }
        let c = self
            .titre(Partie::Fondement, "Sur quoi repose cette décision")
            .paragraphe(Partie::Fondement, motifs);
        let dites = match (visas.avis, ecart) {
            (Some(avis), ecart) => avis.phrases(ecart),
            (None, ecart) => ecart.map(str::to_owned).into_iter().collect(),
        };
        let c = dites
            .iter()
            .fold(c, |c, dit| c.paragraphe(Partie::Fondement, dit));
        c.mention(Partie::Visas, &visas.phrase())
    }
}

impl Visas<'_> {
    fn phrase(&self) -> String {
        let convention = format!(
            "la convention nationale organisant les rapports entre les masseurs-kinésithérapeutes libéraux et l’assurance maladie \
             signée le 3 avril 2007, modifiée par son avenant nº 7 approuvé par arrêté du 21 août 2023, {}",
            self.article
        );
        let avis = self.avis.map(|avis| match avis.sens {
            AvisCpd::ReputeRendu => {
                "l’avis réputé rendu de la commission paritaire départementale".to_owned()
            }
            _ => format!(
                "l’avis de la commission paritaire départementale{}",
                avis.le
                    .map_or_else(String::new, |le| format!(" du {}", date_fr(le)))
            ),
        });
        let vus: Vec<String> = [
            Some(convention),
            self.arrete.map(|a| a.phrase()),
            Some(format!("votre demande reçue le {}", date_fr(self.recue_le))),
            avis,
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("Vu {}.", vus.join(" ; "))
    }
}
