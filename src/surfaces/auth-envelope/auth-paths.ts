/** The two forms of a method's path, by what the logon session's cookie is sent to (authentication methods, section 1.1). */
export type PathForm = '/auth' | '/das5';

/** What is before the method's name. */
export const PREFIXES: Readonly<Record<PathForm, string>> = { '/auth': '/auth/', '/das5': '/das5/rest/auth/' };

/** A method's name as the path gives it, and the form that was called. */
export interface CalledPath {
  readonly form: PathForm;
  /** Undefined where no method can be. */
  readonly name: string | undefined;
}

/**
 * Reads the path below `/auth` or `/das5`, decoded and without query. The slash between base and method may be doubled,
 * as clients that join both write it.
 */
export function readPath(form: PathForm, below: string): CalledPath {
  if (form === '/auth') return { form, name: below };
  return { form, name: /^rest\/{1,2}auth\/(.*)$/s.exec(below)?.[1] };
}
