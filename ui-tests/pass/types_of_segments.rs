//! Every type that a segment, a catch-all and an optional catch-all are read as, and their links.

use core::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::{NonZeroI8, NonZeroU64},
};
use std::{borrow::Cow, sync::Arc};

use rutter::{Segments, route};

macro_rules! one {
    ($($name:ident: $ty:ty = $value:expr => $link:literal;)*) => {
        $(
            #[route(GET, "/one/[value]", register = false)]
            async fn $name(value: $ty) -> String {
                value.to_string()
            }
        )*
        fn one() {
            $(
                assert_eq!($name::path($value), concat!("/one/", $link));
                assert!(rutter::routes![$name].build().is_ok());
            )*
        }
    };
}

one! {
    string: String = "a b" => "a%20b";
    text: &str = "a/b" => "a%2Fb";
    cow: Cow<'_, str> = "é" => "%C3%A9";
    boxed: Box<str> = Box::from("a") => "a";
    shared: Arc<str> = Arc::from("a") => "a";
    boolean: bool = true => "true";
    character: char = 'x' => "x";
    u8_: u8 = 1 => "1";
    u16_: u16 = 1 => "1";
    u32_: u32 = &1 => "1";
    u64_: u64 = 1 => "1";
    u128_: u128 = 1 => "1";
    usize_: usize = 1 => "1";
    i8_: i8 = -1 => "-1";
    i16_: i16 = 1 => "1";
    i32_: i32 = 1 => "1";
    i64_: i64 = 1 => "1";
    i128_: i128 = 1 => "1";
    isize_: isize = 1 => "1";
    f32_: f32 = 1.5 => "1.5";
    f64_: f64 = 1.5 => "1.5";
    non_zero: NonZeroU64 = NonZeroU64::MIN => "1";
    non_zero_signed: NonZeroI8 = NonZeroI8::MIN => "-128";
    ip: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST) => "127.0.0.1";
    ipv4: Ipv4Addr = Ipv4Addr::LOCALHOST => "127.0.0.1";
    ipv6: Ipv6Addr = Ipv6Addr::LOCALHOST => "%3A%3A1";
}

macro_rules! many {
    ($($name:ident: $ty:ty;)*) => {
        $(
            #[route(GET, "/many/[...values]", register = false)]
            async fn $name(values: $ty) -> String {
                values.into_iter().map(|value| value.to_string()).collect()
            }
        )*
        fn many() {
            $(
                assert_eq!($name::path(["a", "b c"]), "/many/a/b%20c");
                assert_eq!($name::path(&vec![1, 2]), "/many/1/2");
                assert!(rutter::routes![$name].build().is_ok());
            )*
        }
    };
}

many! {
    strings: Vec<String>;
    numbers: Vec<u64>;
    cows: Vec<Cow<'_, str>>;
    lazy: Segments<'_>;
}

macro_rules! optional {
    ($($name:ident: $ty:ty;)*) => {
        $(
            #[route(GET, "/optional/[[...values]]", register = false)]
            async fn $name(values: $ty) -> String {
                values.into_iter().count().to_string()
            }
        )*
        fn optional() {
            $(
                assert_eq!($name::path(["a", "b"]), "/optional/a/b");
                assert_eq!($name::path(None), "/optional");
                assert!(rutter::routes![$name].build().is_ok());
            )*
        }
    };
}

optional! {
    maybe_strings: Option<Vec<String>>;
    maybe_numbers: Option<Vec<u64>>;
    maybe_lazy: Option<Segments<'_>>;
    always_lazy: Segments<'_>;
}

fn main() {
    one();
    many();
    optional();
}
