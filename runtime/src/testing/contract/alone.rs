//! The rules of one store.

use core::time::Duration;

use http::StatusCode;
use tokio::task::JoinSet;

use crate::{
    Bytes,
    cache::{Found, Label, Mode},
    testing::contract::{
        Rule, Verdict,
        case::{Case, entry, until, with},
        hold, rules,
    },
};

pub(super) const RULES: &[Rule] = rules![
    listening_leads_to_found,
    an_entry_is_found_as_it_was_put,
    every_status_is_kept,
    repeated_headers_stay_in_order,
    any_header_value_is_kept,
    an_empty_body_is_kept,
    any_byte_of_a_body_is_kept,
    a_large_body_is_kept,
    an_entry_without_labels_is_kept,
    what_was_never_put_is_not_found,
    keys_are_compared_whole,
    any_byte_of_a_key_counts,
    an_entry_replaces_the_one_before,
    an_entry_of_another_shape_replaces_the_one_before,
    a_removed_entry_is_not_found,
    removing_what_is_not_there_is_fine,
    an_entry_is_gone_after_its_ttl,
    expiring_a_tag_hides_its_entries,
    expiring_a_path_hides_its_entries,
    expiring_everything_hides_every_entry,
    an_expired_entry_stays_hidden,
    expiring_other_labels_does_not_matter,
    a_stale_mark_is_seen,
    a_stale_mark_on_other_labels_does_not_matter,
    a_stale_entry_can_be_expired,
    an_expired_label_is_not_unexpired_by_a_stale_mark,
    an_entry_that_is_made_anew_is_not_stale,
    an_expiry_during_a_computation_wins,
    a_version_never_comes_back,
    a_stale_mark_during_a_computation_is_seen,
    an_entry_is_found_after_a_computation_that_began_after_an_expiry,
    a_seal_stays_what_it_is_until_something_is_revalidated,
    several_labels_are_revalidated_at_once,
    unknown_labels_and_none_can_be_revalidated,
    each_of_many_labels_counts,
    one_caller_at_a_time_has_the_turn,
    one_of_many_at_once_has_the_turn,
    turns_of_different_keys_are_apart,
    an_ended_turn_can_be_taken_again,
    a_turn_is_not_ended_by_another_token,
    a_turn_that_has_ended_is_not_ended_again,
    putting_does_not_end_a_turn,
];

async fn listening_leads_to_found(case: &Case) -> Verdict {
    case.one.is_found().await
}

async fn an_entry_is_found_as_it_was_put(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [Label::all(), case.path("a"), case.tag("a")]);
    let entry = with(with(entry("hello"), "content-type", b"text/plain"), "etag", b"\"1\"");
    case.one.keep(&key, &labels, &entry).await?;
    let found = case.one.get(&key, &labels).await?;
    hold!(found == Some(Found { entry, stale: false }), "{found:?} was found");
    Ok(())
}

async fn every_status_is_kept(case: &Case) -> Verdict {
    for status in [200, 204, 301, 308, 404, 410, 599] {
        let (key, labels) = (case.key(format!("{status}")), [case.tag("a")]);
        let mut entry = entry("x");
        entry.status = StatusCode::from_u16(status)?;
        case.one.keep(&key, &labels, &entry).await?;
        let found = case.one.get(&key, &labels).await?.map(|found| found.entry.status.as_u16());
        hold!(found == Some(status), "{found:?} was found instead of {status}");
    }
    Ok(())
}

async fn repeated_headers_stay_in_order(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let entry = with(with(with(entry("x"), "link", b"<b>"), "vary", b"accept"), "link", b"<a>");
    case.one.keep(&key, &labels, &entry).await?;
    let found = case.one.get(&key, &labels).await?.ok_or("nothing was found")?.entry.headers;
    // RFC 9110 §5.3: the order of those with different names means nothing.
    let named = |name| found.iter().filter(|(other, _)| other == name).map(|(_, value)| value).collect::<Vec<_>>();
    hold!(named("link") == ["<b>", "<a>"] && named("vary") == ["accept"], "{found:?} was found");
    hold!(found.len() == 3, "{found:?} was found");
    Ok(())
}

async fn any_header_value_is_kept(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let entry = with(with(entry("x"), "x-empty", b""), "x-bytes", b"\x80 \t\xFF");
    case.one.keep(&key, &labels, &entry).await?;
    let found = case.one.get(&key, &labels).await?.map(|found| found.entry.headers);
    hold!(found.as_ref() == Some(&entry.headers), "{found:?} was found");
    Ok(())
}

