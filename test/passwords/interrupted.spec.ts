import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { InterruptedSubmissions } from '../../src/core/requests/interrupted-submissions.js';
import { RequestExpiry } from '../../src/core/requests/request-expiry.js';
import { NEW_PASSWORD, OLD_PASSWORD, type ResetWorld, startResetWorld } from '../pwreset/services/reset-world.js';
import { eachPool } from '../support/each-pool.js';
import { type Services, startServices } from '../support/services.js';

/** The directory's clock goes wrong by a quarter of an hour. */
const AHEAD = 900_000;

describe('a password change whose process died after the directory had taken the password', () => {
  eachPool((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
      const { clock, directory } = world.services;
      directory.time = () => new Date(clock.now().getTime() + AHEAD);
      directory.change(world.remoteJane, { passwordChangedAt: directory.time() });
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    const run = (services: Services = world.services) => services.get(InterruptedSubmissions).run();
    const held = () => world.services.directory.people.get(world.remoteJane.key);
    const sent = () => world.services.outbox.messages();
    const completions = () => world.services.audit('password-reset.completed');

    /** As far as the directory's answer, a second after the person was found; then nothing more comes. */
    async function interrupted(): Promise<string> {
      const session = await world.opened({ domain: 'CORP' });
      world.services.directory.before = (step) => {
        if (step === 'setPassword') world.services.clock.advance(1);
      };
      world.services.outbox.beforeEnqueue = () => {
        throw new DomainError('database-unavailable');
      };
      await expect(world.submit(session)).rejects.toMatchObject({ code: 'change-not-completed' });
      repair();
      return session;
    }

    function repair(): void {
      world.services.directory.before = () => undefined;
      world.services.outbox.beforeEnqueue = () => undefined;
    }

    it('attack 54: is completed as it would have been: audit, notice, generation, other requests', async () => {
      await interrupted();
      const [request] = await world.requests();
      expect(request).toMatchObject({ state: 'opened', claimedAt: expect.any(Date) as Date });
      world.services.clock.advance(61);
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'completed', claimedAt: null, endReason: null }]);
      expect(await completions()).toMatchObject([
        {
          outcome: 'success',
          actor: 'person',
          clientAddress: '192.0.2.9',
          target: world.remoteJane.dn,
          requestId: request?.id,
          detail: { directory: 'openldap', interrupted: true },
        },
      ]);
      expect(await sent()).toMatchObject([{ purpose: 'password-changed', requestId: request?.id }]);
      expect(await world.services.database.query('SELECT credential_generation AS g FROM accounts')).toEqual([
        { g: 1 },
      ]);
      expect(held()?.password).toBe(NEW_PASSWORD);
    });

    it('attack 54: is completed once by any number of processes', async () => {
      await interrupted();
      world.services.clock.advance(61);
      const others = await Promise.all(
        Array.from({ length: 4 }, () => startServices(database(), { clock: world.services.clock })),
      );
      for (const { directory } of others) directory.add(held());
      const all = [world.services, ...others];
      await Promise.all(all.flatMap((services) => Array.from({ length: 4 }, () => run(services))));
      expect(await completions()).toHaveLength(1);
      expect(await sent()).toHaveLength(1);
      expect(await world.services.database.query('SELECT credential_generation AS g FROM accounts')).toEqual([
        { g: 1 },
      ]);
      await Promise.all(others.map((services) => services.close()));
    });

    it('attack 54: is left alone while its process may still be about it', async () => {
      await interrupted();
      world.services.clock.advance(58);
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: expect.any(Date) as Date }]);
      expect(await completions()).toEqual([]);
    });

    it('attack 54: is not sent to the directory a second time, which may find it too young', async () => {
      const session = await interrupted();
      expect(await world.submit(session, 'another horse 3 C')).toMatchObject({
        problems: [{ code: 'change-in-progress' }],
      });
      world.services.clock.advance(61);
      expect(await world.submit(session, 'another horse 3 C')).toEqual({ kind: 'session-ended' });
      expect(world.services.directory.passwords).toEqual([NEW_PASSWORD]);
      expect(await completions()).toHaveLength(1);
      expect(await sent()).toHaveLength(1);
    });

    it('attack 54: gives the claim back when the directory did not take it', async () => {
      const session = await interrupted();
      world.services.directory.change(world.remoteJane, {
        password: OLD_PASSWORD,
        passwordChangedAt: world.remoteJane.passwordChangedAt,
      });
      world.services.clock.advance(61);
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: null }]);
      expect(await sent()).toEqual([]);
      expect((await world.submit(session)).kind).toBe('done');
    });

    it('attack 54: is not taken for done by what another tool did before it began', async () => {
      const session = await world.opened({ domain: 'CORP' });
      world.services.clock.advance(30);
      world.services.directory.change(world.remoteJane, { passwordChangedAt: world.services.directory.time() });
      const [opened] = await world.requests();
      world.services.directory.before = (step) => {
        if (step !== 'setPassword') return;
        throw new Error('the process dies here');
      };
      await expect(world.submit(session)).rejects.toThrow('the process dies here');
      repair();
      // As if it had not been able to give the claim back.
      await world.services.database.query('UPDATE one_time_requests SET claimed_at = $1', [world.services.clock.now()]);
      world.services.clock.advance(61);
      await run();
      expect(await world.requests()).toMatchObject([{ id: opened?.id, state: 'opened', claimedAt: null }]);
      expect(await completions()).toEqual([]);
      expect(await sent()).toEqual([]);
    });

    it('attack 54: is completed whatever other tool changed the password after it began: the links must die', async () => {
      await interrupted();
      world.services.clock.advance(61);
      world.services.directory.change(world.remoteJane, {
        password: 'set by hand',
        passwordChangedAt: world.services.directory.time(),
      });
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'completed' }]);
      expect(await sent()).toHaveLength(1);
    });

    it('attack 54: may be sent again after a minute where the directory does not tell when passwords were changed', async () => {
      world.services.directory.time = () => undefined;
      world.services.directory.change(world.remoteJane, { passwordChangedAt: undefined });
      const session = await interrupted();
      world.services.clock.advance(61);
      expect((await world.submit(session, 'another horse 3 C')).kind).toBe('done');
      expect(held()?.password).toBe('another horse 3 C');
      expect(await completions()).toHaveLength(1);
    });

    it('attack 54: waits for a directory that is away, longer than a page session lasts', async () => {
      await interrupted();
      world.services.directory.before = () => {
        throw new DomainError('directory-unavailable');
      };
      for (const seconds of [61, 3_600, 80_000]) {
        world.services.clock.advance(seconds);
        await world.services.get(RequestExpiry).run();
        await run();
        expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: expect.any(Date) as Date }]);
      }
      repair();
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'completed' }]);
    });

    it('is given up after a day without its directory', async () => {
      await interrupted();
      world.services.clock.advance(86_401);
      await world.services.get(RequestExpiry).run();
      expect(await world.requests()).toMatchObject([{ state: 'abandoned', claimedAt: null }]);
    });

    it('attack 12: is completed although a newer link was made meanwhile, which dies with everything else', async () => {
      await interrupted();
      world.services.clock.advance(61);
      await world.send({ domain: 'CORP' });
      expect(await world.requests()).toMatchObject([{ state: 'opened', endReason: 'superseded' }, { state: 'sent' }]);
      await run();
      expect(await world.requests()).toMatchObject([
        { state: 'completed', endReason: null },
        { state: 'cancelled', endReason: 'password-changed' },
      ]);
      expect(await completions()).toHaveLength(1);
    });

    it('lifts a lock as the submission would have', async () => {
      world.services.directory.change(world.remoteJane, { locked: true });
      await interrupted();
      world.services.clock.advance(61);
      await run();
      expect(held()?.locked).toBe(false);
    });

    it('attack 54: gives back a claim in our own directory, where nothing can have been changed', async () => {
      const session = await world.opened();
      await world.services.database.query('UPDATE one_time_requests SET claimed_at = $1', [world.services.clock.now()]);
      await world.services.database.query('UPDATE builtin_people SET password_changed_at = $1', [
        new Date(world.services.clock.now().getTime() + AHEAD),
      ]);
      world.services.clock.advance(61);
      await run();
      expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: null }]);
      expect(await completions()).toEqual([]);
      expect((await world.submit(session)).kind).toBe('done');
    });

    it('attack 54: is completed by its own process when that was only slow, and its claim given back too early', async () => {
      const session = await world.opened({ domain: 'CORP' });
      world.services.directory.before = async (step) => {
        if (step !== 'setPassword') return;
        world.services.directory.before = () => undefined;
        world.services.clock.advance(61);
        await run();
        expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: null }]);
      };
      expect((await world.submit(session)).kind).toBe('done');
      expect(await world.requests()).toMatchObject([{ state: 'completed' }]);
      expect(await completions()).toHaveLength(1);
      expect(await sent()).toHaveLength(1);
    });
  });
});
