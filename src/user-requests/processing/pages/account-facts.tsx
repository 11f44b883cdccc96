import type { JSX } from 'preact';
import type { FoundPerson } from '../../../core/directory/people.js';
import { Fact, Facts } from '../../../core/web/page/facts.js';

interface Props {
  readonly name: string;
  readonly found: FoundPerson;
}

/** Whose account a page is about. */
export function AccountFacts({ name, found: { person } }: Props): JSX.Element {
  const { login, displayName } = person;
  return (
    <Facts>
      <Fact name={name}>{displayName === login ? login : `${displayName} (${login})`}</Fact>
    </Facts>
  );
}
