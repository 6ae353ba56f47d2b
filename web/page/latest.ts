import {make} from './dom';
import type {Song} from './songs';

const NO_TOKEN = 'The server asks for its token now: load this page again.';

/** What a key stands for: asked for once, until it fails. */
export function once<K, T>(known: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before) return before;
  const coming = ask();
  known.set(key, coming);
  coming.catch(() => known.delete(key));
  return coming;
}

/** A place for something of a song that takes its time: what was asked for last is shown, whatever comes first. */
export class Latest<T> {
  readonly element: HTMLElement;
  private coming?: Promise<T>;

  /**
   * @param waiting  is read while there is nothing to show.
   * @param draw     makes elements of what has come.
   */
  constructor(kind: string, private waiting: string, private draw: (song: Song, found: T) => HTMLElement[]) {
    this.element = make('div', {class: `latest ${kind}`});
  }

  /** @param again  asks anew after a failure. */
  async show(song: Song, coming: Promise<T>, again: () => void) {
    if (!this.element.querySelector('.plot')) this.element.replaceChildren(make('p', {class: 'muted waiting'}, this.waiting));
    this.element.classList.add('stale');
    this.coming = coming;
    try {
      const found = await coming;
      if (this.coming !== coming) return;
      this.element.replaceChildren(...this.draw(song, found));
    } catch (error) {
      if (this.coming !== coming || song.abort.signal.aborted) return;
      this.element.replaceChildren(make('p', {class: 'waiting'}, `${error instanceof Error ? error.message || NO_TOKEN : error} `,
        make('button', {type: 'button', onclick: again}, 'Try again')));
    }
    this.element.classList.remove('stale');
  }
}
