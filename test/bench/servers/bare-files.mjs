// The limit of a start that ends in a page: Node's own server over a folder of built files, and nothing else.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const [, , folder = ''] = process.argv;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer(async ({ url = '/' }, response) => {
  const file = url === '/' ? 'index.html' : url.slice(1);
  try {
    const bytes = await readFile(join(folder, file));
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
