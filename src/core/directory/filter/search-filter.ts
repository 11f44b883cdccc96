/** What is looked for: text, or bytes that are no UTF-8. */
export type FilterValue = string | Buffer;

/** A search filter as a tree (RFC 4511 section 4.5.1.7). Values are plain: nothing in them is escaped any more. */
export type SearchFilter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly SearchFilter[] }
  | { readonly kind: 'not'; readonly filter: SearchFilter }
  | { readonly kind: 'equal'; readonly attribute: string; readonly value: FilterValue }
  | { readonly kind: 'atLeast' | 'atMost' | 'approx'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'present'; readonly attribute: string }
  | ({ readonly kind: 'substrings'; readonly attribute: string } & SubstringParts)
  | ({ readonly kind: 'extensible' } & ExtensibleParts);

/** `(attribute=initial*any*final)`; parts that are absent are empty, and one at least is not. */
export interface SubstringParts {
  readonly initial: string;
  readonly any: readonly string[];
  readonly final: string;
}

/** `(attribute:dn:rule:=value)`; what is absent is undefined. */
export interface ExtensibleParts {
  readonly attribute: string | undefined;
  readonly rule: string | undefined;
  readonly dnAttributes: boolean;
  readonly value: string;
}

/** All attributes that a filter asks about; undefined for "whichever fits", in a match by a rule alone. */
export function attributesAskedFor(filter: SearchFilter): (string | undefined)[] {
  if ('filters' in filter) return filter.filters.flatMap(attributesAskedFor);
  return 'filter' in filter ? attributesAskedFor(filter.filter) : [filter.attribute];
}
