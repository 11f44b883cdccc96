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

/** Counts a call, without a wait for the disk, as the limits of user requests do. */
function counting(subject: string): string {
  return `INSERT INTO throttle_counters AS held (key, count, ends_at)
  SELECT 'pgbench ${subject} ' || :client_id, 1, now() + interval '1 minute'
  FROM (SELECT set_config('synchronous_commit', 'off', true)) AS soon
  ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count, ends_at;`;
}

const CREATED = `WITH recorded AS (
  INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, correlation_id, detail)
  VALUES (now(), 'user-login-unattended.created', 'success', 'pgbench', '127.0.0.1', '${DOMAIN}', :of_account,
          'person-' || :n, gen_random_uuid()::text, '{"method": "NONE"}'))
INSERT INTO one_time_requests (id, purpose, state, domain_id, account_id, login, link_digest, receipt_digest,
    receipt_opens, keeps_codes, attempt_limit, delivery_method, created_by, created_address, created_at, expires_at,
    sent_at, payload)
  VALUES (gen_random_uuid(), 'user-login-unattended', 'sent', :domain, :of_account, 'person-' || :n,
          'bench:' || gen_random_uuid(), 'bench:' || gen_random_uuid(), true, true, 10, 'NONE', 'pgbench', '127.0.0.1',
          now(), now() + interval '30 seconds', now(), '{"type": "LOGIN_UNATTENDED"}')
  RETURNING number \\gset request_`;

const COMPLETED = `INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, correlation_id, detail)
  VALUES (now(), 'user-login-unattended.completed', 'success', 'pgbench', '127.0.0.1', '${DOMAIN}', :of_account,
          'person-' || :n, gen_random_uuid()::text, '{"requestedBy": "pgbench"}');`;

const BEGUN = `INSERT INTO sessions (id, secret_digest, kind, account_id, domain_id, credential_generation, begun_by, client_address,
    created_at, last_used_at, idle_until, expires_at)
  VALUES (gen_random_uuid(), 'bench:' || gen_random_uuid(), 'cookie', :of_account, :domain, 0, 'request', '127.0.0.1',
          now(), now(), now() + interval '30 minutes', now() + interval '12 hours')`;

/**
 * The statements of a log-in, as the server asks them when it comes alone (the census prints those), in the same
 * transactions and with the same waits for the disk; whatever the server saves by asking for several at once is its own.
 * Keep it in step with the census. Each client counts at throttle rows of its own, where the server's calls share two.
 */
