//! A table of rows: only those in sight are in the page, so that 100,000 scroll as smoothly as ten.

mod edit;

use super::{Dispatch, said};
use crate::state::{
    Action,
    rows::{CHUNK, Sheet},
};
use retort_protocol::rows::{Cell, Column, Edit, Row, Show, Value};
use std::rc::Rc;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event};
use yew::{AttrValue, Component, Context, Html, KeyboardEvent, MouseEvent, NodeRef, Properties, classes, html};

/// The height of a row; panes.css says the same.
const HEIGHT: f64 = 27.0;
/// Rows above and below the ones in sight.
const MARGIN: u64 = 20;

/// What a grid shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The table's name.
    pub(crate) table: AttrValue,
    /// Its name and what happened to it.
    pub(crate) caption: AttrValue,
    /// Its rows.
    pub(crate) sheet: Rc<Sheet>,
    /// Whether they may be edited.
    pub(crate) editable: bool,
    /// How it speaks.
    pub(crate) dispatch: Dispatch,
}

/// A grid.
pub(crate) struct Grid {
    node: NodeRef,
    /// The first row in the page, and the one behind the last.
    shown: (u64, u64),
    /// The rows that the state was told are in sight.
    seen: (u64, u64),
    /// The cell that Tab comes to: row and column, where column 0 holds the row's own button.
    at: (u64, usize),
    /// The text in the cell that is being edited.
    editing: Option<String>,
    /// Whether anything was typed into it: a NULL that was only looked at stays one.
    typed: bool,
    /// The fields of a new row; `None`: not touched.
    adding: Option<Vec<Option<String>>>,
    scrolled: Option<Scrolled>,
}

struct Scrolled {
    frame: Element,
    hear: Closure<dyn Fn(Event)>,
}

/// What happens in a grid.
pub(crate) enum Message {
    /// It was scrolled, or has other rows.
    Moved,
    /// A cell was clicked or walked to.
    Went(u64, usize),
    /// A cell is to be edited, beginning with this text.
    Began(u64, usize, Option<String>),
    /// The text in the cell.
    Typed(String),
    /// Enter.
    Given,
    /// Escape.
    Dropped,
    /// NULL instead of a text.
    Emptied,
    /// The row is to go.
    Removed(u64),
    /// "New row".
    Adding,
    /// A field of the new row.
    Filled(usize, String),
    /// The new row is complete.
    Added,
    /// There shall be no new row.
    Abandoned,
}

impl Component for Grid {
    type Message = Message;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self {
            node: NodeRef::default(),
            shown: (0, 60),
            seen: (0, 0),
            at: (0, 1),
            editing: None,
            typed: false,
            adding: None,
            scrolled: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Moved => return self.measure(ctx),
            Message::Went(row, column) => self.go(ctx, row, column),
            Message::Began(row, column, text) => self.begin(ctx, row, column, text),
            Message::Typed(text) => (self.editing, self.typed) = (Some(text), true),
            Message::Given => self.give(ctx),
            Message::Dropped => self.stop(),
            Message::Emptied => self.set(ctx, None),
            Message::Removed(row) => remove(ctx.props(), row),
            Message::Adding => self.adding = Some(vec![None; ctx.props().sheet.columns.len()]),
            Message::Filled(column, text) => self.fill(column, text),
            Message::Added => self.add(ctx),
            Message::Abandoned => self.adding = None,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let props = ctx.props();
        if old.table != props.table || !props.editable {
            self.editing = None;
            self.adding = None;
        }
        self.at.0 = self.at.0.min(props.sheet.total.saturating_sub(1));
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.listen(ctx);
        }
        if self.editing.is_some() {
            edit::focus_field(&self.node);
        }
        if self.measure(ctx) {
            ctx.link().send_message(Message::Moved);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let sheet = &props.sheet;
        let role = props.editable.then_some("grid");
        html! {
            <>
                <table class="rows" {role} aria-rowcount={sheet.total.to_string()} ref={self.node.clone()} onkeydown={self.keys(ctx)}>
                    <caption class="unseen">{ &props.caption }</caption>
                    <thead>{ head(&sheet.columns, sheet.show) }</thead>
                    <tbody>{ self.body(ctx) }</tbody>
                </table>
                { self.foot(ctx) }
            </>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(Scrolled { frame, hear }) = self.scrolled.take() {
            let _ = frame.remove_event_listener_with_callback("scroll", hear.as_ref().unchecked_ref());
        }
    }
}

/// The names of the columns.
fn head(columns: &[Column], show: Show) -> Html {
    let column = |column: &Column| {
        let class = classes!(column.number.then_some("num"), (column.lit && show == Show::Changes).then_some("is-lit"));
        let sign = column.sign.map(|sign| html! { <>{ said::sign(Some(sign)) }{ " " }</> });
        html! { <th scope="col" {class} title={column.name.clone()}>{ sign.unwrap_or_default() }{ &column.name }</th> }
    };
    html! { <tr><th class="sg" scope="col"><span class="unseen">{ "Change" }</span></th>{ for columns.iter().map(column) }</tr> }
}

impl Grid {
    /// The rows in sight, between two stretches as high as those that are not.
    fn body(&self, ctx: &Context<Self>) -> Html {
        let total = ctx.props().sheet.total;
        let (first, last) = (self.shown.0.min(total), self.shown.1.min(total));
        html! {
            <>
                { stretch(first, ctx) }
                { for (first..last).map(|index| self.row(ctx, index)) }
                { stretch(total - last, ctx) }
            </>
        }
    }

