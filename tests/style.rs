//! The sheet of styles: contrast of every pair of colours it uses, where values may stand, and its size.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;

fn tokens() -> Vec<(String, BTreeMap<String, String>)> {
    let text =
        ["style/tokens.css", "style/themes.css"].map(|path| fs::read_to_string(path).unwrap()).concat();
    let mut bare = String::new();
    for piece in text.split("/*") {
        bare.push_str(piece.split_once("*/").map_or(piece, |(_, rest)| rest));
    }
    let mut themes: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for block in bare.split('}') {
        let Some((selector, body)) = block.rsplit_once('{') else { continue };
        if !body.contains("--wm-ink:") {
            continue;
        }
        let mut values = themes.first().map(|(_, plain)| plain.clone()).unwrap_or_default();
        for line in body.split(';') {
            if let Some((name, value)) = line.split_once(':') {
                // Where a practice may have a value of its own, ours is the one after the comma.
                let own = value.trim().strip_prefix("var(").and_then(|inside| inside.split_once(", "));
                let value = own.map_or(value.trim(), |(_, own)| own.trim_end_matches(')'));
                values.insert(name.trim().to_owned(), value.to_owned());
            }
        }
        themes.push((selector.trim().to_owned(), values));
    }
    themes
}

/// Relative luminance (WCAG 2.2) of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect(colour)) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_stand_out_by_four_and_a_half_and_signs_by_three() {
    let words = [
        ("ink", "paper"),
        ("ink", "soft"),
        ("ink", "chosen"),
        ("quiet", "paper"),
        ("quiet", "soft"),
        ("act", "paper"),
        ("act", "soft"),
        ("act-deep", "paper"),
        ("act-deep", "soft"),
        ("on-act", "act"),
        ("on-act", "act-deep"),
        ("on-act", "wrong"),
        ("on-act", "urgent"),
        ("on-act", "done"),
        ("wrong", "paper"),
        ("wrong", "soft"),
        ("focus-ink", "focus"),
    ];
    let signs = [("line", "paper"), ("line", "soft"), ("act", "chosen"), ("wrong", "paper")];
    let themes = tokens();
    assert_eq!(themes.len(), 4, "plain, prefers-contrast, more, dark");
    for (theme, values) in themes {
        let of = |name: &str| values.get(&format!("--wm-{name}")).expect(name).as_str();
        for (pairs, least) in [(&words[..], 4.5), (&signs[..], 3.0)] {
            for (front, back) in pairs {
                let found = contrast(of(front), of(back));
                assert!(found >= least, "{theme}: {front} on {back} is {found:.2}, at least {least}");
            }
        }
    }
}

#[test]
fn more_contrast_is_the_same_whether_the_system_or_the_person_asks() {
    let themes = tokens();
    assert_eq!(themes[1].1, themes[2].1);
}

#[test]
fn colours_stand_in_the_tokens_alone_and_nothing_counts_in_rem() {
    let parts = fs::read_dir("style/parts").unwrap().map(|entry| entry.unwrap().path());
    for path in parts.chain(["style/base.css".into(), "style/letters.css".into()]) {
        let text = fs::read_to_string(&path).unwrap();
        let bare: Vec<&str> =
            text.lines().filter(|line| !line.contains("@media print") && !line.contains("12pt")).collect();
        for line in bare {
            assert!(!line.contains('#'), "{}: {line}", path.display());
            assert!(!line.contains("rem;") && !line.contains("rem "), "{}: {line}", path.display());
            for side in ["-left", "-right", "left:", "right:"] {
                assert!(!line.contains(side), "{}: {line} names a side", path.display());
            }
        }
    }
}

#[test]
fn each_part_has_a_sheet_and_each_sheet_a_part() {
    let names = |folder: &str| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .filter(|name| name != "mod")
            .collect();
        names.sort();
        names
    };
    // The shell is a screen; plain words are styled with the page.
    let sheets: Vec<String> = names("style/parts").into_iter().filter(|name| name != "shell").collect();
    let parts: Vec<String> = names("src/ui/parts").into_iter().filter(|name| name != "wording").collect();
    assert_eq!(sheets, parts);
}
