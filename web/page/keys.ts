import type {SongView} from './song_view';
import type {Songs} from './songs';

const OWN_KEYS = 'input, select, textarea, button, summary, a, dialog, audio';

/** Space plays, the arrows go through the song and the songs; what has the focus comes first. */
export function listen_to_keys(songs: Songs, {player, playhead}: SongView) {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !songs.chosen) return;
    if (document.querySelector('dialog[open]')) return;
    const on_control = target.closest(OWN_KEYS) !== null;
    const on_slider = target.getAttribute('role') === 'slider';
    const step_s = event.shiftKey ? 1 : 5;
    const actions: Record<string, (() => void) | false | undefined> = {
      ' ': !on_control && (() => player.toggle()),
      ArrowLeft: !target.closest('input, select, .scroll') && (() => playhead.seek(playhead.time_s - step_s)),
      ArrowRight: !target.closest('input, select, .scroll') && (() => playhead.seek(playhead.time_s + step_s)),
      Home: on_slider && (() => playhead.seek(0)),
      End: on_slider && (() => playhead.seek(playhead.duration_s)),
      ArrowUp: !target.closest('input, select, .scroll') && songs.all.length > 1 && (() => step(-1)),
      ArrowDown: !target.closest('input, select, .scroll') && songs.all.length > 1 && (() => step(1)),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  function step(by: number) {
    const song = songs.beside(by);
    if (!song) return;
    const in_list = document.activeElement?.closest('#songs');
    songs.choose(song);
    if (in_list) document.querySelector<HTMLElement>('#songs [aria-current]')?.focus();
  }
}
