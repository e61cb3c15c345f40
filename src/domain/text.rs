//! Words that came with a questionnaire, and their translations.

use super::prose::Block;

/// Words from a questionnaire: one text in its own language, and the translations it carries
/// (FHIR R4 extension `translation`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    plain: Box<str>,
    translations: Box<[(Box<str>, Box<str>)]>,
    prose: Box<[Block]>,
}

impl Text {
    /// Words without translations.
    pub fn plain(text: &str) -> Self {
        Self { plain: text.into(), ..Self::default() }
    }

    /// Words with `(language tag, words)` pairs.
    pub fn translated(text: &str, translations: Vec<(Box<str>, Box<str>)>) -> Self {
        Self { plain: text.into(), translations: translations.into(), prose: Box::default() }
    }

    /// The same words with a shape: paragraphs, lists, words set off (FHIR's `rendering-markdown` and
    /// `rendering-xhtml`).
    pub fn shaped(self, prose: Vec<Block>) -> Self {
        Self { prose: prose.into(), ..self }
    }

    /// The shape of the words where they have one that says more than the words alone; `None` where a
    /// translation is shown instead, since shapes come in the questionnaire's own language.
    pub fn prose(&self, language: &str) -> Option<&[Block]> {
        (!self.prose.is_empty() && !self.in_language(language).1).then_some(&*self.prose)
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

    /// Takes the translations of the same words over, where these have none.
    pub fn learn(&mut self, other: &Self) {
        if self.translations.is_empty() && self.plain == other.plain {
            self.translations.clone_from(&other.translations);
        }
    }

    /// Takes the translations into these languages away, by their primary subtags.
    pub fn without(&mut self, languages: &[Box<str>]) {
        let stays = |tag: &str| !languages.iter().any(|other| other.eq_ignore_ascii_case(primary(tag)));
        self.translations = self.translations.iter().filter(|(tag, _)| stays(tag)).cloned().collect();
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
    fn a_shape_gives_way_to_a_translation() {
        let text = Text::translated("Yes", vec![("cy".into(), "Ydw".into())]);
        assert_eq!(text.prose("en"), None);
        let text = text.shaped(vec![Block::Heading(Vec::new())]);
        assert!(text.prose("en").is_some() && text.prose("cy").is_none());
    }

    #[test]
    fn translations_are_taken_over_for_the_same_words_alone() {
        let known = Text::translated("Yes", vec![("cy".into(), "Ydw".into())]);
        let (mut same, mut other) = (Text::plain("Yes"), Text::plain("No"));
        let mut own = Text::translated("Yes", vec![("cy".into(), "Oes".into())]);
        [&mut same, &mut other, &mut own].into_iter().for_each(|text| text.learn(&known));
        assert_eq!(same.in_language("cy"), ("Ydw", true));
        assert_eq!(other.in_language("cy"), ("No", false));
        assert_eq!(own.in_language("cy"), ("Oes", true));
    }

    #[test]
    fn a_translation_is_found_by_its_tag_or_by_its_language() {
        let text = Text::translated("Yes", vec![("cy".into(), "Ydw".into()), ("pl-PL".into(), "Tak".into())]);
        assert_eq!(text.in_language("cy-GB"), ("Ydw", true));
        assert_eq!(text.in_language("pl"), ("Tak", true));
        assert_eq!(text.in_language("ur"), ("Yes", false));
    }
}
