// The figure of a player: drawn once for each exercise and side, and then moved by its paths.

import { between, eased, paths } from "./rig.js";

const SLOWEST_MS = 2500; // a longer movement is shown at this pace, and then kept still

// The poses of every segment of a stream: that in which it begins, and that in which it ends.
// They are named by what a segment says in the first language.
export function posesOf(timeline, { figures, languages: [{ texts }] }) {
  let before = null;
  const found = timeline.segments.map((segment) => {
    const key = keyOf(figures, segment);
    const number = key === null ? undefined : figures.stages[key].poses[texts[segment.text]];
    if (number === undefined) return { from: null, to: null };
    const to = { key, pose: figures.poses[number] };
    const start = { key, pose: figures.poses[figures.stages[key].start] };
    const from = before !== null && before.key === key ? before : start;
    before = to;
    return { from, to };
  });
  // A rest shows what comes: nobody knows yet how it begins.
  for (let i = found.length - 2; i >= 0; i -= 1) {
    const { kind } = timeline.segments[i];
    if (kind === "rest.started" && found[i].to === null) {
      const coming = found[i + 1].from;
      found[i] = { from: coming, to: coming };
    }
  }
  return found;
}

function keyOf(figures, segment) {
  if (segment.exercise === undefined) return null;
  const sided = `${segment.exercise} ${segment.side ?? "left"}`;
  return [sided, segment.exercise].find((key) => key in figures.stages) ?? null;
}

// Draws into an element; moves what is drawn already, and draws anew for another stage.
export class Figure {
  constructor(picture, figures) {
    this.picture = picture;
    this.figures = figures;
    this.key = null;
  }

  // Show the body on its way between two poses; returns whether there is one to be seen.
  show({ from, to }, elapsedMs, durationMs, isCalm) {
    if (to === null) return false;
    if (to.key !== this.key) this.setUp(to.key);
    const part = isCalm ? 1 : eased(elapsedMs / Math.min(durationMs, SLOWEST_MS));
    const { stage } = this.figures.stages[to.key];
    const drawn = paths(between(from.pose, to.pose, part), stage, this.figures.rig);
    for (const [element, name] of this.parts) element.setAttribute("d", drawn[name]);
    return true;
  }

  setUp(key) {
    const { symbol, box } = this.figures.stages[key];
    this.key = key;
    this.picture.setAttribute("viewBox", box);
    const content = [...document.getElementById(symbol).cloneNode(true).childNodes];
    this.picture.replaceChildren(...content);
    for (const each of this.picture.querySelectorAll("[data-part]")) {
      if (/ghost|arrow|tip/.test(each.dataset.part)) each.remove(); // the movement says it
    }
    const { rig, poses, stages } = this.figures;
    const known = paths(poses[Object.values(stages[key].poses)[0]], stages[key].stage, rig);
    this.parts = [...this.picture.querySelectorAll("[data-part]")]
      .map((element) => [element, element.dataset.part])
      .filter(([, name]) => name in known);
  }
}
