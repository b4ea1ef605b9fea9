//! The sample projects, as they lie in `migrations/`.

/// A file of a sample: its path and its text.
pub type File = (&'static str, &'static str);

/// All samples by the names of their folders.
pub static ALL: &[(&str, &[File])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// The files of a sample.
pub fn files(name: &str) -> Option<&'static [File]> {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, files)| *files)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_gallery_names_only_samples_that_are_here() {
        for sample in retort_protocol::samples::ALL {
            assert!(super::files(sample.name).is_some(), "{} is in no folder of migrations/", sample.name);
        }
    }
}
