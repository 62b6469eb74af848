//! Tokens that are right, and tokens that are wrong in one way each.

use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};

use super::super::auth::Credential;
use super::super::jwt::{JwtVerifier, NoUsableKey};

const KEY: &[u8] = b"a key of the tests that is long enough";

fn verifier() -> JwtVerifier {
    JwtVerifier::new("https://issuer.example", "shop")
        .key(Algorithm::HS256, DecodingKey::from_secret(KEY))
        .leeway(Duration::ZERO)
}

/// Claims that are right, but for one.
fn claims(name: &str, value: Value) -> Value {
    let mut claims = json!({
        "iss": "https://issuer.example",
        "aud": ["shop", "other"],
        "exp": get_current_timestamp() + 60,
        "sub": "ada",
    });
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
        value => claims[name] = value,
    }
    claims
}

fn token(header: &Header, claims: &Value, key: &[u8]) -> Credential {
    Credential::new(encode(header, claims, &EncodingKey::from_secret(key)).unwrap())
}

fn is_good(name: &str, value: Value) -> bool {
    let token = token(&Header::default(), &claims(name, value), KEY);
    verifier().verify::<Value>(&token).is_ok()
}

#[test]
fn claims_are_checked() {
    let now = get_current_timestamp();
    assert!(is_good("more", json!(1)));
    assert!(is_good("aud", json!("shop")));
    assert!(is_good("nbf", json!(now - 1)));
    for (name, value) in [
        ("exp", json!(now - 1)),
        ("exp", Value::Null),
        ("nbf", json!(now + 10)),
        ("aud", json!("another")),
        ("aud", Value::Null),
        ("iss", json!("https://other.example")),
        ("iss", Value::Null),
    ] {
        assert!(!is_good(name, value.clone()), "{name}: {value}");
    }
    let late = token(&Header::default(), &claims("exp", json!(now - 1)), KEY);
    let patient = verifier().leeway(Duration::from_secs(30));
    assert!(patient.verify::<Value>(&late).is_ok());
}

#[test]
fn keys_are_for_their_algorithm() {
    let good = claims("sub", json!("ada"));
    let wrong = token(
        &Header::default(),
        &good,
        b"another key that is long enough too",
    );
    let other = token(&Header::new(Algorithm::HS384), &good, KEY);
    for token in [wrong, other, Credential::new("x.y.z"), Credential::new("")] {
        assert!(verifier().verify::<Value>(&token).is_err());
    }
    // An algorithm of `none` with no signature.
    let text = token(&Header::default(), &good, KEY).expose().to_owned();
    let body = text.split('.').nth(1).unwrap();
    let unsigned = Credential::new(format!("eyJhbGciOiJub25lIn0.{body}."));
    assert!(verifier().verify::<Value>(&unsigned).is_err());
    let empty = JwtVerifier::new("https://issuer.example", "shop");
    assert!(empty.verify::<Value>(&Credential::new(text)).is_err());
}

#[test]
fn claims_have_the_type_of_the_caller() {
    let token = token(&Header::default(), &claims("sub", json!("ada")), KEY);
    let claims: std::collections::BTreeMap<String, Value> = verifier().verify(&token).unwrap();
    assert_eq!(claims["sub"], "ada");
    assert!(verifier().verify::<Vec<String>>(&token).is_err());
    assert!(!format!("{:?}", verifier()).contains("a key"));
}

#[test]
fn keys_of_a_set_are_found_by_their_name() {
    let set: JwkSet = serde_json::from_value(json!({ "keys": [
        { "kty": "oct", "kid": "one", "alg": "HS256", "k": "YSBrZXkgb2YgdGhlIHRlc3RzIHRoYXQgaXMgbG9uZyBlbm91Z2g" },
        { "kty": "oct", "kid": "two", "use": "enc", "k": "c2VjcmV0" },
        { "kty": "new", "kid": "three" },
    ] }))
    .unwrap();
    let verifier = JwtVerifier::new("https://issuer.example", "shop");
    let verifier = verifier.jwks(&set, &[Algorithm::HS256]).unwrap();
    let named = |name: Option<&str>| {
        let header = Header {
            kid: name.map(str::to_owned),
            ..Header::default()
        };
        let token = token(&header, &claims("sub", json!("ada")), KEY);
        verifier.verify::<Value>(&token).is_ok()
    };
    assert!(named(Some("one")) && named(None));
    assert!(!named(Some("two")) && !named(Some("four")));
    let refused = JwtVerifier::new("i", "a").jwks(&set, &[Algorithm::RS256]);
    assert_eq!(refused.err(), Some(NoUsableKey));
}
