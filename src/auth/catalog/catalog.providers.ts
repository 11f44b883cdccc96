import { DecoyStamps } from '../site-stamps/decoy-stamps.js';
import { ListSiteStampsMethod } from '../site-stamps/list-site-stamps.auth.js';
import { SiteStamps } from '../site-stamps/site-stamps.js';
import { SiteStampsRpc } from '../site-stamps/site-stamps.rpc.js';
import { GetLogonStepsMethod } from './get-logon-steps.auth.js';
import { GetPolicyMethod } from './get-policy.auth.js';
import { ListApplicationsMethod } from './list-applications.auth.js';
import { ListAuthenticatorsMethod } from './list-authenticators.auth.js';
import { ListDomainsMethod } from './list-domains.auth.js';
import { PolicyReport } from './policy-report.js';

/** Methods that tell what there is. */
export const CATALOG_PROVIDERS = [
  PolicyReport,
  SiteStamps,
  DecoyStamps,

  ListApplicationsMethod,
  ListDomainsMethod,
  ListAuthenticatorsMethod,
  GetLogonStepsMethod,
  GetPolicyMethod,
  ListSiteStampsMethod,
  SiteStampsRpc,
];
