//! Templates, filled in at once or turned into Python; what they give is what Mako gives.

use crate::script::template::{self, Value, Variables, gallery};

fn variables() -> Variables {
    let pair = Value::Tuple(vec!["aa".into(), "bb".into()]);
    let shown = "2026-11-23 19:07:56.979409".to_string();
    Variables::from([
        ("message".into(), "a 'message'".into()),
        ("down_revision".into(), pair),
        ("none".into(), Value::None),
        ("labels".into(), Value::Tuple(vec!["x".into()])),
        (
            "create_date".into(),
            Value::Object { expression: format!("datetime.datetime.fromisoformat('{shown}')"), shown },
        ),
    ])
}

fn check(source: &str, expected: &str) {
    let given = match template::fill(source, &variables()) {
        Ok(Some(text)) => text,
        Ok(None) => "wants Python".into(),
        Err(error) => format!("! {error}"),
    };
    assert_eq!(given, expected, "{source}");
}

#[test]
fn plain_templates() {
    check("a ${message} b\n", "a a 'message' b\n");
    check(
        "${repr(message)} ${repr(down_revision)} ${repr(labels)} ${repr(none)}",
        "\"a 'message'\" ('aa', 'bb') ('x',) None",
    );
    check("${down_revision | comma,n}|${none | n,comma}", "aa, bb|");
    check("${create_date}", "2026-11-23 19:07:56.979409");
    check("${imports if imports else \"\"}.${message or 'x'}.${not none}", ".a 'message'.True");
    check("## note\n  ## note\na\\\nb\n%% c\n %% d\n", "ab\n% c\n % d\n");
    check("<%doc> nothing </%doc>x<%text>${y}</%text>", "x${y}");
    check("${'}' if message else '|'}", "}");
    check("${gone}", "! Template rendering failed in line 1: gone: a name is Undefined");
    check("a\n${", "! Template rendering failed in line 2: an expression without its closing brace");
    check(
        "<%include file='x'/>",
        "! Template rendering failed in line 1: the tag <%include file='x'/> is not supported",
    );
    check("${create_date.year}", "wants Python");
    check("% if x:\n% endif\n", "wants Python");
}

#[test]
fn templates_as_programs() {
    let program = |source: &str| template::program(source, &Variables::new());
    let body = |source: &str| {
        let text = program(source).expect("the template is right");
        let at =
            text.find("_write = _parts.append\n").expect("programs begin alike") + "_write = _parts.append\n".len();
        text[at..].to_string()
    };
    assert_eq!(
        body("% for x in (1, 2):\n${x | h,trim}\n% endfor\n"),
        "try:\n    x\nexcept NameError:\n    x = _Undefined()\nfor x in (1, 2):\n    _write(_trim(_h(str(x))))\n    _write('\\n')\n\
         _text = \"\".join(_parts)\n"
    );
    assert_eq!(body("% if True:\n% else:\nx\n% endif\n<%\n  y = 1\n  z = 2\n%>").matches("pass").count(), 1);
    assert!(program("% if x\n% endif\n").is_err());
    assert!(program("% endif\n").is_err());
    assert!(program("% if x:\n").is_err());
}

#[test]
fn a_new_revision() {
    let script = gallery::by_name("generic").expect("it is there").files[0].1;
    let mut variables = Variables::from([
        ("message".into(), "m".into()),
        ("up_revision".into(), "mm".into()),
        ("down_revision".into(), Value::Tuple(vec!["bb".into(), "cc".into()])),
        ("branch_labels".into(), Value::None),
        ("depends_on".into(), Value::None),
        ("create_date".into(), "2026-11-23 19:07:58.259304".into()),
    ]);
    let text = template::fill(script, &variables).expect("it is right").expect("it is plain");
    assert!(text.starts_with(
        "\"\"\"m\n\nRevision ID: mm\nRevises: bb, cc\nCreate Date: 2026-11-23 19:07:58.259304\n\n\"\"\"\n"
    ));
    assert!(text.contains("import sqlalchemy as sa\n\n\n# revision identifiers"));
    assert!(text.contains("= ('bb', 'cc')\n") && text.ends_with("\"\"\"Downgrade schema.\"\"\"\n    pass\n"));
    variables.insert("upgrades".into(), "op.a()\n    op.b()".into());
    let text = template::fill(script, &variables).expect("it is right").expect("it is plain");
    assert!(text.contains("schema.\"\"\"\n    op.a()\n    op.b()\n\n\ndef downgrade"));
}

#[test]
fn every_template_has_its_files() {
    for template in &gallery::ALL {
        assert!(!template.synopsis().is_empty(), "{}", template.name);
        for (name, text) in
            template.files.iter().filter(|(name, _)| name.ends_with(".mako") && *name != "script.py.mako")
        {
            let variables = Variables::from([("script_location".into(), "%(here)s/x".into())]);
            let filled = template::fill(text, &variables).expect("it is right").expect("it is plain");
            assert!(!filled.contains("${"), "{name}");
        }
    }
}
