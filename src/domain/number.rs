//! A decimal number kept as it was written and compared exactly.
//!
//! Nothing here is floating point: 0.1 is 0.1, however many digits follow, and the tables for reading and
//! writing floating point (ten kilobytes that do not compress) stay out of the WASM.

use std::cmp::Ordering;

/// A decimal number kept as it was written; compared by value.
#[derive(Clone, Debug)]
pub struct Number {
    written: Box<str>,
}

/// The largest power of ten a number may have, as in a 64-bit floating point number; a service reads
/// nothing larger.
const LARGEST: i32 = 308;

/// A number taken apart: its sign, its digits without zeros at either end, and the power of ten of the first.
/// No digits is nought.
struct Apart {
    is_negative: bool,
    digits: Vec<u8>,
    power: i32,
}

impl Number {
    /// Reads a JSON number's characters (`-12.50`, `1e3`); `None` for anything else, and for one too large or
    /// too small for a 64-bit floating point number.
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let well_formed = digits(whole)
            && (whole.len() == 1 || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)));
        let number = well_formed.then(|| Self { written: text.into() })?;
        (-LARGEST..=LARGEST).contains(&number.apart()?.power).then_some(number)
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The number in 64-bit floating point: exact for whole numbers of up to fifteen digits, which is what
    /// scales and box widths are; elsewhere the last digit may be off. Never for comparing.
    pub fn value(&self) -> f64 {
        let Some(Apart { is_negative, digits, power }) = self.apart() else { return 0.0 };
        let count = digits.len() as i32;
        let whole = digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(*digit));
        let mut scale = 1.0;
        let shift = power + 1 - count;
        for _ in 0..shift.unsigned_abs() {
            scale *= 10.0;
        }
        let size = if shift < 0 { whole / scale } else { whole * scale };
        if is_negative { -size } else { size }
    }

    /// How many digits stand after the decimal point.
    pub fn decimal_places(&self) -> usize {
        let mantissa = self.written.split(['e', 'E']).next().unwrap_or_default();
        mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len())
    }

    /// Less, equal or greater in value, exactly.
    pub fn compare(&self, other: &Self) -> Ordering {
        let (Some(one), Some(other)) = (self.apart(), other.apart()) else { return Ordering::Equal };
        match (one.sign(), other.sign()) {
            (1, 1) => one.size(&other),
            (-1, -1) => other.size(&one),
            (one, other) => one.cmp(&other),
        }
    }

    /// The number times ten to the power `places`, where that is whole and below 10^15; for adding up exactly.
    pub fn scaled(&self, places: u32) -> Option<i64> {
        const MOST_DIGITS: i32 = 15;
        let Apart { is_negative, digits, power } = self.apart()?;
        let zeros = power + 1 + places as i32 - digits.len() as i32;
        if digits.is_empty() {
            return Some(0);
        }
        if zeros < 0 || digits.len() as i32 + zeros > MOST_DIGITS {
            return None;
        }
        let whole = digits.iter().fold(0, |sum: i64, digit| sum * 10 + i64::from(*digit));
        let size = whole * 10_i64.pow(zeros as u32);
        Some(if is_negative { -size } else { size })
    }

    /// A whole number of which the last `places` digits stand after the point: `of_scaled(1250, 2)` is 12.50.
    pub fn of_scaled(value: i64, places: u32) -> Self {
        let digits = value.unsigned_abs().to_string();
        let places = places as usize;
        let zeros = "0".repeat((places + 1).saturating_sub(digits.len()));
        let digits = [&zeros, digits.as_str()].concat();
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let point = if places > 0 { "." } else { "" };
        let sign = if value < 0 { "-" } else { "" };
        Self { written: [sign, whole, point, fraction].concat().into() }
    }

    /// `None` only for an exponent beyond any number there is.
    fn apart(&self) -> Option<Apart> {
        let unsigned = self.written.strip_prefix('-');
        let is_negative = unsigned.is_some();
        let unsigned = unsigned.unwrap_or(&self.written);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let power = if digits.is_empty() {
            0
        } else {
            exponent.checked_add(whole.len() as i32 - 1)?.checked_sub(leading as i32)?
        };
        Some(Apart { is_negative, digits, power })
    }
}

impl Apart {
    fn sign(&self) -> i32 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn size(&self, other: &Self) -> Ordering {
        self.power.cmp(&other.power).then_with(|| self.digits.cmp(&other.digits))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self { written: value.to_string().into() }
    }
}

impl PartialEq for Number {
    /// Equal in value: 1.50 equals 1.5 (FHIR servers do drop trailing zeros).
    fn eq(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Equal
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_keeps_its_digits_and_compares_by_value() {
        let number = Number::parse("12.50").unwrap();
        assert_eq!((number.as_str(), number.decimal_places()), ("12.50", 2));
        assert_eq!(Some(number), Number::parse("12.5"));
    }

    #[test]
    fn text_that_is_not_a_json_number_is_not_a_number() {
        for text in [
            "",
            "-",
            "01",
            "1.",
            ".5",
            "1e",
            "NaN",
            "inf",
            "1e999",
            "1e99999999999",
            "+1",
            " 1",
            "0x1",
            "1_0",
            "--1",
        ] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn digits_beyond_floating_point_are_compared_too() {
        let number = |text| Number::parse(text).unwrap();
        assert!(number("0.10000000000000000001") != number("0.1"));
        assert_eq!(number("9007199254740993").compare(&number("9007199254740992")), Ordering::Greater);
        assert_eq!(number("1.10e2"), number("110"));
        assert_eq!(number("-0"), number("0.00e5"));
    }

    #[test]
    fn a_number_is_scaled_only_where_that_is_exact() {
        let scaled = |text: &str, places| Number::parse(text).unwrap().scaled(places);
        assert_eq!(scaled("26.02", 2), Some(2602));
        assert_eq!(scaled("-1.5e1", 6), Some(-15_000_000));
        assert_eq!(scaled("0.00", 0), Some(0));
        assert_eq!(scaled("7", 0), Some(7));
        assert_eq!(scaled("0.125", 2), None);
        assert_eq!(scaled("1e300", 6), None);
        assert_eq!(scaled("999999999.999999", 6), Some(999_999_999_999_999));
        assert_eq!(scaled("1000000000", 6), None);
        for (value, places, written) in [(1250, 2, "12.50"), (-5, 1, "-0.5"), (0, 0, "0"), (7, 6, "0.000007")]
        {
            let number = Number::of_scaled(value, places);
            assert_eq!(number.as_str(), written);
            assert_eq!(number.scaled(places), Some(value));
        }
    }

    proptest! {
        #[test]
        fn numbers_order_as_floating_point_does_where_that_is_exact(one in -99_999_i32..99_999, other in -99_999_i32..99_999, places in 0_usize..5) {
            let text = |value: i32| {
                let digits = format!("{:0width$}", value.unsigned_abs(), width = places + 1);
                let (whole, fraction) = digits.split_at(digits.len() - places);
                let point = if places > 0 { "." } else { "" };
                format!("{}{whole}{point}{fraction}", if value < 0 { "-" } else { "" })
            };
            let (first, second) = (Number::parse(&text(one)).unwrap(), Number::parse(&text(other)).unwrap());
            prop_assert_eq!(first.compare(&second), one.cmp(&other));
            let near: f64 = text(one).parse().unwrap();
            prop_assert!((first.value() - near).abs() <= 1e-9 * near.abs());
        }
    }
}
