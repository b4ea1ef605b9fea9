//! New revision files: the template filled, the file written, Alembic's lines about it said.

use super::{Environment, Outcome, Said};
use crate::dialect;
use crate::error::Result;
use crate::host::Files;
use crate::runtime::{Header, Pass, aside};
use crate::script::date::Date;
use crate::script::draft::{Draft, Wish};
use crate::script::{render, template};
use std::collections::{BTreeMap, BTreeSet};

/// Values that env.py gives to the template.
type TemplateArgs = BTreeMap<String, serde_json::Value>;

/// Writes a revision without operations.
pub(super) fn empty(environment: &Environment, header: &Header, outcome: &mut Outcome) -> Result<()> {
    filled(environment, header, &[], &TemplateArgs::new(), outcome)
}

/// Writes a revision with what autogenerate made.
pub(super) fn filled(
    environment: &Environment,
    header: &Header,
    passes: &[Pass],
    template_args: &TemplateArgs,
    outcome: &mut Outcome,
) -> Result<()> {
    let Made { draft, text, warnings } = made(environment, header, passes, template_args)?;
    outcome.said.extend(warnings.into_iter().map(Said::Warning));
    for folder in draft.folders.iter().filter(|folder| environment.host.entry(folder).is_none()) {
        environment.host.create_folder(folder)?;
        outcome.said.push(Said::Status(format!("Creating directory {folder}")));
    }
    Files::write(environment.host.as_ref(), &draft.path, text.as_bytes())?;
    outcome.said.push(Said::Status(format!("Generating {}", draft.path)));
    outcome.files.push(draft.path.clone());
    Ok(())
}

/// A revision file before it is written.
struct Made {
    draft: Draft,
    text: String,
    warnings: Vec<String>,
}

fn made(environment: &Environment, header: &Header, passes: &[Pass], template_args: &TemplateArgs) -> Result<Made> {
    let directory = &environment.directory;
    let date = Date::now(environment.host.as_ref(), directory.timezone.as_deref())?;
    let draft = directory.draft(&environment.graph()?, &wish(header), date, &environment.host.working_directory())?;
    let file = directory.script_template();
    let bytes = environment.host.read(&file)?;
    let source = String::from_utf8_lossy(&bytes);
    let mut variables = template::variables(&draft, &environment.config);
    variables.extend(template_args.iter().map(|(name, value)| (name.clone(), template::Value::from(value))));
    let warnings = bodies(passes, &mut variables)?;
    let text = template::render(&source, &variables, &mut |program| aside::text(&environment.host, program))
        .map_err(|error| error.doing(format!("filling {file}")))?;
    Ok(Made { draft, text, warnings })
}

/// Renders each pass into its variables, and gives the warnings.
fn bodies(passes: &[Pass], variables: &mut template::Variables) -> Result<Vec<String>> {
    let (mut imports, mut warnings) = (BTreeSet::new(), Vec::new());
    for pass in passes {
        let rendered = rendered(pass)?;
        imports.extend(pass.imports.iter().cloned().chain(rendered.imports));
        warnings.extend(rendered.warnings);
        variables.insert(pass.upgrade_token.clone(), rendered.upgrades.into());
        variables.insert(pass.downgrade_token.clone(), rendered.downgrades.into());
    }
    let imports: Vec<String> = imports.into_iter().collect();
    variables.insert("imports".into(), imports.join("\n").into());
    Ok(warnings)
}

fn rendered(pass: &Pass) -> Result<render::Rendered> {
    let options = render::Options {
        sqlalchemy_prefix: pass.sqlalchemy_module_prefix.clone(),
        alembic_prefix: pass.alembic_module_prefix.clone(),
        user_prefix: pass.user_module_prefix.clone(),
        as_batch: pass.render_as_batch,
    };
    render::revision(&pass.upgrade, &pass.downgrade, dialect::by_name(&pass.dialect)?, &options, &mut render::Plain)
}

fn wish(header: &Header) -> Wish {
    Wish {
        id: header.rev_id.clone().unwrap_or_default(),
        message: header.message.clone(),
        heads: (!header.head.is_empty()).then(|| header.head.clone()),
        splice: header.splice,
        branch_labels: header.branch_label.clone(),
        version_path: header.version_path.clone(),
        depends_on: header.depends_on.clone(),
    }
}

/// A configuration file of `init`, which knows the folder alone.
pub(super) fn location(text: &str, script_location: &str) -> Result<String> {
    let variables = template::Variables::from([("script_location".to_string(), script_location.into())]);
    let filled = template::fill(text, &variables)?;
    Ok(filled.expect("the templates of init hold expressions only"))
}
