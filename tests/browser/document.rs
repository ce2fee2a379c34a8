//! A document that a browser can show.

/// A document of one page that shows a word.
pub fn pdf(mot: &str) -> String {
    let page = format!("BT /F1 36 Tf 40 150 Td ({mot}) Tj ET");
    let objets = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (rang, objet) in (1..).zip(objets) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{rang} 0 obj\n{objet}\nendobj\n"));
    }
    let debut = pdf.len();
    format!("{pdf}{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{debut}\n%%EOF\n")
}
