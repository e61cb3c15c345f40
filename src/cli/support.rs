//! `what-matters support`: prints `docs/support.md` from the reader's own lists.

use super::ExitCode;
use crate::fhir::read::conditions::COMPARED;
use crate::fhir::read::extensions::Treatment;
use crate::fhir::read::{control, elements, extensions, item_type, limits};
use crate::fhir::refusal::{Reason, Remark};
use std::io::{self, Write};

/// Runs the command; `None` if it was asked wrongly.
///
/// # Errors
///
/// When the result cannot be written.
pub fn run(arguments: &[String], out: &mut dyn Write) -> io::Result<Option<ExitCode>> {
    if !arguments.is_empty() {
        return Ok(None);
    }
    out.write_all(table().as_bytes())?;
    Ok(Some(0))
}

const HEAD: &str = "\
# What is read of FHIR

Printed by `what-matters support` from the lists the reader itself uses; a test fails when this file is stale.

Questionnaires are read as FHIR R4 (4.0.1) with the extensions of SDC. One is refused when showing it would ask
or record something other than its author meant; every reason is told at once, each with the item's `linkId` and
path. Whatever is only ignored, shown differently or not computed is told in a note. `what-matters check FILE…`
tells both for any file; `--json` prints one line a file; `--value-set FILE` supplies a value set.
How forms behave is in [engine.md](engine.md); where another renderer differs, in [second_opinion.md](second_opinion.md).

In the tables: **supported** does what the standard says; **shown differently** and **ignored** leave what is asked
and recorded as it was meant; **not computed** is told in a note; **refused** refuses the whole questionnaire.
";

const ROOM: &str = "\
## Where the standard leaves room

| Question | Here | Why |
|---|---|---|
| Two conditions and no `enableBehavior` | either is enough, with a note | que-12 says it must be there, but its published test (`enableWhen.count() > 2`) passes two; STU3 and the other renderers take either |
| Three or more conditions and no `enableBehavior` | refused | que-12; guessing would decide what is asked |
| `>` `<` `>=` `<=` on boolean or Coding answers | refused | the standard gives them no order |
| A condition's Coding without a system, where one option has its code | that option, with a note | R4 compares system and code |
| A condition on a choice of codes that compares a string | refused | a string never equals a Coding, so the item could never be asked as meant |
| A condition on a whole number that names a decimal, on a dateTime that names a date | compared by value | every integer is a number and every date a dateTime |
| Conditions in a circle, through groups too | refused | neither item could ever be asked |
| `answerOption` on string, text, integer, date, time | asked as a list, with a note | R4 describes options for choices only; R5 allows them; the answers keep their type |
| Options on a boolean | ignored, with a note | yes and no stay |
| `initial` beside `answerOption` | used, with a note | que-11 asks for `initialSelected`, but the meaning is plain |
| An initial value that is not an option | ignored with a note; refused where the person cannot change it | it could not be shown, yet would be sent |
| Several initial values where one answer may be given | refused | que-13; which one is meant is unknown |
| A choice without options that is hidden or read-only | read, with a note | nobody chooses |
| `open-choice` without options | a box for words, with a note | R4 allows the person's own words |
| A group without items | a heading, with a note | que-1; nothing is lost |
| Words (`display`) with questions under them | refused | que-1; answers there have no place in a response |
| Words under words | shown after them, with a note; refused where the outer words have a condition | que-1; nothing is lost |
| A `linkId` used twice where one is of words | read, with a note | que-2 is about groups and questions; nothing refers to words |
| A question without words but with a help, a flyover or a code's display | those are its words, with a note | some renderers label the box with them |
| Options without words or codes on a string | ignored, with a note | form builders leave them behind |
| `required`, `repeats`, `readOnly`, `initial`, `code` on words | ignored, with a note | que-3, que-6, que-8, que-9 |
| Help, unit and scale words with a condition of their own | shown in place as words | folded words always show |
| A value set that lists only some of its codes | refused | the missing ones could not be chosen |
| `minOccurs` without `repeats` | at most one | |
| A pattern without `^` and `$` | must match the whole answer | as in Java and XML Schema, where these patterns come from |
| Text and markdown or XHTML beside it | the shape is shown, the text is recorded | the response carries the question's own words |
";

