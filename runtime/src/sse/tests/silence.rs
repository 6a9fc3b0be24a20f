//! What is sent when nothing is.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_comment_is_sent_for_each_15_s_of_silence() {
    let start = tokio::time::Instant::now();
    let mut events = Broadcast::new(8);
    let mut body = answer(Sse::new(events.subscribe()), &Ending::default());
    for seconds in [15, 30] {
        assert_eq!(body.chunk().await.expect("a frame").expect("no error"), ":\n\n");
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
    tokio::time::advance(Duration::from_secs(10)).await;
    events.send(Event::data("x")).expect("it can be written");
    assert_eq!(body.chunk().await.expect("a frame").expect("no error"), "data: x\n\n");
    assert_eq!(body.chunk().await.expect("a frame").expect("no error"), ":\n\n");
    assert_eq!(start.elapsed().as_secs(), 55);
    events = Broadcast::new(1);
    assert!(body.chunk().await.is_none(), "the first broadcast is gone");
    drop(events);
}

#[tokio::test(start_paused = true)]
async fn silence_may_be_shorter_or_endless() {
    let stream = |silence| Sse::channel(async move |_events| pending().await).keep_alive(silence);
    let mut short = answer(stream(Duration::from_secs(1)), &Ending::default());
    timeout(Duration::from_millis(1_001), short.chunk()).await.expect("a second has passed");
    for endless in [Duration::ZERO, Duration::MAX] {
        let mut body = answer(stream(endless), &Ending::default());
        assert!(timeout(Duration::from_secs(3_600), body.chunk()).await.is_err());
    }
}
