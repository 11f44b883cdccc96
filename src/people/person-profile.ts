/**
 * What is kept of a person besides what every directory holds, in the words of the surface that said it: roles and tags of
 * applications, a time zone, a comment. `opts` are the further fields of iam-rest section 7.
 */
export type PersonProfile = Readonly<Record<string, unknown>> & { readonly opts?: Readonly<Record<string, unknown>> };

/** A profile with what is said of it: members of `opts` one by one, everything else as a whole. */
export function mergedProfile(kept: PersonProfile | undefined, said: PersonProfile): PersonProfile {
  return { ...kept, ...said, ...((kept?.opts ?? said.opts) && { opts: { ...kept?.opts, ...said.opts } }) };
}
