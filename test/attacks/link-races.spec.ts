import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeenPage } from '../support/browserless.js';
import { auditOf, messagesTo, save } from '../support/help-desk.js';
import { describeWith } from '../support/describe-with.js';
import { atOnce, AttackWorld, from, NEW_PASSWORD, OLD_PASSWORD, someAddress } from './attack-world.js';

const saved = ({ status, html }: SeenPage): boolean => status === 200 && html.includes('Your new password is set');
const isForm = ({ status, html }: SeenPage): boolean => status === 200 && html.includes('Choose a new password');

describeWith('postgresql', 'races for a link', () => {
  // One connection serves many rivals one after the other, and the last must not wait too long for it.
  describe.each([
    [1, 16],
    [20, 50],
  ])('with a pool of %i', (poolSize, rivals) => {
    let world: AttackWorld;

    beforeAll(async () => {
      world = await AttackWorld.start({ poolSize });
    });
    beforeEach(() => world.begin());
    afterAll(() => world?.stop());

    it(`attack 11: of ${rivals} who open a link at once, one gets in`, async () => {
      const link = await world.link(await world.person());
      const pages = await atOnce(rivals, () =>
        world.desk.browser(from(someAddress())).post('/webapps/pwreset/', { req: link.slice(-43) }),
      );
      expect(pages.filter(isForm)).toHaveLength(1);
      expect(pages.filter(({ status }) => status === 404)).toHaveLength(rivals - 1);
      expect(await auditOf(world.store, 'password-reset.opened')).toHaveLength(1);
    }, 120_000);

    it(`attack 11: of ${rivals} passwords sent at once, one is set, noted and noticed`, async () => {
      const person = await world.person();
      const open = await world.open(person);
      const passwords = Array.from({ length: rivals }, (_, index) => `${NEW_PASSWORD} ${index}`);
      const pages = await Promise.all(passwords.map((password) => save(open, password)));
      const winners = passwords.filter((_, index) => pages[index] && saved(pages[index]));
      expect(winners).toHaveLength(1);
      for (const { status } of pages) expect([200, 404, 422, 429]).toContain(status);
      expect(pages.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await world.opens(person, winners[0] ?? '')).toBe(true);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(false);
      expect(await auditOf(world.store, 'password-reset.completed')).toHaveLength(1);
      const notices = (await messagesTo(world.app, world.store, person.mail ?? '')).filter(({ subject }) =>
        subject?.includes('was changed'),
      );
      expect(notices).toHaveLength(1);
      expect(await world.query("SELECT state FROM one_time_requests WHERE state = 'completed'")).toHaveLength(1);
    }, 120_000);

    it('attack 17: what was open or outstanding dies with a reset, also what began in the same second', async () => {
      // The clock stands still: everything here happens in one and the same second.
      const person = await world.person();
      const opened = await world.open(person);
      const outstanding = await world.link(person);
      const openedNext = await world.desk.open(await world.link(person));
      const used = await world.link(person);
      expect(saved(await world.desk.reset(used, NEW_PASSWORD))).toBe(true);
      for (const open of [opened, openedNext]) {
        expect((await save(open, 'Another 5 boats')).status).toBe(404);
        expect((await open.browser.get('/webapps/pwreset/password')).status).toBe(404);
      }
      for (const link of [outstanding, used]) {
        expect((await world.desk.browser().get(link)).status).toBe(404);
        expect((await world.desk.open(link)).form.status).toBe(404);
      }
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
      // A link that was asked for afterwards works, in the same second too.
      expect(saved(await world.desk.reset(await world.link(person), 'Another 5 boats'))).toBe(true);
    });

    it('attack 17: no link that was made while a password was being saved outlives it', async () => {
      const person = await world.person();
      const open = await world.open(person);
      const [page, ...links] = await Promise.all([
        save(open, NEW_PASSWORD),
        ...Array.from({ length: 20 }, () => world.link(person)),
      ]);
      const [account] = await world.query<{ id: string; credential_generation: number }>(
        'SELECT id, credential_generation FROM accounts WHERE directory_key = $1',
        [person.id],
      );
      expect(account?.credential_generation).toBe(saved(page) ? 1 : 0);
      expect(await world.opens(person, NEW_PASSWORD)).toBe(saved(page));
      const live = await world.query<{ credential_generation: number }>(
        `SELECT credential_generation FROM one_time_requests WHERE account_id = $1 AND link_digest IS NOT NULL`,
        [account?.id],
      );
      expect(live.length).toBeLessThanOrEqual(1);
      for (const request of live) expect(request.credential_generation).toBe(account?.credential_generation);
      const landings = await Promise.all(links.map((link) => world.desk.browser(from(someAddress())).get(link)));
      expect(landings.filter(({ status }) => status === 200)).toHaveLength(live.length);
      expect((await open.browser.get('/webapps/pwreset/password')).status).toBe(404);
    }, 60_000);
  });
});
