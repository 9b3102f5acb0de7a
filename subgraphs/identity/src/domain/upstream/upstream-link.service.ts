import { readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { Conflict, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { quotedName } from '@polity/kernel/text/names';
import type { Context } from '../../context.ts';
import { notify } from '../../mails/notify.ts';
import { record } from '../audit/audit.service.ts';
import { LastSignInMethod } from '../passkey/passkey.errors.ts';
import { lockAccount } from '../passkey/passkey.queries.ts';
import { assertFresh, endSessions, provedToBe } from '../session/session.service.ts';
import { assertReaches, ownsAccount, viewerIdOf } from '../viewer-rights.ts';
import { begin, end, type UpstreamAnswer, type UpstreamRedirect } from './attempt.service.ts';
import { UpstreamLink, type UpstreamLinkRow } from './upstream.entity.ts';
import { linkErrors } from './upstream.errors.ts';
import { labelOf } from './upstream-sign-in.service.ts';
import { waysInto } from './ways-in.ts';

/** Accounts elsewhere that may sign in to one account. */
const MAX_LINKS = 20;

const linkerOf = (ctx: Context) => ({ userId: viewerIdOf(ctx), sessionId: ctx.viewer.sessionId ?? null });

/** Begins to link an account elsewhere, in a fresh session of the person: nothing that a provider says ever links one. */
export async function beginLink(
  ctx: Context,
  input: { provider: string; tenantHost?: boolean | null | undefined },
): Promise<UpstreamRedirect> {
  assertFresh(ctx);
  return begin(ctx, { ...input, linker: linkerOf(ctx) });
}

/** Links it, in the session that began. Throws Conflict where it is linked already, to this account or another. */
export async function finishLink(ctx: Context, answer: UpstreamAnswer): Promise<UpstreamLink> {
  const linker = linkerOf(ctx);
  const { provider, person } = await end(ctx, answer, linker);
  const { userId } = linker;
  const made = await write(
    ctx,
    async (tx) => {
      const user = await lockAccount(tx, userId);
      if ((await tx.count(UpstreamLink, { userId })) >= MAX_LINKS)
        throw new Conflict(`An account has at most ${MAX_LINKS} links.`);
      record(tx, ctx, { type: 'upstream_linked', userId, data: { provider: provider.key } });
      const link = tx.create(UpstreamLink, {
        ...{ id: uuidv7(), createdAt: ctx.clock.now(), userId, provider: provider.key, tenantId: provider.tenantId },
        ...{
          subject: person.subject,
          providerName: provider.name,
          label: labelOf(person),
          founding: false,
          lastUsedAt: null,
        },
      });
      return { link, email: user.email };
    },
    linkErrors,
  );
  await notify(ctx, made.email, (say) => say.upstreamLinked(quotedName(provider.name)));
  return made.link;
}

/** Unlinks an account elsewhere, ends the other sessions, and returns the link as it was. Throws NotFound, LastSignInMethod. */
export async function unlink(ctx: Context, id: string): Promise<UpstreamLink> {
  const userId = viewerIdOf(ctx);
  if (!isUuid(id)) throw new NotFound('The link');
  const { email, link } = await write(ctx, async (tx) => {
    const user = await lockAccount(tx, userId);
    const link = await tx.findOne(UpstreamLink, { id, userId });
    if (!link) throw new NotFound('The link');
    if (link.tenantId) assertReaches(ctx, link.tenantId);
    const { password, passkeys, links } = await waysInto(tx, userId);
    const isWay = link.founding || link.tenantId === null;
    if (!password && passkeys === 0 && links - Number(isWay) === 0) throw new LastSignInMethod();
    tx.remove(link);
    record(tx, ctx, { type: 'upstream_unlinked', userId, data: { provider: link.provider } });
    return { email: user.email, link };
  });
  // Whoever came in by it must not stay.
  endSessions(ctx, userId, 'endOthers');
  await notify(ctx, email, (say) => say.upstreamUnlinked(quotedName(link.providerName)));
  return link;
}

/** Accounts elsewhere that sign in the person who asks, oldest first; null for everybody else. */
export async function linksOf(ctx: Context, userId: string): Promise<UpstreamLinkRow[] | null> {
  if (!ownsAccount(ctx.viewer, userId) && !provedToBe(ctx, userId)) return null;
  return readRows(ctx.em, UpstreamLink, { where: [{ userId }], order: [{ column: 't.id', direction: 'asc' }] });
}
