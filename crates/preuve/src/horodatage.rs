//! Time stamps (RFC 3161): what is asked of an authority, what it answers, and whether its token holds under an authority that
//! whoever verifies trusts.

use chrono::NaiveDateTime;
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{AnyRef, ObjectIdentifier as Oid, OctetStringRef};
use der::{Decode, Encode, Reader, SliceReader, Tag, Tagged};
use regles::evenement::Empreinte;
use ring::{digest, signature};
use x509_cert::Certificate;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

const SHA256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.3");
const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
const COURBE: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
const P256: Oid = Oid::new_unwrap("1.2.840.10045.3.1.7");
const P384: Oid = Oid::new_unwrap("1.3.132.0.34");
const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.1.4");
const MESSAGE_DIGEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.4");
const EXTENDED_KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.37");
/// An extended key usage of time stamping and of nothing else, as RFC 3161 wants it.
const TIME_STAMPING: &[u8] = &[
    0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08,
];
/// Certificates from that of the signer to the authority, at most.
const CHAINE_MAX: usize = 5;

/// Why a time stamp is not believed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum HorodatageError {
    /// Bytes that are no answer, no token or no certificate.
    #[error("l’horodatage ne se lit pas")]
    Illisible,
    /// The authority refused.
    #[error("l’autorité d’horodatage a refusé")]
    Refuse,
    /// It is about other bytes, or answers another question.
    #[error("l’horodatage porte sur autre chose")]
    Autre,
    /// A digest or a signature that is not read here.
    #[error("l’horodatage emploie un algorithme qui n’est pas lu ici")]
    Algorithme,
    /// The signature is false.
    #[error("la signature de l’horodatage est fausse")]
    Signature,
    /// Its certificate may not stamp, was not valid then, or leads to no trusted authority.
    #[error("le certificat de l’horodatage ne mène pas à l’autorité donnée")]
    Certificat,
}

impl From<der::Error> for HorodatageError {
    fn from(_: der::Error) -> HorodatageError {
        HorodatageError::Illisible
    }
}

/// A request, to be posted as `application/timestamp-query`; `alea` is drawn for it alone.
pub fn demande(empreinte: &Empreinte, alea: u64) -> Vec<u8> {
    // TimeStampReq { version 1, MessageImprint { SHA-256, digest }, nonce, certReq TRUE }
    let mut der = vec![0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d];
    der.extend_from_slice(&[0x06, 0x09]);
    der.extend_from_slice(SHA256.as_bytes());
    der.extend_from_slice(&[0x05, 0x00, 0x04, 0x20]);
    der.extend_from_slice(&empreinte.0);
    der.extend_from_slice(&[0x02, 0x08]);
    der.extend_from_slice(&nonce(alea));
    der.extend_from_slice(&[0x01, 0x01, 0xff]);
    der
}

/// Eight bytes that are one positive integer of eight bytes, whatever was drawn.
fn nonce(alea: u64) -> [u8; 8] {
    let mut octets = alea.to_be_bytes();
    octets[0] = octets[0] & 0x3f | 0x40;
    octets
}

/// A token: who stamped what, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Horodatage {
    /// The token as it was received (DER of a ContentInfo): what is kept.
    pub jeton: Vec<u8>,
    /// When, by the clock of the authority (UTC).
    pub le: NaiveDateTime,
    empreinte: Vec<u8>,
    alea: Option<Vec<u8>>,
}

impl Horodatage {
    /// Reads the answer to a request. The signature is not verified here: who asks may not know the authority.
    ///
    /// # Errors
    /// The authority refused; it stamped something else.
    pub fn repondu(
        reponse: &[u8],
        empreinte: &Empreinte,
        alea: u64,
    ) -> Result<Horodatage, HorodatageError> {
        let mut lecteur = SliceReader::new(AnyRef::from_der(reponse)?.value())?;
        let statut = AnyRef::decode(&mut lecteur)?;
        let code = AnyRef::decode(&mut SliceReader::new(statut.value())?)?;
        // Granted, or granted with modifications.
        if !matches!(code.value(), [0] | [1]) {
            return Err(HorodatageError::Refuse);
        }
        let jeton = AnyRef::decode(&mut lecteur)?.to_der()?;
        let lu = Horodatage::lire(&jeton)?;
        if lu.empreinte != empreinte.0 || lu.alea.as_deref() != Some(&nonce(alea)) {
            return Err(HorodatageError::Autre);
        }
        Ok(lu)
    }

