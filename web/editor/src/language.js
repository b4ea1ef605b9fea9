// The languages of a project's files: how they are coloured, and what they complete.
import { python } from "@codemirror/lang-python";
import { sql, SQLite } from "@codemirror/lang-sql";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { properties } from "@codemirror/legacy-modes/mode/properties";
import { tags } from "@lezer/highlight";
import { completed } from "./completion.js";

/** The extension for a kind of file: "python", "sql", "ini", "mako" or "text". */
export const language = (kind) => [kinds[kind]?.() ?? [], colours];

const withNames = () => {
  const support = python();
  return [support, support.language.data.of({ autocomplete: completed })];
};

const kinds = {
  python: withNames,
  // Between its marks, a template of a revision is Python.
  mako: withNames,
  sql: () => sql({ dialect: SQLite, upperCaseKeywords: true }),
  ini: () => StreamLanguage.define(properties),
};

// The colours are the page's custom properties, so that light and dark need no second style.
const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self, tags.bool, tags.null], color: "var(--code-keyword)" },
    { tag: [tags.string, tags.special(tags.string), tags.quote], color: "var(--code-string)" },
    { tag: [tags.number, tags.literal], color: "var(--code-number)" },
    { tag: [tags.definition(tags.variableName), tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-name)" },
    { tag: [tags.className, tags.typeName, tags.propertyName, tags.heading], color: "var(--code-name)" },
    { tag: [tags.comment, tags.meta], color: "var(--code-comment)" },
    { tag: tags.invalid, color: "var(--remove)" },
  ]),
);
