import WaveSurfer from 'wavesurfer.js';
import {make} from './dom';
import type {Playhead} from './playhead';
import type {Song} from './songs';
import {time} from './words';

const PEAKS = 2000;

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = () => ({waveColor: colour('--wave'), progressColor: colour('--accent')});

/** The waveform of one song, and its sound. */
export class Player {
  readonly element: HTMLElement;
  private button = make('button', {type: 'button', class: 'play', onclick: () => this.toggle()});
  private clock = make('span', {class: 'clock'});
  private plot = make('div', {class: 'plot waveform', role: 'slider', tabindex: 0, 'aria-label': 'Position', 'aria-valuemin': 0});
  private note = make('p', {class: 'muted small', hidden: true});
  private wave: WaveSurfer;
  private song?: Song;
  private playable = false;

  constructor(private playhead: Playhead) {
    this.element = make('div', {class: 'player'}, make('div', {class: 'controls'}, this.button, this.clock), this.plot, this.note);
    this.wave = WaveSurfer.create({
      container: this.plot, height: 88, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 0, normalize: true, interact: false, ...colours(),
    });
    this.wave.on('timeupdate', (time_s) => playhead.at(time_s));
    for (const event of ['play', 'pause', 'finish'] as const) this.wave.on(event, () => this.show_state());
    playhead.seek_player = (time_s) => this.playable && this.wave.setTime(time_s);
    playhead.moved(() => this.show_time());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.wave.setOptions(colours()));
    this.show_state();
  }

  /** Shows another song, from its beginning. */
  async show(song: Song) {
    this.song = song;
    this.wave.pause();
    this.wave.empty();
    this.playable = false;
    this.note.hidden = true;
    this.playhead.at(0);
    this.set_duration(song.prediction?.duration_s ?? 0);
    this.show_state();
    try {
      await this.wave.loadBlob(song.file, song.peaks?.channels, song.peaks?.duration_s);
      if (this.song !== song) return;
      this.playable = true;
      song.peaks ??= {channels: this.wave.exportPeaks({maxLength: PEAKS}), duration_s: this.wave.getDuration()};
      this.set_duration(this.wave.getDuration());
    } catch {
      if (this.song !== song) return;
      this.wave.empty();
    }
    this.show_note();
    this.show_state();
  }

  /** Takes over what has become known of the song that is shown. */
  update() {
    if (!this.playable && this.song?.prediction) this.set_duration(this.song.prediction.duration_s);
    this.show_note();
  }

  /** Silence, and no song. */
  clear() {
    this.song = undefined;
    this.playable = false;
    this.wave.pause();
    this.wave.empty();
  }

  toggle() {
    if (!this.playable) return;
    this.wave.playPause().catch(() => this.show_state());
  }

  /** A file that nobody can decode has a message already. */
  private show_note() {
    this.element.dataset.playable = String(this.playable);
    this.note.hidden = this.playable || !this.song?.prediction;
    this.note.textContent = 'This browser cannot play this kind of file. Its genres and pictures come from the server.';
  }

  private set_duration(duration_s: number) {
    this.playhead.set_duration(duration_s);
    this.playhead.attach(this.plot, duration_s);
    this.plot.setAttribute('aria-valuemax', duration_s.toFixed(1));
  }

  private show_state() {
    const playing = this.wave.isPlaying();
    this.button.disabled = !this.playable;
    this.button.textContent = playing ? 'Pause' : 'Play';
    this.element.dataset.playing = String(playing);
  }

  private show_time() {
    const {time_s, duration_s} = this.playhead;
    this.clock.textContent = `${time(time_s)} / ${time(duration_s)}`;
    this.plot.setAttribute('aria-valuenow', time_s.toFixed(1));
    this.plot.setAttribute('aria-valuetext', `${time(time_s)} of ${time(duration_s)}`);
  }
}
