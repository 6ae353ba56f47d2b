// Uses the page of a real `gamut serve` in Chromium, as a listener would.
// Usage: node page.test.mjs GAMUT MUSIC SCREENSHOTS, with a library of the built-in music in MUSIC
//
// A model is trained on the music first. Exit code 77, which CTest counts as skipped, where there is no Chromium
// (CHROMIUM names another than the system's).
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {basename, join, resolve} from 'node:path';
import {lowest_contrast} from './contrast.mjs';
import {serve} from './serve.mjs';

const {chromium} = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');

const [gamut, music, screenshots] = process.argv.slice(2).map((path) => resolve(path));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.log(`skipped: no Chromium at ${executablePath}; install chromium or set CHROMIUM`);
  process.exit(77);
}

const DESK = {viewport: {width: 1280, height: 1000}};
const PHONE = {viewport: {width: 360, height: 740}, deviceScaleFactor: 2, isMobile: true, hasTouch: true};
const TOKEN = 'a-token-of-the-test-of-the-page';
const folder = mkdtempSync(join(tmpdir(), 'gamut-page-'));

/** A model of one epoch: its genres are guesses, but everything that the page shows of them is real. */
function train() {
  const experiment = join(folder, 'page.toml');
  writeFileSync(experiment, `name = "page"
[data]
genres = {top = 16}
group_by = "none"
test = 0.25
validation = 0.25
[spectrogram]
scales = ["mel"]
picture_size = 64
[model]
architectures = ["resnet18"]
initialisation = ["random"]
[training]
epochs = 1
batch = 8
input_size = 0
`);
  const run = (...args) => execFileSync(gamut, ['--workspace', folder, '--quiet', ...args], {stdio: ['ignore', 'ignore', 'inherit']});
  run('import', join(music, 'songs.csv'), '--taxonomy', join(music, 'taxonomy.csv'));
  run('run', experiment);
  run('export', 'model', join(folder, 'runs/page'), '-o', join(folder, 'model'));
  return join(folder, 'model');
}

/** Opens the page and notes what it complains about and asks of anything but its server. */
async function open(browser, address, options) {
  const context = await browser.newContext({...options, acceptDownloads: true});
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);  // whatever else the machine is doing: only a hang is an error
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(data|blob):/.test(url)) complaints.push(`request: ${url}`);
  });
  await page.goto(`${address}/`);
  return {context, page, complaints};
}

const settled = (page) => page.waitForFunction(() => !document.querySelector('[data-state="waiting"], [data-state="reading"]'));
const drawn = (page) => page.waitForFunction(() => !document.querySelector('.stale') && document.querySelector('.strip') &&
  [...document.querySelectorAll('.spectrogram')].every((figure) => figure.querySelector('img')?.naturalWidth > 0));
const add = (page, ...files) => page.setInputFiles('#files', files);
const position_s = async (page) => Number(await page.getAttribute('.waveform', 'aria-valuenow'));
const expect_position = async (page, time_s) => {
  const found_s = await position_s(page);
  assert.ok(Math.abs(found_s - time_s) < 0.15, `at ${found_s} s, not at ${time_s} s`);
  const clock = await page.textContent('.clock');
  // One rounds to tenths, the other shows whole seconds that have passed.
  const seconds = [-0.05, 0.05].map((by_s) => Math.floor(found_s + by_s));
  assert.ok(seconds.some((whole) => clock.startsWith(`0:0${whole} / 0:0`)), `${clock} at ${found_s} s`);
};
const cursors = (page) => page.locator('[data-duration]').evaluateAll((plots) => plots.map((plot) => Number(plot.style.getPropertyValue('--at'))));
const shot = (page, name, options = {}) => screenshots && page.screenshot({path: join(screenshots, `${name}.png`), ...options});

