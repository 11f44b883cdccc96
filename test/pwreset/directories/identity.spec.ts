import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { save } from '../../support/help-desk.js';
import { startSamba } from '../../support/samba.js';
import { startSlapd } from '../../support/slapd.js';
import { activeDirectory, DirectoryWorld, openLdap } from './directory-world.js';

const FIRST = 'First-password-1';
const SECOND = 'Second-password-2';
const LIMIT = 5;

/** What the tests ask of a directory of either kind. */
interface People {
  readonly declaration: Readonly<Record<string, unknown>>;
  readonly password: string;
  /** Names under which the person with this login is found, too. */
  aliases(login: string): string[];
  add(login: string): Promise<string>;
  replace(dn: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  modify(ldif: string): Promise<void>;
  stop(): Promise<void>;
}

const attributesOf = (login: string) => ({ mail: `${login}@example.test`, mobile: '+35226000001' });

async function inOpenLdap(): Promise<People> {
  const slapd = await startSlapd({ serviceAccess: 'write' });
  return {
    declaration: openLdap(slapd),
    password: slapd.bindPassword,
    aliases: (login) => [
      login.toUpperCase(),
      `${login} `,
      `${login}@example.test`,
      `Full ${login}`,
      `full  ${login.toUpperCase()}`,
    ],
    add: (uid) => slapd.addPerson({ uid, cn: `Full ${uid}`, password: FIRST, attributes: attributesOf(uid) }),
    replace: (dn, attributes) => slapd.replace(dn, attributes),
    modify: (ldif) => slapd.modify(ldif),
    stop: () => slapd.stop(),
  };
}

async function inActiveDirectory(): Promise<People> {
  const samba = await startSamba();
  return {
    declaration: activeDirectory(samba),
    password: samba.bindPassword,
    aliases: (login) => [
      login.toUpperCase(),
      `${login}@corp.example.test`,
      `${login}@CORP.Example.Test`,
      `Full ${login}`,
      `FULL ${login}`,
    ],
    add: (login) => samba.addUser({ login, cn: `Full ${login}`, password: FIRST, attributes: attributesOf(login) }),
    replace: (dn, attributes) => samba.replace(dn, attributes),
    modify: (ldif) => samba.modify(ldif),
    stop: () => samba.stop(),
  };
}

function personsOf(part: 'openldap' | 'active-directory', start: () => Promise<People>): void {
  describeWith(part, `who a link belongs to: ${part}`, () => {
    let people: People;
    let corp: DirectoryWorld;

    beforeAll(async () => {
      people = await start();
      const settings = { link_sends_per_person_per_hour: LIMIT };
      corp = await DirectoryWorld.start([{ name: 'CORP', directory: people.declaration, settings }], {
        DIRECTORY_PASSWORD: people.password,
      });
    });
    beforeEach(() => corp.forgetAttempts());
    afterAll(async () => {
      await corp?.stop();
      await people?.stop();
    });

    it.each([
      ['mail', 'somebody.else@example.test'],
      ['mobile', '+35226999999'],
    ])('attack 12: a link is dead once the %s in the directory is another one', async (attribute, value) => {
      const login = `moved-${attribute}`;
      const dn = await people.add(login);
      const [unopened, opened] = [await corp.desk.link('CORP', login), await corp.desk.link('CORP', login)];
      const open = await corp.desk.open(opened);
      const newest = await corp.desk.link('CORP', login);
      await people.replace(dn, { [attribute]: value });
      for (const link of [unopened, newest]) {
        const page = await corp.desk.browser().get(link);
        expect(page.status).toBe(404);
        expect(page.html).toContain('This link is not valid any more');
      }
      const posted = await corp.desk.browser().post('/webapps/pwreset/', { req: newest.slice(-43) });
      expect(posted.status).toBe(404);
      expect((await save(open, SECOND)).status).toBe(404);
      expect(await corp.check('CORP', login, FIRST)).toBe('ok');
      expect(await corp.states('CORP', login)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    });

    it('attack 12: the next link goes by the new address', async () => {
      const dn = await people.add('mover');
      await corp.desk.link('CORP', 'mover');
      await people.replace(dn, { mail: 'new.address@example.test' });
      const done = await corp.desk.reset(await corp.desk.link('CORP', 'mover'), SECOND);
      expect(done.status).toBe(200);
      expect(await corp.check('CORP', 'mover', SECOND)).toBe('ok');
    });

    it('attack 19: nothing carries over to a person who is made anew with the same login', async () => {
      const dn = await people.add('phoenix');
      const open = await corp.open('CORP', 'phoenix');
      const link = await corp.desk.link('CORP', 'phoenix');
      for (let send = 2; send < LIMIT; send++) await corp.desk.link('CORP', 'phoenix');
      await people.modify(`dn: ${dn}\nchangetype: delete\n`);
      await people.add('phoenix');
      expect((await corp.desk.browser().get(link)).status).toBe(404);
      expect((await corp.desk.browser().post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(404);
      expect((await save(open, SECOND)).status).toBe(404);
      expect(await corp.check('CORP', 'phoenix', FIRST)).toBe('ok');
      expect(await corp.states('CORP', 'phoenix')).toEqual([]);
      // Nor do the links that the former one was sent count against the new one.
      for (let send = 0; send < LIMIT; send++) await corp.desk.link('CORP', 'phoenix');
    });

    it('attack 28: every name of a person counts towards one limit, and the newest link replaces the others', async () => {
      await people.add('jane');
      const names = people.aliases('jane');
      expect(names).toHaveLength(LIMIT);
      const links = [];
      for (const name of names) links.push(await corp.desk.link('CORP', name));
      for (const name of [...names, 'jane']) {
        expect(await corp.desk.call({ domain: 'CORP', username: name, method: 'NONE' })).toMatchObject({
          result: false,
        });
      }
      const statuses = [];
      for (const link of links) statuses.push((await corp.desk.browser().get(link)).status);
      expect(statuses).toEqual([404, 404, 404, 404, 200]);
    });
  });
}

personsOf('openldap', inOpenLdap);
personsOf('active-directory', inActiveDirectory);
