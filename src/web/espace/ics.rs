//! iCalendar (RFC 5545): a whole-day event for each deadline.

use chrono::{NaiveDate, NaiveDateTime};

/// A deadline of a calendar.
pub struct EvenementIcs {
    /// Stays the same from one reading to the next.
    pub uid: String,
    /// The last day.
    pub jour: NaiveDate,
    /// The title.
    pub titre: String,
    /// What to do, and where.
    pub description: String,
    /// The page of the file.
    pub url: String,
    /// Whether it is recalled, a week before and the day before.
    pub rappels: bool,
}

/// A week and a day before the day itself, at nine in the morning: a whole day begins at midnight.
const RAPPELS: [&str; 2] = ["-P6DT15H", "-PT15H"];

/// Writes a calendar.
pub fn ecrire(nom: &str, now: NaiveDateTime, evenements: &[EvenementIcs]) -> String {
    let mut ics = String::new();
    let mut ligne = |texte: String| plier(&mut ics, &texte);
    ligne("BEGIN:VCALENDAR".to_owned());
    ligne("VERSION:2.0".to_owned());
    ligne("PRODID:-//Releve//Agenda//FR".to_owned());
    ligne("METHOD:PUBLISH".to_owned());
    ligne(format!("X-WR-CALNAME:{}", texte(nom)));
    ligne("REFRESH-INTERVAL;VALUE=DURATION:PT12H".to_owned());
    for e in evenements {
        let lendemain = e.jour.succ_opt().unwrap_or(e.jour);
        ligne("BEGIN:VEVENT".to_owned());
        ligne(format!("UID:{}", texte(&e.uid)));
        ligne(format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
        ligne(format!("DTSTART;VALUE=DATE:{}", e.jour.format("%Y%m%d")));
        ligne(format!("DTEND;VALUE=DATE:{}", lendemain.format("%Y%m%d")));
        ligne(format!("SUMMARY:{}", texte(&e.titre)));
        ligne(format!("DESCRIPTION:{}", texte(&e.description)));
        ligne(format!("URL:{}", e.url));
        ligne("TRANSP:TRANSPARENT".to_owned());
        for avant in RAPPELS.iter().filter(|_| e.rappels) {
            ligne("BEGIN:VALARM".to_owned());
            ligne("ACTION:DISPLAY".to_owned());
            ligne(format!("DESCRIPTION:{}", texte(&e.titre)));
            ligne(format!("TRIGGER:{avant}"));
            ligne("END:VALARM".to_owned());
        }
        ligne("END:VEVENT".to_owned());
    }
    ligne("END:VCALENDAR".to_owned());
    ics
}

/// A text value: what is syntax is escaped (3.3.11).
fn texte(valeur: &str) -> String {
    let mut sortie = String::with_capacity(valeur.len());
    for c in valeur.chars() {
        match c {
            '\\' | ';' | ',' => {
                sortie.push('\\');
                sortie.push(c);
            }
            '\n' => sortie.push_str("\\n"),
            c if c.is_control() => {}
            c => sortie.push(c),
        }
    }
    sortie
}

/// Adds a line, folded at 75 bytes (3.1), never inside a character.
fn plier(ics: &mut String, ligne: &str) {
    let mut place = 75;
    for c in ligne.chars() {
        if c.len_utf8() > place {
            ics.push_str("\r\n ");
            place = 74;
        }
        ics.push(c);
        place -= c.len_utf8();
    }
    ics.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_lignes_sont_pliees_et_le_texte_protege() {
        let jour = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let ics = ecrire(
            "Relève",
            jour.and_hms_opt(10, 0, 0).unwrap(),
            &[EvenementIcs {
                uid: "echeance-1".to_owned(),
                jour,
                titre: format!("Désigner, avant; «{}»\nfin", "é".repeat(80)),
                description: String::new(),
                url: "https://releve.example.fr/mes-departs/1".to_owned(),
                rappels: true,
            }],
        );
        assert!(ics.contains("SUMMARY:Désigner\\, avant\\; «"));
        assert!(ics.contains("DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\n"));
        assert!(ics.contains("TRIGGER:-P6DT15H\r\n") && ics.contains("TRIGGER:-PT15H\r\n"));
        assert!(ics.split("\r\n").all(|l| l.len() <= 75), "{ics}");
        assert!(
            ics.replace("\r\n ", "")
                .contains(&format!("{}»\\nfin", "é".repeat(80)))
        );
        assert!(!ics.replace("\r\n", "").contains('\n'));
    }
}
