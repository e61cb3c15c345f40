//! Whether answers meet a condition.
//!
//! # Source
//! HL7 FHIR R4, code system `questionnaire-enable-operator`: `=` and the four orderings ask whether *at
//! least one* answer compares so, `!=` whether *no* answer is equal. (R4's printed definitions of the
//! orderings say "at least no answer", a slip corrected in R5.) `!=` is therefore met by a question
//! without an answer.

use crate::domain::answer::{Answer, Number, Quantity};
use crate::domain::instrument::{Comparison, Test};
use crate::domain::moment::{self, Precise};
use std::cmp::Ordering;

/// Whether the answers of a question meet a test. An unanswered question has none.
pub fn holds(test: &Test, answers: &[&Answer]) -> bool {
    match test {
        Test::Exists(wanted) => answers.is_empty() != *wanted,
        Test::Compares(Comparison::NotEqual, value) => !answers.iter().any(|answer| equals(answer, value)),
        Test::Compares(comparison, value) => {
            answers.iter().any(|answer| compares(*comparison, answer, value))
        }
    }
}

fn compares(comparison: Comparison, answer: &Answer, value: &Answer) -> bool {
    match comparison {
        Comparison::Equal => equals(answer, value),
        Comparison::NotEqual => !equals(answer, value),
        Comparison::Greater => order(answer, value) == Some(Ordering::Greater),
        Comparison::Less => order(answer, value) == Some(Ordering::Less),
        Comparison::GreaterOrEqual => order(answer, value).is_some_and(Ordering::is_ge),
        Comparison::LessOrEqual => order(answer, value).is_some_and(Ordering::is_le),
    }
}

/// Whether two answers are the same: numbers by value, codings by system and code, amounts by value and
/// unit, words exactly, dates and times by the moment they name when both are known as precisely.
pub fn equals(one: &Answer, other: &Answer) -> bool {
    match (one, other) {
        (Answer::Boolean(one), Answer::Boolean(other)) => one == other,
        (Answer::Text(one), Answer::Text(other)) | (Answer::Url(one), Answer::Url(other)) => one == other,
        (Answer::Coding(one), Answer::Coding(other)) => one == other,
        _ => order(one, other) == Some(Ordering::Equal),
    }
}

/// How two answers of a type with an order compare. `None` for types without one, for answers of
/// different types, for amounts in different units, and where a date known only to the month or year
/// leaves it open (as FHIRPath has it).
pub fn order(one: &Answer, other: &Answer) -> Option<Ordering> {
    match (one, other) {
        (Answer::Integer(one), Answer::Integer(other)) => Some(one.cmp(other)),
        (Answer::Decimal(one), Answer::Decimal(other)) => numbers(one, other),
        (Answer::Integer(one), Answer::Decimal(other)) => numbers(&Number::from(*one), other),
        (Answer::Decimal(one), Answer::Integer(other)) => numbers(one, &Number::from(*other)),
        (Answer::Date(one) | Answer::DateTime(one), Answer::Date(other) | Answer::DateTime(other)) => {
            moment::compare(&Precise::date_time(one)?, &Precise::date_time(other)?)
        }
        (Answer::Time(one), Answer::Time(other)) => {
            moment::compare(&Precise::time(one)?, &Precise::time(other)?)
        }
        (Answer::Text(one), Answer::Text(other)) => Some(one.cmp(other)),
        (Answer::Quantity(one), Answer::Quantity(other)) if same_unit(one, other) => {
            numbers(&one.value, &other.value)
        }
        _ => None,
    }
}

/// By value.
pub fn numbers(one: &Number, other: &Number) -> Option<Ordering> {
    Some(one.compare(other))
}

