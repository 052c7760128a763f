"use strict";
// What the pages need beside HTML: forms that make changes, dragging, findings while somebody types, and news.

const product = document.body.dataset.product;
const api = "/api/products/" + product;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// newID returns a random UUID; crypto.randomUUID is only there on secure origins.
function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((b, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + b.toString(16).padStart(2, "0")).join("");
}

// ask makes a request and returns the answer, or throws the problem that it is.
async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw { title: "The service does not answer", detail: "nothing was lost here; try again" };
  }
  const answer = await response.json().catch(() => ({ title: "Something went wrong", detail: "status " + response.status }));
  if (!response.ok) throw answer;
  return answer;
}

// why returns the reason of a refusal in words, with the titles of what it names by ids.
function why(problem) {
  if (!problem.reason) return problem.detail;
  let text = (problem.reason + (problem.needs?.length ? "; that needs " + problem.needs.join(", ") : "")).replaceAll("_", " ");
  for (const [id, title] of Object.entries(problem.titles ?? {})) text = text.replaceAll(id, title);
  return text;
}

// complain shows a problem where everybody sees and hears it.
function complain(problem) {
  const place = $("#alert");
  place.replaceChildren(element("strong", problem.title || "That did not work"), element("p", why(problem)));
  for (const value of problem.values ?? []) place.append(element("p", `${value.field}: want ${value.want}`));
}

// change makes one change, and shows the page as it is then. It returns whether the change was made.
async function change(kind, fields) {
  $("#alert").replaceChildren();
  try {
    const made = await ask(api + "/changes", { changes: [{ kind, change: fields }] });
    document.body.dataset.seq = made.seq;
    await show();
    const findings = made.events.flatMap((event) => event.findings ?? []).map((finding) => finding.message);
    $("#notice").textContent = ["Done: " + kind.replaceAll("_", " ") + ".", ...findings].join(" ");
    return true;
  } catch (problem) {
    complain(problem);
    return false;
  }
}

// show loads the page anew and keeps the focus where it is.
async function show() {
  const focused = document.activeElement, card = focused?.closest("[id]")?.id, name = focused?.className;
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) return location.reload();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  $("main").replaceChildren(...$("main", fresh).childNodes);
  document.body.dataset.seq = fresh.body.dataset.seq;
  const place = card && document.getElementById(card);
  ((name && place && $$("." + CSS.escape(name.split(" ")[0]), place)[0]) || place)?.focus?.();
  $$("textarea").forEach(underline);
}

// put sets the value at a path such as "story.title".
function put(fields, path, value) {
  const names = path.split("."), last = names.pop();
  let place = fields;
  for (const name of names) place = place[name] ??= {};
  place[last] = value;
}

async function send(form) {
  const fields = JSON.parse(form.dataset.json || "{}");
  if (form.dataset.new) put(fields, form.dataset.new, newID());
  for (const input of $$("[name]", form)) {
    if (input.value === "" && !input.required) continue;
    put(fields, input.name, ["integer", "object", "json"].includes(input.dataset.type) ? JSON.parse(input.value) : input.value);
  }
  for (const input of $$("[data-entry]", form)) (fields[form.dataset.list] ??= []).push({ id: newID(), [input.dataset.entry]: input.value });
  for (const text of $$("[data-narrative]", form)) {
    if (text.value.trim() === "") continue;
    const { narrative } = await ask("/api/check", { narrative: text.value });
    if (!narrative.goal) throw { title: "This cannot be read as a story", detail: "want: As a …, I want …, so that …" };
    fields[text.dataset.narrative] = narrative;
  }
  if (form.dataset.post) {
    const made = await ask(form.dataset.post, fields);
    if (form.dataset.then) location.href = form.dataset.then.replace("{product}", fields.product);
    return made;
  }
  return change(form.dataset.kind, fields);
}

// importFile sends a file, and shows what became of it, or would.
async function importFile(form, dry) {
  const file = $("#file").files[0];
  const response = await fetch(`${api}/import?name=${encodeURIComponent(file.name)}${dry ? "&dry=1" : ""}`, {
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
  });
  const answer = await response.json();
  if (!response.ok) throw answer;
  document.body.dataset.seq = answer.seq;
  $("#import-report").textContent = answer.text;
  $("#notice").textContent = dry ? "Nothing was changed yet." : "Imported.";
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.id === "import") {
    event.preventDefault();
    $("#alert").replaceChildren();
    return importFile(form, event.submitter?.value === "dry").catch(complain);
  }
  if (!form.dataset.kind && !form.dataset.post) return;
  event.preventDefault();
  try {
    await send(form);
  } catch (problem) {
    complain(problem.title ? problem : { title: "A value cannot be read", detail: String(problem.message ?? problem) });
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || button.form?.dataset.kind || button.form?.dataset.post) return;
  const card = button.closest("[data-story]");
  if (button.dataset.kind) return change(button.dataset.kind, JSON.parse(button.dataset.json));
  if (button.dataset.post) {
    try {
      await ask(button.dataset.post, {});
      await show();
      $("#notice").textContent = "Taken back.";
    } catch (problem) {
      complain(problem);
    }
  } else if (button.classList.contains("move")) openMoves(card);
  else if (button.classList.contains("earlier") && card.previousElementSibling) place(card, "before", card.previousElementSibling);
  else if (button.classList.contains("later") && card.nextElementSibling) place(card, "after", card.nextElementSibling);
});

const place = (card, side, other) => change("move_stories", { stories: [card.dataset.story], to: side + " " + other.dataset.story });

// The board: where a story may go is asked before it is moved, so that a refusal shows before the drop. The change
// is asked for all the same: something may have happened since, and the answer says so.

const movesOf = async (card) => (await ask(api + "/stories/" + card.dataset.story + "/moves")).moves;

