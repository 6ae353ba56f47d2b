/**
 * The lowest contrast, after WCAG 2, with the ground behind it: of texts (AA asks for 4.5), and of the figures' lines and dots
 * (3). Colours that let the ground through are mixed with it.
 */
export const lowest_contrast = (page) => page.evaluate(() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (rgb) => rgb.slice(0, 3)
    .map((byte) => byte / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratio_of = (colour, opacity, behind) => {
    const [r, g, b, alpha = 1] = numbers(colour);
    const mixed = [r, g, b].map((channel, i) => channel * alpha * opacity + behind[i] * (1 - alpha * opacity));
    const [light, dark] = [luminance(mixed), luminance(behind)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const lowest = {text: {ratio: 21, where: ''}, mark: {ratio: 21, where: ''}};
  const note = (kind, element, ratio) => {
    const where = `${element.closest('[id]')?.id}, ${element.outerHTML.slice(0, 160)}`;
    if (ratio < lowest[kind].ratio) lowest[kind] = {ratio, where};
  };
  for (const element of document.querySelectorAll('main *, header *, body > details *')) {
    const svg_text = element.tagName === 'text';
    if (!svg_text && ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (element.closest('script, noscript')) continue;
    const style = getComputedStyle(element);
    note('text', element, ratio_of(svg_text ? style.fill : style.color, 1, ground(element)));
  }
  for (const element of document.querySelectorAll('.drawing .mark-symbol path, .drawing .mark-line path')) {
    const {fill, stroke, opacity} = getComputedStyle(element);
    const colour = fill === 'none' || fill === 'rgba(0, 0, 0, 0)' ? stroke : fill;
    if (colour !== 'none') note('mark', element, ratio_of(colour, Number(opacity), ground(element)));
  }
  return lowest;
});
