import type { SearchScope } from '../../core/directory/capabilities/object-search.js';
import { type NamedTexts, TextListParam, TextsByNameParam } from '../../surfaces/json-rpc/rpc-list-types.js';
import { BooleanParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { DnParams } from './person.params.js';

const SCOPES = ['sub', 'base', 'one'] as const satisfies readonly SearchScope[];

/** Parameters of `Get_User_Attrs`. */
export class GetAttributesParams extends DnParams {
  @TextListParam({ description: 'Names of the attributes; all when absent. Unknown ones are left out of the answer.' })
  attrs?: readonly string[];
}

/** Parameters of `Set_User_Attrs`. */
export class SetAttributesParams extends DnParams {
  @TextsByNameParam({
    required: true,
    description: 'Attributes with their values, Base64 for binary ones.',
  })
  attrs!: NamedTexts;

  @BooleanParam({ default: false, description: 'Whether to add the values to those that are there.' })
  values!: boolean;
}

/** Parameters of `Remove_User_Attrs`. */
export class RemoveAttributesParams extends DnParams {
  @TextsByNameParam({
    required: true,
    namesToo: true,
    description: 'Names of the attributes; with `values` an object with the values to take away.',
  })
  attrs!: NamedTexts;

  @BooleanParam({ default: false, description: 'Whether only the values named are taken away.' })
  values!: boolean;
}

/** Parameters of `Search_LDAP_Objects`. */
export class SearchParams {
  @StringParam({ required: true, description: 'Distinguished name of the object where the search begins.' })
  basedn!: string;

  @StringParam({ description: 'Search filter (RFC 4515); everything when absent.' })
  filter?: string;

  @WordParam({ words: SCOPES, default: 'sub', description: 'How deep to search.' })
  scope!: SearchScope;

  @TextListParam({ description: 'Names of the attributes to tell; all when absent.' })
  attrs?: readonly string[];
}

/** Parameters of `Get_User_Certificates`. */
export class GetCertificatesParams extends DnParams {
  @BooleanParam({ default: false, description: 'Whether to leave out those that are not valid at the moment.' })
  valid!: boolean;
}

/** Parameters of `Remove_User_Certificate`. */
export class RemoveCertificateParams extends DnParams {
  @StringParam({ required: true, description: 'The certificate in PEM.' })
  certificate!: string;
}
