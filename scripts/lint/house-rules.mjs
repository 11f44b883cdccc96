/**
 * House rules of the sources as a linter plugin: what every server gets wrong once, and what to use instead.
 *
 * @see .oxlintrc.json for the folders in which each rule holds
 */

/** Names under which secrets travel; a comparison that touches one belongs to `equalSecrets`. */
const SECRET_NAME = /(?:secret|password|digest|token|pin|otp|hash|signature|hmac|csrf|receipt|nonce)$/i;

/** Functions of node:crypto that make secrets. */
const GENERATORS = new Set(['randomBytes', 'randomInt', 'randomFillSync', 'randomFill', 'getRandomValues']);

/** Name of the variable or property that an expression reads, if it is as simple as that. */
function nameOf(node) {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  if (node.type === 'TSNonNullExpression') return nameOf(node.expression);
  if (node.type === 'MemberExpression') {
    return node.computed ? (node.property.type === 'Literal' ? String(node.property.value) : '') : node.property.name;
  }
  return '';
}

function isMember(node, object, property) {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === object
    ? nameOf(node) === property
    : false;
}

/** Literals and "nothing there": comparing a secret with these gives nothing away. */
function isPlainValue(node) {
  return node.type === 'Literal' || node.type === 'UnaryExpression' || nameOf(node) === 'undefined';
}

const timeFromClock = {
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        context.report({ node, message: 'Inject Clock and use clock.now(), so that tests can move the time.' });
      }
    },
    CallExpression(node) {
      if (isMember(node.callee, 'Date', 'now') || (node.callee.type === 'Identifier' && node.callee.name === 'Date')) {
        context.report({ node, message: 'Inject Clock and use clock.now(), so that tests can move the time.' });
      }
    },
  }),
};

const randomnessFromSource = {
  create: (context) => ({
    MemberExpression(node) {
      if (isMember(node, 'Math', 'random')) {
        context.report({ node, message: 'Math.random can be predicted. Inject RandomSource.' });
      }
    },
    ImportSpecifier(node) {
      const from = node.parent.source.value;
      if ((from === 'node:crypto' || from === 'crypto') && GENERATORS.has(node.imported.name)) {
        context.report({ node, message: 'Inject RandomSource, so that tests can fix what is drawn.' });
      }
    },
  }),
};

const environmentReadOnce = {
  create: (context) => ({
    MemberExpression(node) {
      if (isMember(node, 'process', 'env')) {
        context.report({ node, message: 'Inject Environment; core/config parses the variables once.' });
      }
    },
  }),
};

const secretsComparedInConstantTime = {
  create: (context) => ({
    BinaryExpression(node) {
      if (!['===', '!==', '==', '!='].includes(node.operator)) return;
      const sides = [node.left, node.right];
      if (!sides.some(isPlainValue) && sides.some((side) => SECRET_NAME.test(nameOf(side)))) {
        context.report({ node, message: 'Use equalSecrets: this comparison tells by its time how much was right.' });
      }
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'time-from-clock': timeFromClock,
    'randomness-from-source': randomnessFromSource,
    'environment-read-once': environmentReadOnce,
    'secrets-compared-in-constant-time': secretsComparedInConstantTime,
  },
};
