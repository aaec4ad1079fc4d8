// The page: what is shown and heard of a player, and what keys, buttons and the device tell it.

import { Player, PlayerStateError, isSegment } from "./player.js";
import { pairs, unpack, unpackContents } from "./stream.js";
import { Tones } from "./sound.js";
import { Speech } from "./speech.js";
import { Figure } from "./figure.js";

const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const now = () => Math.floor(performance.now());
const clock = (ms) => {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [...(hours ? [hours] : []), minutes, seconds % 60];
  return parts.map((part, i) => (i ? String(part).padStart(2, "0") : part)).join(":");
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const contents = unpackContents(data.contents);
const streams = data.streams.map((packed) => unpack(contents, packed));
const tones = new Tones(() => new AudioContext(), data.sounds);
const figure = data.figures && new Figure($("figure"), data.figures);
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
const speech = new Speech(window.speechSynthesis, window.SpeechSynthesisUtterance);

let settings = { language: data.languages[0].tag, level: 0, tones: true, speech: false, silence: false };
let player = null;
let lastPlace = null; // where the last visit ended
let timer = null;
let frame = null;
let wakeLock = null;
// When time was last told, what the audio clock showed, and where the player was.
let last = { at: 0, audio: null, positionMs: 0 };
let playedMs = 0;
let done = new Set(); // the exercises that have been done to their end, by their number

const language = () => data.languages.find((each) => each.tag === settings.language);
const labels = () => language().labels;
const stream = () => streams[data.levels[settings.level].stream];
const textOf = (event) => language().texts[event.text];
const say = (text) => ($("status").textContent = text);

// --- what is kept from one visit to the next, under a key of its own ---

function remember() {
  const isUnderWay = player?.can("seek");
  const atMs = isUnderWay ? player.moment(now()).at_ms : null;
  try {
    localStorage.setItem(data.key, JSON.stringify({ settings, atMs }));
  } catch {
    // a page that may keep nothing works all the same
  }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(data.key)) ?? {};
    for (const name of Object.keys(settings)) {
      if (typeof kept.settings?.[name] === typeof settings[name]) settings[name] = kept.settings[name];
    }
    if (!language()) settings.language = data.languages[0].tag;
    if (!data.levels[settings.level]) settings.level = 0;
    lastPlace = Number.isInteger(kept.atMs) && kept.atMs > 0 && kept.atMs < stream().duration_ms ? kept.atMs : null;
  } catch {
    lastPlace = null;
  }
}

// --- settings ---

function applySettings() {
  const words = labels();
  document.documentElement.lang = settings.language;
  document.title = language().title;
  for (const sheet of document.querySelectorAll(".sheet")) {
    sheet.hidden = sheet.lang !== settings.language;
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    each.textContent = words[each.dataset.label];
  }
  for (const each of document.querySelectorAll("[data-name]")) {
    each.setAttribute("aria-label", words[each.dataset.name]);
  }
  $("duration").textContent = clock(stream().duration_ms);
  $("level").value = settings.level;
  $("level").setAttribute("aria-valuetext", levelInWords());
  $("level-words").textContent = levelInWords();
  $("language").value = settings.language;
  for (const name of ["tones", "speech", "silence"]) $(name).checked = settings[name];
  $("speech").disabled = speech.voiceFor(settings.language) === null;
  $("no-voice").hidden = !$("speech").disabled;
  $("resume").hidden = lastPlace === null;
  if (lastPlace !== null) $("resume").textContent = fill(words.continue_at, { time: clock(lastPlace) });
  tones.isOn = settings.tones;
  speech.isOn = settings.speech && !$("speech").disabled;
  const { narrations, pauses, spoken, spoken_ms: spokenMs, forms } = language();
  const { stream: number } = data.levels[settings.level];
  const { unit_ms: unitMs } = data.streams[number];
  const timed = forms.map((form) => form.map((i) => [spoken[i], spokenMs[i]]));
  speech.load(pairs(narrations[number], spoken, unitMs), pairs(pauses[number], timed, unitMs));
  if (player) show();
}

function levelInWords() {
  const { level } = data.levels[settings.level];
  const words = labels();
  const name = level === 0 ? words.gentle : level === 1 ? words.full : `${Math.round(level * 100)} %`;
  return `${name} · ${clock(stream().duration_ms)}`;
}

function change(name, value) {
  if (name === "level") lastPlace = null;
  settings = { ...settings, [name]: value };
  applySettings();
  remember();
}

// --- playing ---

function open(atMs) {
  player = new Player(stream(), data.tables);
  done = new Set();
  playedMs = 0;
  last = { at: now(), audio: null, positionMs: 0 };
  document.body.classList.add("playing");
  $("player").hidden = false;
  $("ended").hidden = true;
  for (const each of ["sheets", "launcher"]) $(each).inert = true;
  $("seek").max = stream().duration_ms;
  if (navigator.audioSession) navigator.audioSession.type = settings.silence ? "playback" : "auto";
  tones.wake();
  act("start", atMs);
  $("toggle").focus();
}

