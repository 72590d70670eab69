// Lighthouse's scores of one page of each shape; ./lighthouse starts it and says where Lighthouse is.
//
// Enters: the folder of a built site. Leaves: a row a page on the terminal, with what cost points; exit code 1 if a
// score is below its target.

import { createServer } from 'node:net';
import { FLAGS, chromiumPath } from './browser.js';
import { Site } from './site.js';
import { chromium } from 'playwright-core';

const TARGETS = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 99 };

const { default: lighthouse } = await import(process.env.LIGHTHOUSE);
const asked = process.argv[3] === '--shape' ? process.argv.slice(4).join(' ') : '';
const port = await freePort();
const site = await new Site(process.argv[2], { headers: true }).serve();
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...FLAGS, `--remote-debugging-port=${port}`] });
console.log(Object.keys(TARGETS).join('  '));
for (const { shape, path } of site.shapes().filter(({ shape }) => shape.includes(asked))) {
    const { lhr } = await lighthouse(`${site.origin}${path}`, { port, logLevel: 'error', onlyCategories: Object.keys(TARGETS) });
    const scores = Object.keys(TARGETS).map((name) => Math.round(lhr.categories[name].score * 100));
    console.log(`${scores.map((score) => String(score).padStart(3)).join(' ')}  ${path} (${shape})`);
    for (const [name, target] of Object.entries(TARGETS)) {
        if (Math.round(lhr.categories[name].score * 100) >= target) continue;
        process.exitCode = 1;
        const lost = lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && (lhr.audits[id].score ?? 1) < 1);
        console.log(`      ${name}: ${lost.map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`.trim()).join(', ')}`);
    }
}
await browser.close();
site.close();

// A port that nobody listens on.
async function freePort() {
    const server = createServer();
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address();
    await new Promise((closed) => server.close(closed));
    return port;
}
