import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Right, RIGHTS } from '../../src/core/administrators/rights.js';
import { AuthMethodRegistry } from '../../src/surfaces/auth-envelope/auth-method-registry.js';
import { RpcMethodRegistry } from '../../src/surfaces/json-rpc/rpc-method-registry.js';
import { declaredRoutes } from '../support/declared-routes.js';
import { TestApp, type TestAppOptions } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** The same addresses below `/belladati` too (user-requests section 1). */
function atBothBases(routes: Readonly<Record<string, number>>): Record<string, number> {
  const both: Record<string, number> = { ...routes };
  for (const [route, status] of Object.entries(routes)) both[route.replace(' ', ' /belladati')] = status;
  return both;
}

/** What a stranger gets for a GET; where the route has none, for its own verb. */
const REAL_ROUTES: Readonly<Record<string, number>> = {
  // The start page is for newcomers to the embedded mode.
  'GET,HEAD /': 404,
  'GET,HEAD /account': 303,
  'GET,HEAD /account/authenticators/:id': 303,
  'GET,HEAD /account/second-factor': 303,
  'GET,HEAD,POST /account/authenticators/add': 303,
  'GET,HEAD,POST /account/confirm': 303,
  'GET,HEAD,POST /account/emergency-codes': 303,
  'GET,HEAD,POST /account/login': 200,
  'GET,HEAD,POST /account/password': 303,
  'GET,HEAD,POST /account/pin': 303,
  'POST /account/authenticators/:id/remove': 303,
  'POST /account/authenticators/:id/rename': 303,
  'POST /account/requests/:number/cancel': 303,
  'POST /account/second-factor/answer': 303,
  'POST /account/second-factor/certificate': 303,
  'POST /account/second-factor/code': 303,
  'POST /account/second-factor/fido': 303,
  'POST /account/second-factor/fido/begin': 303,
  'POST /account/second-factor/question': 303,
  'POST /account/second-factor/send': 303,
  'POST /account/sessions/:id/end': 303,
  'POST /account/sessions/end-others': 303,
  'POST /account/sign-out': 303,
  'GET,HEAD /app-root': 200,
  'GET,HEAD /assets/:version/:name': 404,
  'GET,HEAD /device': 200,
  'GET,HEAD /device/manifest.webmanifest': 200,
  'GET,HEAD /device/worker.js': 200,
  'GET,HEAD /docs': 200,
  'GET,HEAD /docs/*': 404,
  'GET,HEAD /docs/LICENSE': 404,
  'GET,HEAD /docs/docs/swagger-ui-init.js': 200,
  'GET,HEAD /docs/index.html': 200,
  'GET,HEAD /docs/swagger-ui-init.js': 200,
  'GET,HEAD /healthz': 200,
  'GET,HEAD /metrics': 200,
  'GET,HEAD /openapi.json': 200,
  'GET,HEAD /readyz': 200,
  'GET,HEAD /webapps/pwreset/done': 404,
  'GET,HEAD,POST /webapps/pwreset': 404,
  'GET,HEAD,POST /webapps/pwreset/password': 404,
  'GET,HEAD /pki/crl': 404,
  'GET,HEAD /webapps/pwreset/second-factor': 404,
  'GET,HEAD /webapps/selfreg/choose': 404,
  'GET,HEAD /webapps/selfreg/grid-card/card.pdf': 404,
  'GET,HEAD /webapps/selfreg/done': 404,
  'GET,HEAD /webapps/selfreg/grid-go/fresh': 404,
  'GET,HEAD /webapps/selfreg/token/yubikey/fresh': 404,
  'GET,HEAD,POST /webapps/pwreset/old-password': 404,
  'GET,HEAD,POST /webapps/selfreg': 404,
  'GET,HEAD,POST /webapps/selfreg/app-keys': 404,
  'GET,HEAD,POST /webapps/selfreg/certificate': 404,
  'GET,HEAD,POST /webapps/selfreg/emergency-code': 404,
  'GET,HEAD,POST /webapps/selfreg/fido': 404,
  'GET,HEAD,POST /webapps/selfreg/grid-card': 404,
  'GET,HEAD,POST /webapps/selfreg/grid-go': 404,
  'GET,HEAD,POST /webapps/selfreg/log-in': 404,
  'GET,HEAD,POST /webapps/selfreg/not-me': 404,
  'GET,HEAD,POST /webapps/selfreg/otp-list': 404,
  'GET,HEAD,POST /webapps/selfreg/pin-code': 404,
  'GET,HEAD,POST /webapps/selfreg/push': 404,
  'GET,HEAD,POST /webapps/selfreg/questions': 404,
  'GET,HEAD,POST /webapps/selfreg/ssh-key': 404,
  'GET,HEAD,POST /webapps/selfreg/token': 404,
  'GET,HEAD,POST /webapps/selfreg/token/hardware': 404,
  'GET,HEAD,POST /webapps/selfreg/token/yubikey': 404,
  'POST /app-root/link': 400,
  'POST /app-root/own-password': 401,
  'POST /device/activate': 400,
  'POST /device/activation': 400,
  'POST /device/answer': 400,
  'POST /device/look': 400,
  'POST /device/nonce': 200,
  'POST /device/subscribe': 400,
  'POST /webapps/pwreset/second-factor/answer': 404,
  'POST /webapps/pwreset/second-factor/certificate': 404,
  'POST /webapps/pwreset/second-factor/code': 404,
  'POST /webapps/pwreset/second-factor/fido': 404,
  'POST /webapps/pwreset/second-factor/fido/begin': 404,
  'POST /webapps/pwreset/second-factor/question': 404,
  'POST /webapps/pwreset/second-factor/send': 404,
  'POST /webapps/selfreg/certificate/sign': 404,
  'POST /webapps/selfreg/fido/key': 404,
  'POST /webapps/selfreg/finish': 404,
  'POST /webapps/selfreg/grid-card/code': 404,
  'POST /webapps/selfreg/grid-go/code': 404,
  'POST /webapps/selfreg/otp-list/code': 404,
  'POST /webapps/selfreg/pin-code/generate': 404,
  'POST /webapps/selfreg/push/key': 404,
  'POST /webapps/selfreg/ssh-key/make': 404,
  'POST /webapps/selfreg/token/code': 404,
  'POST /webapps/selfreg/token/yubikey/code': 404,
  'ALL /auth': 404,
  'ALL /auth/*': 404,
  'ALL /auth/oauth/token': 405,
  'ALL /das5': 404,
  'ALL /das5/*': 404,
  'ALL /das5/rest/oauth/token': 405,
  'ALL /*': 404,
  'DELETE,GET,HEAD,PATCH /rest/v1/iam/sessions/current': 401,
  'DELETE,GET,HEAD,PATCH /rest/v1/iam/users/:id': 401,
  'GET,HEAD /rest/v1/domain/settings': 401,
  'GET,HEAD /rest/v1/model/system/Invites': 401,
  'GET,HEAD /rest/v1/model/system/PwdResetRequests': 401,
  'GET,HEAD /rest/v1/model/system/SelfRegisterRequests': 401,
  'GET,HEAD /rest/v1/public/resources/defaults.json': 200,
  'GET,HEAD,PATCH /rest/v1/domain/settings/:key': 401,
  'GET,HEAD,POST /rest/v1/iam/users': 401,
  'PATCH /rest/v1/iam/invites/:id': 405,
  'PATCH /rest/v1/iam/pwd_reset_requests/:id': 405,
  'PATCH /rest/v1/iam/self_register_requests/:id': 405,
  'POST /rest/v1/iam/invites': 401,
  'POST /rest/v1/iam/pwd_reset_requests': 400,
  'POST /rest/v1/iam/self_register_requests': 400,
  'POST /rest/v1/iam/sessions': 400,
  'ALL /manag': 405,
  // User requests, at both of their bases.
  ...atBothBases({
    'GET,HEAD /api/domains/:domain_id/userGroups': 401,
    'GET,HEAD /api/domains/:domain_id/users': 401,
    'GET,HEAD /api/users/:username|:id/image': 401,
    'GET,HEAD /api/users/username/:username': 401,
    'GET,HEAD,POST /api/users/:username|:id': 401,
    'GET,HEAD,POST /api/users/:username|:id/status': 401,
    'GET,HEAD,POST /api/users/create': 401,
    'POST /api/users/:username|:id/accessToken': 401,
    'POST /api/users/:username|:id/requests': 400,
    'GET,HEAD /authorizeRequestToken/:token/:consumer': 404,
    'GET,HEAD,POST /oauth/accessToken': 400,
    'GET,HEAD,POST /oauth/authorizeRequestToken': 404,
    'GET,HEAD,POST /oauth/requestToken': 400,
    'GET,HEAD /user/processRequest/done': 200,
    'GET,HEAD,OPTIONS,POST /user/processRequest/:number/:code': 200,
  }),
};

