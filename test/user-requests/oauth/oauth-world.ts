import { createHmac, randomUUID } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import type { FoundPerson } from '../../../src/core/directory/people.js';
import { DEMO_WORLD } from '../../../src/demo/demo-world.js';
import { Sessions } from '../../../src/sessions/sessions.js';
import { IamWorld } from '../../iam/iam-world.js';
import type { TestAppOptions } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';

/** The domain of the published samples. */
export const DOMAIN = 'domain 1';
/** Origin that the domain lets callbacks lead to. */
export const PORTAL = 'https://portal.example.test';

export interface Credentials {
  readonly key: string;
  readonly secret: string;
}

export const CONSUMER: Credentials = { key: 'myConsumer', secret: 'mySecret' };
export const TOKEN: Credentials = { key: 'mh7an9dkrg59', secret: 'b9q1n5il4lcc' };
/** May not use xAuth. */
export const STRICT: Credentials = { key: 'strictConsumer', secret: 'strictSecret' };
/** Of the default domain, with a global administrator’s token. */
export const WIDE: Credentials = { key: 'wideConsumer', secret: 'wideSecret' };
export const WIDE_TOKEN: Credentials = { key: 'wide9dkrg59', secret: 'widesecret12' };
/** Of a user manager, and of somebody without a role. */
export const HELPER_TOKEN: Credentials = { key: 'helper9dkrg59', secret: 'helpersecret' };
export const PLAIN_TOKEN: Credentials = { key: 'plain9dkrg59', secret: 'plainsecret1' };

