// Plays the scenarios of a file with the player of the page, and tells the first difference.

import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// What is only shown of an event stands beside what the player knows of it.
const known = ({ move: _, remark: __, tone: ___, ...event }, texts) => ({ ...event, text: texts[event.text] });

const [folder, file] = process.argv.slice(2);
const { Player, PlayerStateError } = await import(pathToFileURL(`${folder}/player.js`));
const { unpack, unpackContents } = await import(pathToFileURL(`${folder}/stream.js`));

let calls = 0;
for (const { data, level, settings, steps } of JSON.parse(readFileSync(file, "utf8"))) {
  const timeline = unpack(unpackContents(data.contents), data.streams[data.levels[level].stream]);
  const [{ texts }] = data.languages;
  const { gap_ms = data.tables.gap_ms, on_gap = "pause" } = settings;
  const player = new Player(timeline, { ...data.tables, gap_ms });
  player.goesOn = on_gap === "catch-up";
  for (const [i, { command, now, value, expected }] of steps.entries()) {
    let events = null;
    try {
      events = command === "due" ? player.due(now) : player.command(command, now, value);
    } catch (error) {
      if (!(error instanceof PlayerStateError)) throw error;
    }
    const moment = player.moment(now);
    const found = {
      events: events && events.map((event) => known(event, texts)),
      state: player.state,
      deadline: player.nextDeadlineMs,
      missed: player.missedMs,
      at: moment.at_ms,
      segment: moment.segment.start_ms,
      next: moment.next && moment.next.start_ms,
    };
    const told = JSON.stringify(steps.slice(0, i + 1).map(({ expected: _, ...step }) => step));
    deepStrictEqual(found, expected, `${told}: ${JSON.stringify([found, expected])}`);
    calls += 1;
  }
}
console.log(calls);
