// Opens the sample reports in Chromium, as a reader would. Usage: node report.test.mjs SAMPLES_DIRECTORY [SCREENSHOTS]
//
// Exit code 77, which CTest counts as skipped, where there is no Chromium (CHROMIUM names another than the system's).
import assert from 'node:assert/strict';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {lowest_contrast} from './contrast.mjs';

const {chromium} = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');

const [samples, screenshots] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.log(`skipped: no Chromium at ${executablePath}; install chromium or set CHROMIUM`);
  process.exit(77);
}

const READERS = {
  light: {colorScheme: 'light', viewport: {width: 1280, height: 900}},
  dark: {colorScheme: 'dark', viewport: {width: 1280, height: 900}},
  phone: {colorScheme: 'light', viewport: {width: 360, height: 740}, deviceScaleFactor: 2, isMobile: true},
};

/** Opens a report and returns its page with everything that it complained about or asked for. */
async function open(browser, file, reader) {
  const context = await browser.newContext(reader);
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);  // whatever else the machine is doing: only a hang is an error
  const complaints = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url && request.resourceType() !== 'media' && !/^(data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector('html[data-figures="drawn"]');
  return {context, page, complaints};
}

/** What can be measured of a drawn page. */
const measure = (page) => page.evaluate(() => ({
  title: document.title,
  overflow_px: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1])),
  figures: [...document.querySelectorAll('figure.chart')].map((figure) => ({
    id: figure.id,
    values: JSON.parse(figure.querySelector('script').textContent).data.values,
    marks: figure.querySelectorAll('svg .mark-symbol path').length,
    boxes: figure.querySelectorAll('svg .mark-rect path').length,
    scale: figure.querySelector('svg').getBoundingClientRect().width / figure.querySelector('svg').getAttribute('width'),
    too_wide_px: figure.querySelector('svg').getBoundingClientRect().right - document.documentElement.clientWidth,
    rows: figure.querySelectorAll('details tbody tr').length,
  })),
  unlabelled: [...document.querySelectorAll('img, [role=img], button, a[href], summary, audio, nav, section')]
    .filter((element) => !(element.getAttribute('alt') ?? element.getAttribute('aria-label') ??
                           document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ??
                           element.textContent).trim())
    .map((element) => element.outerHTML.slice(0, 80)),
  double_ids: [...document.querySelectorAll('[id]')].map(({id}) => id).filter((id, i, all) => all.indexOf(id) !== i),
  dead_links: [...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id)),
  unsaved: [...document.querySelectorAll('figure')]
    .filter((figure) => figure.querySelectorAll('.save button').length !== 2).map(({id}) => id),
  landmarks: [document.documentElement.lang, ...['header', 'nav', 'main'].map((tag) => document.querySelectorAll(tag).length)],
  pictures: [...document.images].map((image) => image.naturalWidth),
}));

function check_page(label, found, complaints) {
  assert.deepEqual(complaints, [], `${label}: complaints`);
  assert.notEqual(found.title, 'broken', `${label}: a hostile name ran as a script`);
  assert.ok(found.overflow_px <= 0, `${label}: ${found.overflow_px} px wider than the window`);
  assert.deepEqual(found.unlabelled, [], `${label}: without a name`);
  assert.deepEqual(found.double_ids, [], `${label}: ids that are there twice`);
  assert.deepEqual(found.dead_links, [], `${label}: links that lead nowhere`);
  assert.deepEqual(found.unsaved, [], `${label}: figures without two buttons to save them`);
  assert.deepEqual(found.landmarks, ['en', 1, 1, 1], `${label}: landmarks`);
  assert.equal(found.headings.filter((level) => level === 1).length, 1, `${label}: not one title`);
  assert.ok(found.figures.length >= 7, `${label}: only ${found.figures.length} figures`);
  for (const {id, values, marks, boxes, scale, too_wide_px, rows} of found.figures) {
    const dots = values.filter(({kind}) => kind !== 'line').length;
    assert.ok(dots > 0 && Math.max(marks, boxes) >= dots, `${label}: ${id} drew ${marks} of ${dots} dots`);
    assert.ok(too_wide_px <= 0, `${label}: ${id} is ${too_wide_px} px too wide`);
    assert.ok(scale > 0.9, `${label}: ${id} is shrunk to ${(100 * scale).toFixed()} % of its size`);
    assert.equal(rows, dots, `${label}: the table of ${id}`);
  }
  assert.ok(found.pictures.length > 0 && found.pictures.every((width) => width > 0), `${label}: a picture is broken`);
  found.headings.reduce((level, next) => {
    assert.ok(next <= level + 1, `${label}: a heading of level ${next} follows one of level ${level}`);
    return next;
  }, 0);
}

