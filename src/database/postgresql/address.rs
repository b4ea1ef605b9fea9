//! Where a server is and who asks: a URL's parts, completed from the environment and `.pgpass` as libpq does.

use super::{Answer, failure};
use crate::database::url::Url;
use crate::error::DatabaseError;

/// What libpq's `sslmode` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Never.
    Disabled,
    /// If the server can; its certificate is not looked at.
    Preferred,
    /// Always; its certificate is not looked at.
    Required,
    /// Always, with a certificate of a known authority.
    Verified {
        /// Whether the certificate must be for this host.
        host: bool,
    },
}

/// Everything needed to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// A name or an IP address, or the folder of a Unix socket.
    pub host: String,
    /// The port; 5432 unless said.
    pub port: u16,
    /// The user.
    pub user: String,
    /// The password, where one is known.
    pub password: Option<String>,
    /// The database; the user's name unless said.
    pub database: String,
    /// Whether and how the connection is encrypted.
    pub tls: Tls,
    /// A file with the certificates of trusted authorities.
    pub root_certificate: Option<String>,
    /// How long to wait for the server, in seconds.
    pub timeout: Option<u64>,
    /// What the server is told besides: `application_name`, `options`.
    settings: Vec<(String, String)>,
}

/// The folder of the socket where Debian's server listens.
const SOCKETS: &str = "/var/run/postgresql";

impl Address {
    /// The address that a URL names. `variable` reads the environment, `passwords` the text of `.pgpass`.
    pub fn of(url: &Url, variable: &dyn Fn(&str) -> Option<String>, passwords: Option<&str>) -> Answer<Self> {
        let option =
            |name: &str| url.query.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let either = |said: Option<String>, name: &str| said.or_else(|| variable(name)).filter(|text| !text.is_empty());
        let user = either(url.user.clone().or_else(|| option("user")), "PGUSER");
        let user = user.or_else(|| variable("USER")).unwrap_or_else(|| "postgres".into());
        let port = either(url.port.map(|port| port.to_string()).or_else(|| option("port")), "PGPORT");
        let mut address = Address {
            host: either(url.host.clone().or_else(|| option("host")), "PGHOST").unwrap_or_else(|| SOCKETS.into()),
            port: parsed(port, "port")?.unwrap_or(5432),
            database: either(url.database.clone().or_else(|| option("dbname")), "PGDATABASE")
                .unwrap_or_else(|| user.clone()),
            user,
            password: either(url.password.clone().or_else(|| option("password")), "PGPASSWORD"),
            tls: tls(either(option("sslmode").or_else(|| option("ssl")), "PGSSLMODE").as_deref())?,
            root_certificate: either(option("sslrootcert"), "PGSSLROOTCERT"),
            timeout: parsed(either(option("connect_timeout"), "PGCONNECT_TIMEOUT"), "connect_timeout")?,
            settings: Vec::new(),
        };
        for (name, from) in [("application_name", "PGAPPNAME"), ("options", "PGOPTIONS")] {
            address.settings.extend(either(option(name), from).map(|value| (name.into(), value)));
        }
        if address.password.is_none() {
            address.password = passwords.and_then(|text| address.looked_up(text));
        }
        Ok(address)
    }

    /// The folder of the socket, if the host is one.
    pub fn socket_folder(&self) -> Option<&str> {
        Some(self.host.as_str()).filter(|host| host.starts_with('/'))
    }

