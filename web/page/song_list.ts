import {make, part} from './dom';
import type {Song, Songs} from './songs';

function result({state, prediction, fault}: Song) {
  if (state === 'failed') return fault!.message;
  if (state === 'waiting') return 'Waiting';
  if (state === 'reading') return 'Listening …';
  return prediction!.genres.join(', ') || 'None of the genres';
}

/** The songs beside the chosen one, each with what is known of it. */
export function show_song_list(songs: Songs) {
  const list = part('songs');
  const rows = new Map<Song, {item: HTMLElement; button: HTMLElement; line: HTMLElement}>();

  const row_of = (song: Song) => {
    const known = rows.get(song);
    if (known) return known;
    const line = make('span', {class: 'result'});
    const button = make('button', {type: 'button', onclick: () => songs.choose(song)}, make('span', {class: 'name'}, song.file.name), line);
    const row = {item: make('li', {}, button), button, line};
    rows.set(song, row);
    return row;
  };
  const update = (song: Song) => {
    const {item, line} = row_of(song);
    item.dataset.state = song.state;
    line.textContent = result(song);
  };
  songs.changed(update);
  songs.choice_changed(() => {
    for (const song of [...rows.keys()].filter((song) => !songs.all.includes(song))) {
      rows.get(song)!.item.remove();
      rows.delete(song);
    }
    for (const song of songs.all) {
      const {item, button} = row_of(song);
      if (!item.isConnected) list.append(item);
      if (song === songs.chosen) {
        button.setAttribute('aria-current', 'true');
        item.scrollIntoView({block: 'nearest'});
      } else {
        button.removeAttribute('aria-current');
      }
      update(song);
    }
    document.body.classList.toggle('has-songs', songs.all.length > 0);
    part('of-all').hidden = songs.all.length < 2;
  });
}
