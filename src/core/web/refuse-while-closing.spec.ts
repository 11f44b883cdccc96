import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { refuseWhileClosing } from './refuse-while-closing.js';

it('finishes what has begun and answers 503 to what comes afterwards over the same connection', async () => {
  const server = fastify({ return503OnClosing: false });
  refuseWhileClosing(server, (url) => JSON.stringify({ path: url }));
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<string>();
  server.get('/slow', () => {
    begun.resolve();
    return end.promise;
  });
  server.get('/next', () => 'served');
  const closing = Promise.withResolvers<void>();
  server.addHook('preClose', (done) => {
    closing.resolve();
    done();
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await begun.promise;
  const closed = server.close();
  await closing.promise;
  const refused = once(server.server, 'request');
  socket.write('GET /next HTTP/1.1\r\nHost: x\r\n\r\n');
  await refused;
  end.resolve('finished');
  await Promise.all([once(socket, 'close'), closed]);
  expect(received).toMatch(
    /^HTTP\/1\.1 200 OK[^]*finishedHTTP\/1\.1 503 [^]*connection: close[^]*\{"path":"\/next"\}$/i,
  );
});
