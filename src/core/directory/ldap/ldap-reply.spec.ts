import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BerError, firstElement } from './ber.js';
import { readServerMessage } from './ldap-reply.js';

function read(hex: string) {
  const element = firstElement(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  if (!element) throw new Error('not a whole element');
  return readServerMessage(element);
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('an answer of an LDAP server', () => {
  it('may be a success', () => {
    expect(read('300c 020101 6107 0a0100 0400 0400')).toEqual({
      id: 1,
      kind: 'end',
      reply: { status: 0, diagnostic: '', controls: [] },
    });
  });

  it('may be a refusal with words and a control', () => {
    expect(read('3017 020102 670b 0a0113 0400 0404 6e6f2121 a005 3003 0401 31')).toEqual({
      id: 2,
      kind: 'end',
      reply: { status: 19, diagnostic: 'no!!', controls: [{ oid: '1', value: undefined }] },
    });
    expect(read('301b 020102 6707 0a0100 0400 0400 a00d 300b 0401 31 0101ff 0403 300100')).toMatchObject({
      reply: { controls: [{ oid: '1', value: Buffer.from('300100', 'hex') }] },
    });
  });

  it('may be an entry, whose name is kept letter by letter', () => {
    const message = read('301a 020103 6415 0407 636e3d5c236131 300a 3008 0402 636e 3102 0400');
    expect(message).toMatchObject({ id: 3, kind: 'entry', entry: { dn: 'cn=\\#a1' } });
  });

  it('may be a referral to other servers, which is not followed', () => {
    expect(read('300c 020104 7307 0405 6c6461703a')).toEqual({ id: 4, kind: 'ignored' });
  });

  it('is refused when it is a request', () => {
    expect(() => read('3005 020101 4200')).toThrow(BerError);
  });

  it('is read or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const error = thrownBy(() => readServerMessage({ tag: 0x30, value: Buffer.from(bytes) }));
        expect(error === undefined || error instanceof BerError).toBe(true);
      }),
    );
  });
});