    fn row(&self, ctx: &Context<Self>, index: u64) -> Html {
        let sheet = &ctx.props().sheet;
        let Some(row) = sheet.row(index) else {
            return html! { <tr key={index} aria-rowindex={(index + 1).to_string()}><td colspan={span(ctx)} class="coming">{ " " }</td></tr> };
        };
        let cells = row.cells.iter().zip(&sheet.columns).enumerate();
        html! {
            <tr key={index} aria-rowindex={(index + 1).to_string()} class={classes!(row.sign.map(row_class))}>
                { self.edge(ctx, index, row) }
                { for cells.map(|(at, (cell, column))| self.cell(ctx, (index, at + 1), cell, column)) }
            </tr>
        }
    }

    /// The first cell of a row: its sign, and where rows may be edited, the button that removes it.
    fn edge(&self, ctx: &Context<Self>, index: u64, row: &Row) -> Html {
        let word = row.sign.map(|sign| html! { <span class="unseen">{ said::word(sign) }</span> }).unwrap_or_default();
        if !ctx.props().editable {
            let sign = row.sign.map(|sign| said::sign(Some(sign))).unwrap_or_default();
            return html! { <td class="sg">{ sign }{ word }</td> };
        }
        let remove = ctx.link().callback(move |_| Message::Removed(index));
        html! {
            <td class="sg" role="gridcell" data-cell={format!("{index}-0")}>
                { row.sign.map(|sign| said::sign(Some(sign))).unwrap_or_default() }{ word }
                <button type="button" class="row-remove" tabindex={self.tab(index, 0)} aria-label={format!("Delete row {}", index + 1)} onclick={remove}>{ "×" }</button>
            </td>
        }
    }

    fn cell(&self, ctx: &Context<Self>, at: (u64, usize), cell: &Cell, column: &Column) -> Html {
        let props = ctx.props();
        let changed = cell.was.is_some();
        let class = classes!(column.number.then_some("num"), (changed && column.lit).then_some("is-lit"));
        let was = cell.was.as_ref().filter(|_| props.sheet.show == Show::Changes).filter(|was| **was != Value::Absent);
        let content = html! {
            <>{ was.map(|was| html! { <span class="was"><s>{ value(was) }</s></span> }).unwrap_or_default() }{ value(&cell.now) }</>
        };
        if !props.editable {
            return html! { <td {class}>{ content }</td> };
        }
        if let Some(text) = self.editing.as_ref().filter(|_| self.at == at) {
            return html! { <td role="gridcell" class={classes!(class, "is-edited")}>{ edit::field(ctx, text, column) }</td> };
        }
        let (row, at) = at;
        let went = ctx.link().callback(move |_| Message::Went(row, at));
        let began = ctx.link().callback(move |_: MouseEvent| Message::Began(row, at, None));
        html! {
            <td role="gridcell" {class} tabindex={self.tab(row, at)} data-cell={format!("{row}-{at}")} onclick={went} ondblclick={began}>{ content }</td>
        }
    }

