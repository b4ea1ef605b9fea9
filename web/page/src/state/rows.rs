//! The grids: which tables are unfolded, and the pieces of them that the page has.

use super::{Effect, State, engine};
use retort_protocol::{
    Request,
    rows::{Asked, Column, Edit, Row, Show, TableRows, Window},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Rows are asked for by so many.
pub(crate) const CHUNK: u64 = 100;
/// So many pieces of one table are kept.
const KEPT: usize = 24;

/// The grids.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// Changes, or all rows.
    pub(crate) show: Show,
    /// Tables that the visitor unfolded or folded himself.
    toggled: BTreeMap<String, bool>,
    /// What the page has of them.
    sheets: BTreeMap<String, Rc<Sheet>>,
    /// Which moment the sheets are to show.
    moment: u32,
    /// Pieces that are on their way: of which moment, and which.
    coming: BTreeSet<(u32, String, u64)>,
}

/// What the page has of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sheet {
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// How many rows there are in all.
    pub(crate) total: u64,
    /// Pieces of [`CHUNK`] rows by their number.
    pub(crate) chunks: BTreeMap<u64, Rc<Vec<Row>>>,
    /// Which rows of the table.
    pub(crate) show: Show,
    /// The moment it shows.
    moment: u32,
    /// Pieces in sight, first and last.
    seen: (u64, u64),
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            show: Show::Changes,
            toggled: BTreeMap::new(),
            sheets: BTreeMap::new(),
            moment: 0,
            coming: BTreeSet::new(),
        }
    }
}

impl Sheet {
    /// A row, if the page has it.
    pub(crate) fn row(&self, index: u64) -> Option<&Row> {
        self.chunks.get(&(index / CHUNK))?.get((index % CHUNK) as usize)
    }
}

impl Rows {
    /// Whether a table is unfolded.
    pub(crate) fn unfolded(&self, table: &TableRows, first: bool) -> bool {
        self.toggled.get(&table.table).copied().unwrap_or(table.changed > 0 || first)
    }

    /// What the page has of a table.
    pub(crate) fn sheet(&self, table: &str) -> Option<&Rc<Sheet>> {
        self.sheets.get(table)
    }

    /// Nothing is on its way any more.
    pub(super) fn forget(&mut self) {
        self.coming.clear();
    }

    /// What is shown of a table: its changes if it has some and they are asked for.
    fn shows(&self, table: &TableRows) -> Show {
        if self.show == Show::Changes && table.changed > 0 { Show::Changes } else { Show::After }
    }
}

/// The tables that are unfolded now.
pub(crate) fn unfolded(state: &State) -> Vec<TableRows> {
    let tables = &state.scene.tables;
    let calm = tables.iter().all(|table| table.changed == 0);
    let open = tables.iter().enumerate().filter(|(at, table)| state.rows.unfolded(table, calm && *at == 0));
    open.map(|(_, table)| table.clone()).collect()
}

/// Another moment: what came with it is shown, the rest is asked for; until it comes the old rows stay.
pub(super) fn scene_changed(state: &mut State) -> Vec<Effect> {
    state.rows.moment += 1;
    let scene = Rc::clone(&state.scene);
    state.rows.sheets.retain(|table, _| scene.tables.iter().any(|one| one.table == *table));
    for window in &scene.windows {
        let wanted = scene.tables.iter().find(|table| table.table == window.asked.table);
        if wanted.is_some_and(|table| state.rows.shows(table) == window.asked.show) {
            put(&mut state.rows, window.clone());
        }
    }
    fill(state)
}

pub(super) fn show_chosen(state: &mut State, show: Show) -> Vec<Effect> {
    state.rows.show = show;
    scene_changed(state)
}

pub(super) fn toggled(state: &mut State, table: String) -> Vec<Effect> {
    let open = unfolded(state).iter().any(|open| open.table == table);
    state.rows.toggled.insert(table, !open);
    fill(state)
}

pub(super) fn seen(state: &mut State, table: &str, first: u64, last: u64) -> Vec<Effect> {
    let Some(sheet) = state.rows.sheets.get_mut(table) else { return Vec::new() };
    let seen = (first / CHUNK, last / CHUNK);
    if sheet.seen == seen {
        return Vec::new();
    }
    Rc::make_mut(sheet).seen = seen;
    fill(state)
}

pub(super) fn edited(state: &mut State, edit: Edit) -> Vec<Effect> {
    engine::ask(state, Request::EditRows(edit))
}

/// Asks for every piece in sight that the page lacks.
fn fill(state: &mut State) -> Vec<Effect> {
    let mut wanted = Vec::new();
    for table in unfolded(state) {
        let show = state.rows.shows(&table);
        let sheet = state.rows.sheets.get(&table.table);
        let current = sheet.filter(|sheet| sheet.moment == state.rows.moment && sheet.show == show);
        let (first, last) = sheet.filter(|sheet| sheet.show == show).map_or((0, 0), |sheet| sheet.seen);
        let last_of_all = current.map_or(last, |sheet| sheet.total.saturating_sub(1) / CHUNK);
        for chunk in first..=last.min(last_of_all) {
            if !current.is_some_and(|sheet| sheet.chunks.contains_key(&chunk)) {
                wanted.push((table.table.clone(), show, chunk));
            }
        }
    }
    wanted.into_iter().flat_map(|(table, show, chunk)| want(state, table, show, chunk)).collect()
}

fn want(state: &mut State, table: String, show: Show, chunk: u64) -> Vec<Effect> {
    if !state.rows.coming.insert((state.rows.moment, table.clone(), chunk)) {
        return Vec::new();
    }
    let asked = Asked { table, show, offset: chunk * CHUNK, limit: CHUNK as u32 };
    engine::send(state, Request::Rows(asked)).1
}

/// A piece of a table arrived.
pub(super) fn arrived(state: &mut State, window: Window) -> Vec<Effect> {
    let chunk = window.asked.offset / CHUNK;
    let table = state.scene.tables.iter().find(|table| table.table == window.asked.table);
    let wanted = table.is_some_and(|table| state.rows.shows(table) == window.asked.show);
    // A piece of an older moment is no use; the one of this moment is on its way.
    let current = state.rows.coming.remove(&(state.rows.moment, window.asked.table.clone(), chunk));
    if wanted && current {
        put(&mut state.rows, window);
    }
    let moment = state.rows.moment;
    state.rows.coming.retain(|(then, _, _)| *then == moment);
    Vec::new()
}

fn put(rows: &mut Rows, window: Window) {
    let chunk = window.asked.offset / CHUNK;
    let moment = rows.moment;
    let old = rows.sheets.get(&window.asked.table).filter(|sheet| sheet.show == window.asked.show);
    let fresh = old.filter(|sheet| sheet.moment == moment);
    let mut chunks = fresh.map(|sheet| sheet.chunks.clone()).unwrap_or_default();
    chunks.insert(chunk, Rc::new(window.rows));
    let seen = old.map_or((chunk, chunk), |sheet| sheet.seen);
    while chunks.len() > KEPT {
        let far = chunks.keys().copied().max_by_key(|key| key.abs_diff(seen.0)).expect("more pieces than none");
        chunks.remove(&far);
    }
    let sheet = Sheet { columns: window.columns, total: window.total, chunks, show: window.asked.show, moment, seen };
    rows.sheets.insert(window.asked.table, Rc::new(sheet));
}
