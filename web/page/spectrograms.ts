import type {Model} from './answers';
import {draw} from './api';
import {make} from './dom';
import {once} from './latest';
import type {Playhead} from './playhead';
import type {Song} from './songs';
import {SpectrogramFigure} from './spectrogram';
import {first_views, options_of} from './views';

/** Two scales beside each other, with one cursor and one cross. */
export class Spectrograms {
  readonly element: HTMLElement;
  private figures: SpectrogramFigure[];
  private song?: Song;
  private moment = Promise.resolve();

  constructor(private model: Model, playhead: Playhead) {
    const views = first_views(model);
    this.figures = ['Scale A', 'Scale B'].map((label, i) => new SpectrogramFigure(playhead, label, views[i], () => this.refresh(i)));
    for (const figure of this.figures) figure.on_point = (place) => this.figures.forEach((each) => each.point(place));
    this.element = make('div', {class: 'spectrograms'}, ...this.figures.map(({element}) => element));
  }

  /** @param moment  before which nothing is asked for. */
  show(song: Song, moment: Promise<void>) {
    this.song = song;
    this.moment = moment;
    this.figures.forEach((_, i) => this.refresh(i));
  }

  private refresh(i: number) {
    const {song, moment} = this;
    if (!song) return;
    const figure = this.figures[i];
    const {view} = figure;
    const coming = once(song.pictures, view, () =>
      moment.then(() => draw(song.file, options_of(view, this.model), song.abort.signal)).then(({pictures}) => pictures[0]));
    figure.show(song, coming, () => this.refresh(i));
  }
}
