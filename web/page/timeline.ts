import type {Model, Prediction, Window} from './answers';
import {make} from './dom';
import type {Playhead} from './playhead';
import {time_axis} from './time_axis';
import {score, time} from './words';

/** Windows overlap; each has the time that is nearer to its middle than to any other's. */
function cells(windows: Window[], duration_s: number): [number, number][] {
  const middles = windows.map(({start_s, length_s}) => start_s + length_s / 2);
  const ends = middles.map((middle, i) => (i + 1 < middles.length ? (middle + middles[i + 1]) / 2 : duration_s));
  return ends.map((end, i) => [i === 0 ? 0 : ends[i - 1], end]);
}

function table(windows: Window[], genres: string[], threshold_of: (genre: string) => number) {
  const head = make('tr', {}, make('th', {scope: 'col'}, 'Part'), ...genres.map((genre) => make('th', {scope: 'col'}, genre)));
  const rows = windows.map(({start_s, length_s, scores}) => make('tr', {},
    make('th', {scope: 'row'}, `${time(start_s)} to ${time(start_s + length_s)}`),
    ...genres.map((genre) => make('td', {}, `${score(scores[genre])}${scores[genre] > threshold_of(genre) ? ' ✓' : ''}`))));
  return make('details', {}, make('summary', {}, 'As a table'), make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Genres over time'},
    make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows))));
}

/** A strip a genre, dark where a part's score is high, underlined where it is above the threshold. */
export function timeline(prediction: Prediction, model: Model, playhead: Playhead): HTMLElement {
  const windows = prediction.timeline ?? [];
  const genres = Object.keys(prediction.scores);
  const threshold_of = (genre: string) => model.genres.find((one) => one.genre === genre)?.threshold ?? 0.5;
  const places = cells(windows, prediction.duration_s);
  const percent = (time_s: number) => (100 * time_s) / prediction.duration_s;

  const names = make('div', {class: 'names'}, ...genres.map((genre) => make('span', {}, genre)));
  const plot = make('div', {class: 'plot strips', 'aria-hidden': 'true'}, ...genres.map((genre) => make('div', {class: 'strip'},
    ...windows.map(({start_s, length_s, scores}, i) => make('i', {
      class: scores[genre] > threshold_of(genre) ? 'above' : '',
      style: `left: ${percent(places[i][0])}%; width: ${percent(places[i][1] - places[i][0])}%; --score: ${scores[genre]}`,
      title: `${genre}, ${time(start_s)} to ${time(start_s + length_s)}: ${score(scores[genre])}`,
    })))));
  playhead.attach(plot, prediction.duration_s);
  return make('div', {class: 'timeline'}, names, make('div', {}, plot, time_axis(prediction.duration_s, 8)), table(windows, genres, threshold_of));
}
