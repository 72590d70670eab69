// A page protects itself, whatever its host sends: what somebody slipped into it does nothing. And with the headers that
// the site has for hosts that take them, nothing of the site's own is refused.
//
// Every check looks at pages without headers (../site.js); this one looks at both. That the two policies are one is
// tested without a browser (../../properties.rs).

import { openWindow } from '../browser.js';
import { Site } from '../site.js';

// Each leaves its mark if a browser lets it.
const SLIPPED = `
<script>document.documentElement.dataset.script = 1</script>
<script src="data:text/javascript,document.documentElement.dataset.address=1"></script>
<img src="data:," alt="" onerror="document.documentElement.dataset.handler = 1">
<style>h1 { --slipped: style }</style>
<p style="--slipped: attribute">
<iframe srcdoc="<script>parent.document.documentElement.dataset.frame = 1</script>"></iframe>
`;
const MARKS = ['script', 'address', 'handler', 'frame', 'style', 'attribute'];

export default {
    name: 'policy',
    asks: 'what was slipped into a page does nothing, and the headers refuse nothing of our own',
    async all(site, browser) {
        const shapes = site.shapes();
        const wrong = [];
        const withHeaders = await new Site(site.folder, { headers: true }).serve();
        const { context, page, troubles, settled } = await openWindow(browser, withHeaders);
        for (const { path } of shapes) {
            const answer = await page.goto(path, { waitUntil: 'load' });
            await settled();
            if (!answer.headers()['content-security-policy']) wrong.push(`${path} is sent without a policy`);
            wrong.push(...troubles.splice(0).map((what) => `${path}, with headers: ${what}`));
        }
        await context.close();
        withHeaders.close();

        const { context: other, page: victim } = await openWindow(browser, site);
        for (const { path, html } of shapes) {
            const marks = await marksOf(victim, path, html);
            if (marks.length) wrong.push(`${path}: what was slipped in works (${marks.join(', ')})`);
        }
        // All of it would work in a page that says nothing; else this check could not fail.
        const unprotected = await marksOf(victim, '/', site.text('index.html').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
        if (unprotected.length < MARKS.length) wrong.push(`the check itself sees only ${unprotected.join(', ')}`);
        await other.close();
        return wrong;
    },
};

// What works of that which is slipped into a page.
async function marksOf(page, path, html) {
    const body = html.replace(/<body[^>]*>/, (tag) => tag + SLIPPED);
    await page.route((url) => url.pathname === path, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await page.goto(path, { waitUntil: 'load' });
    const marks = await page.evaluate(() => {
        const slipped = (element) => element && getComputedStyle(element).getPropertyValue('--slipped').trim();
        const styles = [slipped(document.querySelector('h1')), slipped(document.querySelector('p[style]'))];
        return [...Object.keys(document.documentElement.dataset), ...styles.filter(Boolean)];
    });
    await page.unrouteAll();
    return marks;
}
