//! The vectors of RFC 7515, and tokens that somebody changed.

use super::{Keys, Token, URL_SAFE_NO_PAD};
use base64::Engine as _;
use serde_json::{Value, json};

const PAYLOAD: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/// RFC 7515, A.2.
const RS256: (&str, &str) = (
    "eyJhbGciOiJSUzI1NiJ9",
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb\
     F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383\
     LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy\
     wlVmtVrBp0igcN_IoypGlUPQGe77Rw",
);

/// RFC 7515, A.3.
const ES256: (&str, &str) = (
    "eyJhbGciOiJFUzI1NiJ9",
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
);

fn rsa() -> Value {
    json!({"kty": "RSA", "e": "AQAB", "n":
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR\
         T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB\
         dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia\
         GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})
}

fn ec() -> Value {
    json!({"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})
}

fn keys(keys: &[Value]) -> Keys {
    Keys::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn open(token: &str, keys: &Keys) -> Result<(), String> {
    Token::read(token).and_then(|token| token.open(keys)).map(drop).map_err(|error| error.to_string())
}

fn joined((header, signature): (&str, &str)) -> String {
    format!("{header}.{PAYLOAD}.{signature}")
}

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[test]
fn the_examples_of_rfc_7515_are_found_good() {
    let keys = keys(&[rsa(), ec()]);
    assert_eq!(open(&joined(RS256), &keys), Ok(()));
    assert_eq!(open(&joined(ES256), &keys), Ok(()));
}

#[test]
fn a_token_changed_in_any_part_is_found_bad() {
    let keys = keys(&[rsa(), ec()]);
    let wrong = Err("not a token of the identity provider: its signature is wrong".to_owned());
    for (header, signature) in [RS256, ES256] {
        let other = encode("{\"iss\":\"joe\",\"exp\":9999999999}");
        assert_eq!(open(&format!("{header}.{other}.{signature}"), &keys), wrong, "another payload");
        let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            bytes[at] ^= 1;
            let signature = URL_SAFE_NO_PAD.encode(&bytes);
            assert_eq!(open(&format!("{header}.{PAYLOAD}.{signature}"), &keys), wrong, "byte {at}");
            bytes[at] ^= 1;
        }
        let short = URL_SAFE_NO_PAD.encode(&bytes[1..]);
        assert_eq!(open(&format!("{header}.{PAYLOAD}.{short}"), &keys), wrong, "cut");
        assert_eq!(open(&format!("{header}.{PAYLOAD}."), &keys), wrong, "no signature");
        let spaced =
            encode(&format!("{} ", String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap()));
        assert_eq!(open(&format!("{spaced}.{PAYLOAD}.{signature}"), &keys), wrong, "another header");
    }
    let swapped = format!("{}.{PAYLOAD}.{}", RS256.0, ES256.1);
    assert_eq!(open(&swapped, &keys), wrong, "another algorithm's signature");
    // A signature of two zeros once passed for everybody (CVE-2022-21449).
    let zeros = URL_SAFE_NO_PAD.encode([0; 64]);
    assert_eq!(open(&format!("{}.{PAYLOAD}.{zeros}", ES256.0), &keys), wrong, "zeros");
}

#[test]
fn a_token_cannot_choose_another_algorithm() {
    let keys = keys(&[rsa(), ec()]);
    for alg in ["none", "None", "NONE", "HS256", "HS512", "RS512", "PS256", "ES384", "EdDSA", "rs256", ""] {
        let header = encode(&json!({ "alg": alg }).to_string());
        for signature in ["", RS256.1] {
            let error = open(&format!("{header}.{PAYLOAD}.{signature}"), &keys).unwrap_err();
            assert!(error.ends_with("its algorithm is neither RS256 nor ES256"), "{alg}: {error}");
        }
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    let keys = keys(&[rsa()]);
    let good = joined(RS256);
    for bad in [
        String::new(),
        "..".into(),
        "a.b".into(),
        format!("{good}.x"),
        format!("{good}="),
        format!(" {good}"),
        format!("{good}\n"),
        good.replace('_', "/"),
        format!("{}.{PAYLOAD}.x", encode("[]")),
        format!("{}.{PAYLOAD}.x", encode("{}")),
        "a".repeat(20_000),
    ] {
        let error = open(&bad, &keys).unwrap_err();
        assert!(error.ends_with("it is malformed"), "{bad}: {error}");
    }
    let critical = encode(&json!({"alg": "RS256", "crit": ["exp"], "exp": 1}).to_string());
    let error = open(&format!("{critical}.{PAYLOAD}.{}", RS256.1), &keys).unwrap_err();
    assert!(error.ends_with("it demands an extension"), "{error}");
}

#[test]
fn a_key_is_found_by_its_name_and_never_guessed() {
    let unknown = Err("not a token of the identity provider: unknown key".to_owned());
    let named = |name: &str, mut key: Value| {
        key["kid"] = name.into();
        key
    };
    assert_eq!(open(&joined(ES256), &keys(&[rsa()])), unknown, "no key of that kind");
    assert_eq!(open(&joined(ES256), &keys(&[ec(), ec()])), unknown, "two might be meant");
    assert_eq!(open(&joined(ES256), &keys(&[named("a", ec())])), Ok(()), "only one can be meant");
    let a = encode(&json!({"alg": "ES256", "kid": "a"}).to_string());
    let token = format!("{a}.{PAYLOAD}.{}", ES256.1);
    let token = Token::read(&token).unwrap();
    assert!(token.knows(&keys(&[named("a", ec()), named("b", ec())])));
    assert!(!token.knows(&keys(&[named("b", ec())])) && !token.knows(&keys(&[ec()])));
    for (field, value) in [("use", "enc"), ("alg", "RS256"), ("crv", "P-384"), ("x", "AAAA"), ("kty", "oct")]
    {
        let mut key = ec();
        key[field] = value.into();
        assert_eq!(open(&joined(ES256), &keys(&[key])), unknown, "{field}");
    }
    assert!(Keys::read(b"{}").is_none() && Keys::read(b"[]").is_none() && Keys::read(b"").is_none());
}
