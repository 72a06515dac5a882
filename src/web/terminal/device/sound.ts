import type { Tone } from '../result.ts';

interface Note {
  /** Hertz, and seconds from the beginning. */
  readonly pitch: number;
  readonly from: number;
  readonly lasts: number;
}

/** Rising for yes, falling for no, one low note to ask again: each known without looking. */
const SOUNDS: Readonly<Record<Tone, readonly Note[]>> = {
  approved: [
    { pitch: 659, from: 0, lasts: 0.12 },
    { pitch: 988, from: 0.13, lasts: 0.22 },
  ],
  refused: [
    { pitch: 440, from: 0, lasts: 0.16 },
    { pitch: 311, from: 0.17, lasts: 0.16 },
    { pitch: 220, from: 0.34, lasts: 0.3 },
  ],
  again: [{ pitch: 196, from: 0, lasts: 0.35 }],
};

/** Two knocks before it: what follows them is practice, and a yes that sells begins with its own first note. */
const KNOCKS: readonly Note[] = [
  { pitch: 90, from: 0, lasts: 0.06 },
  { pitch: 90, from: 0.13, lasts: 0.06 },
];
const AFTER_KNOCKS = 0.35;

/** Milliseconds of shaking and rest. */
const VIBRATIONS: Readonly<Record<Tone, readonly number[]>> = {
  approved: [90],
  refused: [90, 70, 90, 70, 90],
  again: [220],
};

let context: AudioContext | null = null;

/** Browsers make no sound before somebody has touched the page: call this when somebody does. */
export function allowSound(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
}

export function play(tone: Tone): void {
  playNotes(SOUNDS[tone]);
}

export function playPractice(tone: Tone): void {
  playNotes([...KNOCKS, ...SOUNDS[tone].map((note) => ({ ...note, from: note.from + AFTER_KNOCKS }))]);
}

function playNotes(notes: readonly Note[]): void {
  if (context === null || context.state !== 'running') return;
  for (const { pitch, from, lasts } of notes) {
    const begins = context.currentTime + from;
    const [voice, volume] = [context.createOscillator(), context.createGain()];
    voice.type = 'triangle';
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(0.5, begins + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + lasts);
    voice.connect(volume).connect(context.destination);
    voice.start(begins);
    voice.stop(begins + lasts);
  }
}

export function vibrate(tone: Tone): void {
  // Before somebody has touched the page a browser refuses, and some have no such thing.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([...VIBRATIONS[tone]]);
}
