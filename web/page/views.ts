import type {Model} from './answers';

/** Ways to draw a song: the scales, and the picture that the networks see. */
export const VIEWS: Record<string, string> = {
  linear: 'Linear',
  mel: 'Mel',
  'linear-bands': 'Linear bands',
  'log-frequency': 'Log frequency',
  bark: 'Bark',
  erb: 'ERB',
  cqt: 'Constant Q',
  vqt: 'Variable Q',
  model: 'What the networks see',
};

const PICTURE_SIZE = '1000x400';

/** What the server is asked for. */
export function options_of(view: string, model: Model): Record<string, string> {
  if (view !== 'model') return {scale: view, reduce: 'mean', picture_size: PICTURE_SIZE};
  const {picture_width, picture_height, segment_s: _, segment_hop_s: __, ...rest} = model.front_end;
  const given = Object.entries(rest).filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]);
  return {...Object.fromEntries(given), picture_size: `${picture_width}x${picture_height}`};
}

/** The model's own scale, and the one that it is most often compared with. */
export const first_views = ({scale}: Model) => [scale, scale === 'linear' ? 'mel' : 'linear'];