async fn an_empty_body_is_kept(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("")).await?;
    let found = case.one.get(&key, &labels).await?.map(|found| found.entry.body);
    hold!(found.as_deref() == Some(b""), "{found:?} was found");
    Ok(())
}

async fn any_byte_of_a_body_is_kept(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let body: Vec<u8> = (0..=255).chain(*b"\0\r\n$\xFF\0").collect();
    case.one.keep(&key, &labels, &entry(body.clone())).await?;
    let found = case.one.get(&key, &labels).await?.map(|found| found.entry.body);
    hold!(found.as_deref() == Some(&body), "{found:?} was found");
    Ok(())
}

async fn a_large_body_is_kept(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let body: Vec<u8> = (0..=250).cycle().take(1 << 20).collect();
    case.one.keep(&key, &labels, &entry(body.clone())).await?;
    let found = case.one.get(&key, &labels).await?.map(|found| found.entry.body);
    let len = found.as_ref().map(Bytes::len);
    hold!(found.as_deref() == Some(&body), "a body of {len:?} bytes was found that is not what was put");
    Ok(())
}

async fn an_entry_without_labels_is_kept(case: &Case) -> Verdict {
    let key = case.key("a");
    case.one.keep(&key, &[], &entry("x")).await?;
    hold!(case.one.get(&key, &[]).await?.is_some(), "nothing was found");
    Ok(())
}

async fn what_was_never_put_is_not_found(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    hold!(case.one.get(&key, &labels).await?.is_none(), "something was found before anything was put");
    case.one.keep(&key, &labels, &entry("x")).await?;
    hold!(case.one.get(&case.key("b"), &labels).await?.is_none(), "another key's entry was found");
    Ok(())
}

async fn keys_are_compared_whole(case: &Case) -> Verdict {
    let labels = [case.tag("a")];
    let keys = ["a", "ab", "abc", "b", "A", "", "a/", "a:b", "a b"].map(|name| (name, case.key(name)));
    for (name, key) in &keys {
        case.one.keep(key, &labels, &entry(*name)).await?;
    }
    for (name, key) in &keys {
        let found = case.one.get(key, &labels).await?.map(|found| found.entry.body);
        hold!(found.as_deref() == Some(name.as_bytes()), "{found:?} was found for `{name}`");
    }
    Ok(())
}

async fn any_byte_of_a_key_counts(case: &Case) -> Verdict {
    let labels = [case.tag("a")];
    let long = [b'x'; 5000];
    let names = [&b"\0"[..], b"\0\0", b"\xFF", b"\xFE", b"\xC3\xA9", b"e\xCC\x81", b"\r\n", b"\n", &long, &long[1..]];
    for (index, name) in names.iter().enumerate() {
        case.one.keep(&case.key(name), &labels, &entry(index.to_string())).await?;
    }
    for (index, name) in names.iter().enumerate() {
        let found = case.one.get(&case.key(name), &labels).await?.map(|found| found.entry.body);
        let expected = index.to_string();
        hold!(found.as_deref() == Some(expected.as_bytes()), "{found:?} was found for `{}`", name.escape_ascii());
    }
    Ok(())
}

async fn an_entry_replaces_the_one_before(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    for body in ["first", "second"] {
        case.one.keep(&key, &labels, &entry(body)).await?;
    }
    let found = case.one.get(&key, &labels).await?.map(|found| found.entry.body);
    hold!(found.as_deref() == Some(b"second"), "{found:?} was found");
    Ok(())
}

async fn an_entry_of_another_shape_replaces_the_one_before(case: &Case) -> Verdict {
    let key = case.key("a");
    let (before, after) = ([case.tag("a"), case.tag("b")], [case.tag("c")]);
    case.one.keep(&key, &before, &with(entry("a longer body"), "etag", b"\"1\"")).await?;
    let entry = entry("x");
    case.one.keep(&key, &after, &entry).await?;
    let found = case.one.get(&key, &after).await?;
    hold!(found == Some(Found { entry, stale: false }), "{found:?} was found");
    case.one.revalidate(&before, Mode::Expire).await?;
    hold!(case.one.get(&key, &after).await?.is_some(), "labels of the entry before still count");
    Ok(())
}

