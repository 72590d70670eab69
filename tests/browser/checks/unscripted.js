// Without scripts the page is complete (A9.8): it says all that it says with them, and offers nothing that would not
// work. What a button does, and a key, only scripts can offer.

export default {
    name: 'unscripted',
    asks: 'without scripts every page is complete and has no dead button',
    scripts: false,
    async look(page, { scripted: open }) {
        const wrong = [];
        const words = (page) => page.evaluate(() => {
            document.querySelectorAll('details').forEach((details) => (details.open = true));
            return document.body.innerText.split('\n').map((line) => line.trim()).filter(Boolean);
        });
        const dead = await page.evaluate(() =>
            [...document.querySelectorAll('button, [role="button"], a[href="#"], a:not([href])')]
                .filter((button) => button.checkVisibility() && !button.closest('form'))
                .map((button) => button.outerHTML.slice(0, 90)),
        );
        wrong.push(...dead.map((button) => `${button} does nothing`));
        const without = new Set(await words(page));
        const scripted = await open();
        const offered = new Set(await scripted.evaluate(() => [...document.querySelectorAll('button, .leave-hint, .find-area label, .find-area [id$="-hint"]')].map((button) => button.innerText.trim())));
        const missing = (await words(scripted)).filter((line) => !without.has(line) && !offered.has(line));
        return [...wrong, ...missing.slice(0, 3).map((line) => `only scripts show “${line.slice(0, 80)}”`)];
    },
};
