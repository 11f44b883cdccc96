import { createHmac, randomBytes } from 'node:crypto';
import { cpuBetween } from '../harness/cpu.js';
import { Connection } from '../harness/lean-load.js';
import { pgbench } from '../harness/pgbench.js';
import type { Contender, Sample, Scenario, Span } from '../harness/scenario.js';
import { latenciesOf } from '../harness/statistics.js';
import type { World } from '../harness/world.js';
import { DOMAIN, domainId, insertPeople, login, PUBLIC_URL } from './people.js';

/** A portal that logs people in without a prompt: a domain administrator's token, and no limit that it would reach. */
const CONFIGURATION = `
publicUrl: ${PUBLIC_URL}
defaultDomain: ${DOMAIN}
server:
  settings: { user_requests_per_token_per_minute: 1000000, process_requests_per_minute: 1000000 }
domains:
  - name: ${DOMAIN}
    users:
      - { login: portal, name: Portal, password: "\${ADMINISTRATOR_PASSWORD}" }
administrators:
  - { domain: ${DOMAIN}, login: portal, role: domain-admin }
consumers:
  - domain: ${DOMAIN}
    key: bench
    secret: bench-consumer-secret
    tokens:
      - { token: bench-token, secret: bench-token-secret, login: portal }
`;

const RECEIPT = /^(\d+);([A-Za-z0-9]{50})$/;
const KEY = 'bench-consumer-secret&bench-token-secret';

/** Signs as RFC 5849 section 3.4 says, HMAC-SHA1. Everything here is unreserved but for what is encoded by hand. */
function signed(path: string): string {
  const parameters = {
    oauth_consumer_key: 'bench',
    oauth_nonce: randomBytes(9).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1_000)),
    oauth_token: 'bench-token',
    oauth_version: '1.0',
  };
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}%3D${value}`);
  const base = `POST&${encodeURIComponent(`${PUBLIC_URL}${path}`)}&${[...pairs, 'request_type%3DLOGIN_UNATTENDED'].join('%26')}`;
  const signature = encodeURIComponent(createHmac('sha1', KEY).update(base).digest('base64'));
  const fields = Object.entries({ ...parameters, oauth_signature: signature });
  return `OAuth ${fields.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

/** Logs all people in, in turn: one outcome is a signed creation, and the call with its number and code. */
async function drive(world: World, turn: { next: number }, { connections, until }: Span): Promise<Sample> {
  const times: number[] = [];
  const wrong: string[] = [];
  const before = world.cpu();
  const begun = performance.now();
  let taken = 0;
  const goesOn = (): boolean =>
    'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : taken < until.amount;
  await Promise.all(
    Array.from({ length: connections }, async (_, place) => {
      const connection = await Connection.open(world.servers[place % world.servers.length]?.url ?? '');
      while (goesOn()) {
        taken += 1;
        turn.next = (turn.next % world.users) + 1;
        const asked = performance.now();
        const problem = await logIn(connection, login(turn.next));
        if (problem === undefined) times.push(performance.now() - asked);
        else wrong.push(problem);
      }
      connection.close();
    }),
  );
  return {
    perSecond: times.length / ((performance.now() - begun) / 1_000),
    outcomes: times.length,
    errors: wrong.length,
    firstError: wrong[0],
    latencies: latenciesOf(times),
    cpu: cpuBetween(before, world.cpu()),
  };
}

/** What went wrong; undefined when the person is logged in. */
async function logIn(connection: Connection, person: string): Promise<string | undefined> {
  const path = `/api/users/${person}/requests`;
  const headers = { authorization: signed(path), 'content-type': 'application/x-www-form-urlencoded' };
  const created = await connection.post(path, headers, 'request_type=LOGIN_UNATTENDED');
  const [, number, code] = RECEIPT.exec(created.body) ?? [];
  if (number === undefined || code === undefined) return `${created.status} ${created.body.slice(0, 500)}`;
  const processed = await connection.get(`/user/processRequest/${number}/${code}`, {
    'x-requested-with': 'XMLHttpRequest',
  });
  return processed.body === 'OK' ? undefined : `${processed.status} ${processed.body.slice(0, 500)}`;
}

const turns = new WeakMap<World['database'], { next: number }>();

const latchkey: Contender = {
  name: 'latchkey',
  title: 'Latchkey',
  unit: 'log-ins',
  countStatements: true,
  recorded: async ({ database }) => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_events
       WHERE event = 'user-login-unattended.completed' AND actor <> 'pgbench'`,
    );
    return row?.count ?? 0;
  },
  drive: (world, span) => {
    const turn = turns.get(world.database) ?? { next: 0 };
    turns.set(world.database, turn);
    return drive(world, turn, span);
  },
};

/**
 * What a log-in asks of the database at least, once the portal is known: creating the request and taking the nonce, then
 * counting the attempt, using the request up and beginning the session, each step as durable as ours.
 */
const LEAST = `
\\set n random(1, :users)
SELECT account.id FROM accounts account
  WHERE account.domain_id = :domain AND account.login = 'portal' \\gset portal_
INSERT INTO oauth_nonces AS held (key, forget_at) VALUES (gen_random_uuid()::text, now() + interval '10 minutes')
  ON CONFLICT (key) DO UPDATE SET forget_at = excluded.forget_at WHERE held.forget_at <= now() RETURNING key;
INSERT INTO throttle_counters AS held (key, count, ends_at)
  VALUES ('pgbench token ' || :client_id, 1, now() + interval '1 minute')
  ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count, ends_at;
SELECT account.id, person.login, held.role FROM builtin_people person
  JOIN accounts account ON account.domain_id = person.domain_id AND account.directory_key = person.id::text
  LEFT JOIN administrators held ON held.domain_id = person.domain_id AND held.login_key = person.login_key
  WHERE person.domain_id = :domain AND person.login_key = 'person-' || :n \\gset account_
WITH recorded AS (
  INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, correlation_id, detail)
  VALUES (now(), 'user-login-unattended.created', 'success', 'pgbench', '127.0.0.1', '${DOMAIN}', :account_id,
          :account_login, gen_random_uuid()::text, '{"method": "NONE"}'))
INSERT INTO one_time_requests (id, purpose, state, domain_id, account_id, login, link_digest, receipt_digest,
    receipt_opens, keeps_codes, attempt_limit, delivery_method, created_by, created_address, created_at, expires_at,
    sent_at, payload)
  VALUES (gen_random_uuid(), 'user-login-unattended', 'sent', :domain, :account_id, 'person-' || :n,
          'bench:' || gen_random_uuid(), 'bench:' || gen_random_uuid(), true, true, 10, 'NONE', 'pgbench', '127.0.0.1',
          now(), now() + interval '30 seconds', now(), '{"type": "LOGIN_UNATTENDED"}')
  RETURNING number \\gset request_
INSERT INTO throttle_counters AS held (key, count, ends_at)
  VALUES ('pgbench address ' || :client_id, 1, now() + interval '1 minute')
  ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count, ends_at;
UPDATE one_time_requests SET attempts = attempts + 1
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered,opened}') AND attempts < attempt_limit
  RETURNING id;
