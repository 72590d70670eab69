// What is typed as a postcode is the same for the form of the page and for the program that cuts the table of postcodes.

const { test } = require('node:test');
const assert = require('node:assert/strict');
const { load } = require('./theme.js');
const { shapes, typed } = require('./postcodes.json');

const { parted } = load('areas', ['parted']);

test('a postcode has one form however it is typed', () => {
    for (const [country, text, expected] of typed) {
        assert.deepEqual(parted(text, shapes[country]), expected, `${text} in ${country}`);
    }
});
