import type { Language } from '@polity/kernel/pages/language';

/** What the provider's own pages say. */
interface Texts {
  signOutTitle: string;
  signOutText: string;
  signOut: string;
  stay: string;
  signedOut: string;
  signedOutText: string;
  failed: string;
  failedText: string;
  request(id: string): string;
  account: string;
}

export const pageTexts: Readonly<Record<Language, Texts>> = {
  en: {
    signOutTitle: 'Sign out?',
    signOutText: 'You will be signed out of this browser: here, and at applications that you opened by this account.',
    signOut: 'Sign out',
    stay: 'Stay signed in',
    signedOut: 'Signed out',
    signedOutText: 'You are signed out.',
    failed: 'This did not work',
    failedText: 'Start again where you came from. If it happens again, tell those who run that application:',
    request: (id) => `If you ask for help, name this request: ${id}`,
    account: 'Go to your account',
  },
  ru: {
    signOutTitle: 'Выйти?',
    signOutText: 'Вы выйдете в этом браузере: здесь и в приложениях, которые открыли с этой учётной записью.',
    signOut: 'Выйти',
    stay: 'Остаться',
    signedOut: 'Вы вышли',
    signedOutText: 'Вы вышли из учётной записи.',
    failed: 'Не получилось',
    failedText: 'Начните снова там, откуда пришли. Если это повторится, сообщите владельцам приложения:',
    request: (id) => `Если обратитесь за помощью, назовите этот запрос: ${id}`,
    account: 'К учётной записи',
  },
  de: {
    signOutTitle: 'Abmelden?',
    signOutText:
      'Sie werden in diesem Browser abgemeldet: hier und in Anwendungen, die Sie mit diesem Konto geöffnet haben.',
    signOut: 'Abmelden',
    stay: 'Angemeldet bleiben',
    signedOut: 'Abgemeldet',
    signedOutText: 'Sie sind abgemeldet.',
    failed: 'Das hat nicht geklappt',
    failedText:
      'Beginnen Sie dort noch einmal, wo Sie herkamen. Geschieht es wieder, sagen Sie es denen, die die Anwendung betreiben:',
    request: (id) => `Wenn Sie um Hilfe bitten, nennen Sie diese Anfrage: ${id}`,
    account: 'Zum Konto',
  },
  da: {
    signOutTitle: 'Log ud?',
    signOutText: 'Du bliver logget ud i denne browser: her og i programmer, som du åbnede med denne konto.',
    signOut: 'Log ud',
    stay: 'Forbliv logget ind',
    signedOut: 'Logget ud',
    signedOutText: 'Du er logget ud.',
    failed: 'Det lykkedes ikke',
    failedText: 'Begynd igen der, hvor du kom fra. Sker det igen, så sig det til dem, der driver programmet:',
    request: (id) => `Hvis du beder om hjælp, så nævn denne forespørgsel: ${id}`,
    account: 'Til din konto',
  },
};