/// Units are the same when their codes are, in the same system where both name one; amounts without
/// codes when their unit's words are. Nothing is converted.
fn same_unit(one: &Quantity, other: &Quantity) -> bool {
    match (&one.code, &other.code) {
        (Some(code), Some(same)) => {
            code == same && (one.system.is_none() || other.system.is_none() || one.system == other.system)
        }
        (None, None) => one.unit == other.unit,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Coding;
    use crate::domain::text::Text;

    const ALL: [Comparison; 6] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Greater,
        Comparison::Less,
        Comparison::GreaterOrEqual,
        Comparison::LessOrEqual,
    ];

    /// Which of `= != > < >= <=` hold, in this order.
    fn row(answers: &[&Answer], value: &Answer) -> Vec<bool> {
        ALL.iter().map(|comparison| holds(&Test::Compares(*comparison, value.clone()), answers)).collect()
    }

    const LESS: [bool; 6] = [false, true, false, true, false, true];
    const SAME: [bool; 6] = [true, false, false, false, true, true];
    const MORE: [bool; 6] = [false, true, true, false, true, false];
    const NO_ORDER_SAME: [bool; 6] = [true, false, false, false, false, false];
    const NO_ORDER_OTHER: [bool; 6] = [false, true, false, false, false, false];

    fn number(text: &str) -> Answer {
        Number::parse(text).map(Answer::Decimal).unwrap_or(Answer::Boolean(false))
    }

    fn quantity(value: &str, code: Option<&str>) -> Answer {
        Answer::Quantity(Quantity {
            value: Number::parse(value).unwrap_or_else(|| Number::from(0)),
            unit: code.map(Into::into),
            system: code.map(|_| "http://unitsofmeasure.org".into()),
            code: code.map(Into::into),
        })
    }

    fn coding(system: &str, code: &str) -> Answer {
        Answer::Coding(Coding {
            system: Some(system.into()),
            code: Some(code.into()),
            version: None,
            display: Some(Text::plain(code)),
        })
    }

    #[test]
    fn every_ordered_type_compares_by_every_operator() {
        let date = |text: &str| Answer::Date(text.into());
        let moment = |text: &str| Answer::DateTime(text.into());
        let time = |text: &str| Answer::Time(text.into());
        let text = |text: &str| Answer::Text(text.into());
        let rows = [
            (Answer::Integer(1), Answer::Integer(2), Answer::Integer(3)),
            (number("-1.50"), number("0"), number("1e1")),
            (date("2026-01-31"), date("2026-02-01"), date("2027-01-01")),
            (date("2026-01"), date("2026-02"), date("2026-03")),
            (
                moment("2026-03-01T12:00:00+01:00"),
                moment("2026-03-01T11:30:00Z"),
                moment("2026-03-01T07:00:00-05:00"),
            ),
            (time("09:30:00"), time("09:30:00.5"), time("13:00:00")),
            (text("abc"), text("abd"), text("b")),
            (quantity("1", Some("kg")), quantity("2.0", Some("kg")), quantity("10", Some("kg"))),
            (quantity("1", None), quantity("2.0", None), quantity("10", None)),
        ];
        for (low, middle, high) in rows {
            assert_eq!(row(&[&low], &middle), LESS, "{low:?}");
            assert_eq!(row(&[&middle], &middle), SAME, "{middle:?}");
            assert_eq!(row(&[&high], &middle), MORE, "{high:?}");
        }
    }

    #[test]
    fn types_without_an_order_are_equal_or_not() {
        for (one, other) in [
            (Answer::Boolean(true), Answer::Boolean(false)),
            (coding("s", "a"), coding("s", "b")),
            (coding("s", "a"), coding("t", "a")),
            (Answer::Url("https://a.example".into()), Answer::Url("https://b.example".into())),
            (quantity("1", Some("kg")), quantity("1", Some("g"))),
            (quantity("1", Some("kg")), quantity("1", None)),
        ] {
            assert_eq!(row(&[&one], &other), NO_ORDER_OTHER, "{one:?} {other:?}");
        }
        assert_eq!(row(&[&Answer::Boolean(true)], &Answer::Boolean(true)), NO_ORDER_SAME);
        assert_eq!(row(&[&coding("s", "a")], &coding("s", "a")), NO_ORDER_SAME);
    }

    #[test]
    fn a_date_known_less_precisely_compares_only_where_it_can() {
        let date = |text: &str| Answer::Date(text.into());
        assert_eq!(row(&[&date("2025")], &date("2026-05-01")), LESS);
        assert_eq!(row(&[&date("2026")], &date("2026-05-01")), NO_ORDER_OTHER);
        assert_eq!(row(&[&date("2026-05")], &date("2026-05-01")), NO_ORDER_OTHER);
        assert_eq!(
            row(&[&Answer::DateTime("2026-05-02".into())], &Answer::DateTime("2026-05-01T10:00:00Z".into())),
            MORE
        );
    }

    #[test]
    fn one_of_several_answers_is_enough_except_for_not_equal() {
        let (one, five) = (Answer::Integer(1), Answer::Integer(5));
        assert_eq!(row(&[&one, &five], &Answer::Integer(5)), [true, false, false, true, true, true]);
        assert_eq!(row(&[&one, &five], &Answer::Integer(3)), [false, true, true, true, true, true]);
    }

    #[test]
    fn an_unanswered_question_meets_only_not_equal_and_absence() {
        assert_eq!(row(&[], &Answer::Integer(5)), [false, true, false, false, false, false]);
        assert!(holds(&Test::Exists(false), &[]));
        assert!(!holds(&Test::Exists(true), &[]));
        assert!(holds(&Test::Exists(true), &[&Answer::Boolean(false)]));
        assert!(!holds(&Test::Exists(false), &[&Answer::Boolean(false)]));
    }
}
