//! What carries the protocol's bytes.

use bytes::BytesMut;
use std::io;

/// What came of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Some bytes.
    Bytes,
    /// Nothing for a while: time to look whether somebody wants to stop.
    Nothing,
    /// The other side is gone.
    Closed,
}

/// Bytes to a server and back.
pub trait Wire {
    /// Sends everything.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Waits a moment for bytes and appends them.
    fn receive(&mut self, into: &mut BytesMut) -> io::Result<Received>;
    /// Asks the server, on a way of its own, to cancel what the session with this key runs.
    fn cancel(&mut self, key: (i32, i32)) -> io::Result<()>;
}
