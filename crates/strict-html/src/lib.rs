//! What a strict reader of HTML says of a page: the parser of html5ever, which knows every parse error of the standard
//! and where an element may not be. The tests read thousands of pages: a crate of its own can be optimised.

use std::collections::BTreeSet;

use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What is read of a page.
pub struct Lecture {
    /// Its faults, in the parser's own words; none for a valid one.
    pub fautes: Vec<String>,
    /// What it is made of: each element with the names of its attributes and where it stands.
    pub tournures: BTreeSet<String>,
    /// What a person reads or hears of it: each piece of text, and each attribute that is words.
    pub textes: Vec<String>,
}

/// Reads a page; `prend_des_documents` says of a path whether documents may be sent there.
pub fn lire(html: &str, prend_des_documents: &dyn Fn(&str) -> bool) -> Lecture {
    let opts = ParseOpts {
        tokenizer: TokenizerOpts {
            exact_errors: true,
            ..TokenizerOpts::default()
        },
        tree_builder: TreeBuilderOpts {
            exact_errors: true,
            ..TreeBuilderOpts::default()
        },
    };
    let dom = parse_document(RcDom::default(), opts).one(html);
    let mut fautes: Vec<String> = dom.errors.borrow().iter().map(|e| e.to_string()).collect();
    let mut identifiants = Vec::new();
    imbrications(
        &dom.document,
        &mut Vec::new(),
        &mut identifiants,
        &mut fautes,
    );
    identifiants.sort();
    for deux in identifiants.windows(2) {
        if deux[0] == deux[1] {
            fautes.push(format!("the identifier {} is there twice", deux[0]));
        }
    }
    formulaires(
        &dom.document,
        prend_des_documents,
        &mut Dans::AucunFormulaire,
        &mut fautes,
    );
    let mut tournures = BTreeSet::new();
    decrire(&dom.document, "", &mut tournures);
    let mut textes = Vec::new();
    entendre(&dom.document, &mut textes);
    Lecture {
        fautes,
        tournures,
        textes,
    }
}

/// Attributes that are words for a person.
const PAROLES: &[&str] = &[
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "placeholder",
    "label",
    "data-titre",
];

fn entendre(noeud: &Handle, textes: &mut Vec<String>) {
    match &noeud.data {
        NodeData::Text { contents } => {
            let texte = contents.borrow();
            if !texte.trim().is_empty() {
                textes.push(texte.trim().to_owned());
            }
        }
        NodeData::Element { name, attrs, .. } => {
            if matches!(&*name.local, "script" | "style") {
                return;
            }
            for attribut in attrs.borrow().iter() {
                if PAROLES.contains(&&*attribut.name.local) && !attribut.value.is_empty() {
                    textes.push(attribut.value.to_string());
                }
            }
        }
        _ => {}
    }
    for enfant in noeud.children.borrow().iter() {
        entendre(enfant, textes);
    }
}

/// Attributes of which the value is a word of the standard: another value is another way of writing.
const ENUMERES: &[&str] = &["type", "role", "autocomplete", "rel", "scope", "inputmode"];

fn decrire(noeud: &Handle, parent: &str, tournures: &mut BTreeSet<String>) {
    let mut ici = parent.to_owned();
    if let NodeData::Element { name, attrs, .. } = &noeud.data {
        ici = name.local.to_string();
        let mut attributs: Vec<String> = attrs
            .borrow()
            .iter()
            .map(|a| match &*a.name.local {
                nom if ENUMERES.contains(&nom) => format!("{nom}={}", a.value),
                nom => nom.to_owned(),
            })
            .collect();
        attributs.sort();
        tournures.insert(format!("{parent}>{ici}[{}]", attributs.join(" ")));
    }
    for enfant in noeud.children.borrow().iter() {
        decrire(enfant, &ici, tournures);
    }
}

/// Elements that hold words only: nothing that makes a block, whatever the parser lets through.
const PHRASES: &[&str] = &[
    "p", "span", "strong", "em", "label", "button", "h1", "h2", "h3", "h4", "summary",
];
/// Elements that make a block.
const BLOCS: &[&str] = &[
    "p", "div", "ul", "ol", "dl", "table", "form", "section", "article", "aside", "nav",
    "fieldset", "details", "pre", "header", "footer", "main",
];
/// Elements that one acts on: none stands in another.
const ACTIFS: &[&str] = &[
    "a", "button", "input", "select", "textarea", "label", "details", "iframe",
];

