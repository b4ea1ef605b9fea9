// Prints the compressed bytes of each part of dist/, one `part bytes` a line, and `total` until a migration can run:
// without `later`, which is fetched when the engine is ready, and `postgresql`, which few projects ask for.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const part = (name) => {
  if (name === "retort-worker_later.wasm") return "later";
  if (name.startsWith("retort-worker") || name === "worker_loader.js") return "worker";
  if (name === "editor.js") return "editor";
  return "page";
};

const sizes = { page: 0, worker: 0, editor: 0, later: 0, postgresql: 0 };
for (const entry of readdirSync("dist", { withFileTypes: true, recursive: true })) {
  const folder = entry.parentPath ?? entry.path;
  // A build that broke off leaves Trunk's own folder behind.
  if (!entry.isFile() || folder.includes(".stage")) continue;
  sizes[folder.endsWith("postgresql") ? "postgresql" : part(entry.name)] += brotliCompressSync(readFileSync(`${folder}/${entry.name}`)).length;
}
sizes.total = sizes.page + sizes.worker + sizes.editor;
for (const [name, bytes] of Object.entries(sizes)) console.log(name, bytes);
