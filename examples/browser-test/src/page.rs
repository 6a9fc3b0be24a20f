//! A page in a window of the browser.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::devtools::DevTools;

/// A page in a window of its own, which is closed when this is dropped.
#[must_use = "the page is closed when this is dropped"]
pub struct Page {
    devtools: Arc<Mutex<DevTools>>,
    session: String,
}

impl Page {
    pub(crate) fn open(devtools: Arc<Mutex<DevTools>>, url: &str) -> Page {
        let mut page = Page { devtools, session: String::new() };
        let window = page.call("Target.createTarget", &json!({ "url": "about:blank", "newWindow": true }));
        let attach = json!({ "targetId": window["targetId"], "flatten": true });
        let attached = page.call("Target.attachToTarget", &attach);
        attached["sessionId"].as_str().expect("a page is in a session").clone_into(&mut page.session);
        page.call("Runtime.enable", &json!({}));
        page.call("Log.enable", &json!({}));
        page.go(url);
        page
    }

    /// Goes to another address, and waits until all of the page is loaded.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub fn go(&self, url: &str) {
        let gone = self.call("Page.navigate", &json!({ "url": url }));
        assert!(gone["errorText"].is_null(), "{url} cannot be reached: {gone}");
        self.wait_until("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /// The value of a JavaScript expression; a promise is awaited.
    ///
    /// # Panics
    /// When it throws, or its value is no JSON.
    pub fn evaluate(&self, expression: &str) -> Value {
        self.try_evaluate(expression).unwrap_or_else(|error| panic!("`{expression}`: {error}\n{}", self.state()))
    }

    /// Waits until a JavaScript expression is true, for 30 s at most.
    ///
    /// # Panics
    /// When it does not become true; the message tells what the page shows.
    pub fn wait_until(&self, expression: &str) {
        let begun = Instant::now();
        loop {
            // While the page is replaced by another, there is nothing to ask.
            let found = self.try_evaluate(&format!("Boolean({expression})"));
            if found == Ok(Value::Bool(true)) {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "it does not come true: `{expression}`, but {found:?}\n{}",
                self.state()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types a text into the field that a CSS selector names; what was in it goes.
    ///
    /// # Panics
    /// When there is no such field.
    pub fn fill(&self, selector: &str, text: &str) {
        self.evaluate(&format!(
            "(() => {{ const field = document.querySelector({}); field.focus(); field.select(); }})()",
            json!(selector)
        ));
        self.call("Input.insertText", &json!({ "text": text }));
    }

    /// Clicks on what a CSS selector names.
    ///
    /// # Panics
    /// When there is no such element.
    pub fn click(&self, selector: &str) {
        self.evaluate(&format!("document.querySelector({}).click()", json!(selector)));
    }

    /// Takes a picture of a window of this size: a PNG.
    ///
    /// # Panics
    /// When there is none to take.
    pub fn screenshot(&self, width: u32, height: u32) -> Vec<u8> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        self.call("Page.bringToFront", &json!({}));
        let picture = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        let picture = picture["data"].as_str().expect("a picture is a text");
        BASE64.decode(picture.as_bytes()).expect("a picture is in base64")
    }

    /// Calls any other method of the [protocol](https://chromedevtools.github.io/devtools-protocol/).
    ///
    /// # Panics
    /// When the browser refuses.
    pub fn call(&self, method: &str, params: &Value) -> Value {
        self.try_call(method, params).unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_call(&self, method: &str, params: &Value) -> Result<Value, String> {
        let session = Some(self.session.as_str()).filter(|session| !session.is_empty());
        self.devtools().call(session, method, params)
    }

    fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let params = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
            "userGesture": true,
        });
        let mut answer = self.try_call("Runtime.evaluate", &params)?;
        match &answer["exceptionDetails"] {
            Value::Null => Ok(answer["result"]["value"].take()),
            thrown => Err(thrown["exception"]["description"].as_str().unwrap_or("it throws").to_owned()),
        }
    }

    /// What the page shows, where it is and what it has complained of.
    fn state(&self) -> String {
        let shown = self.try_evaluate("`${location.href}\n${document.title}\n\n${document.body.innerText}`");
        let shown = shown.map_or_else(|error| error, |shown| shown.as_str().unwrap_or_default().to_owned());
        format!("the page: {shown}\n\nits complaints: {:#?}", self.devtools().complaints(&self.session))
    }

    fn devtools(&self) -> MutexGuard<'_, DevTools> {
        self.devtools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.try_call("Page.close", &json!({}));
    }
}
