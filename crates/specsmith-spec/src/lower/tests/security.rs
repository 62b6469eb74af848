//! Security schemes and requirements.

use specsmith_ir::{Api, OAuthFlowKind, ParameterIn, SecurityRequirement, SecuritySchemeKind};

use super::{api, clean};

/// Requirements as `a+b | c`, an empty one as `none`.
fn requirements(api: &Api, security: &[SecurityRequirement]) -> String {
    let names = |requirement: &SecurityRequirement| -> String {
        let names = requirement.schemes.iter().map(|required| {
            let name = &api.security_scheme(required.scheme).unwrap().name;
            match required.scopes.is_empty() {
                true => name.clone(),
                false => format!("{name}({})", required.scopes.join(" ")),
            }
        });
        let names: Vec<_> = names.collect();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join("+")
        }
    };
    security.iter().map(names).collect::<Vec<_>>().join(" | ")
}

fn of_each_operation(api: &Api) -> Vec<String> {
    api.operations
        .iter()
        .map(|operation| requirements(api, &operation.security))
        .collect()
}

const SCHEMES: &str = "
components:
  securitySchemes:
    a: {type: http, scheme: bearer, bearerFormat: JWT}
    b: {type: apiKey, in: header, name: X-Key}
";

#[test]
fn every_kind_of_scheme_is_understood() {
    let api = clean(
        "3.2.0",
        "
components:
  securitySchemes:
    key: {type: apiKey, in: cookie, name: sid, description: A cookie}
    basic: {type: http, scheme: Basic}
    bearer: {type: http, scheme: BEARER, bearerFormat: JWT}
    digest: {type: http, scheme: Digest}
    connect: {type: openIdConnect, openIdConnectUrl: 'https://example.org/.well-known'}
    mutual: {type: mutualTLS, deprecated: true}
    flows:
      type: oauth2
      flows:
        implicit: {authorizationUrl: /a, scopes: {}}
        authorizationCode: {authorizationUrl: /a, tokenUrl: /t, refreshUrl: /r, scopes: {read: Read it}}
        deviceAuthorization: {deviceAuthorizationUrl: /d, tokenUrl: /t, scopes: {}}
",
    );
    let kinds: Vec<_> = api.security_schemes.iter().map(|scheme| scheme.kind.clone()).collect();
    assert_eq!(
        kinds[..6],
        [
            SecuritySchemeKind::ApiKey {
                place: ParameterIn::Cookie,
                name: "sid".to_owned()
            },
            SecuritySchemeKind::Basic,
            SecuritySchemeKind::Bearer {
                format: Some("JWT".to_owned())
            },
            SecuritySchemeKind::Http {
                scheme: "digest".to_owned()
            },
            SecuritySchemeKind::OpenIdConnect {
                url: "https://example.org/.well-known".to_owned()
            },
            SecuritySchemeKind::MutualTls,
        ]
    );
    assert!(api.security_schemes[5].docs.deprecated);
    let SecuritySchemeKind::OAuth2 { flows } = &kinds[6] else {
        panic!("{:?}", kinds[6])
    };
    let flow_kinds: Vec<_> = flows.iter().map(|flow| flow.kind).collect();
    assert_eq!(
        flow_kinds,
        [
            OAuthFlowKind::Implicit,
            OAuthFlowKind::AuthorizationCode,
            OAuthFlowKind::DeviceAuthorization
        ]
    );
    assert_eq!(flows[1].scopes, [("read".to_owned(), "Read it".to_owned())]);
    assert_eq!(flows[2].device_authorization_url.as_deref(), Some("/d"));
}

#[test]
fn operations_override_the_default() {
    let api = clean(
        "3.1.0",
        &format!(
            "{SCHEMES}
security: [{{a: []}}]
paths:
  /a:
    get: {{responses: {{default: {{description: ''}}}}}}
    put: {{security: [], responses: {{default: {{description: ''}}}}}}
    post: {{security: [{{a: [x, y], b: []}}, {{b: []}}, {{}}], responses: {{default: {{description: ''}}}}}}
"
        ),
    );
    assert_eq!(of_each_operation(&api), ["a", "", "a(x y)+b | b | none"]);
}

#[test]
fn mistakes_never_take_protection_away() {
    let (api, findings) = api(
        "3.1.0",
        &format!(
            "{SCHEMES}
security: [{{a: []}}]
paths:
  /a:
    get: {{security: [{{aa: []}}], responses: {{default: {{description: ''}}}}}}
    put: {{security: [{{nope: []}}], responses: {{default: {{description: ''}}}}}}
    post: {{security: [null], responses: {{default: {{description: ''}}}}}}
    patch: {{security: null, responses: {{default: {{description: ''}}}}}}
    head: {{security: {{b: []}}, responses: {{default: {{description: ''}}}}}}
    trace: {{security: true, responses: {{default: {{description: ''}}}}}}
"
        ),
    );
    assert_eq!(of_each_operation(&api), ["aa", "nope", "unknown", "a", "b", "unknown"]);
    let unknown: Vec<_> = api
        .security_schemes
        .iter()
        .filter(|scheme| scheme.kind == SecuritySchemeKind::Unknown)
        .map(|scheme| scheme.name.as_str())
        .collect();
    assert_eq!(unknown, ["aa", "nope", "unknown"]);
    assert!(
        findings.contains(
            &"13:23 undefined-security-scheme: no security scheme is called `nope` \
          (define it in `components/securitySchemes`)"
                .to_owned()
        )
    );
    assert!(findings.contains(&"14:23 wrong-type: `security` must be an object, not null".to_owned()));
    assert!(findings.contains(&"16:22 wrong-type: `security` must be an array, not an object".to_owned()));
}

#[test]
fn a_scheme_that_cannot_be_understood_still_protects() {
    let (api, findings) = api(
        "3.0.3",
        "
components:
  securitySchemes:
    a: {type: basic}
    b: {type: apiKey, in: body, name: x}
    c: {type: oauth2, flow: implicit}
    d: {type: http, scheme: bearer, in: header, name: Authorization}
    e: {type: mutualTLS}
    f: {type: apikey, in: header, name: x}
    g: {$ref: '#/components/securitySchemes/z'}
security: [{a: []}, {g: []}]
paths: {/a: {get: {responses: {default: {description: ''}}}}}
",
    );
    assert_eq!(of_each_operation(&api), ["a | g"]);
    assert_eq!(api.security_schemes[0].kind, SecuritySchemeKind::Unknown);
    assert_eq!(
        api.security_schemes[3].kind,
        SecuritySchemeKind::Bearer { format: None }
    );
    assert_eq!(
        findings,
        [
            "8:23 unknown-keyword: `flow` is not a keyword of a security scheme (did you mean `flows`?)",
            "12:15 broken-ref: `#/components/securitySchemes/z` does not exist",
            "6:15 invalid-value: `basic` is not a type of security scheme (write `type: http` and `scheme: basic`)",
            "7:27 invalid-value: an API key cannot be sent in `body` (it is sent in `header`, `query` or `cookie`)",
            "8:5 missing-field: a security scheme of type `oauth2` has no `flows`",
            "9:37 unknown-keyword: `in` does not belong to a security scheme of this type",
            "9:49 unknown-keyword: `name` does not belong to a security scheme of this type",
            "10:15 newer-keyword: `mutualTLS` came with OpenAPI 3.1",
            "11:15 invalid-value: `apikey` is not a type of security scheme (did you mean `apiKey`?)",
        ]
    );
}
