import type { MailMessages } from './en.ts';

const DECIDED = { approved: 'genehmigt', refused: 'abgelehnt', stopped: 'angehalten', deleted: 'gelöscht' } as const;

/** What mails say, in German. */
export const de: MailMessages = {
  account: 'Ihr Konto',
  ignore: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun.',
  notYou: 'Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und sagen Sie es der Verwaltung.',
  orCopy: 'Wenn der Knopf nicht geht, kopieren Sie diese Adresse in Ihren Browser:',
  reason: (text) => `Der genannte Grund: ${text}`,
  from: (site, host) => `${site} – ein Ort auf Polity unter ${host}`,
  whyAccount: (site) =>
    `Sie bekommen diese E-Mail, weil Sie ein Konto bei ${site} haben. Solche E-Mails lassen sich nicht abbestellen.`,
  activation: (site) => ({
    subject: 'Aktivieren Sie Ihr Konto',
    text: `Jemand hat sich mit dieser Adresse bei ${site} registriert. Bestätigen Sie innerhalb von 24 Stunden, dass Sie es waren.`,
    button: 'Konto aktivieren',
    why: `Sie bekommen diese E-Mail, weil jemand beim Registrieren bei ${site} Ihre Adresse angegeben hat.`,
  }),
  signUpOfKnown: (site) => ({
    subject: 'Sie haben schon ein Konto',
    text: `Jemand wollte diese Adresse für ein Konto bei ${site} verwenden, aber sie gehört schon zu einem. Wenn Sie das Passwort vergessen haben, wählen Sie auf der Seite zum Anmelden ein neues.`,
    button: 'Zur Anmeldung',
    why: `Sie bekommen diese E-Mail, weil jemand bei ${site} Ihre Adresse angegeben hat.`,
  }),
  passwordReset: (site) => ({
    subject: 'Wählen Sie ein neues Passwort',
    text: `Wählen Sie innerhalb von 30 Minuten ein neues Passwort für Ihr Konto bei ${site}. Offene Sitzungen werden beendet.`,
    button: 'Neues Passwort wählen',
    why: `Sie bekommen diese E-Mail, weil jemand bei ${site} ein neues Passwort angefordert hat.`,
  }),
  magicLink: (site) => ({
    subject: 'Ihr Link zum Anmelden',
    text: `Dieser Link meldet Sie einmal bei ${site} an, innerhalb von 10 Minuten.`,
    button: 'Anmelden',
    why: `Sie bekommen diese E-Mail, weil jemand bei ${site} einen Link zum Anmelden angefordert hat.`,
  }),
  emailCode: (site, code) => ({
    subject: 'Ihr Code zum Anmelden',
    text: `${code} meldet Sie einmal bei ${site} an, innerhalb von 10 Minuten. Geben Sie ihn nur dort ein, wo Sie ihn angefordert haben.`,
    button: 'Zur Anmeldung',
    why: `Sie bekommen diese E-Mail, weil jemand bei ${site} einen Code zum Anmelden angefordert hat.`,
  }),
  confirmEmail: (site) => ({
    subject: 'Bestätigen Sie Ihre neue Adresse',
    text: `Bestätigen Sie innerhalb von 24 Stunden, dass diese Adresse Ihnen gehört; dann zieht Ihr Konto bei ${site} zu ihr um.`,
    button: 'Adresse bestätigen',
    why: `Sie bekommen diese E-Mail, weil jemand Ihre Adresse als neue eines Kontos bei ${site} angegeben hat.`,
  }),
  invitation: (site, inviter) => ({
    subject: `Sie sind zu ${site} eingeladen`,
    text: `${inviter ?? 'Jemand'} lädt Sie zu ${site} ein. Registrieren Sie sich, oder melden Sie sich an und treten Sie bei, mit diesem Link.`,
    button: 'Einladung ansehen',
    why: `Sie bekommen diese E-Mail, weil jemand bei ${site} beim Einladen Ihre Adresse angegeben hat.`,
  }),
  applicationWaits: (application, site) => ({
    subject: 'Eine Anwendung wartet auf Ihre Genehmigung',
    text: `Die Anwendung ${application} bei ${site} bittet um eine Genehmigung. Bis jemand entscheidet, kann sie nichts Neues tun.`,
    button: 'Ihr Konto',
    why: `Sie bekommen diese E-Mail, weil Sie Anwendungen von ${site} genehmigen dürfen.`,
  }),
  notifications: (count, site) => ({
    subject: count === 1 ? `Eine Benachrichtigung von ${site}` : `${count} Benachrichtigungen von ${site}`,
    text: 'Das betrifft Sie:',
    button: 'Diese E-Mails beenden',
    why: `Sie bekommen diese E-Mail, weil bei ${site} etwas geschehen ist, das Sie betrifft.`,
  }),
  applicationDecided: (application, decision, site) => ({
    subject: `Ihre Anwendung wurde ${DECIDED[decision]}`,
    text: `Die Anwendung ${application}, die Sie bei ${site} angemeldet haben, wurde ${DECIDED[decision]}.`,
    button: 'Ihr Konto',
    why: `Sie bekommen diese E-Mail, weil Sie bei ${site} eine Anwendung angemeldet haben.`,
  }),
  passwordChanged: () => ({
    subject: 'Ihr Passwort wurde geändert',
    text: 'Das Passwort Ihres Kontos wurde geändert, und andere Sitzungen wurden beendet.',
  }),
  emailChanged: () => ({
    subject: 'Ihre Adresse wurde geändert',
    text: 'Ihr Konto verwendet ab jetzt eine andere E-Mail-Adresse.',
  }),
  accountDeleted: () => ({
    subject: 'Ihr Konto wurde gelöscht',
    text: 'Ihr Konto und seine Mitgliedschaften wurden gelöscht.',
  }),
  passkeyAdded: (name) => ({
    subject: 'Ein Passkey wurde hinzugefügt',
    text: `Der Passkey „${name}“ kann Sie ab jetzt anmelden.`,
  }),
  passkeyRemoved: (name) => ({
    subject: 'Ein Passkey wurde entfernt',
    text: `Der Passkey „${name}“ kann Sie nicht mehr anmelden.`,
  }),
  upstreamLinked: (provider) => ({
    subject: 'Ein Konto wurde verknüpft',
    text: `Ein Konto bei „${provider}“ kann Sie ab jetzt anmelden.`,
  }),
  upstreamUnlinked: (provider) => ({
    subject: 'Eine Verknüpfung wurde gelöst',
    text: `Ein Konto bei „${provider}“ kann Sie nicht mehr anmelden.`,
  }),
  recoveryCodeUsed: (left) => ({
    subject: 'Ein Wiederherstellungscode wurde benutzt',
    text: `Mit einem Wiederherstellungscode hat sich jemand in Ihrem Konto angemeldet. Verbliebene Codes: ${left}.`,
  }),
  newRecoveryCodes: () => ({
    subject: 'Neue Wiederherstellungscodes',
    text: 'Für Ihr Konto wurden neue Wiederherstellungscodes erzeugt; die alten gelten nicht mehr.',
  }),
  appAdded: () => ({
    subject: 'Anmeldung in zwei Schritten ist an',
    text: 'Ihrem Konto wurde eine Authenticator-App hinzugefügt.',
  }),
  appRemoved: () => ({
    subject: 'Anmeldung in zwei Schritten ist aus',
    text: 'Die Authenticator-App wurde von Ihrem Konto entfernt.',
  }),
  appTaken: () => ({
    subject: 'Anmeldung in zwei Schritten ist aus',
    text: 'Die Verwaltung hat die Authenticator-App von Ihrem Konto entfernt.',
  }),
  impersonated: (reason) => ({
    subject: 'Ihr Konto wurde zur Hilfe benutzt',
    text: `Jemand aus der Verwaltung handelt in Ihrem Namen, um zu helfen: ${reason}`,
  }),
};