/** The mailbox, which shows everybody's links: in the embedded mode only. */
const EMBEDDED_ROUTES: Readonly<Record<string, number>> = {
  ...REAL_ROUTES,
  'GET,HEAD /': 200,
  'DELETE,GET,HEAD /dev/mailbox.json': 200,
  'GET,HEAD /dev/grid-card': 404,
  'GET,HEAD /dev/grid-card/card.pdf': 404,
  'GET,HEAD /dev/mailbox': 200,
  'GET,HEAD /dev/mailbox.css': 200,
  'GET,HEAD /dev/mailbox/messages/:id': 404,
  'POST /dev/mailbox/clear': 303,
};

/** The methods of the Manager interface, by the right that a caller needs. */
const METHODS: Readonly<Record<Right, readonly string[]>> = {
  'send-links': ['PwReset.Send_Request', 'SelfReg.Send_Request'],
  'read-people': [
    'Check_User_Active',
    'Get_User_Attrs',
    'Get_User_Certificates',
    'Get_User_DN',
    'Get_User_Data',
    'Get_User_Domains',
    'Get_User_Groups',
    'Get_User_IDs',
    'Get_User_Settings',
    'OpenOTP.Block_Check',
    'OpenOTP.Expire_Check',
    'OpenOTP.List_State',
    'OpenOTP.Logon_Check',
    'OpenOTP.User_Devices',
    'OpenOTP.User_Methods',
    'OpenOTP.User_Report',
    'OpenOTP.User_Tokens',
    'SiteStamps.List',
  ],
  'unlock-access': ['OpenOTP.Block_Reset', 'Unlock_Application_Access'],
  'use-server': [
    'Get_QRCode',
    'OpenOTP.HOTP_URI',
    'OpenOTP.HOTP_Verify',
    'OpenOTP.Mobile_Response',
    'OpenOTP.TOTP_URI',
    'OpenOTP.TOTP_Verify',
    'Server_Status',
    'SpanKey.Key_Export',
  ],
  'search-people': ['Search_LDAP_Objects'],
  'change-people': [
    'Activate_LDAP_Object',
    'Deactivate_LDAP_Object',
    'Remove_User_Attrs',
    'Remove_User_Certificate',
    'Set_User_Attrs',
    'SiteStamps.Remove',
    'SiteStamps.Set',
  ],
  'handle-passwords': ['Check_User_Password', 'Set_User_Password'],
  'handle-authenticators': [
    'Link_Inventory_Item',
    'OpenOTP.Activation_Code',
    'OpenOTP.AppKey_Fetch',
    'OpenOTP.AppKey_Register',
    'OpenOTP.AppKey_Unregister',
    'OpenOTP.Block_Start',
    'OpenOTP.Emerg_Register',
    'OpenOTP.Emerg_Unregister',
    'OpenOTP.Expire_Reset',
    'OpenOTP.Expire_Start',
    'OpenOTP.FIDO_Challenge',
    'OpenOTP.FIDO_Disable',
    'OpenOTP.FIDO_Enable',
    'OpenOTP.FIDO_Register',
    'OpenOTP.FIDO_Unregister',
    'OpenOTP.HOTP_Register',
    'OpenOTP.HOTP_Resync_Counter',
    'OpenOTP.HOTP_Resync_Sequence',
    'OpenOTP.Inventory_Register',
    'OpenOTP.List_Fetch',
    'OpenOTP.List_Register',
    'OpenOTP.List_Unregister',
    'OpenOTP.Mobile_Session',
    'OpenOTP.Pin_Register',
    'OpenOTP.Pin_Unregister',
    'OpenOTP.Prefix_Register',
    'OpenOTP.Prefix_Unregister',
    'OpenOTP.TOTP_Register',
    'OpenOTP.TOTP_Resync',
    'OpenOTP.TmpKey_Register',
    'OpenOTP.Token_Disable',
    'OpenOTP.Token_Enable',
    'OpenOTP.Token_Release',
    'OpenOTP.Token_Unregister',
    'OpenOTP.Yubicloud_Register',
    'OpenOTP.Yubikey_Register',
    'Sign_Certificate_Request',
    'SpanKey.Key_Import',
    'SpanKey.Key_Register',
    'SpanKey.Key_Restrict',
    'SpanKey.Key_Unregister',
  ],
  'read-inventory': ['Search_Inventory_Items'],
  'read-events': ['Get_Event_Logs'],
  'send-messages': ['Send_Mail', 'Send_SMS'],
};

