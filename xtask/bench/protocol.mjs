// Just enough of the protocol to speak to the engine's worker without the page. Postcard: numbers are written in sevens
// of bits, texts and lists after their length, an enum as its variant's place.

const utf8 = new TextEncoder();

export function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

export const bytes = (value) => [number(value.length), value];
export const text = (value) => bytes(utf8.encode(value));

export function frame(id, ...parts) {
  const id4 = new Uint8Array(new Uint32Array([id]).buffer);
  const flat = (part) => (part instanceof Uint8Array || typeof part[0] === "number" ? [part] : part.flatMap(flat));
  return new Uint8Array([id4, ...parts.flatMap(flat)].flatMap((part) => [...part]));
}

/** The numbers of an enum's variants, from the protocol's source. */
export function variants(source, name) {
  const body = source.split(`pub enum ${name} {\n`)[1].split("\n}\n")[0];
  return Object.fromEntries([...body.matchAll(/^    (\w+)[,({ ]/gm)].map(([, variant], at) => [variant, at]));
}
