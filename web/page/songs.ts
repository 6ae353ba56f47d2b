import type {Prediction, Spectrogram, Window} from './answers';

export interface Song {
  file: File;
  state: 'waiting' | 'reading' | 'done' | 'failed';
  prediction?: Prediction;
  /** Why there is no prediction, and whether another try may help. */
  fault?: {message: string; again: boolean};
  /** By the length of the parts, in seconds. */
  timelines: Map<number, Promise<Window[]>>;
  /** The one that was shown last. */
  timeline?: Window[];
  /** By what was asked for: see views.ts. */
  pictures: Map<string, Promise<Spectrogram>>;
  /** The waveform, once the browser has decoded the song. */
  peaks?: {channels: number[][]; duration_s: number};
  /** Ends what is asked of the server for it. */
  abort: AbortController;
}

/** Whether no further try will bring anything of it. */
export const is_hopeless = ({fault}: Song) => fault !== undefined && !fault.again;

const MOMENT_MS = 200;

type Listener = (song: Song) => void;

/** The songs of the page, in the order in which they came, and the one that is looked at. */
export class Songs {
  readonly all: Song[] = [];
  chosen?: Song;
  private chosen_ms = 0;
  private on_change: Listener[] = [];
  private on_choice: (() => void)[] = [];

  add(file: File): Song {
    const song: Song = {file, state: 'waiting', timelines: new Map(), pictures: new Map(), abort: new AbortController()};
    this.all.push(song);
    return song;
  }

  /** Changes a song and tells whoever shows it. */
  change(song: Song, what: Partial<Song>) {
    Object.assign(song, what);
    for (const listener of this.on_change) listener(song);
  }

  choose(song?: Song) {
    this.chosen = song;
    this.chosen_ms = performance.now();
    for (const listener of this.on_choice) listener();
  }

  /** Waits until a song has been looked at for a moment. Fails where it has not: of songs run past nobody wants pictures. */
  async looked_at(song: Song) {
    await new Promise((settle) => setTimeout(settle, this.chosen_ms + MOMENT_MS - performance.now()));
    if (this.chosen !== song) throw new Error('Another song was chosen.');
  }

  /** The song so many places after the chosen one, if there is one. */
  beside(step: number): Song | undefined {
    return this.all[this.all.indexOf(this.chosen!) + step];
  }

  remove(song: Song) {
    const next = this.beside(1) ?? this.beside(-1);
    song.abort.abort();
    this.all.splice(this.all.indexOf(song), 1);
    this.choose(next);
  }

  changed(listener: Listener) { this.on_change.push(listener); }
  choice_changed(listener: () => void) { this.on_choice.push(listener); }
}
