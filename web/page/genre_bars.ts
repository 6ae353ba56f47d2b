import type {GenreTest, Model, Prediction} from './answers';
import {make} from './dom';
import {count, exact, score} from './words';

const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

/** "F1 0.84 (0.68 to 0.93), precision 0.72, recall 1.00, with 26 songs of the genre." Undefined where the run has no such test. */
export function tested(test: GenreTest | undefined): string | undefined {
  if (!test?.f1 || !test.support) return undefined;
  const {f1, precision, recall, support} = test;
  const range = f1.low === undefined || f1.high === undefined ? '' : ` (${f1.low.toFixed(2)} to ${f1.high.toFixed(2)})`;
  const others = [precision && `precision ${precision.value.toFixed(2)}`, recall && `recall ${recall.value.toFixed(2)}`].filter(Boolean);
  return `${[`F1 ${f1.value.toFixed(2)}${range}`, ...others].join(', ')}, on unseen music with ${count(support.value, 'song')} of this genre.`;
}

/** A row a genre, best score first: its bar, its threshold, and whether the song is given it. Opens to what the score is worth. */
export function genre_bars(prediction: Prediction, model: Model): HTMLElement {
  const list = make('ul', {class: 'bars'});
  for (const [genre, value] of Object.entries(prediction.scores)) {
    const card = model.genres.find((one) => one.genre === genre);
    if (!card) continue;
    const given = prediction.genres.includes(genre);
    const test = tested(model.evaluation.tuned?.[genre]) ?? 'Its run has not tested it.';
    const verdict = `${given ? 'Given' : 'Not given'}: the score ${exact(value)} is ${given ? 'above' : 'not above'} the threshold ${exact(card.threshold)}.`;
    list.append(make('li', {class: given ? 'given' : ''}, make('details', {},
      make('summary', {title: test},
        make('span', {class: 'name'}, genre),
        make('span', {class: 'visually-hidden'}, `: ${given ? 'given' : 'not given'}, score ${exact(value)}, threshold ${exact(card.threshold)}`),
        make('span', {class: 'bar', 'aria-hidden': 'true'},
          make('i', {style: `width: ${100 * value}%`}), make('b', {style: `left: ${100 * card.threshold}%`})),
        make('span', {class: 'score', 'aria-hidden': 'true'}, score(value)),
        make('span', {class: 'mark', 'aria-hidden': 'true'}, given ? '✓' : '')),
      make('p', {}, verdict, make('br'), `In the test: ${test}`, make('br'),
        `Probability ${score(prediction.probabilities[genre])}, if ${percent(card.prior_real)} of all songs are of this genre, as in the music that the networks have learned from.`))));
  }
  return list;
}
