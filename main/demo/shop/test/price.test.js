import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPrice } from '../src/price.js';

test('a price has two digits after the point', () => {
  assert.equal(formatPrice(450), '4.50 €');
});
