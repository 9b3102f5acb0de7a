import type { Concern } from '../duties/concerns.ts';
import { buildSchema } from '../graph/schema.ts';
import type { AnySubgraph } from '../graph/subgraph.ts';
import type { GraphReply } from '../graph/transport.ts';
import { type RootField, rootFieldsOf } from './calls.ts';
import { concernSuite } from './concern-suite.ts';
import { contentSuite } from './content-suite.ts';
import type { Person, TestSubgraph } from './dialect.ts';
import { fileSuite } from './file-suite.ts';
import { guardSuite } from './guard-suite.ts';
import { peopleSuite } from './people-suite.ts';
import { raceSuite } from './race-suite.ts';
import { referenceSuite } from './reference-suite.ts';
import { tenancySuite } from './tenancy-suite.ts';

/** How tests get one thing of an entity type. */
export interface Noun {
  /** Makes one whose owner is this person, through the schema. */
  make(test: TestSubgraph, owner: Person): Promise<{ id: string }>;
  /** Makes one that nobody sees but its owner and those who manage; absent where nothing of the kind is hidden within the tenant. */
  hidden?(test: TestSubgraph, owner: Person): Promise<{ id: string }>;
}

/** Twenty of one mutation at the same time. */
export interface Race {
  /** Makes what they race for, and answers the call that is made twenty times. */
  prepare(test: TestSubgraph): Promise<(n: number) => Promise<GraphReply>>;
  /** How many of them succeed. */
  wins: number;
  /** Code of all others; absent where all succeed. */
  code?: string;
  /** How often each type of event tells of it, all twenty together: what happened once is told once. Absent where that is not looked at. */
  told?: Readonly<Record<string, number>>;
}

/** What a domain tells the suites about itself. */
export interface DomainUnderTest {
  subgraph: AnySubgraph;
  open(): Promise<TestSubgraph>;
  /** By name of each entity type that the contract describes and keys by `id`. */
  nouns: Readonly<Record<string, Noun>>;
  /** Entity types that the suites cannot make, each with the reason and where it is tested. */
  apart?: Readonly<Record<string, string>>;
  /** By name of the mutation. */
  races: Readonly<Record<string, Race>>;
  /** Mutations that are not raced, each with the reason; where it is there, all others must be. */
  unraced?: Readonly<Record<string, string>>;
  /** By type of each event that `concerns` declares, has it happen and answers whom it concerns; absent where only their form is looked at. */
  concerned?: Readonly<Record<string, (test: TestSubgraph, owner: Person) => Promise<Concern[]>>>;
  /** Values for arguments and input fields, by their name, for which a sample of their type would not do. */
  samples?: Readonly<Record<string, unknown>>;
  /** Leaves rows that name this person, where making things of theirs does not. */
  leaveTraces?(test: TestSubgraph, person: Person): Promise<void>;
  /** Role at the tenant of those who own things; `tenant.owner` without it. */
  ownerRole?: string;
  /** Permissions that no role grants, for system administrators alone. */
  ungranted?: readonly string[];
  /** Tables that hold rows of tenants without row level security, since no operation reads them by what a client says. */
  unsecured?: readonly string[];
  /** Waits for what is written in batches, so that a count holds nothing but the operation. */
  atRest?(test: TestSubgraph): Promise<void>;
  /** Statements of a reference, by type, where it is more than one. */
  statements?: Readonly<Record<string, number>>;
}

/** The world of one domain, that its suites share, with an owner and things of theirs. */
export interface Shared {
  domain: DomainUnderTest;
  fields: readonly RootField[];
  test: TestSubgraph;
  owner: Person;
}

/**
 * What every domain is held to: each guard asks, tenants do not meet behind either wall, what is hidden answers as what is missing, references
 * cost one statement, what happens twenty times at once happens as often as it may, every column that names a person and every type that people
 * write is declared, what is hidden is missing, and every column that names a file keeps it. Call it once, from `test/domain.test.ts`.
 */
export function domainSuites(domain: DomainUnderTest): void {
  const fields = rootFieldsOf(buildSchema(domain.subgraph), domain.subgraph.typeDefs);
  // Filled in before the first test.
  const shared: Shared = { domain, fields, test: undefined as never, owner: undefined as never };
  beforeAll(async () => {
    shared.test = await domain.open();
    shared.owner = await shared.test.person(domain.ownerRole ?? 'tenant.owner');
  });
  afterAll(() => shared.test?.world.close());

  describe('guards', () => guardSuite(shared));
  describe('references', () => referenceSuite(shared));
  describe('tenancy', () => tenancySuite(shared));
  describe('at once', () => raceSuite(shared));
  describe('people', () => peopleSuite(shared));
  describe('content', () => contentSuite(shared));
  describe('files', () => fileSuite(shared));
  describe('concerns', () => concernSuite(shared));
}
