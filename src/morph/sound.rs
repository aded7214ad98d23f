//! Classes of the sound at the end of what stands to the left, which the forms of endings depend on.

use crate::key::code_of;

/// The number of classes.
pub(super) const CLASSES: usize = 7;

/// The sound that a piece of a word ends in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SoundClass {
    /// A consonant, or a glide: ی after ا ە ۆ ێ وو, و after ا ە ۆ ێ ی.
    C,
    /// ا
    A,
    /// ە
    E,
    /// ۆ
    O,
    /// ێ
    Ee,
    /// ی after a consonant, after ی or after a single و.
    I,
    /// وو, or a single و after a consonant.
    U,
}

const ALEF: u8 = code_of('ا');
const AE: u8 = code_of('ە');
const OE: u8 = code_of('ۆ');
const YEH_V: u8 = code_of('ێ');
const YEH: u8 = code_of('ی');
const WAW: u8 = code_of('و');

impl SoundClass {
    #[cfg(test)]
    pub(super) const ALL: [Self; CLASSES] = [Self::C, Self::A, Self::E, Self::O, Self::Ee, Self::I, Self::U];

    /// The class by the name that the tables use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "C" => Self::C,
            "A" => Self::A,
            "E" => Self::E,
            "O" => Self::O,
            "EE" => Self::Ee,
            "I" => Self::I,
            "U" => Self::U,
            _ => return None,
        })
    }

    /// The class of what `codes` end in.
    pub(super) fn of(codes: &[u8]) -> Self {
        let mut back = codes.iter().rev().copied();
        let (last, before, third) = (back.next(), back.next(), back.next());
        match last {
            Some(ALEF) => Self::A,
            Some(AE) => Self::E,
            Some(OE) => Self::O,
            Some(YEH_V) => Self::Ee,
            Some(YEH) => match before {
                Some(ALEF | AE | OE | YEH_V) | None => Self::C,
                Some(WAW) if third == Some(WAW) => Self::C,
                Some(_) => Self::I,
            },
            Some(WAW) => match before {
                Some(ALEF | AE | OE | YEH_V | YEH) | None => Self::C,
                Some(_) => Self::U,
            },
            _ => Self::C,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::encode;

    #[test]
    fn classes_follow_the_last_sounds() {
        for (word, class) in [
            ("وڵات", SoundClass::C),
            ("چای", SoundClass::C),
            ("ئاو", SoundClass::C),
            ("دیو", SoundClass::C),
            ("خانووی", SoundClass::C),
            ("چیا", SoundClass::A),
            ("ناوچە", SoundClass::E),
            ("زانکۆ", SoundClass::O),
            ("دێ", SoundClass::Ee),
            ("یاری", SoundClass::I),
            ("کۆتایی", SoundClass::I),
            ("خانوو", SoundClass::U),
            ("ئۆسلو", SoundClass::U),
        ] {
            assert_eq!(SoundClass::of(&encode(word)), class, "{word}");
        }
    }
}
