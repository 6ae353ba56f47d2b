/** Where in the song we are, whether or not the browser can play it. */
export class Playhead {
  time_s = 0;
  duration_s = 0;
  /** Moves the player, where there is one. */
  seek_player?: (time_s: number) => void;
  private listeners: (() => void)[] = [];

  /** Says where we are. */
  at(time_s: number) {
    this.time_s = time_s;
    for (const plot of document.querySelectorAll<HTMLElement>('[data-duration]')) this.place_cursor(plot);
    for (const listener of this.listeners) listener();
  }

  /** Goes somewhere within the song, the player too. */
  seek(time_s: number) {
    const within = Math.max(0, Math.min(time_s, this.duration_s));
    this.seek_player?.(within);
    this.at(within);
  }

  set_duration(duration_s: number) {
    this.duration_s = duration_s;
    this.at(Math.min(this.time_s, duration_s));
  }

  moved(listener: () => void) { this.listeners.push(listener); }

  /** Gives a plot that is `duration_s` wide a cursor, and lets a click or drag on it seek. */
  attach(plot: HTMLElement, duration_s: number) {
    const is_new = !plot.dataset.duration;
    plot.dataset.duration = String(duration_s);
    this.place_cursor(plot);
    if (!is_new) return;
    const cursor = document.createElement('i');
    cursor.className = 'cursor';
    plot.append(cursor);
    const seek = ({clientX}: PointerEvent) => {
      const {left, width} = plot.getBoundingClientRect();
      this.seek(((clientX - left) / width) * Number(plot.dataset.duration));
    };
    // A finger that scrolls the page begins like one that seeks: that one moves sideways, or is lifted where it was put down.
    let began = {clientX: 0, clientY: 0};
    const goes_sideways = ({clientX, clientY}: PointerEvent) =>
      Math.abs(clientX - began.clientX) > Math.abs(clientY - began.clientY);
    plot.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      began = event;
      plot.setPointerCapture(event.pointerId);
      if (event.pointerType !== 'touch') seek(event);
    });
    plot.addEventListener('pointermove', (event) => {
      if (plot.hasPointerCapture(event.pointerId) && (event.pointerType !== 'touch' || goes_sideways(event))) seek(event);
    });
    plot.addEventListener('pointerup', (event) => {
      if (event.pointerType === 'touch') seek(event);
    });
  }

  private place_cursor(plot: HTMLElement) {
    const duration_s = Number(plot.dataset.duration);
    plot.style.setProperty('--at', String(duration_s > 0 ? Math.min(1, this.time_s / duration_s) : 0));
  }
}
