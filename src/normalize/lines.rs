//! The second pass: rules that look beyond a word, over the result of the first, one line at a time.

use super::editorial::{self, ends_word, is_blank, opens};
use super::engine::Engine;
use super::numbers::{is_number_mark, number_marks};
use super::rule::{Rule, RuleSet};
use super::rules::{Rules, fold, rules};
use super::search::{self, fold_case, has_no_case, is_doubled_vowel, is_repeatable};
use super::{Options, Profile, Sink, minimal};
use crate::letters::{TATWEEL, ZWJ, ZWNJ, is_digit, is_latin_mark, is_letter};

/// Runs the rules of the second pass.
#[derive(Clone)]
pub(super) struct Lines {
    on: RuleSet,
    /// Whether any rule of the search profile is on.
    folds: bool,
    check: Check,
}

impl Lines {
    /// `None` where no rule of the second pass is on.
    pub(super) fn new(options: Options) -> Option<Self> {
        let on = options.rules;
        let any = on.iter().any(Rule::looks_at_lines);
        let folds = on.iter().any(|rule| rule.profile() == Some(Profile::Search));
        any.then(|| Self { on, folds, check: Check::new(on) })
    }

    /// Tells `sink` of the lines of `text`, each as it was or as the rules changed it.
    pub(super) fn drive(&self, text: &str, engine: &mut Engine, sink: &mut impl Sink) {
        let rules = rules();
        // Everything before `clean` has been reported.
        let (mut clean, mut start) = (0, 0);
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if self.check.may_change(line) {
                engine.read(line);
                self.run(engine, rules);
                if !engine.items().iter().map(|item| item.c).eq(line.chars()) {
                    sink.clean(text.get(clean..start).unwrap_or_default());
                    sink.changed(line, start, engine);
                    clean = end;
                }
            }
            start = end;
        }
        sink.clean(text.get(clean..).unwrap_or_default());
    }

    fn run(&self, engine: &mut Engine, rules: &Rules) {
        if self.on.contains(Rule::NumberMarks) {
            engine.stage(Rule::NumberMarks, number_marks);
        }
        editorial::run(engine, rules, self.on);
        if self.folds {
            search::run(engine, rules, self.on);
            // What folding deletes may have stood between characters that compose.
            minimal::close(engine, self.on);
        }
    }
}

/// What may happen to a character: bits of [`Check`].
mod flag {
    /// Some rule changes it, whatever stands beside it.
    pub(super) const CHANGES: u16 = 1;
    /// A mark may follow it as it follows a word.
    pub(super) const WORD: u16 = 1 << 1;
    pub(super) const BLANK: u16 = 1 << 2;
    /// A blank that goes beside another one and at the ends of a line.
    pub(super) const TRIMMED: u16 = 1 << 3;
    /// An opening bracket: a space before it, none after it.
    pub(super) const OPENS: u16 = 1 << 4;
    /// No space before it.
    pub(super) const CLOSES: u16 = 1 << 5;
    /// A space after it where a letter follows.
    pub(super) const PARTS: u16 = 1 << 6;
    /// Two in a row are one.
    pub(super) const SINGLE: u16 = 1 << 7;
    /// Three in a row are one.
    pub(super) const FEW: u16 = 1 << 8;
    /// A full stop or an ellipsis.
    pub(super) const STOP: u16 = 1 << 9;
    /// A mark that is Arabic after a letter.
    pub(super) const LATIN: u16 = 1 << 10;
    pub(super) const DIGIT: u16 = 1 << 11;
    /// Changes after a digit.
    pub(super) const NUMERIC: u16 = 1 << 12;
    /// ه, which changes at the end of a word.
    pub(super) const HEH: u16 = 1 << 13;
}

/// Finds lines that no rule can change, at one look-up a character.
///
/// It may let a line through to the rules in which nothing changes after all, but keeps none back in which something
/// does. A property test holds it against the rules.
#[derive(Clone)]
struct Check {
    on: RuleSet,
    /// Flags of ASCII and of U+0600 to U+06FF.
    ascii: Box<[u16; 128]>,
    arabic: Box<[u16; 256]>,
}

impl Check {
    fn new(on: RuleSet) -> Self {
        let mut check = Self { on, ascii: Box::new([0; 128]), arabic: Box::new([0; 256]) };
        for (c, flags) in ('\0'..='\x7F').zip(check.ascii.iter_mut()) {
            *flags = flags_of(c, on);
        }
        for (c, flags) in ('\u{600}'..='\u{6FF}').zip(check.arabic.iter_mut()) {
            *flags = flags_of(c, on);
        }
        check
    }

    fn flags(&self, c: char) -> u16 {
        let code = c as usize;
        let known = self.ascii.get(code).or_else(|| self.arabic.get(code.wrapping_sub(0x600)));
        known.copied().unwrap_or_else(|| flags_of(c, self.on))
    }

