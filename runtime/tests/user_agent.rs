//! What is known of real agents: the answers of Next.js, and crawlers. `data/README.md` says where they come from.

use proptest::prelude::*;
use rutter::{UserAgent, prelude::*, testing::Client, user_agent::DeviceKind};
use serde_json::{Value, json};

const FIELDS: [(&str, &str); 11] = [
    ("browser", "name"),
    ("browser", "version"),
    ("browser", "major"),
    ("engine", "name"),
    ("engine", "version"),
    ("os", "name"),
    ("os", "version"),
    ("device", "type"),
    ("device", "vendor"),
    ("device", "model"),
    ("cpu", "architecture"),
];

#[test]
fn real_agents_are_told_as_next_tells_them() {
    let cases = cases();
    for (part, field) in FIELDS {
        let right = cases.iter().filter(|case| case.ours[part][field] == case.theirs[part][field]).count();
        let share = percent(right, cases.len());
        println!("{part}.{field}: {share:.2} % of {} agents", cases.len());
        assert!(share >= 99.0, "{part}.{field}");
    }
    let whole = cases.iter().filter(|case| case.is_whole()).count();
    println!("the whole answer: {:.2} %", percent(whole, cases.len()));
}

#[test]
fn an_answer_has_the_fields_of_next() {
    let cases = cases();
    let order = |answer: &Value| answer.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    for case in &cases {
        assert_eq!(order(&case.ours), order(&case.theirs));
        assert_eq!(case.ours["ua"], case.theirs["ua"]);
    }
    let curl = serde_json::to_string(&UserAgent::new("curl/8")).expect("JSON");
    assert_eq!(curl, r#"{"ua":"curl/8","browser":{},"engine":{},"os":{},"device":{},"cpu":{},"isBot":true}"#);
}

#[test]
fn crawlers_are_found_and_persons_are_left_alone() {
    let crawlers: Vec<&str> = include_str!("data/crawlers.txt").lines().collect();
    let missed: Vec<_> = crawlers.iter().filter(|agent| !UserAgent::new(agent).is_bot()).collect();
    let found = percent(crawlers.len() - missed.len(), crawlers.len());
    println!("crawlers: {found:.2} % of {}; not found: {missed:#?}", crawlers.len());
    assert!(found >= 98.0);

    let cases = cases();
    let alarms: Vec<_> = cases.iter().filter(|case| case.is_bot).map(|case| case.ours["ua"].as_str()).collect();
    println!("false alarms: {:.2} % of {}: {alarms:#?}", percent(alarms.len(), cases.len()), cases.len());
    assert!(percent(alarms.len(), cases.len()) < 0.5);
    // Those that are, are programs in truth: libraries for HTTP.
    for agent in alarms.into_iter().flatten() {
        assert!(["curl/", "Wget/", "Python-urllib/"].iter().any(|name| agent.contains(name)), "{agent}");
    }
}

#[test]
fn a_crawler_is_called_by_its_name() {
    for (agent, name) in [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"),
        (
            "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/W.X.Y.Z \
             Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Googlebot",
        ),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "bingbot"),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "facebookexternalhit"),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
            "ClaudeBot",
        ),
        (
            "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Bytespider; a@b.com)",
            "Bytespider",
        ),
        (
            "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
            "meta-externalagent",
        ),
        ("Go-http-client/2.0", "Go-http-client"),
        ("Scrapy/2.11.0 (+https://scrapy.org)", "Scrapy"),
        ("WhatsApp/2.23.20.0", "WhatsApp"),
    ] {
        assert_eq!(UserAgent::new(agent).crawler(), Some(name), "{agent}");
    }
}

#[test]
fn telephones_and_tablets_are_told_apart() {
    let phone =
        UserAgent::new("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/134.0.0.0 Mobile Safari/537.36");
    assert!(phone.is_mobile() && !phone.is_tablet());
    let tablet = UserAgent::new("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/134.0.0.0 Safari/537.36");
    assert!(tablet.is_tablet() && !tablet.is_mobile());
    assert_eq!(tablet.device().kind(), Some(DeviceKind::Tablet));
    let desk = UserAgent::new("Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0");
    assert!(!desk.is_mobile() && !desk.is_tablet() && desk.device().kind().is_none());
}

#[route(GET, "/device", register = false)]
fn device(agent: UserAgent) -> Json<UserAgent> {
    Json(agent)
}

#[route(GET, "/kept", revalidate = 60, vary("user-agent"), register = false)]
fn kept(agent: UserAgent) -> String {
    agent.browser().name().unwrap_or("none").to_owned()
}

#[route(GET, "/unnamed", revalidate = 60, vary("accept"), register = false)]
fn unnamed(agent: UserAgent) -> String {
    agent.text().to_owned()
}

#[tokio::test]
async fn a_request_without_the_header_has_an_empty_agent() {
    let client = Client::new(rutter::routes![device].build().expect("the routes fit together"));
    let empty = json!({ "ua": "", "browser": {}, "engine": {}, "os": {}, "device": {}, "cpu": {}, "isBot": false });
    assert_eq!(client.get("/device").await.json::<Value>(), empty);
    assert_eq!(client.get("/device").header("user-agent", "").await.json::<Value>(), empty);
}

