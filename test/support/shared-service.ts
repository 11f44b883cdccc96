import { inject } from 'vitest';
import type { sharedServices, SharedServiceName } from './shared-services.js';

type Info<Name extends SharedServiceName> = Awaited<ReturnType<(typeof sharedServices)[Name]>>['info'];

/** Asks for a shared service, which is started if nobody asked before. */
export async function sharedService<Name extends SharedServiceName>(name: Name): Promise<Info<Name>> {
  const response = await fetch(`${inject('sharedServicesUrl')}/${name}`);
  if (!response.ok) throw new Error(`shared service ${name}: ${await response.text()}`);
  return (await response.json()) as Info<Name>;
}
