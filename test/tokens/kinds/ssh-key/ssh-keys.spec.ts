import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { fingerprint, sshPublicKey } from '../../../../src/tokens/kinds/ssh-key/ssh-public-key.js';
import { type SshKeyLimits, SshKeys } from '../../../../src/tokens/kinds/ssh-key/ssh-keys.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachPool } from '../../../support/each-pool.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { type Services, startServices } from '../../../support/services.js';

const KEY = sshPublicKey(generateKeyPairSync('ed25519').publicKey);
const OTHER = sshPublicKey(generateKeyPairSync('ed25519').publicKey);
const DAY = 86_400;

describe('SSH keys', () => {
  eachPool((database) => {
    let services: Services;
    let keys: SshKeys;
    let domain: Domain;
    let jane: EnrolmentHolder;

    beforeEach(async () => {
      services = await startServices(database());
      keys = services.get(SshKeys);
      domain = await services.domain({ name: 'ACME' });
      await services.configure({});
      jane = await enrolmentHolder(services, domain, { login: 'jane' });
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const enrol = (limits: SshKeyLimits = {}, key = KEY) =>
      services.database.transaction((tx) => keys.enrol(tx, jane, key, limits));
    const lines = () => keys.authorizedKeys(jane.found.account.id);

    async function use(key = KEY): Promise<string> {
      const rules = tokenRules(await services.get(Configuration).snapshot(), domain.id);
      const context = { actor: 'system', domain: domain.name };
      const verdict = await keys.use(jane.found.account.id, fingerprint(key), { rules, context });
      return verdict.ok ? 'ok' : verdict.code;
    }

    it('are in authorized_keys at once, and replaced by the next one', async () => {
      const { token } = await enrol();
      expect(await lines()).toEqual([`ssh-ed25519 ${KEY.blob.toString('base64')} ${token.serial}`]);
      await enrol({}, OTHER);
      expect(await lines()).toEqual([expect.stringContaining(OTHER.blob.toString('base64'))]);
      expect(await use()).toBe('proof-not-valid');
    });

    it('end with their time', async () => {
      await enrol({ expires: 2 });
      expect(await lines()).toEqual([expect.stringMatching(/^expiry-time="20260805090000Z" ssh-ed25519 /)]);
      services.clock.advance(2 * DAY);
      expect(await lines()).toEqual([]);
      expect(await use()).toBe('no-usable-token');
    });

    it('end with their last use, counted once by each of twenty at once', async () => {
      await services.set('authenticator_max_failures', 100);
      await enrol({ maxUse: 3 });
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => use()));
      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(3);
      expect(await lines()).toEqual([]);
    });

    it.each([{ expires: -1 }, { expires: 361 }, { expires: 1.5 }, { maxUse: -1 }, { maxUse: 501 }])(
      'are not stored with %j',
      async (limits) => {
        await expect(async () => enrol(limits)).rejects.toSatisfy((error) =>
          DomainError.is(error, 'value-out-of-range'),
        );
        expect(await lines()).toEqual([]);
      },
    );

    it('attack 41: are not in authorized_keys while they are disabled', async () => {
      const { assignment, token } = await enrol();
      const store = services.get(TokenStore);
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'DISABLED');
      expect(await lines()).toEqual([]);
      expect(await use()).toBe('no-usable-token');
      await store.setAssignmentStatus(services.database.manager, assignment.id, 'ACTIVE');
      await store.setStatus(services.database.manager, token.id, 'DISABLED');
      expect(await lines()).toEqual([]);
    });
  });
});
