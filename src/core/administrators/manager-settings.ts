import { networksSetting, wordSetting } from '../settings/setting-types.js';

/** How administrators authenticate on the JSON-RPC surface (manager-json-rpc section 2). */
export const MANAGER_AUTH_MODES = ['DN', 'UID', 'PKI'] as const;
export type ManagerAuthMode = (typeof MANAGER_AUTH_MODES)[number];

export const managerAuth = wordSetting<ManagerAuthMode>({
  name: 'manager_auth',
  scope: 'server',
  words: MANAGER_AUTH_MODES,
  default: 'UID',
  meaning:
    'What the user part of Basic authentication holds on `/manag/`: `UID` a login, with its domain as `DOMAIN\\login`; ' +
    '`DN` a distinguished name; `PKI` a login plus the client certificate of that administrator ' +
    '(needs LATCHKEY_TLS_CLIENT_CA). Manager JSON-RPC, section 2.',
});

export const managerClients = networksSetting({
  name: 'manager_clients',
  scope: 'server',
  default: [],
  meaning: 'Addresses that may call `/manag/`; empty means any. Manager JSON-RPC, section 2.',
});
