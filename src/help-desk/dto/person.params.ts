import { StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { TextListParam } from '../../surfaces/json-rpc/rpc-list-types.js';

/** Names a person by their distinguished name (manager-json-rpc section 12). */
export class DnParams {
  @StringParam({ required: true, description: 'Distinguished name of the person (RFC 4514).' })
  dn!: string;
}

/** Parameters of `Get_User_Groups`. */
export class DnInDomainParams extends DnParams {
  @StringParam({ required: true, description: 'Name of the domain whose directory is asked.' })
  domain!: string;
}

/** Parameters of `Get_User_DN`. */
export class LoginParams {
  @StringParam({ required: true, description: 'Login of the person, as one of the login attributes of the directory.' })
  username!: string;

  @StringParam({ required: true, description: 'Name of the domain.' })
  domain!: string;
}

/** Parameters of `Get_User_Settings`. */
export class SettingsParams extends DnParams {
  @TextListParam({ description: 'Names of the settings; all when absent. Unknown names are left out of the answer.' })
  settings?: readonly string[];
}

/** Parameters of `Get_User_Data`. */
export class DataParams extends DnParams {
  @TextListParam({ description: 'Names of the data; all when absent. Unknown names are left out of the answer.' })
  data?: readonly string[];
}
