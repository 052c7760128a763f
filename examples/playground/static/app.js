// The page: it shows what the library, which runs in worker.js, answers. The state below is all there is; it is what a link holds.
"use strict";

const $ = (id) => document.getElementById(id);
const text = $("text"), behind = text.previousElementSibling;
const empty = () => ({ name: "", text: "", kind: "", view: "", method: "", item: 0, moves: [], rows: 0 });
let state = empty();
let answer = { views: [], blocks: [], marks: [] };

function element(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// The worker has one request at a time; of those that come meanwhile, the last one counts.

let worker, busy = null, waiting = null, count = 0;

function startWorker() {
  worker = new Worker("worker.js");
  worker.onmessage = ({ data }) => {
    if (!busy || data.id !== busy.id) return;
    const { then } = busy;
    finish();
    if (data.failed) fail(`The program stopped: ${data.failed}`);
    else then(JSON.parse(data.response), data.took);
  };
  worker.onerror = (event) => {
    finish();
    fail(`The program could not start: ${event.message || "worker.js is missing"}`);
  };
}

function finish() {
  clearTimeout(busy?.slow);
  busy = null;
  $("stop").hidden = true;
  $("panel").setAttribute("aria-busy", "false");
  if (waiting) [waiting, busy] = [null, send(waiting)];
}

function send({ request, then }) {
  const id = ++count;
  $("panel").setAttribute("aria-busy", "true");
  worker.postMessage({ id, request: JSON.stringify(request) });
  return { id, then, slow: setTimeout(() => { $("stop").hidden = false; }, 3000) };
}

function ask(request, then) {
  if (busy) waiting = { request, then };
  else busy = send({ request, then });
}

function fail(message) {
  $("summary").textContent = message;
}

$("stop").addEventListener("click", () => {
  worker.terminate();
  waiting = null;
  startWorker();
  finish();
  fail("Stopped. Change something to go on.");
});

// refresh asks for the view of the state, and shows it.
function refresh() {
  ask(state, (response, took) => {
    document.body.dataset.took = took;
    show(response);
  });
  keepLink();
}

function change(part) {
  Object.assign(state, part);
  refresh();
}

// What is read: a sample, a file, a link, or what is typed.

function put(name, value, rest = {}) {
  state = { ...empty(), name, text: value, ...rest };
  text.value = state.text;
  $("kind").value = state.kind;
  behind.replaceChildren();
  refresh();
}

async function openSample(name) {
  const file = await fetch("samples/" + name);
  if (!file.ok) return fail(`samples/${name} is not there: ${file.status}`);
  put(name, await file.text());
}

function decode(bytes) {
  const [a, b] = new Uint8Array(bytes.slice(0, 2));
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const maxFile = 32 * 1024 * 1024;

async function openFile(file) {
  if (!file) return;
  if (file.size > maxFile) return fail(`${file.name} has ${(file.size / 1048576).toFixed(1)} MB; the playground takes files up to 32 MB.`);
  put(file.name, decode(await file.arrayBuffer()));
  $("sample").value = "";
}

$("sample").addEventListener("change", (event) => event.target.value && openSample(event.target.value));
$("file").addEventListener("change", (event) => { openFile(event.target.files[0]); event.target.value = ""; });
$("kind").addEventListener("change", (event) => change({ kind: event.target.value, view: "", rows: 0 }));

let isReplaced = false; // the next input brings a new text, and not a change of the one that is there

text.addEventListener("paste", () => { isReplaced = text.selectionEnd - text.selectionStart === text.value.length; });

let typing;
text.addEventListener("input", () => {
  if (isReplaced || text.value === "") {
    state = { ...empty(), kind: state.kind };
    $("sample").value = "";
    isReplaced = false;
  }
  state.text = text.value;
  state.rows = 0;
  clearTimeout(typing);
  typing = setTimeout(refresh, 150);
});

document.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) {
    event.preventDefault();
    openFile(event.clipboardData.files[0]);
  } else if (!event.target.closest("input, textarea")) {
    put("", event.clipboardData.getData("text/plain"));
    $("sample").value = "";
  }
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
}
document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  if (event.dataTransfer.files.length) openFile(event.dataTransfer.files[0]);
  else if (event.dataTransfer.getData("text/plain")) put("", event.dataTransfer.getData("text/plain"));
});

