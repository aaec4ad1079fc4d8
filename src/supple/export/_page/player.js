// A player in the browser: what a page can ask of the one in Python, with the same events, states
// and deadlines.
//
// It has no clock of its own. Each call takes the present instant in whole milliseconds and
// returns the events that it brings. Its states are the tables that the page carries.

export class PlayerStateError extends Error {}

export class Player {
  // The tables are those of the library: what leads where, and what is late, or soon enough.
  constructor(timeline, tables) {
    this.timeline = timeline;
    this.tables = tables;
    this.goesOn = false; // after a gap, instead of pausing
    this.state = "ready";
    this.missedMs = null;
    this.head = new Playhead();
    this.index = 0; // how many events lie behind
    this.nowMs = 0;
    this.nextDeadlineMs = null;
    this.openEndMs = null; // the end of the step that it waits at
    this.waitedMs = 0; // for how much longer than estimated it has waited ...
    this.waitedIn = 0; // ... in the exercise before which so many have ended
  }

  can(command) {
    return command in this.tables.commands[this.state];
  }

  moment(nowMs) {
    const i = this.segmentIndex();
    const segment = this.timeline.segments[i];
    const atMs = Math.min(this.head.at(Math.max(nowMs, this.nowMs)), segment.end_ms);
    return { at_ms: atMs, segment, next: this.timeline.segments[i + 1] ?? null };
  }

  // --- time passes ---

  due(nowMs) {
    if (nowMs < this.nowMs) {
      this.goBack(nowMs);
      return [];
    }
    if (this.nextDeadlineMs === null || nowMs < this.nextDeadlineMs) {
      this.nowMs = nowMs;
      return [];
    }
    const lateMs = nowMs - this.nextDeadlineMs;
    const canGap = "GAP" in this.tables.happenings[this.state];
    if (lateMs <= this.tables.gap_ms || this.goesOn || !canGap) {
      this.nowMs = nowMs;
      return this.deliver();
    }
    this.head.stop(this.nowMs);
    this.nowMs = nowMs;
    this.nextDeadlineMs = null;
    this.missedMs = lateMs;
    this.happen("GAP");
    return [];
  }

  goBack(nowMs) {
    if (this.nowMs - nowMs <= this.tables.gap_ms) return;
    this.head.follow(this.nowMs, nowMs);
    this.nowMs = nowMs;
    this.settle();
  }

  deliver() {
    const events = [];
    const positionMs = this.head.at(this.nowMs);
    for (let event = this.coming(); event && event.at_ms <= positionMs; event = this.coming()) {
      events.push(event);
      this.index += 1;
      if (startsWait(event)) this.openEndMs = event.at_ms + event.duration_ms;
    }
    this.settle();
    return events;
  }

  settle() {
    if (this.index === this.timeline.events.length) {
      this.head.stop(this.nowMs);
      this.head.put(this.timeline.duration_ms, this.nowMs);
      this.missedMs = null;
      this.happen("END");
    } else if (this.openEndMs !== null) {
      this.happen("OPEN_STEP");
    }
    const event = this.coming();
    const isDue = event !== null && this.head.isMoving;
    this.nextDeadlineMs = isDue ? Math.max(this.head.reaches(event.at_ms), this.nowMs) : null;
  }

  coming() {
    const event = this.timeline.events[this.index] ?? null;
    if (this.openEndMs === null || event === null) return event;
    return event.kind === "step.ended" ? null : event;
  }

  happen(happening) {
    this.state = this.tables.happenings[this.state][happening] ?? this.state;
  }

  // --- commands ---

  command(command, nowMs, value) {
    if (!this.can(command)) {
      throw new PlayerStateError(`a player that is ${this.state} cannot take ${command}`);
    }
    if (command === "toggle") command = this.tables.toggled[this.state];
    let events = [];
    if (command === "start") {
      this.nowMs = nowMs; // no time has passed before
    } else {
      events = this.due(nowMs);
    }
    const state = this.tables.commands[this.state][command];
    if (state === undefined) return events;
    this.state = state;
    return [...events, ...this.carryOut(command, value)];
  }

  carryOut(command, value) {
    switch (command) {
      case "start":
        this.head.go(this.nowMs);
        if (!value) return this.deliver();
        this.index += 1;
        return [this.timeline.events[0], ...this.jump(0, value)];
      case "pause":
        this.head.stop(this.nowMs);
        this.settle();
        return [];
      case "resume":
        this.missedMs = null;
        this.head.go(this.nowMs);
        this.settle();
        return [];
      case "skip":
        return this.jump(this.positionMs, this.behindExercises(this.exercisesOver() + 1));
      case "back":
        return this.jump(this.positionMs, this.startOfExercise());
      case "seek":
        return this.jump(this.positionMs, value);
      case "ready":
        while (this.coming() !== null) this.index += 1;
        this.noteWait();
        this.head.put(this.openEndMs ?? 0, this.nowMs);
        this.openEndMs = null;
        return this.deliver();
      case "stop": {
        const hereMs = this.positionMs;
        this.head.stop(this.nowMs);
        this.head.put(hereMs, this.nowMs);
        this.nextDeadlineMs = null;
        this.missedMs = null;
        return jumpEvents(this.underWay(), hereMs, [], hereMs);
      }
    }
  }

