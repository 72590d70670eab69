// Without style sheets the page is complete and in its order: headings, lists and tables are elements, not looks; a
// picture keeps its size; nothing that only styles hide says a thing twice.

export default {
    name: 'unstyled',
    asks: 'without style sheets every page is readable from top to bottom',
    reads: true,
    async look(page) {
        const styled = await page.evaluate(headings);
        await disable(page, true);
        const wrong = [];
        const plain = await page.evaluate(headings);
        if (plain.join() !== styled.filter((one) => plain.includes(one)).join() || plain.length < styled.length) {
            wrong.push('headings are others, or in another order, than with styles');
        }
        wrong.push(...(await page.evaluate(() => {
            const unsized = [...document.querySelectorAll('svg, img')].filter((one) => !one.getAttribute('width') || !one.getAttribute('height'));
            return unsized.map((one) => `${one.outerHTML.slice(0, 60)} has no size of its own`);
        })));
        await disable(page, false);
        return wrong;
    },
};

function disable(page, disabled) {
    return page.evaluate((disabled) => {
        for (const sheet of document.styleSheets) sheet.disabled = disabled;
    }, disabled);
}

// Runs in the page.
function headings() {
    const seen = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((heading) => heading.checkVisibility());
    return seen.map((heading) => heading.textContent.trim().replace(/\s+/g, ' ')).filter(Boolean);
}
