//! A server between a program and a store, which passes on each request, or does what goes wrong on a network.
//!
//! Input: the address of the store, and what becomes of the n-th request. Output: what was asked, in its order. Not here: what a test wants
//! to see.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is passed on.
    None,
    /// The connection ends before the store hears of it.
    CutBefore,
    /// The connection ends after the store did what was asked, before the answer.
    CutAfter,
    /// It is answered with this number and this code, and the store does not hear of it.
    Answer(u16, &'static str),
    /// It is passed on after this while.
    Slow(Duration),
}

/// A request: what it asks for, at which path of the store, and all its headers in one text.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: String,
}

/// Such a server; it listens until the tests end.
pub struct Between {
    /// Its address.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Between {
    /// One before the `store`. `fault` is asked with the number of the request, from 1, and the request.
    pub fn start(store: &str, fault: impl Fn(usize, &Asked) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        let store = store.trim_start_matches("http://").to_owned();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (all, fault) = (Arc::clone(&asked), Arc::new(fault));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (store, all, fault) = (store.clone(), Arc::clone(&all), Arc::clone(&fault));
                // A connection that breaks is what these tests are about.
                std::thread::spawn(move || pass_on(stream, &store, &all, &*fault).unwrap_or_default());
            }
        });
        Self { url, asked }
    }

    /// What was asked since this was asked last.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().expect("no test fails while it holds this"))
    }
}

/// One request of one connection, which ends with it.
fn pass_on(
    stream: TcpStream,
    store: &str,
    all: &Mutex<Vec<Asked>>,
    fault: &dyn Fn(usize, &Asked) -> Fault,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let lower = head.to_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let asked = Asked { method: method.into(), path: path.into(), headers: lower };
    let number = {
        let mut all = all.lock().expect("no test fails while it holds this");
        all.push(asked.clone());
        all.len()
    };
    let fault = fault(number, &asked);
    match fault {
        Fault::CutBefore => return Ok(()),
        Fault::Answer(status, code) => {
            let xml = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>So it is.</Message></Error>");
            let length = if asked.method == "HEAD" { 0 } else { xml.len() };
            let xml = &xml[..length];
            return write!(
                &stream,
                "HTTP/1.1 {status} No\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{xml}"
            );
        }
        Fault::Slow(time) => std::thread::sleep(time),
        Fault::None | Fault::CutAfter => {}
    }
    let mut own = TcpStream::connect(store)?;
    let (first, rest) = head.split_once("\r\n").unwrap_or_default();
    let rest: String = rest
        .lines()
        .filter(|line| !line.to_lowercase().starts_with("connection:"))
        .map(|line| format!("{line}\r\n"))
        .collect();
    own.write_all(format!("{first}\r\nConnection: close\r\n{rest}").as_bytes())?;
    own.write_all(&body)?;
    let mut answer = Vec::new();
    own.read_to_end(&mut answer)?;
    if fault == Fault::CutAfter { Ok(()) } else { (&stream).write_all(&answer) }
}
