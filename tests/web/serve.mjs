import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

/** Starts `gamut serve`: its address, its port, and what stops it. */
export async function serve(gamut, model, {port = 0, token} = {}) {
  const env = {...process.env, ...(token && {GAMUT_TOKEN: token})};
  const child = spawn(gamut, ['serve', '--model', model, '--port', String(port)], {env, stdio: ['ignore', 'pipe', 'inherit']});
  const ended = new Promise((settle) => child.on('exit', settle));
  const address = await new Promise((settle, fail) => {
    createInterface(child.stdout).once('line', settle);
    child.on('exit', () => fail(new Error('gamut serve ended')));
  });
  return {address, port: new URL(address).port, stop: () => {
    child.kill('SIGTERM');
    return ended;
  }};
}