/** Drops a file on the page. */
async function drop(page, file) {
  const data = await page.evaluateHandle(([base64, name]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, {type: 'audio/mpeg'}));
    return transfer;
  }, [readFileSync(file).toString('base64'), basename(file)]);
  await page.dispatchEvent('body', 'dragenter', {dataTransfer: data});
  assert.ok(await page.evaluate(() => document.body.classList.contains('dragging')), 'a drag is not seen');
  await page.dispatchEvent('main', 'drop', {dataTransfer: data});
}

/** Drops files and folders as the system does. */
async function drop_paths(page, ...files) {
  const session = await page.context().newCDPSession(page);
  const data = {items: [], files, dragOperationsMask: 1};
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', {type, x: 300, y: 300, data});
  await session.detach();
}

/** All files of a folder are taken, in their order. */
async function check_folder(page) {
  const album = join(folder, 'album');
  mkdirSync(join(album, 'second disc'), {recursive: true});
  songs.slice(0, 3).forEach((song, i) => copyFileSync(song, join(album, ['10.mp3', '9.mp3', 'second disc/1.mp3'][i])));
  await drop_paths(page, album);
  await page.locator('#songs li').nth(2).waitFor();
  assert.deepEqual(await page.locator('#songs .name').allTextContents(), ['9.mp3', '10.mp3', '1.mp3']);
  await settled(page);
}

/** A finger that scrolls over a plot seeks nowhere; one that taps does. */
async function check_touch(page) {
  const session = await page.context().newCDPSession(page);
  const plot = page.locator('.spectrogram .plot').first();
  await plot.scrollIntoViewIfNeeded();
  const {x, y, width, height} = await plot.boundingBox();
  const scroll_top = () => page.evaluate(() => window.scrollY);
  const top = await scroll_top();
  const touch = (type, dy) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: type === 'touchEnd' ? [] : [{x: x + 0.7 * width, y: y + height / 2 + dy}],
  });
  await touch('touchStart', 0);
  for (let dy = 15; dy <= 150; dy += 15) await touch('touchMove', dy);
  await touch('touchEnd', 150);
  await page.waitForFunction((before) => Math.abs(window.scrollY - before) > 50, top);
  assert.equal(await position_s(page), 0, 'scrolling seeks');
  const now = await plot.boundingBox();
  await page.touchscreen.tap(now.x + 0.7 * now.width, now.y + now.height / 2);
  await expect_position(page, 5.6);
}

/** What is shown of the chosen song's genres. */
const shown_genres = (page) => page.locator('.bars li').evaluateAll((rows) => rows.map((row) => ({
  genre: row.querySelector('.name').textContent,
  given: row.classList.contains('given') && row.querySelector('.mark').textContent === '✓',
  score: row.querySelector('.score').textContent,
  bar: parseFloat(row.querySelector('.bar i').style.width) / 100,
  threshold: parseFloat(row.querySelector('.bar b').style.left) / 100,
  spoken: row.querySelector('summary').innerText.replace(/\s+/g, ' '),
})));

async function check_results(page, address, song) {
  const response = await fetch(`${address}/v1/predict`, {method: 'POST', body: readFileSync(song)});
  assert.equal(response.status, 200);
  const answer = await response.json();
  const model = await (await fetch(`${address}/v1/model`)).json();
  const shown = await shown_genres(page);
  assert.deepEqual(shown.map(({genre}) => genre), Object.keys(answer.scores), 'best first');
  for (const {genre, given, score, bar, threshold, spoken} of shown) {
    const card = model.genres.find((one) => one.genre === genre);
    assert.equal(given, answer.genres.includes(genre), `${genre} is marked`);
    assert.ok(Math.abs(bar - answer.scores[genre]) < 1e-4, `the bar of ${genre}: ${bar}, not ${answer.scores[genre]}`);
    assert.ok(Math.abs(threshold - card.threshold) < 1e-4, `the threshold of ${genre}: ${threshold}, not ${card.threshold}`);
    assert.ok(Math.abs(Number(score.replace('<', '')) - answer.scores[genre]) < 0.011, `the score of ${genre}: ${score}`);
    const [, verdict, exact, mark] = spoken.match(/: (given|not given), score ([\d.]+), threshold ([\d.]+)/);
    assert.equal(verdict, given ? 'given' : 'not given', spoken);
    assert.ok(Number(exact) === Number(mark) || Number(exact) > Number(mark) === given, spoken);
  }
  await page.locator('.bars summary').first().click();
  const {f1, support} = model.evaluation.tuned[shown[0].genre];
  const worth = await page.locator('.bars details[open] p').innerText();
  assert.ok(worth.includes(`F1 ${f1.value.toFixed(2)}`) && worth.includes(`${support.value} song`), worth);
  assert.equal(await page.locator('.heading h2').textContent(), basename(song));
  const heard = await page.textContent('#status');
  assert.ok(heard.includes(answer.genres.join(', ') || 'none of the genres'), `what is said: ${heard}`);
}

