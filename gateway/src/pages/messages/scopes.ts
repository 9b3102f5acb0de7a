import type { Language } from '@polity/kernel/pages/language';

type Said = Readonly<Record<Language, string>>;

const SCOPES: Readonly<Record<string, Said>> = {
  openid: { en: 'Know who you are', ru: 'Узнать, кто вы', de: 'Wissen, wer Sie sind', da: 'Vide, hvem du er' },
  profile: {
    en: 'See your name and user name',
    ru: 'Видеть ваше имя и имя пользователя',
    de: 'Ihren Namen und Benutzernamen sehen',
    da: 'Se dit navn og brugernavn',
  },
  email: {
    en: 'See your e-mail address',
    ru: 'Видеть ваш адрес электронной почты',
    de: 'Ihre E-Mail-Adresse sehen',
    da: 'Se din e-mailadresse',
  },
  offline_access: {
    en: 'Keep this access while you are away, until you take it back',
    ru: 'Сохранять этот доступ, пока вас нет, до его отзыва',
    de: 'Diesen Zugang behalten, auch wenn Sie nicht da sind, bis Sie ihn zurücknehmen',
    da: 'Beholde denne adgang, mens du er væk, indtil du tager den tilbage',
  },
  'graph.read': {
    en: 'Read everything that you can read',
    ru: 'Читать всё, что можете читать вы',
    de: 'Alles lesen, was Sie lesen können',
    da: 'Læse alt, hvad du kan læse',
  },
  'graph.write': {
    en: 'Change everything that you can change',
    ru: 'Изменять всё, что можете изменять вы',
    de: 'Alles ändern, was Sie ändern können',
    da: 'Ændre alt, hvad du kan ændre',
  },
};

/** What each part of the installation is called on pages. */
export const partNames: Readonly<Record<string, Said>> = {
  access: { en: 'rights and roles', ru: 'права и роли', de: 'Rechte und Rollen', da: 'rettigheder og roller' },
  activity: { en: 'the feed', ru: 'лента', de: 'Neuigkeiten', da: 'nyheder' },
  events: { en: 'events', ru: 'события', de: 'Veranstaltungen', da: 'begivenheder' },
  gamification: { en: 'achievements', ru: 'достижения', de: 'Auszeichnungen', da: 'udmærkelser' },
  identity: {
    en: 'accounts and members',
    ru: 'учётные записи и участники',
    de: 'Konten und Mitglieder',
    da: 'konti og medlemmer',
  },
  operations: { en: 'operations', ru: 'операции', de: 'Operationen', da: 'operationer' },
  portal: {
    en: 'communities and posts',
    ru: 'сообщества и записи',
    de: 'Gemeinschaften und Beiträge',
    da: 'fællesskaber og opslag',
  },
  profiles: { en: 'profiles', ru: 'профили', de: 'Profile', da: 'profiler' },
  voting: { en: 'polls', ru: 'голосования', de: 'Abstimmungen', da: 'afstemninger' },
};

const WIDE: Readonly<Record<string, Readonly<Record<Language, (part: string) => string>>>> = {
  read: {
    en: (part) => `Read what you can read: ${part}`,
    ru: (part) => `Читать то, что можете читать вы: ${part}`,
    de: (part) => `Lesen, was Sie lesen können: ${part}`,
    da: (part) => `Læse det, som du kan læse: ${part}`,
  },
  write: {
    en: (part) => `Change what you can change: ${part}`,
    ru: (part) => `Изменять то, что можете изменять вы: ${part}`,
    de: (part) => `Ändern, was Sie ändern können: ${part}`,
    da: (part) => `Ændre det, som du kan ændre: ${part}`,
  },
};

/** What a scope lets an application do; null for one that only its subgraph describes. */
export function scopeText(scope: string, language: Language): string | null {
  const known = Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined;
  if (known) return known[language];
  const [part = '', kind = '', ...rest] = scope.split('.');
  const wide = rest.length === 0 && Object.hasOwn(WIDE, kind) ? WIDE[kind] : undefined;
  return wide ? wide[language](partNames[part]?.[language] ?? part) : null;
}
