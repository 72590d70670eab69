//! Sockets on this computer alone, and the limits within which they are served.
//!
//! Input: a port and the previews, one after the other. Output: responses. Not here: what they say (`answer.rs`), and who
//! may ask (`request.rs`). A request reaches the disk only through the path of a file that a route copies, and what is
//! read is sent only if it is, byte for byte, what the site was made with.

use std::convert::Infallible;
use std::io::{self, ErrorKind, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Zoned;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, oneshot, watch};
use tokio_io_timeout::TimeoutStream;
use xxhash_rust::xxh3::xxh3_128;

use super::answer::{Answer, File, answer, failed, refused};
use super::preview::Preview;
use super::request::{PreviewRequest, parse};
use crate::platform::{Links, open_file};

/// How many ports are tried, one after the other.
const PORTS: u16 = 50;
/// The longest head of a request, in bytes.
const HEAD: usize = 16 * 1024;

/// How much one client may ask of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many connections there may be at a time; a browser opens six.
    pub connections: usize,
    /// How long a client may take for the head of a request, and for the next one on the same connection.
    pub head: Duration,
    /// How long a client may take nothing in of what it has asked for.
    pub stalled: Duration,
    /// How long a page waits for a change before it asks again.
    pub change: Duration,
    /// How many files are read from the disk at a time, each of them whole.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            head: Duration::from_secs(10),
            stalled: Duration::from_secs(30),
            change: Duration::from_secs(25),
            files: 4,
        }
    }
}

/// Sockets that wait for connections from this computer, and what waits for them.
pub struct Sockets {
    /// The port of all sockets.
    pub port: u16,
    listeners: Vec<TcpListener>,
    runtime: Runtime,
}

/// Opens sockets at `port` of 127.0.0.1 and ::1, or at one of the next ports if somebody else has it: a browser
/// takes either for `localhost`, so both must be ours. A computer without one of the two gets along with the other.
///
/// # Errors
/// What the system said of the last port that was tried.
pub fn open(port: u16) -> io::Result<Sockets> {
    let mut tried = Err(ErrorKind::AddrInUse.into());
    for offset in 0..PORTS {
        // Port 0 means any that is free.
        let candidate = if port == 0 { Some(0) } else { port.checked_add(offset) };
        let Some(candidate) = candidate else { break };
        tried = open_both(candidate);
        match &tried {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            _ => break,
        }
    }
    tried
}

fn open_both(port: u16) -> io::Result<Sockets> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let here = runtime.enter();
    let four = listen(Ipv4Addr::LOCALHOST.into(), port);
    let port = four.as_ref().map_or(port, |(_, port)| *port);
    let six = listen(Ipv6Addr::LOCALHOST.into(), port);
    let listeners: Vec<(TcpListener, u16)> = match (four, six) {
        (Err(error), _) | (_, Err(error)) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        (Err(error), Err(_)) => return Err(error),
        (four, six) => [four, six].into_iter().flatten().collect(),
    };
    drop(here);
    let port = listeners.first().map_or(port, |(_, port)| *port);
    Ok(Sockets { port, listeners: listeners.into_iter().map(|(listener, _)| listener).collect(), runtime })
}

fn listen(address: IpAddr, port: u16) -> io::Result<(TcpListener, u16)> {
    let listener = std::net::TcpListener::bind((address, port))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((TcpListener::from_std(listener)?, port))
}

/// Answers requests until `stop` comes, or whoever would send it is gone.
pub fn run(
    sockets: Sockets,
    previews: watch::Receiver<Arc<Preview>>,
    root: PathBuf,
    limits: Limits,
    stop: oneshot::Receiver<()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let context = Arc::new(Context { previews, root, limits, places, files: Semaphore::new(limits.files) });
    sockets.runtime.block_on(async move {
        for listener in sockets.listeners {
            tokio::spawn(accept(listener, context.clone()));
        }
        // Either answer means the end.
        let _ = stop.await;
    });
}

/// What every connection needs.
struct Context {
    previews: watch::Receiver<Arc<Preview>>,
    root: PathBuf,
    limits: Limits,
    places: Arc<Semaphore>,
    files: Semaphore,
}