/** Two pictures with axes, one cursor and one cross. */
async function check_pictures(page) {
  await drawn(page);
  const figures = await page.locator('.spectrogram').evaluateAll((all) => all.map((figure) => ({
    view: figure.querySelector('select').value,
    width: figure.querySelector('img').naturalWidth,
    alt: figure.querySelector('img').alt,
    hz: [...figure.querySelectorAll('.hz-axis span')].map((tick) => [tick.textContent, parseFloat(tick.style.bottom)]),
    seconds: [...figure.querySelectorAll('.time-axis span')].map((tick) => tick.textContent),
  })));
  assert.deepEqual(figures.map(({view}) => view), ['mel', 'linear']);
  for (const {view, width, alt, hz, seconds} of figures) {
    assert.equal(width, 1000, view);
    assert.match(alt, /Spectrogram of .*\.mp3, (Mel|Linear), \d+ Hz to 1[01](\.\d)? kHz, 0:08 long/);
    assert.ok(hz.length >= 3 && hz.some(([text]) => text === '5 kHz'), `${view}: ${hz}`);
    assert.deepEqual(seconds.slice(0, 2), ['0:00', '0:02'], view);
  }
  const height_of = ({hz}) => hz.find(([text]) => text === '5 kHz')[1];
  assert.ok(height_of(figures[0]) > height_of(figures[1]) + 10, 'mel and linear have the same axis');

  const plots = page.locator('.spectrogram .plot');
  const {width, height} = await plots.first().boundingBox();
  await plots.first().hover({position: {x: width * 0.75, y: height * 0.5}});
  const readouts = await page.locator('.readout').allTextContents();
  assert.match(readouts[0], /^[\d.]+ k?Hz · 0:0[56]\.\d$/);
  const hz_of = (text) => parseFloat(text) * (text.includes('kHz') ? 1000 : 1);
  const five = height_of(figures[0]);
  assert.ok(five > 50 ? hz_of(readouts[0]) < 5000 : hz_of(readouts[0]) > 5000, `${readouts[0]} at half height, 5 kHz at ${five} %`);
  assert.equal(readouts[0], readouts[1]);
  const [y_mel, y_linear] = await plots.evaluateAll((all) => all.map((plot) => 100 * Number(plot.style.getPropertyValue('--y'))));
  assert.ok(Math.abs(y_mel - 50) < 2 && y_linear < y_mel, `the cross stands at ${y_mel} % and ${y_linear} %`);

  await plots.nth(1).click({position: {x: 0.55 * width, y: 20}});
  const all = await cursors(page);
  assert.equal(all.length, 4, 'waveform, timeline and two pictures have a cursor');
  assert.ok(all.every((at) => Math.abs(at - 0.55) < 0.01), `cursors at ${all}`);
  await expect_position(page, 4.4);

  await page.locator('.spectrogram select').first().selectOption('model');
  await page.waitForFunction(() => document.querySelector('.spectrogram img').naturalWidth === 64);
  await page.locator('.spectrogram select').first().selectOption('cqt');
  await page.waitForFunction(() => /Constant Q/.test(document.querySelector('.spectrogram img').alt));
  await page.locator('.spectrogram select').first().selectOption('mel');
  await drawn(page);
}

