//! The data that is part of the crate; no other file includes any.

/// `data/decode/entities.tsv`.
pub(crate) const DECODE_ENTITIES: &str = include_str!("../data/decode/entities.tsv");
/// `data/decode/legacy.tsv`.
pub(crate) const DECODE_LEGACY: &str = include_str!("../data/decode/legacy.tsv");
/// `data/decode/guess.tsv`.
pub(crate) const DECODE_GUESS: &str = include_str!("../data/decode/guess.tsv");
/// `data/normalize/controls.tsv`.
pub(crate) const NORMALIZE_CONTROLS: &str = include_str!("../data/normalize/controls.tsv");
/// `data/normalize/letters.tsv`.
pub(crate) const NORMALIZE_LETTERS: &str = include_str!("../data/normalize/letters.tsv");
/// `data/normalize/marks.tsv`.
pub(crate) const NORMALIZE_MARKS: &str = include_str!("../data/normalize/marks.tsv");
/// `data/normalize/final_heh.tsv`.
pub(crate) const NORMALIZE_FINAL_HEH: &str = include_str!("../data/normalize/final_heh.tsv");
/// `data/normalize/initial_waw.tsv`.
pub(crate) const NORMALIZE_INITIAL_WAW: &str = include_str!("../data/normalize/initial_waw.tsv");
/// `data/normalize/fold.tsv`.
pub(crate) const NORMALIZE_FOLD: &str = include_str!("../data/normalize/fold.tsv");
/// `data/normalize/signs.tsv`.
pub(crate) const NORMALIZE_SIGNS: &str = include_str!("../data/normalize/signs.tsv");
/// `data/normalize/not_arabic.tsv`.
pub(crate) const NORMALIZE_NOT_ARABIC: &str = include_str!("../data/normalize/not_arabic.tsv");
/// `data/normalize/confusions.tsv`.
pub(crate) const CONFUSIONS: &str = include_str!("../data/normalize/confusions.tsv");
/// `data/normalize/other_languages.tsv`.
pub(crate) const OTHER_LANGUAGES: &str = include_str!("../data/normalize/other_languages.tsv");
/// `data/tokenize/abbreviations.tsv`.
pub(crate) const ABBREVIATIONS: &str = include_str!("../data/tokenize/abbreviations.tsv");
/// `data/tokenize/ordinals.tsv`.
pub(crate) const ORDINALS: &str = include_str!("../data/tokenize/ordinals.tsv");
/// `data/tokenize/conjunction.tsv`.
pub(crate) const CONJUNCTION: &str = include_str!("../data/tokenize/conjunction.tsv");
/// `data/morph/states.tsv`.
pub(crate) const MORPH_STATES: &str = include_str!("../data/morph/states.tsv");
/// `data/morph/tags.tsv`.
pub(crate) const MORPH_TAGS: &str = include_str!("../data/morph/tags.tsv");
/// `data/morph/affixes.tsv`.
pub(crate) const MORPH_AFFIXES: &str = include_str!("../data/morph/affixes.tsv");
/// `data/morph/arcs.tsv`.
pub(crate) const MORPH_ARCS: &str = include_str!("../data/morph/arcs.tsv");
/// `data/morph/frames.tsv`.
pub(crate) const MORPH_FRAMES: &str = include_str!("../data/morph/frames.tsv");
/// `data/morph/start_states.tsv`.
pub(crate) const MORPH_START_STATES: &str = include_str!("../data/morph/start_states.tsv");
/// `data/morph/stem_forms.tsv`.
pub(crate) const MORPH_STEM_FORMS: &str = include_str!("../data/morph/stem_forms.tsv");
/// `data/morph/weak_endings.tsv`.
pub(crate) const MORPH_WEAK_ENDINGS: &str = include_str!("../data/morph/weak_endings.tsv");
/// `data/morph/guess_frames.tsv`.
pub(crate) const MORPH_GUESS_FRAMES: &str = include_str!("../data/morph/guess_frames.tsv");
/// `data/compiled/lexicon.fst`.
#[cfg(feature = "compiled_data")]
pub(crate) const LEXICON: &[u8] = include_bytes!("../data/compiled/lexicon.fst");
/// `data/ner/cues.tsv`.
pub(crate) const NER_CUES: &str = include_str!("../data/ner/cues.tsv");
/// `data/ner/patterns.tsv`.
pub(crate) const NER_PATTERNS: &str = include_str!("../data/ner/patterns.tsv");
/// `data/compiled/gazetteer.fst`.
#[cfg(feature = "compiled_data")]
pub(crate) const GAZETTEER: &[u8] = include_bytes!("../data/compiled/gazetteer.fst");
/// `data/tokenize/proclitics.tsv`.
pub(crate) const PROCLITICS: &str = include_str!("../data/tokenize/proclitics.tsv");
/// `data/lexicon/mwe.tsv`.
pub(crate) const EXPRESSIONS: &str = include_str!("../data/lexicon/mwe.tsv");
/// `data/lexicon/stopwords.tsv`.
pub(crate) const STOP_WORDS: &str = include_str!("../data/lexicon/stopwords.tsv");
/// `data/morph/respellings.tsv`.
pub(crate) const MORPH_RESPELLINGS: &str = include_str!("../data/morph/respellings.tsv");
/// `data/morph/unimorph.tsv`.
pub(crate) const MORPH_UNIMORPH: &str = include_str!("../data/morph/unimorph.tsv");
/// `data/morph/unimorph_rules.tsv`.
pub(crate) const MORPH_UNIMORPH_RULES: &str = include_str!("../data/morph/unimorph_rules.tsv");
/// `data/morph/light_endings.tsv`.
pub(crate) const MORPH_LIGHT_ENDINGS: &str = include_str!("../data/morph/light_endings.tsv");
/// `data/morph/context.tsv`.
pub(crate) const MORPH_CONTEXT: &str = include_str!("../data/morph/context.tsv");
/// `data/value/numbers.tsv`.
pub(crate) const VALUE_NUMBERS: &str = include_str!("../data/value/numbers.tsv");
/// `data/value/calendar.tsv`.
pub(crate) const VALUE_CALENDAR: &str = include_str!("../data/value/calendar.tsv");
/// `data/value/units.tsv`.
pub(crate) const VALUE_UNITS: &str = include_str!("../data/value/units.tsv");
/// `data/value/currencies.tsv`.
pub(crate) const VALUE_CURRENCIES: &str = include_str!("../data/value/currencies.tsv");
/// `data/value/percent.tsv`.
pub(crate) const VALUE_PERCENT: &str = include_str!("../data/value/percent.tsv");
/// `data/value/endings.tsv`.
pub(crate) const VALUE_ENDINGS: &str = include_str!("../data/value/endings.tsv");
