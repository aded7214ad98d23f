//! The data that is part of the crate; no other file includes any.

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