BEGIN;
SELECT credential_generation FROM accounts WHERE id = :account_id FOR UPDATE;
UPDATE one_time_requests SET state = 'completed', ended_at = now(), attempts = attempts - 1, link_digest = NULL,
    receipt_digest = NULL
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered}') AND expires_at > now() RETURNING id;
INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, correlation_id, detail)
  VALUES (now(), 'user-login-unattended.completed', 'success', 'pgbench', '127.0.0.1', '${DOMAIN}', :account_id,
          :account_login, gen_random_uuid()::text, '{"requestedBy": "pgbench"}');
INSERT INTO sessions (id, secret_digest, kind, account_id, domain_id, credential_generation, begun_by, client_address,
    created_at, last_used_at, idle_until, expires_at)
  VALUES (gen_random_uuid(), 'bench:' || gen_random_uuid(), 'cookie', :account_id, :domain, 0, 'request', '127.0.0.1',
          now(), now(), now() + interval '30 minutes', now() + interval '12 hours');
UPDATE accounts SET first_logon_at = coalesce(first_logon_at, now()), last_logon_at = now() WHERE id = :account_id;
COMMIT;
`;

/** A portal's unattended log-in from end to end. */
export const userRequests: Scenario = {
  name: 'user-requests',
  title: 'LOGIN_UNATTENDED: signed creation (HMAC-SHA1) and its processing, every time another person',
  configuration: CONFIGURATION,
  setup: async (world) => {
    await insertPeople(world);
    await world.database.settle();
    // Everybody is logged in once, so that while measuring every account is there.
    const sample = await latchkey.drive(world, { connections: 32, until: { amount: Math.max(world.users, 32) } });
    if (sample.errors > 0) throw new Error(`the log-ins for a start went wrong: ${sample.firstError}`);
  },
  contenders: [
    latchkey,
    pgbench({
      name: 'pgbench',
      title: 'pgbench, the least statements',
      script: LEAST,
      variables: async (world) => ({ domain: await domainId(world) }),
    }),
  ],
  ratios: [{ title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' }],
};
