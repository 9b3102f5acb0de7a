import type { Concern, Concerns } from '@polity/kernel/duties/concerns';
import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';
import type { Context } from './context.ts';
import { Poll } from './domain/poll/poll.entity.ts';
import type { VotingEvents } from './events.ts';

const counts = {
  erase: 'keep',
  because: 'Who voted and what was decided stays countable, by people without a name.',
} as const;

export const people: PeopleDuty = {
  columns: [
    fileUploader,
    {
      table: 'poll',
      column: 'author_id',
      exports: [
        'id',
        'created_at',
        'title',
        'description',
        'visibility',
        'chosen_visibility',
        'status',
        'edited_at',
        'hidden_at',
      ],
      erase: 'keep',
      because: 'What somebody put to the vote stays, by an author without a name.',
    },
    { table: 'poll_option', column: 'nominee_id', exports: ['id', 'poll_id', 'title', 'description'], ...counts },
    { table: 'elector', column: 'user_id', exports: ['id', 'poll_id', 'weight', 'participation'], ...counts },
    {
      table: 'ballot',
      column: 'voter_id',
      exports: ['id', 'poll_id', 'weight', 'content', 'hash', 'cast_at', 'invalidated_at', 'invalid_reason'],
      ...counts,
    },
    { table: 'ballot', column: 'invalidated_by', exports: ['id'], erase: { set: { invalidated_by: 'null' } } },
    {
      table: 'nomination',
      column: 'nominee_id',
      exports: ['id', 'poll_id', 'title', 'statement', 'status'],
      ...counts,
    },
    { table: 'nomination', column: 'nominated_by', exports: ['id', 'poll_id'], ...counts },
    { table: 'nomination', column: 'reviewed_by', exports: ['id'], erase: { set: { reviewed_by: 'null' } } },
    { table: 'nomination_second', column: 'user_id', exports: ['id', 'nomination_id'], erase: 'delete' },
    {
      table: 'delegation',
      column: 'delegator_id',
      exports: ['id', 'scope_id', 'topic', 'delegate_id', 'created_at'],
      erase: 'delete',
    },
    { table: 'delegation', column: 'delegate_id', exports: ['id', 'scope_id', 'topic', 'created_at'], erase: 'delete' },
  ],
  notPeople: ['community_id', 'team_id', 'scope_id', 'elector_id'],
};

export const content: ContentType[] = [
  {
    type: 'Poll',
    table: 'poll',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'community_id',
    teamId: 'team_id',
    texts: { title: 'title', description: 'description' },
  },
];

async function author({ pollId }: { pollId: string }, ctx: Context): Promise<Concern[]> {
  const poll = await ctx.em.findOne(Poll, { id: pollId });
  return poll ? [{ userId: poll.authorId, as: 'OWNER' }] : [];
}

const nominee = ({ nomineeId }: { nomineeId: string }): Concern[] => [{ userId: nomineeId, as: 'PARTICIPANT' }];

export const concerns: Concerns<VotingEvents, Context> = {
  'voting.poll.opened': author,
  'voting.poll.counted': author,
  'voting.poll.cancelled': author,
  'voting.vote.invalidated': ({ voterId }) => [{ userId: voterId, as: 'OWNER' }],
  'voting.nomination.created': nominee,
  'voting.nomination.seconded': nominee,
  'voting.nomination.approved': nominee,
  'voting.nomination.rejected': nominee,
  'voting.nomination.accepted': author,
  'voting.nomination.declined': author,
  'voting.delegation.set': ({ delegateId }) => [{ userId: delegateId, as: 'PARTICIPANT' }],
};
