//! The logo of a caisse: an image, bounded, chosen by who keeps the record, borne by the pages that print.

use regles::droits::Role;

use crate::util::Caisse;
use crate::util::builders::jour;
use crate::web::papier::sur_papier;

/// A PNG of one point.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x62, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

/// The same, which says that it is `cote` points wide.
fn large(cote: u32) -> Vec<u8> {
    let mut octets = PNG.to_vec();
    octets[16..20].copy_from_slice(&cote.to_be_bytes());
    octets
}

#[actix_web::test]
async fn un_logo_est_une_image_bornee_et_les_pages_a_imprimer_le_portent() {
    let caisse = Caisse::start();
    caisse.au(jour(2026, 3, 12));
    let responsable = caisse
        .app
        .connecte(&caisse.app.compte(Role::Responsable, Some("131")))
        .await;
    let url = "/caisses/131/logo";
    let lourde = [PNG, &vec![0; 600 * 1024]].concat();
    let (trop, svg) = (
        large(2_001),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
    );
    for (nom, octets, attendu) in [
        ("logo.svg", &svg, "une image PNG ou JPEG"),
        (
            "logo.pdf",
            &crate::web::praticien::PDF.to_vec(),
            "une image PNG ou JPEG",
        ),
        ("logo.png", &lourde, "512 Ko"),
        ("logo.png", &trop, "trop grande"),
    ] {
        let page = responsable
            .post_fichiers(url, url, &[], &[("logo", nom, octets)])
            .await;
        assert_eq!(page.statut, 422, "{nom} {}", page.texte());
        assert!(
            page.texte().contains(attendu),
            "«{attendu}»: {}",
            page.texte()
        );
    }
    assert_eq!(responsable.post(url, url, &[]).await.statut, 422);
    let page = responsable
        .post_fichiers(url, url, &[], &[("logo", "logo.png", &large(2_000))])
        .await;
    assert!(
        page.texte().contains("Le logo est enregistré"),
        "{}",
        page.texte()
    );
    let debut = page.html.find("/caisses/131/logo/").expect("its address");
    let image = page.html[debut..]
        .split('"')
        .next()
        .expect("an address")
        .to_owned();
    // Whoever prints a page reads it; another digest names nothing.
    let lue = caisse.app.client().get(&image).await;
    assert_eq!(lue.statut, 200);
    assert_eq!(
        caisse
            .app
            .client()
            .get("/caisses/131/logo/abc")
            .await
            .statut,
        404
    );
    let (agent, n) = sur_papier(&caisse).await;
    let lettre = agent.get(&format!("/dossiers/{n}")).await;
    let debut = lettre
        .html
        .find(&format!("/dossiers/{n}/lettres/"))
        .expect("a letter");
    let chemin = lettre.html[debut..]
        .split('"')
        .next()
        .expect("a path")
        .to_owned();
    assert!(agent.get(&chemin).await.html.contains(&image));
    // Of who keeps the record.
    assert_eq!(agent.get(url).await.statut, 403);
    let page = responsable.post(url, url, &[("retirer", "oui")]).await;
    assert!(
        page.texte().contains("Le logo est retiré"),
        "{}",
        page.texte()
    );
    assert_eq!(caisse.app.client().get(&image).await.statut, 404);
}
