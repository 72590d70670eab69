// The script of a folder of the default theme, as the program joins it, without its page: what tests ask for by name.

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const JS = join(__dirname, '..', '..', 'themes', 'default', 'js');

// The files of a folder joined, but for those that begin when they are loaded; leaves the things called `names`.
exports.load = function load(folder, names, without = ['page.js']) {
    const files = readdirSync(join(JS, folder)).filter((name) => name.endsWith('.js') && !without.includes(name)).sort();
    const text = files.map((name) => readFileSync(join(JS, folder, name), 'utf8')).join('\n');
    return new Function(`'use strict';\n${text}\nreturn { ${names.join(', ')} };`)();
};
