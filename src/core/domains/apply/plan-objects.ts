import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { equalSecrets } from '../../crypto/equal-secrets.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { PlainSecret, Sealed } from '../../crypto/secret-types.js';
import { DECLARED_KINDS, DECLARED_SECRET, DeclaredObject, type DeclaredKind } from '../declared-object.entity.js';
import { foldName } from '../fold-name.js';
import type { DesiredObject } from './declare-objects.js';
import type { PlanInput, Step } from './plan.js';

/** Declared things that have no table of their own. */
export function planObjects(input: PlanInput): Step[] {
  return DECLARED_KINDS.flatMap((kind) => planKind(input, kind));
}

function planKind(input: PlanInput, kind: DeclaredKind): Step[] {
  const desired = input.desired.objects.filter((object) => object.kind === kind);
  const current = input.current.objects.filter((object) => object.kind === kind);
  const byName = new Map(current.map((object) => [foldName(object.name), object]));
  const wanted = desired.flatMap((object) => planObject(input, object, byName.get(foldName(object.name))));
  const named = new Set(desired.map(({ name }) => foldName(name)));
  const others = current.filter(({ name }) => !named.has(foldName(name)));
  return [...wanted, ...others.map((object, index) => leftOver(input, object, desired.length + index))];
}

function planObject(input: PlanInput, desired: DesiredObject, current: DeclaredObject | undefined): Step[] {
  const { kind, name, position } = desired;
  const subject = `${kind.replace('-', ' ')} ${name}`;
  const spec = withId(desired, current);
  const row = (): DeclaredObject => ({
    kind,
    name,
    position,
    spec,
    secrets: seal(input.keyRing, desired.secrets),
    updatedAt: input.now,
  });
  if (!current) {
    const write: Step['write'] = async (tx) => {
      await tx.insert(DeclaredObject, row() as object);
    };
    return [{ action: 'create', subject, details: [], write }];
  }
  const details = [
    ...(current.name === name ? [] : ['name']),
    ...differingKeys(current.spec, spec),
    ...differingSecrets(input.keyRing, current.secrets, desired.secrets),
    ...(current.position === position ? [] : ['order']),
  ];
  if (details.length === 0) return [];
  const write: Step['write'] = async (tx) => {
    await tx.update(DeclaredObject, { kind, name: current.name }, row() as object);
  };
  return [{ action: 'update', subject, details: [details.join(', ')], write }];
}

/** What the file does not name is deleted, or kept behind what it names: the first usable one wins where it matters. */
function leftOver({ prune }: PlanInput, { kind, name, position }: DeclaredObject, behind: number): Step {
  const subject = `${kind.replace('-', ' ')} ${name}`;
  if (prune) {
    const write: Step['write'] = async (tx) => {
      await tx.delete(DeclaredObject, { kind, name });
    };
    return { action: 'delete', subject, details: [], write };
  }
  if (position >= behind) return { action: 'keep', subject, details: [] };
  const write: Step['write'] = async (tx) => {
    await tx.update(DeclaredObject, { kind, name }, { position: behind });
  };
  return { action: 'keep', subject, details: [], write };
}

/** An application without an id in the file keeps the one it was given. */
function withId({ kind, spec }: DesiredObject, current: DeclaredObject | undefined): Record<string, unknown> {
  if (kind !== 'application' || spec['id'] !== undefined) return spec;
  return { id: current?.spec['id'] ?? randomUUID(), ...spec };
}

function differingKeys(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) => !isDeepStrictEqual(a[key], b[key]));
}

function differingSecrets(
  keyRing: KeyRing,
  sealed: Readonly<Record<string, Sealed>>,
  desired: Readonly<Record<string, PlainSecret>>,
): string[] {
  const paths = new Set([...Object.keys(sealed), ...Object.keys(desired)]);
  return [...paths].flatMap((path) => {
    const stored = sealed[path];
    if (!equalSecrets(open(keyRing, stored), desired[path])) return [`${path} (secret)`];
    return stored && !keyRing.isCurrent(stored) ? [`${path} (sealed anew)`] : [];
  });
}

/** A value that no key of the ring opens any more is replaced by the one in the file. */
function open(keyRing: KeyRing, sealed: Sealed | undefined): PlainSecret | undefined {
  try {
    return sealed && keyRing.open(sealed, DECLARED_SECRET);
  } catch {
    return undefined;
  }
}

function seal(keyRing: KeyRing, secrets: Readonly<Record<string, PlainSecret>>): Record<string, Sealed> {
  return Object.fromEntries(
    Object.entries(secrets).map(([path, secret]) => [path, keyRing.seal(secret, DECLARED_SECRET)]),
  );
}
