import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import { Challenges } from '../../../../src/tokens/challenges/challenges.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { type DeviceKey, thumbprint } from '../../../../src/tokens/kinds/push/device-key.js';
import { type PushAnswer, PushAnswers } from '../../../../src/tokens/kinds/push/push-answers.js';
import { type PushDeviceClaim, PushRegistrations } from '../../../../src/tokens/kinds/push/push-registrations.js';
import { answerText, registrationText } from '../../../../src/tokens/kinds/push/signed-texts.js';
import type { TokenChallenge } from '../../../../src/tokens/token-challenge.entity.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { type HeldToken, TokenStore } from '../../../../src/tokens/token-store.js';
import { eachPool } from '../../../support/each-pool.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { type Services, startServices } from '../../../support/services.js';

const RIVALS = Array.from({ length: 20 }, (_, i) => i);

/** A phone. */
class Device {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly key = this.keys.publicKey.export({ format: 'jwk' }) as unknown as DeviceKey;

  sign(text: string): string {
    const key = { key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  }

  claim(challenge: string): PushDeviceClaim {
    const signature = this.sign(registrationText(challenge, thumbprint(this.key)));
    return { key: this.key, signature, name: 'my phone', model: 'Pixel 9', type: 'ANDROID' };
  }
}

describe('push devices', () => {
  eachPool((database) => {
    let services: Services;
    let registrations: PushRegistrations;
    let domain: Domain;
    let jane: EnrolmentHolder;
    let phone: Device;

    beforeEach(async () => {
      services = await startServices(database());
      registrations = services.get(PushRegistrations);
      domain = await services.domain({ name: 'ACME' });
      await services.configure({});
      jane = await enrolmentHolder(services, domain, { login: 'jane' });
      phone = new Device();
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const refused = (code: string) => (error: unknown) => DomainError.is(error) && error.code === code;

    async function enrol(device = phone, holder = jane): Promise<HeldToken> {
      const proved = await registrations.prove(holder, device.claim(await registrations.begin(holder)));
      return services.database.transaction((tx) => registrations.finish(tx, holder, proved));
    }

    const put = (boundTo = 'logon 1', attemptLimit = 3): Promise<TokenChallenge> =>
      services.get(Challenges).create(services.database.manager, {
        purpose: 'push',
        scope: 'account',
        accountId: jane.found.account.id,
        boundTo,
        code: 'abc',
        seconds: 60,
        attemptLimit,
      });

    async function answer(
      { id }: { id: string },
      tokenId: string,
      fields: Partial<PushAnswer> = {},
      device = phone,
    ): Promise<string> {
      const verdict = await services.get(PushAnswers).verify({
        accountId: jane.found.account.id,
        requestId: id,
        boundTo: 'logon 1',
        tokenId,
        decision: 'approve',
        signature: device.sign(answerText(id, 'abc', 'approve')),
        rules: tokenRules(await services.get(Configuration).snapshot(), domain.id),
        context: { actor: 'person' },
        ...fields,
      });
      return verdict.ok ? 'ok' : verdict.code;
    }

    describe('are enrolled', () => {
      it('with a key that they hold, named, with their model', async () => {
        const { token, assignment } = await enrol();
        expect(token.state).toEqual({
          key: { kty: 'EC', crv: 'P-256', x: phone.key.x, y: phone.key.y },
          thumbprint: thumbprint(phone.key),
          deviceModel: 'Pixel 9',
          deviceType: 'ANDROID',
        });
        expect(assignment).toMatchObject({ slot: 'Push1', name: 'my phone', status: 'ACTIVE' });
        expect((await enrol(new Device())).assignment.slot).toBe('Push2');
      });

      it('up to their number, and once', async () => {
        await services.set('push_slots', 2);
        await enrol();
        await expect(enrol()).rejects.toSatisfy(refused('serial-taken'));
        await enrol(new Device());
        await expect(enrol(new Device())).rejects.toSatisfy(refused('slot-taken'));
      });

      it.each<[string, (claim: PushDeviceClaim) => PushDeviceClaim]>([
        ['another’s key', (claim) => ({ ...claim, key: new Device().key })],
        ['no key', (claim) => ({ ...claim, key: null })],
        [
          'a point beside the curve',
          (claim) => ({ ...claim, key: { ...(claim.key as DeviceKey), y: 'A'.repeat(43) } }),
        ],
        ['a private key', (claim) => ({ ...claim, key: { ...(claim.key as DeviceKey), d: 'A'.repeat(43) } })],
        ['a key on another curve', (claim) => ({ ...claim, key: { ...(claim.key as DeviceKey), crv: 'P-384' } })],
        ['no signature', (claim) => ({ ...claim, signature: undefined })],
        ['half a signature', (claim) => ({ ...claim, signature: String(claim.signature).slice(0, 43) })],
        ['a megabyte', (claim) => ({ ...claim, signature: 'A'.repeat(1_000_000) })],
      ])('not with %s', async (_, change) => {
        const claim = phone.claim(await registrations.begin(jane));
        await expect(registrations.prove(jane, change(claim))).rejects.toSatisfy(refused('proof-not-valid'));
        await expect(registrations.prove(jane, claim)).rejects.toSatisfy(refused('challenge-not-valid'));
      });

      it('attack 38: not when the time for it is over', async () => {
        const claim = phone.claim(await registrations.begin(jane));
        services.clock.advance(600);
        await expect(registrations.prove(jane, claim)).rejects.toSatisfy(refused('challenge-not-valid'));
      });

      it('attack 7: once by twenty who send the same claim at once', async () => {
        const claim = phone.claim(await registrations.begin(jane));
        const outcomes = await Promise.allSettled(RIVALS.map(() => registrations.prove(jane, claim)));
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });
    });

    describe('answer', () => {
      let held: HeldToken;

      beforeEach(async () => {
        held = await enrol();
      });

      it('a request once', async () => {
        const request = await put();
        expect(await answer(request, held.token.id)).toBe('ok');
        expect(await answer(request, held.token.id)).toBe('challenge-not-valid');
        expect(await services.audit('authenticator.verified')).toMatchObject([{ detail: { authenticator: 'OOBA' } }]);
      });

      it('attack 39: a request once, by twenty at once', async () => {
        await services.set('authenticator_max_failures', 100);
        const request = await put('logon 1', 50);
        const outcomes = await Promise.all(RIVALS.map(() => answer(request, held.token.id)));
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      });

      it('no, which ends the request and is written down', async () => {
        const request = await put();
        const signature = phone.sign(answerText(request.id, 'abc', 'deny'));
        expect(await answer(request, held.token.id, { decision: 'deny', signature })).toBe('denied');
        expect(await answer(request, held.token.id)).toBe('challenge-not-valid');
        expect(await services.audit('authenticator.denied')).toHaveLength(1);
      });

      it('attack 43: only the last of several requests', async () => {
        const older = await put();
        const newer = await put('logon 2');
        expect(await answer(older, held.token.id)).toBe('challenge-not-valid');
        expect(await answer(newer, held.token.id, { boundTo: 'logon 2' })).toBe('ok');
      });

      it('attack 38: not when the time of the request is over', async () => {
        const request = await put();
        services.clock.advance(60);
        expect(await answer(request, held.token.id)).toBe('challenge-not-valid');
      });

      it('attack 39: not with a signature for another request, decision or device', async () => {
        await services.set('authenticator_max_failures', 100);
        const request = await put('logon 1', 10);
        const signed = (text: string) => answer(request, held.token.id, { signature: phone.sign(text) });
        expect(await signed(answerText(randomUUID(), 'abc', 'approve'))).toBe('proof-not-valid');
        expect(await signed(answerText(request.id, 'abd', 'approve'))).toBe('proof-not-valid');
        expect(await signed(answerText(request.id, 'abc', 'deny'))).toBe('proof-not-valid');
        expect(await answer(request, held.token.id, {}, new Device())).toBe('proof-not-valid');
        expect(await answer(request, held.token.id, { decision: 'APPROVE' })).toBe('proof-not-valid');
        expect(await answer(request, held.token.id)).toBe('ok');
      });

      it('attack 26: as often as the request allows', async () => {
        const request = await put();
        for (let i = 0; i < 3; i++)
          expect(await answer(request, held.token.id, {}, new Device())).toBe('proof-not-valid');
        expect(await answer(request, held.token.id)).toBe('challenge-not-valid');
      });

      it('attack 41: not when the device is disabled, or somebody else’s', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        const johns = new Device();
        const { token } = await enrol(johns, john);
        const request = await put();
        expect(await answer(request, token.id, {}, johns)).toBe('no-usable-token');
        const store = services.get(TokenStore);
        await store.setAssignmentStatus(services.database.manager, held.assignment.id, 'DISABLED');
        expect(await answer(request, held.token.id)).toBe('no-usable-token');
      });
    });
  });
});
