//! A copy of their own answers that a person chose to keep, so as to read at the next visit what they said at
//! this one. It holds words as they were read, not answers to be scored or sent.

use super::ids::{InstrumentId, ResponseId};

/// A person's own copy of one set of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keepsake {
    /// The response it is a copy of.
    pub id: ResponseId,
    /// The questionnaire.
    pub instrument: InstrumentId,
    /// The questionnaire's title, as it was shown.
    pub title: Box<str>,
    /// When the answers were finished, in milliseconds since 1970 by the device's clock.
    pub at: u64,
    /// What was asked and what was said, in order; the circumstances last.
    pub lines: Vec<Line>,
}

/// One question and its answer, in the words that were shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The key of the question's place: the same at every visit.
    pub at: Box<str>,
    /// The question's short name.
    pub asked: Box<str>,
    /// The answers in words, or the words that say there is none; never empty.
    pub said: Vec<Box<str>>,
}

/// One question as it was answered at two visits; `None` where it was not asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The question's short name, as it was shown last.
    pub asked: &'a str,
    /// What was said at the visit before.
    pub before: Option<&'a [Box<str>]>,
    /// What was said now.
    pub now: Option<&'a [Box<str>]>,
}

impl Keepsake {
    /// This set of answers beside an earlier one: the questions in this one's order, then those that only the
    /// earlier one has. Nothing is compared or judged.
    pub fn beside<'a>(&'a self, before: &'a Self) -> Vec<Pair<'a>> {
        fn of<'k>(keepsake: &'k Keepsake, at: &str) -> Option<&'k Line> {
            keepsake.lines.iter().find(|line| *line.at == *at)
        }
        let here = self.lines.iter().map(|line| Pair {
            asked: &line.asked,
            before: of(before, &line.at).map(|line| &*line.said),
            now: Some(&line.said),
        });
        let gone = before.lines.iter().filter(|line| of(self, &line.at).is_none());
        here.chain(gone.map(|line| Pair { asked: &line.asked, before: Some(&line.said), now: None }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keepsake(lines: &[(&str, &str)]) -> Keepsake {
        let line = |(at, said): &(&str, &str)| Line {
            at: (*at).into(),
            asked: (*at).into(),
            said: vec![(*said).into()],
        };
        Keepsake {
            id: ResponseId::from_random([1; 16]),
            instrument: InstrumentId::new("https://a.example/q", None),
            title: "Q".into(),
            at: 1,
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn two_visits_stand_side_by_side_and_what_was_asked_only_once_is_still_there() {
        let (before, now) = (keepsake(&[("a", "7"), ("old", "x")]), keepsake(&[("new", "y"), ("a", "3")]));
        let pairs = now.beside(&before);
        let said = |said: Option<&[Box<str>]>| said.map(|said| said.join(",")).unwrap_or_default();
        let rows: Vec<_> = pairs.iter().map(|pair| (pair.asked, said(pair.before), said(pair.now))).collect();
        let row = |a: &'static str, b: &str, c: &str| (a, b.to_owned(), c.to_owned());
        assert_eq!(rows, [row("new", "", "y"), row("a", "7", "3"), row("old", "x", "")]);
    }
}