async fn accept(listener: TcpListener, context: Arc<Context>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open on this machine; connections that end make room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Whoever comes when all places are taken is sent away, so that a crowd does not wait in front of the door
        // when there is room again.
        if let Ok(place) = context.places.clone().try_acquire_owned() {
            let context = context.clone();
            tokio::spawn(async move {
                serve_connection(stream, context).await;
                drop(place);
            });
        }
    }
}

async fn serve_connection(stream: TcpStream, context: Arc<Context>) {
    let limits = context.limits;
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stalled));
    let service = service_fn(move |request| {
        let context = context.clone();
        async move { Ok::<_, Infallible>(context.respond(&request).await.map(Full::new)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    // A client that goes away or breaks the rules is not our problem.
    let _ = connection.await;
}

impl Context {
    async fn respond(&self, request: &Request<Incoming>) -> Response<Bytes> {
        let request = match parse(request) {
            Ok(request) => request,
            Err(refusal) => return refused(refusal),
        };
        let mut previews = self.previews.clone();
        if let PreviewRequest::Change(seen) = &request {
            let changed = previews.wait_for(|preview| preview.generation != seen.generation);
            // Both outcomes are told by the number that is sent.
            let _ = tokio::time::timeout(self.limits.change, changed).await;
        }
        let preview = previews.borrow().clone();
        // A page is made now, which may take a while.
        let answered = tokio::task::spawn_blocking(move || answer(&preview, &request, &Zoned::now())).await;
        match answered {
            Ok(Answer::Ready(response)) => response,
            Ok(Answer::File(file)) => self.file(file).await,
            Err(_) => failed(),
        }
    }

    async fn file(&self, file: File) -> Response<Bytes> {
        // The semaphore is never closed; if it were, the file would only be read beside more others.
        let _turn = self.files.acquire().await.ok();
        let path = self.root.join(file.from.as_ref());
        let (length, hash) = (file.length, file.hash);
        let read = tokio::task::spawn_blocking(move || read(&path, length, hash)).await;
        file.answer(read.ok().and_then(Result::ok))
    }
}

/// The bytes of a file, if they are still those that the build has seen. That also refuses a link which has taken the
/// file's place since, and leads to something else.
fn read(path: &Path, length: u64, hash: u128) -> io::Result<Vec<u8>> {
    let file = open_file(path, Links::Follow)?.ok_or(ErrorKind::InvalidInput)?;
    let mut bytes = Vec::new();
    file.take(length.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length || xxh3_128(&bytes) != hash {
        return Err(ErrorKind::InvalidData.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_leads_to_the_next() {
        let first = open(0).expect("a port is free");
        let second = open(first.port).expect("one of the next is free");
        assert!(second.port > first.port, "{} and {}", first.port, second.port);
        assert!(second.port - first.port < PORTS);
    }

    #[test]
    fn both_names_of_this_computer_must_be_ours() {
        // Somebody else has the port on one of the two.
        let Ok(other) = std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
        let taken = other.local_addr().expect("it is bound").port();
        assert_ne!(open(taken).expect("one of the next is free").port, taken);
    }

    #[test]
    fn only_this_computer_can_connect() {
        let sockets = open(0).expect("a port is free");
        for listener in &sockets.listeners {
            let address = listener.local_addr().expect("it is bound");
            assert!(address.ip().is_loopback() && address.port() == sockets.port, "{address}");
        }
    }

    #[test]
    fn a_file_is_read_only_if_it_is_the_one_that_was_seen() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("plan.pdf");
        std::fs::write(&path, "plan").expect("a file for the test");
        let hash = xxh3_128(b"plan");
        assert_eq!(read(&path, 4, hash).expect("it is the same"), b"plan");
        assert!(read(&path, 3, hash).is_err() && read(&path, 5, hash).is_err() && read(&path, 4, hash + 1).is_err());
        assert!(read(folder.path(), 4, hash).is_err(), "a folder");
        std::fs::write(&path, "mine").expect("a file for the test");
        assert!(read(&path, 4, hash).is_err(), "changed");
        std::fs::remove_file(&path).expect("a file can be deleted");
        assert!(read(&path, 4, hash).is_err(), "gone");
    }
}
