import type { Visibility } from '@polity/kernel/access/visibility';

interface DemoPost {
  author: 'admin' | 'alice' | 'bob';
  at: 'TENANT' | 'COMMUNITY' | 'TEAM';
  visibility: Visibility;
  title: string;
  body: string;
}

/** One post of each visibility at least, oldest first. */
export const demoPosts: readonly DemoPost[] = [
  {
    author: 'admin',
    at: 'TENANT',
    visibility: 'PUBLIC',
    title: 'Welcome to the demo',
    body: 'Everyone can read this, signed in or not. Sign in as **alice** and as **bob** and compare what they see.',
  },
  {
    author: 'admin',
    at: 'TENANT',
    visibility: 'COMMUNITY',
    title: 'House rules',
    body: '1. Be kind.\n2. Clean up after yourself.\n3. Ask before you borrow.',
  },
  {
    author: 'admin',
    at: 'COMMUNITY',
    visibility: 'PUBLIC',
    title: 'What Builders do',
    body: 'We meet on Thursdays and build things.\n\n- furniture\n- radios\n- the occasional boat',
  },
  {
    author: 'bob',
    at: 'COMMUNITY',
    visibility: 'COMMUNITY',
    title: 'Who has a lathe?',
    body: 'I need one for *an hour*, for the legs of a stool. Members of Builders read this.',
  },
  {
    author: 'alice',
    at: 'COMMUNITY',
    visibility: 'COMMUNITY',
    title: 'Tool inventory',
    body: '| Tool | Shelf |\n|---|---|\n| Router | A2 |\n| Clamps | B1 |',
  },
  {
    author: 'alice',
    at: 'TEAM',
    visibility: 'TEAM',
    title: 'Keys to the workshop',
    body: 'The spare key moved. Only the team Core reads where: behind the `band saw`.',
  },
  {
    author: 'admin',
    at: 'TEAM',
    visibility: 'COMMUNITY',
    title: 'Core meets on Monday',
    body: 'The agenda comes from you, so answer here.',
  },
  {
    author: 'bob',
    at: 'COMMUNITY',
    visibility: 'PRIVATE',
    title: 'Draft: a boat in ten evenings',
    body: 'Only bob, and those who manage the posts of Builders, see this draft.',
  },
];