/** The demo world with more consumers, and people of every role. */
export const WORLD = DEMO_WORLD.replace(
  /( {6}- \{ login: manager1.*\n)/,
  `$1      - { login: helper1, name: Helper One, email: helper1@example.test, password: correct horse 5 }
      - { login: second1, name: Second Manager, email: second1@example.test, password: correct horse 6 }
`,
)
  .replace(
    /( {2}- \{ domain: domain 1, login: manager1.*\n)/,
    `$1  - { domain: domain 1, login: helper1, role: user-manager }
  - { domain: domain 1, login: second1, role: domain-admin }
`,
  )
  .replace(
    /( {6}- \{ token: mh7an9dkrg59.*\n)/,
    `$1      - { token: helper9dkrg59, secret: helpersecret, login: helper1 }
      - { token: plain9dkrg59, secret: plainsecret1, login: username1 }
      - { token: ghost9dkrg59, secret: ghostsecret1, login: ghost }
  - { domain: domain 1, key: strictConsumer, secret: strictSecret }
  - domain: RCDEVSDOCS
    key: wideConsumer
    secret: wideSecret
    tokens:
      - { token: wide9dkrg59, secret: widesecret12, login: administrator }
`,
  );

/** An answer of the surface. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How a call is made. */
export interface Call {
  readonly consumer?: Credentials;
  readonly token?: Credentials | undefined;
  readonly form?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly signature?: 'HMAC-SHA1' | 'PLAINTEXT' | 'none';
  /** OAuth parameters besides the usual ones, signed too. */
  readonly oauth?: Readonly<Record<string, string>>;
  /** In place of the clock’s. */
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly from?: string;
  /** Changes what is sent after it was signed. */
  readonly tamper?: (sent: Sent) => Sent;
}

export interface Sent {
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

/** The whole server, and consumers that sign with oauth-1.0a. */
export class OAuthWorld {
  private constructor(readonly house: IamWorld) {}

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<OAuthWorld> {
    return new OAuthWorld(await IamWorld.start(database, { configuration: WORLD, ...options }));
  }

  /** Back to the beginning: nothing granted, nothing counted. */
  async begin(configuration = WORLD): Promise<void> {
    for (const table of ['oauth_nonces', 'oauth_access_tokens', 'oauth_request_tokens']) {
      await this.house.database.database.query(`DELETE FROM ${table}`);
    }
    await this.house.begin(configuration);
    await this.house.set('allowed_redirect_origins', [PORTAL], DOMAIN);
  }

  get url(): string {
    return this.house.app.url;
  }

  /** A call signed by oauth-1.0a, with its parameters in the header; as DOMAIN's administrator unless it says more. */
  async call(path: string, call: Call = {}): Promise<Reply> {
    const { form, method = 'POST', from = this.house.stranger(), tamper } = call;
    const body = new URLSearchParams(form).toString();
    const signed: Sent = { url: `${this.url}${path}`, authorization: this.authorization(path, call), body };
    const sent = tamper?.(signed) ?? signed;
    const carriesBody = method !== 'GET' && method !== 'HEAD' && sent.body !== '';
    return this.send(sent.url, {
      method,
      ...(carriesBody && { body: sent.body }),
      headers: {
        ...(carriesBody && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(sent.authorization !== '' && { authorization: sent.authorization }),
        'x-forwarded-for': from,
      },
    });
  }

  /** The `Authorization` header of a call. */
  authorization(path: string, call: Call = {}): string {
    const { consumer = CONSUMER, form, method = 'POST', signature = 'HMAC-SHA1', oauth } = call;
    const token = 'token' in call ? call.token : TOKEN;
    const now = Math.floor(this.house.app.clock.now().getTime() / 1_000);
    const client = new OAuth({
      consumer: { ...consumer },
      signature_method: signature === 'none' ? 'PLAINTEXT' : signature,
      ...(signature === 'HMAC-SHA1' && {
        hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
      }),
      realm: `${this.url}/`,
    });
    client.getNonce = () => call.nonce ?? randomUUID();
    client.getTimeStamp = () => call.timestamp ?? now;
    const request = { url: `${this.url}${path}`, method, data: { ...form, ...oauth } };
    const values = { ...client.authorize(request, token && { ...token }) } as Record<string, unknown>;
    for (const name of Object.keys(form ?? {})) delete values[name];
    if (signature === 'none') {
      delete values['oauth_signature'];
      delete values['oauth_signature_method'];
    }
    return client.toHeader(values as unknown as OAuth.Authorization).Authorization;
  }

  async send(url: string, options: RequestInit = {}): Promise<Reply> {
    const response = await fetch(url.startsWith('/') ? `${this.url}${url}` : url, { redirect: 'manual', ...options });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** A call that any token of any role may make. */
  probe(call: Call = {}): Promise<Reply> {
    return this.call('/api/users/username1/requests', { form: { request_type: 'PASSWORD_RESET' }, ...call });
  }

  /** A new request token. */
  async requestToken(callback?: string, consumer = CONSUMER): Promise<Credentials> {
    const reply = await this.call('/oauth/requestToken', {
      consumer,
      token: undefined,
      ...(callback !== undefined && { oauth: { oauth_callback: callback } }),
    });
    return tokenOf(reply);
  }

  /** The cookie of somebody who has signed in with their password a moment ago. */
  async cookieOf(login: string, domain = DOMAIN, begunBy: 'password' | 'request' = 'password'): Promise<string> {
    const { account } = await this.house.person(login, domain);
    const opened = await this.house.app
      .get(Sessions)
      .open({ account, begunBy, kind: 'cookie', clientAddress: '127.0.0.1' });
    if (!opened) throw new Error(`no session for ${login}`);
    return `JSESSIONID=${opened.secret}`;
  }

  /** The consent page of a request token. */
  consent(token: string, cookie?: string, path = `/oauth/authorizeRequestToken?oauth_token=${token}`): Promise<Reply> {
    return this.send(path, { headers: { 'accept-language': 'en', ...(cookie !== undefined && { cookie }) } });
  }

  /** Presses a button of the consent page. */
  async decide(token: string, cookie: string, decision: 'allow' | 'deny' = 'allow'): Promise<Reply> {
    const { text, status } = await this.consent(token, cookie);
    const [, csrf] = /name="csrf" value="([^"]+)"/.exec(text) ?? [];
    if (status !== 200 || csrf === undefined) throw new Error(`no consent page: ${status}`);
    return this.press({ csrf, oauth_token: token, decision }, cookie);
  }

  press(fields: Record<string, string>, cookie: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('/oauth/authorizeRequestToken', {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { cookie, 'accept-language': 'en', ...headers },
    });
  }

  /** Exchanges a request token. */
  exchange(token: Credentials, verifier?: string, call: Call = {}): Promise<Reply> {
    const oauth: Record<string, string> = verifier === undefined ? {} : { oauth_verifier: verifier };
    return this.call('/oauth/accessToken', { token, oauth, ...call });
  }

  xAuth(username: string, password: string, call: Call = {}): Promise<Reply> {
    const form = { x_auth_mode: 'client_auth', x_auth_username: username, x_auth_password: password };
    return this.call('/oauth/accessToken', { token: undefined, form, ...call });
  }

  /** A token of somebody by way of their password. */
  async tokenFor(login: string, password: string): Promise<Credentials> {
    return tokenOf(await this.xAuth(login, password));
  }

  person(login: string, domain = DOMAIN): Promise<FoundPerson> {
    return this.house.person(login, domain);
  }

  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.house.database.database.query<Row>(sql, parameters);
  }

  async stop(): Promise<void> {
    await this.house.stop();
  }
}

/** Token and secret of an answer. */
export function tokenOf({ status, text }: Reply): Credentials {
  const answer = new URLSearchParams(text);
  const [key, secret] = [answer.get('oauth_token'), answer.get('oauth_token_secret')];
  if (status !== 200 || key === null || secret === null) throw new Error(`no token: ${status} ${text}`);
  return { key, secret };
}

/** `[status, word]` of a refusal whose OAuth parameters were wrong. */
export function problemOf({ status, text, headers }: Reply): unknown[] {
  const form = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  return [status, form ? new URLSearchParams(text).get('oauth_problem') : text];
}

/** Where a redirect leads, and what it brings there. */
export function ledTo({ status, headers }: Reply): { readonly at: string; readonly brings: Record<string, string> } {
  const location = headers.get('location');
  if (status !== 303 || location === null) throw new Error(`no redirect: ${status}`);
  const url = new URL(location, 'http://here.invalid');
  return { at: `${url.origin}${url.pathname}`, brings: Object.fromEntries(url.searchParams) };
}
