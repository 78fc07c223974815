// An Express app whose requests are recorded in logs/app.log. Run it with `node examples/express/server.mjs`, then try
//   curl localhost:3000/users/7     curl localhost:3000/wp-login.php     curl -X DELETE localhost:3000/users/7
import { gatelog } from '@gatelog/record/express';
import express from 'express';

const app = express();
const recording = gatelog({
  file: 'logs/app.log',
  policy: {
    '/': { page: 'index page', methods: ['GET'] },
    '/users/:id': { page: 'user page', methods: ['GET', 'PUT'], otherwise: 'refuse' },
  },
});

// Before all else, so that nothing is answered unseen.
app.use(recording);
app.get('/', (request, response) => response.send('Hello, World!'));
app
  .route('/users/:id')
  .get((request, response) => response.json({ id: request.params.id }))
  .put((request, response) => response.sendStatus(204));

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port} recording to logs/app.log`);
});

// What waits in memory is written before the process ends.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => recording.recorder.close());
    server.closeIdleConnections();
  });
}
