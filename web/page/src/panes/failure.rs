//! Why a run stopped: what happened, in our words and in the database's, what can be done, and the rows in question.

use super::notices::fix_button;
use crate::widgets::{Dispatch, grid, said};
use retort_protocol::{
    files::Fix,
    scene::{Failure, Report, ReportCell, ReportRow},
};
use yew::{Html, classes, html};

/// The pane that takes the place of schema and rows.
pub(crate) fn view(failure: &Failure, dispatch: &Dispatch) -> Html {
    html! {
        <section class="pane trouble" aria-labelledby="trouble" data-pane="trouble">
            <div class="pane-body" tabindex="0" role="group" aria-labelledby="trouble" data-focus="">
                <h3 id="trouble">{ "What happened" }</h3>
                { for failure.says.iter().map(|words| html! { <p>{ said::words(words) }</p> }) }
                if !failure.fixes.is_empty() {
                    <section class="block">
                        <h3>{ "What to do next" }</h3>
                        <ol class="remedies">{ for failure.fixes.iter().map(|fix| remedy(fix, dispatch)) }</ol>
                    </section>
                }
                if let Some(report) = &failure.rows { { rows(report) } }
                if !failure.verbatim.is_empty() {
                    <section class="block">
                        <h3>{ "As it was said" }</h3>
                        { verbatim(&failure.verbatim) }
                    </section>
                }
            </div>
        </section>
    }
}

/// The last words of a traceback are what was said; the way there is unfolded by those who want it.
fn verbatim(text: &str) -> Html {
    let end = text.rfind("\n  File \"").and_then(|at| end_of_frame(text, at)).unwrap_or(0);
    let (way, last) = text.split_at(end);
    html! {
        <>
            <pre class="verbatim" tabindex="0" aria-label="As it was said">{ last.trim_start_matches('\n').to_owned() }</pre>
            if !way.is_empty() {
                <details class="way-there"><summary>{ "The whole traceback" }</summary><pre class="verbatim" tabindex="0" aria-label="The whole traceback">{ text.to_owned() }</pre></details>
            }
        </>
    }
}

/// Where the lines of the last frame end: the first line behind it that is not indented.
fn end_of_frame(text: &str, at: usize) -> Option<usize> {
    let mut from = at + 1;
    while text[from..].starts_with(' ') {
        from += text[from..].find('\n')? + 1;
    }
    Some(from)
}

fn remedy(fix: &Fix, dispatch: &Dispatch) -> Html {
    html! { <li class="remedy"><div><span>{ said::words(&fix.says) }</span></div>{ fix_button(fix, dispatch) }</li> }
}

fn rows(report: &Report) -> Html {
    let column = |column: &retort_protocol::rows::Column| {
        let sign = column.sign.map(|sign| html! { <>{ said::sign(Some(sign)) }{ " " }</> }).unwrap_or_default();
        html! { <th scope="col" class={classes!(column.number.then_some("num"))}>{ sign }{ &column.name }</th> }
    };
    html! {
        <section class="block">
            <h3 class="unseen">{ "The rows in question" }</h3>
            <div class="framed" tabindex="0" role="group" aria-label="The rows in question">
                <table class="rows rows--calm">
                    <caption class="unseen">{ &report.says }</caption>
                    <thead><tr><th class="sg" scope="col"><span class="unseen">{ "Result" }</span></th>{ for report.columns.iter().map(column) }</tr></thead>
                    <tbody>{ for report.rows.iter().map(|one| row(report, one)) }</tbody>
                </table>
            </div>
            if report.more > 0 { <p class="quiet-mark">{ format!("and {} more", said::count(report.more, "row")) }</p> }
        </section>
    }
}

fn row(report: &Report, row: &ReportRow) -> Html {
    let cell = |(cell, column): (&ReportCell, &retort_protocol::rows::Column)| {
        let number = column.number.then_some("num");
        match cell {
            ReportCell::Value(value) => html! { <td class={classes!(number)}>{ grid::value(value) }</td> },
            ReportCell::Bad(text) => html! { <td class="is-lost">{ text.clone() }</td> },
            ReportCell::Quiet(text) => html! { <td><span class="null">{ text.clone() }</span></td> },
        }
    };
    html! {
        <tr>
            <td class="sg">if row.bad { <span class="sign sign--remove" aria-hidden="true">{ "✕" }</span><span class="unseen">{ "refused" }</span> }</td>
            { for row.cells.iter().zip(&report.columns).map(cell) }
        </tr>
    }
}
