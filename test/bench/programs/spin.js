'use strict';

/** A fixed amount of arithmetic, each step of which needs the one before. */
function spin(steps) {
  let x = 1;
  for (let step = 0; step < steps; step++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x;
}

module.exports = { spin };
