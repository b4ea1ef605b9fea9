// The engine's worker without the page: open a project, type a command and edit a file.
import { frame, number, text } from "./protocol.mjs";

export class Engine {
  static async start(setting) {
    const engine = new Engine(setting);
    await engine.heard(({ variant }) => variant === setting.reply.Ready);
    return engine;
  }

  constructor({ request, source, reply }) {
    Object.assign(this, { request, source, reply, last: 0, listeners: new Set() });
    this.worker = new Worker("/retort/worker_loader.js");
    this.worker.onmessage = ({ data }) => {
      const heard = { id: new DataView(data.buffer, data.byteOffset).getUint32(0, true), variant: data[4] };
      for (const listener of this.listeners) listener(heard);
    };
  }

  /** The first message that `wanted` takes. */
  heard(wanted) {
    return new Promise((found, lost) => {
      const listener = (message) => {
        if (!wanted(message)) return;
        this.listeners.delete(listener);
        found(message);
      };
      this.listeners.add(listener);
      setTimeout(() => lost(new Error("the engine did not answer")), 120_000);
    });
  }

  /** Sends a request and waits for its end; refused is an error. */
  async ask(...parts) {
    const id = (this.last += 1);
    const end = this.heard((message) => message.id === id && [this.reply.Finished, this.reply.Refused].includes(message.variant));
    this.worker.postMessage(frame(id, ...parts));
    if ((await end).variant === this.reply.Refused) throw new Error("the engine refused");
  }

  open(name, files) {
    const list = [number(files.length), ...files.flatMap(([path, content]) => [text(path), text(content)])];
    return this.ask(number(this.request.Open), number(this.source.Folder), text(name), list);
  }

  type(line) {
    return this.ask(number(this.request.Type), text(line));
  }

  /** Milliseconds from the new text of a file to the answer of autogenerate. */
  async autogenerate(path, content) {
    const message = [number(this.request.Write), text(path), text(content)];
    const start = performance.now();
    const answer = this.heard(({ variant }) => variant === this.reply.Autogenerate);
    this.ask(...message).catch(() => {});
    await answer;
    return performance.now() - start;
  }

  stop() {
    this.worker.terminate();
  }
}