    /// Whether some rule may change the line.
    fn may_change(&self, line: &str) -> bool {
        use flag::{
            BLANK, CHANGES, CLOSES, DIGIT, FEW, HEH, LATIN, NUMERIC, OPENS, PARTS, SINGLE, STOP, TRIMMED, WORD,
        };
        let line = line.strip_suffix('\n').unwrap_or(line);
        // The line begins as though a blank stood before it.
        let (mut before, mut last) = (TRIMMED, '\n');
        let mut run = 0;
        // Whether the character before the last lets ه stand at the end.
        let (mut open, mut heh_stays) = (false, false);
        for c in line.chars() {
            let flags = self.flags(c);
            run = if c == last { run + 1 } else { 1 };
            let changes = flags & CHANGES != 0
                || before & flags & TRIMMED != 0
                || flags & OPENS != 0 && before & (WORD | PARTS) != 0
                || flags & BLANK != 0 && before & OPENS != 0
                || flags & CLOSES != 0 && before & BLANK != 0
                || flags & WORD != 0 && before & PARTS != 0
                || flags & SINGLE != 0 && run > 1
                || flags & FEW != 0 && run > 2
                || before & flags & STOP != 0
                || flags & LATIN != 0 && (before & (WORD | BLANK) != 0 || last == '؟')
                || flags & NUMERIC != 0 && before & DIGIT != 0
                || before & HEH != 0 && !heh_stays && !is_letter(c)
                || before & HEH != 0 && c == TATWEEL;
            if changes {
                return true;
            }
            heh_stays = open;
            open = matches!(c, 'ا' | 'ە');
            (before, last) = (flags, c);
        }
        !line.is_empty() && (before & TRIMMED != 0 || before & HEH != 0 && !heh_stays)
    }
}

/// What the rules that are `on` may do to a character.
fn flags_of(c: char, on: RuleSet) -> u16 {
    let any = |of: &[Rule]| of.iter().any(|&rule| on.contains(rule));
    let on = |rule: Rule| on.contains(rule);
    let punctuation = any(&[
        Rule::DoubledBrackets,
        Rule::ArabicPunctuation,
        Rule::RepeatedPunctuation,
        Rule::SpaceAtPunctuation,
        Rule::SpaceAtBrackets,
    ]);
    let mut flags = 0;
    let mut set = |flag: u16, when: bool| flags |= if when { flag } else { 0 };
    if punctuation {
        set(flag::WORD, ends_word(c));
        set(flag::OPENS, opens(c));
        set(flag::CLOSES, "،؛؟!:».)]".contains(c));
        set(flag::PARTS, "،؛؟!:.".contains(c));
        set(flag::SINGLE, "،؛؟!()".contains(c));
        set(flag::STOP, ".…".contains(c));
        set(flag::LATIN, ",;?".contains(c));
    }
    set(flag::BLANK, is_blank(c));
    if any(&[Rule::Blanks, Rule::FoldBlanks]) {
        set(flag::CHANGES, c == '\t');
        set(flag::TRIMMED, is_blank(c));
    }
    set(flag::DIGIT, is_digit(c));
    set(flag::NUMERIC, on(Rule::NumberMarks) && is_number_mark(c));
    set(flag::CHANGES, on(Rule::FoldJoiners) && matches!(c, ZWNJ | ZWJ));
    if on(Rule::FoldCase) && !has_no_case(c) {
        let mut folded = String::new();
        fold_case(c, rules(), &mut folded);
        set(flag::CHANGES, is_latin_mark(c) || !folded.chars().eq([c]));
    }
    set(flag::CHANGES, on(Rule::FoldLetters) && fold(c) != Some(c));
    set(flag::SINGLE, on(Rule::FoldLongVowels) && is_doubled_vowel(c));
    set(flag::FEW, on(Rule::FoldRepeated) && is_repeatable(c));
    if on(Rule::FoldNumbers) {
        set(flag::CHANGES, c == '٪' || is_digit(c) && !c.is_ascii());
        set(flag::NUMERIC, "٬٫,،".contains(c));
    }
    set(flag::HEH, on(Rule::FoldFinalHeh) && c == 'ه');
    set(flag::CHANGES, on(Rule::FoldPunctuation) && rules().sign(Rule::FoldPunctuation, c).is_some());
    flags
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalize::{Digits, FinalHeh};

    fn line() -> impl Strategy<Value = String> {
        let pick = |set: &'static str| prop::sample::select(set.chars().collect::<Vec<_>>());
        let marks = "()[]«»،؛؟!:.…,;?%٪\"٫٬-";
        let c = prop_oneof![
            5 => pick("اەهیوۆڕرکسأء"), 5 => pick("  \t"), 5 => pick(marks), 2 => pick("12٠٥aBé"),
            1 => pick("\u{200C}\u{200D}\u{0640}\u{0301}\u{064E}\u{FFFC}"), 1 => any::<char>(),
        ];
        prop::collection::vec(c, 0..8).prop_map(|chars| chars.into_iter().filter(|&c| c != '\n').collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn the_check_keeps_no_line_back_that_changes(line in line(), bits in any::<u64>(), ends in any::<bool>()) {
            let rules: RuleSet = Rule::all()
                .filter(|rule| rule.looks_at_lines() && bits & 1 << *rule as u32 != 0)
                .collect();
            let options = Options { rules, digits: Digits::Keep, final_heh: FinalHeh::Phonotactic };
            let line = if ends { line + "\n" } else { line };
            if let Some(lines) = Lines::new(options) {
                let mut engine = Engine::default();
                engine.read(&line);
                lines.run(&mut engine, super::rules());
                let changed = !engine.items().iter().map(|item| item.c).eq(line.chars());
                prop_assert!(!changed || lines.check.may_change(&line), "{:?} with {}", line, rules);
            }
        }
    }

    #[test]
    fn lines_without_anything_to_do_are_skipped() {
        let skipped = |profile: Profile, line: &str| {
            let options = Options { rules: profile.rules(), digits: Digits::Unify, final_heh: FinalHeh::Phonotactic };
            Lines::new(options).is_some_and(|lines| !lines.check.may_change(line))
        };
        assert!(skipped(Profile::Editorial, "«کوردستان» و (عێراق)ەوە: ١٢:٣٠، محمد؟ 3.5% «A, B?»\n"));
        assert!(!skipped(Profile::Editorial, "کوردستان ،عێراق\n"));
        assert!(skipped(Profile::Search, "سلاو لە کوردستان, 30000 (abc): ماه\n"));
        assert!(!skipped(Profile::Search, "سڵاو"));
    }
}