    fn tab(&self, row: u64, column: usize) -> &'static str {
        if self.at == (row, column) { "0" } else { "-1" }
    }

    fn foot(&self, ctx: &Context<Self>) -> Html {
        if !ctx.props().editable {
            return html! {};
        }
        let Some(fields) = &self.adding else {
            let name = format!("New row in {}", ctx.props().table);
            let adding = ctx.link().callback(|_| Message::Adding);
            return html! { <button type="button" class="rows-more rows-new" aria-label={name} onclick={adding}><b>{ "+" }</b>{ "New row" }</button> };
        };
        let columns = ctx.props().sheet.columns.iter().zip(fields).enumerate();
        let submit = ctx.link().callback(|event: yew::SubmitEvent| {
            event.prevent_default();
            Message::Added
        });
        html! {
            <form class="row-new" aria-label={format!("New row in {}", ctx.props().table)} onsubmit={submit}>
                { for columns.map(|(at, (column, text))| edit::new_field(ctx, at, column, text.as_deref())) }
                <button class="button button--primary">{ "Add" }</button>
                <button type="button" class="button button--plain" onclick={ctx.link().callback(|_| Message::Abandoned)}>{ "Cancel" }</button>
            </form>
        }
    }

    /// Which rows are in sight; whether that is news.
    fn measure(&mut self, ctx: &Context<Self>) -> bool {
        let total = ctx.props().sheet.total;
        let Some((table, frame)) = self.node.cast::<Element>().zip(self.scrolled.as_ref().map(|on| on.frame.clone()))
        else {
            return false;
        };
        let above = frame.get_bounding_client_rect().top() - table.get_bounding_client_rect().top() - HEIGHT;
        let first = (above / HEIGHT).max(0.0) as u64;
        let last = ((above + f64::from(frame.client_height())) / HEIGHT).max(0.0).ceil() as u64;
        let (first, last) = (first.min(total), last.min(total));
        let seen = (first, last.saturating_sub(1).max(first));
        if (seen.0 / CHUNK, seen.1 / CHUNK) != (self.seen.0 / CHUNK, self.seen.1 / CHUNK) {
            self.seen = seen;
            let table = ctx.props().table.to_string();
            ctx.props().dispatch.emit(Action::RowsSeen { table, first: seen.0, last: seen.1 });
        }
        // Only when the margin is used up, so that most scrolling renders nothing.
        let enough = self.shown.0 <= first && last <= self.shown.1 && last - first <= self.shown.1 - self.shown.0;
        if enough {
            return false;
        }
        self.shown = (first.saturating_sub(MARGIN), (last + MARGIN).max(60.min(total)));
        true
    }

    fn listen(&mut self, ctx: &Context<Self>) {
        let frame = self.node.cast::<Element>().and_then(|table| table.closest(".pane-body").ok().flatten());
        self.scrolled = frame.map(|frame| {
            let moved = ctx.link().callback(|_: Event| Message::Moved);
            let hear = Closure::<dyn Fn(Event)>::new(move |event| moved.emit(event));
            frame
                .add_event_listener_with_callback("scroll", hear.as_ref().unchecked_ref())
                .expect("an element takes listeners");
            Scrolled { frame, hear }
        });
    }

    fn go(&mut self, ctx: &Context<Self>, row: u64, column: usize) {
        let sheet = &ctx.props().sheet;
        self.editing = None;
        self.at = (row.min(sheet.total.saturating_sub(1)), column.min(sheet.columns.len()));
        edit::focus(&self.node, self.at);
    }

    fn begin(&mut self, ctx: &Context<Self>, row: u64, column: usize, text: Option<String>) {
        let cell = ctx.props().sheet.row(row).and_then(|row| row.cells.get(column.checked_sub(1)?));
        let Some(old) = cell.and_then(|cell| edit::editable(&cell.now)) else { return };
        self.at = (row, column);
        self.typed = text.is_some();
        self.editing = Some(text.unwrap_or(old));
    }

