import { Injectable } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { RpcMethod } from '../../surfaces/json-rpc/rpc-method.js';
import { StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import type { RpcResult } from '../../surfaces/json-rpc/rpc-result.js';
import { LogonDiagnosis } from './logon-diagnosis.js';

class LogonCheckParams {
  @StringParam({ required: true, description: 'Distinguished name of the person (RFC 4514).' })
  dn!: string;

  @StringParam({ required: true, description: 'Name or identifier of the application.' })
  application!: string;

  @StringParam({ description: 'Address of the person, for applications with a filter of addresses.' })
  address?: string;
}

const TEXT = { type: 'string' } as const;

const RESULT: SchemaObject = {
  type: 'object',
  required: ['able', 'reason', 'code', 'text', 'advice', 'step', 'findings'],
  properties: {
    able: {
      type: 'boolean',
      description: 'Whether nothing stands in the way, as far as can be seen without a credential.',
    },
    reason: { type: ['string', 'null'], description: 'The first reason why not, in a word, e.g. `token-out-of-sync`.' },
    code: { type: ['integer', 'null'], description: 'The code that the application gets from `/auth/logon`.' },
    text: { type: ['string', 'null'], description: 'What is wrong.' },
    advice: { type: ['string', 'null'], description: 'What to do.' },
    step: { type: ['integer', 'null'], description: 'The step that the person cannot pass, from 1.' },
    findings: {
      type: 'array',
      description: 'Of that step: why each authenticator is of no use.',
      items: {
        type: 'object',
        required: ['authenticator', 'reason', 'code', 'text', 'advice'],
        properties: { authenticator: TEXT, reason: TEXT, code: { type: 'integer' }, text: TEXT, advice: TEXT },
      },
    },
  },
};

const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';
const LOCKED = {
  reason: 'locked',
  code: 203,
  text: 'One-Time Password is locked after 5 wrong attempts, until 2026-11-22T10:30:00.000Z.',
  advice: 'Wait until then, or unlock the person (OpenOTP.Block_Reset).',
};

/** Why a person cannot log on. Ours: the published surface has nothing like it. */
@Injectable()
export class LogonCheckRpc {
  constructor(private readonly diagnosis: LogonDiagnosis) {}

  @RpcMethod({
    name: 'OpenOTP.Logon_Check',
    summary: 'Tell why a person cannot log on to an application',
    description:
      'The first reason that a logon would run into, and what to do: realm, state of the account, block, filter of addresses, ' +
      'and the first step that the person cannot pass, with what is wrong with each authenticator and token. Reads only, and ' +
      'counts no attempt. Also as `latchkey why`. Ours.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: LogonCheckParams,
    result: RESULT,
    examples: [
      {
        summary: 'Too many wrong codes',
        params: { dn: JANE, application: 'application 1' },
        result: {
          able: false,
          ...LOCKED,
          text: `Step 2 (step 2): ${LOCKED.text}`,
          step: 2,
          findings: [{ authenticator: 'OTP', ...LOCKED }],
        },
      },
    ],
  })
  async check(
    { application, address }: LogonCheckParams,
    _caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<RpcResult> {
    const { obstacle } = await this.diagnosis.run({ person: found, application, address });
    const at = obstacle && 'findings' in obstacle ? obstacle : undefined;
    return {
      able: obstacle === undefined,
      reason: obstacle?.reason ?? null,
      code: obstacle?.code ?? null,
      text: obstacle?.text ?? null,
      advice: obstacle?.advice ?? null,
      step: at?.step ?? null,
      findings: (at?.findings ?? []).map((finding) => ({ ...finding })),
    };
  }
}
