//! Enumerations stored as text, on both databases alike.

/// Declares an enumeration stored as text: its SQL text, its French label, its conversions.
///
/// Each variant: `Name = "sql_text", "libellé"`.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $nom:ident { $($(#[$vmeta:meta])* $variante:ident = $sql:literal, $libelle:literal;)+ }) => {
        $crate::stored_as_text! { $nom
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
            $vis enum $nom { $($(#[$vmeta])* #[serde(rename = $sql)] $variante,)+ }
        }

        impl $nom {
            /// Every value, in the order of the text.
            pub const TOUS: &'static [$nom] = &[$($nom::$variante),+];

            /// The stored text.
            pub const fn as_str(self) -> &'static str {
                match self { $($nom::$variante => $sql),+ }
            }

            /// The words on a screen.
            pub const fn libelle(self) -> &'static str {
                match self { $($nom::$variante => $libelle),+ }
            }
        }

        impl std::fmt::Display for $nom {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.libelle())
            }
        }

        impl std::str::FromStr for $nom {
            type Err = String;
            fn from_str(texte: &str) -> Result<Self, String> {
                match texte { $($sql => Ok($nom::$variante),)+ autre => Err(format!("valeur inconnue : {autre}")) }
            }
        }
    };
}

/// The declaration of an enumeration, with what Diesel asks to read and write it as text.
#[cfg(feature = "base")]
#[doc(hidden)]
#[macro_export]
macro_rules! stored_as_text {
    ($nom:ident $($declaration:tt)*) => {
        #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $($declaration)*

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $nom
        where DB: diesel::backend::Backend, str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $nom
        where DB: diesel::backend::Backend, String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let texte = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                texte.parse().map_err(Into::into)
            }
        }
    };
}

/// The declaration of an enumeration, for who has no base.
#[cfg(not(feature = "base"))]
#[doc(hidden)]
#[macro_export]
macro_rules! stored_as_text {
    ($nom:ident $($declaration:tt)*) => { $($declaration)* };
}
