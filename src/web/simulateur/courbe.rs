//! What each act changes, drawn on the server: acts on one axis, euros on the other, an open and a closed circle at the step,
//! the reader's own point; and the table of the same figures.

use askama::Template;
use regles::montant::Montant;
use regles::simulation::Annee;
use regles::texte;
use regles::versement::seuils::Bareme;

use crate::web::filters;

const GAUCHE: f64 = 74.0;
const DROITE: f64 = 456.0;
const BAS: f64 = 216.0;
const HAUT: f64 = 34.0;

/// A row of the table: from how many acts on, and what each of the years pays.
pub struct Ligne {
    actes: String,
    montants: Vec<String>,
    vous: bool,
}

/// The acts that are expected, and what they pay.
struct Point {
    actes: i64,
    montant: Montant,
}

/// A plot: `{{ courbe }}`.
#[derive(Template)]
#[template(path = "simulateur/courbe.html")]
pub struct Courbe {
    id: String,
    titre: String,
    resume: String,
    bareme: Bareme,
    vous: Option<Point>,
    /// The greatest number of acts drawn.
    maximum: i64,
    colonnes: Vec<String>,
    lignes: Vec<Ligne>,
}

super::super::ui::composant!(Courbe);

/// Where the reader stands, and what is said of it.
struct PointDit {
    x: f64,
    y: f64,
    /// Where the words begin, or end.
    mot_x: f64,
    mot_y: f64,
    /// `start`, or `end` where there is no room on the right.
    ancre: &'static str,
    montant: String,
    actes: String,
}

/// A mark of an axis.
struct Repere {
    a: f64,
    mot: String,
}

impl Courbe {
    /// The plot of the first of these years; the others, whose steps are the same, are in its table. `maximum`: of the axis,
    /// which the plots of one page share.
    pub fn nouvelle(
        titre: &str,
        annees: &[&Annee],
        colonnes: Vec<String>,
        maximum: i64,
    ) -> Option<Courbe> {
        let premiere = annees.first()?;
        let bareme = premiere.bareme.clone()?;
        // The share of the zone is told apart: the plot says what acts change.
        let vous = premiere.actes.and_then(|actes| {
            let montant = bareme.pour(actes)?;
            Some(Point { actes, montant })
        });
        let dit = |point: &Point| {
            format!(
                " ; vous : {}, {}",
                texte::pluriel(point.actes, "acte", "actes"),
                point.montant
            )
        };
        let resume = format!(
            "{titre} : {} sous {}, {} à ce nombre, en proportion jusqu’à {}, {} au-delà{}.",
            rien_ou(bareme.sous_le_plancher()),
            texte::pluriel(bareme.plancher, "acte", "actes"),
            bareme.au_plancher(),
            texte::nombre(bareme.plein),
            bareme.entier(),
            vous.as_ref().map(dit).unwrap_or_default()
        );
        let lignes = lignes(&bareme, annees, vous.as_ref().map(|v| v.actes));
        Some(Courbe {
            id: format!("courbe-{}", premiere.rang),
            titre: titre.to_owned(),
            resume,
            maximum,
            colonnes,
            lignes,
            vous,
            bareme,
        })
    }

    /// The greatest number of acts that an axis must hold for a year.
    pub fn besoin(annee: &Annee) -> i64 {
        let plein = annee.bareme.as_ref().map_or(0, |b| b.plein + b.plein / 5);
        plein.max(annee.actes.unwrap_or(0))
    }

    fn x(&self, actes: i64) -> f64 {
        GAUCHE + (DROITE - GAUCHE) * actes.min(self.maximum) as f64 / self.maximum.max(1) as f64
    }

    fn y(&self, montant: Montant) -> f64 {
        let entier = self.bareme.entier().en_centimes().max(1) as f64;
        BAS - (BAS - HAUT) * montant.en_centimes() as f64 / entier
    }

    /// What stands along the euros: nothing, the floor, the whole.
    fn euros(&self) -> Vec<Repere> {
        [
            Montant::ZERO,
            self.bareme.au_plancher(),
            self.bareme.entier(),
        ]
        .into_iter()
        .map(|m| Repere {
            a: arrondi(self.y(m)),
            mot: texte::nombre(m.en_centimes() / 100),
        })
        .collect()
    }

    /// What stands along the acts: zero, the steps, and the reader's own number where it has room.
    fn actes(&self) -> Vec<Repere> {
        let mut nombres = vec![0, self.bareme.plancher, self.bareme.plein];
        if let Some(vous) = &self.vous
            && nombres
                .iter()
                .all(|n| (self.x(*n) - self.x(vous.actes)).abs() > 44.0)
        {
            nombres.push(vous.actes);
        }
        nombres
            .into_iter()
            .map(|n| Repere {
                a: arrondi(self.x(n)),
                mot: texte::nombre(n),
            })
            .collect()
    }

    fn plancher_x(&self) -> f64 {
        arrondi(self.x(self.bareme.plancher))
    }

    fn plein_x(&self) -> f64 {
        arrondi(self.x(self.bareme.plein))
    }

    fn plancher_y(&self) -> f64 {
        arrondi(self.y(self.bareme.au_plancher()))
    }

    fn sous_y(&self) -> f64 {
        arrondi(self.y(self.bareme.sous_le_plancher()))
    }

    fn milieu_du_rien(&self) -> f64 {
        arrondi((GAUCHE + self.x(self.bareme.plancher)) / 2.0)
    }

    /// Where the reader stands, if they said how many acts they expect.
    fn point(&self) -> Option<PointDit> {
        let vous = self.vous.as_ref()?;
        let (x, y) = (self.x(vous.actes), self.y(vous.montant));
        let (mot_x, ancre) = if x > 360.0 {
            (x - 11.0, "end")
        } else {
            (x + 11.0, "start")
        };
        let mot_y = if y > 170.0 { y - 40.0 } else { y + 34.0 };
        let euros = texte::nombre(vous.montant.en_centimes() / 100);
        Some(PointDit {
            x: arrondi(x),
            y: arrondi(y),
            mot_x: arrondi(mot_x),
            mot_y: arrondi(mot_y),
            ancre,
            montant: texte::insecables(&format!("{euros} €")),
            actes: format!("à {}", texte::pluriel(vous.actes, "acte", "actes")),
        })
    }
}

/// One decimal: a tenth of a pixel is enough.
fn arrondi(valeur: f64) -> f64 {
    (valeur * 10.0).round() / 10.0
}

fn rien_ou(montant: Montant) -> String {
    match montant {
        Montant::ZERO => "rien".to_owned(),
        autre => autre.to_string(),
    }
}

fn lignes(bareme: &Bareme, annees: &[&Annee], vous: Option<i64>) -> Vec<Ligne> {
    let (plancher, plein) = (bareme.plancher, bareme.plein);
    let mut reperes = vec![plancher - 1, plancher, plein - 1, plein];
    if let Some(vous) = vous
        && vous >= plancher
        && vous < plein
        && !reperes.contains(&vous)
    {
        reperes.push(vous);
        reperes.sort_unstable();
    }
    reperes
        .into_iter()
        .map(|actes| Ligne {
            actes: if actes < plancher {
                format!("Moins de {}", texte::nombre(plancher))
            } else if actes >= plein {
                format!("{} et plus", texte::nombre(plein))
            } else {
                texte::nombre(actes)
            },
            montants: annees
                .iter()
                .filter_map(|a| a.bareme.as_ref()?.pour(actes))
                .map(|du| du.to_string())
                .collect(),
            vous: vous == Some(actes),
        })
        .collect()
}