    /// What the server is told first.
    pub(super) fn introduction(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = [
            ("user", self.user.as_str()),
            ("database", self.database.as_str()),
            ("client_encoding", "UTF8"),
            ("DateStyle", "ISO"),
        ];
        own.into_iter().chain(self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The password, or libpq's words for that there is none.
    pub(super) fn required_password(&self) -> Answer<&str> {
        let missing = || self.refused(&failure::refused("fe_sendauth: no password supplied"));
        self.password.as_deref().ok_or_else(missing)
    }

    /// Why there is no connection, in libpq's words: with the place first.
    pub(super) fn refused(&self, why: &DatabaseError) -> DatabaseError {
        let severity = if why.code.is_some() { "FATAL:  " } else { "" };
        failure::unreachable(format!("{} failed: {severity}{}", self.place(), why.message))
    }

    /// Why no connection could be made at all.
    pub fn unreachable(&self, why: &str) -> DatabaseError {
        self.refused(&failure::refused(why))
    }

    /// `connection to server at "localhost", port 5432`
    fn place(&self) -> String {
        match self.socket_folder() {
            Some(_) => format!("connection to server on socket \"{}\"", self.socket()),
            None => format!("connection to server at \"{}\", port {}", self.host, self.port),
        }
    }

    /// The socket's file.
    pub fn socket(&self) -> String {
        format!("{}/.s.PGSQL.{}", self.host, self.port)
    }

    /// The password of the first line of `.pgpass` that fits: `host:port:database:user:password`, `*` for any.
    fn looked_up(&self, text: &str) -> Option<String> {
        let host = if self.host == SOCKETS { "localhost" } else { &self.host };
        let port = self.port.to_string();
        let wanted = [host, port.as_str(), self.database.as_str(), self.user.as_str()];
        let lines = text.lines().filter(|line| !line.starts_with('#')).map(fields);
        let mut fitting = lines.filter(|fields| {
            fields.len() >= 5 && wanted.iter().zip(fields).all(|(wanted, field)| field == "*" || field == wanted)
        });
        fitting.next()?.into_iter().nth(4)
    }
}

/// A line's fields; `\:` is a colon, `\\` a backslash.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let field = fields.last_mut().expect("there is a first field");
        match c {
            '\\' => field.extend(characters.next()),
            ':' => fields.push(String::new()),
            c => field.push(c),
        }
    }
    fields
}

fn parsed<T: std::str::FromStr>(text: Option<String>, name: &str) -> Answer<Option<T>> {
    let Some(text) = text else { return Ok(None) };
    let invalid = || failure::unreachable(format!("invalid integer value \"{text}\" for connection option \"{name}\""));
    text.trim().parse().map(Some).map_err(|_| invalid())
}

/// libpq's `sslmode`, and asyncpg's `ssl`, which has the same words.
fn tls(mode: Option<&str>) -> Answer<Tls> {
    Ok(match mode {
        None | Some("prefer") => Tls::Preferred,
        Some("disable" | "allow" | "false") => Tls::Disabled,
        Some("require" | "true") => Tls::Required,
        Some("verify-ca") => Tls::Verified { host: false },
        Some("verify-full") => Tls::Verified { host: true },
        Some(other) => return Err(failure::unreachable(format!("invalid sslmode value: \"{other}\""))),
    })
}

#[cfg(test)]
mod tests {
    use super::{Address, Tls};
    use crate::database::url::Url;

    fn address(url: &str, environment: &[(&str, &str)], passwords: &str) -> Address {
        let variable =
            |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_string());
        Address::of(&Url::parse(url).expect("a URL"), &variable, Some(passwords)).expect("an address")
    }

    #[test]
    fn what_a_url_leaves_out_comes_from_the_environment() {
        let check = |url: &str, environment: &[(&str, &str)], expected: (&str, u16, &str, Option<&str>, &str)| {
            let it = address(url, environment, "");
            let found = (it.host.as_str(), it.port, it.user.as_str(), it.password.as_deref(), it.database.as_str());
            assert_eq!(found, expected, "{url}");
        };
        let full = "postgresql+psycopg2://postgres:12345@localhost/shop";
        check(full, &[("PGPORT", "5433")], ("localhost", 5433, "postgres", Some("12345"), "shop"));
        check("postgresql://", &[("USER", "ann")], ("/var/run/postgresql", 5432, "ann", None, "ann"));
        check("postgresql:///shop?host=/tmp/s&port=1", &[("PGUSER", "u")], ("/tmp/s", 1, "u", None, "shop"));
    }

    #[test]
    fn a_password_is_looked_up_by_the_first_line_that_fits() {
        let passwords = "# mine\nelsewhere:*:*:*:no\nlocalhost:5432:*:ann:a\\:b\n*:*:*:*:other";
        assert_eq!(address("postgresql://ann@localhost/shop", &[], passwords).password.as_deref(), Some("a:b"));
        assert_eq!(address("postgresql://bob@localhost/shop", &[], passwords).password.as_deref(), Some("other"));
        assert_eq!(address("postgresql://ann:own@localhost/shop", &[], passwords).password.as_deref(), Some("own"));
    }

    #[test]
    fn sslmode_has_libpqs_words() {
        let check = |mode: &str, expected: Tls| {
            assert_eq!(address(&format!("postgresql://h/d?sslmode={mode}"), &[], "").tls, expected, "{mode}");
        };
        check("disable", Tls::Disabled);
        check("require", Tls::Required);
        check("verify-full", Tls::Verified { host: true });
        let nonsense = Url::parse("postgresql://h/d?sslmode=off").expect("a URL");
        assert!(Address::of(&nonsense, &|_| None, None).is_err());
    }
}
