// Tones, set on the audio clock ahead of time: it keeps its time when a page in the background
// is called once a second, or less.

const AHEAD_MS = 90_000;

// Which tones of events to set, and when on the audio clock, from a position up to another.
export function plan(events, { fromMs, untilMs, audioNow }) {
  return events
    .filter(({ tone, at_ms: atMs }) => tone && atMs >= fromMs && atMs <= untilMs)
    .map(({ tone, at_ms: atMs }) => ({ tone, when: audioNow + (atMs - fromMs) / 1000 }));
}

// Sound a tone; returns what stops it.
export function sound(context, { tone, when }, { attack_s: attack, release_s: release, melodies }) {
  const { hertz, seconds, loudness } = melodies[tone];
  const gain = context.createGain();
  gain.connect(context.destination);
  const oscillators = hertz.map((pitch, i) => {
    const start = when + (i * seconds) / 2;
    const oscillator = context.createOscillator();
    oscillator.frequency.value = pitch;
    oscillator.connect(gain);
    oscillator.start(start);
    oscillator.stop(start + seconds);
    return oscillator;
  });
  const end = when + (seconds * (hertz.length + 1)) / 2;
  gain.gain.setValueAtTime(0, when);
  gain.gain.linearRampToValueAtTime(loudness, when + attack);
  gain.gain.setValueAtTime(loudness, end - release);
  gain.gain.linearRampToValueAtTime(0, end);
  return () => oscillators.forEach((each) => each.stop());
}

// Keeps the tones of a player set for the next minute and a half.
export class Tones {
  constructor(makeContext, sounds) {
    this.makeContext = makeContext;
    this.sounds = sounds;
    this.context = null;
    this.set = [];
    this.isOn = true;
  }

  // Browsers let sound begin in a handler of a click or a key only.
  wake() {
    if (this.isOn && this.context === null) this.context = this.makeContext();
    this.context?.resume();
  }

  get now() {
    return this.context?.state === "running" ? this.context.currentTime : null;
  }

  hush() {
    this.set.forEach((stop) => stop());
    this.set = [];
  }

  // Set anew what comes after a position, up to the end of what time alone brings.
  follow(events, { positionMs, endMs }) {
    this.hush();
    if (!this.isOn || this.context === null) return;
    const untilMs = Math.min(positionMs + AHEAD_MS, endMs);
    const audioNow = this.context.currentTime;
    const planned = plan(events, { fromMs: positionMs, untilMs, audioNow });
    this.set = planned.map((tone) => sound(this.context, tone, this.sounds));
  }
}
