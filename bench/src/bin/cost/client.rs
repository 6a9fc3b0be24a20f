//! One keep-alive connection to a server: a request goes out, its whole answer comes in.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A keep-alive connection.
#[derive(Debug)]
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// What a server answered.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    /// The other lines of the head in their order, without what hyper adds itself; seconds of caching are a `#`.
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Answer {
    fn push(&mut self, name: &str, value: &str) {
        self.headers.extend([name, ": ", value, "\n"]);
    }
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends `request` as it is and waits for the answer.
    pub(crate) fn send(&mut self, request: &str) -> io::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

/// Reads up to the end of the body, whose length must be in the head: that of a small answer always is.
fn read_answer(stream: &mut impl BufRead) -> io::Result<Answer> {
    let mut answer = Answer { status: read_status(&read_line(stream)?)?, ..Answer::default() };
    let mut length = None;
    loop {
        let line = read_line(stream)?;
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(malformed(&line));
        };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        match name.as_str() {
            "content-length" => length = value.parse().ok(),
            "date" => {}
            "age" | "cache-status" => answer.push(&name, &without_numbers(value)),
            _ => answer.push(&name, value),
        }
        if name == "content-type" {
            value.clone_into(&mut answer.content_type);
        }
    }
    let length = length.ok_or_else(|| malformed("no content-length"))?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok(answer)
}

fn read_line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection"));
    }
    Ok(line.trim_end().to_owned())
}

fn read_status(line: &str) -> io::Result<u16> {
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| malformed(line))
}

/// Every number as a `#`.
fn without_numbers(value: &str) -> String {
    let mut text = String::new();
    for character in value.chars() {
        match character {
            '0'..='9' if text.ends_with('#') => {}
            '0'..='9' => text.push('#'),
            other => text.push(other),
        }
    }
    text
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not an answer this client reads: {what}"))
}

/// Under callgrind a request takes a millisecond; after this long there is no answer to come.
const PATIENCE: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_with_its_body() {
        let mut stream = concat!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nage: 10\r\ncontent-length: 5\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        )
        .as_bytes();
        let first = Answer {
            status: 200,
            content_type: "text/plain".to_owned(),
            headers: "content-type: text/plain\nage: #\n".to_owned(),
            body: "hello".to_owned(),
        };
        let second = Answer { status: 404, ..Answer::default() };
        assert_eq!(read_answer(&mut stream).unwrap(), first);
        assert_eq!(read_answer(&mut stream).unwrap(), second);
        assert_eq!(read_answer(&mut stream).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
