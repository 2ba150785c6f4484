const vatRate = 0.19;

/** The VAT inside a price, in cents. */
export function vatInside(cents) {
  return Math.floor((cents * vatRate) / (1 + vatRate));
}

export function formatPrice(cents) {
  return `${(cents / 100).toFixed(2)} €`;
}
