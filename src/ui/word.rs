//! Each thing the interface says, by name. The sentences are in `public/words/<language>.json`.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// Each thing the interface says. The comment on each is a note for translators.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Word {
            $($(#[$doc])* $name,)*
        }

        pub(super) const KEYS: &[&str] = &[$($key),*];

        #[cfg(test)]
        pub(super) const ALL: &[Word] = &[$(Word::$name),*];
    };
}

words! {
    /// “What matters to you?”
    StartTitle = "start.title",
    /// `{link-worker}` is the practice's own title for its link worker, in running text.
    StartLead = "start.lead",
    /// `{count}` is a whole number.
    StartMinutes = "start.minutes",
    /// “You can skip any question. You can stop at any time.”
    StartSkip = "start.skip",
    /// “Your {link-worker} sees your answers. So can your GP surgery, if they ask.”
    StartWhoSees = "start.who-sees",
    /// “Nobody checks these answers as you type.”
    StartNotWatched = "start.not-watched",
    /// “Start”
    StartBegin = "start.begin",
    /// “Carry on where you stopped”
    StartResume = "start.resume",
    /// “Start again”
    StartAfresh = "start.afresh",
    /// `{date}` is a day written out.
    StartKeptUntil = "start.kept-until",
    /// “What would you like to answer?”
    StartChoose = "start.choose",
    /// “What is social prescribing?”
    StartExplainLink = "start.explain-link",
    /// “Answers waiting to be sent”
    StartWaitingHeading = "start.waiting-heading",
    /// `{reference}` is six letters and digits; `{state}` is one of the `send.` sentences.
    StartWaitingRow = "start.waiting-row",
    /// “There are no questions here yet. Your surgery still has to choose some.”
    StartNone = "start.none",
    /// “Why we ask”
    BeforeWhy = "before.why",
    /// “What you get”
    BeforeGives = "before.gives",
    /// `{count}` is a whole number above nought.
    BeforeQuestions = "before.questions",
    /// “Skip to main content”
    ShellSkipLink = "shell.skip-link",
    /// “Back”
    ShellBack = "shell.back",
    /// “Need help now?”
    ShellHelpNow = "shell.help-now",
    /// A button that prints the page.
    ShellPrint = "shell.print",
    /// “Stop and delete my answers”
    ShellStop = "shell.stop",
    /// “This is a demonstration. It is not a real surgery. Use made-up answers.”
    ShellDemonstration = "shell.demonstration",
    /// The questions are in a frame inside another website, and the browser may forget what is kept there.
    FrameForgets = "frame.forgets",
    /// A link that opens the questions in the whole window.
    FrameOpen = "frame.open",
    /// “Continue”
    AskContinue = "ask.continue",
    /// “Skip this question”
    AskSkip = "ask.skip",
    /// Where a page has several questions.
    AskSkipAll = "ask.skip-all",
    /// “I would rather talk about it”
    AskRatherTalk = "ask.rather-talk",
    /// “You skipped this question. You can still answer it.”
    AskSkipped = "ask.skipped",
    /// “You said you would rather talk about this. You can still answer it.”
    AskToTalkAbout = "ask.to-talk-about",
    /// Above the questions about where somebody is and who helps.
    AskCircumstances = "ask.circumstances",
    /// A button that answers where (at the GP surgery) and how (on my own), on a device of the surgery's.
    TodayAloneAtSurgery = "today.alone-at-surgery",
    /// A button that answers where (at home) and how (on my own).
    AskAloneAtHome = "ask.alone-at-home",
    /// Between that button and the questions it answers.
    AskOrSayMore = "ask.or-say-more",
    /// Shown only when the total is certain.
    AskProgress = "ask.progress",
    /// “Explain this question”
    AskExplain = "ask.explain",
    /// “More help (opens a new page)”
    AskMoreHelp = "ask.more-help",
    /// “About these questions”
    AskLicence = "ask.licence",
    /// At every box for words of one’s own. Nothing reads or searches what is written there.
    AskNotWatched = "ask.not-watched",
    /// “Saving …”
    KeptSaving = "kept.saving",
    /// Said only when the answer is in both of the browser's stores.
    KeptSaved = "kept.saved",
    /// Said when only one of the browser's two stores took the answer.
    KeptPerhaps = "kept.perhaps",
    /// Said when neither store took the answer.
    KeptNowhere = "kept.nowhere",
    /// Said on a device that many people use, which keeps nothing readable.
    KeptShared = "kept.shared",
    /// Said after a reload that finds no answers where there were some.
    KeptGone = "kept.gone",
    /// Said once, at the start. `{count}` is how many days the practice keeps unfinished answers.
    KeptExpired = "kept.expired",
    /// On the first page of a device that many people use.
    StartShared = "start.shared",
    /// On the last page of a device that many people use.
    DoneHandBack = "done.hand-back",
    /// The same, while the answers are locked for the service and wait there.
    DoneSharedSealed = "done.shared-sealed",
    /// The same, while the answers are in the page's memory only.
    DoneSharedUnsent = "done.shared-unsent",
    /// “Are you still there?”
    IdleTitle = "idle.title",
    /// Said in the place of the answers.
    IdleBody = "idle.body",
    /// `{seconds}` counts down from 30.
    IdleLeft = "idle.left",
    /// “Carry on”
    IdleCarryOn = "idle.carry-on",
    /// “Clear my answers”
    IdleClear = "idle.clear",
    /// “These questions are also open in another window.”
    KeptElsewhere = "kept.elsewhere",
    /// “Some answers on this device could not be read. We have kept them apart. Tell your …”
    KeptRecoveredNone = "kept.recovered-none",
    /// “Some of your earlier answers no longer fit these questions. We have kept them apart.”
    KeptMisfit = "kept.misfit",
    /// Said when only one of the browser's two stores works.
    StorageOne = "storage.one",
    /// “This browser cannot keep answers. You can still answer and send. Keep this page open …”
    StorageAbsent = "storage.absent",
    /// “This browser does not let us keep your answers. You can still answer and send. Keep …”
    StorageRefused = "storage.refused",
    /// “This device has no room left to keep answers. You can still answer and send. Keep this …”
    StorageFull = "storage.full",
    /// “This browser’s storage is not working. You can still answer and send. Keep this page …”
    StorageBroken = "storage.broken",
    /// On the first page, where the browser cannot seal answers for the service and so will not send any.
    SealAbsent = "seal.absent",
    /// “We could not make your answers safe to send, so we did not send them. …”
    SealFailed = "seal.failed",
    /// Of answers that wait to be sent and are sealed for the service.
    DoneSealed = "done.sealed",
    /// “There is a problem”
    ProblemTitle = "problem.title",
    /// “Error: ”
    ProblemErrorPrefix = "problem.error-prefix",
    /// The same words stand above the question and in the list at the top. `{question}` is its short name.
    ProblemUnanswered = "problem.unanswered",
    /// “Enter a number, like 5”
    ProblemNotANumber = "problem.not-a-number",
    /// “Enter a whole number, like 5”
    ProblemNotAWholeNumber = "problem.not-a-whole-number",
    /// “Enter a number that is {least} or more”
    ProblemTooLow = "problem.too-low",
    /// “Enter a number that is {most} or less”
    ProblemTooHigh = "problem.too-high",
    /// “Enter a number with no decimal point”
    ProblemTooManyDecimalsNone = "problem.too-many-decimals-none",
    /// “Use {most} digits or fewer after the decimal point”
    ProblemTooManyDecimals = "problem.too-many-decimals",
    /// “Enter a real date, like 27 3 2026”
    ProblemNotADate = "problem.not-a-date",
    /// “Add the day”
    ProblemDateNoDay = "problem.date-no-day",
    /// “Add the month”
    ProblemDateNoMonth = "problem.date-no-month",
    /// “Add the year”
    ProblemDateNoYear = "problem.date-no-year",
    /// “Enter a real date and time, like 27 3 2026 and 14 30”
    ProblemNotADateTime = "problem.not-a-date-time",
    /// “Enter a real time, like 14:30”
    ProblemNotATime = "problem.not-a-time",
    /// “Enter a date or time that is {earliest} or later”
    ProblemTooEarly = "problem.too-early",
    /// “Enter a date or time that is {latest} or earlier”
    ProblemTooLate = "problem.too-late",
    /// “Enter at least {least} characters”
    ProblemTooShort = "problem.too-short",
    /// “Use {most} characters or fewer”
    ProblemTooLong = "problem.too-long",
    /// “Check how this is written”
    ProblemDoesNotMatch = "problem.does-not-match",
    /// “Write it like this: {format}”
    ProblemDoesNotMatchFormat = "problem.does-not-match-format",
    /// “Enter a web address, like https://www.nhs.uk”
    ProblemNotAnAddress = "problem.not-an-address",
    /// “Choose at least {least}”
    ProblemTooFew = "problem.too-few",
    /// “Choose {most} or fewer”
    ProblemTooMany = "problem.too-many",
    /// “Choose either “{option}” or one of the others”
    ProblemExclusive = "problem.exclusive",
    /// “Choose a unit”
    ProblemUnitMissing = "problem.unit-missing",
    /// “Choose one of the answers in the list”
    ProblemNotAnOption = "problem.not-an-option",
    /// “Yes”
    ItemYes = "item.yes",
    /// “No”
    ItemNo = "item.no",
    /// “or”
    ItemOr = "item.or",
    /// A number on a scale from nought. `{most}` is the scale's high end.
    ItemOutOf = "item.out-of",
    /// The same with what both ends of the scale mean, as the questionnaire puts it.
    ItemOutOfWhere = "item.out-of-where",
    /// “Day”
    ItemDay = "item.day",
    /// “Month”
    ItemMonth = "item.month",
    /// “Year”
    ItemYear = "item.year",
    /// “Hour”
    ItemHour = "item.hour",
    /// “Minute”
    ItemMinute = "item.minute",
    /// “For example, 27 3 2026”
    ItemDateHint = "item.date-hint",
    /// “For example, 14:30 or 2:30pm”
    ItemTimeHint = "item.time-hint",
    /// Said above a list in which several may be chosen.
    ItemChooseSeveral = "item.choose-several",
    /// Read aloud before important words, not shown. “Important: ”
    ItemImportant = "item.important",
    /// “Unit”
    ItemUnit = "item.unit",
    /// “Something else”
    ItemOwnAnswer = "item.own-answer",
    /// “Write your own answer”
    ItemOwnAnswerLabel = "item.own-answer-label",
    /// “Choose one”
    ItemSelectPrompt = "item.select-prompt",
    /// “Type a few letters, then choose from the list”
    ItemSearchHint = "item.search-hint",
    /// “Nothing in the list matches”
    ItemSearchNone = "item.search-none",
    /// “{count} in the list”
    ItemSearchCount = "item.search-count",
    /// “Add another: {question}”
    ItemAdd = "item.add",
    /// “Remove number {count}: {question}”
    ItemRemove = "item.remove",
    /// `{count}` numbers the copies of a repeated group from one.
    ItemCopy = "item.copy",
    /// “No answer yet”
    ItemNoAnswer = "item.no-answer",
    /// “You have {count} characters left”
    ItemCharactersLeft = "item.characters-left",
    /// “You have {count} characters too many”
    ItemCharactersOver = "item.characters-over",
    /// “Check your answers”
    CheckTitle = "check.title",
    /// “These are your answers. You can change any of them before you send them.”
    CheckLead = "check.lead",
    /// Opens why the questions are asked and what comes of them.
    CheckWhatFor = "check.what-for",
    /// “Change”
    CheckChange = "check.change",
    /// “Not answered”
    CheckNotProvided = "check.not-provided",
    /// “Skipped”
    CheckSkipped = "check.skipped",
    /// “I would rather talk about it”
    CheckToTalkAbout = "check.to-talk-about",
    /// “When you press Send, your {link-worker} gets these answers.”
    CheckConsent = "check.consent",
    /// “Send my answers”
    CheckSend = "check.send",
    /// “Finish”
    CheckFinishUnsent = "check.finish-unsent",
    /// “Saving your answers …”
    CheckSending = "check.sending",
    /// In the place of an answer that counts only if the person gave it, where somebody else did.
    CheckOnlyYou = "check.only-you",
    /// “You have not answered anything yet.”
    CheckNothing = "check.nothing",
    /// Said only against a receipt that was compared with the answers.
    DoneSent = "done.sent",
    /// “Your {link-worker} has your answers.”
    DoneSentBody = "done.sent-body",
    /// “Saved on this device”
    DoneSaved = "done.saved",
    /// “Sending …”
    DoneSending = "done.sending",
    /// “Your answers are safe on this device. We are sending them now.”
    DoneSendingBody = "done.sending-body",
    /// “Not sent”
    DoneHeld = "done.held",
    /// “Your reference is”
    DoneReference = "done.reference",
    /// “What happens next”
    DoneNextHeading = "done.next-heading",
    /// “Try to send again now”
    DoneTryAgain = "done.try-again",
    /// “We have removed your answers from this device.”
    DoneRemoved = "done.removed",
    /// “Your answers stay on this device until they are sent.”
    DoneStays = "done.stays",
    /// “This browser did not keep your answers. Keep this page open until it says Sent.”
    DoneMemoryOnly = "done.memory-only",
    /// On the last page. The quoted words are those of `shell.help-now`.
    DoneNotWatched = "done.not-watched",
    /// “Your surgery has not set up where to send answers. Show this page to your {link-worker}.”
    DoneNoRoute = "done.no-route",
    /// “They wait on this device until your {link-worker} collects them.”
    DoneToCollect = "done.to-collect",
    /// `{date}` is a day written out.
    AnsweredTitle = "answered.title",
    /// Under that heading.
    AnsweredHere = "answered.here",
    /// Above the answers of two visits, side by side.
    AnsweredLead = "answered.lead",
    /// Over an answer of the earlier visit. `{date}` is a day written out.
    AnsweredBefore = "answered.before",
    /// Over an answer of today. `{date}` is a day written out.
    AnsweredNow = "answered.now",
    /// In the place of an answer to a question of one visit only.
    AnsweredNotAsked = "answered.not-asked",
    /// “Keep a copy for next time?”
    CopyTitle = "copy.title",
    /// What a copy is for.
    CopyOffer = "copy.offer",
    /// Who could see it, and that it is not sent.
    CopyCare = "copy.care",
    /// Safari deletes what a page stored after seven days without a visit.
    CopySafari = "copy.safari",
    /// “Keep a copy on this device”
    CopyKeep = "copy.keep",
    /// “Delete the copy”
    CopyDelete = "copy.delete",
    /// Said only when it is kept. `{date}` is a day written out.
    CopyKept = "copy.kept",
    /// Neither store took it.
    CopyNotKept = "copy.not-kept",
    /// One of the stores would not let go of it.
    CopyNotDeleted = "copy.not-deleted",
    /// “The copy has been deleted.”
    CopyDeleted = "copy.deleted",
    /// “We could not reach the service. Your answers are safe on this device. Check your …”
    SendNetwork = "send.network",
    /// “The service is busy. Your answers are safe on this device. We will try again soon.”
    SendBusy = "send.busy",
    /// “The service is not working right now. Your answers are safe on this device. We will try …”
    SendServer = "send.server",
    /// “The service did not confirm that it has your answers. They are safe on this device. We …”
    SendUnproven = "send.unproven",
    /// “The service did not let us in. Your answers are safe on this device. Tell your {link-worker}.”
    SendNotAllowed = "send.not-allowed",
    /// “The service was not where it should be. Your answers are safe on this device. Tell your …”
    SendNotFound = "send.not-found",
    /// “The service did not accept these answers. They are safe on this device. Show this page …”
    SendNotAccepted = "send.not-accepted",
    /// “The service already has different answers under this reference. Yours are safe on this …”
    SendConflict = "send.conflict",
    /// “Your answers are too long to send this way. They are safe on this device. Show this …”
    SendTooLarge = "send.too-large",
    /// “We cannot show these questions”
    TroubleTitle = "trouble.title",
    /// “The questions could not be found. Nothing you have written is lost. Check the link, or …”
    TroubleQuestionnaireMissing = "trouble.questionnaire-missing",
    /// “We could not fetch the questions. Nothing you have written is lost. Check your signal, …”
    TroubleQuestionnaireNetwork = "trouble.questionnaire-network",
    /// “These questions are not written in a way we can show. Nothing you have written is lost. …”
    TroubleQuestionnaireUnreadable = "trouble.questionnaire-unreadable",
    /// “Some of these questions are of a kind we cannot show. We show all of them or none. …”
    TroubleQuestionnaireRefused = "trouble.questionnaire-refused",
    /// A measure that needs somebody to read the answers soon, where the practice has not said who.
    TroubleQuestionnaireReview = "trouble.questionnaire-review",
    /// “The link names questions on another website. We only open questions from this one. Ask …”
    TroubleQuestionnaireElsewhere = "trouble.questionnaire-elsewhere",
    /// “The settings for this page could not be found. Nothing you have written is lost. Tell …”
    TroubleConfigurationMissing = "trouble.configuration-missing",
    /// “We could not fetch the settings for this page. Nothing you have written is lost. Check …”
    TroubleConfigurationNetwork = "trouble.configuration-network",
    /// “The settings for this page have a mistake in them. Nothing you have written is lost. …”
    TroubleConfigurationUnreadable = "trouble.configuration-unreadable",
    /// “Details for the surgery”
    TroubleForStaff = "trouble.for-staff",
    /// “Try again”
    TroubleTryAgain = "trouble.try-again",
    /// “Go to the start”
    TroubleGoToStart = "trouble.go-to-start",
    /// “Getting this page …”
    ExplainFetching = "explain.fetching",
    /// “We could not get this page”
    ExplainFailedTitle = "explain.failed-title",
    /// “Nothing you have written is lost. Check your signal, then try again.”
    ExplainFailed = "explain.failed",
    /// “Why was I asked?”
    ExplainWhyAsked = "explain.why-asked",
    /// “What happens first?”, the title of that explanation
    ExplainWhatFirst = "explain.what-first",
    /// “Who sees my answers?”
    ExplainWhoSees = "explain.who-sees",
    /// “Read aloud”: by the device’s own voice.
    AloudRead = "aloud.read",
    /// “Stop reading”
    AloudStop = "aloud.stop",
    /// Said when the device has voices and none for the language of the page.
    AloudNoVoice = "aloud.no-voice",
    /// “Easy Read”: the name of a way of writing with pictures.
    ExplainEasy = "explain.easy",
    /// “The page with more words”
    ExplainNotEasy = "explain.not-easy",
    /// “Stop for now”: a link to a page that says what is kept
    ShellLater = "shell.later",
    /// The heading of that page: “Stopping for now”
    LaterTitle = "later.title",
    /// “To carry on, open this page again on this device, in the same browser.”
    LaterBack = "later.back",
    /// “After that day they are deleted.” It follows the day until which answers are kept.
    LaterThen = "later.then",
    /// “Nothing has been sent. Nobody else has seen your answers.”
    LaterUnsent = "later.unsent",
    /// “Settings”: opens the choices of text size and colours
    SettingsLabel = "settings.label",
    /// “Text size”
    SettingsText = "settings.text",
    /// “Colours”
    SettingsColours = "settings.colours",
    /// “Usual”, of the text size and of the colours
    SettingsUsual = "settings.usual",
    /// “Large”, of the text size
    SettingsLarge = "settings.large",
    /// “Largest”, of the text size
    SettingsLargest = "settings.largest",
    /// “High contrast”, of the colours
    SettingsMore = "settings.more",
    /// “Dark”, of the colours: light words on a dark page
    SettingsDark = "settings.dark",
    /// “This device remembers what you choose.”
    SettingsKept = "settings.kept",
    /// “More questions and answers”
    ExplainMore = "explain.more",
    /// “Delete your answers?”
    StopTitle = "stop.title",
    /// “This deletes the answers you have not finished from this device. We cannot get them back.”
    StopBody = "stop.body",
    /// “Delete my answers”
    StopConfirm = "stop.confirm",
    /// “Keep my answers”
    StopCancel = "stop.cancel",
    /// “Your unfinished answers have been deleted from this device.”
    StopDone = "stop.done",
    /// “{count} finished sets of answers have not been sent yet. They stay on this device.”
    StopUnsent = "stop.unsent",
    /// The heading of help shown because of an answer; it is calm and asks.
    PauseTitle = "pause.title",
    /// “Thank you for telling us. Your answer says that things may be very hard for you right now.”
    PauseThanks = "pause.thanks",
    /// “Nobody is reading your answers now.”
    PauseNotRead = "pause.not-read",
    /// `{reviewer}` is a role, in running text: “duty link worker”; `{count}` is a number of hours.
    PauseReview = "pause.review",
    /// “Your {link-worker} sees them only after you send them.”
    PauseNoReview = "pause.no-review",
    /// “If you need help before then, you can use any of these now.”
    PauseNow = "pause.now",
    /// “What would you like to do?”
    PauseChoose = "pause.choose",
    /// “You can carry on, skip the rest or leave. It is up to you.”
    PauseUpToYou = "pause.up-to-you",
    /// “Carry on”
    PauseCarryOn = "pause.carry-on",
    /// “Skip the rest”
    PauseSkipRest = "pause.skip-rest",
    /// “Leave for now”
    PauseLeave = "pause.leave",
    /// “Nobody reads your answers as you type. If you need help now, use these phone numbers.”
    HelpNotWatched = "help.not-watched",
    /// “Call 999 or go to A&E now if:”
    HelpEmergency = "help.emergency",
    /// “someone’s life is at risk”
    HelpEmergencyLife = "help.emergency-life",
    /// “someone is badly hurt or has taken something harmful”
    HelpEmergencyHarmed = "help.emergency-harmed",
    /// “you do not feel you can keep yourself or someone else safe”
    HelpEmergencySafe = "help.emergency-safe",
    /// “Call 111 and choose option 2 if:”
    HelpUrgent = "help.urgent",
    /// “you feel in crisis or very upset”
    HelpUrgentDistress = "help.urgent-distress",
    /// “you are worried about someone’s mental health”
    HelpUrgentWorried = "help.urgent-worried",
    /// “It is open all day and all night.”
    HelpUrgentAlways = "help.urgent-always",
    /// “If you want to talk to someone”
    HelpTalk = "help.talk",
    /// “Call Samaritans on 116 123. It is free, all day and all night.”
    HelpSamaritans = "help.samaritans",
    /// “To talk to your surgery, call {phone}.”
    HelpSurgery = "help.surgery",
    /// `{phone}` is a number; the whole is a link that calls.
    HelpCall = "help.call",
    /// `{keyword}` is one word, as it is to be sent; `{number}` is where to.
    HelpText = "help.text",
    /// “What is kept on this device”
    ShellKept = "shell.kept",
    /// “These are your answers on this device. Anyone who uses this browser can open this page.”
    DeviceLead = "device.lead",
    /// “No answers are kept on this device.”
    DeviceNothing = "device.nothing",
    /// “Finished answers”
    DeviceFinishedHeading = "device.finished-heading",
    /// “Answers you have not finished”
    DeviceDraftsHeading = "device.drafts-heading",
    /// “Copies you chose to keep”
    DeviceCopiesHeading = "device.copies-heading",
    /// `{date}` and `{until}` are days written out.
    DeviceCopyBody = "device.copy-body",
    /// `{count}` is a whole number.
    DeviceLossCopies = "device.loss-copies",
    /// “Something we could not read”
    DeviceUnreadableHeading = "device.unreadable-heading",
    /// “All of it”
    DeviceAllHeading = "device.all-heading",
    /// “Sent from this device”
    DeviceSentHeading = "device.sent-heading",
    /// “Reference {reference}: sent on {date}.”
    DeviceSentRow = "device.sent-row",
    /// “These notes hold no answers. They stay, so that nothing is sent twice.”
    DeviceNotes = "device.notes",
    /// “Reference {reference}”
    DeviceReference = "device.reference",
    /// “Finished on {date}.”
    DeviceFinishedOn = "device.finished-on",
    /// “Shown, not confirmed”
    DeviceShown = "device.shown",
    /// “You showed them or saved them in a file on {date}. They stay here until we know your …”
    DeviceShownBody = "device.shown-body",
    /// “They are locked. Only your {link-worker}’s service can open them.”
    DeviceSealed = "device.sealed",
    /// “Show as a code”
    DeviceShowCode = "device.show-code",
    /// “Save as a file”
    DeviceSaveFile = "device.save-file",
    /// “I have a receipt code”
    DeviceHasReceipt = "device.has-receipt",
    /// “Read my answers”
    DeviceRead = "device.read",
    /// “Delete”
    DeviceDelete = "device.delete",
    /// “Save everything as a file”
    DeviceSaveEverything = "device.save-everything",
    /// “Delete everything”
    DeviceDeleteEverything = "device.delete-everything",
    /// `{count}` is a whole number.
    DeviceUnreadableBody = "device.unreadable-body",
    /// “Give your answers to your {link-worker}”
    DeviceCodeTitle = "device.code-title",
    /// “The code holds your answers. Your {link-worker} can scan it with their own device.”
    DeviceCodeLead = "device.code-lead",
    /// “Make your screen as bright as you can.”
    DeviceCodeBright = "device.code-bright",
    /// “Hold it still until your {link-worker} has scanned it.”
    DeviceCodeStill = "device.code-still",
    /// “Ask for the receipt code, and type it below.”
    DeviceCodeWait = "device.code-wait",
    /// “A code to scan. It holds your answers, reference {reference}.”
    DeviceCodeName = "device.code-name",
    /// “These answers are too long for a code. You can save them as a file.”
    DeviceCodeTooLong = "device.code-too-long",
    /// “Receipt code”
    DeviceReceiptLabel = "device.receipt-label",
    /// “Your {link-worker} can read you 8 numbers. They show that your answers arrived. We then remove …”
    DeviceReceiptHint = "device.receipt-hint",
    /// “Check the code”
    DeviceReceiptConfirm = "device.receipt-confirm",
    /// “That is not the receipt code for these answers. Check the 8 numbers. Your answers stay on this …”
    DeviceReceiptWrong = "device.receipt-wrong",
    /// “Your {link-worker} has your answers. We have removed them from this device.”
    DeviceConfirmed = "device.confirmed",
    /// “We have made a file. Anyone who has the file can read it. Your answers also stay on this device.”
    DeviceFileSaved = "device.file-saved",
    /// “We have made a file. Only your {link-worker}’s service can open it. Your answers also stay on …”
    DeviceSealedFileSaved = "device.sealed-file-saved",
    /// “Your answers”
    DeviceAnswersTitle = "device.answers-title",
    /// “We cannot show these answers here. They are safe on this device.”
    DeviceAnswersUnreadable = "device.answers-unreadable",
    /// “Save a copy for me”
    DeviceSaveWords = "device.save-words",
    /// “Delete these answers?”
    DeviceDeleteTitle = "device.delete-title",
    /// “Delete everything kept on this device?”
    DeviceDeleteAllTitle = "device.delete-all-title",
    /// `{count}` is a whole number.
    DeviceLossUnsent = "device.loss-unsent",
    /// `{count}` is a whole number.
    DeviceLossDrafts = "device.loss-drafts",
    /// `{count}` is a whole number.
    DeviceLossUnreadable = "device.loss-unreadable",
    /// “We cannot get them back.”
    DeviceDeleteBody = "device.delete-body",
    /// “Yes, delete”
    DeviceDeleteConfirm = "device.delete-confirm",
    /// “Deleted from this device.”
    DeviceDeleted = "device.deleted",
    /// “This browser did not let us delete all of it. Try again. You can also clear the browser’s data …”
    DeviceNotDeleted = "device.not-deleted",
    /// Over what this device remembers of how somebody likes to read.
    DeviceChoicesHeading = "device.choices-heading",
    /// “This device remembers choices, such as the language. They are not answers.”
    DeviceChoicesBody = "device.choices-body",
    /// A button.
    DeviceChoicesForget = "device.choices-forget",
    /// `{date}` is a day written out. Safari deletes what a page stored after seven days without a visit.
    DeviceComeBack = "device.come-back",
    /// On the start page, in a frame whose stores are emptied when it is left.
    StorageFrame = "storage.frame",
    /// “{origin} asks for your answers”
    CollectAsk = "collect.ask",
    /// “Reference {reference}. Only say yes if you know this website.”
    CollectBody = "collect.body",
    /// “Yes, give them my answers”
    CollectGive = "collect.give",
    /// “No, not now”
    CollectNot = "collect.not",
    /// Before the name of the language shown.
    LanguageLabel = "language.label",
    /// Also shown in English. On each page of a translation that nobody has checked.
    LanguageDraft = "language.draft",
    /// Over questions that stay in their own language, as a tested measure must.
    LanguageUntranslated = "language.untranslated",
    /// Said in the language shown until then.
    LanguageFailed = "language.failed",
    /// The title of a link worker where a practice gives none in this language, as used in running text.
    LanguageLinkWorker = "language.link-worker",
}