async function check_sound(page) {
  await page.locator('.waveform').click({position: {x: 2, y: 20}});
  await page.focus('#song');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.player').dataset.playing === 'true');
  // So slowly that it does not end before a busy machine comes to the next line.
  await page.evaluate(() => { document.querySelector('.waveform > div').shadowRoot.querySelector('audio').playbackRate = 0.25; });
  await page.waitForFunction(() => Number(document.querySelector('.waveform').getAttribute('aria-valuenow')) > 1);
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.player').dataset.playing === 'false');
  const all = await cursors(page);
  assert.ok(Math.max(...all) - Math.min(...all) < 0.02 && all[0] > 0.1, `cursors after playing: ${all}`);
}

async function check_timeline(page) {
  assert.equal(await page.locator('.strip').count(), 6);
  assert.equal(await page.locator('.strip').first().locator('i').count(), 1, 'parts of 30 s in a song of 8 s');
  await page.getByLabel('Parts of').selectOption('3');
  await page.waitForFunction(() => document.querySelectorAll('.strip:first-child i').length >= 5);
  await settled(page);
  const {width} = await page.locator('.strips').boundingBox();
  await page.locator('.strips').click({position: {x: 0.3 * width, y: 8}});
  await expect_position(page, 2.4);
  const ends = await page.locator('.strip:first-child i').evaluateAll((parts) => parts.map(({style}) => parseFloat(style.left) + parseFloat(style.width)));
  assert.ok(Math.abs(ends.at(-1) - 100) < 0.1, `the last part ends at ${ends.at(-1)} %`);
  assert.equal(await page.locator('.timeline tbody tr').count(), ends.length);
}

/** Whoever leaves a song while the browser decodes it, and comes back, can play it. */
async function check_quick_choice(page) {
  await page.evaluate(() => {
    const decode = BaseAudioContext.prototype.decodeAudioData;
    BaseAudioContext.prototype.decodeAudioData = async function (...args) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return decode.apply(this, args);
    };
  });
  const [second, third] = [1, 2].map((place) => page.locator('#songs button').nth(place));
  await second.click();
  await third.click();
  await second.click();
  assert.ok(await page.locator('.play').isDisabled(), 'it plays what is not decoded');
  assert.ok(await page.locator('.player > p').isHidden(), 'it is said to be beyond this browser before it was tried');
  const {width} = await page.locator('.waveform').boundingBox();
  await page.locator('.waveform').click({position: {x: 0.5 * width, y: 20}});
  await page.waitForFunction(() => document.querySelector('.player').dataset.sound !== 'loading');
  await expect_position(page, 4);
  await page.waitForTimeout(1000);  // for what is left of earlier loads
  assert.equal(await page.locator('.player').getAttribute('data-sound'), 'ready');
  assert.ok(await page.locator('.play').isEnabled());
  await expect_position(page, 4);
  await drawn(page);
}

/** A song whose parts take too long has its genres all the same. */
async function check_slow_parts(page, song) {
  await page.route('**/v1/predict?*timeline=1*', (route) =>
    route.fulfill({status: 503, headers: {'Retry-After': '1'}, json: {error: {code: 'timeout', message: 'not ready'}}}));
  await add(page, song);
  await page.locator('#songs button').last().click();
  await page.locator('.timeline .waiting button').waitFor();
  await settled(page);
  assert.equal(await page.locator('.bars li').count(), 6);
  assert.match(await page.locator('.timeline .waiting').innerText(), /Longer parts/);
  await page.unroute('**/v1/predict?*timeline=1*');
  await page.locator('.timeline .waiting button').click();
  await drawn(page);
  await page.getByRole('button', {name: 'Remove'}).click();
}

