//! Documents with their entities as one page of HTML, to be read and passed on: it holds all that it needs.
//!
//! What stands in a text or a gazetteer may have been written by anyone, and the page may be opened from anywhere:
//! everything is escaped, characters that reorder or hide text are shown as signs, and the page forbids scripts.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use sorani::{Document, Entity, EntityLabel};

const CSS: &str = include_str!("page.css");
/// Labels in the order of the legend: class, names in Kurdish and English, and the Kurdish one of a single name.
const LABELS: [(EntityLabel, &str, &str, &str, &str); 5] = [
    (EntityLabel::Person, "per", "کەسەکان", "Persons", "کەس"),
    (EntityLabel::Location, "loc", "شوێنەکان", "Places", "شوێن"),
    (EntityLabel::Organization, "org", "ڕێکخراوەکان", "Organisations", "ڕێکخراو"),
    (EntityLabel::Date, "date", "بەروارەکان", "Dates", "بەروار"),
    (EntityLabel::Miscellaneous, "misc", "ناوەکانی دیکە", "Other names", "ناوی دیکە"),
];
/// The order of the Kurdish alphabet.
const ALPHABET: &str = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ";

/// A name of the index.
struct Name {
    label: usize,
    text: String,
    /// Sub-type and country.
    facts: String,
    /// The numbers of its mentions.
    mentions: Vec<usize>,
}

/// The page, as far as it has been put together.
#[derive(Default)]
pub(crate) struct Page {
    /// What the texts are called, those that have a name.
    titles: Vec<String>,
    articles: String,
    names: Vec<Name>,
    /// The index in `names` by label, name and identifier.
    known: HashMap<(usize, String, String), usize>,
    mentions: usize,
    counts: [usize; LABELS.len()],
}

impl Page {
    /// Adds a text; with a heading where it is one of several.
    pub(crate) fn add(&mut self, title: Option<&str>, several: bool, document: &Document<'_, '_>) {
        self.articles.push_str("<article>\n");
        if let Some(title) = title {
            self.titles.push(title.to_owned());
            if several {
                self.articles.push_str("<h3><bdi>");
                escape(title, &mut self.articles);
                self.articles.push_str("</bdi></h3>\n");
            }
        }
        let text = document.text();
        let mut entities = document.entities().iter().peekable();
        let mut at = 0;
        for (start, end) in paragraphs(text) {
            at = start.max(at);
            self.articles.push_str("<p>");
            while let Some(entity) = entities.next_if(|entity| entity.span().start() < end) {
                let span = entity.span();
                push_text(text.get(at..span.start()).unwrap_or_default(), &mut self.articles);
                self.mark(document, entity);
                at = span.end();
            }
            push_text(text.get(at..end).unwrap_or_default(), &mut self.articles);
            at = at.max(end);
            self.articles.push_str("</p>\n");
        }
        self.articles.push_str("</article>\n");
    }

