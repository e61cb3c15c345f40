//! Whether a questionnaire is translated, all of it. A measure that is half in one language and half in another
//! is a different measure, so a translation counts only where it is whole.

use super::instrument::{Instrument, Item, ItemKind, NumberRule};
use super::text::{Text, primary};

impl Instrument {
    /// Whether the words of every item that `counts` are there in this language: it is the questionnaire's
    /// own, or each has a translation into it.
    pub fn speaks(&self, language: &str, counts: impl Fn(&Item) -> bool) -> bool {
        let own = self.language.as_deref().unwrap_or_default();
        let is_own = primary(own).eq_ignore_ascii_case(primary(language));
        let is_there =
            |text: &Text| text.in_language(language).1 || !text.as_str().contains(char::is_alphabetic);
        is_own || self.items.iter().filter(|item| counts(item)).all(|item| texts(item).all(is_there))
    }

    /// Without the translations of the items that `counts` which are not whole: nobody is asked half of a
    /// measure in one language and half in another.
    pub fn with_whole_translations(mut self, counts: impl Fn(&Item) -> bool) -> Self {
        let mut broken: Vec<Box<str>> = Vec::new();
        for tag in self.items.iter().filter(|item| counts(item)).flat_map(texts).flat_map(Text::languages) {
            let tag = primary(tag);
            if !broken.iter().any(|other| **other == *tag) {
                broken.push(tag.into());
            }
        }
        broken.retain(|tag| !self.speaks(tag, &counts));
        if !broken.is_empty() {
            for item in self.items.iter_mut().filter(|item| counts(item)) {
                texts_mut(item).into_iter().for_each(|text| text.without(&broken));
            }
        }
        self
    }

    /// Takes the translations of another questionnaire's items over, for the same words of the items that have
    /// the same link id.
    #[inline(never)] // not needed for the first question
    pub fn learn(&mut self, from: &Self) {
        for known in &from.items {
            let same = |item: &&mut Item| item.link_id == known.link_id;
            let Some(item) = self.items.iter_mut().find(same) else { continue };
            for text in texts_mut(item) {
                texts(known).for_each(|known| text.learn(known));
            }
        }
    }
}

/// Every text of an item that a person may be shown.
fn texts(item: &Item) -> impl Iterator<Item = &Text> {
    let (number, entry_format, choice) = match &item.kind {
        ItemKind::Group(_) | ItemKind::Display(_) | ItemKind::Boolean => (None, None, None),
        ItemKind::Decimal(rule) | ItemKind::Integer(rule) => (Some(rule), None, None),
        ItemKind::Date(rule) | ItemKind::DateTime(rule) | ItemKind::Time(rule) => {
            (None, rule.entry_format.as_ref(), None)
        }
        ItemKind::String(rule) | ItemKind::Text(rule) | ItemKind::Url(rule) => {
            (None, rule.entry_format.as_ref(), None)
        }
        ItemKind::Choice(rule) => (None, None, Some(rule)),
        ItemKind::Quantity(rule) => (Some(&rule.number), None, None),
    };
    let own = [&item.prefix, &item.text, &item.short_text].into_iter().flatten();
    let options = choice.into_iter().flat_map(|rule| rule.options.iter().map(|option| &option.text));
    let beside = choice.and_then(|rule| rule.open_label.as_ref());
    own.chain(&item.helps)
        .chain(number.into_iter().flat_map(of_number))
        .chain(entry_format)
        .chain(options)
        .chain(beside)
}

fn of_number(rule: &NumberRule) -> impl Iterator<Item = &Text> {
    let ends = rule.scale.iter().flat_map(|scale| [&scale.lower, &scale.upper]).flatten();
    [&rule.unit, &rule.entry_format].into_iter().flatten().chain(ends)
}

fn texts_mut(item: &mut Item) -> Vec<&mut Text> {
    let mut texts: Vec<&mut Text> =
        [&mut item.prefix, &mut item.text, &mut item.short_text].into_iter().flatten().collect();
    texts.extend(&mut item.helps);
    match &mut item.kind {
        ItemKind::Group(_) | ItemKind::Display(_) | ItemKind::Boolean => {}
        ItemKind::Decimal(rule) | ItemKind::Integer(rule) => texts.extend(of_number_mut(rule)),
        ItemKind::Date(rule) | ItemKind::DateTime(rule) | ItemKind::Time(rule) => {
            texts.extend(&mut rule.entry_format);
        }
        ItemKind::String(rule) | ItemKind::Text(rule) | ItemKind::Url(rule) => {
            texts.extend(&mut rule.entry_format);
        }
        ItemKind::Choice(rule) => {
            texts.extend(&mut rule.open_label);
            texts.extend(std::rc::Rc::make_mut(&mut rule.options).iter_mut().map(|option| &mut option.text));
        }
        ItemKind::Quantity(rule) => texts.extend(of_number_mut(&mut rule.number)),
    }
    texts
}

fn of_number_mut(rule: &mut NumberRule) -> impl Iterator<Item = &mut Text> {
    let ends = rule.scale.iter_mut().flat_map(|scale| [&mut scale.lower, &mut scale.upper]).flatten();
    [&mut rule.unit, &mut rule.entry_format].into_iter().flatten().chain(ends)
}
