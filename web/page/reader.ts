import {predict, Refusal} from './api';
import type {Song, Songs} from './songs';
import {size} from './words';

/** As many as the server decodes beside one another without queueing the pictures behind them. */
const AT_ONCE = 2;

/** A file may be gone since it was chosen; fetch would blame the server. */
async function require_readable(file: File) {
  await file.slice(0, 1).arrayBuffer().catch(() => {
    throw new Refusal('refused', 'This file cannot be read. It may have been moved or changed; choose it again.');
  });
}

/** Has the songs that wait predicted, the chosen one first. */
export class Reader {
  private running = 0;
  private upload_bytes?: number;
  private held = true;

  /** @param on_token  called when the server wants a token; the songs wait until `start`. */
  constructor(private songs: Songs, private on_token: (message: string) => void) {}

  /** @param upload_bytes  what the server takes at most; larger songs are not sent. */
  start(upload_bytes?: number) {
    this.upload_bytes = upload_bytes;
    this.held = false;
    this.next();
  }

  /** Sends what waits. */
  next() {
    while (!this.held && this.running < AT_ONCE) {
      const {chosen, all} = this.songs;
      const song = chosen?.state === 'waiting' ? chosen : all.find(({state}) => state === 'waiting');
      if (!song) return;
      void this.read(song);
    }
  }

  private async read(song: Song) {
    ++this.running;
    this.songs.change(song, {state: 'reading', fault: undefined});
    try {
      this.require_small(song.file);
      await require_readable(song.file);
      this.songs.change(song, {prediction: await predict(song.file, song.abort.signal), state: 'done'});
    } catch (error) {
      if (!song.abort.signal.aborted) this.fail(song, error);
    }
    --this.running;
    this.next();
  }

  private require_small(file: File) {
    if (!this.upload_bytes || file.size <= this.upload_bytes) return;
    throw new Refusal('refused', `This file is ${size(file.size)} large; this server takes ${size(this.upload_bytes)} at most. It was not sent.`);
  }

  private fail(song: Song, error: unknown) {
    const kind = error instanceof Refusal ? error.kind : 'lost';
    const message = error instanceof Error ? error.message : String(error);
    if (kind === 'token') {
      this.held = true;
      this.songs.change(song, {state: 'waiting'});
      this.on_token(message);
    } else {
      this.songs.change(song, {state: 'failed', fault: {message, again: kind !== 'refused'}});
    }
  }
}
