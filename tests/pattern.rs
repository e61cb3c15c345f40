//! Matches answers against patterns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use what_matters::domain::pattern::Pattern;

fn matches(pattern: &str, text: &str) -> bool {
    Pattern::read(pattern).is_some_and(|pattern| pattern.matches(text))
}

#[test]
fn a_whole_answer_matches_or_not() {
    let postcode = "^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$";
    assert!(matches(postcode, "SW1A 1AA") && matches(postcode, "M11AE"));
    assert!(!matches(postcode, "SW1A 1AA ") && !matches(postcode, "sw1a 1aa") && !matches(postcode, ""));
    assert!(matches(r"\d{3}-\d{4}", "555-0123") && !matches(r"\d{3}-\d{4}", "x555-0123"));
    assert!(matches("(cat|dog)s?", "dogs") && !matches("(cat|dog)s?", "dog cats"));
    assert!(matches("a*", "") && matches("a+b*?", "aab") && matches("(?:ab){2,}", "ababab"));
    assert!(matches("[^@ ]+@[^@ ]+\\.[a-z]{2,}", "a.b@c.example") && !matches("[^@ ]+@[^@ ]+", "a@b@c"));
    assert!(matches(r"[\w.-]+", "a_b-c.d") && matches("^a|b$", "a") && matches("/^[0-9]+$/", "12"));
    assert!(matches(r"^[\x00-\x7F\xA0-\xFF]+$", "blåbær") && !matches(r"[\u0400-\u04ff]", "b"));
    assert!(matches(".{2}", "éü") && matches("(a|)b", "b") && matches(r"\(\)", "()"));
}

#[test]
fn a_pattern_outside_the_part_we_read_is_none() {
    for pattern in [
        "(?=a)b",
        "(?i)a",
        r"(a)\1",
        r"\bword\b",
        r"\p{L}",
        "a{2,1}",
        "[z-a]",
        "(",
        ")",
        "a**",
        "*",
        "[",
        "[]",
        "\\",
        "a{1",
        "[[:alpha:]]",
        "^*",
    ] {
        assert!(Pattern::read(pattern).is_none(), "{pattern}");
    }
}

#[test]
fn no_pattern_takes_for_ever() {
    let hostile = "(a*)*".repeat(20) + "b";
    assert!(!matches(&hostile, &"a".repeat(5_000)));
    for pattern in
        ["((((a{100}){100}){100}){100}){100}", "(((((){9999}){9999}){9999}){9999})", &"(".repeat(100_000)]
    {
        assert!(Pattern::read(pattern).is_none(), "{:.20}", pattern);
    }
}

#[test]
fn a_pattern_takes_no_more_room_than_its_words() {
    let small = Pattern::read("(a{100}){90}").unwrap();
    assert!(small.matches(&"a".repeat(9_000)) && !small.matches(&"a".repeat(8_999)));
    assert!(format!("{small:?}").len() < 1_000);
    for pattern in ["(){4000000000}", "(((){9999}){9999}){9999}", "a{4000000000,}"] {
        assert!(Pattern::read(pattern).is_none(), "{pattern}");
    }
}
