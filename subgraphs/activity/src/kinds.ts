import type { VisibilityCodes } from '@polity/kernel/access/visibility';
import type { NounName } from './domain/activity/activity.entity.ts';

/** A type of things of which entries speak, and what reading and managing them takes where they belong. */
export interface Noun extends VisibilityCodes {
  /** Subgraph that serves them as content (`_content`); null for a place, which the tree of scopes knows. */
  content: string | null;
}

export const nouns = {
  Post: { content: 'portal', read: 'portal.post.read', manage: 'portal.post.manage' },
  Poll: { content: 'voting', read: 'voting.poll.read', manage: 'voting.poll.manage' },
  Event: { content: 'events', read: 'events.event.read', manage: 'events.event.manage' },
  Community: { content: null, read: 'portal.community.read', manage: 'portal.community.update' },
} as const satisfies Record<NounName, Noun>;

/** How one type of event becomes an entry. */
export interface Kind {
  noun: NounName;
  /** Field of the event's data that holds the id of the thing. */
  id: string;
  /** Who did it: the author of the thing, or the person in this field of the data. Nobody where absent. */
  actor?: 'author' | { field: string };
  /** Whether what several people did to one thing on one day may be shown as one entry. */
  groups?: true;
  /** Only events of which this field is null. */
  unless?: string;
  /** What is said of it: `{actor}` is who did it, `{title}` the title of the thing. */
  summary: string;
}

/** Events that are entries of the feed, by type. A domain that comes later adds its lines here, and its nouns above. */
export const kinds: Readonly<Record<string, Kind>> = {
  'portal.post.created': { noun: 'Post', id: 'postId', actor: 'author', summary: '{actor} posted “{title}”' },
  'portal.community.created': {
    noun: 'Community',
    id: 'communityId',
    actor: { field: 'ownerId' },
    summary: '{actor} founded the community',
  },
  'portal.membership.activated': {
    noun: 'Community',
    id: 'communityId',
    actor: { field: 'userId' },
    groups: true,
    summary: '{actor} joined',
  },
  'voting.poll.nominations_opened': { noun: 'Poll', id: 'pollId', summary: 'Nominations for “{title}” are open' },
  'voting.poll.opened': { noun: 'Poll', id: 'pollId', summary: 'The poll “{title}” is open' },
  'voting.poll.counted': { noun: 'Poll', id: 'pollId', summary: 'The poll “{title}” has been counted' },
  'voting.poll.cancelled': { noun: 'Poll', id: 'pollId', summary: 'The poll “{title}” was cancelled' },
  'events.event.created': { noun: 'Event', id: 'eventId', actor: 'author', summary: '{actor} plans “{title}”' },
  'events.event.cancelled': {
    noun: 'Event',
    id: 'eventId',
    unless: 'occurrence',
    summary: 'The event “{title}” was cancelled',
  },
};

interface Change {
  noun: NounName;
  id: string;
}

/** Events after which the entries of a thing may be for others than before. */
export const changes: Readonly<Record<string, Change>> = {
  'portal.post.updated': { noun: 'Post', id: 'postId' },
  'voting.poll.updated': { noun: 'Poll', id: 'pollId' },
  'voting.poll.archived': { noun: 'Poll', id: 'pollId' },
  'events.event.updated': { noun: 'Event', id: 'eventId' },
};

/** Events after which a thing is gone. */
export const endings: Readonly<Record<string, Change>> = {
  'portal.post.deleted': { noun: 'Post', id: 'postId' },
  'voting.poll.deleted': { noun: 'Poll', id: 'pollId' },
  'events.event.deleted': { noun: 'Event', id: 'eventId' },
};
