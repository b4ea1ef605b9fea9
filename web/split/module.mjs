// A WebAssembly program as its parts: what it imports, its functions, tables, globals, exports, elements and data.
import { Reader, join, list, number, sized, walk } from "./binary.mjs";

const IDS = { types: 1, imports: 2, functions: 3, tables: 4, memories: 5, globals: 6, exports: 7, start: 8, elements: 9, code: 10, data: 11, counted: 12 };
/** In the order in which the sections must stand. */
const ORDER = ["types", "imports", "functions", "tables", "memories", "globals", "exports", "start", "elements", "counted", "code", "data"];

/** Takes a program apart. Sections for people (names, producers) are left out. */
export function parse(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = {};
  while (reader.more) {
    const id = reader.byte();
    const body = reader.take(reader.number());
    const name = Object.keys(IDS).find((name) => IDS[name] === id);
    if (name) sections[name] = body;
    else if (id !== 0) throw new Error(`a section that the splitter does not know: ${id}`);
  }
  const read = (name, item) => (sections[name] ? new Reader(sections[name]).list(item) : []);
  return {
    types: read("types", type),
    imports: read("imports", imported),
    functions: read("functions", (reader) => reader.number()),
    tables: read("tables", table),
    memories: read("memories", limits),
    globals: read("globals", global),
    exports: read("exports", (reader) => ({ name: reader.text(), kind: reader.byte(), index: reader.number() })),
    start: sections.start && new Reader(sections.start).number(),
    elements: read("elements", element),
    counted: sections.counted,
    code: read("code", (reader) => reader.take(reader.number())),
    data: read("data", datum),
  };
}

/** Puts a program together: of each section the encoded items; of `start` and `counted` the whole. */
export function assemble(sections) {
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const present = ORDER.filter((name) => sections[name]?.length);
  const whole = (name) => (name === "start" || name === "counted" ? Uint8Array.from(sections[name]) : list(sections[name]));
  return join([head, ...present.flatMap((name) => [[IDS[name]], sized(whole(name))])]);
}

const raw = (reader, read) => {
  const start = reader.at;
  const value = read(reader);
  return { ...value, raw: reader.bytes.subarray(start, reader.at) };
};

const type = (reader) =>
  raw(reader, () => {
    if (reader.byte() !== 0x60) throw new Error("a type that is none of a function");
    return { parameters: reader.list((each) => each.byte()), results: reader.list((each) => each.byte()) };
  });

const imported = (reader) =>
  raw(reader, () => {
    const [module, name, kind] = [reader.text(), reader.text(), reader.byte()];
    if (kind === 0) return { module, name, kind, type: reader.number() };
    if (kind === 1) return { module, name, kind, table: table(reader) };
    if (kind === 2) return { module, name, kind, memory: limits(reader) };
    return { module, name, kind, global: reader.take(2) };
  });

const limits = (reader) => {
  const flags = reader.byte();
  return { flags, least: reader.number(), most: flags & 1 ? reader.number() : undefined };
};
const table = (reader) => ({ kind: reader.byte(), ...limits(reader) });

const global = (reader) =>
  raw(reader, () => {
    const [kind, mutable] = reader.take(2);
    return { kind, mutable, value: constant(reader) };
  });

/** An expression that is one number: where something begins. */
function constant(reader) {
  const code = reader.byte();
  const value = code === 0x41 ? reader.signed() : undefined;
  if (value === undefined) walk(untilEnd(reader, code), () => {});
  else reader.byte();
  return value;
}

// The expression from the instruction just read to its end.
function untilEnd(reader, code) {
  const start = reader.at - 1;
  const width = { 0x42: () => reader.pass(), 0x43: () => reader.take(4), 0x44: () => reader.take(8), 0xd0: () => reader.pass(), 0xd2: () => reader.pass(), 0x23: () => reader.pass() }[code];
  if (!width) throw new Error(`a constant that the splitter does not know: 0x${code.toString(16)}`);
  width();
  reader.byte();
  return new Reader(reader.bytes, start, reader.at);
}

// Functions in a table, from a place on.
const element = (reader) => {
  const flags = reader.number();
  if (flags !== 0) throw new Error(`functions in a table in a form that the splitter does not know: ${flags}`);
  return { from: constant(reader), functions: reader.list((each) => each.number()) };
};

const datum = (reader) => {
  const flags = reader.number();
  if (flags !== 0) throw new Error(`data in a form that the splitter does not know: ${flags}`);
  return { from: constant(reader), bytes: reader.take(reader.number()) };
};

/** How far a table or a memory reaches, encoded. */
export const encodedLimits = ({ flags, least, most }) => join([[flags], number(least), most === undefined ? [] : number(most)]);
