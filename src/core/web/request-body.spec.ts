import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BodyError, readBody } from './request-body.js';

const MEBIBYTE = 1024 * 1024;

describe('readBody', () => {
  it('joins what comes in pieces', async () => {
    const body = await readBody(Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]), 100);
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
  });

  it('gives nothing for a body of nothing, also when it has been read to its end before', async () => {
    const stream = Readable.from([], { objectMode: false });
    expect(await readBody(stream, 10)).toHaveLength(0);
    expect(await readBody(stream, 10)).toHaveLength(0);
  });

  it('takes exactly the limit and refuses one byte more', async () => {
    expect(await readBody(Readable.from([Buffer.alloc(10)]), 10)).toHaveLength(10);
    await expect(readBody(Readable.from([Buffer.alloc(10), Buffer.alloc(1)]), 10)).rejects.toMatchObject({
      reason: 'too-large',
    });
  });

  it('reads a body that is too large to its end before it refuses', async () => {
    const stream = new PassThrough();
    let ended = false;
    stream.on('end', () => (ended = true));
    const body = readBody(stream, 10);
    for (let i = 0; i < 4; i++) stream.write(Buffer.alloc(MEBIBYTE));
    stream.end();
    await expect(body).rejects.toMatchObject({ reason: 'too-large' });
    expect(ended).toBe(true);
  });

  it('does not wait for the end of a body without one', async () => {
    const endless = Readable.from(
      (function* () {
        while (true) yield Buffer.alloc(MEBIBYTE);
      })(),
    );
    await expect(readBody(endless, 10)).rejects.toMatchObject({ reason: 'too-large' });
    endless.destroy();
  });

  it.each([
    ['breaks', (stream: PassThrough) => stream.destroy(new Error('ECONNRESET'))],
    ['closes early', (stream: PassThrough) => stream.destroy()],
  ])('tells when the connection %s', async (_case, interrupt) => {
    const stream = new PassThrough();
    const body = readBody(stream, 10);
    stream.write('abc');
    interrupt(stream);
    await expect(body).rejects.toBeInstanceOf(BodyError);
    await expect(body).rejects.toMatchObject({ reason: 'aborted' });
    await expect(readBody(stream, 10)).rejects.toMatchObject({ reason: 'aborted' });
  });
});
