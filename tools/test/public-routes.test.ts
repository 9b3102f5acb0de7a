import { parse } from 'graphql';
import { problemsOfRoutes, routesOf } from '../public-routes.ts';

const contract = (name: string, ...paths: string[]) => ({
  name,
  document: parse(`extend schema @serves(paths: ${JSON.stringify(paths)}) type Query { a: ID }`),
});
const silent = { name: 'silent', document: parse('extend schema @link(url: "x") type Query { a: ID }') };

it('lists what each subgraph says that it serves', () => {
  expect(routesOf([contract('feeds', '/feeds', '/.well-known/feeds'), silent])).toEqual({
    feeds: ['/feeds', '/.well-known/feeds'],
  });
  expect(problemsOfRoutes([contract('feeds', '/feeds'), contract('files', '/feedsinfiles'), silent])).toEqual([]);
});

it('refuses what is no path, and what two serve', () => {
  expect(problemsOfRoutes([contract('feeds', 'feeds', '/feeds/*')])).toEqual([
    'feeds: @serves: feeds is no path',
    'feeds: @serves: /feeds/* is no path',
  ]);
  expect(problemsOfRoutes([contract('feeds', '/feeds'), contract('files', '/feeds/files')])).toEqual([
    'files: @serves: /feeds/files is served by feeds',
  ]);
});
