import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { type DeviceKey, thumbprint } from '../../../../src/tokens/kinds/push/device-key.js';
import { type PushDeviceClaim, PushRegistrations } from '../../../../src/tokens/kinds/push/push-registrations.js';
import type { HeldToken } from '../../../../src/tokens/token-store.js';
import { eachPool } from '../../../support/each-pool.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { type Services, startServices } from '../../../support/services.js';
import { SoftwarePushDevice } from '../../../support/software-push-device.js';

const RIVALS = Array.from({ length: 20 }, (_, i) => i);

describe('push devices', () => {
  eachPool((database) => {
    let services: Services;
    let registrations: PushRegistrations;
    let domain: Domain;
    let jane: EnrolmentHolder;
    let phone: SoftwarePushDevice;

    beforeEach(async () => {
      services = await startServices(database());
      registrations = services.get(PushRegistrations);
      domain = await services.domain({ name: 'ACME' });
      await services.configure({});
      jane = await enrolmentHolder(services, domain, { login: 'jane' });
      phone = new SoftwarePushDevice();
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
        expect((await enrol(new SoftwarePushDevice())).assignment.slot).toBe('Push2');
      });

      it('up to their number, and once', async () => {
        await services.set('push_slots', 2);
        await enrol();
        await expect(enrol()).rejects.toSatisfy(refused('serial-taken'));
        await enrol(new SoftwarePushDevice());
        await expect(enrol(new SoftwarePushDevice())).rejects.toSatisfy(refused('slot-taken'));
      });

      it.each<[string, (claim: PushDeviceClaim) => PushDeviceClaim]>([
        ['another’s key', (claim) => ({ ...claim, key: new SoftwarePushDevice().key })],
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
  });
});
