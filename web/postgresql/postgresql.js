// PostgreSQL in the worker: PGlite, opened with a data directory of our own, and spoken to in the wire protocol.
import { PGlite } from "@electric-sql/pglite";

const SETTINGS = ["max_locks_per_transaction=1024", "shared_buffers=16MB"];
let database;

/** Opens it. `place` names a file beside this one; `told` hears how many bytes of how many have come. */
export async function open(place, told) {
  const come = arrivals(told);
  const [wasm, bundle, tar] = await Promise.all(["pglite.wasm", "pglite.data", "pgdata.tar.gz"].map((name) => come(place(name))));
  const data = await new Response(tar.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
  const module = await WebAssembly.compile(await wasm.arrayBuffer());
  database = await PGlite.create({ pgliteWasmModule: module, fsBundle: bundle, loadDataDir: data, postgresqlconf: SETTINGS });
}

/** Bytes of the protocol to the server, and what it answers. */
export const exchange = (bytes) => database.execProtocolRawSync(bytes);

// Fetches files as blobs and tells of all of them together. A server that compresses does not say how long they will be.
function arrivals(told) {
  let [done, of] = [0, 0];
  return async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${new URL(address).pathname} could not be fetched (${response.status})`);
    of += response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length"));
    const counted = new TransformStream({
      transform(chunk, controller) {
        done += chunk.byteLength;
        told(done, Math.max(done, of));
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counted)).blob();
  };
}
