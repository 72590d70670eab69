// axe-core, every rule that is on by default and the best practices, on each shape of page, narrow and wide, with
// everything unfolded, at a place that a link led to (A9.1). What a colour scheme can change, colours, is looked at in
// the dark and in forced colours too. No violation of any impact passes, and nothing undecided.

import { forEach, NARROW, runAxe, SCHEMES, WIDE } from '../browser.js';

// Rule → why what axe could not decide is right on our pages.
const UNDECIDED = {
    'label-content-name-mismatch': 'the sign ¶ is nothing that somebody could say to choose the link',
};

const READERS = Object.fromEntries(
    Object.entries({ '320 px': NARROW, '1280 px': WIDE }).flatMap(([size, viewport]) =>
        Object.entries(SCHEMES).map(([scheme, media]) => [`${scheme}, ${size}`, { viewport, media, all: scheme === 'light' }]),
    ),
);

export default {
    name: 'accessible',
    asks: 'axe-core finds nothing, of any impact, best practices too',
    // Else a colour is seen on its way from one scheme to the next.
    media: { reducedMotion: 'reduce' },
    async look(page) {
        await unfold(page);
        return forEach(READERS, async ({ viewport, media, all }) => {
            await page.setViewportSize(viewport);
            await page.emulateMedia(media);
            return axe(page, all);
        });
    },
};

// Opens whatever is folded, and goes to a place in the middle that a link on the page leads to.
function unfold(page) {
    return page.evaluate(() => {
        document.querySelectorAll('details').forEach((details) => (details.open = true));
        const linked = (place) => document.querySelector(`a[href="#${CSS.escape(place.id)}"]`);
        const places = [...document.querySelectorAll('main [id]')].filter(linked);
        const place = places[Math.floor(places.length / 2)];
        if (place) location.hash = place.id;
    });
}

async function axe(page, all) {
    const { violations, incomplete } = await runAxe(page, all ? undefined : ['cat.color']);
    const wrong = violations.map(tell);
    for (const rule of incomplete.filter((rule) => !(rule.id in UNDECIDED))) {
        const left = rule.id === 'color-contrast' ? await tooFaint(page, rule) : rule;
        if (left.nodes.length) wrong.push(`undecided: ${tell(left)}`);
    }
    return wrong;
}

// Axe leaves open what lies in a box beside others. Our boxes never lie on one another (`room`), so the colour behind
// a text is that of the nearest element around it that has one.
async function tooFaint(page, rule) {
    const targets = rule.nodes.map((node) => node.target.join(' '));
    const faint = await page.evaluate((targets) => {
        const parts = (colour) => /rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/.exec(colour)?.slice(1).map((part) => Number(part ?? 1));
        const light = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        const luminance = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
        const behind = (element) => {
            for (let place = element; place; place = place.parentElement) {
                const colour = parts(getComputedStyle(place).backgroundColor);
                if (colour?.[3] === 1) return colour;
            }
            return null;
        };
        return targets.map((target) => {
            const element = document.querySelector(target);
            const [text, ground] = [parts(getComputedStyle(element).color), behind(element)];
            if (!text || text[3] !== 1 || !ground) return true;
            const [low, high] = [luminance(text), luminance(ground)].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05) < 4.5;
        });
    }, targets);
    return { ...rule, nodes: rule.nodes.filter((_, index) => faint[index]) };
}

function tell(rule) {
    const node = rule.nodes[0];
    const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
    return `${rule.id}: ${rule.nodes.length} × ${node.target.join(' ')}: ${why}`;
}
