//! Delete, or keep: asked once more, with a plain count of what nobody has received.

use crate::ui::act::{Act, Acts};
use crate::ui::kept::{Doomed, Page, Wish};
use crate::ui::markup::{El, el};
use crate::ui::parts::button::{Look, button, button_group};
use crate::ui::parts::label::Size;
use crate::ui::parts::wording::{bullets, heading, paragraph};
use crate::ui::words::{Word, Words};

/// What would be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Finished responses that nobody has confirmed.
    pub unsent: usize,
    /// Answers in progress.
    pub drafts: usize,
    /// Copies the person keeps for themselves.
    pub copies: usize,
    /// Records that could not be read.
    pub unreadable: usize,
}

/// The page.
pub fn delete(words: &'static Words, acts: &Acts, doomed: &Doomed, loss: Loss) -> El {
    let title = match doomed {
        Doomed::Everything => Word::DeviceDeleteAllTitle,
        Doomed::Draft(_) | Doomed::Finished(_) | Doomed::Copy(_) | Doomed::Unreadable | Doomed::Choices => {
            Word::DeviceDeleteTitle
        }
    };
    let counts = [
        (loss.unsent, Word::DeviceLossUnsent),
        (loss.drafts, Word::DeviceLossDrafts),
        (loss.copies, Word::DeviceLossCopies),
        (loss.unreadable, Word::DeviceLossUnreadable),
    ];
    let lost = counts.into_iter().filter(|(count, _)| *count > 0);
    let lost = lost.map(|(count, word)| words.fill(word, &[("count", &count.to_string())]));
    let yes = acts.press(Act::Kept(Wish::Delete(doomed.clone())));
    let no = acts.press(Act::Kept(Wish::Open(Page::List)));
    el("div")
        .kid(heading(1, Size::L, words.say(title)))
        .kid(bullets(lost))
        .kid(paragraph(words.say(Word::DeviceDeleteBody)))
        .kid(button_group(vec![
            button(words.say(Word::DeviceDeleteConfirm), Look::Warning, yes),
            button(words.say(Word::StopCancel), Look::Secondary, no),
        ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_much_nobody_has_received() {
        let html = |loss| delete(Words::english(), &Acts::new(|_| ()), &Doomed::Everything, loss).html();
        let all = html(Loss { unsent: 2, drafts: 1, ..Loss::default() });
        assert!(all.contains("2 finished sets of answers have not been received"), "{all}");
        assert!(all.contains("1 set of answers is not finished"), "{all}");
        assert!(!all.contains("could not be read"), "{all}");
    }
}