async fn a_removed_entry_is_not_found(case: &Case) -> Verdict {
    let (key, other, labels) = (case.key("a"), case.key("b"), [case.tag("a")]);
    for key in [&key, &other] {
        case.one.keep(key, &labels, &entry("x")).await?;
    }
    case.one.remove(&key).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found");
    hold!(case.one.get(&other, &labels).await?.is_some(), "another entry is gone as well");
    Ok(())
}

async fn removing_what_is_not_there_is_fine(case: &Case) -> Verdict {
    case.one.remove(&case.key("a")).await?;
    Ok(())
}

async fn an_entry_is_gone_after_its_ttl(case: &Case) -> Verdict {
    let (short, long, labels) = (case.key("short"), case.key("long"), [case.tag("a")]);
    let seal = case.one.begin(&short, &labels).await?.seal;
    case.one.put_for(&short, &labels, &seal, &entry("x"), Duration::from_millis(300)).await?;
    case.one.put(&long, &labels, &seal, &entry("x")).await?;
    let gone = until(async || matches!(case.one.get(&short, &labels).await, Ok(None))).await;
    hold!(gone.is_ok(), "an entry for 300 ms is still there after 10 s");
    hold!(case.one.get(&long, &labels).await?.is_some(), "an entry for an hour is gone as well");
    Ok(())
}

async fn expiring_a_tag_hides_its_entries(case: &Case) -> Verdict {
    let tag = case.tag("a");
    expiring_hides(case, &[Label::all(), case.path("a"), tag.clone()], tag).await
}

async fn expiring_a_path_hides_its_entries(case: &Case) -> Verdict {
    let path = case.path("a%2Fb/é");
    expiring_hides(case, &[Label::all(), path.clone(), case.tag("a")], path).await
}

async fn expiring_everything_hides_every_entry(case: &Case) -> Verdict {
    expiring_hides(case, &[Label::all(), case.path("a"), case.tag("a")], Label::all()).await
}

async fn expiring_hides(case: &Case, labels: &[Label], expired: Label) -> Verdict {
    let keys = ["a", "b"].map(|name| case.key(name));
    for key in &keys {
        case.one.keep(key, labels, &entry("x")).await?;
    }
    case.one.revalidate(&[expired], Mode::Expire).await?;
    for key in &keys {
        hold!(case.one.get(key, labels).await?.is_none(), "it was found");
    }
    Ok(())
}

async fn an_expired_entry_stays_hidden(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    case.one.revalidate(&labels, Mode::Expire).await?;
    // What others do with the same labels must not bring it back.
    case.one.keep(&case.key("b"), &labels, &entry("y")).await?;
    case.one.begin(&key, &labels).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found once its label had been used again");
    case.one.revalidate(&labels, Mode::Stale).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found once its label had been marked stale");
    Ok(())
}

async fn expiring_other_labels_does_not_matter(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.path("a/b"), case.tag("ab")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    let others = [case.path("a"), case.path("a/b/c"), case.path("ab"), case.tag("a"), case.tag("abc"), case.tag("AB")];
    case.one.keep(&case.key("other"), &others, &entry("y")).await?;
    case.one.revalidate(&others, Mode::Expire).await?;
    let found = case.one.get(&key, &labels).await?;
    hold!(found.is_some_and(|found| !found.stale), "it was hidden, or stale");
    Ok(())
}

async fn a_stale_mark_is_seen(case: &Case) -> Verdict {
    let (key, path, tag) = (case.key("a"), case.path("a"), case.tag("a"));
    let labels = [path.clone(), tag.clone()];
    for label in [path, tag] {
        case.one.keep(&key, &labels, &entry("x")).await?;
        case.one.revalidate(&[label], Mode::Stale).await?;
        for _ in 0..2 {
            let stale = case.one.get(&key, &labels).await?.map(|found| found.stale);
            hold!(stale == Some(true), "{stale:?} was told instead of a stale entry");
        }
    }
    Ok(())
}

async fn a_stale_mark_on_other_labels_does_not_matter(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    case.one.keep(&case.key("other"), &[case.tag("ab")], &entry("y")).await?;
    case.one.revalidate(&[case.tag("ab"), case.path("a")], Mode::Stale).await?;
    let stale = case.one.get(&key, &labels).await?.map(|found| found.stale);
    hold!(stale == Some(false), "{stale:?} was told instead of a whole entry");
    Ok(())
}