/** Saves one figure that a script draws and one picture in both formats, and looks into the files. */
async function check_saving(page, label) {
  for (const kind of ['figure.chart', '.pictures figure']) {
    const figure = page.locator(kind).first();
    const [number, title] = await figure.locator('figcaption').evaluate((caption) => [
      caption.querySelector('b').textContent, [...caption.childNodes].find((node) => node.nodeType === 3).data]);
    const name = `${number} ${title}`.toLowerCase().match(/[\p{L}\p{N}]+/gu).join('-').slice(0, 80).replace(/-$/, '');
    const files = {};
    for (const format of ['SVG', 'PNG']) {
      const waiting = page.waitForEvent('download');
      await figure.getByRole('button', {name: format}).click();
      const download = await waiting;
      assert.equal(download.suggestedFilename(), `${name}.${format.toLowerCase()}`, label);
      files[format] = readFileSync(await download.path());
    }
    const svg = files.SVG.toString();
    assert.match(svg, /^<svg /, label);
    assert.match(svg, /xmlns="http:\/\/www\.w3\.org\/2000\/svg"/, `${label}: without it no other program opens the file`);
    assert.doesNotMatch(svg, /var\(--|href="(?!data:)/, `${label}: a saved figure must need nothing of the page`);
    assert.equal(files.PNG.subarray(1, 4).toString(), 'PNG', label);
    assert.ok(files.PNG.readUInt32BE(16) >= 200, `${label}: a saved PNG is only ${files.PNG.readUInt32BE(16)} px wide`);
  }
}

/** Tab reaches everything that can be used, in the page's order, and shows where it is; Enter opens a figure's table. */
async function check_keyboard(page, label) {
  const usable = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"], audio')]
      .filter((element) => element.checkVisibility());
    all.forEach((element, i) => { element.dataset.stop = String(i); });
    document.activeElement.blur();
    return all.length;
  });
  const stops = [];
  for (let press = 0; press < 8 * usable && stops.at(-1) !== usable - 1; ++press) {
    await page.keyboard.press('Tab');
    const {stop, outline} = await page.evaluate(() => ({
      stop: document.activeElement.dataset.stop ?? null,
      outline: getComputedStyle(document.activeElement).outlineStyle,
    }));
    if (stop === null || Number(stop) === stops.at(-1)) continue;  // inside a player
    assert.notEqual(outline, 'none', `${label}: the keyboard's place ${stop} cannot be seen`);
    stops.push(Number(stop));
  }
  assert.deepEqual(stops, [...Array(usable).keys()], `${label}: what Tab reaches`);
  const summary = page.locator('figure.chart summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('figure.chart details').first().evaluate((details) => details.open));
  await page.keyboard.press('Enter');
}

/** On A4: nothing is wider than the paper or cut, nothing that cannot be used there is there, and it is ink on white. */
async function check_print(page, label) {
  const [content_px, page_px] = [(210 - 2 * 15) * 96 / 25.4, (297 - 2 * 16) * 96 / 25.4];
  await page.emulateMedia({media: 'print'});
  await page.setViewportSize({width: Math.floor(content_px), height: Math.floor(page_px)});
  const found = await page.evaluate(() => ({
    overflow_px: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    too_wide: [...document.querySelectorAll('table, svg, img, pre')].filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 80)),
    figures: [...document.querySelectorAll('figure')].map((figure) => ({
      id: figure.id, height: figure.getBoundingClientRect().height, inside: getComputedStyle(figure).breakInside})),
    unusable: [...document.querySelectorAll('nav, button, summary, audio')].filter((element) => element.checkVisibility()).length,
    underlined: [...document.querySelectorAll('a')].filter((a) => getComputedStyle(a).textDecorationLine !== 'none').length,
    letters_pt: Math.min(...[...document.querySelectorAll('main p, main td, main th, main li')]
      .filter((element) => element.checkVisibility()).map((element) => parseFloat(getComputedStyle(element).fontSize) * 0.75)),
    paper: getComputedStyle(document.body).backgroundColor,
  }));
  assert.ok(found.overflow_px <= 0, `${label}: ${found.overflow_px} px wider than A4`);
  assert.deepEqual(found.too_wide, [], `${label}: wider than A4`);
  for (const {id, height, inside} of found.figures) {
    assert.ok(height < page_px && inside === 'avoid', `${label}: ${id} would be cut`);
  }
  assert.equal(found.unusable, 0, `${label}: things to click on paper`);
  assert.equal(found.underlined, 0, `${label}: links on paper`);
  assert.ok(found.letters_pt >= 7, `${label}: letters of ${found.letters_pt} pt`);
  assert.equal(found.paper, 'rgb(255, 255, 255)', `${label}: paper`);
  const pdf = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [width, height].map(Number));
  assert.ok(boxes.length > 0, `${label}: no pages`);
  for (const [width, height] of boxes) {
    assert.ok(Math.abs(width - 595) < 1.5 && Math.abs(height - 842) < 1.5, `${label}: a page of ${width} x ${height} pt is not A4`);
  }
  await page.emulateMedia({media: null});
}

