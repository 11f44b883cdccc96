import { Base64Param, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';

/** Parameters of `SiteStamps.List`. */
export class StampedPersonParams {
  @StringParam({ required: true, description: 'Distinguished name of the person (RFC 4514).' })
  dn!: string;
}

/** Parameters of `SiteStamps.Remove`. */
export class NameStampParams extends StampedPersonParams {
  @StringParam({ maxLength: 64, description: 'Name of the stamp; `main` when absent.' })
  name?: string;
}

/** Parameters of `SiteStamps.Set`. */
export class SetStampParams extends NameStampParams {
  @StringParam({ maxLength: 100, description: 'Words that the person has chosen.' })
  text?: string;

  @Base64Param({ description: 'PNG in Base64, 64 KiB at most.' })
  image?: Uint8Array;

  @StringParam({ maxLength: 200, description: 'Name of the application that shows it; all when absent.' })
  application?: string;
}
