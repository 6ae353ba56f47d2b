import type {Model} from './answers';
import {make, part} from './dom';
import {genre_bars} from './genre_bars';
import {Player} from './player';
import {Playhead} from './playhead';
import {save_json} from './save';
import {is_hopeless, type Song, type Songs} from './songs';
import {Spectrograms} from './spectrograms';
import {Timeline} from './timeline';
import {size, time} from './words';

const base_name = (name: string) => name.replace(/\.[^.]*$/, '');

/** The chosen song: its sound, genres and pictures. */
export class SongView {
  readonly playhead = new Playhead();
  readonly player = new Player(this.playhead);
  private element = part('song');
  private title = make('h2');
  private facts = make('p', {class: 'muted facts'});
  private message = make('div', {class: 'message', role: 'alert', hidden: true});
  private genres = make('div');
  private results = make('div', {hidden: true});
  private save = make('button', {type: 'button', onclick: () => this.song && save_json(base_name(this.song.file.name), [this.song], this.model!)}, 'Download JSON');
  private timeline?: Timeline;
  private spectrograms?: Spectrograms;
  private song?: Song;
  private shown_prediction?: unknown;

  /** @param read_again  has a song predicted once more. */
  constructor(private songs: Songs, private read_again: (song: Song) => void, private model?: Model) {
    const remove = make('button', {type: 'button', onclick: () => this.remove()}, 'Remove');
    this.element.append(
      make('div', {class: 'heading'}, this.title, this.facts), this.message, this.player.element, this.results,
      make('p', {class: 'actions'}, this.save, remove));
    songs.choice_changed(() => this.show(songs.chosen));
    songs.changed((song) => song === this.song && this.update());
  }

  /** From now on there can be predictions. */
  use_model(model: Model) {
    if (this.spectrograms) return;
    this.model = model;
    this.timeline = new Timeline(model, this.playhead);
    this.spectrograms = new Spectrograms(model, this.playhead);
    this.results.append(
      make('section', {'aria-labelledby': 'genres-title'}, make('h3', {id: 'genres-title'}, 'Genres'), this.genres),
      make('section', {'aria-labelledby': 'timeline-title'}, make('div', {class: 'title'}, make('h3', {id: 'timeline-title'}, 'Genres over time'), make('label', {}, 'Parts of ', this.timeline.parts)), this.timeline.element),
      make('section', {'aria-labelledby': 'pictures-title'}, make('h3', {id: 'pictures-title'}, 'Spectrograms'), this.spectrograms.element));
  }

  private show(song?: Song) {
    if (song === this.song) return;
    this.song = song;
    this.shown_prediction = undefined;
    this.element.hidden = !song;
    if (!song) {
      this.player.clear();
      return;
    }
    this.title.textContent = song.file.name;
    if (is_hopeless(song)) this.player.clear();
    else void this.player.show(song);
    this.update();
  }

  private update() {
    const {prediction, state, file, fault} = this.song!;
    this.player.update();
    this.player.element.hidden = is_hopeless(this.song!);
    this.facts.textContent = [prediction && time(prediction.duration_s), size(file.size), !prediction && state === 'reading' && 'listening …']
      .filter(Boolean).join(' · ');
    this.show_message(fault?.message ?? (prediction?.outcome === 'partial' ? `This file breaks off: ${prediction.reason}` : ''), fault?.again);
    this.element.dataset.state = state;
    this.save.disabled = !prediction;
    this.results.hidden = !prediction;
    if (!prediction || prediction === this.shown_prediction) return;
    this.shown_prediction = prediction;
    this.genres.replaceChildren(genre_bars(prediction, this.model!));
    const moment = this.songs.looked_at(this.song!);
    moment.catch(() => {});
    this.timeline!.show(this.song!, moment);
    this.spectrograms!.show(this.song!, moment);
  }

  private show_message(text: string, again = false) {
    this.message.hidden = !text;
    if (this.message.dataset.text === text) return;
    this.message.dataset.text = text;
    this.message.replaceChildren(make('p', {}, text));
    if (again) this.message.append(make('button', {type: 'button', onclick: () => this.read_again(this.song!)}, 'Try again'));
  }

  /** The keyboard stays where the songs are. */
  private remove() {
    this.songs.remove(this.song!);
    (document.querySelector<HTMLElement>('#songs [aria-current]') ?? part('files')).focus();
  }
}
