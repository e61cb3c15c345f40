//! Where to get help now: the built-in numbers, always and first; then what the region adds, if anything.
//! Nothing here is fetched, so it is there without a network.

use super::markup::{El, Kid, Str, el, join};
use super::parts::card::{Care, care_card};
use super::parts::label::Size;
use super::parts::wording::{bullets, heading, paragraph};
use super::words::{Word, Words};
use crate::domain::help::{Card, EMERGENCY, Phone, Region, SAMARITANS, TextLine, URGENT};

/// What there is to show.
#[derive(Clone)]
pub struct Help {
    /// The interface's words.
    pub words: &'static Words,
    /// What the region adds.
    pub region: Option<Region>,
    /// The surgery's number, as people write it.
    pub phone: Option<String>,
}

/// One place to get help: how soon, its heading, and what stands under it.
struct Place {
    care: Care,
    title: Str,
    kids: Vec<Kid>,
}

impl Help {
    fn places(&self) -> Vec<Place> {
        let words = self.words;
        let place = |care, title: Word, lines: &[Word]| {
            let lines = lines.iter().map(|line| words.say(*line));
            Place { care, title: words.say(title).into(), kids: vec![bullets(lines).into()] }
        };
        let mut emergency = place(
            Care::Emergency,
            Word::HelpEmergency,
            &[Word::HelpEmergencyLife, Word::HelpEmergencyHarmed, Word::HelpEmergencySafe],
        );
        emergency.kids.push(call(words, EMERGENCY).into());
        let urgent = [Word::HelpUrgentDistress, Word::HelpUrgentWorried];
        let mut urgent = place(Care::Urgent, Word::HelpUrgent, &urgent);
        urgent.kids.push(paragraph(words.say(Word::HelpUrgentAlways)).into());
        urgent.kids.push(call(words, URGENT).into());
        let mut talk = vec![sentence(words.say(Word::HelpSamaritans), SAMARITANS).into()];
        talk.extend(
            self.phone
                .as_deref()
                .map(|phone| sentence(&words.fill(Word::HelpSurgery, &[("phone", phone)]), phone).into()),
        );
        let talk = Place { care: Care::NonUrgent, title: words.say(Word::HelpTalk).into(), kids: talk };
        // The region writes in English: its numbers stand with the English ones.
        let region = self.region.iter().filter(|_| words.tongue().is_english());
        let region = region.flat_map(|region| &region.cards).map(|card| self.added(card));
        [emergency, urgent, talk].into_iter().chain(region).collect()
    }

    fn added(&self, card: &Card) -> Place {
        let mut kids: Vec<Kid> = Vec::new();
        if !card.points.is_empty() {
            kids.push(bullets(card.points.iter().cloned()).into());
        }
        kids.extend(card.call.iter().map(|phone| call(self.words, phone.as_str()).into()));
        kids.extend(card.text.iter().map(|TextLine { keyword, number }| {
            let words = self.words.fill(Word::HelpText, &[("keyword", keyword), ("number", number.as_str())]);
            el("p").kid(el("a").attr("href", join(&["sms:", &number.dialled()])).text(words)).into()
        }));
        Place { care: Care::NonUrgent, title: card.heading.clone().into(), kids }
    }
}

/// “Call 999”, which calls.
fn call(words: &Words, number: &str) -> El {
    sentence(&words.fill(Word::HelpCall, &[("phone", number)]), number)
}

/// A sentence in which the number calls. A sentence that does not hold the number gets it at its end: no
/// translation can lose it.
fn sentence(words: &str, number: &str) -> El {
    let (before, after) = words.split_once(number).unwrap_or((words, ""));
    let before = if before == words { [words, " "].concat() } else { before.to_owned() };
    let href = Phone::parse(number).map(|phone| join(&["tel:", &phone.dialled()]));
    let number = match href {
        // Left to right, whatever is around it: digits grouped by spaces would change places.
        Some(href) => el("a").attr("href", href).attr("dir", "ltr").text(number.to_owned()),
        None => el("span").text(number.to_owned()),
    };
    el("p").text(before).kid(number).text(after.to_owned())
}

fn in_one_language(help: &Help) -> Vec<Kid> {
    let mut kids: Vec<Kid> = vec![paragraph(help.words.say(Word::HelpNotWatched)).into()];
    for place in help.places() {
        kids.push(heading(2, Size::S, place.title).into());
        kids.extend(place.kids);
    }
    kids
}

/// “Need help now?” in the header: the same words in the same place on every page.
pub fn help_now(help: &Help) -> El {
    let words = help.words;
    let mut body = el("div").class("wm-help__body").kids(in_one_language(help));
    if !words.tongue().is_english() {
        // Whoever helps may read English alone, and no mistake of a translation may hide a number.
        let english = Help { words: Words::english(), ..help.clone() };
        let tongue = english.words.tongue();
        let block =
            el("div").class("wm-help__english").attr("lang", tongue.tag).attr("dir", tongue.direction);
        body = body.kid(block.kids(in_one_language(&english)));
    }
    el("details")
        .class("wm-help")
        .kid(el("summary").class("wm-help__summary").text(words.say(Word::ShellHelpNow)))
        .kid(body)
}

/// The same places as cards on a page of their own, with headings of `level`.
pub fn help_cards(help: &Help, level: u8) -> Vec<El> {
    let cards = help.places().into_iter();
    cards.map(|place| care_card(place.care, level, "", place.title, place.kids)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(region: Option<Region>) -> Help {
        Help { words: Words::english(), region, phone: Some("01632 960 001".to_owned()) }
    }

    #[test]
    fn every_number_calls() {
        let cards: String = help_cards(&help(None), 2).iter().map(El::html).collect();
        for html in [help_now(&help(None)).html(), cards] {
            for number in ["999", "111", "116123", "01632960001"] {
                assert!(html.contains(&["<a href=\"tel:", number, "\""].concat()), "{number}: {html}");
            }
        }
    }

    #[test]
    fn what_the_region_adds_stands_below_the_built_in_numbers() {
        let text = Phone::parse("85258").map(|number| TextLine { keyword: "CALMER".to_owned(), number });
        let card = Card { heading: "To text".to_owned(), points: Vec::new(), call: None, text };
        let html = help_now(&help(Some(Region { cards: vec![card] }))).html();
        assert!(html.contains("<a href=\"sms:85258\">Text CALMER to 85258</a>"), "{html}");
        assert!(html.find("tel:116123") < html.find("sms:85258"));
    }

    #[test]
    fn a_sentence_that_lost_its_number_gets_it_back() {
        let html = sentence("Zadzwoń do Samaritans.", SAMARITANS).html();
        assert!(html.contains("Samaritans. <a href=\"tel:116123\""), "{html}");
    }
}
