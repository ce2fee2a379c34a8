//! The facts of an evaluation, as a person names them.

/// What each fact that an answer on a request can miss is called, after «il manque».
const FAITS: &[(&str, &str)] = &[
    (
        "actes_zone_sous_dotee",
        "les actes en zone très sous-dotée ou sous-dotée",
    ),
    ("categorie", "la catégorie de la zone"),
    (
        "deja_conventionne_zone",
        "la réponse à «\u{a0}exerce déjà sous convention dans la zone\u{a0}»",
    ),
    ("derogation.avis_cpd", "l’avis de la commission (CPD)"),
    ("derogation.famille", "la famille de la dérogation"),
    ("derogation.motif", "le motif de la dérogation"),
    (
        "engagement_zone",
        "l’engagement d’exercer en zone sous-dotée",
    ),
    ("entree_formation", "l’année d’entrée en formation"),
    ("heures_clinicat", "les heures de stage de clinicat"),
    (
        "heures_etablissement",
        "les heures exercées en établissement",
    ),
    ("succession.place", "l’état de la place"),
];

/// A fact in words: «l’avis de la commission (CPD)»; the code with spaces where it has no words of its own.
fn fait(code: &str) -> String {
    FAITS.iter().find(|(c, _)| *c == code).map_or_else(
        || code.replace(['_', '.'], " "),
        |(_, mots)| (*mots).to_owned(),
    )
}

/// Facts in words, in one phrase: «l’année d’entrée en formation et les heures de stage de clinicat».
pub fn faits(codes: &[String]) -> String {
    let mots: Vec<String> = codes.iter().map(|c| fait(c)).collect();
    match mots.split_last() {
        Some((dernier, [])) => dernier.clone(),
        Some((dernier, autres)) => format!("{} et {dernier}", autres.join(", ")),
        None => String::new(),
    }
}
