import { describe, expect, it } from 'vitest';
import { substituteVariables } from './substitute-variables.js';

const VARIABLES = { TOKEN: 's3cret', PORT: '8080', EMPTY: '', NESTED: '${TOKEN}' };

describe('${NAME} in the configuration file', () => {
  it.each([
    ['Bearer ${TOKEN}', 'Bearer s3cret'],
    ['http://127.0.0.1:${PORT}/${TOKEN}', 'http://127.0.0.1:8080/s3cret'],
    ['$${TOKEN}', '${TOKEN}'],
    ['cost: 5$ {x}', 'cost: 5$ {x}'],
    ['nothing', 'nothing'],
  ])('turns %s into %s', (written, text) => {
    expect(substituteVariables(written, VARIABLES)).toMatchObject({ text, problems: [] });
  });

  it('is filled in once: what a variable holds is not looked at again', () => {
    expect(substituteVariables('${NESTED}', VARIABLES).text).toBe('${TOKEN}');
  });

  it.each(['MISSING', 'EMPTY', 'constructor'])('names the variable %s when it is not set', (name) => {
    const { problems } = substituteVariables(`a \${${name}} b`, VARIABLES);
    expect(problems).toEqual([`the environment variable ${name} is not set`]);
  });

  it.each(['${', '${TOKEN', '${}', '${TO KEN}', '${1A}'])('refuses %s without showing it', (written) => {
    const { problems } = substituteVariables(`canary ${written}`, VARIABLES);
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('canary');
  });
});
