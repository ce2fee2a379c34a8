//! A text in Markdown as HTML: headings with their address, no picture, French typography.

use std::collections::HashSet;

use askama::filters::HtmlSafeOutput;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use regles::mots::fold;
use regles::texte;

/// A text rendered, with its headings.
pub struct Rendu {
    /// The body, without its first title: the page has it. Ours, and what it held in HTML was left out.
    pub html: HtmlSafeOutput<String>,
    /// The headings of the second level: address and words.
    pub sommaire: Vec<(String, String)>,
}

/// The address of a heading: its words without accents, joined by hyphens.
fn adresse(titre: &str) -> String {
    let plie = fold(titre);
    let mots = plie.split(|c: char| !c.is_ascii_alphanumeric());
    mots.filter(|m| !m.is_empty()).collect::<Vec<_>>().join("-")
}

/// Where a link of the text leads on the site; nothing for what is not served.
fn lien(vers: &str) -> Option<&str> {
    match vers {
        "guide-kine.md" => Some("/aide/professionnel"),
        "guide-cpam.md" => Some("/aide/caisse"),
        "glossaire.md" => Some("/aide/glossaire"),
        autre if autre.starts_with('/') || autre.starts_with('#') => Some(autre),
        _ => None,
    }
}

impl Rendu {
    /// Reads a text of ours: what it holds in HTML is a comment, and is left out.
    pub fn lire(texte: &str) -> Rendu {
        let evenements: Vec<Event<'_>> = Parser::new_ext(texte, Options::ENABLE_TABLES).collect();
        let mut sommaire = Vec::new();
        let mut prises = HashSet::new();
        let mut sortie = Vec::new();
        let (mut image, mut premier, mut liens) = (0, false, Vec::new());
        for (rang, evenement) in evenements.iter().enumerate() {
            match evenement {
                Event::Start(Tag::Image { .. }) => image += 1,
                Event::End(TagEnd::Image) => image -= 1,
                Event::Html(_) | Event::InlineHtml(_) => {}
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                _ if image > 0 => {}
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                }) => premier = true,
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => premier = false,
                _ if premier => {}
                Event::Start(Tag::Heading { level, .. }) => {
                    let titre = mots(&evenements[rang + 1..]);
                    let id = adresse(&titre);
                    debug_assert!(prises.insert(id.clone()), "two headings of one name: {id}");
                    if *level == HeadingLevel::H2 {
                        sommaire.push((id.clone(), texte::insecables(&titre)));
                    }
                    sortie.push(Event::Start(Tag::Heading {
                        level: *level,
                        id: Some(id.into()),
                        classes: Vec::new(),
                        attrs: Vec::new(),
                    }));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let vers = lien(dest_url);
                    liens.push(vers.is_some());
                    if let Some(vers) = vers {
                        sortie.push(Event::Start(Tag::Link {
                            link_type: pulldown_cmark::LinkType::Inline,
                            dest_url: CowStr::from(vers.to_owned()),
                            title: CowStr::from(""),
                            id: CowStr::from(""),
                        }));
                    }
                }
                Event::End(TagEnd::Link) => {
                    if liens.pop() == Some(true) {
                        sortie.push(Event::End(TagEnd::Link));
                    }
                }
                Event::Text(dit) => sortie.push(Event::Text(texte::insecables(dit).into())),
                autre => sortie.push(autre.clone()),
            }
        }
        let mut rendu = String::new();
        html::push_html(&mut rendu, sortie.into_iter());
        Rendu {
            html: HtmlSafeOutput(
                rendu
                .replace("<p></p>\n", "")
                .replace("<table>", "<div class=\"defile\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau\"><table class=\"tableau\">")
                .replace("</table>", "</table></div>")
                .replace("<th>", "<th scope=\"col\">"),
            ),
            sommaire,
        }
    }
}

/// The words of a heading.
fn mots(suite: &[Event<'_>]) -> String {
    let dits = suite
        .iter()
        .take_while(|e| !matches!(e, Event::End(TagEnd::Heading(_))));
    dits.filter_map(|e| match e {
        Event::Text(dit) | Event::Code(dit) => Some(dit.as_ref()),
        _ => None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_devient_une_page_sans_image_ni_commentaire() {
        let rendu = Rendu::lire(
            "# Titre\n\nDit : oui.\n\n## À plusieurs\n\n<!-- capture: x y z -->\n![Une image.](images/x.png)\n\n[Guide](guide-kine.md), [ailleurs](exploitation/).\n",
        );
        assert_eq!(
            rendu.html.0,
            "<p>Dit\u{a0}: oui.</p>\n<h2 id=\"a-plusieurs\">À plusieurs</h2>\n<p><a href=\"/aide/professionnel\">Guide</a>, ailleurs.</p>\n"
        );
        assert_eq!(
            rendu.sommaire,
            [("a-plusieurs".to_owned(), "À plusieurs".to_owned())]
        );
    }

    #[test]
    fn ce_qui_est_ecrit_comme_du_html_n_en_devient_pas() {
        let rendu = Rendu::lire("Avant <script>x</script> après\n");
        assert!(!rendu.html.0.contains("script"), "{}", rendu.html.0);
    }
}
