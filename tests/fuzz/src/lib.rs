//! How fuzz targets change their inputs: a document as documents are changed, anything else as bytes.

use libfuzzer_sys::fuzzer_mutate;

#[path = "../../src/mutation/mutate.rs"]
mod mutate;

use mutate::Random;

/// Changes the first `size` bytes; returns how many there are then, which is at most `max_size`.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(u64::from(seed));
    let text = data
        .get(..size)
        .map(<[u8]>::to_vec)
        .and_then(|bytes| String::from_utf8(bytes).ok());
    // Now and then bytes change although they are a document.
    let value = text
        .filter(|_| random.below(8) > 0)
        .and_then(|text| mutate::read(&text));
    let changed = value.map(|value| mutate::document(&value, &mut random));
    match changed {
        Some(changed) if changed.len() <= max_size => {
            data[..changed.len()].copy_from_slice(changed.as_bytes());
            changed.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}
