import type {VisualizationSpec} from 'vega-embed';

/** What the report says about a figure's shape, in the specification's `usermeta`. */
interface Shape {
  panels: number;
  /** Boxes side by side in a panel; 0 where there are none. */
  boxes: number;
  /** The legend's entries. */
  legend: string[];
}

interface FacetedSpec {
  usermeta: Shape;
  columns: number;
  config?: object;
  spec: {width: number; layer: {mark: {type: string; size?: number}}[]};
}

const NARROWEST_PANEL_PX = 250;
const NARROWEST_DRAWING_PX = 80;
const WIDEST_PANEL_PX = 560;
const WIDEST_LABEL_PX = 170;
const AXIS_PX = 60;
const SPACING_PX = 22;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** How many legend entries fit beside each other, from what a letter and a symbol take at most. */
function legend_columns(entries: string[], room_px: number) {
  const entry_px = 8 * Math.max(1, ...entries.map((entry) => entry.length)) + 42;
  return clamp(Math.floor((room_px - AXIS_PX) / entry_px), 1, Math.max(1, entries.length));
}

/**
 * A copy of a faceted specification whose panels share `room_px`, beside each other where they fit.
 * `excess_px` is by how much an earlier try was too wide; negative where room was left.
 */
export function fit_to(spec: VisualizationSpec, room_px: number, excess_px = 0): VisualizationSpec {
  const copy = structuredClone(spec) as unknown as FacetedSpec;
  const {panels, boxes, legend} = copy.usermeta;
  copy.columns = clamp(Math.floor((room_px - AXIS_PX) / NARROWEST_PANEL_PX), 1, panels);
  const free_px = room_px - AXIS_PX - SPACING_PX * (copy.columns - 1) - excess_px;
  copy.spec.width = clamp(Math.floor(free_px / copy.columns), NARROWEST_DRAWING_PX, WIDEST_PANEL_PX);
  copy.config = {
    axis: {labelLimit: Math.min(WIDEST_LABEL_PX, 0.36 * room_px)},
    header: {labelLimit: copy.spec.width + AXIS_PX},
    legend: {columns: legend_columns(legend, room_px)},
  };
  for (const {mark} of copy.spec.layer) {
    if (mark.type === 'boxplot') mark.size = clamp((0.62 * copy.spec.width) / boxes, 3, 28);
  }
  return copy as unknown as VisualizationSpec;
}
