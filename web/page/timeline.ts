import {predict_parts, Refusal} from './api';
import type {Model, Window} from './answers';
import {make} from './dom';
import {Latest, once} from './latest';
import type {Playhead} from './playhead';
import type {Song} from './songs';
import {time_axis} from './time_axis';
import {score, time} from './words';

const PARTS_S = [3, 10, 30, 60];

/** Windows overlap; each has the time that is nearer to its middle than to any other's. */
function cells(windows: Window[], duration_s: number): [number, number][] {
  const middles = windows.map(({start_s, length_s}) => start_s + length_s / 2);
  const ends = middles.map((middle, i) => (i + 1 < middles.length ? (middle + middles[i + 1]) / 2 : duration_s));
  return ends.map((end, i) => [i === 0 ? 0 : ends[i - 1], end]);
}

function explain(error: unknown): never {
  if (!(error instanceof Refusal) || error.kind !== 'not_now') throw error;
  throw new Refusal('not_now', 'The server was not done with the parts in time. Longer parts take less of it.');
}

/** The genres of a song over time, in parts of a length that is chosen. */
export class Timeline {
  readonly parts = make('select', {onchange: () => this.refresh()},
    ...PARTS_S.map((part_s) => make('option', {value: part_s, selected: part_s === 30}, `${part_s} s`)));
  readonly element: HTMLElement;
  private strips = new Latest<Window[]>('timeline', 'Listening to the parts …', (song, windows) => this.draw(song, windows));
  private song?: Song;
  private moment = Promise.resolve();

  constructor(private model: Model, private playhead: Playhead) {
    this.element = this.strips.element;
    this.element.style.setProperty('--genres', String(model.genres.length));
  }

  /** @param song    has a prediction.
   *  @param moment  before which nothing is asked for. */
  show(song: Song, moment: Promise<void>) {
    this.song = song;
    this.moment = moment;
    this.refresh();
  }

  private refresh() {
    const {song, moment} = this;
    if (!song) return;
    const part_s = Number(this.parts.value);
    const coming = once(song.timelines, part_s, () => moment.then(() => predict_parts(song.file, part_s, song.abort.signal)).catch(explain));
    void this.strips.show(song, coming, () => this.refresh());
  }

  /** A strip a genre, dark where a part's score is high, underlined where it is above the threshold. */
  private draw(song: Song, windows: Window[]) {
    song.timeline = windows;
    const {duration_s, scores} = song.prediction!;
    const genres = Object.keys(scores);
    const places = cells(windows, duration_s);
    const percent = (time_s: number) => (100 * time_s) / duration_s;
    const plot = make('div', {class: 'plot strips', 'aria-hidden': 'true'}, ...genres.map((genre) => make('div', {class: 'strip'},
      ...windows.map(({start_s, length_s, scores}, i) => make('i', {
        class: scores[genre] > this.threshold_of(genre) ? 'above' : '',
        style: `left: ${percent(places[i][0])}%; width: ${percent(places[i][1] - places[i][0])}%; --score: ${scores[genre]}`,
        title: `${genre}, ${time(start_s)} to ${time(start_s + length_s)}: ${score(scores[genre])}`,
      })))));
    this.playhead.attach(plot, duration_s);
    return [make('div', {class: 'names'}, ...genres.map((genre) => make('span', {}, genre))),
      make('div', {}, plot, time_axis(duration_s, 8)), this.table(windows, genres)];
  }

  private table(windows: Window[], genres: string[]) {
    const head = make('tr', {}, make('th', {scope: 'col'}, 'Part'), ...genres.map((genre) => make('th', {scope: 'col'}, genre)));
    const rows = windows.map(({start_s, length_s, scores}) => make('tr', {},
      make('th', {scope: 'row'}, `${time(start_s)} to ${time(start_s + length_s)}`),
      ...genres.map((genre) => make('td', {}, `${score(scores[genre])}${scores[genre] > this.threshold_of(genre) ? ' ✓' : ''}`))));
    return make('details', {}, make('summary', {}, 'As a table'), make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Genres over time'},
      make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows))));
  }

  private threshold_of(genre: string) {
    return this.model.genres.find((one) => one.genre === genre)?.threshold ?? 0.5;
  }
}