// What is wrong with the text: underlined in it, and listed below it.

const maxUnderlined = 200000; // characters: beyond, the list has to do

function showMarks() {
  const value = text.value, pieces = [];
  let at = 0;
  if (value.length <= maxUnderlined && value === state.text) {
    for (const mark of answer.marks ?? []) {
      if (!mark.line || mark.start < at || mark.end <= mark.start) continue;
      pieces.push(value.slice(at, mark.start), element("mark", { className: mark.severity }, value.slice(mark.start, mark.end)));
      at = mark.end;
    }
    pieces.push(value.slice(at) + "\n");
  }
  behind.replaceChildren(...pieces);
  behind.scrollTop = text.scrollTop;
  behind.scrollLeft = text.scrollLeft;
  const marks = answer.marks ?? [];
  $("marks-title").textContent = marks.length ? `${marks.length} to look at` : state.text.trim() ? "Nothing to mend" : "";
  $("marks").replaceChildren(...marks.map((mark) => {
    const words = element("span", {}, element("b", {}, mark.severity), " ", mark.message, mark.mend ? ` – ${mark.mend}` : "");
    const place = element("span", { className: "at" }, mark.line ? `${mark.line}:${mark.column}` : "–");
    const body = mark.line ? element("button", { type: "button" }, place, words) : element("p", {}, place, words);
    if (mark.line) body.addEventListener("click", () => goTo(mark.start, Math.max(mark.end, mark.start)));
    return element("li", { className: mark.severity }, body);
  }));
}

function goTo(start, end) {
  text.focus();
  text.setSelectionRange(start, end);
  const lines = text.value.slice(0, start).split("\n").length, all = text.value.split("\n").length;
  text.scrollTop = Math.max(0, text.scrollHeight * (lines - 1) / all - text.clientHeight / 2);
}

function goToLine(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  goTo(start, start + (lines[line - 1] ?? "").length);
}

text.addEventListener("scroll", () => { behind.scrollTop = text.scrollTop; behind.scrollLeft = text.scrollLeft; });

// What was found.

function show(response) {
  answer = response;
  document.body.dataset.first ??= performance.now();
  if (answer.error) fail(answer.error);
  else $("summary").textContent = answer.summary ?? "";
  $("why").textContent = answer.why && answer.kind ? `Read as ${$("kind").querySelector(`[value="${answer.kind}"]`)?.textContent ?? answer.kind}: ${answer.why}.` : "";
  $("source").classList.toggle("wide", answer.kind === "sheet" || answer.kind === "tracker");
  showMarks();
  showViews();
  showTools();
  showBlocks(answer.blocks ?? []);
}

function showViews() {
  const views = answer.views ?? [], bar = $("views");
  const had = bar.contains(document.activeElement);
  bar.hidden = views.length === 0;
  bar.replaceChildren(...views.map((view) => {
    const isShown = view.name === answer.view;
    const tab = element("button", { type: "button", id: "view-" + view.name, role: "tab", tabIndex: isShown ? 0 : -1 }, view.title);
    tab.setAttribute("aria-selected", isShown);
    tab.setAttribute("aria-controls", "panel");
    tab.addEventListener("click", () => change({ view: view.name, rows: 0 }));
    return tab;
  }));
  const shown = bar.querySelector("[aria-selected=true]");
  if (shown) $("panel").setAttribute("aria-labelledby", shown.id);
  else $("panel").removeAttribute("aria-labelledby");
  if (had) shown?.focus();
}

