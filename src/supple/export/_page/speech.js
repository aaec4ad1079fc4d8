// Speech by the voices of the device. A voice from afar stops after some seconds and sends what
// it says away, so only local ones are taken.

import { isSegment } from "./player.js";

export class Speech {
  constructor(synthesis, Utterance) {
    this.synthesis = synthesis;
    this.Utterance = Utterance;
    this.isOn = false;
    this.load([], []);
  }

  voiceFor(language) {
    const tags = [language.toLowerCase(), language.toLowerCase().split("-")[0]];
    const local = (this.synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
    const spoken = (voice) => voice.lang.toLowerCase().replace("_", "-");
    return (
      local.find((voice) => spoken(voice) === tags[0]) ??
      local.find((voice) => spoken(voice).split("-")[0] === tags[1]) ??
      null
    );
  }

  // narration: pairs of an instant and a text. pauses: pairs of the start of a rest and the forms
  // of what is said in it, the fullest first, each a text and how many milliseconds it takes.
  load(narration, pauses) {
    this.said = new Map(narration);
    this.pauses = new Map(pauses);
  }

  // Say what the narration has for some events; of several texts the last one counts.
  tell(events, language, formOf) {
    if (!this.isOn) return;
    const texts = events
      .map((event) => (event.jump ? this.afterJump(event, formOf) : this.said.get(event.at_ms)))
      .filter(Boolean);
    const voice = this.voiceFor(language);
    if (!texts.length || voice === null) return;
    this.hush();
    const utterance = new this.Utterance(texts.at(-1));
    utterance.voice = voice;
    utterance.lang = voice.lang;
    this.synthesis.speak(utterance);
  }

  // What there is to do is said in full, where there is time for it.
  afterJump(event, formOf) {
    if (!isSegment(event)) return null;
    const { remaining_ms: longestMs } = event;
    const forms = this.pauses.get(event.at_ms + longestMs - event.duration_ms) ?? [formOf(event)];
    return forms.find(([, ms]) => ms <= longestMs)?.[0];
  }

  hush() {
    this.synthesis?.cancel();
  }
}
