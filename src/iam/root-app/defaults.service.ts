import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { openDomains } from '../registration/open-domains.js';

/** What the root web application needs before anybody has logged in (iam-rest section 7, `defaults.json`). */
export interface RootAppDefaults {
  /** Prefilled in the log-in form; `URL` means the domain of the browser's address, the empty text none. */
  readonly defaultDomain: string;
  /** Whether the link *Register* is shown. */
  readonly selfRegisterAllowed: boolean;
  /** Domains that may be chosen to register in. */
  readonly selfRegisterDomains: readonly string[];
}

/** The domain of the browser's address. */
const FROM_ADDRESS = 'URL';

@Injectable()
export class DefaultsService {
  constructor(private readonly configuration: Configuration) {}

  async defaults(): Promise<RootAppDefaults> {
    const snapshot = await this.configuration.snapshot();
    const domains = snapshot.domains.filter(({ blocked }) => !blocked);
    const [only, another] = domains;
    const named = snapshot.defaultDomain;
    const chosen = named === FROM_ADDRESS ? named : snapshot.domain(named ?? '')?.name;
    const open = openDomains(snapshot).map(({ name }) => name);
    return {
      defaultDomain: (another === undefined ? only?.name : chosen) ?? '',
      selfRegisterAllowed: open.length > 0,
      selfRegisterDomains: open,
    };
  }
}