/** Songs beside the page can be played; a page without them shows no player. */
async function check_players(browser, file, label) {
  for (const moved of [false, true]) {
    const folder = mkdtempSync(join(tmpdir(), 'gamut-report-'));
    const place = moved ? join(folder, 'report.html') : file;
    if (moved) copyFileSync(file, place);
    const {context, page, complaints} = await open(browser, place, READERS.light);
    const shown = () => page.locator('audio').evaluateAll((players) => players.filter((player) => player.checkVisibility()).length);
    const players = await page.locator('audio').count();
    assert.ok(players > 1, `${label}: ${players} players`);
    assert.deepEqual(complaints, [], `${label}: before a song is looked for`);
    await page.locator('#gallery').scrollIntoViewIfNeeded();
    if (moved) {
      await page.waitForFunction(() => document.querySelector('audio').error);
      await page.waitForTimeout(200);
      assert.equal(await shown(), 0, `${label}: players without a song`);
      assert.ok(complaints.length <= 1, `${label}: asked for more than the first song: ${complaints}`);
    } else {
      await page.waitForFunction((all) => [...document.querySelectorAll('audio')].filter((player) => !player.hidden).length === all, players);
      assert.equal(await shown(), players, label);
      assert.ok(await page.locator('audio').first().evaluate(async (player) => {
        player.muted = true;
        await player.play();
        return player.duration > 0;
      }), `${label}: the song does not play`);
      assert.deepEqual(complaints, [], label);
    }
    await context.close();
    rmSync(folder, {recursive: true});
  }
}

/** Small enough to mail, and silent about the machine that made it. */
function check_file(file, label) {
  const bytes = readFileSync(file);
  assert.ok(bytes.length < 6e6, `${label}: ${bytes.length} bytes`);
  const content = bytes.toString();
  const homes = ['home', 'root'].map((folder) => `/${folder}/`);
  for (const place of [resolve(samples), process.cwd(), `${tmpdir()}/`, ...homes]) {
    assert.ok(!content.includes(place), `${label}: names ${place}`);
  }
}

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const files = readdirSync(samples).filter((name) => name.endsWith('.html'));
  assert.ok(files.length >= 3, `only ${files.length} sample reports in ${samples}`);
  if (screenshots) mkdirSync(screenshots, {recursive: true});
  for (const file of files) {
    for (const [name, reader] of Object.entries(READERS)) {
      const label = `${file}, ${name}`;
      const {context, page, complaints} = await open(browser, resolve(samples, file), reader);
      check_page(label, await measure(page), complaints);
      const {text, mark} = await lowest_contrast(page);
      assert.ok(text.ratio >= 4.5, `${label}: contrast ${text.ratio.toFixed(2)} of the text at ${text.where}`);
      assert.ok(mark.ratio >= 3, `${label}: contrast ${mark.ratio.toFixed(2)} of the mark at ${mark.where}`);
      if (name === 'light') await check_saving(page, label);
      if (name === 'phone') await check_keyboard(page, label);
      if (screenshots) await page.screenshot({path: join(screenshots, `${file}-${name}.png`), fullPage: true});
      if (screenshots && name === 'dark') await page.pdf({path: join(screenshots, `${file}.pdf`), preferCSSPageSize: true});
      if (name === 'dark') await check_print(page, `${file}, printed`);
      await context.close();
      console.log(`ok: ${label}`);
    }
    check_file(resolve(samples, file), file);
    await check_players(browser, resolve(samples, file), `${file}, songs`);
    console.log(`ok: ${file}, printed, its songs and its size`);
  }
} finally {
  await browser.close();
}
