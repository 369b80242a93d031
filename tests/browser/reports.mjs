// SPDX-License-Identifier: GPL-3.0-or-later
// reports.mjs FOLDER...: opens report.en.html and report.fr.html of each folder and fails on what
// a reader would stumble over. Nothing is fetched: pages are read from disk, offline.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chartScript } from "./charts.mjs";

const load = createRequire(resolve(process.env.PACKAGES, "package.json"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const PAGE_MOST = 2 * 1024 * 1024;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let failures = 0;
function expect(ok, where, what) {
  if (ok) return;
  failures++;
  console.log(`FAILED ${where}: ${what}`);
}

function listen(page, url) {
  const noise = { requests: [], messages: [], dialogs: [] };
  page.on("request", (r) => r.url() === url || noise.requests.push(r.url()));
  page.on("console", (m) => noise.messages.push(m.text()));
  page.on("pageerror", (e) => noise.messages.push(String(e)));
  page.on("dialog", (d) => (noise.dialogs.push(d.message()), d.dismiss()));
  return noise;
}

// Everything that could act by itself, wherever it stands in the page.
function lively() {
  const found = [...document.querySelectorAll("script,iframe,object,embed,form,base,link")]
    .map((e) => e.tagName);
  for (const e of document.querySelectorAll("*"))
    for (const a of e.attributes)
      if (/^on/i.test(a.name) || /^\s*javascript:/i.test(a.value)) found.push(a.name);
  return found;
}

function repeatedIds() {
  const seen = new Map();
  for (const e of document.querySelectorAll("[id]")) seen.set(e.id, (seen.get(e.id) ?? 0) + 1);
  return [...seen].filter(([, count]) => count > 1).map(([id]) => id);
}

async function audit(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) =>
    window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  for (const v of found.violations)
    expect(false, where, `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 200)}`);
}

async function open(browser, folder, lang, scheme, width) {
  const file = resolve(folder, `report.${lang}.html`);
  const url = pathToFileURL(file).href;
  const where = `${basename(folder)} ${lang} ${scheme} ${width}`;
  const context = await browser.newContext({
    colorScheme: scheme, viewport: { width, height: 900 }, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(180000);
  const noise = listen(page, url);
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  expect(statSync(file).size <= PAGE_MOST, where, `${statSync(file).size} bytes`);
  expect(await page.evaluate(() =>
    document.documentElement.scrollWidth <= document.documentElement.clientWidth),
  where, "the page scrolls sideways");
  const acting = await page.evaluate(lively);
  expect(acting.length === 0, where, `acts by itself: ${acting.slice(0, 5)}`);
  const ids = await page.evaluate(repeatedIds);
  expect(ids.length === 0, where, `ids that stand twice: ${ids.slice(0, 5)}`);
  for (const kind of Object.keys(noise))
    expect(noise[kind].length === 0, where, `${kind}: ${noise[kind].slice(0, 3)}`);
  return { page, context, where };
}

// Once a language: labels do not depend on the scheme or the width of the window.
async function look(page, where) {
  const { labels, charts, problems } = await page.evaluate(chartScript);
  for (const problem of problems.slice(0, 40)) expect(false, where, problem);
  failures += Math.max(0, problems.length - 40);
  const pdf = await page.pdf({ format: "Letter", printBackground: true });
  expect(pdf.subarray(0, 5).toString() === "%PDF-", where, "no PDF");
  console.log(`${where}: ${charts} charts, ${labels} labels, PDF ${pdf.length} bytes`);
}

// The checks themselves must be able to fail: a page with one fault of each kind.
async function prove(browser) {
  const page = await browser.newPage();
  await page.setContent(`<!DOCTYPE html><html><body onload="x=1"><p id="a"></p><p id="a"></p>
    <figure id="f"><svg viewBox="0 0 200 100" width="200" height="100">
    <text x="20" y="50">one label</text><text x="30" y="52" transform="rotate(20 30 52)">another</text>
    <text x="190" y="90">cut off</text><text x="20" y="90">alone</text></svg></figure></body></html>`);
  const { problems } = await page.evaluate(chartScript);
  expect(problems.length === 2, "proof", `charts: ${problems}`);
  expect((await page.evaluate(lively)).length === 1, "proof", "what acts by itself is not seen");
  expect((await page.evaluate(repeatedIds)).length === 1, "proof", "repeated ids are not seen");
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  expect(found.violations.length > 0, "proof", "axe sees nothing");
  await page.close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
await prove(browser);
for (const folder of process.argv.slice(2))
  for (const lang of ["en", "fr"])
    for (const scheme of ["light", "dark"])
      for (const width of [1280, 320]) {
        const opened = await open(browser, folder, lang, scheme, width);
        if (scheme === "light" && width === 1280) await look(opened.page, opened.where);
        await audit(opened.page, opened.where);
        await opened.context.close();
      }
await browser.close();
console.log(failures ? `${failures} failures` : "all pages pass");
process.exit(failures ? 1 : 0);
