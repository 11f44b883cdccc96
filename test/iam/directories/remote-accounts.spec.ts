import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/core/directory/directory.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { InterruptedSubmissions } from '../../../src/core/requests/interrupted-submissions.js';
import { describeWith } from '../../support/describe-with.js';
import { realPart } from '../../support/real-parts.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { TestClock } from '../../support/test-clock.js';
import { activeDirectory, openLdap } from '../../pwreset/directories/directory-world.js';
import { IamWorld, refusalOf } from '../iam-world.js';

const CORP = 'corp.example.test';
const NEW = 'Tq7_lake.9';

/** A directory that runs, and how the configuration file names it. */
interface Running {
  readonly declaration: Readonly<Record<string, unknown>>;
  readonly password: string;
  stop(): Promise<void>;
}

async function startOpenLdap(): Promise<Running> {
  const slapd: Slapd = await startSlapd({ serviceAccess: 'write', keepsPeople: true });
  const declaration = openLdap(slapd, { attributes: { displayName: 'displayName' }, loginAttributes: ['uid'] });
  return { declaration, password: slapd.bindPassword, stop: () => slapd.stop() };
}

async function startActiveDirectory(): Promise<Running> {
  const samba: Samba = await startSamba();
  const account = { bindDn: samba.adminDn, baseDn: samba.peopleDn };
  return { declaration: activeDirectory(samba, account), password: samba.adminPassword, stop: () => samba.stop() };
}

const configurationOf = ({ declaration }: Running): string => `
publicUrl: http://127.0.0.1:\${PORT}
server: { settings: { self_register_mode: poll } }
directories: ${JSON.stringify([{ name: 'corp', ...declaration }])}
domains:
  - name: ${CORP}
    directory: corp
    settings:
      self_register_allowed: true
      self_register_template: { opts: { roles: [user] } }
      pwd_policy: { min_length: 8, classes: 1 }
  - name: RCDEVSDOCS
    users:
      - { login: administrator, name: Administrator, email: administrator@example.test, password: password }
administrators:
  - { domain: RCDEVSDOCS, login: administrator, role: global-admin }
`;

const KINDS = [
  ['OpenLDAP', 'openldap', startOpenLdap],
  ['Active Directory', 'active-directory', startActiveDirectory],
] as const;

