// The default theme works in the oldest browsers that it promises, Safari 14 and Chrome 80 (both of 2020): no script has
// syntax or a name that they do not know, and no style sheet needs what they would skip.

const { test } = require('node:test');
const assert = require('node:assert/strict');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const acorn = require('../packages/node_modules/acorn');
const csstree = require('../packages/node_modules/css-tree');

const THEME = join(__dirname, '..', '..', 'themes', 'default');

// What both know of the language, by the year of the standard.
const SYNTAX = 2020;

// Names that one of them lacks. What a script asks for before it uses it (`typeof DecompressionStream`) may be there.
const METHODS = ['at', 'findLast', 'findLastIndex', 'hasOwn', 'replaceAll', 'replaceChildren', 'structuredClone', 'toReversed', 'toSorted', 'toSpliced', 'with', 'withResolvers'];
const GLOBALS = ['AggregateError', 'CompressionStream', 'DecompressionStream', 'FinalizationRegistry', 'Iterator', 'OffscreenCanvas', 'WeakRef', 'requestIdleCallback', 'scheduler', 'structuredClone'];

const PSEUDOS = ['dir', 'focus-visible', 'has', 'is', 'modal', 'open', 'user-invalid', 'user-valid', 'where'];
const AT_RULES = ['container', 'layer', 'property', 'scope', 'starting-style', 'view-transition'];
const UNITS = /^(?:[dls]v(?:h|w|min|max|b|i)|cq\w+|lh|rlh|cap|ic)$/;
const FUNCTIONS = ['color', 'color-mix', 'hwb', 'lab', 'lch', 'light-dark', 'oklab', 'oklch', 'round', 'mod', 'rem', 'abs', 'sign'];
const PROPERTIES = /^(?:aspect-ratio|inset(?:-.*)?|translate|rotate|scale|(?:margin|padding|border)-(?:inline|block)|container.*|field-sizing|mask)$/;

// A page lacks nothing where these are skipped: finer breaks of lines, the colour of a box, what else is done by a script.
const HARMLESS = ['accent-color', 'content-visibility', 'hyphens', 'text-wrap'];
const NEWER = ['text-wrap-style', 'interpolate-size', 'anchor-name', 'position-anchor', 'scrollbar-gutter', 'overflow-anchor', 'text-box'];

const files = (ending) => readdirSync(THEME, { recursive: true }).filter((name) => name.endsWith(ending)).sort();
const text = (name) => readFileSync(join(THEME, name), 'utf8');

test('scripts have syntax and names of 2020', () => {
    const wrong = [];
    for (const name of files('.js')) {
        const tree = acorn.parse(text(name), { ecmaVersion: SYNTAX, locations: true });
        visit(tree, (node) => {
            const at = `${name}:${node.loc?.start.line}`;
            if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && METHODS.includes(node.callee.property.name)) {
                wrong.push(`${at} calls ${node.callee.property.name}()`);
            }
            if (node.type === 'Identifier' && GLOBALS.includes(node.name) && !text(name).includes(`typeof ${node.name}`)) {
                wrong.push(`${at} has ${node.name} and does not ask first whether it is there`);
            }
        });
    }
    assert.deepEqual(wrong, []);
});

test('style sheets need nothing newer than 2020', () => {
    const wrong = [];
    for (const name of files('.css')) {
        for (const what of newer(text(name))) wrong.push(`${name}: ${what}`);
    }
    assert.deepEqual(wrong, []);
});

test('what is newer is seen', () => {
    const sheet = `
        a:is(b) { color: red }
        a:not(b, c) { color: red }
        .row { display: flex; gap: 1rem }
        @layer base { a { color: red } }
        .a { inset: 0; height: 100dvh; color: color-mix(in srgb, red, blue) }
        .b { &:hover { color: red } }
        @media (width > 40rem) { a { color: red } }`;
    assert.equal(newer(sheet).length, 9, newer(sheet).join('\n'));
    assert.throws(() => acorn.parse('a ||= b', { ecmaVersion: SYNTAX }));
});

// What a sheet has that one of the two does not know.
function newer(css) {
    const found = [];
    const add = (node, what) => found.push(`${node.loc.start.line}: ${what}`);
    csstree.walk(csstree.parse(css, { positions: true }), function (node) {
        if (node.type === 'PseudoClassSelector') {
            if (PSEUDOS.includes(node.name)) add(node, `:${node.name}`);
            if (node.name === 'not' && node.children?.first?.children?.size > 1) add(node, 'a list in :not()');
        }
        if (node.type === 'NestingSelector') add(node, 'a rule in a rule');
        if (node.type === 'Atrule' && AT_RULES.includes(node.name)) add(node, `@${node.name}`);
        if (node.type === 'FeatureRange') add(node, 'a range in a media query');
        if (node.type === 'Dimension' && UNITS.test(node.unit)) add(node, node.unit);
        if (node.type === 'Function' && FUNCTIONS.includes(node.name)) add(node, `${node.name}()`);
        if (node.type === 'Declaration' && !HARMLESS.includes(node.property)) {
            if (PROPERTIES.test(node.property) || NEWER.includes(node.property)) add(node, node.property);
        }
        if (node.type === 'Rule') {
            const said = node.block.children.toArray().filter((one) => one.type === 'Declaration');
            const value = (property) => said.filter((one) => one.property === property).map((one) => csstree.generate(one.value)).pop();
            if (/flex/.test(value('display') ?? '') && value('gap')) add(node, 'gap of a flexible box');
        }
    });
    return found;
}

function visit(node, see) {
    if (!node || typeof node.type !== 'string') return;
    see(node);
    for (const value of Object.values(node)) {
        if (Array.isArray(value)) value.forEach((one) => visit(one, see));
        else if (value && typeof value === 'object') visit(value, see);
    }
}
