// Draws the report's figures and makes the page's buttons and players. Each <figure class="chart"> carries its Vega-Lite specification, data included, as JSON.
import embed, {type EmbedOptions, type VisualizationSpec} from 'vega-embed';
import {expressionInterpreter} from 'vega-interpreter';
import {fit_to} from './layout';
import {show_players} from './players';
import {add_save_buttons, type Format, picture_address} from './save';
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

/** The figure alone, in ink on white, as the address of a file. */
async function chart_address(figure: HTMLElement, format: Format) {
  const view = await draw(figure, document.createElement('div'), SAVED_WIDTH_PX, {...OPTIONS, config: config_saved});
  const address = await view.toImageURL(format, format === 'png' ? 2 : 1);
  view.finalize();
  return address;
}

async function draw_all(figures: HTMLElement[]) {
  for (const figure of figures) {
    const drawing = figure.querySelector<HTMLElement>('.drawing')!;
    await draw(figure, drawing, drawing.clientWidth, {...OPTIONS, config: config_on_page});
  }
  document.documentElement.dataset.figures = 'drawn';
}

const figures = [...document.querySelectorAll<HTMLElement>('figure.chart')];
for (const figure of figures) add_save_buttons(figure, figure.querySelector('.drawing')!, chart_address);
for (const figure of document.querySelectorAll<HTMLElement>('.pictures figure')) {
  add_save_buttons(figure, figure.querySelector('figcaption')!, picture_address);
}
show_players(document.querySelector('#gallery'), [...document.querySelectorAll('audio')]);
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
