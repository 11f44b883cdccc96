import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestSmtpServer } from '../support/smtp-server.js';
import { eachDatabase } from '../support/test-database.js';
import { IamWorld, PBX, type RestReply } from './iam-world.js';

const CHIEF = 'harbour: light 9';
const JANE = 'jane@acme.test';
/** Waits before the further attempts at a letter (iam-rest section 6, *State machine*). */
const WAITS = [60, 300, 900];

const configuration = (relay: string, enabled = true): string => `
publicUrl: http://127.0.0.1:\${PORT}
server: { settings: { self_register_mode: poll } }
mail:
  profiles: [{ name: relay, url: "${relay}" }]
  accounts: [{ name: system, profile: relay, address: no-reply@acme.test, isSystem: true, enabled: ${enabled} }]
domains:
  - name: ${PBX}
    settings: { self_register_allowed: true }
    users:
      - { login: chief, name: Chief, email: chief@acme.test, password: "${CHIEF}" }
      - { login: jane, name: Jane Doe, email: ${JANE}, password: Old harbour 21 }
administrators:
  - { domain: ${PBX}, login: chief, role: global-admin }
`;

eachDatabase((database) => {
  let world: IamWorld;
  let relay: TestSmtpServer;

  beforeAll(async () => {
    relay = await TestSmtpServer.start();
    world = await IamWorld.start(database(), { delivery: 'relays', configuration: configuration(relay.url) });
  });
  beforeEach(() => relay.accept());
  afterAll(async () => {
    await world?.stop();
    await relay?.stop();
  });

  const asks: readonly (readonly [string, string, () => Promise<RestReply>])[] = [
    ['a registration', 'SelfRegisterRequests', () => world.register()],
    ['a recovery', 'PwdResetRequests', () => world.forgot({ key: JANE })],
  ];

  describe.each(asks)('the mail of %s', (_name, collection, ask) => {
    const record = async (): Promise<unknown> => {
      const token = await world.logIn('chief', CHIEF);
      const { body } = await world.call('GET', `model/system/${collection}?mask=status,statusText,ts,ttl`, { token });
      return body;
    };

    it('needs a system account that is switched on: 503 without, and nothing is left of the call', async () => {
      await world.begin(configuration(relay.url, false));
      const answer = await ask();
      expect([answer.status, answer.body]).toEqual([
        503,
        { error_code: 1503, error_message: 'no system mail account' },
      ]);
      expect(await record()).toEqual([]);
      expect(await database().database.query('SELECT 1 FROM orders')).toEqual([]);
    });

    it('that the relay refuses for now is tried again, and does not make the link live longer', async () => {
      await world.begin(configuration(relay.url));
      relay.refuse(451);
      expect((await ask()).status).toBe(200);
      await world.settle();
      const [before] = (await record()) as [{ ts: string }];
      expect(before).toMatchObject({ status: 'initial', statusText: expect.stringContaining('451') as string });
      relay.accept();
      world.app.clock.advance(60);
      await world.settle();
      expect(await record()).toEqual([{ ...before, status: 'sent', statusText: '' }]);
      expect(relay.mails.last?.parsed.text).toContain('/app-root/#/iam/');
    });

    it('that the relay refuses again and again is given up after three further attempts', async () => {
      await world.begin(configuration(relay.url));
      const accepted = relay.mails.all.length;
      relay.refuse(451);
      expect((await ask()).status).toBe(200);
      await world.settle();
      for (const wait of WAITS) {
        expect(await record()).toMatchObject([{ status: 'initial' }]);
        world.app.clock.advance(wait);
        await world.settle();
      }
      expect(await record()).toMatchObject([{ status: 'error', statusText: expect.stringContaining('451') as string }]);
      expect(relay.mails.all).toHaveLength(accepted);
    });

    it('that the relay refuses for good is not tried again', async () => {
      await world.begin(configuration(relay.url));
      relay.refuse(550);
      expect((await ask()).status).toBe(200);
      await world.settle();
      expect(await record()).toMatchObject([{ status: 'error', statusText: expect.stringContaining('550') as string }]);
    });
  });
});
