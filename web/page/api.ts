import type {Model, Prediction, Spectrograms, Window} from './answers';
import {sentence} from './words';

/** Why a request brought nothing. */
export class Refusal extends Error {
  /** @param kind  `lost`: no answer; `token`: none, or a wrong one; `not_now`: another try may help; `refused`: none will. */
  constructor(readonly kind: 'lost' | 'token' | 'not_now' | 'refused', message: string) {
    super(message);
  }
}

const TRIES = 12;
const TOKEN_KEY = 'gamut-token';

let token = sessionStorage.getItem(TOKEN_KEY) ?? '';

/** Kept until the tab is closed. */
export function use_token(value: string) {
  token = value;
  sessionStorage.setItem(TOKEN_KEY, value);
}

function wait(seconds: number, signal?: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

const lost = () => new Refusal('lost', 'The server does not answer. It may have been stopped, or the connection is gone.');

async function send(path: string, init: RequestInit) {
  try {
    return await fetch(path, {...init, cache: 'no-store', headers: {...init.headers, ...(token && {Authorization: `Bearer ${token}`})}});
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw lost();
  }
}

/** The JSON of an answer, asked for again for as long as the server says that it is busy. */
async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  for (let tries = 1;; ++tries) {
    const response = await send(path, init);
    if (response.ok) return response.json().catch(() => { throw lost(); });
    const {error} = await response.json().catch(() => ({error: {message: `The server answers ${response.status}.`}}));
    if (response.status === 401) throw new Refusal('token', token ? 'This is not its token.' : '');
    const message = sentence(error.message);
    if (response.status !== 429 && response.status !== 408 && response.status < 500) throw new Refusal('refused', message);
    if (response.status !== 429 || tries === TRIES) throw new Refusal('not_now', message);
    // Not all at the same moment, or they meet again.
    await wait(Number(response.headers.get('Retry-After') ?? 2) * (0.5 + Math.random()), init.signal ?? undefined);
  }
}

function post<T>(path: string, options: Record<string, string>, file: File, signal: AbortSignal): Promise<T> {
  const query = new URLSearchParams(options);
  return ask<T>(`${path}?${query}`, {method: 'POST', body: file, signal, headers: {'Content-Type': 'application/octet-stream'}});
}

export const fetch_model = () => ask<Model>('v1/model');

export const predict = (file: File, signal: AbortSignal) => post<Prediction>('v1/predict', {}, file, signal);

/** What a song's parts are, which takes longer than all of it at once: they begin three times in `part_s`, their length. */
export async function predict_parts(file: File, part_s: number, signal: AbortSignal): Promise<Window[]> {
  const options = {timeline: '1', window_s: String(part_s), hop_s: String(Math.max(1, part_s / 3))};
  return (await post<Prediction & {timeline: Window[]}>('v1/predict', options, file, signal)).timeline;
}

/** @param options  of the front end, and picture_size. */
export const draw = (file: File, options: Record<string, string>, signal: AbortSignal) =>
  post<Spectrograms>('v1/spectrogram', {...options, format: 'json'}, file, signal);
