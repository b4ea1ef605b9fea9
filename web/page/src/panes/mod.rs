//! What knows migrations, and no tricks with elements.

pub(crate) mod bar;
pub(crate) mod database;
pub(crate) mod dialogs;
pub(crate) mod failure;
pub(crate) mod files;
pub(crate) mod make;
pub(crate) mod menu;
pub(crate) mod notices;
pub(crate) mod now;
pub(crate) mod python;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod share;
pub(crate) mod sql;
pub(crate) mod terminal;
pub(crate) mod timeline;
pub(crate) mod welcome;
pub(crate) mod work;
