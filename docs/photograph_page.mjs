// Photographs the page of `gamut serve` for the README. Usage: node photograph_page.mjs GAMUT MODEL MUSIC, with the demo's music
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {serve} from '../tests/web/serve.mjs';

const {chromium} = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core');

const [gamut, model, music] = process.argv.slice(2).map((path) => resolve(path));
const pictures = fileURLToPath(new URL('pictures/', import.meta.url));
const DESK = {viewport: {width: 1240, height: 1180}};
const PHONE = {viewport: {width: 360, height: 780}, deviceScaleFactor: 2, isMobile: true};

// The first song of each of some subgenres.
const rows = readFileSync(join(music, 'songs.csv'), 'utf8').split('\n');
const songs = ['Symphonic Rock', 'Ambient Techno', 'Jazz Rap', 'String Quartet'].map((subgenre) => rows.find((row) => row.includes(subgenre)))
  .filter(Boolean).map((row) => join(music, row.split(',')[0]));

const server = await serve(gamut, model);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});

/** The window with `place` at its top. */
async function photograph(name, options, place) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(120_000);
  await page.goto(server.address);
  await page.setInputFiles('#files', songs);
  const settled = () => page.waitForFunction(() => document.querySelector('.spectrogram img') && !document.querySelector('.stale, [data-state="waiting"], [data-state="reading"]'));
  await settled();
  await page.getByLabel('Parts of').selectOption('3');
  await page.waitForFunction(() => document.querySelectorAll('.strip:first-child i').length > 1);
  await settled();
  const {width} = await page.locator('.waveform').boundingBox();
  await page.locator('.waveform').click({position: {x: 0.36 * width, y: 30}});
  await page.mouse.move(0, 0);
  await page.locator(place).evaluate((element) => element.scrollIntoView());
  await page.screenshot({path: `${pictures}${name}.png`});
  await page.close();
}

try {
  await photograph('page', {...DESK, colorScheme: 'light'}, 'body');
  await photograph('page-dark', {...DESK, colorScheme: 'dark'}, 'body');
  await photograph('page-phone', {...PHONE, colorScheme: 'light'}, '#song');
} finally {
  await browser.close();
  await server.stop();
}
