import { formatPrice } from './price.js';

function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · Fjord & Pine</title>
<link rel="stylesheet" href="/style.css"></head>
<body>
<nav><a href="/">Shop</a> <a href="/cart">Cart</a></nav>
<main>${body}</main>
</body>
</html>`;
}

export function shopPage(products) {
  const items = products.map(
    (product) =>
      `<li><a href="/add/${product.id}">${product.name}</a> ${formatPrice(product.cents)}</li>`,
  );
  return page('Shop', `<h1>Fjord & Pine</h1><ul>${items.join('')}</ul>`);
}

export function cartPage(order) {
  const lines = order.lines.map(
    (line) =>
      `<tr><td>${line.id}</td><td>${line.quantity}</td><td>${formatPrice(line.cents)}</td></tr>`,
  );
  return page('Cart', `<table>${lines.join('')}</table><p>Total ${formatPrice(order.total)}</p>`);
}