const MODES: readonly (readonly [string, Partial<TestAppOptions>, Readonly<Record<string, number>>])[] = [
  ['embedded', {}, EMBEDDED_ROUTES],
  ['real', { delivery: 'relays', configuration: 'publicUrl: https://id.example.test' }, REAL_ROUTES],
];

describe.each(MODES)('the whole server in the %s mode', (_mode, options, routes) => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ ...options, database });
  });
  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('serves these addresses and no others', () => {
    expect(routesOf(server)).toEqual(Object.keys(routes).toSorted());
  });

  it('has no handler that does not say who may call it', () => {
    const undeclared = declaredRoutes(server.app).filter(({ access }) => access === undefined);
    expect(undeclared).toEqual([]);
  });

  it.each(Object.entries(routes))('gives a stranger for %s the status %i', async (route, status) => {
    const [verbs = '', path = ''] = route.split(' ');
    const method = verbs === 'POST' ? 'POST' : 'GET';
    const url = path.replaceAll(/[:*]\w*/g, 'x');
    const response = await fetch(`${server.url}${url}`, { method, redirect: 'manual' });
    expect(response.status).toBe(status);
  });

  it('gives a stranger nothing at the mailbox unless it is embedded', async () => {
    const paths = ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox/', '/dev/../dev/mailbox', '/dev/MAILBOX'];
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(`${server.url}${path}`)).status));
    expect(statuses).toEqual('GET,HEAD /dev/mailbox' in routes ? [200, 200, 200, 200, 404] : [404, 404, 404, 404, 404]);
  });

  it('has these JSON-RPC methods, each with the right that a caller needs', () => {
    const methods = server.get(RpcMethodRegistry).all();
    const byRight = RIGHTS.map((right) => [
      right,
      methods.flatMap((method) => (method.right === right ? [method.name] : [])).toSorted(),
    ]);
    expect(Object.fromEntries(byRight)).toEqual(METHODS);
  });

  it('lets no stranger call one of them', async () => {
    for (const { name } of server.get(RpcMethodRegistry).all()) {
      for (const method of [name, name.toLowerCase(), 'None']) {
        const body = JSON.stringify({ jsonrpc: '2.0', method, params: {}, id: 0 });
        const response = await fetch(`${server.url}/manag/`, { method: 'POST', body });
        expect([response.status, await response.json()]).toMatchObject([401, { error: { code: -32600 }, id: null }]);
      }
    }
  });

  it('lets nobody call an authentication method who is no agent', async () => {
    const methods = server.get(AuthMethodRegistry).all();
    expect(methods.length).toBeGreaterThan(0);
    for (const { name } of methods) {
      for (const path of [`/auth/${name}`, `/das5/rest/auth/${name}`]) {
        const response = await fetch(`${server.url}${path}`, { method: 'POST', body: '{}' });
        expect([path, response.status, await response.json()]).toMatchObject([path, 401, { error: 120 }]);
      }
    }
  });
});

/** `VERBS /path` of everything that the router knows, those routes included that no controller has. */
function routesOf(server: TestApp): string[] {
  const fastify: FastifyInstance = server.app.getHttpAdapter().getInstance();
  const parents: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', verbs] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
      if (segment === '') return [];
      const depth = indent.length / 4;
      const parent = parents[depth - 1] ?? '';
      // A wildcard is printed without the slash before it.
      const path = segment === '*' && !parent.endsWith('/') ? `${parent}/*` : `${parent}${segment}`;
      parents.splice(depth, Infinity, path === '/' ? '/' : path);
      if (verbs === undefined) return [];
      const list = verbs.split(', ').toSorted((a, b) => (a < b ? -1 : 1));
      return `${list.length > 10 ? 'ALL' : list.join(',')} ${path}`;
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}
