import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { addToCart, emptyCart } from './cart.js';
import { allProducts } from './catalog.js';
import { toOrder } from './checkout.js';
import { cartPage, shopPage } from './pages.js';

let cart = emptyCart();

const routes = {
  '/': () => shopPage(allProducts()),
  '/cart': () => cartPage(toOrder(cart)),
};

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://shop');
  if (pathname === '/style.css') {
    response.setHeader('content-type', 'text/css');
    return response.end(await readFile(new URL('../public/style.css', import.meta.url)));
  }
  if (pathname.startsWith('/add/')) {
    cart = addToCart(cart, pathname.slice('/add/'.length));
    return response.writeHead(303, { location: '/cart' }).end();
  }
  const route = routes[pathname];
  response.writeHead(route ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
  response.end(route ? route() : 'Not here.');
}).listen(3000, () => process.stdout.write('Fjord & Pine: http://localhost:3000\n'));
