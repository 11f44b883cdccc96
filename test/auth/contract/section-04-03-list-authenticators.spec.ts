import { beforeEach, describe, expect, it } from 'vitest';
import { OtpListEnrolment } from '../../../src/tokens/kinds/otp-list/otp-list-enrolment.js';
import type { ListOrder } from '../../../src/tokens/kinds/otp-list/otp-list-settings.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const ALL = ['SPASS', 'OTP', 'OTPoD', 'OOBA'];

describe('section 4.3: what a person cannot use now is left out', () => {
  const world = worldOfSuite({
    steps: [
      { name: 'plain', authenticators: ALL },
      { name: 'challenged', authenticators: ALL, challengResponse: true },
    ],
  });
  let give: Authenticators;
  beforeEach(() => {
    give = new Authenticators(world());
  });

  const codes = async (step = 1): Promise<unknown[]> => {
    const { result } = await world().call('listAuthenticators', { step, application: { name: 'files' }, user: USER });
    const { rows } = result as { rows: { code: string }[] };
    return rows.map(({ code }) => code);
  };
  const sql = (text: string) => world().database.query(text);
  const only = (...authenticators: string[]) => world().apply({ steps: [{ name: 'only', authenticators }] });
  const policy = (category: string, options: Record<string, string>) =>
    world().apply({
      steps: [{ name: 'plain', authenticators: ALL }],
      policies: [{ name: 'p', category, options }],
    });
  const list = async (order: ListOrder) => {
    const holder = await give.holder();
    const enrolment = world().get(OtpListEnrolment);
    await world().database.transaction((tx) => enrolment.register(tx, holder, { size: 25, order }));
  };

  it('the static password of who has none', async () => {
    expect(await codes()).toEqual(['SPASS', 'OTPoD']);
    await sql('UPDATE builtin_people SET password_hash = NULL, password_changed_at = NULL');
    expect(await codes()).toEqual(['OTPoD']);
  });

  it('passcodes to who has no address, or none for a channel that the policy allows', async () => {
    await sql('UPDATE builtin_people SET mobile = NULL');
    expect(await codes()).toContain('OTPoD');
    await policy('T-Pass', { allowedChannels: 'SMS' });
    expect(await codes()).toEqual(['SPASS']);
  });

  it('attack 41: passcodes to whose T-Pass was switched off', async () => {
    const { account } = await world().person();
    await world().tokens.give(account, { kind: 'T-Pass', product: 'LK/T-Pass' }, { slot: 'T-Pass' });
    expect(await codes()).toContain('OTPoD');
    await sql(`UPDATE tokens SET status = 'DISABLED'`);
    expect(await codes()).toEqual(['SPASS']);
  });

  it('approvals where the policy switches them off', async () => {
    await give.push();
    expect(await codes()).toContain('OOBA');
    await policy('OOBA', { enabled: 'false' });
    expect(await codes()).not.toContain('OOBA');
  });

  it('section 6.12: an emergency code and questions where they would be all of a logon', async () => {
    await give.emergencyCode();
    await give.questions();
    await only('SPASS', 'EMCODE', 'QNA');
    expect(await codes()).toEqual(['SPASS']);
    await only('EMCODE', 'QNA');
    expect(await codes()).toEqual(['EMCODE', 'QNA']);
    const second = await world().call('listAuthenticators', { step: 2, application: { name: 'mail' }, user: USER });
    const { rows } = second.result as { rows: { code: string }[] };
    expect(rows.map(({ code }) => code)).toEqual(['OTPoD', 'EMCODE', 'QNA']);
  });

  it('a list that is asked by number, where no challenge is fetched', async () => {
    await list('BY_NUMBER');
    expect(await codes()).not.toContain('OTP');
    expect(await codes(2)).toContain('OTP');
  });

  it('one-time passwords of a token that answers no challenge, where one is fetched', async () => {
    await give.totp();
    expect(await codes()).toContain('OTP');
    expect(await codes(2)).not.toContain('OTP');
    await list('IN_ORDER');
    expect([await codes(), await codes(2)]).toEqual([expect.arrayContaining(['OTP']), expect.arrayContaining(['OTP'])]);
  });
});
