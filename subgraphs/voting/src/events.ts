import { recorder } from '@polity/kernel/events/recorder';

interface PollEvent {
  pollId: string;
  communityId: string | null;
  teamId: string | null;
  visibility: string;
}

interface NominationEvent {
  nominationId: string;
  pollId: string;
  nomineeId: string;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export interface VotingEvents {
  'voting.poll.created': PollEvent;
  'voting.poll.updated': PollEvent;
  'voting.poll.deleted': PollEvent;
  'voting.poll.nominations_opened': PollEvent;
  'voting.poll.opened': PollEvent & { eligible: number };
  'voting.poll.extended': PollEvent & { closesAt: string };
  'voting.poll.closed': PollEvent;
  'voting.poll.counted': PollEvent & { outcome: string; cast: number; eligible: number };
  'voting.poll.cancelled': PollEvent & { reason: string };
  'voting.poll.archived': PollEvent;
  /** Of an anonymous poll `voterId` is null, and nobody stands in the envelope as having caused it. */
  'voting.vote.cast': { pollId: string; anonymous: boolean; voterId: string | null; changed: boolean };
  'voting.vote.withdrawn': { pollId: string; anonymous: boolean; voterId: string | null };
  'voting.vote.invalidated': { pollId: string; ballotId: string; voterId: string; reason: string };
  /** Once a poll closed: who took part, never what they voted. */
  'voting.participation.recorded': { pollId: string; userId: string };
  'voting.nomination.created': NominationEvent & { nominatedBy: string };
  'voting.nomination.seconded': NominationEvent & { userId: string };
  'voting.nomination.accepted': NominationEvent;
  'voting.nomination.declined': NominationEvent;
  'voting.nomination.approved': NominationEvent;
  'voting.nomination.rejected': NominationEvent;
  'voting.delegation.set': {
    delegatorId: string;
    delegateId: string;
    scopeType: string;
    scopeId: string;
    topic: string;
  };
  'voting.delegation.removed': { delegatorId: string; scopeType: string; scopeId: string; topic: string };
}

export const recordEvent = recorder<VotingEvents>();
