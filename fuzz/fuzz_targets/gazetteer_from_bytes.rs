#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sorani_fuzz::gazetteer_from_bytes(bytes));
