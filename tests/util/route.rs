//! Which route of the table answers an address.

use releve::web::routes::{Route, TABLE};

/// The route that answers a path, among those that `parmi` accepts; one without a hole before one with.
pub fn de(chemin: &str, parmi: impl Fn(&Route) -> bool) -> Option<&'static Route> {
    let convient = |motif: &str| {
        let (attendus, donnes): (Vec<_>, Vec<_>) =
            (motif.split('/').collect(), chemin.split('/').collect());
        attendus.len() == donnes.len()
            && attendus
                .iter()
                .zip(&donnes)
                .all(|(a, d)| a.starts_with('{') || a == d)
    };
    TABLE
        .iter()
        .filter(|route| parmi(route) && convient(route.chemin))
        .min_by_key(|route| route.chemin.matches('{').count())
}
