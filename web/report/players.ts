/** Whether the player's file is where the page says; the player stays hidden where it is not. */
function find_audio(player: HTMLAudioElement) {
  return new Promise<boolean>((settle) => {
    player.addEventListener('loadedmetadata', () => {
      player.hidden = false;
      settle(true);
    });
    player.addEventListener('error', () => settle(false));
    player.preload = 'metadata';
    player.src = player.dataset.src!;
  });
}

/**
 * Shows the players whose files are there, once the reader comes near `section`. Where the first is not, the page has
 * been moved away from the music, and the others are not asked for.
 */
export function show_players(section: Element | null, players: HTMLAudioElement[]) {
  if (!section || players.length === 0) return;
  const watch = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    watch.disconnect();
    if (await find_audio(players[0])) players.slice(1).forEach((player) => void find_audio(player));
  }, {rootMargin: '400px'});
  watch.observe(section);
}
