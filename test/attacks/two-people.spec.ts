import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { describeWith } from '../support/describe-with.js';
import { messagesTo, save } from '../support/help-desk.js';
import { ManagerClient } from '../support/manager-client.js';
import { atOnce, AttackWorld, DOMAIN, from, NEW_PASSWORD, OLD_PASSWORD, someAddress } from './attack-world.js';

const ROUNDS = 40;

describeWith('postgresql', 'two people', () => {
  let world: AttackWorld;
  let anna: BuiltinPerson;
  let boris: BuiltinPerson;

  beforeAll(async () => {
    world = await AttackWorld.start({ poolSize: 20 });
  });
  beforeEach(async () => {
    await world.begin();
    anna = await world.person({ login: 'anna', displayName: 'Anna Amsel', mail: 'anna@acme.test', language: 'de' });
    boris = await world.person({ login: 'boris', displayName: 'Boris Buche', mail: 'boris@acme.test', language: 'fr' });
  });
  afterAll(() => world?.stop());

  it('attack 8: the one named in the form does not matter, only the one that the session belongs to', async () => {
    const open = await world.open(anna);
    const names = { username: 'boris', user: 'boris', login: 'boris', uid: 'boris', id: boris.id, account: boris.id };
    const more = { dn: `cn=boris,dc=${DOMAIN}`, domain: DOMAIN, mail: 'boris@acme.test', req: 'x'.repeat(43) };
    const passwords = { password: NEW_PASSWORD, repeated: NEW_PASSWORD };
    expect((await open.browser.submit(open.form, { ...names, ...more, ...passwords })).status).toBe(200);
    expect(await world.opens(boris, OLD_PASSWORD)).toBe(true);
    expect(await world.opens(anna, NEW_PASSWORD)).toBe(true);
    expect(await messagesTo(world.app, world.store, 'boris@acme.test')).toEqual([]);
    expect(await messagesTo(world.app, world.store, 'anna@acme.test')).toHaveLength(1);
  });

  it('attack 65: nobody gets anywhere with the form, the session or the link of somebody else', async () => {
    const [ofAnna, ofBoris] = [await world.open(anna), await world.open(boris)];
    // Anna's session with Boris' form, and the other way round.
    expect((await save({ browser: ofAnna.browser, form: ofBoris.form }, NEW_PASSWORD)).status).toBe(400);
    expect((await save({ browser: ofBoris.browser, form: ofAnna.form }, NEW_PASSWORD)).status).toBe(400);
    expect(ofAnna.form.html).not.toContain('boris');
    expect(ofBoris.form.html).not.toContain('anna');
    // Anna's browser opens Boris' next link: from then on it is Boris' session, and Anna's is left alone.
    const taken = await world.desk.open(await world.link(boris), ofAnna.browser);
    expect(taken.form.html).toContain('boris');
    expect((await save(taken, NEW_PASSWORD)).status).toBe(200);
    expect(await world.opens(boris, NEW_PASSWORD)).toBe(true);
    expect(await world.opens(anna, OLD_PASSWORD)).toBe(true);
    expect((await save(ofBoris, 'Another 5 boats')).status).toBe(404);
  });

  it('attack 68: pages asked for at the same time show each person their own', async () => {
    const links = [await world.link(anna), await world.link(boris)];
    const pages = await atOnce(2 * ROUNDS, (round) =>
      world.desk
        .browser({ ...from(someAddress()), 'accept-language': round % 2 ? 'fr' : 'de' })
        .get(links[round % 2] ?? ''),
    );
    for (const [round, { status, html, headers }] of pages.entries()) {
      const own = round % 2 ? 'Boris Buche' : 'Anna Amsel';
      const others = round % 2 ? /anna/i : /boris/i;
      expect([round, status, html.includes(own), others.test(html)]).toEqual([round, 200, true, false]);
      expect(html).toContain(round % 2 ? '<html lang="fr">' : '<html lang="de">');
      expect(headers.get('set-cookie') ?? '').not.toContain('latchkey_pwreset');
    }
  });

  it('attack 68: forms and their refusals never change hands', async () => {
    const opens = [await world.open(anna), await world.open(boris)] as const;
    const pages = await atOnce(2 * ROUNDS, (round) => {
      const open = round % 2 ? opens[1] : opens[0];
      return round % 4 < 2 ? open.browser.get('/webapps/pwreset/password') : save(open, 'short');
    });
    for (const [round, { html }] of pages.entries()) {
      expect([round, /value="(\w+)" readonly/.exec(html)?.[1]]).toEqual([round, round % 2 ? 'boris' : 'anna']);
    }
    const done = await Promise.all([save(opens[0], `${NEW_PASSWORD} A`), save(opens[1], `${NEW_PASSWORD} B`)]);
    expect(done.map(({ status }) => status)).toEqual([200, 200]);
    expect([await world.opens(anna, `${NEW_PASSWORD} A`), await world.opens(boris, `${NEW_PASSWORD} B`)]).toEqual([
      true,
      true,
    ]);
  });

  it('attack 68: calls and messages made at the same time each carry their own', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.person({ login: `p${index}`, displayName: `Person no. ${index}!`, mail: `p${index}@acme.test` }),
      ),
    );
    const keepers = [await world.administrator({ login: 'kim' }), await world.administrator({ login: 'lee' })];
    const clients = keepers.map(({ login }) => new ManagerClient(world.app.url, `${DOMAIN}\\${login}`, OLD_PASSWORD));
    const answers = await Promise.all(
      people.map(async ({ login: username }, index) =>
        clients[index % 2]?.call(
          'PwReset.Send_Request',
          { username, method: 'MAIL', comments: `for ${username}` },
          username,
        ),
      ),
    );
    for (const [index, answer] of answers.entries()) {
      expect(answer?.id).toBe(`p${index}`);
      const link = String(answer?.result);
      const { html } = await world.desk.browser(from(someAddress())).get(link);
      expect(html).toContain(`Hello Person no. ${index}!`);
      expect(html).toContain(`${DOMAIN}\\${index % 2 ? 'lee' : 'kim'}`);
      expect(html).toContain(`for p${index}`);
      const messages = await messagesTo(world.app, world.store, `p${index}@acme.test`);
      expect(messages).toHaveLength(1);
      expect(messages[0]?.text).toContain(link);
      expect(messages[0]?.text).toContain(`for p${index}`);
    }
  }, 60_000);
});