    fn give(&mut self, ctx: &Context<Self>) {
        match self.editing.clone() {
            Some(text) if self.typed => self.set(ctx, Some(text)),
            Some(_) => self.stop(),
            None => {}
        }
    }

    fn stop(&mut self) {
        self.editing = None;
        edit::focus(&self.node, self.at);
    }

    fn set(&mut self, ctx: &Context<Self>, value: Option<String>) {
        let props = ctx.props();
        let (row, column) = self.at;
        self.stop();
        let Some((row, column)) = props.sheet.row(row).zip(column.checked_sub(1)) else { return };
        let old = row.cells.get(column).map(|cell| &cell.now);
        let same = match (&value, old) {
            (None, Some(Value::Null)) => true,
            (Some(text), Some(Value::Number(old) | Value::Text(old))) => text == old,
            _ => false,
        };
        if same {
            return;
        }
        let Some(column) = props.sheet.columns.get(column) else { return };
        let edit =
            Edit::Set { table: props.table.to_string(), key: row.key.clone(), column: column.name.clone(), value };
        props.dispatch.emit(Action::RowsEdited(edit));
    }

    fn fill(&mut self, column: usize, text: String) {
        if let Some(field) = self.adding.as_mut().and_then(|fields| fields.get_mut(column)) {
            *field = Some(text);
        }
    }

    fn add(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let Some(fields) = self.adding.take() else { return };
        let named = props.sheet.columns.iter().zip(fields);
        let values = named.filter_map(|(column, text)| text.map(|text| (column.name.clone(), Some(text)))).collect();
        props.dispatch.emit(Action::RowsEdited(Edit::Insert { table: props.table.to_string(), values }));
    }

    fn keys(&self, ctx: &Context<Self>) -> Option<yew::Callback<KeyboardEvent>> {
        if !ctx.props().editable {
            return None;
        }
        let (row, column) = self.at;
        let editing = self.editing.is_some();
        let link = ctx.link().clone();
        Some(yew::Callback::from(move |event: KeyboardEvent| {
            let message = if editing { edit::edit_key(&event) } else { edit::walk_key(&event, row, column) };
            if let Some(message) = message {
                event.prevent_default();
                link.send_message(message);
            }
        }))
    }
}

/// Room for rows that are not in the page.
fn stretch(rows: u64, ctx: &Context<Grid>) -> Html {
    if rows == 0 {
        return html! {};
    }
    let height = (rows * HEIGHT as u64).to_string();
    html! { <tr class="stretch" aria-hidden="true" {height}><td colspan={span(ctx)}></td></tr> }
}

fn span(ctx: &Context<Grid>) -> String {
    (ctx.props().sheet.columns.len() + 1).to_string()
}

fn row_class(sign: retort_protocol::words::Sign) -> &'static str {
    match sign {
        retort_protocol::words::Sign::Added => "row--added",
        retort_protocol::words::Sign::Changed => "row--changed",
        retort_protocol::words::Sign::Removed => "row--removed",
    }
}

/// A value as it stands in a cell. NULL is never an empty cell.
pub(crate) fn value(value: &Value) -> Html {
    match value {
        Value::Null => html! { <span class="null">{ "NULL" }</span> },
        Value::Number(text) | Value::Text(text) => html! { { text.clone() } },
        Value::Long { start, characters } => {
            html! { <>{ start.clone() }<span class="null">{ format!("… {} characters", said::grouped(*characters)) }</span></> }
        }
        Value::Blob { start, bytes } => {
            html! { <span class="null">{ format!("x'{start}…' {}", said::size(*bytes)) }</span> }
        }
        Value::Absent => html! {},
    }
}

fn remove(props: &Props, row: u64) {
    if let Some(row) = props.sheet.row(row) {
        let edit = Edit::Delete { table: props.table.to_string(), key: row.key.clone() };
        props.dispatch.emit(Action::RowsEdited(edit));
    }
}
