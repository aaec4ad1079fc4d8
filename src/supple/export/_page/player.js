// A player in the browser: the same commands, events and deadlines as the one in Python.
//
// It has no clock of its own. Each call takes the present instant in whole milliseconds and
// returns the events that it brings. Its states are the tables that the page carries.

export class PlayerStateError extends Error {}

export class Player {
  // The tables are those of the library: what leads where, and what is meant where nothing is said.
  constructor(timeline, tables, settings = {}) {
    const { speed, hands_free, gap_ms, on_gap } = { ...tables.settings, ...settings };
    this.timeline = timeline;
    this.tables = tables;
    this.handsFree = hands_free;
    this.gapMs = gap_ms;
    this.onGap = on_gap;
    this.state = "ready";
    this.missedMs = null;
    this.stopReason = null;
    this.head = new Playhead(speed);
    this.index = 0; // how many events lie behind
    this.nowMs = 0;
    this.nextDeadlineMs = null;
    this.openEndMs = null; // the end of the step that it waits at
    this.waitedMs = 0; // for how much longer than estimated it has waited ...
    this.waitedIn = 0; // ... in the exercise before which so many have ended
  }

  get speed() {
    return this.head.speed;
  }

  moment(nowMs) {
    const i = this.segmentIndex();
    const segment = this.timeline.segments[i];
    const atMs = Math.min(this.head.at(Math.max(nowMs, this.nowMs)), segment.end_ms);
    return { at_ms: atMs, segment, next: this.timeline.segments[i + 1] ?? null };
  }

  // --- time passes ---

  due(nowMs) {
    return this.advance(nowMs);
  }

  advance(nowMs) {
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
    if (lateMs <= this.gapMs || this.onGap === "catch-up" || !canGap) {
      this.nowMs = nowMs;
      return this.deliver();
    }
    if (this.onGap === "pause") {
      this.stay();
      this.head.stop(this.nowMs);
      this.nowMs = nowMs;
      this.nextDeadlineMs = null;
      this.missedMs = lateMs;
      this.happen("GAP");
      return [];
    }
    const toMs = this.firstWait(this.head.at(nowMs));
    const leftMs = this.positionMs;
    this.nowMs = nowMs;
    return this.jump(leftMs, toMs);
  }

  goBack(nowMs) {
    if (this.nowMs - nowMs <= this.gapMs) return;
    this.head.follow(this.nowMs, nowMs);
    this.nowMs = nowMs;
    this.settle();
  }

