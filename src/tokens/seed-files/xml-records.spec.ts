import { describe, expect, it } from 'vitest';
import { collect, fileOf } from '../../../test/support/streams.js';
import { readPskc } from './pskc-reader.js';
import { readXmlRecords } from './xml-records.js';

const GOOD = '<KeyContainer Version="1.0"><KeyPackage><Key Id="1"/></KeyPackage></KeyContainer>';

async function read(text: string) {
  return collect(readXmlRecords(fileOf(text), ['KeyContainer/KeyPackage']));
}

/** A file that goes on and on: what is read before it is refused tells how much was kept. */
function endless(start: string, again: string) {
  const state = { given: 0 };
  async function* source() {
    yield Buffer.from(start);
    const piece = Buffer.from(again.repeat(Math.ceil(65_536 / again.length)));
    for (; state.given < 1_000_000_000; state.given += piece.length) yield piece;
  }
  return { state, source: source() };
}

describe('XML records', () => {
  it('are read with their attributes, texts and lines, in pieces of any size', async () => {
    const text =
      '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><c xmlns="urn:x" xmlns:p="urn:y" v="1"><h>\n one </h>\n' +
      '<p:r\n a="&lt;2&#x41;"><x> 3 <!-- c --> 4</x><x><![CDATA[5]]></x><y/></p:r><r/></c>';
    for (const piece of [1, 7, 65_536]) {
      const records = await collect(readXmlRecords(fileOf(text, piece), ['c/r']));
      expect(records.map(({ line }) => line)).toEqual([4, 5]);
      const [first] = records;
      expect(first?.header.one('c@v')).toBe('1');
      expect(first?.header.one('c/h')).toBe('one');
      expect(first?.fields.one('@a')).toBe('<2A');
      expect(first?.fields.all('x')).toEqual([' 3  4', '5']);
      expect(() => first?.fields.one('x')).toThrow('more than once');
      expect(first?.fields.one('y')).toBeUndefined();
      expect([first?.fields.has('x'), first?.fields.has('z'), first?.fields.has('')]).toEqual([true, false, true]);
    }
  });

  it.each([
    ['an external entity', '<!DOCTYPE KeyContainer [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['an external subset', '<!DOCTYPE KeyContainer SYSTEM "http://127.0.0.1:1/x.dtd">'],
    ['a parameter entity', '<!DOCTYPE KeyContainer [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>'],
    [
      'a billion laughs',
      `<!DOCTYPE KeyContainer [<!ENTITY a0 "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`,
    ],
    ['an empty document type', '<!DOCTYPE KeyContainer>'],
    ['a quadratic blow-up', `<!DOCTYPE KeyContainer [<!ENTITY a "${'a'.repeat(50_000)}">]>`],
  ])('attack 55: are refused behind %s', async (_what, doctype) => {
    const text = `<?xml version="1.0"?>${doctype}${GOOD.replace('<Key ', '<Key Name="x">&a9;&x;</Key><Key ')}`;
    await expect(read(text)).rejects.toMatchObject({ problem: 'doctype-refused', line: 1 });
    await expect(collect(readPskc(fileOf(text)))).rejects.toMatchObject({ problem: 'doctype-refused' });
  });

  it.each([
    ['an unknown entity', GOOD.replace('<Key ', '&xxe;<Key ')],
    ['an entity in an attribute', GOOD.replace('"1"/', '"&xxe;"/')],
    ['a NUL', GOOD.replace('<Key ', '&#0;<Key ')],
    ['a stray document type', GOOD.replace('<Key ', '<!DOCTYPE x><Key ')],
    ['an unbound prefix', GOOD.replace('<Key ', '<x:y/><Key ')],
    ['the same attribute twice', GOOD.replace('Id="1"', 'Id="1" Id="2"')],
    ['two roots', GOOD + GOOD],
    ['no end', GOOD.slice(0, -1)],
    ['nothing', ''],
  ])('attack 55: are refused with %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'SeedFileError' });
  });

  it.each([
    ['a deep nesting', 'too-deep', '<KeyContainer>', '<a>'],
    ['a huge text', 'too-large', '<KeyContainer>', 'a'],
    ['a huge text of references', 'too-large', '<KeyContainer>', '&#65;'],
    ['a huge section', 'too-large', '<KeyContainer><![CDATA[', 'a'],
    ['a huge comment', 'too-large', '<KeyContainer><!--', 'a'],
    ['a huge instruction', 'too-large', '<KeyContainer><?a ', 'a'],
    ['a huge name', 'too-large', '<KeyContainer><', 'a'],
    ['a huge attribute', 'too-large', '<KeyContainer a="', 'a'],
    ['a huge attribute name', 'too-large', '<KeyContainer ', 'a'],
    ['a huge document type', 'too-large', '<!DOCTYPE a [', '<!ENTITY a "a">'],
    ['a huge record', 'too-large', '<KeyContainer><KeyPackage>', '<a>1</a>'],
    ['a huge header', 'too-large', '<KeyContainer>', '<a>1</a>'],
    ['huge blanks', 'too-large', '<KeyContainer>', ' '],
  ])('attack 55: are refused after little of %s was read', async (_what, problem, start, again) => {
    const { state, source } = endless(start, again);
    await expect(collect(readXmlRecords(source, ['KeyContainer/KeyPackage']))).rejects.toMatchObject({ problem });
    expect(state.given).toBeLessThan(400_000);
  });

  it('attack 55: are refused with many attributes', async () => {
    const attributes = Array.from({ length: 33 }, (_, i) => `a${i}="1"`).join(' ');
    await expect(read(GOOD.replace('Id="1"', attributes))).rejects.toMatchObject({ problem: 'too-large' });
  });

  it.each(['ISO-8859-1', 'UTF-16', 'UTF-7'])('are refused in %s', async (encoding) => {
    await expect(read(`<?xml version="1.0" encoding="${encoding}"?>${GOOD}`)).rejects.toMatchObject({
      problem: 'not-utf8',
    });
  });

  it('are refused when their bytes are no UTF-8', async () => {
    async function* source() {
      yield Buffer.from(GOOD.replace('"1"', '"\xe9"'), 'latin1');
    }
    await expect(collect(readXmlRecords(source(), ['KeyContainer/KeyPackage']))).rejects.toMatchObject({
      problem: 'not-utf8',
    });
  });
});
