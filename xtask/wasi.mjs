// Runs a WebAssembly program of tests under Node: cargo's runner for wasm32-wasip1. It sees the project's folder.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

process.removeAllListeners("warning");
const [, , program, ...words] = process.argv;
const wasi = new WASI({ version: "preview1", args: [program, ...words], env: process.env, preopens: { ".": ".", "/": "/" } });
const module = await WebAssembly.compile(await readFile(program));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
