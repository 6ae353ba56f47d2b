import type {Model, Spectrogram} from './answers';
import {draw} from './api';
import {make} from './dom';
import type {Playhead} from './playhead';
import type {Song} from './songs';
import {SpectrogramFigure} from './spectrogram';
import {first_views, options_of} from './views';

/** Two scales beside each other, with one cursor and one cross. */
export class Spectrograms {
  readonly element: HTMLElement;
  private figures: SpectrogramFigure[];
  private song?: Song;

  constructor(private model: Model, playhead: Playhead) {
    const views = first_views(model);
    this.figures = ['Scale A', 'Scale B'].map((label, i) => new SpectrogramFigure(playhead, label, views[i], () => this.refresh(i)));
    for (const figure of this.figures) figure.on_point = (place) => this.figures.forEach((each) => each.point(place));
    this.element = make('div', {class: 'spectrograms'}, ...this.figures.map(({element}) => element));
  }

  show(song: Song) {
    this.song = song;
    this.figures.forEach((_, i) => this.refresh(i));
  }

  private refresh(i: number) {
    const {song} = this;
    if (!song) return;
    const figure = this.figures[i];
    const {view} = figure;
    void figure.show(song, this.picture(song, view), () => this.refresh(i));
  }

  /** Asked for once, until it fails. */
  private picture(song: Song, view: string): Promise<Spectrogram> {
    const known = song.pictures.get(view);
    if (known) return known;
    const coming = draw(song.file, options_of(view, this.model), song.abort.signal).then(({pictures}) => pictures[0]);
    song.pictures.set(view, coming);
    coming.catch(() => song.pictures.delete(view));
    return coming;
  }
}
