import { createHash, createHmac, randomBytes } from 'node:crypto';
import { ballotText } from './ballot.content.ts';
import type { BallotContent } from './ballot.entity.ts';

const RECEIPT = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/** A receipt: the secret that only the voter has, and the hash of it and the ballot, which is published when the poll closes. */
export interface Receipt {
  secret: string;
  hash: string;
}

/** The hash that stands beside a ballot: who knows the secret can show that it is of exactly this ballot. */
export const ballotHash = (secret: string, pollId: string, content: BallotContent): string =>
  createHash('sha256')
    .update(`polity-ballot-v1\n${secret}\n${ballotText(pollId, content)}`)
    .digest('base64url');

/** A new key for the secrets of one poll. */
export const newPollKey = (): string => randomBytes(32).toString('base64url');

/** What a secret is made of: the same voter, try and unit have the same secret again while the poll is open. */
export interface SecretSource {
  pollKey: string;
  voterId: string;
  /** What the client calls this try; chance where it says nothing. */
  idempotencyKey: string | null;
  /** Which of the voter's unit ballots; 0 for the only one. */
  unit: number;
}

function secretOf({ pollKey, voterId, idempotencyKey, unit }: SecretSource): string {
  if (idempotencyKey === null) return randomBytes(32).toString('base64url');
  return createHmac('sha256', pollKey)
    .update(JSON.stringify([voterId, idempotencyKey, unit]))
    .digest('base64url');
}

/** The receipt for a ballot. */
export function makeReceipt(source: SecretSource, pollId: string, content: BallotContent): Receipt {
  const secret = secretOf(source);
  return { secret, hash: ballotHash(secret, pollId, content) };
}

/** Receipts as a voter keeps them: one line, a space between two. */
export const receiptText = (receipts: readonly Receipt[]): string =>
  receipts.map(({ secret, hash }) => `${secret}.${hash}`).join(' ');

/** Receipts of such a line; null where it is none. */
export function readReceipts(line: string): Receipt[] | null {
  const found = line
    .trim()
    .split(/\s+/)
    .map((each) => RECEIPT.exec(each));
  if (found.includes(null)) return null;
  return found.map((match) => ({ secret: match?.[1] as string, hash: match?.[2] as string }));
}
