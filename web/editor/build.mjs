// Bundles the editor into one module, `web/editor/dist/editor.js`. Trunk runs it before it puts the page together.
// The packages lie in `.tools/npm`, where `cargo xtask` installed them by web/package-lock.json.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = `${root}.tools/npm/node_modules`;
const esbuild = createRequire(`${root}.tools/npm/`)("esbuild");

await esbuild.build({
  entryPoints: [`${root}web/editor/src/editor.js`],
  outfile: `${root}web/editor/dist/editor.js`,
  nodePaths: [packages],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
