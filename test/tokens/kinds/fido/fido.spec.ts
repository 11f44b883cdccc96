import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { FidoAssertions } from '../../../../src/tokens/kinds/fido/fido-assertions.js';
import { FidoRegistrations, type FidoPlacement } from '../../../../src/tokens/kinds/fido/fido-registrations.js';
import type { TokenAssignment } from '../../../../src/tokens/token-assignment.entity.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachPool } from '../../../support/each-pool.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { type Services, startServices } from '../../../support/services.js';
import { type Deviation, SoftwareAuthenticator } from '../../../support/software-authenticator.js';

const ORIGIN = 'https://id.example.test';
const RIVALS = Array.from({ length: 20 }, (_, i) => i);

describe('FIDO keys', () => {
  eachPool((database) => {
    let services: Services;
    let registrations: FidoRegistrations;
    let assertions: FidoAssertions;
    let store: TokenStore;
    let domain: Domain;
    let jane: EnrolmentHolder;

    beforeEach(async () => {
      services = await startServices(database());
      registrations = services.get(FidoRegistrations);
      assertions = services.get(FidoAssertions);
      store = services.get(TokenStore);
      domain = await services.domain({ name: 'ACME' });
      await services.configure({ publicUrl: ORIGIN });
      jane = await enrolmentHolder(services, domain, { login: 'jane' });
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const newKey = (counts = true) => new SoftwareAuthenticator(ORIGIN, counts);
    const keysOf = ({ found }: EnrolmentHolder = jane) =>
      store.ofAccount(services.database.manager, found.account.id, ['FIDO']);

    async function prove(key: SoftwareAuthenticator, deviation: Deviation = {}, holder = jane) {
      return registrations.prove(holder, key.create(await registrations.begin(holder), deviation));
    }

    async function register(
      key: SoftwareAuthenticator,
      placement: FidoPlacement = {},
      holder = jane,
    ): Promise<TokenAssignment> {
      const proved = await prove(key, {}, holder);
      return services.database.transaction((tx) => registrations.finish(tx, holder, proved, placement));
    }

    const logOn = (boundTo = 'logon 1', { found }: EnrolmentHolder = jane) => ({
      accountId: found.account.id,
      domainId: domain.id,
      boundTo,
    });

    async function verify(response: unknown, holder = logOn()): Promise<string> {
      const rules = tokenRules(await services.get(Configuration).snapshot(), domain.id);
      const context = { actor: 'person', domain: domain.name };
      const verdict = await assertions.verify({ ...holder, response, rules, context });
      return verdict.ok ? 'ok' : verdict.code;
    }

    async function assert(key: SoftwareAuthenticator, deviation: Deviation = {}): Promise<string> {
      return verify(key.get(await assertions.begin(logOn()), deviation));
    }

    const refused = (code: string) => (error: unknown) => DomainError.is(error) && error.code === code;

    describe('are registered', () => {
      it('for the relying party of the public URL and an account without a name', async () => {
        const options = await registrations.begin(jane);
        expect(options).toMatchObject({
          rp: { id: 'id.example.test' },
          user: { name: 'jane' },
          attestation: 'none',
          timeout: 300_000,
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        });
        expect(Buffer.from(options.user.id, 'base64url').toString('hex')).toBe(
          jane.found.account.id.replaceAll('-', ''),
        );
      });

      it('and usable at once, named, in the first free slot, several for one person', async () => {
        await register(newKey(), { name: 'blue key' });
        await register(newKey());
        expect((await keysOf()).map(({ assignment }) => [assignment.slot, assignment.name])).toEqual([
          ['FIDO1', 'blue key'],
          ['FIDO2', null],
        ]);
        const [held] = await keysOf();
        expect(held?.token.state).toMatchObject({ attestation: 'none', transports: ['usb'], userVerified: true });
        expect(await services.audit('authenticator.added')).toHaveLength(2);
      });

      it('and named to the browser, so that the same one is not registered twice', async () => {
        const key = newKey();
        await register(key);
        const { excludeCredentials } = await registrations.begin(jane);
        expect(excludeCredentials?.map(({ id }) => id)).toEqual([key.id.toString('base64url')]);
      });

      it('to one account only', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        const key = newKey();
        await register(key);
        await expect(register(key, {}, john)).rejects.toSatisfy(refused('serial-taken'));
        await expect(register(key)).rejects.toSatisfy(refused('serial-taken'));
      });

      it('up to their number', async () => {
        await services.set('fido_slots', 1);
        await register(newKey());
        await expect(register(newKey())).rejects.toSatisfy(refused('slot-taken'));
        expect(await keysOf()).toHaveLength(1);
      });

      it('in place of another that was named', async () => {
        const { id } = await register(newKey());
        const newer = await register(newKey(), { slot: 'FIDO1', replaces: id });
        expect((await keysOf()).map(({ assignment }) => assignment.id)).toEqual([newer.id]);
      });

      it('not at an address where browsers hold no ceremonies', async () => {
        await services.configure({ publicUrl: 'http://id.example.test' });
        await expect(registrations.begin(jane)).rejects.toSatisfy(refused('feature-locked'));
      });

      it('at localhost when the public URL is a loopback address', async () => {
        await services.configure({ publicUrl: 'http://127.0.0.1:8080' });
        const options = await registrations.begin(jane);
        const key = new SoftwareAuthenticator('http://localhost:8080');
        await expect(registrations.prove(jane, key.create(options))).resolves.toBeDefined();
      });
    });

    describe('a registration is refused', () => {
      it.each<[string, Deviation]>([
        ['of another origin', { origin: 'https://evil.example.test' }],
        ['of the same host without https', { origin: 'http://id.example.test' }],
        ['for another relying party', { rpId: 'evil.example.test' }],
        ['for another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
        ['of another ceremony', { type: 'webauthn.get' }],
        ['in a frame of another site', { crossOrigin: true }],
        ['without a touch', { userPresent: false }],
      ])('%s', async (_, deviation) => {
        await expect(prove(newKey(), deviation)).rejects.toSatisfy(refused('proof-not-valid'));
        expect(await services.audit('authenticator.refused')).toMatchObject([
          { code: 'proof-not-valid', accountId: jane.found.account.id },
        ]);
      });

      it('without recognising its owner, where the domain requires it', async () => {
        await expect(prove(newKey(), { userVerified: false })).resolves.toBeDefined();
        await services.set('fido_user_verification', 'required', domain);
        await expect(prove(newKey(), { userVerified: false })).rejects.toSatisfy(refused('proof-not-valid'));
      });

      it('attack 38: when its time is over', async () => {
        const options = await registrations.begin(jane);
        services.clock.advance(300);
        await expect(registrations.prove(jane, newKey().create(options))).rejects.toSatisfy(
          refused('challenge-not-valid'),
        );
      });

      it('attack 39: when its challenge was answered once, rightly or not', async () => {
        const options = await registrations.begin(jane);
        const response = newKey().create(options);
        await expect(registrations.prove(jane, {})).rejects.toSatisfy(refused('proof-not-valid'));
        await expect(registrations.prove(jane, response)).rejects.toSatisfy(refused('challenge-not-valid'));
      });

      it('attack 8: by anybody but whose it is', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        const response = newKey().create(await registrations.begin(jane));
        await expect(registrations.prove(john, response)).rejects.toSatisfy(refused('challenge-not-valid'));
        await expect(registrations.prove({ ...jane, requestId: undefined }, response)).rejects.toSatisfy(
          refused('challenge-not-valid'),
        );
        await expect(registrations.prove(jane, response)).resolves.toBeDefined();
      });

      it('attack 7: of all but one of the ceremonies of one link', async () => {
        const responses = [];
        for (const _ of RIVALS) responses.push(newKey().create(await registrations.begin(jane)));
        const outcomes = await Promise.allSettled(
          responses.map(async (response) => {
            const proved = await registrations.prove(jane, response);
            return services.database.transaction((tx) => registrations.finish(tx, jane, proved));
          }),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
        expect((await keysOf()).length).toBeLessThanOrEqual(1);
      });

      it('attack 7: by all but one of twenty who send the same answer at once', async () => {
        const response = newKey().create(await registrations.begin(jane));
        const outcomes = await Promise.allSettled(
          RIVALS.map(async () => {
            const proved = await registrations.prove(jane, response);
            return services.database.transaction((tx) => registrations.finish(tx, jane, proved));
          }),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await keysOf()).toHaveLength(1);
      });
    });

    describe('log on', () => {
      it('with a signature, which counts as a use', async () => {
        const key = newKey();
        await register(key);
        expect(await assert(key)).toBe('ok');
        expect(await assert(key)).toBe('ok');
        const [held] = await keysOf();
        expect(held?.token).toMatchObject({ counter: '2', lastUsedAt: services.clock.now() });
        expect(held?.assignment.usageCount).toBe(2);
        expect(await services.audit('authenticator.verified')).toMatchObject([
          { detail: { authenticator: 'FIDO' } },
          { detail: { authenticator: 'FIDO' } },
        ]);
      });

      it('with a key that counts nothing', async () => {
        const key = newKey(false);
        await register(key);
        expect(await assert(key)).toBe('ok');
        expect(await assert(key)).toBe('ok');
      });

      it('with any of several', async () => {
        const keys = [newKey(), newKey(), newKey()];
        for (const key of keys) await register(key);
        const { allowCredentials } = await assertions.begin(logOn());
        expect(allowCredentials).toHaveLength(3);
        for (const key of keys) expect(await assert(key)).toBe('ok');
      });

      it('not without a key', async () => {
        await expect(assertions.begin(logOn())).rejects.toSatisfy(refused('no-usable-token'));
      });
    });

    describe('an assertion is refused', () => {
      let key: SoftwareAuthenticator;

      beforeEach(async () => {
        key = newKey();
        await register(key);
      });

      it.each<[string, Deviation]>([
        ['with another key’s signature', { forged: true }],
        ['of another origin', { origin: 'https://evil.example.test' }],
        ['for another relying party', { rpId: 'evil.example.test' }],
        ['for another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
        ['of another ceremony', { type: 'webauthn.create' }],
        ['in a frame of another site', { crossOrigin: true }],
        ['without a touch', { userPresent: false }],
        ['with the user handle of another account', { userHandle: Buffer.alloc(16).toString('base64url') }],
      ])('%s', async (_, deviation) => {
        expect(await assert(key, deviation)).toBe('proof-not-valid');
        expect(await assert(key)).toBe('ok');
      });

      it('without recognising its owner, where the domain requires it', async () => {
        await services.set('fido_user_verification', 'required', domain);
        expect(await assert(key, { userVerified: false })).toBe('proof-not-valid');
      });

      it('from a copy of the key, which the audit says', async () => {
        expect(await assert(key)).toBe('ok');
        expect(await assert(key)).toBe('ok');
        expect(await assert(key, { counter: 2 })).toBe('proof-not-valid');
        expect(await assert(key, { counter: 1 })).toBe('proof-not-valid');
        expect(await assert(key, { counter: 0 })).toBe('proof-not-valid');
        const said = await services.audit('authenticator.refused');
        expect(said.map(({ detail }) => detail?.['reason'])).toEqual(Array(3).fill('signature-counter'));
      });

      it('attack 38: when its time is over', async () => {
        const response = key.get(await assertions.begin(logOn()));
        services.clock.advance(300);
        expect(await verify(response)).toBe('challenge-not-valid');
      });

      it('attack 39: when it was shown before', async () => {
        const response = key.get(await assertions.begin(logOn()));
        expect(await verify(response)).toBe('ok');
        expect(await verify(response)).toBe('challenge-not-valid');
        await assertions.begin(logOn());
        expect(await verify(response)).toBe('proof-not-valid');
      });

      it('attack 39: by all but one of twenty who show it at once, also with a key that counts nothing', async () => {
        await services.set('authenticator_max_failures', 100);
        const silent = newKey(false);
        await register(silent);
        const response = silent.get(await assertions.begin(logOn()));
        const outcomes = await Promise.all(RIVALS.map(() => verify(response)));
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      });

      it('attack 39: by all but one of twenty sessions in which a copied key shows the same count', async () => {
        await services.set('authenticator_max_failures', 100);
        const responses = [];
        for (const rival of RIVALS) {
          const holder = logOn(`logon ${rival}`);
          responses.push({ holder, response: key.get(await assertions.begin(holder), { counter: 1 }) });
        }
        const outcomes = await Promise.all(responses.map(({ response, holder }) => verify(response, holder)));
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      });

      it('attack 8: in another session, or for another person', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        const johns = newKey();
        await register(johns, {}, john);
        const response = key.get(await assertions.begin(logOn()));
        expect(await verify(response, logOn('logon 2'))).toBe('challenge-not-valid');
        await assertions.begin(logOn('logon 1', john));
        expect(await verify(response, logOn('logon 1', john))).toBe('no-usable-token');
      });

      it('attack 41: with a key that is disabled, locked, ended or used up', async () => {
        const [held] = await keysOf();
        if (!held) throw new Error('no key');
        const { manager } = services.database;
        const stopped = async () => {
          await expect(assertions.begin(logOn())).rejects.toSatisfy(refused('no-usable-token'));
          return verify(waiting.response, waiting.holder);
        };
        const ask = async (boundTo: string) => {
          const holder = logOn(boundTo);
          return { holder, response: key.get(await assertions.begin(holder)) };
        };
        let waiting = await ask('logon 2');
        await store.setAssignmentStatus(manager, held.assignment.id, 'DISABLED');
        expect(await stopped()).toBe('no-usable-token');
        await store.setAssignmentStatus(manager, held.assignment.id, 'ACTIVE');
        waiting = await ask('logon 2');
        await store.setStatus(manager, held.token.id, 'DISABLED');
        expect(await stopped()).toBe('no-usable-token');
        await store.setStatus(manager, held.token.id, 'ACTIVE');
        expect(await assert(key)).toBe('ok');
        const response = key.get(await assertions.begin(logOn()));
        await store.end(manager, held.assignment.id, 'removed');
        expect(await verify(response)).toBe('no-usable-token');
      });

      it('attack 26: after five wrong ones, until the lock is over', async () => {
        for (let failure = 0; failure < 5; failure++) await assert(key, { forged: true });
        expect(await assert(key)).toBe('authenticator-locked');
        services.clock.advance(30 * 60);
        expect(await assert(key)).toBe('ok');
      });
    });

    describe('attack 40: whatever is sent', () => {
      const answers = fc.oneof(
        fc.anything(),
        fc.json(),
        fc.record({
          id: fc.base64String(),
          rawId: fc.base64String(),
          type: fc.constant('public-key'),
          response: fc.dictionary(
            fc.constantFrom('clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'),
            fc.anything(),
          ),
        }),
      );

      it('is a proof that is not valid, and no fault', async () => {
        await services.set('authenticator_max_failures', 100);
        await register(newKey());
        await fc.assert(
          fc.asyncProperty(answers, async (answer) => {
            await registrations.begin(jane);
            await expect(registrations.prove(jane, answer)).rejects.toSatisfy(refused('proof-not-valid'));
            await assertions.begin(logOn());
            expect(['proof-not-valid', 'no-usable-token']).toContain(await verify(answer));
          }),
          { numRuns: 10 },
        );
      });

      it('with bytes of a genuine answer changed, cut or multiplied, is a proof that is not valid', async () => {
        await services.set('authenticator_max_failures', 100);
        const key = newKey();
        await register(key);
        const bend = (text: string, [at, kind, value]: [number, number, number]) => {
          const bytes = Buffer.from(text, 'base64url');
          const place = at % bytes.length;
          if (kind === 0) bytes[place] = (bytes[place] ?? 0) ^ (value || 1);
          return (kind === 1 ? bytes.subarray(0, place) : kind === 2 ? Buffer.concat([bytes, bytes]) : bytes).toString(
            'base64url',
          );
        };
        const bends = fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 255 }));
        await fc.assert(
          fc.asyncProperty(bends, async (how) => {
            const other = newKey();
            const created = other.create(await registrations.begin(jane));
            const attestationObject = bend(created.response.attestationObject, how);
            const outcome = await registrations
              .prove(jane, { ...created, response: { ...created.response, attestationObject } })
              // A changed bit of the new public key itself, or of the model, makes another sound credential.
              .then(({ state }) => state.attestation)
              .catch((error: unknown) => (DomainError.is(error) ? error.code : error));
            expect(['none', 'proof-not-valid']).toContain(outcome);
            const got = key.get(await assertions.begin(logOn()));
            const bent = { ...got.response, authenticatorData: bend(got.response.authenticatorData, how) };
            expect(await verify({ ...got, response: bent })).toBe('proof-not-valid');
          }),
          { numRuns: 15 },
        );
      });

      it.each([
        ['a length of four gigabytes', Buffer.from('bbffffffffffffffff', 'hex')],
        ['a text of four gigabytes', Buffer.from('7b00000000ffffffff', 'hex')],
        ['an array of four gigabytes', Buffer.from('9affffffff', 'hex')],
        ['ten thousand nested arrays', Buffer.alloc(10_000, 0x81)],
        ['nothing', Buffer.from('f6', 'hex')],
      ])('is refused with %s in it', async (_, cbor) => {
        const created = newKey().create(await registrations.begin(jane));
        const response = { ...created.response, attestationObject: cbor.toString('base64url') };
        await expect(registrations.prove(jane, { ...created, response })).rejects.toSatisfy(refused('proof-not-valid'));
      });

      it('is refused above its size before it is parsed', async () => {
        const created = newKey().create(await registrations.begin(jane));
        const response = { ...created.response, attestationObject: 'A'.repeat(70_000) };
        await expect(registrations.prove(jane, JSON.stringify({ ...created, response }))).rejects.toSatisfy(
          refused('proof-not-valid'),
        );
      });
    });

    it('attack 42: leave no challenge and no key material in the audit', async () => {
      const key = newKey();
      await register(key);
      const options = await assertions.begin(logOn());
      await verify(key.get(options, { forged: true }));
      const audit = JSON.stringify(await services.audit());
      expect(audit).not.toContain(options.challenge);
      expect(audit).not.toContain(key.id.toString('base64url'));
    });
  });
});
