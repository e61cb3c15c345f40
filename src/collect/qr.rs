//! A code's text as the squares of a QR code (ISO/IEC 18004).

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The squares of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squares {
    /// How many squares wide and high it is.
    pub size: usize,
    /// Row by row from the top: whether each is dark.
    pub dark: Vec<bool>,
}

/// The largest version drawn: 105 squares wide. SMART Health Cards' limit for phones at 40 mm.
const LARGEST: u8 = 22;

/// The squares for a text; `None` if it does not fit.
///
/// Where both fit, a code that survives 15 % damage is better than a smaller one that survives 7 %; and what
/// room its version leaves goes into more of it.
pub fn squares(text: &str) -> Option<Squares> {
    let segments = QrSegment::make_segments(text);
    let fitting = |level| {
        QrCode::encode_segments_advanced(&segments, level, Version::MIN, Version::new(LARGEST), None, true)
            .ok()
    };
    let code = fitting(QrCodeEcc::Medium).or_else(|| fitting(QrCodeEcc::Low))?;
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let dark = dark.map(|(x, y)| code.get_module(x, y)).collect();
    Some(Squares { size: usize::try_from(size).ok()?, dark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::code::MOST;

    #[test]
    fn the_longest_text_a_code_may_have_fits() {
        let squares = squares(&"A".repeat(MOST));
        // Version 20 at level L: 1,249 letters (ISO/IEC 18004, table 7).
        assert_eq!(squares.map(|squares| (squares.size, squares.dark.len())), Some((97, 97 * 97)));
    }

    #[test]
    fn where_there_is_room_the_code_survives_more_damage() {
        // Version 11 holds 468 letters at level L and 366 at level M.
        let size = |letters| squares(&"A".repeat(letters)).map(|squares| (squares.size - 17) / 4);
        assert_eq!((size(366), size(367)), (Some(11), Some(12)));
    }

    #[test]
    fn more_than_the_largest_version_holds_does_not_fit() {
        assert_eq!(squares(&"A".repeat(1_500)), None);
    }
}
