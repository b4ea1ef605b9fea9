// WebAssembly's binary format, as far as taking a program apart and putting it together again needs it.

/** Reads numbers and pieces from bytes, from the left to the right. */
export class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    Object.assign(this, { bytes, at, end });
  }

  get more() {
    return this.at < this.end;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned number, written in sevens of bits. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** A signed number. */
  signed() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(byte & 64 ? value - (1n << (shift + 7n)) : value);
    }
  }

  /** Passes over a number of either kind. */
  pass() {
    while (this.byte() > 127);
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }

  list(read) {
    return Array.from({ length: this.number() }, () => read(this));
  }
}

/** A number as bytes. */
export function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** A signed number of 32 bits as bytes. */
export function signed(value) {
  const bytes = [];
  for (; value > 63 || value < -64; value >>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value & 127];
}

/** A text with its length before it. */
export const text = (value) => sized(new TextEncoder().encode(value));

/** Bytes with their length before them. */
export const sized = (bytes) => join([number(bytes.length), bytes]);

/** Pieces with their count before them. */
export const list = (pieces) => join([number(pieces.length), ...pieces]);

/** Pieces, one after another. */
export function join(pieces) {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

// What follows an instruction, by its first byte: b a type of a block, n a number, t a table of branches, i a call,
// m an address in memory, r a reference to a function.
const follows = { 0x02: "b", 0x03: "b", 0x04: "b", 0x0c: "n", 0x0d: "n", 0x0e: "t", 0x10: "i", 0x11: "nn", 0x12: "i", 0x13: "nn", 0x1c: "v", 0x41: "n", 0x42: "n", 0x43: "4", 0x44: "8", 0xd0: "n", 0xd2: "r" };
for (let code = 0x20; code <= 0x26; code += 1) follows[code] = code === 0x23 || code === 0x24 ? "g" : "n";
for (let code = 0x28; code <= 0x3e; code += 1) follows[code] = "m";
follows[0x3f] = follows[0x40] = "n";
// The same behind the prefix 0xfc: the conversions that do not trap, whole blocks of memory and of tables.
const blocks = ["", "", "", "", "", "", "", "", "nn", "n", "nn", "n", "nn", "n", "nn", "n", "n", "n"];
const plain = (code) => code <= 0x01 || code === 0x05 || code === 0x0b || code === 0x0f || code === 0x1a || code === 0x1b || (code >= 0x45 && code <= 0xc4) || code === 0xd1;

const passes = {
  b: (reader) => reader.pass(),
  n: (reader) => reader.pass(),
  t: (reader) => reader.list(() => reader.pass()) && reader.pass(),
  v: (reader) => reader.list(() => reader.pass()),
  m: (reader) => (reader.pass(), reader.pass()),
  4: (reader) => reader.take(4),
  8: (reader) => reader.take(8),
};

/**
 * Walks over the instructions of a body (without its locals) and tells `named` of each function (`i`, `r`) and global
 * (`g`) that one of them names: its kind, its number, and where that is written. Tells `touched` of instructions that
 * need a table or a piece of data by its own number.
 */
export function walk(reader, named, touched = () => {}) {
  while (reader.more) {
    const at = reader.at;
    const code = reader.byte();
    if (code === 0xfc) {
      const more = reader.number();
      if (more >= blocks.length) throw new Error(`an instruction that the splitter does not know: 0xfc ${more}`);
      if (more === 8 || more === 9 || more >= 12) touched();
      for (const kind of blocks[more]) passes[kind](reader);
      continue;
    }
    if (code === 0x25 || code === 0x26) touched();
    if (follows[code] === undefined && !plain(code)) throw new Error(`an instruction that the splitter does not know: 0x${code.toString(16)} at ${at}`);
    for (const kind of follows[code] ?? "") {
      if (kind === "i" || kind === "r" || kind === "g") {
        const start = reader.at;
        named(kind, reader.number(), start, reader.at);
      } else passes[kind](reader);
    }
  }
}
