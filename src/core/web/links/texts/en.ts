/** Texts of the pages that links of every kind lead to. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  greeting: (name: string) => `Hello ${name}`,
  requestedBy: 'Requested by',
  comments: 'Note',
  expires: 'Link works until',
  onceTitle: 'This link works once.',
  once: (span: string) => `It is used up when you continue. You then have ${span} for the next page.`,
  proceed: 'Continue',
  unexpected: 'You did not expect this? Then close this page. As long as you do not continue, nothing changes.',

  dead: {
    title: 'This link is not valid any more',
    texts: [
      'A link works once and for a limited time. This one may have been used, may have run out, or a newer one may have taken its place.',
      'If you have a newer message from us, please use the link in that one. Otherwise ask your help desk for a new link.',
    ],
  },
};

export type LinkTexts = typeof en;
