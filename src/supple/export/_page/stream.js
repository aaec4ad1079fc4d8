// The streams that the page carries, unpacked: events as plain objects, and their segments.

import { isSegment } from "./player.js";

// A content is a row of numbers, one for each name: -1 for what does not apply, and -2 less its
// place among the words for what is no number. A text stays a number until it is shown, so that
// the language can change.
export function unpackContents({ names, words, rows }) {
  return rows.map((row) => {
    const content = {};
    row.forEach((number, i) => {
      if (number !== -1) content[names[i]] = number < -1 ? words[-2 - number] : number;
    });
    return content;
  });
}

// packed: three numbers an event: the time since the one before, in its unit, the content, and
// the repetition, 0 for none.
export function unpack(contents, packed) {
  const events = [];
  let atMs = 0;
  for (let i = 0; i < packed.events.length; i += 3) {
    const [wait, content, rep] = packed.events.slice(i, i + 3);
    atMs += wait * packed.unit_ms;
    events.push({ at_ms: atMs, ...contents[content], ...(rep && { rep }) });
  }
  const segments = [];
  let number = 0; // which exercise it is part of or leads up to, from 1
  for (const event of events) {
    if (event.kind === "exercise.started") number += 1;
    if (!isSegment(event)) continue;
    const leadsUp = event.exercise === undefined;
    const end_ms = event.at_ms + event.duration_ms;
    segments.push({
      ...event,
      start_ms: event.at_ms,
      end_ms,
      number: number + (leadsUp ? 1 : 0),
    });
  }
  const exercises = events.filter((event) => event.kind === "exercise.started");
  return { duration_ms: packed.duration_ms, events, segments, exercises };
}

// Numbers as pairs of an instant, in the unit of the stream, and what is said.
export function pairs(numbers, spoken, unitMs) {
  const found = [];
  for (let i = 0; i < numbers.length; i += 2) {
    found.push([numbers[i] * unitMs, spoken[numbers[i + 1]]]);
  }
  return found;
}
