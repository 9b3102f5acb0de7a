// Who may import whom: the layering of docs/architecture.md, one rule per sentence.
const HOUSES = '^(subgraphs/[^/]+|gateway)';
const DOMAIN = `${HOUSES}/src/domain/`;
const TEST = '/test/';
const TYPES_ONLY = ['type-only'];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const houses = [
  rule(
    'kernel-knows-no-domain',
    'The kernel imports libraries only.',
    { path: '^kernel/' },
    { path: '^(subgraphs|gateway|tools|bench|start\\.ts)' },
  ),
  rule(
    'no-sibling-subgraph',
    'A subgraph refers to another by a stub type and a stored id, never by an import.',
    { path: '^subgraphs/([^/]+)/', pathNot: TEST },
    { path: '^(subgraphs|gateway|tools|bench|start\\.ts)', pathNot: '^subgraphs/$1/' },
  ),
  rule(
    'gateway-knows-no-subgraph',
    'The gateway imports the kernel only; it meets subgraphs in the supergraph and through transports.',
    { path: '^gateway/', pathNot: TEST },
    { path: '^(subgraphs|tools|bench|start\\.ts)' },
  ),
  rule(
    'src-knows-no-test',
    'Code that serves never imports code that tests.',
    { path: '/src/', pathNot: '^kernel/src/testing/' },
    { path: `${TEST}|^kernel/src/testing/` },
  ),
  rule('main-is-imported-by-nobody', 'main.ts has a side effect on import.', {}, { path: `${HOUSES}/src/main\\.ts$` }),
];

const rooms = [
  rule(
    'resolvers-call-verbs',
    'A resolver calls a verb; it never touches the database or decides.',
    { path: `${HOUSES}/src/resolvers/` },
    { path: '((^|/)node_modules/@mikro-orm/|\\.policy\\.ts$)', dependencyTypesNot: TYPES_ONLY },
  ),
  rule(
    'resolvers-see-entities-as-types',
    'A resolver may name the type of an entity, not make one.',
    { path: `${HOUSES}/src/resolvers/` },
    { path: '\\.entity\\.ts$', dependencyTypesNot: TYPES_ONLY },
  ),
  rule(
    'domain-speaks-no-graphql',
    'Verbs and loaders are called by resolvers, consumers and commands alike.',
    { path: DOMAIN },
    { path: '((^|/)node_modules/(graphql|@apollo/[^/]+|graphql-[^/]+)/|/src/(generated|resolvers)/)' },
  ),
  rule(
    'domain-sees-context-as-type',
    'The context is handed in; only its type is imported.',
    { path: DOMAIN },
    { path: '/src/context\\.ts$', dependencyTypesNot: TYPES_ONLY },
  ),
  rule(
    'domain-knows-no-wiring',
    'The domain does not know how it is served.',
    { path: DOMAIN },
    { path: `${HOUSES}/src/(subgraph|main)\\.ts$` },
  ),
  rule(
    'policies-are-pure',
    'A policy sees types, the pure functions of the kernel about access and names, and other policies.',
    { path: '\\.policy\\.ts$' },
    { pathNot: '(^kernel/src/(access/|text/names\\.ts$)|\\.policy\\.ts$)', dependencyTypesNot: TYPES_ONLY },
  ),
  rule(
    'policies-ask-an-asker',
    'Who decides past the asker leaves no trace in the decision log; only access itself works on the sets of others.',
    { path: '(\\.policy\\.ts$|^(gateway|subgraphs/(?!access/)[^/]+)/src/)' },
    { path: '^kernel/src/access/decide\\.ts$', dependencyTypesNot: TYPES_ONLY },
  ),
  rule(
    'entities-stand-alone',
    'An entity imports MikroORM, the kernel, own entities, tenancy walls and the errors of its noun.',
    { path: '\\.entity\\.ts$' },
    {
      pathNot: '(^kernel/src/|(^|/)node_modules/@mikro-orm/|(\\.(entity|errors)|/tenancy)\\.ts$)',
      dependencyTypesNot: ['core'],
    },
  ),
];

const everywhere = [
  rule(
    'no-circular',
    'Cycles of values. Types may point back, and entities refer to each other lazily.',
    {},
    { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$', dependencyTypesNot: TYPES_ONLY } },
  ),
  rule('no-unresolved', 'An import that cannot be found.', {}, { couldNotResolve: true }),
  rule(
    'no-drawer-of-everything',
    'Name a file after what it does.',
    {},
    { path: '(^|/)(utils?|helpers?|managers?|misc)(\\.ts$|/)', pathNot: 'node_modules' },
  ),
];

module.exports = {
  forbidden: [...houses, ...rooms, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.data|coverage)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
