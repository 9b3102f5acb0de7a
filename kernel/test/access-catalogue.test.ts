import {
  type AccessDeclaration,
  codesOf,
  createCatalogue,
  decodeMask,
  encodeMask,
  mergeDeclarations,
  validateDeclaration,
} from '../src/access/catalogue.ts';

const entry = (code: string, bit: number) => ({ code, bit, description: code });
const declared = (change: Partial<AccessDeclaration> = {}): AccessDeclaration => ({
  permissions: [
    { code: 'events.event.create', description: 'Create events.', scopeTypes: ['COMMUNITY', 'TEAM'] },
    { code: 'events.event.import', description: 'Import calendars.', scopeTypes: ['TENANT'] },
  ],
  roles: [
    {
      key: 'events.organizer',
      name: 'Organizer',
      description: 'Runs events.',
      scopeType: 'COMMUNITY',
      permissions: ['events.event.create'],
    },
  ],
  ...change,
});

describe('the permission catalogue', () => {
  it('reads back the codes of a mask over several words, in the order of their bits', () => {
    const catalogue = createCatalogue(
      [entry('a.b.c', 70), entry('a.b.d', 0), entry('a.b.e', 31), entry('a.b.f', 32)],
      1,
    );
    expect(catalogue.words).toBe(3);
    expect(codesOf(catalogue, decodeMask(catalogue, encodeMask(catalogue, ['a.b.c', 'a.b.f', 'a.b.e'])))).toEqual([
      'a.b.e',
      'a.b.f',
      'a.b.c',
    ]);
    expect(codesOf(catalogue, new Uint32Array([0xffffffff, 0xffffffff, 0xffffffff]))).toEqual([
      'a.b.d',
      'a.b.e',
      'a.b.f',
      'a.b.c',
    ]);
  });

  it('drops from a newer mask the codes it does not know yet, and reads an older, shorter one', () => {
    const old = createCatalogue([entry('a.b.c', 3)], 1);
    const grown = createCatalogue([entry('a.b.c', 3), entry('a.b.d', 40)], 2);
    expect(codesOf(old, decodeMask(old, encodeMask(grown, ['a.b.c', 'a.b.d'])))).toEqual(['a.b.c']);
    expect(codesOf(grown, decodeMask(grown, encodeMask(old, ['a.b.c'])))).toEqual(['a.b.c']);
  });

  it('refuses a code or a bit that comes twice, and what is no code or no bit', () => {
    expect(() => createCatalogue([entry('a.b.c', 0), entry('a.b.c', 1)], 1)).toThrow('comes twice');
    expect(() => createCatalogue([entry('a.b.c', 0), entry('a.b.d', 0)], 1)).toThrow('share bit 0');
    expect(() => createCatalogue([entry('a.b', 0)], 1)).toThrow('<subgraph>.<noun>.<verb>');
    expect(() => createCatalogue([entry('a.b.c', -1)], 1)).toThrow('no usable bit');
    expect(() => createCatalogue([entry('a.b.c', 1.5)], 1)).toThrow('no usable bit');
  });

  it('refuses to write a mask with an unknown code', () => {
    expect(() => encodeMask(createCatalogue([entry('a.b.c', 0)], 1), ['a.b.x'])).toThrow(
      'a.b.x is not in the catalogue',
    );
  });
});

describe('an access declaration', () => {
  it('passes when codes carry the name of their subgraph and roles name known codes', () => {
    expect(() => validateDeclaration('events', declared())).not.toThrow();
  });

  it('is refused for a code of another subgraph, one without description, one without scope type and one that comes twice', () => {
    const [first] = declared().permissions;
    const permission = (change: object) => declared({ permissions: [{ ...first!, ...change }], roles: [] });
    expect(() => validateDeclaration('voting', declared())).toThrow('voting.<noun>.<verb>');
    expect(() => validateDeclaration('events', permission({ description: ' ' }))).toThrow('no description');
    expect(() => validateDeclaration('events', permission({ scopeTypes: [] }))).toThrow('no scope type');
    expect(() => validateDeclaration('events', declared({ permissions: [first!, first!] }))).toThrow('declared twice');
  });

  it('is refused for a role that names an unknown code, comes twice, or could never use a code', () => {
    const [role] = declared().roles;
    const roles = (...all: object[]) => declared({ roles: all.map((change) => ({ ...role!, ...change })) });
    expect(() => validateDeclaration('events', roles({ permissions: ['events.event.fly'] }))).toThrow(
      'unknown permission events.event.fly',
    );
    expect(() => validateDeclaration('events', roles({}, {}))).toThrow('declared twice');
    expect(() => validateDeclaration('events', roles({ permissions: ['events.event.import'] }))).toThrow(
      'can never use',
    );
    expect(() => validateDeclaration('events', roles({ key: 'organizer' }))).toThrow('<group>.<role>');
  });

  it('adds its permissions to a role that another subgraph names, which keeps the title of its own subgraph', () => {
    const owner = (name: string, permissions: string[]) => ({
      key: 'portal.owner',
      name,
      description: '',
      scopeType: 'COMMUNITY' as const,
      permissions,
    });
    const portal: AccessDeclaration = {
      permissions: [{ code: 'portal.post.manage', description: 'Manage posts.', scopeTypes: ['COMMUNITY'] }],
      roles: [owner('Owner', ['portal.post.manage'])],
    };
    const events = declared({ roles: [owner('Event owner', ['events.event.create'])] });
    const merged = mergeDeclarations({ events, portal });
    expect(merged.roles).toEqual([owner('Owner', ['events.event.create', 'portal.post.manage'])]);
    expect(merged.permissions.map((each) => each.code)).toEqual([
      'events.event.create',
      'events.event.import',
      'portal.post.manage',
    ]);
    const elsewhere = { ...portal, roles: [{ ...portal.roles[0]!, scopeType: 'TENANT' as const }] };
    expect(() => mergeDeclarations({ events, portal: elsewhere })).toThrow('portal.owner');
  });
});
