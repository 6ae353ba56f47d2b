/** "0:07", "12:30", "1:02:03"; with tenths, "0:07.3". */
export function time(seconds: number, tenths = false) {
  const whole = Math.floor(tenths ? Math.round(seconds * 10) / 10 : seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${hours ? two(Math.floor((whole % 3600) / 60)) : Math.floor(whole / 60)}:${two(whole % 60)}`;
  return (hours ? `${hours}:` : '') + rest + (tenths ? `.${Math.round(seconds * 10) % 10}` : '');
}

/** "50 Hz", "1.2 kHz". */
export function frequency(hz: number) {
  return hz < 1000 ? `${Math.round(hz)} Hz` : `${Number((hz / 1000).toPrecision(3))} kHz`;
}

/** "1.4 MiB" */
export function size(bytes: number) {
  const kib = bytes / 1024;
  return kib < 1000 ? `${Math.ceil(kib)} KiB` : `${Number((kib / 1024).toPrecision(3))} MiB`;
}

/** "1 song", "2 songs" */
export const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** 0.42: two digits, and never 1.00 for what is less. */
export const score = (value: number) => (value > 0 && value < 0.01 ? '<0.01' : (Math.floor(value * 100) / 100).toFixed(2));

/** A score to compare with another: as many digits as it needs to differ. */
export function exact(value: number) {
  const margin = Math.min(value, 1 - value);
  return value.toFixed(margin >= 0.01 || margin <= 0 ? 3 : Math.min(9, 1 + Math.ceil(-Math.log10(margin))));
}

/** With a capital letter. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
