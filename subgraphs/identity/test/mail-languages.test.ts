import { LANGUAGES, type Language } from '@polity/kernel/pages/language';
import { anonymous } from '@polity/kernel/testing/harness';
import type { Mail } from '../src/mail.ts';
import { mailTexts } from '../src/mails/mails.ts';
import { da } from '../src/mails/messages/da.ts';
import { de } from '../src/mails/messages/de.ts';
import { en } from '../src/mails/messages/en.ts';
import { ru } from '../src/mails/messages/ru.ts';
import type { Reader } from '../src/mails/reader.ts';
import {
  ACTIVATE,
  aPerson,
  aTenant,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  SIGN_UP,
  startIdentity,
} from './harness.ts';

const catalogues = { en, ru, de, da };
const TOKEN = `polity_ac_${'x'.repeat(43)}`;
const mails = mailTexts('https://polity.example');
const readerIn = (language: Language): Reader => ({
  to: 'ada@people.test',
  language,
  tenant: { slug: 'demo', name: 'Demo', accentColor: '#8c1d40' },
});

/** Every mail that there is, to this reader. */
const all = (reader: Reader): Mail[] => [
  mails.activation(reader, TOKEN),
  mails.passwordReset(reader, TOKEN),
  mails.magicLink(reader, TOKEN),
  mails.confirmEmail(reader, TOKEN),
  mails.invitation(reader, TOKEN, 'Grace'),
  mails.signUpOfKnown(reader),
  mails.applicationWaits(reader, 'Notes'),
  ...(['approved', 'refused', 'stopped', 'deleted'] as const).map((decision) =>
    mails.applicationDecided(reader, 'Notes', decision, 'A reason'),
  ),
  mails.notice(reader, (say) => say.passwordChanged()),
  mails.notice(reader, (say) => say.emailChanged()),
  mails.notice(reader, (say) => say.accountDeleted()),
  mails.notice(reader, (say) => say.passkeyAdded('Laptop')),
  mails.notice(reader, (say) => say.passkeyRemoved('Laptop')),
  mails.notice(reader, (say) => say.recoveryCodeUsed(3)),
  mails.notice(reader, (say) => say.newRecoveryCodes()),
  mails.notice(reader, (say) => say.appAdded()),
  mails.notice(reader, (say) => say.appRemoved()),
  mails.notice(reader, (say) => say.appTaken()),
  mails.notice(reader, (say) => say.impersonated('ticket 7')),
];

describe.each(LANGUAGES)('in %s', (language) => {
  test('every mail names tenant and service, says why it came, and leads to pages of accounts in both forms', () => {
    const say = catalogues[language];
    for (const { subject, text, html, links } of all(readerIn(language))) {
      for (const form of [text, html]) {
        for (const part of ['Demo', 'Polity', 'polity.example', say.account]) expect(form).toContain(part);
        for (const link of links) expect(form).toContain(link);
      }
      // The foot, after the line by which mail programs know it, begins with the reason.
      const [, foot = ''] = text.split('\n-- \n');
      expect(foot.split('\n')[0]).toMatch(/\p{L}+.*Demo/u);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain('#8c1d40');
      expect(subject).not.toBe('');
      expect(
        links.every((link) =>
          /^https:\/\/polity\.example\/account(\/[a-z-]+)?\?tenant=demo(#token=polity_\w+)?$/.test(link),
        ),
      ).toBe(true);
    }
  });

  test('no mail has a word of another language’s, and none is left out', () => {
    const mine = all(readerIn(language));
    expect(new Set(mine.map(({ text }) => text)).size).toBe(mine.length);
    for (const other of LANGUAGES.filter((each) => each !== language)) {
      const theirs = all(readerIn(other));
      for (const [at, { text, subject }] of mine.entries()) {
        expect(text).not.toBe(theirs[at]?.text);
        expect(subject).not.toBe(theirs[at]?.subject);
      }
    }
  });
});

test('a mail of no tenant comes from Polity, in its colour', () => {
  const { text, html, links } = mails.magicLink({ ...readerIn('en'), tenant: null }, TOKEN);
  expect(text.startsWith('Polity\n')).toBe(true);
  expect(html).toContain('#1f5fbf');
  expect(links).toEqual([`https://polity.example/account/sign-in#token=${TOKEN}`, 'https://polity.example/account']);
});

describe('whose language it is', () => {
  let world: IdentityWorld;
  beforeAll(async () => {
    world = await startIdentity();
    await aTenant(world);
  });
  afterAll(() => world.close());

  const LINK = 'mutation($email: String!) { requestMagicLink(email: $email) }';
  const UPDATE = 'mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { language } }';
  const TENANT = 'mutation($input: UpdateTenantInput!) { updateTenant(input: $input) { language } }';
  const languageOfNewest = (to: string) => /<html lang="(\w+)">/.exec(world.mails(to)[0]?.html ?? '')?.[1];

  async function mailedIn(email: string, language?: string): Promise<string | undefined> {
    await world.data(anonymous, LINK, { email }, { ...(language && { language }) });
    return languageOfNewest(email);
  }

  test('that of the account, else of the request, else of the tenant, else English', async () => {
    const person = await aPerson(world);
    const owner = (await aTenant(world)).owner;
    expect(await mailedIn(person.email)).toBe('en');
    await world.data(owner.viewer, TENANT, { input: { language: 'DE' } });
    expect(await mailedIn(person.email)).toBe('de');
    expect(await mailedIn(person.email, 'da')).toBe('da');
    const saved = await world.data(person.viewer, UPDATE, { input: { language: 'RU' } });
    expect(saved).toEqual({ updateAccount: { language: 'RU' } });
    expect(await mailedIn(person.email, 'da')).toBe('ru');
    await world.data(person.viewer, UPDATE, { input: { displayName: 'Still Russian' } });
    expect(await mailedIn(person.email, 'da')).toBe('ru');
    await world.data(person.viewer, UPDATE, { input: { language: null } });
    expect(await mailedIn(person.email, 'da')).toBe('da');
  });

  test('whoever signs up keeps the language in which they did', async () => {
    const email = 'erik@people.test';
    await world.data(anonymous, SIGN_UP, { input: { email, password: PASSWORD } }, { language: 'da' });
    expect(languageOfNewest(email)).toBe('da');
    const { activateAccount } = await world.data<{ activateAccount: { id: string } }>(anonymous, ACTIVATE, {
      token: world.mailedToken(email),
    });
    const { me } = await world.data<{ me: object }>(world.viewerOf(activateAccount.id), '{ me { language } }');
    expect(me).toEqual({ language: 'DA' });
    expect(await mailedIn(email, 'de')).toBe('da');
  });

  test('whom somebody else invites reads the tenant’s language, and who it was', async () => {
    const { owner } = await aTenant(world);
    await world.data(owner.viewer, TENANT, { input: { language: 'DE' } });
    const INVITE = 'mutation($input: CreateInvitationInput!) { createInvitation(input: $input) { token } }';
    const input = { roleKey: 'tenant.member', email: 'guest@people.test' };
    await world.data(owner.viewer, INVITE, { input }, { language: 'da' });
    const [mail] = world.mails('guest@people.test');
    expect(languageOfNewest('guest@people.test')).toBe('de');
    expect(mail?.text).toContain(owner.username);
  });

  test('a language that pages do not have is refused', async () => {
    const { viewer } = await aPerson(world);
    const reply = await world.gql(viewer, 'mutation { updateAccount(input: { language: FR }) { id } }');
    expect(reply.errors?.length).toBe(1);
    expect(fieldsOf(reply)).toEqual([]);
  });
});
