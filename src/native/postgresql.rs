//! TCP and Unix sockets, with TLS where it is asked for.

mod certificates;

use bytes::BytesMut;
use postgres_protocol::message::frontend;
use retort::database::guard::Guard;
use retort::database::postgresql::{Address, Postgresql, Received, Tls, Wire};
use retort::error::DatabaseError;
use rustls::{ClientConnection, StreamOwned};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// How long a read waits before somebody looks whether to stop.
const MOMENT: Duration = Duration::from_millis(100);
/// How long to wait for a server that does not answer at all, unless said.
const PATIENCE: Duration = Duration::from_mins(1);

/// A session with the server at an address.
pub(super) fn connect(address: &Address, guard: &Guard) -> Result<Postgresql, DatabaseError> {
    let refused = |error: io::Error| address.unreachable(&reason(address, &error));
    let socket = Socket { stream: open(address).map_err(refused)?, address: address.clone() };
    Postgresql::over(Box::new(socket), address, guard)
}

/// A connection of the operating system, and how another is made to cancel.
struct Socket {
    stream: Box<dyn Stream>,
    address: Address,
}

trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

impl Wire for Socket {
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    fn receive(&mut self, into: &mut BytesMut) -> io::Result<Received> {
        let mut buffer = [0; 16 << 10];
        match self.stream.read(&mut buffer) {
            Ok(0) => Ok(Received::Closed),
            Ok(count) => {
                into.extend_from_slice(&buffer[..count]);
                Ok(Received::Bytes)
            }
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => Ok(Received::Nothing),
                ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe => Ok(Received::Closed),
                _ => Err(error),
            },
        }
    }

    fn cancel(&mut self, (process, secret): (i32, i32)) -> io::Result<()> {
        let mut request = BytesMut::new();
        frontend::cancel_request(process, secret, &mut request);
        open(&self.address)?.write_all(&request)
    }
}

fn open(address: &Address) -> io::Result<Box<dyn Stream>> {
    #[cfg(unix)]
    if address.socket_folder().is_some() {
        let stream = UnixStream::connect(address.socket())?;
        stream.set_read_timeout(Some(MOMENT))?;
        return Ok(Box::new(stream));
    }
    let stream = dial(address)?;
    stream.set_nodelay(true)?;
    let encrypted = address.tls != Tls::Disabled && offers_tls(&stream)?;
    stream.set_read_timeout(Some(MOMENT))?;
    match (encrypted, address.tls) {
        (true, _) => Ok(Box::new(encrypt(address, stream)?)),
        (false, Tls::Disabled | Tls::Preferred) => Ok(Box::new(stream)),
        (false, _) => Err(io::Error::other("server does not support SSL, but SSL was required")),
    }
}

/// The first of the host's addresses that answers.
fn dial(address: &Address) -> io::Result<TcpStream> {
    let timeout = address.timeout.filter(|seconds| *seconds > 0).map_or(PATIENCE, Duration::from_secs);
    let mut last = io::Error::new(ErrorKind::NotFound, "could not translate host name to address");
    for candidate in (address.host.as_str(), address.port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&candidate, timeout) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Asks whether the server speaks TLS; it answers with one letter.
fn offers_tls(mut stream: &TcpStream) -> io::Result<bool> {
    let mut request = BytesMut::new();
    frontend::ssl_request(&mut request);
    stream.write_all(&request)?;
    let mut letter = [0];
    stream.read_exact(&mut letter)?;
    Ok(letter == *b"S")
}

fn encrypt(address: &Address, stream: TcpStream) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let name = rustls::pki_types::ServerName::try_from(address.host.clone()).map_err(io::Error::other)?;
    let config = certificates::configuration(address)?;
    let session = ClientConnection::new(config, name).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(session, stream);
    // The greeting is exchanged now, so that a certificate that is refused is said as such.
    while stream.conn.is_handshaking() {
        match stream.conn.complete_io(&mut stream.sock) {
            Err(error) if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => return Err(error),
            _ => {}
        }
    }
    Ok(stream)
}

/// The operating system's reason, with libpq's question.
fn reason(address: &Address, error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let listening = match address.socket_folder() {
        Some(_) => "\n\tIs the server running locally and accepting connections on that socket?",
        None => "\n\tIs the server running on that host and accepting TCP/IP connections?",
    };
    let is_there = !matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::NotFound | ErrorKind::TimedOut);
    if is_there { text.into() } else { format!("{text}{listening}") }
}
