import { findProduct } from './catalog.js';

export function emptyCart() {
  return { lines: [] };
}

/** Adding a product again raises its quantity. */
export function addToCart(cart, id, quantity = 1) {
  const product = findProduct(id);
  if (!product) throw new Error(`There is no product "${id}"`);
  const others = cart.lines.filter((line) => line.id !== id);
  const before = cart.lines.find((line) => line.id === id)?.quantity ?? 0;
  return { lines: [...others, { id, cents: product.cents, quantity: before + quantity }] };
}

export function totalCents(cart) {
  return cart.lines.reduce((sum, line) => sum + line.cents * line.quantity, 0);
}
