//! Why a questionnaire is refused, and what is worth saying about one that is not: in words for the person
//! who wrote or chose it, never for a patient.
//!
//! Every reason and remark stands in one list here; `docs/support.md` is printed from these lists.

use std::fmt;

/// Makes an enum of facts, each with a short fixed name and its words. `{}` in the words stands for the detail.
macro_rules! facts {
    ($(#[$about:meta])* $name:ident { $($variant:ident $code:literal $words:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $words] $variant,)*
        }

        impl $name {
            /// All of them, in the order of the support table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// A short fixed name, for machines.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it says; `{}` stands for the detail.
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

facts! {
    /// Why a questionnaire is refused.
    Reason {
        Unreadable "unreadable" "The file cannot be read: {}.",
        TooLarge "too-large" "The questionnaire has {} bytes; at most 4,000,000 are read.",
        NotJson "not-json" "This is not JSON: {}.",
        NotAQuestionnaire "not-a-questionnaire" "The resource is {}, not a Questionnaire.",
        NotAResponse "not-a-response" "The resource is {}, not a QuestionnaireResponse.",
        OtherVersion "other-fhir-version" "{}. Only FHIR R4 is read.",
        NothingToAsk "nothing-to-ask" "The questionnaire has no items.",
        WrongShape "wrong-shape" "This element must be {}.",
        Missing "missing" "The element {} must be present.",
        BadValue "bad-value" "This value is not {}.",
        TextTooLong "text-too-long" "The text has {} bytes; at most 100,000 are read.",
        TooManyItems "too-many-items" "The questionnaire has more than {} items.",
        TooDeep "too-deep" "Items are nested more than {} deep.",
        TooManyOptions "too-many-options" "The list has more than {} options.",
        ImplicitRules "implicit-rules" "The questionnaire is to be read by the rules at {} (implicitRules), which are not known here.",
        ModifierExtension "modifier-extension" "The modifier extension {} changes what this means and is not understood.",
        LinkIdMissing "link-id-missing" "The item has no linkId.",
        LinkIdRepeated "link-id-repeated" "The linkId is used more than once; first at {}.",
        TypeMissing "type-missing" "The item has no type.",
        TypeUnknown "type-unknown" "{} is not an item type of FHIR R4.",
        TypeNotShown "type-not-shown" "Questions of type {} cannot be asked here.",
        ItemsUnderDisplay "items-under-display" "A display item cannot have questions under it (que-1).",
        OptionsOnType "options-on-type" "Items of type {} cannot have answer options of this kind.",
        OptionsTwice "options-twice" "The question has both answerOption and answerValueSet (que-4); which list counts is not defined.",
        OptionsMissing "options-missing" "The choice has nothing to choose from.",
        OptionsExpression "options-expression" "The options come from an expression ({}), which is not computed here.",
        OptionWithoutValue "option-without-value" "The option has no value.",
        OptionReference "option-reference" "Options that refer to other resources cannot be shown.",
        OptionWithoutWords "option-without-words" "The option has neither words nor a code.",
        SeveralValues "several-values" "More than one value is given: {}.",
        ValueSetNotFound "value-set-not-found" "The value set {} is not contained in the questionnaire.",
        ValueSetRemote "value-set-remote" "The value set {} is on another server and was not supplied.",
        ValueSetNotListed "value-set-not-listed" "The value set {} does not list its codes, so a terminology server would be needed.",
        ValueSetPartial "value-set-partial" "The value set {} lists only some of its codes.",
        ConditionWithoutQuestion "condition-without-question" "The condition names no question.",
        ConditionQuestionMissing "condition-question-missing" "The condition asks about {}, which is not in the questionnaire.",
        ConditionOnItself "condition-on-itself" "The item's condition asks about the item itself.",
        ConditionOnWords "condition-on-words" "The condition asks about {}, which is not a question and has no answers.",
        ConditionCycle "condition-cycle" "The conditions go round in a circle: {}.",
        OperatorMissing "operator-missing" "The condition has no operator.",
        OperatorUnknown "operator-unknown" "{} is not an operator of FHIR R4.",
        OperatorNeedsOrder "operator-needs-order" "{}: these answers have no order to compare by.",
        ExistsNeedsBoolean "exists-needs-boolean" "The operator exists needs answerBoolean (que-7).",
        ConditionAnswerMissing "condition-answer-missing" "The condition has no answer to compare with.",
        ConditionAnswerType "condition-answer-type" "The condition compares {}, so it can never be decided.",
        BehaviourMissing "behaviour-missing" "There are {} conditions but no enableBehavior says whether all must hold or any (que-12).",
        BehaviourUnknown "behaviour-unknown" "{} is not an enableBehavior of FHIR R4.",
        EnableExpression "enable-expression" "An expression decides whether this is asked ({}); expressions are not computed here.",
        NotAssembled "not-assembled" "The questionnaire has parts that are not in it ({}); it must be assembled first.",
        Adaptive "adaptive" "The next question would come from a server ({}).",
        InitialType "initial-type" "The initial value ({}) is not of the question's type.",
        InitialNotAnOption "initial-not-an-option" "The initial value {} is not one of the options, and the person cannot change it.",
        TooManyInitial "too-many-initial" "{} answers are filled in at the start, but only one may be given (que-13).",
        RuleMisplaced "rule-misplaced" "The extension {} has no meaning at this place, or stands here twice.",
        SafetyRuleBroken "safety-rule-broken" "The safety rule cannot be kept: {}.",
        ScoreRuleBroken "score-rule-broken" "The score cannot be computed: {}.",
        NeedsPack "needs-pack" "The measure {} has no words of its own: a licensed pack must bring them.",
        PackUnlicensed "pack-unlicensed" "The pack has no licence, so its words may not be shown: {}.",
        PackBroken "pack-broken" "The pack cannot be used: {}.",
        LimitsCrossed "limits-crossed" "The smallest allowed ({}) is more than the largest, so no answer is allowed.",
    }
}

facts! {
    /// What is worth saying about a questionnaire.
    Remark {
        UnknownExtension "unknown-extension" "ignored: the extension {} is not known here.",
        IgnoredExtension "ignored-extension" "ignored: {}.",
        DifferentExtension "different-extension" "shown differently: {}.",
        MisplacedExtension "misplaced-extension" "ignored: the extension {} has no meaning at this place.",
        UnknownElement "unknown-element" "ignored: {} is not an element of FHIR R4 at this place.",
        NotComputed "not-computed" "not computed here: {}.",
        WrittenAsText "written-as-text" "{} is written as a text; it is read as meant.",
        AmountWithoutNumber "amount-without-number" "ignored: the initial amount has a unit but no number.",
        Retired "retired" "the questionnaire's status is {}.",
        NoUrl "no-url" "the questionnaire has no url; responses name it {}.",
        ValueSetProvided "value-set-supplied" "the value set {} was supplied by the configuration.",
        EmptyGroup "empty-group" "shown as a heading only: the group has no items (que-1).",
        NoWords "no-words" "the question has no words; its linkId is shown.",
        ControlOther "control-other" "shown differently: the control {} is not drawn; the usual one is used.",
        ControlMisplaced "control-misplaced" "shown differently: the control {} does not fit this item.",
        SliderAsBox "slider-as-box" "shown differently: a slider {} is shown as a number box.",
        CheckBoxesForOne "check-boxes-for-one" "shown differently: one answer only, so radio buttons are shown instead of checkboxes.",
        TableAsList "table-as-list" "shown differently: the table ({}) is shown as a list that fits a phone.",
        TabsAsHeadings "tabs-as-headings" "shown differently: tabs are shown as headings.",
        WordsElsewhere "words-elsewhere" "shown differently: the question has no words; those of its {} are used.",
        QuestionAsWords "question-as-words" "shown differently: a {} with the control of words is shown as words.",
        WordsUnderWords "words-under-words" "shown differently: words under words stand after them (que-1).",
        LinkIdOfWords "link-id-of-words" "the linkId {} is used more than once, by words that have no answer.",
        OptionsEmpty "options-empty" "ignored: options without words or codes on a {}.",
        HelpShown "help-shown" "shown differently: words with a condition of their own are shown in place.",
        OptionsOnOtherType "options-on-other-type" "shown differently: R4 gives options to choices only; this {} is asked as a list.",
        OptionsOnBoolean "options-on-boolean" "ignored: a yes-or-no question has no other options.",
        ShownByCode "shown-by-code" "shown differently: the option has no words; its code {} is shown.",
        SameOptionTwice "same-option-twice" "the option {} is listed more than once; the record cannot tell them apart.",
        OpenWithoutOptions "open-without-options" "shown differently: an open choice without options is asked as words.",
        LongList "long-list" "shown differently: {} options are searched by typing.",
        NoOptionsNeeded "no-options-needed" "the choice has no options; the person cannot change it, so none are needed.",
        InitialWithOptions "initial-with-options" "initial values beside answer options are not allowed (que-11); they are used all the same.",
        InitialDropped "initial-dropped" "ignored: the initial value {} is not one of the options.",
        RuleIgnored "rule-ignored" "ignored: {}.",
        LimitOtherType "limit-other-type" "not checked here: the limit {} is of another type than the answer.",
        LimitNotRead "limit-not-read" "not checked here: the limit {} is relative or computed.",
        PatternNotChecked "pattern-not-checked" "not checked here: the pattern {} is outside what the matcher reads.",
        BehaviourAssumed "behaviour-assumed" "two conditions and no enableBehavior: either is enough, as in other renderers (R4's own test of que-12 starts at three).",
        ConditionNeverTrue "condition-never-true" "the condition looks for {}, which is not one of the options.",
        ConditionSystem "condition-system" "the condition's code {} has no system; the option with that code is meant.",
        LinkNotSafe "link-not-safe" "ignored: the link {} is not https.",
    }
}

/// One reason to refuse, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What fills the reason's words.
    pub detail: Box<str>,
    /// The item's link id, where it is in an item that has one.
    pub link_id: Option<Box<str>>,
    /// The FHIR path, such as `item[2].answerOption[1]`; empty for the resource itself.
    pub path: String,
}

/// One remark, and where it was first made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub remark: Remark,
    /// What fills the remark's words.
    pub detail: Box<str>,
    /// The item's link id, where it is in an item that has one.
    pub link_id: Option<Box<str>>,
    /// The FHIR path; empty for the resource itself.
    pub path: String,
    /// How often it was met.
    pub times: u32,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        filled(out, self.reason.words(), &self.detail)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        filled(out, self.remark.words(), &self.detail)?;
        if self.times > 1 {
            write!(out, " ({} times)", self.times)?;
        }
        Ok(())
    }
}

fn filled(out: &mut fmt::Formatter<'_>, words: &str, detail: &str) -> fmt::Result {
    match words.split_once("{}") {
        Some((before, after)) => {
            out.write_str(before)?;
            out.write_str(detail)?;
            out.write_str(after)
        }
        None => out.write_str(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_and_remark_has_a_name_of_its_own() {
        let mut codes: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        codes.extend(Remark::ALL.iter().map(|remark| remark.code()));
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn a_refusal_says_its_detail() {
        let refusal = Refusal {
            reason: Reason::TypeUnknown,
            detail: "colour".into(),
            link_id: Some("q".into()),
            path: "item[0]".into(),
        };
        assert_eq!(refusal.to_string(), "colour is not an item type of FHIR R4.");
    }
}
