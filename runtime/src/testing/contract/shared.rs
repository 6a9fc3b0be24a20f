//! The rules of two stores over one backend.

use std::time::{Duration, Instant};

use crate::{
    cache::{Found, Label, Mode},
    testing::contract::{
        Rule, Verdict,
        case::{Case, entry, with},
        hold, rules,
    },
};

pub(super) const RULES: &[Rule] = rules![
    an_entry_of_one_instance_is_found_by_another,
    an_entry_that_one_instance_removes_is_gone_for_another,
    an_expiry_by_one_instance_hides_the_entries_of_another,
    a_stale_mark_by_one_instance_is_seen_by_another,
    an_expiry_by_one_instance_wins_over_a_computation_of_another,
    instances_begin_with_the_same_seal,
    one_instance_at_a_time_has_the_turn,
    a_listener_hears_a_revalidation_before_it_has_ended,
    a_listener_hears_every_revalidation,
    versions_change_before_listeners_hear,
    a_turn_of_an_instance_that_is_gone_ends_by_itself,
];

async fn an_entry_of_one_instance_is_found_by_another(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [Label::all(), case.path("a"), case.tag("a")]);
    let entry = with(entry(&b"hello\0\xFF"[..]), "etag", b"\"1\"");
    case.one.keep(&key, &labels, &entry).await?;
    let found = two.get(&key, &labels).await?;
    hold!(found == Some(Found { entry, stale: false }), "{found:?} was found");
    Ok(())
}

async fn an_entry_that_one_instance_removes_is_gone_for_another(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    two.remove(&key).await?;
    hold!(case.one.get(&key, &labels).await?.is_none(), "it was found");
    Ok(())
}

async fn an_expiry_by_one_instance_hides_the_entries_of_another(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [Label::all(), case.path("a"), case.tag("a")]);
    for expired in &labels {
        case.one.keep(&key, &labels, &entry("x")).await?;
        two.revalidate(std::slice::from_ref(expired), Mode::Expire).await?;
        for (name, store) in [("itself", two), ("another", &case.one)] {
            let found = store.get(&key, &labels).await?;
            hold!(found.is_none(), "expired by {expired}, it was found by {name}");
        }
    }
    Ok(())
}

async fn a_stale_mark_by_one_instance_is_seen_by_another(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [case.path("a"), case.tag("a")]);
    case.one.keep(&key, &labels, &entry("x")).await?;
    two.revalidate(&labels[1..], Mode::Stale).await?;
    let stale = case.one.get(&key, &labels).await?.map(|found| found.stale);
    hold!(stale == Some(true), "{stale:?} was told instead of a stale entry");
    Ok(())
}

async fn an_expiry_by_one_instance_wins_over_a_computation_of_another(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [case.path("a"), case.tag("a")]);
    let turn = case.one.begin(&key, &labels).await?;
    two.revalidate(&labels[1..], Mode::Expire).await?;
    case.one.put(&key, &labels, &turn.seal, &entry("x")).await?;
    for store in [&case.one, two] {
        hold!(store.get(&key, &labels).await?.is_none(), "it was found");
    }
    Ok(())
}

async fn instances_begin_with_the_same_seal(case: &Case) -> Verdict {
    let two = case.two().await?;
    let labels = [case.path("a"), case.tag("a")];
    let seal = case.one.begin(&case.key("a"), &labels).await?.seal;
    hold!(seal == two.begin(&case.key("b"), &labels).await?.seal, "they did not");
    Ok(())
}

async fn one_instance_at_a_time_has_the_turn(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let token = case.one.begin(&key, &labels).await?.token.ok_or("the turn was not given")?;
    hold!(two.begin(&key, &labels).await?.token.is_none(), "two instances have the turn");
    case.one.end(&key, token).await?;
    hold!(two.begin(&key, &labels).await?.token.is_some(), "the turn was not given after it had ended");
    Ok(())
}

async fn a_listener_hears_a_revalidation_before_it_has_ended(case: &Case) -> Verdict {
    let two = case.two().await?;
    for round in 0..20 {
        let (tag, path) = (case.tag(&format!("{round}")), case.path(&format!("é/{round}")));
        for mode in [Mode::Expire, Mode::Stale] {
            case.one.revalidate(&[tag.clone(), path.clone()], mode).await?;
            for label in [&tag, &path] {
                hold!(two.heard.has(label, mode), "{mode:?} of {label} was not heard, the {round}. time");
            }
        }
    }
    Ok(())
}

async fn a_listener_hears_every_revalidation(case: &Case) -> Verdict {
    let two = case.two().await?;
    // What the backend knows nothing of may be in the memory of an instance all the same.
    let labels = [Label::all(), case.tag("unknown"), case.tag(""), case.path("unknown")];
    for label in &labels {
        two.revalidate(std::slice::from_ref(label), Mode::Expire).await?;
        hold!(case.one.heard.has(label, Mode::Expire), "an expiry of {label} was not heard");
    }
    Ok(())
}

async fn versions_change_before_listeners_hear(case: &Case) -> Verdict {
    let two = case.two().await?;
    let labels = [case.path("a"), case.tag("a")];
    for mode in [Mode::Expire, Mode::Stale] {
        let key = case.key(format!("{mode:?}"));
        case.one.keep(&key, &labels, &entry("x")).await?;
        let looked = two.looks_when_it_hears(key, &labels);
        case.one.revalidate(&labels[1..], mode).await?;
        let looked = tokio::time::timeout(Duration::from_secs(10), looked).await;
        let found = looked.map_err(|_| "`get` did not answer within 10 s")???;
        let good = found.as_ref().is_none_or(|found| found.stale && mode == Mode::Stale);
        hold!(good, "whoever heard of {mode:?} and asked then found the entry as it had been");
    }
    Ok(())
}

async fn a_turn_of_an_instance_that_is_gone_ends_by_itself(case: &Case) -> Verdict {
    let two = case.two().await?;
    let (key, labels) = (case.key("a"), [case.tag("a")]);
    let third = case.take_third()?;
    third.begin(&key, &labels).await?.token.ok_or("the turn was not given")?;
    drop(third);
    let gone = Instant::now();
    while two.begin(&key, &labels).await?.token.is_none() {
        hold!(gone.elapsed() < LONGEST_TURN, "it is still there after {} s", LONGEST_TURN.as_secs());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// What [`CacheStore::begin`](crate::CacheStore::begin) promises.
const LONGEST_TURN: Duration = Duration::from_secs(15);
