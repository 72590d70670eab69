// In forced colours, where the reader's own colours take the place of ours (A9.6): a status keeps its edge, the entry
// of the menu where one is looks different from its neighbours, and the lines of a drawing differ from the ground.

import { SCHEMES } from '../browser.js';

export default {
    name: 'forced',
    asks: 'statuses, the place in the menu, and drawings can be told apart in forced colours',
    media: SCHEMES['forced colours'],
    reads: true,
    async look(page) {
        return page.evaluate(() => {
            const wrong = [];
            const show = (element) => element.outerHTML.slice(0, 90).replace(/\s+/g, ' ');
            const looks = (element) => {
                const style = getComputedStyle(element);
                return ['fontWeight', 'textDecorationLine', 'borderBottomWidth', 'borderLeftWidth', 'outlineStyle'].map((name) => style[name]).join();
            };
            for (const status of document.querySelectorAll('.status')) {
                const style = getComputedStyle(status);
                if (parseFloat(style.borderTopWidth) < 1) wrong.push(`${show(status)} has no edge`);
                if (!status.textContent.trim()) wrong.push(`${show(status)} has no word`);
            }
            for (const here of document.querySelectorAll('nav li > [aria-current]')) {
                const others = [...here.closest('ul, ol').querySelectorAll('li > a:not([aria-current])')];
                if (others.some((other) => looks(other) === looks(here))) wrong.push(`${show(here)} looks like its neighbours`);
            }
            const ground = getComputedStyle(document.documentElement).backgroundColor;
            for (const shape of document.querySelectorAll('main svg :is(path, line, polyline, rect, circle, text)')) {
                const style = getComputedStyle(shape);
                const seen = [style.stroke, style.fill].filter((paint) => paint !== 'none');
                if (seen.length && seen.every((paint) => paint === ground)) wrong.push(`${show(shape)} has the colour of the ground`);
            }
            return [...new Set(wrong)];
        });
    },
};
