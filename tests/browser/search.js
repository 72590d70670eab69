// The page of the search as its readers use it, under the policy that the page itself says: typing, filters, the way
// back, no scripts, damaged files; and that the browser answers what the program answers.
//
//   node search.js <public folder> [<program>]
//
// Enters: a built site, and the program that built it. Leaves: what is wrong, on the terminal; exit code 1 if anything is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { launch, NARROW, openWindow, runAxe, watched } from './browser.js';
import { Site } from './site.js';

const [folder, program] = process.argv.slice(2);

const site = await new Site(folder).serve();
const browser = await launch();

// ../answers.rs asks many more, without a browser.
const QUESTIONS = ['asb', 'burglry', '"serious violence" -knife', '2018/11', 'since 2024', 'the board', 'xyzzy', '£61,500', 'scams OR fraud'];

let failed = 0;
const only = process.env.ONLY ?? "";
for (const [name, run] of Object.entries({
    async 'typing shows what is found, keeps the focus in the field, and says once how much it is'() {
        await withPage('/search/', async (page, _, settled) => {
            await page.evaluate(() => {
                window.said = [];
                const status = document.getElementById('search-status');
                new MutationObserver(() => status.textContent && window.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
            });
            await page.clock.install();
            await page.locator('#search-field').pressSequentially('fraud');
            // What the script does a little later it does now, whatever it waits for, and again.
            for (let round = 0; round < 3; round += 1) {
                await page.clock.runFor(2000);
                await settled();
            }
            await page.waitForFunction(() => window.said.some((text) => text.includes('“fraud”')));
            const said = await page.evaluate(() => window.said);
            assert.equal(said.filter((text) => text.includes('“fraud”')).length, 1, said.join());
            assert.match(await status(page), /^\d+ pages for “fraud”$/);
            assert.equal(await page.evaluate(() => document.activeElement.id), 'search-field');
            assert.ok((await page.locator('#search-found h2 a').count()) > 1);
            assert.ok((await page.locator('#search-found mark').count()) > 1);
            assert.equal(new URL(page.url()).search, '?q=fraud');
            assert.equal(await page.locator('#search-lists').isVisible(), false);
        });
    },
    async 'every hit leads to a place that is there'() {
        await withPage('/search/?q=board', async (page) => {
            await answered(page);
            const links = await page.locator('#search-found a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
            assert.ok(links.length > 10);
            for (const link of links) {
                const url = new URL(link, site.origin);
                const file = `${decodeURIComponent(url.pathname).slice(1)}index.html`;
                assert.ok(site.files.includes(file), file);
                const id = decodeURIComponent(url.hash.slice(1));
                assert.ok(id === '' || site.text(file).includes(` id="${id}"`), link);
            }
        });
    },
    async 'filters narrow, several at once, with counts that come true; back goes back'() {
        await withPage('/search/?q=board', async (page) => {
            await answered(page);
            const before = await status(page);
            await page.locator('#search-narrow').evaluate((narrow) => (narrow.open = true));
            const boxes = page.locator('.facet input[type=checkbox]:visible');
            const label = await boxes.first().locator('xpath=..').innerText();
            await boxes.first().focus();
            await page.keyboard.press('Space');
            await answered(page, before);
            const [, count] = /(\d[\d,]*)$/.exec(label.trim());
            assert.equal((await status(page)).split(' ')[0], count);
            assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox', 'the box that was chosen keeps the focus');
            const one = await status(page);
            const year = page.locator('.facet input[name=year]:visible').first();
            const years = /(\d[\d,]*)$/.exec((await year.locator('xpath=..').innerText()).trim())[1];
            await year.check();
            if (years !== count) await answered(page, one);
            assert.equal((await status(page)).split(' ')[0], years);
            assert.match(page.url(), /[?&]year=\d{4}/);
            const address = page.url();
            await page.goBack();
            await page.waitForFunction((text) => document.getElementById('search-status').textContent === text, one);
            await page.goBack();
            await page.waitForFunction((text) => document.getElementById('search-status').textContent === text, before);
            assert.equal(await page.locator('.facet input[type=checkbox]:checked').count(), 0);
            await page.goto(address);
            await answered(page);
            assert.equal((await status(page)).split(' ')[0], years, 'an address can be sent on');
        });
    },
    async 'on a small page nothing is counted until somebody wants to narrow'() {
        await withPage('/search/', async (page) => {
            const counted = [];
            page.on('request', (request) => request.url().endsWith('/facets.bin') && counted.push(request.url()));
            await page.goto('/search/?q=board');
            await answered(page);
            assert.deepEqual([counted, await page.locator('.facet input[type=checkbox]').count()], [[], 0]);
            await page.locator('#search-narrow summary').click();
            await page.locator('.facet input[name=year]:visible').first().waitFor();
            assert.ok(counted.length > 0);
        }, { viewport: NARROW });
    },
    async 'where nothing has everything, each word is offered by itself'() {
        await withPage('/search/?q=burglary+refuge+mediation', async (page) => {
            await answered(page);
            const offered = page.locator('#search-found h2 + ul').first().locator('a');
            assert.deepEqual(await offered.allInnerTexts(), ['burglary', 'refuge', 'mediation']);
            const count = await offered.first().locator('xpath=..').innerText();
            await offered.first().click();
            await answered(page);
            // Where few pages have the word, words that mean nearly the same are looked for too.
            const [word, pages] = count.split(' ');
            assert.equal(word, 'burglary');
            assert.ok(Number(pages) > 0 && Number((await status(page)).split(' ')[0]) >= Number(pages));
        });
    },
    async 'a query is text, whatever it is'() {
        await withPage(`/search/?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`, async (page) => {
            await answered(page);
            assert.match(await status(page), /<img src=x onerror=alert\(1\)>/);
            assert.equal(await page.locator('main img').count(), 0);
            await page.goto(`/search/?q=${encodeURIComponent('a'.repeat(30) + ' (7.3) "'.repeat(1000))}&utm_source=x`);
            await answered(page);
        });
    },
    async 'what is damaged, missing or out of reach is said, and the lists are there'() {
        const stops = {
            damaged: (route) => route.fulfill({ status: 200, body: Buffer.from('FMS1 this is no shard') }),
            missing: (route) => route.fulfill({ status: 404, body: 'no' }),
            unreachable: (route) => route.abort(),
        };
        await withPage('/search/', async (page, troubles) => {
            for (const [stop, answer] of Object.entries(stops)) {
                for (const files of ['**/search/index.bin', '**/search/words/*.bin', '**/facets.bin', '**/search/text/**']) {
                    await page.goto('/search/');
                    await page.route(files, answer);
                    await page.locator('#search-field').fill('fraud');
                    await page.keyboard.press('Enter');
                    await page.waitForFunction(() => /missing or damaged|could not reach/.test(document.getElementById('search-status').textContent));
                    assert.equal(/could not reach/.test(await status(page)), stop === 'unreachable', `${stop} ${files}`);
                    assert.ok(await page.locator('#search-lists').isVisible());
                    await page.unroute(files);
                    await page.locator('#search-notes button').click();
                    await answered(page).catch(() => assert.fail(`${stop} ${files}: no answer when it is there again`));
                }
            }
            // The browser says itself what it could not load.
            troubles.splice(0);
        });
    },
    async 'a page that was open while the site was published anew asks the new index'() {
        await withPage('/search/', async (page, troubles) => {
            let published = false;
            await page.route('**/search/words/663.bin', async (route) => {
                // The bucket of another edition.
                if (published) await route.continue();
                else await route.fulfill({ body: site.bytes('search/words/67.bin') });
                published = true;
            });
            await page.locator('#search-field').fill('fraud');
            await page.keyboard.press('Enter');
            await page.locator('#search-notes button').click();
            await answered(page);
            troubles.splice(0);
        });
    },
    async 'an answer takes few requests, which wait for each other twice'() {
        for (const question of ['fraud', 'community safety', 'burglry saltmre', 'garbage hooligans', 'who do i ring about kids on motor bikes', '£61,500 2021/14']) {
            await withPage('/search/', async (page) => {
                // What is asked for at once is answered at once, when all of it is there: so each answer is a round trip.
                await page.addInitScript(() => {
                    const { fetch } = window;
                    let [open, held] = [0, []];
                    window.asked = { requests: 0, rounds: 0 };
                    window.fetch = async (...request) => {
                        window.asked.requests += 1;
                        open += 1;
                        const response = await fetch(...request);
                        await response.clone().arrayBuffer();
                        open -= 1;
                        await new Promise((release) => {
                            held.push(release);
                            if (open > 0) return;
                            window.asked.rounds += 1;
                            held.splice(0).forEach((one) => one());
                        });
                        return response;
                    };
                });
                await page.goto(`/search/?q=${encodeURIComponent(question)}`);
                await answered(page);
                const { requests, rounds } = await page.evaluate(() => window.asked);
                assert.ok(requests > 0 && requests <= 15, `${question}: ${requests} requests`);
                assert.ok(rounds <= 3, `${question}: ${rounds} round trips`);
            }, { viewport: NARROW });
        }
    },
    async 'without scripts the page leads to everything, and says why'() {
        await withPage('/search/?q=fraud', async (page) => {
            assert.ok(await page.locator('#search-why').isVisible());
            assert.equal(await page.locator('#search-answer').isVisible(), false);
            for (const part of ['/minutes/', '/minutes/year/', '/priorities/', '/bodies/', '/a-z/', '/glossary/', '/ref/']) {
                assert.ok((await page.locator(`#search-lists a[href*="${part}"]`).count()) > 0, part);
            }
        }, { javaScriptEnabled: false });
    },
    async 'a number leads to what has it, without scripts'() {
        const number = await withPage('/search/', (page) => page.locator('#search-lists a[href*="/ref/"]').getAttribute('href'), { javaScriptEnabled: false });
        await withPage(number, async (page, troubles) => {
            await page.waitForURL((url) => !url.pathname.startsWith('/ref/'));
            assert.equal(await page.locator('h1').count(), 1);
            // The page that was left was not loaded to its end.
            troubles.splice(0);
        }, { javaScriptEnabled: false });
    },
    async 'nothing of the search is fetched on other pages'() {
        for (const path of ['/', '/minutes/']) {
            const { context, page, settled } = await openWindow(browser, site);
            const asked = [];
            page.on('request', (request) => asked.push(new URL(request.url()).pathname));
            await page.goto(path);
            await settled();
            assert.deepEqual(asked.filter((one) => one.startsWith('/search/') || one.includes('assets/search.')), []);
            await context.close();
        }
    },
    async 'with results the page is accessible, narrow and wide, light and dark'() {
        for (const options of [{}, { viewport: NARROW }, { colorScheme: 'dark' }]) {
            await withPage('/search/?q=asb', async (page) => {
                await answered(page);
                await page.locator('#search-narrow').evaluate((narrow) => (narrow.open = true));
                const { violations } = await runAxe(page);
                assert.deepEqual(violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`), []);
                const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }));
                assert.ok(wide <= room, `${wide} px in ${room}`);
            }, options);
        }
    },
    async 'the keyboard goes from the field past the filters to the results'() {
        await withPage('/search/?q=asb', async (page) => {
            await answered(page);
            await page.locator('#search-field').focus();
            await page.keyboard.press('Tab');
            await page.keyboard.press('Tab');
            assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-on');
            await page.keyboard.press('Enter');
            await page.keyboard.press('Tab');
            assert.ok(await page.evaluate(() => document.activeElement.matches('#search-found h2 a')));
        });
    },
    async 'the browser answers what the program answers'() {
        if (!program) return;
        await withPage('/search/', async (page) => {
            const wrong = [];
            for (const question of QUESTIONS) {
                const told = JSON.parse(execFileSync(program, ['search', '--index', folder, '--json', '--', question], { encoding: 'utf8' }));
                await page.goto(`/search/?q=${encodeURIComponent(question)}`);
                await answered(page);
                const [count, titles, places, marks] = await page.evaluate(() => {
                    const texts = (selector) => [...document.querySelectorAll(`#search-found ${selector}`)].map((one) => one.textContent);
                    const places = [...document.querySelectorAll('#search-found h3 a')].map((link) => link.hash.slice(1));
                    return [document.getElementById('search-status').textContent, texts('h2 a'), places, texts('mark')];
                });
                // The page shows as many as its requests and bytes leave room for.
                const results = told.results.slice(0, Math.max(titles.length, 3));
                const passages = results.flatMap((result) => result.passages);
                const expected = {
                    count: told.pages === 0 ? 'Nothing' : String(told.pages),
                    titles: results.map(({ title }) => title),
                    places: passages.map(({ anchor }) => anchor).filter(Boolean),
                    marks: passages.flatMap(({ excerpt }) => excerpt.filter(([, marked]) => marked).map(([text]) => text)),
                };
                // What is found in the head of a page stands above its places.
                expected.marks.sort();
                marks.sort();
                const seen = { count: count.split(' ')[0], titles: told.pages === 0 ? [] : titles, places: places.map(decodeURIComponent), marks };
                for (const key of Object.keys(expected)) {
                    if (JSON.stringify(seen[key]) !== JSON.stringify(expected[key])) wrong.push([question, key, seen[key], expected[key]]);
                }
            }
            assert.deepEqual(wrong, []);
        });
    },
}).filter(([name]) => name.includes(only))) {
    try {
        await watched(`search.js: ${name}`, run);
        console.log(`✓ ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`✗ ${name}\n    ${String(error.stack).replace(/\n/g, '\n    ')}`);
    }
}
await browser.close();
site.close();
process.exitCode = failed ? 1 : 0;

// A page opened, used, and closed; nothing may have gone wrong on it.
async function withPage(path, use, options = {}) {
    const { context, page, troubles, settled } = await openWindow(browser, site, options);
    try {
        await page.goto(path);
        const left = await use(page, troubles, settled);
        assert.deepEqual(troubles, []);
        return left;
    } finally {
        await context.close();
    }
}

function status(page) {
    return page.locator('#search-status').innerText();
}

// Waits for how much was found, which is another than `before`.
function answered(page, before = '') {
    return page.waitForFunction((before) => {
        const text = document.getElementById('search-status').textContent;
        return / pages? for |^Nothing/.test(text) && text !== before;
    }, before);
}
