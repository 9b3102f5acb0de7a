/** An object of the universe as subgraphs refer to it. */
export interface Ref {
  __typename: string;
  id: string;
}

type Args = Record<string, unknown>;

const SIZE = 5;

/** A number that is the same for the same words, so that every subgraph and the oracle tell the same. */
function hash(...words: unknown[]): number {
  let h = 2166136261;
  for (const char of words.join('/')) h = Math.imul(h ^ (char.codePointAt(0) as number), 16777619);
  return (h ^ (h >>> 13)) >>> 0;
}

const ref = (__typename: string, number: number): Ref => ({ __typename, id: String(number % SIZE) });
const refs = (typeName: string, seed: number, length: number): Ref[] =>
  Array.from({ length }, (_, index) => ref(typeName, hash(seed, index)));
const media = (number: number): Ref => ref(number % 2 ? 'Book' : 'Film', number >> 1);

/** What may be asked of an object, by type and field. Some are null, and some fail, by the seed of the universe. */
const FIELDS: Record<string, (self: Ref, n: number, args: Args) => unknown> = {
  'User.name': ({ id }) => `user ${id}`,
  'User.email': ({ id }) => `${id}@example.test`,
  'User.bestFriend': (_self, n) => ref('User', n),
  'User.friends': (_self, n) => refs('User', n, n % 3),
  'User.favorite': (_self, n) => media(n),
  'User.reviews': (_self, n) => refs('Review', n, n % 4),
  'User.score': (_self, n) => n % 100,
  'Product.upc': ({ id }) => `upc-${id}`,
  'Product.name': ({ id }) => `product ${id}`,
  'Product.price': (_self, n) => n % 50,
  'Product.dims': (_self, n) => ({ __typename: 'Dims', id: String(n), h: n % 7, w: n % 5 }),
  'Product.reviews': (_self, n) => refs('Review', n, n % 4),
  'Product.related': (_self, n) => [refs('Product', n, 2), refs('Product', n + 1, 1)],
  'Product.inStock': (_self, n) => n % 2 === 0,
  'Review.body': ({ id }) => `review ${id}`,
  'Review.author': (_self, n) => ref('User', n),
  'Review.product': (_self, n) => ref('Product', n),
  'Review.about': (_self, n) => (n % 3 === 0 ? ref('Product', n) : media(n)),
  'Book.title': ({ id }) => `book ${id}`,
  'Book.pages': (_self, n) => n % 900,
  'Book.author': (_self, n) => ref('User', n),
  'Film.title': ({ id }) => `film ${id}`,
  'Film.minutes': (_self, n) => n % 200,
  'Media.rating': (_self, n) => n % 10,
  'Query.users': (_self, n) => refs('User', n, SIZE),
  'Query.user': (_self, _n, { id }) => ref('User', Number(id)),
  'Query.products': (_self, n) => refs('Product', n, SIZE),
  'Query.library': (_self, n) => [media(n), media(n + 1), media(n + 2)],
  'Query.topReview': (_self, n) => ref('Review', n),
  'Mutation.rename': (_self, _n, { id }) => ref('User', Number(id)),
  'Mutation.review': (_self, _n, { id }) => ref('Review', Number(id)),
};

/** Never null and never failing: keys, and what others need to compute theirs. */
const FIRM = /^(Query|Mutation)\.|\.(upc|id)$/;

export interface Universe {
  field(type: string, name: string, self: Ref, args?: Args): unknown;
  /** Depends on the price and the dimensions, as a subgraph is handed them. */
  shipping(price: unknown, h: unknown): number | null;
}

/** A universe in which some fields are null and some fail. */
export function universe(seed: number): Universe {
  return {
    field(type, name, self, args = {}) {
      const coordinate = `${type}.${name}`;
      const n = hash(seed, coordinate, self.id);
      const luck = FIRM.test(coordinate) ? 99 : n % 23;
      if (luck === 0) throw new Error(`${coordinate} of ${self.id} fails`);
      if (luck === 1) return null;
      return FIELDS[coordinate]?.(self, n >>> 4, args);
    },
    shipping: (price, h) => (typeof price === 'number' && typeof h === 'number' ? price + h : null),
  };
}
