//! Words to read, answers that are given, and boxes for words.

use super::At;
use crate::domain::answer::Answer;
use crate::domain::instrument::{DisplayLook, Item, TextRule};
use crate::ui::markup::{Ask, El, Kid, Str, el};
use crate::ui::parts::field::Field;
use crate::ui::parts::inset::inset;
use crate::ui::parts::label::{Label, Language, in_language};
use crate::ui::parts::text_input::{Box, text_input};
use crate::ui::parts::textarea::textarea;
use crate::ui::saying;
use crate::ui::words::Word;
use std::sync::Arc;

/// Words as paragraphs: an empty line ends one, a line break breaks a line.
pub(super) fn paragraphs(text: &str, language: Option<&Language>) -> Vec<El> {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    blocks
        .map(|block| {
            let mut paragraph = in_language(el("p"), language);
            for (at, line) in block.lines().enumerate() {
                if at > 0 {
                    paragraph = paragraph.kid(el("br"));
                }
                paragraph = paragraph.text(line.to_owned());
            }
            paragraph
        })
        .collect()
}

#[inline(never)] // not needed for the first question
pub(super) fn display(at: &At, item: &Item, own: Option<&str>, look: DisplayLook) -> El {
    let (text, language) = item.text.as_ref().map_or_else(Default::default, |text| at.words(text, own));
    let text = match &item.prefix {
        Some(prefix) => [prefix.in_language(&at.frame.language).0, " ", &text].concat(),
        None => text,
    };
    let words = match &item.text {
        Some(shaped) if item.prefix.is_none() => at.shown(shaped, own),
        _ => paragraphs(&text, language.as_ref()),
    };
    let kids = words.into_iter().chain(at.help(item, own)).map(Kid::El);
    match look {
        DisplayLook::Plain => el("div").class("wm-words").attr("id", at.id()).kids(kids),
        DisplayLook::Inset => inset(at.say(Word::ItemImportant), kids.collect()).attr("id", at.id()),
    }
}

/// A question that is not to be answered here, and its answer.
#[inline(never)] // not needed for the first question
pub(super) fn given(at: &At, item: &Item, own: Option<&str>) -> El {
    let label = at.label(item, own);
    let shown = at.clone();
    let answer: Ask<Str> = Arc::new(move || {
        let (words, language) = (shown.frame.words, &shown.frame.language);
        shown.live.look(shown.node, |session| {
            let answers = session.answers(shown.node).iter();
            let say = |answer| saying::answer(words, language, session.item(shown.node), answer);
            let lines: Vec<String> = answers.map(say).collect();
            if lines.is_empty() { words.say(Word::ItemNoAnswer).to_owned() } else { lines.join(", ") }.into()
        })
    });
    let name = in_language(el("div").class("wm-given__name"), label.language.as_ref()).kids(label.words);
    el("div")
        .class("nhsuk-form-group wm-given")
        .attr("id", at.id())
        .kid(name)
        .kid(el("div").class("wm-given__answer").kid(Kid::LiveText(answer)))
        .kids(at.help(item, own))
}

fn text_of(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) | Answer::Url(text) => Some(text.as_ref().to_owned()),
        Answer::Boolean(_)
        | Answer::Decimal(_)
        | Answer::Integer(_)
        | Answer::Date(_)
        | Answer::DateTime(_)
        | Answer::Time(_)
        | Answer::Coding(_)
        | Answer::Quantity(_) => None,
    }
}

fn hint(at: &At, own: Option<&str>, rule: &TextRule) -> Vec<Kid> {
    rule.entry_format.iter().map(|format| at.kid(format, own)).collect()
}

/// What is said at every box for words of one's own: nobody reads along, and nothing searches what is written.
fn not_watched(at: &At, mut hint: Vec<Kid>) -> Vec<Kid> {
    if !hint.is_empty() {
        hint.push(el("br").into());
    }
    hint.push(at.say(Word::AskNotWatched).into());
    hint
}

/// One line of words. `keyboard` is the one a phone shows.
#[inline(never)] // not needed for the first question
pub(super) fn line(
    at: &At,
    item: &Item,
    own: Option<&str>,
    rule: &TextRule,
    keyboard: Option<&'static str>,
) -> El {
    let like = Box {
        width: rule.most.filter(|most| *most <= 20).map(|most| most as u8),
        keyboard,
        autocomplete: Some("off"),
        spellcheck: keyboard.map(|_| false),
        ..Box::default()
    };
    let hint = hint(at, own, rule);
    // An address is no place to write of oneself.
    let hint = if keyboard.is_some() { hint } else { not_watched(at, hint) };
    text_input(at.field(item, own, hint), like, at.held(text_of), at.types())
}

/// Several lines of words, with a count where there is a limit.
#[inline(never)] // not needed for the first question
pub(super) fn lines(at: &At, item: &Item, own: Option<&str>, rule: &TextRule) -> El {
    let held = at.held(text_of);
    let count = rule.most.map(|most| -> Ask<Str> {
        let (held, words) = (Arc::clone(&held), at.frame.words);
        Arc::new(move || {
            let most = i64::from(most);
            let left = most - held().chars().count() as i64;
            // Silent until it matters: a limit of thousands is no news to someone writing a line.
            if left > most / 4 {
                return Str::Borrowed("");
            }
            let word = if left < 0 { Word::ItemCharactersOver } else { Word::ItemCharactersLeft };
            words.fill(word, &[("count", &left.abs().to_string())]).into()
        })
    });
    textarea(at.field(item, own, not_watched(at, hint(at, own, rule))), "".into(), 5, held, count, at.types())
}

/// The box for one's own words where there is no list to choose from.
pub(super) fn own_words(at: &At, item: &Item, own: Option<&str>) -> El {
    let like = Box { autocomplete: Some("off"), ..Box::default() };
    text_input(at.field(item, own, not_watched(at, Vec::new())), like, at.held(text_of), at.types())
}

/// The box for one's own words beside a list; `label` names it.
pub(super) fn own_words_beside(
    at: &At,
    label: Str,
    is_option: Arc<dyn Fn(&Answer) -> bool + Send + Sync>,
) -> El {
    let (live, node) = (at.live, at.node);
    let held: Ask<Str> = Arc::new(move || {
        live.look(node, |session| {
            let own = session.answers(node).iter().filter(|answer| !is_option(answer)).find_map(text_of);
            own.unwrap_or_default().into()
        })
    });
    let field = Field::new(&[&at.id(), "-own"].concat(), Label::new(label)).hint(at.say(Word::AskNotWatched));
    text_input(field, Box { autocomplete: Some("off"), ..Box::default() }, held, at.types())
}
