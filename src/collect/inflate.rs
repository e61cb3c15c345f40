//! The other direction of [`super::deflate`], for whoever receives: a limit first, since the input may have
//! been made to grow without end.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// Inflates what was deflated with that dictionary, to at most `most` bytes; `None` for anything else: cut,
/// changed, larger, or followed by more.
pub fn inflate(deflated: &[u8], dictionary: &[u8], most: usize) -> Option<Vec<u8>> {
    // Inflating copies from what was inflated before, so the dictionary stands in front of it.
    let mut out = dictionary.to_vec();
    out.resize(dictionary.len().checked_add(most)?, 0);
    let mut machine = DecompressorOxide::new();
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, taken, made) = decompress(&mut machine, deflated, &mut out, dictionary.len(), flags);
    let whole = status == TINFLStatus::Done && taken == deflated.len();
    whole.then(|| out.get(dictionary.len()..dictionary.len() + made).map(<[u8]>::to_vec))?
}
