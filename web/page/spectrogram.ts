import type {Spectrogram} from './answers';
import {make} from './dom';
import {Latest} from './latest';
import type {Playhead} from './playhead';
import type {Song} from './songs';
import {time_axis} from './time_axis';
import {VIEWS} from './views';
import {frequency, time} from './words';

/** A place in a song's spectrogram, on whatever scale. */
export interface Place {
  time_s: number;
  frequency_hz: number;
}

function nearest(frequencies_hz: number[], frequency_hz: number) {
  let best = 0;
  frequencies_hz.forEach((hz, row) => {
    if (Math.abs(hz - frequency_hz) < Math.abs(frequencies_hz[best] - frequency_hz)) best = row;
  });
  return best;
}

/** One picture on one scale, with its axes, and a cross that reads time and frequency. */
export class SpectrogramFigure {
  readonly element: HTMLElement;
  /** Told where the reader points, undefined where nowhere. */
  on_point: (place?: Place) => void = () => {};
  private drawing = new Latest<Spectrogram>('drawing', 'Drawing …', (song, picture) => this.draw(song, picture));
  private readout = make('output', {class: 'readout'});
  private select: HTMLSelectElement;
  private drawn?: {picture: Spectrogram; plot: HTMLElement; duration_s: number};

  constructor(private playhead: Playhead, label: string, public view: string, on_view: () => void) {
    this.select = make('select', {onchange: () => {
      this.view = this.select.value;
      on_view();
    }}, ...Object.entries(VIEWS).map(([value, name]) => make('option', {value, selected: value === view}, name)));
    this.element = make('figure', {class: 'spectrogram'},
      make('figcaption', {}, make('label', {}, `${label} `, this.select), this.readout), this.drawing.element);
  }

  /** Shows a picture, once it is there; `again` draws it anew after a failure. */
  show(song: Song, coming: Promise<Spectrogram>, again: () => void) {
    this.drawn = undefined;
    this.readout.textContent = '';
    void this.drawing.show(song, coming, again);
  }

  /** Puts the cross where the reader points, in this picture or in the other. */
  point(place?: Place) {
    if (!this.drawn) return;
    const {picture: {frequencies_hz, planes}, plot, duration_s} = this.drawn;
    plot.classList.toggle('pointed', place !== undefined);
    this.readout.textContent = place ? `${frequency(place.frequency_hz)} · ${time(place.time_s, true)}` : '';
    if (!place) return;
    const row = nearest(frequencies_hz, place.frequency_hz);
    plot.style.setProperty('--x', String(place.time_s / duration_s));
    plot.style.setProperty('--y', String((planes - 1 + (row + 0.5) / frequencies_hz.length) / planes));
    plot.setAttribute('aria-valuenow', String(row));
    plot.setAttribute('aria-valuetext', `${frequency(place.frequency_hz)} at ${time(place.time_s, true)}`);
  }

  private draw(song: Song, picture: Spectrogram) {
    const {frequencies_hz, planes, ticks} = picture;
    const duration_s = song.prediction?.duration_s || this.playhead.duration_s;
    const [low, high] = [frequencies_hz[0], frequencies_hz[frequencies_hz.length - 1]].map(frequency);
    const plot = make('div', {
      class: 'plot', tabindex: 0, role: 'slider', 'aria-orientation': 'vertical', 'aria-label': `Frequency, ${VIEWS[this.view]}`,
      'aria-valuemin': 0, 'aria-valuemax': frequencies_hz.length - 1, 'aria-valuenow': 0, 'aria-valuetext': low,
    }, make('img', {
      src: `data:image/png;base64,${picture.png}`, draggable: 'false', class: this.view === 'model' ? 'pixels' : '',
      alt: `Spectrogram of ${song.file.name}, ${VIEWS[this.view]}, ${low} to ${high}, ${time(duration_s)} long`,
    }), make('i', {class: 'cross-x'}), make('i', {class: 'cross-y'}));
    const labels = [...Array(planes).keys()].flatMap((plane) => ticks.map(({frequency_hz, height}) =>
      make('span', {style: `bottom: ${(100 * (plane + height)) / planes}%`}, frequency(frequency_hz))));
    this.drawn = {picture, plot, duration_s};
    this.playhead.attach(plot, duration_s);
    this.listen(plot, frequencies_hz, planes, duration_s);
    return [make('div', {class: 'hz-axis', 'aria-hidden': 'true'}, ...labels), plot, time_axis(duration_s, 6)];
  }

  private listen(plot: HTMLElement, frequencies_hz: number[], planes: number, duration_s: number) {
    plot.addEventListener('pointermove', ({clientX, clientY}) => {
      const {left, bottom, width, height} = plot.getBoundingClientRect();
      const up = (((bottom - clientY) / height) * planes) % 1;
      const row = Math.max(0, Math.min(frequencies_hz.length - 1, Math.floor(up * frequencies_hz.length)));
      const across = Math.max(0, Math.min(1, (clientX - left) / width));
      this.on_point({time_s: across * duration_s, frequency_hz: frequencies_hz[row]});
    });
    plot.addEventListener('pointerleave', () => this.on_point(undefined));
    plot.addEventListener('blur', () => this.on_point(undefined));
    plot.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      const step = (event.key === 'ArrowUp' ? 1 : -1) * Math.ceil(frequencies_hz.length / (event.shiftKey ? 400 : 40));
      const row = Math.max(0, Math.min(frequencies_hz.length - 1, Number(plot.getAttribute('aria-valuenow')) + step));
      this.on_point({time_s: Math.min(duration_s, this.playhead.time_s), frequency_hz: frequencies_hz[row]});
    });
  }
}
