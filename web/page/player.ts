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
  private note = make('p', {class: 'muted small', hidden: true}, 'This browser cannot play this kind of file. Its genres and pictures come from the server.');
  private wave: WaveSurfer;
  private song?: Song;
  /** Whether the browser can play it: not known until it has tried. */
  private sound: 'loading' | 'ready' | 'none' = 'none';
  /** Counts the songs shown: what the load of an earlier one brings comes too late. */
  private turn = 0;

  constructor(private playhead: Playhead) {
    this.element = make('div', {class: 'player'}, make('div', {class: 'controls'}, this.button, this.clock), this.plot, this.note);
    this.wave = WaveSurfer.create({
      container: this.plot, height: 88, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 0, normalize: true, interact: false, ...colours(),
    });
    this.wave.on('timeupdate', (time_s) => this.sound === 'ready' && playhead.at(time_s));
    for (const event of ['play', 'pause', 'finish'] as const) this.wave.on(event, () => this.show_state());
    playhead.seek_player = (time_s) => this.sound === 'ready' && this.seek(time_s);
    playhead.moved(() => this.show_time());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.wave.setOptions(colours()));
    this.show_state();
  }

  /** Shows another song, from its beginning. */
  async show(song: Song) {
    const turn = this.start(song, 'loading');
    this.playhead.at(0);
    this.set_duration(song.prediction?.duration_s ?? 0);
    this.show_state();
    await this.empty();
    if (this.turn !== turn) return;
    const can_play = await this.load(song);
    if (this.turn !== turn) return;
    if (can_play) {
      song.peaks ??= {channels: this.wave.exportPeaks({maxLength: PEAKS}), duration_s: this.wave.getDuration()};
      this.set_duration(this.wave.getDuration());
      this.seek(this.playhead.time_s);  // whoever looks at the pictures may have gone somewhere by now
    } else {
      await this.empty();
      if (this.turn !== turn) return;
    }
    this.sound = can_play ? 'ready' : 'none';
    this.show_state();
  }

  /** Takes over what has become known of the song that is shown. */
  update() {
    if (this.sound !== 'ready' && this.song?.prediction) this.set_duration(this.song.prediction.duration_s);
    this.show_state();
  }

  /** Silence, and no song. */
  clear() {
    this.start(undefined, 'none');
    void this.empty();
    this.show_state();
  }

  toggle() {
    if (this.sound !== 'ready') return;
    this.wave.playPause().catch(() => this.show_state());
  }

  private start(song: Song | undefined, sound: 'loading' | 'none') {
    this.song = song;
    this.sound = sound;
    this.wave.pause();
    return ++this.turn;
  }

  /** Draws no waveform. */
  private empty() { return this.wave.load('', [[0]], 0.001).catch(() => {}); }

  /** @return whether the browser can play it. */
  private async load({file, peaks}: Song) {
    let forget = () => {};
    // A load whose sound is refused does not end by itself.
    const refused = new Promise<boolean>((settle) => { forget = this.wave.once('error', () => settle(false)); });
    const loaded = this.wave.loadBlob(file, peaks?.channels, peaks?.duration_s).then(() => true, () => false);
    const can_play = await Promise.race([loaded, refused]);
    forget();
    return can_play;
  }

  /**
   * The sound itself keeps this until it can be played, and lets it end a seek that is under way. wavesurfer's own setTime
   * would keep it too, and go there although somebody has gone elsewhere since.
   */
  private seek(time_s: number) {
    const sound = this.wave.getMediaElement();
    if (sound) sound.currentTime = time_s;
  }

  private set_duration(duration_s: number) {
    this.playhead.set_duration(duration_s);
    this.playhead.attach(this.plot, duration_s);
    this.plot.setAttribute('aria-valuemax', duration_s.toFixed(1));
  }

  private show_state() {
    const playing = this.wave.isPlaying();
    this.button.disabled = this.sound !== 'ready';
    this.button.textContent = playing ? 'Pause' : 'Play';
    this.element.dataset.playing = String(playing);
    this.element.dataset.sound = this.sound;
    // A file that nobody can decode has a message already.
    this.note.hidden = this.sound !== 'none' || !this.song?.prediction;
  }

  private show_time() {
    const {time_s, duration_s} = this.playhead;
    this.clock.textContent = `${time(time_s)} / ${time(duration_s)}`;
    this.plot.setAttribute('aria-valuenow', time_s.toFixed(1));
    this.plot.setAttribute('aria-valuetext', `${time(time_s)} of ${time(duration_s)}`);
  }
}
