//! The editor: CodeMirror once it has loaded, before that (and where it cannot load) the text itself.

use super::{Dispatch, ink, ink::Language};
use crate::state::Action;
use js_sys::{Array, Object, Reflect};
use retort_protocol::files::{Diagnostic, File, Place, Severity, Spot};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use yew::{Component, Context, Html, NodeRef, Properties, html};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = retort, js_name = loadEditor, catch)]
    async fn load_editor() -> Result<JsValue, JsValue>;

    type Module;
    #[wasm_bindgen(method, structural, catch)]
    fn create(this: &Module, host: &web_sys::Element, hooks: &JsValue) -> Result<Instance, JsValue>;

    // What web/editor makes; its own head says what each of these does.
    type Instance;
    #[wasm_bindgen(method, structural)]
    fn show(this: &Instance, path: &str, text: &str, kind: &str);
    #[wasm_bindgen(method, structural)]
    fn light(this: &Instance, first: u32, last: u32);
    #[wasm_bindgen(method, structural)]
    fn diagnose(this: &Instance, items: &Array);
    #[wasm_bindgen(method, structural)]
    fn sight(this: &Instance, line: u32);
    #[wasm_bindgen(method, structural)]
    fn reveal(this: &Instance, line: u32, column: u32);
    #[wasm_bindgen(method, structural)]
    fn destroy(this: &Instance);
}

/// What the editor shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The file.
    pub(crate) file: Rc<File>,
    /// The first and the last line that are lit; 0 for none.
    pub(crate) lit: (u32, u32),
    /// What is wrong in it.
    pub(crate) marks: Rc<Vec<Diagnostic>>,
    /// The line at which the last run failed.
    pub(crate) failed: Option<u32>,
    /// Where it shall look, and the how-manieth time it was asked.
    pub(crate) look: Option<(u32, Spot)>,
    /// How it speaks.
    pub(crate) dispatch: Dispatch,
}

/// The editor.
pub(crate) struct Editor {
    host: NodeRef,
    stage: Stage,
    /// Texts that came from the editor itself and are still on their way through the state.
    echoes: Rc<RefCell<VecDeque<String>>>,
    /// What it was last told.
    told: Told,
}

enum Stage {
    Loading,
    Ready(Built),
    Plain,
}

struct Built {
    editor: Instance,
    _hooks: [Hook; 3],
}

/// What the editor calls when something happened in it.
type Hook = Closure<dyn Fn(JsValue, JsValue)>;

#[derive(Default)]
struct Told {
    path: String,
    text: String,
    lit: (u32, u32),
    marks: Option<Rc<Vec<Diagnostic>>>,
    failed: Option<u32>,
    look: u32,
}

/// The editor's module came, or did not.
pub(crate) enum Message {
    /// It came.
    Came(JsValue),
    /// It did not.
    Missing,
}

impl Component for Editor {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_future(async {
            match load_editor().await {
                Ok(module) => Message::Came(module),
                Err(_) => Message::Missing,
            }
        });
        Self { host: NodeRef::default(), stage: Stage::Loading, echoes: Rc::default(), told: Told::default() }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        self.stage = match message {
            Message::Came(module) => self.build(ctx, module).map_or(Stage::Plain, Stage::Ready),
            Message::Missing => Stage::Plain,
        };
        self.tell(ctx.props());
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.tell(ctx.props());
        !matches!(self.stage, Stage::Ready(_))
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        html! {
            <>
                <div class="editor" ref={self.host.clone()} hidden={!matches!(self.stage, Stage::Ready(_))}></div>
                { match self.stage {
                    Stage::Ready(_) => html! {},
                    Stage::Loading => lines(props),
                    Stage::Plain => plain(props),
                } }
            </>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Stage::Ready(built) = &self.stage {
            built.editor.destroy();
        }
    }
}

