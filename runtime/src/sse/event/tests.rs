//! How events are written, and how a client that follows the standard reads them.

use proptest::prelude::*;

use super::*;

#[test]
fn each_field_has_a_line() {
    let second = Duration::from_secs(1);
    for (event, expected) in [
        (Event::data("hi"), "data: hi\n\n"),
        (Event::data("hi").event("greeting"), "event: greeting\ndata: hi\n\n"),
        (Event::data("hi").event(""), "event:\ndata: hi\n\n"),
        (Event::data("hi").id("a 1"), "id: a 1\ndata: hi\n\n"),
        (Event::data("hi").id(""), "id:\ndata: hi\n\n"),
        (Event::data("hi").retry(second), "retry: 1000\ndata: hi\n\n"),
        (Event::data("hi").retry(Duration::from_micros(1_999)), "retry: 1\ndata: hi\n\n"),
        (Event::data("hi").event("a").event("b").id(1).id(2), "event: b\nid: 2\ndata: hi\n\n"),
        (Event::json(&("a\nb", 1)), "data: [\"a\\nb\",1]\n\n"),
        (Event::comment("a\nb"), ": a\n: b\n\n"),
        (Event::comment(""), ":\n\n"),
        (Event::comment("a").id(1), ": a\nid: 1\n\n"),
        (Event::default().id(1), "id: 1\n\n"),
        (Event::default(), "\n"),
    ] {
        assert_eq!(event.to_string(), expected);
    }
}

#[test]
fn each_line_of_data_is_a_field() {
    for (data, expected) in [
        ("", "data:\n\n"),
        (" a", "data:  a\n\n"),
        ("a\nb", "data: a\ndata: b\n\n"),
        ("a\rb", "data: a\ndata: b\n\n"),
        ("a\r\nb", "data: a\ndata: b\n\n"),
        ("a\n\rb", "data: a\ndata:\ndata: b\n\n"),
        ("a\n", "data: a\ndata:\n\n"),
        ("\r\n\r\n", "data:\ndata:\ndata:\n\n"),
        ("id: 7\n\nevent: forged", "data: id: 7\ndata:\ndata: event: forged\n\n"),
        ("\u{feff}x\0y", "data: \u{feff}x\0y\n\n"),
        ("łódź ⛵\u{2028}a\u{85}b", "data: łódź ⛵\u{2028}a\u{85}b\n\n"),
    ] {
        assert_eq!(Event::data(data).to_string(), expected, "{data:?}");
    }
}

#[test]
fn what_would_break_out_of_its_line_is_refused() {
    for bad in ["a\nb", "a\rb", "a\r\nb", "\n", "a\0", "\0"] {
        assert!(matches!(Event::data("x").event(bad).fault(), Some(SseError::Name(name)) if name == bad), "{bad:?}");
        assert!(matches!(Event::data("x").id(bad).fault(), Some(SseError::Id(id)) if id == bad), "{bad:?}");
    }
    let nameless = std::collections::HashMap::from([((), 1)]);
    assert!(matches!(Event::json(&nameless).id(1).fault(), Some(SseError::Json(_))));
    assert!(Event::data("a\nb\0").event("a b").id("é").fault().is_none());
}

#[test]
fn a_later_field_does_not_mend_an_earlier_one() {
    assert!(matches!(Event::data("x").event("\n").id("\n").event("good").fault(), Some(SseError::Name(_))));
}

#[test]
fn what_is_written_down_is_shared_until_it_is_changed() {
    let event = Event::data("hi").write_down();
    let (first, second) = (event.clone().to_bytes(), event.clone().to_bytes());
    assert_eq!(first.as_ptr(), second.as_ptr());
    assert_eq!(event.clone().id(7).to_string(), "id: 7\ndata: hi\n\n");
    assert_eq!(event.to_string(), "data: hi\n\n");
}

#[test]
fn any_text_of_any_event_comes_back() {
    let id = "[^\r\n\0]{0,9}";
    let text = prop_oneof![".{0,20}", "[a: \r\n\0\u{feff}]{0,20}"];
    let event = (text.clone(), proptest::option::of(id), proptest::option::of(id), proptest::option::of(text));
    proptest!(|(events in proptest::collection::vec(event, 0..6))| {
        let mut stream = String::new();
        let mut expected = Vec::new();
        let mut last = String::new();
        for (data, name, id, comment) in &events {
            if let Some(comment) = comment {
                stream += &Event::comment(comment).to_string();
            }
            let mut event = Event::data(data);
            if let Some(name) = name {
                event = event.event(name);
            }
            if let Some(id) = id {
                event = event.id(id);
                last.clone_from(id);
            }
            stream += &event.to_string();
            let data = data.replace("\r\n", "\n").replace('\r', "\n");
            expected.push(Read { data, name: name.clone().unwrap_or_default(), id: last.clone() });
        }
        prop_assert_eq!(read(&stream), expected);
    });
}

/// An event as a client hands it on.
#[derive(Debug, PartialEq)]
struct Read {
    data: String,
    name: String,
    id: String,
}

/// WHATWG HTML §9.2.6, clause by clause.
fn read(stream: &str) -> Vec<Read> {
    let stream = stream.strip_prefix('\u{feff}').unwrap_or(stream);
    let stream = stream.replace("\r\n", "\n").replace('\r', "\n");
    let (mut read, mut data, mut name, mut id) = (Vec::new(), String::new(), String::new(), String::new());
    let Some(complete) = stream.strip_suffix('\n') else { return read };
    for line in complete.split('\n') {
        if line.is_empty() {
            let (name, mut data) = (core::mem::take(&mut name), core::mem::take(&mut data));
            if data.pop().is_some() {
                read.push(Read { data, name, id: id.clone() });
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => data.extend([value, "\n"]),
            "id" if !value.contains('\0') => value.clone_into(&mut id),
            _ => {}
        }
    }
    read
}