    /// Reads a token that was kept.
    ///
    /// # Errors
    /// Bytes that are none.
    pub fn lire(jeton: &[u8]) -> Result<Horodatage, HorodatageError> {
        let signe = donnees(jeton)?;
        let info = contenu(&signe)?;
        let mut lecteur = SliceReader::new(AnyRef::from_der(info)?.value())?;
        let _version = AnyRef::decode(&mut lecteur)?;
        let _politique = AnyRef::decode(&mut lecteur)?;
        let imprime = AnyRef::decode(&mut lecteur)?;
        let _serie = AnyRef::decode(&mut lecteur)?;
        let instant = AnyRef::decode(&mut lecteur)?;
        let mut alea = None;
        while !lecteur.is_finished() {
            let reste = AnyRef::decode(&mut lecteur)?;
            if reste.tag() == Tag::Integer {
                alea = Some(reste.value().to_vec());
            }
        }
        let mut imprime = SliceReader::new(imprime.value())?;
        let algorithme = AnyRef::decode(&mut imprime)?;
        let oid = Oid::decode(&mut SliceReader::new(algorithme.value())?)?;
        if oid != SHA256 {
            return Err(HorodatageError::Algorithme);
        }
        let empreinte = OctetStringRef::decode(&mut imprime)?;
        Ok(Horodatage {
            jeton: jeton.to_vec(),
            le: moment(&instant)?,
            empreinte: empreinte.as_bytes().to_vec(),
            alea,
        })
    }

    /// The digest that it stamps.
    pub fn empreinte(&self) -> &[u8] {
        &self.empreinte
    }

    /// Whether the token stamps these bytes under one of these authorities (DER of their certificates).
    ///
    /// # Errors
    /// It stamps other bytes; its signature is false; its certificate may not stamp, was not valid then, or leads to none of
    /// the authorities.
    pub fn verifier(
        &self,
        empreinte: &Empreinte,
        autorites: &[Vec<u8>],
    ) -> Result<(), HorodatageError> {
        if self.empreinte != empreinte.0 {
            return Err(HorodatageError::Autre);
        }
        let signe = donnees(&self.jeton)?;
        let info = contenu(&signe)?;
        let signataire = signe
            .signer_infos
            .0
            .iter()
            .next()
            .ok_or(HorodatageError::Illisible)?;
        let joints: Vec<Certificate> = signe
            .certificates
            .iter()
            .flat_map(|joints| joints.0.iter())
            .filter_map(|choix| match choix {
                CertificateChoices::Certificate(c) => Some(c.clone()),
                CertificateChoices::Other(_) => None,
            })
            .collect();
        let certificat = joints
            .iter()
            .find(|c| designe(&signataire.sid, c))
            .ok_or(HorodatageError::Certificat)?;
        signature_du_jeton(signataire, certificat, info)?;
        if !horodate(certificat) {
            return Err(HorodatageError::Certificat);
        }
        let mut fiables = Vec::with_capacity(autorites.len());
        for der in autorites {
            fiables.push(Certificate::from_der(der)?);
        }
        remonter(certificat, &joints, &fiables, self.le)
    }
}

fn donnees(jeton: &[u8]) -> Result<SignedData, HorodatageError> {
    let enveloppe = ContentInfo::from_der(jeton)?;
    if enveloppe.content_type != SIGNED_DATA {
        return Err(HorodatageError::Illisible);
    }
    Ok(enveloppe.content.decode_as::<SignedData>()?)
}

fn contenu(signe: &SignedData) -> Result<&[u8], HorodatageError> {
    let encapsule = &signe.encap_content_info;
    match &encapsule.econtent {
        Some(octets) if encapsule.econtent_type == TST_INFO => Ok(octets.value()),
        _ => Err(HorodatageError::Illisible),
    }
}

/// A GeneralizedTime, with or without parts of a second, which DER of certificates refuses and authorities write.
fn moment(instant: &AnyRef<'_>) -> Result<NaiveDateTime, HorodatageError> {
    let texte = std::str::from_utf8(instant.value()).map_err(|_| HorodatageError::Illisible)?;
    NaiveDateTime::parse_from_str(texte, "%Y%m%d%H%M%S%.fZ").map_err(|_| HorodatageError::Illisible)
}

fn designe(sid: &SignerIdentifier, certificat: &Certificate) -> bool {
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(lui) => {
            lui.issuer == certificat.tbs_certificate.issuer
                && lui.serial_number == certificat.tbs_certificate.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => horodate(certificat),
    }
}

fn horodate(certificat: &Certificate) -> bool {
    certificat
        .tbs_certificate
        .extensions
        .iter()
        .flatten()
        .any(|e| {
            e.extn_id == EXTENDED_KEY_USAGE
                && e.critical
                && e.extn_value.as_bytes() == TIME_STAMPING
        })
}

