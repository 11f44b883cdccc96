import type { LinkTexts } from './en.js';

export const fr = {
  greeting: (name) => `Bonjour ${name}`,
  requestedBy: 'Demandé par',
  comments: 'Remarque',
  expires: 'Lien valable jusqu’au',
  onceTitle: 'Ce lien ne sert qu’une fois.',
  once: (span) => `Il est utilisé dès que vous continuez. Vous avez ensuite ${span} pour la page suivante.`,
  proceed: 'Continuer',
  unexpected: 'Vous ne vous y attendiez pas ? Fermez cette page. Tant que vous ne continuez pas, rien ne change.',

  dead: {
    title: 'Ce lien n’est plus valable',
    texts: [
      'Un lien ne sert qu’une fois et pendant un temps limité. Celui-ci a peut-être déjà été utilisé, a expiré ou a été remplacé par un plus récent.',
      'Si vous avez reçu un message plus récent de notre part, utilisez le lien qu’il contient. Sinon, demandez un nouveau lien à votre service d’assistance.',
    ],
  },
} satisfies LinkTexts;
