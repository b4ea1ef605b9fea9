//! SQLAlchemy's database URLs, as far as one must look into them to open something.

/// The parts of `dialect+driver://user:password@host:port/database?name=value`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Url {
    /// The database's kind: "sqlite", "postgresql".
    pub dialect: String,
    /// Who speaks to it, where said: "aiosqlite".
    pub driver: Option<String>,
    /// The user.
    pub user: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// The host.
    pub host: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// The database; for SQLite the file.
    pub database: Option<String>,
    /// The options.
    pub query: Vec<(String, String)>,
}

/// Where a SQLite database lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sqlite {
    /// In memory, gone with its connection.
    Memory,
    /// In a file; a relative path starts at the working directory.
    File(String),
    /// At an address of SQLite's own: `file:…?mode=ro`.
    Address(String),
}

impl Url {
    /// Reads a URL; `None` where it is none. Unlike SQLAlchemy's message, what to say about it is the caller's.
    pub fn parse(text: &str) -> Option<Url> {
        let (scheme, rest) = text.split_once("://")?;
        let (dialect, driver) = match scheme.split_once('+') {
            Some((dialect, driver)) => (dialect, Some(driver.to_string())),
            None => (scheme, None),
        };
        let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !word(dialect) || driver.as_deref().is_some_and(|driver| !word(driver)) {
            return None;
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = match rest.split_once('/') {
            Some((authority, database)) => (authority, Some(database)),
            None => (rest, None),
        };
        let mut url = Url { dialect: dialect.into(), driver, ..Url::default() };
        url.take_authority(authority)?;
        url.database = database.filter(|it| !it.is_empty()).map(str::to_string);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        url.query = pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(a, b)| (decoded(a), decoded(b)))
            .collect();
        Some(url)
    }

    fn take_authority(&mut self, authority: &str) -> Option<()> {
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        if let Some(user) = user {
            let (name, password) = user.split_once(':').map_or((user, None), |(name, password)| (name, Some(password)));
            self.user = Some(decoded(name));
            self.password = password.map(decoded);
        }
        let (host, port) = match host.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (host, None),
        };
        self.host = Some(host.trim_matches(['[', ']']).to_string()).filter(|it| !it.is_empty());
        self.port = port;
        Some(())
    }

    /// Where the SQLite database lies that this URL names, as SQLAlchemy's pysqlite dialect reads it.
    pub fn sqlite(&self) -> Sqlite {
        let is_address =
            self.query.iter().any(|(name, value)| name == "uri" && matches!(value.as_str(), "true" | "1" | "on"));
        match self.database.as_deref() {
            None | Some("" | ":memory:") => Sqlite::Memory,
            Some(path) if is_address || path.starts_with("file:") => Sqlite::Address(self.address(path)),
            Some(path) => Sqlite::File(path.into()),
        }
    }

    fn address(&self, path: &str) -> String {
        let options =
            self.query.iter().filter(|(name, _)| name != "uri").map(|(name, value)| format!("{name}={value}"));
        let options: Vec<String> = options.collect();
        if options.is_empty() { path.into() } else { format!("{path}?{}", options.join("&")) }
    }
}

/// `%40` and the like.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Sqlite) {
        assert_eq!(Url::parse(url).map(|url| url.sqlite()), Some(expected), "{url}");
    }

    #[test]
    fn sqlite_urls_name_files_or_memory() {
        check("sqlite://", Sqlite::Memory);
        check("sqlite:///:memory:", Sqlite::Memory);
        check("sqlite:///./database.db", Sqlite::File("./database.db".into()));
        check("sqlite+aiosqlite:////srv/a.db", Sqlite::File("/srv/a.db".into()));
        check("sqlite:///file:a.db?mode=ro&uri=true", Sqlite::Address("file:a.db?mode=ro".into()));
    }

    #[test]
    fn the_parts_of_a_servers_url_are_told_apart() {
        let url = Url::parse("postgresql+psycopg2://postgres:p%40ss@localhost:5433/shop?sslmode=off").expect("a URL");
        assert_eq!((url.dialect.as_str(), url.driver.as_deref()), ("postgresql", Some("psycopg2")));
        assert_eq!((url.user.as_deref(), url.password.as_deref()), (Some("postgres"), Some("p@ss")));
        assert_eq!(
            (url.host.as_deref(), url.port, url.database.as_deref()),
            (Some("localhost"), Some(5433), Some("shop"))
        );
        assert_eq!(Url::parse("\"sqlite:///./database.db\""), None);
        assert_eq!(Url::parse("driver"), None);
    }
}