// reasoned asks for a reason where a change needs one; null if there is none.
async function reasoned(fields) {
  if (fields.reason !== "…") return fields;
  const dialog = $("#reason");
  $("#reason-text").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue ? { ...fields, reason: $("#reason-text").value } : null;
}

async function move(target) {
  const fields = await reasoned(target.change.change);
  return fields && change(target.change.kind, fields);
}

async function openMoves(card) {
  let moves;
  try {
    moves = await movesOf(card);
  } catch (problem) {
    return complain(problem);
  }
  const dialog = $("#moves"), list = $("ul", dialog);
  $("h2", dialog).textContent = "Move “" + $(".title", card).textContent + "”";
  list.replaceChildren(...moves.filter((target) => target.change).map((target, i) => {
    const line = element("li"), button = element("button", "to " + target.state.replaceAll("_", " "));
    line.append(button);
    if (!target.allowed) {
      button.setAttribute("aria-disabled", "true");
      button.setAttribute("aria-describedby", "refused-" + i);
      line.append(element("p", why(target.problem), { id: "refused-" + i, class: "why" }));
    }
    button.addEventListener("click", async () => {
      if (!target.allowed) return complain(target.problem);
      dialog.close();
      await move(target);
      document.getElementById(card.id)?.querySelector("button")?.focus();
    });
    return line;
  }));
  dialog.showModal();
}

let dragged = null, targets = null;

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-story]");
  if (!card) return;
  dragged = card;
  targets = null;
  card.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.story);
  if (!$(".column[data-state]")) return;
  movesOf(card).then((moves) => {
    if (dragged !== card) return;
    targets = Object.fromEntries(moves.map((target) => [target.state, target]));
    for (const column of $$(".column[data-state]")) {
      const target = targets[column.dataset.state];
      column.classList.toggle("may", !!target?.allowed);
      column.classList.toggle("may-not", target && !target.allowed);
      const reason = $(".why", column);
      reason.hidden = !target || target.allowed;
      reason.textContent = target && !target.allowed ? why(target.problem) : "";
    }
  }).catch(complain);
});

document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const over = event.target.closest?.(".column[data-state], .order .card");
  $$(".over, .target").forEach((other) => other.classList.remove("over", "target"));
  if (!over) return;
  event.preventDefault(); // a drop that will be refused is taken too: the answer says why
  over.classList.add(over.matches(".column") ? "over" : "target");
});

document.addEventListener("drop", async (event) => {
  const over = event.target.closest?.(".column[data-state], .order .card");
  if (!dragged || !over) return;
  event.preventDefault();
  const card = dragged;
  if (over.matches(".card")) {
    if (over !== card) await place(card, card.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING ? "after" : "before", over);
    return;
  }
  try {
    const target = (targets ?? Object.fromEntries((await movesOf(card)).map((t) => [t.state, t])))[over.dataset.state];
    if (target?.change) await (target.allowed ? move(target) : change(target.change.kind, target.change.change));
  } catch (problem) {
    complain(problem);
  }
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = targets = null;
  for (const column of $$(".column[data-state]")) {
    column.classList.remove("may", "may-not", "over");
    $(".why", column).hidden = true;
  }
  $$(".target").forEach((card) => card.classList.remove("target"));
});

// The editor: what is weak in a text is underlined while it is written.

let checking = 0;

async function underline(text) {
  const behind = text.previousElementSibling, list = document.getElementById(text.getAttribute("aria-describedby"));
  if (!behind) return;
  const isCriterion = text.hasAttribute("data-criterion"), number = ++checking, value = text.value;
  const answer = await ask("/api/check", isCriterion ? { narrative: "", criteria: [value] } : { narrative: value }).catch(() => null);
  if (!answer || text.value !== value || number > checking) return;
  const findings = (isCriterion ? answer.criteria[0] : answer.findings) ?? [];
  const marked = [];
  let at = 0;
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    if (finding.start < at || finding.end <= finding.start) continue;
    marked.push(value.slice(at, finding.start), element("mark", value.slice(finding.start, finding.end)));
    at = finding.end;
  }
  behind.replaceChildren(...marked, value.slice(at));
  list.replaceChildren(...findings.map((finding) => element("li", finding.message + (finding.mend ? " – " + finding.mend : ""))));
}

let typing;
document.addEventListener("input", (event) => {
  if (!event.target.matches("textarea")) return;
  clearTimeout(typing);
  typing = setTimeout(() => underline(event.target), 150);
});
document.addEventListener("scroll", (event) => {
  if (event.target.matches?.("textarea")) event.target.previousElementSibling.scrollTop = event.target.scrollTop;
}, true);
$$("textarea").forEach(underline);

// News: what somebody else changes shows at once, unless that would take away what is being written.

if (product) {
  const isWriting = () => $("dialog[open]") || dragged || $$("main input, main textarea").some((input) => input.value !== input.defaultValue) || $("main details[open] form");
  let waiting, stream;
  // A browser has six connections to a server that speaks HTTP/1.1, so tabs that nobody sees give theirs back.
  const listen = () => {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource(api + "/stream?after=" + document.body.dataset.seq);
    stream.addEventListener("change", heard);
  };
  const heard = (event) => {
    const news = JSON.parse(event.data);
    if (news.seq <= Number(document.body.dataset.seq)) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (news.seq <= Number(document.body.dataset.seq)) return;
      const text = `${news.by}: ${news.kind.replaceAll("_", " ")}.`;
      if (isWriting()) {
        const button = element("button", "Show it");
        button.addEventListener("click", () => { $("#notice").replaceChildren(); show(); });
        $("#notice").replaceChildren(text + " ", button);
        return;
      }
      await show();
      $("#notice").textContent = text;
    }, 100);
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", listen);
}
