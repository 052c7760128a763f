// Runs the library. The page sends requests, and gets responses back, both as texts in JSON.
importScripts("wasm_exec.js");

// unpack undoes what pack.go does.
function unpack(packed) {
  let at = 0;
  const number = () => {
    let value = 0, unit = 1;
    for (;;) {
      const byte = packed[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  };
  const program = new Uint8Array(number()), copies = number(), size = number();
  let rest = at + size, to = 0;
  for (let i = 0; i < copies; i++) {
    const before = number(), length = number(), distance = number();
    program.set(packed.subarray(rest, rest + before), to);
    rest += before;
    to += before;
    program.copyWithin(to, to - distance, to - distance + length);
    to += length;
  }
  program.set(packed.subarray(rest), to);
  return program;
}

const ready = (async () => {
  const go = new Go();
  const file = await fetch("program.gz");
  if (!file.ok) throw new Error(`program.gz: ${file.status} ${file.statusText}`);
  // Some servers unpack what ends in .gz, others do not.
  const sent = await file.blob();
  const head = new Uint8Array(await sent.slice(0, 2).arrayBuffer());
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  const packed = isPacked ? new Response(sent.stream().pipeThrough(new DecompressionStream("gzip"))) : sent;
  const program = unpack(new Uint8Array(await packed.arrayBuffer()));
  const { instance } = await WebAssembly.instantiate(program, go.importObject);
  go.run(instance);
})();

onmessage = async ({ data: { id, request } }) => {
  try {
    await ready;
    const begun = performance.now();
    const response = backlogkit(request);
    postMessage({ id, response, took: performance.now() - begun });
  } catch (error) {
    postMessage({ id, failed: String(error?.message ?? error) });
  }
};
