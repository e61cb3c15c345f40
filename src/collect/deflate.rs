//! Deflate (RFC 1951) with a dictionary both sides know, for a response that has to fit in one picture.
//!
//! Why not the browser's `CompressionStream`: it takes no dictionary, and without one four answered questions
//! need 842 bytes, more than one code should hold; with one, about 150. Only blocks with the standard's fixed
//! codes are written, which costs a tenth over tables of our own and keeps this file short. Any inflater
//! that takes a preset dictionary reads it (`zdict` in Python, `dictionary` in Node.js).

/// Matches are looked for this far back (RFC 1951, section 2).
const WINDOW: usize = 32 * 1024;
/// The shortest match that is written as one.
const SHORTEST: usize = 3;
/// The longest: one below the standard's 258, whose code is an exception.
const LONGEST: usize = 257;
/// How many earlier places with the same three bytes are compared.
const LOOKS: usize = 128;
const SLOTS: usize = 4_096;
const NOWHERE: usize = usize::MAX;

/// The text deflated. Whoever inflates it needs the same dictionary.
pub fn deflate(text: &[u8], dictionary: &[u8]) -> Vec<u8> {
    let all = [dictionary, text].concat();
    let mut past = Past::new(&all);
    past.learn(0, dictionary.len());
    let mut out = Bits { bytes: Vec::new(), free: 0 };
    out.put(1, 1); // the last block
    out.put(1, 2); // with fixed codes
    let mut at = dictionary.len();
    while at < all.len() {
        let (length, back) = past.longest(at);
        past.learn(at, at + 1);
        let better = length >= SHORTEST && past.longest(at + 1).0 > length;
        if length < SHORTEST || better {
            out.symbol(u32::from(all.get(at).copied().unwrap_or_default()));
            at += 1;
        } else {
            out.copy(length, back);
            past.learn(at + 1, at + length);
            at += length;
        }
    }
    out.symbol(256);
    out.bytes
}

/// Where each three bytes stood before.
struct Past<'a> {
    all: &'a [u8],
    last: Vec<usize>,
    before: Vec<usize>,
}

impl<'a> Past<'a> {
    fn new(all: &'a [u8]) -> Self {
        Self { all, last: vec![NOWHERE; SLOTS], before: vec![NOWHERE; all.len()] }
    }

    fn slot(&self, at: usize) -> Option<usize> {
        let three = self.all.get(at..at + SHORTEST)?;
        let mixed = three.iter().fold(0_usize, |mixed, byte| mixed * 241 + usize::from(*byte));
        Some(mixed % SLOTS)
    }

    fn learn(&mut self, from: usize, to: usize) {
        for at in from..to {
            if let Some(slot) = self.slot(at)
                && let (Some(last), Some(before)) = (self.last.get_mut(slot), self.before.get_mut(at))
            {
                *before = std::mem::replace(last, at);
            }
        }
    }

    /// The longest match for what stands at `at`: its length, and how far back. The nearest wins.
    fn longest(&self, at: usize) -> (usize, usize) {
        let (mut best, mut back) = (0, 0);
        let Some(here) = self.all.get(at..) else { return (best, back) };
        let mut from = self.slot(at).and_then(|slot| self.last.get(slot).copied()).unwrap_or(NOWHERE);
        for _ in 0..LOOKS {
            if from >= at || at - from > WINDOW {
                break;
            }
            let there = self.all.get(from..).unwrap_or_default();
            let length = here.iter().zip(there).take(LONGEST).take_while(|(a, b)| a == b).count();
            if length > best {
                (best, back) = (length, at - from);
            }
            from = self.before.get(from).copied().unwrap_or(NOWHERE);
        }
        (best, back)
    }
}

/// Bits from the lowest of each byte up (RFC 1951, section 3.1.1).
struct Bits {
    bytes: Vec<u8>,
    /// Bits of the last byte that are still free.
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (8 - self.free);
            }
            self.free -= 1;
        }
    }

    /// Codes alone go from their highest bit down.
    fn code(&mut self, code: u32, length: u32) {
        self.put(code.reverse_bits() >> (32 - length), length);
    }

    /// A literal, the end or a length, in the fixed code (RFC 1951, section 3.2.6).
    fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.code(0x30 + symbol, 8),
            144..=255 => self.code(0x190 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0xc0 + symbol - 280, 8),
        }
    }

    /// `length` bytes from `back` before (RFC 1951, section 3.2.5, its two tables as arithmetic).
    fn copy(&mut self, length: usize, back: usize) {
        let (length, back) = ((length - SHORTEST) as u32, back as u32 - 1);
        let extra = length.max(4).ilog2() - 2;
        self.symbol(257 + 4 * extra + (length >> extra));
        self.put(length, extra);
        let extra = back.max(2).ilog2() - 1;
        self.code(2 * extra + (back >> extra), 5);
        self.put(back, extra);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::collect::inflate::inflate;

    #[test]
    fn an_independent_inflater_reads_it_back() {
        let mut dice = 1_u32;
        let mut throw = |most: u32| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (dice >> 16) % most
        };
        for round in 0..400 {
            let letters = 1 + throw(if round % 2 == 0 { 4 } else { 256 });
            let mut made = |most| (0..throw(most)).map(|_| throw(letters) as u8).collect::<Vec<u8>>();
            let (dictionary, text) = (made(700), made(3_000));
            let deflated = deflate(&text, &dictionary);
            assert_eq!(inflate(&deflated, &dictionary, 10_000).unwrap(), text);
        }
    }

    #[test]
    fn matches_of_every_length_and_distance_are_told_apart() {
        for length in (SHORTEST..40).chain([255, 256, 257, 258, 259, 515, 600]) {
            let text: Vec<u8> = (0..length).map(|at| (at * at % 251) as u8).collect();
            let far = [text.as_slice(), &vec![7; length * 40], &text].concat();
            assert_eq!(inflate(&deflate(&far, b""), b"", 100_000).unwrap(), far);
        }
    }

    #[test]
    fn what_the_dictionary_holds_costs_next_to_nothing() {
        let text = b"Overall, how happy did you feel yesterday?".repeat(3);
        assert!(deflate(&text, &text).len() < 10);
        assert!(deflate(&text, b"").len() > 40);
    }
}
