import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../support/test-database.js';
import { type DeliveryHarness, startDelivery } from './delivery-harness.js';

const PASSCODE = '482913';

describe('one-time passcodes on their way', () => {
  eachDatabase((database) => {
    let harness: DeliveryHarness;

    beforeEach(async () => {
      harness = await startDelivery(database(), { mailbox: true });
    });

    afterEach(async () => {
      await harness.close();
      await database().clear();
    });

    const enqueue = async (variables: Record<string, string> = {}) => {
      const [id = ''] = await harness.enqueue({
        channel: 'SMS',
        purpose: 'one-time-passcode',
        variables: { PASSCODE, EXPIRES: harness.clock.in(300).toISOString(), ...variables },
      });
      return id;
    };

    it('attack 42: are readable in the message itself and nowhere else', async () => {
      const id = await enqueue();
      expect(JSON.stringify(await harness.row(id))).not.toContain(PASSCODE);
      await harness.delivery.attempt(id);
      const [message] = await harness.mailbox().list();
      expect(message?.text).toContain(PASSCODE);
      expect(await harness.row(id)).toMatchObject({ state: 'sent', content: null });
    });

    it('are not sent when their minutes are over', async () => {
      const id = await enqueue();
      harness.clock.advance(300);
      await harness.delivery.attempt(id);
      expect(await harness.row(id)).toMatchObject({ state: 'failed', reasonCategory: 'withdrawn', content: null });
    });

    it('are not sent without the passcode', async () => {
      const id = await enqueue({ PASSCODE: '' });
      await harness.delivery.attempt(id);
      expect(await harness.row(id)).toMatchObject({ state: 'failed', reasonCategory: 'template' });
    });
  });
});
