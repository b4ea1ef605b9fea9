// Names of SQLAlchemy, SQLModel and Alembic, with their signatures, where they can stand.
import { snippetCompletion } from "@codemirror/autocomplete";
import signatures from "./signatures.json";

// What a name before the dot stands for, and what a module offers to `from … import`.
const OBJECTS = { sa: "sa", sqlalchemy: "sa", orm: "orm", sqlmodel: "sqlmodel", op: "op", batch_op: "batch_op", context: "context" };
const MODULES = { sqlalchemy: "sa", "sqlalchemy.orm": "orm", sqlmodel: "sqlmodel", "alembic.op": "op" };

const options = Object.fromEntries(Object.entries(signatures).map(([group, names]) => [group, Object.entries(names).map(option)]));

function option([label, [kind, signature, info]]) {
  const plain = { label, detail: signature, info: info || undefined, type: kind };
  return signature === "()" || kind === "class" ? plain : snippetCompletion(`${label}(\${})`, plain);
}

/** The source of completions for Python. */
export function completed(context) {
  return afterDot(context) ?? inImport(context) ?? imported(context);
}

function afterDot(context) {
  const found = context.matchBefore(/\b(\w+)\.\w*$/);
  const [object] = found?.text.split(".") ?? [];
  if (!found || !Object.hasOwn(OBJECTS, object)) return null;
  return { from: found.from + object.length + 1, options: options[OBJECTS[object]], validFor: /^\w*$/ };
}

function inImport(context) {
  const found = context.matchBefore(/^\s*from\s+([\w.]+)\s+import\s[\w\s,(]*$/m);
  const [, module] = found?.text.match(/from\s+([\w.]+)/) ?? [];
  if (!found || !Object.hasOwn(MODULES, module)) return null;
  // An imported name is only named, not called.
  const named = options[MODULES[module]].map(({ apply, ...rest }) => rest);
  return { from: wordStart(context), options: named, validFor: /^\w*$/ };
}

// What the file itself imports from these modules.
function imported(context) {
  const word = context.matchBefore(/\w+$/);
  if (!word && !context.explicit) return null;
  const found = [...imports(context.state.doc.toString())];
  return found.length ? { from: word?.from ?? context.pos, options: found, validFor: /^\w*$/ } : null;
}

function* imports(text) {
  for (const [, module, list, bare] of text.matchAll(/^from\s+([\w.]+)\s+import\s+(?:\(([^)]*)\)|(.*))$/gm)) {
    if (!Object.hasOwn(MODULES, module)) continue;
    const names = new Set((list ?? bare).split(",").map((name) => name.trim().split(/\s/)[0]));
    yield* options[MODULES[module]].filter(({ label }) => names.has(label));
  }
}

function wordStart(context) {
  return context.matchBefore(/\w+$/)?.from ?? context.pos;
}
