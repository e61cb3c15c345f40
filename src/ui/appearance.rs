//! How the page looks to one person: how large its letters are and which colours it has. The style sheet knows
//! each by an attribute (`style/themes.css`); without one the page looks as the device asks.

/// How large the letters are, as a part of the device's own size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// As large as the device has them.
    #[default]
    Usual,
    /// A quarter larger.
    Large,
    /// More than half as large again.
    Largest,
}

/// Which colours the page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Ours, or with more contrast where the device asks for that (`prefers-contrast`).
    #[default]
    Usual,
    /// Black on white, with strong edges.
    More,
    /// Light words on a dark page.
    Dark,
}

/// Both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// How large the letters are.
    pub text: TextSize,
    /// Which colours.
    pub colours: Colours,
}

impl TextSize {
    /// All, from small to large.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Large, Self::Largest];

    /// Its name in the style sheet and where it is kept; `None` for the usual one.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::Large => Some("large"),
            Self::Largest => Some("largest"),
        }
    }

    /// The one of this name; the usual one for any other.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|size| size.name() == Some(name)).unwrap_or_default()
    }
}

impl Colours {
    /// All.
    pub const ALL: [Self; 3] = [Self::Usual, Self::More, Self::Dark];

    /// Its name in the style sheet and where it is kept; `None` for the usual ones.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::More => Some("more"),
            Self::Dark => Some("dark"),
        }
    }

    /// The ones of this name; the usual ones for any other.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|colours| colours.name() == Some(name)).unwrap_or_default()
    }
}

impl Appearance {
    /// The attributes that the style sheet knows it by; an attribute without a value is taken off.
    pub fn attributes(self) -> [(&'static str, Option<&'static str>); 2] {
        [("data-text-size", self.text.name()), ("data-contrast", self.colours.name())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_appearance_is_found_by_its_name_and_what_is_unknown_is_the_usual_one() {
        for size in TextSize::ALL {
            assert_eq!(TextSize::named(size.name().unwrap_or_default()), size);
        }
        for colours in Colours::ALL {
            assert_eq!(Colours::named(colours.name().unwrap_or_default()), colours);
        }
        assert_eq!(TextSize::named("\" onclick=\"x"), TextSize::Usual);
        assert_eq!(Colours::named("Dark"), Colours::Usual);
    }

    #[test]
    fn the_style_sheet_knows_every_appearance() {
        let sheets = include_str!("../../style/themes.css");
        for text in TextSize::ALL {
            for colours in Colours::ALL {
                for (attribute, value) in (Appearance { text, colours }).attributes() {
                    let Some(value) = value else { continue };
                    let rule = ["[", attribute, "=\"", value, "\"]"].concat();
                    assert!(sheets.contains(&rule), "{rule}");
                }
            }
        }
    }
}