#[tokio::test]
async fn a_kept_answer_names_the_header_it_depends_on() {
    let client = Client::new(rutter::routes![kept].build().expect("the routes fit together"));
    for (agent, expected) in
        [("Mozilla/5.0 (X11; Linux x86_64; rv:9.0) Gecko/20100101 Firefox/9.0", "Firefox"), ("curl/8", "none")]
    {
        let answer = client.get("/kept").header("user-agent", agent).await;
        assert_eq!((answer.text(), answer.header("vary")), (expected, Some("user-agent")));
    }
    let error = rutter::routes![unnamed].build().expect_err("`vary` does not name the header").to_string();
    assert!(error.contains("user-agent"), "{error}");
}

#[test]
fn hostile_agents_are_read_like_others() {
    for agent in [
        "",
        " ",
        "\t\t\t",
        "\u{0}\u{1}\u{7f}",
        "(((((",
        ")))))",
        "Mozilla/5.0 (",
        "Mozilla/5.0 (Linux; Android",
        "Mozilla/5.0 (Linux; Android ;",
        "Android;；",
        "Windows",
        "Windows NT ",
        "compatible;",
        "(compatible",
        "HbbTV/1 (;",
        "NAVER(",
        "@.com",
        "http",
        ".com",
        "iPhone OS like Mac",
        "Safari/",
        "Version/",
        "rv:",
        "w3m",
        "ELinks(",
        "Watch,/",
        "; wv) 日本語",
        "Nokia日本",
    ] {
        ask(&UserAgent::new(agent));
    }
    for piece in
        ["(", ")", "Mozilla/", "Windows NT ", "Safari/", "Mobile ", "Android; ", "links", "chrome/", "；", "🦀", "bot@"]
    {
        ask(&UserAgent::new(&piece.repeat(350)));
    }
}

#[test]
fn what_is_beyond_350_characters_is_not_read() {
    let long = format!("{} Googlebot/2.1", "x".repeat(350));
    assert!(!UserAgent::new(&long).text().contains("Googlebot"));
    let cut = format!("{}é{}", "a/1 ".repeat(87), "é".repeat(1_000_000));
    assert_eq!(UserAgent::new(&cut).text().chars().count(), 350);
}

proptest! {
    #[test]
    fn any_text_is_read_the_same_way_twice(agent in ".{0,400}") {
        prop_assert_eq!(ask(&UserAgent::new(&agent)), ask(&UserAgent::new(&agent)));
    }

    #[test]
    fn words_in_any_order_are_read(words in proptest::collection::vec(0..WORDS.len(), 0..30)) {
        let agent: String = words.into_iter().map(|word| WORDS[word]).collect();
        ask(&UserAgent::new(&agent));
    }

    #[test]
    fn only_the_first_350_characters_count(head in ".{350}", one in ".{0,50}", other in ".{0,50}") {
        let of = |tail: &str| ask(&UserAgent::new(&format!("{head}{tail}")));
        prop_assert_eq!(of(&one), of(&other));
    }
}

const WORDS: [&str; 32] = [
    "Mozilla/5.0 ",
    "(",
    ")",
    "; ",
    "Linux",
    "Android ",
    "10",
    " Build/",
    "wv",
    "Version/",
    "4.0 ",
    "Chrome/",
    "Mobile ",
    "Safari/",
    "Windows ",
    "NT ",
    "6.1",
    "Xbox",
    "HbbTV/1.1 (",
    "like Mac",
    "OS ",
    "iPhone",
    "rv:",
    "Gecko/",
    "Trident/",
    "compatible; ",
    "bot",
    "http://",
    "@",
    "é",
    "Nokia",
    "SM-",
];

/// Every question; the answers as JSON.
fn ask(agent: &UserAgent) -> String {
    let name = agent.crawler();
    assert_eq!(agent.is_bot(), name.is_some());
    assert!(name.is_none_or(|name| !name.is_empty()), "{agent}");
    serde_json::to_string(agent).expect("JSON")
}

struct Case {
    ours: Value,
    theirs: Value,
    is_bot: bool,
}

impl Case {
    fn is_whole(&self) -> bool {
        ["browser", "engine", "os", "device", "cpu"].iter().all(|part| self.ours[part] == self.theirs[part])
    }
}

fn cases() -> Vec<Case> {
    let lines = include_str!("data/user-agents.jsonl").lines();
    lines
        .map(|line| {
            let case: Value = serde_json::from_str(line).expect("JSON");
            let agent = UserAgent::new(case["ua"].as_str().expect("an agent"));
            let ours = serde_json::to_value(&agent).expect("JSON");
            Case { ours, theirs: case["out"].clone(), is_bot: agent.is_bot() }
        })
        .collect()
}

#[allow(clippy::cast_precision_loss)]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}