/** Whoever comes back to a song may go on in it at once, before the browser has looked at its file. */
async function check_early_seeks(page) {
  const playable = () => page.waitForFunction(() => !document.querySelector('.play').disabled);
  await page.locator('#songs button').first().click();
  await drawn(page);
  for (let i = 0; i < 30; ++i) {
    for (const key of ['ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
      await playable();
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await expect_position(page, 4);
    await page.waitForTimeout(50);  // for what the sound has to say of its place
    await expect_position(page, 4);
  }
}

async function check_keys(page, n_songs) {
  await page.locator('#songs button').first().click();
  const name = () => page.textContent('.heading h2');
  const first = await name();
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await name(), first);
  await drawn(page);
  assert.ok(await page.evaluate(() => document.activeElement.matches('#songs [aria-current]')), 'the focus stays behind');
  await page.keyboard.press('ArrowUp');
  assert.equal(await name(), first);
  await page.waitForFunction(() => !document.querySelector('.play').disabled);
  await page.keyboard.press('ArrowRight');
  await expect_position(page, 5);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect_position(page, 4);
  assert.equal(await page.locator('#songs li').count(), n_songs);

  const plot = page.locator('.spectrogram .plot').first();
  await plot.focus();
  await page.keyboard.press('ArrowUp');
  const read = await page.locator('.readout').first().textContent();
  assert.match(read, /Hz · 0:04/);
  await page.keyboard.press('ArrowUp');
  assert.notEqual(await page.locator('.readout').first().textContent(), read);
  assert.equal(await name(), first, 'the frequency moves, not the song');

  await page.focus('.skip');
  const order = [];
  for (let presses = 0; presses < 60; ++presses) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.textContent.trim()));
    if (order.at(-1) === 'Remove') break;
  }
  const places = ['open-help', 'files', 'play', 'plot waveform', 'plot', 'Download JSON', 'Remove'].map((stop) => order.indexOf(stop));
  assert.ok(places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1])), `the order of the focus: ${order}`);

  await page.click('#open-help');
  assert.ok(await page.locator('#help').isVisible());
  await shot(page, 'help');
  await page.keyboard.press('Escape');
  assert.ok(!await page.locator('#help').isVisible());
}

async function check_saving(page, n_songs) {
  const save = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name, exact: true}).click()]);
    return {name: download.suggestedFilename(), content: JSON.parse(readFileSync(await download.path(), 'utf8'))};
  };
  const one = await save('Download JSON');
  assert.equal(`${one.name.replace(/\.json$/, '')}.mp3`, one.content.songs[0].file);
  assert.equal(Object.keys(one.content.songs[0].scores).length, 6);
  assert.ok(one.content.songs[0].timeline.length >= 5, 'the parts that are shown');
  assert.equal(one.content.model.name, 'page');
  assert.equal(one.content.model.genres.length, 6);
  const all = await save('Download all as JSON');
  assert.equal(all.content.songs.length, n_songs);
  assert.ok(all.content.songs.some(({outcome, reason}) => outcome === 'failed' && reason.length > 10));
}

/** Files that no server takes each say so, and nothing else suffers. */
async function check_refusals(page, address) {
  const text = join(folder, 'notes.txt');
  writeFileSync(text, 'Buy strings for the guitar.\n'.repeat(100));
  await add(page, text);
  await settled(page);
  await page.locator('#songs button').last().click();
  const message = () => page.locator('.message').innerText();
  assert.match(await message(), /notes\.txt|audio|decode/i);
  console.log(`a text file: ${await message()}`);
  assert.equal(await page.locator('.message button').count(), 0, 'a text file stays one');
  assert.ok(await page.locator('.player').isHidden());
  assert.match(await page.textContent('#status'), /^notes\.txt: /);
  await shot(page, 'text-file');

  const large = join(folder, 'large.wav');
  writeFileSync(large, '');
  truncateSync(large, 200 << 20);
  // The server refuses such a file by its header, and counts that.
  const refused = async () => {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    return [...metrics.matchAll(/^gamut_http_requests_total\{[^}]*status="413"[^}]*\} (\S+)/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  };
  const before = await refused();
  await add(page, large);
  await settled(page);
  await page.locator('#songs button').last().click();
  assert.match(await message(), /200 MiB large; this server takes 100 MiB at most/);
  assert.equal(await refused(), before, 'a file that is too large was sent');
  assert.ok(await page.locator('.results, #genres-title').first().isHidden());
}

