import type { SqlParameters } from '../database/sql-parameters.js';
import { statesBefore } from './request-states.js';
import type { StepTimes } from './step-times.js';

/** Which live requests are meant. */
export type CancelSelection =
  | { readonly id: string }
  | {
      readonly accountId: string;
      readonly purpose?: string | undefined;
      readonly except?: string | undefined;
      /** Leaves those alone that outlive the person's password and address. */
      readonly credentialsOnly?: boolean;
      /** Leaves those alone that an administrator asked for. */
      readonly spares?: 'administrators' | undefined;
    }
  | {
      /** Requests of people who have no account yet. */
      readonly domainId: string;
      readonly purpose: string;
      readonly login: string;
      readonly email: string | null;
    };

/**
 * The `UPDATE` that ends live requests before their time; a row that it gives back is `cancelled`, or only marked.
 *
 * A submission under way, or interrupted and not settled yet, is left to end by itself, because its effect in the
 * directory cannot be called back; its request is marked, so that it is not gone on with when the submission is refused.
 * Which of the two it is, is decided within the one statement, on the row as it stands after a rival's commit.
 */
export function cancelling(
  parameters: SqlParameters,
  selection: CancelSelection,
  reason: string,
  { now, lostBefore }: StepTimes,
): string {
  const held = `claimed_at > ${parameters.add(lostBefore)}`;
  return `UPDATE one_time_requests SET
      state = CASE WHEN ${held} THEN state ELSE 'cancelled' END,
      ended_at = CASE WHEN ${held} THEN ended_at ELSE ${parameters.add(now)} END,
      end_reason = ${parameters.add(reason)},
      link_digest = CASE WHEN ${held} OR keeps_codes THEN link_digest END,
      receipt_digest = CASE WHEN ${held} OR keeps_codes THEN receipt_digest END,
      pin_digest = CASE WHEN ${held} THEN pin_digest END,
      page_session_digest = CASE WHEN ${held} THEN page_session_digest END,
      claimed_at = CASE WHEN ${held} THEN claimed_at END
    WHERE state = ANY(${parameters.add(statesBefore('cancelled'))}) AND ${condition(parameters, selection)}
    RETURNING *`;
}

function condition(parameters: SqlParameters, selection: CancelSelection): string {
  if ('id' in selection) return `id = ${parameters.add(selection.id)}`;
  if ('accountId' in selection) {
    const { accountId, purpose, except, credentialsOnly = false, spares } = selection;
    return [
      `account_id = ${parameters.add(accountId)}`,
      ...(purpose === undefined ? [] : [`purpose = ${parameters.add(purpose)}`]),
      ...(except === undefined ? [] : [`id <> ${parameters.add(except)}`]),
      ...(credentialsOnly ? ['NOT outlives_credentials'] : []),
      ...(spares === undefined ? [] : ['created_by_account_id IS NULL']),
    ].join(' AND ');
  }
  const { domainId, purpose, login, email } = selection;
  return `account_id IS NULL AND domain_id = ${parameters.add(domainId)} AND purpose = ${parameters.add(purpose)}
    AND login = ${parameters.add(login)} AND payload->>'email' IS NOT DISTINCT FROM ${parameters.add(email)}`;
}
