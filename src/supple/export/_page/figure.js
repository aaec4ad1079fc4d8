// The figure of a player: drawn once for each exercise and side, and then moved by its paths.

import { between, eased, paths } from "./rig.js";

// Draws into an element; moves what is drawn already, and draws anew for another stage.
export class Figure {
  constructor(picture, figures) {
    this.picture = picture;
    this.figures = figures;
    this.stage = null;
  }

  // Show the body on the way of a move; returns whether there is one to be seen.
  show(move, elapsedMs, durationMs, isCalm) {
    if (move === undefined) return false;
    const { bodies, moves, rig, slowest_ms: slowestMs, stages } = this.figures;
    const [stage, from, to] = moves[move];
    const part = isCalm ? 1 : eased(elapsedMs / Math.min(durationMs, slowestMs));
    const drawn = paths(between(bodies[from], bodies[to], part), stages[stage].stage, rig);
    if (stage !== this.stage) this.setUp(stage, drawn);
    for (const [element, name] of this.parts) element.setAttribute("d", drawn[name]);
    return true;
  }

  setUp(stage, drawn) {
    const { symbol, box } = this.figures.stages[stage];
    this.stage = stage;
    this.picture.setAttribute("viewBox", box);
    const content = [...document.getElementById(symbol).cloneNode(true).childNodes];
    this.picture.replaceChildren(...content);
    for (const each of this.picture.querySelectorAll("[data-part]")) {
      if (/ghost|arrow|tip/.test(each.dataset.part)) each.remove(); // the movement says it
    }
    this.parts = [...this.picture.querySelectorAll("[data-part]")]
      .map((element) => [element, element.dataset.part])
      .filter(([, name]) => name in drawn);
  }
}