/** Sun's format, which the server decodes and Chromium does not. */
async function check_unplayable(page) {
  const file = join(folder, 'old.au');
  const header = Buffer.alloc(24);
  header.write('.snd');
  [24, 2 * 66150, 3, 22050, 1].forEach((value, i) => header.writeUInt32BE(value, 4 + 4 * i));
  const samples = Buffer.alloc(2 * 66150);
  for (let i = 0; i < 66150; ++i) samples.writeInt16BE(Math.round(9000 * Math.sin((i * i) / 90000)), 2 * i);
  writeFileSync(file, Buffer.concat([header, samples]));
  await add(page, file);
  await page.locator('#songs button').last().click();
  await settled(page);
  await drawn(page);
  assert.equal(await page.locator('.bars li').count(), 6);
  await page.waitForFunction(() => /cannot play/.test(document.querySelector('.player > p:not([hidden])')?.textContent));
  assert.ok(await page.locator('.play').isDisabled());
  const {width} = await page.locator('.spectrogram .plot').first().boundingBox();
  await page.locator('.spectrogram .plot').first().click({position: {x: 0.8 * width, y: 30}});
  await expect_position(page, 2.4);
}

/** Without its server the page keeps what it has, and goes on when there is one again. */
async function check_lost_server(page, server, model, song) {
  await page.locator('#songs button').first().click();
  await drawn(page);
  await server.stop();
  await add(page, song);
  await settled(page);
  assert.equal(await page.locator('.bars li').count(), 6, 'results are gone');
  await page.locator('.spectrogram select').nth(1).selectOption('bark');
  await page.locator('.drawing .waiting button').waitFor();
  assert.match(await page.locator('.drawing .waiting').innerText(), /does not answer/);
  await page.locator('#songs button').last().click();
  assert.match(await page.locator('.message').innerText(), /The server does not answer/);
  await shot(page, 'lost-server');

  const again = await serve(gamut, model, {port: server.port});
  await page.locator('.message button').click();
  await settled(page);
  await drawn(page);
  assert.ok(await page.locator('.message').isHidden());
  assert.equal(await page.locator('.bars li').count(), 6);
  return again;
}

/** One answer "busy" is waited out. */
async function check_busy(page, song) {
  let refused = 0;
  await page.route('**/v1/predict*', async (route) => {
    if (refused++) return route.continue();
    await route.fulfill({status: 429, headers: {'Retry-After': '1'}, json: {error: {code: 'busy', message: 'busy'}}});
  });
  await add(page, song);
  await settled(page);
  assert.equal(refused, 2);
  assert.notEqual(await page.locator('#songs .result').last().textContent(), 'busy');
  await page.unroute('**/v1/predict*');
}

async function check_token(browser, model, song) {
  const server = await serve(gamut, model, {token: TOKEN});
  const {context, page} = await open(browser, server.address, DESK);
  await page.locator('#token-form').waitFor();
  await add(page, song);
  await page.fill('#token', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /not its token/.test(document.querySelector('#token-fault').textContent));
  await shot(page, 'token');
  await page.fill('#token', TOKEN);
  await page.keyboard.press('Enter');
  await page.locator('.bars li').first().waitFor();
  assert.ok(await page.locator('#token-form').isHidden());
  await context.close();
  await server.stop();
}

