//! Words that came with a questionnaire, and their translations.

/// Words from a questionnaire: one text in its own language, and the translations it carries
/// (FHIR R4 extension `translation`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    plain: Box<str>,
    translations: Box<[(Box<str>, Box<str>)]>,
}

impl Text {
    /// Words without translations.
    pub fn plain(text: &str) -> Self {
        Self { plain: text.into(), translations: Box::default() }
    }

    /// Words with `(language tag, words)` pairs.
    pub fn translated(text: &str, translations: Vec<(Box<str>, Box<str>)>) -> Self {
        Self { plain: text.into(), translations: translations.into() }
    }

    /// The words in the questionnaire's own language.
    pub fn as_str(&self) -> &str {
        &self.plain
    }

    /// The words in `language` if a translation is there (`cy-GB` is served by `cy`), else the
    /// questionnaire's own words. The second value says whether a translation was found.
    pub fn in_language(&self, language: &str) -> (&str, bool) {
        let found =
            self.translations.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(language)).or_else(|| {
                self.translations.iter().find(|(tag, _)| primary(tag).eq_ignore_ascii_case(primary(language)))
            });
        match found {
            Some((_, words)) => (words, true),
            None => (&self.plain, false),
        }
    }

    /// Every translation: `(language tag, words)`, in the questionnaire's order.
    pub fn translations(&self) -> &[(Box<str>, Box<str>)] {
        &self.translations
    }

    /// The languages there is a translation for, as the questionnaire tags them.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.translations.iter().map(|(tag, _)| &**tag)
    }
}

/// The primary subtag of a BCP 47 language tag: `cy` of `cy-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_is_found_by_its_tag_or_by_its_language() {
        let text = Text::translated("Yes", vec![("cy".into(), "Ydw".into()), ("pl-PL".into(), "Tak".into())]);
        assert_eq!(text.in_language("cy-GB"), ("Ydw", true));
        assert_eq!(text.in_language("pl"), ("Tak", true));
        assert_eq!(text.in_language("ur"), ("Yes", false));
    }
}
