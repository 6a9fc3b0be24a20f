//! The commands of the README answer what it says, and the end of the program waits for the work.

#![cfg(unix)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use readme_test::Readme;

#[test]
fn the_readme_is_true() {
    Readme::new(env!("CARGO_MANIFEST_DIR"), env!("CARGO_BIN_EXE_example-after")).ends_on_sigterm().check(7);
}

#[test]
fn an_order_is_packed_before_the_program_ends() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_example-after"));
    let mut program = program.env("ADDR", "127.0.0.1:0").stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut output = BufReader::new(program.stdout.take().expect("its output is piped")).lines().map_while(Result::ok);
    let address = output.find_map(|line| line.strip_prefix("listening on http://").map(str::to_owned));
    let mut client = TcpStream::connect(address.expect("an address")).expect("it listens");
    client
        .write_all(b"POST /orders HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 4\r\n\r\nrope")
        .expect("the order can be sent");
    client.read_to_end(&mut Vec::new()).expect("it is confirmed");
    let asked = Command::new("kill").args(["-TERM", &program.id().to_string()]).status();
    assert!(asked.is_ok_and(|status| status.success()), "the program still runs");
    assert_eq!(output.collect::<Vec<_>>(), ["ordered rope", "packed rope", "mailed about rope"]);
    assert!(program.wait().expect("it is our child").success());
}
