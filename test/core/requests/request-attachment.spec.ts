import { afterEach, beforeEach, expect, it } from 'vitest';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { FoundPerson } from '../../../src/core/directory/people.js';
import { People } from '../../../src/core/directory/people.js';
import type { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { type AttachedRequest, RequestAttachment } from '../../../src/core/requests/request-attachment.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { DESK, PERSON, PURPOSES, RIVALS, type RequestsWorld, startRequestsWorld } from './requests-world.js';

const { unlock } = PURPOSES;
const PIN = { digits: 6, validSeconds: 600, attemptLimit: 5 };
const STRANGERS = { account: null, login: '(unknown)', receipt: 'only-a-receipt', pin: PIN } as const;

class Stranger {
  private constructor(
    readonly world: RequestsWorld,
    readonly found: FoundPerson,
  ) {}

  static async start(database: TestDatabase): Promise<Stranger> {
    const world = await startRequestsWorld(database);
    return new Stranger(world, await world.services.get(People).byLogin(world.domain, 'jane'));
  }

  ask = () => this.world.create(unlock, STRANGERS);

  attach = ({ id }: Pick<OneTimeRequest, 'id'>): Promise<AttachedRequest | undefined> =>
    this.world.services.database.transaction(async (tx) => {
      const account = await this.world.services.get(Accounts).lock(tx, this.found.account.id);
      const holder = { found: this.found, account, digits: PIN.digits };
      return this.world.services.get(RequestAttachment).attach(tx, id, unlock, holder, DESK);
    });

  detach = (): Promise<void> =>
    this.world.services.database.transaction(async (tx) => {
      const account = await this.world.services.get(Accounts).lock(tx, this.found.account.id);
      await this.world.services.get(RequestAttachment).detach(tx, account, unlock, DESK);
    });

  try = async (request: OneTimeRequest, pin: string): Promise<string> =>
    (await this.world.attempts.checkPin(unlock, await this.world.row(request), pin, PERSON)).kind;
}

eachDatabase((database) => {
  let stranger: Stranger;

  beforeEach(async () => {
    stranger = await Stranger.start(database());
  });
  afterEach(async () => {
    await stranger?.world.close();
    await database().clear();
  });

  it('gives a request of nobody to a person, with a PIN that works', async () => {
    const { request, pin: unknown } = await stranger.ask();
    const attached = await stranger.attach(request);
    expect(attached?.request).toMatchObject({ accountId: stranger.found.account.id, login: 'jane', state: 'sent' });
    expect(await stranger.try(request, unknown ?? '')).toBe(unknown === attached?.pin ? 'right' : 'wrong');
    expect(await stranger.try(request, attached?.pin ?? '')).toBe('right');
    expect(await stranger.world.events()).toEqual(expect.arrayContaining(['created', 'attached']));
  });

  it('gives it once', async () => {
    const { request } = await stranger.ask();
    expect(await stranger.attach(request)).toBeDefined();
    expect(await stranger.attach(request)).toBeUndefined();
  });

  it('gives none that is over, or has used its tries up', async () => {
    const late = await stranger.ask();
    stranger.world.services.clock.advance(3_601);
    expect(await stranger.attach(late.request)).toBeUndefined();
    const locked = await stranger.ask();
    for (let i = 0; i < PIN.attemptLimit; i++) await stranger.try(locked.request, 'no PIN');
    expect(await stranger.attach(locked.request)).toBeUndefined();
  });

  it('keeps the tries that were used up before', async () => {
    const { request } = await stranger.ask();
    await stranger.try(request, 'no PIN');
    await stranger.try(request, 'no PIN');
    expect((await stranger.attach(request))?.request.pinAttempts).toBe(2);
  });

  it('attack 45: takes it away again, and nothing but the PIN tells', async () => {
    const { request } = await stranger.ask();
    const attached = await stranger.attach(request);
    await stranger.detach();
    const row = await stranger.world.row(request);
    expect(row).toMatchObject({
      accountId: null,
      state: 'sent',
      endReason: null,
      receiptDigest: request.receiptDigest,
    });
    expect(await stranger.try(request, attached?.pin ?? '')).toBe('wrong');
    for (let i = 1; i < PIN.attemptLimit; i++) await stranger.try(request, '000000');
    expect((await stranger.world.row(request)).state).toBe('locked');
  });

  it('takes nothing away that an administrator made', async () => {
    const { request } = await stranger.world.create(unlock, { receipt: 'opens', pin: PIN });
    await stranger.detach();
    expect((await stranger.world.row(request)).accountId).toBe(stranger.found.account.id);
  });
});

describeOnPostgres('of many at once', (database) => {
  it('one gives the request to the person', async () => {
    const stranger = await Stranger.start(database());
    const { request } = await stranger.ask();
    const attached = await Promise.all(RIVALS.map(() => stranger.attach(request)));
    expect(attached.filter((one) => one !== undefined)).toHaveLength(1);
    const winner = attached.find((one) => one !== undefined);
    expect(await stranger.try(request, winner?.pin ?? '')).toBe('right');
    await stranger.world.close();
  });
});
