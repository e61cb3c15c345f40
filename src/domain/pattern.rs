//! A pattern that a whole answer must match: a small part of regular expressions, matched in time that grows
//! only with the length of pattern and answer (Thompson 1968), so that no questionnaire can make a page hang.
//!
//! Read are characters, `.`, `[…]`, `\d \w \s` and their opposites, `\xHH`, `\uHHHH`, groups, `|`, `* + ? {n,m}`, `^` and `$`.
//! Not read are look-around, back-references, word boundaries and flags: such a pattern is `None`, and its
//! question says so in a note rather than being checked wrongly.

/// A pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: Box<str>,
    part: Part,
}

/// The most steps a pattern may come to, with its repetitions written out: a thousand times a postcode's.
const STEPS: usize = 10_000;
/// How deep groups may be nested.
const DEPTH: u32 = 50;

#[derive(Clone, Debug)]
enum Part {
    One(Set),
    Start,
    End,
    All(Vec<Part>),
    Either(Vec<Part>),
    Times(Box<Part>, u32, Option<u32>),
}

#[derive(Clone, Debug)]
struct Set {
    not: bool,
    ranges: Vec<(char, char)>,
}

impl Set {
    fn has(&self, character: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character)) != self.not
    }

    fn of(ranges: &[(char, char)]) -> Self {
        Self { not: false, ranges: ranges.to_vec() }
    }
}

impl Part {
    /// The steps it comes to, or how often it is repeated if that is more.
    fn size(&self) -> usize {
        let all = |parts: &[Self]| parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.size()));
        match self {
            Self::One(_) | Self::Start | Self::End => 1,
            Self::All(parts) => all(parts),
            Self::Either(ways) => all(ways).saturating_add(2 * ways.len()),
            Self::Times(part, least, most) => {
                let (size, least) = (part.size(), *least as usize);
                let (optional, steps) = match most {
                    None => (1, size.saturating_add(2)),
                    Some(most) => ((*most as usize).saturating_sub(least), size.saturating_add(1)),
                };
                let repeated = size.saturating_mul(least).saturating_add(steps.saturating_mul(optional));
                repeated.max(least.saturating_add(optional))
            }
        }
    }
}

impl Pattern {
    /// Reads a pattern; `None` if it is outside the part we read. Slashes around it are taken off, as some
    /// forms write `/…/`.
    pub fn read(written: &str) -> Option<Self> {
        let inner = written.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let mut reader = Reader { rest: inner.unwrap_or(written).chars().peekable(), depth: 0 };
        let part = reader.either()?;
        let whole = reader.rest.peek().is_none() && part.size() <= STEPS;
        whole.then(|| Self { written: written.into(), part })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether the whole text matches. The steps are written out each time: kept, those of 5,000 questions
    /// could fill the memory of a phone.
    pub fn matches(&self, text: &str) -> bool {
        let mut steps = Vec::new();
        write(&self.part, &mut steps);
        let mut walk = Walk { marks: vec![0; steps.len() + 1], turn: 1, steps };
        let mut now = Vec::new();
        let mut rest = text.chars();
        walk.reach(0, rest.as_str().is_empty(), &mut now);
        while let Some(character) = rest.next() {
            walk.turn += 1;
            let at_end = rest.as_str().is_empty();
            let mut next = Vec::new();
            for at in now {
                if let Some(Step::One(set)) = walk.steps.get(at)
                    && set.has(character)
                {
                    walk.reach(at + 1, at_end, &mut next);
                }
            }
            now = next;
            if now.is_empty() {
                return false;
            }
        }
        now.contains(&walk.steps.len())
    }
}

#[derive(Clone, Copy)]
enum Step<'p> {
    /// One character of a set.
    One(&'p Set),
    /// Go on at both.
    Both(usize, usize),
    /// Go on there.
    Go(usize),
    /// Only at the start.
    Start,
    /// Only at the end.
    End,
}

struct Walk<'p> {
    steps: Vec<Step<'p>>,
    /// The turn in which each step was last reached.
    marks: Vec<usize>,
    /// 1 before the first character, and one more with each.
    turn: usize,
}

impl Walk<'_> {
    /// Follows every step that takes no character.
    fn reach(&mut self, from: usize, at_end: bool, into: &mut Vec<usize>) {
        let mut ahead = vec![from];
        while let Some(at) = ahead.pop() {
            match self.marks.get_mut(at) {
                Some(mark) if *mark != self.turn => *mark = self.turn,
                _ => continue,
            }
            match self.steps.get(at) {
                Some(Step::Both(one, other)) => ahead.extend([*other, *one]),
                Some(Step::Go(there)) => ahead.push(*there),
                Some(Step::Start) if self.turn == 1 => ahead.push(at + 1),
                Some(Step::End) if at_end => ahead.push(at + 1),
                Some(Step::Start | Step::End) => (),
                Some(Step::One(_)) | None => into.push(at),
            }
        }
    }
}