describe.each(KINDS)('accounts in %s', (_title, part, start) => {
  describeWith(part, 'made, recovered and kept by the IAM surface', () => {
    let running: Running;
    let database: TestDatabase;
    let world: IamWorld;

    beforeAll(async () => {
      running = await start();
      database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
      world = await IamWorld.start(database, {
        // Directories write their own time into what they keep.
        clock: new TestClock(new Date()),
        configuration: configurationOf(running),
        variables: { DIRECTORY_PASSWORD: running.password },
      });
    });
    afterAll(async () => {
      await world?.stop();
      await database?.stop();
      await running?.stop();
    });

    const person = async (login: string): Promise<Person | undefined> => {
      const { directory } = await world.person(login, CORP);
      return directory.findByLogin(login);
    };
    const check = async (login: string, password: string): Promise<unknown> => {
      const { directory, person } = await world.person(login, CORP);
      return directory.verifyPassword(person, plainSecret(password));
    };
    const register = async (login: string): Promise<string> => {
      const email = `${login}@example.test`;
      expect((await world.register({ domain: CORP, login, name: 'Mara Клод', email })).status).toBe(200);
      return world.linkId('self_register', email);
    };

    it('the whole path: registration, log-in, recovery, log-in', async () => {
      const id = await register('mara');
      const done = await world.confirm(id, 'ew!hIb3V');
      expect([done.status, done.body['user']]).toEqual([200, { domain: CORP, login: 'mara' }]);
      expect(await person('mara')).toMatchObject({
        displayName: 'Mara Клод',
        mail: 'mara@example.test',
        disabled: false,
      });
      const token = await world.logIn('mara', 'ew!hIb3V', CORP);
      const self = await world.call('GET', 'iam/users/current', { token });
      expect(self.body).toMatchObject({
        login: 'mara',
        opts: { roles: ['user'], self_registered: true, email: 'mara@example.test', isblocked: false },
      });
      expect(refusalOf(await world.confirm(id))).toEqual([404, 1404]);
      expect(refusalOf(await world.register({ domain: CORP, login: 'MARA' }))).toEqual([412, 1501, 'login']);

      await world.forgot({ key: 'mara@example.test' });
      const recovery = await world.linkId('pwd_reset', 'mara@example.test');
      expect((await world.recover(recovery, NEW)).status).toBe(200);
      expect((await world.call('GET', 'iam/sessions/current', { token })).status).toBe(401);
      expect(await check('mara', NEW)).toEqual({ ok: true });
      expect(await check('mara', 'ew!hIb3V')).toMatchObject({ ok: false });
      expect(refusalOf(await world.recover(recovery, NEW))).toEqual([404, 1404]);
    });

    it('attack 11: one of many confirmations of one link makes the account, with its own password', async () => {
      const id = await register('once');
      const passwords = Array.from({ length: 16 }, (_, index) => `Racer_pw-${index}x`);
      const answers = await Promise.all(passwords.map((pwd) => world.confirm(id, pwd)));
      const won = answers.flatMap(({ status }, index) => (status === 200 ? [passwords[index] ?? ''] : []));
      expect(won).toHaveLength(1);
      expect(await check('once', won[0] ?? '')).toEqual({ ok: true });
    });

    it('attack 11: of many who want one login exactly one gets it', async () => {
      const ids: string[] = [];
      for (let rival = 0; rival < 8; rival++) {
        const email = `rival${rival}@example.test`;
        expect((await world.register({ domain: CORP, login: 'wanted', name: `R ${rival}`, email })).status).toBe(200);
        ids.push(await world.linkId('self_register', email));
      }
      const answers = await Promise.all(ids.map((id, rival) => world.confirm(id, `Rival_pw-${rival}x`)));
      const won = answers.flatMap(({ status }, rival) => (status === 200 ? [rival] : []));
      expect(won).toHaveLength(1);
      const others = answers.filter(({ status }) => status !== 200).map(refusalOf);
      expect(others).toEqual(Array.from({ length: 7 }, () => [412, 1501, 'login']));
      const [winner = -1] = won;
      expect(await person('wanted')).toMatchObject({ mail: `rival${winner}@example.test`, disabled: false });
      expect(await check('wanted', `Rival_pw-${winner}x`)).toEqual({ ok: true });
    });

    it('attack 54: an account that was made before its process died ends the request', async () => {
      const id = await register('half');
      const email = 'half@example.test';
      const { directory } = await world.person('mara', CORP);
      await directory.registry?.create({
        login: 'half',
        displayName: 'Half',
        mail: email,
        password: plainSecret('ew!hIb3V'),
      });
      await database.database.query(`UPDATE one_time_requests SET claimed_at = $1 WHERE login = 'half'`, [
        world.app.clock.in(-61),
      ]);
      await world.app.get(InterruptedSubmissions).run();
      expect(refusalOf(await world.confirm(id))).toEqual([404, 1404]);
      expect(await database.database.query(`SELECT state FROM one_time_requests WHERE login = 'half'`)).toEqual([
        { state: 'completed' },
      ]);
    });

    it('attack 54: nothing is left of an account whose request ended meanwhile', async () => {
      const id = await register('undone');
      // As if the claim had been taken for lost at the very moment of the completion.
      await database.database.query(`
        CREATE OR REPLACE FUNCTION refuse_completion() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN RETURN NULL; END $$`);
      await database.database.query(`
        CREATE TRIGGER refuse BEFORE UPDATE ON one_time_requests FOR EACH ROW
        WHEN (NEW.state = 'completed' AND NEW.login = 'undone') EXECUTE FUNCTION refuse_completion()`);
      expect(refusalOf(await world.confirm(id))).toEqual([404, 1404]);
      await database.database.query('DROP TRIGGER refuse ON one_time_requests');
      await expect(person('undone')).rejects.toMatchObject({ code: 'account-not-found' });
      expect((await world.confirm(id)).status).toBe(200);
    });

    it('a password that the directory refuses is told, and costs nothing but the try', async () => {
      const id = await register('tried');
      await world.set('pwd_policy', 'directory', CORP);
      expect(refusalOf(await world.confirm(id, 'a'))).toEqual([412, 1501, 'pwd']);
      await expect(person('tried')).rejects.toMatchObject({ code: 'account-not-found' });
      expect((await world.confirm(id, NEW)).status).toBe(200);
    });

    it('administrators list, invite, change and remove its users', async () => {
      const token = await world.administrator();
      const at = `?domain=${CORP}`;
      const made = await world.call('POST', `iam/users${at}`, {
        token,
        body: { login: 'visitor', name: 'Guest One', opts: { email: 'visitor@example.test', roles: ['guest'] } },
      });
      expect([made.status, made.body]).toMatchObject([200, { login: 'visitor', opts: { roles: ['guest'] } }]);
      const userid = String(made.body['id']);
      await world.call('POST', 'iam/invites', { token, body: { userid, domain: CORP } });
      const invitation = await world.linkId('invite', 'visitor@example.test');
      const taken = await world.call('PATCH', `iam/invites/${invitation}`, { body: { pwd: NEW, login: 'other' } });
      expect(refusalOf(taken)).toEqual([412, 1501, 'login']);
      expect((await world.call('PATCH', `iam/invites/${invitation}`, { body: { pwd: NEW } })).status).toBe(200);
      expect(await world.logIn('visitor', NEW, CORP)).toMatch(/-/);
      const changed = await world.call('PATCH', `iam/users/${userid}${at}`, {
        token,
        body: { name: 'Guest Two', opts: { tags: ['vip'] } },
      });
      expect(changed.body).toMatchObject({ name: 'Guest Two', opts: { roles: ['guest'], tags: ['vip'] } });
      const filter = encodeURIComponent('{"opts.tags":"vip"}');
      const listed = await world.call('GET', `iam/users${at}&filter=${filter}&mask=login`, { token });
      expect(listed.body).toEqual([{ login: 'visitor' }]);
      expect((await world.call('DELETE', `iam/users/${userid}${at}`, { token })).status).toBe(200);
      expect((await world.call('GET', `iam/users/${userid}${at}`, { token })).status).toBe(404);
    });
  });
});
