//! Random bits, for jitter and for keys that no other call has.

/// 64 random bits. They are not meant to be secret.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};

    RandomState::new().build_hasher().finish()
}

/// 64 random bits. They are not meant to be secret.
#[cfg(target_arch = "wasm32")]
pub(super) fn random() -> u64 {
    // A fraction has 52 random bits.
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}

/// A UUID of random bits (RFC 9562, section 5.4).
pub(super) fn uuid() -> String {
    let (high, low) = (random(), random());
    let (a, b, c) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    let (d, e) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
}
