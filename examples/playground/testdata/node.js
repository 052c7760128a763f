// Runs the page's worker in node: `node node.js SITE REQUESTS`, where REQUESTS holds a request a line. It prints a response a line.
const fs = require("fs"), path = require("path"), vm = require("vm");
const [site, requests] = process.argv.slice(2);
globalThis.importScripts = (name) => vm.runInThisContext(fs.readFileSync(path.join(site, name), "utf8"), name);
globalThis.fetch = async (name) => new Response(fs.readFileSync(path.join(site, name)));
const lines = fs.readFileSync(requests, "utf8").split("\n").filter(Boolean);
globalThis.postMessage = ({ response, failed }) => {
  if (failed) throw new Error(failed);
  fs.writeSync(1, JSON.stringify(response) + "\n");
  lines.shift();
  if (lines.length) next();
  else process.exit(0);
};
vm.runInThisContext(fs.readFileSync(path.join(site, "worker.js"), "utf8"), "worker.js");
const next = () => onmessage({ data: { id: 1, request: lines[0] } });
next();
