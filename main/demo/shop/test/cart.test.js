import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToCart, emptyCart, totalCents } from '../src/cart.js';

test('the same thing twice is one line', () => {
  const cart = addToCart(addToCart(emptyCart(), 'mug'), 'mug', 2);
  assert.deepEqual(cart.lines, [{ id: 'mug', cents: 1295, quantity: 3 }]);
});

test('the total counts quantities', () => {
  assert.equal(totalCents(addToCart(emptyCart(), 'socks', 2)), 3380);
});
