import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { realPart } from '../support/real-parts.js';
import { type Samba, startSamba } from '../support/samba.js';
import { type Slapd, startSlapd } from '../support/slapd.js';
import { TestClock } from '../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { activeDirectory, openLdap } from '../pwreset/directories/directory-world.js';
import { openLdapWorld, activeDirectoryWorld } from '../support/directory-worlds.js';
import { AccountWorld } from './account-world.js';

const CORP = 'corp.example.test';
const OLD = 'Old_lake-7.9';
const NEW = 'Tq7_lake.9';
const passwordOf = (rival: number): string => `Tq7_lake.${rival}${rival}`;
const KIM = { domain: CORP, login: 'kim', password: OLD };

/** A directory that runs, with kim in it, and how the configuration file names it. */
interface Running {
  readonly declaration: Readonly<Record<string, unknown>>;
  readonly password: string;
  stop(): Promise<void>;
}

const PERSON = { login: 'kim', lastName: 'Kim', displayName: 'Kim', mail: 'kim@example.test', password: OLD } as const;

async function startOpenLdap(): Promise<Running> {
  const slapd: Slapd = await startSlapd({ serviceAccess: 'write', keepsPeople: true });
  await openLdapWorld(slapd).add({ firstName: undefined, mobile: undefined, ...PERSON });
  const declaration = openLdap(slapd, { attributes: { displayName: 'displayName' }, loginAttributes: ['uid'] });
  return { declaration, password: slapd.bindPassword, stop: () => slapd.stop() };
}

async function startActiveDirectory(): Promise<Running> {
  const samba: Samba = await startSamba();
  await activeDirectoryWorld(samba).add({ firstName: undefined, mobile: undefined, ...PERSON });
  const account = { bindDn: samba.adminDn, baseDn: samba.peopleDn };
  return { declaration: activeDirectory(samba, account), password: samba.adminPassword, stop: () => samba.stop() };
}

const configurationOf = ({ declaration }: Running): string => `
publicUrl: http://127.0.0.1:\${PORT}
directories: ${JSON.stringify([{ name: 'corp', ...declaration }])}
domains:
  - name: ${CORP}
    directory: corp
    settings:
      pwd_policy: { min_length: 8, classes: 1 }
`;

const KINDS = [
  ['OpenLDAP', 'openldap', startOpenLdap],
  ['Active Directory', 'active-directory', startActiveDirectory],
] as const;

describe.each(KINDS)('people of %s', (_title, part, start) => {
  describeWith(part, 'at /account', () => {
    let running: Running;
    let database: TestDatabase;
    let world: AccountWorld;
    /** The password that kim has by now. */
    let current = NEW;

    beforeAll(async () => {
      running = await start();
      database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
      world = await AccountWorld.start(database, {
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

    it('attack 17: change their own password; this session goes on, the others end', async () => {
      const [visitor, other] = [await world.signedIn(KIM), await world.signedIn(KIM)];
      const form = await visitor.get('/account/password');
      expect(form.body).toContain('What your new password needs');
      const changed = await visitor.press('/account/password', '/account/password', { password: NEW, repeated: NEW });
      expect([changed.status, changed.location]).toEqual([303, '/account']);
      expect((await visitor.get('/account')).body).toContain('Your password is changed.');
      expect((await other.get('/account')).location).toBe('/account/login');
      expect((await world.visitor().logIn({ ...KIM, password: NEW })).status).toBe(303);
      expect((await world.visitor().logIn(KIM)).status).toBe(401);
    });

    it('attack 11: of many changes in sessions with one old password, one is made', async () => {
      const visitors = [];
      for (let rival = 0; rival < 8; rival++) visitors.push(await world.signedIn({ ...KIM, password: NEW }));
      const changes = visitors.map(async (visitor, rival) => {
        const password = passwordOf(rival);
        const { location } = await visitor.press('/account/password', '/account/password', {
          password,
          repeated: password,
        });
        return location === '/account';
      });
      const made = await Promise.all(changes);
      expect(made.filter(Boolean)).toHaveLength(1);
      current = passwordOf(made.indexOf(true));
      expect((await world.visitor().logIn({ ...KIM, password: current })).status).toBe(303);
      const alive = [];
      for (const visitor of visitors) alive.push((await visitor.get('/account')).status === 200);
      expect(alive).toEqual(made);
    });

    it('confirm with the password of the directory', async () => {
      const visitor = await world.signedIn({ ...KIM, password: current });
      world.iam.app.clock.advance(600);
      expect((await visitor.get('/account/password')).status).toBe(303);
      expect((await visitor.confirm('wrong', '/account/password')).status).toBe(422);
      expect((await visitor.confirm(current, '/account/password')).location).toBe('/account/password');
    });
  });
});