// Give the player a command, or nothing but the time.
function act(command, value) {
  const at = now();
  const before = player.state;
  let events;
  try {
    events = [...pass(at), ...(command ? player.command(command, at, value) : [])];
  } catch (error) {
    if (error instanceof PlayerStateError) return; // it has no lastPlace in this state any more
    throw error;
  }
  last.positionMs = player.moment(at).at_ms;
  for (const event of events) {
    if (event.kind === "exercise.ended" && !event.jump) done.add(numberAt(event));
  }
  const hasJumped = command || player.state !== before || events.some((event) => event.open);
  if (hasJumped || at - tonesSetAt > 30_000) setTones(at);
  speech.tell(events, settings.language, (event) => [textOf(event), language().texts_ms[event.text]]);
  if (command && player.state === "paused") speech.hush();
  announce(events, before);
  if (!player.can("stop")) return close();
  keepAwake();
  tellDevice();
  show();
  wait();
}

// Let time pass. Where the audio clock has gone on during a gap, the device has not slept: the
// page was merely called late, and catches up.
function pass(at) {
  const audio = tones.now;
  const heardMs = audio !== null && last.audio !== null ? (audio - last.audio) * 1000 : 0;
  player.goesOn = Math.abs(at - last.at - heardMs) < 2000;
  const events = player.due(at);
  playedMs += Math.max(player.moment(at).at_ms - last.positionMs, 0);
  last = { at, audio, positionMs: player.moment(at).at_ms };
  return events;
}

let tonesSetAt = 0;

function setTones(at) {
  tonesSetAt = at;
  if (!player.can("pause")) return tones.hush();
  const { at_ms: positionMs } = player.moment(at);
  const wait = stream().segments.find((each) => each.open && each.end_ms > positionMs);
  const endMs = wait ? wait.end_ms - 1 : Infinity;
  tones.follow(stream().events, { positionMs, endMs });
}

function numberAt(event) {
  return stream().exercises.findIndex((each) => each.at_ms + each.duration_ms === event.at_ms);
}

function wait() {
  clearTimeout(timer);
  cancelAnimationFrame(frame);
  if (player.nextDeadlineMs !== null) {
    timer = setTimeout(() => act(), Math.max(player.nextDeadlineMs - now(), 0));
  }
  if (player.state === "running") frame = requestAnimationFrame(tick);
}

function tick() {
  const at = now();
  if (player.nextDeadlineMs === null || at < player.nextDeadlineMs) pass(at);
  show();
  frame = requestAnimationFrame(tick);
}

