//! Text to bytes and back: utf-8, ascii, latin-1, utf-16 and utf-32.

use super::quote;

/// The encodings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `utf-8`
    Utf8,
    /// `utf-8-sig`: with a byte order mark.
    Utf8Sig,
    /// `ascii`
    Ascii,
    /// `latin-1`
    Latin1,
    /// `utf-16`: little endian, with a byte order mark.
    Utf16,
    /// `utf-16-le`
    Utf16Le,
    /// `utf-16-be`
    Utf16Be,
    /// `utf-32-le`
    Utf32Le,
}

/// The encoding of a name, however it is spelled; `None` is CPython's `LookupError: unknown encoding: …`.
pub fn named(name: &str) -> Option<Encoding> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match plain.to_ascii_lowercase().as_str() {
        "utf8" | "u8" | "cp65001" => Encoding::Utf8,
        "utf8sig" => Encoding::Utf8Sig,
        "ascii" | "usascii" | "646" => Encoding::Ascii,
        "latin1" | "iso88591" | "l1" | "8859" | "cp819" => Encoding::Latin1,
        "utf16" | "u16" => Encoding::Utf16,
        "utf16le" => Encoding::Utf16Le,
        "utf16be" => Encoding::Utf16Be,
        "utf32le" => Encoding::Utf32Le,
        _ => return None,
    })
}

impl Encoding {
    /// The name as error messages say it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf16Le => "utf-16-le",
            Encoding::Utf16Be => "utf-16-be",
            Encoding::Utf32Le => "utf-32-le",
        }
    }
}

/// What an encoding could not do: the facts of `UnicodeEncodeError` and `UnicodeDecodeError`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The encoding's name.
    pub encoding: &'static str,
    /// The first character or byte that is wrong.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
    /// Why.
    pub reason: &'static str,
    /// The whole message.
    pub message: String,
}

/// `text.encode(encoding, errors)`; an unknown handler counts as `strict`.
pub fn encode(text: &str, encoding: Encoding, errors: &str) -> Result<Vec<u8>, Failure> {
    match encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Utf8Sig => Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Encoding::Ascii => narrow(text, 0x80, encoding, errors),
        Encoding::Latin1 => narrow(text, 0x100, encoding, errors),
        Encoding::Utf16 => Ok(std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Utf32Le => Ok(text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect()),
    }
}

fn narrow(text: &str, limit: u32, encoding: Encoding, errors: &str) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        if (c as u32) < limit {
            out.push(c as u8);
            continue;
        }
        match errors {
            "ignore" => {}
            "replace" => out.push(b'?'),
            "backslashreplace" => out.extend(quote::escape_non_ascii(&c.to_string()).bytes()),
            "xmlcharrefreplace" => out.extend(format!("&#{};", c as u32).bytes()),
            _ => return Err(cannot_encode(text, at, limit, encoding)),
        }
    }
    Ok(out)
}

fn cannot_encode(text: &str, start: usize, limit: u32, encoding: Encoding) -> Failure {
    let run: Vec<char> = text.chars().skip(start).take_while(|c| *c as u32 >= limit).collect();
    let end = start + run.len();
    let reason = if limit == 0x80 { "ordinal not in range(128)" } else { "ordinal not in range(256)" };
    let name = encoding.name();
    let message = match run[..] {
        [c] => {
            let shown = quote::ascii(&c.to_string());
            format!("'{name}' codec can't encode character {shown} in position {start}: {reason}")
        }
        _ => format!("'{name}' codec can't encode characters in position {start}-{}: {reason}", end - 1),
    };
    Failure { encoding: name, start, end, reason, message }
}

/// `bytes.decode(encoding, errors)`
pub fn decode(bytes: &[u8], encoding: Encoding, errors: &str) -> Result<String, Failure> {
    match encoding {
        Encoding::Utf8 => utf8(bytes, errors),
        Encoding::Utf8Sig => utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), errors),
        Encoding::Ascii => ascii(bytes, errors),
        Encoding::Latin1 => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
        Encoding::Utf16 => match bytes {
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, encoding, errors),
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, encoding, errors),
            _ => utf16(bytes, u16::from_le_bytes, encoding, errors),
        },
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes, encoding, errors),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes, encoding, errors),
        Encoding::Utf32Le => utf32(bytes, errors),
    }
}

