import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { TEXTS_BY_NAME_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { attributesOnTheWire } from './attributes-on-the-wire.js';
import { DirectorySearch } from './directory-search.js';
import { SearchParams } from './dto/attributes.params.js';

/** Searching the directory. */
@Injectable()
export class SearchRpc {
  constructor(private readonly search: DirectorySearch) {}

  @RpcMethod({
    name: 'Search_LDAP_Objects',
    summary: 'Search the directory',
    description:
      'Gives the objects by distinguished name, each with its attributes as `Get_User_Attrs` does; at most 1000. ' +
      'Searches nothing but the part of the directory that belongs to a domain of the caller.',
    right: 'search-people',
    changes: false,
    params: SearchParams,
    result: { type: 'object', additionalProperties: TEXTS_BY_NAME_RESULT },
    examples: [
      {
        summary: 'Who has this address',
        params: { basedn: 'dc=RCDEVSDOCS', filter: '(mail=john@example.test)', attrs: ['mail'] },
        result: { 'cn=john,dc=RCDEVSDOCS': { mail: ['john@example.test'] } },
      },
    ],
  })
  async objects(params: SearchParams, caller: AdministratorCaller): Promise<RpcResult> {
    const { objects } = await this.search.find(caller, {
      baseDn: params.basedn,
      scope: params.scope,
      ...(params.filter !== undefined && { filter: params.filter }),
      ...(params.attrs && { attributes: params.attrs }),
    });
    return Object.fromEntries(objects.map(({ dn, attributes }) => [dn, attributesOnTheWire(attributes)]));
  }
}
