//! An explanation on the screen: its title, its summary, and what follows, as elements.

use crate::domain::explanation::{Explanation, Part, Piece, Slug};
use crate::domain::picture::Picture;
use crate::ui::act::{Act, Acts};
use crate::ui::markup::{El, Kid, Str, el};
use crate::ui::parts::button::{Look, button};
use crate::ui::parts::label::Size;
use crate::ui::parts::picture::picture;
use crate::ui::parts::wording::{bullets, heading, lede, paragraph};
use crate::ui::words::{Word, Words};
use std::sync::Arc;

/// An explanation that can be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its name.
    pub slug: Slug,
    /// This is its Easy Read version.
    pub easy: bool,
    /// The language it is in, by its tag.
    pub language: &'static str,
    /// What is in it.
    pub page: Arc<Explanation>,
}

/// What is known of the explanation that is being read.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// It is on its way.
    Fetching,
    /// It is here.
    Here(Shown),
    /// The one of this name did not come.
    Failed(Slug),
}

/// The page for it.
pub fn reading(words: &'static Words, reading: &Reading, acts: &Acts) -> El {
    match reading {
        Reading::Fetching => el("p").attr("role", "status").text(words.say(Word::ExplainFetching)),
        Reading::Here(shown) => explanation(words, shown, 1, acts),
        Reading::Failed(slug) => {
            let again = acts.press(Act::Explain(slug.clone()));
            el("div")
                .kid(heading(1, Size::L, words.say(Word::ExplainFailedTitle)))
                .kid(paragraph(words.say(Word::ExplainFailed)))
                .kid(button(words.say(Word::TroubleTryAgain), Look::Primary, again))
        }
    }
}

/// The explanation as elements; its title is a heading of `level`.
pub fn explanation(words: &'static Words, shown: &Shown, level: u8, acts: &Acts) -> El {
    let page = &shown.page;
    let size = if level == 1 { Size::Xl } else { Size::L };
    let mut kids: Vec<Kid> = vec![heading(level, size, page.title.to_string()).into()];
    let version = if shown.easy { Word::ExplainNotEasy } else { Word::ExplainEasy };
    if shown.easy || page.has_easy {
        let act = Act::ExplainEasy(shown.slug.clone(), !shown.easy);
        kids.push(el("p").class("wm-read").kid(link(words.say(version), acts.press(act))).into());
    }
    if !page.summary.is_empty() {
        kids.push(lede(page.summary.to_string()).into());
    }
    kids.extend(page.parts.iter().map(|part| Kid::from(draw(part, level + 1, acts))));
    // Where the language of the page does not have it, English stands in.
    let other = (shown.language != words.tongue().tag).then_some(shown.language);
    let article = el("article").maybe("lang", other).maybe("dir", other.map(|_| "ltr"));
    article.class(if shown.easy { "wm-explanation wm-easy" } else { "wm-explanation" }).kids(kids)
}

fn draw(part: &Part, level: u8, acts: &Acts) -> El {
    match part {
        Part::Heading(words) => heading(level, Size::M, words.to_string()),
        Part::Paragraph(words) => el("p").kids(pieces(words, acts)),
        Part::Points(points) => {
            bullets(Vec::<Kid>::new()).kids(points.iter().map(|words| el("li").kids(pieces(words, acts))))
        }
        Part::Pictured(name, words) => el("p")
            .class("wm-pictured")
            .kids(Picture::named(name).map(picture))
            .kid(el("span").kids(pieces(words, acts))),
    }
}

fn pieces(pieces: &[Piece], acts: &Acts) -> Vec<Kid> {
    let draw = |piece: &Piece| match piece {
        Piece::Words(words) => words.to_string().into(),
        Piece::Page(slug, words) => link(words.to_string(), acts.press(Act::Explain(slug.clone()))).into(),
        Piece::Site(to, words) => {
            let link = el("a").class("nhsuk-link").attr("href", to.to_string()).attr("target", "_blank");
            link.attr("rel", "noopener noreferrer").text(words.to_string()).into()
        }
    };
    pieces.iter().map(draw).collect()
}

/// The ways to some explanations, each with its name, a line each.
pub fn ways_to_read(words: &'static Words, acts: &Acts, ways: &[(Word, &str)]) -> Vec<El> {
    let way = |(label, slug): &(Word, &str)| {
        let act = Act::Explain(Slug::read(slug)?);
        Some(el("p").kid(link(words.say(*label), acts.press(act))))
    };
    ways.iter().filter_map(way).collect()
}

/// A button that looks like a link: the address of the page does not change.
pub fn link(words: impl Into<Str>, mut press: impl FnMut() + Send + 'static) -> El {
    let link = el("button").class("wm-link").attr("type", "button").text(words);
    link.on("click", move |_| {
        press();
        true
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn html(text: &str, easy: bool, level: u8) -> String {
        let page = Arc::new(Explanation::read(text, "x").unwrap());
        let shown = Shown { slug: Slug::read("a").unwrap(), easy, language: "en-GB", page };
        explanation(Words::english(), &shown, level, &Acts::new(|_| ())).html()
    }

    #[test]
    fn an_explanation_is_headings_paragraphs_and_lists() {
        assert_eq!(
            html("# A\n\n> S\n\nOne.\n- x\n- y\nTwo <b>.\n\n## B", false, 2),
            "<article class=\"wm-explanation\"><h2 class=\"nhsuk-heading-l\">A</h2>\
             <p class=\"nhsuk-lede-text\">S</p><p>One.</p>\
             <ul class=\"nhsuk-list nhsuk-list--bullet\"><li>x</li><li>y</li></ul><p>Two &lt;b&gt;.</p>\
             <h3 class=\"nhsuk-heading-m\">B</h3></article>"
        );
    }

    #[test]
    fn another_page_is_a_button_and_a_website_opens_beside_this_one() {
        let html = html("# A\n[b](your-choice) [c](https://ico.org.uk)", false, 1);
        assert!(html.contains("<button class=\"wm-link\" type=\"button\">b</button>"), "{html}");
        assert!(html.contains("href=\"https://ico.org.uk\" target=\"_blank\" rel=\"noopener"), "{html}");
    }

    #[test]
    fn an_easy_read_page_has_a_picture_of_ours_beside_each_idea_and_a_way_back() {
        let html = html("# A\n@talk You talk.\n@none Still words.", true, 1);
        assert!(
            html.contains(
                "<p class=\"wm-pictured\"><span class=\"wm-picture wm-picture--talk\" aria-hidden=\"true\">\
                 </span><span>You talk.</span></p><p class=\"wm-pictured\"><span>Still words.</span></p>"
            ),
            "{html}"
        );
        assert!(
            html.contains("wm-explanation wm-easy") && html.contains("The page with more words"),
            "{html}"
        );
    }

    #[test]
    fn only_a_page_that_has_an_easy_read_version_offers_it() {
        assert!(html("# A\n+easy\nOne.", false, 1).contains("Easy Read"));
        assert!(!html("# A\nOne.", false, 1).contains("Easy Read"));
    }
}
