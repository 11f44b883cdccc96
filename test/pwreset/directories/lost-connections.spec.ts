import { afterEach, expect, it, vi } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { InterruptedSubmissions } from '../../../src/core/requests/interrupted-submissions.js';
import { Outbox } from '../../../src/delivery/outbox.js';
import { describeWith } from '../../support/describe-with.js';
import { type OpenForm, save } from '../../support/help-desk.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { type Fault, TcpProxy } from '../../support/tcp-proxy.js';
import { DirectoryWorld, openLdap } from './directory-world.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';
const THIRD = 'Third-password-3';
const LETS_IN = { write: /^ok$/, manage: /^(ok|password-must-change)$/ };

describeWith('openldap', 'a connection that breaks while a password is being set', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let corp: DirectoryWorld;

  async function start(serviceAccess: 'write' | 'manage'): Promise<void> {
    slapd = await startSlapd({ serviceAccess, mustChange: true });
    proxy = await TcpProxy.start(slapd.port);
    const clear = { urls: [proxy.url], startTls: false, allowInsecure: true, operationTimeoutMs: 2_000 };
    corp = await DirectoryWorld.start([{ name: 'CORP', directory: openLdap(slapd, clear) }], {
      DIRECTORY_PASSWORD: slapd.bindPassword,
    });
  }

  afterEach(async () => {
    await corp?.stop();
    await proxy?.stop();
    await slapd?.stop();
  });

  const open = async (uid: string): Promise<OpenForm> => {
    await corp.forgetAttempts();
    await slapd.addPerson({ uid, password: FIRST, attributes: { mail: `${uid}@example.test` } });
    return corp.open('CORP', uid);
  };
  const completed = async (uid: string): Promise<boolean> =>
    (await corp.story('CORP', uid)).includes('completed success');

  it.each<[Fault, 'write' | 'manage']>([
    ['lost', 'write'],
    ['lost', 'manage'],
    ['answer-lost', 'write'],
    ['answer-lost', 'manage'],
  ])(
    'attack 54: at every request, page, audit, state and password agree: %s, %s access',
    async (fault, access) => {
      await start(access);
      for (let request = 0, beyondLast = false; !beyondLast; request++) {
        const uid = `person-${request}`;
        const opened = await open(uid);
        proxy.failAfter(request, fault);
        const page = await save(opened, SECOND);
        beyondLast = proxy.pending;
        proxy.clear();
        const done = page.status === 200;
        expect({ request, status: page.status }).toEqual({ request, status: done ? 200 : 503 });
        expect({
          request,
          state: await corp.states('CORP', uid),
          first: await corp.check('CORP', uid, FIRST),
          second: await corp.check('CORP', uid, SECOND),
          completed: await completed(uid),
        }).toEqual({
          request,
          state: [done ? 'completed' : 'opened'],
          first: done ? 'credentials-invalid' : 'ok',
          // slapd makes a password administrator's change one that must be changed, and the step that ends it may be lost.
          second: expect.stringMatching(done ? LETS_IN[access] : /^credentials-invalid$/) as string,
          completed: done,
        });
        // Where it did not work, the form that came back does.
        const last = done ? page : await save({ ...opened, form: page }, THIRD);
        expect({ request, status: last.status }).toEqual({ request, status: 200 });
      }
    },
    120_000,
  );

  it('attack 54: a directory that hangs is not waited for without end, and nothing is changed', async () => {
    await start('write');
    const opened = await open('jane');
    proxy.stalled = true;
    const page = await save(opened, SECOND);
    expect(page.status).toBe(503);
    proxy.stalled = false;
    expect(await corp.check('CORP', 'jane', FIRST)).toBe('ok');
    expect((await save({ ...opened, form: page }, SECOND)).status).toBe(200);
  }, 60_000);

  it('attack 54: when our own database fails after the directory took the password, the page does not say that nothing was changed', async () => {
    await start('write');
    const opened = await open('john');
    const outbox = vi.spyOn(corp.app.get(Outbox), 'enqueue');
    outbox.mockRejectedValueOnce(new DomainError('database-unavailable'));
    const page = await save(opened, SECOND);
    expect(page.status).toBe(503);
    expect(page.html).not.toContain('Nothing was changed');
    expect(page.html).toContain('Your account has the new password, but we could not finish on our side.');
    expect(await corp.check('CORP', 'john', SECOND)).toBe('ok');
    expect(await corp.states('CORP', 'john')).toEqual(['opened']);
    expect((await corp.story('CORP', 'john')).at(-1)).toBe('not-completed failed database-unavailable');
    expect((await save({ ...opened, form: page }, THIRD)).html).toContain('Your new password is being saved');
    corp.app.clock.advance(61);
    await corp.app.get(InterruptedSubmissions).run();
    expect(await corp.states('CORP', 'john')).toEqual(['completed']);
    expect((await corp.story('CORP', 'john')).at(-1)).toBe('completed success');
    expect(await corp.check('CORP', 'john', SECOND)).toBe('ok');
  });
});
