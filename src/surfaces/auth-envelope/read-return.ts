import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import type { Returns, Wanted } from './auth-method.js';
import { invalid } from './auth-refusal.js';
import type { AttributeDeclaration, ObjectType } from './object-type.js';
import type { Pick, Projection } from './projection.js';
import { readablePath } from './readable-path.js';

/** How deep relations may be followed, and how many items there may be (authentication methods, section 2.2). */
const DEEPEST = 4;
const MOST_ITEMS = 64;

const PARAMETER = 'return';
const EVERYTHING = '*';
const ELEMENTS = 'elements';

/** What a request is answered with. */
export interface WantedResult extends Wanted {
  readonly projection: Projection;
}

/**
 * Makes the reader of `return` for a method. What is taken without one is worked out here, once.
 *
 * @throws AuthRefusal from the reader: 102 for another type, too many items or too deep; 106 for a secret
 */
export function compileReturn({ type, defaults }: Returns): (sent: JsonValue | undefined) => WantedResult {
  const standard = wanted(new Reading().items(type, defaults, 1), false);
  return (sent) => {
    if (sent == null) return standard;
    if (!Array.isArray(sent)) throw invalid(PARAMETER);
    return wanted(new Reading().items(type, sent as readonly JsonValue[], 1), true);
  };
}

function wanted(projection: Projection, asked: boolean): WantedResult {
  return { projection, asked, has: (attribute) => projection.has(attribute) };
}

/** One reading of a `return`, which counts its items. */
class Reading {
  private count = 0;

  items(type: ObjectType, items: readonly JsonValue[], depth: number): Projection {
    const picks = new Map<string, Pick>();
    for (const item of items) {
      this.counted(depth);
      if (typeof item === 'string') this.named(type, item, depth, picks);
      else if (isJsonObject(item)) this.nested(type, item, depth, picks);
      else throw invalid(PARAMETER);
    }
    return picks;
  }

  private named(type: ObjectType, name: string, depth: number, picks: Map<string, Pick>): void {
    if (name === EVERYTHING) {
      for (const [key, attribute] of Object.entries(type.attributes)) {
        if (!type.onlyNamed?.includes(key)) add(picks, pickOf(key, [key], attribute));
      }
      return;
    }
    const path = this.follow(type, name, depth);
    if (path) add(picks, pickOf(name, path.segments, path.attribute));
  }

  private nested(type: ObjectType, item: JsonObject, depth: number, picks: Map<string, Pick>): void {
    for (const [key, value] of Object.entries(item)) {
      this.counted(depth + 1);
      if (!Array.isArray(value)) throw invalid(PARAMETER);
      const path = this.follow(type, key, depth);
      const relation = path && path.attribute.kind !== 'value' ? path.attribute.type() : UNKNOWN;
      const { items, elements } = withoutElements(value as readonly JsonValue[]);
      // Read also where nothing is known of the relation: a secret is refused wherever it is named.
      const inner = this.items(relation, items, depth + 1);
      if (path && relation !== UNKNOWN) add(picks, { key, segments: path.segments, inner, elements });
    }
  }

  private follow(type: ObjectType, path: string, depth: number): ReturnType<typeof readablePath> {
    if (!isStorableText(path) || path.split('.', DEEPEST + 1).length + depth - 1 > DEEPEST) throw invalid(PARAMETER);
    return readablePath(type, path);
  }

  private counted(depth: number): void {
    this.count += 1;
    if (this.count > MOST_ITEMS || depth > DEEPEST) throw invalid(PARAMETER);
  }
}

/** Stands for what no object type describes. */
const UNKNOWN: ObjectType = { name: 'unknown', attributes: {} };

function pickOf(key: string, segments: readonly string[], attribute: AttributeDeclaration): Pick {
  if (attribute.kind === 'value') return { key, segments };
  const type = attribute.type();
  const inner = new Map((type.brief ?? ['id']).map((name) => [name, { key: name, segments: [name] }]));
  return { key, segments, inner };
}

/** The nested form says more than the mere name of a relation; two nested forms add up. */
function add(picks: Map<string, Pick>, pick: Pick): void {
  const there = picks.get(pick.key);
  if (!there?.inner || !pick.inner) {
    picks.set(pick.key, pick);
    return;
  }
  const elements = (there.elements ?? false) || (pick.elements ?? false);
  picks.set(pick.key, { ...pick, inner: new Map([...there.inner, ...pick.inner]), elements });
}

function withoutElements(items: readonly JsonValue[]): { items: readonly JsonValue[]; elements: boolean } {
  const [only] = items;
  if (items.length !== 1 || only === undefined || !isJsonObject(only)) return { items, elements: false };
  const inner = Object.hasOwn(only, ELEMENTS) && Object.keys(only).length === 1 ? only[ELEMENTS] : undefined;
  return Array.isArray(inner) ? { items: inner as readonly JsonValue[], elements: true } : { items, elements: false };
}
