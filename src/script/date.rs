//! The date of a new revision.

use crate::{
    error::{Error, Result},
    host::Clock,
};
use std::fmt;

/// A date and time as Python's `datetime` shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Microseconds since 1970-01-01 UTC.
    pub microseconds: i64,
    /// Seconds east of UTC.
    pub offset: i32,
    /// Whether the offset is shown: it was asked for by `timezone`.
    pub aware: bool,
}

impl Date {
    /// Now: local time, or the time in `timezone`, of which only UTC and fixed offsets are known here.
    pub fn now<C: Clock + ?Sized>(clock: &C, timezone: Option<&str>) -> Result<Date> {
        let microseconds = clock.now();
        match timezone {
            None => Ok(Date { microseconds, offset: clock.utc_offset(), aware: false }),
            Some(name) => Ok(Date { microseconds, offset: fixed_offset(name)?, aware: true }),
        }
    }

    /// A token of `file_template`.
    pub fn field(&self, name: &str) -> Option<i64> {
        let (days, seconds) = self.local();
        let (year, month, day) = civil(days);
        Some(match name {
            "epoch" => self.microseconds.div_euclid(1_000_000),
            "year" => year,
            "month" => month,
            "day" => day,
            "hour" => seconds / 3600,
            "minute" => seconds / 60 % 60,
            "second" => seconds % 60,
            _ => return None,
        })
    }

    fn local(&self) -> (i64, i64) {
        let seconds = self.microseconds.div_euclid(1_000_000) + i64::from(self.offset);
        (seconds.div_euclid(86_400), seconds.rem_euclid(86_400))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = self.local();
        let (year, month, day) = civil(days);
        write!(f, "{year:04}-{month:02}-{day:02} ")?;
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        let fraction = self.microseconds.rem_euclid(1_000_000);
        if fraction != 0 {
            write!(f, ".{fraction:06}")?;
        }
        if self.aware {
            let minutes = self.offset.abs() / 60;
            let sign = if self.offset < 0 { '-' } else { '+' };
            write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)?;
        }
        Ok(())
    }
}

/// The offset of a zone that has the same one all year.
fn fixed_offset(name: &str) -> Result<i32> {
    let upper = name.to_uppercase();
    let name_known = matches!(&upper[..], "UTC" | "GMT" | "ZULU" | "UNIVERSAL" | "UCT" | "GREENWICH");
    let zone = upper.strip_prefix("ETC/").unwrap_or(&upper);
    if name_known || matches!(zone, "UTC" | "GMT" | "ZULU" | "UNIVERSAL" | "UCT" | "GREENWICH") {
        return Ok(0);
    }
    // POSIX counts hours west of Greenwich.
    if let Some(hours) = zone.strip_prefix("GMT").and_then(|it| it.parse::<i32>().ok()).filter(|it| it.abs() <= 14) {
        return Ok(-hours * 3600);
    }
    if name.contains('/') {
        return Err(Error::unsupported("Retort", format!("the time zone {name}")));
    }
    Err(Error::command(format!("Can't locate timezone: {name}")))
}

/// Year, month and day of a day counted from 1970-01-01, by Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
