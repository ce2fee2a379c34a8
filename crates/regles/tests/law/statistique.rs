//! How long requests take.

use regles::statistique::centile;

#[test]
fn un_centile_se_lit_dans_la_distribution() {
    let jours = [(10, 1), (20, 2), (30, 1)];
    assert_eq!(centile(&jours, 50), Some(20));
    assert_eq!(centile(&jours, 90), Some(30));
    assert_eq!(centile(&[(7, 1)], 90), Some(7));
    assert_eq!(centile(&[(1, 9), (100, 1)], 90), Some(1));
    assert_eq!(centile(&[(1, 9), (100, 2)], 90), Some(100));
    assert_eq!(centile(&[], 50), None);
}