async fn a_stale_entry_can_be_expired(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a"), case.tag("b")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    case.one.revalidate(&labels[..1], Mode::Stale).await?;
    case.one.revalidate(&labels[1..], Mode::Expire).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found");
    Ok(())
}

async fn an_expired_label_is_not_unexpired_by_a_stale_mark(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    case.one.revalidate(&labels, Mode::Expire).await?;
    case.one.revalidate(&labels, Mode::Stale).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found");
    Ok(())
}

async fn an_entry_that_is_made_anew_is_not_stale(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("old")).await?;
    case.one.revalidate(&labels, Mode::Stale).await?;
    case.one.keep(&key, &labels, &entry("new")).await?;
    let found = case.one.get(&key, &labels).await?;
    let good = found.as_ref().is_some_and(|found| !found.stale && found.entry.body == "new");
    hold!(good, "{found:?} was found");
    Ok(())
}

async fn an_expiry_during_a_computation_wins(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [Label::all(), case.path("a"), case.tag("a")]);
    for expired in &labels {
        let turn = case.one.begin(&key, &labels).await?;
        case.one.revalidate(std::slice::from_ref(expired), Mode::Expire).await?;
        case.one.put(&key, &labels, &turn.seal, &entry("x")).await?;
        hold!(case.one.get(&key, &labels).await?.is_none(), "expired by {expired}, it was found");
        // Somebody else begins with the same labels: they have versions again, but others.
        case.one.begin(&case.key("b"), &labels).await?;
        hold!(case.one.get(&key, &labels).await?.is_none(), "expired by {expired}, it was found later");
    }
    Ok(())
}

async fn a_version_never_comes_back(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("never used before")]);
    let mut seals = Vec::new();
    for mode in [Mode::Expire, Mode::Expire, Mode::Stale, Mode::Stale, Mode::Expire, Mode::Expire] {
        let seal = case.one.begin(&key, &labels).await?.seal;
        hold!(!seals.contains(&seal), "{seal:?} was given before the label was revalidated, and after");
        seals.push(seal);
        case.one.revalidate(&labels, mode).await?;
    }
    for seal in &seals {
        case.one.put(&key, &labels, seal, &entry("x")).await?;
        hold!(case.one.get(&key, &labels).await?.is_none(), "an entry with a seal that was broken is found");
    }
    Ok(())
}

async fn a_stale_mark_during_a_computation_is_seen(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.path("a"), case.tag("a")]);
    let turn = case.one.begin(&key, &labels).await?;
    case.one.revalidate(&labels[1..], Mode::Stale).await?;
    case.one.put(&key, &labels, &turn.seal, &entry("x")).await?;
    let stale = case.one.get(&key, &labels).await?.map(|found| found.stale);
    hold!(stale == Some(true), "{stale:?} was told instead of a stale entry");
    Ok(())
}

async fn an_entry_is_found_after_a_computation_that_began_after_an_expiry(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.path("a"), case.tag("a")]);
    for round in 0..3 {
        case.one.revalidate(&labels, Mode::Expire).await?;
        case.one.keep(&key, &labels, &entry("x")).await?;
        let stale = case.one.get(&key, &labels).await?.map(|found| found.stale);
        hold!(stale == Some(false), "{stale:?} was told instead of a whole entry, the {round}. time");
    }
    Ok(())
}

async fn a_seal_stays_what_it_is_until_something_is_revalidated(case: &Case) -> Verdict {
    let labels = [case.path("a"), case.tag("a")];
    let first = case.one.begin(&case.key("a"), &labels).await?;
    let second = case.one.begin(&case.key("b"), &labels).await?;
    hold!(first.seal == second.seal, "two computations of the same labels began with different seals");
    hold!(first.seal.0.len() == labels.len(), "a seal has {} versions for 2 labels", first.seal.0.len());
    let [path, tag] = &labels;
    let swapped = case.one.begin(&case.key("c"), &[tag.clone(), path.clone()]).await?.seal;
    let ordered = swapped.0.iter().rev().eq(&first.seal.0);
    hold!(ordered, "the versions of a seal are not in the order of the labels");
    Ok(())
}

