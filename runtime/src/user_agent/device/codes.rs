//! Models of Android that are codes, by the shape that each maker gives them.

use super::{DeviceKind, Found, model};
use crate::user_agent::{scan::Scan, text::Part};

/// The maker whose shape the model has.
pub(super) fn of(scan: &Scan<'_>) -> Option<Found> {
    let place = model::place(scan)?;
    let whole = &scan.text[place.clone()];
    // `SAMSUNG SCG01`, `HUAWEI LUA-L03`: the code is the last word.
    let code = whole.rsplit_once(' ').map_or(whole, |(_, last)| last);
    let start = place.end - code.len();
    let (_, vendor, kind) = SHAPES.iter().find(|(shapes, _, _)| fits_any(shapes, code))?;
    Some(Found {
        vendor: Some(Part::Is(vendor)),
        model: Some(Part::exact(start..start + code.len())),
        kind: Some(*kind),
    })
}

/// In a shape `A` is a letter, `9` a digit, `x` either, `?` the same or nothing, `*` whatever follows.
const SHAPES: &[(&str, &str, DeviceKind)] = &[
    (
        "AGS-x99 AGS9-x99 AGR-x99 BAH-x99 BAH9-x99 BTV-x99 SHT-xx99 SHT-x99 KOB-x99 MED-x99? SCM-x99 MRX-x99",
        HUAWEI,
        TABLET,
    ),
    (
        "AAA-AL99* AAA-TL99* AAA-UL99* AAA-AN99* AAA-TN99* AAA-L99* AAA-L9A AAA-LX9* AAA-N99* AAA-NX9* AAA-AL9x* AAA-TL9x*",
        HUAWEI,
        PHONE,
    ),
    ("AAAA-AL99* AAAA-L99* AAAA-LX9* AAAA-N99* AAAA-NX9* AAA9-L99* AAA-Lx9*", HUAWEI, PHONE),
    ("CPH9999 PAAA99 PAA999 X9007 A101OP", "OPPO", PHONE),
    ("RMX9999", "Realme", PHONE),
    ("V9999A V9999T V9999AA V9999DA V9999BA V9999xA", "Vivo", PHONE),
    ("XQ-xx99 SO-99A SOV99 SOL99 SOG99 999SO A999SO C9999 D9999 E9999 F9999 G9999 H9999 I9999 J9999", "Sony", PHONE),
    ("IN20x9 KB20x9 LE21x9 HD19x9 GM19x9 BE20x9 DN21x9 EB21x9 NE22x9 A0001 A9009 A900x", "OnePlus", PHONE),
    ("KFAAWI KFAAAWI KFAA KFAAA KFAAAA AEORK AEOCH AEOCN AEOCW AEOKN", "Amazon", TABLET),
    ("SH-99A SH-A99 SH-M99 SH-Z99 SH99 SHV99 SHG99 SHL99", "Sharp", PHONE),
    ("SCG99 SCV99 SCL99 SC-99A", "Samsung", PHONE),
    ("ZA999KA ZAA999KA ZS999KS* ZE999KL* ZC999KL* ZB999KL*", "ASUS", PHONE),
    ("BBA999-9 STV999-9 STH999-9", "BlackBerry", PHONE),
    ("FP9 FP9A", "Fairphone", PHONE),
    ("P00A P01A", "ASUS", TABLET),
    ("A9-999 B9-A99 B9-999", "Acer", TABLET),
    ("VK999 LK999", "LG", TABLET),
    ("RCT9999*", "RCA", TABLET),
    ("QMV9* QTA*", "Verizon", TABLET),
    ("NXA9* NEXT9* Next9*", "NextBook", TABLET),
    ("NS-P99*", "Insignia", TABLET),
    ("TM999*", "NuVision", TABLET),
    ("ZUR999*", "Swiss", TABLET),
    ("GEN999", "Swiss", PHONE),
    ("NX999J", "ZTE", PHONE),
    ("XT9999* XT999*", "Motorola", PHONE),
    ("TA-1999", "Nokia", PHONE),
];

const HUAWEI: &str = "Huawei";
const TABLET: DeviceKind = DeviceKind::Tablet;
const PHONE: DeviceKind = DeviceKind::Mobile;

/// Whether one of the shapes fits, which spaces part.
fn fits_any(shapes: &str, code: &str) -> bool {
    shapes.split_ascii_whitespace().any(|shape| fits(shape, code))
}

fn fits(shape: &str, code: &str) -> bool {
    let code = code.as_bytes();
    for (at, expected) in shape.bytes().enumerate() {
        let optional = shape.as_bytes().get(at + 1) == Some(&b'?');
        match (expected, code.get(at)) {
            (b'*', _) => return true,
            (b'?', _) => return code.len() <= at,
            (b'9', Some(byte)) if byte.is_ascii_digit() => {}
            (b'A', Some(byte)) if byte.is_ascii_uppercase() => {}
            (b'x', Some(byte)) if byte.is_ascii_alphanumeric() => {}
            (expected, Some(byte)) if expected == *byte => {}
            (_, None) if optional => return true,
            _ => return false,
        }
    }
    code.len() == shape.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_its_shape_from_end_to_end() {
        for (shape, code, expected) in [
            ("RMX9999", "RMX2193", true),
            ("RMX9999", "RMX21933", false),
            ("RMX9999", "RMX219", false),
            ("SGP999*", "SGP521", true),
            ("SGP999*", "SGP521/A", true),
            ("XQ-xx99", "XQ-AQ52", true),
            ("A9009", "A6003", true),
        ] {
            assert_eq!(fits(shape, code), expected, "{shape} {code}");
        }
    }
}
