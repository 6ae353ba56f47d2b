// What the server answers; docs/openapi.json has it all.

interface Measured {
  value: number;
  low?: number;
  high?: number;
}

/** What a run's test says of a genre: f1, precision, recall, support and others. */
export type GenreTest = Record<string, Measured | undefined>;

export interface GenreCard {
  genre: string;
  threshold: number;
  prior_trained: number;
  prior_real: number;
}

export interface Model {
  name: string;
  scale: string;
  reduce: string;
  architecture: string;
  genres: GenreCard[];
  front_end: Record<string, string | number | null>;
  /** By decision, then by genre. */
  evaluation: Record<string, Record<string, GenreTest>>;
  limits?: {upload_bytes: number; duration_s: number};
}

/** A part of a song. */
export interface Window {
  start_s: number;
  length_s: number;
  scores: Record<string, number>;
}

export interface Prediction {
  outcome: 'ok' | 'partial';
  reason?: string;
  duration_s: number;
  /** Those given, best first. */
  genres: string[];
  /** Best first. */
  scores: Record<string, number>;
  probabilities: Record<string, number>;
}

export interface Spectrogram {
  scale: string;
  width: number;
  height: number;
  planes: number;
  /** At the middle of each row of pixels, the lowest first. */
  frequencies_hz: number[];
  /** `height` from the lower edge, 0, to the upper one, 1. */
  ticks: {frequency_hz: number; height: number}[];
  /** Base64. */
  png: string;
}

export interface Spectrograms {
  outcome: 'ok' | 'partial';
  duration_s: number;
  pictures: Spectrogram[];
}