impl Editor {
    fn build(&mut self, ctx: &Context<Self>, module: JsValue) -> Option<Built> {
        let host = self.host.cast::<web_sys::Element>()?;
        let hooks = Object::new();
        let dispatch = ctx.props().dispatch.clone();
        let echoes = Rc::clone(&self.echoes);
        let edited = Hook::new(move |path: JsValue, text: JsValue| {
            if let (Some(path), Some(text)) = (path.as_string(), text.as_string()) {
                echoes.borrow_mut().push_back(text.clone());
                dispatch.emit(Action::FileEdited { path, text });
            }
        });
        let dispatch = ctx.props().dispatch.clone();
        let fixed = Hook::new(move |path: JsValue, index: JsValue| {
            if let (Some(path), Some(index)) = (path.as_string(), index.as_f64()) {
                dispatch.emit(Action::MarkFixed { path, index: index as usize });
            }
        });
        let dispatch = ctx.props().dispatch.clone();
        let left = Hook::new(move |back: JsValue, _: JsValue| {
            dispatch.emit(Action::PaneWalked { back: back.is_truthy() });
        });
        for (name, hook) in [("edited", &edited), ("fixed", &fixed), ("left", &left)] {
            Reflect::set(&hooks, &name.into(), hook.as_ref()).ok()?;
        }
        let editor = module.unchecked_into::<Module>().create(&host, &hooks).ok()?;
        Some(Built { editor, _hooks: [edited, fixed, left] })
    }

    /// Brings the editor to what the page knows, and leaves alone what it has.
    fn tell(&mut self, props: &Props) {
        let Stage::Ready(Built { editor, .. }) = &self.stage else { return };
        let told = &mut self.told;
        if told.path != props.file.path {
            self.echoes.borrow_mut().clear();
        }
        let echo = self.echoes.borrow().iter().position(|text| *text == props.file.text);
        match echo {
            Some(at) => {
                self.echoes.borrow_mut().drain(..=at);
            }
            None if told.path != props.file.path || told.text != props.file.text => {
                editor.show(&props.file.path, &props.file.text, kind(&props.file.path));
                *told = Told { look: told.look, ..Told::default() };
            }
            None => {}
        }
        told.path.clone_from(&props.file.path);
        told.text.clone_from(&props.file.text);
        if told.marks.as_ref().is_none_or(|marks| **marks != *props.marks) {
            editor.diagnose(&marks(&props.marks));
            told.marks = Some(Rc::clone(&props.marks));
        }
        if told.lit != props.lit {
            editor.light(props.lit.0, props.lit.1);
            told.lit = props.lit;
        }
        if told.failed != props.failed {
            if let Some(line) = props.failed {
                editor.sight(line);
            }
            told.failed = props.failed;
        }
        if let Some((times, spot)) = &props.look
            && *times != told.look
            && spot.path == props.file.path
        {
            editor.reveal(spot.span.start.line, spot.span.start.column);
            told.look = *times;
        }
    }
}

/// The language of a file, by its name.
fn kind(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "py" => "python",
        "sql" => "sql",
        "ini" | "toml" | "cfg" | "env" => "ini",
        "mako" => "mako",
        _ => "text",
    }
}

fn marks(items: &[Diagnostic]) -> Array {
    items.iter().map(mark).collect()
}

fn mark(item: &Diagnostic) -> JsValue {
    let severity = match item.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let fix = item.fix.as_ref().map_or(JsValue::NULL, |fix| fix.title.as_str().into());
    let help = item.help.as_deref().map_or(JsValue::NULL, Into::into);
    object(&[
        ("start", place(item.span.start)),
        ("end", place(item.span.end)),
        ("severity", severity.into()),
        ("message", item.message.as_str().into()),
        ("help", help),
        ("fix", fix),
    ])
}

fn place(place: Place) -> JsValue {
    object(&[("line", place.line.into()), ("column", place.column.into())])
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).expect("a plain object takes any field");
    }
    object.into()
}

/// The text with its numbers, to read while the editor is on its way.
fn lines(props: &Props) -> Html {
    let line = |(at, text): (usize, &str)| {
        let number = at as u32 + 1;
        let lit = (props.lit.0..=props.lit.1).contains(&number) && props.lit.0 > 0;
        let class = if lit { "line is-lit" } else { "line" };
        html! {
            <span {class} data-n={number.to_string()} aria-current={lit.then_some("step")}>
                { ink::coloured(text, Language::Python) }{ "\n" }
            </span>
        }
    };
    html! {
        <pre class="code" tabindex="0" aria-label={props.file.path.clone()}>
            <code>{ for props.file.text.lines().enumerate().map(line) }</code>
        </pre>
    }
}

/// A field of text, where the editor's module could not be fetched.
fn plain(props: &Props) -> Html {
    let path = props.file.path.clone();
    let oninput = props.dispatch.on(move |event: yew::InputEvent| {
        let field: web_sys::HtmlTextAreaElement = yew::TargetCast::target_unchecked_into(&event);
        Action::FileEdited { path: path.clone(), text: field.value() }
    });
    html! {
        <textarea class="code code--plain" spellcheck="false" aria-label={props.file.path.clone()} value={props.file.text.clone()} {oninput}/>
    }
}
