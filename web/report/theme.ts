import type {Config} from 'vega-lite';

/** The colours a figure needs, as CSS colours. */
interface Palette {
  ink: string;
  muted: string;
  line: string;
  paper: string;
  series: string[];
}

/** On the page the style sheet decides, so that dark, light and print need no second drawing. */
const ON_PAGE: Palette = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  paper: 'transparent',
  series: [1, 2, 3, 4, 5, 6].map((n) => `var(--series-${n})`),
};

/** A saved figure stands alone: ink on white, the style sheet's light colours (after Okabe and Ito). */
const SAVED: Palette = {
  ink: '#1b1e23',
  muted: '#5b626d',
  line: '#d9dde3',
  paper: '#ffffff',
  series: ['#0072b2', '#d55e00', '#007f5f', '#a8508a', '#8a6d00', '#4a4f57'],
};

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

function vega_config({ink, muted, line, paper, series}: Palette): Config {
  return {
    background: paper,
    font: FONT,
    padding: 2,
    // One symbol more than colours: the seventh set has the first's colour and another symbol.
    range: {
      category: series,
      symbol: ['circle', 'diamond', 'triangle-up', 'square', 'cross', 'triangle-down', 'triangle-right'],
    },
    view: {stroke: null},
    axis: {
      domainColor: muted, tickColor: muted, gridColor: line, labelColor: ink, titleColor: muted,
      labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8,
    },
    header: {labelColor: ink, labelFontSize: 13, labelFontWeight: 600, title: null, labelPadding: 6},
    legend: {
      orient: 'top', direction: 'horizontal', title: null, labelColor: ink, labelFontSize: 13, labelLimit: 260,
      symbolSize: 110, symbolStrokeWidth: 2, symbolOpacity: 1, columnPadding: 22, offset: 10,
    },
    facet: {spacing: 22},
    rule: {color: muted},
    boxplot: {median: {color: ink, thickness: 2}, rule: {color: muted}, box: {fillOpacity: 0.3}},
    point: {filled: true},
    text: {color: ink},
  };
}

export const config_on_page = vega_config(ON_PAGE);
export const config_saved = vega_config(SAVED);