async fn several_labels_are_revalidated_at_once(case: &Case) -> Verdict {
    let labels = ["a", "b", "c"].map(|name| case.tag(name));
    for label in &labels {
        case.one.keep(&case.key(label.as_bytes()), std::slice::from_ref(label), &entry("x")).await?;
    }
    case.one.revalidate(&labels[..2], Mode::Expire).await?;
    for (label, expected) in labels.iter().zip([false, false, true]) {
        let found = case.one.get(&case.key(label.as_bytes()), std::slice::from_ref(label)).await?.is_some();
        hold!(found == expected, "the entry of {label}: found is {found}");
    }
    Ok(())
}

async fn unknown_labels_and_none_can_be_revalidated(case: &Case) -> Verdict {
    for mode in [Mode::Expire, Mode::Stale] {
        case.one.revalidate(&[case.tag("unknown"), case.path("unknown")], mode).await?;
        case.one.revalidate(&[], mode).await?;
    }
    Ok(())
}

async fn each_of_many_labels_counts(case: &Case) -> Verdict {
    let key = case.key("a");
    let labels: Vec<Label> = (0..200).map(|number| case.tag(&number.to_string())).collect();
    for expired in [0, 100, 199] {
        case.one.keep(&key, &labels, &entry("x")).await?;
        hold!(case.one.get(&key, &labels).await?.is_some(), "an entry with 200 labels was not found");
        case.one.revalidate(&labels[expired..=expired], Mode::Expire).await?;
        hold!(case.one.get(&key, &labels).await?.is_none(), "label {expired} of 200 was expired, it was found");
    }
    Ok(())
}

async fn one_caller_at_a_time_has_the_turn(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    hold!(case.one.begin(&key, &labels).await?.token.is_some(), "nobody has the turn, and it was not given");
    hold!(case.one.begin(&key, &labels).await?.token.is_none(), "the turn was given twice");
    Ok(())
}

async fn one_of_many_at_once_has_the_turn(case: &Case) -> Verdict {
    let mut callers = JoinSet::new();
    for _ in 0..32 {
        let (store, key, label) = (case.one.share(), case.key("a"), case.tag("a"));
        callers.spawn(async move { store.begin(&key, &[label]).await });
    }
    let mut turns = 0;
    while let Some(turn) = callers.join_next().await {
        turns += usize::from(turn??.token.is_some());
    }
    hold!(turns == 1, "{turns} of 32 callers have the turn");
    Ok(())
}

async fn turns_of_different_keys_are_apart(case: &Case) -> Verdict {
    let labels = [case.tag("a")];
    for name in ["a", "ab", ""] {
        let turn = case.one.begin(&case.key(name), &labels).await?;
        hold!(turn.token.is_some(), "the turn of `{name}` was not given because of another key's");
    }
    Ok(())
}

async fn an_ended_turn_can_be_taken_again(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    for round in 0..3 {
        let Some(token) = case.one.begin(&key, &labels).await?.token else {
            return Err(format!("the turn was not given after it had ended {round} times").into());
        };
        case.one.end(&key, token).await?;
    }
    Ok(())
}

async fn a_turn_is_not_ended_by_another_token(case: &Case) -> Verdict {
    let (key, other, labels) = (case.key("a"), case.key("b"), [case.tag("a")]);
    let token = case.one.begin(&key, &labels).await?.token.ok_or("the turn was not given")?;
    case.one.end(&key, token.wrapping_add(1)).await?;
    case.one.end(&other, token).await?;
    hold!(case.one.begin(&key, &labels).await?.token.is_none(), "it was");
    Ok(())
}

async fn a_turn_that_has_ended_is_not_ended_again(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let first = case.one.begin(&key, &labels).await?.token.ok_or("the turn was not given")?;
    case.one.end(&key, first).await?;
    case.one.begin(&key, &labels).await?.token.ok_or("the turn was not given again")?;
    case.one.end(&key, first).await?;
    hold!(case.one.begin(&key, &labels).await?.token.is_none(), "the token of the turn before ended the next one");
    Ok(())
}

async fn putting_does_not_end_a_turn(case: &Case) -> Verdict {
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let turn = case.one.begin(&key, &labels).await?;
    case.one.put(&key, &labels, &turn.seal, &entry("x")).await?;
    hold!(case.one.begin(&key, &labels).await?.token.is_none(), "it did");
    let token = turn.token.ok_or("the turn was not given")?;
    case.one.end(&key, token).await?;
    hold!(case.one.get(&key, &labels).await?.is_some(), "the entry is gone with the end of the turn");
    Ok(())
}
