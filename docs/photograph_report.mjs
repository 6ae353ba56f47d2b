// Photographs a report for the README. Usage: node photograph_report.mjs REPORT.html, once built.
import {createRequire} from 'node:module';
import {resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const {chromium} = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core');

const report = pathToFileURL(resolve(process.argv[2])).href;
const pictures = fileURLToPath(new URL('pictures/', import.meta.url));
const DESK = {viewport: {width: 1000, height: 1000}};
const PHONE = {viewport: {width: 360, height: 780}, deviceScaleFactor: 2, isMobile: true};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});

/** The window with `place` at its top, the page's own top where there is none. */
async function photograph(name, options, place) {
  const page = await browser.newPage(options);
  await page.goto(report);
  await page.waitForSelector('html[data-figures="drawn"]', {timeout: 120_000});
  if (place) await page.locator(place).evaluate((element) => element.scrollIntoView());
  await page.waitForTimeout(1000);  // the players of the gallery come when their files were found
  await page.screenshot({path: `${pictures}${name}.png`});
  await page.close();
}

try {
  await photograph('report', {...DESK, colorScheme: 'light'});
  await photograph('report-gallery', {...DESK, colorScheme: 'dark'}, '#gallery');
  await photograph('report-phone', {...PHONE, colorScheme: 'light'}, '#architectures');
} finally {
  await browser.close();
}