$("views").addEventListener("keydown", (event) => {
  const tabs = [...$("views").children], at = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const tab = tabs[to % tabs.length];
  tab.focus();
  tab.click();
});

function showTools() {
  const methods = answer.methods ?? [];
  $("method-choice").hidden = methods.length === 0 || answer.view === "compare";
  $("method").replaceChildren(...methods.map((m) => element("option", { value: m.name, selected: m.name === answer.method }, m.title)));
  const files = answer.files ?? [];
  if (!files.length) return $("downloads").replaceChildren();
  const menu = element("details", {}, element("summary", {}, "Download"), element("div", {}, ...files.map((file) => {
    const button = element("button", { type: "button" }, file.title);
    button.addEventListener("click", () => { menu.open = false; download(file.name); });
    return button;
  })));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.firstChild.focus();
  });
  $("downloads").replaceChildren(menu);
}

$("method").addEventListener("change", (event) => change({ method: event.target.value, moves: [] }));

function download(as) {
  ask({ ...state, as }, (response) => {
    if (response.error) return fail(response.error);
    save(response.file.name, response.file.type, response.file.text);
    $("summary").textContent = `${response.file.name} is downloaded.`;
  });
}

function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// Blocks. Sliders that are there already stay, so that one can be dragged while the order follows.

const builders = { table, picture, sliders, tree, notes, text: plainText };

