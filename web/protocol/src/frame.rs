//! The envelope of a message: four bytes of id, little-endian, then the message in postcard.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The id of a message that answers no question.
pub const UNASKED: u32 = 0;

/// A message in its envelope.
pub fn encode<T: Serialize>(id: u32, message: &T) -> Vec<u8> {
    postcard::to_extend(message, id.to_le_bytes().to_vec()).expect("plain values always encode")
}

/// The id and the message, or nothing if the frame is not one of ours.
pub fn decode<T: DeserializeOwned>(frame: &[u8]) -> Option<(u32, T)> {
    let (id, message) = frame.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*id), postcard::from_bytes(message).ok()?))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::Request;

    #[test]
    fn a_message_survives_its_envelope() {
        let said = Request::Type { line: "grüße".to_owned() };
        assert_eq!(decode(&encode(7, &said)), Some((7, said)));
    }

    #[test]
    fn a_cut_frame_is_no_message() {
        let frame = encode(7, &Request::Type { line: "whole".to_owned() });
        for end in 0..frame.len() {
            assert_eq!(decode::<Request>(&frame[..end]), None);
        }
    }
}
