//! How a practice may change the looks: a closed list of tokens, each value parsed. What would make words hard to
//! read is a mistake. A mistake leaves that token out and nothing else: the looks are no reason not to ask.

use super::reader::below;
use super::{ConfigFault, Mistake};
use crate::domain::hex;
use serde_json::Value;

/// A colour, red, green and blue.
pub type Colour = [u8; 3];

/// What a practice changes of the looks; what it does not name stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Buttons, links and what is chosen: `"accent": "#005eb8"`.
    pub accent: Option<Colour>,
    /// `"corners": "square"` or `"round"`.
    pub corners: Option<Corners>,
    /// `"letters": "serif"` or `"system"`: fonts the device has; nothing is fetched.
    pub letters: Option<Letters>,
}

/// The corners of buttons and boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corners {
    /// Not rounded.
    Square,
    /// Rounder than usual.
    Round,
}

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// With serifs.
    Serif,
    /// The device's own.
    System,
}

/// The least contrast of the accent with what words of its colour stand on (WCAG 2.2, 1.4.3: 4.5 to 1), with a
/// margin for reckoning without powers.
const LEAST: f64 = 4.55;
/// Behind words: `--wm-paper` and `--wm-soft` of style/tokens.css.
const BEHIND: [Colour; 2] = [[0xff, 0xff, 0xff], [0xf6, 0xf3, 0xee]];
const PATH: &str = "theme";

impl Theme {
    /// Reads the part `theme`, with every mistake in it.
    #[inline(never)] // not needed for the first question of a practice without one
    pub(super) fn read(value: &Value) -> (Self, Vec<ConfigFault>) {
        let mut faults = Vec::new();
        let mut fault = |path: String, mistake| faults.push(ConfigFault { path, mistake });
        let mut theme = Self::default();
        let Some(object) = value.as_object() else {
            fault(PATH.to_owned(), Mistake::NotAnObject);
            return (theme, faults);
        };
        for (key, value) in object {
            let (path, word) = (below(PATH, key), value.as_str());
            match (key.as_str(), word) {
                ("accent", word) => match word.and_then(colour) {
                    None => fault(path, Mistake::NotAColour),
                    Some(accent) if !can_be_read(accent) => fault(path, Mistake::HardToRead),
                    accent => theme.accent = accent,
                },
                ("corners", Some("square")) => theme.corners = Some(Corners::Square),
                ("corners", Some("round")) => theme.corners = Some(Corners::Round),
                ("letters", Some("serif")) => theme.letters = Some(Letters::Serif),
                ("letters", Some("system")) => theme.letters = Some(Letters::System),
                ("corners" | "letters", _) => fault(path, Mistake::NotAWord),
                (_, _) => fault(path, Mistake::UnknownKey),
            }
        }
        (theme, faults)
    }

    /// The custom properties of style/tokens.css that it sets, with their values.
    #[inline(never)] // not needed for the first question of a practice without one
    pub fn properties(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if let Some(accent) = self.accent {
            out.push(("--wm-accent", written(accent)));
            out.push(("--wm-accent-deep", written(accent.map(|part| share(part, 7, 0)))));
            out.push(("--wm-accent-soft", written(accent.map(|part| share(part, 1, 9)))));
        }
        match self.corners {
            Some(Corners::Square) => out.push(("--wm-corners", "0".to_owned())),
            Some(Corners::Round) => out.push(("--wm-corners", "0.9em".to_owned())),
            None => {}
        }
        if self.letters == Some(Letters::Serif) {
            out.push(("--wm-font", "Georgia, Cambria, \"Noto Serif\", serif".to_owned()));
        }
        out
    }
}

/// So many tenths of it and so many of white.
fn share(part: u8, own: u32, white: u32) -> u8 {
    ((u32::from(part) * own + 255 * white) / 10).min(255) as u8
}

fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let mut parts = [0; 3];
    for (part, pair) in parts.iter_mut().zip(digits.as_bytes().chunks(2)) {
        // Alone, this would take a sign.
        let pair = std::str::from_utf8(pair).ok().filter(|pair| !pair.contains('+'))?;
        *part = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(parts)
}

