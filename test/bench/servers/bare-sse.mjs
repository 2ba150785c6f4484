// The limit for a broadcast: one loop that writes the same frame to every open stream. It stores nothing, and asks nobody.
import http from 'node:http';

const streams = new Set();
const server = http.createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    streams.add(response);
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    for (const stream of streams) stream.write(`id: 1\ndata: ${body}\n\n`);
    const answer = '{"ok":true}';
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': answer.length,
    });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ url, operatorToken: 'none' }));
});
