//! The words by which programs tell that nobody looks through them.

use super::shape;

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Only programs say it.
    Sure,
    /// Programs say it, and now and then what is added to a browser.
    Hint,
    /// What persons' programs say, which `shape` weighs.
    Form(Form),
    /// A place to read about a program, or somebody to write to: a person's program rarely has one.
    Contact,
}

/// Something that persons' programs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A system that one runs on.
    System,
    /// A browser or an engine.
    Browser,
    /// A browser that does not begin with `Mozilla/`, or is compatible indeed.
    Alone,
    /// A program that is no browser.
    Application,
    /// `compatible`.
    Compatible,
}

/// A word, and where it has to stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) letters: &'static str,
    pub(super) weight: Weight,
    /// A word has to begin where it does.
    pub(super) begins: bool,
    /// A word has to end where it does.
    pub(super) ends: bool,
}

/// Every word with what it says. In a list `|x` has to begin a word, and `x|` to end one.
pub(super) fn all() -> Vec<Word> {
    let lists = [(KINDS, Weight::Sure), (HINTS, Weight::Hint), (LIBRARIES, Weight::Sure), (NAMES, Weight::Sure)];
    let mut words = Vec::new();
    for (list, weight) in lists.into_iter().chain([(CONTACTS, Weight::Contact)]) {
        words.extend(list.split_ascii_whitespace().map(|word| Word::new(word, weight)));
    }
    for (list, form) in shape::FORMS {
        words.extend(list.iter().map(|word| Word::new(word, Weight::Form(*form))));
    }
    words
}

impl Word {
    fn new(word: &'static str, weight: Weight) -> Word {
        let letters = word.trim_matches('|');
        // Short words are parts of many others.
        let short = letters.len() < 6 && word.starts_with('|') && weight == Weight::Sure;
        Word {
            letters,
            weight: if short { Weight::Hint } else { weight },
            begins: word.starts_with('|'),
            ends: word.ends_with('|'),
        }
    }
}

/// What such programs do, in the words that they are named with.
const KINDS: &str = "
    bot crawl spider slurp scrap fetch preview monitor harvest sniff grabber scanner scan| |scan checker |check|
    _check -check checklink linkcheck linkfinder validat search-engine searchengine searcher websearch favicon
    screenshot thumbnail transcoder proxy/ imgproxy imageproxy downloader sucker uptime pingback webhook
    healthcheck health-check heartbeat synthetic lighthouse pagespeed speedtest gtmetrix selenium
    puppeteer playwright webdriver phantomas -agent| agent/ -user| -user/ _tool| |seo seo| robot vulnerab
    pentest web-server webserver adstxt linkwalker
";

/// The same in words that browsers and what is added to them may have too.
const HINTS: &str = "
    |feed feeds| |rss rss| index sitemap domain |url |rank watcher tracker hunter mirror callout camo matcher
    radar| |embed security intelligence insight analyz analys analytics research generator connector integration
    importer automation -service -tools optimiz resolver parser extract verif audit survey tester testing |ping
    pinger probe -ai| |ai- |llm gpt metadata gather |api/ seeker ferret worm exploit unfurl discovery detector
    archiv collector subscri aggregat newsreader snapshot |news| inspect backlink wayback
";

/// Libraries for HTTP, and the languages that name themselves for want of a name.
const LIBRARIES: &str = "
    |curl |java/1.8 |java/11 |java/17 |java/21 |java/25 wget |lwp lwp:: python |ruby |perl |php/ guzzle apache- |bun/ |deno/ node-fetch |node| |got| |got/ undici axios
    |ahc/ |rest-client restsharp |resty |reqwest |hyper/ |ureq |scrapy |mechanize |typhoeus faraday |excon
    jakarta |jetty/ |netty| reactor |unirest postman insomnia |pycurl |libcurl |erlang |elixir |hackney
    |powershell |wininet |zend_ |symfony |drupal |wordpress |joomla |magento woocommerce |grequests |urlgrabber
    |nutch heritrix |larbin |lftp |aria2 |axel httrack webcopier teleport sitesnagger |webzip |webreaper
    |grub-client |ia_ |snoopy |simplepie |magpie |jsoup |colly |ktor |dart/ http libwww-perl |libwww/
    urlconnection |jersey/
";