/// The signed attributes hold the digest of the stamp, and are what the key signed.
fn signature_du_jeton(
    signataire: &SignerInfo,
    certificat: &Certificate,
    info: &[u8],
) -> Result<(), HorodatageError> {
    let attributs = signataire
        .signed_attrs
        .as_ref()
        .ok_or(HorodatageError::Illisible)?;
    let resume = signataire.digest_alg.oid;
    let attendu = digest::digest(hachage(resume)?, info);
    let dit = attributs
        .iter()
        .find(|a| a.oid == MESSAGE_DIGEST)
        .and_then(|a| a.values.iter().next())
        .ok_or(HorodatageError::Illisible)?;
    if dit.value() != attendu.as_ref() {
        return Err(HorodatageError::Signature);
    }
    signee(
        &certificat.tbs_certificate.subject_public_key_info,
        (signataire.signature_algorithm.oid, Some(resume)),
        &attributs.to_der()?,
        signataire.signature.as_bytes(),
    )
}

fn hachage(oid: Oid) -> Result<&'static digest::Algorithm, HorodatageError> {
    match oid {
        SHA256 => Ok(&digest::SHA256),
        SHA384 => Ok(&digest::SHA384),
        SHA512 => Ok(&digest::SHA512),
        _ => Err(HorodatageError::Algorithme),
    }
}

/// The digest that a signature algorithm names; plain RSA leaves it to the digest said beside.
fn resume_de(signature: Oid, a_cote: Option<Oid>) -> Option<Oid> {
    match signature.to_string().as_str() {
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => Some(SHA256),
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Some(SHA384),
        "1.2.840.113549.1.1.13" => Some(SHA512),
        "1.2.840.113549.1.1.1" => a_cote,
        _ => None,
    }
}

fn signee(
    cle: &SubjectPublicKeyInfoOwned,
    (algorithme, a_cote): (Oid, Option<Oid>),
    message: &[u8],
    octets: &[u8],
) -> Result<(), HorodatageError> {
    let resume = resume_de(algorithme, a_cote).ok_or(HorodatageError::Algorithme)?;
    let courbe = cle
        .algorithm
        .parameters
        .as_ref()
        .and_then(|p| p.decode_as::<Oid>().ok());
    let methode: &dyn signature::VerificationAlgorithm = match (cle.algorithm.oid, courbe, resume) {
        (RSA, _, SHA256) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA, _, SHA384) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA, _, SHA512) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (COURBE, Some(P256), SHA256) => &signature::ECDSA_P256_SHA256_ASN1,
        (COURBE, Some(P256), SHA384) => &signature::ECDSA_P256_SHA384_ASN1,
        (COURBE, Some(P384), SHA256) => &signature::ECDSA_P384_SHA256_ASN1,
        (COURBE, Some(P384), SHA384) => &signature::ECDSA_P384_SHA384_ASN1,
        _ => return Err(HorodatageError::Algorithme),
    };
    signature::UnparsedPublicKey::new(methode, cle.subject_public_key.raw_bytes())
        .verify(message, octets)
        .map_err(|_| HorodatageError::Signature)
}

/// From a certificate to a trusted one, each signed by the next and valid then.
fn remonter(
    depart: &Certificate,
    joints: &[Certificate],
    fiables: &[Certificate],
    le: NaiveDateTime,
) -> Result<(), HorodatageError> {
    let mut ici = depart;
    for _ in 0..CHAINE_MAX {
        if !valide(ici, le) {
            return Err(HorodatageError::Certificat);
        }
        if fiables.iter().any(|f| emis_par(ici, f) && valide(f, le)) {
            return Ok(());
        }
        match joints.iter().find(|c| *c != ici && emis_par(ici, c)) {
            Some(dessus) => ici = dessus,
            None => return Err(HorodatageError::Certificat),
        }
    }
    Err(HorodatageError::Certificat)
}

fn valide(certificat: &Certificate, le: NaiveDateTime) -> bool {
    let duree = &certificat.tbs_certificate.validity;
    let secondes = u64::try_from(le.and_utc().timestamp()).unwrap_or(0);
    let entre = duree.not_before.to_unix_duration().as_secs()
        ..=duree.not_after.to_unix_duration().as_secs();
    entre.contains(&secondes)
}

fn emis_par(certificat: &Certificate, par: &Certificate) -> bool {
    let Ok(signe) = certificat.tbs_certificate.to_der() else {
        return false;
    };
    certificat.tbs_certificate.issuer == par.tbs_certificate.subject
        && signee(
            &par.tbs_certificate.subject_public_key_info,
            (certificat.signature_algorithm.oid, None),
            &signe,
            certificat.signature.raw_bytes(),
        )
        .is_ok()
}
