//! The protocol of the developer tools: a call and its answer, and what the browser says in between.

use std::{net::TcpStream, time::Duration};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// The connection to a browser.
pub(crate) struct DevTools {
    socket: WebSocket<TcpStream>,
    calls: u64,
    /// What pages have complained of: the session, and the complaint.
    complaints: Vec<(String, String)>,
}

impl DevTools {
    /// Connects to `ws://127.0.0.1:41234/devtools/browser/…`.
    pub(crate) fn connect(url: &str) -> DevTools {
        let address = url.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(address).expect("the browser listens where it says");
        // A browser that hangs fails the test instead of holding it up.
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time that is not zero");
        let (socket, _) = tungstenite::client(url, stream).expect("the browser speaks WebSocket");
        DevTools { socket, calls: 0, complaints: Vec::new() }
    }

    /// Calls a method, of one page or of the browser, and waits for its result.
    pub(crate) fn call(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<Value, String> {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": params });
        if let Some(session) = session {
            call["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(call.to_string())).map_err(|error| format!("{method}: {error}"))?;
        loop {
            let mut message = self.read().map_err(|error| format!("{method}: {error}"))?;
            if message["id"] != self.calls {
                self.note(&message);
                continue;
            }
            return match &message["error"] {
                Value::Null => Ok(message["result"].take()),
                error => Err(format!("{method}: {}", error["message"].as_str().unwrap_or_default())),
            };
        }
    }

    /// What a page has complained of so far.
    pub(crate) fn complaints(&self, session: &str) -> Vec<String> {
        let of_page = self.complaints.iter().filter(|(page, _)| page == session);
        of_page.map(|(_, complaint)| complaint.clone()).collect()
    }

    fn read(&mut self) -> Result<Value, String> {
        loop {
            let message = self.socket.read().map_err(|error| error.to_string())?;
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).map_err(|error| error.to_string());
            }
        }
    }

    fn note(&mut self, event: &Value) {
        let complaint = match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => &event["params"]["exceptionDetails"],
            Some("Log.entryAdded") => &event["params"]["entry"]["text"],
            _ => return,
        };
        let session = event["sessionId"].as_str().unwrap_or_default().to_owned();
        let complaint = complaint.as_str().map_or_else(|| complaint.to_string(), str::to_owned);
        self.complaints.push((session, complaint));
    }
}
