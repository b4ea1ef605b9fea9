//! `check(graph, question, answer)`: the answers were given by Alembic 1.20.1, but for two where it stops with an
//! `AssertionError`, and for the order of what it keeps in sets.
//!
//! A graph is written `a -> b; b,c -> d; x@label; d needs x`.

use crate::{
    error::{Error, Result},
    script::{Graph, Plan, Revision, RowMove, entry},
};

fn parse(text: &str) -> Vec<Revision> {
    let mut revisions = Vec::new();
    for statement in text.split(';').map(str::trim) {
        if let Some((id, needs)) = statement.split_once(" needs ") {
            named(&mut revisions, id).depends_on.extend(needs.split(',').map(String::from));
            continue;
        }
        let mut parents: Vec<String> = Vec::new();
        for group in statement.split("->") {
            let ids: Vec<String> = group.split(',').map(|it| named(&mut revisions, it.trim()).id.clone()).collect();
            ids.iter().for_each(|id| named(&mut revisions, id).down.extend(parents.clone()));
            parents = ids;
        }
    }
    revisions
}

fn named<'a>(revisions: &'a mut Vec<Revision>, text: &str) -> &'a mut Revision {
    let (id, labels) = text.split_once('@').unwrap_or((text, ""));
    let place = revisions.iter().position(|it| it.id == id).unwrap_or_else(|| {
        revisions.push(Revision { id: id.into(), long_doc: "doc".into(), ..Revision::default() });
        revisions.len() - 1
    });
    let labels = labels.split('+').filter(|it| !it.is_empty()).map(String::from);
    revisions[place].branch_labels.extend(labels);
    &mut revisions[place]
}

fn check(graph: &str, question: &str, answer: &str) {
    let given = ask(graph, question).unwrap_or_else(|error: Error| format!("! {error}"));
    assert_eq!(given, answer, "{graph}: {question}");
}

fn ask(graph: &str, question: &str) -> Result<String> {
    let graph = Graph::build(parse(graph))?;
    let words: Vec<&str> = question.split_whitespace().collect();
    let rows = |text: &str| text.split(',').filter(|it| *it != "base").map(String::from).collect::<Vec<_>>();
    Ok(match words[..] {
        ["upgrade", rest, "to", to] => steps(&graph.upgrade(to, &rows(rest))?),
        ["downgrade", rest, "to", to] => steps(&graph.downgrade(to, &rows(rest))?),
        ["rows", "upgrade", from, "to", to] => moves(&graph, &graph.upgrade(to, &rows(from))?, rows(from)),
        ["rows", "downgrade", from, "to", to] => moves(&graph, &graph.downgrade(to, &rows(from))?, rows(from)),
        ["stamp", from, "to", to] => {
            let targets: Vec<String> = to.split(',').map(String::from).collect();
            moves(&graph, &graph.stamp(&targets, &rows(from))?, rows(from))
        }
        ["history"] => ids(&graph.history("base", "heads")?),
        ["history", range] => {
            let (base, head) = range.split_once(':').expect("a range has a colon");
            let or = |text: &'static str, given: &str| if given.is_empty() { text.into() } else { given.to_string() };
            ids(&graph.history(&or("base", base), &or("heads", head))?)
        }
        ["get", name] => ids(&graph.get_all(&[name])?),
        ["current", from] => ids(&graph.all_current(&rows(from))?),
        ["heads"] => format!("{} / {}", ids(&graph.heads()), ids(&graph.real_heads())),
        ["labels", id] => graph.labels(id).join(" "),
        ["line", id] => {
            let shown = entry::Shown { labels: true, doc: true, parents: true, tree: true, current: false };
            entry::line(&graph, graph.revision(id).expect("the test names a revision"), shown)
        }
        _ => unreachable!("a question that nobody can answer: {question}"),
    })
}

fn ids(revisions: &[&Revision]) -> String {
    revisions.iter().map(|it| &it.id[..]).collect::<Vec<_>>().join(" ")
}

fn steps(plan: &Plan) -> String {
    let ids: Vec<String> = plan.steps.iter().filter_map(|step| step.revision.clone()).collect();
    let warned = |it: &String| format!(" (warning: {it})");
    ids.join(" ") + &plan.warnings.iter().map(warned).collect::<String>()
}

