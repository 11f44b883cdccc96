import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BerElement, elementsOf, firstElement } from './ber.js';
import { parseFilter } from '../filter/parse-filter.js';
import { encodeFilter } from './encode-filter.js';
import { allOf, anyOf, equals } from './ldap-filters.js';
import { modifyRequest, searchRequest } from './ldap-requests.js';
import type { LdapRequest } from './ldap-requests.js';

const AND = 0xa0;
const OR = 0xa1;
const EQUALITY = 0xa3;

/** Names and logins that mean something to a careless program. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('*', '(', ')', '\\', '&', '|', '!', '=', ',', '#', ' ', '\0', '"', '+', '2', 'a'),
  }),
);

function operationOf(request: LdapRequest): BerElement[] {
  const message = firstElement(request.toBer().buffer);
  const [, operation] = elementsOf(message?.value ?? Buffer.alloc(0));
  return elementsOf(operation?.value ?? Buffer.alloc(0));
}

function filterFor(login: string): BerElement | undefined {
  const filter = allOf(
    encodeFilter(parseFilter('(objectClass=inetOrgPerson)')),
    anyOf(equals('uid', login), equals('cn', login)),
  );
  const base = 'ou=people,dc=example,dc=test';
  return operationOf(searchRequest({ base, scope: 'subtree', filter, attributes: ['cn'], sizeLimit: 2 }))[6];
}

describe('requests', () => {
  it('attack 49: carry any login as one value of an unchanged filter', () => {
    fc.assert(
      fc.property(
        hostile.filter((login) => login !== ''),
        (login) => {
          const filter = filterFor(login);
          expect(filter?.tag).toBe(AND);
          const [userFilter, logins] = elementsOf(filter?.value ?? Buffer.alloc(0));
          expect(elementsOf(userFilter?.value ?? Buffer.alloc(0)).map(({ value }) => value.toString())).toEqual([
            'objectClass',
            'inetOrgPerson',
          ]);
          expect(logins?.tag).toBe(OR);
          const clauses = elementsOf(logins?.value ?? Buffer.alloc(0));
          expect(clauses.map(({ tag }) => tag)).toEqual([EQUALITY, EQUALITY]);
          const parts = clauses.map(({ value }) => elementsOf(value).map((part) => part.value.toString()));
          const sent = Buffer.from(login).toString();
          expect(parts).toEqual([
            ['uid', sent],
            ['cn', sent],
          ]);
        },
      ),
    );
  });

  it('attack 49: carry any name letter by letter', () => {
    fc.assert(
      fc.property(hostile, (dn) => {
        const [object] = operationOf(modifyRequest(dn, [{ operation: 'replace', attribute: 'cn', values: ['x'] }]));
        expect(object?.value.toString()).toBe(Buffer.from(dn).toString());
        const filter = equals('cn', 'x');
        const [base] = operationOf(searchRequest({ base: dn, scope: 'base', filter, attributes: [], sizeLimit: 1 }));
        expect(base?.value.toString()).toBe(Buffer.from(dn).toString());
      }),
    );
  });

  it('carry binary values byte by byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 32 }), (bytes) => {
        const value = Buffer.from(bytes);
        const filter = equals('objectGUID', value);
        const search = operationOf(searchRequest({ base: '', scope: 'base', filter, attributes: [], sizeLimit: 1 }));
        expect(elementsOf(search[6]?.value ?? Buffer.alloc(0))[1]?.value.equals(value)).toBe(true);
      }),
    );
  });
});
