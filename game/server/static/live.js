// Makes pages live: a form is sent in the background and again until it is answered, a page that changed is
// fetched anew. Everything works without this file too. Nothing that comes from outside becomes markup except
// the server's own pages.
"use strict";
(() => {
  const kind = document.body.dataset.live;
  const main = () => document.getElementById("main");
  const state = document.getElementById("link-state");
  const waiting = "rival-readings-waiting";
  let away = false, tries = 0, timer = 0, version = "";

  const tell = (isAway) => {
    away = isAway;
    const text = isAway ? state.dataset.away : "";
    if (state.textContent !== text) state.textContent = text;
  };

  // A field is known by its name and by what its form is about, so that what was typed stays where it was typed.
  const about = new Set(["kind", "room", "role", "participant", "turn"]);
  const keyOf = (item) => [item.name, item.tagName === "BUTTON" ? item.value : "", item.form?.getAttribute("action"), ...[...(item.form?.elements ?? [])].filter((other) => other.type === "hidden" && about.has(other.name)).map((other) => other.value)].join("|");
  const isChanged = (item) => "typed" in item.dataset || (item.tagName === "SELECT" ? !item.options[item.selectedIndex]?.defaultSelected && item.selectedIndex > 0 || [...item.options].some((option) => option.defaultSelected && !option.selected) : item.value !== item.defaultValue);

  // Where the game has gone on, the page begins again at its top, by the heading that says so. Whoever is typing stays
  // where they are.
  const stage = () => main().querySelector("[data-stage]");
  const arrive = () => { scrollTo(0, 0); stage().focus({ preventScroll: true }); };
  const isTyping = (item) => item.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');

  // What was typed stays, but for the fields that were sent: what has become of them is on the page.
  const show = (text, sent = []) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) { location.reload(); return; }
    const open = new Set([...main().querySelectorAll("details[open][data-keep-open]")].map((item) => item.dataset.keepOpen));
    const shut = new Set([...main().querySelectorAll("details:not([open])[data-keep-open]")].map((item) => item.dataset.keepOpen));
    const was = stage()?.dataset.stage;
    const active = document.activeElement;
    const inside = active && main().contains(active);
    const focus = inside && active.id ? "#" + CSS.escape(active.id) : "";
    const focusKey = inside && active.form ? keyOf(active) : "";
    const typed = Object.fromEntries([...main().querySelectorAll("[data-keep], .acts select, .inline select")].filter(isChanged).map((item) => [keyOf(item), item.value]).filter(([key]) => !sent.includes(key)));
    for (const item of fresh.querySelectorAll("details[data-keep-open]")) {
      if (open.has(item.dataset.keepOpen)) item.open = true;
      if (shut.has(item.dataset.keepOpen)) item.open = false;
    }
    main().replaceWith(document.adoptNode(fresh));
    for (const item of main().querySelectorAll("[data-keep], .acts select, .inline select")) {
      const value = typed[keyOf(item)];
      if (value !== undefined) item.value = value;
    }
    document.querySelector(".top .name").replaceWith(document.adoptNode(page.querySelector(".top .name")));
    document.title = page.title;
    const focused = (focus && main().querySelector(focus)) || (focusKey && [...main().querySelectorAll("input, select, textarea, button")].find((item) => keyOf(item) === focusKey && item.type === active.type));
    if (stage() && stage().dataset.stage !== was && !(focused && isTyping(focused))) arrive();
    else if (focused) focused.focus({ preventScroll: true });
    main().querySelector('[role="alert"]')?.scrollIntoView({ block: "center" });
  };

  // News that come while a page is on its way are met by one more, however many they are; pages of many rooms rest
  // in between.
  let isFetching = false, isDue = false;
  const refresh = async () => {
    if (!kind) return;
    if (isFetching) { isDue = true; return; }
    isFetching = true;
    const began = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" }, redirect: "follow" });
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { location.href = answer.url; return; }
      show(await answer.text());
      tell(false);
    } catch { tell(true); } finally {
      const pause = kind === "seat" ? 0 : Math.max(500, 4 * (performance.now() - began));
      setTimeout(() => { isFetching = false; if (isDue) { isDue = false; refresh(); } }, pause);
    }
  };

  // The others' orders change one line of a page: it is fetched alone, and stays the line that screen readers heed.
  const restate = async () => {
    const line = main().querySelector("p.status");
    if (!line) { refresh(); return; }
    try {
      const fresh = new DOMParser().parseFromString(await (await fetch("/status")).text(), "text/html").querySelector("p.status");
      if (fresh) line.replaceChildren(...document.adoptNode(fresh).childNodes); else refresh();
      tell(false);
    } catch { tell(true); }
  };

  const send = async (action, body) => {
    const answer = await fetch(action, { method: "POST", body, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    if (answer.status >= 500) throw new Error("the host could not answer");
    return answer;
  };

  const later = () => JSON.parse(localStorage.getItem(waiting) || "[]");
  const keep = (items) => items.length ? localStorage.setItem(waiting, JSON.stringify(items)) : localStorage.removeItem(waiting);

  const resend = async () => {
    for (const item of later()) {
      try {
        const answer = await send(item.action, item.body);
        keep(later().filter((other) => other.body !== item.body));
        show(await answer.text(), answer.ok ? item.sent : []);
      } catch { tell(true); return; }
    }
    tell(false);
  };

  const retry = () => setTimeout(async () => {
    await resend();
    if (later().length) retry();
  }, 1500 + 1500 * Math.random());

  // What is pressed is sent one after the other, so that a draft never comes after the order that it became.
  let last = Promise.resolve(), drafts = 0;
  const hand = (form, fields) => {
    const action = form.action, body = new URLSearchParams(fields).toString();
    const sent = [...form.elements].filter((item) => fields.has(item.name)).map(keyOf);
    last = last.then(async () => {
      try {
        const answer = await send(action, body);
        show(await answer.text(), answer.ok ? sent : []);
        tell(false);
      } catch {
        keep([...later(), { action, body, sent }]);
        tell(true);
        retry();
      }
    });
    return last;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-live-form]")) return;
    event.preventDefault();
    if (form.querySelector("[aria-disabled]")) return;
    const fields = new FormData(form, event.submitter);
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.setAttribute("aria-disabled", "true"); // disabled, it would lose the focus
    await hand(form, fields);
    for (const button of buttons) button.removeAttribute("aria-disabled");
  });

  // A draft keeps itself, without what is typed of a prediction: half of one would be refused.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form || event.target.matches("[data-keep]")) return;
    const fields = new FormData(form, form.querySelector('button[value="draft"]'));
    for (const item of form.querySelectorAll("[data-keep]")) fields.delete(item.name);
    fields.set("key", fields.get("key") + drafts++);
    hand(form, fields);
  });

  const listen = () => {
    clearTimeout(timer);
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/live?as=" + kind + "&noted=" + (main().dataset.noted ?? ""));
    let silent = 0;
    const alive = () => { clearTimeout(silent); silent = setTimeout(() => socket.close(), 60000); };
    socket.onopen = async () => { tries = 0; alive(); await resend(); if (away) await refresh(); tell(false); };
    socket.onmessage = (event) => { alive(); if (event.data.startsWith("changed") || kind === "facilitator") refresh(); else if (event.data.startsWith("status")) restate(); };
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
      item.dataset.left = left;
      item.textContent = "\u200e" + Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    }
  }, 1000);

  if (kind) {
    listen();
    if (later().length) retry();
    addEventListener("online", async () => { again(); await resend(); refresh(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { again(); refresh(); } });
  }
})();
