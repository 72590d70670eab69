// Every page of the site, not one of each shape, is HTML as the standard says.

import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
    // A hash guards a file that somebody else serves; all of ours come with the page.
    rules: {
        'require-sri': ['error', { target: 'crossorigin' }],
        // A list without bullets is no list to VoiceOver unless its role says so.
        'no-redundant-role': 'off',
        // Where the author's own numbers are printed, an <ol> would print and read its own beside them.
        'prefer-native-element': ['error', { exclude: ['list', 'listitem'] }],
    },
});

export default {
    name: 'validity',
    asks: 'html-validate finds no error on any page',
    async all(site) {
        const found = new Map();
        for (const page of site.pages()) {
            const report = await validator.validateString(page.html, page.path);
            for (const { ruleId, message, selector, line } of report.results.flatMap((result) => result.messages)) {
                const key = `${ruleId}: ${message}`;
                const places = found.get(key) ?? [];
                found.set(key, [...places, `${page.path}:${line} ${selector}`]);
            }
        }
        return [...found].map(([what, places]) => `${what} — ${places.length} times, first at ${places[0]}`);
    },
};
