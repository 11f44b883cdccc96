import {
  collection,
  count,
  date,
  flag,
  nullableText,
  type ObjectType,
  related,
  text,
  textMap,
  word,
} from '../../surfaces/auth-envelope/object-type.js';

/** The object model of the catalogue (authentication methods, section 5). */

export const DOMAIN: ObjectType = {
  name: 'domain',
  attributes: { id: text('Identifier.'), name: text('Name.') },
};

export const REALM: ObjectType = {
  name: 'realm',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    domains: collection(() => DOMAIN, 'Domains whose people may use the realm’s applications.'),
  },
};

export const AUTHENTICATOR: ObjectType = {
  name: 'authenticator',
  attributes: { code: text('Code, as `credential.method` names it.'), name: text('Name.') },
  brief: ['code', 'name'],
};

export const LOGON_PROCEDURE: ObjectType = {
  name: 'logonProcedure',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    type: text('Kind, e.g. `Web SSO`.'),
    steps: collection(() => LOGON_STEP, 'Its steps, in their order.'),
  },
};

export const LOGON_STEP: ObjectType = {
  name: 'logonStep',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    description: nullableText('Description.'),
    challengResponse: flag('Whether a challenge is fetched before the step.'),
    checkStaticPass: flag('Whether a static password is checked against the directory.'),
    authenticators: collection(() => AUTHENTICATOR, 'What may be presented; one of them is enough.'),
    logonProcedure: related(() => LOGON_PROCEDURE, 'The procedure that it is a step of.'),
  },
};

export const AGENT: ObjectType = {
  name: 'agent',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    type: word(['API Agent'], 'Sort of agent.'),
    description: nullableText('Description.'),
  },
};

export const APPLICATION: ObjectType = {
  name: 'application',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    description: nullableText('Description.'),
    realm: related(() => REALM, 'Who may use it; null without one.'),
    agents: collection(() => AGENT, 'The agent that calls; it is told of no other one.'),
    logonProcedures: collection(() => LOGON_PROCEDURE, 'How people log on to it.'),
  },
};

export const HOLDER: ObjectType = {
  name: 'holder',
  attributes: {
    type: word(['SYSTEM', 'DOMAIN', 'UNIT', 'GROUP', 'USER'], 'Sort of holder.'),
    name: nullableText('Name of the domain, unit, group or person; null for the whole server.'),
    domain: related(() => DOMAIN, 'Its domain; null for the whole server.'),
  },
  brief: ['type', 'name'],
};

export const POLICY: ObjectType = {
  name: 'policy',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    description: nullableText('Description.'),
    category: text('Category.'),
    enabled: flag('Always true of a policy in force.'),
    priority: count('Among policies that are equally near the higher one wins.'),
    holder: related(() => HOLDER, 'Whom it is for.'),
    applications: collection(() => APPLICATION, 'Applications that it is bound to; empty = all.'),
    options: textMap('Options in force, those that the policy leaves out included.'),
  },
};

export const SITE_STAMP: ObjectType = {
  name: 'siteStamp',
  attributes: {
    id: text('Identifier.'),
    name: text('Name.'),
    text: nullableText('Words that the person has chosen.'),
    image: nullableText('PNG in base64.'),
    application: related(() => APPLICATION, 'The application that shows it; null = all.'),
    dateCreated: date('When it was chosen.'),
  },
};
