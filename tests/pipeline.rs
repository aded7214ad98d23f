//! The pipeline on whole texts.

use sorani::{Pipeline, TokenKind};

#[test]
fn offsets_are_those_of_the_text_that_was_given() {
    let pipeline = Pipeline::new();
    let text = "له\u{200C} \u{202B}\u{06BE}ه\u{200C}ولێره\u{200C}وه\u{202C} هاتم\u{200C}و چووم بۆ سلێمان\u{0649}";
    let document = pipeline.process(text);
    assert_eq!(document.normalized(), "لە هەولێرەوە هاتم و چووم بۆ سلێمانی");
    let entities: Vec<_> = document.entities().iter().map(|entity| (entity.text(), entity.canonical())).collect();
    assert_eq!(entities, [("\u{06BE}ه\u{200C}ولێر", "هەولێر"), ("سلێمان\u{0649}", "سلێمانی")]);
    let words: Vec<_> = document.tokens().filter(|token| token.is_word()).map(|token| token.text()).collect();
    assert_eq!(words, ["له", "\u{06BE}ه\u{200C}ولێره\u{200C}وه", "هاتم", "و", "چووم", "بۆ", "سلێمان\u{0649}"]);
}

#[test]
fn what_normalization_deletes_is_a_token_too() {
    let pipeline = Pipeline::new();
    let document = pipeline.process("\u{064E} \u{200F}سڵاو");
    let tokens: Vec<_> = document.tokens().map(|token| (token.text(), token.kind())).collect();
    assert_eq!(
        tokens,
        [
            ("\u{064E}", TokenKind::Symbol),
            (" ", TokenKind::Whitespace),
            ("\u{200F}", TokenKind::Control),
            ("سڵاو", TokenKind::Word)
        ]
    );
}

#[test]
fn sentences_and_entities_stand_in_order() {
    let pipeline = Pipeline::new();
    let document = pipeline.process("سەردێڕ\n\nنێچیرڤان بارزانی گەیشتە بەغدا. دواتر چووە ئەنقەرە؟");
    let sentences: Vec<_> = document.sentences().map(|sentence| sentence.text().trim()).collect();
    assert_eq!(sentences, ["سەردێڕ", "نێچیرڤان بارزانی گەیشتە بەغدا.", "دواتر چووە ئەنقەرە؟"]);
    let entities: Vec<_> = document.entities().iter().map(|entity| entity.text()).collect();
    assert_eq!(entities, ["نێچیرڤان بارزانی", "بەغدا", "ئەنقەرە"]);
}
