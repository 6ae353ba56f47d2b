// Draws the report's figures. Each <figure class="chart"> carries its Vega-Lite specification, data included, as JSON.
import embed, {type EmbedOptions, type VisualizationSpec} from 'vega-embed';
import {expressionInterpreter} from 'vega-interpreter';
import {fit_to} from './layout';
import {config_on_page, config_saved} from './theme';

const SAVED_WIDTH_PX = 720;

/** Without `eval`: the page's security policy allows this script and nothing else. */
const OPTIONS: EmbedOptions = {
  mode: 'vega-lite',
  renderer: 'svg',
  actions: false,
  defaultStyle: false,
  ast: true,
  expr: expressionInterpreter,
  tooltip: {disableDefaultStyle: true},
};

function specification_of(figure: HTMLElement): VisualizationSpec {
  return JSON.parse(figure.querySelector('script[type="application/json"]')!.textContent!);
}

/** Draws the figure into `drawing`, which is `room_px` wide, and returns its view. */
async function draw(figure: HTMLElement, drawing: HTMLElement, room_px: number, options: EmbedOptions) {
  let {view} = await embed(drawing, fit_to(specification_of(figure), room_px), options);
  // Labels take a width that only the drawn figure knows.
  const excess_px = Number(drawing.querySelector('svg')!.getAttribute('width')) - room_px;
  if (Math.abs(excess_px) > 2) {
    view.finalize();
    ({view} = await embed(drawing, fit_to(specification_of(figure), room_px, excess_px), options));
  }
  return view;
}

async function save(figure: HTMLElement, format: 'svg' | 'png') {
  const view = await draw(figure, document.createElement('div'), SAVED_WIDTH_PX, {...OPTIONS, config: config_saved});
  const link = document.createElement('a');
  link.download = `${figure.id}.${format}`;
  link.href = await view.toImageURL(format, format === 'png' ? 2 : 1);
  link.click();
  view.finalize();
}

function add_save_buttons(figure: HTMLElement) {
  const label = figure.querySelector('figcaption b')?.textContent ?? figure.id;
  const buttons = document.createElement('p');
  buttons.className = 'save';
  for (const format of ['svg', 'png'] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `Save ${format.toUpperCase()}`;
    button.setAttribute('aria-label', `Save ${label} as ${format.toUpperCase()}`);
    button.addEventListener('click', () => void save(figure, format));
    buttons.append(button);
  }
  figure.querySelector('.drawing')!.after(buttons);
}

async function draw_all(figures: HTMLElement[]) {
  for (const figure of figures) {
    const drawing = figure.querySelector<HTMLElement>('.drawing')!;
    await draw(figure, drawing, drawing.clientWidth, {...OPTIONS, config: config_on_page});
  }
  document.documentElement.dataset.figures = 'drawn';
}

const figures = [...document.querySelectorAll<HTMLElement>('figure.chart')];
figures.forEach(add_save_buttons);
void draw_all(figures);

let drawn_width_px = document.body.clientWidth;
let pending = 0;
window.addEventListener('resize', () => {
  clearTimeout(pending);
  pending = window.setTimeout(() => {
    // A phone's address bar changes the height alone.
    if (document.body.clientWidth === drawn_width_px) return;
    drawn_width_px = document.body.clientWidth;
    void draw_all(figures);
  }, 200);
});