/// Names that say nothing else. Most programs need none of these: they say `bot` or where to read about them.
const NAMES: &str = "
    googleother google-extended google-inspectiontool google-read-aloud googleproducer feedfetcher mediapartners
    adsbot apis-google duplexweb storebot google-cloudvertex google-safety google-site google-trust google-apps
    google-adwords google-pagerenderer googleweblight google-agent google-notebook google-firebase bingpreview
    msnbot adidx facebookexternal facebookcatalog facebookplatform meta-external meta-webindexer |meta- cortex/
    whatsapp skypeuri slack-img slackbot linkedinbot tumblr |vkshare |mail.ru mailru odkl embedly iframely
    |line-| mastodon |pleroma |misskey |akkoma |friendica |lemmy |peertube |diaspora |bluesky cardyb hatena
    |yeti/ daum spider |360spider haosou |yisou toutiao bytespider |coccoc |seznam |qwant |mojeek |ecosia_
    |exabot |swisscows |huaweisymantec |archive openai chatgpt |claude anthropic perplexity cohere mistral
    |youbot duckassist duckduckbot |diffbot |ccbot amazonbot |applebot kagi |phind |deepseek |manus- |timpi
    omgili |webz |imagesift |iaskspider |ai2 |devin |firecrawl |tavily |exa| |brightdata |apify |zyte |crawlee
    |browserless |crawl4ai |opencode |zapier |integromat |ifttt |n8n| |airtable |hubspot |mailchimp |sendgrid
    |sparkpost |stripe |paypal |adyen |trustly |gopay |snipcart |shopify ahrefs semrush |majestic mj12 |dotbot
    rogerbot |moz| |sistrix seokicks serpstat |blex |dataforseo screaming |sitebulb |botify |oncrawl deepcrawl
    |lumar |ryte |xovi |linkdex |searchmetrics contentking conductor |woorank |siteimprove |monsido |silktide
    |dareboost linktiger |xenu marketgoo |nitro |datanyze |wappalyzer builtwith |similar |ia_archiver |comscore
    |moat |pixalate doubleverif |integralads |adbeat |criteo |outbrain |taboola |grapeshot pingdom |datadog
    |newrelic new-relic |dynatrace |appdynamics |zabbix |nagios |icinga |prometheus |blackbox |grafana
    statuscake |site24x7 |nodeping |uptrends |catchpoint |checkly |hetrix |freshping |sentry |rollbar |hyperping
    |kuma| |gatus |cloudflare |cloudfront |fastly |akamai |keycdn |imperva |sucuri |incapsula |cloudinary |nmap
    nikto |sqlmap |masscan |zgrab |nuclei |wpscan |openvas |nessus |acunetix |netsparker |burp |zap/ |arachni
    |w3af |gobuster |dirbuster |feroxbuster |ffuf |wfuzz |shodan |censys |qualys |rapid7 |tenable |detectify
    |netcraft |leakix |expanse |internet-measurement |internetmeasurement |stretchoid |onyphe |binaryedge
    |zoomeye |fofa |fuzz |testssl ssllabs |tls |letsencrypt |sectigo |digicert blackduck |foregenix |onetrust
    |trustarc |w3c |jigsaw |webpage |penthouse |splash |wkhtml |prerender |rendertron |phpcrawl |collapsify
    feedly |inoreader |newsblur |feedbin |feeder |netvibes |bazqux |theoldreader |miniflux |freshrss |tt-rss
    |commafeed |selfoss |newsboat |liferea |netnews |akregator |vienna |reeder |overcast |instapaper |wallabag
    |readability |flattr |trackback |superfeedr |pubsub |websub |paper.li |nuzzel |upday |newspaper |meltwater
    |brandwatch |talkwalker |mention |cision |linkfluence |radian6 |trendiction |traackr |infegy |moreover
    |factset |bloomberg |blp_ |grammarly |turnitin |plagi |copyscape |proximic |bibnum |citoid |zotero
    |wikipedia |wikimedia |mediawiki |iabot netshelter |browsershots |sitecheck |siteanalyz |webmon |wotbox
    |wise-guys |vagabondo |voila |ichiro |gigablast |findlinks |binlar |icc- |lcc| |lipperhey |metauri |muckrack
    |page2rss |panscient |safednsbot |scoutjet |scrubby |sitetruth |socialrank |summify |teoma |toplistbot
    |trove |tweetmeme |urlappend |yacy |yanga |zite |genieo |istella |blekko |jyxo |nerdby |cincra |bnf.fr
    |europarchive |arquivo |webarch |netresearch |virustotal |safebrows |safedns |zscaler |barracuda |bluecoat
    |websense |fortiguard |trendmicro |mcafee |symantec |workona |webflow |wix| |squarespace |jetpack
    |wpumbrella |managewp |mainwp |infinitewp |btwebclient redditbot cookiehub flipboardproxy flipboardrss
    appengine-google whatweb |stape iubenda l9explore l9tcpid blogtrottr emailwolf emailsiphon |ptst/ |ylt|
    sfdc- |readable/ zmeu jorgee
";

/// Addresses. Browsers carry them in rare cases, which `shape::is_known` names.
const CONTACTS: &str = "
    http:// https:// hxxp +http |www. .com| .org| .net| .de| .ru| .fr| .co| .io/ .ai| .nu| .eu| .info| .co.uk @
    .ly| .se| .nl| .it| .es| .pl| .cz| .jp| .cn| .ch| .ca| .br| .app| .dev| .cloud| .biz| .xyz| .social| .dk|
    .tech|
";
