//! The other direction of [`super::deflate`], for whoever receives: a limit first, since the input may have
//! been made to grow without end.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// Inflates what was deflated with that dictionary, to at most `most` bytes; `None` for anything else: cut,
/// changed, larger, or followed by more.
pub fn inflate(deflated: &[u8], dictionary: &[u8], most: usize) -> Option<Vec<u8>> {
    // Room for what is usual first; all there may ever be only for what needs it.
    let usual = most.min(deflated.len().saturating_mul(64));
    match inflate_into(deflated, dictionary, usual) {
        (TINFLStatus::HasMoreOutput, _) if usual < most => inflate_into(deflated, dictionary, most).1,
        (_, inflated) => inflated,
    }
}

fn inflate_into(deflated: &[u8], dictionary: &[u8], room: usize) -> (TINFLStatus, Option<Vec<u8>>) {
    // Inflating copies from what was inflated before, so the dictionary stands in front of it.
    let before = dictionary.len();
    let mut out = dictionary.to_vec();
    out.resize(before.saturating_add(room), 0);
    let mut machine = DecompressorOxide::new();
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, taken, made) = decompress(&mut machine, deflated, &mut out, before, flags);
    let whole = status == TINFLStatus::Done && taken == deflated.len();
    let inflated = out.get(before..before.saturating_add(made)).filter(|_| whole).map(<[u8]>::to_vec);
    (status, inflated)
}