fn imbrications(
    noeud: &Handle,
    dessus: &mut Vec<String>,
    identifiants: &mut Vec<String>,
    fautes: &mut Vec<String>,
) {
    let mut nom = None;
    if let NodeData::Element { name, attrs, .. } = &noeud.data {
        let ici = name.local.to_string();
        for attribut in attrs.borrow().iter() {
            if &*attribut.name.local == "id" {
                identifiants.push(attribut.value.to_string());
            }
        }
        if BLOCS.contains(&ici.as_str()) {
            // A title may head a summary, a legend or a label: nothing more.
            if let Some(phrase) = dessus.iter().find(|d| PHRASES.contains(&d.as_str())) {
                fautes.push(format!("<{ici}> inside of <{phrase}>"));
            }
        }
        if ACTIFS.contains(&ici.as_str())
            && let Some(actif) = dessus.iter().find(|d| matches!(d.as_str(), "a" | "button"))
        {
            fautes.push(format!("<{ici}> inside of <{actif}>"));
        }
        let parent = dessus.last().map_or("", String::as_str);
        let permis = match ici.as_str() {
            "li" => matches!(parent, "ul" | "ol" | "menu"),
            "dt" | "dd" => matches!(parent, "dl" | "div"),
            "legend" => parent == "fieldset",
            "figcaption" => parent == "figure",
            "summary" => parent == "details",
            "option" => matches!(parent, "select" | "optgroup" | "datalist"),
            _ => !matches!(parent, "ul" | "ol") || matches!(ici.as_str(), "script" | "template"),
        };
        if !permis {
            fautes.push(format!("<{ici}> may not stand in <{parent}>"));
        }
        nom = Some(ici);
    }
    let descend = nom.is_some();
    dessus.extend(nom);
    for enfant in noeud.children.borrow().iter() {
        imbrications(enfant, dessus, identifiants, fautes);
    }
    if descend {
        dessus.pop();
    }
}

/// Where an element stands.
enum Dans {
    AucunFormulaire,
    SansDocuments,
    /// A form that sends documents, and whether a field was met in it.
    AvecDocuments(bool),
}

/// What a form with documents has to be: its token is its first field, so that it is known before them, and where it is
/// sent takes them. Another one holds no file.
fn formulaires(
    noeud: &Handle,
    prend: &dyn Fn(&str) -> bool,
    dans: &mut Dans,
    fautes: &mut Vec<String>,
) {
    let mut ouvert = None;
    if let NodeData::Element { name, attrs, .. } = &noeud.data {
        let attribut = |nom: &str| {
            let attrs = attrs.borrow();
            let trouve = attrs.iter().find(|a| &*a.name.local == nom);
            trouve.map(|a| a.value.to_string())
        };
        let mut envoye_a = None;
        match (&*name.local, &mut *dans) {
            ("form", _) if attribut("enctype").is_some_and(|e| e == "multipart/form-data") => {
                envoye_a = Some(attribut("action").unwrap_or_default());
                ouvert = Some(Dans::AvecDocuments(false));
            }
            // The page of specimens: its form is sent nowhere.
            ("form", _) if attribut("action").is_some_and(|a| a == "#") => {
                ouvert = Some(Dans::AucunFormulaire);
            }
            ("form", _) => ouvert = Some(Dans::SansDocuments),
            ("input", Dans::SansDocuments) if attribut("type").is_some_and(|t| t == "file") => {
                fautes.push("a file in a form that does not send it".to_owned());
            }
            ("input" | "select" | "textarea" | "button", Dans::AvecDocuments(commence)) => {
                envoye_a = attribut("formaction");
                if let Some(nom) = attribut("name") {
                    if !*commence && nom != "_csrf" {
                        fautes.push(format!("«{nom}» stands before the token of its form"));
                    }
                    *commence = true;
                }
            }
            _ => {}
        }
        if let Some(vers) = envoye_a {
            let chemin = vers.split(['?', '#']).next().unwrap_or_default();
            if !prend(chemin) {
                fautes.push(format!("documents are sent to «{vers}», which takes none"));
            }
        }
    }
    let dans = ouvert.as_mut().unwrap_or(dans);
    for enfant in noeud.children.borrow().iter() {
        formulaires(enfant, prend, dans, fautes);
    }
}

#[test]
fn les_fautes_se_voient() {
    let fautes = |html: &str| lire(html, &|chemin| chemin.starts_with("/brouillons")).fautes;
    let page = |corps: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><title>t</title></head><body>{corps}</body></html>"
        )
    };
    assert_eq!(
        fautes(&page("<ul><li><a href=\"/\">un</a></li></ul><p>deux</p>")),
        Vec::<String>::new()
    );
    assert_eq!(
        fautes(&page(
            "<form method=post action=\"/brouillons\" enctype=\"multipart/form-data\"><input name=_csrf>\
             <input type=file name=f><button formaction=\"/brouillons/pieces/4/retirer\">oui</button></form>"
        )),
        Vec::<String>::new()
    );
    for fautive in [
        "<p><ul><li>un</li></ul></p>",
        "<div><span></div>",
        "<table><div></div></table>",
        "<p id=a id=b>un</p>",
        "<span><div>un</div></span>",
        "<button><a href=\"/\">un</a></button>",
        "<ul><p>un</p></ul>",
        "<p id=a>un</p><p id=a>deux</p>",
        "<p>un &inconnue; deux</p></b>",
        "<form method=post action=\"/brouillons\"><input name=_csrf><input type=file name=f></form>",
        "<form method=post action=\"/brouillons\" enctype=\"multipart/form-data\"><input name=cle><input name=_csrf></form>",
        "<form method=post action=\"/connexion\" enctype=\"multipart/form-data\"><input name=_csrf></form>",
        "<form method=post action=\"/brouillons\" enctype=\"multipart/form-data\"><input name=_csrf>\
         <button formaction=\"/deconnexion\">non</button></form>",
    ] {
        assert!(!fautes(&page(fautive)).is_empty(), "{fautive} passes");
    }
    assert!(!fautes("<p>sans type de document</p>").is_empty());
}
