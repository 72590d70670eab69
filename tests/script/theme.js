// The script of a folder of the default theme, as the program joins it, without its page: what tests ask for by name.

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const JS = join(__dirname, '..', '..', 'themes', 'default', 'js');

// Name and text of each file of a folder.
exports.sources = function sources(folder) {
    const names = readdirSync(join(JS, folder)).filter((name) => name.endsWith('.js')).sort();
    return names.map((name) => [name, readFileSync(join(JS, folder, name), 'utf8')]);
};

// The files of a folder joined, but for the one that begins when it is loaded; leaves the things called `names`.
exports.load = function load(folder, names) {
    const files = exports.sources(folder).filter(([name]) => name !== 'page.js');
    const text = files.map(([, text]) => text).join('\n');
    return new Function(`'use strict';\n${text}\nreturn { ${names.join(', ')} };`)();
};