/** What can be measured of a page full of results. */
async function check_layout(page, label) {
  const found = await page.evaluate(() => ({
    overflow_px: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    unlabelled: [...document.querySelectorAll('img, button, select, input, summary, [role="slider"], section, aside, dialog')]
      .filter((element) => !(element.getAttribute('alt') ?? element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ??
                             document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? element.textContent).trim())
      .map((element) => element.outerHTML.slice(0, 80)),
    double_ids: [...document.querySelectorAll('[id]')].map(({id}) => id).filter((id, i, all) => all.indexOf(id) !== i),
    headings: [...document.querySelectorAll('h1, h2, h3')].filter((heading) => heading.checkVisibility()).map(({tagName}) => tagName).join(' '),
    small: [...document.querySelectorAll('button, select, summary, .button')].filter((one) => one.checkVisibility())
      .filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.textContent),
  }));
  assert.deepEqual(found, {overflow_px: 0, unlabelled: [], double_ids: [], headings: 'H1 H2 H3 H3 H3', small: []}, label);
  const {text} = await lowest_contrast(page);
  assert.ok(text.ratio >= 4.5, `${label}: contrast ${text.ratio.toFixed(2)} of the text at ${text.where}`);
}

const songs = readFileSync(join(music, 'songs.csv'), 'utf8').split('\n').slice(1).map((line) => line.split(',')[0])
  .filter((path) => path.endsWith('.mp3')).map((path) => join(music, path));
assert.ok(songs.length >= 3, `only ${songs.length} MP3 files in ${music}`);
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--autoplay-policy=no-user-gesture-required',
         '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let server;
try {
  if (screenshots) mkdirSync(screenshots, {recursive: true});
  const model = train();
  console.log('ok: a model');
  server = await serve(gamut, model);
  const {context, page, complaints} = await open(browser, server.address, {...DESK, colorScheme: 'light'});
  await page.waitForFunction(() => /6 genres/.test(document.querySelector('#model').textContent));
  await shot(page, 'empty');
  await drop(page, songs[0]);
  await page.locator('.bars li').first().waitFor();
  await check_results(page, server.address, songs[0]);
  console.log('ok: a dropped song, its genres');
  await check_pictures(page);
  console.log('ok: pictures');
  await page.waitForFunction(() => !document.querySelector('.play').disabled);
  await check_sound(page);
  await check_timeline(page);
  console.log('ok: sound and timeline');
  assert.deepEqual(complaints, [], 'nothing but its server is asked, and all is well');
  await add(page, songs[1], songs[2]);
  await settled(page);
  await check_layout(page, 'light');
  await shot(page, 'light', {fullPage: true});
  await check_quick_choice(page);
  await check_slow_parts(page, songs[1]);
  await check_early_seeks(page);
  await check_keys(page, 3);
  console.log('ok: keys');
  await check_refusals(page, server.address);
  await page.locator('#songs button').first().click();
  await check_saving(page, 5);
  await check_unplayable(page);
  console.log('ok: a text file, a large one, one that only the server can decode, saving');
  server = await check_lost_server(page, server, model, songs[1]);
  await check_busy(page, songs[2]);
  console.log('ok: a lost server, a busy one');
  await page.getByRole('button', {name: 'Remove'}).click();
  assert.equal(await page.locator('#songs li').count(), 7);
  await context.close();
  for (const [name, options] of [['dark', {...DESK, colorScheme: 'dark'}], ['phone', {...PHONE, colorScheme: 'light', reducedMotion: 'reduce'}]]) {
    const other = await open(browser, server.address, options);
    await add(other.page, ...songs.slice(0, 3));
    await settled(other.page);
    await drawn(other.page);
    await other.page.waitForFunction(() => !document.querySelector('.play').disabled);
    if (options.hasTouch) await check_touch(other.page);
    await other.page.locator('.bars summary').first().click();
    await check_layout(other.page, name);
    await shot(other.page, name, {fullPage: true});
    assert.deepEqual(other.complaints, [], name);
    await other.context.close();
    console.log(`ok: ${name}`);
  }
  const other = await open(browser, server.address, DESK);
  await check_folder(other.page);
  await other.context.close();
  console.log('ok: a folder');
  await check_token(browser, model, songs[0]);
  console.log('ok: a token');
} finally {
  await browser.close().catch(() => {});
  await server?.stop();
  rmSync(folder, {recursive: true});
}