fn written(colour: Colour) -> String {
    let mut text = String::from('#');
    colour.into_iter().for_each(|part| hex::push(&mut text, part));
    text
}

fn can_be_read(accent: Colour) -> bool {
    BEHIND.iter().all(|behind| contrast(accent, *behind) >= LEAST)
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance (WCAG 2.2), the curve of sRGB by a cubic: raising to 2.4 would cost three kilobytes of code.
fn luminance([red, green, blue]: Colour) -> f64 {
    let line = |part: u8| {
        let part = f64::from(part) / 255.0;
        part * (part * (part * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
    };
    0.2126 * line(red) + 0.7152 * line(green) + 0.0722 * line(blue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn exactly(one: Colour, other: Colour) -> f64 {
        let luminance = |colour: Colour| {
            let [red, green, blue] = colour.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn no_accent_that_is_taken_makes_words_hard_to_read() {
        let mut taken = 0_u32;
        let parts: Vec<u8> = (0..=255).step_by(5).collect();
        for red in &parts {
            for green in &parts {
                for blue in &parts {
                    let accent = [*red, *green, *blue];
                    if can_be_read(accent) {
                        taken += 1;
                        let (deep, soft) =
                            (accent.map(|part| share(part, 7, 0)), accent.map(|part| share(part, 1, 9)));
                        for behind in BEHIND {
                            assert!(exactly(accent, behind) >= 4.5, "{accent:?} on {behind:?}");
                            assert!(exactly(deep, behind) >= 4.5, "{deep:?} on {behind:?}");
                        }
                        assert!(exactly(accent, soft) >= 3.0, "{accent:?} on {soft:?}");
                        // --wm-ink, and what is chosen under it.
                        assert!(exactly([0x1d, 0x2b, 0x30], soft) >= 4.5, "{soft:?}");
                    }
                }
            }
        }
        assert!(taken > 20_000, "{taken}");
    }

    #[test]
    fn known_colours_are_taken_or_not_by_their_contrast() {
        for (text, taken) in
            [("#005eb8", true), ("#0b5b57", true), ("#7c2855", true), ("#41b6e6", false), ("#ffffff", false)]
        {
            let (theme, faults) = Theme::read(&json!({ "accent": text }));
            assert_eq!((theme.accent.is_some(), faults.is_empty()), (taken, taken), "{text}");
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_left_out_with_its_path_and_the_rest_stays() {
        let value = json!({
            "accent": "red; background: url(//evil.example)", "corners": 3, "letters": "Comic Sans",
            "--wm-ink": "#fff",
        });
        let (theme, faults) = Theme::read(&value);
        assert_eq!(theme, Theme::default());
        let found: Vec<(&str, Mistake)> =
            faults.iter().map(|fault| (fault.path.as_str(), fault.mistake)).collect();
        for expected in [
            ("theme.accent", Mistake::NotAColour),
            ("theme.corners", Mistake::NotAWord),
            ("theme.letters", Mistake::NotAWord),
            ("theme.--wm-ink", Mistake::UnknownKey),
        ] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        for bad in ["#fff", "#00+1+2", "#gggggg", "005eb8", "#005eb8ff", "", "#€0a"] {
            assert_eq!(colour(bad), None, "{bad}");
        }
        let (theme, _) = Theme::read(&json!({ "accent": "nothing", "corners": "square" }));
        assert_eq!(theme.corners, Some(Corners::Square));
    }

    #[test]
    fn it_sets_properties_that_the_sheet_reads() {
        let value = json!({ "accent": "#005EB8", "corners": "round", "letters": "serif" });
        let (theme, _) = Theme::read(&value);
        let properties = theme.properties();
        let accent = properties.iter().find(|(name, _)| *name == "--wm-accent");
        assert_eq!(accent.map(|(_, value)| value.as_str()), Some("#005eb8"));
        let sheet = include_str!("../../../style/tokens.css");
        for (name, _) in properties {
            assert!(sheet.contains(&["var(", name, ","].concat()), "{name}");
        }
    }
}
