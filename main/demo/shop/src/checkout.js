import { totalCents } from './cart.js';
import { vatInside } from './price.js';

/** What sending a parcel costs. */
export function shippingCents() {
  return 0;
}

export function toOrder(cart) {
  const goods = totalCents(cart);
  const shipping = shippingCents(goods);
  const total = goods + shipping;
  return { lines: cart.lines, goods, shipping, total, vat: vatInside(total) };
}
