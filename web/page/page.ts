// The page of `gamut serve`: songs in, their sound, genres and pictures to look at and listen to.
import type {Model} from './answers';
import {fetch_model, Refusal, use_token} from './api';
import {make, part} from './dom';
import {listen_to_files} from './drop';
import {listen_to_keys} from './keys';
import {Reader} from './reader';
import {save_json} from './save';
import {show_song_list} from './song_list';
import {SongView} from './song_view';
import {Songs} from './songs';
import {count, size} from './words';

const songs = new Songs();
const reader = new Reader(songs, ask_for_token);
const view = new SongView(songs, (song) => {
  songs.change(song, {state: 'waiting', fault: undefined});
  reader.next();
});
let model: Model | undefined;

/** For those who listen to the page. */
const announce = (text: string) => { part('status').textContent = text; };

function ask_for_token(message: string) {
  part('token-form').hidden = false;
  part('token-fault').textContent = message;
  part('token').focus();
}

function show_model({name, architecture, scale, genres, limits}: Model) {
  part('model').textContent = `${count(genres.length, 'genre')} · ${architecture} on ${scale} · run ${name}`;
  part('limits').textContent = limits ? `Up to ${size(limits.upload_bytes)} and ${Math.floor(limits.duration_s / 60)} minutes each.` : '';
}

/** Asks the server who it is, and lets the songs go to it. */
async function connect() {
  try {
    model = await fetch_model();
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'token') return ask_for_token(error.message);
    part('model').replaceChildren(`${error instanceof Error ? error.message : error} `,
      make('button', {type: 'button', onclick: () => void connect()}, 'Try again'));
    return;
  }
  part('token-form').hidden = true;
  show_model(model);
  view.use_model(model);
  reader.start(model.limits?.upload_bytes);
}

show_song_list(songs);
listen_to_keys(songs, view);
listen_to_files((files) => {
  const added = files.map((file) => songs.add(file));
  if (!added.length) return;
  announce(`${count(added.length, 'song')} added`);
  reader.next();
  songs.choose(songs.chosen ?? added[0]);
});
songs.changed(({file, state, prediction, fault}) => {
  if (state === 'failed') announce(`${file.name}: ${fault!.message}`);
  if (state === 'done') announce(`${file.name}: ${prediction!.genres.join(', ') || 'none of the genres'}`);
});

part('save-all').addEventListener('click', () => model && save_json('gamut', songs.all, model));
part('open-help').addEventListener('click', () => part<HTMLDialogElement>('help').showModal());
part('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  use_token(part<HTMLInputElement>('token').value.trim());
  void connect();
});
void connect();
