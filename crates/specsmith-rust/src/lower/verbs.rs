//! Words that name a call and not what is called.

use crate::naming::is_plural;

/// Verbs that are no nouns. A path that ends with one, alone or in front of other words, names a call.
const VERBS: &[&str] = &[
    "accept",
    "activate",
    "add",
    "advance",
    "anonymize",
    "answer",
    "append",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "ban",
    "begin",
    "cancel",
    "capture",
    "change",
    "clear",
    "close",
    "complete",
    "compute",
    "confirm",
    "consume",
    "convert",
    "copy",
    "create",
    "deactivate",
    "decline",
    "decompress",
    "decrypt",
    "delete",
    "deliver",
    "detach",
    "disable",
    "disconnect",
    "dismiss",
    "duplicate",
    "edit",
    "enable",
    "encrypt",
    "enqueue",
    "enrol",
    "enroll",
    "evaluate",
    "execute",
    "expire",
    "extend",
    "fetch",
    "finalise",
    "finalize",
    "find",
    "finish",
    "flush",
    "forward",
    "fund",
    "generate",
    "get",
    "increment",
    "initialize",
    "insert",
    "install",
    "introspect",
    "invalidate",
    "join",
    "kick",
    "leave",
    "list",
    "lookup",
    "mark",
    "merge",
    "modify",
    "move",
    "notify",
    "parse",
    "pause",
    "prepare",
    "promote",
    "provision",
    "prune",
    "publish",
    "purge",
    "reactivate",
    "rebuild",
    "recalculate",
    "reconstruct",
    "recover",
    "redact",
    "redeem",
    "register",
    "reindex",
    "reject",
    "reload",
    "remove",
    "rename",
    "render",
    "renew",
    "reopen",
    "reorder",
    "replace",
    "reply",
    "resend",
    "resolve",
    "restart",
    "restore",
    "restrict",
    "resubmit",
    "resume",
    "retrieve",
    "retry",
    "revert",
    "revoke",
    "rotate",
    "save",
    "send",
    "serialize",
    "set",
    "simulate",
    "snooze",
    "start",
    "stop",
    "submit",
    "subscribe",
    "succeed",
    "suspend",
    "swap",
    "terminate",
    "toggle",
    "translate",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "uncompress",
    "undelete",
    "unfollow",
    "uninstall",
    "unlink",
    "unlock",
    "unmute",
    "unpause",
    "unpin",
    "unpublish",
    "unregister",
    "unset",
    "unsubscribe",
    "update",
    "upsert",
    "validate",
    "verify",
    "void",
    "withdraw",
];

/// Verbs that are nouns as well: a call where they stand alone or in front of one thing, and the request changes
/// something; a `refund_policy` would be one, too, but `refund_policies` are not.
const ALONE: &[&str] = &[
    "ask", "block", "check", "claim", "clone", "commit", "compile", "compress", "decode", "download", "echo", "embed",
    "encode", "export", "extract", "fail", "follow", "fork", "import", "invite", "link", "lock", "login", "logout",
    "migrate", "mute", "open", "pay", "pin", "post", "process", "query", "refine", "refresh", "refund", "release",
    "remix", "report", "request", "rerank", "reset", "return", "reverse", "run", "schedule", "scroll", "ship",
    "shutdown", "sign", "skip", "split", "switch", "sync", "test", "transfer", "trigger", "undo", "upgrade", "upload",
    "wait",
];

/// What requests that read are called after.
const READING: &[&str] = &[
    "check", "compare", "count", "download", "export", "ping", "poll", "preview", "query", "search",
];

/// Paths that many services have beside their resources.
const PROBES: &[&str] = &[
    "alive",
    "health",
    "healthcheck",
    "healthz",
    "live",
    "livez",
    "login",
    "logout",
    "ready",
    "readyz",
    "status",
    "version",
    "whoami",
];

/// Whether a path of just these words is a call, and no resource.
pub(super) fn is_call(words: &[String]) -> bool {
    begins_with_verb(words)
        || is_about_one(words)
        || matches!(words, [word] if is_in(READING, word) || is_in(PROBES, word))
}

/// Whether the last words of a path say what a request does, which changes something or just reads.
pub(super) fn is_action(words: &[String], reads: bool) -> bool {
    match words {
        [word] if is_in(READING, word) => true,
        [word] if is_in(ALONE, word) => !reads,
        _ => begins_with_verb(words) || !reads && is_about_one(words),
    }
}

fn begins_with_verb(words: &[String]) -> bool {
    matches!(words, [first, second, ..] if first == "log" && matches!(second.as_str(), "in" | "out"))
        || words.first().is_some_and(|first| is_in(VERBS, first))
}

/// Whether something that can be a verb stands in front of one thing: `upload_file`.
fn is_about_one(words: &[String]) -> bool {
    match words {
        [first, .., last] => is_in(ALONE, first) && !is_plural(last),
        _ => false,
    }
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}