    /// Writes an entity into the text and enters it in the index.
    fn mark(&mut self, document: &Document<'_, '_>, entity: &Entity<'_, '_>) {
        let label = label_of(entity.label());
        let normalized = document.alignment().to_normalized(entity.span()).slice(document.normalized());
        let name = if entity.canonical().is_empty() { normalized.unwrap_or(entity.text()) } else { entity.canonical() };
        let facts = [entity.subtype(), entity.country()];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let facts = facts.join(" · ");
        let mention = self.mentions;
        self.mentions += 1;
        if let Some(count) = self.counts.get_mut(label) {
            *count += 1;
        }
        let index = *self.known.entry((label, name.to_owned(), entity.id().to_owned())).or_insert(self.names.len());
        if let Some(name) = self.names.get_mut(index) {
            name.mentions.push(mention);
        } else {
            let (text, facts) = (name.to_owned(), facts.clone());
            self.names.push(Name { label, text, facts, mentions: vec![mention] });
        }
        let class = LABELS.get(label).map_or("", |label| label.1);
        let out = &mut self.articles;
        _ = write!(out, "<mark id=\"m{mention}\" class=\"{class}\" title=\"");
        let title = [name, &facts, entity.id()];
        let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
        escape(&title.join(" · "), out);
        _ = write!(out, "\"><a href=\"#n{index}\">");
        push_text(entity.text(), out);
        out.push_str("</a></mark>");
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Writes the page.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut title = String::new();
        escape(&self.titles.join(", "), &mut title);
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"ckb\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>ناوەکانی دەق{}{title}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<header>\n\
             <h1>ناوەکانی دەق {}</h1>\n",
            if title.is_empty() { "" } else { ": " },
            english("Names in the text")
        )?;
        if !title.is_empty() {
            writeln!(out, "<p class=\"source\"><bdi>{title}</bdi></p>")?;
        }
        writeln!(out, "</header>")?;
        writeln!(out, "<nav>\n<h2>نیشانەکان {}</h2>\n<ul class=\"legend\">", english("Legend"))?;
        for ((_, class, kurdish, name, _), count) in LABELS.iter().zip(self.counts) {
            let name = english(name);
            writeln!(out, "<li><mark class=\"{class}\">{kurdish}</mark> {name} <b>{count}</b></li>")?;
        }
        let (text, index) = (english("Text"), english("Index of names"));
        writeln!(out, "<li><a href=\"#index\">پێڕستی ناوەکان</a> {index} <b>{}</b></li>", self.names.len())?;
        write!(out, "</ul>\n</nav>\n<main>\n<h2>دەق {text}</h2>\n{}</main>\n", self.articles)?;
        writeln!(out, "<section id=\"index\">\n<h2>پێڕستی ناوەکان {index}</h2>")?;
        if self.names.is_empty() {
            writeln!(out, "<p>هیچ ناوێک نەدۆزرایەوە. {}</p>", english("No names were found."))?;
        } else {
            self.write_index(out)?;
        }
        out.write_all(b"</section>\n</body>\n</html>\n")
    }

    /// The table of the names, by label and then in the order of the alphabet.
    fn write_index(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"<div class=\"wide\">\n<table>\n<thead>\n<tr>")?;
        for (class, kurdish, name) in [
            ("", "ناو", "Name"),
            ("", "جۆر", "Label"),
            (" class=\"count\"", "ژمارە", "Mentions"),
            ("", "لە دەقدا", "In the text"),
        ] {
            write!(out, "<th scope=\"col\"{class}>{kurdish} {}</th>", english(name))?;
        }
        out.write_all(b"</tr>\n</thead>\n<tbody>\n")?;
        let mut names: Vec<_> = self.names.iter().enumerate().collect();
        names.sort_by_cached_key(|(index, name)| (name.label, alphabetical(&name.text), *index));
        for (index, name) in names {
            let mut row = format!("<tr id=\"n{index}\"><th scope=\"row\"><bdi>");
            escape(&name.text, &mut row);
            let (class, label) = LABELS.get(name.label).map_or(("", ""), |label| (label.1, label.4));
            _ = write!(row, "</bdi></th><td><mark class=\"{class}\">{label}</mark>");
            if !name.facts.is_empty() {
                row.push_str(" <small><bdi>");
                escape(&name.facts, &mut row);
                row.push_str("</bdi></small>");
            }
            _ = write!(row, "</td><td class=\"count\">{}</td><td class=\"mentions\">", name.mentions.len());
            for (at, mention) in name.mentions.iter().enumerate() {
                _ = write!(row, "{}<a href=\"#m{mention}\">{}</a>", if at > 0 { " " } else { "" }, at + 1);
            }
            writeln!(out, "{row}</td></tr>")?;
        }
        out.write_all(b"</tbody>\n</table>\n</div>\n")
    }
}

/// English beside the Kurdish of the page.
fn english(text: &str) -> String {
    format!("<span lang=\"en\" dir=\"ltr\">{text}</span>")
}

/// The row of a label in [`LABELS`].
fn label_of(label: EntityLabel) -> usize {
    // A label that this page does not know of is one of the other names.
    LABELS.iter().position(|row| row.0 == label).unwrap_or(LABELS.len() - 1)
}

/// Where paragraphs begin and end: empty lines part them.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut within) = (0, false);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let end = start + line.trim_end().len();
        if end == start {
            within = false;
            continue;
        }
        match paragraphs.last_mut().filter(|_| within) {
            Some(paragraph) => paragraph.1 = end,
            None => paragraphs.push((start, end)),
        }
        within = true;
    }
    paragraphs
}

/// A key that sorts in the order of the Kurdish alphabet, other letters behind it.
fn alphabetical(name: &str) -> Vec<u32> {
    let place = |c: char| match ALPHABET.chars().position(|letter| letter == c) {
        Some(at) => 1 + u32::try_from(at).unwrap_or(0),
        None if c == ' ' => 0,
        None => 100 + u32::from(c),
    };
    name.chars().filter(|c| !is_hidden(*c) && *c != '\u{200C}').map(place).collect()
}

/// Characters that a browser does not show or that change the order of those around them. Joiners, and the marks that
/// only stand for a letter of a direction, are part of ordinary text and do no harm.
fn is_hidden(c: char) -> bool {
    let reorders = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}');
    let noncharacter =
        matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFF9}'..='\u{FFFB}') || u32::from(c) & 0xFFFE == 0xFFFE;
    reorders || noncharacter || c.is_control()
}

/// Escapes running text; hidden characters become a sign that tells what it is.
fn push_text(text: &str, out: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' | '\t' => out.push(c),
            // With a line feed behind it one line break, and one alone.
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            _ if is_hidden(c) => _ = write!(out, "<i class=\"hidden\" title=\"U+{:04X}\"></i>", u32::from(c)),
            _ => push_escaped(c, out),
        }
    }
}

/// Escapes a name or an attribute; hidden characters are written out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if is_hidden(c) {
            _ = write!(out, "[U+{:04X}]", u32::from(c));
        } else {
            push_escaped(c, out);
        }
    }
}

fn push_escaped(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        _ => out.push(c),
    }
}
