import type {Model} from './answers';
import {make} from './dom';
import type {Song} from './songs';

/** What is known of a song, by itself understandable. */
const record = ({file, prediction, timeline, fault}: Song) => ({
  file: file.name, size_bytes: file.size, ...(prediction ?? {outcome: 'failed', reason: fault?.message ?? 'not read yet'}),
  ...(timeline && {timeline}),
});

/** Saves songs as one JSON document, with the model that spoke. */
export function save_json(name: string, songs: Song[], {name: run, scale, reduce, architecture, genres}: Model) {
  const text = JSON.stringify({model: {name: run, scale, reduce, architecture, genres}, songs: songs.map(record)}, null, 2);
  const link = make('a', {href: URL.createObjectURL(new Blob([`${text}\n`], {type: 'application/json'})), download: `${name}.json`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