function showBlocks(blocks) {
  const place = $("blocks"), old = place.querySelector(".sliders");
  const focused = document.activeElement?.closest?.("#blocks") ? document.activeElement.id : "";
  for (const image of place.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  const made = blocks.map((block, i) => {
    const id = "block-" + i;
    if (block.type === "sliders" && old && old.dataset.of === sliderKey(block)) {
      update(old, block);
      return old;
    }
    return builders[block.type](block, id);
  });
  for (const child of [...place.children]) if (!made.includes(child)) child.remove();
  made.forEach((child, i) => { if (place.children[i] !== child) place.insertBefore(child, place.children[i] ?? null); });
  if (focused && document.activeElement === document.body) $(focused)?.focus();
}

function headed(block, id, ...children) {
  const note = block.note ? [element("p", { className: "note" }, block.note)] : [];
  return element("section", { className: "block" }, element("h3", { id }, block.title), ...note, ...children);
}

function cell(block, row, value, i, id) {
  const isNumber = block.head[i].number;
  const made = element("td", { className: isNumber ? "number" : "" });
  if (row.item && !isNumber && block.head[i].title === "Item") {
    const button = element("button", { type: "button", id: `${id}-item-${row.item}`, title: "Move its numbers" }, value);
    button.addEventListener("click", () => { change({ item: row.item, view: "rank" }); });
    made.append(button);
  } else if (row.line && block.head[i].title === "Line") {
    const button = element("button", { type: "button", title: "Show it in the text" }, value);
    button.addEventListener("click", () => goToLine(row.line));
    made.append(button);
  } else made.append(value);
  return made;
}

const maxRows = 5000; // as many as internal/playground shows

function table(block, id) {
  const rows = block.rows ?? [];
  const body = rows.map((row) => {
    const chosen = row.item && answer.blocks.some((b) => b.type === "sliders" && b.item === row.item) ? " chosen" : "";
    return element("tr", { className: (row.tone ?? "") + chosen }, ...row.cells.map((value, i) => cell(block, row, value, i, id)));
  });
  const made = element("table", { "aria-labelledby": id },
    element("thead", {}, element("tr", {}, ...block.head.map((c) => element("th", { scope: "col", className: c.number ? "number" : "" }, c.title)))),
    element("tbody", {}, ...body));
  const scroll = element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-labelledby": id }, made);
  const more = [];
  if (block.total > rows.length && rows.length >= maxRows) {
    more.push(element("p", { className: "note" }, `The first ${rows.length} of ${block.total}; a download has all.`));
  } else if (block.total > rows.length) {
    const button = element("button", { type: "button", id: id + "-more" }, `Show more: ${rows.length} of ${block.total}`);
    button.addEventListener("click", () => change({ rows: Math.max(rows.length * 2, 200) }));
    more.push(button);
  }
  return headed(block, id, scroll, ...more);
}

function picture(block, id) {
  const described = new DOMParser().parseFromString(block.svg, "image/svg+xml").querySelector("desc")?.textContent;
  const image = element("img", {
    className: "picture", alt: described || block.title, src: URL.createObjectURL(new Blob([block.svg], { type: "image/svg+xml" })),
  });
  const button = element("button", { type: "button" }, `Download ${block.name}.svg`);
  button.addEventListener("click", () => save(block.name + ".svg", "image/svg+xml", block.svg));
  return headed(block, id, element("figure", {}, element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-labelledby": id }, image), button));
}

const sliderKey = (block) => [block.item, ...block.sliders.map((s) => `${s.factor} ${s.least} ${s.most}`)].join("|");

function sliders(block, id) {
  const choice = element("select", { id: "item" }, ...block.items.map((o) => element("option", { value: o.name }, o.title)));
  choice.addEventListener("change", () => change({ item: Number(choice.value) }));
  const back = element("button", { type: "button", className: "back" }, "Put all back");
  back.addEventListener("click", () => change({ moves: [] }));
  const list = element("ul", {}, ...block.sliders.map((s) => {
    const name = "move-" + s.factor.replaceAll(/[^a-z0-9_]/gi, "-");
    const bounds = { min: s.least, max: s.most, step: s.step };
    const range = element("input", { type: "range", id: name, ...bounds, "aria-describedby": name + "-at" });
    const number = element("input", { type: "number", ...bounds, step: "any", "aria-label": s.title + ", as a number" });
    for (const input of [range, number]) {
      input.addEventListener("input", () => {
        if (input.value === "" || !input.checkValidity()) return;
        (input === range ? number : range).value = input.value;
        moveTo(block.item, s.factor, input.value, s.given);
      });
    }
    return element("li", { className: "slider" }, element("label", { htmlFor: name }, s.title), range, number, element("p", { id: name + "-at" }));
  }));
  const made = element("section", { className: "sliders", "aria-labelledby": id }, 
    element("div", { className: "row" }, element("h3", { id }, block.title),
      element("span", { className: "pair" }, element("label", { htmlFor: "item" }, "Item"), choice), back),
    element("p", { className: "note" }, block.note), list);
  made.dataset.of = sliderKey(block);
  update(made, block);
  return made;
}

// update shows the numbers of sliders, but for one that is in somebody's hand.
function update(made, block) {
  made.querySelector("select").value = block.item;
  made.querySelector(".back").hidden = !state.moves.length;
  block.sliders.forEach((s, i) => {
    const one = made.querySelectorAll(".slider")[i];
    for (const input of one.querySelectorAll("input")) if (input !== document.activeElement) input.value = s.value;
    one.classList.toggle("moved", Boolean(s.moved));
    one.querySelector("p").textContent = (s.moved ? `${s.given} in the sheet; ` : "") + [s.up, s.down].filter(Boolean).join(" · ");
  });
}

function moveTo(row, factor, value, given) {
  const moves = state.moves.filter((m) => m.row !== row || m.factor !== factor);
  if (Number(value) !== Number(given)) moves.push({ row, factor, value });
  change({ moves, item: row });
}

function tree(block, id) {
  const branch = (nodes) => element("ul", {}, ...nodes.map((n) => {
    const words = [n.text, n.note ? element("span", { className: "soft" }, ` ${n.note}`) : ""];
    if (!n.nodes?.length) return element("li", { className: n.done ? "done" : "" }, n.done ? "✓ " : "○ ", ...words);
    return element("li", {}, element("details", { open: true }, element("summary", {}, ...words), branch(n.nodes)));
  }));
  const made = branch(block.nodes ?? []);
  made.className = "tree";
  return headed(block, id, made);
}

function notes(block, id) {
  return headed(block, id, element("ul", {}, ...block.lines.map((line) => element("li", {}, line))));
}

function plainText(block, id) {
  const button = element("button", { type: "button" }, `Download ${block.name}`);
  button.addEventListener("click", () => save(block.name, "text/plain", block.text));
  return headed(block, id, element("pre", { tabIndex: 0, role: "region", "aria-labelledby": id }, block.text), button);
}

// Links: the whole state, compressed, behind the "#", which browsers do not send.

const maxKept = 8000, maxLink = 1500000; // characters: in the address bar while one works, and of a link that is asked for

// through returns what a stream makes of bytes. More than a file may have is refused before it is there: a short link
// can unpack to gigabytes.
async function through(stream, bytes) {
  const pieces = [], reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer());
    if ((size += value.length) > 2 * maxFile) {
      reader.cancel();
      throw new Error("it holds more than 64 MB");
    }
    pieces.push(value);
  }
}

async function linkOf(value) {
  const first = empty();
  const kept = Object.fromEntries(Object.entries(value).filter(([name, v]) => JSON.stringify(v) !== JSON.stringify(first[name])));
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(kept)));
  let binary = "";
  for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return "#1" + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function readLink(hash) {
  if (!hash.startsWith("#1")) throw new Error("it is of another version");
  const binary = atob(hash.slice(2).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = await through(new DecompressionStream("deflate-raw"), Uint8Array.from(binary, (c) => c.charCodeAt(0)));
  const value = JSON.parse(new TextDecoder().decode(bytes)), first = empty();
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("it holds no state");
  for (const name of Object.keys(first)) {
    if (!(name in value)) continue;
    if (typeof value[name] !== typeof first[name] || Array.isArray(value[name]) !== Array.isArray(first[name])) throw new Error(`its ${name} is no ${typeof first[name]}`);
    first[name] = value[name];
  }
  const isMove = (m) => Number.isSafeInteger(m?.row) && typeof m.factor === "string" && typeof m.value === "string";
  if (!first.moves.every(isMove) || !Number.isSafeInteger(first.item) || !Number.isSafeInteger(first.rows)) throw new Error("its numbers cannot be read");
  return first;
}

let keeping;
function keepLink() {
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    const link = await linkOf(state);
    history.replaceState(null, "", link.length <= maxKept ? link : location.pathname);
  }, 400);
}

