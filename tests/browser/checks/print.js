// On paper (A9.9): black on white, no way around the site, where the page comes from and how to cite it, heads of
// tables again on each sheet; as PDF, with tags for screen readers and not more sheets than its words need.

const WORDS_A_SHEET = 120;

export default {
    name: 'print',
    asks: 'on paper: black on white, the source and no menu; as PDF with tags, and no more sheets than needed',
    media: { colorScheme: 'dark' },
    async look(page) {
        const words = await page.evaluate(() => document.body.innerText.split(/\s+/).length);
        await page.emulateMedia({ media: 'print', colorScheme: null });
        const wrong = await page.evaluate(onPaper);
        // PDF is made for light paper whatever the screen was.
        const pdf = (await page.pdf({ format: 'A4', tagged: true, outline: true, preferCSSPageSize: true })).toString('latin1');
        if (!pdf.includes('/StructTreeRoot')) wrong.push('the PDF has no tags');
        const sheets = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
        if (sheets > 2 + words / WORDS_A_SHEET) wrong.push(`${sheets} sheets for ${words} words`);
        return wrong;
    },
};

// Runs in the page.
function onPaper() {
    const wrong = [];
    const seen = (element) => element.checkVisibility();
    // Inside the main part a list of links is what the page is about.
    for (const nav of [...document.querySelectorAll('nav:not(main nav)')].filter(seen)) wrong.push(`a menu is printed: ${nav.outerHTML.slice(0, 70)}`);
    const canonical = document.querySelector('link[rel="canonical"]')?.href;
    const text = document.body.innerText;
    if (document.querySelector('article.document') && canonical && !text.includes(canonical)) wrong.push('its address is not printed');
    for (const element of [document.body, ...document.querySelectorAll('main p, main h1, main h2, main td')]) {
        const { color } = getComputedStyle(element);
        if (seen(element) && color !== 'rgb(0, 0, 0)') {
            wrong.push(`${element.outerHTML.slice(0, 70)} is printed in ${color}`);
            break;
        }
    }
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    if (!['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(ground)) wrong.push(`the ground is printed in ${ground}`);
    for (const head of document.querySelectorAll('thead')) {
        if (getComputedStyle(head).display !== 'table-header-group') wrong.push('the head of a table is on its first sheet only');
    }
    for (const cut of [...document.querySelectorAll('main *')].filter((one) => /auto|scroll|hidden/.test(getComputedStyle(one).overflowX))) {
        if (seen(cut) && cut.scrollWidth > cut.clientWidth + 1 && !cut.closest('.unseen')) wrong.push(`${cut.outerHTML.slice(0, 70)} is cut off on paper`);
    }
    return [...new Set(wrong)];
}
