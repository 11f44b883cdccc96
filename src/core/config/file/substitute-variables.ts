export type Variables = Readonly<Record<string, string | undefined>>;

export interface Substitution {
  readonly text: string;
  /** Whether anything was filled in. */
  readonly substituted: boolean;
  /** What is wrong, naming variables and never values. */
  readonly problems: readonly string[];
}

const REFERENCE = /(\$?)\$\{([^}]*)(\}?)/g;

/**
 * Fills `${NAME}` from the environment, once: what a variable holds is not looked at again. `$${` stands for the
 * characters `${`. An empty variable counts as missing, as everywhere in the environment.
 */
export function substituteVariables(text: string, variables: Variables): Substitution {
  const problems: string[] = [];
  let substituted = false;
  const result = text.replaceAll(REFERENCE, (whole, escape: string, name: string, end: string) => {
    if (escape) return whole.slice(1);
    if (!end || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      problems.push('${ must be followed by the name of an environment variable and }; write $${ for the characters');
      return '';
    }
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (!value) problems.push(`the environment variable ${name} is not set`);
    substituted = true;
    return value ?? '';
  });
  return { text: result, substituted, problems };
}
