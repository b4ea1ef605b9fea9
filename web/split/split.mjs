// Splits a program in two: a first part with the functions that are called at once, and a later one with the rest, which
// works in the same memory and the same table of functions.
//
// A call from one part to the other goes through the table: in the place of the function stands a stand-in that calls
// what the table holds there. The first part's stand-ins make sure before that the later part is there. They also stand
// in the table itself, until the later part puts its functions into their places.
import { Reader, join, list, number, signed, sized, text, walk } from "./binary.mjs";
import { assemble, encodedLimits, parse } from "./module.mjs";

/** Under this name the later part imports what the first one exports. */
const FIRST = "first";
/** A function that is shorter than its stand-in would be stays where it is. */
const STAND_IN = 18;

/** What stands before data that come later, as build.rs writes it; behind it their length. */
const MARK = "retort: later.\r\n";

/** What the first part imports, beside what the program does: a function that loads the later part. */
export const LOADER = "load_later";

/** `wanted(n)` says whether the nth function of the program itself is called at once. Gives both parts. */
export function split(bytes, wanted) {
  const program = new Program(parse(bytes));
  program.part(wanted);
  program.connect();
  program.divide();
  return { first: first(program), later: later(program) };
}

/** The program, and of each function: which part has it, whom it calls, its place in the table. */
class Program {
  constructor(module) {
    Object.assign(this, module);
    this.functionsImported = this.imports.filter(({ kind }) => kind === 0);
    const base = this.functionsImported.length;
    const outside = this.functionsImported.map(({ type }, index) => ({ index, type, here: true, names: [] }));
    const own = this.functions.map((type, at) => ({ index: base + at, type, ...body(this.code[at]) }));
    this.all = [...outside, ...own];
    this.own = own;
    this.tablesImported = this.imports.some(({ kind }) => kind === 1);
    if (this.tablesImported || this.imports.some(({ kind }) => kind > 1)) throw new Error("a program that imports its memory or table");
  }

  /** Which functions the first part has. */
  part(wanted) {
    const bound = new Set(this.exports.filter(({ kind }) => kind === 0).map(({ index }) => index));
    if (this.start !== undefined) bound.add(this.start);
    for (const [at, each] of this.own.entries()) each.here = wanted(at) || each.bound || bound.has(each.index) || each.code.length <= STAND_IN;
  }

  /** Gives a place in the table to each function that is called from the other part. */
  connect() {
    const slots = new Map(this.elements.flatMap(({ from, functions }) => functions.map((index, at) => [index, from + at])));
    this.size = this.tables[0].least;
    this.added = [];
    for (const caller of this.own) {
      for (const { kind, index } of caller.names) {
        if (kind === "g" || this.all[index].here === caller.here || slots.has(index)) continue;
        slots.set(index, this.size++);
        this.added.push(index);
      }
    }
    this.slots = slots;
  }

  /** Divides the data: what is marked comes with the later part. */
  divide() {
    const marked = ranges(this.data);
    this.now = this.data.flatMap((each) => without(each, marked));
    this.then = this.data.flatMap((each) => within(each, marked));
  }

  /** The functions of one part, and those of the other one that it names. */
  side(here, alsoNamed) {
    const inside = this.own.filter((each) => each.here === here);
    const named = new Set(alsoNamed);
    for (const { names } of inside) for (const { kind, index } of names) if (kind !== "g") named.add(index);
    const outside = [...named].filter((index) => this.all[index].here !== here).sort((a, b) => a - b);
    return { inside, outside };
  }
}

/** A body: its code, and the functions and globals that it names. Tables by number and references bind it to the first part. */
function body(code) {
  const reader = new Reader(code);
  reader.list(() => (reader.pass(), reader.byte()));
  const found = { code, names: [], bound: false };
  const named = (kind, index, start, end) => {
    found.names.push({ kind, index, start, end });
    found.bound ||= kind === "r";
  };
  walk(reader, named, () => (found.bound = true));
  return found;
}

/** The body with other numbers for functions and globals. */
function renumbered({ code, names }, functions, globals) {
  const pieces = [];
  let at = 0;
  for (const { kind, index, start, end } of names) {
    pieces.push(code.subarray(at, start), number((kind === "g" ? globals : functions).get(index)));
    at = end;
  }
  return sized(join([...pieces, code.subarray(at)]));
}