fn moves(graph: &Graph, plan: &Plan, mut rows: Vec<String>) -> String {
    let moves = plan.steps.iter().flat_map(|step| step.move_rows(graph, &mut rows));
    let texts = moves.map(|it| match it {
        RowMove::Insert(id) => format!("+{id}"),
        RowMove::Delete(id) => format!("-{id}"),
        RowMove::Update { from, to } => format!("{from}>{to}"),
    });
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn ten_thousand_revisions_in_a_row() {
    let revision = |at: usize| Revision {
        id: format!("r{at:05}"),
        down: (at > 0).then(|| format!("r{:05}", at - 1)).into_iter().collect(),
        ..Revision::default()
    };
    let graph = Graph::build((0..10_000).map(revision).collect()).expect("a line is a graph");
    let plan = graph.upgrade("head", &["r00009"]).expect("the head is above");
    assert_eq!(plan.steps.len(), 9_990);
    assert_eq!(graph.downgrade("base", &["r09999"]).expect("the base is below").steps.len(), 10_000);
    assert_eq!(graph.all_current(&["r09999"]).expect("it is there").len(), 1);
}

#[test]
fn one_line() {
    let graph = "a -> b -> c";
    check(graph, "upgrade base to head", "a b c");
    check(graph, "upgrade a to head", "b c");
    check(graph, "upgrade a to heads", "b c");
    check(graph, "upgrade a to b", "b");
    check(graph, "upgrade c to head", "");
    check(graph, "upgrade c to a", "");
    check(graph, "upgrade base to +1", "a");
    check(graph, "upgrade a to +2", "b c");
    check(graph, "upgrade a to +3", "! Relative revision +3 didn't produce 3 migrations");
    check(graph, "upgrade a to -1", "! Relative revision -1 didn't produce 1 migrations");
    check(graph, "upgrade a to a+1", "b");
    check(graph, "upgrade base to c-1", "a b");
    check(graph, "upgrade base to base+2", "a b");
    check(graph, "upgrade a to a+9", "! Relative revision +9 didn't produce 9 migrations");
    check(graph, "upgrade a to zz", "! Can't locate revision identified by 'zz'");
    check(graph, "upgrade zz to head", "! Can't locate revision identified by 'zz'");
    check(graph, "downgrade c to base", "c b a");
    check(graph, "downgrade c to a", "c b");
    check(graph, "downgrade c to -1", "c");
    check(graph, "downgrade c to -3", "c b a");
    check(graph, "downgrade c to -4", "! Relative revision -4 didn't produce 4 migrations");
    check(graph, "downgrade c to +1", "! Relative revision +1 didn't produce 1 migrations");
    check(graph, "downgrade c to c-2", "c b");
    check(graph, "downgrade c to c", "");
    check(graph, "downgrade c to a+1", "c");
    check(graph, "downgrade b to c", "! Destination c is not a valid downgrade target from current head(s)");
    check(graph, "downgrade base to -1", "! Relative revision -1 didn't produce 1 migrations");
    check(graph, "downgrade c to zz", "! Can't locate revision identified by 'zz'");
    check(graph, "downgrade c to head", "");
    check(graph, "rows upgrade base to head", "+a a>b b>c");
    check(graph, "rows downgrade c to base", "c>b b>a -a");
    check(graph, "stamp base to head", "+c");
    check(graph, "stamp c to a", "c>a");
    check(graph, "stamp a to c", "a>c");
    check(graph, "stamp a to base", "-a");
    check(graph, "stamp a to a", "");
    check(graph, "history", "c b a");
    check(graph, "history b:", "c b");
    check(graph, "history :b", "b a");
    check(graph, "history a:b", "b a");
    check(
        graph,
        "history c:a",
        "! Requested range c:a does not refer to ancestor/descendant revisions along the same branch",
    );
    check(graph, "history -2:", "c b a");
    check(graph, "history -1:heads", "c b");
    check(graph, "history base:+1", "a");
    check(graph, "history zz:", "! Can't locate revision identified by 'zz'");
    check(graph, "heads", "c / c");
    check(graph, "get head", "c");
    check(graph, "get heads", "c");
    check(graph, "get base", "");
    check(graph, "get -1", "b");
    check(graph, "current b", "b");
    check(graph, "line b", "a -> b, doc");
}

#[test]
fn partial_ids() {
    let graph = "1975ea83b712 -> ae1027a6acf2 -> ae3027a6acf9";
    check(graph, "get 1975", "1975ea83b712");
    check(graph, "get 19", "1975ea83b712");
    check(graph, "get 1", "1975ea83b712");
    check(graph, "get ae", "! Can't locate revision identified by 'ae'");
    check(graph, "get ae1", "ae1027a6acf2");
    check(graph, "get ae10", "ae1027a6acf2");
    check(graph, "get f", "! Can't locate revision identified by 'f'");
    check(graph, "upgrade 19 to ae3", "ae1027a6acf2 ae3027a6acf9");
    check(graph, "upgrade 1975ea83b712 to ae", "! Can't locate revision identified by 'ae'");
    check(graph, "downgrade ae3027a6acf9 to 1975", "ae3027a6acf9 ae1027a6acf2");
    check(graph, "upgrade 1975ea83b712 to 1975+1", "ae1027a6acf2");
}

#[test]
fn one_branch() {
    let graph = "a -> b -> c; b -> d@net -> e";
    check(graph, "heads", "c e / c e");
    check(
        graph,
        "upgrade base to head",
        "! Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
    );
    check(graph, "upgrade base to heads", "a b d e c");
    check(graph, "upgrade base to net@head", "a b d e");
    check(graph, "upgrade c to net@head", "d e");
    check(graph, "upgrade c to heads", "d e");
    check(graph, "upgrade a to +1", "b");
    check(graph, "upgrade b to +1", "! Ambiguous walk");
    check(graph, "upgrade b to net@+1", "d");
    check(graph, "upgrade b to net@+2", "d e");
    check(graph, "upgrade base to net@+3", "a b d");
    check(graph, "upgrade c to net@+1", "d");
    check(graph, "upgrade c,d to +1", "! Ambiguous upgrade from multiple current revisions");
    check(graph, "upgrade c,d to heads", "e");
    check(graph, "upgrade c,d to net@+1", "e");
    check(graph, "upgrade c,e to b", "");
    check(graph, "rows upgrade base to heads", "+a a>b b>d d>e +c");
    check(graph, "rows upgrade c to heads", "+d d>e");
    check(graph, "downgrade c,e to b", "c e d");
    check(
        graph,
        "downgrade c,e to -1",
        "c (warning: downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.)",
    );
    check(graph, "downgrade c,e to net@-1", "e");
    check(graph, "downgrade c,e to net@b", "e d");
    check(graph, "downgrade c,e to c@b", "c");
    check(graph, "downgrade c,e to base", "c e d b a");
    check(graph, "downgrade c to net@-1", "! Relative revision -1 didn't produce 1 migrations");
    check(graph, "downgrade e to d", "e");
    check(graph, "downgrade c to d", "! Destination d is not a valid downgrade target from current head(s)");
    check(graph, "rows downgrade c,e to base", "-c e>d d>b b>a -a");
    check(graph, "rows downgrade c,e to net@b", "e>d -d");
    check(graph, "stamp c,e to b", "-c e>b");
    check(graph, "stamp base to heads", "+c +e");
    check(graph, "stamp c to heads", "+e");
    check(graph, "stamp c,e to base", "-c -e");
    check(graph, "stamp base to head", "! Multiple heads are present; please specify a single target revision");
    check(graph, "stamp c to e", "+e");
    check(graph, "stamp b to c,e", "b>c +e");
    check(graph, "history", "c e d b a");
    check(graph, "history b:c", "c b");
    check(
        graph,
        "history c:e",
        "! Requested range c:e does not refer to ancestor/descendant revisions along the same branch",
    );
    check(graph, "history net@b:", "e d b");
    check(graph, "get net@head", "e");
    check(graph, "get net@heads", "e");
    check(graph, "get net@d", "d");
    check(graph, "get net@c", "! Can't locate revision identified by 'c'");
    check(graph, "get nope@head", "! Can't locate revision identified by 'nope'");
    check(graph, "get net", "d");
    check(graph, "get net@base", "");
    check(graph, "labels a", "");
    check(graph, "labels b", "");
    check(graph, "labels c", "");
    check(graph, "labels e", "net");
    check(graph, "line b", "a -> b (branchpoint), doc");
    check(graph, "line e", "d -> e (net) (head), doc");
    check(graph, "current c,e", "c e");
    check(graph, "current c", "c");
}

#[test]
fn diamond() {
    let graph = "a -> b -> d; a -> c -> e; d,e -> m -> n";
    check(graph, "heads", "n / n");
    check(graph, "upgrade base to head", "a c e b d m n");
    check(graph, "upgrade d to head", "c e m n");
    check(graph, "upgrade d,e to head", "m n");
    check(graph, "rows upgrade base to head", "+a a>c c>e +b b>d -d e>m m>n");
    check(graph, "rows downgrade n to base", "n>m +d m>e d>b -b e>c c>a -a");
    check(graph, "rows downgrade m to d", "+d m>e");
    check(graph, "rows upgrade d to m", "+c c>e -d e>m");
    check(graph, "downgrade m to -1", "! Ambiguous walk");
    check(graph, "downgrade n to -1", "n");
    check(graph, "downgrade n to b", "n m d");
    check(graph, "downgrade n to d", "n m");
    check(graph, "downgrade n to base", "n m d b e c a");
    check(graph, "downgrade n to n-2", "! Ambiguous walk");
    check(graph, "history", "n m d b e c a");
    check(graph, "history b:n", "n m d b");
    check(graph, "history :m", "m d b e c a");
    check(graph, "stamp d,e to m", "-d e>m");
    check(graph, "stamp n to a", "n>a");
    check(graph, "stamp d to n", "d>n");
    check(graph, "line m", "d, e -> m (mergepoint), doc");
    check(graph, "upgrade a to +2", "! Ambiguous walk");
    check(graph, "upgrade b to +2", "c e d m");
}

#[test]
fn dependencies_and_labels() {
    let graph = "aaaa -> bbbb -> cccc; bbbb -> dddd@feature; cccc,dddd -> eeee -> abab; 3cac@networking -> 109e; 109e needs bbbb; abab needs 109e";
    check(graph, "heads", "abab 109e / abab");
    check(graph, "history", "abab eeee cccc 109e 3cac dddd bbbb aaaa");
    check(graph, "upgrade base to networking@head", "aaaa bbbb 3cac 109e");
    check(graph, "upgrade 109e to heads", "dddd cccc eeee abab");
    check(
        graph,
        "rows upgrade base to heads",
        "+aaaa aaaa>bbbb bbbb>dddd +3cac 3cac>109e +cccc -cccc dddd>eeee -eeee 109e>abab",
    );
    check(graph, "rows upgrade base to networking@head", "+aaaa aaaa>bbbb +3cac -3cac bbbb>109e");
    check(graph, "downgrade 109e,abab to networking@base", "abab 109e 3cac");
    check(graph, "rows downgrade abab to networking@base", "+eeee abab>109e 109e>3cac -3cac");
    check(
        graph,
        "rows downgrade abab to base",
        "+eeee abab>109e +cccc eeee>dddd -cccc 109e>3cac -3cac dddd>bbbb bbbb>aaaa -aaaa",
    );
    check(graph, "downgrade abab to feature@base", "abab eeee cccc 109e dddd bbbb aaaa");
    check(graph, "downgrade abab to networking@-1", "abab 109e");
    check(graph, "downgrade abab to -1", "abab");
    check(graph, "current abab", "abab 109e");
    check(graph, "labels abab", "feature");
    check(graph, "labels dddd", "feature");
    check(graph, "labels eeee", "feature");
    check(graph, "labels 3cac", "networking");
    check(graph, "labels aaaa", "");
    check(graph, "line 109e", "3cac (bbbb) -> 109e (networking) (effective head), doc");
    check(graph, "line abab", "eeee (109e) -> abab (feature) (head), doc");
    check(graph, "line 3cac", "<base> -> 3cac (networking), doc");
    check(graph, "get networking@head", "109e");
    check(graph, "get heads", "abab");
    check(graph, "stamp base to heads", "+abab");
    check(graph, "stamp base to networking@head", "+109e");
    check(graph, "stamp abab to networking@base", "-abab");
    check(graph, "stamp abab to cccc", "abab>cccc");
}

#[test]
fn dependency_on_another_base() {
    let graph = "a1 -> a2 -> a3; b1@bb -> b2 -> b3; a2 needs b2";
    check(graph, "heads", "a3 b3 / a3 b3");
    check(graph, "history", "a3 a2 a1 b3 b2 b1");
    check(graph, "upgrade base to a3", "b1 b2 a1 a2 a3");
    check(graph, "upgrade base to bb@head", "b1 b2 b3");
    check(graph, "upgrade base to heads", "b1 b2 b3 a1 a2 a3");
    check(graph, "rows upgrade base to heads", "+b1 b1>b2 b2>b3 +a1 a1>a2 a2>a3");
    check(graph, "rows upgrade base to a3", "+b1 b1>b2 +a1 -a1 b2>a2 a2>a3");
    check(graph, "downgrade a3,b3 to b1", "a3 a2 b3 b2");
    check(graph, "downgrade a3,b3 to bb@-1", "b3");
    check(graph, "downgrade a3,b3 to bb@base", "a3 a2 b3 b2 b1");
    check(graph, "downgrade a3 to bb@-1", "a3 a2 b2");
    check(graph, "rows downgrade a3,b3 to b1", "a3>a2 a2>a1 b3>b2 b2>b1");
    check(graph, "rows downgrade a3 to a1", "a3>a2 +a1 a2>b2");
    check(graph, "rows downgrade a3,b3 to base", "a3>a2 a2>a1 -a1 b3>b2 b2>b1 -b1");
    check(graph, "upgrade a1 to +1", "b1 b2 a2");
    check(graph, "upgrade a3 to bb@+1", "b3");
    check(graph, "upgrade base to bb@+1", "b1");
    check(graph, "stamp a3 to b3", "+b3");
    check(graph, "stamp base to a3", "+a3");
    check(graph, "stamp a3,b3 to b1", "-a3 b3>b1");
    check(graph, "current a3", "a3 b2");
    check(graph, "downgrade a3 to b2", "! Destination b2 is not a valid downgrade target from current head(s)");
}

#[test]
fn two_bases_merged() {
    let graph = "a -> b; c -> d; b,d -> e; f@late; e,f -> g";
    check(graph, "heads", "g / g");
    check(graph, "history", "g e b a f d c");
    check(graph, "upgrade base to heads", "c d f a b e g");
    check(graph, "rows upgrade base to heads", "+c c>d +f +a a>b -b d>e -e f>g");
    check(graph, "rows downgrade g to base", "+e g>f +b e>d b>a -a -f d>c -c");
    check(graph, "rows upgrade b,d to e", "-b d>e");
    check(graph, "downgrade g to late@base", "g f");
    check(graph, "downgrade e,f to late@base", "f");
    check(graph, "downgrade g to a", "g e b");
    check(graph, "labels g", "late");
    check(graph, "labels a", "");
    check(graph, "labels f", "late");
}

#[test]
fn cycle() {
    let graph = "a -> b; b -> a";
    check(graph, "heads", "! Cycle is detected in revisions (a, b)");
}

#[test]
fn cycle_beside_a_base() {
    let graph = "a -> b -> c -> b";
    check(graph, "heads", "! Cycle is detected in revisions (a, b, c)");
}

#[test]
fn self_loop() {
    let graph = "a -> a";
    check(graph, "heads", "! Self-loop is detected in revisions (a)");
}

#[test]
fn dependency_cycle() {
    let graph = "a -> b; a needs b";
    check(graph, "heads", "! Dependency cycle is detected in revisions (a, b)");
}

#[test]
fn dependency_self_loop() {
    let graph = "a -> b; b needs b";
    check(graph, "heads", "! Dependency self-loop is detected in revisions (b)");
}

#[test]
fn label_used_twice() {
    let graph = "x -> y@lab; x -> z@lab";
    check(graph, "heads", "! Branch name 'lab' in revision z already used by revision y");
}

#[test]
fn label_that_is_an_id() {
    let graph = "x@y; y";
    check(graph, "heads", "! Branch name 'y' in revision x already used by revision y");
}

#[test]
fn illegal_id() {
    let graph = "a+b";
    check(graph, "heads", "! Character(s) '+' not allowed in revision identifier 'a+b'");
}

#[test]
fn two_heads() {
    let graph = "a -> b; a -> c";
    check(
        graph,
        "upgrade base to head",
        "! Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
    );
    check(graph, "upgrade a to +1", "! Ambiguous walk");
    check(graph, "downgrade b,c to a", "b c");
    check(
        graph,
        "downgrade b,c to -1",
        "b (warning: downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.)",
    );
    check(graph, "downgrade b to a", "b");
    check(graph, "history -1:", "b c a");
}

#[test]
fn two_labels() {
    let graph = "a@one+two -> b";
    check(graph, "labels b", "one two");
    check(graph, "get one@head", "b");
    check(graph, "get two@head", "b");
}

#[test]
fn many_branches() {
    let graph = "a -> b -> c -> d; b -> x -> y; c,x -> m; m -> n; d,y,n -> z; a -> q";
    check(graph, "history", "z d n m y q c x b a");
    check(graph, "upgrade base to z", "a b x c y m n d z");
    check(graph, "upgrade base to heads", "a b x c q y m n d z");
    check(graph, "rows upgrade base to heads", "+a a>b b>x +c +q x>y c>m m>n +d -d -y n>z");
    check(graph, "rows downgrade z,q to base", "+d +y z>n -d n>m m>c y>x -q -c x>b b>a -a");
    check(graph, "history b:z", "z d n m y c x b");
    check(graph, "history m:", "z n m");
}