  // --- jumps ---

  jump(leftMs, toMs) {
    this.noteWait();
    if (toMs < leftMs) this.waitedMs = 0;
    const left = this.underWay();
    this.moveTo(toMs);
    const events = jumpEvents(left, leftMs, this.underWay(), toMs);
    this.head.put(toMs, this.nowMs);
    this.openEndMs = this.waitHere();
    return [...events, ...this.deliver()];
  }

  // To where an instant begins: behind what ends at it, before what starts at it.
  moveTo(ms) {
    const { events } = this.timeline;
    let i = events.findIndex((event) => event.at_ms >= ms);
    i = Math.min(Math.max(i, 1), events.length - 1);
    while (i < events.length - 1 && events[i].at_ms === ms && isEnd(events[i])) i += 1;
    this.index = i;
  }

  startOfExercise() {
    const latestMs = this.head.at(this.nowMs) - this.tables.restart_after_ms;
    const over = this.exercisesOver();
    const startMs = this.behindExercises(over);
    if (startMs <= latestMs + this.waitedBefore()) return startMs;
    return this.behindExercises(over - 1);
  }

  exercisesOver() {
    return this.timeline.events.slice(0, this.index).filter(endsExercise).length;
  }

  behindExercises(count) {
    return count < 1 ? 0 : this.timeline.events.filter(endsExercise)[count - 1].at_ms;
  }

  noteWait() {
    if (this.openEndMs === null) return;
    const longerMs = Math.max(this.head.at(this.nowMs) - this.openEndMs, 0);
    this.waitedMs = this.waitedBefore() + longerMs;
    this.waitedIn = this.exercisesOver();
  }

  waitedBefore() {
    return this.waitedIn === this.exercisesOver() ? this.waitedMs : 0;
  }

  // --- where it is ---

  get positionMs() {
    return Math.min(this.head.at(this.nowMs), this.openEndMs ?? Infinity);
  }

  segmentIndex() {
    let positionMs = this.positionMs;
    if (this.openEndMs !== null) positionMs = Math.min(positionMs, this.openEndMs - 1);
    const i = this.timeline.segments.findIndex((segment) => positionMs < segment.end_ms);
    return i < 0 ? this.timeline.segments.length - 1 : i;
  }

  underWay() {
    const spans = [];
    this.timeline.events.slice(0, this.index).forEach((event, number) => {
      if (isStart(event)) spans.push({ number, event });
      else if (isEnd(event)) spans.pop();
    });
    return spans;
  }

  waitHere() {
    const last = this.underWay().at(-1);
    if (!last?.event.open) return null;
    return last.event.at_ms + last.event.duration_ms;
  }
}

// Where the clock has got to: a position that stands still, or moves along with it.
class Playhead {
  constructor() {
    this.put(0, 0);
    this.isMoving = false;
  }

  at(nowMs) {
    return this.originMs + (this.isMoving ? nowMs - this.anchorMs : 0);
  }

  reaches(positionMs) {
    return this.anchorMs + positionMs - this.originMs;
  }

  put(positionMs, nowMs) {
    this.originMs = positionMs;
    this.anchorMs = nowMs;
  }

  go(nowMs) {
    this.anchorMs = nowMs;
    this.isMoving = true;
  }

  stop(nowMs) {
    this.put(this.at(nowMs), nowMs);
    this.isMoving = false;
  }

  // The clock has gone from one instant to another, and the position has not.
  follow(beforeMs, nowMs) {
    this.put(this.at(beforeMs), nowMs);
  }
}

function jumpEvents(left, leftMs, entered, toMs) {
  let kept = 0;
  while (left[kept]?.number === entered[kept]?.number && left[kept] && !isSegment(left[kept].event)) {
    kept += 1;
  }
  const ended = left.slice(kept).reverse();
  return [
    ...ended.map(({ event }) => jumped(event, event.kind.replace(".started", ".ended"), leftMs)),
    ...entered.slice(kept).map(({ event }) => jumped(event, event.kind, toMs)),
  ];
}

function jumped(event, kind, atMs) {
  const remaining = event.at_ms + event.duration_ms - atMs;
  return { ...event, kind, at_ms: atMs, remaining_ms: remaining, jump: true };
}

const isStart = (event) => event.kind.endsWith(".started");
const isEnd = (event) => event.kind.endsWith(".ended");
export const isSegment = (event) => /^(step|hold|rest)\.started$/.test(event.kind);
const startsWait = (event) => event.open === true && event.kind === "step.started";
const endsExercise = (event) => event.kind === "exercise.ended";