/** A function that calls what the table holds at `slot`, after what `before` does. */
function standIn({ parameters }, type, slot, before) {
  const given = parameters.flatMap((_, at) => [0x20, ...number(at)]);
  return sized([0, ...before, ...given, 0x41, ...signed(slot), 0x11, ...number(type), 0, 0x0b]);
}

const limited = (table, size) => encodedLimits({ ...table, least: size, most: table.most === undefined ? undefined : Math.max(size, table.most) });

/** The first part: it has the memory, the table, the globals and the data, and exports what the later part needs of them. */
function first(program) {
  const { inside, outside } = program.side(true, program.elements.flatMap(({ functions }) => functions));
  const load = program.functionsImported.length;
  const base = load + 1;
  const order = [...inside.map(({ index }) => index), ...outside];
  const places = new Map([...program.functionsImported.keys()].map((index) => [index, index]));
  order.forEach((index, at) => places.set(index, base + at));
  const globals = new Map(program.globals.map((_, index) => [index, index]));
  const [sure, there] = [base + order.length, program.globals.length];

  const standIns = outside.map((index) => {
    const { type } = program.all[index];
    return standIn(program.types[type], type, program.slots.get(index), [0x10, ...number(sure)]);
  });
  // Called by each stand-in: loads the later part if it is not there.
  const makeSure = sized([0, 0x23, ...number(there), 0x45, 0x04, 0x40, 0x10, ...number(load), 0x0b, 0x0b]);
  const nothing = withoutAnything(program);
  const element = (from, functions) => join([[0, 0x41], signed(from), [0x0b], list(functions.map((index) => number(places.get(index))))]);
  const extra = runs(program.added.filter((index) => program.all[index].here), program.slots);
  const named = (name, kind, index) => join([text(name), [kind], number(index)]);
  return assemble({
    types: program.types.map(({ raw }) => raw),
    imports: [...program.imports.map(({ raw }) => raw), join([text(program.imports[0].module), text(LOADER), [0], number(nothing)])],
    functions: [...order.map((index) => number(program.all[index].type)), number(nothing)],
    tables: program.tables.map((table, at) => join([[table.kind], at === 0 ? limited(table, program.size) : encodedLimits(table)])),
    memories: program.memories.map(encodedLimits),
    globals: [...program.globals.map(({ raw }) => raw), [0x7f, 1, 0x41, 0, 0x0b]],
    exports: [
      ...program.exports.map(({ name, kind, index }) => named(name, kind, kind === 0 ? places.get(index) : index)),
      named("later:table", 1, 0),
      named("later:there", 3, there),
      ...globalsOfLater(program).map((index) => named(`later:${index}`, 3, index)),
    ],
    start: program.start === undefined ? undefined : number(places.get(program.start)),
    elements: [...program.elements.map(({ from, functions }) => element(from, functions)), ...extra.map(([from, functions]) => element(from, functions))],
    code: [...inside.map((each) => renumbered(each, places, globals)), ...standIns, makeSure],
    data: encodedData(program.now),
  });
}

/** The later part: its functions, which it puts into the first part's table, and then it says that it is there. */
function later(program) {
  const { inside, outside } = program.side(false, []);
  const order = [...inside.map(({ index }) => index), ...outside];
  const places = new Map(order.map((index, at) => [index, at]));
  const used = globalsOfLater(program);
  const globals = new Map(used.map((index, at) => [index, at]));
  const nothing = withoutAnything(program);
  const standIns = outside.map((index) => {
    const { type } = program.all[index];
    return standIn(program.types[type], type, program.slots.get(index), []);
  });
  const memory = program.memories[0];
  const imported = (name, kind, what) => join([text(FIRST), text(name), [kind], what]);
  const filled = runs(inside.map(({ index }) => index).filter((index) => program.slots.has(index)), program.slots);
  return assemble({
    types: program.types.map(({ raw }) => raw),
    imports: [
      imported("memory", 2, encodedLimits(memory)),
      imported("later:table", 1, join([[program.tables[0].kind], limited(program.tables[0], program.size)])),
      ...used.map((index) => imported(`later:${index}`, 3, [program.globals[index].kind, program.globals[index].mutable])),
      imported("later:there", 3, [0x7f, 1]),
    ],
    functions: [...order.map((index) => number(program.all[index].type)), number(nothing)],
    start: number(order.length),
    elements: filled.map(([from, functions]) => join([[0, 0x41], signed(from), [0x0b], list(functions.map((index) => number(places.get(index))))])),
    code: [...inside.map((each) => renumbered(each, places, globals)), ...standIns, sized([0, 0x41, 1, 0x24, ...number(used.length), 0x0b])],
    data: encodedData(program.then),
  });
}

