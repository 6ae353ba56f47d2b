export type Format = 'svg' | 'png';

/** Letters and digits of the figure's number and title, in dashes: "figure-3-accuracy-by-architecture-and-scale". */
function file_name(figure: HTMLElement) {
  const caption = figure.querySelector('figcaption')!.cloneNode(true) as HTMLElement;
  caption.querySelectorAll('span').forEach((explanation) => explanation.remove());
  const words = caption.textContent!.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [figure.id];
  return words.join('-').slice(0, 80).replace(/-+$/, '');
}

/** A picture's own PNG, or an SVG around it. */
export async function picture_address(figure: HTMLElement, format: Format) {
  const {src, naturalWidth: width, naturalHeight: height} = figure.querySelector('img')!;
  if (format === 'png') return src;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
              `<image width="${width}" height="${height}" href="${src}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Puts a button a format after `place`; `address_of` makes what it saves. */
export function add_save_buttons(figure: HTMLElement, place: Element,
                                 address_of: (figure: HTMLElement, format: Format) => Promise<string>) {
  const label = figure.querySelector('figcaption b')!.textContent!.replace(/\.$/, '');
  const buttons = document.createElement('p');
  buttons.className = 'save';
  for (const format of ['svg', 'png'] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `Save ${format.toUpperCase()}`;
    button.setAttribute('aria-label', `Save ${format.toUpperCase()} of ${label}`);
    button.addEventListener('click', async () => {
      const link = document.createElement('a');
      link.download = `${file_name(figure)}.${format}`;
      link.href = await address_of(figure, format);
      link.click();
    });
    buttons.append(button);
  }
  place.after(buttons);
}
