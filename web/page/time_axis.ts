import {make} from './dom';
import {time} from './words';

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];

/** Round times below a plot whose width is the song's length; no more than `most`, and fewer on a phone. */
export function time_axis(duration_s: number, most: number) {
  if (window.innerWidth < 600) most = 4;
  const step_s = STEPS_S.find((step) => duration_s / step < most) ?? 7200;
  const axis = make('div', {class: 'time-axis', 'aria-hidden': 'true'});
  for (let at_s = 0; at_s <= duration_s; at_s += step_s) {
    const across = at_s / duration_s;
    axis.append(make('span', {style: `left: ${100 * across}%`, class: across > 0.92 ? 'last' : ''}, time(at_s)));
  }
  return axis;
}