const encodedData = (data) => data.map(({ from, bytes }) => join([[0, 0x41], signed(from), [0x0b], sized(bytes)]));

/** Where in memory the marked data lie. */
function ranges(data) {
  const [start, end] = [Math.min(...data.map(({ from }) => from)), Math.max(...data.map(({ from, bytes }) => from + bytes.length))];
  const memory = Buffer.alloc(end - start);
  for (const { from, bytes } of data) memory.set(bytes, from - start);
  const found = [];
  for (let at = memory.indexOf(MARK); at >= 0; at = memory.indexOf(MARK, at + 1)) {
    const inside = at + MARK.length + 4;
    found.push([start + inside, start + inside + memory.readUInt32LE(inside - 4)]);
  }
  return found;
}

const piece = ({ from, bytes }, start, end) => (start < end ? [{ from: start, bytes: bytes.subarray(start - from, end - from) }] : []);

/** The pieces of some data that lie in the ranges, and those that do not. */
const within = (data, ranges) => ranges.flatMap(([start, end]) => piece(data, Math.max(start, data.from), Math.min(end, data.from + data.bytes.length)));

function without(data, ranges) {
  const found = [];
  let at = data.from;
  for (const [start, end] of ranges) {
    found.push(...piece(data, at, Math.min(start, data.from + data.bytes.length)));
    at = Math.max(at, end);
  }
  return [...found, ...piece(data, at, data.from + data.bytes.length)];
}

/** The type of a function that takes and gives nothing. */
const withoutAnything = ({ types }) => types.findIndex(({ parameters, results }) => parameters.length + results.length === 0);

/** The globals that functions of the later part name. */
function globalsOfLater(program) {
  const later = program.own.filter(({ here }) => !here);
  const named = later.flatMap(({ names }) => names.filter(({ kind }) => kind === "g").map(({ index }) => index));
  return [...new Set(named)].sort((a, b) => a - b);
}

/** Functions by their places in the table: those beside one another together. */
function runs(functions, slots) {
  const sorted = functions.map((index) => [slots.get(index), index]).sort(([a], [b]) => a - b);
  const found = [];
  for (const [slot, index] of sorted) {
    const last = found.at(-1);
    if (last && last[0] + last[1].length === slot) last[1].push(index);
    else found.push([slot, [index]]);
  }
  return found;
}

/**
 * The program with a byte of memory for each function of its own, which becomes 1 when that is called first. Gives it
 * and where the bytes are. (They lie in pages of their own behind the program's data, which no allocator hands out: that
 * asks for new ones.)
 */
export function watched(bytes) {
  const module = parse(bytes);
  const from = module.memories[0].least * 65536;
  const pages = Math.ceil(module.functions.length / 65536);
  const code = module.code.map((body, at) => {
    const reader = new Reader(body);
    reader.list(() => (reader.pass(), reader.byte()));
    const mark = [0x41, ...signed(from + at), 0x41, 1, 0x3a, 0, 0];
    return sized(join([body.subarray(0, reader.at), mark, body.subarray(reader.at)]));
  });
  const raw = (items) => items.map(({ raw }) => raw);
  const numbers = (items) => items.map(number);
  const program = assemble({
    types: raw(module.types),
    imports: raw(module.imports),
    functions: numbers(module.functions),
    tables: module.tables.map((table) => join([[table.kind], encodedLimits(table)])),
    memories: module.memories.map((memory) => encodedLimits({ ...memory, least: memory.least + pages })),
    globals: raw(module.globals),
    exports: module.exports.map(({ name, kind, index }) => join([text(name), [kind], number(index)])),
    start: module.start === undefined ? undefined : number(module.start),
    elements: module.elements.map(({ from, functions }) => join([[0, 0x41], signed(from), [0x0b], list(numbers(functions))])),
    code,
    data: encodedData(module.data),
  });
  return { program, from, count: module.functions.length };
}
