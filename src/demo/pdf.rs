//! A one-page PDF that says that it is fictional: small, valid, and made of nothing but text.

/// Builds the document; `titre` is written in the page (letters of Latin-1).
pub fn fictif(titre: &str) -> Vec<u8> {
    let texte: String = titre
        .chars()
        .filter(|c| u32::from(*c) < 256 && !"()\\".contains(*c))
        .collect();
    let page = format!(
        "BT /F1 20 Tf 72 760 Td ({texte}) Tj 0 -32 Td /F1 12 Tf (Document fictif, pour la démonstration.) Tj ET"
    );
    let page = latin1(&page);
    let objets: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        [format!("<< /Length {} >>\nstream\n", page.len()).into_bytes(), page, b"\nendstream".to_vec()].concat(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (rang, objet) in objets.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{} 0 obj\n", rang + 1).into_bytes());
        pdf.extend(objet);
        pdf.extend(b"\nendobj\n");
    }
    let debut = pdf.len();
    let taille = objets.len() + 1;
    pdf.extend(
        format!("xref\n0 {taille}\n{table}trailer\n<< /Size {taille} /Root 1 0 R >>\nstartxref\n{debut}\n%%EOF\n")
            .into_bytes(),
    );
    pdf
}

fn latin1(texte: &str) -> Vec<u8> {
    texte
        .chars()
        .filter_map(|c| u8::try_from(u32::from(c)).ok())
        .collect()
}
