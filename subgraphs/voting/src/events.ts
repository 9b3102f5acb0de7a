import { recorder } from '@polity/kernel/events/recorder';

interface PollEvent {
  pollId: string;
  visibility: string;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
interface VotingEvents {
  'voting.poll.created': PollEvent;
  'voting.poll.updated': PollEvent;
  'voting.poll.deleted': PollEvent;
}

export const recordEvent = recorder<VotingEvents>();
