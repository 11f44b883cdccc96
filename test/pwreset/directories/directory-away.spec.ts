import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { save } from '../../support/help-desk.js';
import { startSamba } from '../../support/samba.js';
import { startSlapd } from '../../support/slapd.js';
import { activeDirectory, DirectoryWorld, openLdap } from './directory-world.js';
import { summaryOn } from './password-page.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';
const AWAY =
  'That has not worked yet The system that holds your account does not answer. Nothing was changed, and your session stays open. Please try again in a minute.';

/** A directory that can be stopped and comes back with what it held. */
interface Server {
  readonly declaration: Readonly<Record<string, unknown>>;
  readonly password: string;
  add(login: string): Promise<string>;
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const servers = {
  openldap: async (): Promise<Server> => {
    const slapd = await startSlapd({ serviceAccess: 'write' });
    return Object.assign(slapd, {
      declaration: openLdap(slapd),
      password: slapd.bindPassword,
      add: (uid: string) => slapd.addPerson({ uid, password: FIRST }),
    });
  },
  'active-directory': async (): Promise<Server> => {
    const samba = await startSamba();
    return Object.assign(samba, {
      declaration: activeDirectory(samba),
      password: samba.bindPassword,
      add: (login: string) => samba.addUser({ login, password: FIRST }),
    });
  },
};

function stoppedInTheMiddle(part: keyof typeof servers): void {
  describeWith(part, `a directory that goes away: ${part}`, () => {
    let server: Server;
    let corp: DirectoryWorld;

    beforeAll(async () => {
      server = await servers[part]();
      corp = await DirectoryWorld.start([{ name: 'CORP', directory: server.declaration }], {
        DIRECTORY_PASSWORD: server.password,
      });
    });
    beforeEach(() => corp.forgetAttempts());
    afterAll(async () => {
      await corp?.stop();
      await server?.stop();
    });

    it('attack 54: between the opened link and the password, it costs the person nothing but a minute', async () => {
      await server.add('jane');
      const { browser, form } = await corp.open('CORP', 'jane');
      await server.halt();
      const away = await save({ browser, form }, SECOND);
      expect([away.status, away.headers.get('retry-after')]).toEqual([503, '60']);
      expect(summaryOn(away)).toBe(AWAY);
      const reloaded = await browser.get('/webapps/pwreset/password');
      expect(reloaded.status).toBe(503);
      expect(reloaded.html).toContain('Your account cannot be reached right now');
      await server.start();
      expect(await corp.check('CORP', 'jane', FIRST)).toBe('ok');
      expect(await corp.states('CORP', 'jane')).toEqual(['opened']);
      expect(await corp.story('CORP', 'jane')).toEqual(['created success', 'opened success']);
      // The very form that was refused, as the browser still shows it.
      expect((await save({ browser, form: away }, SECOND)).status).toBe(200);
      expect(await corp.check('CORP', 'jane', SECOND)).toBe('ok');
      expect(await corp.states('CORP', 'jane')).toEqual(['completed']);
      expect((await corp.story('CORP', 'jane')).at(-1)).toBe('completed success');
    });

    it('attack 54: before the link is opened, the link stays good', async () => {
      await server.add('john');
      const link = await corp.desk.link('CORP', 'john');
      const browser = corp.desk.browser();
      const landing = await browser.get(link);
      await server.halt();
      expect((await corp.desk.browser().get(link)).status).toBe(503);
      const retry = await browser.submit(landing, {});
      expect(retry.status).toBe(503);
      expect(await corp.desk.call({ domain: 'CORP', username: 'john', method: 'NONE' })).toMatchObject({
        error: { code: -32000 },
      });
      const ready = (await (await fetch(`${corp.app.url}/readyz`)).json()) as object;
      expect(ready).toMatchObject({ status: 'degraded', directories: { ok: 1, failing: 1 } });
      await server.start();
      expect(await corp.states('CORP', 'john')).toEqual(['sent']);
      expect((await save({ browser, form: await browser.submit(retry, {}) }, SECOND)).status).toBe(200);
      expect(await corp.check('CORP', 'john', SECOND)).toBe('ok');
    });
  });
}

stoppedInTheMiddle('openldap');
stoppedInTheMiddle('active-directory');