fn utf8(bytes: &[u8], errors: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let error = match std::str::from_utf8(rest) {
            Ok(text) => return Ok(out + text),
            Err(error) => error,
        };
        let start = bytes.len() - rest.len() + error.valid_up_to();
        let bad = error.error_len().unwrap_or(rest.len() - error.valid_up_to());
        out.push_str(std::str::from_utf8(&rest[..error.valid_up_to()]).expect("what Rust found valid"));
        let reason = match (error.error_len(), bytes[start]) {
            (None, _) => "unexpected end of data",
            (_, 0x80..=0xc1 | 0xf5..) => "invalid start byte",
            _ => "invalid continuation byte",
        };
        replace(&bytes[start..start + bad], errors, &mut out)
            .ok_or_else(|| cannot_decode(Encoding::Utf8, bytes, start, start + bad, reason))?;
        rest = &bytes[start + bad..];
    }
}

fn ascii(bytes: &[u8], errors: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            out.push(char::from(*byte));
            continue;
        }
        replace(&[*byte], errors, &mut out)
            .ok_or_else(|| cannot_decode(Encoding::Ascii, bytes, at, at + 1, "ordinal not in range(128)"))?;
    }
    Ok(out)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: Encoding, errors: &str) -> Result<String, Failure> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        if let Ok(c) = c {
            out.push(c);
            at += c.len_utf16() * 2;
            continue;
        }
        replace(&bytes[at..at + 2], errors, &mut out)
            .ok_or_else(|| cannot_decode(encoding, bytes, at, at + 2, "illegal encoding"))?;
        at += 2;
    }
    if !odd.is_empty() {
        replace(odd, errors, &mut out)
            .ok_or_else(|| cannot_decode(encoding, bytes, bytes.len() - 1, bytes.len(), "truncated data"))?;
    }
    Ok(out)
}

fn utf32(bytes: &[u8], errors: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(bytes.len() / 4);
    for (at, chunk) in bytes.chunks(4).enumerate() {
        let c = <[u8; 4]>::try_from(chunk).ok().and_then(|unit| char::from_u32(u32::from_le_bytes(unit)));
        if let Some(c) = c {
            out.push(c);
            continue;
        }
        let (start, end) = (at * 4, at * 4 + chunk.len());
        replace(chunk, errors, &mut out)
            .ok_or_else(|| cannot_decode(Encoding::Utf32Le, bytes, start, end, "truncated data"))?;
    }
    Ok(out)
}

/// What an error handler puts in the place of bad bytes; `None` is `strict`.
fn replace(bad: &[u8], errors: &str, out: &mut String) -> Option<()> {
    match errors {
        "ignore" => {}
        "replace" => out.push('\u{fffd}'),
        "backslashreplace" => out.extend(bad.iter().map(|byte| format!("\\x{byte:02x}"))),
        _ => return None,
    }
    Some(())
}

fn cannot_decode(encoding: Encoding, bytes: &[u8], start: usize, end: usize, reason: &'static str) -> Failure {
    let name = encoding.name();
    let message = if end - start == 1 {
        format!("'{name}' codec can't decode byte 0x{:02x} in position {start}: {reason}", bytes[start])
    } else {
        format!("'{name}' codec can't decode bytes in position {start}-{}: {reason}", end - 1)
    };
    Failure { encoding: name, start, end, reason, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Encoding, errors: &str) -> String {
        decode(bytes, encoding, errors).unwrap_or_else(|failure| failure.message)
    }

    #[test]
    fn texts_travel_as_bytes() {
        assert_eq!(encode("é", Encoding::Utf8, "strict").as_deref(), Ok(&b"\xc3\xa9"[..]));
        assert_eq!(encode("é€", Encoding::Latin1, "replace").as_deref(), Ok(&b"\xe9?"[..]));
        let message = encode("aé", Encoding::Ascii, "strict").expect_err("no ascii").message;
        assert_eq!(message, "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)");
        assert_eq!(named("UTF_8"), Some(Encoding::Utf8));
        assert_eq!(named("rot13"), None);
    }

    #[test]
    fn bad_bytes_are_named_as_in_cpython() {
        let cases = [
            (
                decoded(b"a\xff", Encoding::Utf8, "strict"),
                "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
            ),
            (
                decoded(b"\xc3(", Encoding::Utf8, "strict"),
                "'utf-8' codec can't decode byte 0xc3 in position 0: invalid continuation byte",
            ),
            (
                decoded(b"\xe2\x82", Encoding::Utf8, "strict"),
                "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
            ),
            (decoded(b"a\xffb", Encoding::Utf8, "replace"), "a\u{fffd}b"),
            (decoded(b"a\xffb", Encoding::Ascii, "ignore"), "ab"),
            (decoded(b"\xe9", Encoding::Latin1, "strict"), "é"),
            (decoded(b"\xff\xfea\x00", Encoding::Utf16, "strict"), "a"),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
    }
}
