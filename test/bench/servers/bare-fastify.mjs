// The limit for durable publishes: a Fastify route that parses the same body and answers as much, and stores nothing.
import Fastify from 'fastify';

const app = Fastify();
let seq = 0;
app.post('/v1/message.send', async (request) => {
  seq += 1;
  const { to } = request.body;
  return { commandId: `c-${seq}`, seq, result: { seq, deliveredTo: [to], failed: [] } };
});
console.log(
  JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }), operatorToken: 'none' }),
);
