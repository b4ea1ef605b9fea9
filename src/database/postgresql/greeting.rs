//! The first words: who we are, the password, and the server's answer. A page's own server asks for none: what that takes
//! is left out there.

use super::{Answer, Postgresql, address::Address, failure, status, written};
use bytes::BytesMut;
#[cfg(not(target_family = "wasm"))]
use fallible_iterator::FallibleIterator;
#[cfg(not(target_family = "wasm"))]
use postgres_protocol::authentication::{
    md5_hash,
    sasl::{ChannelBinding, SCRAM_SHA_256, ScramSha256},
};
#[cfg(not(target_family = "wasm"))]
use postgres_protocol::message::backend::AuthenticationSaslBody;
use postgres_protocol::message::backend::{Message, ParameterStatusBody};
use postgres_protocol::message::frontend;

impl Postgresql {
    /// Introduces the user, answers for the password, and waits until the server is ready.
    pub(super) fn greet(&mut self, address: &Address) -> Answer<()> {
        let mut hello = BytesMut::new();
        written(frontend::startup_message(address.introduction(), &mut hello))?;
        self.send(&hello)?;
        loop {
            match self.next()? {
                Message::AuthenticationOk => {}
                Message::AuthenticationCleartextPassword => self.answer(address.required_password()?.as_bytes())?,
                #[cfg(not(target_family = "wasm"))]
                Message::AuthenticationMd5Password(it) => {
                    let password = address.required_password()?;
                    let hash = md5_hash(address.user.as_bytes(), password.as_bytes(), it.salt());
                    self.answer(hash.as_bytes())?;
                }
                #[cfg(not(target_family = "wasm"))]
                Message::AuthenticationSasl(it) => self.scram(&it, address.required_password()?)?,
                Message::BackendKeyData(it) => self.key = (it.process_id(), it.secret_key()),
                Message::ErrorResponse(it) => return Err(address.refused(&failure::said(&it, None))),
                Message::ReadyForQuery(it) => {
                    self.status = status(it.status());
                    return Ok(());
                }
                _ => {
                    return Err(
                        address.refused(&failure::refused("the server asks for a way to log in that is not supported"))
                    );
                }
            }
        }
    }

    fn answer(&mut self, password: &[u8]) -> Answer<()> {
        let mut message = BytesMut::new();
        written(frontend::password_message(password, &mut message))?;
        self.send(&message)
    }

    #[cfg(not(target_family = "wasm"))]
    /// SCRAM-SHA-256, RFC 7677: neither side ever sends the password.
    fn scram(&mut self, body: &AuthenticationSaslBody, password: &str) -> Answer<()> {
        let offered = body.mechanisms().any(|name| Ok(name == SCRAM_SHA_256));
        if !offered.map_err(|error| failure::lost(&error))? {
            return Err(failure::refused("the server offers no way to log in that is supported (SCRAM-SHA-256)"));
        }
        let mut scram = ScramSha256::new(password.as_bytes(), ChannelBinding::unsupported());
        let mut message = BytesMut::new();
        written(frontend::sasl_initial_response(SCRAM_SHA_256, scram.message(), &mut message))?;
        self.send(&message)?;
        let challenge = match self.next()? {
            Message::AuthenticationSaslContinue(it) => it,
            Message::ErrorResponse(it) => return Err(failure::said(&it, None)),
            _ => return Err(failure::out_of_turn()),
        };
        scram.update(challenge.data()).map_err(|error| failure::lost(&error))?;
        let mut message = BytesMut::new();
        written(frontend::sasl_response(scram.message(), &mut message))?;
        self.send(&message)?;
        match self.next()? {
            Message::AuthenticationSaslFinal(it) => scram.finish(it.data()).map_err(|error| failure::lost(&error)),
            Message::ErrorResponse(it) => Err(failure::said(&it, None)),
            _ => Err(failure::out_of_turn()),
        }
    }

    pub(super) fn parameter_changed(&mut self, body: &ParameterStatusBody) {
        if body.name().ok() == Some("server_version") {
            let version = body.value().unwrap_or_default().split(' ').next().unwrap_or_default();
            self.version = version.split('.').map_while(|part| part.parse().ok()).collect();
        }
    }
}
