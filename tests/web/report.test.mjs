// Opens the sample reports in Chromium, as a reader would. Usage: node report.test.mjs SAMPLES_DIRECTORY [SCREENSHOTS]
//
// Exit code 77, which CTest counts as skipped, where there is no Chromium (CHROMIUM names another than the system's).
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

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
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector('html[data-figures="drawn"]');
  return {context, page, complaints};
}

/** What can be measured of a drawn page. */
const measure = (page) => page.evaluate(() => ({
  title: document.title,
  overflow_px: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: [...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1])),
  figures: [...document.querySelectorAll('figure.chart')].map((figure) => ({
    id: figure.id,
    values: JSON.parse(figure.querySelector('script').textContent).data.values,
    marks: figure.querySelectorAll('svg .mark-symbol path').length,
    boxes: figure.querySelectorAll('svg .mark-rect path').length,
    scale: figure.querySelector('svg').getBoundingClientRect().width / figure.querySelector('svg').getAttribute('width'),
    too_wide_px: figure.querySelector('svg').getBoundingClientRect().right - document.documentElement.clientWidth,
    rows: figure.querySelectorAll('details tbody tr').length,
  })),
  unlabelled: document.querySelectorAll('img:not([alt]), [role=img]:not([aria-label]), button:empty').length,
  pictures: [...document.images].map((image) => image.naturalWidth),
}));

/** Contrast, after WCAG 2, of every distinct text colour with the ground behind it. */
const lowest_contrast = (page) => page.evaluate(() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (rgb) => rgb.slice(0, 3)
    .map((byte) => byte / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let lowest = {ratio: 21, where: ''};
  for (const element of document.querySelectorAll('main *, header *')) {
    const svg_text = element.tagName === 'text';
    if (!svg_text && ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(numbers(svg_text ? style.fill : style.color)), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < lowest.ratio) lowest = {ratio, where: `${element.tagName}: ${element.textContent.slice(0, 40)}`};
  }
  return lowest;
});

function check_page(label, found, complaints) {
  assert.deepEqual(complaints, [], `${label}: complaints`);
  assert.notEqual(found.title, 'broken', `${label}: a hostile name ran as a script`);
  assert.ok(found.overflow_px <= 0, `${label}: ${found.overflow_px} px wider than the window`);
  assert.equal(found.unlabelled, 0, `${label}: images or buttons without a name`);
  assert.ok(found.figures.length >= 7, `${label}: only ${found.figures.length} figures`);
  for (const {id, values, marks, scale, too_wide_px, rows} of found.figures) {
    const dots = values.filter(({kind}) => kind !== 'line').length;
    assert.ok(dots > 0 && marks >= dots, `${label}: ${id} drew ${marks} of ${dots} dots`);
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

/** Saves the first figure in both formats and looks into the files. */
async function check_saving(page) {
  const files = {};
  for (const format of ['SVG', 'PNG']) {
    const waiting = page.waitForEvent('download');
    await page.locator('figure.chart').first().getByRole('button', {name: format}).click();
    files[format] = readFileSync(await (await waiting).path());
  }
  const svg = files.SVG.toString();
  assert.match(svg, /^<svg /);
  assert.doesNotMatch(svg, /var\(--/, 'a saved figure must not need the page\'s style');
  assert.equal(files.PNG.subarray(1, 4).toString(), 'PNG');
}

/** The keyboard reaches a figure's table. */
async function check_keyboard(page) {
  const summary = page.locator('figure.chart summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('figure.chart details').first().evaluate((details) => details.open));
  await page.keyboard.press('Enter');
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
      const {ratio, where} = await lowest_contrast(page);
      assert.ok(ratio >= 4.5, `${label}: contrast ${ratio.toFixed(2)} at ${where}`);
      if (name === 'light') {
        await check_saving(page);
        await check_keyboard(page);
      }
      if (screenshots) await page.screenshot({path: join(screenshots, `${file}-${name}.png`), fullPage: true});
      if (screenshots && name === 'dark') await page.pdf({path: join(screenshots, `${file}.pdf`), format: 'A4', preferCSSPageSize: true});
      await context.close();
      console.log(`ok: ${label}`);
    }
  }
} finally {
  await browser.close();
}
