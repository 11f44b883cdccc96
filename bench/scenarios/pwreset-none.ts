import { type HttpCalls, httpLoad } from '../harness/http-load.js';
import { pgbench } from '../harness/pgbench.js';
import type { Contender, Scenario } from '../harness/scenario.js';
import type { World } from '../harness/world.js';
import { rpcRequest } from './json-rpc.js';
import { BASE_CONFIGURATION, DOMAIN, domainId, insertPeople, login, PUBLIC_URL } from './people.js';

const ANSWER = new RegExp(
  `^\\{"jsonrpc":"2\\.0","result":"${PUBLIC_URL}/webapps/pwreset/\\?req=[A-Za-z0-9_-]{43}","id":0\\}$`,
);

/**
 * What a link asks of the database at least, in one durable transaction: count the send, find person, account and role
 * and lock the account, end the person's older link, insert the new one, write both down. The administrator's log-in
 * comes on top; see `json-rpc-floor`.
 */
const LEAST = `
\\set n random(1, :users)
BEGIN;
SELECT account.id, person.login, held.role FROM builtin_people person
  JOIN accounts account ON account.domain_id = person.domain_id AND account.directory_key = person.id::text
  LEFT JOIN administrators held ON held.domain_id = person.domain_id AND held.login_key = person.login_key
  WHERE person.domain_id = :domain AND person.login_key = 'person-' || :n FOR UPDATE OF account \\gset account_
INSERT INTO throttle_counters AS held (key, count, ends_at)
  VALUES ('sends password-reset:' || :account_id, 1, now() + interval '1 hour')
  ON CONFLICT (key) DO UPDATE SET count = held.count + 1 RETURNING count, ends_at;
UPDATE one_time_requests SET state = 'cancelled', ended_at = now(), end_reason = 'superseded', link_digest = NULL,
    receipt_digest = NULL, pin_digest = NULL, page_session_digest = NULL, claimed_at = NULL
  WHERE account_id = :account_id AND state = ANY('{created,sent,undelivered,opened}') AND purpose = 'password-reset'
  RETURNING id;
INSERT INTO one_time_requests (id, purpose, state, domain_id, account_id, login, link_digest, attempt_limit,
    delivery_method, created_by, created_address, created_at, expires_at, sent_at)
  VALUES (gen_random_uuid(), 'password-reset', 'sent', :domain, :account_id, 'person-' || :n,
          'bench:' || gen_random_uuid(), 5, 'NONE', 'pgbench', '127.0.0.1', now(), now() + interval '1 day', now())
  RETURNING id;
INSERT INTO audit_events (at, event, outcome, actor, client_address, domain, account_id, target, correlation_id, detail)
  VALUES (now(), 'password-reset.cancelled', 'success', 'system', NULL, NULL, :account_id, :account_login, NULL,
          '{"reason": "superseded"}'),
         (now(), 'password-reset.created', 'success', 'pgbench', '127.0.0.1', '${DOMAIN}', :account_id,
          :account_login, gen_random_uuid()::text, '{"method": "NONE"}');
COMMIT;
`;

/** Sends links to all people in turn, so that each one is as long ago as it can be. */
function calls(world: World): HttpCalls {
  let turn = 0;
  return {
    next: () => {
      turn = (turn % world.users) + 1;
      return rpcRequest(world, 'PwReset.Send_Request', { username: login(turn), domain: DOMAIN, method: 'NONE' });
    },
    isRight: (body) => ANSWER.test(body),
  };
}

const latchkey: Contender = httpLoad({
  name: 'latchkey',
  title: 'Latchkey',
  calls,
  recorded: async ({ database }) => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_events WHERE event = 'password-reset.created' AND actor <> 'pgbench'`,
    );
    return row?.count ?? 0;
  },
});

/** A help-desk portal that asks for a link and passes it on itself. */
export const passwordResetNone: Scenario = {
  name: 'pwreset-none',
  title: 'PwReset.Send_Request with method NONE, built-in directory, every time another person',
  configuration: BASE_CONFIGURATION,
  setup: async (world) => {
    await insertPeople(world);
    await world.database.settle();
    // Everybody gets a link once, so that while measuring every link ends an older one and every account is there.
    const sample = await latchkey.drive(world, { connections: 32, until: { amount: Math.max(world.users, 32) } });
    if (sample.errors > 0) throw new Error(`the links for a start went wrong: ${sample.firstError}`);
  },
  contenders: [
    latchkey,
    pgbench({
      name: 'pgbench',
      title: 'pgbench, the least statements in one transaction',
      script: LEAST,
      variables: async (world) => ({ domain: await domainId(world) }),
    }),
  ],
  ratios: [{ title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' }],
};
