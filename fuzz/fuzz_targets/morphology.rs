#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| sorani_fuzz::morphology(text));