function close() {
  clearTimeout(timer);
  cancelAnimationFrame(frame);
  tones.hush();
  if (player.state === "stopped") speech.hush();
  keepAwake();
  tellDevice();
  lastPlace = null;
  const words = labels();
  const isDone = player.state === "finished";
  const missed = stream().exercises.filter((_, i) => !done.has(i));
  $("ended-title").textContent = isDone ? words.done : words.stopped;
  const times = { time: clock(playedMs), total: clock(stream().duration_ms) };
  $("ended-time").textContent = fill(words.time_done, times);
  $("ended-left").hidden = !missed.length;
  $("ended-left").textContent = `${words.not_done}: ${missed.map(textOf).join(", ")}`;
  $("ended-advice").replaceChildren(
    ...(isDone ? [] : language().stop_advice).map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  $("player").hidden = true;
  $("ended").hidden = false;
  say(`${$("ended-title").textContent}. ${$("ended-time").textContent}`);
  $("again").focus();
  player = null;
  remember();
}

function leave() {
  $("ended").hidden = true;
  document.body.classList.remove("playing");
  for (const each of ["sheets", "launcher"]) $(each).inert = false;
  applySettings();
  $("start").focus();
}

// --- what is seen ---

function show() {
  const { at_ms: atMs, segment, next } = player.moment(now());
  const words = labels();
  const left = segment.end_ms - atMs;
  const exercise = stream().exercises[segment.number - 1];
  const { state } = player;
  const root = $("player");
  root.dataset.kind = segment.kind.split(".")[0];
  root.dataset.state = state;
  root.dataset.side = segment.side ?? "";
  setText("count", fill(words.exercise_of, { n: segment.number, total: stream().exercises.length }));
  setText("exercise", textOf(exercise));
  setText("remark", language().texts[exercise.remark] ?? "");
  setText("phase", phaseInWords(segment));
  setText("instruction", textOf(segment));
  setText("side", segment.side ? words[segment.side] : "");
  setText("seconds", state === "waiting" ? "…" : String(Math.ceil(left / 1000)));
  setText("notice", notice());
  setText("next", next ? nextInWords(segment, next) : "");
  setText("elapsed", clock(atMs));
  setText("total", clock(stream().duration_ms));
  setText("toggle", state === "paused" ? words.resume : words.pause);
  $("ready").hidden = state !== "waiting";
  const share = segment.duration_ms ? left / segment.duration_ms : 0;
  $("ring").style.strokeDashoffset = String(100 * (1 - share));
  if (document.activeElement !== $("seek") || !isSeeking) $("seek").value = atMs;
  $("seek").setAttribute("aria-valuetext", `${clock(atMs)}, ${textOf(exercise)}`);
  $("seek").style.setProperty("--done", `${(100 * atMs) / stream().duration_ms}%`);
  const elapsedMs = atMs - segment.start_ms;
  const isDrawn = figure?.show(segment.move, elapsedMs, segment.duration_ms, isCalm.matches);
  root.classList.toggle("drawn", Boolean(isDrawn));
}

let isSeeking = false;

function setText(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function phaseInWords(segment) {
  const words = labels();
  const kind = { step: words.movement, hold: words.holding, rest: words.resting };
  const of = segment.reps > 1 && segment.rep ? ` · ${fill(words.rep_of, { n: segment.rep, total: segment.reps })}` : "";
  return kind[segment.kind.split(".")[0]] + of;
}

function nextInWords(segment, next) {
  const side = next.side && next.side !== segment.side ? ` (${labels()[next.side]})` : "";
  return textOf(next) + side;
}

function notice() {
  const words = labels();
  if (player.state === "waiting") return words.waiting;
  if (player.state !== "paused") return "";
  return player.missedMs === null ? words.paused : words.was_away;
}

// Say phases in the status region: a timer would not be announced.
function announce(events, before) {
  const started = events.filter(isSegment).at(-1);
  if (player.state === "paused" && before !== "paused") return say(notice());
  if (!started) return;
  const seconds = fill(labels().seconds, { n: Math.round(started.duration_ms / 1000) });
  say(`${textOf(started)}. ${started.kind === "hold.started" ? `${labels().holding}, ` : ""}${seconds}`);
}

// --- the device ---

async function keepAwake() {
  const isWanted = player?.can("pause") && !document.hidden;
  if (!isWanted) {
    const held = wakeLock;
    wakeLock = null; // at once, since it may be wanted again before it is let go
    await held?.release();
  } else if (wakeLock === null || wakeLock.released) {
    wakeLock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }
}

function tellDevice() {
  const { mediaSession } = navigator;
  if (!mediaSession) return;
  mediaSession.playbackState = player.can("pause") ? "playing" : player.can("resume") ? "paused" : "none";
  const { at_ms: atMs, segment } = player.moment(now());
  const exercise = stream().exercises[segment.number - 1];
  mediaSession.metadata = new MediaMetadata({ title: textOf(exercise), artist: language().title });
  const duration = stream().duration_ms / 1000;
  const position = Math.min(atMs / 1000, duration);
  mediaSession.setPositionState?.({ duration, position });
}

function listenToDevice() {
  const keys = {
    play: () => player?.can("resume") && act("resume"),
    pause: () => player && act("pause"),
    previoustrack: () => player && act("back"),
    nexttrack: () => player && act("skip"),
    seekto: (details) => player && act("seek", Math.round(details.seekTime * 1000)),
  };
  for (const [name, handler] of Object.entries(keys)) {
    try {
      navigator.mediaSession?.setActionHandler(name, handler);
    } catch {
      // a key that this browser does not know
    }
  }
  document.addEventListener("visibilitychange", () => {
    remember();
    if (player && !document.hidden) {
      tones.wake();
      act();
    }
  });
  window.addEventListener("pagehide", remember);
}

function press(event) {
  if (!player || event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target.closest("button, input, select");
  const isSlider = event.target.id === "seek";
  const commands = { " ": "toggle", ArrowLeft: "back", ArrowRight: "skip", Enter: "ready", Escape: "pause" };
  const command = commands[event.key];
  if (!command) return;
  if (onButton && [" ", "Enter"].includes(event.key) && event.target.id !== "seek") return;
  if (isSlider && event.key.startsWith("Arrow")) return;
  event.preventDefault();
  act(command);
}

function begin() {
  recall();
  const { levels, languages } = data;
  $("level-choice").hidden = levels.length < 2;
  $("level").max = levels.length - 1;
  $("language-choice").hidden = languages.length < 2;
  $("silence-choice").hidden = !navigator.audioSession;
  for (const each of languages) $("language").add(new Option(each.name, each.tag));
  $("start").addEventListener("click", () => open(0));
  $("resume").addEventListener("click", () => open(lastPlace));
  $("again").addEventListener("click", () => open(0));
  $("sheet").addEventListener("click", leave);
  $("settings-key").addEventListener("click", () => $("settings").showModal());
  $("settings-close").addEventListener("click", () => $("settings").close());
  for (const command of ["toggle", "back", "skip", "ready", "stop"]) {
    $(command).addEventListener("click", () => act(command));
  }
  $("seek").addEventListener("input", () => {
    isSeeking = true;
    act("seek", Number($("seek").value));
    isSeeking = false;
  });
  $("level").addEventListener("input", () => change("level", Number($("level").value)));
  $("language").addEventListener("change", () => change("language", $("language").value));
  for (const name of ["tones", "speech", "silence"]) {
    $(name).addEventListener("change", () => change(name, $(name).checked));
  }
  window.speechSynthesis?.addEventListener?.("voiceschanged", applySettings);
  document.addEventListener("keydown", press);
  listenToDevice();
  setInterval(() => player?.state === "running" && remember(), 5000);
  $("launcher").hidden = false;
  applySettings();
}

begin();
