import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestExpiry } from '../../src/core/requests/request-expiry.js';
import { describeWith } from '../support/describe-with.js';
import { DESK } from '../support/help-desk.js';
import { AttackWorld, DOMAIN, from, NEW_PASSWORD, OLD_PASSWORD, someAddress } from './attack-world.js';

const LANDING = '/webapps/pwreset/';
const PASSWORD = '/webapps/pwreset/password';
const DAY = 86_400;

interface Answer {
  readonly status: number;
  readonly cookie: string;
  readonly html: string;
}

/** Everything that a reset hands out and that somebody may show in another's place. */
interface Secrets {
  readonly link: string;
  readonly session: string;
  readonly csrf: string;
  readonly outcome: string;
  readonly requestId: string;
}

describeWith('postgresql', 'secrets in the wrong place', () => {
  let world: AttackWorld;

  beforeAll(async () => {
    world = await AttackWorld.start();
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const send = async (method: string, path: string, cookie = '', fields?: Record<string, string>): Promise<Answer> => {
    const response = await fetch(`${world.app.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...from(someAddress()), cookie, 'content-type': 'application/x-www-form-urlencoded' },
      ...(fields && { body: new URLSearchParams(fields).toString() }),
    });
    const cookies = response.headers.getSetCookie().map((set) => set.split(';')[0]?.split('=')[1] ?? '');
    return {
      status: response.status,
      cookie: cookies.find((value) => value !== '') ?? '',
      html: await response.text(),
    };
  };
  const sessionCookie = (value: string): string => `latchkey_pwreset=${value}`;
  const csrfOf = ({ html }: Answer): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

  /** Opens a new link by hand, to see what a browser keeps to itself. */
  const opened = async (login: string): Promise<Pick<Secrets, 'link' | 'session' | 'csrf'>> => {
    const link = (await world.desk.link(DOMAIN, login)).slice(-43);
    const { cookie: session } = await send('POST', LANDING, '', { req: link });
    return { link, session, csrf: csrfOf(await send('GET', PASSWORD, sessionCookie(session))) };
  };
  const save = (session: string, csrf: string, password: string): Promise<Answer> =>
    send('POST', PASSWORD, sessionCookie(session), { csrf, password, repeated: password });

  /** Ways in, and whether a secret opens them. Each leaves a live link, session or form as it was. */
  const places: Record<string, (secret: string, live: Secrets) => Promise<boolean>> = {
    'the link, looked at': async (secret) =>
      (await send('GET', `${LANDING}?req=${encodeURIComponent(secret)}`)).status === 200,
    'the page session': async (secret) => (await send('GET', PASSWORD, sessionCookie(secret))).status === 200,
    'the value in the form': async (secret, { session }) => {
      const fields = { csrf: secret, password: 'one', repeated: 'another' };
      return (await send('POST', PASSWORD, sessionCookie(session), fields)).status === 422;
    },
    'the last page': async (secret) =>
      (await send('GET', '/webapps/pwreset/done', `latchkey_pwreset_done=${secret}`)).status === 200,
    'an administrator’s password': async (secret) =>
      (await world.knock(`${DESK.domain}\\${DESK.login}`, secret)).answer.error?.code === -32602,
    'a bearer token': async (secret) => {
      const answer = await world.desk.chief.post('{}', { authorization: `Bearer ${secret}` });
      return (await answer.text()).includes('-32602');
    },
    'the link, opened': async (secret) => (await send('POST', LANDING, '', { req: secret })).status === 303,
  };

  it('attack 9, 10: every secret opens its own place and no other', async () => {
    const [one, other, third] = [await world.person(), await world.person(), await world.person()];
    const done = await opened(third.login);
    const { cookie: outcome } = await save(done.session, done.csrf, NEW_PASSWORD);
    const { session, csrf } = await opened(other.login);
    const link = (await world.desk.link(DOMAIN, one.login)).slice(-43);
    const [request] = await world.query<{ id: string }>(`SELECT id FROM one_time_requests WHERE state = 'sent'`);
    const live: Secrets = { link, session, csrf, outcome, requestId: request?.id ?? '' };
    const own: Record<string, string[]> = {
      link: ['the link, looked at', 'the link, opened'],
      session: ['the page session'],
      csrf: ['the value in the form'],
      outcome: ['the last page'],
      requestId: [],
    };
    for (const [kind, secret] of Object.entries(live) as [string, string][]) {
      expect([kind, secret]).not.toContain('');
      const opens = [];
      for (const [place, tried] of Object.entries(places)) if (await tried(secret, live)) opens.push(place);
      expect([kind, opens]).toEqual([kind, own[kind]]);
    }
  });

  describe('attack 6: what was used', () => {
    it('stays used, wherever else it is shown meanwhile', async () => {
      const person = await world.person();
      const { link, session, csrf } = await opened(person.login);
      const live: Secrets = { link, session, csrf, outcome: '', requestId: '' };
      for (const [place, tried] of Object.entries(places)) {
        expect([place, await tried(link, live)]).toEqual([place, false]);
      }
      // All of this took nothing away from the person.
      expect((await save(session, csrf, NEW_PASSWORD)).status).toBe(303);
      for (const secret of [link, session, csrf]) {
        for (const [place, tried] of Object.entries(places)) {
          expect([place, await tried(secret, live)]).toEqual([place, false]);
        }
      }
      expect((await save(session, csrf, 'Another 5 boats')).status).toBe(404);
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    });

    it('stays used when others are made, opened, expired and deleted', async () => {
      const person = await world.person();
      const { link, session, csrf } = await opened(person.login);
      const dead = async (): Promise<unknown> => ({
        looked: await places['the link, looked at']?.(link, {} as Secrets),
        opened: await places['the link, opened']?.(link, {} as Secrets),
        form: (await save(session, csrf, NEW_PASSWORD)).status,
      });
      const DEAD = { looked: false, opened: false, form: 404 };
      await world.link(person);
      expect(await dead()).toEqual(DEAD);
      await opened(person.login);
      expect(await dead()).toEqual(DEAD);
      world.app.clock.advance(2 * DAY);
      await world.app.get(RequestExpiry).run();
      expect(await dead()).toEqual(DEAD);
      world.app.clock.advance(91 * DAY);
      expect((await world.app.get(RequestExpiry).run()).deleted).toBeGreaterThan(0);
      expect(await dead()).toEqual(DEAD);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });

    it('cannot be read anywhere at rest', async () => {
      const person = await world.person();
      const { link, session, csrf } = await opened(person.login);
      const tables = await world.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
      );
      for (const { name } of tables) {
        const rows = await world.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
        for (const secret of [link, session, csrf]) {
          expect([name, rows.some(({ row }) => row.includes(secret))]).toEqual([name, false]);
        }
      }
    });
  });
});
