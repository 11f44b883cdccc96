import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeliveryRefusal, MailTransport } from '../../../src/delivery/transport/transport.js';
import { Authenticators } from '../authenticators.js';
import { change, TOKEN, inactive } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

describe('sections 4.10 and 4.11: what is sent when the call does not say how', () => {
  const world = worldOfSuite();
  beforeEach(() => {
    vi.restoreAllMocks();
  });

  const sent = async (method: string, body: object = {}): Promise<unknown> => {
    const { error, result } = await world().call(method, { user: USER, return: ['channel'], ...body });
    world().clock.advance(31);
    return error === 0 ? result?.['channel'] : error;
  };
  const policy = (category: string, options: Record<string, string>) =>
    world().apply({ policies: [{ name: 'p', category, options }] });

  it('a passcode goes by the first allowed channel with an address', async () => {
    expect(await sent('sendOTP')).toBe('SMS');
    await world().database.query('UPDATE builtin_people SET mobile = NULL');
    expect(await sent('sendOTP')).toBe('SMTP');
    await world().database.query(`UPDATE builtin_people SET mail = NULL`);
    expect(await sent('sendOTP')).toBe(342);
  });

  it('the first T-Pass of the person is meant', async () => {
    const { account } = await world().person();
    const tPass = (serial: string, slot: string) =>
      world().tokens.give(account, { kind: 'T-Pass', product: 'LK/T-Pass', serial }, { slot });
    await tPass('T1', 'T-Pass');
    await change(world(), await tPass('T2', 'T-Pass2'), 'token_assignments', 'priority', 1);
    await sent('sendOTP');
    expect(
      await world().database.query(
        `SELECT t.serial FROM token_challenges c JOIN tokens t ON t.id = c.token_id WHERE c.account_id = '${account.id}'`,
      ),
    ).toEqual([{ serial: 'T2' }]);
  });

  it('256 and 257 for a T-Pass that is out of its time, or spent', async () => {
    const { account } = await world().person();
    const fields = { kind: 'T-Pass', product: 'LK/T-Pass', serial: TOKEN.serial } as const;
    const held = await world().tokens.give(account, fields, { slot: 'T-Pass' });
    await change(world(), held, 'token_assignments', 'starts', world().clock.in(60));
    expect(await sent('sendOTP', { token: TOKEN })).toBe(256);
    await change(world(), held, 'token_assignments', 'starts', null);
    await change(world(), held, 'token_assignments', 'usage_limit', 1);
    await change(world(), held, 'token_assignments', 'usage_count', 1);
    expect(await sent('sendOTP', { token: TOKEN })).toBe(257);
    await new Authenticators(world()).totp({ serial: 'JOHNS' }, {}, 'john');
    expect(await sent('sendOTP', { token: { serial: 'JOHNS' } })).toBe(252);
  });

  it('an activation code goes by mail, or by the channel of the policy', async () => {
    await inactive(world());
    expect(await sent('sendActivationCode', { token: TOKEN })).toBe('SMTP');
    await policy('activationCode', { channel: 'SMS' });
    expect(await sent('sendActivationCode', { token: TOKEN })).toBe('SMS');
    expect(await sent('sendActivationCode', { token: TOKEN, options: { channel: 'SMTP' } })).toBe('SMTP');
  });

  it('a code that works is sent again as it is, and not extended', async () => {
    await inactive(world());
    const codes = async () => {
      const body = { user: USER, token: TOKEN, return: ['expires'] };
      const { result } = await world().call('sendActivationCode', body);
      const [message] = await world().mailbox();
      return [/^\d{6}$/m.exec(message?.text ?? '')?.[0], result?.['expires']];
    };
    const first = await codes();
    world().clock.advance(3_600);
    expect(await codes()).toEqual(first);
    world().clock.advance(86_400);
    expect((await codes())[0]).not.toBe(first[0]);
  });

  it('341 when the gateway refuses an activation code', async () => {
    await inactive(world());
    const refusal = DeliveryRefusal.forGood('refused', '550 no such mailbox');
    vi.spyOn(world().get(MailTransport), 'send').mockRejectedValueOnce(refusal);
    expect(await sent('sendActivationCode', { token: TOKEN })).toBe(341);
  });
});
