//! The answers about an agent: its browser, engine, system, device and processor.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};

use super::{browser, cpu, device, device::DeviceKind, engine, os, rule::Found, scan::Scan, text::Part};

/// All that the words of an agent tell, as places in its text and names of tables.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    browser: Found,
    engine: Found,
    os: Found,
    device: device::Found,
    cpu: Option<&'static str>,
}

impl Parts {
    pub(super) fn of(agent: &str) -> Parts {
        let scan = Scan::new(agent);
        Parts {
            browser: browser::of(&scan),
            engine: engine::of(&scan),
            os: os::of(&scan),
            device: device::of(&scan),
            cpu: cpu::of(&scan),
        }
    }

    pub(super) fn browser<'a>(&'a self, agent: &'a str) -> Browser<'a> {
        Browser { name: text(self.browser.name.as_ref(), agent), version: text(self.browser.version.as_ref(), agent) }
    }

    pub(super) fn engine<'a>(&'a self, agent: &'a str) -> Engine<'a> {
        Engine { name: text(self.engine.name.as_ref(), agent), version: text(self.engine.version.as_ref(), agent) }
    }

    pub(super) fn os<'a>(&'a self, agent: &'a str) -> Os<'a> {
        Os { name: text(self.os.name.as_ref(), agent), version: text(self.os.version.as_ref(), agent) }
    }

    pub(super) fn device<'a>(&'a self, agent: &'a str) -> Device<'a> {
        let device = &self.device;
        Device {
            vendor: text(device.vendor.as_ref(), agent),
            model: text(device.model.as_ref(), agent),
            kind: device.kind,
        }
    }

    pub(super) fn cpu(&self) -> Cpu {
        Cpu { architecture: self.cpu }
    }
}

fn text<'a>(part: Option<&'a Part>, agent: &'a str) -> Option<&'a str> {
    part.map(|part| part.text(agent))
}

/// The browser.
///
/// ```
/// let agent = rutter::UserAgent::new("Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0");
/// let browser = agent.browser();
/// assert_eq!((browser.name(), browser.version(), browser.major()), (Some("Firefox"), Some("138.0"), Some("138")));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Browser<'a> {
    name: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> Browser<'a> {
    /// `Chrome`, `Mobile Safari`, `Firefox`, `Samsung Browser`, …
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// The version, as it is written.
    pub fn version(self) -> Option<&'a str> {
        self.version
    }

    /// The first number of the version.
    pub fn major(self) -> Option<&'a str> {
        self.version.map(|version| &version[browser::major(version)])
    }
}

impl Serialize for Browser<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        present(serializer, [("name", self.name), ("version", self.version), ("major", self.major())])
    }
}

/// The engine that draws the pages.
///
/// ```
/// let agent = rutter::UserAgent::new("Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0");
/// assert_eq!(agent.engine().name(), Some("Gecko"));
/// assert_eq!(agent.engine().version(), Some("138.0"));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Engine<'a> {
    name: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> Engine<'a> {
    /// `Blink`, `WebKit`, `Gecko`, …
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// The version, as it is written.
    pub fn version(self) -> Option<&'a str> {
        self.version
    }
}

impl Serialize for Engine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        present(serializer, [("name", self.name), ("version", self.version)])
    }
}

/// The operating system.
///
/// ```
/// let agent = rutter::UserAgent::new("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15");
/// assert_eq!(agent.os().name(), Some("Mac OS"));
/// assert_eq!(agent.os().version(), Some("10.15.7"));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Os<'a> {
    name: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> Os<'a> {
    /// `Windows`, `Mac OS`, `iOS`, `Android`, `Linux`, `Ubuntu`, …
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// The version under which it is known: `10` for `Windows NT 10.0`.
    pub fn version(self) -> Option<&'a str> {
        self.version
    }
}

impl Serialize for Os<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        present(serializer, [("name", self.name), ("version", self.version)])
    }
}

/// The device. Nothing is known of most computers on desks.
///
/// ```
/// let agent = rutter::UserAgent::new("Mozilla/5.0 (Linux; Android 9; SM-A505F) AppleWebKit/537.36 Mobile Safari/537.36");
/// let device = agent.device();
/// assert_eq!((device.vendor(), device.model()), (Some("Samsung"), Some("SM-A505F")));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Device<'a> {
    vendor: Option<&'a str>,
    model: Option<&'a str>,
    kind: Option<DeviceKind>,
}

impl<'a> Device<'a> {
    /// `Apple`, `Samsung`, …
    pub fn vendor(self) -> Option<&'a str> {
        self.vendor
    }

    /// The model, as it is written.
    pub fn model(self) -> Option<&'a str> {
        self.model
    }

    /// What kind of thing it is: the `type` of Next.js.
    pub fn kind(self) -> Option<DeviceKind> {
        self.kind
    }
}

impl Serialize for Device<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind.map(DeviceKind::as_str);
        present(serializer, [("vendor", self.vendor), ("model", self.model), ("type", kind)])
    }
}

/// The processor.
///
/// ```
/// let agent = rutter::UserAgent::new("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
/// assert_eq!(agent.cpu().architecture(), Some("amd64"));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cpu {
    architecture: Option<&'static str>,
}

impl Cpu {
    /// `amd64`, `ia32`, `arm`, `arm64`, …
    pub fn architecture(self) -> Option<&'static str> {
        self.architecture
    }
}

impl Serialize for Cpu {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        present(serializer, [("architecture", self.architecture)])
    }
}

impl Serialize for DeviceKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What is absent is left out, as JSON leaves out what is undefined.
fn present<S: Serializer, const N: usize>(
    serializer: S,
    fields: [(&'static str, Option<&str>); N],
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(fields.iter().filter(|(_, value)| value.is_some()).count()))?;
    for (name, value) in fields {
        if let Some(value) = value {
            map.serialize_entry(name, value)?;
        }
    }
    map.end()
}

/// The whole answer, in the order of Next.js.
pub(super) fn answer<S: Serializer>(agent: &super::UserAgent, serializer: S) -> Result<S::Ok, S::Error> {
    let mut answer = serializer.serialize_struct("UserAgent", 7)?;
    answer.serialize_field("ua", agent.text())?;
    answer.serialize_field("browser", &agent.browser())?;
    answer.serialize_field("engine", &agent.engine())?;
    answer.serialize_field("os", &agent.os())?;
    answer.serialize_field("device", &agent.device())?;
    answer.serialize_field("cpu", &agent.cpu())?;
    answer.serialize_field("isBot", &agent.is_bot())?;
    answer.end()
}
