// Puts together what a page with PostgreSQL fetches, into `web/postgresql/dist`: PGlite and our few lines as one module,
// its program and its files, and a data directory as `initdb` leaves it, which saves every visitor more than a second.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = `${root}.tools/npm/node_modules`;
const pglite = `${packages}/@electric-sql/pglite`;
const out = `${root}web/postgresql/dist`;
const esbuild = createRequire(`${root}.tools/npm/`)("esbuild");
const version = JSON.parse(readFileSync(`${pglite}/package.json`)).version;

// What PGlite asks of Node it uses under Node only.
function withoutNode(build) {
  build.onResolve({ filter: /.*/ }, ({ path }) => (isBuiltin(path) ? { path, namespace: "node" } : undefined));
  build.onLoad({ filter: /.*/, namespace: "node" }, () => ({ contents: "export default {}; export const createRequire = undefined;" }));
}

mkdirSync(out, { recursive: true });
await esbuild.build({
  entryPoints: [`${root}web/postgresql/postgresql.js`],
  outfile: `${out}/postgresql.js`,
  nodePaths: [packages],
  bundle: true,
  format: "esm",
  platform: "browser",
  plugins: [{ name: "no Node here", setup: withoutNode }],
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "error",
});
for (const name of ["pglite.wasm", "pglite.data"]) copyFileSync(`${pglite}/dist/${name}`, `${out}/${name}`);
if (!existsSync(`${out}/pgdata.tar.gz`) || readFileSync(`${out}/version`, "utf8") !== version) {
  const { PGlite } = await import(pathToFileURL(`${pglite}/dist/index.js`));
  const database = await PGlite.create({ postgresqlconf: ["max_locks_per_transaction=1024", "shared_buffers=16MB"] });
  const directory = await database.dumpDataDir("none");
  writeFileSync(`${out}/pgdata.tar.gz`, gzipSync(Buffer.from(await directory.arrayBuffer()), { level: 9 }));
  writeFileSync(`${out}/version`, version);
}
// PGlite leaves something open that would keep this alive.
process.exit(0);
