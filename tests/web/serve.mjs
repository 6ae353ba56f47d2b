import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

// However a test ends, no server is left behind.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts `gamut serve`: its address, its port, and what stops it. Its deadline is one for machines that do other things too. */
export async function serve(gamut, model, {port = 0, token} = {}) {
  const env = {...process.env, ...(token && {GAMUT_TOKEN: token})};
  const child = spawn(gamut, ['serve', '--model', model, '--port', String(port), '--request-timeout', '600'], {env, stdio: ['ignore', 'pipe', 'inherit']});
  running.add(child);
  const ended = new Promise((settle) => child.on('exit', settle));
  void ended.then(() => running.delete(child));
  const address = await new Promise((settle, fail) => {
    createInterface(child.stdout).once('line', settle);
    child.on('exit', () => fail(new Error('gamut serve ended')));
  });
  return {address, port: new URL(address).port, stop: () => {
    child.kill('SIGTERM');
    return ended;
  }};
}
