import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { auditOf, save } from '../support/help-desk.js';
import { AttackWorld, DOMAIN, from, NEW_PASSWORD, OLD_PASSWORD, someAddress } from './attack-world.js';

/** Texts that PostgreSQL, LDAP, JSON or UTF-8 cannot hold, or that are merely strange. */
const ODD: Record<string, string> = {
  NUL: 'a\0b',
  'a lone surrogate': 'a\ud800b',
  'two surrogates in the wrong order': '\udc00\ud800',
  'a control character': 'a\u0007\u001b[31mb',
  'a right-to-left override': '\u202efdp.exe',
  'a combining flood': `a${'\u0301'.repeat(500)}`,
  'a byte order mark': '\ufeffa',
  'a non-character': 'a\uffff',
  'ten thousand characters': 'x'.repeat(10_000),
  'line breaks': 'a\r\nSet-Cookie: x=y\r\n\r\n',
  quotes: `'"\`;--<script>\\`,
  'a replacement character': '\ufffd',
};

describeWith('postgresql', 'odd input', () => {
  let world: AttackWorld;

  beforeAll(async () => {
    world = await AttackWorld.start({ fast: true });
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const refused = (status: number): boolean => status >= 400 && status < 500;

  it.each(Object.entries(ODD))(
    'attack 63: %s is no fault in any parameter of a call, and is audited',
    async (_, odd) => {
      const { login: username } = await world.person();
      const fields = { username, domain: DOMAIN, method: 'NONE', expires: '1', comments: 'x' };
      for (const name of Object.keys(fields)) {
        const before = await auditOf(world.store);
        const body = { jsonrpc: '2.0', method: 'PwReset.Send_Request', params: { ...fields, [name]: odd }, id: odd };
        const answer = await world.desk.chief.post(JSON.stringify(body));
        const text = await answer.text();
        expect([name, refused(answer.status) || answer.status === 200]).toEqual([name, true]);
        expect([name, /Unexpected failure|-32000/.test(text)]).toEqual([name, false]);
        expect((await auditOf(world.store)).length).toBeGreaterThan(before.length);
      }
      const method = await world.desk.chief.call(`PwReset.${odd}`, {});
      expect([-32600, -32601, -32700]).toContain(method.error?.code);
    },
  );

  it.each(Object.entries(ODD))('attack 63: %s is no fault as name or password of a caller', async (_, odd) => {
    for (const [name, password] of [
      [odd, 'x'],
      [`${DOMAIN}\\${odd}`, 'x'],
      [`${odd}\\chief`, 'x'],
      ['DESK\\chief', odd],
    ] as const) {
      const { status, answer } = await world.knock(name, password);
      expect([200, 431]).toContain(status);
      expect(answer.error?.code ?? -32600).toBe(-32600);
    }
  });

  it.each(Object.entries(ODD))(
    'attack 63: %s is no fault on a page, in link, field, cookie or query',
    async (_, odd) => {
      const person = await world.person();
      const browser = world.desk.browser(from(someAddress()));
      const query = encodeURIComponent(odd.toWellFormed());
      expect((await browser.get(`/webapps/pwreset/?req=${query}`)).status).toBe(404);
      expect(
        refused((await browser.get(`/webapps/pwreset/?req=%ff%00%c0%80&lang=${query}&inline=${query}`)).status),
      ).toBe(true);
      expect(refused((await browser.post('/webapps/pwreset/', { req: odd })).status)).toBe(true);
      const cookie = `latchkey_pwreset=${query}; latchkey_pwreset_done=${query}; latchkey_lang=${query}`;
      for (const path of ['/webapps/pwreset/password', '/webapps/pwreset/done']) {
        const answer = await fetch(`${world.app.url}${path}`, { headers: { cookie, ...from(someAddress()) } });
        expect(refused(answer.status)).toBe(true);
      }
      const open = await world.open(person);
      const wrong = await open.browser.submit(open.form, { csrf: odd, password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      expect(refused(wrong.status)).toBe(true);
      // A strange password may be a good one; what must not happen is a fault, or half a change.
      const saved = await save(open, odd);
      expect(saved.status === 200 || saved.status === 422 || saved.status === 413).toBe(true);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(saved.status !== 200);
    },
  );

  it('attack 63: bytes that are no UTF-8 are no fault', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0xc0, 0x80]);
    const form = Buffer.concat([Buffer.from('req='), bytes]);
    const page = await fetch(`${world.app.url}/webapps/pwreset/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...from(someAddress()) },
      body: form,
    });
    expect(refused(page.status)).toBe(true);
    const call = await fetch(`${world.app.url}/manag/`, {
      method: 'POST',
      headers: { authorization: `Basic ${bytes.toString('base64')}`, ...from(someAddress()) },
      body: form,
    });
    expect(await call.json()).toMatchObject({ error: { code: -32600 } });
  });
});
