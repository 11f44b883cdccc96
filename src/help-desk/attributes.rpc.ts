import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { AttributeChange } from '../core/directory/capabilities/attribute-values.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT, TEXTS_BY_NAME_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { attributesOnTheWire } from './attributes-on-the-wire.js';
import { GetAttributesParams, RemoveAttributesParams, SetAttributesParams } from './dto/attributes.params.js';

const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';
const REFUSALS =
  'All changes are made or none. `false`: an attribute that is unknown, secret, kept by the directory itself or decides ' +
  'what its holder may do, or a value that does not fit.';

/** The attributes of people in their directory. */
@Injectable()
export class AttributesRpc {
  @RpcMethod({
    name: 'Get_User_Attrs',
    summary: 'Tell the attributes of a person',
    description:
      'By name in lower case, each with a list of values; Base64 for binary ones. Passwords and other secrets are never told.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: GetAttributesParams,
    result: TEXTS_BY_NAME_RESULT,
    examples: [
      {
        summary: 'Two of them',
        params: { dn: JANE, attrs: ['mail', 'mobile'] },
        result: { mail: ['jane.doe@example.test'], mobile: ['+35226000001'] },
      },
    ],
  })
  async attributes(
    { attrs }: GetAttributesParams,
    _caller: AdministratorCaller,
    { directory, person }: FoundPerson,
  ): Promise<RpcResult> {
    return attributesOnTheWire(await capability(directory, 'attributes').read(person, attrs));
  }

  @RpcMethod({
    name: 'Set_User_Attrs',
    summary: 'Change attributes of a person',
    description: `Replaces all values of the attributes named; with \`values\` adds to them. ${REFUSALS}`,
    right: 'change-people',
    changes: true,
    person: 'any',
    params: SetAttributesParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'A new number', params: { dn: JANE, attrs: { mobile: ['+35226000009'] } }, result: true }],
  })
  set({ attrs, values: add }: SetAttributesParams, _caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return change(found, attrs, add ? 'add' : 'replace');
  }

  @RpcMethod({
    name: 'Remove_User_Attrs',
    summary: 'Take attributes away from a person',
    description: `Takes whole attributes away; with \`values\` only the values named. ${REFUSALS}`,
    right: 'change-people',
    changes: true,
    person: 'any',
    params: RemoveAttributesParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'The number', params: { dn: JANE, attrs: ['mobile'] }, result: true }],
  })
  remove(
    { attrs, values: only }: RemoveAttributesParams,
    _caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    return change(found, only ? attrs : new Map([...attrs.keys()].map((name) => [name, []])), 'remove');
  }
}

async function change(
  { directory, person }: FoundPerson,
  attributes: ReadonlyMap<string, readonly string[]>,
  operation: AttributeChange['operation'],
): Promise<boolean> {
  const changes = [...attributes].map(([name, values]) => ({ operation, name, values }));
  await capability(directory, 'attributes').change(person, changes);
  return true;
}
