//! The curve P-256 (FIPS 186-5 and SP 800-186, section 3.2.1.3), as far as telling whether a point is on it.
//!
//! A key that is on no curve would be found out only when the browser is asked to seal with it, after all the
//! answers have been given. The numbers here are public, so that nothing is said by how long they take.

/// A number of 256 bits, its most significant 64 first.
type Number = [u64; 4];

/// The field's prime, 2^256 − 2^224 + 2^192 + 2^96 − 1.
const P: Number = [0xffff_ffff_0000_0001, 0, 0x0000_0000_ffff_ffff, 0xffff_ffff_ffff_ffff];
/// The curve's `b` in y² = x³ − 3x + b.
const B: Number =
    [0x5ac6_35d8_aa3a_93e7, 0xb3eb_bd55_7698_86bc, 0x651d_06b0_cc53_b0f6, 0x3bce_3c3e_27d2_604b];

/// Whether a point, given by its coordinates as 32 bytes each, the most significant first, is on the curve.
pub fn is_on_curve(x: &[u8; 32], y: &[u8; 32]) -> bool {
    let (x, y) = (number(x), number(y));
    if x >= P || y >= P {
        return false;
    }
    let cube = multiply(multiply(x, x), x);
    let three = add(add(x, x), x);
    multiply(y, y) == add(subtract(cube, three), B)
}

fn number(bytes: &[u8; 32]) -> Number {
    let mut number = [0; 4];
    for (word, eight) in number.iter_mut().zip(bytes.chunks(8)) {
        *word = eight.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    }
    number
}

/// The sum modulo P of two numbers below P.
fn add(a: Number, b: Number) -> Number {
    let mut sum = [0; 4];
    let mut carry = false;
    for ((word, a), b) in sum.iter_mut().zip(a).zip(b).rev() {
        let (low, first) = a.overflowing_add(b);
        let (low, second) = low.overflowing_add(u64::from(carry));
        (*word, carry) = (low, first || second);
    }
    if carry || sum >= P { less(sum, P) } else { sum }
}

/// The difference modulo P of two numbers below P.
fn subtract(a: Number, b: Number) -> Number {
    add(a, less(P, b))
}

/// The difference modulo 2^256.
fn less(a: Number, b: Number) -> Number {
    let mut rest = [0; 4];
    let mut borrow = false;
    for ((word, a), b) in rest.iter_mut().zip(a).zip(b).rev() {
        let (low, first) = a.overflowing_sub(b);
        let (low, second) = low.overflowing_sub(u64::from(borrow));
        (*word, borrow) = (low, first || second);
    }
    rest
}

/// The product modulo P, by doubling and adding.
fn multiply(a: Number, b: Number) -> Number {
    let mut product = [0; 4];
    for word in b {
        for bit in (0..64).rev() {
            product = add(product, product);
            if word >> bit & 1 == 1 {
                product = add(product, a);
            }
        }
    }
    product
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::collect::base64::decode_url;

    fn coordinate(text: &str) -> [u8; 32] {
        decode_url(text).unwrap().try_into().unwrap()
    }

    /// The keys of RFC 7518, appendix C, and of RFC 7515, appendix A.3.
    const KEYS: [(&str, &str); 3] = [
        ("gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"),
        ("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"),
        ("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
    ];

    #[test]
    fn the_keys_of_the_standards_are_on_the_curve() {
        for (x, y) in KEYS {
            assert!(is_on_curve(&coordinate(x), &coordinate(y)), "{x}");
        }
    }

    #[test]
    fn a_point_with_any_one_bit_changed_is_not() {
        for (x, y) in KEYS {
            let (x, y) = (coordinate(x), coordinate(y));
            for bit in 0..256 {
                let mut changed = (x, y);
                changed.0[bit / 8] ^= 1 << (bit % 8);
                assert!(!is_on_curve(&changed.0, &y), "bit {bit} of x");
                changed.1[bit / 8] ^= 1 << (bit % 8);
                assert!(!is_on_curve(&x, &changed.1), "bit {bit} of y");
            }
        }
        assert!(!is_on_curve(&[0; 32], &[0; 32]));
        assert!(!is_on_curve(&[0xff; 32], &[0xff; 32]));
    }

    #[test]
    fn a_coordinate_that_is_not_below_the_prime_is_not_taken_for_the_one_that_is() {
        // 5³ − 3 × 5 + b is a square, and `y` its root.
        let mut five = [0; 32];
        five[31] = 5;
        let y = [
            0x45, 0x92, 0x43, 0xb9, 0xaa, 0x58, 0x18, 0x06, 0xfe, 0x91, 0x3b, 0xce, 0x99, 0x81, 0x7a, 0xde,
            0x11, 0xca, 0x50, 0x3c, 0x64, 0xd9, 0xa3, 0xc5, 0x33, 0x41, 0x5c, 0x08, 0x32, 0x48, 0xfb, 0xcc,
        ];
        assert!(is_on_curve(&five, &y));
        let p: Vec<u8> = P.iter().flat_map(|word| word.to_be_bytes()).collect();
        let mut above: [u8; 32] = p.try_into().unwrap();
        let mut carry = 5_u16;
        for byte in above.iter_mut().rev() {
            carry += u16::from(*byte);
            *byte = carry as u8;
            carry >>= 8;
        }
        assert!(!is_on_curve(&above, &y));
    }
}