  deliver() {
    const events = [];
    const positionMs = this.head.at(this.nowMs);
    for (let event = this.coming(); event && event.at_ms <= positionMs; event = this.coming()) {
      if (events.length >= this.tables.most_at_once && event.at_ms > events.at(-1).at_ms) break;
      events.push(event);
      this.index += 1;
      if (startsWait(event) && !this.handsFree) this.openEndMs = event.at_ms + event.duration_ms;
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
    if (!(command in this.tables.commands[this.state])) {
      throw new PlayerStateError(`a player that is ${this.state} cannot take ${command}`);
    }
    if (command === "toggle") command = this.tables.toggled[this.state];
    let events = [];
    if (command === "start") {
      this.nowMs = nowMs; // no time has passed before
    } else {
      events = this.advance(nowMs);
      this.stay();
    }
    const state = this.tables.commands[this.state][command];
    if (state === undefined) return events;
    this.state = state;
    return [...events, ...this.carryOut(command, value ?? this.tables.usual[command])];
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
        return this.jump(this.positionMs, this.endOf(value));
      case "back":
        return this.jump(this.positionMs, this.startOf(value));
      case "seek":
        return this.jump(this.positionMs, value);
      case "ready":
        while (this.coming() !== null) this.index += 1;
        this.noteWait();
        this.head.put(this.openEndMs ?? 0, this.nowMs);
        this.openEndMs = null;
        return this.deliver();
      case "set-speed":
        this.head.changeSpeed(value, this.nowMs);
        this.settle();
        return [];
      case "stop": {
        const hereMs = this.positionMs;
        this.head.stop(this.nowMs);
        this.head.put(hereMs, this.nowMs);
        this.nextDeadlineMs = null;
        this.missedMs = null;
        this.stopReason = value;
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

  endOf(part) {
    if (part === "segment") return this.timeline.segments[this.segmentIndex()].end_ms;
    return this.behindExercises(this.exercisesOver() + 1);
  }

  startOf(part) {
    const latestMs = this.head.at(this.nowMs) - this.tables.restart_after_ms;
    if (part === "segment") {
      const i = this.segmentIndex();
      const startMs = this.timeline.segments[i].start_ms;
      return startMs > 0 && startMs > latestMs ? this.timeline.segments[i - 1].start_ms : startMs;
    }
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

  firstWait(toMs) {
    toMs = Math.min(toMs, this.timeline.duration_ms);
    if (this.handsFree) return toMs;
    const wait = this.timeline.events.slice(this.index).find(startsWait);
    return wait === undefined ? toMs : Math.min(toMs, wait.at_ms);
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

  get isBehind() {
    return this.nextDeadlineMs !== null && this.nextDeadlineMs <= this.nowMs;
  }

  stay() {
    if (this.isBehind) this.head.put(this.positionMs, this.nowMs);
  }

  get positionMs() {
    let positionMs = this.head.at(this.nowMs);
    const event = this.coming();
    if (this.isBehind && event !== null) positionMs = Math.min(positionMs, event.at_ms - 1);
    return this.openEndMs === null ? positionMs : Math.min(positionMs, this.openEndMs);
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
    if (this.handsFree || !last || !last.event.open) return null;
    return last.event.at_ms + last.event.duration_ms;
  }
}

// Where the clock has got to: a straight line, in whole numbers, that bends without losing any.
class Playhead {
  constructor(speed) {
    this.originMs = 0;
    this.anchorMs = 0;
    this.isMoving = false;
    this.rest = 0n;
    this.per = 1n;
    this.take(speed);
  }

  take(speed) {
    const [whole, decimals = ""] = String(speed).split(".");
    const old = this.per;
    const ten = 10n ** BigInt(decimals.length);
    this.speed = speed;
    this.per = (old * ten) / divisor(old, ten);
    this.steps = BigInt(whole + decimals) * (this.per / ten);
    this.rest *= this.per / old;
  }

  passed(nowMs) {
    return this.rest + BigInt(nowMs - this.anchorMs) * this.steps;
  }

  at(nowMs) {
    if (!this.isMoving) return this.originMs;
    return this.originMs + Number(quotient(this.passed(nowMs), this.per));
  }

  reaches(positionMs) {
    const ahead = BigInt(this.originMs - positionMs) * this.per + this.rest;
    return this.anchorMs - Number(quotient(ahead, this.steps));
  }

  stop(nowMs) {
    this.bend(nowMs);
    this.isMoving = false;
  }

  go(nowMs) {
    this.anchorMs = nowMs;
    this.isMoving = true;
  }

  put(positionMs, nowMs) {
    this.originMs = positionMs;
    this.anchorMs = nowMs;
    this.rest = 0n;
  }

  follow(beforeMs, nowMs) {
    this.bend(beforeMs);
    this.anchorMs = nowMs;
  }

  changeSpeed(speed, nowMs) {
    this.bend(nowMs);
    this.take(speed);
  }

  bend(nowMs) {
    if (!this.isMoving) return;
    const passed = this.passed(nowMs);
    const whole = quotient(passed, this.per);
    this.rest = passed - whole * this.per;
    this.originMs += Number(whole);
    this.anchorMs = nowMs;
  }
}

// The quotient rounded down; BigInt rounds towards zero.
function quotient(number, by) {
  return number / by - (number % by < 0n ? 1n : 0n);
}

function divisor(a, b) {
  return b === 0n ? a : divisor(b, a % b);
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
