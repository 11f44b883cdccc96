import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { applicationModel } from '../applications/application-model.js';
import { applicationObject, type Told } from '../catalog/wire-objects.js';
import type { SiteStamp } from './site-stamp.entity.js';

/** A stamp with the attributes that `object-types.ts` declares. */
export function stampObject(told: Told, stamp: Omit<SiteStamp, 'accountId'>): WireObject {
  const { id, name, text, image, applicationId, createdAt } = stamp;
  const application = applicationId === null ? undefined : applicationModel(told.snapshot).byId.get(applicationId);
  return {
    id,
    name,
    text,
    image: () => image?.toString('base64') ?? null,
    application: application ? applicationObject(told, application) : null,
    dateCreated: createdAt,
  };
}
