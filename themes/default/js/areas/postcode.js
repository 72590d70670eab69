// Postcodes as people type them, in one form: the same as language/postcode.rs, tried on the same examples.

// Where nothing is known of a country, so many signs come last.
const LAST = 2;

// What comes first in a postcode and the rest, in capitals; null if it has none of the shapes.
function parted(typed, shapes) {
  const code = typed.replace(/[\s.\-\u2010-\u2013]/g, "");
  if (!/^[A-Za-z0-9]+$/.test(code)) return null;
  const large = code.toUpperCase();
  const shape = shapes.find((one) => fits(large, one));
  if (!shape && (shapes.length || !/[0-9]/.test(large) || large.length < 3 || large.length > 10)) return null;
  const space = shape ? shape.indexOf(" ") : -1;
  const first = space < 0 ? large.length - LAST : space;
  return [large.slice(0, first), large.slice(first)];
}

// A is a letter, 9 a digit, * either of them.
function fits(code, shape) {
  const signs = shape.replace(/ /g, "").replace(/A/g, "[A-Z]").replace(/9/g, "[0-9]").replace(/\*/g, "[A-Z0-9]");
  return new RegExp(`^${signs}$`).test(code);
}
