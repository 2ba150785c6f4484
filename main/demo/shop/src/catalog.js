import { readFileSync } from 'node:fs';

const products = JSON.parse(
  readFileSync(new URL('../data/products.json', import.meta.url), 'utf8'),
);

export function allProducts() {
  return products;
}

export function findProduct(id) {
  return products.find((product) => product.id === id);
}
