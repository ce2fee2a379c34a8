//! `#[derive(Formulaire)]`: the declaration of each field of a struct, its reading and its writing, as
//! `releve::web::kit::formulaire` describes them. What a field may say is told there, with an example.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, Fields, GenericArgument, Ident,
    PathArguments, Result, Type,
};

/// Implements `Formulaire`, and gives each field the constant of its name: `Renvoi::MOTIF`.
#[proc_macro_derive(Formulaire, attributes(champ))]
pub fn formulaire(entree: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let entree = syn::parse_macro_input!(entree as DeriveInput);
    ecrire(&entree)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

fn ecrire(entree: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(donnees) = &entree.data else {
        return Err(Error::new(entree.span(), "a form is a struct"));
    };
    let champs: Vec<Champ> = match &donnees.fields {
        Fields::Named(nommes) => nommes
            .named
            .iter()
            .map(Champ::lire)
            .collect::<Result<_>>()?,
        Fields::Unit => Vec::new(),
        Fields::Unnamed(_) => {
            return Err(Error::new(entree.span(), "the fields of a form have names"));
        }
    };
    let (nom, vis) = (&entree.ident, &entree.vis);
    let (generiques, types, conditions) = entree.generics.split_for_impl();
    let propres: Vec<&Champ> = champs.iter().filter(|c| !c.groupe).collect();
    let constantes = propres.iter().map(|c| {
        let (constante, texte) = (c.constante(), &c.nom);
        quote!(#vis const #constante: &'static str = #texte;)
    });
    let declarations = propres.iter().map(|c| c.declaration());
    let lectures = champs.iter().map(|c| {
        let rang = propres.iter().take_while(|p| p.ident != c.ident).count();
        c.lecture(rang)
    });
    let toutes = (propres.len() != champs.len()).then(|| {
        let suite = champs
            .iter()
            .scan(0_usize, |rang, c| Some(c.declarations(rang)));
        quote! {
            fn declarations() -> ::std::vec::Vec<::releve::web::kit::formulaire::Declaration> {
                let mut toutes = ::std::vec::Vec::new();
                #(toutes.extend(#suite);)*
                toutes
            }
        }
    });
    let idents: Vec<&Ident> = champs.iter().map(|c| &c.ident).collect();
    let valeur = match donnees.fields {
        Fields::Unit => quote!(#nom),
        _ => quote!(#nom { #(#idents),* }),
    };
    let ecritures = champs.iter().map(Champ::ecriture);
    Ok(quote! {
        #[allow(dead_code, reason = "a form names all its fields, its page adjusts some of them")]
        impl #generiques #nom #types #conditions {
            #(#[doc = "The name of the field."] #constantes)*
        }

        impl #generiques ::releve::web::kit::formulaire::Formulaire for #nom #types #conditions {
            const CHAMPS: &'static [::releve::web::kit::formulaire::Declaration] = &[#(#declarations),*];

            #toutes

            fn lire_avec(
                saisie: &::releve::web::saisie::Saisie,
                communes: &::releve::web::kit::commune::Communes,
            ) -> ::std::result::Result<Self, ::releve::web::kit::erreurs::Erreurs> {
                let _ = (saisie, communes);
                #[allow(unused_mut, reason = "a form without fields has nothing to note")]
                let mut erreurs = ::releve::web::kit::erreurs::Erreurs::default();
                #(#lectures)*
                match (#(#idents,)*) {
                    (#(::std::option::Option::Some(#idents),)*) if !erreurs.presentes() => {
                        ::std::result::Result::Ok(#valeur)
                    }
                    _ => ::std::result::Result::Err(erreurs),
                }
            }

            fn ecrire(&self) -> ::releve::web::saisie::Saisie {
                #[allow(unused_mut, reason = "a form without fields writes nothing")]
                let mut champs: ::std::vec::Vec<(::std::string::String, ::std::string::String)> =
                    ::std::vec::Vec::new();
                #(champs.extend(#ecritures);)*
                ::releve::web::saisie::Saisie::de_champs(champs)
            }
        }
    })
}

/// How the text of a field becomes a value, and what control it has when it says nothing.
#[derive(Clone, Copy, PartialEq)]
enum Famille {
    Texte,
    Nombre,
    Date,
    OuiNon,
    Commune,
    /// Anything else: a closed list, an identifier.
    Code,
}

struct Champ {
    ident: Ident,
    nom: String,
    /// Several fields, which its type declares.
    groupe: bool,
    /// The type of the value, without `Option`.
    valeur: Type,
    facultatif: bool,
    famille: Famille,
    /// A variant of `Genre`, or none when the type says it.
    genre: Option<Ident>,
    lignes: Option<Expr>,
    attributs: Vec<(Ident, Expr)>,
    span: Span,
}

impl Champ {
    fn lire(field: &Field) -> Result<Champ> {
        let span = field.span();
        let ident = field
            .ident
            .clone()
            .ok_or_else(|| Error::new(span, "the fields of a form have names"))?;
        let (valeur, facultatif) = match contenu(&field.ty) {
            Some(dedans) => (dedans.clone(), true),
            None => (field.ty.clone(), false),
        };
        let mut champ = Champ {
            nom: ident.to_string(),
            groupe: false,
            famille: famille(&valeur),
            ident,
            valeur,
            facultatif,
            genre: None,
            lignes: None,
            attributs: Vec::new(),
            span,
        };
        for attribut in field.attrs.iter().filter(|a| a.path().is_ident("champ")) {
            champ.attribut(attribut)?;
        }
        champ.verifier()?;
        Ok(champ)
    }

    fn attribut(&mut self, attribut: &Attribute) -> Result<()> {
        attribut.parse_nested_meta(|meta| {
            let Some(cle) = meta.path.get_ident().cloned() else {
                return Err(meta.error("one word is expected"));
            };
            let genre = match cle.to_string().as_str() {
                "nom" => {
                    self.nom = meta.value()?.parse::<syn::LitStr>()?.value();
                    return Ok(());
                }
                "groupe" => {
                    self.groupe = true;
                    return Ok(());
                }
                "texte" => "Texte",
                "nombre" => "Nombre",
                "courriel" => "Courriel",
                "mot_de_passe" => "MotDePasse",
                "liste" => "Liste",
                "radios" => "Radios",
                "case" => "Case",
                "cache" => "Cache",
                "zone" => {
                    self.lignes = Some(meta.value()?.parse()?);
                    "Zone"
                }
                "libelle" | "dit" | "aide" | "exigence" | "taille" | "manque" | "longueur"
                | "bornes" | "autocomplete" | "unite" | "choix" => {
                    self.attributs.push((cle, meta.value()?.parse()?));
                    return Ok(());
                }
                autre => return Err(meta.error(format!("a field says nothing of «{autre}»"))),
            };
            self.genre = Some(Ident::new(genre, cle.span()));
            Ok(())
        })
    }

    fn dit(&self, cle: &str) -> Option<&Expr> {
        self.attributs
            .iter()
            .find(|(c, _)| c == cle)
            .map(|(_, e)| e)
    }

    fn genre(&self) -> String {
        let genre = self.genre.as_ref().map(Ident::to_string);
        genre.unwrap_or_else(|| {
            match self.famille {
                Famille::Texte => "Texte",
                Famille::Nombre => "Nombre",
                Famille::Date => "Date",
                Famille::Commune => "Commune",
                Famille::OuiNon | Famille::Code => "Radios",
            }
            .to_owned()
        })
    }

    fn verifier(&self) -> Result<()> {
        if self.groupe {
            return match self.facultatif || self.genre.is_some() || !self.attributs.is_empty() {
                true => Err(Error::new(self.span, "a group says nothing else of itself")),
                false => Ok(()),
            };
        }
        let genre = self.genre();
        if genre != "Cache" && self.dit("libelle").is_none() {
            return Err(Error::new(
                self.span,
                "a field that is shown has a `libelle`",
            ));
        }
        let dit_par_le_type = matches!(
            self.famille,
            Famille::Texte | Famille::Date | Famille::Commune
        ) || matches!(genre.as_str(), "Case" | "Cache");
        if !self.facultatif && !dit_par_le_type && self.dit("manque").is_none() {
            return Err(Error::new(
                self.span,
                "a field that must be filled says what is asked for: `manque`",
            ));
        }
        if genre == "Case" && (self.famille != Famille::OuiNon || self.facultatif) {
            return Err(Error::new(self.span, "a box to tick is a `bool`"));
        }
        Ok(())
    }

    /// `MOTIF` for `motif`.
    fn constante(&self) -> Ident {
        format_ident!(
            "{}",
            self.ident
                .to_string()
                .trim_start_matches("r#")
                .to_uppercase()
        )
    }

    fn declaration(&self) -> TokenStream {
        let kit = quote!(::releve::web::kit::formulaire);
        let nom = &self.nom;
        let peut_etre = |cle: &str| match self.dit(cle) {
            Some(expr) => quote!(::std::option::Option::Some(#expr)),
            None => quote!(::std::option::Option::None),
        };
        let libelle = self
            .dit("libelle")
            .map_or_else(|| quote!(""), |e| quote!(#e));
        let exigence = match self.dit("exigence") {
            Some(expr) => quote!({ use ::releve::web::ui::Exigence::*; #expr }),
            None if self.facultatif => quote!(::releve::web::ui::Exigence::Facultatif),
            None => quote!(::releve::web::ui::Exigence::Requis),
        };
        let taille = match self.dit("taille") {
            Some(expr) => {
                quote!(::std::option::Option::Some({ use ::releve::web::ui::Taille::*; #expr }))
            }
            None => quote!(::std::option::Option::None),
        };
        let genre = self.genre();
        let variante = Ident::new(&genre, self.span);
        let genre = match genre.as_str() {
            "Liste" | "Radios" => {
                let choix = self.choix();
                quote!(#kit::Genre::#variante(#choix))
            }
            "Zone" => {
                let lignes = &self.lignes;
                quote!(#kit::Genre::Zone(#lignes))
            }
            _ => quote!(#kit::Genre::#variante),
        };
        let [dit, aide, manque, longueur, bornes, autocomplete, unite] = [
            "dit",
            "aide",
            "manque",
            "longueur",
            "bornes",
            "autocomplete",
            "unite",
        ]
        .map(peut_etre);
        quote!(#kit::Declaration {
            nom: #nom, libelle: #libelle, dit: #dit, aide: #aide, genre: #genre, exigence: #exigence, taille: #taille,
            manque: #manque, longueur: #longueur, bornes: #bornes, autocomplete: #autocomplete, unite: #unite,
        })
    }

    /// What it adds to the fields of the form: itself, or those of its group. `rang` is its place among those that are
    /// not in a group.
    fn declarations(&self, rang: &mut usize) -> TokenStream {
        if self.groupe {
            let valeur = &self.valeur;
            return quote!(<#valeur as ::releve::web::kit::formulaire::Formulaire>::declarations());
        }
        let ici = *rang;
        *rang += 1;
        quote!([<Self as ::releve::web::kit::formulaire::Formulaire>::CHAMPS[#ici]])
    }

    /// What may be chosen, before the page gives what only it knows.
    fn choix(&self) -> TokenStream {
        let valeur = &self.valeur;
        match (self.dit("choix"), self.famille) {
            (Some(choix), _) => quote!(#choix),
            (None, Famille::OuiNon) => quote!(::releve::web::kit::formulaire::oui_non),
            (None, Famille::Code) => quote!(|| <#valeur>::TOUS
                .iter()
                .map(|v| ::releve::web::ui::Choix::new(v.as_str(), v.libelle()))
                .collect()),
            (None, _) => quote!(::std::vec::Vec::new),
        }
    }

    fn lecture(&self, rang: usize) -> TokenStream {
        let lecture = quote!(::releve::web::kit::lecture);
        let (ident, valeur, genre) = (&self.ident, &self.valeur, self.genre());
        if self.groupe {
            return quote!(let #ident = erreurs.prendre_de(
                <#valeur as ::releve::web::kit::formulaire::Formulaire>::lire_avec(saisie, communes),
            ););
        }
        let declaration =
            quote!(&<Self as ::releve::web::kit::formulaire::Formulaire>::CHAMPS[#rang]);
        let ferme = matches!(genre.as_str(), "Liste" | "Radios" | "Cache");
        let lu = match self.famille {
            _ if genre == "Case" => {
                let nom = &self.nom;
                return quote!(let #ident = ::std::option::Option::Some(saisie.coche(#nom)););
            }
            Famille::Texte => quote!(#lecture::texte(saisie, #declaration, &mut erreurs)),
            Famille::Date => quote!(#lecture::date(saisie, #declaration, &mut erreurs)),
            Famille::OuiNon => quote!(#lecture::oui_non(saisie, #declaration)),
            Famille::Commune => quote!(#lecture::commune(communes, #declaration, &mut erreurs)),
            Famille::Nombre if !ferme => {
                quote!(#lecture::nombre::<#valeur>(saisie, #declaration, &mut erreurs))
            }
            Famille::Nombre | Famille::Code if ferme => {
                quote!(#lecture::code::<#valeur>(saisie, #declaration, &mut erreurs))
            }
            Famille::Nombre | Famille::Code => {
                quote!(#lecture::identifiant::<#valeur>(saisie, #declaration, &mut erreurs))
            }
        };
        let rendu = if self.facultatif {
            quote!(::std::option::Option::Some(#lu))
        } else if self.famille == Famille::Texte && self.dit("manque").is_none() {
            // The act says what it asks for.
            quote!(::std::option::Option::Some(#lu.unwrap_or_default()))
        } else {
            quote!({
                let lu = #lu;
                #lecture::requis(lu, #declaration, &mut erreurs)
            })
        };
        quote!(let #ident = #rendu;)
    }

    /// What can be iterated over as `(String, String)`: the field and its text, if it has one, or those of its group.
    fn ecriture(&self) -> TokenStream {
        let (ident, nom) = (&self.ident, &self.nom);
        if self.groupe {
            return quote!(::releve::web::kit::formulaire::Formulaire::ecrire(&self.#ident).champs().iter().cloned());
        }
        let texte = match self.famille {
            _ if self.genre() == "Case" => {
                return quote!(self.#ident.then(|| (#nom.to_owned(), "oui".to_owned())));
            }
            Famille::Texte | Famille::Nombre | Famille::Commune => quote!(v.to_string()),
            Famille::Date => quote!(::releve::web::kit::lecture::date_ecrite(*v)),
            Famille::OuiNon => quote!(if *v { "oui" } else { "non" }.to_owned()),
            Famille::Code => quote!(v.as_str().to_owned()),
        };
        let option = if self.facultatif {
            quote!(self.#ident.as_ref())
        } else {
            quote!(::std::option::Option::Some(&self.#ident))
        };
        quote!(::std::option::Option::Some((
            #nom.to_owned(),
            #option.map_or_else(::std::string::String::new, |v| #texte),
        )))
    }
}

/// What an `Option` holds.
fn contenu(ty: &Type) -> Option<&Type> {
    let Type::Path(chemin) = ty else { return None };
    let dernier = chemin
        .path
        .segments
        .last()
        .filter(|s| s.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &dernier.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(dedans)) => Some(dedans),
        _ => None,
    }
}

fn famille(ty: &Type) -> Famille {
    let Type::Path(chemin) = ty else {
        return Famille::Code;
    };
    let dernier = chemin.path.segments.last().map(|s| s.ident.to_string());
    match dernier.as_deref() {
        Some("String") => Famille::Texte,
        Some("i16" | "i32" | "i64" | "u8" | "u16" | "u32") => Famille::Nombre,
        Some("NaiveDate") => Famille::Date,
        Some("bool") => Famille::OuiNon,
        Some("Insee") => Famille::Commune,
        _ => Famille::Code,
    }
}
