"use strict";
// The page: rooms, and the engine in workers. All words and numbers come from the engine; text is set as text, never as markup,
// except for the engine's own pictures.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = (id) => JSON.parse($(id).textContent);
  const scenarios = data("scenarios");
  const blocks = data("blocks");
  let scenario = scenarios[0];
  const make = (tag, props = {}, ...children) => {
    const it = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key === "on") for (const [event, f] of Object.entries(value)) it.addEventListener(event, f);
      else if (key === "class") it.className = value;
      else if (key in it && key !== "list") it[key] = value;
      else it.setAttribute(key, value);
    }
    it.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return it;
  };
  const fill = (id, ...children) => $(id)?.replaceChildren(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ""));
  const paragraphs = (text) => (text || "").split(/\n\n+/).filter((p) => p.trim()).map((p) => make("p", {}, p.replace(/\s+/g, " ").trim()));
  // A table by identifiers, which may be any word, `constructor` too.
  const table_of = (entries = []) => Object.assign(Object.create(null), Object.fromEntries(entries));
  const say = (text) => { $("live").textContent = text; };

  // What is not seen itself but turns or hides other writing (src/visible.rs): it does not come past this point.
  const ACTS = /(?![\n\t])[\p{Cc}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
  const visible = (text) => text.replace(ACTS, "\ufffd");

  // ---- the engine ------------------------------------------------------------------------------------------------

  const worker = `"use strict";
    let ask;
    const seen = (_, it) => (typeof it === "string" ? it.replace(${ACTS}, "\\ufffd") : it);
    onmessage = ({ data }) => {
      if (data.module) {
        const it = new WebAssembly.Instance(data.module, {}).exports;
        const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
        ask = (words) => {
          const bytes = encoder.encode(words);
          const at = it.input(bytes.length);
          new Uint8Array(it.memory.buffer, at, bytes.length).set(bytes);
          const length = it.call();
          return decoder.decode(new Uint8Array(it.memory.buffer, it.output(), length));
        };
        return;
      }
      let reply;
      try { reply = JSON.parse(ask(data.words), seen); } catch (e) { reply = { findings: [{ message: String(e), hints: [] }] }; }
      postMessage({ id: data.id, reply });
    };`;

  // 13 bits in two letters; the letters are 91, from "!" to "~" without "&", "<" and ">".
  const bytes = (text) => {
    const digit = (at) => {
      const c = text.charCodeAt(at);
      return c - 33 - (c > 38) - (c > 60) - (c > 62);
    };
    const all = new Uint8Array(Math.floor(((text.length >> 1) * 13 + (text.length & 1) * 5) / 8));
    let [held, bits, next] = [0, 0, 0];
    for (let at = 0; at < text.length; at += 2) {
      const two = at + 1 < text.length;
      held |= (two ? digit(at) + 91 * digit(at + 1) : digit(at)) << bits;
      bits += two ? 13 : 5;
      for (; bits >= 8; bits -= 8, held >>>= 8) all[next++] = held & 255;
    }
    return all;
  };

  const unpacked = async () => {
    const packed = bytes($("engine").textContent);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  };

  class Engine {
    constructor(module) {
      const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
      this.waiting = new Map();
      this.last = 0;
      this.worker = new Worker(url);
      this.worker.onmessage = ({ data: { id, reply } }) => {
        const [done, failed] = this.waiting.get(id);
        this.waiting.delete(id);
        if ("ok" in reply) done(reply.ok);
        else failed(reply.findings);
      };
      this.worker.postMessage({ module });
    }
    ask(request) {
      const id = ++this.last;
      return new Promise((done, failed) => {
        this.waiting.set(id, [done, failed]);
        this.worker.postMessage({ id, words: JSON.stringify({ handle: this.handle, ...request }) });
      });
    }
    async open(it = scenario) {
      if (this.handle) await this.ask({ do: "close" });
      this.handle = undefined;
      const { handle, about } = await this.ask({ do: "open", text: it.text, name: it.name });
      [this.handle, this.holds] = [handle, it];
      return about;
    }
  }

  const found = (findings) => {
    const all = Array.isArray(findings) ? findings : [{ message: String(findings), hints: [] }];
    return all.map((it) => make("p", { class: "error", role: "alert" }, it.message, ...(it.hints || []).map((h) => ` (${h})`)));
  };

  // ---- the address -----------------------------------------------------------------------------------------------

  const ROOMS = ["lesson", "explore", "play", "draft", "class"];
  const begins = blocks ? "lesson" : "explore";
  const MOST = 20000;
  const address = () => {
    const [room, ...rest] = location.hash.slice(1, MOST).split("&");
    const words = {};
    for (const part of rest) {
      const at = part.indexOf("=");
      if (at > 0) {
        try { words[part.slice(0, at)] = visible(decodeURIComponent(part.slice(at + 1))); } catch { /* not an address of this page */ }
      }
    }
    return { room: ROOMS.includes(room) && (blocks || room !== "lesson") ? room : begins, words };
  };
  const remember = (room, words) => {
    const of = scenarios.length > 1 && room !== "lesson" ? { of: scenario.name } : {};
    const parts = Object.entries({ ...words, ...of }).filter(([, v]) => v !== "" && v !== undefined && v !== null);
    const hash = "#" + [room, ...parts.map(([k, v]) => `${k}=${encodeURIComponent(v)}`)].join("&");
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };

  let about = null;
  let table = null; // the engine of Play and Draft
  let crowd = []; // the engines of Explore
  let module = null;
  const theme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const width = () => (Math.min(document.documentElement.clientWidth, 760) < 600 ? 390 : 760);

  // Rooms are of one scenario at a time; a lesson may turn to another.
  let turning = Promise.resolve();
  const turn = (to) => {
    turning = turning.then(async () => {
      scenario = to;
      explore.mine += 1;
      Object.assign(explore, { set: table_of(), reading: "", variants: table_of(), without: [], asked: "" });
      Object.assign(play, { said: [], seat: null, intent: "", seed: "", log: [] });
      draft.chosen = table_of();
      ["play-log", "play-before", "play-state", "play-asked", "play-editor", "play-trouble", "draft-verdicts", "draft-mend", "draft-grants", "explore-three", "explore-plot"].forEach((id) => fill(id));
      await busy;
      for (const engine of new Set([table, ...crowd])) about = await engine.open();
    }).then(show, (findings) => { $("whose").hidden = false; fill("whose", found(findings)); });
  };

  const show = () => {
    const { room, words } = address();
    const wanted = scenarios.find((it) => it.name === words.of);
    if (about && wanted && wanted !== scenario) { turn(wanted); return; }
    document.body.classList.toggle("in-lesson", room === "lesson");
    if (blocks) {
      $("whose").hidden = room === "lesson";
      fill("whose", scenario.title + " · ", make("a", { href: "#lesson" }, "back to the lesson"));
    }
    for (const name of ROOMS) {
      $(`room-${name}`).hidden = name !== room;
      const link = $(`to-${name}`);
      if (name === room) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.body.classList.toggle("in-room", room !== begins);
    if (about) rooms[room](words);
  };

  // ---- play ------------------------------------------------------------------------------------------------------

  const play = { said: [], seat: null, intent: "", seed: "", log: [], at: 0 };
  const names = () => table_of(about.actors.map((a) => [a.id, a.name]));

  const begin = () => {
    play.said = [];
    play.log = [];
    step({});
  };
  // What is asked of the table, one after the other: first of all it must have an engine that counts nothing for Explore.
  let begun;
  let busy = new Promise((done) => { begun = done; });
  const step = (more) => {
    busy = busy.then(async () => {
      try {
        const seen = await table.ask({
          do: "game", seats: [play.seat], intents: play.intent ? [play.intent] : [], said: play.said,
          ...(play.seed ? { seed: play.seed } : {}), ...more,
        });
        play.said = seen.said;
        play.log = seen.known.concat(seen.news);
        drawGame(seen);
        remember("play", { side: play.seat, against: play.intent, seed: play.seed, said: play.said.join("~") });
      } catch (findings) {
        fill("play-trouble", found(findings));
      }
    });
    return busy;
  };
  const lines = (rounds, most) => rounds.slice(-most).map(({ round, date, lines: all }) => [
    make("p", { class: "head note" }, date ? `Round ${round}, ${date}` : round ? `Round ${round}` : "Before the talks"),
    make("ul", {}, all.map((line) => make("li", {}, line))),
  ]);

  const drawGame = (seen) => {
    fill("play-trouble");
    fill("play-log", ...lines(play.log, 3));
    $("play-all").hidden = play.log.length <= 3;
    fill("play-before", ...lines(play.log.slice(0, -3), 1000));
    fill("play-editor");
    fill("play-home");
    if (seen.ended) {
      say("The game is over.");
      fill("play-state");
      fill("play-asked", make("h2", {}, "How it ended"), make("pre", {}, seen.ended.words),
        make("div", { class: "acts" }, make("button", { on: { click: begin } }, "Play again from the start")));
      return;
    }
    const asked = seen.asked;
    say(`${asked.head}. ${asked.ask}`);
    fill("play-state", make("p", { class: "head note" }, asked.head),
      make("dl", {}, asked.rows.flatMap(({ label, text }) => [make("dt", {}, label), make("dd", {}, text)])));
    const answer = (it) => {
      if (it.names) return () => write(asked.editor, it.last_word, asked);
      if (it.escalates) return () => { play.escalates = !play.escalates; drawGame(seen); };
      return () => { const escalates = Boolean(play.escalates); play.escalates = false; step({ does: it.does, escalates }); };
    };
    const label = (it) => (it.escalates && play.escalates ? "✓ you will escalate next round" : it.text.charAt(0).toUpperCase() + it.text.slice(1));
    fill("play-asked", make("h2", {}, asked.ask),
      make("div", { class: "acts" }, asked.answers.map((it) => make("button", { on: { click: answer(it) } }, label(it)))),
      make("details", {}, make("summary", {}, "What would home say? The back table"),
        asked.table ? make("button", { class: "quiet", on: { click: () => home(asked.table, "play-home") } }, "Of what is on the table")
          : make("p", { class: "note" }, "Nothing is on the table yet; an offer can be tried before it is sent."), ),
      make("div", { id: "play-home" }),
      more("What the others seem to be after", asked.beliefs), more("All offers so far", asked.offers),
      more("Advice: what the file’s own policy would do", asked.advice));
  };
  const more = (title, text) => make("details", {}, make("summary", {}, title), make("pre", {}, text));

  const write = (editor, lastWord, asked) => {
    const chosen = Object.fromEntries(editor.issues.map((k) => [k.id, k.now]));
    const terms = () => Object.entries(chosen).map(([k, o]) => `${k}=${o}`).join(",");
    const base = () => editor.package === "now" ? terms() : editor.package.split(",").filter((t) => !(t.split("=")[0] in chosen)).concat(terms()).join(",");
    const verb = asked.answers.some((it) => it.does === "propose nothing") ? "propose" : lastWord ? "ultimatum" : "offer";
    const select = (issue) => make("label", {}, issue.name,
      make("select", { on: { change: (e) => { chosen[issue.id] = e.target.value; } } },
        issue.options.map((o) => make("option", { value: o.id, selected: o.id === issue.now },
          o.name + (o.id === issue.now ? "" : o.why ? " (" + o.why + ")" : o.change ? ` (${o.change} to you)` : "")))));
    const worth = editor.worth ? `As it stands it is worth ${editor.worth} to you; no deal, ${editor.without}. Figures behind an option are what it would change.` : "";
    fill("play-editor", make("h3", {}, verb === "ultimatum" ? "Your last word" : verb === "propose" ? "Your text" : "Your offer"),
      make("p", { class: "note" }, worth), make("div", { class: "row" }, editor.issues.map(select)),
      make("div", { class: "acts" },
        make("button", { on: { click: () => step({ does: `${verb} ${base()}`, escalates: Boolean(play.escalates) }) } }, "Send it"),
        make("button", { on: { click: () => home(base(), "play-home") } }, "What would home say?"),
        make("button", { class: "quiet", on: { click: () => fill("play-editor") } }, "Leave it")));
    $("play-editor").querySelector("select")?.focus();
  };

  // ---- verdicts --------------------------------------------------------------------------------------------------

  const MARK = { victory: "▲ a victory", bearable: "● bearable", defeat: "✕ a defeat" };
  const points = (x) => (x === null ? "" : (Math.round(x * 10) / 10).toLocaleString("en").replace("-", "−"));
  const inPoints = (x) => `${points(x)} ${points(x) === "1" ? "point" : "points"}`;
  const share = (s) => `${(100 * s.share).toFixed(1)} % (${(100 * s.low).toFixed(1)}–${(100 * s.high).toFixed(1)})`;
  const linesOf = (all, most) => all.slice(0, most).map((l) => make("li", {}, `${l.text} `, make("span", { class: "note" }, l.points > 0 ? `+${points(l.points)}` : points(l.points))));
  const verdicts = (answer, side) => {
    const name = names();
    return Object.entries(answer.leaderships).filter(([id]) => !side || id === side).map(([id, it]) => [
      make("h3", {}, `${name[id] || id}: ${inPoints(it.utility)}, against ${points(it.no_deal)} without a deal`,
        it.would_sign ? "" : " — it would not sign"),
      Object.entries(answer.audiences).filter(([, a]) => a.of === id).map(([aid, a]) => {
        const audience = about.audiences.find((x) => x.id === aid);
        const speech = a.speech.claims.concat(a.speech.gains);
        const charges = a.charges.red_lines_crossed.map((l) => ({ text: `red line crossed: ${l.name || l.text || l}`, points: null }))
          .concat(a.charges.losses, a.charges.overheard);
        return [
          make("p", { class: "verdict" }, make("span", { class: `tag ${a.verdict}` }, MARK[a.verdict] || a.verdict), " ",
            `${audience ? audience.name : aid}: ${inPoints(a.score)}`,
            a.defeat_below === null ? "" : `; a defeat below ${points(a.defeat_below)}`, a.veto ? "" : "; without a veto here"),
          speech.length ? make("p", { class: "note" }, "Victory speech") : "", speech.length ? make("ul", {}, linesOf(speech, 4)) : "",
          charges.length ? make("p", { class: "note" }, "Charge sheet") : "", charges.length ? make("ul", {}, linesOf(charges, 4)) : "",
        ];
      }),
    ]);
  };
  const defeated = (answer) => {
    const name = names();
    const who = answer.defeated.map((id) => name[id] || id);
    const refuses = Object.entries(answer.leaderships).filter(([, l]) => !l.would_sign).map(([id]) => name[id] || id);
    const first = who.length ? `A defeat for ${who.join(" and ")}.` : "A defeat for nobody.";
    return `${first} ${refuses.length ? `${refuses.join(" and ")} would not sign.` : "Every leadership would sign."}`;
  };
  const home = (terms, place) => {
    busy = busy.then(async () => {
      try {
        await table.ask({ do: "set", wanted: { runs: "256" } });
        const { document: found } = await table.ask({ do: "verdict", package: terms });
        fill(place, make("div", { class: "card" }, make("p", {}, defeated(found.answer)), verdicts(found.answer, play.seat),
          make("p", { class: "note" }, `A defeat for nobody in ${share(found.answer.worlds.no_defeat)} of 256 worlds; as if all that is not settled stayed as now.`)));
      } catch (findings) {
        fill(place, found(findings));
      }
    });
  };

  // ---- draft -----------------------------------------------------------------------------------------------------

  const draft = { chosen: table_of() };
  const flag = () => about.issues.map((k) => `${k.id}=${draft.chosen[k.id]}`).join(",");
  const take = (text) => {
    for (const issue of about.issues) draft.chosen[issue.id] = issue.now || issue.options[0].id;
    for (const term of (text || "").split(",")) {
      const [k, o] = term.split("=");
      const issue = about.issues.find((it) => it.id === k);
      if (issue && issue.options.some((it) => it.id === o)) draft.chosen[k] = o;
    }
  };
  const drawDraft = () => {
    const select = (issue) => make("label", {}, issue.name,
      make("select", { id: `draft-of-${issue.id}`, on: { change: (e) => { draft.chosen[issue.id] = e.target.value; judge(); } } },
        issue.options.map((o) => make("option", { value: o.id, selected: o.id === draft.chosen[issue.id] }, o.name))));
    const [said, rest] = [about.issues.filter((k) => k.now !== draft.chosen[k.id]), about.issues.filter((k) => k.now === draft.chosen[k.id])];
    fill("draft-terms", said.map(select));
    fill("draft-rest", rest.map(select));
    $("draft-more").parentElement.hidden = !rest.length;
    $("draft-more").textContent = said.length ? `${rest.length} more issues stand as now` : "All issues stand as now";
    if (!said.length) $("draft-more").parentElement.open = true;
  };
  let judging = 0;
  const judge = () => {
    const mine = ++judging;
    remember("draft", { terms: flag() });
    busy = busy.then(async () => {
      if (mine !== judging) return;
      try {
        await table.ask({ do: "set", wanted: { runs: "1000" } });
        const { document: found } = await table.ask({ do: "verdict", package: flag() });
        const { repair, better, would_do: does } = await table.ask({ do: "draft", package: flag() });
        if (mine !== judging) return;
        const it = found.answer;
        const sentence = it.excluded_by.length ? `No settlement: the rule ${it.excluded_by.join(", ")} excludes it. Were it one: ${defeated(it)}` : defeated(it);
        $("draft-sentence").textContent = sentence;
        say(sentence);
        $("draft-note").textContent = `With every number at its likeliest. It would do in ${share(it.worlds.would_do)} of 1 000 worlds; it is a defeat for nobody in ${share(it.worlds.no_defeat)}.`;
        fill("draft-verdicts", verdicts(it));
        const grants = it.grants.map((g) => make("li", {}, `${g.term}: ${Object.keys(g.holders).join(", ")} ${g.available ? "grants it" : "does not grant it"}`));
        fill("draft-grants", grants.length ? make("h3", {}, "Who must grant it") : null, grants.length ? make("ul", {}, grants) : null);
        const change = (other) => other.changes.map((c) => `${c.issue}: ${c.to}`).join("; ");
        const button = (title, other) => make("button", { on: { click: () => { take(other.package); drawDraft(); judge(); } } }, make("strong", {}, title), make("br"), change(other));
        fill("draft-mend", repair ? button("The cheapest change after which it would do", repair) : does ? null : make("p", { class: "note" }, "No change makes it one that would do in this world."),
          better ? button("Better for every leadership", better) : make("p", { class: "note" }, "No package gives one leadership more and none less."));
      } catch (findings) {
        fill("draft-verdicts", found(findings));
      }
    });
  };

  // ---- explore ---------------------------------------------------------------------------------------------------

  const explore = { set: table_of(), reading: "", variants: table_of(), without: [], mine: 0, asked: "" };
  const PIECE = 64;
  const STEPS = [64, 256, 512, 1024, 2048, 4096];
  const wanted = (runs) => ({
    runs: String(runs), set: Object.entries(explore.set).map(([path, value]) => `${path}=${value}`),
    ...(explore.reading ? { reading: explore.reading } : {}),
    variant: Object.entries(explore.variants).map(([id, on]) => `${id}=${on ? "on" : "off"}`), without: explore.without,
  });
  // An engine that has counted nothing of what is wanted. One that has counted the same before is led away, to another seed,
  // and back: runs that it had handed on would come twice. Nothing is asked any more once something else is wanted.
  const emptied = async (engine, top, mine) => {
    const set = (more) => engine.ask({ do: "set", wanted: { ...wanted(top), ...more } });
    if ((await set()).done === 0 || mine !== explore.mine) return;
    await set({ seed: "2" });
    if (mine === explore.mine) await set();
  };
  const more_worlds = async () => {
    remember("explore", {
      set: wanted(1).set.join("~"), account: explore.reading, variant: wanted(1).variant.join("~"), without: explore.without.join("~"),
    });
    const top = STEPS[STEPS.length - 1];
    const asked = JSON.stringify([wanted(top), width(), theme()]);
    if (asked === explore.asked) return; // it is being counted, or stands there
    explore.asked = asked;
    const mine = ++explore.mine;
    $("explore-three").classList.add("stale");
    try {
      const first = crowd[0];
      await emptied(first, top, mine);
      let done = 0;
      for (const to of STEPS) {
        if (mine !== explore.mine) return;
        // Runs are shared out among the engines; what the others counted is added to the first.
        const all = done === 0 ? [first] : crowd;
        const part = Math.ceil((to - done) / all.length);
        const work = all.map(async (engine, i) => {
          const [from, end] = [done + i * part, Math.min(to, done + (i + 1) * part)];
          if (from >= end) return null;
          if (engine !== first) await emptied(engine, top, mine);
          // In small pieces, so that what is superseded is dropped soon.
          for (let at = from; at < end; at += PIECE) {
            if (mine !== explore.mine) return null;
            await engine.ask({ do: "go_on", from: at, to: Math.min(end, at + PIECE) });
          }
          return engine === first ? null : engine.ask({ do: "tally" });
        });
        const counted = (await Promise.all(work)).filter(Boolean);
        if (mine !== explore.mine) return;
        if (counted.length) await first.ask({ do: "merge", tallies: counted });
        done = to;
        const found = await first.ask({ do: "answer", figures: ["outcomes"], width: width(), theme: theme(), titles: false });
        if (mine !== explore.mine) return;
        drawAnswer(found, done);
      }
    } catch (findings) {
      if (mine !== explore.mine) return;
      explore.asked = "";
      fill("explore-trouble", found(findings));
    }
  };
  const drawAnswer = (found, done) => {
    fill("explore-trouble");
    const answer = found.document.answer;
    $("explore-three").classList.remove("stale");
    $("explore-sentence").textContent = found.words.verdict;
    say(found.words.verdict);
    const three = [["exists", "of worlds: a settlement exists that is a defeat for nobody"], ["same_package", "one same package would do"], ["reached", "the talks get there"]];
    const pick = { exists: answer.exists, same_package: answer.one_same_package ?? answer.same_package, reached: answer.reached };
    fill("explore-three", three.filter(([key]) => key !== "reached" || about.talks).map(([key, text]) => {
      const it = pick[key];
      const s = it && (it.share !== undefined ? it : it.holds);
      return make("div", {}, make("b", {}, s ? `${(100 * s.share).toFixed(1)} %` : "–"), make("span", {}, s && s.low < s.high ? `${text} (${(100 * s.low).toFixed(1)}–${(100 * s.high).toFixed(1)} %)` : text));
    }));
    $("explore-done").value = done;
    const count = (n) => n.toLocaleString("en").replaceAll(",", "\u00a0");
    const whose = explore.reading || about.readings.length < 2 ? "" : " Over all accounts, if each is as likely as the file has it; choose one below.";
    const one = !about.talks && about.readings.length < 2 && !about.inputs.some((it) => it.uncertain);
    $("explore-count").textContent = one ? "Nothing of this scenario is uncertain: all worlds are the same one." : `${count(done)} of ${count(STEPS[STEPS.length - 1])} worlds, seed 1. Shares are over worlds, with their 95 % interval.${whose}`;
    const picture = found.figures && found.figures.find((it) => it.name === "outcomes");
    if (picture) {
      $("explore-plot").innerHTML = picture.svg; // the engine's own drawing; text of the scenario is escaped in it
      $("explore-words").textContent = picture.description;
      document.documentElement.dataset.worlds = done;
    }
  };

  const slider = (input) => {
    const [low, high] = [input.low, input.high];
    const places = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(high - low), 1e-9)))));
    const now = input.path in explore.set ? Number(explore.set[input.path]) : null;
    const minus = (x) => String(x).replace("-", "−");
    const drawn = `drawn from ${minus(low)} to ${minus(high)}`;
    const out = make("output", {}, now === null ? drawn : minus(now));
    const it = make("input", { type: "range", min: low, max: high, step: (high - low) / 40 || 1, "aria-label": input.name });
    it.value = now === null ? input.modal : now;
    let timer = 0;
    it.addEventListener("input", () => {
      explore.set[input.path] = Number(it.value).toFixed(places);
      out.textContent = minus(explore.set[input.path]);
      clearTimeout(timer);
      timer = setTimeout(more_worlds, 30);
    });
    const free = make("button", { class: "quiet", on: { click: () => { delete explore.set[input.path]; out.textContent = drawn; it.value = input.modal; more_worlds(); } } }, "let it vary");
    return make("div", { class: "slider" }, make("label", {}, `${input.name}: `, out, it), free);
  };
  const drawSliders = () => {
    const paths = scenario.sliders.concat(Object.keys(explore.set).filter((path) => !scenario.sliders.includes(path)));
    const inputs = paths.map((path) => about.inputs.find((it) => it.path === path)).filter((it) => it && it.low < it.high);
    fill("explore-sliders", inputs.slice(0, 8).map(slider));
    $("explore-slides").textContent = inputs.length ? "Each slider holds one number at a value; left alone it is drawn from its range. Shares are over worlds."
      : about.inputs.some((it) => it.uncertain) ? "What is uncertain here is no range along which a slider could go." : "No number of this scenario is uncertain: there is nothing to slide.";
    const reading = make("select", { on: { change: (e) => { explore.reading = e.target.value; more_worlds(); } } },
      make("option", { value: "" }, "all accounts, each as likely"), about.readings.map((r) => make("option", { value: r.id, selected: r.id === explore.reading }, r.name)));
    const variant = (v) => {
      const box = make("input", { type: "checkbox", checked: explore.variants[v.id] ?? v.on });
      box.addEventListener("change", () => { explore.variants[v.id] = box.checked; more_worlds(); });
      return make("label", {}, box, ` ${v.name}`);
    };
    const part = (name) => {
      const box = make("input", { type: "checkbox", checked: !explore.without.includes(name) });
      box.addEventListener("change", () => {
        explore.without = explore.without.filter((it) => it !== name).concat(box.checked ? [] : [name]);
        more_worlds();
      });
      return make("label", {}, box, ` ${name}`);
    };
    fill("explore-choices", about.readings.length ? make("label", {}, "Whose account is right?", reading) : null, about.variants.map(variant),
      make("details", {}, make("summary", {}, "Parts of the model, on and off"), make("div", { class: "row" }, about.parts.map(part))));
  };

  // ---- rooms -----------------------------------------------------------------------------------------------------

  const rooms = {
    play(words) {
      if (!about.talks) { fill("play-asked", make("p", {}, "This scenario has no talks to play. In ", make("a", { href: "#draft" }, "Draft"), " its packages are judged.")); return; }
      const parties = scenario.side ? [scenario.side] : about.parties;
      const name = names();
      const seat = make("select", { id: "play-seat" }, parties.map((id) => make("option", { value: id, selected: id === words.side }, name[id])));
      const start = make("button", { on: { click: () => { play.seat = seat.value; play.intent = ""; play.seed = ""; begin(); rooms.play({ side: play.seat, again: "1" }); } } }, "Take the seat");
      const taken = Boolean(words.side);
      fill("play-start", make("details", { open: !taken }, make("summary", {}, taken ? `You sit for ${name[words.side] || words.side}` : "Take a seat"),
        make("label", {}, "Whom do you sit for?", seat), make("div", { class: "acts" }, start)));
      if (words.side && parties.includes(words.side) && play.seat === null) {
        [play.seat, play.intent, play.seed] = [words.side, words.against || "", words.seed || ""];
        play.said = words.said ? words.said.split("~").slice(0, 2000) : [];
        step({});
      }
    },
    draft(words) {
      if (words.terms || Object.keys(draft.chosen).length === 0) take(words.terms || scenario.draft);
      drawDraft();
      judge();
    },
    explore(words) {
      const list = (text) => (text ? text.split("~").slice(0, 50) : []);
      if (words.set) explore.set = table_of(list(words.set).map((t) => [t.slice(0, t.indexOf("=")), t.slice(t.indexOf("=") + 1)]));
      if (words.account) explore.reading = words.account;
      if (words.variant) explore.variants = table_of(list(words.variant).map((t) => [t.split("=")[0], t.split("=")[1] === "on"]));
      if (words.without) explore.without = list(words.without);
      drawSliders();
      more_worlds();
    },
    class() { classRoom(); },
    lesson(words) { drawLesson(words); },
  };

  // ---- lesson ----------------------------------------------------------------------------------------------------

  const lesson = { bets: {}, drawn: false, place: 0 };
  let tutor = null; // an engine of its own, for the numbers that a lesson lets move
  let asking = Promise.resolve();
  const rememberBets = () => remember("lesson", { bets: Object.entries(lesson.bets).map(([at, it]) => `${at}:${it}`).join("~") });
  const bet = (it, at, place) => {
    const put = (value) => {
      if (value === "") delete lesson.bets[at]; else lesson.bets[at] = value;
      rememberBets();
    };
    const now = lesson.bets[at] ?? "";
    place.append(it.choices.length
      ? make("div", { class: "choices" }, it.choices.map((choice) => make("label", {},
        make("input", { type: "radio", name: `bet-${at}`, checked: choice === now, on: { change: () => put(choice) } }), ` ${choice}`)))
      : make("label", {}, `Your bet, ${it.unit}`, make("input", { type: "number", step: "any", value: now, on: { input: (e) => put(e.target.value) } })));
  };
  // A reveal opens once every bet that stands before it was placed; then it holds them beside the answers.
  const reveal = (at, place) => {
    const before = blocks.slice(0, at).map((it, i) => [it, i]).filter(([it]) => it.kind === "bet");
    const since = before.filter(([, i]) => !blocks.slice(i, at).some((it) => it.kind === "reveal"));
    const told = make("div", { class: "told" });
    place.querySelector("summary").after(told);
    place.querySelector("summary").addEventListener("click", (e) => {
      const open = since.filter(([, i]) => !(i in lesson.bets));
      if (!place.open && open.length) {
        e.preventDefault();
        told.replaceChildren();
        const asked = $(`block-${open[0][1]}`);
        asked.querySelector(".missed")?.remove();
        asked.append(make("p", { class: "error missed", role: "alert" }, "Bet first: what you expected is half of what you learn."));
        asked.querySelector("input").focus();
        return;
      }
      document.querySelectorAll(".missed").forEach((it) => it.remove());
      told.replaceChildren(...since.map(([it, i]) => make("p", {}, since.length > 1 ? [make("span", { class: "note" }, it.ask), make("br")] : null, `You said ${lesson.bets[i]}${it.choices.length ? "" : ` ${it.unit}`}; the answer is `, make("b", {}, it.choices.length ? it.answer : `${it.answer} ${it.unit}`), ".")));
    });
  };
  const tried = (it, place) => {
    const minus = (x) => String(x).replace("-", "−");
    const places = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(it.high - it.low), 1e-9)))));
    const numbers = make("div", { class: "three" });
    const out = make("output", {}, `drawn from ${minus(it.low)} to ${minus(it.high)}`);
    const range = make("input", { type: "range", min: it.low, max: it.high, step: (it.high - it.low) / 40, "aria-label": it.name });
    range.value = (it.low + it.high) / 2;
    let [mine, value] = [0, null];
    const count = () => {
      const me = ++mine;
      numbers.classList.add("stale");
      asking = asking.then(async () => {
        if (me !== mine) return;
        try {
          tutor ??= new Engine(module);
          const of = scenarios.find((s) => s.name === it.of);
          if (tutor.holds !== of) await tutor.open(of);
          // What was counted of the same before stands: it goes on from there.
          let { done } = await tutor.ask({ do: "set", wanted: { runs: "1024", set: value === null ? [] : [`${it.path}=${value}`] } });
          for (const to of [64, 256, 1024]) {
            for (; done < to; done += PIECE) {
              if (me !== mine) return;
              await tutor.ask({ do: "go_on", from: done, to: done + PIECE });
            }
            if (done > to) continue;
            const { document: found } = await tutor.ask({ do: "answer", figures: [] });
            const at = (way) => way.split(".").reduce((o, key) => o?.[key], found.answer);
            numbers.replaceChildren(...it.shows.map(([way, words]) => make("div", {}, make("b", {}, at(way) ? `${(100 * at(way).share).toFixed(1)} %` : "–"), make("span", {}, `of ${to} worlds: ${words}`))));
            numbers.classList.remove("stale");
          }
          say(it.shows.map(([, words], i) => `${words}: ${numbers.children[i].firstChild.textContent}`).join("; "));
        } catch (findings) { numbers.replaceChildren(...found(findings)); }
      });
    };
    let timer = 0;
    range.addEventListener("input", () => {
      value = Number(range.value).toFixed(places);
      out.textContent = minus(value);
      clearTimeout(timer);
      timer = setTimeout(count, 60);
    });
    const free = make("button", { class: "quiet", on: { click: () => { value = null; out.textContent = `drawn from ${minus(it.low)} to ${minus(it.high)}`; count(); } } }, "let it vary");
    place.append(make("div", { class: "slider" }, make("label", {}, `${it.name}: `, out, range), free), numbers);
    new IntersectionObserver((seen, eye) => { if (seen.some((s) => s.isIntersecting)) { eye.disconnect(); count(); } }).observe(place);
  };
  const opens = (room, words, text) => {
    const parts = Object.entries(words).filter(([, v]) => v).map(([k, v]) => `${k}=${encodeURIComponent(v)}`);
    return make("p", {}, make("a", { class: "opens", href: `#${[room, ...parts].join("&")}` }, text));
  };
  const drawLesson = (words) => {
    if (!lesson.drawn) {
      lesson.drawn = true;
      for (const part of (words.bets || "").slice(0, MOST).split("~")) {
        const at = part.indexOf(":");
        if (blocks[part.slice(0, at)]?.kind === "bet") lesson.bets[part.slice(0, at)] = part.slice(at + 1);
      }
      blocks.forEach((it, at) => {
        const place = $(`block-${at}`);
        if (it.kind === "bet") bet(it, at, place);
        if (it.kind === "reveal") reveal(at, place);
        if (it.kind === "slider") tried(it, place);
        if (it.kind === "draft") place.append(opens("draft", { of: it.of, terms: it.terms }, "Open the package in Draft"));
        if (it.kind === "play") place.append(opens("play", { of: it.of, side: it.side, against: it.against }, "Take the seat"));
      });
      document.documentElement.dataset.lesson = "drawn";
    }
    rememberBets();
    scrollTo(0, lesson.place);
  };

  // ---- class -----------------------------------------------------------------------------------------------------

  const pair = { bets: ["", "", ""], codes: "" };
  const classRoom = () => {
    const bet = (text, at) => make("label", {}, text, make("input", {
      type: "number", min: 0, max: 100, step: 5, value: pair.bets[at], on: { input: (e) => { pair.bets[at] = e.target.value; } },
    }));
    const result = (deal) => {
      const nonce = crypto.getRandomValues(new Uint16Array(1))[0] % 1024;
      const bets = pair.bets.map((it) => (it === "" ? "-" : it)).join(",");
      busy = busy.then(async () => {
        try {
          const { code } = await table.ask({ do: "code", ...(deal ? { package: flag() } : {}), bets, nonce });
          fill("class-code", make("p", {}, "Your code: ", make("span", { class: "code" }, code)),
            make("p", { class: "note" }, deal ? "It holds the package that stands in Draft, your bets and no name." : "It holds that you made no deal, your bets and no name."));
          say(`Your code is ${code}`);
        } catch (findings) { fill("class-code", found(findings)); }
      });
    };
    const text = make("textarea", { rows: 8, spellcheck: false, "aria-label": "Codes of the class", value: pair.codes, on: { input: (e) => { pair.codes = e.target.value; } } });
    fill("class-room",
      make("h2", {}, "A pair"), make("p", {}, "Bet first: in how many worlds, in per cent?"),
      make("div", { class: "three" }, bet("A settlement exists that is a defeat for nobody", 0), bet("One same package would do", 1), about.talks ? bet("The talks get there", 2) : null),
      make("p", {}, "Then write what you agreed in Draft, and take its code."),
      make("div", { class: "acts" }, make("button", { on: { click: () => { if (!Object.keys(draft.chosen).length) take(scenario.draft); result(true); } } }, "The code of the package in Draft"),
        make("button", { on: { click: () => result(false) } }, "The code of no deal")),
      make("div", { id: "class-code" }),
      make("h2", {}, "The class"), make("p", {}, "Paste the codes of all pairs, in any form that a chat has left them."), text,
      make("div", { class: "acts" }, make("button", { on: { click: debrief } }, "Show what the class agreed")),
      make("div", { id: "class-debrief" }));
  };
  const debrief = () => {
    busy = busy.then(async () => {
      try {
        await table.ask({ do: "set", wanted: { runs: "1000" } });
        const it = await table.ask({ do: "class", codes: pair.codes.slice(0, 20_000_000), theme: theme() });
        say(`${it.pairs} pairs, ${it.broken.length} broken codes`);
        fill("class-debrief",
          it.broken.length ? make("h3", {}, "Codes that could not be read") : null, it.broken.length ? make("ul", {}, it.broken.map((line) => make("li", {}, line))) : null,
          it.pairs ? make("div", { id: "class-plot", class: "plot" }) : make("p", {}, "No code could be counted."),
          it.pairs ? make("pre", {}, it.page) : null);
        if (it.picture) $("class-plot").innerHTML = it.picture.svg; // the engine's own drawing
      } catch (findings) { fill("class-debrief", found(findings)); }
    });
  };

  // ---- begin -----------------------------------------------------------------------------------------------------

  if (blocks) {
    $("to-lesson").hidden = false;
    $("room-lesson").append(...$("static-lesson").childNodes);
    addEventListener("scroll", () => { if (!$("room-lesson").hidden) lesson.place = scrollY; }, { passive: true });
  }
  addEventListener("hashchange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (about && address().room === "explore") more_worlds(); });
  document.documentElement.classList.add("scripted");
  $("explore-plot").replaceChildren(...$("static-plot").childNodes);
  $("needs-script").hidden = true;
  $("rooms").hidden = false;
  show();
  (async () => {
    try {
      module = await unpacked();
      crowd = [new Engine(module)];
      table = crowd[0];
      about = await table.open();
      show();
      const many = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2)));
      const others = Array.from({ length: many - 1 }, () => new Engine(module));
      await Promise.all(others.map((it) => it.open()));
      crowd = crowd.concat(others);
      // Play and Draft keep an engine of their own, so that what Explore counts is not dropped.
      table = others[0] || new Engine(module);
      if (!table.handle) await table.open();
      crowd = crowd.filter((it) => it !== table || crowd.length === 1);
      begun();
      document.documentElement.dataset.ready = "yes";
    } catch (e) {
      fill("explore-trouble", found(Array.isArray(e) ? e : [{ message: `the engine did not start: ${e}`, hints: ["a browser of 2023 or later is needed"] }]));
    }
  })();
})();
