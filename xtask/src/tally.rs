//! Counts what passed and what failed, over runners that each say it in their own way.

use crate::Result;
use crate::process::{listen, shown};
use std::process::Command;

/// The counts of one run, and the checks that failed.
#[derive(Default)]
pub struct Tally {
    passed: usize,
    failed: usize,
    broken: Vec<String>,
}

impl Tally {
    /// A check that passes or fails as a whole: a linter, a build.
    pub fn check(&mut self, title: &str, command: Command) -> Result<()> {
        println!("\n── {title}");
        let passed = listen(command, |_| {})?;
        self.count(title, usize::from(passed), usize::from(!passed));
        Ok(())
    }

    /// A runner of tests, whose own counts are taken over. One that dies without counts has failed once.
    pub fn tests(&mut self, title: &str, command: Command) -> Result<()> {
        println!("\n── {title}");
        let (mut passed, mut failed) = (0, 0);
        let name = shown(&command);
        let succeeded = listen(command, |line| {
            if let Some((good, bad)) = counts(line) {
                passed += good;
                failed += bad;
            }
        })?;
        if !succeeded && failed == 0 {
            println!("{name} ended with an error.");
            failed = 1;
        }
        self.count(title, passed, failed);
        Ok(())
    }

    /// Takes over the result of something done in this process.
    pub fn outcome(&mut self, title: &str, outcome: &Result<()>) {
        if let Err(reason) = outcome {
            println!("{reason}");
        }
        self.count(title, usize::from(outcome.is_ok()), usize::from(outcome.is_err()));
    }

    /// Says the sum, and is an error if anything failed.
    pub fn end(self) -> Result<()> {
        for title in &self.broken {
            println!("failed: {title}");
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { Ok(()) } else { Err("Not everything passed.".to_owned()) }
    }

    fn count(&mut self, title: &str, passed: usize, failed: usize) {
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.broken.push(title.to_owned());
        }
    }
}

/// Passed and failed in one line of a runner: cargo's, Node's, or ours.
fn counts(line: &str) -> Option<(usize, usize)> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return Some((number_before(rest, " passed")?, number_before(rest, " failed")?));
    }
    if let Some(count) = line.strip_prefix("# pass ") {
        return Some((count.parse().ok()?, 0));
    }
    if let Some(count) = line.strip_prefix("# fail ") {
        return Some((0, count.parse().ok()?));
    }
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some((passed.parse().ok()?, failed.parse().ok()?))
}

fn number_before(text: &str, word: &str) -> Option<usize> {
    text.split(word).next()?.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn every_runner_says_its_counts_in_its_own_way() {
        let cargo = "test result: ok. 12 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counts(cargo), Some((12, 1)));
        assert_eq!(counts("# pass 7"), Some((7, 0)));
        assert_eq!(counts("# fail 2"), Some((0, 2)));
        assert_eq!(counts("266 passed, 2 failed"), Some((266, 2)));
        assert_eq!(counts("autogenerate/types: 20 as recorded, 0 differ"), None);
    }
}
