import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allProducts, findProduct } from '../src/catalog.js';

test('every product has a price in whole cents', () => {
  for (const { cents } of allProducts()) assert.ok(Number.isInteger(cents) && cents > 0);
});

test('a product is found by its id', () => {
  assert.equal(findProduct('mug')?.name, 'Enamel mug');
});
