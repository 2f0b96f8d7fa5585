// The engine in Node or in a worker of a page: text in, text out. It names no file and no host.

/** An instance of the module's bytes: `ask(request)` gives the reply as text. The module must import nothing. */
export function engine(bytes) {
  const module = new WebAssembly.Module(bytes);
  const imports = WebAssembly.Module.imports(module);
  if (imports.length > 0) {
    throw new Error(`the module imports ${imports.map((it) => `${it.module}.${it.name}`).join(", ")}`);
  }
  const it = new WebAssembly.Instance(module, {}).exports;
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  return (request) => {
    const words = encoder.encode(typeof request === "string" ? request : JSON.stringify(request));
    // The memory may grow, and has another buffer then: first the room, then the buffer.
    const at = it.input(words.length);
    new Uint8Array(it.memory.buffer, at, words.length).set(words);
    const length = it.call();
    return decoder.decode(new Uint8Array(it.memory.buffer, it.output(), length));
  };
}
