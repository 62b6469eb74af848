//! The table `webhooks` of a configuration file: where their names are, and how they are signed.

use specsmith_rust::{HmacEncoding, HmacHash, HmacSignature, OptionTable, SignatureScheme, TypeOptions, WebhookName};

use super::apply::{header, mark};
use super::reader::{Entry, Reader};

/// The keys of the table.
const KEYS: [&str; 2] = ["name", "signature"];

/// Reads the table.
pub(super) fn table(types: &mut TypeOptions, entry: &Entry<'_>, reader: &mut Reader<'_>) {
    for entry in reader.table(entry) {
        match entry.key {
            "name" => types.webhooks.name = name(&entry, reader),
            "signature" => types.webhooks.signature = signature(&entry, reader),
            _ => {
                reader.unknown(&entry, "webhooks", &KEYS);
                continue;
            }
        }
        mark(types, OptionTable::Webhooks, &entry);
    }
}

/// `{ header = "X-Event" }`, `{ member = "/event/type" }`, or both.
fn name(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<WebhookName> {
    let (mut in_header, mut in_member, before) = (None, None, reader.reported());
    for entry in reader.table(entry) {
        match entry.key {
            "header" => in_header = header(&entry, reader),
            "member" => in_member = pointer(&entry, reader),
            _ => reader.unknown(&entry, "webhooks.name", &["header", "member"]),
        }
    }
    let name = match (in_header, in_member) {
        (Some(header), Some(member)) => Some(WebhookName::HeaderAndMember(header, member)),
        (Some(header), None) => Some(WebhookName::Header(header)),
        (None, Some(member)) => Some(WebhookName::Member(member)),
        (None, None) => None,
    };
    if name.is_none() && reader.reported() == before {
        let help = "a name is in a `header` or in a `member`".to_owned();
        reader.report(
            "`webhooks.name` says no place".to_owned(),
            entry.place,
            "has neither",
            Some(help),
        );
    }
    name
}

/// A JSON Pointer (RFC 6901) to a member.
fn pointer(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(entry)?;
    if text.starts_with('/') {
        return Some(text);
    }
    let message = format!("`{}` is no JSON Pointer to a member", text.escape_debug());
    let help = "such a pointer begins with `/`, as in `/event/type`".to_owned();
    reader.report(message, entry.place, "does not begin with `/`", Some(help));
    None
}

/// `"standard"`, or a table with a `header`.
fn signature(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<SignatureScheme> {
    let Some(entries) = reader.as_table(entry) else {
        return reader
            .choice(entry, &[("standard", ())])
            .map(|()| SignatureScheme::Standard);
    };
    let (mut name, mut hash, mut encoding, mut prefix) = (None, None, None, None);
    let mut timestamped = false;
    let before = reader.reported();
    let mut only_hmac = None;
    for entry in entries {
        match entry.key {
            "header" => name = header(&entry, reader),
            "timestamped" => timestamped = reader.flag(&entry).unwrap_or_default(),
            "algorithm" => {
                let choices = [
                    ("sha1", HmacHash::Sha1),
                    ("sha256", HmacHash::Sha256),
                    ("sha512", HmacHash::Sha512),
                ];
                hash = reader.choice(&entry, &choices);
            }
            "encoding" => {
                let choices = [("hex", HmacEncoding::Hex), ("base64", HmacEncoding::Base64)];
                encoding = reader.choice(&entry, &choices);
            }
            "prefix" => prefix = reader.text(&entry),
            _ => {
                let keys = ["header", "algorithm", "encoding", "prefix", "timestamped"];
                reader.unknown(&entry, "webhooks.signature", &keys);
                continue;
            }
        }
        if matches!(entry.key, "algorithm" | "encoding" | "prefix") {
            only_hmac = Some((entry.name.clone(), entry.place));
        }
    }
    if name.is_none() && reader.reported() == before {
        let help = "it is the header that the signature is in".to_owned();
        let message = "`webhooks.signature.header` is not there".to_owned();
        reader.report(message, entry.place, "has no `header`", Some(help));
    }
    if timestamped && let Some((option, place)) = only_hmac {
        let message = format!("`{option}` is decided where a signature has a time");
        let help = "it is HMAC with SHA-256 in hexadecimal digits, as `t=..,v1=..`".to_owned();
        reader.report(message, place, "cannot be chosen", Some(help));
    }
    let header = name?;
    Some(match timestamped {
        true => SignatureScheme::Timestamped(header),
        false => SignatureScheme::Hmac(HmacSignature {
            header,
            hash: hash.unwrap_or(HmacHash::Sha256),
            encoding: encoding.unwrap_or(HmacEncoding::Hex),
            prefix: prefix.unwrap_or_default(),
        }),
    })
}
