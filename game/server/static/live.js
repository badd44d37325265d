// Makes pages live: a form is sent in the background and again until it is answered, a page that changed is
// fetched anew. Everything works without this file too. Nothing that comes from outside becomes markup except
// the server's own pages.
"use strict";
(() => {
  const kind = document.body.dataset.live;
  const main = () => document.getElementById("main");
  const state = document.getElementById("link-state");
  const queue = "rival-readings-waiting ", waiting = queue + (document.body.dataset.who ?? "");
  let away = false, tries = 0, timer = 0, version = "";

  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  const tell = (isAway) => {
    away = isAway;
    const text = isAway ? state.dataset.away : "";
    if (state.textContent !== text) state.textContent = text;
  };

  // A refusal stays beside the page until it is dismissed or something else is pressed, whatever is renewed meanwhile.
  const refusals = document.getElementById("refusals");
  const warn = (page) => {
    for (const alert of page.querySelectorAll('#main [role="alert"]')) {
      if (!refusals.textContent.includes(alert.textContent)) refusals.firstElementChild.append(document.adoptNode(alert));
    }
    refusals.hidden = !refusals.firstElementChild.children.length;
  };
  const forgive = () => { refusals.hidden = true; refusals.firstElementChild.replaceChildren(); };
  refusals.querySelector("button").addEventListener("click", () => { forgive(); main().focus({ preventScroll: true }); });

  // A field is known by its name and by what its form is about, so that what was typed stays where it was typed; a
  // tick also by its value.
  const about = new Set(["kind", "room", "role", "participant", "turn"]);
  const isTick = (item) => item.type === "checkbox" || item.type === "radio";
  const keyOf = (item) => [item.name, item.tagName === "BUTTON" || isTick(item) ? item.value : "", item.form?.getAttribute("action"), ...[...(item.form?.elements ?? [])].filter((other) => other.type === "hidden" && about.has(other.name)).map((other) => other.value)].join("|");
  const stateOf = (item) => isTick(item) ? item.checked : item.value;
  const isChanged = (item) => isTick(item) ? item.checked !== item.defaultChecked : item.tagName === "SELECT" ? !item.options[item.selectedIndex]?.defaultSelected && item.selectedIndex > 0 || [...item.options].some((option) => option.defaultSelected && !option.selected) : item.value !== item.defaultValue;
  const fields = (root) => [...root.querySelectorAll("input[name]:not([type=hidden]), select[name], textarea[name]")];

  // Shares that keep themselves stay as they were typed, whatever the host makes of them in sum.
  const own = new Set();
  const typedIn = () => fields(main()).filter((item) => isChanged(item) || own.has(keyOf(item))).map((item) => [keyOf(item), stateOf(item)]);
  const retype = (typed) => {
    const values = new Map(typed);
    for (const item of fields(main())) {
      const value = values.get(keyOf(item));
      if (value === undefined || item.disabled || item.options && ![...item.options].some((option) => option.value === value)) continue;
      if (isTick(item)) item.checked = value; else item.value = value;
    }
  };

  // What the host says of what is being typed stands beside it for as long as it is the same turn's.
  let remark = null, remarked = "";
  const turnNow = () => main().querySelector('form[data-draft] [name="turn"]')?.value ?? "";
  const putRemark = () => { if (remark && remarked === turnNow()) main().querySelector("#remark")?.replaceWith(remark.cloneNode(true)); };
  const hearRemark = async (page) => {
    const turn = turnNow();
    await until(() => performance.now() >= pressed); // it moves what stands below it
    if (turn !== turnNow()) return;
    const words = page.getElementById("remark"), before = remark?.textContent;
    if (words?.textContent && words.textContent !== before) say(words.textContent);
    [remark, remarked] = [words && document.adoptNode(words), turn];
    putRemark();
  };

  // What the host has taken counts as changed no more, unless it was changed again meanwhile.
  const settle = (values) => {
    for (const item of fields(main())) {
      if (values[keyOf(item)] !== stateOf(item)) continue;
      if (isTick(item)) item.defaultChecked = item.checked;
      else if (item.tagName === "SELECT") for (const option of item.options) option.defaultSelected = option.selected;
      else item.defaultValue = item.value;
    }
  };

  // What has the focus is known by its id, its field, where it leads, what it opens, or what it is called.
  const nameOf = (item) => item.id || item.form && item.type + keyOf(item) || item.getAttribute("href") || item.tagName === "SUMMARY" && item.parentElement.dataset.keepOpen || item.getAttribute("aria-label");
  const caretOf = (item) => typeof item.selectionStart === "number" ? [item.selectionStart, item.selectionEnd, item.selectionDirection, item.scrollTop] : null;
  const putCaret = (item, caret) => { if (caret && typeof item.selectionStart === "number") { item.setSelectionRange(...caret.slice(0, 3)); item.scrollTop = caret[3]; } };

  // What has gone after a press, such as the button that it turned into another, leaves the focus to what is in its place.
  const pressable = (root) => [...root.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")];
  const spotOf = (item) => { const part = item.closest("section[aria-labelledby]"); return part ? [part.getAttribute("aria-labelledby"), pressable(part).indexOf(item)] : ["", 0]; };
  const at = ([part, place]) => { const found = pressable(main().querySelector(`section[aria-labelledby="${CSS.escape(part)}"]`) ?? document.createElement("p")); return found[Math.min(place, found.length - 1)] ?? main(); };

  // Nothing is replaced under a hand: while something is being pressed, or a choice is being made from a list.
  let pressed = 0, choosing = 0;
  const on = (names, act) => { for (const name of names.split(" ")) document.addEventListener(name, act, true); };
  on("pointerdown", () => { pressed = performance.now() + 10000; });
  on("keydown", (event) => { if (event.key === " ") pressed = performance.now() + 2000; });
  on("pointerup pointercancel keyup", () => { pressed = Math.min(pressed, performance.now() + 300); });
  on("click", () => { setTimeout(() => { pressed = 0; }); });
  on("focusin pointerdown keydown", (event) => { if (event.target.matches?.("main select")) choosing = performance.now() + 30000; });
  on("focusout change", () => { choosing = 0; });
  const until = async (isSo) => { while (!isSo()) await new Promise((done) => setTimeout(done, 50)); };
  const calm = () => until(() => performance.now() >= Math.max(pressed, choosing));

  // Where the game has gone on, the page begins again at its top, by the heading that says so. Whoever is typing what the
  // new page has a place for stays where they are.
  const stage = () => main().querySelector("[data-stage]");
  const arrive = () => { scrollTo(0, 0); stage().focus({ preventScroll: true }); };
  const isTyping = (item) => item.matches("textarea, select, input") && !isTick(item);

  // Screen readers heed what changes in a place that stays: how one's room stands, and what was said since.
  // What was spoken is gone soon after, so that nobody who reads on meets it twice.
  const spoken = document.getElementById("spoken");
  let done = "", hush = 0;
  const say = (words) => { spoken.textContent = words; clearTimeout(hush); hush = setTimeout(() => { spoken.textContent = ""; }, 10000); };
  const wordsOf = (item) => item.textContent.replace(/\s+/g, " ").trim();
  const heard = () => [...(kind === "facilitator" ? [] : main().querySelectorAll("p.status, [data-spoken]")), ...(main().querySelector("ol.talk")?.children ?? [])].map(wordsOf);
  const speak = (before) => {
    const fresh = [done, ...heard().filter((words) => !before.includes(words)).slice(0, 5)].filter(Boolean);
    done = "";
    if (fresh.length) say(fresh.join(" "));
  };

  // A message of another stands far down a phone's page: how many are new is told where one is, until they were in view.
  const unread = document.getElementById("unread");
  const seenKey = "rival-readings-seen " + waiting;
  const count = () => {
    if (!unread) return;
    const list = main().querySelector("ol.talk"), place = list?.firstElementChild.getBoundingClientRect();
    const numbers = [...(list?.querySelectorAll("[data-number]") ?? [])].map((item) => Number(item.dataset.number));
    const newest = Math.max(0, ...numbers), isInView = place && !document.hidden && place.top < innerHeight - 64 && place.bottom > 0;
    const seen = isInView ? newest : Number(sessionStorage.getItem(seenKey) ?? newest);
    sessionStorage.setItem(seenKey, seen);
    const fresh = numbers.filter((number) => number > seen).length;
    unread.hidden = !fresh;
    unread.querySelector("span").textContent = fresh;
  };

  // What somebody types into stays in its place, with the keyboard and the composing that hang on it: all around it is
  // replaced. Where its twin in the new page has no such place, nothing is done.
  const pathTo = (root, item) => { const path = []; for (let at = item; at !== root; at = at.parentElement) path.unshift(at); return path; };
  const graft = (old, fresh, field, twin) => {
    const olds = [old, ...pathTo(old, field)], freshes = [fresh, ...pathTo(fresh, twin)];
    if (olds.length !== freshes.length || olds.some((item, at) => item.tagName !== freshes[at].tagName)) return false;
    for (const [at, item] of olds.slice(0, -1).entries()) {
      for (const { name } of [...item.attributes]) if (!freshes[at].hasAttribute(name)) item.removeAttribute(name);
      for (const { name, value } of freshes[at].attributes) item.setAttribute(name, value);
      const kept = olds[at + 1], nodes = [...freshes[at].childNodes], place = nodes.indexOf(freshes[at + 1]);
      for (const node of [...item.childNodes]) if (node !== kept) node.remove();
      kept.before(...nodes.slice(0, place).map((node) => document.adoptNode(node)));
      kept.after(...nodes.slice(place + 1).map((node) => document.adoptNode(node)));
    }
    if (!isChanged(field)) field.value = twin.value;
    field.defaultValue = twin.defaultValue;
    return true;
  };

  const show = (text) => {
    if (typing) keepTyped();
    const page = parse(text);
    const fresh = page.getElementById("main");
    if (!fresh) { location.reload(); return; }
    const before = heard();
    const open = new Set([...main().querySelectorAll("details[open][data-keep-open]")].map((item) => item.dataset.keepOpen));
    const shut = new Set([...main().querySelectorAll("details:not([open])[data-keep-open]")].map((item) => item.dataset.keepOpen));
    const was = stage()?.dataset.stage;
    const active = main().contains(document.activeElement) ? document.activeElement : null;
    const name = active && nameOf(active), key = active && keyOf(active), caret = active && caretOf(active), spot = active && spotOf(active);
    const typed = typedIn();
    for (const item of fresh.querySelectorAll("details[data-keep-open]")) {
      if (open.has(item.dataset.keepOpen)) item.open = true;
      if (shut.has(item.dataset.keepOpen)) item.open = false;
    }
    const field = active && "defaultValue" in active && isTyping(active) ? active : null;
    const twin = field && fields(fresh).find((item) => keyOf(item) === keyOf(field) && !item.disabled);
    if (!twin || !graft(main(), fresh, field, twin)) main().replaceWith(document.adoptNode(fresh));
    retype(typed);
    putRemark();
    document.querySelector(".top .name").replaceWith(document.adoptNode(page.querySelector(".top .name")));
    document.title = page.title;
    const again = name && [main(), ...main().querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")].find((item) => nameOf(item) === name);
    if (stage() && stage().dataset.stage !== was && !(again && isTyping(again) && keyOf(again) === key)) arrive();
    else if (again && again !== document.activeElement) { again.focus({ preventScroll: true }); putCaret(again, caret); }
    else if (active && !again) at(spot).focus({ preventScroll: true });
    choosing = 0; // the list is a new one, which nobody has opened
    speak(before);
    count();
  };

  // News that come while a page is on its way are met by one more, however many they are; pages rest in between, those
  // of many rooms for a second at least. A page that was asked for before something was sent or answered is too old to
  // be shown.
  let isFetching = false, isDue = false, resting = 0, acts = 0;
  const refresh = async () => {
    if (!kind) return;
    if (isFetching || resting) { isDue = true; return; }
    isFetching = true;
    isDue = false;
    const began = performance.now(), before = acts;
    let took = 0;
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" }, redirect: "follow", signal: AbortSignal.timeout(15000) });
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { location.href = answer.url; return; }
      const text = await answer.text();
      took = performance.now() - began;
      tell(false);
      await calm();
      if (acts === before) show(text); else isDue = true;
    } catch { tell(true); } finally {
      isFetching = false;
      const rest = () => { resting = 0; if (isDue) refresh(); };
      resting = setTimeout(rest, acts !== before ? 0 : kind === "seat" ? 250 : Math.max(1000, 4 * took));
    }
  };
  const refreshNow = () => { clearTimeout(resting); resting = 0; return refresh(); };

  // The others' orders change one line of a page: it is fetched alone, and stays the line that screen readers heed. Where
  // it tells of another turn by now, the whole page is due.
  const restate = async () => {
    const line = main().querySelector("p.status");
    if (!line) { refresh(); return; }
    try {
      const fresh = parse(await (await fetch("/status")).text()).querySelector("p.status");
      if (fresh?.dataset.moment === line.dataset.moment) line.replaceChildren(...document.adoptNode(fresh).childNodes); else refresh();
      tell(false);
    } catch { tell(true); }
  };

  // What is pressed is kept in line until the host has answered it, for the one who pressed it alone: the next on this
  // device, or the same person in another session, has a line of their own. Each has a key of its own, so that it counts once
  // however often it is sent. Of what still waits, a newer one takes the place of those that it covers. What is the same as
  // the last of its kind in line is that one.
  const later = () => JSON.parse(localStorage.getItem(waiting) || "[]");
  const keep = (items) => items.length ? localStorage.setItem(waiting, JSON.stringify(items)) : localStorage.removeItem(waiting);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const covers = { typed: ["typed"], draft: ["draft"], predict: ["typed", "draft", "predict"], confirm: ["typed", "draft", "predict", "confirm"] };
  const failed = {}; // how often the host has failed at it: in the end its reason is told, and what waits behind goes on
  let flying = "", resending = 0;

  const line = (form, data, sent, done) => {
    const action = form.getAttribute("action"), isKeyed = data.has("key"), wish = form.matches("[data-draft]") ? data.get("do") : "";
    data.delete("key");
    const body = new URLSearchParams(data).toString(), values = Object.fromEntries(sent.map((item) => [keyOf(item), stateOf(item)]));
    const items = later().filter((item) => item.id === flying || item.action !== action || !covers[wish]?.includes(item.wish));
    if (items.filter((item) => item.action === action).at(-1)?.body !== body) items.push({ id: newKey(), action, body, isKeyed, wish, values, done });
    keep(items);
    acts += 1;
    if (wish !== "typed") forgive(); // which may say what is still to be typed
    resend();
  };

  const send = async (item) => {
    const body = item.isKeyed ? item.body + "&key=" + item.id : item.body;
    const answer = await fetch(item.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(15000), headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    if (answer.status === 500) failed[item.id] = (failed[item.id] ?? 0) + 1;
    if (answer.status > 500 || failed[item.id] < 4) throw new Error("the host could not answer");
    return answer;
  };

  const buttons = (form) => form.querySelectorAll("[data-live-form] button");
  const enable = () => { for (const button of buttons(document)) button.removeAttribute("aria-disabled"); };

  // A redirect says that it was taken; a refusal is a page with the reason. The page that is open is renewed then.
  const resend = async () => {
    if (flying) return;
    clearTimeout(resending);
    let isAnswered = false, isSeen = true;
    for (let item; (item = later()[0]); isAnswered = true) {
      flying = item.id;
      try {
        const answer = await send(item);
        if (answer.type === "opaqueredirect") { settle(item.values); done = item.done ?? ""; }
        else if (answer.ok && item.wish === "typed") hearRemark(parse(await answer.text()));
        else { warn(parse(await answer.text())); enable(); }
        keep(later().filter((other) => other.id !== item.id));
        acts += 1;
        if (item.wish !== "typed") isSeen = false; // what is typed stands there already
      } catch {
        resending = setTimeout(resend, 1500 + 1500 * Math.random());
        enable();
        break;
      } finally { flying = ""; }
    }
    if (isAnswered || later().length) tell(later().length > 0);
    if (isAnswered) { setTimeout(enable, 1000); if (!isSeen) await refreshNow(); }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches('[action="/leave"]')) { // the next on this device is somebody else
      sessionStorage.clear();
      for (const name of Object.keys(localStorage)) if (name.startsWith(queue)) localStorage.removeItem(name);
    }
    if (!form.matches("[data-live-form]")) return;
    event.preventDefault();
    if (form.querySelector("[aria-disabled]")) return;
    for (const button of buttons(form)) button.setAttribute("aria-disabled", "true"); // disabled, it would lose the focus
    if (form.matches("[data-draft]")) calmTyping();
    line(form, new FormData(form, event.submitter), [...form.elements], event.submitter?.dataset.done);
  });

  // A draft keeps itself, without what is typed of a prediction: half of one would be refused.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form || event.target.matches("[data-keep]")) return;
    const data = new FormData(form, form.querySelector('button[value="draft"]'));
    for (const item of form.querySelectorAll("[data-keep]")) data.delete(item.name);
    line(form, data, [...form.elements].filter((item) => !item.matches("[data-keep]")));
  });

  // A prediction that is being typed keeps itself as well, shortly after or once its field is left: the turn may end
  // without a press. The host takes what is whole of it.
  let typing = 0;
  const calmTyping = () => { clearTimeout(typing); typing = 0; };
  const keepTyped = () => {
    calmTyping();
    const form = main().querySelector("form[data-draft]");
    if (!form) return;
    const data = new FormData(form);
    data.set("do", "typed");
    for (const item of fields(form)) if (item.matches("[data-keep]")) own.add(keyOf(item)); else data.delete(item.name);
    line(form, data, []);
  };
  const isOfPrediction = (item) => item.matches?.("form[data-draft] [data-keep]");
  on("input", (event) => { if (isOfPrediction(event.target)) { calmTyping(); typing = setTimeout(keepTyped, 700); } });
  on("change", (event) => { if (typing && isOfPrediction(event.target)) keepTyped(); });

  const listen = () => {
    clearTimeout(timer);
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/live?as=" + kind + "&noted=" + (main().dataset.noted ?? ""));
    let silent = 0;
    const alive = () => { clearTimeout(silent); silent = setTimeout(() => socket.close(), 60000); };
    socket.onopen = async () => { tries = 0; alive(); await resend(); if (away) await refresh(); tell(false); };
    socket.onmessage = (event) => { alive(); if (event.data === "still") return; if (event.data.startsWith("status") && kind !== "facilitator") restate(); else refresh(); };
    socket.onclose = () => {
      clearTimeout(silent);
      tries += 1;
      if (tries > 1) poll();
      timer = setTimeout(listen, Math.min(20000, 500 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random()));
    };
    again = () => { if (socket.readyState > 1) listen(); };
  };
  let again = () => {};

  const poll = async () => {
    try {
      const answer = await (await fetch("/version?as=" + kind)).text();
      if (away || answer !== version) { await resend(); await refresh(); }
      version = answer;
      tell(false);
    } catch { tell(true); }
  };

  setInterval(() => {
    for (const item of document.querySelectorAll("time[data-left]:not([data-paused])")) {
      const left = Math.max(0, Number(item.dataset.left) - 1);
      if (typing && left < 3) keepTyped();
      item.dataset.left = left;
      if (left <= 60 && kind !== "facilitator") item.parentElement.classList.add("soon");
      if (left === 60 && kind === "seat") say(item.parentElement.dataset.soon);
      item.textContent = "\u200e" + Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    }
  }, 1000);

  // Who has been idle, and for how long, is news that nobody sends.
  if (kind === "facilitator") setInterval(() => { if (!document.activeElement?.form) refresh(); }, 60000);

  if (kind) {
    // A page that answers a form is renewed from where such pages are; its refusal stays.
    const at = document.body.dataset.at;
    if (at && at.split("?")[0] !== location.pathname) history.replaceState(null, "", at);
    warn(document);
    // Presses that lead away and back, such as those for another language, keep what is typed too, in this tab.
    const left = "rival-readings-typed " + location.pathname + waiting;
    retype(JSON.parse(sessionStorage.getItem(left) || "[]"));
    if (fields(main()).some((item) => isOfPrediction(item) && isChanged(item))) keepTyped();
    addEventListener("pagehide", () => { if (typing) keepTyped(); sessionStorage.setItem(left, JSON.stringify(typedIn())); });
    count();
    addEventListener("scroll", count, { passive: true });
    listen();
    resend();
    addEventListener("online", async () => { again(); await resend(); refresh(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { count(); again(); refresh(); } });
  }
})();