/// The whole page.
pub fn table() -> String {
    let mut page = String::from(HEAD);
    section(
        &mut page,
        "Item types",
        "Type",
        item_type::KNOWN.iter().map(|known| (code(known.code), known.treatment, known.about)),
    );
    section(&mut page, "Elements of the questionnaire", "Element", elements_of(elements::RESOURCE));
    section(&mut page, "Elements of an item", "Element", elements_of(elements::ITEM));
    conditions(&mut page);
    page.push_str(
        "\n## Controls (`questionnaire-itemControl`)\n\n| Control | For | | Drawn as |\n|---|---|---|---|\n",
    );
    for known in control::KNOWN {
        row(&mut page, &[&code(known.code), known.items, name(known.treatment), known.about]);
    }
    page.push_str("\nOther controls are noted, and the usual look is used.\n");
    section(
        &mut page,
        "Extensions",
        "Extension",
        extensions::KNOWN.iter().map(|known| (code(known.name), known.treatment, known.about)),
    );
    page.push_str(
        "\nNames are the last part of a URL under `http://hl7.org/fhir/StructureDefinition/` or \
         `http://hl7.org/fhir/uv/sdc/StructureDefinition/`. Any other extension is ignored and counted in a note. \
         Any modifier extension refuses the questionnaire.\n",
    );
    section(
        &mut page,
        "Extensions of our own",
        "Extension",
        extensions::OWN
            .iter()
            .chain(extensions::RULES)
            .map(|known| (code(known.name), known.treatment, known.about)),
    );
    let rules = "`. A rule (score, safety, review, self-report) that is malformed or misplaced refuses the \
                 questionnaire.\n\n";
    for part in ["\nNames are the last part of a URL under `", extensions::OURS, rules] {
        page.push_str(part);
    }
    page.push_str(ROOM);
    page.push_str("\n## Limits\n\n| What | Most |\n|---|---|\n");
    for (what, most) in [
        ("Bytes", limits::BYTES),
        ("Items", limits::ITEMS),
        ("Levels of items", limits::DEPTH as usize),
        ("Options of one question", limits::OPTIONS),
        ("Bytes of one text", crate::fhir::wire::TEXT_BYTES),
    ] {
        row(&mut page, &[what, &most.to_string()]);
    }
    page.push_str(
        "\n## Reasons to refuse\n\n`{}` stands for what was found.\n\n| Code | Reason |\n|---|---|\n",
    );
    for reason in Reason::ALL {
        row(&mut page, &[&code(reason.code()), reason.words()]);
    }
    page.push_str("\n## Notes\n\n| Code | Note |\n|---|---|\n");
    for remark in Remark::ALL {
        row(&mut page, &[&code(remark.code()), remark.words()]);
    }
    page
}

fn conditions(page: &mut String) {
    page.push_str(
        "\n## Conditions (`enableWhen`)\n\n`exists` with `answerBoolean` works on every question. Other comparisons:\n\n\
         | Question | Compared with | `=` `!=` | `>` `<` `>=` `<=` |\n|---|---|---|---|\n",
    );
    for compared in COMPARED {
        let ordered = if compared.ordered { "yes" } else { "refused" };
        row(page, &[&code(compared.item), &code(&["answer", compared.answer].concat()), "yes", ordered]);
    }
    page.push_str(
        "\nA choice whose options are integers, dates, times or strings compares as those do. Anything else is \
         refused.\n",
    );
}

fn elements_of(list: &'static [elements::Known]) -> impl Iterator<Item = (String, Treatment, &'static str)> {
    list.iter().map(|known| (code(known.name), known.treatment, known.about))
}

fn section(
    page: &mut String,
    title: &str,
    first: &str,
    rows: impl Iterator<Item = (String, Treatment, &'static str)>,
) {
    for part in ["\n## ", title, "\n\n| ", first, " | | |\n|---|---|---|\n"] {
        page.push_str(part);
    }
    for (what, treatment, about) in rows {
        row(page, &[&what, name(treatment), about]);
    }
}

fn row(page: &mut String, cells: &[&str]) {
    page.push('|');
    for cell in cells {
        page.push(' ');
        page.push_str(&cell.replace('|', "\\|"));
        page.push_str(" |");
    }
    page.push('\n');
}

fn code(text: &str) -> String {
    ["`", text, "`"].concat()
}

fn name(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Supported => "supported",
        Treatment::Differently => "shown differently",
        Treatment::Ignored => "ignored",
        Treatment::NotComputed => "not computed",
        Treatment::Refused => "refused",
    }
}
