import { Core1795000001000 } from '../migrations/1795000001000-core.js';
import { PeopleAndRequests1795000002000 } from '../migrations/1795000002000-people-and-requests.js';
import { Delivery1795000003000 } from '../migrations/1795000003000-delivery.js';
import { RequestSteps1795000004000 } from '../migrations/1795000004000-request-steps.js';
import { Tokens1795000005000 } from '../migrations/1795000005000-tokens.js';
import { WebappUnlocks1795000006000 } from '../migrations/1795000006000-webapp-unlocks.js';
import { BuiltinGroupsAndAttributes1795000007000 } from '../migrations/1795000007000-builtin-groups-and-attributes.js';
import { AccountBlocks1795000014000 } from '../migrations/1795000014000-account-blocks.js';
import { AgentTokens1795000015000 } from '../migrations/1795000015000-agent-tokens.js';
import { LogonSessions1795000016000 } from '../migrations/1795000016000-logon-sessions.js';
import { PushRequests1795000017000 } from '../migrations/1795000017000-push-requests.js';
import { SiteStamps1795000018000 } from '../migrations/1795000018000-site-stamps.js';
import { ActivationCodes1795000019000 } from '../migrations/1795000019000-activation-codes.js';
import { AgentToken } from './auth/agents/agent-token.entity.js';
import { LogonSession } from './auth/logon/logon-session.entity.js';
import { RoomForUpdates1795000020000 } from '../migrations/1795000020000-room-for-updates.js';
import { Sessions1795000021000 } from '../migrations/1795000021000-sessions.js';
import { SessionProofs1795000022000 } from '../migrations/1795000022000-session-proofs.js';
import { OAuthTokens1795000023000 } from '../migrations/1795000023000-oauth-tokens.js';
import { Orders1795000024000 } from '../migrations/1795000024000-orders.js';
import { People1795000025000 } from '../migrations/1795000025000-people.js';
import { NumbersOfStrangers1795000029000 } from '../migrations/1795000029000-numbers-of-strangers.js';
import { LocalAuthentication1795000030000 } from '../migrations/1795000030000-local-authentication.js';
import { SiteStamp } from './auth/site-stamps/site-stamp.entity.js';
import { AuditEvent } from './core/audit/audit-event.entity.js';
import type { Schema } from './core/database/data-source.js';
import { Account } from './core/directory/account.entity.js';
import { BuiltinGroupMember } from './core/directory/builtin/builtin-group-member.entity.js';
import { BuiltinGroup } from './core/directory/builtin/builtin-group.entity.js';
import { BuiltinPasswordHistory } from './core/directory/builtin/builtin-password-history.entity.js';
import { BuiltinPerson } from './core/directory/builtin/builtin-person.entity.js';
import { Administrator } from './core/administrators/administrator.entity.js';
import { DeclaredObject } from './core/domains/declared-object.entity.js';
import { Domain } from './core/domains/domain.entity.js';
import { ServerConfiguration } from './core/domains/server-configuration.entity.js';
import { StoredSetting } from './core/domains/stored-setting.entity.js';
import { Order } from './core/orders/order.entity.js';
import { OneTimeRequest } from './core/requests/one-time-request.entity.js';
import { ThrottleCounter } from './core/throttle/throttle-counter.entity.js';
import { WebappUnlock } from './core/webapps/webapp-unlock.entity.js';
import { MailboxMessage } from './delivery/mailbox/mailbox-message.entity.js';
import { Message } from './delivery/message.entity.js';
import { ActivationCode } from './tokens/activation/activation-code.entity.js';
import { Profile } from './people/profile.entity.js';
import { Session } from './sessions/session.entity.js';
import { AccountBlock } from './tokens/blocking/account-block.entity.js';
import { PushActivation } from './tokens/push-requests/push-activation.entity.js';
import { PushNonce } from './tokens/push-requests/push-nonce.entity.js';
import { PushRequest } from './tokens/push-requests/push-request.entity.js';
import { PushSubscription } from './tokens/push-requests/push-subscription.entity.js';
import { AuthenticatorCounter } from './tokens/authenticator-counter.entity.js';
import { TokenAssignment } from './tokens/token-assignment.entity.js';
import { TokenChallenge } from './tokens/token-challenge.entity.js';
import { TokenCode } from './tokens/token-code.entity.js';
import { Token } from './tokens/token.entity.js';
import { OAuthAccessToken } from './user-requests/oauth/oauth-access-token.entity.js';
import { OAuthNonce } from './user-requests/oauth/oauth-nonce.entity.js';
import { OAuthRequestToken } from './user-requests/oauth/oauth-request-token.entity.js';

/** The tables of the whole house. A new entity or migration is written down here, in order. */
export const schema = {
  entities: [
    Account,
    AccountBlock,
    ActivationCode,
    Administrator,
    AgentToken,
    AuditEvent,
    AuthenticatorCounter,
    BuiltinGroup,
    BuiltinGroupMember,
    BuiltinPasswordHistory,
    BuiltinPerson,
    DeclaredObject,
    Domain,
    LogonSession,
    Profile,
    MailboxMessage,
    Message,
    OAuthAccessToken,
    OAuthNonce,
    OAuthRequestToken,
    OneTimeRequest,
    Order,
    PushActivation,
    PushNonce,
    PushRequest,
    PushSubscription,
    ServerConfiguration,
    SiteStamp,
    Session,
    StoredSetting,
    ThrottleCounter,
    Token,
    TokenAssignment,
    TokenChallenge,
    TokenCode,
    WebappUnlock,
  ],
  migrations: [
    Core1795000001000,
    PeopleAndRequests1795000002000,
    Delivery1795000003000,
    RequestSteps1795000004000,
    Tokens1795000005000,
    WebappUnlocks1795000006000,
    BuiltinGroupsAndAttributes1795000007000,
    AccountBlocks1795000014000,
    AgentTokens1795000015000,
    LogonSessions1795000016000,
    PushRequests1795000017000,
    SiteStamps1795000018000,
    ActivationCodes1795000019000,
    RoomForUpdates1795000020000,
    Sessions1795000021000,
    SessionProofs1795000022000,
    OAuthTokens1795000023000,
    Orders1795000024000,
    People1795000025000,
    NumbersOfStrangers1795000029000,
    LocalAuthentication1795000030000,
  ],
} satisfies Schema;
