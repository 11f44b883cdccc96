import type { LinkTexts } from './en.js';

export const de = {
  greeting: (name) => `Guten Tag, ${name}`,
  requestedBy: 'Angefordert von',
  comments: 'Hinweis',
  expires: 'Link gilt bis',
  onceTitle: 'Dieser Link gilt einmal.',
  once: (span) =>
    `Er ist verbraucht, sobald Sie auf „Weiter“ gehen. Für die nächste Seite haben Sie dann ${span} Zeit.`,
  proceed: 'Weiter',
  unexpected:
    'Sie haben das nicht erwartet? Dann schließen Sie diese Seite. Solange Sie nicht auf „Weiter“ gehen, ändert sich nichts.',

  dead: {
    title: 'Dieser Link gilt nicht mehr',
    texts: [
      'Ein Link gilt einmal und nur für eine bestimmte Zeit. Dieser wurde vielleicht schon benutzt, ist abgelaufen oder wurde durch einen neueren ersetzt.',
      'Wenn Sie eine neuere Nachricht von uns haben, nehmen Sie bitte den Link darin. Sonst lassen Sie sich von Ihrem Helpdesk einen neuen schicken.',
    ],
  },
} satisfies LinkTexts;
