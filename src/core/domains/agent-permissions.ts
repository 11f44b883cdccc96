/** What an agent may be allowed to do. Each authentication method names the one that it needs; there is none without. */
export const AGENT_PERMISSIONS = [
  /** See applications, domains, procedures, policies, and the tokens and site stamps of people. */
  'read',
  /** Have one credential of a person checked, and ask for challenges. */
  'verify',
  /** Log people on to applications, and off. */
  'logon',
  /** Have passcodes and activation codes sent to people. */
  'send-codes',
  /** Activate people's tokens, bring them back into step, have them put on a device. */
  'manage-tokens',
  /** Change passwords whose old ones people give. */
  'change-passwords',
  /** Be handed the key of a token, in clear. Not part of the role `API Agent`. */
  'export-keys',
] as const;
export type AgentPermission = (typeof AGENT_PERMISSIONS)[number];

/** The permissions of the role `API Agent` (authentication methods, section 1.3), which an agent has unless it says otherwise. */
export const API_AGENT: readonly AgentPermission[] = AGENT_PERMISSIONS.filter((name) => name !== 'export-keys');
