import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DeliveryRefusal, MailTransport, type Receipt } from '../../../src/delivery/transport/transport.js';
import { eachDatabase } from '../../support/test-database.js';
import { RequestsWorld } from '../requests-world.js';

/** A relay that takes nothing: for good, or for the time being. */
class StubbornRelay extends MailTransport {
  refusal: 'for good' | 'for now' = 'for good';
  sent = 0;

  send(): Promise<Receipt> {
    this.sent += 1;
    return Promise.reject(new DeliveryRefusal('refused', this.refusal === 'for good', 'not today'));
  }
}

eachDatabase((database) => {
  const relay = new StubbornRelay();
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database(), {
      replace: (module) => module.overrideProvider(MailTransport).useValue(relay),
    });
  });
  beforeEach(async () => {
    await world.begin();
    Object.assign(relay, { refusal: 'for good', sent: 0 });
  });
  afterAll(() => world?.stop());

  it('a letter that is refused leaves the request undelivered, and its caller with a code that is good', async () => {
    for (const requestPin of ['true', 'false']) {
      const { number } = await world.given('PASSWORD_SET', 'username1', { as: 'domainAdmin', form: { requestPin } });
      expect(await world.row(number)).toMatchObject({ state: 'undelivered', ended_at: null, receipt_opens: true });
    }
    const events = await database().database.query(
      `SELECT outcome, code FROM audit_events WHERE event = 'user-password-set.undelivered'`,
    );
    expect(events).toEqual([
      { outcome: 'failed', code: 'delivery-failed' },
      { outcome: 'failed', code: 'delivery-failed' },
    ]);
  });

  it('one that is tried again later counts as sent', async () => {
    relay.refusal = 'for now';
    const { number } = await world.given('PASSWORD_RESET', 'username1', { as: 'domainAdmin' });
    expect([await world.row(number), relay.sent]).toMatchObject([{ state: 'sent' }, 1]);
  });

  it('attack 45: what strangers see does not depend on it', async () => {
    const { number } = await world.given('PASSWORD_RESET', 'username1');
    const { number: unknown } = await world.given('PASSWORD_RESET', 'nobody at all');
    await world.settle();
    expect(relay.sent).toBe(1);
    expect([(await world.row(number))['state'], (await world.row(unknown))['state']]).toEqual(['sent', 'sent']);
  });
});
