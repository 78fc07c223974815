// A node:http server behind one proxy on this machine, its requests recorded as ECS documents in logs/app.log.
// Run it with `node examples/node-http/server.mjs`, then try
//   curl localhost:3000/     curl -X POST localhost:3000/     curl localhost:3000/.env?token=secret
import { createServer } from 'node:http';
import { gatelog } from '@gatelog/record/node';

const recording = gatelog({
  file: 'logs/app.log',
  format: 'ecs',
  trustProxy: ['127.0.0.1', '::1'],
  policy: { '/': { page: 'index page', methods: ['GET'], otherwise: 'warn' } },
});

const server = createServer(
  recording((request, response) => {
    const known = request.url === '/';
    response.writeHead(known ? 200 : 404, { 'content-type': 'text/plain' });
    response.end(known ? 'Hello, World!\n' : 'Not found\n');
  }),
);

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port} recording to logs/app.log`);
});

// What waits in memory is written before the process ends.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => recording.recorder.close());
    server.closeIdleConnections();
  });
}
