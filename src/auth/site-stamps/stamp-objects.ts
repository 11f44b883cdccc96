import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { applicationModel } from '../applications/application-model.js';
import { applicationObject } from '../catalog/wire-objects.js';
import type { SiteStamp } from './site-stamp.entity.js';

/** A stamp with the attributes that `object-types.ts` declares. */
export function stampObject(snapshot: ConfigurationSnapshot, stamp: Omit<SiteStamp, 'accountId'>): WireObject {
  const { id, name, text, image, applicationId, createdAt } = stamp;
  const application = applicationId === null ? undefined : applicationModel(snapshot).byId.get(applicationId);
  return {
    id,
    name,
    text,
    image: () => image?.toString('base64') ?? null,
    application: application ? applicationObject(application) : null,
    dateCreated: createdAt,
  };
}