$("link").addEventListener("click", async () => {
  const link = await linkOf(state), address = location.origin + location.pathname + link;
  if (link.length > maxLink) return fail("This is too much for a link. Download the result instead.");
  $("link-place").hidden = false;
  $("address").value = address;
  $("address").focus();
  $("address").select();
  try {
    await navigator.clipboard.writeText(address);
    $("summary").textContent = `The link is copied: ${address.length} characters.`;
  } catch {
    $("summary").textContent = `The link has ${address.length} characters. Copy it from the field.`;
  }
});

async function start() {
  if (location.hash.length > 1 && location.hash.startsWith("#1")) {
    try {
      const linked = await readLink(location.hash);
      return put(linked.name, linked.text, linked);
    } catch (error) {
      await openSample("library.csv");
      $("why").textContent = `The link cannot be read: ${error.message}. This is a sample.`;
      return;
    }
  }
  $("sample").value = "library.csv";
  // The first answer was worked out when the page was built, so that there is one to see while the program loads.
  const first = fetch("first.json").then((file) => file.json());
  await openSample("library.csv");
  const response = await first;
  if (busy?.id === 1 && state.name === "library.csv") show(response);
}

window.addEventListener("hashchange", () => location.hash.startsWith("#1") && start());
startWorker();
start();