/// Writes a part out in steps.
fn write<'p>(part: &'p Part, steps: &mut Vec<Step<'p>>) {
    let set = |steps: &mut Vec<Step<'p>>, at: usize, step| {
        if let Some(slot) = steps.get_mut(at) {
            *slot = step;
        }
    };
    match part {
        Part::One(one) => steps.push(Step::One(one)),
        Part::Start => steps.push(Step::Start),
        Part::End => steps.push(Step::End),
        Part::All(parts) => parts.iter().for_each(|part| write(part, steps)),
        Part::Either(ways) => {
            let mut ends = Vec::new();
            for (index, way) in ways.iter().enumerate() {
                let last = index + 1 == ways.len();
                let fork = steps.len();
                if !last {
                    steps.push(Step::Both(fork + 1, fork));
                }
                write(way, steps);
                if !last {
                    ends.push(steps.len());
                    steps.push(Step::Go(fork));
                    let after = steps.len();
                    set(steps, fork, Step::Both(fork + 1, after));
                }
            }
            let after = steps.len();
            ends.into_iter().for_each(|end| set(steps, end, Step::Go(after)));
        }
        Part::Times(part, least, most) => {
            (0..*least).for_each(|_| write(part, steps));
            let optional = most.map_or(1, |most| most.saturating_sub(*least));
            for _ in 0..optional {
                let fork = steps.len();
                steps.push(Step::Both(fork + 1, fork));
                write(part, steps);
                if most.is_none() {
                    steps.push(Step::Go(fork));
                }
                let after = steps.len();
                set(steps, fork, Step::Both(fork + 1, after));
            }
        }
    }
}

struct Reader<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    depth: u32,
}

impl Reader<'_> {
    fn either(&mut self) -> Option<Part> {
        let mut ways = vec![self.all()?];
        while self.rest.next_if_eq(&'|').is_some() {
            ways.push(self.all()?);
        }
        if ways.len() == 1 { ways.pop() } else { Some(Part::Either(ways)) }
    }

    fn all(&mut self) -> Option<Part> {
        let mut parts = Vec::new();
        while let Some(next) = self.rest.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let one = self.one()?;
            parts.push(self.times(one)?);
        }
        Some(Part::All(parts))
    }

    fn one(&mut self) -> Option<Part> {
        Some(match self.rest.next()? {
            '(' => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return None;
                }
                if self.rest.next_if_eq(&'?').is_some() {
                    // `(?:` only groups; `(?=`, `(?!`, `(?<` and `(?i)` mean more.
                    self.rest.next_if_eq(&':')?;
                }
                let inner = self.either()?;
                self.rest.next_if_eq(&')')?;
                self.depth -= 1;
                inner
            }
            '^' => Part::Start,
            '$' => Part::End,
            '.' => Part::One(Set { not: true, ranges: vec![('\n', '\n'), ('\r', '\r')] }),
            '[' => Part::One(self.set()?),
            '\\' => Part::One(self.escaped()?),
            '*' | '+' | '?' | '{' => return None,
            plain => Part::One(Set::of(&[(plain, plain)])),
        })
    }

    fn times(&mut self, part: Part) -> Option<Part> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                let least = self.count()?;
                let most = match self.rest.next()? {
                    '}' => return self.end_times(part, least, Some(least)),
                    ',' if self.rest.peek() == Some(&'}') => None,
                    ',' => Some(self.count()?),
                    _ => return None,
                };
                (least, most)
            }
            _ => return Some(part),
        };
        self.rest.next();
        self.end_times(part, least, most)
    }

    fn end_times(&mut self, part: Part, least: u32, most: Option<u32>) -> Option<Part> {
        // A lazy mark changes what is captured, not what matches as a whole.
        self.rest.next_if_eq(&'?');
        let anchored = matches!(part, Part::Start | Part::End);
        let twice = matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'));
        let crossed = most.is_some_and(|most| most < least);
        (!anchored && !twice && !crossed).then(|| Part::Times(Box::new(part), least, most))
    }

    /// The character of a code point in so many hexadecimal digits.
    fn code_point(&mut self, digits: usize) -> Option<char> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        char::from_u32(code)
    }

    fn count(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok()
    }

    fn set(&mut self) -> Option<Set> {
        let not = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        let mut empty = true;
        loop {
            let first = match self.rest.next()? {
                ']' if !empty => return Some(Set { not, ranges }),
                // A nested set means different things in different tongues.
                '[' | ']' => return None,
                '\\' => {
                    let escaped = self.escaped()?;
                    match escaped.ranges.as_slice() {
                        [(only, last)] if only == last && !escaped.not => *only,
                        _ if escaped.not => return None,
                        many => {
                            ranges.extend_from_slice(many);
                            empty = false;
                            continue;
                        }
                    }
                }
                plain => plain,
            };
            empty = false;
            let mut ahead = self.rest.clone();
            let last = match (ahead.next(), ahead.next()) {
                (Some('-'), Some(last)) if last != ']' => {
                    self.rest.next();
                    match self.rest.next()? {
                        '\\' => self.escaped().filter(|set| !set.not)?.ranges.first()?.0,
                        '[' => return None,
                        plain => plain,
                    }
                }
                _ => first,
            };
            if last < first {
                return None;
            }
            ranges.push((first, last));
        }
    }

    fn escaped(&mut self) -> Option<Set> {
        const DIGITS: &[(char, char)] = &[('0', '9')];
        const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        const SPACE: &[(char, char)] = &[('\t', '\r'), (' ', ' '), ('\u{a0}', '\u{a0}')];
        let not = |ranges| Some(Set { not: true, ..Set::of(ranges) });
        let same = |character| Some(Set::of(&[(character, character)]));
        match self.rest.next()? {
            'd' => Some(Set::of(DIGITS)),
            'w' => Some(Set::of(WORD)),
            's' => Some(Set::of(SPACE)),
            'D' => not(DIGITS),
            'W' => not(WORD),
            'S' => not(SPACE),
            't' => same('\t'),
            'n' => same('\n'),
            'r' => same('\r'),
            'x' => same(self.code_point(2)?),
            'u' => same(self.code_point(4)?),
            letter if letter.is_ascii_alphanumeric() => None,
            mark => same(mark),
        }
    }
}
