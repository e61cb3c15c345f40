use aes_gcm::aead::{Aead, KeyInit, Payload};
use base64ct::{Base64UrlUnpadded as Base64, Encoding};
use p256::{PublicKey, SecretKey, ecdh::diffie_hellman};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Opens a sealed response. `keys` are the service's private JWKs. Gives the header and the response; `None`
/// if it is for another key, or if a single bit of it has been changed.
pub fn open(sealed: &str, keys: &[Value]) -> Option<(Value, Value)> {
    let parts: Vec<&str> = sealed.split('.').collect();
    let [protected, "", iv, ciphertext, tag] = parts[..] else { return None };
    let bytes = |part: &str| Base64::decode_vec(part).ok();
    let header: Value = serde_json::from_slice(&bytes(protected)?).ok()?;
    if header["alg"] != "ECDH-ES" || header["enc"] != "A256GCM" {
        return None;
    }

    // The secret that both keys share, and from it the key of the cipher (RFC 7518, section 4.6.2).
    let ours = keys.iter().find(|key| key["kid"] == header["kid"])?;
    let ours = SecretKey::from_slice(&bytes(ours["d"].as_str()?)?).ok()?;
    let point = [&[4][..], &bytes(header["epk"]["x"].as_str()?)?, &bytes(header["epk"]["y"].as_str()?)?];
    let theirs = PublicKey::from_sec1_bytes(&point.concat()).ok()?;
    let shared = diffie_hellman(ours.to_nonzero_scalar(), theirs.as_affine());
    let mut hash = Sha256::new();
    hash.update(1_u32.to_be_bytes());
    hash.update(shared.raw_secret_bytes());
    for part in [b"A256GCM".to_vec(), bytes(header["apu"].as_str()?)?, bytes(header["apv"].as_str()?)?] {
        hash.update(u32::try_from(part.len()).ok()?.to_be_bytes());
        hash.update(part);
    }
    hash.update(256_u32.to_be_bytes());

    // The header is what the cipher authenticates beside the response.
    let cipher = aes_gcm::Aes256Gcm::new(&hash.finalize());
    let iv: [u8; 12] = bytes(iv)?.try_into().ok()?;
    let tag: [u8; 16] = bytes(tag)?.try_into().ok()?;
    let both = [bytes(ciphertext)?, tag.to_vec()].concat();
    let plaintext = cipher.decrypt(&iv.into(), Payload { msg: &both, aad: protected.as_bytes() }).ok()?;

    // The spaces that fill it up are part of JSON. What is inside has to be what the header says.
    let response: Value = serde_json::from_slice(&plaintext).ok()?;
    let same = response["id"] == header["response"] && response["questionnaire"] == header["questionnaire"];
    same.then_some((header, response))
}
