import { describe, expect, it } from 'vitest';
import { collect, fileOf } from '../../../test/support/streams.js';
import { readSeedFile } from './seed-file-format.js';

const HEX = '3132333435363738393031323334353637383930';
const BASE64 = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const PSKC =
  '<pskc:KeyContainer xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" Version="1.0"><pskc:KeyPackage>' +
  '<pskc:Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><pskc:Data><pskc:Secret><pskc:PlainValue>' +
  `${BASE64}</pskc:PlainValue></pskc:Secret></pskc:Data></pskc:Key></pskc:KeyPackage></pskc:KeyContainer>`;
const VENDOR =
  '<data><header><manufacturerCode>DN</manufacturerCode><productCode>ST</productCode><encode>HEX</encode></header>' +
  `<tokens><token><serial>1</serial><seed>${HEX}</seed></token></tokens></data>`;
const CSV = `serial,seed,counter\n1,${HEX},0\n`;

async function read(text: string, options = {}, pieceBytes = 5) {
  return collect(readSeedFile(fileOf(text, pieceBytes), options));
}

describe('a seed file', () => {
  it.each([
    ['a key container', PSKC, 'HOTP'],
    ['a key container behind its prologue', `\ufeff<?xml version="1.0"?>\n<!-- <data> -->\n${PSKC}`, 'HOTP'],
    ['a key container behind a long comment', `<!-- ${'a'.repeat(3000)} -->${PSKC}`, 'HOTP'],
    ['CSV', CSV, 'HOTP'],
    ['CSV behind a byte order mark and blanks', `\ufeff\n\n# < \n${CSV}`, 'HOTP'],
    ['the XML of the vendor', `<?xml version="1.0"?>\n${VENDOR}`, 'TOTP'],
  ])('is told from how it begins: %s', async (_what, text, kind) => {
    for (const pieceBytes of [1, 65_536]) {
      expect(await read(text, {}, pieceBytes)).toMatchObject([{ outcome: 'token', token: { serial: '1', kind } }]);
    }
  });

  it('is what it is said to be', async () => {
    await expect(read(CSV, { format: 'pskc' })).rejects.toMatchObject({ problem: 'not-xml' });
    await expect(read(PSKC, { format: 'vendor-xml' })).rejects.toMatchObject({ problem: 'root-unknown' });
    expect(await read(VENDOR, { format: 'csv' })).toMatchObject([{ outcome: 'refused' }]);
  });

  it('is refused when it is some other XML', async () => {
    await expect(read('<html><body/></html>')).rejects.toMatchObject({ problem: 'root-unknown' });
    await expect(read(`<!DOCTYPE data [<!ENTITY a "b">]>${VENDOR}`)).rejects.toMatchObject({
      problem: 'doctype-refused',
    });
  });

  it('may hold nothing, which is no token', async () => {
    expect(await read('')).toEqual([]);
  });

  it('is closed when its reader stops early', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield Buffer.from(`${CSV}${'\n'.repeat(5000)}`);
      } finally {
        closed = true;
      }
    }
    const rows = readSeedFile(source());
    await rows.next();
    await rows.return(undefined);
    expect(closed).toBe(true);
  });
});