const SAME = `
\\set n random(1, :users)
SELECT key, ends_at FROM throttle_counters
  WHERE key = 'oauth-failures of pgbench' AND ends_at > now() AND count % 1000 >= 30;
INSERT INTO oauth_nonces AS held (key, forget_at) VALUES (gen_random_uuid()::text, now() + interval '10 minutes')
  ON CONFLICT (key) DO UPDATE SET forget_at = excluded.forget_at WHERE held.forget_at <= now() RETURNING key;
SELECT p.id, p.login, p.display_name, p.mail, p.mobile, p.disabled, a.id AS account_id, a.state, a.credential_generation,
    a.contact_digest
  FROM builtin_people p LEFT JOIN accounts a ON a.domain_id = p.domain_id AND a.directory_key = p.id::text
  WHERE p.domain_id = :domain AND p.login_key = 'portal';
SELECT role FROM administrators WHERE domain_id = :domain AND login_key = 'portal';
${counting('token')}
SELECT p.id AS person, a.id AS account FROM builtin_people p
  LEFT JOIN accounts a ON a.domain_id = p.domain_id AND a.directory_key = p.id::text
  WHERE p.domain_id = :domain AND p.login_key = 'person-' || :n \\gset of_
SELECT held.role, held.domain_id = :domain AS here FROM administrators held JOIN domains home ON home.id = held.domain_id
  LEFT JOIN accounts bound ON bound.id = held.account_id
  WHERE CASE WHEN held.domain_id = :domain THEN held.login_key = 'person-' || :n
    ELSE bound.directory_key = :of_person::text END;
${CREATED}
${counting('address')}
UPDATE one_time_requests SET attempts = attempts + 1
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered,opened}') AND attempts < attempt_limit
  RETURNING *;
UPDATE one_time_requests SET attempts = attempts - 1
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered,opened}') AND attempts > 0
    AND set_config('synchronous_commit', 'off', true) IS NOT NULL
  RETURNING *;
SELECT * FROM accounts WHERE id = :of_account;
SELECT p.*, a.* FROM builtin_people p LEFT JOIN accounts a ON a.domain_id = p.domain_id AND a.directory_key = p.id::text
  WHERE p.domain_id = :domain AND p.id = :of_person;
SELECT FROM account_blocks WHERE account_id = :of_account AND (until IS NULL OR until > now());
BEGIN;
SELECT * FROM accounts WHERE id = :of_account FOR UPDATE;
UPDATE one_time_requests SET state = 'completed', ended_at = now(), link_digest = NULL, receipt_digest = NULL
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered}') AND expires_at > now() RETURNING *;
${COMPLETED}
WITH begun AS (
  ${BEGUN}
), superseded AS (
  UPDATE sessions SET ended_at = now(), end_reason = 'superseded' WHERE id IN (
    SELECT session.id FROM sessions session JOIN accounts account ON account.id = session.account_id
    WHERE session.account_id = :of_account AND session.ended_at IS NULL AND session.idle_until > now()
      AND session.expires_at > now() AND account.credential_generation = session.credential_generation
    ORDER BY session.last_used_at DESC, session.created_at DESC, session.id OFFSET 9))
UPDATE accounts SET first_logon_at = coalesce(first_logon_at, now()), last_logon_at = now() WHERE id = :of_account;
COMMIT;
`;

/**
 * What a log-in could come down to, with nothing looked at twice and everything that belongs together in one statement.
 * No ceiling of ours: it says what of the above is necessary.
 */
const LEAST = `
\\set n random(1, :users)
SELECT account.id FROM accounts account
  WHERE account.domain_id = :domain AND account.login = 'portal' \\gset portal_
INSERT INTO oauth_nonces AS held (key, forget_at) VALUES (gen_random_uuid()::text, now() + interval '10 minutes')
  ON CONFLICT (key) DO UPDATE SET forget_at = excluded.forget_at WHERE held.forget_at <= now() RETURNING key;
${counting('token')}
SELECT account.id AS account, held.role FROM builtin_people person
  JOIN accounts account ON account.domain_id = person.domain_id AND account.directory_key = person.id::text
  LEFT JOIN administrators held ON held.domain_id = person.domain_id AND held.login_key = person.login_key
  WHERE person.domain_id = :domain AND person.login_key = 'person-' || :n \\gset of_
${CREATED}
${counting('address')}
UPDATE one_time_requests SET attempts = attempts + 1
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered,opened}') AND attempts < attempt_limit
  RETURNING id;
BEGIN;
SELECT credential_generation FROM accounts WHERE id = :of_account FOR UPDATE;
UPDATE one_time_requests SET state = 'completed', ended_at = now(), attempts = attempts - 1, link_digest = NULL,
    receipt_digest = NULL
  WHERE number = :request_number AND state = ANY('{created,sent,undelivered}') AND expires_at > now() RETURNING id;
${COMPLETED}
${BEGUN};
UPDATE accounts SET first_logon_at = coalesce(first_logon_at, now()), last_logon_at = now() WHERE id = :of_account;
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
      title: 'pgbench, the same statements',
      script: SAME,
      variables: async (world) => ({ domain: await domainId(world) }),
    }),
    pgbench({
      name: 'pgbench-least',
      title: 'pgbench, the least statements',
      script: LEAST,
      variables: async (world) => ({ domain: await domainId(world) }),
    }),
  ],
  ratios: [
    { title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' },
    { title: 'Latchkey to the least', of: 'latchkey', to: 'pgbench-least' },
  ],
};
