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
  const program = new Uint8Array(number()), count = number();
  const numbers = () => Uint32Array.from({ length: count }, number);
  const before = numbers(), length = numbers(), distance = numbers();
  let to = 0, back = 0;
  for (let i = 0; i < count; i++) {
    program.set(packed.subarray(at, at + before[i]), to);
    at += before[i];
    to += before[i];
    back = distance[i] || back;
    program.copyWithin(to, to - back, to - back + length[i]);
    to += length[i];
  }
  program.set(packed.subarray(at), to);
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
