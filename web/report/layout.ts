import type {VisualizationSpec} from 'vega-embed';

/** What the report says about a figure's shape, in the specification's `usermeta`. */
interface Shape {
  panels: number;
  /** Boxes side by side in a panel; 0 where there are none. */
  boxes: number;
}

interface PanelSpec {
  width?: number;
  layer?: {mark: {type: string; size?: number}}[];
}

const NARROWEST_PANEL_PX = 250;
const NARROWEST_DRAWING_PX = 80;
const WIDEST_PANEL_PX = 560;
const AXIS_PX = 60;
const SPACING_PX = 22;

/**
 * A copy of a faceted specification whose panels share `room_px`, beside each other where they fit.
 * `excess_px` is by how much an earlier try was too wide; negative where room was left.
 */
export function fit_to(spec: VisualizationSpec, room_px: number, excess_px = 0): VisualizationSpec {
  const copy = structuredClone(spec) as unknown as {usermeta: Shape; columns?: number; spec: PanelSpec};
  const {panels, boxes} = copy.usermeta;
  copy.columns = Math.max(1, Math.min(panels, Math.floor((room_px - AXIS_PX) / NARROWEST_PANEL_PX)));
  const free_px = room_px - AXIS_PX - SPACING_PX * (copy.columns - 1);
  const width_px = Math.floor((free_px - excess_px) / copy.columns);
  copy.spec.width = Math.max(NARROWEST_DRAWING_PX, Math.min(WIDEST_PANEL_PX, width_px));
  for (const {mark} of copy.spec.layer ?? []) {
    if (mark.type === 'boxplot') mark.size = Math.max(3, Math.min(28, (0.62 * copy.spec.width) / boxes));
  }
  return copy as unknown as VisualizationSpec;
}
